//! The keywords of a schema.
//!
//! `openapiv3` has one variant for each plain type and one for mixtures. [`Keywords`] is the same for both.

use std::rc::Rc;
use std::sync::LazyLock;

use indexmap::IndexMap;
use openapiv3::{
    AdditionalProperties, AnySchema, ReferenceOr, Schema, SchemaData, SchemaKind, Type,
    VariantOrUnknownOrEmpty,
};
use serde::Serialize;
use serde_json::Value;

use super::limits::Limits;
use crate::diagnostics::Pointer;

pub(crate) type Properties = IndexMap<String, ReferenceOr<Box<Schema>>>;

static NO_PROPERTIES: LazyLock<Properties> = LazyLock::new(Properties::new);

/// The keywords that decide the type of a schema.
#[derive(Clone, Debug)]
pub(crate) struct Keywords<'a> {
    pub(crate) data: &'a SchemaData,
    /// `type`, if the schema has one.
    pub(crate) ty: Option<&'a str>,
    pub(crate) format: Option<Rc<str>>,
    /// `enum`, without null, which is `nullable`.
    pub(crate) values: Rc<[Value]>,
    pub(crate) properties: &'a Properties,
    pub(crate) required: &'a [String],
    pub(crate) additional_properties: Option<&'a AdditionalProperties>,
    pub(crate) items: Option<&'a ReferenceOr<Box<Schema>>>,
    pub(crate) one_of: &'a [ReferenceOr<Schema>],
    pub(crate) any_of: &'a [ReferenceOr<Schema>],
    pub(crate) all_of: &'a [ReferenceOr<Schema>],
    pub(crate) not: Option<&'a ReferenceOr<Schema>>,
    /// Constraints beyond the type.
    pub(crate) limits: Limits<'a>,
}

impl<'a> Keywords<'a> {
    pub(crate) fn of(schema: &'a Schema) -> Self {
        let mut keywords = Self::empty(&schema.schema_data);
        keywords.limits = Limits::of(schema);
        match &schema.schema_kind {
            SchemaKind::Type(ty) => keywords.read_type(ty),
            SchemaKind::OneOf { one_of } => keywords.one_of = one_of,
            SchemaKind::AnyOf { any_of } => keywords.any_of = any_of,
            SchemaKind::AllOf { all_of } => keywords.all_of = all_of,
            SchemaKind::Not { not } => keywords.not = Some(not),
            SchemaKind::Any(any) => keywords.read_any(any),
        }
        keywords.drop_inapplicable();
        keywords
    }

    /// Drops the keywords that do not concern values of the schema's type (JSON Schema, Core, section 7.6.1):
    /// `additionalProperties` of a string, for example.
    fn drop_inapplicable(&mut self) {
        if !matches!(self.ty, None | Some("object")) {
            self.properties = &NO_PROPERTIES;
            self.required = &[];
            self.additional_properties = None;
        }
        if !matches!(self.ty, None | Some("array")) {
            self.items = None;
        }
    }

    fn empty(data: &'a SchemaData) -> Self {
        Self {
            data,
            ty: None,
            format: None,
            values: no_values(),
            properties: &NO_PROPERTIES,
            required: &[],
            additional_properties: None,
            items: None,
            one_of: &[],
            any_of: &[],
            all_of: &[],
            not: None,
            limits: Limits::default(),
        }
    }

    fn read_type(&mut self, ty: &'a Type) {
        match ty {
            Type::String(it) => {
                self.ty = Some("string");
                self.format = format(&it.format);
                self.values = it.enumeration.iter().flatten().cloned().map(Value::String).collect();
            }
            Type::Number(it) => {
                self.ty = Some("number");
                self.format = format(&it.format);
                self.values = it.enumeration.iter().flatten().map(|number| number_value(*number)).collect();
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
                self.additional_properties = it.additional_properties.as_ref();
            }
        }
    }

    fn read_any(&mut self, any: &'a AnySchema) {
        self.ty = any.typ.as_deref();
        self.format = any.format.as_deref().map(Rc::from);
        self.values = any
            .enumeration
            .iter()
            .filter(|value| !value.is_null())
            .map(|value| {
                value.as_f64().filter(|_| value.is_f64()).map_or_else(|| value.clone(), number_value)
            })
            .collect();
        self.properties = &any.properties;
        self.required = &any.required;
        self.additional_properties = any.additional_properties.as_ref();
        self.items = any.items.as_ref();
        self.one_of = &any.one_of;
        self.any_of = &any.any_of;
        self.all_of = &any.all_of;
        self.not = any.not.as_deref();
    }

    /// Splits a schema with both `oneOf` and `anyOf`: the schema without `anyOf`, and the `anyOf` alone.
    pub(crate) fn split_unions(&self) -> Option<(Self, Self)> {
        if self.one_of.is_empty() || self.any_of.is_empty() {
            return None;
        }
        let second = Self { any_of: self.any_of, ..Self::empty(self.data) };
        Some((Self { any_of: &[], ..self.clone() }, second))
    }

    /// Returns the alternatives of a union.
    pub(crate) fn alternatives(&self) -> &'a [ReferenceOr<Schema>] {
        if self.one_of.is_empty() { self.any_of } else { self.one_of }
    }

    /// Returns the alternatives of a union and the location of their list, for a schema at `at`.
    pub(crate) fn alternatives_at(&self, at: &Pointer) -> (&'a [ReferenceOr<Schema>], Pointer) {
        if self.one_of.is_empty() {
            (self.any_of, at.child("anyOf"))
        } else {
            (self.one_of, at.child("oneOf"))
        }
    }

    /// Returns true if no keyword of the schema decides the type, other than `type` and `allOf`.
    pub(crate) fn is_bare(&self) -> bool {
        !self.has_structure() && self.values.is_empty() && self.required.is_empty() && self.format.is_none()
    }

    /// Returns true if no keyword of the schema decides the type, other than `allOf`.
    pub(crate) fn has_only_annotations(&self) -> bool {
        self.is_bare() && self.ty.is_none()
    }

    /// Returns true if the schema adds a format to a type that another part of an `allOf` gives.
    pub(crate) fn only_formats(&self) -> bool {
        self.ty.is_none()
            && self.format.is_some()
            && !self.has_structure()
            && self.values.is_empty()
            && self.required.is_empty()
    }

    /// Returns true if no keyword of the schema decides the type, so that it only has annotations.
    pub(crate) fn is_annotation(&self) -> bool {
        self.has_only_annotations() && self.all_of.is_empty()
    }

    /// Returns true if the schema only lists required properties.
    pub(crate) fn only_requires(&self) -> bool {
        !self.has_structure() && self.values.is_empty() && matches!(self.ty, None | Some("object"))
    }

    /// Returns true if the schema is a scalar, a list or an enum.
    pub(crate) fn is_scalar(&self) -> bool {
        !self.values.is_empty()
            || self.items.is_some()
            || matches!(self.ty, Some("string" | "integer" | "number" | "boolean" | "array"))
    }

    /// Returns true if the schema has properties, alternatives or items.
    fn has_structure(&self) -> bool {
        !self.properties.is_empty()
            || !self.one_of.is_empty()
            || !self.any_of.is_empty()
            || self.items.is_some()
            || self.additional_properties.is_some()
    }

    /// Returns true if the schema is an object: by `type`, or by the keywords of an object without `type`.
    pub(crate) fn is_object(&self) -> bool {
        self.ty == Some("object")
            || (self.ty.is_none() && (!self.properties.is_empty() || self.additional_properties.is_some()))
    }

    /// Returns true if the schema allows only null, as OpenAPI 3.0 documents write it: `nullable` alone, or
    /// on an object without properties.
    pub(crate) fn is_null_of_3_0(&self) -> bool {
        let is_empty_object = self.ty == Some("object")
            && self.properties.is_empty()
            && matches!(self.additional_properties, Some(AdditionalProperties::Any(false)));
        self.data.nullable && (self.is_anything() || is_empty_object)
    }

    /// Returns true if the schema allows any value.
    pub(crate) fn is_anything(&self) -> bool {
        self.ty.is_none() && self.all_of.is_empty() && !self.has_structure() && self.values.is_empty()
    }
}

/// Returns an empty list of values.
pub(crate) fn no_values() -> Rc<[Value]> {
    Rc::from([])
}

/// Returns a number as JSON. Whole numbers become integers.
#[allow(clippy::cast_possible_truncation, reason = "the number is whole and fits into 53 bits")]
fn number_value(number: f64) -> Value {
    if number.fract() == 0.0 && number.abs() < 9_007_199_254_740_992.0 {
        Value::from(number as i64)
    } else {
        Value::from(number)
    }
}

/// Returns a format as the document writes it.
fn format<T: Serialize>(format: &VariantOrUnknownOrEmpty<T>) -> Option<Rc<str>> {
    match format {
        VariantOrUnknownOrEmpty::Empty => None,
        VariantOrUnknownOrEmpty::Unknown(text) => Some(Rc::from(text.as_str())),
        VariantOrUnknownOrEmpty::Item(known) => match serde_json::to_value(known) {
            Ok(Value::String(text)) => Some(Rc::from(text)),
            _ => None,
        },
    }
}
