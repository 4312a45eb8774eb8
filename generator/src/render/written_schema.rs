//! The schema of the JSON that a type writes, which libraries for schemas spell in their own way.

use super::context::Context;
use crate::derives::SchemaTrait;
use crate::ir::{Access, Constant, Enum, EnumKind, FieldKind, Shape, Struct, Type, TypeId};

/// A schema of JSON.
pub(super) enum WrittenSchema<'a> {
    /// Any value.
    Any,
    /// A value of a type of JSON, such as `string`.
    Scalar(&'static str),
    /// A string with a `format`.
    Format(&'static str),
    NumberOrString,
    Constant(&'a Constant),
    /// A string or an integer, and the allowed values if they are known.
    Enum {
        kind: EnumKind,
        values: Option<Vec<&'a str>>,
    },
    /// The schema of another type.
    Of(&'a Type),
    List(Box<Self>),
    Tuple(Vec<Self>),
    Map(Box<Self>),
    Object {
        properties: Vec<(&'a str, Self)>,
        required: Vec<&'a str>,
        additional: Option<Box<Self>>,
    },
    AnyOf(Vec<Self>),
}

impl<'a> WrittenSchema<'a> {
    /// Returns the schema of a type. Other types with the same trait have a schema of their own.
    pub(super) fn of(context: &Context<'a>, id: TypeId, of: SchemaTrait) -> Self {
        let of_type = |ty| Self::of_type(context, ty, of);
        match &context.api.type_def(id).shape {
            Shape::Struct(it) => Self::of_struct(context, id, it, of),
            Shape::Enum(it) => Self::of_enum(it),
            shape @ Shape::KeyedUnion(_) => Self::Object {
                properties: shape.variants().map(|it| (it.key.as_str(), of_type(&it.ty))).collect(),
                required: Vec::new(),
                additional: None,
            },
            shape @ Shape::Union(_) => Self::AnyOf(shape.variants().map(|it| of_type(&it.ty)).collect()),
        }
    }

    fn of_struct(context: &Context<'a>, id: TypeId, it: &'a Struct, of: SchemaTrait) -> Self {
        let mut properties = Vec::new();
        let mut required = Vec::new();
        for field in &it.fields {
            if let Some(union) = context.union_of(field) {
                let variants = union.variants.iter();
                properties.extend(variants.map(|it| (it.key.as_str(), Self::of_type(context, &it.ty, of))));
                continue;
            }
            let kind = context.facts.field_kind(id, field);
            let is_always_written = matches!(kind, FieldKind::Required(_) | FieldKind::Nullable(_));
            if is_always_written && context.facts.direction(id, field) == Access::Both {
                required.push(field.name.as_str());
            }
            let is_nullable = matches!(kind, FieldKind::Nullable(_) | FieldKind::OptionalNullable(_));
            // The facts change the kind of a field, not its type.
            let schema = match field.kind.ty() {
                Some(ty) if is_nullable => Self::of_type(context, ty, of).or_null(),
                Some(ty) => Self::of_type(context, ty, of),
                None => Self::Scalar("null"),
            };
            properties.push((field.name.as_str(), schema));
        }
        let additional = it.additional_properties.as_ref().map(|ty| Box::new(Self::of_type(context, ty, of)));
        Self::Object { properties, required, additional }
    }

    fn of_enum(it: &'a Enum) -> Self {
        let values = it.values.iter().map(|value| value.wire.as_str());
        Self::Enum { kind: it.kind, values: (!it.is_open).then(|| values.collect()) }
    }

    fn of_type(context: &Context<'a>, ty: &'a Type, of: SchemaTrait) -> Self {
        let inside = |ty| Box::new(Self::of_type(context, ty, of));
        match ty {
            Type::Named(id) if context.has_schema(*id, of) => Self::Of(ty),
            // Nothing is known of other types.
            Type::Named(_) | Type::Custom(_) | Type::Json => Self::Any,
            Type::String | Type::Duration | Type::Bytes { .. } | Type::Integer { quoted: true, .. } => {
                Self::Scalar("string")
            }
            Type::Bool => Self::Scalar("boolean"),
            Type::Integer { quoted: false, .. } => Self::Scalar("integer"),
            Type::Float { lenient: false } => Self::Scalar("number"),
            Type::Float { lenient: true } => Self::NumberOrString,
            Type::DateTime | Type::Timestamp => Self::Format("date-time"),
            Type::Date => Self::Format("date"),
            Type::Uuid => Self::Format("uuid"),
            Type::List(inner) => Self::List(inside(inner)),
            Type::Tuple(places) => {
                Self::Tuple(places.iter().map(|ty| Self::of_type(context, ty, of)).collect())
            }
            Type::Map(inner) => Self::Map(inside(inner)),
            Type::Object | Type::Any => Self::Scalar("object"),
            Type::Nullable(inner) => Self::of_type(context, inner, of).or_null(),
            Type::Constant(constant) => Self::Constant(constant),
        }
    }

    fn or_null(self) -> Self {
        Self::AnyOf(vec![self, Self::Scalar("null")])
    }

    /// Returns the types in the schema that have a schema of their own, each as often as it occurs.
    pub(super) fn types(&self) -> Vec<&'a Type> {
        let mut types = Vec::new();
        let mut schemas = vec![self];
        while let Some(schema) = schemas.pop() {
            match schema {
                Self::Of(ty) => types.push(*ty),
                Self::List(inner) | Self::Map(inner) => schemas.push(inner),
                Self::Tuple(several) | Self::AnyOf(several) => schemas.extend(several.iter().rev()),
                Self::Object { properties, additional, .. } => {
                    schemas.extend(additional.as_deref());
                    schemas.extend(properties.iter().rev().map(|(_, schema)| schema));
                }
                _ => {}
            }
        }
        types
    }
}
