//! An object that is being written.

use std::marker::PhantomData;

use serde::ser::{Serialize, SerializeMap};

use super::codec::{Codec, Encode};
use super::{Object, OneOf, UnknownFields};

/// An object that is being written, member by member.
///
/// Methods that end in `_as` write a type that travels in another shape than its own.
pub struct Output<'a, M> {
    map: &'a mut M,
}

impl<'a, M: SerializeMap> Output<'a, M> {
    pub(super) fn new(map: &'a mut M) -> Self {
        Self { map }
    }

    /// Writes a member.
    pub fn put<T: Serialize + ?Sized>(&mut self, name: &str, value: &T) -> Result<(), M::Error> {
        self.map.serialize_entry(name, value)
    }

    /// [`put`](Self::put), by way of a codec.
    pub fn put_as<C: Codec<T>, T>(&mut self, name: &str, value: &T) -> Result<(), M::Error> {
        self.map.serialize_entry(name, &Encode::<T, C>(value, PhantomData))
    }

    /// Writes a member unless it is its type's empty value.
    pub fn put_set<T>(&mut self, name: &str, value: &T) -> Result<(), M::Error>
    where
        T: Serialize + Default + PartialEq,
    {
        if *value == T::default() { Ok(()) } else { self.put(name, value) }
    }

    /// [`put_set`](Self::put_set), by way of a codec.
    pub fn put_set_as<C: Codec<T>, T>(&mut self, name: &str, value: &T) -> Result<(), M::Error>
    where
        T: Default + PartialEq,
    {
        if *value == T::default() { Ok(()) } else { self.put_as::<C, T>(name, value) }
    }

    /// Writes a member if there is one.
    pub fn put_some<T: Serialize>(&mut self, name: &str, value: &Option<T>) -> Result<(), M::Error> {
        value.as_ref().map_or(Ok(()), |value| self.put(name, value))
    }

    /// [`put_some`](Self::put_some), by way of a codec.
    pub fn put_some_as<C: Codec<T>, T>(&mut self, name: &str, value: &Option<T>) -> Result<(), M::Error> {
        value.as_ref().map_or(Ok(()), |value| self.put_as::<C, T>(name, value))
    }

    /// Writes a member, as null if there is no value.
    pub fn put_nullable<T: Serialize>(&mut self, name: &str, value: &Option<T>) -> Result<(), M::Error> {
        self.put(name, value)
    }

    /// [`put_nullable`](Self::put_nullable), by way of a codec.
    pub fn put_nullable_as<C: Codec<T>, T>(&mut self, name: &str, value: &Option<T>) -> Result<(), M::Error> {
        match value {
            Some(value) => self.put_as::<C, T>(name, value),
            None => self.put(name, &()),
        }
    }

    /// Writes the member of a union that stands among the fields of a struct.
    pub fn one_of<U: OneOf>(&mut self, value: &Option<U>) -> Result<(), M::Error> {
        value.as_ref().map_or(Ok(()), |value| value.write(self))
    }

    /// Writes the members that a type does not know.
    pub fn unknown(&mut self, fields: &UnknownFields) -> Result<(), M::Error> {
        fields.iter().try_for_each(|(name, value)| self.put(name, value))
    }

    /// Writes every member of an object.
    pub fn all(&mut self, object: &Object) -> Result<(), M::Error> {
        object.iter().try_for_each(|(name, value)| self.put(name, value))
    }
}
