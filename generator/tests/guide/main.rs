//! The chapters of the guide: their files are written to a repository, and their commands are run in it.
//!
//! A block of code whose first line is a comment with a path is a file. With `(more lines)` after the path, the block is merged
//! into the file. A block of the language `console` has commands, each after `$ `, which have to succeed.

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

const DOCUMENT: &str = "
openapi: 3.1.0
info: { title: Pets API, version: 1.0.0, contact: { name: Acme, email: api@acme.example }, license: { name: MIT, identifier: MIT } }
servers: [{ url: 'https://{region}.acme.example', variables: { region: { default: eu } } }]
paths:
  /pets/{id}:
    parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
    get:
      operationId: getPet
      responses: { '200': { description: A pet., content: { application/json: { schema: { $ref: '#/components/schemas/Pet' } } } } }
    delete:
      operationId: deletePet
      responses: { '204': { description: Deleted. } }
components:
  schemas: { Pet: { type: object, properties: { name: { type: string }, age: { type: number } } } }
  securitySchemes: { token: { type: http, scheme: bearer } }
security: [{ token: [] }]
";

/// The blocks of code in a chapter, with their languages.
fn blocks(chapter: &str) -> Vec<(&str, String)> {
    let mut blocks = Vec::new();
    let mut lines = chapter.lines();
    while let Some(line) = lines.next() {
        if let Some(language) = line.strip_prefix("```") {
            let block: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
            blocks.push((language, block.join("\n") + "\n"));
        }
    }
    blocks
}

/// Returns the path in the first line of a file, and the file without this line.
fn file(block: &str) -> Option<(&str, &str)> {
    let (first, rest) = block.split_once('\n')?;
    let path = first.strip_prefix("# ").or_else(|| first.strip_prefix("// "))?;
    path.contains(['/', '.']).then_some((path, rest))
}

/// Merges new settings into a file: keys and sections that it has, and others.
fn merge(path: &Path, more: &str) {
    let parse = |text: &str| text.parse::<toml::Table>().expect("the settings are valid TOML");
    let mut settings = parse(&fs::read_to_string(path).expect("the file exists"));
    for (key, value) in parse(more) {
        match (settings.get_mut(&key), value) {
            (Some(toml::Value::Table(table)), toml::Value::Table(more)) => table.extend(more),
            (_, value) => drop(settings.insert(key, value)),
        }
    }
    fs::write(path, settings.to_string()).expect("the file is written");
}

fn put(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().expect("a folder")).expect("the folder is created");
    fs::write(path, text).expect("the file is written");
}

/// Runs the chapters one after the other in a repository with a document, and returns it.
fn run(chapters: &[&str]) -> tempfile::TempDir {
    let repository = tempfile::tempdir().expect("a folder");
    put(&repository.path().join("api/openapi.yaml"), DOCUMENT);
    put(&repository.path().join("toys/openapi.yaml"), &DOCUMENT.replace("Pets", "Toys"));
    for (language, block) in chapters.iter().flat_map(|chapter| blocks(chapter)) {
        if let Some((path, text)) = file(&block) {
            let path = repository.path().join(path);
            match path.to_str().and_then(|path| path.strip_suffix(" (more lines)")) {
                Some(path) => merge(Path::new(path), text),
                None => put(&path, text),
            }
        } else if language == "console" {
            for command in block.lines().filter_map(|line| line.strip_prefix("$ openapi-crate ")) {
                let output = Command::new(env!("CARGO_BIN_EXE_openapi-crate"))
                    .args(command.split_whitespace())
                    .current_dir(repository.path())
                    .env_remove("CARGO_MANIFEST_DIR")
                    .output()
                    .expect("the program runs");
                let error = String::from_utf8_lossy(&output.stderr);
                assert!(output.status.success(), "openapi-crate {command}:\n{error}");
            }
        }
    }
    repository
}

fn read(repository: &tempfile::TempDir, path: &str) -> String {
    fs::read_to_string(repository.path().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

#[test]
fn the_first_client() {
    let repository = run(&[include_str!("../../docs/install.md")]);
    let manifest = read(&repository, "crates/pets/Cargo.toml");
    for expected in [
        "authors = [\"Acme <api@acme.example>\"]\n",
        "license = \"MIT\"\n",
        "[package.metadata.openapi-crate]\n",
        "version = \"0.1.0\"\n",
    ] {
        assert!(manifest.contains(expected), "{expected} is not in\n{manifest}");
    }
    let settings = read(&repository, "api/codegen.toml");
    for expected in [
        "document = \"openapi.yaml\"\n",
        "out = \"../crates/pets\"\n",
        "bearer-token = \"PETS_TOKEN\"\n",
        "region = \"PETS_REGION\"\n",
        "# required-server-variables = [\"region\"]\n",
    ] {
        assert!(settings.contains(expected), "{expected} is not in\n{settings}");
    }
    assert_eq!(read(&repository, ".gitattributes"), "crates/pets/codegen.lock merge=union\n");
    let workflow = read(&repository, ".github/workflows/openapi-crate.yml");
    assert!(workflow.contains("openapi-crate check --config api/codegen.toml"), "{workflow}");
}

#[test]
fn several_clients() {
    let install = include_str!("../../docs/install.md");
    let repository = run(&[install, include_str!("../../docs/clients.md")]);
    assert!(read(&repository, "crates/toys/Cargo.toml").contains("name = \"toys\"\n"));
    assert!(read(&repository, "crates/pets/Cargo.toml").contains("name = \"pets\"\n"));
    let root = read(&repository, "crates/toys/src/lib.rs");
    assert!(root.contains("pub use ::acme_runtime as runtime;\n"), "{root}");
    assert!(read(&repository, "crates/acme-runtime/Cargo.toml").contains("name = \"acme-runtime\"\n"));
}

#[test]
fn corrections_and_files_of_ones_own() {
    let first = "```console\n$ openapi-crate init\n```\n";
    let repository = run(&[first, include_str!("../../docs/bend.md")]);
    let pet = read(&repository, "crates/pets/src/types/pet.rs");
    assert!(pet.contains("pub age: Option<i64>"), "{pet}");
    let resources = read(&repository, "crates/pets/codegen.lock");
    assert!(resources.contains("getPet") && !resources.contains("deletePet"), "{resources}");
    assert!(read(&repository, "crates/pets/src/lib.rs").contains("pub mod ext;\n"));
    let manifest = read(&repository, "crates/pets/Cargo.toml");
    for expected in [
        "keywords = [\"pets\"]\n",
        "publish = false\n",
        "[package.metadata.docs.rs]\nall-features = true\n",
        "default = [\"reqwest\", \"all-resources\", \"blocking\"]\n",
        "[lints.rust]\nunused_results = \"allow\"\n",
    ] {
        assert!(manifest.contains(expected), "{expected} is not in\n{manifest}");
    }
}

#[test]
fn names_of_a_team() {
    let repository = run(&[include_str!("../../docs/names.md")]);
    let resource = read(&repository, "crates/shop/src/resources/pets.rs");
    for expected in ["pub fn list(", "pub fn get(", "pub fn page("] {
        assert!(resource.contains(expected), "{expected} is not in\n{resource}");
    }
    let pet = read(&repository, "crates/shop/src/types/pet.rs");
    for expected in ["pub struct Pet {", "pub id: ", "fn with_id(", "pub struct Person {"] {
        assert!(pet.contains(expected), "{expected} is not in\n{pet}");
    }
    assert!(read(&repository, "crates/shop/src/types/color.rs").contains("    Red,\n"));
    assert!(read(&repository, "crates/shop/Cargo.toml").contains("pet-store = []\n"));
}

#[test]
fn types_and_derives_of_ones_own() {
    let repository = run(&[include_str!("../../docs/types.md")]);
    let pet = read(&repository, "crates/pets/src/types/pet.rs");
    assert!(pet.contains("pub name: Option<crate::ext::Name>,"), "{pet}");
    assert!(pet.contains("#[derive(Clone, Debug, Default, PartialEq)]"), "{pet}");
    let root = read(&repository, "crates/pets/src/lib.rs");
    assert!(root.contains("type_in_codegen_toml::<crate::ext::Name>();"), "{root}");
    let manifest = read(&repository, "crates/pets/Cargo.toml");
    assert!(manifest.contains("features = [\"std\", \"derive\"]"), "{manifest}");
}

/// Runs the program in a folder, with a text on standard input.
fn run_with_input(folder: &Path, arguments: &[&str], input: &str) -> String {
    let mut child = Command::new(env!("CARGO_BIN_EXE_openapi-crate"))
        .args(arguments)
        .current_dir(folder)
        .env_remove("CARGO_MANIFEST_DIR")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program runs");
    child.stdin.take().expect("standard input").write_all(input.as_bytes()).expect("the text is read");
    let output = child.wait_with_output().expect("the program ends");
    let error = String::from_utf8_lossy(&output.stderr);
    format!("{}{error}", String::from_utf8_lossy(&output.stdout))
}

#[test]
fn a_document_from_standard_input_and_a_folder_of_cargo() {
    let repository = tempfile::tempdir().expect("a folder");
    let folder = repository.path();
    put(&folder.join("pets/Cargo.toml"), "[package]\nname = 'pets'\n");
    put(&folder.join("pets/src/lib.rs"), "// Made by cargo.\n");
    let run = |arguments: &[&str]| run_with_input(folder, arguments, DOCUMENT);
    let refused = run(&["generate", "-", "--out", "pets"]);
    assert!(refused.contains("or take the folder with `--adopt`"), "{refused}");
    assert_eq!(read(&repository, "pets/src/lib.rs"), "// Made by cargo.\n");
    let adopted = run(&["generate", "-", "--out", "pets", "--adopt"]);
    assert!(adopted.starts_with("pets: 2 operations"), "{adopted}");
    let checked = run(&["check", "-", "--out", "pets"]);
    assert!(checked.starts_with("pets: up to date"), "{checked}");
    let listed = run(&["check", "-", "--out", "pets", "--format", "json"]);
    let report: serde_json::Value = serde_json::from_str(&listed).expect("JSON");
    assert_eq!(report["differences"]["changed"], serde_json::json!([]));
}
