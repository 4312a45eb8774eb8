//! Tests of the command line: arguments, exit codes, output, and files on the disk.

mod workspace;

use std::fs;
use std::process::Stdio;
use std::time::{Duration, Instant};

use workspace::{Run, SPEC, Workspace};

/// Returns [`SPEC`] with another name for its type.
fn other_spec() -> String {
    SPEC.replace("Pet}", "Animal}").replace("Pet' }", "Animal' }").replace("    Pet:", "    Animal:")
}

#[test]
fn prints_help_and_usage_errors() {
    let workspace = Workspace::new(&[]);
    let cases: &[(&[&str], i32, &[&str])] = &[
        (&[], 2, &["Usage: cargo xtask <COMMAND>", "Examples:\n  cargo xtask codegen"]),
        (&["--help"], 0, &["Usage: cargo xtask <COMMAND>", "Examples:\n  cargo xtask codegen"]),
        (
            &["codegen", "--help"],
            0,
            &["Usage: cargo xtask codegen", "Examples:\n  cargo xtask codegen", "Exit code"],
        ),
        (&["codgen"], 2, &["unrecognized subcommand 'codgen'", "similar subcommand exists: 'codegen'"]),
        (&["codegen", "--chek"], 2, &["unexpected argument '--chek'", "'--check'"]),
        (&["codegen", "--spec"], 2, &["--spec <FILE>"]),
        (&["codegen", "one.yaml", "two.yaml"], 2, &["unexpected argument 'two.yaml'"]),
        (&["codegen", "one.yaml", "--spec", "two.yaml"], 2, &["cannot be used with"]),
        (&["codegen", "--deny", "untypd-schema"], 2, &["no finding has this code", "`untyped-schema`"]),
        (&["codegen", "--deny", "syntax"], 2, &["`syntax` is always an error; only warnings can be"]),
        (&["codegen", "--allow", "untypd-schema"], 2, &["no finding has this code", "`untyped-schema`"]),
        (&["codegen", "--allow", "syntax"], 2, &["`syntax` is always an error; only warnings can be"]),
        (&["codegen", "--allow", "untyped-schema=Pet"], 2, &["`Pet` is not a place; write a reference"]),
        (
            &["explain", "untyped-schema"],
            0,
            &["warning[untyped-schema]: a schema becomes `serde_json::Value`"],
        ),
        (&["explain", "no-such-thing"], 2, &["error: `no-such-thing`: no finding has this code"]),
        (&["corpus", "."], 2, &["error: no OpenAPI document found below `.`"]),
    ];
    for (arguments, code, expected) in cases {
        let run = workspace.run(arguments);
        assert_eq!(run.code, Some(*code), "{arguments:?}");
        let text = if *code == 0 { &run.out } else { &run.err };
        for expected in *expected {
            assert!(text.contains(expected), "{arguments:?}: {expected:?} is not in:\n{text}");
        }
    }
}

/// Nothing is written if an argument is invalid.
#[test]
fn reports_invalid_arguments() {
    let cases: &[(&[&str], &str)] = &[
        (&["--spec", "no.yaml"], "error: `no.yaml` does not exist; correct its path\n"),
        (&["--spec", "."], "error: `.` is a folder; correct its path\n"),
        (
            &["--spec", "../latin.yaml"],
            "error: `../latin.yaml` is not text in UTF-8: the byte 0xE4 at 1:8 is from another encoding, such as Latin-1; save it as UTF-8\n",
        ),
        (
            &["--spec", "https://a.io/b.json"],
            "error: `https://a.io/b.json` is a URL, and documents are not downloaded; download it first, and pass the file\n",
        ),
        (&["--config", "no.toml"], "error: `no.toml` does not exist; pass another file with `--config`\n"),
        (
            &["--config", "../bad.toml"],
            "error: unknown key `protojsn`\n \
             --> ../bad.toml:1:1\n  \
               |\n\
             1 | protojsn = true\n  \
               | ^^^^^^^^\n  \
               |\n  \
               = help: did you mean `protojson`?\n\
             \n\
             error: `package.name` is \"a b\", but a crate name has only ASCII letters, digits, `-` and `_`, and starts with a letter\n \
             --> ../bad.toml:3:8\n  \
               |\n\
             3 | name = 'a b'\n  \
               |        ^^^^^\n  \
               |\n  \
               = help: choose a name such as `acme-client`\n",
        ),
        (
            &["--out", "../latin.yaml"],
            "error: `../latin.yaml` is not a folder; pass an existing or new folder with `--out`\n",
        ),
        (
            &["--out", "../../spec"],
            "error: `ROOT/spec` contains other files (it has no `.codegen-manifest`); pass an empty or new folder with `--out`, or take the folder with `--adopt`\n",
        ),
    ];
    let workspace = Workspace::with_spec();
    workspace.put("sub/latin.yaml", b"title: \xe4\n");
    workspace.put("sub/bad.toml", "protojsn = true\n[package]\nname = 'a b'\n");
    let root = workspace.root.path().canonicalize().unwrap().display().to_string();
    let before = workspace.files("");
    for (arguments, expected) in cases {
        for check in [&[][..], &["--check"]] {
            let run = workspace.run(&[&["codegen"], *arguments, check].concat());
            assert_eq!(run.err, expected.replace("ROOT", &root), "{arguments:?}");
            assert_eq!((run.code, run.out.as_str()), (Some(2), ""), "{arguments:?}");
        }
    }
    assert_eq!(workspace.files(""), before);
}

#[test]
fn check_passes_after_writing() {
    let workspace = Workspace::with_spec();

    let run = workspace.run(&["codegen", "--check"]);
    assert_eq!(run.code, Some(1));
    assert_eq!(
        run.err,
        "error: `generated-client` does not exist\nhelp: run `cargo xtask codegen` to update it\n"
    );
    assert!(!workspace.path("generated-client").exists());

    let run = workspace.run(&["codegen"]);
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    let written = workspace.files("generated-client");
    let all = written.len();
    let expected = format!("{all} files ({all} written, 0 unchanged, 0 removed) in ");
    assert!(run.out.starts_with("generated-client: 1 operation, "), "{}", run.out);
    assert!(run.out.contains(&expected), "{}", run.out);

    let run = workspace.run(&["codegen"]);
    assert!(
        run.out.contains(&format!("{all} files (0 written, {all} unchanged, 0 removed) in ")),
        "{}",
        run.out
    );
    let run = workspace.run(&["codegen", "--check"]);
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    assert!(run.out.starts_with("generated-client: up to date, 1 operation, "), "{}", run.out);

    workspace.put("generated-client/src/lib.rs", "edited\n");
    fs::remove_file(workspace.path("generated-client/Cargo.toml")).unwrap();
    let edited = workspace.files("generated-client");
    let run = workspace.run(&["codegen", "--check"]);
    assert_eq!(run.code, Some(1));
    assert!(run.out.starts_with("changed: src/lib.rs\n  @@ -1"), "{}", run.out);
    assert!(run.out.contains("\n  -edited\n"), "{}", run.out);
    assert!(run.out.ends_with("missing: Cargo.toml\n"), "{}", run.out);
    assert_eq!(
        run.err,
        "error: `generated-client` is not up to date: 1 changed, 1 missing\n\
         help: run `cargo xtask codegen` to update it\n"
    );
    assert_eq!(workspace.files("generated-client"), edited, "`--check` never writes");

    let run = workspace.run(&["codegen"]);
    assert!(run.out.contains("(2 written, "), "{}", run.out);
    assert_eq!(workspace.files("generated-client"), written);

    workspace.put("spec/openapi.yaml", other_spec());
    assert_eq!(workspace.run(&["codegen"]).code, Some(0));
    assert_ne!(workspace.files("generated-client"), written);
    workspace.put("generated-client/mine.rs", "");
    let run = workspace.run(&["codegen", "--check"]);
    assert_eq!((run.code, run.out.as_str()), (Some(1), "not generated: mine.rs\n"));
    assert_eq!(
        run.err,
        "error: `generated-client` is not up to date: 1 not generated\n\
         help: move or delete the files that are not generated, or list them in `folder.keep` of codegen.toml\n"
    );
}

/// Given paths are relative to the current folder, and the suggested command contains them.
#[test]
fn accepts_other_paths() {
    let workspace = Workspace::new(&[
        ("sub/folder/acme api/acme.yaml", SPEC),
        ("sub/folder/acme api/codegen.toml", "package.name = 'beside'"),
        ("sub/other.toml", "package.name = 'other'"),
    ]);
    let spec = ["codegen", "--spec", "acme api/acme.yaml"];
    let cases: &[(&[&str], &str, &str, &str)] = &[
        (&[], "generated-client", "beside", ""),
        (&["--out", "../acme"], "sub/acme", "beside", " --out ../acme"),
        (
            &["--config", "../other.toml", "--out", "it's"],
            "sub/folder/it's",
            "other",
            r" --config ../other.toml --out 'it'\''s'",
        ),
    ];
    for (arguments, folder, package, other_flags) in cases {
        let arguments = [&spec[..], arguments].concat();
        let run = workspace.run(&[&arguments[..], &["--check"]].concat());
        let expected = format!(
            "help: run `cargo xtask codegen --spec 'acme api/acme.yaml'{other_flags}` to update it\n"
        );
        assert!(run.err.ends_with(&expected), "{}", run.err);
        assert_eq!(workspace.run(&arguments).code, Some(0), "{arguments:?}");
        let manifest = fs::read_to_string(workspace.path(folder).join("Cargo.toml")).unwrap();
        assert!(manifest.contains(&format!("name = \"{package}\"")), "{manifest}");
    }
}

/// Without cargo, the current folder is the workspace. It can also be the folder that is written.
#[test]
fn works_without_cargo() {
    let workspace = Workspace::with_spec();
    fs::create_dir(workspace.path("here")).unwrap();
    let run = |folder: &str, arguments: &[&str]| {
        let mut command = workspace.command(arguments);
        Run::of(
            command.env_remove("CARGO_MANIFEST_DIR").current_dir(workspace.path(folder)).output().unwrap(),
        )
    };
    assert_eq!(run("", &["codegen"]).code, Some(0));
    for spec in [SPEC.to_owned(), other_spec()] {
        workspace.put("spec/openapi.yaml", spec);
        let arguments = ["codegen", "--spec", "../spec/openapi.yaml", "--out", "."];
        assert_eq!(run("here", &arguments).code, Some(0));
        assert_eq!(run("here", &[&arguments[..], &["--check"]].concat()).code, Some(0));
    }
    assert_eq!(run("", &["codegen"]).code, Some(0));
    assert_eq!(workspace.files("here"), workspace.files("generated-client"));
}

#[test]
fn writes_nothing_from_a_document_with_errors() {
    let workspace = Workspace::with_spec();
    assert_eq!(workspace.run(&["codegen"]).code, Some(0));
    let before = workspace.files("generated-client");
    for check in [&[][..], &["--check"]] {
        workspace.put("spec/openapi.yaml", "openapi: [");
        let run = workspace.run(&[&["codegen"], check].concat());
        assert_eq!((run.code, run.out.as_str()), (Some(1), ""));
        assert!(run.err.contains("spec/openapi.yaml:"), "{}", run.err);
        let last = "\n\nerror: nothing was generated from `spec/openapi.yaml`: 1 error; `generated-client` is unchanged\n";
        assert!(run.err.ends_with(last), "{}", run.err);
    }
    assert_eq!(workspace.files("generated-client"), before);
}

#[test]
fn reads_only_files_in_the_folder_of_the_document() {
    let workspace = Workspace::with_spec();
    workspace.put("spec/openapi.yaml", SPEC.replace("'#/components/schemas/Pet'", "./schemas/animal.yaml"));
    workspace.put("spec/schemas/animal.yaml", "type: object\nproperties: { name: { type: string } }\n");
    let run = workspace.run(&["codegen"]);
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    assert!(workspace.path("generated-client/src/types/animal.rs").exists());

    workspace.put("secret.yaml", "type: object\n");
    workspace.put("spec/schemas/animal.yaml", "properties:\n  name: { $ref: ../../secret.yaml }\n");
    let run = workspace.run(&["codegen"]);
    assert_eq!(run.code, Some(1));
    let place = "error[external-reference]: `../../secret.yaml` is outside the document's folder\n";
    assert!(run.err.contains(place), "{}", run.err);
    assert!(run.err.contains("--> spec/schemas/animal.yaml:2:11\n"), "{}", run.err);
    assert!(run.err.contains("2 |   name: { $ref: ../../secret.yaml }\n"), "{}", run.err);
}

/// For example `cargo xtask codegen --check | head -0`.
#[test]
fn ignores_a_closed_pipe() {
    let workspace = Workspace::with_spec();
    assert_eq!(workspace.run(&["codegen"]).code, Some(0));
    for (spec, check, code) in
        [(SPEC.to_owned(), "--check", 0), (other_spec(), "--check", 1), (other_spec(), "", 0)]
    {
        workspace.put("spec/openapi.yaml", spec);
        let arguments = ["codegen", check];
        let arguments = &arguments[..if check.is_empty() { 1 } else { 2 }];
        let mut child =
            workspace.command(arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        let run = Run::of(child.wait_with_output().unwrap());
        assert_eq!(run.code, Some(code), "{}", run.err);
        assert!(!run.err.contains("panicked"), "{}", run.err);
    }
}

/// Kills the program at different times between its start and its end.
#[test]
fn a_killed_run_leaves_the_old_or_the_new_tree() {
    let workspace = Workspace::with_spec();
    let specs = [SPEC.to_owned(), other_spec()];
    let generated = |spec: &String| {
        workspace.put("spec/openapi.yaml", spec);
        assert_eq!(workspace.run(&["codegen"]).code, Some(0));
        workspace.files("generated-client")
    };
    // After both documents, the lock has the names of both.
    specs.iter().for_each(|spec| drop(generated(spec)));
    let trees = specs.each_ref().map(generated);
    workspace.put("generated-client/target/debug/x", "built");
    let start = Instant::now();
    workspace.put("spec/openapi.yaml", &specs[0]);
    assert_eq!(workspace.run(&["codegen"]).code, Some(0));
    let whole = start.elapsed();

    const KILLS: u32 = 40;
    for kill in 0..KILLS {
        workspace.put("spec/openapi.yaml", &specs[(kill as usize + 1) % 2]);
        let mut child = workspace.command(&["codegen"]).stdout(Stdio::null()).spawn().unwrap();
        std::thread::sleep(Duration::from_micros(200) + whole * (kill * 7 % KILLS) / KILLS);
        child.kill().unwrap();
        child.wait().unwrap();
        let mut found = workspace.files("generated-client");
        found.remove("target/debug/x");
        assert!(trees.contains(&found), "kill {kill}: {:#?}", found.keys());
    }
    workspace.put("spec/openapi.yaml", &specs[0]);
    assert_eq!(workspace.run(&["codegen"]).code, Some(0));
    let mut found = workspace.files("generated-client");
    assert_eq!(found.remove("target/debug/x").as_deref(), Some(&b"built"[..]));
    assert_eq!(found, trees[0]);
}

/// Returns a document with one warning, in line 13.
fn spec_with_warning() -> String {
    SPEC.replace("description: The pet.", "description: The pet.\n          x-a: b\n          descripton: c")
}

#[test]
fn denied_warnings_prevent_writing() {
    let workspace = Workspace::new(&[("spec/openapi.yaml", &spec_with_warning())]);
    for deny in ["warnings", "unknown-field"] {
        let run = workspace.run(&["codegen", "--deny", deny]);
        assert_eq!(run.code, Some(1), "{run:?}");
        assert!(run.err.starts_with("warning[unknown-field]: "), "{}", run.err);
        let end = "\n\nerror: nothing was generated from `spec/openapi.yaml`: 1 warning; `generated-client` is unchanged\n\
                   help: fix 1 finding that was denied by `--deny`\n";
        assert!(run.err.ends_with(end), "{}", run.err);
        assert!(!workspace.path("generated-client").exists());
    }
    let run = workspace.run(&["codegen", "--deny", "untyped-schema"]);
    assert_eq!(run.code, Some(0), "{run:?}");
    assert!(run.err.starts_with("warning[unknown-field]: ") && run.err.ends_with("\n\n"), "{}", run.err);
    assert!(run.out.ends_with(" s; 1 warning\n"), "{}", run.out);
    let run = workspace.run(&["codegen", "--check"]);
    assert!(run.out.ends_with(" s; 1 warning\n"), "{}", run.out);
}

#[test]
fn allowed_warnings_are_not_reported() {
    let workspace = Workspace::new(&[("spec/openapi.yaml", &spec_with_warning())]);
    for allow in ["unknown-field", "unknown-field=#/paths/~1pets~1{id}/get"] {
        let run = workspace.run(&["codegen", "--deny", "warnings", "--allow", allow]);
        assert_eq!((run.code, run.err.as_str()), (Some(0), ""), "{run:?}");
        assert!(run.out.ends_with(" s; 1 warning allowed\n"), "{}", run.out);
    }
    let run = workspace.run(&["codegen", "--check", "--allow", "unknown-field=#/paths/~1pets"]);
    assert_eq!(run.code, Some(0), "{run:?}");
    let unused =
        "note: there is no finding for `--allow unknown-field=#/paths/~1pets`\nwarning[unknown-field]: ";
    assert!(run.err.starts_with(unused), "{}", run.err);

    workspace.put("spec/codegen.toml", "[allow]\nunknown-field = ['#/paths']\n");
    let run = workspace.run(&["codegen", "--check", "--format", "json", "--deny", "warnings"]);
    let printed: serde_json::Value = serde_json::from_str(&run.out).expect("the output is JSON");
    assert_eq!((run.code, &printed["allowed"]), (Some(0), &1.into()), "{run:?}");
    assert_eq!(printed["diagnostics"], serde_json::json!([]));

    // The same warning is allowed by codegen.toml and by an argument.
    let run = workspace.run(&["codegen", "--check", "--allow", "unknown-field"]);
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""), "{run:?}");
    assert!(run.out.ends_with(" s; 1 warning allowed\n"), "{}", run.out);

    workspace.put("spec/codegen.toml", "[allow]\nuntyped-schema = ['#']\n");
    let run = workspace.run(&["codegen"]);
    assert_eq!(run.code, Some(1), "{run:?}");
    let stale =
        "error[stale-allow]: the document has no finding `untyped-schema`\n --> spec/codegen.toml:2:19\n";
    assert!(run.err.contains(stale), "{}", run.err);
}

#[test]
fn json_output_is_one_object() {
    let workspace = Workspace::new(&[("spec/openapi.yaml", &spec_with_warning())]);
    let run_json = |arguments: &[&str]| -> (Option<i32>, serde_json::Value) {
        let run = workspace.run(&[&["codegen", "--format", "json"], arguments].concat());
        (run.code, serde_json::from_str(&run.out).unwrap_or_else(|error| panic!("{error}: {run:?}")))
    };
    let (code, first) = run_json(&[]);
    assert_eq!(code, Some(0));
    assert_eq!(first["generated"]["operations"], 1);
    let found = &first["diagnostics"][0];
    assert_eq!(found["code"], "unknown-field");
    assert_eq!((&found["severity"], &found["file"]), (&"warning".into(), &"spec/openapi.yaml".into()));
    assert_eq!((&found["line"], &found["column"]), (&13.into(), &11.into()));
    assert_eq!(found["pointer"], "/paths/~1pets~1{id}/get/responses/200/descripton");

    let (code, denied) = run_json(&["--deny", "warnings", "--check"]);
    assert_eq!((code, &denied["generated"]), (Some(1), &serde_json::Value::Null));
    assert_eq!(denied["diagnostics"], first["diagnostics"]);
}

#[test]
fn corpus_prints_a_table() {
    let workspace = Workspace::new(&[
        ("documents/old/pets.yaml", &other_spec()),
        ("documents/old/pets.toml", "protojson = true\n"),
        ("documents/pets.json", "{\"openapi\": \"3.1.0\", \"info\": {}, \"paths\": {\"/\": {\"get\": 1}}}"),
        ("documents/notes.json", "[]"),
    ]);
    let run = workspace.run(&["corpus", "../../documents", "--no-check"]);
    assert_eq!(run.code, Some(1), "{run:?}");
    let rows: Vec<&str> = run.out.lines().filter(|line| line.contains("pets")).collect();
    assert!(
        rows[0].starts_with("old/pets") && rows[0].contains("1/1") && rows[0].ends_with("ok"),
        "{}",
        run.out
    );
    assert!(rows[1].starts_with("pets") && rows[1].ends_with("FAILED"), "{}", run.out);
    assert!(run.out.contains("error[invalid-value]"), "{}", run.out);
    assert!(run.err.contains("[1/2] old/pets:"), "{}", run.err);

    let run =
        workspace.run(&["corpus", "../../documents", "--no-check", "--only", "old", "--format", "json"]);
    let reports: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!(reports[0]["operations"], serde_json::json!({"found": 1, "callable": 1}), "{run:?}");
    assert_eq!((run.code, reports.as_array().map(Vec::len)), (Some(0), Some(1)));

    let run = workspace.run(&["corpus", "../../documents", "--only-tests"]);
    assert_eq!(run.code, Some(2), "{run:?}");
    assert_eq!(run.err, "error: none of these documents has tests\n");
}
