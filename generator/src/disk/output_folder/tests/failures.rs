//! Lets changes to the disk fail: the disk is full, a folder is read-only, or any single change fails.
//!
//! After a failure, the generated files are all old or all new. A full disk leaves no copy behind. Files of others are in
//! the folder, or the error names the hidden folder that has them. One complete run repairs everything.

use std::io::ErrorKind;

use super::fuse::{fail, fail_once, fill_disk};
use super::interruptions::{
    assert_done, assert_no_foreign_file_is_lost, before, foreign, generated, new, old,
};
use super::*;
use crate::disk::output_folder::Error;

/// Checks the folder after a run that may have failed.
fn check(sandbox: &Sandbox, result: &Result<Written, Error>, moment: &str) {
    let found = generated(sandbox);
    let is_complete = [&old(), &new()].into_iter().any(|files| found == with_manifest(files));
    assert!(is_complete, "{moment}: {found:#?}");
    assert_no_foreign_file_is_lost(sandbox, moment);
    let hidden = everything(&sandbox.hidden());
    let text = result.as_ref().err().map(ToString::to_string).unwrap_or_default();
    let names_hidden =
        text.contains(&format!("`{}`", sandbox.hidden().display())) && text.contains("until the next run");
    assert_eq!(names_hidden, sandbox.hidden().exists(), "{moment}: {text}\n{hidden:#?}");
    if hidden.keys().any(|path| foreign().contains_key(path)) {
        assert!(
            text.contains("your files") && text.ends_with("until the next run moves them back"),
            "{text}"
        );
    }
    assert!(!everything(&sandbox.folder()).contains_key(manifest::PARTIAL), "{moment}");
    if result.is_ok() {
        assert_done(sandbox, &new(), moment);
    }
    sandbox.write(&new());
    assert_done(sandbox, &new(), moment);
}

#[test]
fn a_full_disk_leaves_no_copy_and_no_hidden_files() {
    let mut failed = 0;
    for steps in 0.. {
        let moment = format!("full after {steps} steps");
        let sandbox = before();
        let Some(result) = fill_disk(steps, || sandbox.target().write(&tree(&new()))) else { break };
        if let Err(error) = &result {
            failed += 1;
            assert!(error.to_string().contains(": No space left on device"), "{error}");
        }
        let hidden = everything(&sandbox.hidden());
        // To bring this file back, a folder must be created.
        assert!(
            hidden.keys().all(|path| path == "src/shared/deep/mine.txt" || path == manifest::NAME),
            "{moment}: {hidden:?}"
        );
        check(&sandbox, &result, &moment);
    }
    assert!(failed > 10, "{failed}");
}

#[test]
fn any_change_can_fail() {
    for kind in [ErrorKind::PermissionDenied, ErrorKind::StorageFull, ErrorKind::Other] {
        let mut moments = 0;
        for steps in 0.. {
            let moment = format!("{kind} after {steps} steps");
            let sandbox = before();
            let Some(result) = fail_once(steps, kind, || sandbox.target().write(&tree(&new()))) else {
                break;
            };
            check(&sandbox, &result, &moment);
            moments += 1;
        }
        assert!(moments > 40, "{moments}");
    }
}

#[test]
fn one_kind_of_change_can_always_fail() {
    for action in [
        "write in",
        "create",
        "create the folder",
        "write",
        "link",
        "replace",
        "move",
        "remove",
        "exchange",
        "set the permissions of",
    ] {
        for kind in [ErrorKind::StorageFull, ErrorKind::Other] {
            let sandbox = before();
            let result = fail(action, kind, || sandbox.target().write(&tree(&new())));
            check(&sandbox, &result, &format!("{action}: {kind}"));
        }
    }
}

#[test]
fn a_failed_first_run_leaves_nothing() {
    for steps in 0.. {
        let sandbox = Sandbox::in_memory();
        let Some(result) = fill_disk(steps, || sandbox.target().write(&tree(&new()))) else { break };
        result.unwrap_err();
        assert_eq!(everything(&sandbox.folder()), Files::new());
        assert_eq!(sandbox.siblings(), [""; 0], "full after {steps} steps");
    }
}

/// Without an exchange of folders, the folder is updated in place.
#[test]
fn an_update_in_place_says_that_it_is_incomplete() {
    let mut incomplete = 0;
    for steps in 0.. {
        let sandbox = before();
        let write = || fill_disk(steps, || sandbox.target().write(&tree(&new())));
        let Some(result) = fail("exchange", ErrorKind::CrossesDevices, write) else { break };
        let found = everything(&sandbox.folder());
        assert!(foreign().iter().all(|(path, text)| found.get(path) == Some(text)), "{found:#?}");
        assert!(!found.contains_key(manifest::PARTIAL));
        assert_eq!(sandbox.siblings(), [""; 0], "full after {steps} steps");
        if let Err(error) = result {
            let text = error.to_string();
            let is_incomplete = text.ends_with("has new and old files until the next run completes");
            assert!(is_incomplete || generated(&sandbox) == with_manifest(&old()), "{text}\n{found:#?}");
            incomplete += usize::from(is_incomplete);
        }
        sandbox.write(&new());
        assert_done(&sandbox, &new(), &format!("full after {steps} steps"));
    }
    assert!(incomplete > 5, "{incomplete}");
}

#[test]
fn a_read_only_folder_is_found_before_anything_changes() {
    let sandbox = before();
    let result = fail("write in", ErrorKind::PermissionDenied, || sandbox.target().write(&tree(&new())));
    let text = result.unwrap_err().to_string();
    assert_eq!(
        text,
        format!("cannot write in `{}`: Operation not permitted (os error 1)", sandbox.folder().display())
    );
    assert_eq!(generated(&sandbox), with_manifest(&old()));
    assert_eq!(sandbox.siblings(), [""; 0]);
}
