// @generated from the OpenAPI document: change that, and generate again.

//! Objects with named fields.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{self, DeserializeSeed, Deserializer, MapAccess, Visitor};

use super::path::{self, Step};
use super::{Input, Object, Value};

/// An object with named fields.
///
/// `Default` is the object before anything of it was read: optional fields absent, the others empty.
pub trait Struct: Default {
    /// Reads the value of a field, by its position among the names that [`deserialize_struct`] was given. What is behind
    /// the last of them is a member that is none of them, to be kept as it is.
    ///
    /// # Errors
    ///
    /// Where the input does not fit.
    fn read<'de, D: Deserializer<'de>>(&mut self, field: usize, input: Input<'de, D>)
    -> Result<(), D::Error>;
}

/// The members of an object that its type does not know, as they were received.
///
/// A server may be newer than this crate: what it adds is kept here, and sent back unchanged.
#[derive(Clone, Default, PartialEq)]
pub struct UnknownFields(Option<Box<Object>>);

impl UnknownFields {
    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.iter().next().is_none()
    }

    /// The value of the member called `name`.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.0.as_ref()?.get(name)
    }

    /// Sets a member, for a field that this crate does not know yet.
    pub fn insert(&mut self, name: impl Into<String>, value: impl Into<Value>) {
        self.0.get_or_insert_default().insert(name.into(), value.into());
    }

    /// Every member, by name.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.0.iter().flat_map(|object| object.iter()).map(|(name, value)| (name.as_str(), value))
    }
}

impl fmt::Debug for UnknownFields {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.iter()).finish()
    }
}

/// Reads an object whose fields have these names on the wire. The first name is that of the type, by which an
/// [`Any`](super::Any) knows it.
///
/// # Errors
///
/// Where the input is no object, or a member does not fit its field.
pub fn deserialize_struct<'de, T: Struct, D: Deserializer<'de>>(
    input: D,
    name: &'static str,
    names: &'static [&'static str],
) -> Result<T, D::Error> {
    deserialize_struct_requiring(input, name, names, &[])
}

/// [`deserialize_struct`], where an object cannot do without the fields at some of the positions, ascending.
///
/// # Errors
///
/// Where the input is no object, a member does not fit its field, or a required field is missing.
pub fn deserialize_struct_requiring<'de, T: Struct, D: Deserializer<'de>>(
    input: D,
    name: &'static str,
    names: &'static [&'static str],
    required: &'static [usize],
) -> Result<T, D::Error> {
    input.deserialize_struct(name, names, Members { names, required, value: PhantomData })
}

struct Members<T> {
    names: &'static [&'static str],
    required: &'static [usize],
    value: PhantomData<T>,
}

impl<'de, T: Struct> Visitor<'de> for Members<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut input: A) -> Result<T, A::Error> {
        let mut value = T::default();
        let mut seen = Seen::default();
        let mut expected = 0;
        while let Some(key) = input.next_key_seed(KeyOf { names: self.names, expected })? {
            match key {
                Key::Known(field) => {
                    expected = field + 1;
                    if !self.required.is_empty() {
                        seen.insert(field);
                    }
                    let name = String::new();
                    input.next_value_seed(Field { value: &mut value, field, name }).inspect_err(|_| {
                        path::passed(|| Step::Member(self.names[field].to_owned()));
                    })?;
                }
                Key::Other(name) => {
                    input.next_value_seed(Field { value: &mut value, field: self.names.len(), name })?;
                }
            }
        }
        match self.required.iter().find(|field| !seen.contains(**field)) {
            None => Ok(value),
            Some(missing) => Err(de::Error::missing_field(self.names[*missing])),
        }
    }
}

/// Which fields were there.
#[derive(Default)]
struct Seen {
    first: u64,
    rest: Vec<u64>,
}

impl Seen {
    fn insert(&mut self, field: usize) {
        let (word, bit) = (field / 64, 1 << (field % 64));
        if word == 0 {
            self.first |= bit;
            return;
        }
        if self.rest.len() < word {
            self.rest.resize(word, 0);
        }
        self.rest[word - 1] |= bit;
    }

    fn contains(&self, field: usize) -> bool {
        let (word, bit) = (field / 64, 1 << (field % 64));
        let bits = if word == 0 { Some(&self.first) } else { self.rest.get(word - 1) };
        bits.is_some_and(|bits| bits & bit != 0)
    }
}

/// The name of a member.
pub(super) enum Key {
    /// Its position among the known names.
    Known(usize),
    /// A name that is none of them.
    Other(String),
}

/// Looks a name up, from the expected position on: objects mostly come in one order.
pub(super) struct KeyOf {
    pub(super) names: &'static [&'static str],
    pub(super) expected: usize,
}

impl<'de> DeserializeSeed<'de> for KeyOf {
    type Value = Key;

    fn deserialize<D: Deserializer<'de>>(self, input: D) -> Result<Key, D::Error> {
        input.deserialize_identifier(self)
    }
}

impl Visitor<'_> for KeyOf {
    type Value = Key;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a member's name")
    }

    fn visit_str<E>(self, name: &str) -> Result<Key, E> {
        let (before, after) = self.names.split_at(self.expected.min(self.names.len()));
        let found = match after.iter().position(|known| *known == name) {
            Some(position) => Some(before.len() + position),
            None => before.iter().position(|known| *known == name),
        };
        Ok(found.map_or_else(|| Key::Other(name.to_owned()), Key::Known))
    }
}

struct Field<'a, T> {
    value: &'a mut T,
    field: usize,
    /// The member's name, where it is none of the fields.
    name: String,
}

impl<'de, T: Struct> DeserializeSeed<'de> for Field<'_, T> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, input: D) -> Result<(), D::Error> {
        self.value.read(self.field, Input::called(self.name, input))
    }
}
