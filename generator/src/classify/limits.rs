//! Limits of a schema: ranges, lengths, patterns and counts.

use std::fmt;

use openapiv3::{Schema, SchemaKind, Type};

use crate::ir::CountRange;

/// The limits that a schema puts on its values.
#[derive(Clone, Debug, Default)]
pub(crate) struct Limits<'a> {
    pub(crate) minimum: Option<Bound>,
    pub(crate) maximum: Option<Bound>,
    pub(crate) multiple_of: Option<Number>,
    /// The length of a string in characters.
    pub(crate) length: CountRange,
    pub(crate) pattern: Option<&'a str>,
    /// The number of items of an array.
    pub(crate) items: CountRange,
    /// True if the items of an array are distinct.
    pub(crate) is_unique: bool,
    /// The number of properties of an object.
    pub(crate) properties: CountRange,
}

/// One end of a range.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Bound {
    pub(crate) number: Number,
    /// True if the range excludes the number itself.
    pub(crate) is_exclusive: bool,
}

/// A number in the document.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Number {
    Whole(i128),
    Fraction(f64),
}

impl<'a> Limits<'a> {
    pub(crate) fn of(schema: &'a Schema) -> Self {
        match &schema.schema_kind {
            SchemaKind::Type(ty) => Self::of_type(ty),
            SchemaKind::Any(any) => Self {
                minimum: Bound::of(any.minimum.map(Number::from), any.exclusive_minimum == Some(true)),
                maximum: Bound::of(any.maximum.map(Number::from), any.exclusive_maximum == Some(true)),
                multiple_of: any.multiple_of.map(Number::from),
                length: CountRange { at_least: any.min_length, at_most: any.max_length },
                pattern: any.pattern.as_deref(),
                items: CountRange { at_least: any.min_items, at_most: any.max_items },
                is_unique: any.unique_items == Some(true),
                properties: CountRange { at_least: any.min_properties, at_most: any.max_properties },
            },
            _ => Self::default(),
        }
    }

    fn of_type(ty: &'a Type) -> Self {
        let mut limits = Self::default();
        match ty {
            Type::String(it) => {
                limits.length = CountRange { at_least: it.min_length, at_most: it.max_length };
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
                limits.items = CountRange { at_least: it.min_items, at_most: it.max_items };
                limits.is_unique = it.unique_items;
            }
            Type::Object(it) => {
                limits.properties = CountRange { at_least: it.min_properties, at_most: it.max_properties };
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
    /// Returns the number in a JSON value, if it is one.
    pub(crate) fn of(value: &serde_json::Value) -> Option<Self> {
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
            // As JSON, to avoid dozens of zeros and digits that nobody wrote.
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
        // The greatest 64-bit integers after rounding to a double: each was rounded up by one.
        const ROUNDED: [(f64, i128); 2] = [
            (9_223_372_036_854_775_808.0, i64::MAX as i128),
            (18_446_744_073_709_551_616.0, u64::MAX as i128),
        ];
        let greatest = ROUNDED.iter().find(|(rounded, _)| *rounded == number).map(|(_, greatest)| *greatest);
        match greatest {
            Some(greatest) => Self::Whole(greatest),
            // Doubles below this size fit into an `i128`.
            None if number.fract() == 0.0 && number.abs() < 1e38 => Self::Whole(number as i128),
            None => Self::Fraction(number),
        }
    }
}
