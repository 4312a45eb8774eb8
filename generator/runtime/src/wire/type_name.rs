//! The name of a type, as it tells a deserializer.

use std::fmt;

use serde::de::{self, DeserializeOwned, Deserializer, Visitor};

/// The name under which a type asks for a struct; none if it asks for anything else.
pub(super) fn of<T: DeserializeOwned>() -> Option<&'static str> {
    match T::deserialize(Listener) {
        Err(Heard(name)) => name,
        Ok(_) => None,
    }
}

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
        _: &'static [&'static str],
        _: V,
    ) -> Result<V::Value, Heard> {
        Err(Heard(Some(name)))
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

/// What was asked for: a struct of this name, or something else.
#[derive(Debug)]
struct Heard(Option<&'static str>);

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
