//! Mutations of operations, parameters, responses, security, and the version of the document.

use serde_json::{Value, json};

use super::Target;
use super::schemas::small;
use super::structure::reference;
use super::values::{data, name};
use crate::role::Role;
use crate::words;

/// Sets a field of an operation, a response, a media type, a header or a path item.
pub(super) fn set_field(target: &mut Target<'_>) {
    match target.random.below(12) {
        0 => set(target, Role::Operation, "operationId", |target| name(target.random).into()),
        1 => set(target, Role::Operation, "tags", |target| {
            (0..target.random.below(3)).map(|_| name(target.random)).collect()
        }),
        2 => set(target, Role::Operation, "deprecated", |_| true.into()),
        3 => set(target, Role::Operation, "description", |target| target.random.word(words::TEXTS).into()),
        4 => set(
            target,
            Role::Operation,
            "requestBody",
            |target| json!({ "content": content(target), "required": true }),
        ),
        5 => set(target, Role::Operation, "responses", |target| {
            json!({
                target.random.word(words::STATUS_CODES): { "description": "", "content": content(target) },
                target.random.word(words::STATUS_CODES): { "description": "", "content": content(target) },
            })
        }),
        6 => set(target, Role::Response, "content", content),
        7 => set(
            target,
            Role::Response,
            "headers",
            |target| json!({ name(target.random): { "schema": small(target) } }),
        ),
        8 => set(target, Role::Body, "content", content),
        9 => {
            let key = target.random.word(&["example", "examples", "itemSchema", "schema"]);
            set(target, Role::Media, key, |target| match target.random.one_in(2) {
                true => json!({ "a": { "value": data(target.random) } }),
                false => small(target),
            });
        }
        10 => set(target, Role::Media, "encoding", |target| {
            let media_type = target.random.word(words::MEDIA_TYPES);
            json!({ name(target.random): { "contentType": media_type, "style": target.random.word(words::STYLES) } })
        }),
        _ => {
            let role = if target.random.one_in(2) { Role::Operation } else { Role::Root };
            let url = target.random.word(&[
                "https://{a}.example/{b}",
                "/",
                "",
                "//a",
                "http://[",
                "https://a.example/b?c",
            ]);
            let variables =
                json!({ "a": { "default": "x", "enum": ["x", ""] }, name(target.random): { "default": "" } });
            let servers = json!([{ "url": url, "variables": variables }]);
            match role {
                Role::Root => target.document["servers"] = servers,
                role => set(target, role, "servers", |_| servers),
            }
        }
    }
}

fn set(target: &mut Target<'_>, role: Role, key: &'static str, value: impl FnOnce(&mut Target<'_>) -> Value) {
    let value = value(target);
    if let Some(fields) = target.fields(role) {
        fields.insert(key.to_owned(), value);
    }
}

fn content(target: &mut Target<'_>) -> Value {
    let mut content = json!({});
    for _ in 0..target.random.below(3) + 1 {
        content[target.random.word(words::MEDIA_TYPES)] = json!({ "schema": small(target) });
    }
    content
}

/// Sets a field of a parameter, or adds a parameter.
pub(super) fn change_parameter(target: &mut Target<'_>) {
    match target.random.below(8) {
        0 => set(target, Role::Parameter, "style", |target| target.random.word(words::STYLES).into()),
        1 => set(target, Role::Parameter, "in", |target| target.random.word(words::LOCATIONS).into()),
        2 => set(target, Role::Parameter, "name", |target| name(target.random).into()),
        3 => {
            let key = target.random.word(&[
                "required",
                "explode",
                "allowReserved",
                "allowEmptyValue",
                "deprecated",
            ]);
            set(target, Role::Parameter, key, |target| target.random.one_in(2).into());
        }
        4 => set(target, Role::Parameter, "schema", small),
        5 => set(target, Role::Parameter, "content", content),
        _ => {
            let parameter = match target.random.one_in(6) {
                true => json!({ "$ref": reference("parameters", &name(target.random)) }),
                false => json!({
                    "name": name(target.random),
                    "in": target.random.word(words::LOCATIONS),
                    "required": target.random.one_in(2),
                    "style": target.random.word(words::STYLES),
                    "schema": small(target),
                }),
            };
            let Some(fields) = target.fields(Role::Operation) else { return };
            if let Value::Array(parameters) = fields.entry("parameters").or_insert_with(|| json!([])) {
                parameters.push(parameter);
            }
        }
    }
}

/// Adds an operation to a path of the document, or to a new path.
pub(super) fn add_operation(target: &mut Target<'_>) {
    let operation = json!({
        "operationId": name(target.random),
        "tags": [name(target.random)],
        "responses": { target.random.word(words::STATUS_CODES): { "description": "", "content": content(target) } },
    });
    let (path, method) = (target.random.word(words::PATHS), target.random.word(words::METHODS));
    if target.random.one_in(2) {
        if let Some(item) = target.fields(Role::PathItem) {
            item.insert(method.to_owned(), operation);
        }
        return;
    }
    let Some(fields) = target.document.as_object_mut() else { return };
    if let Value::Object(paths) = fields.entry("paths").or_insert_with(|| json!({})) {
        paths.insert(path.to_owned(), json!({ method: operation }));
    }
}

/// Adds or changes a security scheme, or a requirement.
pub(super) fn change_security(target: &mut Target<'_>) {
    let names = target.component_names("securitySchemes");
    let known = target.random.pick(&names).cloned().unwrap_or_else(|| name(target.random));
    let url = "https://a.example/token";
    let scheme = match target.random.below(8) {
        0 => json!({ "type": "http", "scheme": "basic" }),
        1 => json!({ "type": "http", "scheme": "bearer", "bearerFormat": name(target.random) }),
        2 => json!({ "type": "http", "scheme": target.random.word(&["digest", "", "Bearer", "dpop"]) }),
        3 | 4 => json!({
            "type": "apiKey",
            "in": target.random.word(words::LOCATIONS),
            "name": name(target.random),
        }),
        5 => json!({ "type": "openIdConnect", "openIdConnectUrl": url }),
        6 => json!({ "type": "mutualTLS" }),
        _ => {
            let flow = target.random.word(&[
                "clientCredentials",
                "password",
                "authorizationCode",
                "implicit",
                "device",
            ]);
            let scopes = json!({ name(target.random): "" });
            json!({ "type": "oauth2", "flows": { flow: { "tokenUrl": url, "authorizationUrl": url, "scopes": scopes } } })
        }
    };
    match target.random.below(4) {
        0 => {
            let other = name(target.random);
            let security = json!([{ known: [] }, { other: ["a"] }, {}]);
            if target.random.one_in(2) {
                target.document["security"] = security;
            } else {
                set(target, Role::Operation, "security", |_| security);
            }
        }
        1 => {
            if let Some(at) = target.pick(|role| role == Role::SecurityScheme) {
                if let Some(node) = target.node_mut(at) {
                    *node = scheme;
                }
            }
        }
        _ => {
            let name = if target.random.one_in(2) { known } else { name(target.random) };
            let Some(fields) = target.document.as_object_mut() else { return };
            let components = fields.entry("components").or_insert_with(|| json!({}));
            let Some(components) = components.as_object_mut() else { return };
            if let Value::Object(schemes) = components.entry("securitySchemes").or_insert_with(|| json!({})) {
                schemes.insert(name.clone(), scheme);
            }
            fields.insert("security".to_owned(), json!([{ name: [] }]));
        }
    }
}

/// Changes the version, so that keywords of one version are in a document of another.
pub(super) fn change_version(target: &mut Target<'_>) {
    target.document["openapi"] = target.random.word(words::VERSIONS).into();
}
