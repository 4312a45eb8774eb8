//! Scalars: numbers, booleans and strings with their formats.

use super::custom_types::custom;
use super::keywords::Keywords;
use super::limits::{Bound, Number};
use crate::config::{Config, TimeLibrary, UuidLibrary};
use crate::ir::{CustomJson, Integer, Type};

/// Returns the type of a scalar. `None` if the schema has another type, or none.
pub(super) fn scalar(keywords: &Keywords<'_>, config: &Config) -> Option<Type> {
    if let Some(ty) = of_format(keywords, config) {
        return Some(ty);
    }
    match keywords.ty {
        Some("string") => Some(string(keywords, config)),
        Some("integer") => Some(integer(keywords, config, false)),
        Some("number") => Some(number(keywords, config)),
        Some("boolean") => Some(Type::Bool),
        _ => None,
    }
}

/// Returns the type that codegen.toml gives to a format of strings, integers or numbers.
fn of_format(keywords: &Keywords<'_>, config: &Config) -> Option<Type> {
    let json = match keywords.ty? {
        "string" => CustomJson::Text,
        "integer" | "number" => CustomJson::Number,
        _ => return None,
    };
    let custom_type = config.types.formats.get(keywords.format.as_deref()?)?;
    Some(Type::Custom(custom(custom_type, json)))
}

/// Returns the type for `type: string`.
///
/// A format gets a type of its own only if the type fits every value of the format. Times of day with an offset,
/// email addresses, decimals and unknown formats stay strings, and so does `binary`, which JSON cannot contain.
fn string(keywords: &Keywords<'_>, config: &Config) -> Type {
    let has_times = config.types.time != TimeLibrary::String;
    // Protobuf has no types for dates and UUIDs. They are plain strings, empty when absent.
    let protojson = config.protojson;
    match keywords.format.as_deref() {
        // A protobuf timestamp has no offset.
        Some("date-time") if has_times && protojson => Type::Timestamp,
        Some("date-time") if has_times => Type::DateTime,
        Some("date") if has_times && !protojson => Type::Date,
        Some("duration") if has_times && protojson => Type::Duration,
        Some("uuid") if config.types.uuid == UuidLibrary::Uuid && !protojson => Type::Uuid,
        Some("byte" | "base64") => Type::Bytes { url: false },
        Some("base64url") => Type::Bytes { url: true },
        Some(format) if declared(format).is_some() => integer(keywords, config, true),
        _ => Type::String,
    }
}

/// Returns true if a string encodes a protobuf message. Unlike strings, messages can be absent.
pub(super) fn is_message_as_text(keywords: &Keywords<'_>, config: &Config) -> bool {
    config.protojson
        && keywords.ty == Some("string")
        && matches!(keywords.format.as_deref(), Some("date-time" | "duration"))
}

/// Returns the type for `type: number`.
///
/// Always `f64`, even for `float`: a server may send more digits than an `f32` holds, and an `f64` writes the digits
/// that were received.
fn number(keywords: &Keywords<'_>, config: &Config) -> Type {
    let is_integer = keywords.format.as_deref().and_then(declared).is_some();
    if is_integer && numbers(keywords).all(|number| matches!(number, Number::Whole(_))) {
        return integer(keywords, config, false);
    }
    Type::Float { lenient: config.protojson }
}

fn integer(keywords: &Keywords<'_>, config: &Config, quoted: bool) -> Type {
    let width = width(keywords);
    // In protobuf's JSON, 64-bit integers may be numbers or strings, whatever the document says.
    let wide = matches!(width, Integer::I64 | Integer::U64);
    Type::Integer { width, quoted: quoted || (wide && config.protojson && keywords.format.is_some()) }
}

/// Returns the integer type that a format names.
pub(super) fn declared(format: &str) -> Option<Integer> {
    Some(match format {
        "int8" => Integer::I8,
        "int16" => Integer::I16,
        "int32" | "sint32" | "sfixed32" => Integer::I32,
        "int64" | "sint64" | "sfixed64" => Integer::I64,
        "uint8" => Integer::U8,
        "uint16" => Integer::U16,
        "uint32" | "fixed32" => Integer::U32,
        "uint64" | "fixed64" | "uint" => Integer::U64,
        _ => return None,
    })
}

/// Returns the integer type of a schema. Its format decides, unless a bound, default or example does not fit. The widest
/// type refuses a number that does not fit, where a floating-point number would lose digits.
pub(super) fn width(keywords: &Keywords<'_>) -> Integer {
    let declared = keywords.format.as_deref().and_then(declared).unwrap_or(Integer::I64);
    let is_unsigned = declared.least() == 0
        || matches!(keywords.limits.minimum, Some(Bound { number: Number::Whole(0..), .. }));
    let wider = [Some(Integer::I64), is_unsigned.then_some(Integer::U64), Some(Integer::I128)];
    let fitting = [Some(declared)].into_iter().chain(wider).flatten().find(|width| {
        numbers(keywords).all(|number| match number {
            Number::Whole(whole) => width.least() <= whole && whole <= width.greatest(),
            Number::Fraction(fraction) => fraction.abs() < 1.0e38,
        })
    });
    fitting.unwrap_or(if is_unsigned { Integer::U128 } else { Integer::I128 })
}

/// Returns the least and the greatest number that a schema allows, its default and its examples.
fn numbers(keywords: &Keywords<'_>) -> impl Iterator<Item = Number> {
    let inside = |bound: &Bound, step: i128| match bound.number {
        Number::Whole(whole) if bound.is_exclusive => Number::Whole(whole.saturating_add(step)),
        number => number,
    };
    let limits = &keywords.limits;
    let ends = [
        limits.minimum.as_ref().map(|bound| inside(bound, 1)),
        limits.maximum.as_ref().map(|bound| inside(bound, -1)),
    ];
    let data = keywords.data;
    let examples = data.extensions.get("x-examples").and_then(|examples| examples.as_array());
    let shown = data.default.iter().chain(&data.example).chain(examples.into_iter().flatten());
    let shown: Vec<Number> = shown.filter_map(Number::of).collect();
    ends.into_iter().flatten().chain(shown)
}
