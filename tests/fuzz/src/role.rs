//! The roles of values in a document: schema, parameter, map of responses and so on.
//!
//! The role follows from the path to the value, so a value in a wrong place has the role that the place asks for.

use serde_json::Value;

/// The role of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    Root,
    Components,
    Paths,
    PathItem,
    Operation,
    Parameter,
    Parameters,
    Body,
    Response,
    Responses,
    Header,
    Content,
    Media,
    Encoding,
    Schema,
    /// Schemas by name, such as `properties`.
    SchemaMap,
    /// A list of schemas, such as `oneOf`.
    SchemaList,
    Discriminator,
    SecurityScheme,
    Security,
    Server,
    /// A section of `components`, except `schemas`.
    Section(Section),
    Callbacks,
    Servers,
    Encodings,
    Headers,
    Other,
}

/// A section of `components`, except `schemas`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Section {
    Parameters,
    RequestBodies,
    SecuritySchemes,
}

/// Returns the role of each value of a document, in preorder.
pub(crate) fn roles(document: &Value) -> Vec<Role> {
    let mut roles = Vec::new();
    let mut rest = vec![(document, Role::Root)];
    while let Some((value, role)) = rest.pop() {
        roles.push(role);
        match value {
            Value::Array(elements) => {
                rest.extend(elements.iter().rev().map(|element| (element, of_element(role))))
            }
            Value::Object(fields) => {
                rest.extend(fields.iter().rev().map(|(key, field)| (field, of_field(role, key))))
            }
            _ => {}
        }
    }
    roles
}

fn of_element(list: Role) -> Role {
    match list {
        Role::SchemaList => Role::Schema,
        Role::Parameters => Role::Parameter,
        Role::Servers => Role::Server,
        _ => Role::Other,
    }
}

fn of_field(object: Role, key: &str) -> Role {
    match (object, key) {
        (Role::Root, "paths" | "webhooks") => Role::Paths,
        (Role::Root, "components") => Role::Components,
        (Role::Root | Role::Operation, "security") => Role::Security,
        (Role::Root | Role::Operation | Role::PathItem, "servers") => Role::Servers,
        (Role::Components, "schemas") => Role::SchemaMap,
        (Role::Components, "parameters") => Role::Section(Section::Parameters),
        (Role::Components, "responses") => Role::Responses,
        (Role::Components, "requestBodies") => Role::Section(Section::RequestBodies),
        (Role::Components | Role::Response | Role::Encoding, "headers") => Role::Headers,
        (Role::Components, "pathItems") => Role::Paths,
        (Role::Components, "securitySchemes") => Role::Section(Section::SecuritySchemes),
        (Role::Components | Role::Operation, "callbacks") => Role::Callbacks,
        (Role::Callbacks, _) => Role::Paths,
        (Role::Paths, _) => Role::PathItem,
        (Role::PathItem | Role::Operation, "parameters") => Role::Parameters,
        (Role::PathItem, "summary" | "description" | "$ref") => Role::Other,
        (Role::PathItem, _) => Role::Operation,
        (Role::Operation, "requestBody") => Role::Body,
        (Role::Operation, "responses") => Role::Responses,
        (Role::Responses, _) => Role::Response,
        (Role::Headers, _) => Role::Header,
        (Role::Section(Section::Parameters), _) => Role::Parameter,
        (Role::Section(Section::RequestBodies), _) => Role::Body,
        (Role::Section(Section::SecuritySchemes), _) => Role::SecurityScheme,
        (Role::Body | Role::Response | Role::Parameter | Role::Header, "content") => Role::Content,
        (Role::Content, _) => Role::Media,
        (Role::Media, "encoding") => Role::Encodings,
        (Role::Encodings, _) => Role::Encoding,
        (Role::Media | Role::Parameter | Role::Header, "schema" | "itemSchema") => Role::Schema,
        (Role::SchemaMap, _) => Role::Schema,
        (Role::Schema, "properties" | "patternProperties" | "$defs" | "dependentSchemas") => Role::SchemaMap,
        (Role::Schema, "allOf" | "oneOf" | "anyOf" | "prefixItems") => Role::SchemaList,
        (Role::Schema, "discriminator") => Role::Discriminator,
        (
            Role::Schema,
            "items"
            | "additionalProperties"
            | "not"
            | "if"
            | "then"
            | "else"
            | "contains"
            | "propertyNames"
            | "unevaluatedProperties"
            | "unevaluatedItems"
            | "contentSchema",
        ) => Role::Schema,
        _ => Role::Other,
    }
}

/// Returns the value with a number in preorder.
pub(crate) fn node(document: &Value, number: usize) -> Option<&Value> {
    let mut rest = vec![document];
    let mut passed = 0;
    while let Some(value) = rest.pop() {
        if passed == number {
            return Some(value);
        }
        passed += 1;
        match value {
            Value::Array(elements) => rest.extend(elements.iter().rev()),
            Value::Object(fields) => rest.extend(fields.values().rev()),
            _ => {}
        }
    }
    None
}

/// Returns the value with a number in preorder.
pub(crate) fn node_mut(document: &mut Value, number: usize) -> Option<&mut Value> {
    let mut rest = vec![document];
    let mut passed = 0;
    while let Some(value) = rest.pop() {
        if passed == number {
            return Some(value);
        }
        passed += 1;
        match value {
            Value::Array(elements) => rest.extend(elements.iter_mut().rev()),
            Value::Object(fields) => rest.extend(fields.values_mut().rev()),
            _ => {}
        }
    }
    None
}

/// Returns the number of values in a document, itself included.
pub(crate) fn count(document: &Value) -> usize {
    let mut count = 0;
    let mut rest = vec![document];
    while let Some(value) = rest.pop() {
        count += 1;
        match value {
            Value::Array(elements) => rest.extend(elements),
            Value::Object(fields) => rest.extend(fields.values()),
            _ => {}
        }
    }
    count
}
