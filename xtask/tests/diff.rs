//! Tests of `cargo xtask diff`, `--bump` and `--require-bump`, with small repositories.

mod workspace;

use workspace::{SPEC, Workspace};

/// Adds a breaking change to the document: a property has another type.
const TYPE: (&str, &str) = ("name: { type: string }", "name: { type: integer }");
/// Adds an addition to the document: a property is new.
const PROPERTY: (&str, &str) = ("name: { type: string }", "name: { type: string }, tag: { type: string }");

/// Returns a workspace with a committed document and its crate.
fn committed() -> Workspace {
    let workspace = Workspace::with_spec();
    workspace.put(
        "spec/codegen.toml",
        "# Settings.\n[package]\nname = 'pets'\nversion = '0.1.0' # Raised by --bump.\n",
    );
    assert_eq!(workspace.run(&["codegen"]).code, Some(0));
    workspace.commit();
    workspace
}

#[track_caller]
fn check(workspace: &Workspace, arguments: &[&str], code: i32, out: &[&str], err: &[&str]) {
    let run = workspace.run(arguments);
    for (text, expected) in [(&run.out, out), (&run.err, err)] {
        for expected in expected {
            assert!(text.contains(expected), "{arguments:?}: {expected:?} is not in:\n{text}\n{run:?}");
        }
        assert!(!expected.is_empty() || text.is_empty(), "{arguments:?}: nothing was expected:\n{text}");
    }
    assert_eq!(run.code, Some(code), "{arguments:?}: {run:?}");
}

#[test]
fn compares_the_last_commit_with_the_working_tree() {
    let workspace = committed();
    check(&workspace, &["diff"], 0, &["the crate does not change; its version is 0.1.0\n"], &[]);
    workspace.edit("spec/openapi.yaml", TYPE.0, TYPE.1);
    let run = workspace.run(&["diff"]);
    assert_eq!(
        run.out,
        "\
Breaking changes
  - `types::Pet`: field `name` has the type `Option<i64>` instead of `Option<String>`
    cause: spec/openapi.yaml:15 (#/components/schemas/Pet/properties/name), before: git:HEAD:spec/openapi.yaml:15

1 breaking change: the version 0.1.0 is too low (0.2.0 is required)
"
    );
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    check(&workspace, &["diff", "--deny", "breaking"], 1, &["0.2.0 is required"], &[]);

    workspace.commit();
    check(&workspace, &["diff", "git:HEAD~1", "git:HEAD"], 0, &["field `name` has the type"], &[]);
    check(&workspace, &["diff", "git:HEAD~1"], 0, &["field `name` has the type"], &[]);
    // The crate of this commit is the one of the old document.
    let expected = [
        "Because the old crate was not up to date with its document\n  Breaking changes\n",
        "0.2.0 is required",
    ];
    check(&workspace, &["diff", "git:HEAD"], 0, &expected, &[]);
}

#[test]
fn compares_documents_and_crates() {
    let workspace = committed();
    workspace.put("old.yaml", SPEC);
    workspace.put("sub/new.yaml", SPEC.replace(PROPERTY.0, PROPERTY.1));
    let documents = ["diff", "../../old.yaml", "../new.yaml"];
    let added = "field `tag` is new\n    cause: ../new.yaml:15 (#/components/schemas/Pet/properties/tag)\n";
    check(
        &workspace,
        &documents,
        0,
        &[added, "1 addition: the version 0.1.0 is too low (0.1.1 is required)\n"],
        &[],
    );
    check(
        &workspace,
        &["diff", "../../generated-client", "../new.yaml"],
        0,
        &["field `tag` is new", "Differences on the wire are not compared"],
        &[],
    );
    // The settings of the other side are used.
    check(
        &workspace,
        &["diff", "git:HEAD", "../new.yaml"],
        0,
        &["1 addition: the version 0.1.0 is too low"],
        &[],
    );
    check(&workspace, &["diff", "../new.yaml"], 0, &["field `tag` is removed"], &[]);
}

#[test]
fn reports_differences_on_the_wire_apart() {
    let workspace = committed();
    workspace.edit("spec/openapi.yaml", "/pets/{id}:", "/v2/pets/{id}:");
    let expected = [
        "On the wire, without a change of the Rust API\n  - error: `GET /pets/{id}` became `GET /v2/pets/{id}` (`GET /pets/{id}`)",
    ];
    check(&workspace, &["diff"], 0, &expected, &[]);
}

#[test]
fn writes_json_and_markdown() {
    let workspace = committed();
    workspace.edit("spec/openapi.yaml", TYPE.0, TYPE.1);
    let run = workspace.run(&["diff", "--format", "json"]);
    let report: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!(report["version"]["required"], "0.2.0");
    assert_eq!(report["counts"]["breaking"], 1);
    let change = &report["changes"][0];
    assert_eq!(change["id"], "field-type-changed");
    assert_eq!(change["cause"]["new"]["line"], 15);
    assert_eq!(change["cause"]["old"]["pointer"], "/components/schemas/Pet/properties/name");
    let expected = [
        "### Breaking changes\n\n- `types::Pet`: field `name`",
        "**1 breaking change: the version 0.1.0 is too low (0.2.0 is required).**\n",
    ];
    check(&workspace, &["diff", "--format", "markdown"], 0, &expected, &[]);
}

/// An older generator left out a method, which is not a change of the document.
#[test]
fn tells_the_changes_of_the_generator_apart() {
    let workspace = committed();
    workspace.edit("generated-client/codegen.lock", "generator 0.1.0", "generator 0.0.9");
    let path = "generated-client/src/types/pet.rs";
    workspace.edit(path, "pub name:", "pub old_name:");
    workspace.commit();
    workspace.edit("spec/openapi.yaml", PROPERTY.0, PROPERTY.1);
    let expected = [
        "Additions\n  - `types::Pet`: field `tag` is new",
        "\nBecause of the generator (0.0.9 to 0.1.0)\n  Breaking changes\n",
        "field `old_name` is removed",
        "the version 0.1.0 is too low (0.2.0 is required)",
    ];
    check(&workspace, &["diff"], 0, &expected, &[]);
    let note = "note: openapi-crate 0.0.9 wrote `generated-client`, and this is openapi-crate 0.1.0";
    check(&workspace, &["codegen", "--check"], 1, &["changed: "], &[note]);
}

#[test]
fn reads_other_files_of_the_document_from_the_commit() {
    let workspace = Workspace::new(&[
        (
            "openapi.yaml",
            &SPEC.replace(
                "    Pet: { type: object, properties: { name: { type: string } } }",
                "    Pet: { $ref: schemas/pet.yaml }",
            ),
        ),
        ("schemas/pet.yaml", "type: object\nproperties:\n  name: { type: string }\n"),
    ]);
    workspace.commit();
    workspace.edit("schemas/pet.yaml", TYPE.0, TYPE.1);
    let expected = [
        "field `name` has the type `Option<i64>`",
        "cause: ../../schemas/pet.yaml:3 (",
        "before: git:HEAD:./schemas/pet.yaml:3",
    ];
    check(&workspace, &["diff", "--spec", "../../openapi.yaml"], 0, &expected, &[]);
}

/// The property is in the document, and its new type in the overlay.
#[test]
fn names_the_line_of_an_overlay() {
    let workspace = committed();
    workspace.put(
        "spec/fixes.yaml",
        "overlay: 1.1.0
info: { title: Fixes, version: '1' }
actions:
  - target: $.components.schemas.Pet.properties.name
    update:
      description: The number of the pet.
      type: integer
",
    );
    workspace.edit("spec/codegen.toml", "# Settings.\n", "overlays = ['fixes.yaml']\n");
    let expected = [
        "field `name` has the type `Option<i64>`",
        "cause: spec/fixes.yaml:7 (fixes.yaml#/actions/0/update/type), before: git:HEAD:spec/openapi.yaml:15",
    ];
    check(&workspace, &["diff"], 0, &expected, &[]);
}

#[test]
fn explains_what_cannot_be_compared() {
    let workspace = Workspace::with_spec();
    check(&workspace, &["diff"], 2, &[], &["error: `spec/openapi.yaml` is not in a git repository\nhelp: "]);
    let run = workspace.command(&["diff"]).env("PATH", "").output().unwrap();
    assert!(
        String::from_utf8_lossy(&run.stderr).starts_with("error: the program `git` is not installed\nhelp: ")
    );
    workspace.git(&["init", "--quiet"]);
    check(
        &workspace,
        &["diff"],
        2,
        &[],
        &["error: `git:HEAD` is not a commit of the repository `", "`fetch-depth: 0`"],
    );
    workspace.commit();
    check(&workspace, &["diff", "git:v9"], 2, &[], &["error: `git:v9` is not a commit of the repository `"]);
    check(&workspace, &["diff", "git:"], 2, &[], &["the revision is missing"]);
    check(&workspace, &["diff", "no.yaml"], 2, &[], &["error: `no.yaml` does not exist; pass a document"]);
    check(
        &workspace,
        &["diff", "../../spec"],
        2,
        &[],
        &["`../../spec` is not a library crate: it has no Cargo.toml\nhelp: pass a document"],
    );
    workspace.put("spec/other.yaml", SPEC);
    check(
        &workspace,
        &["diff", "--spec", "../../spec/other.yaml"],
        0,
        &["the crate is new since `git:HEAD`; its version is 0.1.0\n"],
        &[],
    );
    workspace.put("spec/openapi.yaml", "openapi: 3.1.0\ninfo: { title: Pets }\n");
    check(
        &workspace,
        &["diff"],
        1,
        &[],
        &[
            "error[",
            "--> spec/openapi.yaml:1:1",
            "error: `spec/openapi.yaml` has errors, so its crate cannot be compared",
        ],
    );
    workspace.put("spec/openapi.yaml", SPEC);
    workspace.put("generated-client/codegen.lock", "format 1\n<<<<<<< ours\n");
    workspace.commit();
    let expected = "error: git:HEAD:generated-client/codegen.lock:2: `<<<<<<<` is a conflict marker\nhelp: keep the lines of both sides";
    check(&workspace, &["diff"], 2, &[], &[expected]);
}

#[test]
fn says_what_a_crate_lacks() {
    let workspace = committed();
    let check_error = |error: &str| {
        check(&workspace, &["diff", "../../crate", "../../generated-client"], 2, &[], &[error]);
    };
    workspace.put("crate/Cargo.toml", "[workspace]\n");
    check_error("error: `../../crate` is not a library crate: it has no src/lib.rs\nhelp: ");
    workspace.put("crate/src/lib.rs", "pub struct A;\n");
    check_error(
        "error: `../../crate` is not a library crate: it has a Cargo.toml without `package.name`\nhelp: ",
    );
    workspace.put("crate/Cargo.toml", "[package]\nname = 'pets'\nversion.workspace = true\n");
    check_error(
        "error: the crate of `../../crate` cannot be read: Cargo.toml:3: `version` is inherited from a workspace, whose manifest is not read; write the value in its place\n",
    );
    workspace.put("crate/Cargo.toml", "[package]\nname = 'pets'\nversion = '1'\n");
    check_error("error: `1` is not a valid version of a crate: ");
    workspace.put("crate/src/a.rs", b"// \xe9");
    check_error("error: `../../crate/src/a.rs` is not text in UTF-8: the byte 0xE9 at 1:4");
}

#[test]
fn prints_one_line_about_the_api_after_writing() {
    let workspace = Workspace::with_spec();
    let lines = || workspace.run(&["codegen"]).out.lines().skip(1).map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(lines(), [""; 0], "a first run says nothing");
    assert_eq!(lines(), [""; 0], "nothing changed");
    workspace.edit("spec/openapi.yaml", "The pet.", "A pet.");
    assert_eq!(lines(), [""; 0], "the documentation is not the API");
    workspace.edit("spec/openapi.yaml", TYPE.0, "name: { type: integer }, tag: { type: string }");
    assert_eq!(lines(), ["1 breaking change, 1 addition since the last run"]);
}

#[test]
fn raises_the_version_and_describes_the_changes() {
    let workspace = committed();
    let bump = ["codegen", "--bump"];
    check(&workspace, &bump, 0, &["0 written"], &[]);
    assert!(!workspace.path("spec/CHANGELOG.md").exists());

    workspace.edit("spec/openapi.yaml", PROPERTY.0, PROPERTY.1);
    let too_low = [
        "error: the version 0.1.0 is too low for the changes since `git:HEAD` (1 addition): 0.1.1 is required",
        "help: run `cargo xtask codegen --bump --since git:HEAD` to raise it",
    ];
    check(&workspace, &["codegen"], 0, &["1 addition since the last run"], &[]);
    check(&workspace, &["codegen", "--check", "--require-bump"], 1, &["up to date"], &too_low);
    check(
        &workspace,
        &bump,
        0,
        &["written"],
        &["note: raised the version in `spec/codegen.toml` from 0.1.0 to 0.1.1\n"],
    );
    assert_eq!(
        workspace.text("spec/codegen.toml"),
        "# Settings.\n[package]\nname = 'pets'\nversion = '0.1.1' # Raised by --bump.\n"
    );
    assert!(workspace.text("generated-client/Cargo.toml").contains("\nversion = \"0.1.1\"\n"));
    let changelog = workspace.text("spec/CHANGELOG.md");
    assert!(
        changelog.contains("\n## [0.1.1] - Unreleased\n") && changelog.contains("field `tag` is new"),
        "{changelog}"
    );
    assert_eq!(workspace.text("generated-client/CHANGELOG.md"), changelog);
    check(&workspace, &["codegen", "--check", "--require-bump"], 0, &["up to date"], &[]);

    // More changes before the commit raise the version from the committed one.
    workspace.edit(
        "spec/openapi.yaml",
        "tag: { type: string }",
        "tag: { type: boolean }, age: { type: integer }",
    );
    workspace.edit("spec/openapi.yaml", "name: { type: string }", "name: { type: integer }");
    check(&workspace, &bump, 0, &["written"], &["from 0.1.1 to 0.2.0\n"]);
    let changelog = workspace.text("spec/CHANGELOG.md");
    assert!(changelog.contains("\n## [0.2.0] - Unreleased\n") && !changelog.contains("0.1.1"), "{changelog}");
    let before = workspace.files("");
    check(&workspace, &bump, 0, &["0 written"], &[]);
    assert_eq!(workspace.files(""), before, "the second run changes nothing");

    workspace.commit();
    check(&workspace, &["codegen", "--check", "--require-bump=git:HEAD~1"], 0, &["up to date"], &[]);
    check(&workspace, &["codegen", "--bump", "--since", "git:HEAD~1"], 0, &["0 written"], &[]);
    workspace.edit("spec/CHANGELOG.md", "Unreleased", "2026-01-31");
    let released =
        "error: spec/CHANGELOG.md:6: the section of 0.2.0 is released\nhelp: raise `package.version`";
    check(&workspace, &["codegen", "--bump", "--since", "git:HEAD~1"], 2, &[], &[released]);
    check(&workspace, &bump, 0, &["1 written"], &[]);
}

#[test]
fn requires_a_version_since_the_default_branch() {
    let workspace = committed();
    workspace.git(&["update-ref", "refs/remotes/origin/main", "HEAD"]);
    workspace.git(&["symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/main"]);
    workspace.edit("spec/openapi.yaml", TYPE.0, TYPE.1);
    assert_eq!(workspace.run(&["codegen"]).code, Some(0));
    workspace.commit();
    let base = &workspace.git(&["rev-parse", "origin/main"])[..12];
    let error = format!(
        "since `git:{base}` (1 breaking change): 0.2.0 is required\nhelp: run `cargo xtask codegen --bump --since git:{base}`"
    );
    check(&workspace, &["codegen", "--check", "--require-bump"], 1, &["up to date"], &[&error]);
    check(&workspace, &["codegen", "--check", "--require-bump=git:HEAD"], 0, &["up to date"], &[]);
}

#[test]
fn a_changelog_with_conflicts_is_not_extended() {
    let workspace = committed();
    workspace.put("spec/CHANGELOG.md", "# Changes\n\n<<<<<<< ours\n=======\n>>>>>>> theirs\n");
    workspace.edit("spec/openapi.yaml", PROPERTY.0, PROPERTY.1);
    let before = workspace.files("");
    let error = "error: spec/CHANGELOG.md:3: this is a conflict marker\nhelp: resolve the conflict first\n";
    check(&workspace, &["codegen", "--bump"], 2, &[], &[error]);
    assert_eq!(workspace.files(""), before);
}

/// A second bump without changes takes back what the first one has described.
#[test]
fn a_bump_after_a_revert_describes_nothing() {
    let workspace = committed();
    workspace.put("spec/CHANGELOG.md", "# Changes\n\n## 0.1.0\n");
    workspace.edit("spec/openapi.yaml", PROPERTY.0, PROPERTY.1);
    let bump = ["codegen", "--bump"];
    assert_eq!(workspace.run(&bump).code, Some(0));
    let bumped = workspace.text("spec/CHANGELOG.md");
    workspace.edit("spec/openapi.yaml", PROPERTY.1, PROPERTY.0);
    workspace.put("spec/CHANGELOG.md", bumped.replace("is new", "is very new"));
    let edited = [
        "error: spec/CHANGELOG.md:3: the section of 0.1.1 was edited between the comments of `--bump`\n",
        "help: move your text out of the comments, and delete the comments with the text between them\n",
    ];
    check(&workspace, &bump, 2, &[], &edited);
    workspace.put("spec/CHANGELOG.md", bumped);
    let note = "note: nothing has changed since `git:HEAD`, so the section of an earlier `--bump` was removed from `spec/CHANGELOG.md`; the version in `spec/codegen.toml` is still 0.1.1\n";
    check(&workspace, &bump, 0, &["1 removed"], &[note]);
    assert_eq!(workspace.text("spec/CHANGELOG.md"), "# Changes\n\n## 0.1.0\n");
}

/// The JSON has the changes and the version that they require.
#[test]
fn bumps_in_json() {
    let workspace = committed();
    workspace.edit("spec/openapi.yaml", PROPERTY.0, PROPERTY.1);
    let changes = |arguments: &[&str], code: i32| {
        let run = workspace.run(&[&["codegen", "--format", "json"], arguments].concat());
        assert_eq!(run.code, Some(code), "{run:?}");
        let report: serde_json::Value = serde_json::from_str(&run.out).unwrap();
        let (changes, version) = (&report["changes"], &report["changes"]["version"]);
        (changes["counts"]["addition"].clone(), version["new"].clone(), version["is_enough"].clone())
    };
    assert_eq!(changes(&["--check", "--require-bump"], 1), (1.into(), "0.1.0".into(), false.into()));
    assert_eq!(changes(&["--bump"], 0), (1.into(), "0.1.1".into(), true.into()));
    assert_eq!(changes(&["--check", "--require-bump"], 0), (1.into(), "0.1.1".into(), true.into()));
    assert_eq!(changes(&["--check"], 0).0, serde_json::Value::Null);
}

/// An error in the commit does not hide the report about the folder.
#[test]
fn reports_the_folder_although_the_old_document_has_errors() {
    let workspace = committed();
    workspace.put("spec/openapi.yaml", "openapi: 3.1.0\n");
    workspace.commit();
    workspace.put("spec/openapi.yaml", SPEC.replace(PROPERTY.0, PROPERTY.1));
    let errors = [
        "error[",
        "error: `generated-client` is not up to date: ",
        "error: `git:HEAD:spec/openapi.yaml` has errors, so its crate cannot be compared",
    ];
    check(&workspace, &["codegen", "--check", "--require-bump"], 1, &["changed: "], &errors);
}

/// Text of the document ends no line and no code span.
#[test]
fn text_of_the_document_is_safe() {
    let workspace = committed();
    let name = "name: { type: string }, \"a`\\n<!-- b -->|\": { type: string }";
    workspace.edit("spec/openapi.yaml", PROPERTY.0, name);
    workspace.edit("spec/openapi.yaml", "    get:\n", "    put:\n      requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/Pet' } } } }\n");
    assert_eq!(workspace.run(&["codegen"]).code, Some(0));
    workspace.commit();
    workspace.edit(
        "spec/openapi.yaml",
        "|\": { type: string }",
        "|\": { type: string, maxLength: 3, deprecated: true, description: \"Deprecated: <b>\\n## 9.0.0\" }",
    );
    for format in ["text", "markdown"] {
        let report = workspace.run(&["diff", "--format", format]).out;
        let is_line = |line: &str| {
            line.is_empty()
                || line.starts_with(['#', '*'])
                || line.trim_start().starts_with("- ")
                || line.contains("cause: ")
                || !line.contains(['`', '<'])
        };
        assert!(report.lines().all(is_line), "{report}");
        assert!(format == "text" || !report.contains("\n## ") && !report.contains(" <"), "{report}");
    }
}

/// A changelog that has nothing to do with the crate stays out of it.
#[test]
fn copies_only_its_own_changelog() {
    let workspace = committed();
    workspace.put("spec/CHANGELOG.md", "# Changes of the server\n");
    check(&workspace, &["codegen"], 0, &["0 written"], &[]);
    assert!(!workspace.path("generated-client/CHANGELOG.md").exists());
}

#[test]
fn says_that_a_bump_was_interrupted() {
    let workspace = committed();
    workspace.edit("spec/openapi.yaml", TYPE.0, TYPE.1);
    assert_eq!(workspace.run(&["codegen", "--bump"]).code, Some(0));
    workspace.edit("spec/codegen.toml", "0.2.0", "0.1.0");
    let note = "note: `spec/CHANGELOG.md` describes version 0.2.0, but `spec/codegen.toml` has 0.1.0; run `cargo xtask codegen --bump`";
    check(&workspace, &["codegen"], 0, &["written"], &[note]);
}

/// A deprecated property, or an addition at the same place, says nothing about the values.
#[test]
fn reports_stricter_limits_beside_other_changes() {
    let workspace = committed();
    let body = "    put:\n      requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/Pet' } } } }\n";
    workspace.edit("spec/openapi.yaml", "    get:\n", body);
    workspace.edit("spec/openapi.yaml", TYPE.0, "name: { type: string, maxLength: 10 }");
    assert_eq!(workspace.run(&["codegen"]).code, Some(0));
    workspace.commit();
    workspace.edit("spec/openapi.yaml", "maxLength: 10", "maxLength: 5, deprecated: true");
    let expected = [
        "field `name` is deprecated",
        "On the wire, without a change of the Rust API\n  - error: the maximum length of `Pet.name` is 5; it was 10 (`PUT /pets/{id}`)",
    ];
    check(&workspace, &["diff"], 0, &expected, &[]);
}

/// Nothing is written if the folder has a file that codegen did not write.
#[test]
fn writes_all_files_of_a_bump_or_none() {
    let workspace = committed();
    workspace.put("generated-client/CHANGELOG.md", "# By hand\n");
    workspace.edit("spec/openapi.yaml", PROPERTY.0, PROPERTY.1);
    let before = workspace.files("");
    assert_eq!(workspace.run(&["codegen", "--bump"]).code, Some(2));
    assert_eq!(workspace.files(""), before);
}

#[test]
fn raises_no_version_since_a_document() {
    let workspace = committed();
    workspace.put("old.yaml", SPEC);
    let error = "error: `../../old.yaml` is a document, which does not have the version of the crate\nhelp: pass `git:REV`";
    check(&workspace, &["codegen", "--bump", "--since", "../../old.yaml"], 2, &[], &[error]);
}

/// A higher version is not another behavior.
#[test]
fn a_bump_only_describes_changes_of_the_document() {
    let workspace = committed();
    workspace.edit("spec/openapi.yaml", PROPERTY.0, PROPERTY.1);
    assert_eq!(workspace.run(&["codegen", "--bump"]).code, Some(0));
    let changelog = workspace.text("spec/CHANGELOG.md");
    assert!(!changelog.contains("behaves differently"), "{changelog}");
}

#[test]
fn works_in_hooks_and_names_the_owner_of_a_repository() {
    let workspace = committed();
    let mut hook = workspace.command(&["diff"]);
    let names = ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_COMMON_DIR", "GIT_OBJECT_DIRECTORY"];
    names.iter().for_each(|name| {
        hook.env(name, "/no/folder");
    });
    assert_eq!(hook.output().unwrap().status.code(), Some(0));
    let run = workspace
        .command(&["diff"])
        .env("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .output()
        .unwrap();
    let error = String::from_utf8_lossy(&run.stderr);
    assert!(error.starts_with("error: git: detected dubious ownership in repository"), "{error}");
}

/// A commit does not have a crate outside of its repository.
#[test]
fn the_crate_and_the_settings_can_be_elsewhere() {
    let workspace = committed();
    let other = Workspace::new(&[("codegen.toml", "[package]\nname = 'pets'\n")]);
    let (out, config) = (other.path("client"), other.path("codegen.toml"));
    let arguments = ["diff", "--out", out.to_str().unwrap(), "--config", config.to_str().unwrap()];
    check(&workspace, &arguments, 0, &["the crate does not change"], &[]);
}
