//! What a run does to a folder and what it counts: only what differs is touched.

use super::fuse::stop_after;
use super::*;
use crate::target::Counts;

/// A folder, the tree that is written into it, the folder afterwards.
struct Case {
    name: &'static str,
    /// What an earlier run wrote.
    written: Files,
    /// What happened to the folder since.
    put: Files,
    tree: Files,
    /// What is in the folder afterwards that is not in the tree.
    foreign: Files,
    /// How many files were changed, unchanged, removed.
    counts: [usize; 3],
}

#[test]
fn a_folder_becomes_equal_to_a_tree() {
    let none = Files::new;
    let one = || files([("a.rs", "a"), ("b/c.rs", "c")]);
    let cases = [
        Case { name: "first", written: none(), put: none(), tree: one(), foreign: none(), counts: [3, 0, 0] },
        Case { name: "again", written: one(), put: none(), tree: one(), foreign: none(), counts: [0, 3, 0] },
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
            name: "removed, its folder has a guest",
            written: one(),
            put: files([("b/guest.rs", "guest"), ("x", "y")]),
            tree: files([("a.rs", "a")]),
            foreign: files([("b/guest.rs", "guest"), ("x", "y")]),
            counts: [1, 1, 1],
        },
        Case {
            name: "put there by hand, as it would be generated",
            written: one(),
            put: files([("new.rs", "new")]),
            tree: union(&one(), &files([("new.rs", "new")])),
            foreign: none(),
            counts: [1, 3, 0],
        },
        Case {
            name: "a manifest with the marks of a merge",
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
            name: "a manifest that claims what cargo and git put there",
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
            name: "what a stopped run had not finished writing",
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
        let world = World::new();
        if !written.is_empty() {
            world.write(&written);
        }
        world.put(&put);
        let found = everything(&world.folder());
        let expected = Counts { files: wanted.len() + 1, changed, unchanged, removed };

        let plan = world.target().compare(&tree(&wanted)).unwrap();
        assert_eq!(plan.counts(), expected, "{name}");
        assert_eq!(everything(&world.folder()), found, "{name}: comparing writes nothing");

        assert_eq!(world.write(&wanted).plan.counts(), expected, "{name}");
        assert_eq!(everything(&world.folder()), union(&with_manifest(&wanted), &foreign), "{name}");
        assert_eq!(world.siblings(), [""; 0], "{name}");

        let again = stop_after(0, || world.write(&wanted));
        assert!(again.is_some_and(|written| written.plan.is_done()), "{name}: a second run changes nothing");
    }
}

/// Orphans are what `--check` looks for: whatever is there and in no tree, but for what cargo and git put there.
#[test]
fn finds_what_others_put_there() {
    let world = World::new();
    let wanted = files([("a.rs", "a")]);
    world.write(&wanted);
    world.put(&files([
        (".git/HEAD", ""),
        ("Cargo.lock", ""),
        ("b/.git", ""),
        ("b/Cargo.lock", ""),
        ("b/empty/", ""),
        ("mine.rs", ""),
        ("target/x", ""),
    ]));
    let plan = world.target().compare(&tree(&wanted)).unwrap();
    assert!(plan.is_done());
    assert_eq!(plan.foreign(), ["b/.git", "b/Cargo.lock", "mine.rs"]);
}

/// cargo looks at times; a shell in the folder, a watcher on it and a mount in it hold on to what they opened.
#[cfg(unix)]
#[test]
fn what_does_not_differ_stays_what_it_is() {
    use std::os::unix::fs::{MetadataExt, PermissionsExt};

    let world = World::new();
    world.write(&files([("keep.rs", "a"), ("change.rs", "b"), ("sub/keep.rs", "c")]));
    world.put(&files([("mine.rs", "d")]));
    fs::set_permissions(world.folder(), fs::Permissions::from_mode(0o700)).unwrap();
    let identity = |path: &str| {
        let metadata = fs::symlink_metadata(world.folder().join(path)).unwrap();
        (metadata.ino(), metadata.mode(), metadata.modified().unwrap())
    };
    let untouched = ["keep.rs", "sub/keep.rs", "sub", "mine.rs"];
    let before = untouched.map(identity);
    let (folder, mode, _) = identity("");
    let changed = identity("change.rs");

    world.write(&files([("keep.rs", "a"), ("change.rs", "B"), ("sub/keep.rs", "c")]));
    assert_eq!(untouched.map(identity), before);
    assert_eq!((identity("").0, identity("").1), (folder, mode));
    assert_ne!(identity("change.rs"), changed);
}

#[test]
fn creates_the_folders_above() {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("a/b/client");
    let wanted = files([("a.rs", "a")]);
    Target::open(&folder).unwrap().write(&tree(&wanted)).unwrap();
    assert_eq!(everything(&folder), with_manifest(&wanted));
}
