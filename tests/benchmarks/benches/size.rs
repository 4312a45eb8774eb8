//! The size of a program that makes one call: with the generated crate, and with `reqwest` alone and hand-written
//! structs.
//!
//! Both are built in release mode without symbols, and make their call before they are measured. The generated crate is
//! measured with its transport and one resource, and with its default features.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use benches::local_server;
use benches::side_by_side::Table;

/// The maximum size of a program, as a multiple of the size with `reqwest` alone.
const MAX_RATIO: f64 = 1.25;

const PACKAGE: &str = env!("CARGO_MANIFEST_DIR");

/// A program that makes one call.
struct Program {
    name: &'static str,
    /// The path of its `main.rs` in this package.
    main: &'static str,
    dependencies: String,
}

fn main() -> ExitCode {
    let client = |features: &str| {
        format!("conductorone = {{ path = '{PACKAGE}/../../generated-client', {features} }}")
    };
    // With the same crypto provider as the generated crate.
    let bare = Program {
        name: "bare",
        main: "examples/bare.rs",
        dependencies: format!(
            "benches = {{ path = '{PACKAGE}' }}\n\
             reqwest = {{ version = '0.13', default-features = false, features = ['json', 'rustls-no-provider'] }}\n\
             rustls = {{ version = '0.23', default-features = false, features = ['ring', 'std', 'tls12'] }}"
        ),
    };
    let one_resource = Program {
        name: "one-resource",
        main: "examples/generated.rs",
        dependencies: client("default-features = false, features = ['reqwest', 'app-entitlements']"),
    };
    let by_default = Program {
        name: "by-default",
        main: "examples/generated.rs",
        dependencies: client("default-features = true"),
    };

    let url = local_server::start();
    let bare = bare.size_after_call(&url);
    let mut table = Table::new("A program that makes one call, against one by reqwest alone");
    table.sizes("one resource feature", one_resource.size_after_call(&url), bare, MAX_RATIO);
    table.sizes("default features", by_default.size_after_call(&url), bare, MAX_RATIO);
    table.finish()
}

impl Program {
    /// Builds the program, runs it, and returns its size in bytes.
    fn size_after_call(&self, url: &str) -> u64 {
        let program = self.build();
        let output = Command::new(&program).arg(url).env("NO_PROXY", "127.0.0.1").output().unwrap();
        let printed = String::from_utf8_lossy(&output.stdout);
        let errors = String::from_utf8_lossy(&output.stderr);
        assert_eq!(printed.trim(), "Release manager", "{} failed: {errors}", self.name);
        fs::metadata(program).unwrap().len()
    }

    fn build(&self) -> PathBuf {
        let all = Path::new(env!("CARGO_TARGET_TMPDIR")).join("size");
        let folder = all.join(self.name);
        fs::create_dir_all(&folder).unwrap();
        let manifest = format!(
            "[package]\nname = '{}'\nversion = '0.0.0'\nedition = '2024'\n\n\
             [[bin]]\nname = '{}'\npath = '{PACKAGE}/{}'\n\n\
             [dependencies]\n{}\ntokio = {{ version = '1.48', features = ['rt'] }}\n\n\
             [profile.release]\nstrip = true\n\n[workspace]\n",
            self.name, self.name, self.main, self.dependencies
        );
        fs::write(folder.join("Cargo.toml"), manifest).unwrap();
        // Use the dependencies that the workspace is tested with.
        fs::copy(Path::new(PACKAGE).join("../../Cargo.lock"), folder.join("Cargo.lock")).unwrap();
        // Shared, so that common dependencies are built once.
        let target = all.join("target");
        let cargo = Command::new(env!("CARGO"))
            .args(["build", "--release", "--quiet", "--target-dir"])
            .arg(&target)
            .current_dir(&folder)
            .status();
        assert!(cargo.is_ok_and(|status| status.success()), "{} does not build", self.name);
        target.join("release").join(format!("{}{}", self.name, std::env::consts::EXE_SUFFIX))
    }
}
