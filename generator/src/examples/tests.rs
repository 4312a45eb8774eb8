//! Examples and their verdicts.

use crate::config::Config;
use crate::diagnostics::{Diagnostics, Source};
use crate::document::Document;
use crate::lower::lower;

/// Returns the examples of a document, as `pointer type verdict`.
fn verdicts_of(text: &str, protojson: bool) -> Vec<String> {
    let config = Config { round_trip: true, protojson, ..Config::default() };
    let mut diagnostics = Diagnostics::new();
    let source = Source { name: "pets.yaml", text };
    let document = Document::load(&source.into(), &[], &mut diagnostics)
        .unwrap_or_else(|| panic!("{}", diagnostics.render(source)));
    let lowering = lower(&document, &config, &mut diagnostics);
    let examples = super::of(&document, &lowering.schema_types, &config);
    examples.iter().map(|it| format!("{} {:?} {:?}", it.pointer, it.ty, it.verdict)).collect()
}

/// Checks the verdicts of the examples of a schema, in a document of the given version.
fn check(version: &str, schema: &str, verdicts: &[&str]) {
    let text = format!(
        "openapi: {version}\ninfo: {{title: Pets, version: '1'}}\ncomponents:\n  schemas:\n    \
         Other: {{type: object, required: [a], properties: {{a: {{type: integer}}}}}}\n    Pet: {schema}"
    );
    let found = verdicts_of(&text, schema.contains("duration"));
    let last: Vec<&str> = found.iter().filter_map(|line| line.rsplit(' ').next()).collect();
    assert_eq!(last, verdicts, "{schema}");
}

#[test]
fn finds_examples_in_all_places() {
    let text = r##"
openapi: 3.0.3
info: {title: Pets, version: '1'}
paths:
  /pets/{id}:
    post:
      operationId: feed
      parameters:
        - {name: id, in: path, required: true, example: 7, schema: {type: integer, example: 8}}
        - name: tags
          in: query
          examples: {few: {value: [a]}, shared: {$ref: '#/components/examples/Tags'}}
          schema: {type: array, items: {type: string, example: b}}
      requestBody:
        content:
          application/json:
            example: {name: Rex, age: 3}
            schema: {$ref: '#/components/schemas/Pet'}
      responses:
        '200':
          description: Fed.
          content: {application/json: {examples: {text: {value: 5}}, schema: {type: string}}}
components:
  examples: {Tags: {value: [c]}}
  schemas:
    Pet:
      type: object
      example: {name: Rex}
      properties:
        name: {type: string, example: null}
        age: {type: integer, format: int32, example: 3}
        example: {type: string, example: a property of that name}
"##;
    let operation = "/paths/~1pets~1{id}/post";
    let integer = "Integer { width: I64, quoted: false }";
    assert_eq!(
        verdicts_of(text, false),
        [
            "/components/schemas/Pet/example Named(TypeId(0)) Valid".to_owned(),
            "/components/schemas/Pet/properties/age/example Integer { width: I32, quoted: false } Valid"
                .to_owned(),
            "/components/schemas/Pet/properties/example/example String Valid".to_owned(),
            format!("{operation}/parameters/0/example {integer} Valid"),
            format!("{operation}/parameters/0/schema/example {integer} Valid"),
            format!("{operation}/parameters/1/examples/few List(String) Valid"),
            format!("{operation}/parameters/1/examples/shared List(String) Valid"),
            format!("{operation}/parameters/1/schema/items/example String Valid"),
            format!("{operation}/requestBody/content/application~1json/example Named(TypeId(0)) Valid"),
            format!("{operation}/responses/200/content/application~1json/examples/text String Invalid"),
        ]
    );
}

#[test]
fn validates_examples_by_document_version() {
    for (version, schema, verdicts) in [
        ("3.1.0", "{type: string, examples: [a, 1]}", &["Valid", "Invalid"][..]),
        ("3.0.3", "{type: integer, minimum: 3, exclusiveMinimum: true, example: 3}", &["Invalid"]),
        ("3.1.0", "{type: integer, exclusiveMinimum: 3, example: 4}", &["Valid"]),
        ("3.0.3", "{type: integer, format: int32, example: 2147483648}", &["Invalid"]),
        ("3.1.0", "{type: number, format: double, example: 2.5}", &["Valid"]),
        ("3.0.3", "{type: string, format: date-time, example: yesterday}", &["Invalid"]),
        ("3.0.3", "{type: string, format: byte, example: 'A==='}", &["Invalid"]),
        ("3.0.3", "{type: string, format: byte, example: 'aGk='}", &["Valid"]),
        ("3.0.3", "{type: string, format: duration, example: 3.5s}", &["Valid"]),
        ("3.0.3", "{type: string, format: colour, example: any}", &["Valid"]),
        (
            "3.1.0",
            "{type: array, prefixItems: [{type: string}, {type: integer}], examples: [[a, 1], [1, a]]}",
            &["Valid", "Invalid"],
        ),
        (
            "3.1.0",
            "{type: [object, 'null'], properties: {a: {type: ['null', string], enum: [x, null]}}, examples: [{a: null}, {a: y}]}",
            &["Valid", "Invalid"],
        ),
        (
            "3.0.3",
            "{type: object, properties: {a: {nullable: true, allOf: [{$ref: '#/components/schemas/Other'}]}}, example: {a: null}}",
            &["Valid"],
        ),
        (
            "3.0.3",
            "{type: object, properties: {a: {$ref: '#/components/schemas/Other'}}, example: {a: {}}}",
            &["Invalid"],
        ),
        (
            "3.1.0",
            "{type: object, properties: {a: {$ref: '#/components/schemas/Other', description: D}}, example: {a: {a: 1}}}",
            &["Valid"],
        ),
        ("3.0.3", "{type: string, pattern: '(', example: a}", &["Unknown"]),
    ] {
        check(version, schema, verdicts);
    }
}
