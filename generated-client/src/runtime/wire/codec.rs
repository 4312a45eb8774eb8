// @generated from the OpenAPI document. Change the document, and generate again.

//! Codecs: how Rust types are written in JSON if not by their own serde impls.

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use base64::Engine as _;
use base64::engine::DecodePaddingMode;
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig, STANDARD, URL_SAFE};
use bytes::Bytes;
use serde::de::{self, DeserializeOwned, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};

use super::decode_budget;
use super::json_text;
use super::number;
use super::path::{self, Step};

/// The JSON representation of values of `T`.
pub trait Codec<T> {
    /// Decodes a value. The caller handles null.
    ///
    /// # Errors
    ///
    /// Returns an error if the input does not match.
    fn decode<'de, D: Deserializer<'de>>(input: D) -> Result<T, D::Error>;

    /// Encodes a value.
    ///
    /// # Errors
    ///
    /// Returns an error if the serializer does.
    fn encode<S: Serializer>(value: &T, output: S) -> Result<S::Ok, S::Error>;
}

/// The [`Serialize`] and [`Deserialize`](serde::Deserialize) impls of the type itself.
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

/// A JSON value or object of any shape. Its memory is limited, like the memory of lists.
#[derive(Debug)]
pub struct Json;

impl<T: Serialize + DeserializeOwned> Codec<T> for Json {
    fn decode<'de, D: Deserializer<'de>>(input: D) -> Result<T, D::Error> {
        if json_text::is_json::<D::Error>() { json_text::tree(input) } else { T::deserialize(input) }
    }

    fn encode<S: Serializer>(value: &T, output: S) -> Result<S::Ok, S::Error> {
        value.serialize(output)
    }
}

/// A JSON array whose items use the codec `C`.
#[derive(Debug)]
pub struct List<C = Own>(PhantomData<C>);

impl<T, C: Codec<T>> Codec<Vec<T>> for List<C> {
    fn decode<'de, D: Deserializer<'de>>(input: D) -> Result<Vec<T>, D::Error> {
        struct ListVisitor<T, C>(PhantomData<(T, C)>);

        impl<'de, T, C: Codec<T>> Visitor<'de> for ListVisitor<T, C> {
            type Value = Vec<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an array")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut input: A) -> Result<Vec<T>, A::Error> {
                let mut list = Vec::new();
                loop {
                    match input.next_element_seed(Seed::<T, C>(PhantomData)) {
                        Ok(Some(element)) => {
                            decode_budget::push(&mut list, element).map_err(de::Error::custom)?;
                        }
                        Ok(None) => return Ok(list),
                        Err(error) => {
                            path::record_step(|| Step::Element(list.len()));
                            return Err(error);
                        }
                    }
                }
            }
        }

        input.deserialize_seq(ListVisitor::<T, C>(PhantomData))
    }

    fn encode<S: Serializer>(value: &Vec<T>, output: S) -> Result<S::Ok, S::Error> {
        let mut list = output.serialize_seq(Some(value.len()))?;
        for element in value {
            list.serialize_element(&Encode::<T, C>(element, PhantomData))?;
        }
        list.end()
    }
}

/// A JSON array of fixed length, with a codec for each item.
macro_rules! tuple {
    ($count:literal: $($value:ident $codec:ident $index:tt),+) => {
        impl<$($value, $codec: Codec<$value>),+> Codec<($($value,)+)> for ($($codec,)+) {
            fn decode<'de, D: Deserializer<'de>>(input: D) -> Result<($($value,)+), D::Error> {
                struct TupleVisitor<T>(PhantomData<T>);

                impl<'de, $($value, $codec: Codec<$value>),+> Visitor<'de> for TupleVisitor<($(($value, $codec),)+)> {
                    type Value = ($($value,)+);

                    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                        write!(f, "an array of {} items", $count)
                    }

                    fn visit_seq<Q: SeqAccess<'de>>(self, mut input: Q) -> Result<Self::Value, Q::Error> {
                        let value = ($(tuple_element::<$value, $codec, Q>(&mut input, $index, &self)?,)+);
                        match input.next_element::<de::IgnoredAny>()? {
                            None => Ok(value),
                            Some(_) => Err(de::Error::invalid_length($count + 1, &self)),
                        }
                    }
                }

                input.deserialize_seq(TupleVisitor::<($(($value, $codec),)+)>(PhantomData))
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

/// Decodes the item at an index. It is required.
fn tuple_element<'de, T, C: Codec<T>, A: SeqAccess<'de>>(
    input: &mut A,
    index: usize,
    expected: &dyn de::Expected,
) -> Result<T, A::Error> {
    match input.next_element_seed(Seed::<T, C>(PhantomData)) {
        Ok(Some(value)) => Ok(value),
        Ok(None) => Err(de::Error::invalid_length(index, expected)),
        Err(error) => {
            path::record_step(|| Step::Element(index));
            Err(error)
        }
    }
}

/// A JSON object whose values use the codec `C`.
#[derive(Debug)]
pub struct Map<C = Own>(PhantomData<C>);

impl<T, C: Codec<T>> Codec<BTreeMap<String, T>> for Map<C> {
    fn decode<'de, D: Deserializer<'de>>(input: D) -> Result<BTreeMap<String, T>, D::Error> {
        struct MapVisitor<T, C>(PhantomData<(T, C)>);

        impl<'de, T, C: Codec<T>> Visitor<'de> for MapVisitor<T, C> {
            type Value = BTreeMap<String, T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut input: A) -> Result<Self::Value, A::Error> {
                let mut map = BTreeMap::new();
                while let Some(name) = input.next_key::<String>()? {
                    decode_budget::allocate_entry::<T, _>(map.is_empty())?;
                    match input.next_value_seed(Seed::<T, C>(PhantomData)) {
                        Ok(value) => {
                            map.insert(name, value);
                        }
                        Err(error) => {
                            path::record_step(|| Step::Property(name));
                            return Err(error);
                        }
                    }
                }
                Ok(map)
            }
        }

        input.deserialize_map(MapVisitor::<T, C>(PhantomData))
    }

    fn encode<S: Serializer>(value: &BTreeMap<String, T>, output: S) -> Result<S::Ok, S::Error> {
        let mut map = output.serialize_map(Some(value.len()))?;
        for (name, property) in value {
            map.serialize_entry(name, &Encode::<T, C>(property, PhantomData))?;
        }
        map.end()
    }
}

/// An integer. A number whose fraction is zero is one, such as `1.0` and `1e3` (JSON Schema 2020-12, Core, section
/// 4.2.1), unless it is so large that it may have lost digits.
#[derive(Debug)]
pub struct Whole;

impl<T> Codec<T> for Whole
where
    T: Serialize + TryFrom<i64> + TryFrom<u64> + TryFrom<i128> + TryFrom<u128>,
{
    fn decode<'de, D: Deserializer<'de>>(input: D) -> Result<T, D::Error> {
        let visitor = IntegerVisitor { is_quoted: false, parse: |_| None, ty: PhantomData };
        match size_of::<T>() {
            // Other methods of serde would round the number.
            16 if json_text::is_json::<D::Error>() => decode_128_bits(input, visitor),
            16 if T::try_from(-1_i64).is_ok() => input.deserialize_i128(visitor),
            16 => input.deserialize_u128(visitor),
            _ => number::deserialize_any(input, visitor),
        }
    }

    fn encode<S: Serializer>(value: &T, output: S) -> Result<S::Ok, S::Error> {
        value.serialize(output)
    }
}

/// Decodes an integer of 128 bits from its text, without rounding it.
fn decode_128_bits<'de, T, D: Deserializer<'de>>(input: D, visitor: IntegerVisitor<T>) -> Result<T, D::Error>
where
    T: TryFrom<i64> + TryFrom<u64> + TryFrom<i128> + TryFrom<u128>,
{
    let json = json_text::read(input)?;
    let digits = number::digits(&json).unwrap_or_default();
    match (digits.parse::<u128>(), digits.parse::<i128>()) {
        (Ok(number), _) => visitor.visit_u128(number),
        (_, Ok(number)) => visitor.visit_i128(number),
        _ => number::deserialize_any(&mut serde_json::Deserializer::from_str(&json), visitor)
            .map_err(json_text::error),
    }
}

struct IntegerVisitor<T> {
    /// True if a string is an integer, too.
    is_quoted: bool,
    parse: fn(&str) -> Option<T>,
    ty: PhantomData<T>,
}

impl<T: TryFrom<i64> + TryFrom<u64> + TryFrom<i128> + TryFrom<u128>> Visitor<'_> for IntegerVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(std::any::type_name::<T>())
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<T, E> {
        if !self.is_quoted {
            return Err(E::invalid_type(de::Unexpected::Str(text), &self));
        }
        (self.parse)(text).ok_or_else(|| E::invalid_value(de::Unexpected::Str(text), &self))
    }

    fn visit_i64<E: de::Error>(self, number: i64) -> Result<T, E> {
        T::try_from(number).map_err(|_| E::invalid_value(de::Unexpected::Signed(number), &self))
    }

    fn visit_u64<E: de::Error>(self, number: u64) -> Result<T, E> {
        T::try_from(number).map_err(|_| E::invalid_value(de::Unexpected::Unsigned(number), &self))
    }

    fn visit_i128<E: de::Error>(self, number: i128) -> Result<T, E> {
        T::try_from(number).map_err(|_| E::invalid_value(de::Unexpected::Other("number"), &self))
    }

    fn visit_u128<E: de::Error>(self, number: u128) -> Result<T, E> {
        T::try_from(number).map_err(|_| E::invalid_value(de::Unexpected::Other("number"), &self))
    }

    fn visit_f64<E: de::Error>(self, number: f64) -> Result<T, E> {
        let whole = number::whole(number).and_then(|whole| T::try_from(whole).ok());
        whole.ok_or_else(|| E::invalid_value(de::Unexpected::Float(number), &self))
    }
}

/// A 64-bit integer as a JSON string, as in protobuf's JSON mapping. JSON numbers are decoded, too.
#[derive(Debug)]
pub struct Quoted;

impl<T> Codec<T> for Quoted
where
    T: Copy + fmt::Display + std::str::FromStr + TryFrom<i64> + TryFrom<u64> + TryFrom<i128> + TryFrom<u128>,
{
    fn decode<'de, D: Deserializer<'de>>(input: D) -> Result<T, D::Error> {
        let parse = |text: &str| text.parse().ok();
        number::deserialize_any(input, IntegerVisitor { is_quoted: true, parse, ty: PhantomData })
    }

    fn encode<S: Serializer>(value: &T, output: S) -> Result<S::Ok, S::Error> {
        output.collect_str(value)
    }
}

/// A number, with the strings `"NaN"`, `"Infinity"` and `"-Infinity"` of protobuf's JSON mapping. Numbers in
/// strings are decoded, too.
#[derive(Debug)]
pub struct Float;

impl Codec<f64> for Float {
    fn decode<'de, D: Deserializer<'de>>(input: D) -> Result<f64, D::Error> {
        struct Number;

        impl Visitor<'_> for Number {
            type Value = f64;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a number")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<f64, E> {
                match text {
                    "NaN" => Ok(f64::NAN),
                    "Infinity" => Ok(f64::INFINITY),
                    "-Infinity" => Ok(f64::NEG_INFINITY),
                    _ => parse_number(text).ok_or_else(|| E::invalid_value(de::Unexpected::Str(text), &self)),
                }
            }

            fn visit_f64<E: de::Error>(self, number: f64) -> Result<f64, E> {
                Ok(number)
            }

            #[allow(clippy::cast_precision_loss, reason = "every number is decoded as a double")]
            fn visit_i64<E: de::Error>(self, number: i64) -> Result<f64, E> {
                Ok(number as f64)
            }

            #[allow(clippy::cast_precision_loss, reason = "every number is decoded as a double")]
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

/// Parses a JSON number without whitespace. Rust's own parser would accept `inf`, `+1` and `.5`, too.
fn parse_number(text: &str) -> Option<f64> {
    serde_json::from_str(text).ok().filter(|_| text.trim() == text)
}

/// Bytes in base64 ([RFC 4648](https://www.rfc-editor.org/rfc/rfc4648), section 4). The URL-safe alphabet and
/// missing padding are accepted, too.
#[derive(Debug)]
pub struct Base64;

impl Base64 {
    fn bytes(text: &str) -> Result<Vec<u8>, base64::DecodeError> {
        const LENIENT: GeneralPurposeConfig =
            GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent);
        const STANDARD: GeneralPurpose = GeneralPurpose::new(&base64::alphabet::STANDARD, LENIENT);
        const URL_ALPHABET: GeneralPurpose = GeneralPurpose::new(&base64::alphabet::URL_SAFE, LENIENT);
        if text.contains(['-', '_']) { URL_ALPHABET.decode(text) } else { STANDARD.decode(text) }
    }
}

impl Codec<Bytes> for Base64 {
    fn decode<'de, D: Deserializer<'de>>(input: D) -> Result<Bytes, D::Error> {
        struct Encoded;

        impl Visitor<'_> for Encoded {
            type Value = Bytes;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("base64")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Bytes, E> {
                let bytes = Base64::bytes(text).map(Bytes::from);
                bytes.map_err(|_| E::invalid_value(de::Unexpected::Str(text), &self))
            }
        }

        input.deserialize_str(Encoded)
    }

    fn encode<S: Serializer>(value: &Bytes, output: S) -> Result<S::Ok, S::Error> {
        output.serialize_str(&STANDARD.encode(value))
    }
}

/// Bytes in URL-safe base64 ([RFC 4648](https://www.rfc-editor.org/rfc/rfc4648), section 5), encoded with
/// padding (section 3.2). The standard alphabet and missing padding are accepted, too.
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

/// Decodes a string with `read`.
#[allow(dead_code, reason = "a crate has only the formats that its document needs")]
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

/// The codec `C`, or null.
#[derive(Debug)]
pub struct OrNull<C = Own>(PhantomData<C>);

impl<T, C: Codec<T>> Codec<Option<T>> for OrNull<C> {
    fn decode<'de, D: Deserializer<'de>>(input: D) -> Result<Option<T>, D::Error> {
        decode_or_null::<C, T, D>(input)
    }

    fn encode<S: Serializer>(value: &Option<T>, output: S) -> Result<S::Ok, S::Error> {
        match value {
            Some(value) => C::encode(value, output),
            None => output.serialize_unit(),
        }
    }
}

/// Decodes a `T` with the codec `C`.
pub(super) struct Seed<T, C>(pub(super) PhantomData<(T, C)>);

impl<'de, T, C: Codec<T>> DeserializeSeed<'de> for Seed<T, C> {
    type Value = T;

    fn deserialize<D: Deserializer<'de>>(self, input: D) -> Result<T, D::Error> {
        C::decode(input)
    }
}

/// Encodes a `T` with the codec `C`.
pub(super) struct Encode<'a, T, C>(pub(super) &'a T, pub(super) PhantomData<C>);

impl<T, C: Codec<T>> Serialize for Encode<'_, T, C> {
    fn serialize<S: Serializer>(&self, output: S) -> Result<S::Ok, S::Error> {
        C::encode(self.0, output)
    }
}

/// Decodes a `T` with the codec `C`, or null.
pub(super) fn decode_or_null<'de, C: Codec<T>, T, D: Deserializer<'de>>(
    input: D,
) -> Result<Option<T>, D::Error> {
    struct OrNullVisitor<T, C>(PhantomData<(T, C)>);

    impl<'de, T, C: Codec<T>> Visitor<'de> for OrNullVisitor<T, C> {
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

    input.deserialize_option(OrNullVisitor::<T, C>(PhantomData))
}
