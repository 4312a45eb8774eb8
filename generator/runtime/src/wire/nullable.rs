//! [`Nullable`], an optional property that can be null.

use std::ops::Deref;

use serde::de::{Deserialize, Deserializer};
use serde::ser::{Serialize, SerializeMap};

use super::codec::{Codec, decode_or_null};
use super::{Input, Output};

/// An optional property that can be null, in a type whose values are sent.
///
/// Servers treat the three cases differently, for example in a `PATCH`: an absent property keeps its value,
/// and null removes it. [`as_ref`](Self::as_ref), [`as_deref`](Self::as_deref) and
/// [`into_option`](Self::into_option) return the value if there is one, whatever the reason. A received null
/// is sent back as null.
///
/// ```
/// # use runtime::wire::Nullable;
/// let mut topic = Nullable::<String>::Absent; // the default
/// assert_eq!(topic.as_deref(), None);
///
/// topic = "rust".into();
/// assert_eq!(topic.as_deref(), Some("rust"));
/// assert_eq!(topic.as_deref().unwrap_or("none"), "rust");
///
/// topic = Nullable::Null; // or `None.into()`
/// assert!(topic.is_null() && topic.as_ref().is_none());
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Nullable<T> {
    /// The property is absent.
    #[default]
    Absent,
    /// The property is null.
    Null,
    /// The property has a value.
    Value(T),
}

impl<T> Nullable<T> {
    /// Returns the value, or `None` if the property is null or absent.
    pub fn as_ref(&self) -> Option<&T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Null | Self::Absent => None,
        }
    }

    /// Returns the value, to change it in place, or `None` if the property is null or absent.
    pub fn as_mut(&mut self) -> Option<&mut T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Null | Self::Absent => None,
        }
    }

    /// Like [`as_ref`](Self::as_ref), as `&str` for a `String`, a slice for a `Vec`, and so on.
    pub fn as_deref(&self) -> Option<&T::Target>
    where
        T: Deref,
    {
        self.as_ref().map(T::deref)
    }

    /// Returns the value, or `None` if the property is null or absent.
    pub fn into_option(self) -> Option<T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Null | Self::Absent => None,
        }
    }

    /// Returns true if the property has a value.
    pub fn is_value(&self) -> bool {
        matches!(self, Self::Value(_))
    }

    /// Returns true if the property is null.
    pub fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// Returns true if the property is absent.
    pub fn is_absent(&self) -> bool {
        matches!(self, Self::Absent)
    }
}

impl<T> From<T> for Nullable<T> {
    fn from(value: T) -> Self {
        Self::Value(value)
    }
}

impl From<&str> for Nullable<String> {
    fn from(value: &str) -> Self {
        Self::Value(value.to_owned())
    }
}

/// `None` becomes null.
impl<T> From<Option<T>> for Nullable<T> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Self::Value)
    }
}

/// Null and absence become `None`.
impl<T> From<Nullable<T>> for Option<T> {
    fn from(value: Nullable<T>) -> Self {
        value.into_option()
    }
}

impl<'de, D: Deserializer<'de>> Input<'de, D> {
    /// Decodes an optional field that distinguishes null from absence.
    pub fn nullable<T: Deserialize<'de>>(self, field: &mut Nullable<T>) -> Result<(), D::Error> {
        *field = Option::deserialize(self.input)?.into();
        Ok(())
    }

    /// Like [`nullable`](Self::nullable), with a codec.
    pub fn nullable_as<C: Codec<T>, T>(self, field: &mut Nullable<T>) -> Result<(), D::Error> {
        *field = decode_or_null::<C, T, D>(self.input)?.into();
        Ok(())
    }
}

impl<M: SerializeMap> Output<M> {
    /// Writes a property unless it is absent.
    pub fn put_unless_absent<T: Serialize>(&mut self, name: &str, value: &Nullable<T>) {
        match value {
            Nullable::Absent => {}
            Nullable::Null => self.put(name, &()),
            Nullable::Value(value) => self.put(name, value),
        }
    }

    /// Like [`put_unless_absent`](Self::put_unless_absent), with a codec.
    pub fn put_unless_absent_as<C: Codec<T>, T>(&mut self, name: &str, value: &Nullable<T>) {
        match value {
            Nullable::Absent => {}
            Nullable::Null => self.put(name, &()),
            Nullable::Value(value) => self.put_as::<C, T>(name, value),
        }
    }
}
