//! Scalars: numbers, and all that travels as text.

use super::Lower;
use super::keywords::Keywords;
use crate::ir::{Integer, Type};

impl Lower<'_, '_> {
    /// A value of `type: string`.
    pub(super) fn lower_string(&self, keywords: &Keywords<'_>) -> Type {
        match keywords.format.as_deref() {
            Some("date-time") => Type::DateTime,
            Some("byte" | "base64") => Type::Bytes,
            Some("duration") if self.config.protojson => Type::Duration,
            Some("int64" | "uint64" | "int32" | "uint32" | "sint64" | "fixed64") => {
                self.integer(keywords, true)
            }
            _ => Type::String,
        }
    }

    /// A value of `type: integer`.
    pub(super) fn lower_integer(&self, keywords: &Keywords<'_>) -> Type {
        self.integer(keywords, false)
    }

    /// A value of `type: number`.
    pub(super) fn lower_number(&self, keywords: &Keywords<'_>) -> Type {
        // A number that says so is an integer.
        if matches!(keywords.format.as_deref(), Some("int32" | "int64" | "uint32" | "uint64")) {
            return self.integer(keywords, false);
        }
        Type::Float { lenient: self.config.protojson }
    }

    fn integer(&self, keywords: &Keywords<'_>, quoted: bool) -> Type {
        let width = match keywords.format.as_deref() {
            Some("int32") => Integer::I32,
            Some("uint32") => Integer::U32,
            Some("uint64") => Integer::U64,
            _ => Integer::I64,
        };
        // Protobuf's JSON is free to send the one where the document says the other.
        let wide = matches!(width, Integer::I64 | Integer::U64);
        Type::Integer {
            width,
            quoted: quoted || (wide && self.config.protojson && keywords.format.is_some()),
        }
    }
}
