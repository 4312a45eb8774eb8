// @generated from the OpenAPI document. Change the document, and generate again.

//! Lists and maps from the iterators that setters and methods accept.

use std::collections::BTreeMap;

use super::{Object, Value};

/// A value of type `T` that becomes an item of a list or a value of a map: a `T`, or a reference to one, which
/// is cloned.
///
/// So a parameter of type `impl IntoIterator<Item = impl IntoItem<T>>` accepts arrays, slices, vectors and any
/// iterator.
pub trait IntoItem<T> {
    /// Returns the value.
    fn into_item(self) -> T;
}

impl<T> IntoItem<T> for T {
    fn into_item(self) -> T {
        self
    }
}

impl<T: Clone> IntoItem<T> for &T {
    fn into_item(self) -> T {
        self.clone()
    }
}

/// Collects a list.
pub fn list<T>(items: impl IntoIterator<Item = impl IntoItem<T>>) -> Vec<T> {
    items.into_iter().map(IntoItem::into_item).collect()
}

/// Collects a list, converting its items.
pub fn list_from<T>(items: impl IntoIterator<Item = impl Into<T>>) -> Vec<T> {
    items.into_iter().map(Into::into).collect()
}

/// Collects a list of strings.
pub fn list_of_text(items: impl IntoIterator<Item = impl AsRef<str>>) -> Vec<String> {
    items.into_iter().map(|item| item.as_ref().to_owned()).collect()
}

/// Collects a map.
pub fn map<T>(entries: impl IntoIterator<Item = (impl AsRef<str>, impl IntoItem<T>)>) -> BTreeMap<String, T> {
    entries.into_iter().map(|(key, value)| (key.as_ref().to_owned(), value.into_item())).collect()
}

/// Collects a map, converting its values.
pub fn map_from<T>(
    entries: impl IntoIterator<Item = (impl AsRef<str>, impl Into<T>)>,
) -> BTreeMap<String, T> {
    entries.into_iter().map(|(key, value)| (key.as_ref().to_owned(), value.into())).collect()
}

/// Collects a map of strings.
pub fn map_of_text(
    entries: impl IntoIterator<Item = (impl AsRef<str>, impl AsRef<str>)>,
) -> BTreeMap<String, String> {
    entries.into_iter().map(|(key, value)| (key.as_ref().to_owned(), value.as_ref().to_owned())).collect()
}

/// Collects a JSON object.
pub fn object(entries: impl IntoIterator<Item = (impl AsRef<str>, impl Into<Value>)>) -> Object {
    entries.into_iter().map(|(key, value)| (key.as_ref().to_owned(), value.into())).collect()
}
