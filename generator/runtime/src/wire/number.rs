//! Decoding of values of any type, independent of the features of serde_json.
//!
//! If any crate of a program enables the feature `arbitrary_precision` of serde_json, every crate gets it.
//! Then `deserialize_any` reports each number that is not a 64-bit integer, such as 1.5, as an object with
//! one private property. All code that decodes values of any type uses [`deserialize_any`] of this module,
//! which converts such an object to a number.

use std::fmt;

use serde::de::{self, Deserializer, IntoDeserializer, MapAccess, SeqAccess, Visitor};

use super::private_name::NUMBER_NAME;

/// Returns the integer that a number is. Returns `None` beyond 53 bits, because the last digits can be lost.
#[allow(clippy::cast_possible_truncation, reason = "it is whole and within 53 bits")]
pub(super) fn whole(number: f64) -> Option<i64> {
    (number.fract() == 0.0 && number.abs() < 9_007_199_254_740_992.0).then_some(number as i64)
}

/// Returns the digits of the integer that a JSON number is, with its sign: `1000` for `1e3`. Returns `None` if its fraction
/// is not zero, or if it has more digits than 128 bits.
pub(super) fn digits(number: &str) -> Option<String> {
    /// The digits of the largest number of 128 bits.
    const MAX_DIGITS: usize = 39;

    let (sign, number) = number.strip_prefix('-').map_or(("", number), |number| ("-", number));
    let (mantissa, exponent) = number.split_once(['e', 'E']).unwrap_or((number, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let all = [whole, fraction].concat();
    let digits = all.trim_start_matches('0').trim_end_matches('0');
    if digits.is_empty() {
        return Some("0".to_owned());
    }
    // No body has enough zeros to balance an exponent beyond `i64`.
    let exponent: i64 = exponent.parse().ok()?;
    let behind = i64::try_from(all.len() - all.trim_end_matches('0').len()).ok()?;
    let zeros = exponent.checked_add(behind)?.checked_sub(i64::try_from(fraction.len()).ok()?)?;
    let zeros = usize::try_from(zeros).ok()?;
    (zeros <= MAX_DIGITS && digits.len() + zeros <= MAX_DIGITS)
        .then(|| [sign, digits, &"0".repeat(zeros)].concat())
}

/// Like [`Deserializer::deserialize_any`], but passes every number to the visitor as a number.
///
/// # Errors
///
/// Returns the errors of the input and of the visitor, and an error if a number is out of the range of `f64`.
pub(in super::super) fn deserialize_any<'de, V: Visitor<'de>, D: Deserializer<'de>>(
    input: D,
    visitor: V,
) -> Result<V::Value, D::Error> {
    input.deserialize_any(NumberVisitor(visitor))
}

/// Forwards everything, and converts numbers that are not 64-bit integers.
struct NumberVisitor<V>(V);

impl<'de, V: Visitor<'de>> Visitor<'de> for NumberVisitor<V> {
    type Value = V::Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.expecting(f)
    }

    fn visit_unit<E: de::Error>(self) -> Result<V::Value, E> {
        self.0.visit_unit()
    }

    fn visit_bool<E: de::Error>(self, truth: bool) -> Result<V::Value, E> {
        self.0.visit_bool(truth)
    }

    fn visit_i64<E: de::Error>(self, number: i64) -> Result<V::Value, E> {
        self.0.visit_i64(number)
    }

    fn visit_u64<E: de::Error>(self, number: u64) -> Result<V::Value, E> {
        self.0.visit_u64(number)
    }

    fn visit_f64<E: de::Error>(self, number: f64) -> Result<V::Value, E> {
        self.0.visit_f64(number)
    }

    #[allow(clippy::cast_precision_loss, reason = "serde_json does the same without the feature")]
    fn visit_i128<E: de::Error>(self, number: i128) -> Result<V::Value, E> {
        self.0.visit_f64(number as f64)
    }

    #[allow(clippy::cast_precision_loss, reason = "serde_json does the same without the feature")]
    fn visit_u128<E: de::Error>(self, number: u128) -> Result<V::Value, E> {
        self.0.visit_f64(number as f64)
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<V::Value, E> {
        self.0.visit_str(text)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<V::Value, A::Error> {
        self.0.visit_seq(list)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<V::Value, A::Error> {
        let first = object.next_key()?;
        match first.as_deref() {
            Some(NUMBER_NAME) => self.0.visit_f64(number(&mut object)?),
            _ => self.0.visit_map(ResumedMap { first, object }),
        }
    }
}

/// Decodes the value of the private property, the text of a number. A body that has such a property itself is an error.
fn number<'de, A: MapAccess<'de>>(object: &mut A) -> Result<f64, A::Error> {
    let text: String = object.next_value()?;
    let number = text.parse().ok().filter(|number: &f64| number.is_finite());
    number.ok_or_else(|| de::Error::custom("number out of range"))
}

/// An object whose first name was already read.
struct ResumedMap<A> {
    first: Option<String>,
    object: A,
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for ResumedMap<A> {
    type Error = A::Error;

    fn next_key_seed<K: de::DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, A::Error> {
        match self.first.take() {
            Some(name) => seed.deserialize(name.into_deserializer()).map(Some),
            None => self.object.next_key_seed(seed),
        }
    }

    fn next_value_seed<S: de::DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, A::Error> {
        self.object.next_value_seed(seed)
    }
}
