// @generated from the OpenAPI document: change that, and generate again.

//! Enums of strings that a server may extend.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{self, Deserializer, Visitor};
use serde::ser::Serializer;

use super::number;

/// An enum of strings.
///
/// A value that the enum does not know is kept, and sent back unchanged.
pub trait Text: Clone + 'static {
    /// The known values.
    const VALUES: &'static [Self];

    /// The value as it is on the wire: a known one, or what was received.
    fn get(&self) -> Result<&'static str, &UnknownValue>;

    /// A value that the enum does not know.
    fn unknown(value: UnknownValue) -> Self;

    /// The value as text.
    fn text(&self) -> &str {
        self.get().unwrap_or_else(UnknownValue::as_str)
    }

    /// The value that is `text` on the wire.
    fn from_text(text: &str) -> Self {
        let known = Self::VALUES.iter().find(|value| value.get() == Ok(text));
        known.cloned().unwrap_or_else(|| Self::unknown(UnknownValue::from(text)))
    }
}

/// A value that an enum does not know, as it was received.
///
/// Protobuf's JSON sends a number where the sender itself has no name for a value; it is sent back as a number.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnknownValue {
    text: Box<str>,
    is_number: bool,
}

impl UnknownValue {
    /// The value as text: a number in decimal.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The value, if it was received as a number.
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

/// Writes a value.
///
/// # Errors
///
/// Where the output refuses it.
pub fn serialize_text<T: Text, S: Serializer>(value: &T, output: S) -> Result<S::Ok, S::Error> {
    match value.get() {
        Ok(text) => output.serialize_str(text),
        Err(unknown) => match unknown.as_number() {
            Some(number) => output.serialize_i64(number),
            None => output.serialize_str(unknown.as_str()),
        },
    }
}

/// Reads a value.
///
/// # Errors
///
/// Where the input is neither a string nor an integer.
pub fn deserialize_text<'de, T: Text, D: Deserializer<'de>>(input: D) -> Result<T, D::Error> {
    number::deserialize_any(input, Value(PhantomData))
}

struct Value<T>(PhantomData<T>);

impl<T: Text> Visitor<'_> for Value<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<T, E> {
        Ok(T::from_text(text))
    }

    fn visit_i64<E: de::Error>(self, number: i64) -> Result<T, E> {
        Ok(T::unknown(number.into()))
    }

    fn visit_u64<E: de::Error>(self, number: u64) -> Result<T, E> {
        let number = i64::try_from(number)
            .map_err(|_| E::invalid_value(de::Unexpected::Unsigned(number), &"an enum's number"))?;
        Ok(T::unknown(number.into()))
    }
}
