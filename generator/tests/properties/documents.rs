//! Random documents with many constructs and difficult names.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Map, Value, json};

const NAMES: &[&str] = &[
    "a",
    "b",
    "id",
    "kind",
    "Pet",
    "pet",
    "PET",
    "user-id",
    "user_id",
    "userId",
    "x.y.Pet",
    "a b",
    "type",
    "Self",
    "self",
    "crate",
    "async",
    "r#type",
    "String",
    "Vec",
    "Option",
    "Unknown",
    "unknown_fields",
    "1st",
    "_",
    "",
    " ",
    "$ref",
    "@type",
    "x-note",
    "get",
    "été",
    "ß",
    "日本",
    "🦀",
    "\u{202e}",
    "\u{0}",
    "\n",
    "\"",
    "'",
    "\\",
    "/",
    "//",
    "*/",
    "#!",
    "~1",
    "%7B",
    "{}",
    "{a}",
    "}",
    "\"; fn main() {}",
    "```",
    "default",
    "with_a",
    "as_a",
    "Box",
    "Client",
    "Error",
    "mod",
    "con",
    "-",
    "+1",
    "a_very_long_name_a_very_long_name_a_very_long_name_a_very_long_name_a_very_long_name_a_very_long_name_a_very_long_name",
];

const FORMATS: &[&str] = &[
    "int32",
    "int64",
    "uint32",
    "uint64",
    "float",
    "double",
    "date",
    "date-time",
    "uuid",
    "byte",
    "binary",
    "decimal",
    "duration",
    "",
    "no such format",
];

const MEDIA_TYPES: &[&str] = &[
    "application/json",
    "application/problem+json",
    "text/plain",
    "application/octet-stream",
    "multipart/form-data",
    "application/x-www-form-urlencoded",
    "*/*",
    "",
    "nonsense",
];

/// Names of schemas, properties and other things.
pub(crate) fn name() -> impl Strategy<Value = String> {
    prop_oneof![8 => select(NAMES).prop_map(str::to_owned), 1 => ".{0,6}"]
}

/// Arbitrary JSON values.
pub(crate) fn data() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        name().prop_map(Value::from),
        vec(name(), 0..3).prop_map(Value::from),
        name().prop_map(|name| json!({ name: {} })),
    ]
}

/// Returns an object with the fields that have a value.
fn object(fields: impl IntoIterator<Item = (&'static str, Option<Value>)>) -> Value {
    let fields = fields.into_iter().filter_map(|(key, value)| Some((key.to_owned(), value?)));
    Value::Object(fields.collect())
}

fn map<V: Strategy<Value = Value>>(values: V, count: usize) -> impl Strategy<Value = Value> {
    vec((name(), values), 0..=count).prop_map(|fields| Value::Object(fields.into_iter().collect()))
}

/// References to the nth component of a section, which [`name_references`] resolves.
fn reference(section: &'static str) -> impl Strategy<Value = Value> {
    (0..6_usize).prop_map(move |index| json!({ "$ref": format!("{section} {index}") }))
}

fn scalar() -> impl Strategy<Value = Value> {
    let ty = select(&["string", "integer", "number", "boolean", "null", "array", "object"][..]);
    let types = prop_oneof![
        4 => ty.clone().prop_map(Value::from),
        1 => vec(ty, 1..3).prop_map(Value::from),
    ];
    let format = option::of(select(FORMATS).prop_map(Value::from));
    let default = option::weighted(0.2, data());
    (types, format, option::weighted(0.2, data()), default).prop_map(|(ty, format, bound, default)| {
        let fields = [("type", Some(ty)), ("format", format), ("default", default)];
        object(fields.into_iter().chain([("minimum", bound.filter(Value::is_number))]))
    })
}

fn values() -> impl Strategy<Value = Value> {
    prop_oneof![
        vec(data(), 0..4).prop_map(|values| json!({ "enum": values })),
        vec(name(), 1..5).prop_map(|values| json!({ "type": "string", "enum": values })),
        data().prop_map(|value| json!({ "const": value })),
    ]
}

/// Schemas.
pub(crate) fn schema() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        3 => scalar(),
        2 => values(),
        4 => reference("schemas"),
        1 => any::<bool>().prop_map(Value::from),
        1 => Just(json!({})),
    ];
    leaf.prop_recursive(4, 40, 5, |inner| {
        let list = vec(inner.clone(), 0..4).prop_map(Value::from);
        let properties = map(inner.clone(), 4);
        let rest = option::of(prop_oneof![any::<bool>().prop_map(Value::from), inner.clone()]);
        let required = option::of(vec(name(), 0..3).prop_map(Value::from));
        let structure = (properties, required, rest, option::weighted(0.2, any::<bool>())).prop_map(
            |(properties, required, rest, nullable)| {
                object([
                    ("type", Some(json!("object"))),
                    ("properties", Some(properties)),
                    ("required", required),
                    ("additionalProperties", rest),
                    ("nullable", nullable.map(Value::from)),
                ])
            },
        );
        let keyword = select(&["oneOf", "anyOf", "allOf", "prefixItems"][..]);
        let discriminator = option::weighted(0.3, (name(), map(reference("schemas"), 2)));
        let composed = (keyword, list, discriminator).prop_map(|(keyword, list, discriminator)| {
            let discriminator = discriminator.map(|(property, mapping)| {
                let texts = mapping.as_object().into_iter().flatten();
                let mapping: Map<String, Value> =
                    texts.map(|(key, target)| (key.clone(), target["$ref"].clone())).collect();
                json!({ "propertyName": property, "mapping": mapping })
            });
            object([(keyword, Some(list)), ("discriminator", discriminator)])
        });
        let single = select(&["items", "not", "additionalProperties", "if", "contains", "propertyNames"][..]);
        let wrapped = (single, inner.clone()).prop_map(|(keyword, inner)| object([(keyword, Some(inner))]));
        let array = inner.clone().prop_map(|inner| json!({ "type": "array", "items": inner }));
        let documented = (inner, name(), name()).prop_map(|(schema, title, description)| match schema {
            Value::Object(mut fields) => {
                fields.insert("title".to_owned(), title.into());
                fields.insert("description".to_owned(), description.into());
                Value::Object(fields)
            }
            other => other,
        });
        prop_oneof![4 => structure, 3 => composed, 1 => wrapped, 2 => array, 1 => documented]
    })
}

fn content() -> impl Strategy<Value = Value> {
    let media = schema().prop_map(|schema| json!({ "schema": schema }));
    vec((select(MEDIA_TYPES), media), 1..3).prop_map(|media| {
        Value::Object(media.into_iter().map(|(name, media)| (name.to_owned(), media)).collect())
    })
}

fn parameter() -> impl Strategy<Value = Value> {
    let location = select(&["query", "path", "header", "cookie"][..]);
    let style = option::of(select(&["form", "simple", "label", "deepObject", "spaceDelimited", "no"][..]));
    let inline = (name(), location, any::<bool>(), style, option::of(any::<bool>()), schema()).prop_map(
        |(name, location, required, style, explode, schema)| {
            object([
                ("name", Some(name.into())),
                ("in", Some(location.into())),
                ("required", Some(required.into())),
                ("style", style.map(Value::from)),
                ("explode", explode.map(Value::from)),
                ("schema", Some(schema)),
            ])
        },
    );
    prop_oneof![4 => inline, 1 => reference("parameters")]
}

fn response() -> impl Strategy<Value = Value> {
    let inline = (
        name(),
        option::of(content()),
        option::of(map(schema().prop_map(|schema| json!({ "schema": schema })), 2)),
    )
        .prop_map(|(description, content, headers)| {
            object([("description", Some(description.into())), ("content", content), ("headers", headers)])
        });
    // Error enums need components.
    let component = reference("schemas").prop_map(
        |schema| json!({ "description": "", "content": { "application/json": { "schema": schema } } }),
    );
    prop_oneof![4 => inline, 2 => component, 1 => reference("responses")]
}

fn operation() -> impl Strategy<Value = Value> {
    let status =
        select(&["200", "201", "204", "2XX", "404", "4XX", "500", "default", "x-note", "teapot"][..]);
    let responses = vec((status, response()), 0..4).prop_map(|responses| {
        Value::Object(responses.into_iter().map(|(status, response)| (status.to_owned(), response)).collect())
    });
    let parameters = vec(parameter(), 0..4).prop_map(Value::from);
    let body = option::of((content(), any::<bool>()))
        .prop_map(|body| body.map(|(content, required)| json!({ "content": content, "required": required })));
    let tags = option::of(vec(name(), 0..2).prop_map(Value::from));
    let security = option::weighted(0.2, vec(name().prop_map(|name| json!({ name: [] })), 0..2));
    (option::of(name()), tags, parameters, body, responses, option::of(name()), security).prop_map(
        |(id, tags, parameters, body, responses, description, security)| {
            object([
                ("operationId", id.map(Value::from)),
                ("tags", tags),
                ("parameters", Some(parameters)),
                ("requestBody", body),
                ("responses", Some(responses)),
                ("description", description.map(Value::from)),
                ("security", security.map(Value::from)),
            ])
        },
    )
}

fn path() -> impl Strategy<Value = String> {
    let segment = prop_oneof![2 => name(), 2 => name().prop_map(|name| format!("{{{name}}}"))];
    vec(segment, 0..3).prop_map(|segments| format!("/{}", segments.join("/")))
}

fn path_item() -> impl Strategy<Value = Value> {
    let methods = ["get", "put", "post", "delete", "options", "head", "patch", "trace", "query"];
    let method = select(methods.to_vec());
    (vec((method, operation()), 0..3), option::of(vec(parameter(), 0..2))).prop_map(
        |(operations, parameters)| {
            let operations = operations.into_iter().map(|(method, operation)| (method, Some(operation)));
            object(operations.chain([("parameters", parameters.map(Value::from))]))
        },
    )
}

fn security_scheme() -> impl Strategy<Value = Value> {
    let url = "https://example.com/token";
    let key = (select(&["header", "query", "cookie"][..]), select(&["key", "token"][..]))
        .prop_map(|(location, name)| json!({ "type": "apiKey", "in": location, "name": name }));
    let http = select(&["basic", "bearer", "digest"][..])
        .prop_map(|scheme| json!({ "type": "http", "scheme": scheme }));
    let oauth = data().prop_map(move |scopes| {
        let scopes = Some(scopes).filter(Value::is_object).unwrap_or_else(|| json!({}));
        json!({ "type": "oauth2", "flows": { "clientCredentials": { "tokenUrl": url, "scopes": scopes } } })
    });
    prop_oneof![key, http, oauth]
}

/// Documents, most of which are valid.
pub(crate) fn document() -> impl Strategy<Value = Value> {
    let version = select(&["3.0.3", "3.1.0"][..]);
    let paths = vec((path(), path_item()), 0..3).prop_map(|paths| Value::Object(paths.into_iter().collect()));
    let sections = (map(schema(), 5), map(parameter(), 2), map(response(), 2), map(security_scheme(), 3));
    let components = sections.prop_map(|(schemas, parameters, responses, schemes)| {
        json!({
            "schemas": schemas,
            "parameters": parameters,
            "responses": responses,
            "securitySchemes": schemes,
        })
    });
    (version, name(), paths, components).prop_map(|(version, title, paths, components)| {
        let mut document = json!({
            "openapi": version,
            "info": { "title": title, "version": "1" },
            "paths": paths,
            "components": components,
        });
        let components = document["components"].clone();
        name_references(&mut document, &components);
        document
    })
}

/// Replaces references such as `schemas 3` by references with the name of that component, or of nothing if there is
/// none.
fn name_references(value: &mut Value, components: &Value) {
    match value {
        Value::String(text) => {
            let Some((section, index)) = text.split_once(' ') else { return };
            let Some(section_of) = components.get(section).and_then(Value::as_object) else { return };
            let Ok(index) = index.parse::<usize>() else { return };
            let count = section_of.len().max(1);
            let key = section_of.keys().nth(index % count).map_or("nothing", String::as_str);
            let key = key.replace('~', "~0").replace('/', "~1").replace('%', "%25");
            *text = format!("#/components/{section}/{key}");
        }
        Value::Array(elements) => {
            elements.iter_mut().for_each(|element| name_references(element, components))
        }
        Value::Object(fields) => {
            fields.values_mut().for_each(|field| name_references(field, components));
        }
        _ => {}
    }
}
