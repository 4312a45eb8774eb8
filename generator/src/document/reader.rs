//! A checked value -> the types of `openapiv3`.
//!
//! Whatever holds schemas is read piece by piece: the schemas are taken out, the shallow rest is left to serde, and
//! the schemas are put back. Read in one go, a schema nested n deep is copied n times, and each failure is tried twice
//! on every level above it, which never ends on a document that somebody made for that. Imports `diagnostics`,
//! `place`.

use std::collections::BTreeMap;
use std::mem;

use indexmap::IndexMap;
use openapiv3::{
    AdditionalProperties, Components, Content, Encoding, Example, Header, MediaType, OpenAPI, Operation,
    Parameter, ParameterData, ParameterSchemaOrContent, PathItem, ReferenceOr, RequestBody, Response,
    Responses, Schema, SchemaKind, SecurityScheme, StatusCode, Type,
};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::place::Place;
use crate::diagnostics::{Code, Diagnostics, Pointer};

/// `explode` of a header, for which `openapiv3` has no member.
pub(super) const EXPLODE: &str = "x-explode";

type Object = Map<String, Value>;

pub(super) struct Reader<'a> {
    pub(super) diagnostics: &'a mut Diagnostics,
    /// The callbacks of each operation, by its place: in `openapiv3` none of them is a reference, or has one.
    pub(super) callbacks: BTreeMap<Pointer, Callbacks>,
}

/// The callbacks of an operation, by their names.
pub(crate) type Callbacks = IndexMap<String, ReferenceOr<Callback>>;

/// The requests that a server sends to a URL that it was given, by the expression for that.
#[derive(Debug)]
pub(crate) struct Callback {
    pub(crate) items: IndexMap<String, ReferenceOr<PathItem>>,
}

/// A kind of object that a `$ref` may name.
pub(super) trait Read: Sized {
    fn read(reader: &mut Reader<'_>, members: Object, at: &Place<'_>) -> Option<Self>;
}

impl Reader<'_> {
    /// An object or a reference to one.
    pub(super) fn either<T: Read>(&mut self, value: Value, at: &Place<'_>) -> Option<ReferenceOr<T>> {
        match value {
            Value::Object(members) => match members.get("$ref") {
                Some(Value::String(reference)) => {
                    Some(ReferenceOr::Reference { reference: reference.clone() })
                }
                _ => T::read(self, members, at).map(ReferenceOr::Item),
            },
            other => self.leaf::<IndexMap<String, Value>>(other, at).and(None),
        }
    }

    /// What holds no schema.
    pub(super) fn leaf<T: DeserializeOwned>(&mut self, value: Value, at: &Place<'_>) -> Option<T> {
        match serde_json::from_value(value) {
            Ok(read) => Some(read),
            Err(error) => {
                self.diagnostics.report(
                    Code::InvalidValue,
                    &at.pointer(),
                    format!("this cannot be read: {error}"),
                    "correct it as the OpenAPI specification describes it",
                );
                None
            }
        }
    }

    pub(super) fn map<T: Read>(
        &mut self,
        value: Option<Value>,
        at: &Place<'_>,
    ) -> IndexMap<String, ReferenceOr<T>> {
        let Some(Value::Object(members)) = value else { return IndexMap::new() };
        let read = |(key, value): (String, Value)| {
            let item = self.either(value, &at.key(&key))?;
            Some((key, item))
        };
        members.into_iter().filter_map(read).collect()
    }

    fn list<T: Read>(&mut self, value: Option<Value>, at: &Place<'_>) -> Vec<ReferenceOr<T>> {
        let Some(Value::Array(elements)) = value else { return Vec::new() };
        let read = |(index, element)| self.either(element, &at.index(index));
        elements.into_iter().enumerate().filter_map(read).collect()
    }

    fn content(&mut self, value: Option<Value>, at: &Place<'_>) -> Content {
        let media_types = self.map(value, at);
        media_types.into_iter().filter_map(|(name, item)| Some((name, item.into_item()?))).collect()
    }

    fn schema_or_content(&mut self, members: &mut Object, at: &Place<'_>) -> ParameterSchemaOrContent {
        let schema = members.shift_remove("schema");
        let content = members.shift_remove("content");
        members.insert("schema".to_owned(), placeholder());
        match (schema, content) {
            (None, content @ Some(_)) => {
                ParameterSchemaOrContent::Content(self.content(content, &at.key("content")))
            }
            (schema, _) => {
                let schema = schema.unwrap_or_else(|| Value::Object(Object::new()));
                let schema = self.either(schema, &at.key("schema")).unwrap_or_else(anything);
                ParameterSchemaOrContent::Schema(schema)
            }
        }
    }

    pub(super) fn document(&mut self, mut members: Object, at: &Place<'_>) -> Option<OpenAPI> {
        let paths = members.insert("paths".to_owned(), Value::Object(Object::new()));
        let components = members.shift_remove("components");
        let mut document: OpenAPI = self.leaf(Value::Object(members), at)?;

        let at_paths = at.key("paths");
        let (extensions, paths) = extensions_apart(paths);
        document.paths.paths = self.map(Some(paths), &at_paths);
        document.paths.extensions = extensions;
        if let Some(Value::Object(components)) = components {
            document.components = self.components(components, &at.key("components"));
        }
        Some(document)
    }

    fn components(&mut self, mut members: Object, at: &Place<'_>) -> Option<Components> {
        let mut take = |section: &str| members.shift_remove(section);
        let read = Components {
            schemas: self.map(take("schemas"), &at.key("schemas")),
            responses: self.map(take("responses"), &at.key("responses")),
            parameters: self.map(take("parameters"), &at.key("parameters")),
            request_bodies: self.map(take("requestBodies"), &at.key("requestBodies")),
            headers: self.map(take("headers"), &at.key("headers")),
            // They are read where an operation has them.
            callbacks: IndexMap::new(),
            ..Components::default()
        };
        let rest: Components = self.leaf(Value::Object(members), at)?;
        Some(Components {
            examples: rest.examples,
            security_schemes: rest.security_schemes,
            links: rest.links,
            extensions: rest.extensions,
            ..read
        })
    }
}

impl Read for PathItem {
    fn read(reader: &mut Reader<'_>, mut members: Object, at: &Place<'_>) -> Option<Self> {
        let parameters = reader.list(members.shift_remove("parameters"), &at.key("parameters"));
        let mut operation = |method: &str| match members.shift_remove(method) {
            Some(Value::Object(members)) => Operation::read(reader, members, &at.key(method)),
            _ => None,
        };
        let read = PathItem {
            get: operation("get"),
            put: operation("put"),
            post: operation("post"),
            delete: operation("delete"),
            options: operation("options"),
            head: operation("head"),
            patch: operation("patch"),
            trace: operation("trace"),
            parameters,
            ..PathItem::default()
        };
        let rest: PathItem = reader.leaf(Value::Object(members), at)?;
        Some(PathItem {
            summary: rest.summary,
            description: rest.description,
            servers: rest.servers,
            extensions: rest.extensions,
            ..read
        })
    }
}

impl Read for Operation {
    fn read(reader: &mut Reader<'_>, mut members: Object, at: &Place<'_>) -> Option<Self> {
        let parameters = reader.list(members.shift_remove("parameters"), &at.key("parameters"));
        let at_body = at.key("requestBody");
        let request_body = members.shift_remove("requestBody").and_then(|body| reader.either(body, &at_body));
        let callbacks: Callbacks = reader.map(members.shift_remove("callbacks"), &at.key("callbacks"));
        if !callbacks.is_empty() {
            reader.callbacks.insert(at.pointer(), callbacks);
        }
        let responses = members.insert("responses".to_owned(), Value::Object(Object::new()));
        let responses = reader.responses(responses, &at.key("responses"));
        let rest: Operation = reader.leaf(Value::Object(members), at)?;
        Some(Operation { parameters, request_body, responses, ..rest })
    }
}

impl Reader<'_> {
    fn responses(&mut self, value: Option<Value>, at: &Place<'_>) -> Responses {
        let (extensions, responses) = extensions_apart(value);
        let mut read = Responses { extensions, ..Responses::default() };
        for (key, response) in self.map(Some(responses), at) {
            if key == "default" {
                read.default = Some(response);
            } else if let Some(status) = self.leaf::<StatusCode>(Value::String(key.clone()), &at.key(&key)) {
                read.responses.insert(status, response);
            }
        }
        read
    }
}

impl Read for Callback {
    fn read(reader: &mut Reader<'_>, mut members: Object, at: &Place<'_>) -> Option<Self> {
        members.retain(|key, _| !key.starts_with("x-"));
        Some(Self { items: reader.map(Some(Value::Object(members)), at) })
    }
}

impl Read for Response {
    fn read(reader: &mut Reader<'_>, mut members: Object, at: &Place<'_>) -> Option<Self> {
        let headers = reader.map(members.shift_remove("headers"), &at.key("headers"));
        let content = reader.content(members.shift_remove("content"), &at.key("content"));
        let rest: Response = reader.leaf(Value::Object(members), at)?;
        Some(Response { headers, content, ..rest })
    }
}

impl Read for RequestBody {
    fn read(reader: &mut Reader<'_>, mut members: Object, at: &Place<'_>) -> Option<Self> {
        let content = reader.content(members.shift_remove("content"), &at.key("content"));
        let rest: RequestBody = reader.leaf(Value::Object(members), at)?;
        Some(RequestBody { content, ..rest })
    }
}

impl Read for MediaType {
    fn read(reader: &mut Reader<'_>, mut members: Object, at: &Place<'_>) -> Option<Self> {
        let schema =
            members.shift_remove("schema").and_then(|schema| reader.either(schema, &at.key("schema")));
        let encoding = reader.map::<Encoding>(members.shift_remove("encoding"), &at.key("encoding"));
        let encoding =
            encoding.into_iter().filter_map(|(name, item)| Some((name, item.into_item()?))).collect();
        let rest: MediaType = reader.leaf(Value::Object(members), at)?;
        Some(MediaType { schema, encoding, ..rest })
    }
}

impl Read for Encoding {
    fn read(reader: &mut Reader<'_>, mut members: Object, at: &Place<'_>) -> Option<Self> {
        let headers = reader.map(members.shift_remove("headers"), &at.key("headers"));
        // Who says one of these speaks of a style (OpenAPI 3.1, section 4.8.15).
        if members.contains_key("explode") || members.contains_key("allowReserved") {
            members.entry("style").or_insert_with(|| "form".into());
        }
        // `openapiv3` takes absence for false, which is true of every style but the usual one.
        let is_form = members.get("style").is_none_or(|style| style == "form");
        members.entry("explode").or_insert(Value::Bool(is_form));
        let rest: Encoding = reader.leaf(Value::Object(members), at)?;
        Some(Encoding { headers, ..rest })
    }
}

impl Read for Header {
    fn read(reader: &mut Reader<'_>, mut members: Object, at: &Place<'_>) -> Option<Self> {
        let format = reader.schema_or_content(&mut members, at);
        if let Some(explode) = members.shift_remove("explode") {
            members.insert(EXPLODE.to_owned(), explode);
        }
        let rest: Header = reader.leaf(Value::Object(members), at)?;
        Some(Header { format, ..rest })
    }
}

impl Read for Parameter {
    fn read(reader: &mut Reader<'_>, mut members: Object, at: &Place<'_>) -> Option<Self> {
        let format = reader.schema_or_content(&mut members, at);
        let mut parameter: Parameter = reader.leaf(Value::Object(members), at)?;
        data_mut(&mut parameter).format = format;
        Some(parameter)
    }
}

impl Read for Example {
    fn read(reader: &mut Reader<'_>, members: Object, at: &Place<'_>) -> Option<Self> {
        reader.leaf(Value::Object(members), at)
    }
}

impl Read for SecurityScheme {
    fn read(reader: &mut Reader<'_>, members: Object, at: &Place<'_>) -> Option<Self> {
        reader.leaf(Value::Object(members), at)
    }
}

fn data_mut(parameter: &mut Parameter) -> &mut ParameterData {
    match parameter {
        Parameter::Query { parameter_data, .. }
        | Parameter::Header { parameter_data, .. }
        | Parameter::Path { parameter_data, .. }
        | Parameter::Cookie { parameter_data, .. } => parameter_data,
    }
}

/// The inner schemas of a schema, while serde reads the rest.
#[derive(Default)]
struct Inner {
    properties: IndexMap<String, ReferenceOr<Box<Schema>>>,
    additional_properties: Option<AdditionalProperties>,
    items: Option<ReferenceOr<Box<Schema>>>,
    one_of: Vec<ReferenceOr<Schema>>,
    all_of: Vec<ReferenceOr<Schema>>,
    any_of: Vec<ReferenceOr<Schema>>,
    not: Option<Box<ReferenceOr<Schema>>>,
}

impl Read for Schema {
    fn read(reader: &mut Reader<'_>, mut members: Object, at: &Place<'_>) -> Option<Self> {
        let inner = reader.inner_schemas(&mut members, at);
        let mut schema: Schema = reader.leaf(Value::Object(members), at)?;
        inner.put_into(&mut schema.schema_kind);
        Some(schema)
    }
}

impl Reader<'_> {
    /// Takes the inner schemas out; what stays in their place makes `openapiv3` choose the same kind of schema.
    fn inner_schemas(&mut self, members: &mut Object, at: &Place<'_>) -> Inner {
        let mut inner = Inner::default();
        for (keyword, value) in members {
            let at = &at.key(keyword);
            let mut take = |stand_in| Some(mem::replace(value, stand_in));
            match keyword.as_str() {
                "properties" => {
                    let properties = self.map::<Schema>(take(Value::Object(Object::new())), at);
                    inner.properties =
                        properties.into_iter().map(|(name, schema)| (name, boxed(schema))).collect();
                }
                "additionalProperties" => {
                    inner.additional_properties = match take(Value::Bool(true)) {
                        Some(Value::Bool(any)) => Some(AdditionalProperties::Any(any)),
                        schema => self.one(schema, at).map(|one| AdditionalProperties::Schema(Box::new(one))),
                    };
                }
                "items" => inner.items = self.one(take(placeholder()), at).map(boxed),
                "not" => inner.not = self.one(take(placeholder()), at).map(Box::new),
                "oneOf" => inner.one_of = self.list(take(Value::Array(Vec::new())), at),
                "allOf" => inner.all_of = self.list(take(Value::Array(Vec::new())), at),
                "anyOf" => inner.any_of = self.list(take(Value::Array(Vec::new())), at),
                _ => {}
            }
        }
        inner
    }

    fn one(&mut self, value: Option<Value>, at: &Place<'_>) -> Option<ReferenceOr<Schema>> {
        self.either(value?, at)
    }
}

impl Inner {
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
            SchemaKind::Not { not } => *not = self.not.unwrap_or_else(|| Box::new(anything())),
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

/// Stands for a schema that has been taken out.
fn placeholder() -> Value {
    Value::Object(Object::from_iter([("$ref".to_owned(), Value::String(String::new()))]))
}

fn anything() -> ReferenceOr<Schema> {
    ReferenceOr::Item(Schema {
        schema_data: Default::default(),
        schema_kind: SchemaKind::Any(Default::default()),
    })
}

fn extensions_apart(value: Option<Value>) -> (IndexMap<String, Value>, Value) {
    let Some(Value::Object(members)) = value else { return (IndexMap::new(), Value::Object(Object::new())) };
    let (extensions, others): (Vec<_>, Vec<_>) =
        members.into_iter().partition(|(key, _)| key.starts_with("x-"));
    (extensions.into_iter().collect(), Value::Object(others.into_iter().collect()))
}
