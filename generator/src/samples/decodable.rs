//! Checks that a client decodes a value, such as an example of the document.
//!
//! Each value is checked once for each type, and alternatives are followed to a maximum depth: unions can contain one
//! another in many ways.

use std::collections::{HashMap, HashSet};

use serde_json::{Map, Value};

use super::text_format::{is_date, is_date_time, is_duration, is_uuid};
use crate::ir::{
    Access, Alternative, Api, Constant, EnumKind, Field, FieldKind, MatchRule, Shape, Struct, Type, TypeId,
    Union, Variant,
};

/// The maximum number of types around a value. A value of more is not certain to decode.
const MAX_DEPTH: usize = 150;

/// True if a value certainly decodes as a type. False if it may not.
pub(super) fn decodes(api: &Api, ty: &Type, value: &Value) -> bool {
    Decoder { api, depth: 0, known: HashMap::new() }.decodes(ty, value)
}

struct Decoder<'a> {
    api: &'a Api,
    /// The number of named types around the current value.
    depth: usize,
    /// True if a value decodes as a named type. The address identifies the value.
    known: HashMap<(TypeId, *const Value), bool>,
}

impl Decoder<'_> {
    fn decodes(&mut self, ty: &Type, value: &Value) -> bool {
        match (ty, value) {
            (Type::Named(id), value) => self.named(*id, value),
            (Type::Nullable(_), Value::Null) | (Type::Json, _) => true,
            (Type::Nullable(inner), value) => self.decodes(inner, value),
            (Type::List(inner), Value::Array(items)) => items.iter().all(|item| self.decodes(inner, item)),
            (Type::Tuple(places), Value::Array(items)) => {
                places.len() == items.len()
                    && places.iter().zip(items).all(|(place, item)| self.decodes(place, item))
            }
            (Type::Map(inner), Value::Object(properties)) => {
                properties.values().all(|value| self.decodes(inner, value))
            }
            (scalar, value) => scalar_decodes(scalar, value),
        }
    }

    fn named(&mut self, id: TypeId, value: &Value) -> bool {
        let key = (id, std::ptr::from_ref(value));
        if let Some(known) = self.known.get(&key) {
            return *known;
        }
        if self.depth == MAX_DEPTH {
            return false;
        }
        self.depth += 1;
        let api = self.api;
        let decodes = match (&api.type_def(id).shape, value) {
            (Shape::Struct(it), Value::Object(properties)) => self.object(it, properties),
            (Shape::KeyedUnion(it), Value::Object(properties)) => self.variants(&it.variants, properties),
            (Shape::Union(it), value) => self.alternatives(it, value),
            // Unknown values of enums are preserved.
            (Shape::Enum(it), Value::String(_)) => it.kind == EnumKind::Text,
            (Shape::Enum(it), Value::Number(number)) => it.kind == EnumKind::Integer && number.is_i64(),
            _ => false,
        };
        self.depth -= 1;
        self.known.insert(key, decodes);
        decodes
    }

    fn object(&mut self, it: &Struct, properties: &Map<String, Value>) -> bool {
        if !it.fields.iter().all(|field| self.property_decodes(field, properties)) {
            return false;
        }
        let Some(ty) = &it.additional_properties else { return true };
        let api = self.api;
        let names = it.fields.iter().flat_map(|field| names(api, field));
        let names: HashSet<&str> = names.collect();
        let mut rest = properties.iter().filter(|(name, _)| !names.contains(name.as_str()));
        rest.all(|(_, value)| self.decodes(ty, value))
    }

    fn property_decodes(&mut self, field: &Field, properties: &Map<String, Value>) -> bool {
        let value = properties.get(&field.name);
        let is_absent = value.is_none_or(Value::is_null);
        let mut decodes = |ty| value.is_some_and(|value| self.decodes(ty, value));
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
                let Shape::KeyedUnion(it) = &self.api.type_def(*id).shape else { return false };
                self.variants(&it.variants, properties)
            }
        }
    }

    /// True if each property of a union decodes, if it is present.
    fn variants(&mut self, variants: &[Variant], properties: &Map<String, Value>) -> bool {
        let value_of = |variant: &Variant| properties.get(&variant.key).filter(|value| !value.is_null());
        variants.iter().all(|variant| value_of(variant).is_none_or(|value| self.decodes(&variant.ty, value)))
    }

    fn alternatives(&mut self, it: &Union, value: &Value) -> bool {
        it.alternatives.iter().any(|alternative| {
            has_required_tag(alternative, value) && self.decodes(&alternative.variant.ty, value)
        })
    }
}

/// The properties of a field: several if it is a flattened union.
fn names<'a>(api: &'a Api, field: &'a Field) -> Vec<&'a str> {
    match &field.kind {
        FieldKind::KeyedUnion(id) => {
            api.type_def(*id).shape.variants().map(|variant| variant.key.as_str()).collect()
        }
        _ => vec![&field.name],
    }
}

fn scalar_decodes(ty: &Type, value: &Value) -> bool {
    match (ty, value) {
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

/// True if a value has the constants of an alternative, if the alternative has any.
fn has_required_tag(alternative: &Alternative, value: &Value) -> bool {
    alternative.match_rules.is_empty()
        || alternative.match_rules.iter().any(|rule| has_constants(rule, value))
}

/// True if a value has the constants of a rule. Rules are as deep as a document writes them, up to a limit.
fn has_constants(rule: &MatchRule, value: &Value) -> bool {
    let is = |constants: &[Constant], value: &Value| {
        constants.iter().any(|constant| super::constant_value(constant) == *value)
    };
    match rule {
        MatchRule::Tag { member, values } => value.get(member).is_some_and(|value| is(values, value)),
        MatchRule::Constants(values) => is(values, value),
        MatchRule::Property { member, match_rules } => {
            value.get(member).is_some_and(|value| match_rules.iter().any(|rule| has_constants(rule, value)))
        }
        MatchRule::All(rules) => rules.iter().all(|rule| has_constants(rule, value)),
        MatchRule::Rest { rule, .. } => has_constants(rule, value),
        _ => true,
    }
}
