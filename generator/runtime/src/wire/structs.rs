//! Objects with named fields.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{self, DeserializeSeed, Deserializer, MapAccess, Visitor};

use super::direction::is_request;
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

    /// Sets a member, for a field that this crate does not know yet. One that it does know is an error where the object is
    /// written, such as that of the request: an object has no member twice.
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

/// [`deserialize_struct_requiring`], where a request cannot do without other fields than an answer.
///
/// # Errors
///
/// Where the input is no object, a member does not fit its field, or a required field is missing.
pub fn deserialize_struct_by_direction<'de, T: Struct, D: Deserializer<'de>>(
    input: D,
    name: &'static str,
    names: &'static [&'static str],
    of_requests: &'static [usize],
    of_answers: &'static [usize],
) -> Result<T, D::Error> {
    let required = if is_request() { of_requests } else { of_answers };
    deserialize_struct_requiring(input, name, names, required)
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
        let mut names = Names::new(self.names);
        while let Some(field) = input.next_key_seed(&mut names)? {
            if !self.required.is_empty() {
                seen.insert(field);
            }
            let name = names.other.take();
            input.next_value_seed(Field { value: &mut value, field, name }).inspect_err(|_| {
                if let Some(name) = self.names.get(field) {
                    path::passed(|| Step::Member((*name).to_owned()));
                }
            })?;
        }
        match self.required.iter().find(|field| !seen.contains(**field)) {
            None => Ok(value),
            Some(missing) => Err(is_missing(self.names[*missing])),
        }
    }
}

/// The error is where the field should be: whoever is told the path alone knows which one it is.
#[cold]
fn is_missing<E: de::Error>(name: &'static str) -> E {
    path::passed(|| Step::Member(name.to_owned()));
    E::missing_field(name)
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

/// The names that an object's members may have, while it is read. As a seed it looks the next one up: its position, or
/// the one behind the last where it is another name.
///
/// Objects mostly come in one order, apart from some members that stand elsewhere.
pub(super) struct Names {
    known: &'static [&'static str],
    /// The one that comes next, in that order.
    next: usize,
    /// The one that would have come before something else did.
    skipped: usize,
    /// The name that was none of them.
    pub(super) other: Option<Box<Name>>,
}

/// A name that a type does not know. It is boxed since it is hardly ever there, and its absence should take one word and no
/// work.
pub(super) struct Name(pub(super) String);

impl Names {
    pub(super) fn new(known: &'static [&'static str]) -> Self {
        Self { known, next: 0, skipped: 0, other: None }
    }

    /// The position of a name that is not the next.
    #[inline(never)]
    fn search(&mut self, name: &str) -> usize {
        let is_it = |known: &&str| *known == name;
        let (before, ahead) = self.known.split_at(self.next.min(self.known.len()));
        let found = if self.known.get(self.skipped).is_some_and(is_it) {
            Some(self.skipped)
        } else {
            let found = ahead.iter().position(is_it).map(|position| before.len() + position);
            found.or_else(|| before.iter().position(is_it))
        };
        if let Some(found) = found {
            self.skipped = self.next;
            self.next = found + 1;
            return found;
        }
        self.other = Some(Box::new(Name(name.to_owned())));
        self.known.len()
    }
}

impl<'de> DeserializeSeed<'de> for &mut Names {
    type Value = usize;

    fn deserialize<D: Deserializer<'de>>(self, input: D) -> Result<usize, D::Error> {
        input.deserialize_identifier(self)
    }
}

impl Visitor<'_> for &mut Names {
    type Value = usize;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a member's name")
    }

    #[inline]
    fn visit_str<E>(self, name: &str) -> Result<usize, E> {
        if self.known.get(self.next).is_some_and(|known| *known == name) {
            self.next += 1;
            return Ok(self.next - 1);
        }
        Ok(self.search(name))
    }
}

struct Field<'a, T> {
    value: &'a mut T,
    field: usize,
    /// The member's name, where it is none of the fields.
    name: Option<Box<Name>>,
}

impl<'de, T: Struct> DeserializeSeed<'de> for Field<'_, T> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, input: D) -> Result<(), D::Error> {
        self.value.read(self.field, Input::called(self.name, input))
    }
}
