//! Open enums of strings.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{self, Deserializer, Visitor};
use serde::ser::Serializer;

use super::strict::{self, OneOf};
use super::{fit, number};

/// An open enum of strings: unknown values are preserved.
pub trait Text: Clone + 'static {
    /// All known values.
    const VALUES: &'static [Self];

    /// True if the document allows other strings.
    const IS_OPEN: bool = false;

    /// Returns the JSON string of a known value, or the unknown value.
    fn get(&self) -> Result<&'static str, &UnknownValue>;

    /// Creates an unknown value.
    fn unknown(value: UnknownValue) -> Self;

    /// Returns the value as text.
    fn text(&self) -> &str {
        self.get().unwrap_or_else(UnknownValue::as_str)
    }

    /// Returns the known or unknown value of a string.
    fn from_text(text: &str) -> Self {
        let known = Self::VALUES.iter().find(|value| value.get() == Ok(text));
        known.cloned().unwrap_or_else(|| Self::unknown(UnknownValue::from(text)))
    }
}

/// A value that is not in the document, as it was received.
///
/// In protobuf's JSON mapping, a value without a name is a number. It is serialized as a number, too.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnknownValue {
    text: Box<str>,
    is_number: bool,
}

impl UnknownValue {
    /// Returns the value as text. A number is in decimal notation.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Returns the value if it is a number.
    pub fn as_number(&self) -> Option<i64> {
        if self.is_number { self.text.parse().ok() } else { None }
    }
}

impl From<&str> for UnknownValue {
    fn from(text: &str) -> Self {
        Self { text: text.into(), is_number: false }
    }
}

impl From<i64> for UnknownValue {
    fn from(number: i64) -> Self {
        Self { text: number.to_string().into(), is_number: true }
    }
}

impl fmt::Display for UnknownValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// Serializes an open enum of strings.
///
/// # Errors
///
/// Returns an error if the serializer does.
pub fn serialize_text<T: Text, S: Serializer>(value: &T, output: S) -> Result<S::Ok, S::Error> {
    match value.get() {
        Ok(text) => output.serialize_str(text),
        Err(unknown) => match unknown.as_number() {
            Some(number) => output.serialize_i64(number),
            None => output.serialize_str(unknown.as_str()),
        },
    }
}

/// Deserializes an open enum of strings.
///
/// # Errors
///
/// Returns an error if the input is neither a string nor a 64-bit integer.
pub fn deserialize_text<'de, T: Text, D: Deserializer<'de>>(input: D) -> Result<T, D::Error> {
    number::deserialize_any(input, TextVisitor(PhantomData))
}

struct TextVisitor<T>(PhantomData<T>);

impl<T: Text> TextVisitor<T> {
    /// Returns the known values as an expectation.
    fn known() -> OneOf<impl Iterator<Item = &'static str> + Clone> {
        OneOf(T::VALUES.iter().filter_map(|value| value.get().ok()))
    }
}

impl<T: Text> Visitor<'_> for TextVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<T, E> {
        let value = T::from_text(text);
        if value.get().is_err() {
            if strict::is_strict() && !T::IS_OPEN {
                return Err(E::invalid_value(de::Unexpected::Str(text), &Self::known()));
            }
            fit::count_unknown_value();
        }
        Ok(value)
    }

    fn visit_i64<E: de::Error>(self, number: i64) -> Result<T, E> {
        if strict::is_strict() {
            return Err(E::invalid_type(de::Unexpected::Signed(number), &Self::known()));
        }
        fit::count_unknown_value();
        Ok(T::unknown(number.into()))
    }

    fn visit_u64<E: de::Error>(self, number: u64) -> Result<T, E> {
        let number = i64::try_from(number)
            .map_err(|_| E::invalid_value(de::Unexpected::Unsigned(number), &"a 64-bit integer"))?;
        self.visit_i64(number)
    }
}
