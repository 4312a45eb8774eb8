//! The loaded document, as lowering sees it.

use openapiv3::{AdditionalProperties, SchemaKind, Type};

use super::*;
use crate::diagnostics::Source;

fn load(body: &str) -> Document {
    load_version("3.1.0", body)
}

#[track_caller]
fn load_version(version: &str, body: &str) -> Document {
    let text = format!("openapi: {version}\ninfo: {{title: Pets, version: '1'}}\n{body}");
    let source = Source { name: "pets.yaml", text: &text };
    let mut diagnostics = Diagnostics::new();
    let document = Document::load(&source.into(), &[], &mut diagnostics);
    document.unwrap_or_else(|| panic!("{}", diagnostics.render(source)))
}

/// Returns the component schema `S`.
fn schema(document: &Document) -> &Schema {
    let at = Pointer::parse("/components/schemas/S");
    document.schema(document.schema_at(&at).expect("`S` exists"), &at).expect("`S` resolves").0
}

fn loaded_schema(schema_text: &str) -> Schema {
    schema(&load(&format!("components: {{schemas: {{S: {schema_text}}}}}"))).clone()
}

#[test]
fn escaped_references_have_the_same_target() {
    let document = load(
        "paths:\n  /pets/{id}~:\n    parameters:\n    - {name: id, in: path, schema: {type: integer}}\n    put:\n      parameters:\n\
         \x20     - $ref: '#/paths/~1pets~1%7Bid%7D~0/parameters/0'\n",
    );
    let target =
        document.target("#/paths/~1pets~1%7Bid%7D~0/parameters/0").expect("the target is in the document");
    assert_eq!(target.as_str(), "/paths/~1pets~1{id}~0/parameters/0");
    assert_eq!(document.target("other.yaml#/paths"), None);

    let (path, item) = document.paths().iter().next().expect("the document has a path");
    let at = Pointer::root().child("paths").child(path);
    let (item, _) = document.path_item(item, &at).expect("the path item resolves");
    let (_, operation) = item.iter().next().expect("the path item has an operation");
    let at_parameter = at.child("put").child("parameters").index(0);
    let (parameter, at_parameter) =
        document.parameter(&operation.parameters[0], &at_parameter).expect("the parameter resolves");
    assert_eq!((parameter.parameter_data_ref().name.as_str(), at_parameter), ("id", target));
}

#[test]
fn examples_that_are_json_in_text_are_read() {
    let schema = loaded_schema("{properties: {a: {}}, example: '{\"a\": [1]}'}");
    assert_eq!(schema.schema_data.example, Some(json!({"a": [1]})));
}

#[test]
fn operations_have_every_method() {
    let text = "paths:\n  /a:\n    additionalOperations: {COPY: {}, get: {}}\n    query: {operationId: q}\n    put: {}\n";
    let document = load_version("3.2.0", text);
    let at = Pointer::parse("/paths/~1a");
    let (item, _) = document.path_item(&document.paths()["/a"], &at).expect("the path item resolves");
    let found: Vec<_> = item.iter().map(|(it, _)| format!("{} {}", it.name(), it.location(&at))).collect();
    let additional = "/paths/~1a/additionalOperations";
    assert_eq!(
        found,
        [
            "PUT /paths/~1a/put".to_owned(),
            "QUERY /paths/~1a/query".to_owned(),
            format!("COPY {additional}/COPY"),
            format!("get {additional}/get"),
        ]
    );
    assert_eq!(document.to_value()["paths"]["/a"]["query"]["operationId"], "q");
}

#[test]
fn chains_of_references_are_followed() {
    let document = load(
        "components:\n  responses:\n    A: {$ref: '#/components/responses/B'}\n    B: {$ref: '#/components/x-responses/C'}\n\
         \x20 x-responses: {C: {description: the end, content: {text/plain: {schema: {const: a}}}}}\n",
    );
    let at = Pointer::parse("/components/responses/A");
    let components = document.openapi().components.as_ref().expect("the document has components");
    let (response, at) = document.response(&components.responses["A"], &at).expect("the response resolves");
    assert_eq!((response.description.as_str(), at.as_str()), ("the end", "/components/x-responses/C"));
    let schema = response.content["text/plain"]
        .schema
        .as_ref()
        .and_then(ReferenceOr::as_item)
        .expect("the schema is inline");
    assert!(matches!(&schema.schema_kind, SchemaKind::Any(any) if any.enumeration == ["a"]), "{schema:?}");
}

#[test]
fn targets_outside_the_components_are_found() {
    let document = load(
        "paths:\n  /pets:\n    get:\n      responses:\n        200:\n          description: good\n          content:\n\
         \x20           application/json: {schema: {items: {type: [integer, 'null']}}}\n\
         components:\n  schemas:\n    S: {$ref: '#/components/schemas/T/$defs/U'}\n    T: {$defs: {U: {type: boolean}}}\n\
         \x20   V: {$ref: '#/paths/~1pets/get/responses/200/content/application~1json/schema/items'}\n",
    );
    assert!(matches!(schema(&document).schema_kind, SchemaKind::Type(Type::Boolean(_))));
    let items = "#/paths/~1pets/get/responses/200/content/application~1json/schema/items";
    let at = document.target(items).expect("the target is in the document");
    let items = document
        .schema_at(&at)
        .and_then(ReferenceOr::as_item)
        .expect("the schema is the target of a reference");
    assert!(items.schema_data.nullable && matches!(items.schema_kind, SchemaKind::Type(Type::Integer(_))));
    assert!(document.schema_at(&Pointer::parse("/components/schemas/T/$defs/W")).is_none());
}

#[test]
fn a_reference_finds_a_moved_schema() {
    let document = load(
        "components:\n  schemas:\n    S: {$ref: '#/components/schemas/T/oneOf/1/properties/a'}\n\
         \x20   T: {oneOf: [{type: 'null'}, {properties: {a: {type: string}}}]}\n",
    );
    let at = document
        .target("#/components/schemas/T/oneOf/1/properties/a")
        .expect("the target is in the document");
    assert_eq!(at.as_str(), "/components/schemas/T/allOf/0/properties/a");
    assert_eq!(document.original(&at).as_str(), "/components/schemas/T/oneOf/1/properties/a");
    assert!(matches!(schema(&document).schema_kind, SchemaKind::Type(Type::String(_))));
}

#[test]
fn an_operation_inherits_parameters_of_its_path() {
    let document = load(
        "paths:\n  /pets/{id}:\n    parameters:\n    - {name: id, in: path, schema: {}}\n    - {name: limit, in: query, schema: {}}\n\
         \x20   - {name: gone, in: path, schema: {}}\n    get:\n      parameters:\n      - {name: LIMIT, in: header, schema: {}}\n\
         \x20     - {name: limit, in: header, schema: {}}\n      - {name: limit, in: query, schema: {}}\n  /dogs/{id}: {get: {}}\n",
    );
    let parameters = |path: &str| {
        let at = Pointer::root().child("paths").child(path);
        let (item, at) = document.path_item(&document.paths()[path], &at).expect("the path item resolves");
        let (_, operation) = item.iter().next().expect("the path item has a `get`");
        let parameters = document.parameters(path, (item, &at), (operation, &at.child("get")));
        let shown = |(parameter, at): (&openapiv3::Parameter, Pointer)| {
            let end = at.as_str().rsplit("}/").next().unwrap_or_default();
            format!("{} at {end}", parameter.parameter_data_ref().name)
        };
        parameters.into_iter().map(shown).collect::<Vec<_>>().join(", ")
    };
    assert_eq!(
        parameters("/pets/{id}"),
        "id at parameters/0, limit at get/parameters/2, LIMIT at get/parameters/0"
    );
    assert_eq!(parameters("/dogs/{id}"), "id at get/parameters/0", "an undeclared parameter is added");
}

#[test]
fn slashes_are_added_and_webhooks_are_kept() {
    let document = load(
        "paths: {pets: {get: {}}, x-note: 1}\nwebhooks: {new: {$ref: '#/components/pathItems/New'}}\n\
         components: {pathItems: {New: {post: {operationId: new}}}}\n",
    );
    assert_eq!(document.paths().keys().collect::<Vec<_>>(), ["/pets"]);
    assert_eq!(document.original(&Pointer::parse("/paths/~1pets/get")).as_str(), "/paths/pets/get");
    let (item, at) = document
        .path_item(&document.webhooks()["new"], &Pointer::parse("/webhooks/new"))
        .expect("the webhook resolves");
    assert_eq!(at.as_str(), "/components/pathItems/New");
    let ids: Vec<_> =
        item.iter().map(|(method, post)| (method.name(), post.operation_id.as_deref())).collect();
    assert_eq!(ids, [("POST", Some("new"))]);
}

#[test]
fn callbacks_move_with_their_path() {
    let callbacks = "callbacks: {done: {'{$request.body#/url}': {post: {callbacks: {inner: {}}}}}}";
    let document = load(&format!(
        "paths: {{pets: {{get: {{{callbacks}}}, put: {{{callbacks}}}}}, /pets: {{put: {{}}}}, other: {{get: {{{callbacks}}}}}}}"
    ));
    let names =
        |at: &str| document.callbacks(&Pointer::parse(at)).map(|(name, _)| name.as_str()).collect::<Vec<_>>();
    assert_eq!(names("/paths/~1pets/get"), ["done"]);
    assert_eq!(names("/paths/~1pets/get/callbacks/done/{$request.body#~1url}/post"), ["inner"]);
    assert_eq!(names("/paths/~1other/get"), ["done"]);
    // The other path has the operation already.
    assert_eq!(names("/paths/~1pets/put"), [""; 0]);
}

#[test]
fn a_mapping_target_is_a_name_or_a_reference() {
    let document = load("components: {schemas: {S: {}, a.b: {}}}");
    let target = |value| document.mapping_target(value).map(|at| at.to_string());
    assert_eq!(target("a.b").as_deref(), Some("/components/schemas/a.b"));
    assert_eq!(target("#/components/schemas/a.b").as_deref(), Some("/components/schemas/a.b"));
    assert_eq!(target("T"), None);
    assert_eq!(target("#/components/schemas/T"), None);
}

#[test]
fn a_document_with_an_error_is_not_lowered() {
    let loads = |schema: &str| {
        let text = format!("openapi: 3.1.0\ncomponents: {{schemas: {{A: {schema}}}}}");
        let mut diagnostics = Diagnostics::new();
        let document =
            Document::load(&Source { name: "pets.yaml", text: &text }.into(), &[], &mut diagnostics);
        assert!(!diagnostics.is_empty());
        document.is_some()
    };
    assert!(loads("{$ref: '#/components/schemas/B'}"));
    assert!(!loads("{$ref: 5}"));
}

#[test]
fn null_and_never_are_recognized() {
    assert!(is_only_null(&loaded_schema("{type: 'null'}")));
    assert!(is_only_null(&loaded_schema("{oneOf: [{const: null}], description: D}")));
    assert!(!is_only_null(&loaded_schema("{enum: [a, null]}")));
    assert!(is_never(&loaded_schema("false")));
    assert!(!is_never(&loaded_schema("true")));
    assert!(!is_never(&loaded_schema("{not: {type: string}}")));
}

#[test]
fn subschemas_are_kept_in_every_kind_of_schema() {
    let object =
        loaded_schema("{type: object, properties: {b: {}, a: {}}, additionalProperties: {type: string}}");
    let SchemaKind::Type(Type::Object(object)) = object.schema_kind else { panic!("{object:?}") };
    assert_eq!(object.properties.keys().collect::<Vec<_>>(), ["b", "a"]);
    assert!(matches!(object.additional_properties, Some(AdditionalProperties::Schema(_))));

    let any = loaded_schema(
        "{type: object, properties: {a: {}}, additionalProperties: false, items: {}, oneOf: [{}, {}], anyOf: [{}], allOf: [{}], not: {type: string}}",
    );
    let SchemaKind::Any(any) = any.schema_kind else { panic!("{any:?}") };
    assert_eq!((any.properties.len(), any.one_of.len(), any.any_of.len(), any.all_of.len()), (1, 2, 1, 1));
    assert_eq!(any.additional_properties, Some(AdditionalProperties::Any(false)));
    assert!(matches!(any.items, Some(ReferenceOr::Item(_))));
    assert!(matches!(any.not.as_deref(), Some(ReferenceOr::Item(_))));

    for (text, is_kind) in [
        (
            "{type: array, items: {}}",
            (|kind| matches!(kind, SchemaKind::Type(Type::Array(_)))) as fn(&SchemaKind) -> bool,
        ),
        ("{oneOf: [{}, {}]}", |kind| matches!(kind, SchemaKind::OneOf { one_of } if one_of.len() == 2)),
        ("{anyOf: [{}]}", |kind| matches!(kind, SchemaKind::AnyOf { any_of } if any_of.len() == 1)),
        ("{allOf: [{}]}", |kind| matches!(kind, SchemaKind::AllOf { all_of } if all_of.len() == 1)),
        ("{not: {type: string}}", |kind| matches!(kind, SchemaKind::Not { .. })),
    ] {
        let schema = loaded_schema(text);
        assert!(is_kind(&schema.schema_kind), "{text}: {schema:?}");
    }
}

#[test]
fn odd_values_are_no_error() {
    for text in [
        "{type: integer, minimum: 0.5, maximum: 18446744073709551615, multipleOf: 1.0}",
        "{type: integer, maximum: 1e300, minimum: -9223372036854775808, enum: [1.5, 18446744073709551615]}",
        "{type: number, minimum: 123456789012345678901234567890}",
        "{type: string, maxLength: 18446744073709551615, minLength: 1.0}",
        "{type: string, maxLength: 1e300, minLength: -1, pattern: 5, format: null}",
        "{type: [boolean, 'null'], enum: [true, null], default: null, example: null}",
        "{properties: null, required: null, items: null, allOf: null, additionalProperties: null, discriminator: null}",
        "{type: array, items: [{type: string}], minItems: null, uniqueItems: 'true'}",
        "{type: object, properties: {a: null}, required: [a, 1, null]}",
        "{xml: 1, externalDocs: 1, title: [a], deprecated: 0, readOnly: null}",
    ] {
        loaded_schema(text);
    }
}

#[test]
fn a_deeply_nested_schema_can_be_loaded() {
    // This must fit in a stack of 2 MB, the default for threads.
    let depth = 124;
    let nested = format!("{}{{type: string}}{}", "{items: ".repeat(depth), "}".repeat(depth));
    let text = format!("openapi: 3.1.0\npaths: {{}}\ncomponents: {{schemas: {{S: {nested}}}}}");
    let mut diagnostics = Diagnostics::new();
    assert!(
        Document::load(&Source { name: "deep", text: &text }.into(), &[], &mut diagnostics).is_some(),
        "{diagnostics:?}"
    );
}

#[test]
fn two_paths_to_one_schema_are_not_a_cycle() {
    load(
        "components:\n  schemas:\n    S: {oneOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/B'}]}\n\
         \x20   A: {allOf: [{$ref: '#/components/schemas/C'}]}\n    B: {allOf: [{$ref: '#/components/schemas/C'}]}\n\
         \x20   C: {properties: {s: {$ref: '#/components/schemas/S'}}}\n",
    );
    let text = "openapi: 3.1.0\ncomponents: {schemas: {A: {allOf: [{$ref: '#/components/schemas/B'}, {$ref: '#/components/schemas/B'}]}, B: {}}}";
    assert!(!crate::check(Source { name: "pets.yaml", text }, &crate::Config::default()).has_errors());
}

#[test]
fn a_long_chain_of_references_is_not_a_cycle() {
    let links: String = (0..20_000)
        .map(|link| format!("    S{link}: {{$ref: '#/components/schemas/S{}'}}\n", link + 1))
        .collect();
    let document = load(&format!(
        "components:\n  schemas:\n{links}    S20000: {{type: boolean}}\n    S: {{$ref: '#/components/schemas/S0'}}\n"
    ));
    assert!(matches!(schema(&document).schema_kind, SchemaKind::Type(Type::Boolean(_))));
}
