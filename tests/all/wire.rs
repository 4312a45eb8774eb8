//! Generates and compiles a client, and runs `tests/wire/main.rs` with it over real connections.

use std::fs;
use std::path::Path;
use std::process::Command;

use super::made_file::write;
use openapi_crate::{Config, Source};

const DOCUMENT: &str = include_str!("../wire/api.yaml");
const PROGRAM: [(&str, &str); 7] = [
    ("custom_types.rs", include_str!("../wire/custom_types.rs")),
    ("main.rs", include_str!("../wire/main.rs")),
    ("media.rs", include_str!("../wire/media.rs")),
    ("pages.rs", include_str!("../wire/pages.rs")),
    ("requests.rs", include_str!("../wire/requests.rs")),
    ("responses.rs", include_str!("../wire/responses.rs")),
    ("setters.rs", include_str!("../wire/setters.rs")),
];

const MANIFEST: &str = r#"[package]
name = "wire"
version = "0.0.0"
edition = "2024"
publish = false

[dependencies]
tokio = { version = "1.48", features = ["rt"] }
url = "2.5"
wire-client = { path = "client" }

[workspace]

[profile.dev]
debug = "line-tables-only"
"#;

#[test]
fn the_wire_tests_pass() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("wire");
    let settings: Vec<&str> = DOCUMENT.lines().filter_map(|line| line.strip_prefix("#:")).collect();
    let config = Config::parse(&settings.join("\n")).expect("the settings are valid");
    let outcome = openapi_crate::generate(Source { name: "api.yaml", text: DOCUMENT }, &config);
    let generated = outcome.generated.expect("the document is valid");
    for (path, text) in generated.files.iter() {
        write(&folder.join("client").join(path), text);
    }
    write(&folder.join("client/src/ext.rs"), include_str!("../wire/ext.rs"));
    write(&folder.join("Cargo.toml"), MANIFEST);
    for (path, text) in PROGRAM {
        write(&folder.join("src").join(path), text);
    }
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    fs::copy(workspace.join("Cargo.lock"), folder.join("Cargo.lock")).expect("the lock file can be copied");

    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().expect("the folder is in the target folder");
    let output = Command::new(env!("CARGO"))
        .args(["run", "--offline", "--quiet", "--target-dir"])
        .arg(target)
        .current_dir(&folder)
        .env("NO_PROXY", "127.0.0.1")
        .output()
        .expect("cargo runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}
