//! Unions distinguished by the key that is set in an object.
//!
//! `{"manual": {...}}` is the variant of `manual`. Null is the same as absence. If no known key is set, or
//! several are, the union is unknown and preserves all that was received. An unknown key beside a known one
//! is ignored and not preserved.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{self, DeserializeSeed, Deserializer, Error as _, MapAccess, Visitor};
use serde::ser::{SerializeMap, Serializer};

use super::field_names::FieldNames;
use super::fit;
use super::input::UnknownSeed;
use super::nesting::{Container, Level};
use super::path::{self, Step};
use super::{Input, Object, Output, UnknownFields, decode_budget, encoder, json_text, parts, strict};

/// A union distinguished by the key that is set in an object.
pub trait KeyedUnion: Sized {
    /// The keys, in the order of the indexes that [`read`](Self::read) accepts.
    const KEYS: &'static [&'static str];

    /// Decodes the value of the key with this index, or returns `None` if it is null.
    ///
    /// # Errors
    ///
    /// Returns an error if the value does not match.
    fn read<'de, D: Deserializer<'de>>(key: usize, input: Input<'de, D>) -> Result<Option<Self>, D::Error>;

    /// Writes the key that is set, with its value.
    fn write<M: SerializeMap>(&self, output: &mut Output<M>);

    /// Creates an unknown union.
    fn unknown(object: Object) -> Self;

    /// Returns the object that was received if the union is unknown.
    fn unknown_mut(&mut self) -> Option<&mut Object>;
}

/// Serializes a union that is an object of its own.
///
/// # Errors
///
/// Returns an error if the serializer does.
pub fn serialize_keyed_union<U: KeyedUnion, S: Serializer>(value: &U, output: S) -> Result<S::Ok, S::Error> {
    let mut properties = Output::object(output)?;
    value.write(&mut properties);
    properties.end()
}

/// Deserializes a union that is an object of its own. `name` is the type name for `Any`.
///
/// # Errors
///
/// Returns an error if the input is not an object, or if the value of the key that is set does not match its
/// type.
pub fn deserialize_keyed_union<'de, U: KeyedUnion, D: Deserializer<'de>>(
    input: D,
    name: &'static str,
) -> Result<U, D::Error> {
    input.deserialize_struct(name, U::KEYS, KeyedUnionVisitor(PhantomData))
}

/// A union whose keys are properties of the enclosing struct.
impl<'de, D: Deserializer<'de>> Input<'de, D> {
    /// Decodes a key of a [`KeyedUnion`] whose keys are properties of the enclosing struct.
    pub fn keyed_union<U: KeyedUnion>(self, field: &mut Option<U>, key: usize) -> Result<(), D::Error> {
        read_key(self.input, field, key)
    }
}

/// A union whose keys are properties of the enclosing struct.
impl<M: SerializeMap> Output<M> {
    /// Writes the key of a [`KeyedUnion`] whose keys are properties of this object.
    pub fn keyed_union<U: KeyedUnion>(&mut self, value: &Option<U>) {
        if let Some(value) = value {
            value.write(self);
        }
    }
}

struct KeyedUnionVisitor<U>(PhantomData<U>);

impl<'de, U: KeyedUnion> Visitor<'de> for KeyedUnionVisitor<U> {
    type Value = U;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut input: A) -> Result<U, A::Error> {
        let _level = Level::enter(Container::Object)?;
        let mut union: Option<U> = None;
        // Rarely needed.
        let mut unknown_properties = UnknownFields::default();
        let mut names = FieldNames::new(U::KEYS);
        while let Some(key) = input.next_key_seed(&mut names)? {
            if let name @ Some(_) = names.other.take() {
                fit::count_properties(0, 1);
                input.next_value_seed(UnknownSeed { fields: &mut unknown_properties, name })?;
                continue;
            }
            fit::count_properties(1, 0);
            let seed = KeySeed { union: &mut union, key };
            input.next_value_seed(seed).inspect_err(|_| {
                path::record_step(|| Step::Property(U::KEYS[key].to_owned()));
            })?;
        }
        let mut union = union.unwrap_or_else(|| {
            fit::count_unknown_value();
            U::unknown(Object::new())
        });
        if let (Some(properties), false) = (union.unknown_mut(), unknown_properties.is_empty()) {
            properties.extend(unknown_properties.to_object().map_err(de::Error::custom)?);
        }
        Ok(union)
    }
}

struct KeySeed<'a, U> {
    union: &'a mut Option<U>,
    key: usize,
}

impl<'de, U: KeyedUnion> DeserializeSeed<'de> for KeySeed<'_, U> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, input: D) -> Result<(), D::Error> {
        read_key(input, self.union, self.key)
    }
}

/// Decodes a key. The first key that is set determines the variant; a second one makes the union unknown.
pub(super) fn read_key<'de, U: KeyedUnion, D: Deserializer<'de>>(
    input: D,
    union: &mut Option<U>,
    key: usize,
) -> Result<(), D::Error> {
    let Some(first) = union else {
        *union = U::read(key, Input::new(input))?;
        return Ok(());
    };
    let json = json_text::read(input)?;
    decode_budget::read_text(json.len()).map_err(D::Error::custom)?;
    if json == "null" {
        return Ok(());
    }
    let name = U::KEYS[key];
    if strict::is_strict() {
        return Err(de::Error::invalid_value(de::Unexpected::Other("several"), &"one property of the union"));
    }
    if let Some(object) = first.unknown_mut() {
        // In place, as a key can be repeated any number of times.
        return insert(object, name, &json);
    }
    let first =
        encoder::encode_by(|encoder| serialize_keyed_union(first, encoder)).map_err(D::Error::custom)?;
    let first = std::str::from_utf8(&first).map_err(D::Error::custom)?;
    if parts::properties(first).all(|(known, _)| parts::unquoted(known).is_some_and(|known| known == name)) {
        // The same key again is not a second key: the last value wins, as for any field.
        let mut input = serde_json::Deserializer::from_str(&json);
        *union = U::read(key, Input::new(&mut input)).map_err(json_text::error)?;
        return Ok(());
    }
    let mut object = json_text::object(first).map_err(D::Error::custom)?;
    if object.is_empty() {
        return Err(unrepresentable());
    }
    insert(&mut object, name, &json)?;
    *union = Some(U::unknown(object));
    Ok(())
}

/// Inserts a property.
fn insert<E: de::Error>(object: &mut Object, name: &str, json: &str) -> Result<(), E> {
    let value = json_text::value(json).map_err(E::custom)?;
    object.insert(name.to_owned(), value.ok_or_else(unrepresentable)?);
    Ok(())
}

/// Makes the error of a known key that would be lost.
#[cold]
fn unrepresentable<E: de::Error>() -> E {
    E::custom(
        "several properties of the union are set, and one has a number or a text that cannot be represented",
    )
}
