//! What a schema says of its values beyond their type: bounds, lengths, patterns, counts.

use std::fmt;

use openapiv3::{Schema, SchemaKind, Type};

use crate::ir::Count;

/// What a schema says of its values beyond their type.
#[derive(Clone, Debug, Default)]
pub(super) struct Limits<'a> {
    pub(super) minimum: Option<Bound>,
    pub(super) maximum: Option<Bound>,
    pub(super) multiple_of: Option<Number>,
    /// Of a text, in characters.
    pub(super) length: Count,
    pub(super) pattern: Option<&'a str>,
    /// Of an array.
    pub(super) items: Count,
    /// Whether no item may stand in an array twice.
    pub(super) is_set: bool,
    /// Of an object.
    pub(super) properties: Count,
}

/// The end of a range.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Bound {
    pub(super) number: Number,
    /// Whether the number itself is outside.
    pub(super) is_exclusive: bool,
}

/// A number of the document.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Number {
    Whole(i128),
    Fraction(f64),
}

impl<'a> Limits<'a> {
    pub(super) fn of(schema: &'a Schema) -> Self {
        match &schema.schema_kind {
            SchemaKind::Type(ty) => Self::plain(ty),
            SchemaKind::Any(any) => Self {
                minimum: Bound::of(any.minimum.map(Number::from), any.exclusive_minimum == Some(true)),
                maximum: Bound::of(any.maximum.map(Number::from), any.exclusive_maximum == Some(true)),
                multiple_of: any.multiple_of.map(Number::from),
                length: Count { at_least: any.min_length, at_most: any.max_length },
                pattern: any.pattern.as_deref(),
                items: Count { at_least: any.min_items, at_most: any.max_items },
                is_set: any.unique_items == Some(true),
                properties: Count { at_least: any.min_properties, at_most: any.max_properties },
            },
            _ => Self::default(),
        }
    }

    fn plain(ty: &'a Type) -> Self {
        let mut limits = Self::default();
        match ty {
            Type::String(it) => {
                limits.length = Count { at_least: it.min_length, at_most: it.max_length };
                limits.pattern = it.pattern.as_deref();
            }
            Type::Number(it) => {
                limits.minimum = Bound::of(it.minimum.map(Number::from), it.exclusive_minimum);
                limits.maximum = Bound::of(it.maximum.map(Number::from), it.exclusive_maximum);
                limits.multiple_of = it.multiple_of.map(Number::from);
            }
            Type::Integer(it) => {
                limits.minimum = Bound::of(it.minimum.map(Number::from), it.exclusive_minimum);
                limits.maximum = Bound::of(it.maximum.map(Number::from), it.exclusive_maximum);
                limits.multiple_of = it.multiple_of.map(Number::from);
            }
            Type::Boolean(_) => {}
            Type::Array(it) => {
                limits.items = Count { at_least: it.min_items, at_most: it.max_items };
                limits.is_set = it.unique_items;
            }
            Type::Object(it) => {
                limits.properties = Count { at_least: it.min_properties, at_most: it.max_properties };
            }
        }
        limits
    }
}

impl Bound {
    fn of(number: Option<Number>, is_exclusive: bool) -> Option<Self> {
        number.map(|number| Self { number, is_exclusive })
    }
}

impl Number {
    /// A number of a JSON value.
    pub(super) fn of(value: &serde_json::Value) -> Option<Self> {
        match (value.as_i64(), value.as_u64()) {
            (Some(whole), _) => Some(Self::from(whole)),
            (None, Some(whole)) => Some(Self::Whole(whole.into())),
            (None, None) => value.as_f64().map(Self::from),
        }
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Whole(whole) if whole.unsigned_abs() <= u64::MAX.into() => whole.fmt(f),
            // As JSON spells it: without dozens of zeros, or of digits that nobody wrote.
            Self::Whole(whole) => serde_json::Value::from(*whole as f64).fmt(f),
            Self::Fraction(fraction) => serde_json::Value::from(*fraction).fmt(f),
        }
    }
}

impl From<i64> for Number {
    fn from(number: i64) -> Self {
        Self::Whole(number.into())
    }
}

impl From<f64> for Number {
    fn from(number: f64) -> Self {
        // The greatest integers of 64 bits, after a tool that computes in doubles: each was rounded up by one.
        const ROUNDED: [(f64, i128); 2] = [
            (9_223_372_036_854_775_808.0, i64::MAX as i128),
            (18_446_744_073_709_551_616.0, u64::MAX as i128),
        ];
        let greatest = ROUNDED.iter().find(|(rounded, _)| *rounded == number).map(|(_, greatest)| *greatest);
        match greatest {
            Some(greatest) => Self::Whole(greatest),
            // Up to here a double of this size is some integer of 128 bits.
            None if number.fract() == 0.0 && number.abs() < 1e38 => Self::Whole(number as i128),
            None => Self::Fraction(number),
        }
    }
}
