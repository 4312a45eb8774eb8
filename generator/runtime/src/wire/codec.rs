//! Rust types that travel in another shape than their own.

use std::collections::BTreeMap;
use std::fmt;
use std::hash::Hash;
use std::marker::PhantomData;

use base64::Engine as _;
use base64::engine::DecodePaddingMode;
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig, STANDARD, URL_SAFE};
use bytes::Bytes;
use serde::de::{self, DeserializeOwned, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};

use super::number;
use super::path::{self, Step};

/// How values of `T` look on the wire.
pub trait Codec<T> {
    /// Reads a value; null is for the caller to handle.
    ///
    /// # Errors
    ///
    /// Where the input is not of the codec's shape.
    fn decode<'de, D: Deserializer<'de>>(input: D) -> Result<T, D::Error>;

    /// Writes a value.
    ///
    /// # Errors
    ///
    /// Where the output refuses it.
    fn encode<S: Serializer>(value: &T, output: S) -> Result<S::Ok, S::Error>;
}

/// The type's own shape: what its [`Serialize`] and [`Deserialize`](serde::Deserialize) say.
#[derive(Debug)]
pub struct Own;

impl<T: Serialize + DeserializeOwned> Codec<T> for Own {
    fn decode<'de, D: Deserializer<'de>>(input: D) -> Result<T, D::Error> {
        T::deserialize(input)
    }

    fn encode<S: Serializer>(value: &T, output: S) -> Result<S::Ok, S::Error> {
        value.serialize(output)
    }
}

/// A JSON array of `C`.
#[derive(Debug)]
pub struct List<C = Own>(PhantomData<C>);

impl<T, C: Codec<T>> Codec<Vec<T>> for List<C> {
    fn decode<'de, D: Deserializer<'de>>(input: D) -> Result<Vec<T>, D::Error> {
        struct Elements<T, C>(PhantomData<(T, C)>);

        impl<'de, T, C: Codec<T>> Visitor<'de> for Elements<T, C> {
            type Value = Vec<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an array")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut input: A) -> Result<Vec<T>, A::Error> {
                // A length that the input merely claims must not reserve more than a page.
                let mut list = Vec::with_capacity(input.size_hint().unwrap_or(0).min(64));
                loop {
                    match input.next_element_seed(Seed::<T, C>(PhantomData)) {
                        Ok(Some(element)) => list.push(element),
                        Ok(None) => return Ok(list),
                        Err(error) => {
                            path::passed(|| Step::Element(list.len()));
                            return Err(error);
                        }
                    }
                }
            }
        }

        input.deserialize_seq(Elements::<T, C>(PhantomData))
    }

    fn encode<S: Serializer>(value: &Vec<T>, output: S) -> Result<S::Ok, S::Error> {
        let mut list = output.serialize_seq(Some(value.len()))?;
        for element in value {
            list.serialize_element(&Encode::<T, C>(element, PhantomData))?;
        }
        list.end()
    }
}

/// A JSON array with a codec for each place, and no more places.
macro_rules! tuple {
    ($count:literal: $($value:ident $codec:ident $index:tt),+) => {
        impl<$($value, $codec: Codec<$value>),+> Codec<($($value,)+)> for ($($codec,)+) {
            fn decode<'de, D: Deserializer<'de>>(input: D) -> Result<($($value,)+), D::Error> {
                struct Places<T>(PhantomData<T>);

                impl<'de, $($value, $codec: Codec<$value>),+> Visitor<'de> for Places<($(($value, $codec),)+)> {
                    type Value = ($($value,)+);

                    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                        write!(f, "an array of {}", $count)
                    }

                    fn visit_seq<Q: SeqAccess<'de>>(self, mut input: Q) -> Result<Self::Value, Q::Error> {
                        let value = ($(place::<$value, $codec, Q>(&mut input, $index, &self)?,)+);
                        match input.next_element::<de::IgnoredAny>()? {
                            None => Ok(value),
                            Some(_) => Err(de::Error::invalid_length($count + 1, &self)),
                        }
                    }
                }

                input.deserialize_seq(Places::<($(($value, $codec),)+)>(PhantomData))
            }

            fn encode<S: Serializer>(value: &($($value,)+), output: S) -> Result<S::Ok, S::Error> {
                let mut list = output.serialize_seq(Some($count))?;
                $(list.serialize_element(&Encode::<$value, $codec>(&value.$index, PhantomData))?;)+
                list.end()
            }
        }
    };
}

tuple!(1: T0 C0 0);
tuple!(2: T0 C0 0, T1 C1 1);
tuple!(3: T0 C0 0, T1 C1 1, T2 C2 2);
tuple!(4: T0 C0 0, T1 C1 1, T2 C2 2, T3 C3 3);
tuple!(5: T0 C0 0, T1 C1 1, T2 C2 2, T3 C3 3, T4 C4 4);
tuple!(6: T0 C0 0, T1 C1 1, T2 C2 2, T3 C3 3, T4 C4 4, T5 C5 5);
tuple!(7: T0 C0 0, T1 C1 1, T2 C2 2, T3 C3 3, T4 C4 4, T5 C5 5, T6 C6 6);
tuple!(8: T0 C0 0, T1 C1 1, T2 C2 2, T3 C3 3, T4 C4 4, T5 C5 5, T6 C6 6, T7 C7 7);
tuple!(9: T0 C0 0, T1 C1 1, T2 C2 2, T3 C3 3, T4 C4 4, T5 C5 5, T6 C6 6, T7 C7 7, T8 C8 8);
tuple!(10: T0 C0 0, T1 C1 1, T2 C2 2, T3 C3 3, T4 C4 4, T5 C5 5, T6 C6 6, T7 C7 7, T8 C8 8, T9 C9 9);
tuple!(11: T0 C0 0, T1 C1 1, T2 C2 2, T3 C3 3, T4 C4 4, T5 C5 5, T6 C6 6, T7 C7 7, T8 C8 8, T9 C9 9, T10 C10 10);
tuple!(12: T0 C0 0, T1 C1 1, T2 C2 2, T3 C3 3, T4 C4 4, T5 C5 5, T6 C6 6, T7 C7 7, T8 C8 8, T9 C9 9, T10 C10 10, T11 C11 11);

/// Reads what is at a place, which has to be there.
fn place<'de, T, C: Codec<T>, A: SeqAccess<'de>>(
    input: &mut A,
    index: usize,
    expected: &dyn de::Expected,
) -> Result<T, A::Error> {
    match input.next_element_seed(Seed::<T, C>(PhantomData)) {
        Ok(Some(value)) => Ok(value),
        Ok(None) => Err(de::Error::invalid_length(index, expected)),
        Err(error) => {
            path::passed(|| Step::Element(index));
            Err(error)
        }
    }
}

/// A JSON object whose members are all `C`.
#[derive(Debug)]
pub struct Map<C = Own>(PhantomData<C>);

impl<T, C: Codec<T>> Codec<BTreeMap<String, T>> for Map<C> {
    fn decode<'de, D: Deserializer<'de>>(input: D) -> Result<BTreeMap<String, T>, D::Error> {
        struct Members<T, C>(PhantomData<(T, C)>);

        impl<'de, T, C: Codec<T>> Visitor<'de> for Members<T, C> {
            type Value = BTreeMap<String, T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut input: A) -> Result<Self::Value, A::Error> {
                let mut map = BTreeMap::new();
                while let Some(name) = input.next_key::<String>()? {
                    match input.next_value_seed(Seed::<T, C>(PhantomData)) {
                        Ok(value) => {
                            map.insert(name, value);
                        }
                        Err(error) => {
                            path::passed(|| Step::Member(name));
                            return Err(error);
                        }
                    }
                }
                Ok(map)
            }
        }

        input.deserialize_map(Members::<T, C>(PhantomData))
    }

    fn encode<S: Serializer>(value: &BTreeMap<String, T>, output: S) -> Result<S::Ok, S::Error> {
        let mut map = output.serialize_map(Some(value.len()))?;
        for (name, member) in value {
            map.serialize_entry(name, &Encode::<T, C>(member, PhantomData))?;
        }
        map.end()
    }
}

/// An integer in a string, as protobuf's JSON writes 64 bits; a JSON number is read as well.
#[derive(Debug)]
pub struct Quoted;

impl<T> Codec<T> for Quoted
where
    T: Copy + Eq + Hash + fmt::Display + std::str::FromStr + TryFrom<i64> + TryFrom<u64>,
{
    fn decode<'de, D: Deserializer<'de>>(input: D) -> Result<T, D::Error> {
        struct Integer<T>(PhantomData<T>);

        impl<T: std::str::FromStr + TryFrom<i64> + TryFrom<u64>> Visitor<'_> for Integer<T> {
            type Value = T;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an integer in a string, or an integer")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<T, E> {
                text.parse().map_err(|_| E::invalid_value(de::Unexpected::Str(text), &self))
            }

            fn visit_i64<E: de::Error>(self, number: i64) -> Result<T, E> {
                T::try_from(number).map_err(|_| E::invalid_value(de::Unexpected::Signed(number), &self))
            }

            fn visit_u64<E: de::Error>(self, number: u64) -> Result<T, E> {
                T::try_from(number).map_err(|_| E::invalid_value(de::Unexpected::Unsigned(number), &self))
            }
        }

        number::deserialize_any(input, Integer(PhantomData))
    }

    fn encode<S: Serializer>(value: &T, output: S) -> Result<S::Ok, S::Error> {
        output.collect_str(value)
    }
}

/// A number that may be `"NaN"`, `"Infinity"` or `"-Infinity"`, as protobuf's JSON writes those.
#[derive(Debug)]
pub struct Float;

impl Codec<f64> for Float {
    fn decode<'de, D: Deserializer<'de>>(input: D) -> Result<f64, D::Error> {
        struct Number;

        impl Visitor<'_> for Number {
            type Value = f64;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a number, or a number in a string")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<f64, E> {
                match text {
                    "NaN" => Ok(f64::NAN),
                    "Infinity" => Ok(f64::INFINITY),
                    "-Infinity" => Ok(f64::NEG_INFINITY),
                    _ => number_of(text).ok_or_else(|| E::invalid_value(de::Unexpected::Str(text), &self)),
                }
            }

            fn visit_f64<E: de::Error>(self, number: f64) -> Result<f64, E> {
                Ok(number)
            }

            #[allow(clippy::cast_precision_loss, reason = "a JSON number of any size is a double here")]
            fn visit_i64<E: de::Error>(self, number: i64) -> Result<f64, E> {
                Ok(number as f64)
            }

            #[allow(clippy::cast_precision_loss, reason = "a JSON number of any size is a double here")]
            fn visit_u64<E: de::Error>(self, number: u64) -> Result<f64, E> {
                Ok(number as f64)
            }
        }

        number::deserialize_any(input, Number)
    }

    fn encode<S: Serializer>(value: &f64, output: S) -> Result<S::Ok, S::Error> {
        if value.is_nan() {
            output.serialize_str("NaN")
        } else if *value == f64::INFINITY {
            output.serialize_str("Infinity")
        } else if *value == f64::NEG_INFINITY {
            output.serialize_str("-Infinity")
        } else {
            output.serialize_f64(*value)
        }
    }
}

/// A number as JSON writes it, and nothing around it: Rust's own parser knows `inf`, `+1` and `.5` as well.
fn number_of(text: &str) -> Option<f64> {
    serde_json::from_str(text).ok().filter(|_| text.trim() == text)
}

/// Bytes in base64 ([RFC 4648](https://www.rfc-editor.org/rfc/rfc4648), section 4); the URL alphabet and missing
/// padding are read as well.
#[derive(Debug)]
pub struct Base64;

impl Base64 {
    fn bytes(text: &str) -> Result<Vec<u8>, base64::DecodeError> {
        const LENIENT: GeneralPurposeConfig =
            GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent);
        const STANDARD: GeneralPurpose = GeneralPurpose::new(&base64::alphabet::STANDARD, LENIENT);
        const OF_URLS: GeneralPurpose = GeneralPurpose::new(&base64::alphabet::URL_SAFE, LENIENT);
        if text.contains(['-', '_']) { OF_URLS.decode(text) } else { STANDARD.decode(text) }
    }
}

impl Codec<Bytes> for Base64 {
    fn decode<'de, D: Deserializer<'de>>(input: D) -> Result<Bytes, D::Error> {
        struct Encoded;

        impl Visitor<'_> for Encoded {
            type Value = Bytes;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("bytes in base64")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Bytes, E> {
                Base64::bytes(text).map(Bytes::from).map_err(E::custom)
            }
        }

        input.deserialize_str(Encoded)
    }

    fn encode<S: Serializer>(value: &Bytes, output: S) -> Result<S::Ok, S::Error> {
        output.serialize_str(&STANDARD.encode(value))
    }
}

/// Bytes in the base64 that can stand in a URL ([RFC 4648](https://www.rfc-editor.org/rfc/rfc4648), section 5), written with
/// padding (section 3.2); the other alphabet and missing padding are read as well.
#[derive(Debug)]
pub struct Base64Url;

impl Codec<Bytes> for Base64Url {
    fn decode<'de, D: Deserializer<'de>>(input: D) -> Result<Bytes, D::Error> {
        Base64::decode(input)
    }

    fn encode<S: Serializer>(value: &Bytes, output: S) -> Result<S::Ok, S::Error> {
        output.serialize_str(&URL_SAFE.encode(value))
    }
}

/// Reads text that `read` understands.
#[allow(dead_code, reason = "a crate reads the formats that its document needs")]
pub(super) fn read_text<'de, T, D: Deserializer<'de>>(
    input: D,
    expected: &'static str,
    read: fn(&str) -> Option<T>,
) -> Result<T, D::Error> {
    struct Text<T> {
        expected: &'static str,
        read: fn(&str) -> Option<T>,
    }

    impl<T> Visitor<'_> for Text<T> {
        type Value = T;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str(self.expected)
        }

        fn visit_str<E: de::Error>(self, text: &str) -> Result<T, E> {
            (self.read)(text).ok_or_else(|| E::invalid_value(de::Unexpected::Str(text), &self))
        }
    }

    input.deserialize_str(Text { expected, read })
}

/// `C`, or null.
#[derive(Debug)]
pub struct Nullable<C = Own>(PhantomData<C>);

impl<T, C: Codec<T>> Codec<Option<T>> for Nullable<C> {
    fn decode<'de, D: Deserializer<'de>>(input: D) -> Result<Option<T>, D::Error> {
        OrNull::<C>::decode(input)
    }

    fn encode<S: Serializer>(value: &Option<T>, output: S) -> Result<S::Ok, S::Error> {
        match value {
            Some(value) => C::encode(value, output),
            None => output.serialize_unit(),
        }
    }
}

/// Reads one `T` by way of `C`.
pub(super) struct Seed<T, C>(pub(super) PhantomData<(T, C)>);

impl<'de, T, C: Codec<T>> DeserializeSeed<'de> for Seed<T, C> {
    type Value = T;

    fn deserialize<D: Deserializer<'de>>(self, input: D) -> Result<T, D::Error> {
        C::decode(input)
    }
}

/// Writes one `T` by way of `C`.
pub(super) struct Encode<'a, T, C>(pub(super) &'a T, pub(super) PhantomData<C>);

impl<T, C: Codec<T>> Serialize for Encode<'_, T, C> {
    fn serialize<S: Serializer>(&self, output: S) -> Result<S::Ok, S::Error> {
        C::encode(self.0, output)
    }
}

/// A `T` by way of `C`, or null.
#[derive(Debug)]
pub(super) struct OrNull<C>(PhantomData<C>);

impl<C> OrNull<C> {
    pub(super) fn decode<'de, T, D: Deserializer<'de>>(input: D) -> Result<Option<T>, D::Error>
    where
        C: Codec<T>,
    {
        struct Nullable<T, C>(PhantomData<(T, C)>);

        impl<'de, T, C: Codec<T>> Visitor<'de> for Nullable<T, C> {
            type Value = Option<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a value or null")
            }

            fn visit_none<E>(self) -> Result<Option<T>, E> {
                Ok(None)
            }

            fn visit_unit<E>(self) -> Result<Option<T>, E> {
                Ok(None)
            }

            fn visit_some<D: Deserializer<'de>>(self, input: D) -> Result<Option<T>, D::Error> {
                C::decode(input).map(Some)
            }
        }

        input.deserialize_option(Nullable::<T, C>(PhantomData))
    }
}
