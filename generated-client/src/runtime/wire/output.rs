// @generated from the OpenAPI document. Change the document, and generate again.

//! An object while it is encoded.

use std::collections::BTreeMap;
use std::iter;
use std::marker::PhantomData;

use serde::de::DeserializeOwned;
use serde::ser::{self, Serialize, SerializeMap, Serializer};

use super::codec::{Codec, Encode};
use super::direction::is_request;
use super::{Object, UnknownFields, type_name};

/// An object that is encoded property by property.
///
/// Only [`object`](Self::object) and [`end`](Self::end) return a result, so that a type needs one line per
/// field. After an error, the other methods do nothing, and `end` returns the error.
///
/// Methods that end in `_as` encode with a [`Codec`].
pub struct Output<M: SerializeMap> {
    map: M,
    error: Option<M::Error>,
}

impl<M: SerializeMap> Output<M> {
    /// Starts an object.
    ///
    /// # Errors
    ///
    /// Returns an error if the serializer does.
    pub fn object<S: Serializer<SerializeMap = M, Ok = M::Ok, Error = M::Error>>(
        output: S,
    ) -> Result<Self, M::Error> {
        Ok(Self { map: output.serialize_map(None)?, error: None })
    }

    /// Ends the object.
    ///
    /// # Errors
    ///
    /// Returns the first error of a property, or the error of the serializer.
    pub fn end(self) -> Result<M::Ok, M::Error> {
        match self.error {
            None => self.map.end(),
            Some(error) => Err(error),
        }
    }

    /// Writes a property.
    pub fn put<T: Serialize + ?Sized>(&mut self, name: &str, value: &T) {
        if self.error.is_none() {
            self.error = self.map.serialize_entry(name, value).err();
        }
    }

    /// Like [`put`](Self::put), with a codec.
    pub fn put_as<C: Codec<T>, T>(&mut self, name: &str, value: &T) {
        self.put(name, &Encode::<T, C>(value, PhantomData));
    }

    /// Writes a property unless it has the default value.
    pub fn put_set<T: Serialize + Default + PartialEq>(&mut self, name: &str, value: &T) {
        if *value != T::default() {
            self.put(name, value);
        }
    }

    /// Like [`put_set`](Self::put_set), with a codec.
    pub fn put_set_as<C: Codec<T>, T: Default + PartialEq>(&mut self, name: &str, value: &T) {
        if *value != T::default() {
            self.put_as::<C, T>(name, value);
        }
    }

    /// Writes a read-only property. In requests it is omitted if it has the default value.
    pub fn put_read_only<T: Serialize + Default + PartialEq>(&mut self, name: &str, value: &T) {
        if !is_request() || *value != T::default() {
            self.put(name, value);
        }
    }

    /// Like [`put_read_only`](Self::put_read_only), with a codec.
    pub fn put_read_only_as<C: Codec<T>, T: Default + PartialEq>(&mut self, name: &str, value: &T) {
        if !is_request() || *value != T::default() {
            self.put_as::<C, T>(name, value);
        }
    }

    /// Writes a write-only property. Outside of requests it is omitted if it has the default value.
    pub fn put_write_only<T: Serialize + Default + PartialEq>(&mut self, name: &str, value: &T) {
        if is_request() || *value != T::default() {
            self.put(name, value);
        }
    }

    /// Like [`put_write_only`](Self::put_write_only), with a codec.
    pub fn put_write_only_as<C: Codec<T>, T: Default + PartialEq>(&mut self, name: &str, value: &T) {
        if is_request() || *value != T::default() {
            self.put_as::<C, T>(name, value);
        }
    }

    /// Writes a property if it is `Some`.
    pub fn put_some<T: Serialize>(&mut self, name: &str, value: &Option<T>) {
        if let Some(value) = value {
            self.put(name, value);
        }
    }

    /// Like [`put_some`](Self::put_some), with a codec.
    pub fn put_some_as<C: Codec<T>, T>(&mut self, name: &str, value: &Option<T>) {
        if let Some(value) = value {
            self.put_as::<C, T>(name, value);
        }
    }

    /// Writes a property. `None` is null.
    pub fn put_nullable<T: Serialize>(&mut self, name: &str, value: &Option<T>) {
        self.put(name, value);
    }

    /// Like [`put_nullable`](Self::put_nullable), with a codec.
    pub fn put_nullable_as<C: Codec<T>, T>(&mut self, name: &str, value: &Option<T>) {
        match value {
            Some(value) => self.put_as::<C, T>(name, value),
            None => self.put(name, &()),
        }
    }

    /// Writes a property whose only value is null, if it is present.
    pub fn put_present(&mut self, name: &str, is_there: bool) {
        if is_there {
            self.put(name, &());
        }
    }

    /// Writes unknown properties. One with the name of a field is an error.
    pub fn unknown<Of: DeserializeOwned>(&mut self, fields: &UnknownFields) {
        if fields.is_empty() {
            return;
        }
        let properties = fields.properties();
        self.reject_field_names::<Of>(&mut properties.keys().map(AsRef::as_ref));
        for (name, value) in &properties {
            self.put(name, value);
        }
    }

    /// Writes additional properties whose type the document defines. One with the name of a field is an error.
    pub fn additional<Of: DeserializeOwned, T: Serialize>(&mut self, properties: &BTreeMap<String, T>) {
        self.reject_field_names::<Of>(&mut properties.keys().map(String::as_str));
        for (name, value) in properties {
            self.put(name, value);
        }
    }

    /// Like [`additional`](Self::additional), with a codec.
    pub fn additional_as<Of: DeserializeOwned, C: Codec<T>, T>(&mut self, properties: &BTreeMap<String, T>) {
        self.reject_field_names::<Of>(&mut properties.keys().map(String::as_str));
        for (name, value) in properties {
            self.put_as::<C, T>(name, value);
        }
    }

    /// Writes all properties of an object.
    pub fn all(&mut self, object: &Object) {
        for (name, value) in object {
            self.put(name, value);
        }
    }

    /// Rejects unknown or additional properties with the name of a field. The object would have two
    /// properties of this name, and omitting either of them would lose a value that was set.
    fn reject_field_names<Of: DeserializeOwned>(&mut self, names: &mut dyn Iterator<Item = &str>) {
        let Some(first) = names.next() else { return };
        let fields = type_name::fields_of::<Of>();
        let field = iter::once(first).chain(names).find(|name| fields.contains(name));
        if let (Some(field), None) = (field, &self.error) {
            self.error = Some(duplicate_property(field));
        }
    }
}

/// Makes the error of an unknown or additional property with the name of a field.
pub(super) fn duplicate_property<E: ser::Error>(name: &str) -> E {
    E::custom(format_args!(
        "{name:?} is set as an unknown or additional property, but it is a field of the type"
    ))
}
