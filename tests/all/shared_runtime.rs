//! Generates two clients that share a runtime, compiles them in one workspace, and calls both from one program.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::made_file::write;
use openapi_crate::{Config, Generated, Source};

const MANIFEST: &str = r#"[package]
name = "shared-runtime"
version = "0.0.0"
edition = "2024"
publish = false

[dependencies]
http = "1.4"
pets = { path = "pets", features = ["mock"] }
serde_json = "1"
tokio = { version = "1.48", features = ["macros", "rt"] }
toys = { path = "toys", features = ["mock"] }

[workspace]
members = ["acme-runtime", "pets", "toys"]

[profile.dev]
debug = "line-tables-only"
"#;

const SETTINGS: &str = "runtime = { path = '../acme-runtime' }\n";

const CLIENTS: [(&str, &str, &str); 2] = [
    ("pets", include_str!("../shared_runtime/pets.yaml"), ""),
    (
        "toys",
        include_str!("../shared_runtime/toys.yaml"),
        "client.env = { api-keys = { key = 'TOYS_KEY' } }\n",
    ),
];

fn generated((name, text, settings): (&str, &str, &str)) -> Generated {
    let settings = format!("{SETTINGS}{settings}package.name = '{name}'\n");
    let config = Config::parse(&settings).expect("the settings are valid");
    let outcome = openapi_crate::generate(Source { name: "api.yaml", text }, &config);
    outcome.generated.unwrap_or_else(|| panic!("{:?}", outcome.diagnostics))
}

/// Writes the workspace, and returns its folder.
fn workspace() -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("shared_runtime");
    for client in CLIENTS {
        let Generated { files, runtime, .. } = generated(client);
        for (path, text) in files.iter() {
            write(&folder.join(client.0).join(path), text);
        }
        let runtime = runtime.expect("the settings have a runtime");
        assert_eq!((runtime.path.as_str(), runtime.name.as_str()), ("../acme-runtime", "acme-runtime"));
        for (path, text) in runtime.files.iter() {
            write(&folder.join("acme-runtime").join(path), text);
        }
    }
    write(&folder.join("Cargo.toml"), MANIFEST);
    write(&folder.join("src/main.rs"), include_str!("../shared_runtime/main.rs"));
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    fs::copy(workspace.join("Cargo.lock"), folder.join("Cargo.lock")).expect("the lock file can be copied");
    folder
}

/// Runs cargo in the workspace, in the target folder of this test.
fn cargo(folder: &Path, arguments: &[&str]) {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().expect("the folder is in the target folder");
    let output = Command::new(env!("CARGO"))
        .args([arguments[0], "--offline", "--quiet", "--target-dir"])
        .arg(target)
        .args(&arguments[1..])
        .current_dir(folder)
        .env("NO_PROXY", "127.0.0.1")
        .output()
        .expect("cargo runs");
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn clients_with_a_shared_runtime_work_in_one_program() {
    let folder = workspace();
    cargo(&folder, &["run"]);
    // Features of one client enable parts of the runtime that another client does not name.
    let all = ["--workspace", "--all-targets", "--all-features"];
    cargo(&folder, &[&["clippy"], &all[..], &["--", "-D", "warnings"]].concat());
    cargo(&folder, &["test", "--doc", "--package", "toys", "--all-features"]);
    for client in ["pets", "toys"] {
        cargo(&folder, &["clippy", "--package", client, "--no-default-features", "--", "-D", "warnings"]);
    }
    // The resource has no error bodies.
    let runtime = ["--package", "pets", "--no-default-features", "--features", "runtime"];
    cargo(&folder, &[&["clippy"], &runtime[..], &["--", "-D", "warnings"]].concat());
}

#[test]
fn the_files_of_a_client() {
    let files = generated(CLIENTS[1]).files;
    assert!(files.iter().all(|(path, _)| !path.starts_with("src/runtime")));
    for path in ["Cargo.toml", "src/lib.rs", "src/client.rs", "src/errors.rs", "src/mock/mod.rs"] {
        let name = path.replace(['/', '.'], "_").replace("src_", "");
        insta::with_settings!({ snapshot_path => "../shared_runtime", prepend_module_to_snapshot => false }, {
            insta::assert_snapshot!(name, files.get(path).expect("the client has the file"));
        });
    }
}
