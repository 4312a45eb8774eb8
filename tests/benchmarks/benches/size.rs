//! The size of a program that makes one call: by the generated crate, and by `reqwest` alone with structs written by hand.
//!
//! Both are built as `cargo build --release` does, without symbols, and both make their call before they are weighed. The
//! generated crate has its transport and the resource that is called, and then everything that it has by default.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use benches::local_server;
use benches::side_by_side::Table;

/// How large a program may be, as a multiple of the one by `reqwest` alone.
const MOST: f64 = 1.25;

const HERE: &str = env!("CARGO_MANIFEST_DIR");

/// A program that makes one call.
struct Program {
    name: &'static str,
    /// Its `main.rs`, from the folder of the package.
    main: &'static str,
    dependencies: String,
}

fn main() -> ExitCode {
    let client =
        |features: &str| format!("conductorone = {{ path = '{HERE}/../../generated-client', {features} }}");
    // With the same cryptography.
    let bare = Program {
        name: "bare",
        main: "examples/bare.rs",
        dependencies: format!(
            "benches = {{ path = '{HERE}' }}\n\
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
    let bare = bare.weighed(&url);
    let mut table = Table::new("A program that makes one call, against one by reqwest alone");
    table.sizes("one resource feature", one_resource.weighed(&url), bare, MOST);
    table.sizes("default features", by_default.weighed(&url), bare, MOST);
    table.end()
}

impl Program {
    /// Builds it, has it make its call, and says how long it is.
    fn weighed(&self, url: &str) -> u64 {
        let program = self.build();
        let output = Command::new(&program).arg(url).env("NO_PROXY", "127.0.0.1").output().unwrap();
        let said = String::from_utf8_lossy(&output.stdout);
        let complaint = String::from_utf8_lossy(&output.stderr);
        assert_eq!(said.trim(), "Release manager", "{} makes its call: {complaint}", self.name);
        fs::metadata(program).unwrap().len()
    }

    fn build(&self) -> PathBuf {
        let all = Path::new(env!("CARGO_TARGET_TMPDIR")).join("size");
        let folder = all.join(self.name);
        fs::create_dir_all(&folder).unwrap();
        let manifest = format!(
            "[package]\nname = '{}'\nversion = '0.0.0'\nedition = '2024'\n\n\
             [[bin]]\nname = '{}'\npath = '{HERE}/{}'\n\n\
             [dependencies]\n{}\ntokio = {{ version = '1.48', features = ['rt'] }}\n\n\
             [profile.release]\nstrip = true\n\n[workspace]\n",
            self.name, self.name, self.main, self.dependencies
        );
        fs::write(folder.join("Cargo.toml"), manifest).unwrap();
        // The versions that the workspace is tested with.
        fs::copy(Path::new(HERE).join("../../Cargo.lock"), folder.join("Cargo.lock")).unwrap();
        // What they depend on is built once for all of them, as far as it is the same.
        let target = all.join("target");
        let cargo = Command::new(env!("CARGO"))
            .args(["build", "--release", "--quiet", "--target-dir"])
            .arg(&target)
            .current_dir(&folder)
            .status();
        assert!(cargo.is_ok_and(|status| status.success()), "{} is built", self.name);
        target.join("release").join(format!("{}{}", self.name, std::env::consts::EXE_SUFFIX))
    }
}
