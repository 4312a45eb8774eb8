//! Tests of `cargo xtask fuzz`: the same documents in every run, and the output.

use std::process::{Command, Output};

use serde_json::Value;

fn fuzz(arguments: &[&str]) -> Output {
    let command = &mut Command::new(env!("CARGO_BIN_EXE_xtask"));
    command.arg("fuzz").args(arguments).env("CARGO_MANIFEST_DIR", env!("CARGO_MANIFEST_DIR"));
    command.output().expect("the program starts")
}

#[test]
fn a_run_checks_the_given_number_of_documents() {
    let count = |jobs: &str| {
        let output = fuzz(&["--documents", "4", "--seed", "1", "--jobs", jobs, "--format", "json"]);
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
        let result: Value = serde_json::from_slice(&output.stdout).expect("the output is JSON");
        ["documents", "generated", "rejected"].map(|key| result[key].as_u64().expect("a number"))
    };
    let counts = count("1");
    assert_eq!(counts[0], 4);
    assert!(counts[1] > 0);
    assert_eq!(count("3"), counts);
}

#[test]
fn a_document_depends_on_its_seed_and_number() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("document");
    let printed = |seed: &str, number: &str| {
        let output = fuzz(&["--seed", seed, "--document", number]);
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).expect("the document is text")
    };
    let document = printed("1", "2");
    fuzz(&["--seed", "1", "--document", "2", "--out", path.to_str().expect("the path is text")]);
    assert_eq!(std::fs::read_to_string(&path).expect("the file is written"), document);
    assert!(openapi_crate::read(&document).is_ok_and(|document| document.is_object()));
    assert_ne!(printed("1", "3"), document);
    assert_ne!(printed("2", "2"), document);
}

#[test]
fn wrong_arguments_are_rejected() {
    for arguments in
        [&["--from", "no such folder"][..], &["--seconds", "1", "--documents", "1"], &["--out", "a"]]
    {
        assert_eq!(fuzz(arguments).status.code(), Some(2), "{arguments:?}");
    }
}
