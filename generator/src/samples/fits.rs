//! Whether a value that a document gives as an example is one that a client decodes.

use serde_json::{Map, Value};

use crate::ir::{
    Access, Alternative, Api, Constant, EnumKind, Field, FieldKind, Look, Shape, Struct, Type, TypeId, Union,
    Variant,
};

/// Whether a value is sure to decode into a type. What is doubtful does not fit.
pub(super) fn fits(api: &Api, ty: &Type, value: &Value) -> bool {
    match (ty, value) {
        (Type::Named(id), value) => named(api, *id, value),
        (Type::Nullable(_), Value::Null) | (Type::Json, _) => true,
        (Type::Nullable(inner), value) => fits(api, inner, value),
        (Type::List(inner), Value::Array(items)) => items.iter().all(|item| fits(api, inner, item)),
        (Type::Tuple(places), Value::Array(items)) => {
            places.len() == items.len()
                && places.iter().zip(items).all(|(place, item)| fits(api, place, item))
        }
        (Type::Map(inner), Value::Object(members)) => members.values().all(|value| fits(api, inner, value)),
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
        (Type::Constant(constant), value) => super::of_constant(constant) == *value,
        (Type::Any, Value::Object(members)) => members.get("@type").is_some_and(Value::is_string),
        (Type::String, Value::String(_))
        | (Type::Bool, Value::Bool(_))
        | (Type::Float { .. }, Value::Number(_))
        | (Type::Object, Value::Object(_)) => true,
        _ => false,
    }
}

fn named(api: &Api, id: TypeId, value: &Value) -> bool {
    match (&api.type_def(id).shape, value) {
        (Shape::Struct(it), Value::Object(members)) => object(api, it, members),
        (Shape::OneOf(it), Value::Object(members)) => variants(api, &it.variants, members),
        (Shape::Union(it), value) => alternatives(api, it, value),
        // A value that is not listed is kept as it is.
        (Shape::Enum(it), Value::String(_)) => it.kind == EnumKind::Text,
        (Shape::Enum(it), Value::Number(number)) => it.kind == EnumKind::Integer && number.is_i64(),
        _ => false,
    }
}

fn object(api: &Api, it: &Struct, members: &Map<String, Value>) -> bool {
    let has_name = |field: &Field, name: &str| match &field.kind {
        FieldKind::OneOf(id) => api.type_def(*id).shape.variants().any(|variant| variant.key == name),
        _ => field.name == name,
    };
    let rest = || members.iter().filter(|(name, _)| !it.fields.iter().any(|field| has_name(field, name)));
    it.fields.iter().all(|field| member(api, field, members))
        && it.additional.as_ref().is_none_or(|ty| rest().all(|(_, value)| fits(api, ty, value)))
}

fn member(api: &Api, field: &Field, members: &Map<String, Value>) -> bool {
    let value = members.get(&field.name);
    let is_absent = value.is_none_or(Value::is_null);
    let fits = |ty| value.is_some_and(|value| fits(api, ty, value));
    match &field.kind {
        // What a client decodes is an answer.
        _ if is_absent && field.access == Access::WriteOnly => true,
        FieldKind::Required(ty) => fits(ty),
        FieldKind::Nullable(ty) => value.is_some_and(Value::is_null) || fits(ty),
        FieldKind::Plain { ty, .. } | FieldKind::Optional(ty) | FieldKind::Maybe(ty) => is_absent || fits(ty),
        FieldKind::Presence => is_absent,
        FieldKind::OneOf(id) => {
            let Shape::OneOf(it) = &api.type_def(*id).shape else { return false };
            variants(api, &it.variants, members)
        }
    }
}

/// Whatever is set of a union's members has to fit.
fn variants(api: &Api, variants: &[Variant], members: &Map<String, Value>) -> bool {
    let set = |variant: &Variant| members.get(&variant.key).filter(|value| !value.is_null());
    variants.iter().all(|variant| set(variant).is_none_or(|value| fits(api, &variant.ty, value)))
}

fn alternatives(api: &Api, it: &Union, value: &Value) -> bool {
    it.alternatives
        .iter()
        .any(|alternative| is_marked(alternative, value) && fits(api, &alternative.variant.ty, value))
}

/// Whether a value says that it is this alternative, where it has to say that.
fn is_marked(alternative: &Alternative, value: &Value) -> bool {
    let is = |constants: &[Constant], value: &Value| {
        constants.iter().any(|constant| super::of_constant(constant) == *value)
    };
    alternative.looks.is_empty()
        || alternative.looks.iter().any(|look| match look {
            Look::Tag { member, values } => value.get(member).is_some_and(|value| is(values, value)),
            Look::Constants(values) => is(values, value),
            _ => true,
        })
}

/// RFC 3339, section 5.6.
fn is_date_time(text: &str) -> bool {
    let Some((date, time)) = text.split_once(['T', 't']) else { return false };
    let Some(zone) = time.find(['Z', 'z', '+', '-']) else { return false };
    let (time, zone) = time.split_at(zone);
    let is_zone = matches!(zone, "Z" | "z") || zone.get(1..).is_some_and(|zone| has_form(zone, "dd:dd"));
    let (time, fraction) = time.split_once('.').unwrap_or((time, "0"));
    let is_fraction =
        !fraction.is_empty() && fraction.len() <= 9 && has_form(fraction, &"d".repeat(fraction.len()));
    let within = |part: Option<&str>, limit: u32| {
        part.and_then(|part| part.parse::<u32>().ok()).is_some_and(|number| number < limit)
    };
    let zone_fits = zone.len() < 6 || (within(zone.get(1..3), 24) && within(zone.get(4..6), 60));
    let time_fits = has_form(time, "dd:dd:dd")
        && within(time.get(..2), 24)
        && within(time.get(3..5), 60)
        && within(time.get(6..), 60);
    is_date(date) && time_fits && is_fraction && is_zone && zone_fits
}

/// RFC 3339, section 5.6.
fn is_date(text: &str) -> bool {
    let number = |range: std::ops::Range<usize>| text.get(range).and_then(|part| part.parse::<u32>().ok());
    if !has_form(text, "dddd-dd-dd") {
        return false;
    }
    let (Some(year), Some(month), Some(day)) = (number(0..4), number(5..7), number(8..10)) else {
        return false;
    };
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        2 => 28 + u32::from(is_leap),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    };
    (1..=days).contains(&day)
}

/// RFC 9562, section 4.
fn is_uuid(text: &str) -> bool {
    has_form(text, "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx")
}

/// Protobuf's JSON: `"1.500s"`.
fn is_duration(text: &str) -> bool {
    let Some(number) = text.strip_suffix('s') else { return false };
    let number = number.strip_prefix('-').unwrap_or(number);
    let (whole, fraction) = number.split_once('.').unwrap_or((number, "0"));
    let are_digits = |text: &str, most: usize| {
        (1..=most).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
    };
    are_digits(whole, 12) && are_digits(fraction, 9)
}

/// Whether a text has a digit for each `d`, a hexadecimal one for each `x`, and else what stands there.
fn has_form(text: &str, form: &str) -> bool {
    text.len() == form.len()
        && text.bytes().zip(form.bytes()).all(|(byte, form)| match form {
            b'd' => byte.is_ascii_digit(),
            b'x' => byte.is_ascii_hexdigit(),
            other => byte == other,
        })
}
