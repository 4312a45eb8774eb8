//! Tests of the output of `--check` for folders and trees.

use std::fs;

use crate::FileTree;

use super::Report;
use crate::disk::output_folder::OutputFolder;

fn tree(files: &[(String, String)]) -> FileTree {
    let mut tree = FileTree::new();
    for (path, contents) in files {
        tree.insert(path, contents.clone());
    }
    tree
}

fn owned(files: &[(&str, &str)]) -> Vec<(String, String)> {
    files.iter().map(|(path, contents)| ((*path).to_owned(), (*contents).to_owned())).collect()
}

/// Writes a tree, overwrites it with other files, and reports the differences from another tree.
fn check(
    written: &[(String, String)],
    put: &[(&str, &[u8])],
    wanted: &[(String, String)],
) -> (String, String) {
    let root = tempfile::tempdir().unwrap();
    let target = OutputFolder::open(&root.path().join("client")).unwrap();
    target.write(&tree(written)).unwrap();
    for (path, contents) in put {
        fs::write(root.path().join("client").join(path), contents).unwrap();
    }
    let plan = target.compare(&tree(wanted)).unwrap();
    let report = Report::new(&plan);
    (report.counts(), report.differences())
}

/// Files that are put into a folder that was written from [`THREE`], the tree that it is compared with, and the
/// expected report.
struct Case {
    name: &'static str,
    put: &'static [(&'static str, &'static [u8])],
    wanted: &'static [(&'static str, &'static str)],
    counts: &'static str,
    differences: &'static str,
}

const THREE: &[(&str, &str)] = &[("a.rs", "one\ntwo\nthree\n")];

const CASES: &[Case] = &[
    Case { name: "no difference", put: &[], wanted: THREE, counts: "", differences: "" },
    Case {
        name: "a changed line",
        put: &[("a.rs", b"one\n2\nthree\n")],
        wanted: THREE,
        counts: "1 changed",
        differences: "changed: a.rs
  @@ -1,3 +1,3 @@
   one
  -2
  +two
   three
",
    },
    Case {
        name: "a missing newline at the end",
        put: &[("a.rs", b"one\ntwo\nthree")],
        wanted: THREE,
        counts: "1 changed",
        differences: "changed: a.rs
  @@ -1,3 +1,3 @@
   one
   two
  -three (no newline at the end)
  +three
",
    },
    Case {
        name: "other line endings",
        put: &[("a.rs", b"one\r\ntwo\r\nthree\r\n")],
        wanted: THREE,
        counts: "1 changed",
        differences: "changed: a.rs
  only the line endings differ; see `core.autocrlf` in `git help config`
",
    },
    Case {
        name: "not UTF-8",
        put: &[("a.rs", b"\xff")],
        wanted: THREE,
        counts: "1 changed",
        differences: "changed: a.rs
  it is not UTF-8
",
    },
    Case {
        name: "more lines than are shown",
        put: &[],
        wanted: &[("a.rs", "0\n1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n13\n14\n15\n16\n17\n18\n19\n")],
        counts: "1 changed",
        differences: "changed: a.rs
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
        name: "every kind of difference",
        put: &[("mine.rs", b"mine"), (".codegen-partial", b"")],
        wanted: &[("b.rs", "b")],
        counts: "1 changed, 1 missing, 2 left over, 1 not generated",
        differences: "changed: .codegen-manifest
  @@ -1,2 +1,2 @@
   # Written by openapi-crate: these files are generated, all others are left alone.
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
fn lists_differences() {
    for Case { name, put, wanted, counts, differences } in CASES {
        let found = check(&owned(THREE), put, &owned(wanted));
        assert_eq!(found, ((*counts).to_owned(), (*differences).to_owned()), "{name}");
    }
}

#[test]
fn lists_only_some_of_many_differences() {
    let many = |first: usize, text: &str| -> Vec<_> {
        (first..first + 8).map(|number| (format!("{number:02}.rs"), format!("{text}\n"))).collect()
    };
    let (counts, differences) = check(&many(0, "old"), &[], &many(0, "new"));
    assert_eq!(counts, "8 changed");
    assert_eq!(differences.matches("  -old\n  +new\n").count(), 5);
    assert!(differences.ends_with("changed: 3 more\n"), "{differences}");

    let (counts, differences) = check(&many(0, "same"), &[], &many(10, "same"));
    assert_eq!(counts, "1 changed, 8 missing, 8 left over");
    let expected = "missing: 10.rs\nmissing: 11.rs\nmissing: 12.rs\nmissing: 13.rs\nmissing: 14.rs\nmissing: 3 more\n\
                    left over: 00.rs\nleft over: 01.rs\nleft over: 02.rs\nleft over: 03.rs\nleft over: 04.rs\nleft over: 3 more\n";
    assert!(differences.ends_with(expected), "{differences}");
}

#[cfg(unix)]
#[test]
fn reports_a_link_in_place_of_a_file() {
    let root = tempfile::tempdir().unwrap();
    let target = OutputFolder::open(&root.path().join("client")).unwrap();
    let wanted = tree(&owned(&[("a.rs", "a")]));
    target.write(&wanted).unwrap();
    fs::remove_file(root.path().join("client/a.rs")).unwrap();
    std::os::unix::fs::symlink("elsewhere", root.path().join("client/a.rs")).unwrap();
    let plan = target.compare(&wanted).unwrap();
    assert_eq!(Report::new(&plan).differences(), "changed: a.rs\n  it is not a regular file\n");
}
