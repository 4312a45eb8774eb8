//! [`UnknownFields`], the properties of an object that this crate does not define.

use std::borrow::Cow;
use std::fmt;
use std::hash::{Hash, Hasher};

use serde::de::DeserializeOwned;

#[cfg(feature = "keyed-unions")]
use super::Object;
#[cfg(feature = "keyed-unions")]
use super::decode_budget::TooLarge;
use super::json_text::{self, Properties};
use super::{DecodeError, Value, from_slice};

/// The unknown properties of an object, as they were received.
///
/// A server may be newer than this crate. The properties that it adds are preserved here and sent back
/// unchanged. They are kept as JSON text, which takes no more memory than in the response and preserves every
/// value, such as the number `1e400`.
///
/// ```
/// # use runtime::wire::{DecodeError, UnknownFields};
/// fn sizes(fields: &UnknownFields) -> Result<Vec<u32>, DecodeError> {
///     Ok(fields.decode("sizes")?.unwrap_or_default())
/// }
/// ```
#[derive(Clone, Default)]
#[allow(clippy::box_collection, reason = "most objects have no unknown properties, so the field is small")]
pub struct UnknownFields(
    /// An object in JSON. If properties have the same name, the last one counts.
    Option<Box<String>>,
);

impl UnknownFields {
    /// Returns true if there are no unknown properties.
    pub fn is_empty(&self) -> bool {
        self.0.is_none()
    }

    /// Returns the value of a property. Returns `None` if the property is absent, and if [`Value`] cannot
    /// represent it, such as the number `1e400`. [`text`](Self::text) returns any value.
    pub fn get(&self, name: &str) -> Option<Value> {
        serde_json::from_str(self.text(name)?).ok()
    }

    /// Returns the value of a property in JSON, as it was received.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.properties().get(name).map(|value| value.as_str())
    }

    /// Decodes the value of a property. Returns `None` if the property is absent.
    ///
    /// # Errors
    ///
    /// Returns an error if the value is not a valid `T`. The error has the JSON path within the value.
    pub fn decode<T: DeserializeOwned>(&self, name: &str) -> Result<Option<T>, DecodeError> {
        self.text(name).map(|json| from_slice(json.as_bytes())).transpose()
    }

    /// Sets a property that this crate does not define. If it has the name of a field, serializing the object
    /// returns an error, so a request with it fails.
    pub fn insert(&mut self, name: impl Into<String>, value: impl Into<Value>) {
        let name = name.into();
        if self.text(&name).is_some() {
            let others = std::mem::take(self);
            for (other, value) in others.iter().filter(|(other, _)| *other != name) {
                self.push(&other, value);
            }
        }
        self.push(&name, &value.into().to_string());
    }

    /// Returns the names of all unknown properties, with their values in JSON, sorted by name.
    pub fn iter(&self) -> impl Iterator<Item = (Cow<'_, str>, &str)> {
        self.properties().into_iter().map(|(name, value)| (name, value.as_str()))
    }

    /// Adds a property. `json` is its value.
    pub(super) fn push(&mut self, name: &str, json: &str) {
        // An encoded value has no line breaks, because JSON Lines and server-sent events end there.
        let compact = json.contains(['\n', '\r']).then(|| json_text::compact(json));
        let json = compact.as_deref().unwrap_or(json);
        let object = match &mut self.0 {
            Some(object) => {
                object.pop();
                object.push(',');
                object
            }
            empty => empty.insert(Box::new(String::from("{"))),
        };
        if name.bytes().any(|byte| byte < b' ' || byte == b'"' || byte == b'\\') {
            object.push_str(&Value::from(name).to_string());
        } else {
            object.extend(["\"", name, "\""]);
        }
        if json.len() > object.len() {
            object.reserve_exact(json.len() + 2);
        }
        object.extend([":", json, "}"]);
    }

    /// Returns the properties that can be represented.
    #[cfg(feature = "keyed-unions")]
    pub(super) fn to_object(&self) -> Result<Object, TooLarge> {
        self.0.as_deref().map(|object| json_text::object(object)).transpose().map(Option::unwrap_or_default)
    }

    pub(super) fn properties(&self) -> Properties<'_> {
        self.0.as_deref().map(|object| json_text::properties(object)).unwrap_or_default()
    }
}

/// Values are equal if they are the same JSON value, or have the same text.
impl PartialEq for UnknownFields {
    fn eq(&self, other: &Self) -> bool {
        if self.0 == other.0 {
            return true;
        }
        let value = |json: &str| serde_json::from_str::<Value>(json).ok();
        let is_equal =
            |one: &str, other: &str| one == other || value(one).is_some_and(|it| Some(it) == value(other));
        let (ours, theirs) = (self.properties(), other.properties());
        ours.len() == theirs.len()
            && ours.iter().zip(&theirs).all(|((name, value), (other_name, other))| {
                name == other_name && is_equal(value.as_str(), other.as_str())
            })
    }
}

impl Eq for UnknownFields {}

/// Hashes the names. Values that are equal can have different texts.
impl Hash for UnknownFields {
    fn hash<H: Hasher>(&self, state: &mut H) {
        for (name, _) in self.iter() {
            name.hash(state);
        }
    }
}

impl fmt::Debug for UnknownFields {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.as_deref().map_or("{}", String::as_str))
    }
}
