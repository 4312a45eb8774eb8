// @generated from the OpenAPI document: change that, and generate again.

//! Values that can stand in a path, a query, a header, a cookie or a form: whatever has a JSON form.
//!
//! A parameter is described by a schema like a body is, so it may be an enum, a list, an object or a union as well. Its
//! JSON form says which of these it is; how that is spelled is its [`Style`](super::Style)'s business.

use std::fmt;
use std::marker::PhantomData;

use serde::Serialize;
use serde::de::{self, Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::ser::Serializer;

use super::wire::{self, Codec};

/// A value that can stand in a path, a query, a header, a cookie or a form.
pub trait Parameter {
    /// The value in JSON.
    ///
    /// # Errors
    ///
    /// Where it has no JSON form, such as a map whose keys are no strings.
    fn to_json(&self) -> Result<Vec<u8>, wire::EncodeError>;
}

impl<T: Serialize + ?Sized> Parameter for T {
    fn to_json(&self) -> Result<Vec<u8>, wire::EncodeError> {
        wire::request_to_vec(self)
    }
}

/// A value that travels in another shape than its own, such as bytes in base64.
pub struct Coded<'a, C, T>(&'a T, PhantomData<C>);

impl<'a, C: Codec<T>, T> Coded<'a, C, T> {
    /// The value, to travel by way of `C`.
    pub fn new(value: &'a T) -> Self {
        Self(value, PhantomData)
    }
}

impl<C: Codec<T>, T> Serialize for Coded<'_, C, T> {
    fn serialize<S: Serializer>(&self, output: S) -> Result<S::Ok, S::Error> {
        C::encode(self.0, output)
    }
}

impl<C, T> fmt::Debug for Coded<'_, C, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Coded").finish_non_exhaustive()
    }
}

/// A value as far as a style looks into it. Members stand in the order in which the value has them.
#[derive(Debug)]
pub(super) enum Node {
    Null,
    Text(String),
    /// A number or a truth value, which JSON writes without quotes.
    Plain(String),
    List(Vec<Node>),
    Object(Vec<(String, Node)>),
}

impl Node {
    /// Looks into a value. The error is a sentence about what is wrong.
    pub(super) fn of(value: &dyn Parameter) -> Result<Self, String> {
        let json = value.to_json().map_err(|error| error.to_string())?;
        let json = String::from_utf8(json).map_err(|error| error.to_string())?;
        Self::of_scalar(json).or_else(|json| serde_json::from_str(&json).map_err(|error| error.to_string()))
    }

    /// What most parameters are, and what needs no parser: text without an escape, or some digits. Else it is returned.
    fn of_scalar(mut json: String) -> Result<Self, String> {
        match json.as_bytes() {
            [b'"', inner @ .., b'"'] if !inner.contains(&b'\\') => {
                json.pop();
                json.remove(0);
                Ok(Self::Text(json))
            }
            // As many as 64 bits surely hold: what is more is rounded.
            [_, ..] if json.len() <= 18 && json.bytes().all(|byte| byte.is_ascii_digit()) => {
                Ok(Self::Plain(json))
            }
            _ => Err(json),
        }
    }

    /// The value as text: what is no scalar, and stands where only scalars have a form, is JSON.
    pub(super) fn text(&self) -> String {
        match self {
            Self::Text(text) | Self::Plain(text) => text.clone(),
            Self::Null => String::new(),
            Self::List(_) | Self::Object(_) => self.json(),
        }
    }

    /// The value in JSON.
    pub(super) fn json(&self) -> String {
        let quoted = |text: &str| serde_json::Value::from(text).to_string();
        match self {
            Self::Null => "null".to_owned(),
            Self::Text(text) => quoted(text),
            Self::Plain(text) => text.clone(),
            Self::List(items) => {
                let items: Vec<String> = items.iter().map(Self::json).collect();
                format!("[{}]", items.join(","))
            }
            Self::Object(members) => {
                let members =
                    members.iter().map(|(name, value)| format!("{}:{}", quoted(name), value.json()));
                format!("{{{}}}", members.collect::<Vec<_>>().join(","))
            }
        }
    }

    pub(super) fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        wire::number::deserialize_any(input, Nodes)
    }
}

struct Nodes;

impl<'de> Visitor<'de> for Nodes {
    type Value = Node;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E: de::Error>(self) -> Result<Node, E> {
        Ok(Node::Null)
    }

    fn visit_bool<E: de::Error>(self, truth: bool) -> Result<Node, E> {
        Ok(Node::Plain(truth.to_string()))
    }

    fn visit_i64<E: de::Error>(self, number: i64) -> Result<Node, E> {
        Ok(Node::Plain(number.to_string()))
    }

    fn visit_u64<E: de::Error>(self, number: u64) -> Result<Node, E> {
        Ok(Node::Plain(number.to_string()))
    }

    fn visit_f64<E: de::Error>(self, number: f64) -> Result<Node, E> {
        Ok(Node::Plain(number.to_string()))
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Node, E> {
        Ok(Node::Text(text.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Node, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = list.next_element()? {
            items.push(item);
        }
        Ok(Node::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Node, A::Error> {
        let mut members = Vec::new();
        while let Some(member) = object.next_entry()? {
            members.push(member);
        }
        Ok(Node::Object(members))
    }
}
