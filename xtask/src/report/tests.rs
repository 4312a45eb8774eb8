//! Folders, trees, and what `--check` says about them.

use std::fs;

use codegen::FileTree;

use super::Report;
use crate::target::Target;

fn tree(files: &[(String, String)]) -> FileTree {
    let mut tree = FileTree::new();
    for (path, contents) in files {
        tree.insert(path, contents);
    }
    tree
}

fn owned(files: &[(&str, &str)]) -> Vec<(String, String)> {
    files.iter().map(|(path, contents)| ((*path).to_owned(), (*contents).to_owned())).collect()
}

/// Writes one tree, puts files over it, and says how the folder differs from another tree.
fn check(
    written: &[(String, String)],
    put: &[(&str, &[u8])],
    wanted: &[(String, String)],
) -> (String, String) {
    let root = tempfile::tempdir().unwrap();
    let target = Target::open(&root.path().join("client")).unwrap();
    target.write(&tree(written)).unwrap();
    for (path, contents) in put {
        fs::write(root.path().join("client").join(path), contents).unwrap();
    }
    let plan = target.compare(&tree(wanted)).unwrap();
    let report = Report::new(&plan);
    (report.counts(), report.details())
}

/// A folder that was written from [`THREE`], what was put over it, the tree it is compared with, and what is said.
struct Case {
    name: &'static str,
    put: &'static [(&'static str, &'static [u8])],
    wanted: &'static [(&'static str, &'static str)],
    counts: &'static str,
    details: &'static str,
}

const THREE: &[(&str, &str)] = &[("a.rs", "one\ntwo\nthree\n")];

const CASES: &[Case] = &[
    Case { name: "nothing", put: &[], wanted: THREE, counts: "", details: "" },
    Case {
        name: "a line",
        put: &[("a.rs", b"one\n2\nthree\n")],
        wanted: THREE,
        counts: "1 changed",
        details: "changed: a.rs
  @@ -1,3 +1,3 @@
   one
  -2
  +two
   three
",
    },
    Case {
        name: "the end of a line",
        put: &[("a.rs", b"one\ntwo\nthree")],
        wanted: THREE,
        counts: "1 changed",
        details: "changed: a.rs
  @@ -1,3 +1,3 @@
   one
   two
  -three (no newline at the end)
  +three
",
    },
    Case {
        name: "every end of a line",
        put: &[("a.rs", b"one\r\ntwo\r\nthree\r\n")],
        wanted: THREE,
        counts: "1 changed",
        details: "changed: a.rs
  only the line endings differ; see `core.autocrlf` in `git help config`
",
    },
    Case {
        name: "no text",
        put: &[("a.rs", b"\xff")],
        wanted: THREE,
        counts: "1 changed",
        details: "changed: a.rs
  it is not UTF-8
",
    },
    Case {
        name: "more than is shown",
        put: &[],
        wanted: &[("a.rs", "0\n1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n13\n14\n15\n16\n17\n18\n19\n")],
        counts: "1 changed",
        details: "changed: a.rs
  @@ -1,3 +1,20 @@
  -one
  -two
  -three
  +0
  +1
  +2
  +3
  +4
  +5
  +6
  +7
  ... 12 more lines
",
    },
    Case {
        name: "every kind",
        put: &[("mine.rs", b"mine"), (".codegen-partial", b"")],
        wanted: &[("b.rs", "b")],
        counts: "1 changed, 1 missing, 2 left over, 1 not generated",
        details: "changed: .codegen-manifest
  @@ -1,2 +1,2 @@
   # Written by `cargo xtask codegen`: these files are generated, all others are left alone.
  -a.rs
  +b.rs
missing: b.rs
left over: .codegen-partial
left over: a.rs
not generated: mine.rs
",
    },
];

#[test]
fn shows_what_differs() {
    for Case { name, put, wanted, counts, details } in CASES {
        let found = check(&owned(THREE), put, &owned(wanted));
        assert_eq!(found, ((*counts).to_owned(), (*details).to_owned()), "{name}");
    }
}

#[test]
fn shows_only_some_of_many() {
    let many = |first: usize, text: &str| -> Vec<_> {
        (first..first + 8).map(|number| (format!("{number:02}.rs"), format!("{text}\n"))).collect()
    };
    let (counts, details) = check(&many(0, "old"), &[], &many(0, "new"));
    assert_eq!(counts, "8 changed");
    assert_eq!(details.matches("  -old\n  +new\n").count(), 5);
    assert!(details.ends_with("changed: 3 more\n"), "{details}");

    let (counts, details) = check(&many(0, "same"), &[], &many(10, "same"));
    assert_eq!(counts, "1 changed, 8 missing, 8 left over");
    let expected = "missing: 10.rs\nmissing: 11.rs\nmissing: 12.rs\nmissing: 13.rs\nmissing: 14.rs\nmissing: 3 more\n\
                    left over: 00.rs\nleft over: 01.rs\nleft over: 02.rs\nleft over: 03.rs\nleft over: 04.rs\nleft over: 3 more\n";
    assert!(details.ends_with(expected), "{details}");
}

#[cfg(unix)]
#[test]
fn shows_what_is_no_file() {
    let root = tempfile::tempdir().unwrap();
    let target = Target::open(&root.path().join("client")).unwrap();
    let wanted = tree(&owned(&[("a.rs", "a")]));
    target.write(&wanted).unwrap();
    fs::remove_file(root.path().join("client/a.rs")).unwrap();
    std::os::unix::fs::symlink("elsewhere", root.path().join("client/a.rs")).unwrap();
    let plan = target.compare(&wanted).unwrap();
    assert_eq!(Report::new(&plan).details(), "changed: a.rs\n  it is not a regular file\n");
}
