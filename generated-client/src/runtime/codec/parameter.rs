// @generated from the OpenAPI document. Change the document, and generate again.

//! Values of parameters, in a path, a query, a header, a cookie or a form. Every type with a JSON form is
//! one.
//!
//! A parameter has a schema, so it can be an enum, a list, an object or a union. Its JSON form tells these
//! apart, and its [`Style`](super::super::Style) defines how each is encoded.

use std::fmt;
use std::marker::PhantomData;

use serde::Serialize;
use serde::de::{self, Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::ser::Serializer;

use super::super::wire::{self, Codec};
use super::scalar::Scalar;

/// A value that can be sent in a path, a query, a header, a cookie or a form. Implemented for every
/// [`Serialize`] type.
pub trait Parameter {
    /// Encodes the value as JSON.
    ///
    /// # Errors
    ///
    /// Returns an error if the value has no JSON form, such as NaN, or a map whose keys are not strings.
    fn to_json(&self) -> Result<Vec<u8>, wire::EncodeError>;

    /// Returns the value if it is a string, an integer or a boolean, which need not be encoded as JSON.
    #[doc(hidden)]
    fn to_scalar(&self) -> Option<Scalar> {
        None
    }
}

impl<T: Serialize + ?Sized> Parameter for T {
    fn to_json(&self) -> Result<Vec<u8>, wire::EncodeError> {
        wire::request_to_vec(self)
    }

    fn to_scalar(&self) -> Option<Scalar> {
        Scalar::of(self)
    }
}

/// A value that is encoded with the codec `C`, such as bytes in base64.
pub struct WithCodec<'a, C, T>(&'a T, PhantomData<C>);

impl<'a, C: Codec<T>, T> WithCodec<'a, C, T> {
    /// Wraps a value, to be encoded with `C`.
    pub fn new(value: &'a T) -> Self {
        Self(value, PhantomData)
    }
}

impl<C: Codec<T>, T> Serialize for WithCodec<'_, C, T> {
    fn serialize<S: Serializer>(&self, output: S) -> Result<S::Ok, S::Error> {
        C::encode(self.0, output)
    }
}

impl<C, T> fmt::Debug for WithCodec<'_, C, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WithCodec").finish_non_exhaustive()
    }
}

/// The JSON form of a value. Properties keep their order.
#[derive(Debug)]
pub(in super::super) enum Node {
    Null,
    Text(String),
    /// A number or a boolean, which JSON writes without quotes.
    Plain(String),
    List(Vec<Node>),
    Object(Vec<(String, Node)>),
}

impl Node {
    /// Converts a value. The error is a message for the user.
    pub(in super::super) fn of(value: &dyn Parameter) -> Result<Self, String> {
        match value.to_scalar() {
            Some(Scalar::Text(text)) => Ok(Self::Text(text)),
            Some(Scalar::Plain(text)) => Ok(Self::Plain(text)),
            None => Self::from_json(value.to_json().map_err(|error| error.to_string())?),
        }
    }

    fn from_json(json: Vec<u8>) -> Result<Self, String> {
        let json = String::from_utf8(json).map_err(|error| error.to_string())?;
        let digits = json.strip_prefix('-').unwrap_or(&json);
        if !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()) {
            // The parser would round an integer of more than 64 bits.
            return Ok(Self::Plain(json));
        }
        serde_json::from_str(&json).map_err(|error| error.to_string())
    }

    /// Returns the value as text. A list or an object becomes JSON.
    pub(in super::super) fn text(&self) -> String {
        match self {
            Self::Text(text) | Self::Plain(text) => text.clone(),
            Self::Null => String::new(),
            Self::List(_) | Self::Object(_) => self.json(),
        }
    }

    /// Returns the value as JSON.
    pub(in super::super) fn json(&self) -> String {
        let quoted = |text: &str| serde_json::Value::from(text).to_string();
        match self {
            Self::Null => "null".to_owned(),
            Self::Text(text) => quoted(text),
            Self::Plain(text) => text.clone(),
            Self::List(items) => {
                let items: Vec<String> = items.iter().map(Self::json).collect();
                format!("[{}]", items.join(","))
            }
            Self::Object(properties) => {
                let properties =
                    properties.iter().map(|(name, value)| format!("{}:{}", quoted(name), value.json()));
                format!("{{{}}}", properties.collect::<Vec<_>>().join(","))
            }
        }
    }

    pub(in super::super) fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        wire::number::deserialize_any(input, NodeVisitor)
    }
}

struct NodeVisitor;

impl<'de> Visitor<'de> for NodeVisitor {
    type Value = Node;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E: de::Error>(self) -> Result<Node, E> {
        Ok(Node::Null)
    }

    fn visit_bool<E: de::Error>(self, boolean: bool) -> Result<Node, E> {
        Ok(Node::Plain(boolean.to_string()))
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
        let mut properties = Vec::new();
        while let Some(property) = object.next_entry()? {
            properties.push(property);
        }
        Ok(Node::Object(properties))
    }
}
