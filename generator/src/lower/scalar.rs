//! Scalars: numbers, and all that travels as text.

use super::Lower;
use super::keywords::Keywords;
use super::limits::{Bound, Number};
use crate::config::{TimeLibrary, UuidLibrary};
use crate::ir::{Integer, Type};

impl Lower<'_, '_> {
    /// A value of `type: string`.
    ///
    /// A type of its own has what every value of the format fits into, and nothing else: times of the day, which no
    /// library has with their offset, email addresses, decimals and whatever is not known remain text. So does
    /// `binary`, which in JSON can be nothing else.
    pub(super) fn lower_string(&mut self, keywords: &Keywords<'_>) -> Type {
        let has_times = self.config.types.time != TimeLibrary::String;
        // Protobuf has no types for days and UUIDs: there they are plain text, which is empty when it is absent.
        let protojson = self.config.protojson;
        match keywords.format.as_deref() {
            Some("date-time") if has_times => {
                self.api.formats.times = true;
                // A timestamp of protobuf is the same at every offset.
                if protojson { Type::Timestamp } else { Type::DateTime }
            }
            Some("date") if has_times && !protojson => {
                self.api.formats.times = true;
                Type::Date
            }
            Some("duration") if has_times && protojson => {
                self.api.formats.times = true;
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

    /// Whether a text stands for a message of protobuf, which can be absent where no text can.
    pub(super) fn is_message_as_text(&self, keywords: &Keywords<'_>) -> bool {
        self.config.protojson
            && keywords.ty == Some("string")
            && matches!(keywords.format.as_deref(), Some("date-time" | "duration"))
    }

    /// A value of `type: integer`.
    pub(super) fn lower_integer(&self, keywords: &Keywords<'_>) -> Type {
        self.integer(keywords, false)
    }

    /// A value of `type: number`.
    ///
    /// Always a double: a server's `float` may come with more digits than one of 32 bits holds, and the shortest text
    /// of a double is what was received.
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
        // Protobuf's JSON is free to send the one where the document says the other.
        let wide = matches!(width, Integer::I64 | Integer::U64);
        Type::Integer {
            width,
            quoted: quoted || (wide && self.config.protojson && keywords.format.is_some()),
        }
    }
}

/// The integer that a format names.
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

/// The integer that a schema needs: what its format names, unless a number that the schema itself allows or shows does
/// not fit. None where no integer is wide enough.
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

/// The numbers that a schema allows at the ends of its range, and those that it shows.
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
