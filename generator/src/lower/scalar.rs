//! Scalars: numbers, booleans and strings with their formats.

use super::Lower;
use super::keywords::Keywords;
use super::limits::{Bound, Number};
use crate::config::{self, UuidLibrary};
use crate::ir::{Integer, TimeLibrary, Type};

impl Lower<'_, '_> {
    /// Lowers `type: string`.
    ///
    /// A format gets a type of its own only if the type fits every value of the format. Times of day with an
    /// offset, email addresses, decimals and unknown formats stay strings, and so does `binary`, which JSON
    /// cannot contain.
    pub(super) fn lower_string(&mut self, keywords: &Keywords<'_>) -> Type {
        let time = time_library(self.config.types.time);
        let has_times = time.is_some();
        // Protobuf has no types for dates and UUIDs. They are plain strings, empty when absent.
        let protojson = self.config.protojson;
        match keywords.format.as_deref() {
            Some("date-time") if has_times => {
                self.api.formats.time = time;
                // A protobuf timestamp has no offset.
                if protojson { Type::Timestamp } else { Type::DateTime }
            }
            Some("date") if has_times && !protojson => {
                self.api.formats.time = time;
                Type::Date
            }
            Some("duration") if has_times && protojson => {
                self.api.formats.time = time;
                Type::Duration
            }
            Some("uuid") if self.config.types.uuid == UuidLibrary::Uuid && !protojson => {
                self.api.formats.uuids = true;
                Type::Uuid
            }
            Some("byte" | "base64") => Type::Bytes { url: false },
            Some("base64url") => Type::Bytes { url: true },
            Some(format) if declared(format).is_some() => self.integer(keywords, true),
            _ => Type::String,
        }
    }

    /// Returns true if a string encodes a protobuf message. Unlike strings, messages can be absent.
    pub(super) fn is_message_as_text(&self, keywords: &Keywords<'_>) -> bool {
        self.config.protojson
            && keywords.ty == Some("string")
            && matches!(keywords.format.as_deref(), Some("date-time" | "duration"))
    }

    /// Lowers `type: integer`.
    pub(super) fn lower_integer(&self, keywords: &Keywords<'_>) -> Type {
        self.integer(keywords, false)
    }

    /// Lowers `type: number`.
    ///
    /// Always to `f64`, even for `float`: a server may send more digits than an `f32` holds, and an `f64`
    /// writes the digits that were received.
    pub(super) fn lower_number(&self, keywords: &Keywords<'_>) -> Type {
        let is_integer = keywords.format.as_deref().and_then(declared).is_some();
        if is_integer && numbers(keywords).all(|number| matches!(number, Number::Whole(_))) {
            return self.integer(keywords, false);
        }
        Type::Float { lenient: self.config.protojson }
    }

    fn integer(&self, keywords: &Keywords<'_>, quoted: bool) -> Type {
        let Some(width) = width(keywords) else {
            return Type::Float { lenient: self.config.protojson };
        };
        // In protobuf's JSON, 64-bit integers may be numbers or strings, whatever the document says.
        let wide = matches!(width, Integer::I64 | Integer::U64);
        Type::Integer {
            width,
            quoted: quoted || (wide && self.config.protojson && keywords.format.is_some()),
        }
    }
}

/// Returns the crate for dates and times, or `None` if they stay strings.
fn time_library(setting: config::TimeLibrary) -> Option<TimeLibrary> {
    match setting {
        config::TimeLibrary::Chrono => Some(TimeLibrary::Chrono),
        config::TimeLibrary::Jiff => Some(TimeLibrary::Jiff),
        config::TimeLibrary::Time => Some(TimeLibrary::Time),
        config::TimeLibrary::String => None,
    }
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

/// Returns the integer type of a schema. Its format decides, unless a bound, default or example does not fit.
/// Returns `None` if no integer type is wide enough.
pub(super) fn width(keywords: &Keywords<'_>) -> Option<Integer> {
    let declared = keywords.format.as_deref().and_then(declared).unwrap_or(Integer::I64);
    let is_unsigned = declared.least() == 0
        || matches!(keywords.limits.minimum, Some(Bound { number: Number::Whole(0..), .. }));
    let wider = [Some(Integer::I64), is_unsigned.then_some(Integer::U64), Some(Integer::I128)];
    [Some(declared)].into_iter().chain(wider).flatten().find(|width| {
        numbers(keywords).all(|number| match number {
            Number::Whole(whole) => width.least() <= whole && whole <= width.greatest(),
            Number::Fraction(fraction) => fraction.abs() < 1.0e38,
        })
    })
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
