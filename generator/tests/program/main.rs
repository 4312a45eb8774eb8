//! The program `openapi-crate` in small repositories: lists of clients, broken settings, files of people, and `init`.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

const PETS: &str = "
openapi: 3.1.0
info: { title: Pets, version: 1.0.0 }
paths:
  /pets/{id}:
    get:
      operationId: getPet
      parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
      responses: { '200': { description: A pet., content: { application/json: { schema: { $ref: '#/components/schemas/Pet' } } } } }
components:
  schemas: { Pet: { type: object, properties: { name: { type: string } } } }
";

fn toys() -> String {
    PETS.replace("Pet", "Toy").replace("pet", "toy")
}

struct Repository {
    root: TempDir,
}

/// The result of a command.
#[derive(Debug)]
struct Run {
    code: Option<i32>,
    out: String,
    err: String,
}

impl Repository {
    fn new(files: &[(&str, &str)]) -> Self {
        let repository = Self { root: tempfile::tempdir().expect("a folder") };
        files.iter().for_each(|(path, text)| repository.put(path, text));
        repository
    }

    /// Returns a repository with the document and the settings of one client.
    fn with_client(settings: &str) -> Self {
        let paths = "document = 'openapi.yaml'\nout = '../crates/pets'\n";
        Self::new(&[("api/openapi.yaml", PETS), ("api/codegen.toml", &format!("{paths}{settings}"))])
    }

    /// Returns a repository with a list of two clients.
    fn with_clients() -> Self {
        let list = "[[client]]\ndocument = 'pets/openapi.yaml'\nout = 'crates/pets'\n\n[[client]]\ndocument = 'toys/openapi.yaml'\nout = 'crates/toys'\n";
        Self::new(&[("codegen.toml", list), ("pets/openapi.yaml", PETS), ("toys/openapi.yaml", &toys())])
    }

    fn path(&self, path: &str) -> PathBuf {
        self.root.path().join(path)
    }

    fn put(&self, path: &str, text: impl AsRef<[u8]>) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("the folder is created");
        fs::write(path, text).expect("the file is written");
    }

    fn text(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    fn run(&self, arguments: &[&str]) -> Run {
        self.run_in("", arguments)
    }

    fn run_in(&self, folder: &str, arguments: &[&str]) -> Run {
        let output = Command::new(env!("CARGO_BIN_EXE_openapi-crate"))
            .args(arguments)
            .current_dir(self.path(folder))
            .env_remove("CARGO_MANIFEST_DIR")
            .output()
            .expect("the program runs");
        let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
        Run { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
    }

    fn git(&self, arguments: &[&str]) {
        let status = Command::new("git")
            .arg("-C")
            .arg(self.root.path())
            .args(["-c", "user.name=tests", "-c", "user.email=tests"])
            .args(arguments)
            .status();
        assert!(status.expect("git runs").success(), "{arguments:?}");
    }

    fn commit(&self) {
        self.git(&["init", "--quiet"]);
        self.git(&["add", "--all"]);
        self.git(&["commit", "--quiet", "--allow-empty", "--message", "State"]);
    }

    fn files(&self) -> BTreeMap<String, Vec<u8>> {
        let mut files = BTreeMap::new();
        collect(self.root.path(), self.root.path(), &mut files);
        files
    }
}

fn collect(root: &Path, folder: &Path, files: &mut BTreeMap<String, Vec<u8>>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            collect(root, &path, files);
        } else {
            let name = path.strip_prefix(root).expect("a path below").display().to_string();
            files.insert(name, fs::read(&path).expect("a file"));
        }
    }
}

/// Runs a command that changes nothing, and checks its exit code and its messages.
#[track_caller]
fn refuses(repository: &Repository, arguments: &[&str], code: i32, expected: &[&str]) {
    let before = repository.files();
    let run = repository.run(arguments);
    for expected in expected {
        assert!(run.err.contains(expected), "{arguments:?}: {expected:?} is not in {run:#?}");
    }
    assert_eq!(run.code, Some(code), "{arguments:?}: {run:#?}");
    assert!(repository.files() == before, "{arguments:?} changed files");
}

#[track_caller]
fn succeeds(repository: &Repository, arguments: &[&str], expected: &[&str]) -> Run {
    let run = repository.run(arguments);
    assert_eq!(run.code, Some(0), "{arguments:?}: {run:#?}");
    for expected in expected {
        assert!(run.out.contains(expected), "{arguments:?}: {expected:?} is not in {run:#?}");
    }
    run
}

#[test]
fn broken_settings_are_reported_with_their_position() {
    let nested = format!("a = {}{}", "[".repeat(9000), "]".repeat(9000));
    let cases: [(&str, &[u8], &str); 6] = [
        ("syntax", b"document = 'openapi.yaml'\nout = = 'x'\n", "--> api/codegen.toml:2:7"),
        ("markers", b"<<<<<<< ours\ndocument = 'openapi.yaml'\n", "--> api/codegen.toml:1:1"),
        ("encoding", b"# \xe9\n", "`api/codegen.toml` is not text in UTF-8: the byte 0xE9 at 1:3"),
        ("nesting", nested.as_bytes(), "--> api/codegen.toml:1:"),
        (
            "type",
            b"document = 5\n",
            "error: `document` is an integer, not a string\n --> api/codegen.toml:1:12",
        ),
        (
            "control",
            b"out = \"a\\nb\"\n",
            "error: `out` is \"a\\nb\", but this is not a path\n --> api/codegen.toml:1:7",
        ),
    ];
    for (name, text, expected) in cases {
        let repository = Repository::new(&[("api/openapi.yaml", PETS)]);
        repository.put("api/codegen.toml", text);
        repository.commit();
        for command in [&["generate"][..], &["check"], &["diff"], &["generate", "api/openapi.yaml"]] {
            println!("{name}");
            refuses(&repository, command, 2, &[expected]);
        }
    }
}

#[test]
fn a_client_of_a_list_has_settings_of_its_own() {
    let repository = Repository::new(&[("api/openapi.yaml", PETS)]);
    for (list, expected) in [
        ("[[client]]\nsettings = 'none.toml'\n", "error: `none.toml` does not exist; pass another file"),
        (
            "[[client]]\nsettings = 'codegen.toml'\n",
            "error: `codegen.toml` lists several clients, so it has no settings of one client\nhelp: ",
        ),
        ("client = []\n", "error: `client` is an empty array\n --> codegen.toml:1:10"),
    ] {
        repository.put("codegen.toml", list);
        refuses(&repository, &["generate"], 2, &[expected]);
        refuses(&repository, &["check"], 2, &[expected]);
        refuses(&repository, &["diff"], 2, &[expected]);
    }
}

#[test]
fn folders_of_clients_do_not_overlap() {
    let repository = Repository::with_clients();
    for (pets, toys, expected) in [
        ("crates/a", "crates/a", "error: `codegen.toml` has two clients with the folder `crates/a`\nhelp: "),
        ("crates/a", "crates/b/../a", "have"),
        ("crates/a", "crates/a/src/b", "has clients whose folders `crates/a` and `crates/a/src/b` overlap"),
        ("crates/.h.codegen", "crates/h", "overlap"),
    ] {
        let client =
            |name: &str, out: &str| format!("[[client]]\ndocument = '{name}/openapi.yaml'\nout = '{out}'\n");
        repository.put("codegen.toml", client("pets", pets) + &client("toys", toys));
        let expected =
            if expected == "have" { "has two clients with the folder `crates/a`" } else { expected };
        refuses(&repository, &["generate"], 2, &[expected]);
        refuses(&repository, &["check"], 2, &[expected]);
    }
}

/// Sets the runtime of both clients of a list.
fn share_runtime(repository: &Repository, pets: &str, toys: &str) {
    repository.put("pets/codegen.toml", pets);
    repository.put("toys/codegen.toml", toys);
}

#[test]
fn clients_share_a_runtime() {
    let repository = Repository::with_clients();
    let settings = "runtime = { path = '../acme-runtime' }\n";
    share_runtime(&repository, settings, settings);
    let first = succeeds(&repository, &["generate"], &["crates/acme-runtime: runtime `acme-runtime`, "]);
    assert_eq!(first.out.matches("acme-runtime: ").count(), 1, "{}", first.out);
    assert!(!repository.path("crates/pets/src/runtime").exists());
    succeeds(&repository, &["check"], &["crates/pets: up to date", "crates/toys: up to date"]);
    let before = repository.files();
    let second = succeeds(&repository, &["generate"], &[]);
    assert!(!second.out.contains("acme-runtime"), "{}", second.out);
    assert_eq!(repository.files(), before);

    // An edit, and another version.
    let error = repository.text("crates/acme-runtime/src/error/mod.rs");
    repository.put("crates/acme-runtime/src/error/mod.rs", format!("{error}// Mine.\n"));
    let edited = "error: the runtime `crates/acme-runtime` is not up to date: 1 changed\nhelp: run `";
    refuses(&repository, &["check"], 1, &[edited]);
    let run = repository.run(&["check", "--format", "json"]);
    let report: serde_json::Value = serde_json::from_str(&run.out).expect("JSON");
    for client in [&report[0], &report[1]] {
        assert_eq!(client["runtime"]["crate"], "crates/acme-runtime");
        assert_eq!(client["runtime"]["differences"]["changed"], serde_json::json!(["src/error/mod.rs"]));
        assert_eq!(client["differences"]["changed"], serde_json::json!([]));
    }
    succeeds(&repository, &["generate"], &["crates/acme-runtime: runtime `acme-runtime`, "]);
    assert_eq!(repository.files(), before);
    let manifest = repository.text("crates/acme-runtime/Cargo.toml");
    let version = format!("version = \"{}\"", env!("CARGO_PKG_VERSION"));
    let other = manifest.replacen(&version, "version = \"0.0.9\"", 1);
    repository.put("crates/acme-runtime/Cargo.toml", other);
    let note = "note: openapi-crate 0.0.9 wrote `crates/acme-runtime`, and this is openapi-crate ";
    refuses(&repository, &["check"], 1, &[note, "generate all of its clients again"]);
    repository.put("crates/acme-runtime/mine.txt", "");
    refuses(&repository, &["check"], 1, &["1 changed, 1 not generated", "move or delete the files"]);
}

#[test]
fn the_folder_of_a_runtime_has_no_other_files() {
    let repository = Repository::with_clients();
    let check = |pets: &str, toys: &str, expected: &[&str]| {
        share_runtime(&repository, pets, toys);
        refuses(&repository, &["generate"], 2, expected);
        refuses(&repository, &["check"], 2, expected);
    };
    let acme = "runtime = { path = '../acme' }";
    check(
        acme,
        "runtime = { path = '../acme', name = 'acme-core' }",
        &[
            "`codegen.toml` has clients that give the runtime in `crates/acme` two names: `acme` and `acme-core`\nhelp: set `runtime.name`",
        ],
    );
    let same = "runtime = { path = '../acme', name = 'same' }";
    let both = "has a client and a runtime that are both called `same`\nhelp: set another `runtime.name`";
    check(same, "package.name = 'same'", &[both]);
    let toys = "runtime = { path = '../toys' }";
    check(
        toys,
        "",
        &["folders `crates/toys` and `crates/toys` (runtime) overlap", "and `runtime.path` to another one"],
    );
    check("", toys, &["overlap"]);
    check("runtime = { path = '../../crates' }", "", &["`crates` (runtime) and `crates/pets` overlap"]);
    let pets = ["generate", "pets/openapi.yaml", "--out", "crates/pets"];
    share_runtime(&repository, "runtime = { path = '../core', name = 'pets' }", "");
    let same = "error[taken-name]: the runtime and the client crate have the same name, `pets`\n --> pets/codegen.toml:1:13";
    refuses(&repository, &pets, 1, &[same, "= help: set `runtime.name` or `package.name`"]);
    share_runtime(&repository, acme, "");
    let list = repository.text("codegen.toml");
    repository.put("codegen.toml", list.replace("out = 'crates/toys'", "out = 'lib/toys'"));
    let both = "whose runtimes `lib/acme` and `crates/acme` are both called `acme`\nhelp: set `runtime.path`";
    check(acme, acme, &[both]);
    repository.put("codegen.toml", list);
    repository.put("crates/acme", "mine");
    share_runtime(&repository, acme, "");
    refuses(
        &repository,
        &pets,
        2,
        &["the path of the runtime, `crates/acme`, does not lead to a folder; set `runtime.path`"],
    );
    fs::remove_file(repository.path("crates/acme")).expect("the file is removed");
    repository.put("crates/acme/mine.txt", "mine");
    let other_files = "the folder of the runtime, `crates/acme`, contains other files (it has no `.codegen-manifest`); restore that file";
    refuses(&repository, &pets, 2, &[other_files]);

    // Without a list, the folder can be the one of any other client.
    share_runtime(&repository, "", "");
    succeeds(&repository, &["generate"], &[]);
    for name in ["toys", "acme"] {
        share_runtime(&repository, &format!("runtime = {{ path = '../toys', name = '{name}' }}"), "");
        let other = "the folder of the runtime, `crates/toys`, contains another crate; set `runtime.path`";
        refuses(&repository, &pets, 2, &[other]);
        refuses(&repository, &[&pets[..], &["--adopt"]].concat(), 2, &[other]);
    }
    share_runtime(&repository, "runtime = { path = '../acme-runtime' }", "");
    fs::remove_dir_all(repository.path("crates/pets")).expect("the folder is removed");
    repository.put("crates/pets/src/lib.rs", "mine");
    repository.put("crates/acme-runtime/mine.txt", "mine");
    // The folder is not taken if the runtime cannot be written.
    refuses(&repository, &[&pets[..], &["--adopt"]].concat(), 2, &["contains other files"]);
    fs::remove_dir_all(repository.path("crates/pets")).expect("the folder is removed");
    fs::remove_dir_all(repository.path("crates/acme-runtime")).expect("the folder is removed");
    succeeds(&repository, &pets, &[]);
    share_runtime(&repository, "runtime = { path = '../acme-runtime', name = 'other' }", "");
    refuses(
        &repository,
        &pets,
        2,
        &["the runtime in `crates/acme-runtime` is called `acme-runtime`, not `other`; set"],
    );
    let runtime = ["generate", "toys/openapi.yaml", "--out", "crates/acme-runtime"];
    refuses(
        &repository,
        &runtime,
        2,
        &["`crates/acme-runtime` contains a runtime that clients share; set another"],
    );
    share_runtime(&repository, "runtime = { path = '../pets' }\npackage.name = 'other'", "");
    refuses(
        &repository,
        &pets,
        2,
        &["the folder of the runtime, `crates/pets`, and the folder of the client overlap"],
    );
}

#[test]
fn json_has_every_client_of_a_list() {
    let repository = Repository::with_clients();
    repository.put("toys/codegen.toml", "protojsn = true\n");
    let run = repository.run(&["generate", "--format", "json"]);
    let report: serde_json::Value = serde_json::from_str(&run.out).expect("JSON");
    assert_eq!((run.code, report.as_array().map(Vec::len)), (Some(2), Some(2)), "{run:#?}");
    assert_eq!(report[0]["crate"], "crates/pets");
    assert_eq!(
        (&report[1]["crate"], &report[1]["generated"]),
        (&"crates/toys".into(), &serde_json::Value::Null)
    );
    let error = report[1]["errors"][0].as_str().expect("an error");
    assert!(error.contains("unknown key `protojsn`"), "{error}");
}

#[test]
fn files_to_which_the_crate_refers_exist() {
    for (settings, file, expected) in [
        ("folder.modules = ['ext']\n", "src/ext/mod.rs", "`src/ext.rs` or `src/ext/mod.rs` in `"),
        ("folder.keep = ['README.md']\n", "README.md", "`README.md` in `"),
    ] {
        let repository = Repository::with_client(settings);
        let absent =
            "does not exist, although `[folder]` of codegen.toml lists it; create it, or change the settings";
        refuses(&repository, &["generate"], 2, &[expected, absent]);
        refuses(&repository, &["check"], 2, &[expected, absent]);
        repository.put(&format!("crates/pets/{file}"), "mine");
        succeeds(&repository, &["generate"], &[]);
        succeeds(&repository, &["check"], &["up to date"]);
        assert_eq!(repository.text(&format!("crates/pets/{file}")), "mine");
        fs::remove_file(repository.path("crates/pets").join(file)).expect("the file is removed");
        refuses(&repository, &["check"], 2, &[expected, absent]);
    }
    let twice = Repository::with_client("folder.modules = ['ext', 'ext']\n");
    refuses(
        &twice,
        &["check"],
        2,
        &["error: `folder.modules` has \"ext\" twice\n --> api/codegen.toml:3:18"],
    );
}

/// Entries of `Cargo.toml` refer to tests and examples, so a pattern of files of people does not replace them.
#[test]
fn a_pattern_replaces_no_generated_file() {
    let settings = "document = 'openapi.yaml'\nout = '../crates/pets'\nround-trip = true\n";
    let repository = Repository::new(&[("api/codegen.toml", settings)]);
    repository.put(
        "api/openapi.yaml",
        PETS.replace("Pet: { type: object,", "Pet: { type: object, example: { name: Rex },"),
    );
    succeeds(&repository, &["generate"], &[]);
    let list = "crates/pets/.codegen-manifest";
    let before = repository.text(list);
    for file in ["README.md", "tests/round_trip/main.rs", "examples/first_call.rs"] {
        assert!(before.contains(&format!("{file}\n")), "{file} is not in {before}");
    }
    for keep in ["**", "tests/**", "examples/**", "*.md", "tests/round_trip/main.rs"] {
        repository.put("api/codegen.toml", format!("{settings}folder.keep = ['{keep}']\n"));
        succeeds(&repository, &["generate"], &[]);
        succeeds(&repository, &["check"], &["up to date"]);
        assert_eq!(repository.text(list), before, "{keep}");
    }
    repository.put("crates/pets/tests/round_trip/main.rs", "// Frozen.\n");
    let frozen = repository.run(&["check"]);
    assert!(frozen.out.contains("changed: tests/round_trip/main.rs\n"), "{frozen:#?}");
}

#[test]
fn a_folder_is_adopted_as_a_whole_or_not_at_all() {
    let repository = Repository::with_client("");
    repository.put("crates/pets/src/lib.rs", "mine");
    repository.put("crates/pets/README.md/note", "mine");
    refuses(&repository, &["generate", "--adopt"], 2, &["`README.md` in `", "in the way"]);
    fs::remove_dir_all(repository.path("crates/pets/README.md")).expect("the folder is removed");
    refuses(&repository, &["generate"], 2, &["or take the folder with `--adopt`"]);

    // The changelog of the crate is a generated file, too.
    let repository = Repository::with_client("");
    succeeds(&repository, &["generate"], &[]);
    repository.commit();
    repository.put("api/openapi.yaml", PETS.replace("name: { type: string }", "name: { type: integer }"));
    succeeds(&repository, &["generate", "--bump"], &[]);
    fs::remove_file(repository.path("crates/pets/.codegen-manifest")).expect("the list is removed");
    repository.put("crates/pets/CHANGELOG.md", "mine");
    succeeds(&repository, &["generate", "--adopt"], &[]);
    assert_eq!(repository.text("crates/pets/CHANGELOG.md"), repository.text("api/CHANGELOG.md"));

    // People can write the changelog of the crate.
    let settings = repository.text("api/codegen.toml");
    repository.put("api/codegen.toml", format!("folder.keep = ['CHANGELOG.md']\n{settings}"));
    repository.put("crates/pets/CHANGELOG.md", "mine");
    succeeds(&repository, &["generate"], &[]);
    succeeds(&repository, &["check"], &["up to date"]);
    succeeds(&repository, &["generate", "--bump"], &[]);
    assert_eq!(repository.text("crates/pets/CHANGELOG.md"), "mine");
}

#[cfg(unix)]
#[test]
fn a_folder_behind_a_link_is_not_adopted() {
    let repository = Repository::with_client("");
    repository.put("elsewhere/lib.rs", "mine");
    fs::create_dir_all(repository.path("crates/pets")).expect("a folder");
    std::os::unix::fs::symlink("../../elsewhere", repository.path("crates/pets/src")).expect("a link");
    refuses(&repository, &["generate", "--adopt"], 2, &["in the way"]);
}

#[test]
fn all_clients_of_a_list_are_compared() {
    let repository = Repository::with_clients();
    succeeds(&repository, &["generate"], &[]);
    repository.commit();
    let same = "the crate does not change; its version is 0.1.0";
    succeeds(&repository, &["diff"], &[&format!("crates/pets:\n\n{same}\n\ncrates/toys:\n\n{same}\n")]);
    repository.put("toys/openapi.yaml", toys().replace("name: { type: string }", "name: { type: integer }"));
    succeeds(&repository, &["diff", "git:HEAD"], &["crates/toys:\n\nBreaking changes\n"]);
    succeeds(
        &repository,
        &["diff", "--format", "markdown"],
        &["## `crates/pets`\n\n**", "## `crates/toys`\n\n### "],
    );
    let json = succeeds(&repository, &["diff", "--format", "json"], &[]).out;
    let report: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!((report.as_array().map(Vec::len), &report[1]["counts"]["breaking"]), (Some(2), &1.into()));
    assert_eq!(repository.run(&["diff", "--deny", "breaking"]).code, Some(1));
    succeeds(&repository, &["diff", "crates/pets", "crates/toys"], &["`types::Pet` is removed"]);
    let refused =
        "error: a list of clients is compared between commits, not with a document or folder\nhelp: ";
    refuses(&repository, &["diff", "crates/pets"], 2, &[refused]);
}

#[test]
fn documents_are_compared_without_a_project() {
    let repository = Repository::new(&[("old.yaml", PETS)]);
    repository.put("new.yaml", PETS.replace("type: string } } } }", "type: integer } } } }"));
    succeeds(
        &repository,
        &["diff", "old.yaml", "new.yaml"],
        &["field `name` has the type", "0.2.0 is required"],
    );
    refuses(&repository, &["diff", "old.yaml"], 2, &["or pass the other side, too: `diff old.yaml NEW`"]);
}

#[test]
fn everything_is_new_if_the_base_lacks_the_document() {
    let repository = Repository::new(&[("a", "")]);
    repository.commit();
    for (path, text) in [
        ("api/openapi.yaml", PETS),
        ("api/codegen.toml", "document = 'openapi.yaml'\nout = '../crates/pets'\n"),
    ] {
        repository.put(path, text);
    }
    succeeds(
        &repository,
        &["diff", "git:HEAD"],
        &["the crate is new since `git:HEAD`; its version is 0.1.0\n"],
    );
    succeeds(
        &repository,
        &["diff", "--format", "markdown"],
        &["**The crate is new since `git:HEAD`; its version is 0.1.0.**"],
    );
    let run = succeeds(&repository, &["generate", "--bump"], &["crates/pets: 1 operation"]);
    assert!(
        run.err.starts_with("note: `git:HEAD` does not have the document `api/openapi.yaml`"),
        "{run:#?}"
    );
    assert!(!repository.path("api/CHANGELOG.md").exists());
    succeeds(&repository, &["check", "--require-bump"], &["up to date"]);
}

#[test]
fn another_document_does_not_replace_the_crate_of_the_settings() {
    let repository = Repository::with_client("");
    succeeds(&repository, &["generate", "api/openapi.yaml"], &[]);
    repository.put("api/toys.yaml", toys());
    let error = "error: `api/codegen.toml` has the settings of `api/openapi.yaml`, not of `api/toys.yaml`\nhelp: pass the folder";
    refuses(&repository, &["generate", "api/toys.yaml"], 2, &[error]);
    refuses(&repository, &["check", "api/toys.yaml"], 2, &[error]);
    succeeds(&repository, &["generate", "api/toys.yaml", "--out", "crates/toys"], &["crates/toys: "]);
}

#[test]
fn settings_are_found_from_a_folder_of_the_repository() {
    let repository = Repository::with_client("");
    repository.put("crates/other/src/a", "");
    repository.git(&["init", "--quiet"]);
    let run = repository.run_in("crates/other/src", &["generate"]);
    assert!(run.out.starts_with("../../../crates/pets: 1 operation"), "{run:#?}");
    succeeds(&repository, &["check"], &["crates/pets: up to date"]);
    // Outside of a repository, folders above belong to others.
    fs::rename(repository.path(".git"), repository.path("git")).expect("the folder is renamed");
    let run = repository.run_in("crates/other/src", &["check"]);
    assert!(run.err.starts_with("error: the document is not given\n"), "{run:#?}");
}

#[test]
fn init_quotes_paths_and_writes_all_files_or_none() {
    let folder = "a; touch PWNED #";
    let document = format!("{folder}/openapi.yaml");
    let repository = Repository::new(&[(&document, PETS)]);
    succeeds(
        &repository,
        &["init", &document, "--out", "it's, [x]: y"],
        &["wrote .github/workflows/openapi-crate.yml"],
    );
    let workflow = repository.text(".github/workflows/openapi-crate.yml");
    assert!(workflow.contains("paths: ['a; touch PWNED #/**', 'it''s, \\[x\\]: y/**']\n"), "{workflow}");
    assert!(workflow.contains("check --config 'a; touch PWNED #/codegen.toml' --require-bump"), "{workflow}");
    assert_eq!(repository.text(".gitattributes"), "\"it's, \\\\[x\\\\]: y/codegen.lock\" merge=union\n");

    let repository = Repository::new(&[("api/openapi.yaml", PETS)]);
    refuses(
        &repository,
        &["init", "--out", "a\n* merge=ours"],
        2,
        &["has a character that a workflow cannot have"],
    );
    refuses(
        &repository,
        &["init", "--out", "${{ github.token }}"],
        2,
        &["has a character that a workflow cannot have"],
    );
    repository.put(".github", "a file");
    refuses(&repository, &["init"], 2, &[".github"]);
    fs::remove_file(repository.path(".github")).expect("the file is removed");
    repository.put(".gitattributes", b"# \xe9\n");
    refuses(&repository, &["init"], 2, &["`.gitattributes` is not text in UTF-8"]);
}

#[test]
fn init_writes_the_workflow_at_the_top_of_the_repository() {
    let repository = Repository::new(&[("sub/openapi.yaml", PETS), ("sub/toys/openapi.yaml", &toys())]);
    repository.git(&["init", "--quiet"]);
    let run = repository.run_in("sub", &["init", "--name", "acme-pets"]);
    assert_eq!(run.code, Some(0), "{run:#?}");
    assert!(run.out.contains("wrote ../.github/workflows/openapi-crate.yml\n"), "{run:#?}");
    let workflow = repository.text(".github/workflows/openapi-crate.yml");
    assert!(workflow.contains("paths: ['sub/**', 'sub/crates/acme-pets/**']\n"), "{workflow}");
    assert!(workflow.contains("openapi-crate check --config sub/codegen.toml --require-bump"), "{workflow}");
    assert_eq!(repository.text(".gitattributes"), "sub/crates/acme-pets/codegen.lock merge=union\n");
    assert!(repository.text("sub/codegen.toml").contains("name = \"acme-pets\"\n"));

    let second = repository.run_in("sub", &["init", "toys/openapi.yaml"]);
    for expected in
        ["openapi-crate.yml` exists already", "check --config sub/toys/codegen.toml", "`[[client]]`"]
    {
        assert!(second.out.contains(expected), "{expected:?} is not in {second:#?}");
    }
    repository.put("sub/other.yaml", toys());
    let other = repository.run_in("sub", &["init", "other.yaml"]);
    let error = "error: `codegen.toml` exists already\nhelp: it has the settings of `openapi.yaml`; move `other.yaml` to a folder of its own";
    assert!(other.err.starts_with(error), "{other:#?}");
}

#[test]
fn lints_are_valid_for_cargo() {
    for (lints, expected) in [
        ("lints.rust = 5\n", "`lints.rust` is not a table"),
        ("lints.rust.unsafe_code = 'forbids'\n", "`lints.rust.unsafe_code` is not a level of a lint"),
        (
            "lints.workspace = true\nlints.rust.unsafe_code = 'deny'\n",
            "`lints` has other entries beside `workspace`",
        ),
        ("lints.workspace = false\n", "`lints.workspace` can only be `true`"),
        ("lints.clippy.all = { priority = -1 }\n", "`lints.clippy.all` has no `level`"),
        ("lints.clippy.all = { level = 'deny', priority = 200 }\n", "is not an integer from -128 to 127"),
        ("lints.rust.'clippy::all' = 'deny'\n", "write `all` below `[lints.clippy]`"),
        ("lints.rust.'a]b' = 'deny'\n", "`lints.rust` has \"a]b\", which is not the name of a lint"),
        ("lints.rust.unexpected_cfgs = { level = 'warn', check-cfg = 'a' }\n", "is not an array of strings"),
    ] {
        refuses(&Repository::with_client(lints), &["check"], 2, &[expected, "--> api/codegen.toml:"]);
    }
    let valid = "[lints.rust]\nunsafe_code = 'forbid'\nunexpected_cfgs = { level = 'warn', check-cfg = ['cfg(a)'] }\n[lints.clippy]\nall = { level = 'deny', priority = -1 }\n";
    succeeds(&Repository::with_client(valid), &["generate"], &[]);
    succeeds(&Repository::with_client("lints.workspace = true\n"), &["generate"], &[]);
}
