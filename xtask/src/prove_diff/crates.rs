//! The crates of the old and the new document, and their rustdoc JSON.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use openapi_crate::diff::{self, Change};
use openapi_crate::disk::{DocumentFolder, OutputFolder};
use openapi_crate::surface::Surface;
use openapi_crate::{Config, Generated, Lock, Source, Sources};

use super::names::MovedNames;
use crate::corpus;

/// An old crate, and a new crate that has the names of its lock.
pub(super) struct Crates {
    pub(super) old: Crate,
    pub(super) new: Crate,
    pub(super) names: MovedNames,
}

/// A generated crate on the disk.
pub(super) struct Crate {
    pub(super) surface: Surface,
    /// The name that code uses: `acme_client`.
    pub(super) name: String,
    pub(super) folder: PathBuf,
}

impl Crates {
    pub(super) fn generate(
        old: &Path,
        new: &Path,
        config: Option<&Path>,
        out: &Path,
    ) -> Result<Self, String> {
        let config = match config {
            Some(path) => {
                Config::parse(&read(path)?).map_err(|error| format!("{}: {error}", path.display()))?
            }
            None => Config::default(),
        };
        let generate = |path, lock: &Lock| {
            from_document(path, |sources| openapi_crate::regenerate(sources, &config, lock).generated)
        };
        let before = generate(old, &Lock::default())?;
        let after = generate(new, &before.lock)?;
        let anew = from_document(new, |sources| openapi_crate::relock(sources, &config, &Lock::default()))?;
        Ok(Self {
            old: Crate::write(&before, out.join("old"))?,
            new: Crate::write(&after, out.join("new"))?,
            names: MovedNames::of(&before.lock, &after.lock, &anew),
        })
    }

    pub(super) fn changes(&self) -> Vec<Change> {
        diff::compare(&self.old.surface, &self.new.surface)
    }
}

impl Crate {
    fn write(generated: &Generated, folder: PathBuf) -> Result<Self, String> {
        let surface = Surface::read(generated.files.iter()).map_err(|error| error.to_string())?;
        let target = OutputFolder::open(&folder).map_err(|error| error.to_string())?;
        target.write(&generated.files).map_err(|error| error.to_string())?;
        corpus::lock(&folder)?;
        Ok(Self { name: surface.package.replace('-', "_"), surface, folder })
    }

    /// Returns all features.
    pub(super) fn features(&self) -> Vec<&str> {
        self.surface.items().iter().filter_map(|item| item.path.strip_prefix("feature ")).collect()
    }

    /// Builds the JSON, with all features. Returns its path.
    pub(super) fn rustdoc(&self, target: &Path) -> Result<PathBuf, String> {
        let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let output = Command::new(cargo)
            .args(["rustdoc", "--lib", "--all-features", "--quiet", "--"])
            .args(["-Zunstable-options", "--output-format", "json", "--cap-lints", "allow"])
            .current_dir(&self.folder)
            .env("CARGO_TARGET_DIR", target)
            // The JSON is an unstable feature, which the installed tools can read.
            .env("RUSTC_BOOTSTRAP", "1")
            .env_remove("CARGO_MANIFEST_DIR")
            .output()
            .map_err(|error| format!("cannot run cargo rustdoc: {error}"))?;
        if !output.status.success() {
            return Err(format!("cargo rustdoc failed\n{}", String::from_utf8_lossy(&output.stderr).trim()));
        }
        // Both crates have the same name.
        let built = target.join("doc").join(format!("{}.json", self.name));
        let kept = self.folder.with_extension("json");
        fs::copy(&built, &kept).map_err(|error| format!("cannot copy `{}`: {error}", built.display()))?;
        Ok(kept)
    }
}

/// Returns what the generator makes of a document, or an error if the document has errors.
fn from_document<T>(path: &Path, make: impl FnOnce(Sources<'_>) -> Option<T>) -> Result<T, String> {
    let text = read(path)?;
    let name = path.display().to_string();
    let folder = DocumentFolder::of(path);
    let document = Source { name: &name, text: &text };
    let made = make(Sources { document, files: &folder, config: None });
    made.ok_or_else(|| format!("`{name}` has errors; `cargo xtask codegen` shows them"))
}

fn read(path: &Path) -> Result<String, String> {
    fs::read_to_string(path).map_err(|error| format!("cannot read `{}`: {error}", path.display()))
}
