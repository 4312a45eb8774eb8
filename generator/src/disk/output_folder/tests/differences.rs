//! Tests that a run changes and counts only files that differ.

use super::fuse::stop_after;
use super::*;
use crate::disk::output_folder::Counts;

/// A folder, the tree that is written into it, and the expected folder.
struct Case {
    name: &'static str,
    /// The tree that an earlier run wrote.
    written: Files,
    /// Files that were put into the folder since.
    put: Files,
    tree: Files,
    /// Files in the folder afterwards that are not in the tree.
    foreign: Files,
    /// The numbers of changed, unchanged and removed files.
    counts: [usize; 3],
}

#[test]
fn writing_makes_a_folder_equal_to_a_tree() {
    let none = Files::new;
    let one = || files([("a.rs", "a"), ("b/c.rs", "c")]);
    let cases = [
        Case {
            name: "first run",
            written: none(),
            put: none(),
            tree: one(),
            foreign: none(),
            counts: [3, 0, 0],
        },
        Case {
            name: "second run",
            written: one(),
            put: none(),
            tree: one(),
            foreign: none(),
            counts: [0, 3, 0],
        },
        Case {
            name: "edited by hand",
            written: one(),
            put: files([("a.rs", "edited"), ("b/c.rs", "c\r\n")]),
            tree: one(),
            foreign: none(),
            counts: [2, 1, 0],
        },
        Case {
            name: "removed, with its folder",
            written: one(),
            put: none(),
            tree: files([("a.rs", "a")]),
            foreign: none(),
            counts: [1, 1, 1],
        },
        Case {
            name: "removed from a folder with a foreign file",
            written: one(),
            put: files([("b/guest.rs", "guest"), ("x", "y")]),
            tree: files([("a.rs", "a")]),
            foreign: files([("b/guest.rs", "guest"), ("x", "y")]),
            counts: [1, 1, 1],
        },
        Case {
            name: "added by hand, with the generated contents",
            written: one(),
            put: files([("new.rs", "new")]),
            tree: union(&one(), &files([("new.rs", "new")])),
            foreign: none(),
            counts: [1, 3, 0],
        },
        Case {
            name: "a manifest with conflict markers",
            written: one(),
            put: files([
                (manifest::NAME, "<<<<<<< HEAD\na.rs\n=======\nb/c.rs\nold.rs\n>>>>>>> branch\n"),
                ("old.rs", "of the other branch"),
            ]),
            tree: one(),
            foreign: none(),
            counts: [1, 2, 1],
        },
        Case {
            name: "a manifest with other line endings",
            written: one(),
            put: files([(manifest::NAME, "a.rs\r\nb/c.rs\r\n")]),
            tree: files([("a.rs", "A"), ("b/c.rs", "C")]),
            foreign: none(),
            counts: [3, 0, 0],
        },
        Case {
            name: "a manifest that lists files of cargo and git",
            written: one(),
            put: files([
                (manifest::NAME, "Cargo.lock\n.git/HEAD\ntarget/x\na.rs\nb/c.rs\n"),
                ("Cargo.lock", "locked"),
                (".git/HEAD", "ref"),
                ("target/x", "built"),
            ]),
            tree: one(),
            foreign: files([("Cargo.lock", "locked"), (".git/HEAD", "ref"), ("target/x", "built")]),
            counts: [1, 2, 0],
        },
        Case {
            name: "a partial file of an interrupted run",
            written: one(),
            put: files([(manifest::PARTIAL, "hal")]),
            tree: one(),
            foreign: none(),
            counts: [0, 3, 1],
        },
        Case {
            name: "names that differ by case",
            written: one(),
            put: none(),
            tree: files([("A.rs", "a"), ("b/C.rs", "c")]),
            foreign: none(),
            counts: [3, 0, 2],
        },
    ];
    for Case { name, written, put, tree: wanted, foreign, counts: [changed, unchanged, removed] } in cases {
        let sandbox = Sandbox::new();
        if !written.is_empty() {
            sandbox.write(&written);
        }
        sandbox.put(&put);
        let found = everything(&sandbox.folder());
        let expected = Counts { files: wanted.len() + 1, written: changed, unchanged, removed };

        let plan = sandbox.target().compare(&tree(&wanted)).unwrap();
        assert_eq!(plan.counts(), expected, "{name}");
        assert_eq!(everything(&sandbox.folder()), found, "{name}: comparing writes nothing");

        assert_eq!(sandbox.write(&wanted).plan.counts(), expected, "{name}");
        assert_eq!(everything(&sandbox.folder()), union(&with_manifest(&wanted), &foreign), "{name}");
        assert_eq!(sandbox.siblings(), [""; 0], "{name}");

        let again = stop_after(0, || sandbox.write(&wanted));
        assert!(again.is_some_and(|written| written.plan.is_done()), "{name}: a second run changes nothing");
    }
}

/// `--check` reports every file that is not in the tree, except for files of cargo and git.
#[test]
fn finds_foreign_files() {
    let sandbox = Sandbox::new();
    let wanted = files([("a.rs", "a")]);
    sandbox.write(&wanted);
    sandbox.put(&files([
        (".git/HEAD", ""),
        ("Cargo.lock", ""),
        ("b/.git", ""),
        ("b/Cargo.lock", ""),
        ("b/empty/", ""),
        ("mine.rs", ""),
        ("target/x", ""),
    ]));
    let plan = sandbox.target().compare(&tree(&wanted)).unwrap();
    assert!(plan.is_done());
    assert_eq!(plan.foreign(), ["b/.git", "b/Cargo.lock", "mine.rs"]);
}

/// Cargo compares times, and a shell, a file watcher or a mount keeps the folder open.
#[cfg(unix)]
#[test]
fn unchanged_files_are_not_touched() {
    use std::os::unix::fs::{MetadataExt, PermissionsExt};

    let sandbox = Sandbox::new();
    sandbox.write(&files([("keep.rs", "a"), ("change.rs", "b"), ("sub/keep.rs", "c")]));
    sandbox.put(&files([("mine.rs", "d")]));
    fs::set_permissions(sandbox.folder(), fs::Permissions::from_mode(0o700)).unwrap();
    let identity = |path: &str| {
        let metadata = fs::symlink_metadata(sandbox.folder().join(path)).unwrap();
        (metadata.ino(), metadata.mode(), metadata.modified().unwrap())
    };
    let untouched = ["keep.rs", "sub/keep.rs", "sub", "mine.rs"];
    let before = untouched.map(identity);
    let (folder, mode, _) = identity("");
    let changed = identity("change.rs");

    sandbox.write(&files([("keep.rs", "a"), ("change.rs", "B"), ("sub/keep.rs", "c")]));
    assert_eq!(untouched.map(identity), before);
    assert_eq!((identity("").0, identity("").1), (folder, mode));
    assert_ne!(identity("change.rs"), changed);
}

#[test]
fn creates_missing_parent_folders() {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("a/b/client");
    let wanted = files([("a.rs", "a")]);
    OutputFolder::open(&folder).unwrap().write(&tree(&wanted)).unwrap();
    assert_eq!(everything(&folder), with_manifest(&wanted));
}
