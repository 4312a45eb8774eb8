// @generated from the OpenAPI document: change that, and generate again.

//! Enums of integers that a server may extend.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{self, Deserializer, Visitor};
use serde::ser::Serializer;

use super::number;

/// An enum of integers.
///
/// A value that the enum does not know is kept, and sent back unchanged.
pub trait Integer: Clone + 'static {
    /// The known values.
    const VALUES: &'static [Self];

    /// The value as it is on the wire.
    fn get(&self) -> i64;

    /// A value that the enum does not know.
    fn unknown(value: i64) -> Self;

    /// The value that is `number` on the wire.
    fn from_number(number: i64) -> Self {
        let known = Self::VALUES.iter().find(|value| value.get() == number);
        known.cloned().unwrap_or_else(|| Self::unknown(number))
    }
}

/// Writes a value.
///
/// # Errors
///
/// Where the output refuses it.
pub fn serialize_integer<T: Integer, S: Serializer>(value: &T, output: S) -> Result<S::Ok, S::Error> {
    output.serialize_i64(value.get())
}

/// Reads a value.
///
/// # Errors
///
/// Where the input is no integer of 64 bits.
pub fn deserialize_integer<'de, T: Integer, D: Deserializer<'de>>(input: D) -> Result<T, D::Error> {
    number::deserialize_any(input, Number(PhantomData))
}

struct Number<T>(PhantomData<T>);

impl<T: Integer> Visitor<'_> for Number<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an integer")
    }

    fn visit_i64<E: de::Error>(self, number: i64) -> Result<T, E> {
        Ok(T::from_number(number))
    }

    fn visit_u64<E: de::Error>(self, number: u64) -> Result<T, E> {
        let number = i64::try_from(number)
            .map_err(|_| E::invalid_value(de::Unexpected::Unsigned(number), &"an enum's number"))?;
        Ok(T::from_number(number))
    }

    // To JSON, 1.0 is an integer.
    #[allow(clippy::cast_possible_truncation, reason = "it is whole and within 53 bits")]
    fn visit_f64<E: de::Error>(self, number: f64) -> Result<T, E> {
        if number.fract() == 0.0 && number.abs() < 9_007_199_254_740_992.0 {
            return Ok(T::from_number(number as i64));
        }
        Err(E::invalid_value(de::Unexpected::Float(number), &self))
    }
}
