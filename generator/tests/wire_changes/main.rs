//! Pairs of documents and the differences on the wire between them, by kind.
//!
//! Each pair is compared in both directions.

mod operations;
mod properties;
mod requests;
mod responses;
mod unions;
mod values;

use openapi_crate::{Config, Contract, Source, WireChange, wire_changes};

/// Compares two documents. `expected` has a line for each difference, such as
/// `error api-removed-without-deprecation request GET /pets`; `turned_around` has the lines of the opposite direction.
#[track_caller]
fn check(old: &str, new: &str, expected: &[&str], turned_around: &[&str]) {
    check_with(&Config::default(), old, new, expected, turned_around);
}

/// Like [`check`], with settings.
#[track_caller]
fn check_with(config: &Config, old: &str, new: &str, expected: &[&str], turned_around: &[&str]) {
    let (old, new) = (contract(config, old), contract(config, new));
    assert_eq!(lines(&wire_changes(&old, &new)), expected, "{:#?}", wire_changes(&old, &new));
    assert_eq!(lines(&wire_changes(&new, &old)), turned_around, "turned around");
    assert_eq!(lines(&wire_changes(&old, &old)), [""; 0], "the old document and itself");
    assert_eq!(lines(&wire_changes(&new, &new)), [""; 0], "the new document and itself");
}

/// Checks the messages of the differences.
#[track_caller]
fn check_messages(old: &str, new: &str, expected: &[&str]) {
    let config = Config::default();
    let changes = wire_changes(&contract(&config, old), &contract(&config, new));
    let messages: Vec<&str> = changes.iter().map(|change| change.message.as_str()).collect();
    assert_eq!(messages, expected);
}

#[track_caller]
fn contract(config: &Config, text: &str) -> Contract {
    let text = format!("openapi: 3.1.0\ninfo: {{ title: Pets, version: '1' }}\n{text}");
    let outcome = openapi_crate::generate(Source { name: "pets.yaml", text: &text }, config);
    let findings = outcome.diagnostics.render(Source { name: "pets.yaml", text: &text });
    outcome.generated.unwrap_or_else(|| panic!("{findings}")).contract
}

#[test]
fn names_of_the_settings_change_nothing() {
    let document = "
paths:
  /pets:
    get:
      operationId: listPets
      tags: [pets]
      parameters: [{ name: X-Page, in: header, schema: { type: integer } }]
      responses: { '200': { description: A pet., content: { application/json: { schema: { $ref: '#/components/schemas/PetDto' } } } } }
components:
  schemas:
    PetDto: { type: object, properties: { petId: { type: string }, color: { type: string, enum: [red, green] } } }";
    let names = Config::parse(
        "names.drop-resource = true\n[names.fields.PetDto]\npetId = 'id'\n\
         [names.variants.'#/components/schemas/PetDto/properties/color']\nred = 'Rot'\n\
         [names.parameters.listPets]\nX-Page = 'page'\n[names.patterns]\ntypes = { '{name}Dto' = '{name}' }",
    );
    let (old, new) = (contract(&Config::default(), document), contract(&names.expect("valid"), document));
    assert_eq!(lines(&wire_changes(&old, &new)), [""; 0]);
    assert_eq!(lines(&wire_changes(&new, &old)), [""; 0]);
}

fn lines(changes: &[WireChange]) -> Vec<String> {
    let line = |change: &WireChange| {
        let WireChange { severity, kind, direction, operations, .. } = change;
        format!("{severity} {kind} {direction} {}", operations.join(", "))
    };
    changes.iter().map(line).collect()
}

/// Returns a document in which `GET /pets` returns a pet and `POST /pets` accepts one.
fn pets(pet: &str) -> String {
    with_components(&format!("Pet: {pet}"))
}

/// Like [`pets`], with more components.
fn with_components(schemas: &str) -> String {
    let content = "content: { application/json: { schema: { $ref: '#/components/schemas/Pet' } } }";
    format!(
        "
paths:
  /pets:
    get: {{ operationId: get, responses: {{ '200': {{ description: It exists., {content} }} }} }}
    post:
      operationId: post
      requestBody: {{ required: true, {content} }}
      responses: {{ '204': {{ description: Done. }} }}
components: {{ schemas: {{ {schemas} }} }}"
    )
}

/// Returns a document with the operation `GET /pets`, whose description is `operation`.
fn get(operation: &str) -> String {
    format!("paths: {{ /pets: {{ get: {{ operationId: get, {operation} }} }} }}")
}

/// The responses of an operation without a body.
const DONE: &str = "responses: { '204': { description: Done. } }";
