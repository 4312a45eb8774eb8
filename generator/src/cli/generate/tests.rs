//! Stops `--bump` before each of its changes to the disk: the next run completes it, or says what to do.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use clap::Parser;
use tempfile::TempDir;

use super::*;
use crate::disk::output_folder::tests::fuse::stop_after;

const SPEC: &str = "
openapi: 3.1.0
info: { title: Pets, version: 1.0.0 }
paths: {}
components: { schemas: { Pet: { type: object, properties: { name: { type: string } } } } }
";

/// The changes to the disk before the crate: each of the two texts is created, written, given its permissions and moved.
const STEPS_BEFORE_CRATE: usize = 8;

#[derive(Parser)]
struct CommandLine {
    #[command(flatten)]
    args: Args,
}

struct Repository {
    root: TempDir,
}

impl Repository {
    /// Returns a repository whose document has changed since the last commit.
    fn changed() -> Self {
        let repository = Self { root: tempfile::tempdir().unwrap() };
        repository.put("openapi.yaml", SPEC);
        repository.put("codegen.toml", "[package]\nversion = '1.0.0'\n");
        repository.put("CHANGELOG.md", "# Changes\n");
        repository.run(&[]);
        for arguments in [&["init", "--quiet"][..], &["add", "."], &["commit", "--quiet", "-m", "State"]] {
            let mut git = Command::new("git");
            git.arg("-C").arg(repository.root.path()).args([
                "-c",
                "user.name=tests",
                "-c",
                "user.email=tests",
            ]);
            assert!(git.args(arguments).status().unwrap().success());
        }
        repository.put("openapi.yaml", &SPEC.replace("type: string", "type: integer"));
        repository
    }

    fn path(&self, path: &str) -> PathBuf {
        self.root.path().join(path)
    }

    fn put(&self, path: &str, text: &str) {
        fs::write(self.path(path), text).unwrap();
    }

    /// Runs the command, and returns what it prints to standard error.
    fn run(&self, arguments: &[&str]) -> String {
        let paths = ["codegen", "--spec", "openapi.yaml", "--out", "client"];
        let paths =
            paths.map(|it| if it.starts_with('-') || it == "codegen" { it.into() } else { self.path(it) });
        let all =
            paths.iter().map(|path: &PathBuf| path.as_os_str()).chain(arguments.iter().map(|it| it.as_ref()));
        let args = CommandLine::parse_from(all).args;
        let mut printed = Vec::new();
        let generate =
            |sources: Sources<'_>, config: &Config, lock: &Lock| crate::regenerate(sources, config, lock);
        run(&args, &generate, &mut Console::new(std::io::sink(), &mut printed));
        String::from_utf8(printed).unwrap()
    }

    /// Returns the versions that the changelog, the settings and the crate have.
    fn versions(&self) -> [bool; 4] {
        let has =
            |path: &str, text: &str| fs::read_to_string(self.path(path)).is_ok_and(|it| it.contains(text));
        [
            has("CHANGELOG.md", "## [2.0.0] - Unreleased"),
            has("codegen.toml", "version = '2.0.0'"),
            has("client/Cargo.toml", "version = \"2.0.0\""),
            has("client/CHANGELOG.md", "## [2.0.0] - Unreleased"),
        ]
    }

    fn has_partial_files(&self) -> bool {
        let names =
            |path: &Path| fs::read_dir(path).unwrap().map(|it| it.unwrap().file_name()).collect::<Vec<_>>();
        names(self.root.path()).iter().any(|name| name.to_string_lossy().contains("partial"))
    }
}

#[test]
fn an_interrupted_bump_is_completed() {
    for steps in 0..=STEPS_BEFORE_CRATE {
        let repository = Repository::changed();
        assert!(stop_after(steps, || repository.run(&["--bump"])).is_none(), "after {steps} steps");
        let [changelog, settings, in_crate, copy] = repository.versions();
        assert!(changelog || !settings, "the changelog is written before the settings: after {steps} steps");
        assert!(!in_crate && !copy, "the crate is written last: after {steps} steps");

        let printed = repository.run(&[]);
        let is_told = printed.contains("describes version 2.0.0") && printed.contains("--bump");
        assert_eq!(is_told, changelog && !settings, "after {steps} steps: {printed}");
        assert_eq!(repository.versions()[2], settings, "after {steps} steps, the next run uses the settings");

        repository.run(&["--bump"]);
        assert_eq!(repository.versions(), [true; 4], "after {steps} steps");
        assert!(!repository.has_partial_files(), "after {steps} steps");
        if steps == STEPS_BEFORE_CRATE {
            assert_eq!(repository.run(&["--check", "--require-bump"]), "");
        }
    }
}
