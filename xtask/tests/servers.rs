//! Tests of `cargo xtask servers` that need no server: arguments, and machines without Python.

use std::process::{Command, Output};

fn servers(arguments: &[&str]) -> Output {
    let command = &mut Command::new(env!("CARGO_BIN_EXE_xtask"));
    command.arg("servers").args(arguments).env("CARGO_MANIFEST_DIR", env!("CARGO_MANIFEST_DIR"));
    command.output().expect("the program starts")
}

#[test]
fn machines_without_python_are_skipped() {
    let output = servers(&["--python", "no-such-python"]);
    let errors = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(3), "{errors}");
    assert!(errors.starts_with("skipped: "), "{errors}");
    assert!(output.stdout.is_empty());
}

#[test]
fn wrong_arguments_are_rejected() {
    for arguments in [&["no-such-server"][..], &["--python"], &["--format", "yaml"]] {
        assert_eq!(servers(arguments).status.code(), Some(2), "{arguments:?}");
    }
}
