// @generated from the OpenAPI document. Change the document, and generate again.

//! Open enums of integers.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{self, Deserializer, Visitor};
use serde::ser::Serializer;

use super::strict::{self, OneOf};
use super::{fit, number};

/// An open enum of integers: unknown values are preserved.
pub trait Integer: Clone + 'static {
    /// All known values.
    const VALUES: &'static [Self];

    /// Returns the value in JSON.
    fn get(&self) -> i64;

    /// Creates an unknown value.
    fn unknown(value: i64) -> Self;

    /// Returns the known or unknown value of a number.
    fn from_number(number: i64) -> Self {
        let known = Self::VALUES.iter().find(|value| value.get() == number);
        known.cloned().unwrap_or_else(|| Self::unknown(number))
    }
}

/// Serializes an open enum of integers.
///
/// # Errors
///
/// Returns an error if the serializer does.
pub fn serialize_integer<T: Integer, S: Serializer>(value: &T, output: S) -> Result<S::Ok, S::Error> {
    output.serialize_i64(value.get())
}

/// Deserializes an open enum of integers.
///
/// # Errors
///
/// Returns an error if the input is not a 64-bit integer.
pub fn deserialize_integer<'de, T: Integer, D: Deserializer<'de>>(input: D) -> Result<T, D::Error> {
    number::deserialize_any(input, IntegerVisitor(PhantomData))
}

struct IntegerVisitor<T>(PhantomData<T>);

impl<T: Integer> Visitor<'_> for IntegerVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a 64-bit integer")
    }

    fn visit_i64<E: de::Error>(self, number: i64) -> Result<T, E> {
        let known = T::VALUES.iter().map(Integer::get);
        if !known.clone().any(|known| known == number) {
            if strict::is_strict() {
                return Err(E::invalid_value(de::Unexpected::Signed(number), &OneOf(known)));
            }
            fit::count_unknown_value();
        }
        Ok(T::from_number(number))
    }

    fn visit_u64<E: de::Error>(self, number: u64) -> Result<T, E> {
        let number =
            i64::try_from(number).map_err(|_| E::invalid_value(de::Unexpected::Unsigned(number), &self))?;
        self.visit_i64(number)
    }

    // In JSON, 1.0 is an integer.
    fn visit_f64<E: de::Error>(self, number: f64) -> Result<T, E> {
        match number::whole(number) {
            Some(whole) => self.visit_i64(whole),
            None => Err(E::invalid_value(de::Unexpected::Float(number), &self)),
        }
    }
}
