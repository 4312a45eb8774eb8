// @generated from the OpenAPI document: change that, and generate again.

//! An object that is being written.

use std::collections::BTreeMap;
use std::iter;
use std::marker::PhantomData;

use serde::de::DeserializeOwned;
use serde::ser::{self, Serialize, SerializeMap, Serializer};

use super::codec::{Codec, Encode};
use super::direction::is_request;
use super::{Object, OneOf, UnknownFields, type_name};

/// An object that is being written, member by member.
///
/// An error is remembered and ends the writing: what follows it does nothing. So that a type needs one line a field, no
/// method but the first and the last returns a result.
///
/// Methods that end in `_as` write a type that travels in another shape than its own.
pub struct Output<M: SerializeMap> {
    map: M,
    error: Option<M::Error>,
}

impl<M: SerializeMap> Output<M> {
    /// Begins an object.
    ///
    /// # Errors
    ///
    /// Where the output takes none.
    pub fn object<S: Serializer<SerializeMap = M, Ok = M::Ok, Error = M::Error>>(
        output: S,
    ) -> Result<Self, M::Error> {
        Ok(Self { map: output.serialize_map(None)?, error: None })
    }

    /// Ends the object.
    ///
    /// # Errors
    ///
    /// Where the output refused a member.
    pub fn end(self) -> Result<M::Ok, M::Error> {
        match self.error {
            None => self.map.end(),
            Some(error) => Err(error),
        }
    }

    /// Writes a member.
    pub fn put<T: Serialize + ?Sized>(&mut self, name: &str, value: &T) {
        if self.error.is_none() {
            self.error = self.map.serialize_entry(name, value).err();
        }
    }

    /// [`put`](Self::put), by way of a codec.
    pub fn put_as<C: Codec<T>, T>(&mut self, name: &str, value: &T) {
        self.put(name, &Encode::<T, C>(value, PhantomData));
    }

    /// Writes a member unless it is its type's empty value.
    pub fn put_set<T: Serialize + Default + PartialEq>(&mut self, name: &str, value: &T) {
        if *value != T::default() {
            self.put(name, value);
        }
    }

    /// [`put_set`](Self::put_set), by way of a codec.
    pub fn put_set_as<C: Codec<T>, T: Default + PartialEq>(&mut self, name: &str, value: &T) {
        if *value != T::default() {
            self.put_as::<C, T>(name, value);
        }
    }

    /// Writes a member that only the server sets: into a request only if it is not empty.
    pub fn put_read_only<T: Serialize + Default + PartialEq>(&mut self, name: &str, value: &T) {
        if !is_request() || *value != T::default() {
            self.put(name, value);
        }
    }

    /// [`put_read_only`](Self::put_read_only), by way of a codec.
    pub fn put_read_only_as<C: Codec<T>, T: Default + PartialEq>(&mut self, name: &str, value: &T) {
        if !is_request() || *value != T::default() {
            self.put_as::<C, T>(name, value);
        }
    }

    /// Writes a member that only the client sends: anywhere else than into a request only if it is not empty.
    pub fn put_write_only<T: Serialize + Default + PartialEq>(&mut self, name: &str, value: &T) {
        if is_request() || *value != T::default() {
            self.put(name, value);
        }
    }

    /// [`put_write_only`](Self::put_write_only), by way of a codec.
    pub fn put_write_only_as<C: Codec<T>, T: Default + PartialEq>(&mut self, name: &str, value: &T) {
        if is_request() || *value != T::default() {
            self.put_as::<C, T>(name, value);
        }
    }

    /// Writes a member if there is one.
    pub fn put_some<T: Serialize>(&mut self, name: &str, value: &Option<T>) {
        if let Some(value) = value {
            self.put(name, value);
        }
    }

    /// [`put_some`](Self::put_some), by way of a codec.
    pub fn put_some_as<C: Codec<T>, T>(&mut self, name: &str, value: &Option<T>) {
        if let Some(value) = value {
            self.put_as::<C, T>(name, value);
        }
    }

    /// Writes a member, as null if there is no value.
    pub fn put_nullable<T: Serialize>(&mut self, name: &str, value: &Option<T>) {
        self.put(name, value);
    }

    /// [`put_nullable`](Self::put_nullable), by way of a codec.
    pub fn put_nullable_as<C: Codec<T>, T>(&mut self, name: &str, value: &Option<T>) {
        match value {
            Some(value) => self.put_as::<C, T>(name, value),
            None => self.put(name, &()),
        }
    }

    /// Writes a member that is nothing but there or absent: null, if it is there.
    pub fn put_present(&mut self, name: &str, is_there: bool) {
        if is_there {
            self.put(name, &());
        }
    }

    /// Writes the member of a union that stands among the fields of a struct.
    pub fn one_of<U: OneOf>(&mut self, value: &Option<U>) {
        if let Some(value) = value {
            value.write(self);
        }
    }

    /// Writes the members that a type does not know. One that is called like a field of it is an error.
    pub fn unknown<Of: DeserializeOwned>(&mut self, fields: &UnknownFields) {
        self.beside::<Of>(&mut fields.iter().map(|(name, _)| name));
        for (name, value) in fields.iter() {
            self.put(name, value);
        }
    }

    /// Writes the members that are none of the fields, where the document says what such members hold. One that is called
    /// like a field of the type is an error.
    pub fn additional<Of: DeserializeOwned, T: Serialize>(&mut self, members: &BTreeMap<String, T>) {
        self.beside::<Of>(&mut members.keys().map(String::as_str));
        for (name, value) in members {
            self.put(name, value);
        }
    }

    /// [`additional`](Self::additional), by way of a codec.
    pub fn additional_as<Of: DeserializeOwned, C: Codec<T>, T>(&mut self, members: &BTreeMap<String, T>) {
        self.beside::<Of>(&mut members.keys().map(String::as_str));
        for (name, value) in members {
            self.put_as::<C, T>(name, value);
        }
    }

    /// Writes every member of an object.
    pub fn all(&mut self, object: &Object) {
        for (name, value) in object {
            self.put(name, value);
        }
    }

    /// Refuses members that are to stand beside the fields and are called like one: an object has no member twice, and
    /// whichever of the two were left out, somebody has set it.
    fn beside<Of: DeserializeOwned>(&mut self, names: &mut dyn Iterator<Item = &str>) {
        let Some(first) = names.next() else { return };
        let fields = type_name::fields_of::<Of>();
        let field = iter::once(first).chain(names).find(|name| fields.contains(name));
        if let (Some(field), None) = (field, &self.error) {
            self.error = Some(set_twice(field));
        }
    }
}

/// The error of a member that is set beside the fields, and is one of them.
pub(super) fn set_twice<E: ser::Error>(name: &str) -> E {
    E::custom(format_args!("{name:?} is a field, and is set beside the fields as well"))
}
