//! Documents of several files before and after bundling.

use std::collections::BTreeMap;

use serde_json::json;

use super::*;
use crate::diagnostics::{Code, Source};

/// Bundles a document with its files, compares the result, and returns the original locations of its values.
#[track_caller]
fn check(document: &str, files: &[(&str, &str)], expected: &str) -> Moves {
    let (value, moves, diagnostics) = bundled(document, files);
    let expected: Value = serde_yaml::from_str(expected).expect("the expectation is YAML");
    let value = serde_yaml::to_string(&value).expect("it is YAML");
    let expected = serde_yaml::to_string(&expected).expect("it is YAML");
    assert_eq!(value, expected, "{value}\nshould be\n{expected}");
    assert!(!diagnostics.has_errors(), "{diagnostics:?}");
    moves
}

fn bundled(document: &str, files: &[(&str, &str)]) -> (Value, Moves, Diagnostics) {
    let document: Value = serde_yaml::from_str(document).expect("the document is YAML");
    let Value::Object(fields) = document else { panic!("{document}") };
    let files: BTreeMap<String, &str> =
        files.iter().map(|(path, text)| ((*path).to_owned(), *text)).collect();
    let sources =
        Sources { document: Source { name: "api/pets.yaml", text: "" }, files: &files, config: None };
    let mut diagnostics = Diagnostics::new();
    let (fields, moves) = bundle(fields, &sources, &mut diagnostics);
    (Value::Object(fields), moves, diagnostics)
}

fn original(moves: &Moves, at: &str) -> String {
    moves.original(&Pointer::parse(at)).reference()
}

#[test]
fn the_target_in_a_file_becomes_a_component() {
    let moves = check(
        "paths: {/pets: {get: {responses: {200: {content: {a/b: {schema: {$ref: ./schemas/pet.yaml}}}}}}}}",
        &[("schemas/pet.yaml", "properties: {owner: {$ref: '../common.json#/Owner'}}"), ("common.json", "{\"Owner\": {\"type\": \"string\"}}")],
        "paths: {/pets: {get: {responses: {200: {content: {a/b: {schema: {$ref: '#/components/schemas/pet'}}}}}}}}
components: {schemas: {
  pet: {properties: {owner: {$ref: '#/components/schemas/Owner'}}},
  Owner: {type: string}}}",
    );
    assert_eq!(original(&moves, "/components/schemas/pet/properties"), "schemas/pet.yaml#/properties");
    assert_eq!(original(&moves, "/components/schemas/Owner/type"), "common.json#/Owner/type");
    assert_eq!(original(&moves, "/paths/~1pets"), "#/paths/~1pets");
}

#[test]
fn components_are_added_to_the_section_of_their_kind() {
    check(
        "paths:
  /pets: {$ref: paths/pets.yaml}
",
        &[
            ("paths/pets.yaml", "parameters: [{$ref: '../all.yaml#/limit'}]
put: {requestBody: {$ref: ../all.yaml#/body}, responses: {200: {$ref: ../all.yaml#/ok}}}"),
            ("all.yaml", "limit: {name: limit, in: query}
body: {content: {}}
ok: {headers: {H: {$ref: '#/head'}}}
head: {schema: {type: string}}"),
        ],
        "paths:
  /pets: {$ref: '#/components/pathItems/pets'}
components:
  responses: {ok: {headers: {H: {$ref: '#/components/headers/head'}}}}
  parameters: {limit: {name: limit, in: query}}
  requestBodies: {body: {content: {}}}
  headers: {head: {schema: {type: string}}}
  pathItems:
    pets:
      parameters: [{$ref: '#/components/parameters/limit'}]
      put: {requestBody: {$ref: '#/components/requestBodies/body'}, responses: {200: {$ref: '#/components/responses/ok'}}}",
    );
}

#[test]
fn equivalent_paths_are_one_component() {
    check(
        "components: {x: {}, schemas: {A: {items: {$ref: b/c.yaml}}, B: {items: {$ref: ./b//../b/c.yaml#}}, C: {items: {$ref: b/%63.yaml#/}}}}",
        &[("b/c.yaml", "{type: string, '': {}}")],
        "components: {x: {}, schemas: {A: {items: {$ref: '#/components/schemas/c_1'}}, B: {items: {$ref: '#/components/schemas/c_1'}}, C: {items: {$ref: '#/components/schemas/c_2'}}, c_1: {type: string, '': {$ref: ''}}, c_2: {}}}".replace("{$ref: ''}", "{}").as_str(),
    );
}

#[test]
fn an_alias_component_keeps_its_name() {
    let moves = check(
        "components: {schemas: {Pet: {$ref: p.yaml}, Same: {$ref: ./p.yaml}, Said: {$ref: q.yaml, description: D}}}",
        &[
            ("p.yaml", "items: {$ref: p.yaml}"),
            ("q.yaml", "items: {$ref: pets.yaml#/components/schemas/Pet}"),
        ],
        "components: {schemas: {
  Pet: {items: {$ref: '#/components/schemas/Pet'}},
  Same: {$ref: '#/components/schemas/Pet'},
  Said: {$ref: '#/components/schemas/q', description: D},
  q: {items: {$ref: '#/components/schemas/Pet'}}}}",
    );
    assert_eq!(original(&moves, "/components/schemas/Pet/items"), "p.yaml#/items");
}

#[test]
fn an_index_file_is_followed() {
    check(
        "components: {schemas: {A: {items: {$ref: schemas/_index.yaml#/Pet}}, B: {items: {$ref: schemas/pet.yaml}}}}",
        &[("schemas/_index.yaml", "Pet: {$ref: ./pet.yaml}"), ("schemas/pet.yaml", "type: string")],
        "components: {schemas: {A: {items: {$ref: '#/components/schemas/pet'}}, B: {items: {$ref: '#/components/schemas/pet'}}, pet: {type: string}}}",
    );
}

#[test]
fn files_can_refer_to_each_other() {
    check(
        "components: {schemas: {Tree: {items: {$ref: a.yaml}}}}",
        &[
            ("a.yaml", "properties: {b: {$ref: b.yaml}}"),
            ("b.yaml", "properties: {a: {$ref: a.yaml}, self: {$ref: '#'}}"),
        ],
        "components: {schemas: {Tree: {items: {$ref: '#/components/schemas/a'}},
  a: {properties: {b: {$ref: '#/components/schemas/b'}}},
  b: {properties: {a: {$ref: '#/components/schemas/a'}, self: {$ref: '#/components/schemas/b'}}}}}",
    );
}

#[test]
fn a_component_inside_a_component_is_imported_once() {
    let moves = check(
        "components: {schemas: {Pet: {items: {$ref: p.yaml}}}}",
        &[("p.yaml", "properties: {owner: {$ref: '#/definitions/Owner'}, home: {type: object}, at: {$ref: '#/properties/home'}}\ndefinitions: {Owner: {items: {$ref: '#'}}}")],
        "components: {schemas: {Pet: {items: {$ref: '#/components/schemas/p'}},
  p: {properties: {owner: {$ref: '#/components/schemas/Owner'}, home: {$ref: '#/components/schemas/home'}, at: {$ref: '#/components/schemas/home'}},
      definitions: {Owner: {$ref: '#/components/schemas/Owner'}}},
  Owner: {items: {$ref: '#/components/schemas/p'}},
  home: {type: object}}}",
    );
    assert_eq!(original(&moves, "/components/schemas/Owner/items"), "p.yaml#/definitions/Owner/items");
}

#[test]
fn references_that_openapi_does_not_allow_are_replaced_by_their_targets() {
    let moves = check(
        "paths: {$ref: paths.yaml}
info: {description: {$ref: about.md}}
components: {$ref: components.yaml}",
        &[
            ("paths.yaml", "/pets: {get: {$ref: list.yaml, summary: S}}"),
            ("list.yaml", "summary: T\nresponses: {200: {$ref: components.yaml#/responses/ok}}\nparameters: {$ref: components.yaml#/x}"),
            ("about.md", "# All: about"),
            ("components.yaml", "schemas: {Pet: {items: {$ref: '#/schemas/Pet'}}, Dog: {$ref: dog.yaml}}
responses: {ok: {content: {a/b: {schema: {$ref: pets.yaml#/components/schemas/Dog}}}}}
x: [{$ref: p.yaml}]"),
            ("dog.yaml", "type: string"),
            ("p.yaml", "name: p"),
        ],
        "paths: {/pets: {get: {summary: S, responses: {200: {$ref: '#/components/responses/ok'}}, parameters: [{$ref: '#/components/parameters/p'}]}}}
info: {description: '# All: about'}
components:
  schemas: {Pet: {items: {$ref: '#/components/schemas/Pet'}}, Dog: {type: string}}
  responses: {ok: {content: {a/b: {schema: {$ref: '#/components/schemas/Dog'}}}}}
  x: [{$ref: '#/components/parameters/p'}]
  parameters: {p: {name: p}}",
    );
    assert_eq!(original(&moves, "/paths/~1pets/get/responses"), "list.yaml#/responses");
    assert_eq!(original(&moves, "/paths/~1pets/get/summary"), "paths.yaml#/~1pets/get/summary");
    assert_eq!(original(&moves, "/paths/~1pets/get/parameters/0"), "components.yaml#/x/0");
    assert_eq!(original(&moves, "/components/schemas/Dog/type"), "dog.yaml#/type");
}

#[test]
fn a_discriminator_can_map_to_files() {
    check(
        "components: {schemas: {Pet: {discriminator: {propertyName: k, mapping: {c: cat.yaml, d: Dog, e: './all.yaml#/E'}}}, Dog: {}}}",
        &[("cat.yaml", "discriminator: {propertyName: k, mapping: {d: pets.yaml#/components/schemas/Dog, n: '#/nowhere'}}"),
          ("all.yaml", "E: {discriminator: {propertyName: k, mapping: {e: E, x: Dog}}}\ncomponents: {schemas: {E: {}}}")],
        "components: {schemas: {Pet: {discriminator: {propertyName: k, mapping: {c: '#/components/schemas/cat', d: Dog, e: '#/components/schemas/E_1'}}}, Dog: {},
  cat: {discriminator: {propertyName: k, mapping: {d: '#/components/schemas/Dog', n: 'cat.yaml#/nowhere'}}},
  E_1: {discriminator: {propertyName: k, mapping: {e: '#/components/schemas/E_2', x: Dog}}},
  E_2: {}}}",
    );
}

#[test]
fn schemas_are_found_by_anchor_and_id() {
    check(
        "components: {schemas: {
  A: {$anchor: a}, B: {items: {$ref: '#a'}}, C: {$id: 'https://example.com/c', $defs: {D: {$anchor: d}}},
  E: {items: {$ref: 'https://example.com/c'}}, F: {items: {$ref: 'https://example.com/c#/$defs/D'}}, G: {items: {$ref: o.yaml#o}}}}",
        &[("o.yaml", "$defs: {O: {$anchor: o}}")],
        "components: {schemas: {
  A: {$anchor: a}, B: {items: {$ref: '#/components/schemas/A'}}, C: {$id: 'https://example.com/c', $defs: {D: {$anchor: d}}},
  E: {items: {$ref: '#/components/schemas/C'}}, F: {items: {$ref: '#/components/schemas/C/$defs/D'}}, G: {items: {$ref: '#/components/schemas/O'}},
  O: {$anchor: o}}}",
    );
}

#[test]
fn the_uri_of_a_file_is_known_whatever_the_order_of_the_references() {
    // `u.yaml` is read for the reference of `Path`. The other references lead to it by its URI.
    let files = [
        ("u.yaml", "{$self: 'https://example.com/u', U: {type: string}}"),
        ("v.yaml", "{$self: 'https://example.com/v', V: {items: {$ref: 'u#/U'}}}"),
        ("a.yaml", "{$self: 'https://example.com/twice', T: {type: object}}"),
        ("b.yaml", "{$self: 'https://example.com/twice', T: {type: array}}"),
    ];
    let schemas = [
        "ByUri: {items: {$ref: 'https://example.com/u#/U'}}",
        "ByBase: {items: {$ref: 'v.yaml#/V'}}",
        "Path: {items: {$ref: 'u.yaml#/U'}}",
        "B: {items: {$ref: b.yaml#/T}}",
        "Twice: {items: {$ref: 'https://example.com/twice#/T'}}",
        "A: {items: {$ref: a.yaml#/T}}",
    ];
    let of = |schemas: &[&str]| {
        let document = format!("components: {{schemas: {{{}}}}}", schemas.join(", "));
        let (value, _, diagnostics) = bundled(&document, &files);
        assert!(diagnostics.is_empty(), "{diagnostics:?}");
        value
    };
    let mut reversed = schemas;
    reversed.reverse();
    let (one, other) = (of(&schemas), of(&reversed));
    // Targets are named in the order of the references, so compare what the references lead to.
    for (schema, expected) in [
        ("ByUri", json!({"type": "string"})),
        ("Path", json!({"type": "string"})),
        ("Twice", json!({"type": "object"})),
        ("A", json!({"type": "object"})),
        ("B", json!({"type": "array"})),
    ] {
        for value in [&one, &other] {
            let target = value["components"]["schemas"][schema]["items"]["$ref"].as_str();
            let target = target.and_then(|target| value.pointer(target.strip_prefix('#')?));
            assert_eq!(target, Some(&expected), "{schema} in {value}");
        }
    }
    let nested = |value: &Value| value["components"]["schemas"]["V"]["items"]["$ref"].clone();
    assert_eq!(
        (nested(&one), nested(&other)),
        (json!("#/components/schemas/U"), json!("#/components/schemas/U"))
    );
}

#[test]
fn a_file_that_only_an_example_refers_to_has_no_findings() {
    let files = [("u.yaml", "{$self: 'https://example.com/u', U: {type: string}}"), ("broken.yaml", "{")];
    let document = "components: {schemas: {
  A: {example: {$ref: broken.yaml}, items: {$ref: 'https://example.com/u#/U'}},
  B: {items: {$ref: u.yaml#/U}}}}";
    let (value, _, diagnostics) = bundled(document, &files);
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    assert_eq!(value["components"]["schemas"]["A"]["items"]["$ref"], json!("#/components/schemas/U"));
}

#[test]
fn a_document_of_one_file_is_unchanged() {
    let document = "paths: {/pets: {$ref: '#/x/y'}}\nx: {y: {get: {}}}\ncomponents: {schemas: {A: {$ref: '#/nowhere', example: {$ref: b.yaml}}}}";
    let (value, moves, diagnostics) = bundled(document, &[]);
    let before: Value = serde_yaml::from_str(document).expect("the document is YAML");
    assert_eq!(value, before);
    assert_eq!(original(&moves, "/paths"), "#/paths");
    assert!(diagnostics.is_empty());
}

#[test]
fn inclusions_are_limited() {
    let files: Vec<(String, String)> = (0..40)
        .map(|number| {
            let next = number + 1;
            let inner = format!("{{properties: {{$ref: {next}.yaml}}}}");
            (format!("{number}.yaml"), format!("{{a: {inner}, b: {inner}, c: {inner}}}"))
        })
        .collect();
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let (_, _, diagnostics) = bundled("components: {schemas: {$ref: 0.yaml}}", &files);
    assert!(diagnostics.iter().any(|found| found.code == Code::TooLarge), "{diagnostics:?}");

    let circle = "paths: {/a: {get: {$ref: '#/paths/~1a'}}, /b: {$ref: '#/paths'}}";
    let (value, ..) = bundled(circle, &[]);
    assert!(
        value.pointer("/paths/~1a/get/get/$ref").is_some_and(|text| *text == json!("#/paths/~1a")),
        "{value}"
    );
}
