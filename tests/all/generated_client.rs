//! Tests that `generated-client/` is up to date with `spec/`.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use openapi_crate::{Config, Generated, Lock, Outcome, Source, Sources};

/// The command line's list of generated files, which is not part of the crate.
const MANIFEST: &str = ".codegen-manifest";

#[test]
fn the_generated_client_is_up_to_date() {
    let generated = generated();
    let expected: BTreeMap<&str, &str> = generated.files.iter().collect();
    let folder = workspace().join("generated-client");
    let mut found = BTreeMap::new();
    read_into(&mut found, &folder, "");
    found.remove(MANIFEST);

    let mut differing: Vec<&str> = Vec::new();
    differing.extend(
        expected.keys().filter(|path| found.get(**path).map(String::as_str) != Some(expected[**path])),
    );
    differing.extend(found.keys().map(String::as_str).filter(|path| !expected.contains_key(path)));
    assert!(
        differing.is_empty(),
        "generated-client/ is not up to date with spec/; run `cargo xtask codegen`:\n{}",
        differing.join("\n")
    );
}

/// The tests of `generated-client/` also run for the whole document, with the same settings.
#[test]
fn settings_of_the_whole_document_are_the_same() {
    let read = |name: &str| {
        let path = workspace().join(name);
        let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        Config::parse(&text).unwrap_or_else(|error| panic!("{name}: {error}"))
    };
    assert_eq!(read("tests/corpus/conductorone.toml"), read("spec/codegen.toml"));
}

/// Returns the crate that is generated from `spec/`.
pub(crate) fn generated() -> Generated {
    let read = |name: &str| {
        let path = workspace().join(name);
        fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    };
    let (document, settings) = (read("spec/openapi.yaml"), read("spec/codegen.toml"));
    let config = Config::parse(&settings).unwrap_or_else(|error| panic!("{error}"));
    let lock = Lock::parse(&read("generated-client/codegen.lock")).unwrap_or_else(|error| panic!("{error}"));
    let document = Source { name: "spec/openapi.yaml", text: &document };
    let settings = Source { name: "spec/codegen.toml", text: &settings };
    let sources = Sources { config: Some(settings), ..document.into() };
    let Outcome { generated, diagnostics } = openapi_crate::regenerate(sources, &config, &lock);
    generated.unwrap_or_else(|| panic!("{}", diagnostics.render(sources)))
}

fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Reads the files of a folder by their relative paths. Skips files that cargo creates.
fn read_into(files: &mut BTreeMap<String, String>, folder: &Path, prefix: &str) {
    for entry in fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display())) {
        let path = entry.expect("the folder can be read").path();
        let name = path.file_name().and_then(|name| name.to_str()).expect("names are UTF-8");
        let path_in_folder = format!("{prefix}{name}");
        if matches!(path_in_folder.as_str(), "target" | "Cargo.lock") {
            continue;
        }
        if path.is_dir() {
            read_into(files, &path, &format!("{path_in_folder}/"));
        } else {
            let text =
                fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            files.insert(path_in_folder, text);
        }
    }
}
