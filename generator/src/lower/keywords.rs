//! The keywords of a schema, however `openapiv3` sorted it.
//!
//! `openapiv3` has one variant for each plain type and one for every mixture; here the two read alike.

use std::sync::LazyLock;

use indexmap::IndexMap;
use openapiv3::{
    AdditionalProperties, AnySchema, ReferenceOr, Schema, SchemaData, SchemaKind, Type,
    VariantOrUnknownOrEmpty,
};
use serde::Serialize;
use serde_json::Value;

use super::limits::Limits;

pub(super) type Properties = IndexMap<String, ReferenceOr<Box<Schema>>>;

static NO_PROPERTIES: LazyLock<Properties> = LazyLock::new(Properties::new);

/// The keywords of a schema that decide its type.
pub(super) struct Keywords<'a> {
    pub(super) data: &'a SchemaData,
    /// `type`, where the schema has one.
    pub(super) ty: Option<&'a str>,
    pub(super) format: Option<String>,
    /// `enum`; null among the values is `nullable`.
    pub(super) values: Vec<Value>,
    pub(super) properties: &'a Properties,
    pub(super) required: &'a [String],
    pub(super) additional: Option<&'a AdditionalProperties>,
    pub(super) items: Option<&'a ReferenceOr<Box<Schema>>>,
    pub(super) one_of: &'a [ReferenceOr<Schema>],
    pub(super) any_of: &'a [ReferenceOr<Schema>],
    pub(super) all_of: &'a [ReferenceOr<Schema>],
    pub(super) not: Option<&'a ReferenceOr<Schema>>,
    /// What the schema says beyond a type.
    pub(super) limits: Limits<'a>,
}

impl<'a> Keywords<'a> {
    pub(super) fn of(schema: &'a Schema) -> Self {
        let mut keywords = Self::empty(&schema.schema_data);
        keywords.limits = Limits::of(schema);
        match &schema.schema_kind {
            SchemaKind::Type(ty) => keywords.plain(ty),
            SchemaKind::OneOf { one_of } => keywords.one_of = one_of,
            SchemaKind::AnyOf { any_of } => keywords.any_of = any_of,
            SchemaKind::AllOf { all_of } => keywords.all_of = all_of,
            SchemaKind::Not { not } => keywords.not = Some(not),
            SchemaKind::Any(any) => keywords.mixture(any),
        }
        keywords
    }

    fn empty(data: &'a SchemaData) -> Self {
        Self {
            data,
            ty: None,
            format: None,
            values: Vec::new(),
            properties: &NO_PROPERTIES,
            required: &[],
            additional: None,
            items: None,
            one_of: &[],
            any_of: &[],
            all_of: &[],
            not: None,
            limits: Limits::default(),
        }
    }

    fn plain(&mut self, ty: &'a Type) {
        match ty {
            Type::String(it) => {
                self.ty = Some("string");
                self.format = format(&it.format);
                self.values = it.enumeration.iter().flatten().cloned().map(Value::String).collect();
            }
            Type::Number(it) => {
                self.ty = Some("number");
                self.format = format(&it.format);
                self.values = it.enumeration.iter().flatten().map(|number| Value::from(*number)).collect();
            }
            Type::Integer(it) => {
                self.ty = Some("integer");
                self.format = format(&it.format);
                self.values = it.enumeration.iter().flatten().map(|number| Value::from(*number)).collect();
            }
            Type::Boolean(it) => {
                self.ty = Some("boolean");
                self.values = it.enumeration.iter().flatten().map(|truth| Value::from(*truth)).collect();
            }
            Type::Array(it) => {
                self.ty = Some("array");
                self.items = it.items.as_ref();
            }
            Type::Object(it) => {
                self.ty = Some("object");
                self.properties = &it.properties;
                self.required = &it.required;
                self.additional = it.additional_properties.as_ref();
            }
        }
    }

    fn mixture(&mut self, any: &'a AnySchema) {
        self.ty = any.typ.as_deref();
        self.format.clone_from(&any.format);
        self.values = any.enumeration.iter().filter(|value| !value.is_null()).cloned().collect();
        self.properties = &any.properties;
        self.required = &any.required;
        self.additional = any.additional_properties.as_ref();
        self.items = any.items.as_ref();
        self.one_of = &any.one_of;
        self.any_of = &any.any_of;
        self.all_of = &any.all_of;
        self.not = any.not.as_deref();
    }

    /// Whether nothing but a single `allOf` entry decides the type: a reference with a description or `nullable`.
    pub(super) fn wraps_one(&self) -> Option<&'a ReferenceOr<Schema>> {
        match self.all_of {
            [only] if !self.has_structure() && self.ty.is_none() && self.values.is_empty() => Some(only),
            _ => None,
        }
    }

    /// Whether the schema says anything of an object's or a union's members on its own.
    fn has_structure(&self) -> bool {
        !self.properties.is_empty()
            || !self.one_of.is_empty()
            || !self.any_of.is_empty()
            || self.items.is_some()
            || self.additional.is_some()
    }

    /// Whether the schema is an object: it says so, or has an object's keywords and no other type.
    pub(super) fn is_object(&self) -> bool {
        self.ty == Some("object")
            || (self.ty.is_none() && (!self.properties.is_empty() || self.additional.is_some()))
    }

    /// Whether the schema allows any value at all.
    pub(super) fn is_anything(&self) -> bool {
        self.ty.is_none() && self.all_of.is_empty() && !self.has_structure() && self.values.is_empty()
    }
}

/// A format as the document writes it.
fn format<T: Serialize>(format: &VariantOrUnknownOrEmpty<T>) -> Option<String> {
    match format {
        VariantOrUnknownOrEmpty::Empty => None,
        VariantOrUnknownOrEmpty::Unknown(text) => Some(text.clone()),
        VariantOrUnknownOrEmpty::Item(known) => match serde_json::to_value(known) {
            Ok(Value::String(text)) => Some(text),
            _ => None,
        },
    }
}
