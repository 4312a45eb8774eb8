//! Reads the kinds of changes from `tests/changes/*.yaml`. `tests/changes/README.md` describes the format.

use std::fs;
use std::path::Path;

use serde_json::{Map, Value};

/// A kind of change.
pub(super) struct Kind {
    /// The name in kebab-case: `field-removed`.
    pub(super) name: String,
    /// The expected class, or `none` if the public API stays the same.
    pub(super) class: String,
    /// The pair of documents that the kind is a part of.
    pub(super) pair: String,
    /// The parts of the old and the new document, with settings.
    pub(super) old: Vec<Value>,
    pub(super) new: Vec<Value>,
    /// Statements of a program that uses the old client as users do.
    pub(super) program: String,
    /// Statements that break, if `program` does not.
    pub(super) rare: Option<String>,
    /// Statements that break although the class is not breaking.
    pub(super) excepted: Option<String>,
    /// The only features that the programs use. `None` for the default ones.
    pub(super) features: Option<Vec<String>>,
    /// Ids of changes that the kind must have.
    pub(super) changes: Vec<String>,
    /// Paths of changes that belong to the kind and do not have its name.
    pub(super) owns: Vec<String>,
}

const KEYS: [&str; 12] = [
    "kind", "class", "changes", "pair", "both", "old", "new", "program", "rare", "excepted", "features",
    "owns",
];

impl Kind {
    /// Reads a kind. Names that begin with `kind` or `Kind` begin with the name of the kind instead.
    fn read(value: &Value) -> Self {
        let fields: &Map<String, Value> = value.as_object().unwrap_or_else(|| panic!("not a kind: {value}"));
        let text = |key: &str| fields.get(key).and_then(Value::as_str).map(str::to_owned);
        let name = text("kind").unwrap_or_else(|| panic!("a kind has no name: {value}"));
        for key in fields.keys() {
            assert!(KEYS.contains(&key.as_str()), "{name} has an unknown key `{key}`");
        }
        let named =
            |text: &str| text.replace("Kind", &pascal(&name)).replace("kind", &name.replace('-', "_"));
        let part = |key: &str| fields.get(key).map(|part| parse(&named(&part.to_string())));
        let parts = |key: &str| part("both").into_iter().chain(part(key)).collect();
        let list = |key: &str| {
            let list = fields.get(key)?.as_array()?.iter();
            Some(list.filter_map(Value::as_str).map(str::to_owned).collect::<Vec<_>>())
        };
        let features = list("features");
        let features = features.map(|it| it.iter().map(|text| text.replace("kind", &name)).collect());
        Self {
            class: text("class").unwrap_or_else(|| panic!("{name} has no class")),
            pair: text("pair").unwrap_or_else(|| "main".to_owned()),
            old: parts("old"),
            new: parts("new"),
            program: named(&text("program").unwrap_or_else(|| panic!("{name} has no program"))),
            rare: text("rare").map(|text| named(&text)),
            excepted: text("excepted").map(|text| named(&text)),
            features,
            changes: list("changes").unwrap_or_default(),
            owns: list("owns").unwrap_or_default(),
            name,
        }
    }

    /// Returns the programs: the name, true if it breaks although most programs compile, and the statements.
    pub(super) fn programs(&self) -> Vec<(String, bool, &str)> {
        let others = [("rare", &self.rare), ("excepted", &self.excepted)];
        let others = others.into_iter().filter_map(|(word, statements)| {
            Some((format!("{}-{word}", self.name), true, statements.as_deref()?))
        });
        [(self.name.clone(), false, self.program.as_str())].into_iter().chain(others).collect()
    }
}

/// Returns all kinds, sorted by file.
pub(super) fn read() -> Vec<Kind> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("changes");
    let entries = fs::read_dir(&folder).expect("the folder can be read");
    let mut paths: Vec<_> = entries.map(|entry| entry.expect("the folder can be read").path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "yaml"));
    paths.sort();
    let mut kinds: Vec<Kind> = Vec::new();
    for path in paths {
        let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let value =
            openapi_crate::read(&text).unwrap_or_else(|found| panic!("{}: {found:?}", path.display()));
        kinds.extend(value.as_array().expect("the file is a list of kinds").iter().map(Kind::read));
    }
    for kind in &kinds {
        let same = kinds.iter().filter(|other| other.name == kind.name).count();
        assert_eq!(same, 1, "the name `{}` is not unique", kind.name);
    }
    kinds
}

fn parse(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

/// Returns a name in PascalCase: `FieldRemoved` for `field-removed`.
fn pascal(name: &str) -> String {
    let word = |word: &str| {
        let (first, rest) = word.split_at(1);
        format!("{}{rest}", first.to_uppercase())
    };
    name.split('-').map(word).collect()
}
