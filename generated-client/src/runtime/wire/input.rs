// @generated from the OpenAPI document: change that, and generate again.

//! The value of one member of an object, about to be read into a field.

use std::collections::BTreeMap;
use std::marker::PhantomData;

use serde::de::{Deserialize, Deserializer};

use super::codec::{Codec, OrNull};
use super::path::{self, Step};
use super::structs::Name;
use super::{OneOf, UnknownFields, Value, one_of};

/// The value of one member of an object.
///
/// Each method reads it into one kind of field. Those that end in `_as` read a type that travels in another shape than
/// its own.
pub struct Input<'de, D> {
    input: D,
    /// What the member is called, where the type does not know it.
    name: Option<Box<Name>>,
    lifetime: PhantomData<&'de ()>,
}

impl<'de, D: Deserializer<'de>> Input<'de, D> {
    pub(super) fn new(input: D) -> Self {
        Self::called(None, input)
    }

    pub(super) fn called(name: Option<Box<Name>>, input: D) -> Self {
        Self { input, name, lifetime: PhantomData }
    }

    /// Keeps a member that the type does not know.
    pub fn unknown(self, fields: &mut UnknownFields) -> Result<(), D::Error> {
        fields.insert(name_of(self.name), Value::deserialize(self.input)?);
        Ok(())
    }

    /// Reads a field that is always there; null is an error.
    pub fn required<T: Deserialize<'de>>(self, field: &mut T) -> Result<(), D::Error> {
        *field = T::deserialize(self.input)?;
        Ok(())
    }

    /// [`required`](Self::required), by way of a codec.
    pub fn required_as<C: Codec<T>, T>(self, field: &mut T) -> Result<(), D::Error> {
        *field = C::decode(self.input)?;
        Ok(())
    }

    /// Reads a field whose absence and null are its type's empty value.
    pub fn plain<T: Deserialize<'de> + Default>(self, field: &mut T) -> Result<(), D::Error> {
        *field = Option::deserialize(self.input)?.unwrap_or_default();
        Ok(())
    }

    /// [`plain`](Self::plain), by way of a codec.
    pub fn plain_as<C: Codec<T>, T: Default>(self, field: &mut T) -> Result<(), D::Error> {
        *field = OrNull::<C>::decode(self.input)?.unwrap_or_default();
        Ok(())
    }

    /// Reads a field that may be absent or null.
    pub fn optional<T: Deserialize<'de>>(self, field: &mut Option<T>) -> Result<(), D::Error> {
        *field = Option::deserialize(self.input)?;
        Ok(())
    }

    /// [`optional`](Self::optional), by way of a codec.
    pub fn optional_as<C: Codec<T>, T>(self, field: &mut Option<T>) -> Result<(), D::Error> {
        *field = OrNull::<C>::decode(self.input)?;
        Ok(())
    }

    /// Reads a field that may be absent, and may be null.
    pub fn maybe<T: Deserialize<'de>>(self, field: &mut Option<Option<T>>) -> Result<(), D::Error> {
        *field = Some(Option::deserialize(self.input)?);
        Ok(())
    }

    /// [`maybe`](Self::maybe), by way of a codec.
    pub fn maybe_as<C: Codec<T>, T>(self, field: &mut Option<Option<T>>) -> Result<(), D::Error> {
        *field = Some(OrNull::<C>::decode(self.input)?);
        Ok(())
    }

    /// Keeps a member that is none of the fields, where the document says what such members hold.
    pub fn additional<T: Deserialize<'de>>(self, members: &mut BTreeMap<String, T>) -> Result<(), D::Error> {
        let name = name_of(self.name);
        let value =
            T::deserialize(self.input).inspect_err(|_| path::passed(|| Step::Member(name.clone())))?;
        members.insert(name, value);
        Ok(())
    }

    /// [`additional`](Self::additional), by way of a codec.
    pub fn additional_as<C: Codec<T>, T>(self, members: &mut BTreeMap<String, T>) -> Result<(), D::Error> {
        let name = name_of(self.name);
        let value = C::decode(self.input).inspect_err(|_| path::passed(|| Step::Member(name.clone())))?;
        members.insert(name, value);
        Ok(())
    }

    /// Reads a variant of a union.
    pub fn variant<T: Deserialize<'de>, U>(self, variant: fn(T) -> U) -> Result<U, D::Error> {
        T::deserialize(self.input).map(variant)
    }

    /// [`variant`](Self::variant), by way of a codec.
    pub fn variant_as<C: Codec<T>, T, U>(self, variant: fn(T) -> U) -> Result<U, D::Error> {
        C::decode(self.input).map(variant)
    }

    /// Reads a member of a union; null is as if it were absent.
    pub fn member<T: Deserialize<'de>, U>(self, variant: fn(T) -> U) -> Result<Option<U>, D::Error> {
        Ok(Option::deserialize(self.input)?.map(variant))
    }

    /// [`member`](Self::member), by way of a codec.
    pub fn member_as<C: Codec<T>, T, U>(self, variant: fn(T) -> U) -> Result<Option<U>, D::Error> {
        Ok(OrNull::<C>::decode(self.input)?.map(variant))
    }

    /// Reads a member of a union whose members stand among the fields of a struct.
    pub fn one_of<U: OneOf>(self, field: &mut Option<U>, member: usize) -> Result<(), D::Error> {
        one_of::read_member(self.input, field, member)
    }
}

fn name_of(name: Option<Box<Name>>) -> String {
    name.map(|name| name.0).unwrap_or_default()
}
