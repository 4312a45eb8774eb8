// @generated from the OpenAPI document. Change the document, and generate again.

//! [`UnknownFields`], the properties of an object that this crate does not define.

use std::fmt;

use super::{Object, Value};

/// The unknown properties of an object, as they were received.
///
/// A server may be newer than this crate. The properties that it adds are preserved here and sent back
/// unchanged.
#[derive(Clone, Default, PartialEq)]
pub struct UnknownFields(Option<Box<Object>>);

impl UnknownFields {
    /// Returns true if there are no unknown properties.
    pub fn is_empty(&self) -> bool {
        self.iter().next().is_none()
    }

    /// Returns the value of a property.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.0.as_ref()?.get(name)
    }

    /// Sets a property that this crate does not define. If it has the name of a field, serializing the object
    /// returns an error, so a request with it fails.
    pub fn insert(&mut self, name: impl Into<String>, value: impl Into<Value>) {
        self.0.get_or_insert_default().insert(name.into(), value.into());
    }

    /// Returns all unknown properties, sorted by name.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.0.iter().flat_map(|object| object.iter()).map(|(name, value)| (name.as_str(), value))
    }
}

impl fmt::Debug for UnknownFields {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.iter()).finish()
    }
}
