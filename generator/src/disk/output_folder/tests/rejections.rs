//! Tests that folders of others are rejected with a clear error and not changed.

use super::*;

#[test]
fn rejects_foreign_files() {
    let wanted = files([("src/lib.rs", "lib"), ("src/a/b.rs", "b")]);
    let listed = format!("{}src/old.rs\n", with_manifest(&Files::new())[manifest::NAME]);
    let cases = [
        (
            "no manifest",
            files([("src/lib.rs", "lib"), ("src/a/b.rs", "b")]),
            "`DIR` contains other files (it has no `.codegen-manifest`); pass an empty or new folder with `--out`, or take the folder with `--adopt`",
        ),
        (
            "a folder in place of the manifest",
            files([(".codegen-manifest/x", "")]),
            "`DIR` contains other files (it has no `.codegen-manifest`); pass an empty or new folder with `--out`, or take the folder with `--adopt`",
        ),
        (
            "a foreign file at a path",
            files([(manifest::NAME, &listed), ("src/lib.rs", "mine")]),
            "`src/lib.rs` in `DIR` is in the way of generated files but not listed in `.codegen-manifest`; move or delete the conflicting files, then run again",
        ),
        (
            "a file in place of a folder, and a folder in place of a file",
            files([(manifest::NAME, &listed), ("src/a", "mine"), ("src/lib.rs/x", "mine")]),
            "`src/a`, `src/lib.rs` in `DIR` are in the way of generated files but not listed in `.codegen-manifest`; move or delete the conflicting files, then run again",
        ),
        (
            "a folder with a foreign empty folder",
            files([
                (manifest::NAME, "src/lib.rs/old.rs\n"),
                ("src/lib.rs/old.rs", ""),
                ("src/lib.rs/empty/", ""),
            ]),
            "`src/lib.rs` in `DIR` is in the way of generated files but not listed in `.codegen-manifest`; move or delete the conflicting files, then run again",
        ),
    ];
    for (name, put, expected) in cases {
        let sandbox = Sandbox::new();
        sandbox.put(&put);
        let before = everything(&sandbox.folder());
        let folder = sandbox.folder().canonicalize().unwrap();
        let expected = expected.replace("DIR", &folder.display().to_string());
        let compared =
            OutputFolder::open(&folder).and_then(|target| target.compare(&tree(&wanted)).map(drop));
        let written = OutputFolder::open(&folder).and_then(|target| target.write(&tree(&wanted)).map(drop));
        for result in [compared, written] {
            assert_eq!(result.map_err(|error| error.to_string()), Err(expected.clone()), "{name}");
        }
        assert_eq!(everything(&sandbox.folder()), before, "{name}");
        assert_eq!(sandbox.siblings(), [""; 0], "{name}");
    }
}

#[test]
fn lists_at_most_five_files_in_the_way() {
    let sandbox = Sandbox::new();
    let paths: Vec<String> = (0..9).map(|number| format!("{number}.rs")).collect();
    let files_with = |text: &str| paths.iter().map(|path| (path.clone(), text.to_owned())).collect::<Files>();
    sandbox.put(&union(&files_with("mine"), &files([(manifest::NAME, "")])));
    let error = sandbox.target().write(&tree(&files_with("generated"))).unwrap_err().to_string();
    assert!(error.starts_with("`0.rs`, `1.rs`, `2.rs`, `3.rs`, `4.rs`, 4 more in `"), "{error}");
}

#[test]
fn rejects_a_path_that_is_not_a_folder() {
    let sandbox = Sandbox::new();
    fs::write(sandbox.folder(), "a file").unwrap();
    let error = OutputFolder::open(&sandbox.folder()).unwrap_err().to_string();
    assert_eq!(
        error,
        format!(
            "`{}` is not a folder; pass an existing or new folder with `--out`",
            sandbox.folder().display()
        )
    );
    assert!(OutputFolder::open(Path::new("/")).is_err());
    assert!(OutputFolder::open(&sandbox.root.path().join("missing/..")).is_err());
    let file = sandbox.root.path().join("file");
    fs::write(&file, "").unwrap();
    let error = OutputFolder::open(&file.join("a/b")).unwrap_err().to_string();
    let expected = "`FILE` is not a folder; pass an existing or new folder with `--out`";
    assert_eq!(error, expected.replace("FILE", &file.display().to_string()));
}

/// Covers paths in the manifest and links.
#[cfg(unix)]
#[test]
fn never_changes_files_outside_the_folder() {
    use std::os::unix::fs::symlink;

    let outside = files([("lib.rs", "outside"), ("old.rs", "outside"), ("x", "outside")]);
    let new_sandbox = |listed: &str| {
        let sandbox = Sandbox::new();
        for (path, contents) in &outside {
            fs::create_dir_all(sandbox.root.path().join("outside")).unwrap();
            fs::write(sandbox.root.path().join("outside").join(path), contents).unwrap();
        }
        let absolute = sandbox.root.path().join("outside/x").display().to_string();
        sandbox.put(&files([(manifest::NAME, &listed.replace("ABSOLUTE", &absolute))]));
        sandbox
    };
    let check = |sandbox: &Sandbox| assert_eq!(everything(&sandbox.root.path().join("outside")), outside);

    // Paths in the manifest that leave the folder.
    let climbing =
        "../outside/x\nABSOLUTE\na/../../outside/x\n./../outside/x\n..\n.\n/\n\n//x\nsrc//lib.rs\n";
    let sandbox = new_sandbox(climbing);
    let wanted = files([("src/lib.rs", "lib")]);
    sandbox.write(&wanted);
    check(&sandbox);
    assert_eq!(everything(&sandbox.folder()), with_manifest(&wanted));

    // A link in place of a folder, with listed files at its target.
    let sandbox = new_sandbox("src/lib.rs\nsrc/old.rs\n");
    symlink(sandbox.root.path().join("outside"), sandbox.folder().join("src")).unwrap();
    let error = sandbox.target().write(&tree(&wanted)).unwrap_err().to_string();
    assert!(error.starts_with("`src` in `"), "{error}");
    check(&sandbox);
    let wanted = files([("lib.rs", "lib")]);
    sandbox.write(&wanted);
    check(&sandbox);
    let link = format!("-> {}", sandbox.root.path().join("outside").display());
    assert_eq!(everything(&sandbox.folder()), union(&with_manifest(&wanted), &files([("src", &link)])));

    // Links in place of listed files: the links themselves are replaced or removed.
    let sandbox = new_sandbox("src/lib.rs\nold.rs\n");
    fs::create_dir(sandbox.folder().join("src")).unwrap();
    symlink(sandbox.root.path().join("outside/lib.rs"), sandbox.folder().join("src/lib.rs")).unwrap();
    symlink(sandbox.root.path().join("outside/old.rs"), sandbox.folder().join("old.rs")).unwrap();
    symlink(sandbox.root.path().join("outside/x"), sandbox.folder().join(manifest::PARTIAL)).unwrap();
    let wanted = files([("src/lib.rs", "lib")]);
    sandbox.write(&wanted);
    check(&sandbox);
    assert_eq!(everything(&sandbox.folder()), with_manifest(&wanted));

    // A link in place of a file that is not listed.
    let sandbox = new_sandbox("");
    symlink(sandbox.root.path().join("outside/lib.rs"), sandbox.folder().join("lib.rs")).unwrap();
    assert!(sandbox.target().write(&tree(&files([("lib.rs", "outside")]))).is_err());
    check(&sandbox);

    // The folder itself is a link, which is followed.
    let sandbox = new_sandbox("");
    let link = sandbox.root.path().join("link");
    symlink(sandbox.folder(), &link).unwrap();
    OutputFolder::open(&link).unwrap().write(&tree(&wanted)).unwrap();
    assert_eq!(everything(&sandbox.folder()), with_manifest(&wanted));
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    let dangling = sandbox.root.path().join("dangling");
    symlink("nowhere", &dangling).unwrap();
    let error = OutputFolder::open(&dangling).unwrap_err().to_string();
    let expected =
        "`DIR` is a symbolic link to `nowhere`, which does not exist; create that folder, or remove the link";
    assert_eq!(error, expected.replace("DIR", &dangling.display().to_string()));
    assert!(fs::symlink_metadata(&dangling).unwrap().is_symlink());
}
