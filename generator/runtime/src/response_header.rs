//! Headers that a document describes of its answers: from text to values, as OpenAPI's style `simple` has them.
//!
//! A scalar is its text, and a list has commas. Errors say what was expected, and never what was there: a header may
//! hold a secret.

use std::borrow::Cow;
use std::fmt;

use http::HeaderMap;
use http::header::SET_COOKIE;
use serde::de::value::SeqDeserializer;
use serde::de::{Deserializer, Error, Expected, IntoDeserializer, Unexpected, Visitor};
use serde::forward_to_deserialize_any;

/// What a header holds; none where there is no such header.
///
/// Several lines of one name are one list ([RFC 9110](https://www.rfc-editor.org/rfc/rfc9110#section-5.3), section
/// 5.3), whose empty items mean nothing. Only `set-cookie` is a line each, and the first where one is asked for.
pub(super) fn value<'h>(headers: &'h HeaderMap, name: &str) -> Result<Option<Value<'h>>, Misfit> {
    let lines: Result<Vec<&str>, _> =
        headers.get_all(name).iter().map(|line| std::str::from_utf8(line.as_bytes())).collect();
    let lines = lines.map_err(|_| Misfit("is not in UTF-8".to_owned()))?;
    Ok(match lines.as_slice() {
        [] => None,
        [first, ..] if name.eq_ignore_ascii_case(SET_COOKIE.as_str()) => {
            Some(Value { text: Cow::Borrowed(first), items: lines })
        }
        [only] => Some(Value { text: Cow::Borrowed(only), items: items(&lines) }),
        _ => Some(Value { text: Cow::Owned(lines.join(", ")), items: items(&lines) }),
    })
}

/// The items of a list: what stands between commas.
fn items<'h>(lines: &[&'h str]) -> Vec<&'h str> {
    let items = lines.iter().flat_map(|line| line.split(',')).map(str::trim);
    items.filter(|item| !item.is_empty()).collect()
}

/// The text of a header, or of an item of it.
pub(super) struct Value<'h> {
    text: Cow<'h, str>,
    items: Vec<&'h str>,
}

macro_rules! parsed {
    ($($deserialize:ident $visit:ident $expected:literal)*) => {
        $(fn $deserialize<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
            match self.text.parse() {
                Ok(value) => visitor.$visit(value),
                Err(_) => Err(Misfit::of(&$expected)),
            }
        })*
    };
}

impl<'de> Deserializer<'de> for Value<'_> {
    type Error = Misfit;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        visitor.visit_str(&self.text)
    }

    parsed! {
        deserialize_bool visit_bool "`true` or `false`"
        deserialize_i8 visit_i8 "an integer of 8 bits"
        deserialize_i16 visit_i16 "an integer of 16 bits"
        deserialize_i32 visit_i32 "an integer of 32 bits"
        deserialize_i64 visit_i64 "an integer of 64 bits"
        deserialize_i128 visit_i128 "an integer of 128 bits"
        deserialize_u8 visit_u8 "a positive integer of 8 bits"
        deserialize_u16 visit_u16 "a positive integer of 16 bits"
        deserialize_u32 visit_u32 "a positive integer of 32 bits"
        deserialize_u64 visit_u64 "a positive integer of 64 bits"
        deserialize_u128 visit_u128 "a positive integer of 128 bits"
        deserialize_f32 visit_f32 "a number"
        deserialize_f64 visit_f64 "a number"
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        let items = self.items.into_iter().map(|item| Value { text: Cow::Borrowed(item), items: Vec::new() });
        visitor.visit_seq(SeqDeserializer::new(items))
    }

    forward_to_deserialize_any! {
        char str string bytes byte_buf option unit unit_struct newtype_struct tuple tuple_struct map struct enum
        identifier ignored_any
    }
}

impl<'de> IntoDeserializer<'de, Misfit> for Value<'_> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

/// What is wrong with a header, to stand behind its name.
#[derive(Debug)]
pub(super) struct Misfit(String);

impl Misfit {
    fn of(expected: &dyn Expected) -> Self {
        Self(format!("is not {expected}"))
    }
}

impl Error for Misfit {
    /// The message may repeat the value.
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self("is not what the document says".to_owned())
    }

    fn invalid_type(_: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::of(expected)
    }

    fn invalid_value(_: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::of(expected)
    }
}

impl fmt::Display for Misfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Misfit {}
