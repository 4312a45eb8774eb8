//! Checks that a client decodes a value, such as an example of the document.

use serde_json::{Map, Value};

use super::text_format::{is_date, is_date_time, is_duration, is_uuid};
use crate::ir::{
    Access, Alternative, Api, Constant, EnumKind, Field, FieldKind, MatchRule, Shape, Struct, Type, TypeId,
    Union, Variant,
};

/// True if a value certainly decodes as a type. False if it may not.
pub(super) fn decodes(api: &Api, ty: &Type, value: &Value) -> bool {
    match (ty, value) {
        (Type::Named(id), value) => named(api, *id, value),
        (Type::Nullable(_), Value::Null) | (Type::Json, _) => true,
        (Type::Nullable(inner), value) => decodes(api, inner, value),
        (Type::List(inner), Value::Array(items)) => items.iter().all(|item| decodes(api, inner, item)),
        (Type::Tuple(places), Value::Array(items)) => {
            places.len() == items.len()
                && places.iter().zip(items).all(|(place, item)| decodes(api, place, item))
        }
        (Type::Map(inner), Value::Object(properties)) => {
            properties.values().all(|value| decodes(api, inner, value))
        }
        (Type::Integer { width, .. }, Value::Number(number)) => {
            let number = number.as_i64().map(i128::from).or(number.as_u64().map(i128::from));
            number.is_some_and(|number| (width.least()..=width.greatest()).contains(&number))
        }
        (Type::Integer { width, quoted: true }, Value::String(text)) => {
            text.parse::<i128>().is_ok_and(|number| (width.least()..=width.greatest()).contains(&number))
        }
        (Type::DateTime | Type::Timestamp, Value::String(text)) => is_date_time(text),
        (Type::Date, Value::String(text)) => is_date(text),
        (Type::Uuid, Value::String(text)) => is_uuid(text),
        (Type::Duration, Value::String(text)) => is_duration(text),
        (Type::Constant(constant), value) => super::constant_value(constant) == *value,
        (Type::Any, Value::Object(properties)) => properties.get("@type").is_some_and(Value::is_string),
        (Type::String, Value::String(_))
        | (Type::Bool, Value::Bool(_))
        | (Type::Float { .. }, Value::Number(_))
        | (Type::Object, Value::Object(_)) => true,
        _ => false,
    }
}

fn named(api: &Api, id: TypeId, value: &Value) -> bool {
    match (&api.type_def(id).shape, value) {
        (Shape::Struct(it), Value::Object(properties)) => object(api, it, properties),
        (Shape::KeyedUnion(it), Value::Object(properties)) => variants(api, &it.variants, properties),
        (Shape::Union(it), value) => alternatives(api, it, value),
        // Unknown values of enums are preserved.
        (Shape::Enum(it), Value::String(_)) => it.kind == EnumKind::Text,
        (Shape::Enum(it), Value::Number(number)) => it.kind == EnumKind::Integer && number.is_i64(),
        _ => false,
    }
}

fn object(api: &Api, it: &Struct, properties: &Map<String, Value>) -> bool {
    let has_name = |field: &Field, name: &str| match &field.kind {
        FieldKind::KeyedUnion(id) => api.type_def(*id).shape.variants().any(|variant| variant.key == name),
        _ => field.name == name,
    };
    let rest = || properties.iter().filter(|(name, _)| !it.fields.iter().any(|field| has_name(field, name)));
    it.fields.iter().all(|field| property_decodes(api, field, properties))
        && it.additional_properties.as_ref().is_none_or(|ty| rest().all(|(_, value)| decodes(api, ty, value)))
}

fn property_decodes(api: &Api, field: &Field, properties: &Map<String, Value>) -> bool {
    let value = properties.get(&field.name);
    let is_absent = value.is_none_or(Value::is_null);
    let decodes = |ty| value.is_some_and(|value| decodes(api, ty, value));
    match &field.kind {
        // A client decodes responses, which have no write-only properties.
        _ if is_absent && field.access == Access::WriteOnly => true,
        FieldKind::Required(ty) => decodes(ty),
        FieldKind::Nullable(ty) => value.is_some_and(Value::is_null) || decodes(ty),
        FieldKind::ImplicitPresence { ty, .. }
        | FieldKind::Optional(ty)
        | FieldKind::OptionalNullable(ty) => is_absent || decodes(ty),
        FieldKind::NullOnly => is_absent,
        FieldKind::KeyedUnion(id) => {
            let Shape::KeyedUnion(it) = &api.type_def(*id).shape else { return false };
            variants(api, &it.variants, properties)
        }
    }
}

/// True if each property of a union decodes, if it is present.
fn variants(api: &Api, variants: &[Variant], properties: &Map<String, Value>) -> bool {
    let value_of = |variant: &Variant| properties.get(&variant.key).filter(|value| !value.is_null());
    variants.iter().all(|variant| value_of(variant).is_none_or(|value| decodes(api, &variant.ty, value)))
}

fn alternatives(api: &Api, it: &Union, value: &Value) -> bool {
    it.alternatives.iter().any(|alternative| {
        has_required_tag(alternative, value) && decodes(api, &alternative.variant.ty, value)
    })
}

/// True if a value has the tag or constant of an alternative, if the alternative has one.
fn has_required_tag(alternative: &Alternative, value: &Value) -> bool {
    let is = |constants: &[Constant], value: &Value| {
        constants.iter().any(|constant| super::constant_value(constant) == *value)
    };
    alternative.match_rules.is_empty()
        || alternative.match_rules.iter().any(|rule| match rule {
            MatchRule::Tag { member, values } => value.get(member).is_some_and(|value| is(values, value)),
            MatchRule::Constants(values) => is(values, value),
            _ => true,
        })
}
