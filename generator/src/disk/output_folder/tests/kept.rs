//! Files of people in the folder: kept patterns, files that never matter, and folders that are adopted.

use super::*;
use crate::Config;

/// Writes a tree into a folder with files of a person, and compares everything in it.
#[track_caller]
fn check(settings: &str, before: &Files, mine: &Files, wanted: &Files, expected: &Files, foreign: &[&str]) {
    let sandbox = Sandbox::new();
    sandbox.write(before);
    sandbox.put(mine);
    let kept = Config::parse(settings).expect("valid settings").folder.kept_files();
    let mut wanted = tree(wanted);
    wanted.retain(|path| !kept.replaces(path));
    let target = OutputFolder::open_keeping(&sandbox.folder(), kept).unwrap();
    target.write(&wanted).unwrap_or_else(|error| panic!("{error}"));
    let plan = target.compare(&wanted).unwrap();
    assert!(plan.is_done());
    assert_eq!(plan.foreign(), foreign, "{settings}");
    let mut everything = everything(&sandbox.folder());
    everything.remove(manifest::NAME);
    assert_eq!(everything, *expected, "{settings}");
}

#[test]
fn kept_files_are_accepted_and_stay() {
    let generated = files([("Cargo.toml", "new"), ("README.md", "new"), ("src/lib.rs", "new")]);
    let mine =
        files([("LICENSE", "mine"), ("tests/a/b.rs", "mine"), ("src/ext/mod.rs", "mine"), ("a.txt", "mine")]);
    let settings = "folder = { keep = ['LICENSE', 'tests/**'], modules = ['ext'] }";
    check(settings, &generated, &mine, &generated, &union(&generated, &mine), &["a.txt"]);
}

/// The file was generated before, and the person has changed it since.
#[test]
fn a_kept_file_replaces_a_generated_one() {
    let generated = files([("Cargo.toml", "new"), ("README.md", "new")]);
    let mine = files([("README.md", "mine")]);
    let settings = "folder.keep = ['README.md']";
    check(
        settings,
        &generated,
        &mine,
        &generated,
        &files([("Cargo.toml", "new"), ("README.md", "mine")]),
        &[],
    );
    check(settings, &generated, &Files::new(), &files([("Cargo.toml", "new")]), &generated, &[]);
}

/// A pattern may match by chance, so it replaces nothing.
#[test]
fn a_pattern_replaces_no_generated_file() {
    let generated = files([("README.md", "old"), ("tests/unions/main.rs", "old")]);
    let wanted = files([("README.md", "new"), ("tests/unions/main.rs", "new")]);
    for settings in ["folder.keep = ['**']", "folder.keep = ['*.md', 'tests/**', 'tests/unions/main.rs']"] {
        check(settings, &generated, &Files::new(), &wanted, &wanted, &[]);
    }
}

#[test]
fn files_that_the_crate_refers_to_have_to_exist() {
    let kept = |settings: &str| Config::parse(settings).expect("valid settings").folder.kept_files();
    let sandbox = Sandbox::new();
    let settings = kept("folder = { keep = ['LICENSE', 'README.md'], modules = ['ext'] }");
    let target = OutputFolder::open_keeping(&sandbox.folder(), settings).unwrap();
    let wanted = tree(&files([("src/lib.rs", "new")]));
    for error in [target.compare(&wanted).unwrap_err(), target.write(&wanted).unwrap_err()] {
        let error = error.to_string();
        assert!(error.starts_with("`src/ext.rs` or `src/ext/mod.rs`, `README.md` in `"), "{error}");
        assert!(error.contains("do not exist, although `[folder]` of codegen.toml lists them"), "{error}");
    }
    assert!(!sandbox.folder().exists());
    sandbox.put(&files([("src/ext/mod.rs", "mine"), ("README.md", "mine")]));
    target.write(&wanted).unwrap();
}

#[test]
fn code_is_generated_whatever_is_kept() {
    let old = files([("Cargo.toml", "old"), ("src/a.rs", "old"), ("src/b.rs", "old")]);
    let new = files([("Cargo.toml", "new"), ("src/a.rs", "new")]);
    check("folder.keep = ['**']", &old, &Files::new(), &new, &new, &[]);
}

#[test]
fn files_of_cargo_and_of_desktops_do_not_matter() {
    let generated = files([("src/lib.rs", "new")]);
    let mine = files([
        (".gitignore", "a"),
        (".DS_Store", "b"),
        ("src/.DS_Store", "c"),
        ("Cargo.lock", "d"),
        ("target/x", "e"),
    ]);
    check("", &generated, &mine, &generated, &union(&generated, &mine), &[]);
    check(
        "",
        &generated,
        &files([("src/.gitignore", "a")]),
        &generated,
        &union(&generated, &files([("src/.gitignore", "a")])),
        &["src/.gitignore"],
    );
}

#[test]
fn a_folder_with_only_kept_files_is_accepted() {
    let mine = files([("LICENSE", "mine"), ("src/ext/mod.rs", "mine")]);
    let wanted = files([("Cargo.toml", "new"), ("src/lib.rs", "new")]);
    let kept = |settings: &str| Config::parse(settings).expect("valid settings").folder.kept_files();
    let settings = "folder = { keep = ['LICENSE'], modules = ['ext'] }";
    // A run that is stopped at any moment is completed by the next one.
    for steps in 0.. {
        let sandbox = Sandbox::new();
        sandbox.put(&mine);
        let write = || {
            let target = OutputFolder::open_keeping(&sandbox.folder(), kept(settings)).unwrap();
            target.write(&tree(&wanted)).unwrap_or_else(|error| panic!("{error}"))
        };
        let stopped = fuse::stop_after(steps, write).is_none();
        write();
        let mut everything = everything(&sandbox.folder());
        everything.remove(manifest::NAME);
        assert_eq!(everything, union(&wanted, &mine), "after {steps} steps");
        assert_eq!(sandbox.siblings(), Vec::<String>::new());
        if !stopped {
            break;
        }
    }
    let sandbox = Sandbox::new();
    sandbox.put(&mine);
    assert!(OutputFolder::open_keeping(&sandbox.folder(), kept("folder.keep = ['LICENSE']")).is_err());
}

#[test]
fn a_folder_of_cargo_is_adopted() {
    let sandbox = Sandbox::new();
    sandbox.put(&files([
        ("Cargo.toml", "mine"),
        ("src/lib.rs", "mine"),
        ("src/main.rs", "mine"),
        (".gitignore", "/target"),
    ]));
    let wanted = tree(&files([("Cargo.toml", "new"), ("src/lib.rs", "new"), ("src/types.rs", "new")]));
    let target =
        OutputFolder::adopt(&sandbox.folder(), &wanted, crate::config::KeptFiles::default()).unwrap();
    target.write(&wanted).unwrap();
    let mut everything = everything(&sandbox.folder());
    everything.remove(manifest::NAME);
    let expected = [
        ("Cargo.toml", "new"),
        ("src/lib.rs", "new"),
        ("src/main.rs", "mine"),
        ("src/types.rs", "new"),
        (".gitignore", "/target"),
    ];
    assert_eq!(everything, files(expected));
    assert_eq!(target.compare(&wanted).unwrap().foreign(), ["src/main.rs"]);

    // A folder that cannot be written stays as it is.
    let other = Sandbox::new();
    other.put(&files([("src/lib.rs", "mine"), ("README.md/note", "mine")]));
    let before = super::everything(&other.folder());
    let wanted_too = tree(&files([("README.md", "new"), ("src/lib.rs", "new")]));
    OutputFolder::adopt(&other.folder(), &wanted_too, crate::config::KeptFiles::default()).unwrap_err();
    assert_eq!(super::everything(&other.folder()), before);

    // A folder that is ours is not adopted again.
    sandbox.put(&files([("src/other.rs", "mine")]));
    let wanted = tree(&files([("src/other.rs", "new")]));
    let error = OutputFolder::adopt(&sandbox.folder(), &wanted, crate::config::KeptFiles::default())
        .unwrap()
        .write(&wanted)
        .unwrap_err();
    assert!(error.to_string().starts_with("`src/other.rs` in `"), "{error}");
}
