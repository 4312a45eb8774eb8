//! Patterns, and the derives that types can have.

use super::matches;
use crate::{Config, Source};

#[test]
fn a_pattern_has_stars_and_question_marks() {
    for (pattern, name, expected) in [
        ("*", "", true),
        ("*", "Pet", true),
        ("Pet", "Pet", true),
        ("Pet", "Pets", false),
        ("P?t", "Pet", true),
        ("P?t", "Pt", false),
        ("*Request", "PetRequest", true),
        ("*et*", "Pet", true),
        ("a.*.Pet", "a.b.c.Pet", true),
        ("*a*b", "aab", true),
        ("*a*b", "aabc", false),
        ("?", "", false),
    ] {
        assert_eq!(matches(pattern, name), expected, "{pattern} {name}");
    }
    let (pattern, name) = ("*a".repeat(200), "a".repeat(20_000));
    assert!(!matches(&format!("{pattern}b"), &name));
}

const DOCUMENT: &str = "
openapi: 3.1.0
info: { title: Pets, version: '1' }
components:
  schemas:
    Pet: { properties: { owner: { $ref: '#/components/schemas/Owner' }, kind: { $ref: '#/components/schemas/Kind' } } }
    Owner: { properties: { pets: { type: array, items: { $ref: '#/components/schemas/Pet' } }, age: { type: integer } } }
    Price: { properties: { amount: { type: number } } }
    Order: { properties: { prices: { type: object, additionalProperties: { $ref: '#/components/schemas/Price' } } } }
    Kind: { enum: [cat, dog] }
    Level: { enum: [1, 2] }
    Toy: { properties: { cost: { type: string, format: money } } }
    Thing: { oneOf: [{ type: string }, { type: integer }] }
";

/// Expects the derives of each type, and the findings.
#[track_caller]
fn check(settings: &str, derives: &[(&str, &str)], findings: &[&str]) {
    let settings = format!("folder.modules = ['ext']\ntypes.formats.money = 'crate::ext::Money'\n{settings}");
    let config = Config::parse(&settings).unwrap_or_else(|error| panic!("{error}"));
    let outcome = crate::generate(Source { name: "pets.yaml", text: DOCUMENT }, &config);
    let found: Vec<String> =
        outcome.diagnostics.iter().map(|it| format!("{}: {}", it.code, it.message)).collect();
    assert_eq!(found, findings, "{settings}");
    let Some(generated) = outcome.generated else { return };
    for (name, expected) in derives {
        let file = format!("src/types/{}.rs", name.to_lowercase());
        let text = generated.files.get(&file).unwrap_or_else(|| panic!("{file} is missing"));
        let (before, _) = text.split_once("#[non_exhaustive]").expect("the type is not exhaustive");
        let (_, found) = before.split_once("PartialEq").expect("the type derives");
        assert_eq!(found.split_whitespace().collect::<Vec<_>>().join(" "), *expected, "{settings}: {name}");
    }
}

#[test]
fn types_have_the_derives_that_their_parts_allow() {
    check("", &[("Pet", ")]"), ("Kind", ")]"), ("Thing", ")]")], &[]);
    check(
        "[[derive]]\nderive = ['Hash', 'Eq']\nwhere-possible = true",
        &[
            ("Pet", ", Hash, Eq)]"),
            ("Owner", ", Hash, Eq)]"),
            ("Price", ")]"),
            ("Order", ")]"),
            ("Kind", ")]"),
            ("Toy", ")]"),
            ("Thing", ", Hash, Eq)]"),
        ],
        &[],
    );
    check(
        "[[derive]]\nderive = ['Ord', 'Copy']\nwhere-possible = true",
        &[
            ("Kind", ", PartialOrd, Ord)]"),
            ("Level", ", PartialOrd, Ord, Copy)]"),
            ("Pet", ")]"),
            ("Thing", ")]"),
        ],
        &[],
    );
}

#[test]
fn a_derive_is_refused_with_the_reason() {
    check(
        "[[derive]]\ntypes = ['Price', 'Order']\nderive = ['Eq']",
        &[],
        &["impossible-derive: `Order` cannot derive `Eq`: its field `prices` holds `Price`; nor can `Price`"],
    );
    check(
        "[[derive]]\ntypes = ['Pet']\nderive = ['Ord']",
        &[],
        &["impossible-derive: `Pet` cannot derive `Ord`: it keeps unknown properties as JSON"],
    );
    check(
        "[[derive]]\ntypes = ['Price']\nderive = ['Hash']",
        &[],
        &["impossible-derive: `Price` cannot derive `Hash`: its field `amount` holds an `f64`"],
    );
    // The compiler knows types of the user.
    check("[[derive]]\ntypes = ['Toy']\nderive = ['Eq']", &[("Toy", ", Eq)]")], &[]);
    check(
        "[[derive]]\ntypes = ['Toys', 'To*']\nderive = ['Eq']",
        &[],
        &["stale-name: the crate has no type `Toys`"],
    );
}

#[test]
fn a_json_schema_describes_what_a_type_writes() {
    check(
        "[[derive]]\ntypes = ['Pet', 'Kind', 'Thing', 'Toy']\nderive = ['schemars::JsonSchema']\n[dependencies]\nschemars = '1'",
        &[("Pet", ")]"), ("Kind", ")]")],
        &[],
    );
    let config = "[[derive]]\nderive = ['schemars::JsonSchema']\n[dependencies]\nschemars = '1'";
    let config = Config::parse(config).expect("the settings are valid");
    let outcome = crate::generate(Source { name: "pets.yaml", text: DOCUMENT }, &config);
    let files = outcome.generated.expect("the document is valid").files;
    let text = |path: &str| {
        let text = files.get(path).unwrap_or_else(|| panic!("{path} is missing"));
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let order = text("src/types/order.rs");
    assert!(order.contains("impl schemars::JsonSchema for Order {"), "{order}");
    assert!(order.contains("generator.subschema_for::<Price>().to_value()"), "{order}");
    let kind = text("src/types/kind.rs");
    assert!(kind.contains("serde_json::Value::from_iter([\"cat\", \"dog\"])"), "{kind}");
}

#[test]
fn an_openapi_schema_refers_to_the_schemas_of_other_types() {
    let config = "[[derive]]\ntypes = ['Order']\nderive = ['utoipa::ToSchema']\n[dependencies]\nutoipa = '5'";
    let order_with = |config: &str| {
        let config = Config::parse(config).expect("the settings are valid");
        let outcome = crate::generate(Source { name: "pets.yaml", text: DOCUMENT }, &config);
        let files = outcome.generated.expect("the document is valid").files;
        let text = files.get("src/types/order.rs").expect("the crate has the file");
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let alone = order_with(config);
    assert!(alone.contains("impl utoipa::ToSchema for Order {"), "{alone}");
    assert!(alone.contains("schema::SchemaType::AnyValue") && !alone.contains("from_schema_name"), "{alone}");
    let both = order_with(&config.replace("'Order'", "'Order', 'Price'"));
    assert!(both.contains("schema::Ref::from_schema_name( <Price as utoipa::ToSchema>::name(), )"), "{both}");
    assert!(both.contains("<Price as utoipa::ToSchema>::schemas(schemas);"), "{both}");
}

#[test]
fn other_derives_and_attributes_are_written_as_they_are() {
    check(
        "[[derive]]\ntypes = ['Pet']\nderive = ['a_b::C']\nattributes = ['d(\"x\")', 'must_use']\n[dependencies]\na-b = '1'",
        &[("Pet", ", a_b::C)] #[d(\"x\")] #[must_use]"), ("Owner", ")]")],
        &[],
    );
}
