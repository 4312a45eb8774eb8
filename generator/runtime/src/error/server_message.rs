//! The code and the message in the body of an error response.
//!
//! They are found by the names that most APIs use, independently of the document. Only strings and numbers
//! are kept, so the result is never larger than the body.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{
    Deserialize, DeserializeOwned, DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor,
};

use super::super::net::secrets::Secrets;
use super::super::wire::number;

/// The properties that most APIs have in the body of an error.
#[derive(Clone, Debug, Default)]
pub(super) struct ServerMessage {
    pub(super) code: Option<String>,
    pub(super) message: Option<String>,
}

impl ServerMessage {
    /// Reads a body and hides secrets. The result is empty if the body is not a JSON object.
    pub(super) fn read(body: &[u8], secrets: &Secrets) -> Self {
        let ErrorBody { code, message, .. } = serde_json::from_slice::<ErrorBody>(body).unwrap_or_default();
        let redact = |(_, text): (u8, String)| secrets.redact(&text).into_owned();
        Self { code: code.map(redact), message: message.map(redact) }
    }
}

/// Decodes the error details in a body, if they match `T`.
pub(super) fn details<T: DeserializeOwned>(body: &[u8]) -> Option<T> {
    let at = |path: &[&str]| {
        let found = AtPath(path, PhantomData).deserialize(&mut serde_json::Deserializer::from_slice(body));
        found.ok().flatten()
    };
    at(&["details"]).or_else(|| at(&["error", "details"])).or_else(|| at(&["errors"]))
}

/// The code and the message found so far, each with its rank. A lower rank is better.
#[derive(Default)]
struct ErrorBody {
    code: Option<(u8, String)>,
    message: Option<(u8, String)>,
    /// The value itself if it is a string or a number.
    text: Option<String>,
}

impl ErrorBody {
    /// Adds the value of the property `name`.
    fn take(&mut self, name: &str, value: Self) {
        let text = value.text;
        match name {
            "code" => replace_if_better(&mut self.code, 0, text),
            "message" => replace_if_better(&mut self.message, 0, text),
            "error" => {
                // An object with the same properties, or the code of OAuth 2 (RFC 6749, section 5.2).
                replace_if_better(&mut self.code, 1, value.code.map(|(_, code)| code));
                replace_if_better(&mut self.code, 2, text);
                replace_if_better(&mut self.message, 1, value.message.map(|(_, message)| message));
            }
            "error_description" => replace_if_better(&mut self.message, 2, text),
            // Problem details (RFC 9457, section 3.1).
            "detail" => replace_if_better(&mut self.message, 3, text),
            "title" => replace_if_better(&mut self.message, 4, text),
            _ => {}
        }
    }
}

fn replace_if_better(known: &mut Option<(u8, String)>, rank: u8, text: Option<String>) {
    if let Some(text) = text.filter(|_| known.as_ref().is_none_or(|(known, _)| rank < *known)) {
        *known = Some((rank, text));
    }
}

impl<'de> Deserialize<'de> for ErrorBody {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        number::deserialize_any(deserializer, ErrorBodyVisitor)
    }
}

struct ErrorBodyVisitor;

impl ErrorBodyVisitor {
    fn text<E>(text: impl fmt::Display) -> Result<ErrorBody, E> {
        Ok(ErrorBody { text: Some(text.to_string()), ..ErrorBody::default() })
    }
}

impl<'de> Visitor<'de> for ErrorBodyVisitor {
    type Value = ErrorBody;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<ErrorBody, A::Error> {
        let mut error_body = ErrorBody::default();
        while let Some(name) = map.next_key::<String>()? {
            match name.as_str() {
                "code" | "message" | "error" | "error_description" | "detail" | "title" => {
                    error_body.take(&name, map.next_value()?);
                }
                _ => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        Ok(error_body)
    }

    fn visit_str<E>(self, text: &str) -> Result<ErrorBody, E> {
        Self::text(text)
    }

    /// A code can be a number: `5` is the same as `"5"`.
    fn visit_u64<E>(self, number: u64) -> Result<ErrorBody, E> {
        Self::text(number)
    }

    fn visit_i64<E>(self, number: i64) -> Result<ErrorBody, E> {
        Self::text(number)
    }

    fn visit_f64<E>(self, number: f64) -> Result<ErrorBody, E> {
        Self::text(number)
    }

    fn visit_bool<E>(self, _: bool) -> Result<ErrorBody, E> {
        Ok(ErrorBody::default())
    }

    fn visit_unit<E>(self) -> Result<ErrorBody, E> {
        Ok(ErrorBody::default())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<ErrorBody, A::Error> {
        while items.next_element::<IgnoredAny>()?.is_some() {}
        Ok(ErrorBody::default())
    }
}

/// Decodes the value at a path of property names, if it exists and matches `T`.
struct AtPath<'a, T>(&'a [&'a str], PhantomData<T>);

impl<'de, T: Deserialize<'de>> DeserializeSeed<'de> for AtPath<'_, T> {
    type Value = Option<T>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Option<T>, D::Error> {
        match self.0 {
            [] => T::deserialize(deserializer).map(Some),
            _ => deserializer.deserialize_map(self),
        }
    }
}

impl<'de, T: Deserialize<'de>> Visitor<'de> for AtPath<'_, T> {
    type Value = Option<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Option<T>, A::Error> {
        let mut found = None;
        let (first, rest) = self.0.split_first().unwrap_or((&"", &[]));
        while let Some(name) = map.next_key::<String>()? {
            if name == *first {
                found = map.next_value_seed(AtPath(rest, PhantomData))?;
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(found)
    }
}
