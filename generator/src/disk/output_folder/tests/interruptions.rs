//! Stops a run before each of its changes to the disk, and also the run after it.
//!
//! At each of these moments, the generated files are all old or all new, and the files of others are in the folder or
//! in the hidden one. One complete run repairs everything.

use std::io::ErrorKind;

use super::fuse::{fail, portable, stop_after};
use super::*;

/// Generated files of each kind: unchanged, changed, removed with its folder, removed from a folder with a foreign
/// file, a file that becomes a folder, a folder that becomes a file.
pub(super) fn old() -> Files {
    files([
        ("README.md", "same"),
        ("src/alone/gone.rs", "gone"),
        ("src/lib.rs", "lib 1"),
        ("src/shared/deep/gone.rs", "gone"),
        ("src/swap", "a file"),
        ("src/turn/deep/mod.rs", "in a folder"),
    ])
}

pub(super) fn new() -> Files {
    files([
        ("README.md", "same"),
        ("src/fresh/new.rs", "new"),
        ("src/lib.rs", "lib 2"),
        ("src/swap/mod.rs", "in a folder"),
        ("src/turn", "a file"),
    ])
}

pub(super) fn foreign() -> Files {
    files([
        (".git/HEAD", "main"),
        ("Cargo.lock", "locked"),
        ("docs/empty/", ""),
        ("src/mine.rs", "mine"),
        ("src/shared/deep/mine.txt", "beside a generated file"),
        ("target/debug/x", "built"),
    ])
}

/// Returns a folder that an earlier run wrote, with foreign files.
pub(super) fn before() -> Sandbox {
    let sandbox = Sandbox::in_memory();
    sandbox.write(&old());
    sandbox.put(&foreign());
    sandbox
}

/// Returns the generated files of a folder. Ignores empty folders, as git and cargo do.
pub(super) fn generated(sandbox: &Sandbox) -> Files {
    let mut all = everything(&sandbox.folder());
    all.retain(|path, _| !path.ends_with('/') && !foreign().contains_key(path));
    all
}

/// Returns the modification time of an unchanged file. Cargo detects changes by it; hard links share it, copies do not.
fn readme_modified(sandbox: &Sandbox) -> std::time::SystemTime {
    fs::metadata(sandbox.folder().join("README.md")).unwrap().modified().unwrap()
}

pub(super) fn assert_no_foreign_file_is_lost(sandbox: &Sandbox, moment: &str) {
    let (folder, hidden) = (everything(&sandbox.folder()), everything(&sandbox.hidden()));
    for (path, contents) in foreign() {
        let found =
            [&folder, &hidden].into_iter().filter(|files| files.get(&path) == Some(&contents)).count();
        assert_eq!(found, 1, "{moment}: {path}\n{folder:#?}\n{hidden:#?}");
    }
}

pub(super) fn assert_done(sandbox: &Sandbox, wanted: &Files, moment: &str) {
    assert_eq!(everything(&sandbox.folder()), union(&with_manifest(wanted), &foreign()), "{moment}");
    assert_eq!(sandbox.siblings(), [""; 0], "{moment}");
}

#[test]
fn an_interrupted_run_leaves_the_old_or_the_new_tree() {
    let mut moments = [0, 0];
    for first in 0.. {
        let sandbox = before();
        let readme_before = readme_modified(&sandbox);
        let stopped = stop_after(first, || sandbox.write(&new())).is_none();
        let found = generated(&sandbox);
        let is_new = found == with_manifest(&new());
        assert!(is_new || found == with_manifest(&old()), "after {first} steps: {found:#?}");
        moments[usize::from(is_new)] += 1;
        assert_eq!(
            readme_modified(&sandbox),
            readme_before,
            "after {first} steps: an unchanged file is not touched"
        );
        assert_no_foreign_file_is_lost(&sandbox, &format!("after {first} steps"));
        if !stopped {
            break;
        }
    }
    let [before, after] = moments;
    assert!(before > 10 && after > 10, "the exchange is somewhere in the middle: {moments:?}");
}

/// The next run writes the same tree or the old one, and can be interrupted as well.
#[test]
fn the_next_run_repairs_the_folder() {
    for next in [new(), old()] {
        for first in 0.. {
            let mut first_stopped = false;
            // Every fifth step, starting at a different one each time, to save time.
            for second in (first % 5..).step_by(5) {
                let moment = format!("after {first} steps and then {second}");
                let sandbox = before();
                first_stopped = stop_after(first, || sandbox.write(&new())).is_none();
                let second_stopped = stop_after(second, || sandbox.write(&next)).is_none();
                let found = generated(&sandbox);
                let is_complete = [&old(), &new()].into_iter().any(|files| found == with_manifest(files));
                assert!(is_complete, "{moment}: {found:#?}");
                assert_no_foreign_file_is_lost(&sandbox, &moment);
                let written = sandbox.write(&next);
                assert_eq!(written.kept, None, "{moment}");
                assert_done(&sandbox, &next, &moment);
                if !second_stopped {
                    break;
                }
            }
            if !first_stopped {
                break;
            }
        }
    }
}

#[test]
fn the_first_run_writes_the_whole_tree_or_nothing() {
    for is_empty in [false, true] {
        for steps in 0.. {
            let sandbox = Sandbox::in_memory();
            if is_empty {
                fs::create_dir(sandbox.folder()).unwrap();
            }
            let stopped = stop_after(steps, || sandbox.write(&new())).is_none();
            let found = everything(&sandbox.folder());
            assert!(found.is_empty() || found == with_manifest(&new()), "after {steps} steps: {found:#?}");
            sandbox.write(&new());
            assert_eq!(everything(&sandbox.folder()), with_manifest(&new()), "after {steps} steps");
            assert_eq!(sandbox.siblings(), [""; 0], "after {steps} steps");
            if !stopped {
                break;
            }
        }
    }
}

#[test]
fn updates_in_place_if_folders_cannot_be_exchanged() {
    type Limited<'l> = &'l dyn Fn(&mut dyn FnMut());
    let limits: [(&str, Limited<'_>); 4] = [
        ("other devices", &|run| fail("exchange", ErrorKind::CrossesDevices, run)),
        ("a mount point", &|run| fail("exchange", ErrorKind::ResourceBusy, run)),
        ("another file system", &|run| fail("exchange", ErrorKind::InvalidInput, run)),
        ("another operating system", &|run| portable(run)),
    ];
    for (limit, limited) in limits {
        for steps in 0.. {
            let moment = format!("{limit}, after {steps} steps");
            let sandbox = before();
            let mut stopped = false;
            limited(&mut || stopped = stop_after(steps, || sandbox.write(&new())).is_none());
            for (path, contents) in generated(&sandbox) {
                let whole = [with_manifest(&old()), with_manifest(&new())];
                let is_complete = whole.iter().any(|files| files.get(&path) == Some(&contents));
                let is_ours = path == manifest::NAME || path == manifest::PARTIAL || is_complete;
                assert!(is_ours, "{moment}: {path} is {contents:?}");
            }
            let everything_there = everything(&sandbox.folder());
            assert!(
                foreign().iter().all(|(path, text)| everything_there.get(path) == Some(text)),
                "{moment}"
            );
            limited(&mut || drop(sandbox.write(&new())));
            assert_done(&sandbox, &new(), &moment);
            if !stopped {
                break;
            }
        }
    }
}

#[test]
fn updates_in_place_if_nothing_can_be_created_next_to_the_folder() {
    let wanted = union(&old(), &files([("src/lib.rs", "lib 2"), ("src/new.rs", "new")]));
    for kind in [ErrorKind::PermissionDenied, ErrorKind::ReadOnlyFilesystem] {
        let sandbox = before();
        fail("create the folder", kind, || sandbox.write(&wanted));
        assert_done(&sandbox, &wanted, &kind.to_string());
    }
}

/// Somebody deletes the folder after an interrupted run.
#[test]
fn survives_a_deleted_folder() {
    for steps in 0.. {
        let sandbox = before();
        let stopped = stop_after(steps, || sandbox.write(&new())).is_none();
        let hidden_before = everything(&sandbox.hidden());

        fs::remove_dir_all(sandbox.folder()).unwrap();
        let written = sandbox.write(&new());
        let found = everything(&sandbox.folder());
        let mut expected = with_manifest(&new());
        expected.extend(foreign().into_iter().filter(|(path, _)| hidden_before.contains_key(path)));
        assert_eq!(found, expected, "deleted after {steps} steps");
        assert_eq!(written.kept, None);
        assert_eq!(sandbox.siblings(), [""; 0], "deleted after {steps} steps");
        if !stopped {
            break;
        }
    }
}

/// Somebody empties the folder after an interrupted run, and the next run is interrupted as well.
#[test]
fn survives_an_emptied_folder() {
    for first in 0.. {
        let mut first_stopped = false;
        for second in 0.. {
            let sandbox = before();
            first_stopped = stop_after(first, || sandbox.write(&new())).is_none();
            let hidden_before = everything(&sandbox.hidden());
            fs::remove_dir_all(sandbox.folder()).unwrap();
            fs::create_dir(sandbox.folder()).unwrap();
            let second_stopped = stop_after(second, || sandbox.write(&new())).is_none();
            sandbox.write(&new());
            let mut expected = with_manifest(&new());
            expected.extend(foreign().into_iter().filter(|(path, _)| hidden_before.contains_key(path)));
            assert_eq!(everything(&sandbox.folder()), expected, "after {first} steps and then {second}");
            assert_eq!(sandbox.siblings(), [""; 0], "after {first} steps and then {second}");
            // Only moving files back is new here. Later steps are the same as in a first run.
            if !second_stopped || second > 12 {
                break;
            }
        }
        if !first_stopped {
            break;
        }
    }
}

/// A manifest that was edited by hand lists files of cargo.
#[test]
fn survives_a_manifest_that_lists_exempt_files() {
    for steps in 0.. {
        let sandbox = before();
        let claims = format!("{}Cargo.lock\ntarget/debug/x\n", with_manifest(&old())[manifest::NAME]);
        sandbox.put(&files([(manifest::NAME, &claims)]));
        let stopped = stop_after(steps, || sandbox.write(&new())).is_none();
        sandbox.write(&new());
        assert_done(&sandbox, &new(), &format!("after {steps} steps"));
        if !stopped {
            break;
        }
    }
}

/// The next tree has a file at the path of a foreign file, which is in the folder or in the hidden one.
#[test]
fn rejects_files_in_the_way_in_the_hidden_folder() {
    for steps in 0.. {
        let sandbox = before();
        let stopped = stop_after(steps, || sandbox.write(&new())).is_none();
        let wanted = union(&new(), &files([("src/mine.rs", "generated")]));
        let error = sandbox.target().write(&tree(&wanted)).unwrap_err().to_string();
        assert!(error.starts_with("`src/mine.rs` in `"), "{error}");
        assert_no_foreign_file_is_lost(&sandbox, &format!("after {steps} steps"));
        if !stopped {
            break;
        }
    }
}

/// Somebody builds in the folder after an interrupted run, so some files exist twice.
#[test]
fn survives_changes_between_runs() {
    let mut kept = 0;
    for steps in 0.. {
        let sandbox = before();
        let stopped = stop_after(steps, || sandbox.write(&new())).is_none();
        sandbox.put(&files([
            ("Cargo.lock", "locked again"),
            ("target/debug/x", "built again"),
            ("more.md", "more"),
        ]));
        let written = sandbox.write(&new());
        let mut found = everything(&sandbox.folder());
        if let Some(folder) = written.kept {
            kept += 1;
            let expected = files([("Cargo.lock", "locked"), ("target/debug/x", "built")]);
            assert_eq!(everything(&folder), expected, "used after {steps} steps");
            assert_eq!(sandbox.siblings(), ["client.kept"], "used after {steps} steps");
        } else {
            assert_eq!(sandbox.siblings(), [""; 0], "used after {steps} steps");
        }
        assert_eq!(found.remove("Cargo.lock").as_deref(), Some("locked again"), "used after {steps} steps");
        assert_eq!(
            found.remove("target/debug/x").as_deref(),
            Some("built again"),
            "used after {steps} steps"
        );
        assert_eq!(found.remove("more.md").as_deref(), Some("more"), "used after {steps} steps");
        let mut expected = union(&with_manifest(&new()), &foreign());
        expected.retain(|path, _| path != "Cargo.lock" && path != "target/debug/x");
        assert_eq!(found, expected, "used after {steps} steps");
        if !stopped {
            break;
        }
    }
    assert!(kept > 10, "there are many steps between the exchanges, not {kept}");
}
