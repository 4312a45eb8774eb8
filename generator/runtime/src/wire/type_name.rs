//! The name and the fields of a type, as it passes them to a deserializer.

use std::fmt;

use serde::de::{self, DeserializeOwned, Deserializer, Visitor};

/// Returns the name that a type passes to `deserialize_struct`, or `None` if it does not call it.
#[cfg(feature = "any")]
pub(super) fn of<T: DeserializeOwned>() -> Option<&'static str> {
    probe::<T>().map(|(name, _)| name)
}

/// Returns the field names that a type passes to `deserialize_struct`, or none if it does not call it.
pub(super) fn fields_of<T: DeserializeOwned>() -> &'static [&'static str] {
    probe::<T>().map(|(_, fields)| fields).unwrap_or_default()
}

fn probe<T: DeserializeOwned>() -> StructShape {
    match T::deserialize(Probe) {
        Err(Probed(shape)) => shape,
        Ok(_) => None,
    }
}

/// The name and the field names passed to `deserialize_struct`, or `None` if another method was called.
type StructShape = Option<(&'static str, &'static [&'static str])>;

/// A deserializer without input that records the arguments of the first call.
struct Probe;

impl<'de> Deserializer<'de> for Probe {
    type Error = Probed;

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Probed> {
        Err(Probed(None))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        fields: &'static [&'static str],
        _: V,
    ) -> Result<V::Value, Probed> {
        Err(Probed(Some((name, fields))))
    }

    // A box or a newtype has the name of its content.
    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Probed> {
        visitor.visit_newtype_struct(self)
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct seq
        tuple tuple_struct map enum identifier ignored_any
    }
}

/// The recorded arguments, returned as an error.
#[derive(Debug)]
struct Probed(StructShape);

impl fmt::Display for Probed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("there is no input")
    }
}

impl std::error::Error for Probed {}

impl de::Error for Probed {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self(None)
    }
}
