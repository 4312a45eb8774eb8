//! The schemas of a type, for schemars and utoipa, describe the JSON that it writes: the crate of a fixture validates its own
//! values.

use std::env;
use std::fs;
use std::path::Path;
use std::process::Command;

use super::fixtures::Fixture;

const PROGRAM: &str = r##"
//! Values that types write, and their schemas.

use std::collections::BTreeMap;

use derives::types::{Food, Home, Kind, Level, Lodger, Owner, Pet, Prices};
use serde::{Serialize, de::DeserializeOwned};

/// Decodes and encodes a value, and validates it by the schema of the type. A value that the schema refuses has one
/// property of a wrong type.
#[track_caller]
fn check<T: DeserializeOwned + Serialize + schemars::JsonSchema + utoipa::ToSchema>(json: &str, refused: &str) {
    let value: T = serde_json::from_str(json).expect("the value decodes");
    let written = serde_json::to_value(&value).expect("the value encodes");
    let refused = serde_json::from_str(refused).expect("valid JSON");
    let of_schemars = schemars::SchemaGenerator::default().into_root_schema_for::<T>().to_value();
    // The components of a document, as the macro of utoipa collects them.
    let mut schemas = vec![(T::name().into_owned(), T::schema())];
    T::schemas(&mut schemas);
    let count = schemas.len();
    let schemas: BTreeMap<_, _> = schemas.into_iter().collect();
    assert_eq!(schemas.len(), count, "each schema is added once");
    let of_utoipa = serde_json::json!({
        "$ref": format!("#/components/schemas/{}", T::name()),
        "components": { "schemas": schemas },
    });
    for schema in [of_schemars, of_utoipa] {
        let validator = jsonschema::validator_for(&schema).expect("the schema is valid");
        assert!(validator.is_valid(&written), "{written} against {schema}");
        assert!(!validator.is_valid(&refused), "{refused} against {schema}");
    }
}

#[test]
fn every_schema_describes_what_its_type_writes() {
    check::<Pet>(
        r#"{ "petId": "0b9f6d1e-3c1a-4f7e-9a55-2f0f3b1c7d42", "type": "dog", "owner": { "name": "A" }, "note": null,
            "nick": null, "created": "2024-01-02T03:04:05Z", "parents": [], "tags": { "a": null, "b": "c" },
            "place": [1, "a"], "extra": [1], "data": "YQ==", "gone": null, "food": ["cat"], "price": { "amount": 1.5 },
            "level": 2, "other": true }"#,
        r#"{ "petId": "a", "type": "cow", "owner": {}, "note": null }"#,
    );
    check::<Owner>(r#"{ "pets": [] }"#, r#"{ "name": 1 }"#);
    check::<Kind>(r#""cat""#, "1");
    check::<Level>("1", "3");
    check::<Food>(r#""hay""#, "{}");
    check::<Food>("true", "{}");
    check::<Home>(r#"{ "kennel": "a" }"#, r#"{ "kennel": 1 }"#);
    check::<Lodger>(r#"{ "since": "2024-01-02", "barn": 1 }"#, r#"{ "barn": "a" }"#);
    check::<Prices>(r#"{ "best": 1.5, "worst": 2 }"#, r#"{ "worst": "a" }"#);
}
"##;

#[test]
fn a_schema_validates_the_json_of_its_type() {
    let fixtures = Fixture::all();
    let fixture = fixtures.iter().find(|it| it.is_called("types", "derives")).expect("the fixture exists");
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("json_schema");
    for (path, text) in fixture.generated().files.iter() {
        let text = match path {
            "Cargo.toml" => {
                let with =
                    "[dev-dependencies]\njsonschema = { version = \"0.60\", default-features = false }";
                text.replace("[dev-dependencies]", with) + "\n[workspace]\n"
            }
            _ => text.to_owned(),
        };
        put(&folder.join(path), &text);
    }
    put(&folder.join("tests/json_schema.rs"), PROGRAM);
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    fs::copy(workspace.join("Cargo.lock"), folder.join("Cargo.lock")).expect("the lock file can be copied");
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().expect("the folder is in the target folder");
    let output = Command::new(env!("CARGO"))
        .args(["test", "--offline", "--quiet", "--test", "json_schema", "--no-default-features"])
        .args(["--features", "all-resources,other-types", "--target-dir"])
        .arg(target)
        .current_dir(&folder)
        .output()
        .expect("cargo runs");
    let [out, error] = [&output.stdout, &output.stderr].map(|text| String::from_utf8_lossy(text));
    assert!(output.status.success(), "{out}{error}");
}

fn put(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().expect("the path has a parent")).expect("the folder can be created");
    fs::write(path, text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
}
