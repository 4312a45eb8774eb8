//! `generated-client/` is what `spec/` gives.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use codegen::{Config, Generated, Outcome, Source};

/// Where the command line notes which files are its own; no part of the crate.
const MANIFEST: &str = ".codegen-manifest";

#[test]
fn the_generated_client_is_up_to_date() {
    let generated = generated();
    let expected: BTreeMap<&str, &str> = generated.files.iter().collect();
    let folder = workspace().join("generated-client");
    let mut found = BTreeMap::new();
    read_into(&mut found, &folder, "");
    found.remove(MANIFEST);

    let mut differ: Vec<&str> = Vec::new();
    differ.extend(
        expected.keys().filter(|path| found.get(**path).map(String::as_str) != Some(expected[**path])),
    );
    differ.extend(found.keys().map(String::as_str).filter(|path| !expected.contains_key(path)));
    assert!(
        differ.is_empty(),
        "generated-client/ is not what spec/ gives; run `cargo xtask codegen`:\n{}",
        differ.join("\n")
    );
}

/// The tests of `generated-client/` run against the whole document as well: by the same settings.
#[test]
fn the_whole_document_has_the_same_settings() {
    let read = |name: &str| {
        let path = workspace().join(name);
        let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        Config::parse(&text).unwrap_or_else(|error| panic!("{name}: {error}"))
    };
    assert_eq!(read("tests/corpus/conductorone.toml"), read("spec/codegen.toml"));
}

/// The crate that `spec/` gives.
pub(crate) fn generated() -> Generated {
    let read = |name: &str| {
        let path = workspace().join(name);
        fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    };
    let (document, config) = (read("spec/openapi.yaml"), read("spec/codegen.toml"));
    let config = Config::parse(&config).unwrap_or_else(|error| panic!("{error}"));
    let source = Source { name: "spec/openapi.yaml", text: &document };
    let Outcome { generated, diagnostics } = codegen::generate(source, &config);
    generated.unwrap_or_else(|| panic!("{}", diagnostics.render(source)))
}

fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The files of a folder, by their path in it; what builds leave behind is none of them.
fn read_into(files: &mut BTreeMap<String, String>, folder: &Path, prefix: &str) {
    for entry in fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display())) {
        let path = entry.expect("the folder can be read").path();
        let name = path.file_name().and_then(|name| name.to_str()).expect("names are text");
        let place = format!("{prefix}{name}");
        if matches!(place.as_str(), "target" | "Cargo.lock") {
            continue;
        }
        if path.is_dir() {
            read_into(files, &path, &format!("{place}/"));
        } else {
            let text =
                fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            files.insert(place, text);
        }
    }
}
