//! Objects with fields.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{self, DeserializeSeed, Deserializer, MapAccess, Visitor};

use super::Input;
use super::direction::is_request;
use super::field_names::{FieldNames, UnknownName};
use super::fit;
use super::nesting::{Container, Level};
use super::path::{self, Step};

/// An object with fields.
///
/// Decoding starts with the `Default` value: optional fields are absent, and the others are empty.
pub trait Struct: Default {
    /// Decodes the value of the field with this index in the names passed to [`deserialize_struct`]. The
    /// index after the last name stands for an unknown or additional property.
    ///
    /// # Errors
    ///
    /// Returns an error if the value does not match.
    fn read<'de, D: Deserializer<'de>>(&mut self, field: usize, input: Input<'de, D>)
    -> Result<(), D::Error>;
}

/// Deserializes an object. `name` is the type name for `Any`, and `names` are the property
/// names of the fields.
///
/// # Errors
///
/// Returns an error if the input is not an object, or if a property does not match its field.
pub fn deserialize_struct<'de, T: Struct, D: Deserializer<'de>>(
    input: D,
    name: &'static str,
    names: &'static [&'static str],
) -> Result<T, D::Error> {
    deserialize_struct_requiring(input, name, names, &[])
}

/// Like [`deserialize_struct`], with the ascending indexes of required fields.
///
/// # Errors
///
/// Returns an error if the input is not an object, if a property does not match its field, or if a required
/// field is missing.
pub fn deserialize_struct_requiring<'de, T: Struct, D: Deserializer<'de>>(
    input: D,
    name: &'static str,
    names: &'static [&'static str],
    required: &'static [usize],
) -> Result<T, D::Error> {
    input.deserialize_struct(name, names, StructVisitor { names, required, value: PhantomData })
}

/// Like [`deserialize_struct_requiring`], with different required fields in requests and in responses.
///
/// # Errors
///
/// Returns an error if the input is not an object, if a property does not match its field, or if a required
/// field is missing.
pub fn deserialize_struct_by_direction<'de, T: Struct, D: Deserializer<'de>>(
    input: D,
    name: &'static str,
    names: &'static [&'static str],
    required_in_requests: &'static [usize],
    required_in_responses: &'static [usize],
) -> Result<T, D::Error> {
    let required = if is_request() { required_in_requests } else { required_in_responses };
    deserialize_struct_requiring(input, name, names, required)
}

struct StructVisitor<T> {
    names: &'static [&'static str],
    required: &'static [usize],
    value: PhantomData<T>,
}

impl<'de, T: Struct> Visitor<'de> for StructVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut input: A) -> Result<T, A::Error> {
        let _level = Level::enter(Container::Object)?;
        let mut value = T::default();
        let mut seen = Seen::default();
        let mut names = FieldNames::new(self.names);
        let (mut known, mut unknown) = (0, 0);
        while let Some(field) = input.next_key_seed(&mut names)? {
            match names.other {
                None => known += 1,
                Some(_) => unknown += 1,
            }
            if !self.required.is_empty() {
                seen.insert(field);
            }
            let name = names.other.take();
            input.next_value_seed(FieldSeed { value: &mut value, field, name }).inspect_err(|_| {
                if let Some(name) = self.names.get(field) {
                    path::record_step(|| Step::Property((*name).to_owned()));
                }
            })?;
        }
        fit::count_properties(known, unknown);
        match self.required.iter().find(|field| !seen.contains(**field)) {
            None => Ok(value),
            Some(missing) => Err(is_missing(self.names[*missing])),
        }
    }
}

/// Makes the error of a missing field. Its path includes the field.
#[cold]
fn is_missing<E: de::Error>(name: &'static str) -> E {
    path::record_step(|| Step::Property(name.to_owned()));
    E::missing_field(name)
}

/// The set of fields that were present.
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

struct FieldSeed<'a, T> {
    value: &'a mut T,
    field: usize,
    /// The name of the property if it is unknown.
    name: Option<Box<UnknownName>>,
}

impl<'de, T: Struct> DeserializeSeed<'de> for FieldSeed<'_, T> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, input: D) -> Result<(), D::Error> {
        self.value.read(self.field, Input::with_name(self.name, input))
    }
}
