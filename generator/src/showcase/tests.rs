//! Shows small documents, with their components in several orders.

use crate::{Config, Source, generate};

/// Returns the README and the programs of a document with these paths and components.
#[track_caller]
fn shown(paths: &str, components: &[&str]) -> String {
    let components: String = components.iter().map(|it| format!("    {it}\n")).collect();
    let text = format!(
        "openapi: 3.1.0\ninfo: {{ title: Pets, version: '1' }}\n{paths}components:\n  schemas:\n{components}"
    );
    let outcome = generate(Source { name: "pets.yaml", text: &text }, &Config::default());
    let generated = outcome.generated.expect("the document is valid");
    let paths = ["README.md", "examples/unions.rs", "examples/sending.rs", "examples/first_call.rs"];
    let texts = paths.iter().filter_map(|path| generated.files.get(path));
    texts.collect::<Vec<_>>().join("\n")
}

const NO_PATHS: &str = "paths: {}\n";

/// Checks the union that is shown, and that the order of the components has no effect.
#[track_caller]
fn check_union(paths: &str, components: &[&str], expected: &str) {
    let text = shown(paths, components);
    assert!(text.contains(&format!("fn describe(value: &types::{expected})")), "{text}");
    let reversed: Vec<&str> = components.iter().rev().copied().collect();
    assert_eq!(shown(paths, &reversed), text);
}

#[test]
fn the_union_nearest_to_the_first_response_is_shown() {
    check_union(
        "paths: { /pets: { get: { operationId: listPets, responses: { '200': { description: ok, content: { \
         application/json: { schema: { $ref: '#/components/schemas/Pets' } } } } } } } }\n",
        &[
            "Pets: { properties: { first: { $ref: '#/components/schemas/Pet' } } }",
            "Pet: { properties: { owner: { $ref: '#/components/schemas/Owner' }, home: { $ref: \
             '#/components/schemas/Home' } } }",
            "Owner: { properties: { pets: { $ref: '#/components/schemas/Pets' }, far: { $ref: \
             '#/components/schemas/Far' } } }",
            "Far: { oneOf: [{ $ref: '#/components/schemas/Owner' }, { $ref: '#/components/schemas/Pet' }] }",
            "Home: { oneOf: [{ $ref: '#/components/schemas/Owner' }, { $ref: '#/components/schemas/Pet' }] }",
        ],
        "Home",
    );
}

#[test]
fn without_operations_the_union_that_most_types_refer_to_is_shown() {
    check_union(
        NO_PATHS,
        &[
            "B: { oneOf: [{ $ref: '#/components/schemas/One' }, { $ref: '#/components/schemas/Two' }] }",
            "A: { oneOf: [{ $ref: '#/components/schemas/One' }, { $ref: '#/components/schemas/Two' }] }",
            "One: { required: [one], properties: { one: { $ref: '#/components/schemas/B' } } }",
            "Two: { required: [two], properties: { two: { type: string } } }",
        ],
        "B",
    );
}

#[test]
fn of_equal_unions_the_first_by_name_is_shown() {
    check_union(
        NO_PATHS,
        &[
            "B: { oneOf: [{ $ref: '#/components/schemas/One' }, { $ref: '#/components/schemas/Two' }] }",
            "A: { oneOf: [{ $ref: '#/components/schemas/One' }, { $ref: '#/components/schemas/Two' }] }",
            "One: { required: [one], properties: { one: { type: string } } }",
            "Two: { required: [two], properties: { two: { type: string } } }",
        ],
        "A",
    );
}

/// An operation that is not deprecated is shown, if there is one; otherwise the programs compile without warnings.
#[test]
fn programs_with_deprecated_operations_allow_them() {
    let operation = |id: &str, deprecated: bool| {
        format!(
            "post: {{ operationId: {id}, deprecated: {deprecated}, requestBody: {{ required: true, content: {{ \
             application/json: {{ schema: {{ $ref: '#/components/schemas/Pet' }} }} }} }}, responses: {{ '204': {{ \
             description: ok }} }} }}"
        )
    };
    let pet = "Pet: { required: [name], properties: { name: { type: string } } }";
    let (old, new) = (operation("addPet", true), operation("createPet", false));
    let text = shown(&format!("paths: {{ /a: {{ {old} }}, /b: {{ {new} }} }}\n"), &[pet]);
    assert!(!text.contains("add_pet") && !text.contains("#![allow(deprecated"), "{text}");
    let text = shown(&format!("paths: {{ /a: {{ {old} }} }}\n"), &[pet]);
    assert!(text.contains("\n\n#![allow(deprecated, reason"), "{text}");
    let pet = "Pet: { deprecated: true, required: [name], properties: { name: { type: string } } }";
    let text = shown(&format!("paths: {{ /b: {{ {new} }} }}\n"), &[pet]);
    assert!(text.contains("\n\n#![allow(deprecated, reason"), "{text}");
}

/// A struct that no request contains has no `new`, so no value of it can be shown.
#[test]
fn values_of_types_that_are_never_sent_need_no_constructor() {
    let text = shown(
        "paths: { /pets: { get: { operationId: getPet, responses: { '200': { description: ok, content: { \
         application/json: { schema: { $ref: '#/components/schemas/Pet' } } } } } } } }\n",
        &[
            "Pet: { oneOf: [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' }] }",
            "Cat: { required: [id, lives], properties: { id: { type: string }, lives: { type: integer } } }",
            "Dog: { required: [id, name], properties: { id: { type: string }, name: { type: string } } }",
        ],
    );
    assert!(text.contains("fn describe(value: &types::Pet)"), "{text}");
    assert!(!text.contains("::new("), "{text}");
}

#[test]
fn the_order_of_the_components_does_not_choose_the_messages() {
    let paths = "paths: { /pets: { get: { operationId: listPets, responses: { '200': { description: ok, content: { \
                 application/json: { schema: { $ref: '#/components/schemas/p.Pets' } } } } } } } }\n";
    let any = "{ type: object, properties: { '@type': { type: string } }, additionalProperties: true }";
    let components = [
        format!("p.Pets: {{ required: [all], properties: {{ all: {{ type: array, items: {any} }} }} }}"),
        "p.B: { properties: { b: { type: string } } }".to_owned(),
        "p.A: { properties: { a: { type: string } } }".to_owned(),
        "p.C: { properties: { c: { type: string } } }".to_owned(),
    ];
    let components: Vec<&str> = components.iter().map(String::as_str).collect();
    let text = shown(paths, &components);
    assert!(text.contains("        A(types::A),\n        B(types::B),\n"), "{text}");
    let reversed: Vec<&str> = components.iter().rev().copied().collect();
    assert_eq!(shown(paths, &reversed), text);
}
