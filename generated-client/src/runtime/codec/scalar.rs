// @generated from the OpenAPI document. Change the document, and generate again.

//! [`Scalar`]: strings, integers and booleans, which are converted to text without JSON. Most parameters are one.

use std::fmt;

use serde::ser::{Impossible, Serialize, Serializer};

/// A value that is neither a list nor an object, as text.
#[derive(Debug)]
pub enum Scalar {
    /// A string.
    Text(String),
    /// An integer or a boolean, which JSON writes without quotes.
    Plain(String),
}

impl Scalar {
    /// Converts a value. Returns `None` if it is not a string, an integer or a boolean.
    pub(super) fn of<T: Serialize + ?Sized>(value: &T) -> Option<Self> {
        value.serialize(ScalarSerializer).ok()
    }
}

/// Serializes scalars, and fails for any other value. Its code is small for every type, as nothing can follow a failure.
struct ScalarSerializer;

type Result<T> = std::result::Result<T, fmt::Error>;
type Never = Impossible<Scalar, fmt::Error>;

macro_rules! plain {
    ($($method:ident($ty:ty))*) => {
        $(fn $method(self, value: $ty) -> Result<Scalar> {
            Ok(Scalar::Plain(value.to_string()))
        })*
    };
}

macro_rules! fail {
    ($($method:ident($($argument:ty),*) -> $output:ty)*) => {
        $(fail! { @ $method($($argument),*) -> $output })*
    };
    (@ $method:ident() -> $output:ty) => {
        fn $method(self) -> Result<$output> {
            Err(fmt::Error)
        }
    };
    (@ $method:ident($a:ty) -> $output:ty) => {
        fn $method(self, _: $a) -> Result<$output> {
            Err(fmt::Error)
        }
    };
    (@ $method:ident($a:ty, $b:ty) -> $output:ty) => {
        fn $method(self, _: $a, _: $b) -> Result<$output> {
            Err(fmt::Error)
        }
    };
    (@ $method:ident($a:ty, $b:ty, $c:ty, $d:ty) -> $output:ty) => {
        fn $method(self, _: $a, _: $b, _: $c, _: $d) -> Result<$output> {
            Err(fmt::Error)
        }
    };
}

impl Serializer for ScalarSerializer {
    type Ok = Scalar;
    type Error = fmt::Error;
    type SerializeSeq = Never;
    type SerializeTuple = Never;
    type SerializeTupleStruct = Never;
    type SerializeTupleVariant = Never;
    type SerializeMap = Never;
    type SerializeStruct = Never;
    type SerializeStructVariant = Never;

    plain! {
        serialize_bool(bool)
        serialize_i8(i8)
        serialize_i16(i16)
        serialize_i32(i32)
        serialize_i64(i64)
        serialize_i128(i128)
        serialize_u8(u8)
        serialize_u16(u16)
        serialize_u32(u32)
        serialize_u64(u64)
        serialize_u128(u128)
    }

    fail! {
        // JSON has rules for the text of these numbers, and NaN is an error.
        serialize_f32(f32) -> Scalar
        serialize_f64(f64) -> Scalar
        serialize_bytes(&[u8]) -> Scalar
        serialize_none() -> Scalar
        serialize_unit() -> Scalar
        serialize_unit_struct(&'static str) -> Scalar
        serialize_seq(Option<usize>) -> Never
        serialize_tuple(usize) -> Never
        serialize_tuple_struct(&'static str, usize) -> Never
        serialize_tuple_variant(&'static str, u32, &'static str, usize) -> Never
        serialize_map(Option<usize>) -> Never
        serialize_struct(&'static str, usize) -> Never
        serialize_struct_variant(&'static str, u32, &'static str, usize) -> Never
    }

    fn serialize_char(self, character: char) -> Result<Scalar> {
        Ok(Scalar::Text(character.into()))
    }

    fn serialize_str(self, text: &str) -> Result<Scalar> {
        Ok(Scalar::Text(text.to_owned()))
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<Scalar> {
        value.serialize(self)
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Result<Scalar> {
        self.serialize_str(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Result<Scalar> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Result<Scalar> {
        Err(fmt::Error)
    }
}
