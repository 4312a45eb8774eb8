//! A run is stopped before each of its changes to the disk, and so is the run after it.
//!
//! At every one of these moments the generated files are the old ones or the new ones, what others put into the folder
//! is there or in hiding, and one run that is let through makes everything good.

use std::io::ErrorKind;

use super::fuse::{refuse, stop_after};
use super::*;

/// Generated files: unchanged, changed, gone with its folder, gone beside a guest, a file that becomes a folder, a folder
/// that becomes a file.
fn old() -> Files {
    files([
        ("README.md", "same"),
        ("src/alone/gone.rs", "gone"),
        ("src/lib.rs", "lib 1"),
        ("src/shared/deep/gone.rs", "gone"),
        ("src/swap", "a file"),
        ("src/turn/deep/mod.rs", "in a folder"),
    ])
}

fn new() -> Files {
    files([
        ("README.md", "same"),
        ("src/fresh/new.rs", "new"),
        ("src/lib.rs", "lib 2"),
        ("src/swap/mod.rs", "in a folder"),
        ("src/turn", "a file"),
    ])
}

fn foreign() -> Files {
    files([
        ("Cargo.lock", "locked"),
        ("docs/empty/", ""),
        ("src/mine.rs", "mine"),
        ("src/shared/deep/mine.txt", "beside a generated file"),
        ("target/debug/x", "built"),
    ])
}

/// A folder as an earlier run left it, with files of others in it.
fn before() -> World {
    let world = World::in_memory();
    world.write(&old());
    world.put(&foreign());
    world
}

/// The generated files of a folder. Empty folders do not count: git and cargo see none either.
fn generated(world: &World) -> Files {
    let mut all = everything(&world.folder());
    all.retain(|path, _| !path.ends_with('/') && !foreign().contains_key(path));
    all
}

/// What cargo looks at to see whether a file was changed; links share it and copies do not.
fn readme(world: &World) -> std::time::SystemTime {
    fs::metadata(world.folder().join("README.md")).unwrap().modified().unwrap()
}

fn assert_nothing_is_lost(world: &World, moment: &str) {
    let (folder, hidden) = (everything(&world.folder()), everything(&world.hidden()));
    for (path, contents) in foreign() {
        let found =
            [&folder, &hidden].into_iter().filter(|files| files.get(&path) == Some(&contents)).count();
        assert_eq!(found, 1, "{moment}: {path}\n{folder:#?}\n{hidden:#?}");
    }
}

fn assert_done(world: &World, wanted: &Files, moment: &str) {
    assert_eq!(everything(&world.folder()), union(&with_manifest(wanted), &foreign()), "{moment}");
    assert_eq!(world.siblings(), [""; 0], "{moment}");
}

#[test]
fn holds_the_old_tree_or_the_new_one() {
    let mut moments = [0, 0];
    for first in 0.. {
        let world = before();
        let readme_before = readme(&world);
        let stopped = stop_after(first, || world.write(&new())).is_none();
        let found = generated(&world);
        let is_new = found == with_manifest(&new());
        assert!(is_new || found == with_manifest(&old()), "after {first} steps: {found:#?}");
        moments[usize::from(is_new)] += 1;
        assert_eq!(
            readme(&world),
            readme_before,
            "after {first} steps: what does not differ stays what it is"
        );
        assert_nothing_is_lost(&world, &format!("after {first} steps"));
        if !stopped {
            break;
        }
    }
    let [before, after] = moments;
    assert!(before > 10 && after > 10, "the two exchanges are somewhere in the middle: {moments:?}");
}

/// The next run is of the same document or of another one, and may be stopped as well.
#[test]
fn the_run_after_makes_it_good() {
    for next in [new(), old()] {
        for first in 0.. {
            let mut first_stopped = false;
            // Every fifth step, another fifth each time: together every step, five times faster.
            for second in (first % 5..).step_by(5) {
                let moment = format!("after {first} steps and then {second}");
                let world = before();
                first_stopped = stop_after(first, || world.write(&new())).is_none();
                let second_stopped = stop_after(second, || world.write(&next)).is_none();
                let found = generated(&world);
                let is_whole = [&old(), &new()].into_iter().any(|files| found == with_manifest(files));
                assert!(is_whole, "{moment}: {found:#?}");
                assert_nothing_is_lost(&world, &moment);
                let written = world.write(&next);
                assert_eq!(written.kept, None, "{moment}");
                assert_done(&world, &next, &moment);
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

/// A folder that is missing is there at once, or not yet.
#[test]
fn the_first_tree_is_complete_or_absent() {
    for is_empty in [false, true] {
        for steps in 0.. {
            let world = World::in_memory();
            if is_empty {
                fs::create_dir(world.folder()).unwrap();
            }
            let stopped = stop_after(steps, || world.write(&new())).is_none();
            let found = everything(&world.folder());
            assert!(found.is_empty() || found == with_manifest(&new()), "after {steps} steps: {found:#?}");
            world.write(&new());
            assert_eq!(everything(&world.folder()), with_manifest(&new()), "after {steps} steps");
            assert_eq!(world.siblings(), [""; 0], "after {steps} steps");
            if !stopped {
                break;
            }
        }
    }
}

/// Where folders cannot be exchanged, or not a second time, or nothing can be created beside the folder.
#[test]
fn works_where_folders_cannot_be_exchanged() {
    let refusals = [
        ("exchange", ErrorKind::CrossesDevices),
        ("exchange", ErrorKind::ResourceBusy),
        ("exchange", ErrorKind::InvalidInput),
    ];
    for (action, kind) in refusals {
        for steps in 0.. {
            let moment = format!("{action}: {kind}, after {steps} steps");
            let world = before();
            let stopped = refuse(action, kind, || stop_after(steps, || world.write(&new()))).is_none();
            for (path, contents) in generated(&world) {
                let whole = [with_manifest(&old()), with_manifest(&new())];
                let is_whole = whole.iter().any(|files| files.get(&path) == Some(&contents));
                let is_ours = path == manifest::NAME || path == manifest::PARTIAL || is_whole;
                assert!(is_ours, "{moment}: {path} is {contents:?}");
            }
            let everything_there = everything(&world.folder());
            assert!(
                foreign().iter().all(|(path, text)| everything_there.get(path) == Some(text)),
                "{moment}"
            );
            refuse(action, kind, || world.write(&new()));
            assert_done(&world, &new(), &moment);
            if !stopped {
                break;
            }
        }
    }
}

#[test]
fn works_where_nothing_can_be_created_beside_the_folder() {
    let wanted = union(&old(), &files([("src/lib.rs", "lib 2"), ("src/new.rs", "new")]));
    for kind in [ErrorKind::PermissionDenied, ErrorKind::ReadOnlyFilesystem] {
        let world = before();
        refuse("create the folder", kind, || world.write(&wanted));
        assert_done(&world, &wanted, &kind.to_string());
    }
}

/// An error of the disk is a kill of another kind.
#[test]
fn survives_what_the_disk_refuses() {
    for action in [
        "create",
        "create the folder",
        "write",
        "link",
        "rename",
        "remove",
        "exchange",
        "set the permissions of",
    ] {
        let world = before();
        let result = refuse(action, ErrorKind::StorageFull, || world.target().write(&tree(&new())));
        let found = generated(&world);
        let is_whole = [&old(), &new()].into_iter().any(|files| found == with_manifest(files));
        assert!(is_whole, "{action}: {found:#?}");
        assert_nothing_is_lost(&world, action);
        if let Err(error) = result {
            assert!(error.to_string().starts_with(&format!("cannot {action} `")), "{error}");
        } else {
            assert_eq!(action, "rename", "everything else is needed");
        }
        world.write(&new());
        assert_done(&world, &new(), action);
    }
}

/// Somebody deletes the folder between a run that was stopped and the next one.
#[test]
fn survives_a_folder_that_was_deleted() {
    for steps in 0.. {
        let world = before();
        let stopped = stop_after(steps, || world.write(&new())).is_none();
        let hid = everything(&world.hidden());

        fs::remove_dir_all(world.folder()).unwrap();
        let written = world.write(&new());
        let found = everything(&world.folder());
        let mut expected = with_manifest(&new());
        expected.extend(foreign().into_iter().filter(|(path, _)| hid.contains_key(path)));
        assert_eq!(found, expected, "deleted after {steps} steps");
        assert_eq!(written.kept, None);
        assert_eq!(world.siblings(), [""; 0], "deleted after {steps} steps");
        if !stopped {
            break;
        }
    }
}

/// Somebody empties the folder, and the next run is stopped as well.
#[test]
fn survives_a_folder_that_was_emptied() {
    for first in 0.. {
        let mut first_stopped = false;
        for second in 0.. {
            let world = before();
            first_stopped = stop_after(first, || world.write(&new())).is_none();
            let hid = everything(&world.hidden());
            fs::remove_dir_all(world.folder()).unwrap();
            fs::create_dir(world.folder()).unwrap();
            let second_stopped = stop_after(second, || world.write(&new())).is_none();
            world.write(&new());
            let mut expected = with_manifest(&new());
            expected.extend(foreign().into_iter().filter(|(path, _)| hid.contains_key(path)));
            assert_eq!(everything(&world.folder()), expected, "after {first} steps and then {second}");
            assert_eq!(world.siblings(), [""; 0], "after {first} steps and then {second}");
            // Only bringing files home is new here; later steps are those of any first run.
            if !second_stopped || second > 12 {
                break;
            }
        }
        if !first_stopped {
            break;
        }
    }
}

/// A manifest that was written by hand lists what cargo put there.
#[test]
fn survives_a_manifest_that_claims_too_much() {
    for steps in 0.. {
        let world = before();
        let claims = format!("{}Cargo.lock\ntarget/debug/x\n", with_manifest(&old())[manifest::NAME]);
        world.put(&files([(manifest::NAME, &claims)]));
        let stopped = stop_after(steps, || world.write(&new())).is_none();
        world.write(&new());
        assert_done(&world, &new(), &format!("after {steps} steps"));
        if !stopped {
            break;
        }
    }
}

/// The next tree wants the place of a file that is not ours, be it there or in hiding.
#[test]
fn refuses_what_is_in_the_way_in_hiding() {
    for steps in 0.. {
        let world = before();
        let stopped = stop_after(steps, || world.write(&new())).is_none();
        let wanted = union(&new(), &files([("src/mine.rs", "generated")]));
        let error = world.target().write(&tree(&wanted)).unwrap_err().to_string();
        assert!(error.starts_with("`src/mine.rs` in `"), "{error}");
        assert_nothing_is_lost(&world, &format!("after {steps} steps"));
        if !stopped {
            break;
        }
    }
}

/// Somebody builds in the folder between a run that was stopped and the next one: there are two of some files then.
#[test]
fn survives_a_folder_that_was_used() {
    let mut kept = 0;
    for steps in 0.. {
        let world = before();
        let stopped = stop_after(steps, || world.write(&new())).is_none();
        world.put(&files([
            ("Cargo.lock", "locked again"),
            ("target/debug/x", "built again"),
            ("more.md", "more"),
        ]));
        let written = world.write(&new());
        let mut found = everything(&world.folder());
        if let Some(folder) = written.kept {
            kept += 1;
            let expected = files([("Cargo.lock", "locked"), ("target/debug/x", "built")]);
            assert_eq!(everything(&folder), expected, "used after {steps} steps");
            assert_eq!(world.siblings(), ["client.kept"], "used after {steps} steps");
        } else {
            assert_eq!(world.siblings(), [""; 0], "used after {steps} steps");
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
    assert!(kept > 10, "between the exchanges there are many steps, not {kept}");
}
