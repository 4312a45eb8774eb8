//! What the server says in the body of an error, whatever the document says about it.
//!
//! Only texts and numbers are kept, so that a body takes no more memory than it does as bytes.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{
    Deserialize, DeserializeOwned, DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor,
};

use super::super::secrets::Secrets;
use super::super::wire::number;

/// The members that most APIs have in the body of an error.
#[derive(Clone, Debug, Default)]
pub(super) struct Said {
    pub(super) code: Option<String>,
    pub(super) message: Option<String>,
}

impl Said {
    /// Reads a body, and leaves out secrets. One that is no JSON object says nothing.
    pub(super) fn read(body: &[u8], secrets: &Secrets) -> Self {
        let Members { code, message, .. } = serde_json::from_slice::<Members>(body).unwrap_or_default();
        let hide = |(_, text): (u8, String)| secrets.hide(&text).into_owned();
        Self { code: code.map(hide), message: message.map(hide) }
    }
}

/// What a body tells in detail, if it is what is asked for.
pub(super) fn details<T: DeserializeOwned>(body: &[u8]) -> Option<T> {
    let at = |path: &[&str]| {
        let found = At(path, PhantomData).deserialize(&mut serde_json::Deserializer::from_slice(body));
        found.ok().flatten()
    };
    at(&["details"]).or_else(|| at(&["error", "details"])).or_else(|| at(&["errors"]))
}

/// The best that has been found so far, each with its rank: the lower, the better.
#[derive(Default)]
struct Members {
    code: Option<(u8, String)>,
    message: Option<(u8, String)>,
    /// The value itself, where it is no object.
    text: Option<String>,
}

impl Members {
    /// The value of a member called `name`.
    fn take(&mut self, name: &str, value: Self) {
        let text = value.text;
        match name {
            "code" => better(&mut self.code, 0, text),
            "message" => better(&mut self.message, 0, text),
            "error" => {
                // An object like the one around it, or the code of OAuth 2 (RFC 6749, section 5.2).
                better(&mut self.code, 1, value.code.map(|(_, code)| code));
                better(&mut self.code, 2, text);
                better(&mut self.message, 1, value.message.map(|(_, message)| message));
            }
            "error_description" => better(&mut self.message, 2, text),
            // Those of a problem (RFC 9457, section 3.1).
            "detail" => better(&mut self.message, 3, text),
            "title" => better(&mut self.message, 4, text),
            _ => {}
        }
    }
}

fn better(known: &mut Option<(u8, String)>, rank: u8, text: Option<String>) {
    if let Some(text) = text.filter(|_| known.as_ref().is_none_or(|(known, _)| rank < *known)) {
        *known = Some((rank, text));
    }
}

impl<'de> Deserialize<'de> for Members {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        number::deserialize_any(deserializer, MembersVisitor)
    }
}

struct MembersVisitor;

impl MembersVisitor {
    fn text<E>(text: impl fmt::Display) -> Result<Members, E> {
        Ok(Members { text: Some(text.to_string()), ..Members::default() })
    }
}

impl<'de> Visitor<'de> for MembersVisitor {
    type Value = Members;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("anything")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Members, A::Error> {
        let mut members = Members::default();
        while let Some(name) = map.next_key::<String>()? {
            match name.as_str() {
                "code" | "message" | "error" | "error_description" | "detail" | "title" => {
                    members.take(&name, map.next_value()?);
                }
                _ => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        Ok(members)
    }

    fn visit_str<E>(self, text: &str) -> Result<Members, E> {
        Self::text(text)
    }

    /// A code may be a number: `5` says the same as `"5"`.
    fn visit_u64<E>(self, number: u64) -> Result<Members, E> {
        Self::text(number)
    }

    fn visit_i64<E>(self, number: i64) -> Result<Members, E> {
        Self::text(number)
    }

    fn visit_f64<E>(self, number: f64) -> Result<Members, E> {
        Self::text(number)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Members, E> {
        Ok(Members::default())
    }

    fn visit_unit<E>(self) -> Result<Members, E> {
        Ok(Members::default())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Members, A::Error> {
        while items.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Members::default())
    }
}

/// The value at the end of a path of members, if there is one and it is what is asked for.
struct At<'a, T>(&'a [&'a str], PhantomData<T>);

impl<'de, T: Deserialize<'de>> DeserializeSeed<'de> for At<'_, T> {
    type Value = Option<T>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Option<T>, D::Error> {
        match self.0 {
            [] => T::deserialize(deserializer).map(Some),
            _ => deserializer.deserialize_map(self),
        }
    }
}

impl<'de, T: Deserialize<'de>> Visitor<'de> for At<'_, T> {
    type Value = Option<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Option<T>, A::Error> {
        let mut found = None;
        let (first, rest) = self.0.split_first().unwrap_or((&"", &[]));
        while let Some(name) = map.next_key::<String>()? {
            if name == *first {
                found = map.next_value_seed(At(rest, PhantomData))?;
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(found)
    }
}
