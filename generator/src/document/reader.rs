//! Converts a checked value to the types of `openapiv3`.
//!
//! Objects that contain schemas are converted in steps: the schemas are taken out, serde converts the shallow
//! rest, and the converted schemas are put back. If serde converted everything at once, it would copy a
//! schema at depth n n times and retry each failure twice at every level above it, which takes exponential
//! time on a malicious document. Imports `diagnostics`, `location` and
//! `moves`.

use std::collections::BTreeMap;
use std::mem;

use indexmap::IndexMap;
use openapiv3::{
    AdditionalProperties, Components, Content, Encoding, Example, Header, MediaType, OpenAPI, Operation,
    Parameter, ParameterData, ParameterSchemaOrContent, ReferenceOr, RequestBody, Response, Responses,
    Schema, SchemaKind, SecurityScheme, StatusCode, Type,
};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::conform::kinds::is_known_scheme;
use super::location::Location;
use super::moves::Moves;
use super::path_item::{ADDITIONAL, METHODS, Method, PathItem};
use crate::diagnostics::{Code, Diagnostics, Pointer};

/// The extension that holds `explode` of a header, for which `openapiv3` has no field.
pub(super) const EXPLODE: &str = "x-explode";
/// The extension of a query parameter that marks it as the whole query string, for which `openapiv3` has no location.
pub(super) const QUERY_STRING: &str = "x-query-string";
/// The extension that holds `allowReserved` of a path parameter or a cookie, for which `openapiv3` has no field.
pub(super) const ALLOW_RESERVED: &str = "x-allow-reserved";
/// The extension that marks a cookie with the style `cookie`, which `openapiv3` does not have.
pub(super) const COOKIE_STYLE: &str = "x-cookie-style";
/// The extension that holds the SPDX identifier of the license, for which `openapiv3` has no field.
pub(super) const LICENSE_IDENTIFIER: &str = "x-license-identifier";
/// The extension that holds the type of a security scheme that `openapiv3` does not have.
pub(super) const OTHER_SCHEME: &str = "x-other-scheme";

type Object = Map<String, Value>;

pub(super) struct Reader<'a> {
    pub(super) diagnostics: &'a mut Diagnostics,
    /// The callbacks of each operation, by its location: `openapiv3` does not support references in
    /// callbacks.
    pub(super) callbacks: BTreeMap<Pointer, Callbacks>,
    /// The responses whose status range is not written in capitals.
    pub(super) statuses: Moves,
}

/// The callbacks of an operation, by name.
pub(crate) type Callbacks = IndexMap<String, ReferenceOr<Callback>>;

/// The requests that a server sends to a URL from an earlier request, by the expression for that URL.
#[derive(Debug)]
pub(crate) struct Callback {
    pub(crate) items: IndexMap<String, ReferenceOr<PathItem>>,
}

/// A type that can be read from an object, and that a `$ref` can replace.
pub(super) trait Read: Sized {
    fn read(reader: &mut Reader<'_>, fields: Object, at: &Location<'_>) -> Option<Self>;
}

impl Reader<'_> {
    /// Reads an object or a reference to one.
    pub(super) fn reference_or<T: Read>(
        &mut self,
        value: Value,
        at: &Location<'_>,
    ) -> Option<ReferenceOr<T>> {
        match value {
            Value::Object(fields) => match fields.get("$ref") {
                Some(Value::String(reference)) => {
                    Some(ReferenceOr::Reference { reference: reference.clone() })
                }
                _ => T::read(self, fields, at).map(ReferenceOr::Item),
            },
            other => self.leaf::<IndexMap<String, Value>>(other, at).and(None),
        }
    }

    /// Reads a value that contains no schemas.
    pub(super) fn leaf<T: DeserializeOwned>(&mut self, value: Value, at: &Location<'_>) -> Option<T> {
        match serde_json::from_value(value) {
            Ok(read) => Some(read),
            Err(error) => {
                self.diagnostics.report(
                    Code::InvalidValue,
                    &at.pointer(),
                    format!("this value is not valid: {error}"),
                    "write it as the OpenAPI specification requires",
                );
                None
            }
        }
    }

    pub(super) fn map<T: Read>(
        &mut self,
        value: Option<Value>,
        at: &Location<'_>,
    ) -> IndexMap<String, ReferenceOr<T>> {
        let Some(Value::Object(fields)) = value else { return IndexMap::new() };
        let read = |(key, value): (String, Value)| {
            let item = self.reference_or(value, &at.key(&key))?;
            Some((key, item))
        };
        fields.into_iter().filter_map(read).collect()
    }

    fn list<T: Read>(&mut self, value: Option<Value>, at: &Location<'_>) -> Vec<ReferenceOr<T>> {
        let Some(Value::Array(elements)) = value else { return Vec::new() };
        let read = |(index, element)| self.reference_or(element, &at.index(index));
        elements.into_iter().enumerate().filter_map(read).collect()
    }

    fn content(&mut self, value: Option<Value>, at: &Location<'_>) -> Content {
        let media_types = self.map(value, at);
        media_types.into_iter().filter_map(|(name, item)| Some((name, item.into_item()?))).collect()
    }

    fn schema_or_content(&mut self, fields: &mut Object, at: &Location<'_>) -> ParameterSchemaOrContent {
        let schema = fields.shift_remove("schema");
        let content = fields.shift_remove("content");
        fields.insert("schema".to_owned(), placeholder());
        match (schema, content) {
            (None, content @ Some(_)) => {
                ParameterSchemaOrContent::Content(self.content(content, &at.key("content")))
            }
            (schema, _) => {
                let schema = schema.unwrap_or_else(|| Value::Object(Object::new()));
                let schema = self.reference_or(schema, &at.key("schema")).unwrap_or_else(any_schema);
                ParameterSchemaOrContent::Schema(schema)
            }
        }
    }

    /// Reads a document, and its paths apart from it.
    pub(super) fn document(
        &mut self,
        mut fields: Object,
        at: &Location<'_>,
    ) -> Option<(OpenAPI, IndexMap<String, ReferenceOr<PathItem>>)> {
        let paths = fields.insert("paths".to_owned(), Value::Object(Object::new()));
        let components = fields.shift_remove("components");
        if let Some(Value::Object(license)) = fields.get_mut("info").and_then(|info| info.get_mut("license"))
        {
            license.shift_remove(LICENSE_IDENTIFIER);
            let identifier = license.shift_remove("identifier");
            license.extend(identifier.map(|identifier| (LICENSE_IDENTIFIER.to_owned(), identifier)));
        }
        let mut document: OpenAPI = self.leaf(Value::Object(fields), at)?;

        let at_paths = at.key("paths");
        let (extensions, paths) = split_extensions(paths);
        let paths = self.map(Some(paths), &at_paths);
        document.paths.extensions = extensions;
        if let Some(Value::Object(components)) = components {
            document.components = self.components(components, &at.key("components"));
        }
        Some((document, paths))
    }

    fn components(&mut self, mut fields: Object, at: &Location<'_>) -> Option<Components> {
        let mut take = |section: &str| fields.shift_remove(section);
        let read = Components {
            schemas: self.map(take("schemas"), &at.key("schemas")),
            responses: self.map(take("responses"), &at.key("responses")),
            parameters: self.map(take("parameters"), &at.key("parameters")),
            request_bodies: self.map(take("requestBodies"), &at.key("requestBodies")),
            headers: self.map(take("headers"), &at.key("headers")),
            security_schemes: self.map(take("securitySchemes"), &at.key("securitySchemes")),
            // Callbacks are read where an operation has them.
            callbacks: IndexMap::new(),
            ..Components::default()
        };
        let rest: Components = self.leaf(Value::Object(fields), at)?;
        Some(Components { examples: rest.examples, links: rest.links, extensions: rest.extensions, ..read })
    }
}

impl Read for PathItem {
    fn read(reader: &mut Reader<'_>, mut fields: Object, at: &Location<'_>) -> Option<Self> {
        let parameters = reader.list(fields.shift_remove("parameters"), &at.key("parameters"));
        let mut operations = Vec::new();
        for field in METHODS {
            if let Some(Value::Object(operation)) = fields.shift_remove(field) {
                let operation = Operation::read(reader, operation, &at.key(field));
                operations.extend(operation.map(|operation| (Method::of_field(field), operation)));
            }
        }
        if let Some(Value::Object(additional)) = fields.shift_remove(ADDITIONAL) {
            let at = at.key(ADDITIONAL);
            for (name, operation) in additional {
                let Value::Object(operation) = operation else { continue };
                let operation = Operation::read(reader, operation, &at.key(&name));
                operations.extend(operation.map(|operation| (Method::additional(&name), operation)));
            }
        }
        let servers = match fields.shift_remove("servers") {
            Some(servers) => reader.leaf(servers, &at.key("servers"))?,
            None => Vec::new(),
        };
        Some(Self { operations, parameters, servers })
    }
}

impl Read for Operation {
    fn read(reader: &mut Reader<'_>, mut fields: Object, at: &Location<'_>) -> Option<Self> {
        let parameters = reader.list(fields.shift_remove("parameters"), &at.key("parameters"));
        let at_body = at.key("requestBody");
        let request_body =
            fields.shift_remove("requestBody").and_then(|body| reader.reference_or(body, &at_body));
        let callbacks: Callbacks = reader.map(fields.shift_remove("callbacks"), &at.key("callbacks"));
        if !callbacks.is_empty() {
            reader.callbacks.insert(at.pointer(), callbacks);
        }
        let responses = fields.insert("responses".to_owned(), Value::Object(Object::new()));
        let responses = reader.responses(responses, &at.key("responses"));
        let rest: Operation = reader.leaf(Value::Object(fields), at)?;
        Some(Operation { parameters, request_body, responses, ..rest })
    }
}

impl Reader<'_> {
    fn responses(&mut self, value: Option<Value>, at: &Location<'_>) -> Responses {
        let (extensions, responses) = split_extensions(value);
        let mut read = Responses { extensions, ..Responses::default() };
        for (key, response) in self.map(Some(responses), at) {
            if key == "default" {
                read.default = Some(response);
            } else if let Some(status) = self.leaf::<StatusCode>(Value::String(key.clone()), &at.key(&key)) {
                let usual = status.to_string();
                if usual != key {
                    self.statuses.moved_tree(at.key(&usual).pointer(), at.key(&key).pointer());
                }
                read.responses.insert(status, response);
            }
        }
        read
    }
}

impl Read for Callback {
    fn read(reader: &mut Reader<'_>, mut fields: Object, at: &Location<'_>) -> Option<Self> {
        fields.retain(|key, _| !key.starts_with("x-"));
        Some(Self { items: reader.map(Some(Value::Object(fields)), at) })
    }
}

impl Read for Response {
    fn read(reader: &mut Reader<'_>, mut fields: Object, at: &Location<'_>) -> Option<Self> {
        let headers = reader.map(fields.shift_remove("headers"), &at.key("headers"));
        let content = reader.content(fields.shift_remove("content"), &at.key("content"));
        let rest: Response = reader.leaf(Value::Object(fields), at)?;
        Some(Response { headers, content, ..rest })
    }
}

impl Read for RequestBody {
    fn read(reader: &mut Reader<'_>, mut fields: Object, at: &Location<'_>) -> Option<Self> {
        let content = reader.content(fields.shift_remove("content"), &at.key("content"));
        let rest: RequestBody = reader.leaf(Value::Object(fields), at)?;
        Some(RequestBody { content, ..rest })
    }
}

impl Read for MediaType {
    fn read(reader: &mut Reader<'_>, mut fields: Object, at: &Location<'_>) -> Option<Self> {
        let schema =
            fields.shift_remove("schema").and_then(|schema| reader.reference_or(schema, &at.key("schema")));
        let encoding = reader.map::<Encoding>(fields.shift_remove("encoding"), &at.key("encoding"));
        let encoding =
            encoding.into_iter().filter_map(|(name, item)| Some((name, item.into_item()?))).collect();
        let rest: MediaType = reader.leaf(Value::Object(fields), at)?;
        Some(MediaType { schema, encoding, ..rest })
    }
}

impl Read for Encoding {
    fn read(reader: &mut Reader<'_>, mut fields: Object, at: &Location<'_>) -> Option<Self> {
        let headers = reader.map(fields.shift_remove("headers"), &at.key("headers"));
        // `explode` and `allowReserved` imply a style (OpenAPI 3.1, section 4.8.15).
        if fields.contains_key("explode") || fields.contains_key("allowReserved") {
            fields.entry("style").or_insert_with(|| "form".into());
        }
        // `openapiv3` defaults to false, which is wrong for the style `form`.
        let is_form = fields.get("style").is_none_or(|style| style == "form");
        fields.entry("explode").or_insert(Value::Bool(is_form));
        let rest: Encoding = reader.leaf(Value::Object(fields), at)?;
        Some(Encoding { headers, ..rest })
    }
}

impl Read for Header {
    fn read(reader: &mut Reader<'_>, mut fields: Object, at: &Location<'_>) -> Option<Self> {
        let format = reader.schema_or_content(&mut fields, at);
        if let Some(explode) = fields.shift_remove("explode") {
            fields.insert(EXPLODE.to_owned(), explode);
        }
        let rest: Header = reader.leaf(Value::Object(fields), at)?;
        Some(Header { format, ..rest })
    }
}

impl Read for Parameter {
    fn read(reader: &mut Reader<'_>, mut fields: Object, at: &Location<'_>) -> Option<Self> {
        let format = reader.schema_or_content(&mut fields, at);
        mark_newer(&mut fields);
        let mut parameter: Parameter = reader.leaf(Value::Object(fields), at)?;
        data_mut(&mut parameter).format = format;
        Some(parameter)
    }
}

impl Read for Example {
    fn read(reader: &mut Reader<'_>, fields: Object, at: &Location<'_>) -> Option<Self> {
        reader.leaf(Value::Object(fields), at)
    }
}

impl Read for SecurityScheme {
    fn read(reader: &mut Reader<'_>, mut fields: Object, at: &Location<'_>) -> Option<Self> {
        fields.shift_remove(OTHER_SCHEME);
        match fields.get("type").and_then(Value::as_str).filter(|of_type| !is_known_scheme(of_type)) {
            None => reader.leaf(Value::Object(fields), at),
            Some(of_type) => Some(SecurityScheme::HTTP {
                scheme: String::new(),
                bearer_format: None,
                description: None,
                extensions: IndexMap::from([(OTHER_SCHEME.to_owned(), of_type.into())]),
            }),
        }
    }
}

/// Replaces the values of a parameter that `openapiv3` does not have by marks.
fn mark_newer(parameter: &mut Object) {
    [QUERY_STRING, ALLOW_RESERVED, COOKIE_STYLE].iter().for_each(|mark| drop(parameter.shift_remove(*mark)));
    let location = parameter.get("in").and_then(Value::as_str).unwrap_or_default();
    let mark = match location {
        "querystring" => {
            parameter.insert("in".to_owned(), "query".into());
            parameter.insert(QUERY_STRING.to_owned(), Value::Bool(true));
            return;
        }
        "path" | "cookie" => parameter.shift_remove("allowReserved"),
        _ => return,
    };
    if parameter.get("style").is_some_and(|style| style == "cookie") {
        parameter.shift_remove("style");
        parameter.insert(COOKIE_STYLE.to_owned(), Value::Bool(true));
    }
    parameter.extend(mark.map(|mark| (ALLOW_RESERVED.to_owned(), mark)));
}

fn data_mut(parameter: &mut Parameter) -> &mut ParameterData {
    match parameter {
        Parameter::Query { parameter_data, .. }
        | Parameter::Header { parameter_data, .. }
        | Parameter::Path { parameter_data, .. }
        | Parameter::Cookie { parameter_data, .. } => parameter_data,
    }
}

/// The subschemas of a schema, while serde reads the rest.
#[derive(Default)]
struct Subschemas {
    properties: IndexMap<String, ReferenceOr<Box<Schema>>>,
    additional_properties: Option<AdditionalProperties>,
    items: Option<ReferenceOr<Box<Schema>>>,
    one_of: Vec<ReferenceOr<Schema>>,
    all_of: Vec<ReferenceOr<Schema>>,
    any_of: Vec<ReferenceOr<Schema>>,
    not: Option<Box<ReferenceOr<Schema>>>,
}

impl Read for Schema {
    fn read(reader: &mut Reader<'_>, mut fields: Object, at: &Location<'_>) -> Option<Self> {
        let subschemas = reader.take_subschemas(&mut fields, at);
        let mut schema: Schema = reader.leaf(Value::Object(fields), at)?;
        subschemas.put_into(&mut schema.schema_kind);
        Some(schema)
    }
}

impl Reader<'_> {
    /// Takes the subschemas out. Placeholders make `openapiv3` choose the same `SchemaKind`.
    fn take_subschemas(&mut self, fields: &mut Object, at: &Location<'_>) -> Subschemas {
        let mut subschemas = Subschemas::default();
        for (keyword, value) in fields {
            let at = &at.key(keyword);
            let mut take = |stand_in| Some(mem::replace(value, stand_in));
            match keyword.as_str() {
                "properties" => {
                    let properties = self.map::<Schema>(take(Value::Object(Object::new())), at);
                    subschemas.properties =
                        properties.into_iter().map(|(name, schema)| (name, boxed(schema))).collect();
                }
                "additionalProperties" => {
                    subschemas.additional_properties = match take(Value::Bool(true)) {
                        Some(Value::Bool(any)) => Some(AdditionalProperties::Any(any)),
                        schema => self.one(schema, at).map(|one| AdditionalProperties::Schema(Box::new(one))),
                    };
                }
                "items" => subschemas.items = self.one(take(placeholder()), at).map(boxed),
                "not" => subschemas.not = self.one(take(placeholder()), at).map(Box::new),
                "oneOf" => subschemas.one_of = self.list(take(Value::Array(Vec::new())), at),
                "allOf" => subschemas.all_of = self.list(take(Value::Array(Vec::new())), at),
                "anyOf" => subschemas.any_of = self.list(take(Value::Array(Vec::new())), at),
                _ => {}
            }
        }
        subschemas
    }

    fn one(&mut self, value: Option<Value>, at: &Location<'_>) -> Option<ReferenceOr<Schema>> {
        self.reference_or(value?, at)
    }
}

impl Subschemas {
    fn put_into(self, kind: &mut SchemaKind) {
        match kind {
            SchemaKind::Type(Type::Object(object)) => {
                object.properties = self.properties;
                object.additional_properties = self.additional_properties;
            }
            SchemaKind::Type(Type::Array(array)) => array.items = self.items,
            SchemaKind::Type(_) => {}
            SchemaKind::OneOf { one_of } => *one_of = self.one_of,
            SchemaKind::AllOf { all_of } => *all_of = self.all_of,
            SchemaKind::AnyOf { any_of } => *any_of = self.any_of,
            SchemaKind::Not { not } => *not = self.not.unwrap_or_else(|| Box::new(any_schema())),
            SchemaKind::Any(any) => {
                any.properties = self.properties;
                any.additional_properties = self.additional_properties;
                any.items = self.items;
                any.one_of = self.one_of;
                any.all_of = self.all_of;
                any.any_of = self.any_of;
                any.not = self.not;
            }
        }
    }
}

fn boxed(schema: ReferenceOr<Schema>) -> ReferenceOr<Box<Schema>> {
    match schema {
        ReferenceOr::Reference { reference } => ReferenceOr::Reference { reference },
        ReferenceOr::Item(schema) => ReferenceOr::boxed_item(schema),
    }
}

/// Returns the placeholder for a schema that was taken out.
fn placeholder() -> Value {
    Value::Object(Object::from_iter([("$ref".to_owned(), Value::String(String::new()))]))
}

fn any_schema() -> ReferenceOr<Schema> {
    ReferenceOr::Item(Schema {
        schema_data: Default::default(),
        schema_kind: SchemaKind::Any(Default::default()),
    })
}

fn split_extensions(value: Option<Value>) -> (IndexMap<String, Value>, Value) {
    let Some(Value::Object(fields)) = value else { return (IndexMap::new(), Value::Object(Object::new())) };
    let (extensions, others): (Vec<_>, Vec<_>) =
        fields.into_iter().partition(|(key, _)| key.starts_with("x-"));
    (extensions.into_iter().collect(), Value::Object(others.into_iter().collect()))
}
