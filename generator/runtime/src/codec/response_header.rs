//! Decoding of documented response headers, in OpenAPI's style `simple`: scalars as text, lists separated by
//! commas.
//!
//! Errors contain the expected type and not the value, which can be secret.

use std::borrow::Cow;
use std::fmt;

use http::HeaderMap;
use http::header::SET_COOKIE;
use serde::de::value::SeqDeserializer;
use serde::de::{Deserializer, Error, Expected, IntoDeserializer, Unexpected, Visitor};
use serde::forward_to_deserialize_any;

/// Returns the text of a header, or `None` if there is no such header.
///
/// Several headers with the same name are one list
/// ([RFC 9110](https://www.rfc-editor.org/rfc/rfc9110#section-5.3), section 5.3). Empty items are ignored.
/// For `set-cookie`, each header is one item, and the text is the first one.
pub(in super::super) fn value<'h>(
    headers: &'h HeaderMap,
    name: &str,
) -> Result<Option<HeaderText<'h>>, HeaderDecodeError> {
    let lines: Result<Vec<&str>, _> =
        headers.get_all(name).iter().map(|line| std::str::from_utf8(line.as_bytes())).collect();
    let lines = lines.map_err(|_| HeaderDecodeError("is not valid UTF-8".to_owned()))?;
    Ok(match lines.as_slice() {
        [] => None,
        [first, ..] if name.eq_ignore_ascii_case(SET_COOKIE.as_str()) => {
            Some(HeaderText { text: Cow::Borrowed(first), items: lines })
        }
        [only] => Some(HeaderText { text: Cow::Borrowed(only), items: items(&lines) }),
        _ => Some(HeaderText { text: Cow::Owned(lines.join(", ")), items: items(&lines) }),
    })
}

/// Splits lines into the items between commas.
fn items<'h>(lines: &[&'h str]) -> Vec<&'h str> {
    let items = lines.iter().flat_map(|line| line.split(',')).map(str::trim);
    items.filter(|item| !item.is_empty()).collect()
}

/// The text of a header or of one of its items.
pub(in super::super) struct HeaderText<'h> {
    text: Cow<'h, str>,
    items: Vec<&'h str>,
}

macro_rules! parse_methods {
    ($($deserialize:ident $visit:ident $expected:literal)*) => {
        $(fn $deserialize<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, HeaderDecodeError> {
            match self.text.parse() {
                Ok(value) => visitor.$visit(value),
                Err(_) => Err(HeaderDecodeError::of(&$expected)),
            }
        })*
    };
}

impl<'de> Deserializer<'de> for HeaderText<'_> {
    type Error = HeaderDecodeError;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, HeaderDecodeError> {
        visitor.visit_str(&self.text)
    }

    parse_methods! {
        deserialize_bool visit_bool "`true` or `false`"
        deserialize_i8 visit_i8 "an 8-bit integer"
        deserialize_i16 visit_i16 "a 16-bit integer"
        deserialize_i32 visit_i32 "a 32-bit integer"
        deserialize_i64 visit_i64 "a 64-bit integer"
        deserialize_i128 visit_i128 "a 128-bit integer"
        deserialize_u8 visit_u8 "an unsigned 8-bit integer"
        deserialize_u16 visit_u16 "an unsigned 16-bit integer"
        deserialize_u32 visit_u32 "an unsigned 32-bit integer"
        deserialize_u64 visit_u64 "an unsigned 64-bit integer"
        deserialize_u128 visit_u128 "an unsigned 128-bit integer"
        deserialize_f32 visit_f32 "a number"
        deserialize_f64 visit_f64 "a number"
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, HeaderDecodeError> {
        let items =
            self.items.into_iter().map(|item| HeaderText { text: Cow::Borrowed(item), items: Vec::new() });
        visitor.visit_seq(SeqDeserializer::new(items))
    }

    forward_to_deserialize_any! {
        char str string bytes byte_buf option unit unit_struct newtype_struct tuple tuple_struct map struct enum
        identifier ignored_any
    }
}

impl<'de> IntoDeserializer<'de, HeaderDecodeError> for HeaderText<'_> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

/// The error of decoding a header, phrased to follow the name of the header.
#[derive(Debug)]
pub(in super::super) struct HeaderDecodeError(String);

impl HeaderDecodeError {
    fn of(expected: &dyn Expected) -> Self {
        Self(format!("is not {expected}"))
    }
}

impl Error for HeaderDecodeError {
    /// Drops the message, which can contain the value.
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self("does not match the document".to_owned())
    }

    fn invalid_type(_: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::of(expected)
    }

    fn invalid_value(_: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::of(expected)
    }
}

impl fmt::Display for HeaderDecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for HeaderDecodeError {}
