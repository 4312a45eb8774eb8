// @generated from the OpenAPI document: change that, and generate again.

//! Numbers where anything may stand.
//!
//! serde_json has a feature, `arbitrary_precision`, that is on for all crates of a program as soon as one of them turns it
//! on. Then a number that 64 bits do not hold as an integer, such as 1.5, is no number to a visitor of anything, but an
//! object of one member with a name of serde_json's own. Whatever of this crate takes values of any kind asks for them
//! here, and is given numbers as without the feature.

use std::fmt;

use serde::de::{self, Deserializer, IntoDeserializer, MapAccess, SeqAccess, Visitor};

/// The name of the only member of a number that looks like an object. Its value is the number's text.
const NAME: &str = "$serde_json::private::Number";

/// [`Deserializer::deserialize_any`], for a visitor to which a number is a number.
///
/// # Errors
///
/// Those of the input and of the visitor, and where a number is too large for 64 bits with a fraction.
pub(in super::super) fn deserialize_any<'de, V: Visitor<'de>, D: Deserializer<'de>>(
    input: D,
    visitor: V,
) -> Result<V::Value, D::Error> {
    input.deserialize_any(Numbers(visitor))
}

/// Hands over all as it is, but for numbers that are none of 64 bits.
struct Numbers<V>(V);

impl<'de, V: Visitor<'de>> Visitor<'de> for Numbers<V> {
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

    #[allow(
        clippy::cast_precision_loss,
        reason = "so it is where a number of that size is parsed without the feature"
    )]
    fn visit_i128<E: de::Error>(self, number: i128) -> Result<V::Value, E> {
        self.0.visit_f64(number as f64)
    }

    #[allow(
        clippy::cast_precision_loss,
        reason = "so it is where a number of that size is parsed without the feature"
    )]
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
            Some(NAME) => self.0.visit_f64(number(&mut object)?),
            _ => self.0.visit_map(Begun { first, object }),
        }
    }
}

/// The value of the member [`NAME`]. A server that writes such an object by itself means nothing worse than a number.
fn number<'de, A: MapAccess<'de>>(object: &mut A) -> Result<f64, A::Error> {
    let text: String = object.next_value()?;
    let number = text.parse().ok().filter(|number: &f64| number.is_finite());
    number.ok_or_else(|| de::Error::custom("number out of range"))
}

/// An object of which the first name has been read.
struct Begun<A> {
    first: Option<String>,
    object: A,
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for Begun<A> {
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
