//! Folders that are not ours to write, and what is said about them; none of them is changed.

use super::*;

#[test]
fn refuses_what_is_not_its_own() {
    let wanted = files([("src/lib.rs", "lib"), ("src/a/b.rs", "b")]);
    let listed = format!("{}src/old.rs\n", with_manifest(&Files::new())[manifest::NAME]);
    let cases = [
        (
            "no manifest",
            files([("src/lib.rs", "lib"), ("src/a/b.rs", "b")]),
            "`DIR` holds files that codegen did not write (it has no `.codegen-manifest`); name an empty or a new folder with `--out`",
        ),
        (
            "a folder for a manifest",
            files([(".codegen-manifest/x", "")]),
            "`DIR` holds files that codegen did not write (it has no `.codegen-manifest`); name an empty or a new folder with `--out`",
        ),
        (
            "another file at a path",
            files([(manifest::NAME, &listed), ("src/lib.rs", "mine")]),
            "`src/lib.rs` in `DIR` is in the way of generated files and not listed in `.codegen-manifest`; move or delete, then run again",
        ),
        (
            "a file for a folder, a folder for a file",
            files([(manifest::NAME, &listed), ("src/a", "mine"), ("src/lib.rs/x", "mine")]),
            "`src/a`, `src/lib.rs` in `DIR` are in the way of generated files and not listed in `.codegen-manifest`; move or delete, then run again",
        ),
        (
            "a folder that empties but for a guest's",
            files([
                (manifest::NAME, "src/lib.rs/old.rs\n"),
                ("src/lib.rs/old.rs", ""),
                ("src/lib.rs/empty/", ""),
            ]),
            "`src/lib.rs` in `DIR` is in the way of generated files and not listed in `.codegen-manifest`; move or delete, then run again",
        ),
    ];
    for (name, put, expected) in cases {
        let world = World::new();
        world.put(&put);
        let before = everything(&world.folder());
        let folder = world.folder().canonicalize().unwrap();
        let expected = expected.replace("DIR", &folder.display().to_string());
        let compared = Target::open(&folder).and_then(|target| target.compare(&tree(&wanted)).map(drop));
        let written = Target::open(&folder).and_then(|target| target.write(&tree(&wanted)).map(drop));
        for result in [compared, written] {
            assert_eq!(result.map_err(|error| error.to_string()), Err(expected.clone()), "{name}");
        }
        assert_eq!(everything(&world.folder()), before, "{name}");
        assert_eq!(world.siblings(), [""; 0], "{name}");
    }
}

#[test]
fn lists_only_some_of_what_is_in_the_way() {
    let world = World::new();
    let paths: Vec<String> = (0..9).map(|number| format!("{number}.rs")).collect();
    let of = |text: &str| paths.iter().map(|path| (path.clone(), text.to_owned())).collect::<Files>();
    world.put(&union(&of("mine"), &files([(manifest::NAME, "")])));
    let error = world.target().write(&tree(&of("generated"))).unwrap_err().to_string();
    assert!(error.starts_with("`0.rs`, `1.rs`, `2.rs`, `3.rs`, `4.rs`, 4 more in `"), "{error}");
}

#[test]
fn refuses_what_is_no_folder() {
    let world = World::new();
    fs::write(world.folder(), "a file").unwrap();
    let error = Target::open(&world.folder()).unwrap_err().to_string();
    assert_eq!(
        error,
        format!("`{}` is not a folder; name one with `--out`, it may be missing", world.folder().display())
    );
    assert!(Target::open(Path::new("/")).is_err());
    assert!(Target::open(&world.root.path().join("missing/..")).is_err());
}

/// Whatever a manifest says, and wherever a link points, nothing outside of the folder changes.
#[cfg(unix)]
#[test]
fn never_leaves_its_folder() {
    use std::os::unix::fs::symlink;

    let outside = files([("lib.rs", "outside"), ("old.rs", "outside"), ("x", "outside")]);
    let new_world = |listed: &str| {
        let world = World::new();
        for (path, contents) in &outside {
            fs::create_dir_all(world.root.path().join("outside")).unwrap();
            fs::write(world.root.path().join("outside").join(path), contents).unwrap();
        }
        let absolute = world.root.path().join("outside/x").display().to_string();
        world.put(&files([(manifest::NAME, &listed.replace("ABSOLUTE", &absolute))]));
        world
    };
    let check = |world: &World| assert_eq!(everything(&world.root.path().join("outside")), outside);

    // Paths that climb out.
    let climbing =
        "../outside/x\nABSOLUTE\na/../../outside/x\n./../outside/x\n..\n.\n/\n\n//x\nsrc//lib.rs\n";
    let world = new_world(climbing);
    let wanted = files([("src/lib.rs", "lib")]);
    world.write(&wanted);
    check(&world);
    assert_eq!(everything(&world.folder()), with_manifest(&wanted));

    // A folder that is a link, with listed files behind it.
    let world = new_world("src/lib.rs\nsrc/old.rs\n");
    symlink(world.root.path().join("outside"), world.folder().join("src")).unwrap();
    let error = world.target().write(&tree(&wanted)).unwrap_err().to_string();
    assert!(error.starts_with("`src` in `"), "{error}");
    check(&world);
    let wanted = files([("lib.rs", "lib")]);
    world.write(&wanted);
    check(&world);
    let link = format!("-> {}", world.root.path().join("outside").display());
    assert_eq!(everything(&world.folder()), union(&with_manifest(&wanted), &files([("src", &link)])));

    // Links in the place of listed files: replaced, or removed, themselves.
    let world = new_world("src/lib.rs\nold.rs\n");
    fs::create_dir(world.folder().join("src")).unwrap();
    symlink(world.root.path().join("outside/lib.rs"), world.folder().join("src/lib.rs")).unwrap();
    symlink(world.root.path().join("outside/old.rs"), world.folder().join("old.rs")).unwrap();
    symlink(world.root.path().join("outside/x"), world.folder().join(manifest::PARTIAL)).unwrap();
    let wanted = files([("src/lib.rs", "lib")]);
    world.write(&wanted);
    check(&world);
    assert_eq!(everything(&world.folder()), with_manifest(&wanted));

    // A link in the place of a file that is not listed.
    let world = new_world("");
    symlink(world.root.path().join("outside/lib.rs"), world.folder().join("lib.rs")).unwrap();
    assert!(world.target().write(&tree(&files([("lib.rs", "outside")]))).is_err());
    check(&world);

    // The folder itself as a link: it is what was asked for.
    let world = new_world("");
    let link = world.root.path().join("link");
    symlink(world.folder(), &link).unwrap();
    Target::open(&link).unwrap().write(&tree(&wanted)).unwrap();
    assert_eq!(everything(&world.folder()), with_manifest(&wanted));
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    symlink("nowhere", world.root.path().join("dangling")).unwrap();
    assert!(Target::open(&world.root.path().join("dangling")).is_err());
}
