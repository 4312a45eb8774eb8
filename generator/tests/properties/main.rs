//! Properties of the generator that hold for every document, valid or broken. The documents are random, and a document
//! that violates a property is reduced to a small one.
//!
//! Every run uses the same documents. `PROPERTY_CASES` sets their number, and `PROPERTY_SEED` selects others:
//!
//! ```console
//! $ PROPERTY_CASES=10000 PROPERTY_SEED=7 cargo test -p codegen --test properties
//! ```

mod additions;
mod documents;
mod mutations;

use std::collections::BTreeSet;
use std::env;

use openapi_crate::{Config, Contract, Outcome, Source, WireChange, generate, wire_changes};
use proptest::prelude::*;
use proptest::test_runner::{Config as Settings, RngAlgorithm, TestRng, TestRunner};
use serde_json::Value;

/// The default number of documents for each property.
const CASES: u32 = 40;

/// Checks a property for random documents.
fn check<S: Strategy>(documents: &S, property: impl Fn(S::Value) -> Result<(), TestCaseError>) {
    let number = |name: &str| env::var(name).ok().map(|text| text.parse().expect("a number"));
    let cases = number("PROPERTY_CASES").map_or(CASES, |cases: u64| cases as u32);
    let mut seed = [0; 32];
    seed[..8].copy_from_slice(&number("PROPERTY_SEED").unwrap_or_default().to_le_bytes());
    let settings =
        Settings { cases, failure_persistence: None, max_shrink_iters: 2_000, ..Settings::default() };
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &seed);
    if let Err(error) = TestRunner::new_with_rng(settings, rng).run(documents, property) {
        panic!("{error}");
    }
}

fn generated(text: &str) -> Outcome {
    generated_with(text, &Config::default())
}

fn generated_with(text: &str, config: &Config) -> Outcome {
    generate(Source { name: "made.yaml", text }, config)
}

/// Returns the paths and texts of the files that depend on the document.
fn files(outcome: &Outcome) -> Vec<(String, String)> {
    let generated = outcome.generated.iter();
    let files = generated.flat_map(|generated| generated.files.iter());
    let own = files.filter(|(path, _)| !path.starts_with("src/runtime/"));
    own.map(|(path, text)| (path.to_owned(), without_digest(path, text))).collect()
}

/// Returns the text of a file. The lock and the manifest have a digest of the document, which depends on the order of its
/// values.
fn without_digest(path: &str, text: &str) -> String {
    let has_digest = path == openapi_crate::LOCK_FILE_NAME || path == "Cargo.toml";
    let is_digest = |line: &&str| has_digest && line.starts_with("document ");
    text.lines().filter(|line| !is_digest(line)).map(|line| format!("{line}\n")).collect()
}

/// Returns the findings about a document, without their locations.
fn findings(outcome: &Outcome) -> BTreeSet<String> {
    outcome.diagnostics.iter().map(|found| format!("{}: {}", found.code, found.message)).collect()
}

/// Checks the properties that hold for any text.
fn check_output(text: &str) -> Result<(), TestCaseError> {
    let outcome = generated(text);
    prop_assert!(outcome.generated.is_some() != outcome.diagnostics.has_errors());
    let rendered = outcome.diagnostics.render(Source { name: "made.yaml", text });
    prop_assert_eq!(rendered.is_empty(), outcome.diagnostics.is_empty());
    for (path, text) in files(&outcome).iter().filter(|(path, _)| path.ends_with(".rs")) {
        prop_assert!(syn::parse_file(text).is_ok(), "{} does not parse:\n{}", path, text);
    }
    let again = generated(text);
    prop_assert_eq!(&again.diagnostics, &outcome.diagnostics);
    check_same_files(&files(&again), &files(&outcome))
}

/// Compares files, and fails with the first line that differs.
fn check_same_files(left: &[(String, String)], right: &[(String, String)]) -> Result<(), TestCaseError> {
    for (left, right) in left.iter().zip(right) {
        prop_assert_eq!(&left.0, &right.0);
        for (left, right) in left.1.lines().zip(right.1.lines()) {
            prop_assert_eq!(left, right);
        }
    }
    prop_assert_eq!(left, right);
    Ok(())
}

#[test]
fn documents_generate_valid_output() {
    check(&documents::document(), |document| check_output(&document.to_string()));
}

#[test]
fn broken_documents_generate_valid_output_or_errors() {
    check(&mutations::mutated(documents::document()), |document| check_output(&document.to_string()));
}

#[test]
fn broken_texts_generate_valid_output_or_errors() {
    check(&mutations::mutated_text(documents::document()), |text| check_output(&text));
}

#[test]
fn insignificant_order_does_not_change_the_output() {
    check(&(documents::document(), any::<u64>()), |(document, seed): (Value, u64)| {
        let other = fuzz::order::shuffled(&document, seed);
        let (one, other) = (generated(&document.to_string()), generated(&other.to_string()));
        check_same_files(&files(&one), &files(&other))
    });
}

#[test]
fn any_two_documents_can_be_compared() {
    let pairs = documents::document()
        .prop_flat_map(|document| (Just(document.clone()), mutations::mutated(Just(document))));
    check(&pairs, |(old, new): (Value, Value)| {
        let contract =
            |document: &Value| generated(&document.to_string()).generated.map(|generated| generated.contract);
        match (contract(&old), contract(&new)) {
            (Some(old), Some(new)) => check_changes(&old, &new),
            (Some(only), None) | (None, Some(only)) => check_changes(&only, &only),
            (None, None) => Ok(()),
        }
    });
}

/// Checks the differences between two documents, in both directions.
fn check_changes(old: &Contract, new: &Contract) -> Result<(), TestCaseError> {
    for contract in [old, new] {
        let changes = wire_changes(contract, contract);
        prop_assert!(changes.is_empty(), "a document and itself: {:#?}", changes);
    }
    for changes in [wire_changes(old, new), wire_changes(new, old)] {
        for change in changes {
            let WireChange { operations, message, .. } = &change;
            prop_assert!(!operations.is_empty(), "without operations: {:#?}", change);
            prop_assert!(!message.is_empty() && !message.ends_with('.'), "{:#?}", change);
        }
    }
    Ok(())
}

#[test]
fn insignificant_order_is_no_difference() {
    check(&(documents::document(), any::<u64>()), |(document, seed): (Value, u64)| {
        let other = fuzz::order::shuffled(&document, seed);
        let (one, other) = (generated(&document.to_string()), generated(&other.to_string()));
        if let (Some(one), Some(other)) = (one.generated, other.generated) {
            let changes = wire_changes(&one.contract, &other.contract);
            prop_assert!(changes.is_empty(), "{:#?}", changes);
        }
        Ok(())
    });
}

/// Components whose crate once depended on their order, generated with these settings.
const ORDERED: &[(&str, &str)] = &[
    // An inline enum in a property that two components merge.
    ("", "
    One: {allOf: [{properties: {status: {properties: {code: {type: integer}, reason: {type: string}}}}},
                  {properties: {status: {properties: {reason: {type: string, enum: [worn]}, since: {type: string}}}}}]}
    Two: {allOf: [{$ref: '#/components/schemas/One'}, {properties: {shape: {properties: {color: {type: string}}}}}]}"),
    // The subschemas of a discriminator base.
    ("", "
    Base: {type: object, required: [type], properties: {type: {type: string}}, discriminator: {propertyName: type}}
    One: {allOf: [{$ref: '#/components/schemas/Base'}, {properties: {one: {type: string}}}]}
    Two: {allOf: [{$ref: '#/components/schemas/Base'}, {properties: {two: {type: string}}}]}
    Three: {properties: {base: {$ref: '#/components/schemas/Base'}}}"),
    // An enum inside another component, of which a field asks if it has a default value.
    ("protojson = true", "
    Pet: {properties: {color: {$ref: '#/components/schemas/Colors/properties/fur'}}}
    Colors: {properties: {fur: {type: string, enum: [red]}}}"),
    // An example of a property that another component inherits.
    ("round-trip = true", "
    Pet: {allOf: [{$ref: '#/components/schemas/Animal'}, {properties: {name: {type: string}}}]}
    Animal: {properties: {kind: {type: string, enum: [cat], example: cat}}}"),
    (
        "round-trip = true",
        "
    Pet: {allOf: [{$ref: '#/components/schemas/Animal'}, {properties: {name: {type: string}}}]}
    Animal: {properties: {kinds: {type: array, items: {type: string, enum: [cat]}, example: [cat]}}}",
    ),
    // Lists that contain each other, with an object inside one of them.
    ("", "
    Row: {type: array, items: {allOf: [{$ref: '#/components/schemas/Row'}, {$ref: '#/components/schemas/Column'}]}}
    Column: {type: array, items: {type: array, items: {anyOf: [{type: object, properties: {a: {type: string}}},
                                                               {type: array, items: {$ref: '#/components/schemas/Row'}}]}}}"),
    // Schemas that include each other, one of them through a union with null.
    (
        "",
        "
    Parent: {allOf: [{anyOf: [{$ref: '#/components/schemas/Child'}, {type: 'null'}]}], properties: {b: {type: string}}}
    Child: {allOf: [{$ref: '#/components/schemas/Parent'}], properties: {c: {type: string}}}",
    ),
    // Identical types, nested at different depths, that refer to one another.
    (
        "optional.all = true",
        "
    Tree: {allOf: [{$ref: '#/components/schemas/Node'}, {properties: {child: {properties: {note: {}}}}}]}
    Objects: {allOf: [{properties: {status: {type: string}}}, {$ref: '#/components/schemas/Tree'}]}
    Node:
      properties:
        child: {$ref: '#/components/schemas/Tree'}
        Tree: {allOf: [{$ref: '#/components/schemas/Node'}, {properties: {child: {properties: {note: {type: string}}}}}]}",
    ),
    // A property beside a union, in the component and in a schema that includes it.
    (
        "",
        "
    Photo: {type: object, properties: {place: {type: object, properties: {north: {type: number}}}},
            oneOf: [{$ref: '#/components/schemas/Upload'}]}
    Upload: {type: object, properties: {camera: {type: string}}}
    Pet: {$ref: '#/components/schemas/Photo', format: date}
paths: {/photos: {post: {requestBody: {content: {multipart/form-data: {schema: {$ref: '#/components/schemas/Photo'}}}}, responses: {'204': {description: Done.}}}}}",
    ),
    // Positions of a list with the same schema.
    (
        "",
        "
    Pair: {type: array, prefixItems: [{type: string, format: password}, {format: password, type: string}], maxItems: 2}",
    ),
    // Two schemas with the same `$dynamicAnchor`.
    (
        "",
        "
    List: {type: object, properties: {items: {type: array, items: {$dynamicRef: '#item'}}}, $defs: {any: {$dynamicAnchor: item}}}
    Pet: {type: object}
    Pets: {$ref: '#/components/schemas/List', $defs: {pet: {$dynamicAnchor: item, $ref: '#/components/schemas/Pet'},
                                                      any: {$dynamicAnchor: item, enum: [long]}}}",
    ),
    // Two schemas with the same `$id`.
    ("", "
    One: {$id: same, type: object, properties: {one: {type: string}}}
    Two: {$id: same, type: object, properties: {two: {type: string}}}
    Three: {type: object, properties: {other: {$ref: same}}}"),
];

#[test]
fn the_order_of_components_does_not_change_the_output() {
    for (settings, schemas) in ORDERED {
        let config = Config::parse(settings).expect("the settings are valid");
        let text =
            format!("openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\ncomponents:\n  schemas:{schemas}");
        let document: Value = serde_yaml::from_str(&text).expect("the document is YAML");
        let outcome = generated_with(&document.to_string(), &config);
        let (one, found) = (files(&outcome), findings(&outcome));
        assert!(!one.is_empty());
        for seed in 1..8 {
            let other = fuzz::order::shuffled(&document, seed).to_string();
            let other = generated_with(&other, &config);
            assert_eq!(findings(&other), found, "{schemas}");
            check_same_files(&one, &files(&other)).unwrap_or_else(|error| panic!("{error} in {schemas}"));
        }
    }
}
