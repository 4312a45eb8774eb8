// @generated from the OpenAPI document: change that, and generate again.

//! The name of a type and those of its fields, as it tells a deserializer.

use std::fmt;

use serde::de::{self, DeserializeOwned, Deserializer, Visitor};

/// The name under which a type asks for a struct; none if it asks for anything else.
pub(super) fn of<T: DeserializeOwned>() -> Option<&'static str> {
    heard::<T>().map(|(name, _)| name)
}

/// The names of the fields of a type that asks for a struct; none of any other.
pub(super) fn fields_of<T: DeserializeOwned>() -> &'static [&'static str] {
    heard::<T>().map(|(_, fields)| fields).unwrap_or_default()
}

fn heard<T: DeserializeOwned>() -> Asked {
    match T::deserialize(Listener) {
        Err(Heard(asked)) => asked,
        Ok(_) => None,
    }
}

/// The struct that is asked for, by its name and those of its fields; none where it is something else.
type Asked = Option<(&'static str, &'static [&'static str])>;

/// Listens to what is asked for, and has nothing to give.
struct Listener;

impl<'de> Deserializer<'de> for Listener {
    type Error = Heard;

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Heard> {
        Err(Heard(None))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        fields: &'static [&'static str],
        _: V,
    ) -> Result<V::Value, Heard> {
        Err(Heard(Some((name, fields))))
    }

    // A box or a wrapper is called as what is in it.
    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Heard> {
        visitor.visit_newtype_struct(self)
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct seq
        tuple tuple_struct map enum identifier ignored_any
    }
}

/// What was asked for, as the only way out.
#[derive(Debug)]
struct Heard(Asked);

impl fmt::Display for Heard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("there is nothing to read")
    }
}

impl std::error::Error for Heard {}

impl de::Error for Heard {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self(None)
    }
}
