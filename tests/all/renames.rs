//! Old names that the lock keeps: a program for the old document compiles with the client of the new one, with warnings,
//! and its calls are the same on the wire.

use std::fs;
use std::path::Path;
use std::process::Command;

use codegen::{Config, Generated, Lock, Source};

const MANIFEST: &str = r#"[package]
name = "renames-program"
version = "0.0.0"
edition = "2024"
publish = false

[dependencies]
tokio = { version = "1.48", features = ["macros", "rt"] }
renames = { path = "client", features = ["mock"] }

[workspace]

[profile.dev]
debug = "line-tables-only"
"#;

/// What the compiler says about the old names that the program uses.
const WARNINGS: [&str; 6] = [
    "use of deprecated method `renames::resources::Pets::get_pet`: renamed to `fetch_pet`",
    "use of deprecated type alias `renames::resources::pets::GetPet`: renamed to `FetchPet`",
    "use of deprecated type alias `renames::types::Pet`: renamed to `Animal`",
    "Client>::orders`: renamed to `purchases`",
    "use of deprecated type alias `renames::resources::Orders`: renamed to `Purchases`",
    "use of deprecated method `renames::resources::System::health`: renamed to `Pets::health`",
];

fn generated(text: &str, lock: &Lock) -> Generated {
    let outcome = codegen::regenerate(Source { name: "api.yaml", text }, &Config::default(), lock);
    outcome.generated.expect("the document is valid")
}

#[test]
fn old_names_compile_and_work() {
    let before = generated(include_str!("../renames/before.yaml"), &Lock::default());
    let after = generated(include_str!("../renames/after.yaml"), &before.lock);
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("renames");
    for (path, text) in after.files.iter() {
        write(&folder.join("client").join(path), text);
    }
    write(&folder.join("Cargo.toml"), MANIFEST);
    write(&folder.join("src/main.rs"), include_str!("../renames/main.rs"));
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    fs::copy(workspace.join("Cargo.lock"), folder.join("Cargo.lock")).expect("the lock file can be copied");

    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().expect("the folder is in the target folder");
    let output = Command::new(env!("CARGO"))
        .args(["run", "--offline", "--target-dir"])
        .arg(target)
        .current_dir(&folder)
        .env("NO_PROXY", "127.0.0.1")
        .output()
        .expect("cargo runs");
    let messages = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{messages}");
    for warning in WARNINGS {
        assert!(messages.contains(warning), "there is no warning `{warning}`:\n{messages}");
    }
    // The crate itself uses the new names.
    assert!(!messages.contains("(lib) generated"), "{messages}");
}

/// Returns the lines of a lock with names, except old ones.
fn names(generated: &Generated) -> Vec<String> {
    let is_name =
        |line: &&str| line.contains(" = ") && !line.starts_with("old-") && !line.starts_with("gone ");
    generated.lock.to_string().lines().filter(is_name).map(str::to_owned).collect()
}

#[test]
fn a_second_rename_leads_back_to_the_first_names() {
    let before = generated(include_str!("../renames/before.yaml"), &Lock::default());
    let after = generated(include_str!("../renames/after.yaml"), &before.lock);
    let again = generated(include_str!("../renames/before.yaml"), &after.lock);
    assert_ne!(names(&after), names(&before));
    assert_eq!(names(&again), names(&before));
}

fn write(path: &Path, text: &str) {
    if fs::read_to_string(path).is_ok_and(|before| before == text) {
        return;
    }
    fs::create_dir_all(path.parent().expect("the path has a parent")).expect("the folder can be created");
    fs::write(path, text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
}
