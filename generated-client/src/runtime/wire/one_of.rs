// @generated from the OpenAPI document: change that, and generate again.

//! Unions told apart by which one member of an object is set.
//!
//! `{"manual": {...}}` is the variant of `manual`. Null for a member equals its absence. Where no known member is set,
//! or several are, the union is unknown and keeps all that was received. A member that the union does not know, beside one
//! that it does, changes nothing of that, and is not kept.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{self, Deserialize, DeserializeSeed, Deserializer, MapAccess, Visitor};
use serde::ser::{SerializeMap, Serializer};

use super::path::{self, Step};
use super::structs::Names;
use super::{Input, Object, Output, Value};

/// A union told apart by which one member of an object is set.
pub trait OneOf: Sized {
    /// The members' wire names, in the order by which [`read`](Self::read) counts them.
    const MEMBERS: &'static [&'static str];

    /// Reads the value of a member; `None` where it is null.
    ///
    /// # Errors
    ///
    /// Where the input does not fit.
    fn read<'de, D: Deserializer<'de>>(member: usize, input: Input<'de, D>)
    -> Result<Option<Self>, D::Error>;

    /// Writes the member that is set.
    fn write<M: SerializeMap>(&self, output: &mut Output<M>);

    /// The union of which no one known member is set.
    fn unknown(object: Object) -> Self;

    /// All that was received, if no one known member is set.
    fn unknown_mut(&mut self) -> Option<&mut Object>;
}

/// Writes a union that is an object of its own.
///
/// # Errors
///
/// Where the output refuses the member.
pub fn serialize_one_of<U: OneOf, S: Serializer>(value: &U, output: S) -> Result<S::Ok, S::Error> {
    let mut members = Output::object(output)?;
    value.write(&mut members);
    members.end()
}

/// Reads a union that is an object of its own. The name is that of the type, by which an [`Any`](super::Any) knows it.
///
/// # Errors
///
/// Where the input is no object, or the one member that is set does not fit its type.
pub fn deserialize_one_of<'de, U: OneOf, D: Deserializer<'de>>(
    input: D,
    name: &'static str,
) -> Result<U, D::Error> {
    input.deserialize_struct(name, U::MEMBERS, Members(PhantomData))
}

struct Members<U>(PhantomData<U>);

impl<'de, U: OneOf> Visitor<'de> for Members<U> {
    type Value = U;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut input: A) -> Result<U, A::Error> {
        let mut union: Option<U> = None;
        // There are hardly ever others.
        let mut others: Option<Object> = None;
        let mut names = Names::new(U::MEMBERS);
        while let Some(member) = input.next_key_seed(&mut names)? {
            if let Some(name) = names.other.take() {
                others.get_or_insert_default().insert(name.0, input.next_value()?);
                continue;
            }
            let seed = Member { union: &mut union, member };
            input.next_value_seed(seed).inspect_err(|_| {
                path::passed(|| Step::Member(U::MEMBERS[member].to_owned()));
            })?;
        }
        match (union, others) {
            (Some(mut union), others) => {
                if let Some(members) = union.unknown_mut() {
                    members.extend(others.unwrap_or_default());
                }
                Ok(union)
            }
            (None, others) => Ok(U::unknown(others.unwrap_or_default())),
        }
    }
}

struct Member<'a, U> {
    union: &'a mut Option<U>,
    member: usize,
}

impl<'de, U: OneOf> DeserializeSeed<'de> for Member<'_, U> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, input: D) -> Result<(), D::Error> {
        read_member(input, self.union, self.member)
    }
}

/// Reads one more member: the first that is set decides, a second makes the union unknown.
pub(super) fn read_member<'de, U: OneOf, D: Deserializer<'de>>(
    input: D,
    union: &mut Option<U>,
    member: usize,
) -> Result<(), D::Error> {
    let Some(first) = union else {
        *union = U::read(member, Input::new(input))?;
        return Ok(());
    };
    let value = Value::deserialize(input)?;
    if value.is_null() {
        return Ok(());
    }
    let name = U::MEMBERS[member];
    if let Some(object) = first.unknown_mut() {
        // In place, since there is no end to how often a member can be repeated.
        object.insert(name.to_owned(), value);
        return Ok(());
    }
    let mut object = to_object(first)?;
    if object.len() == 1 && object.contains_key(name) {
        // The same one again is not a second one: as for any field, the last counts.
        *union = U::read(member, Input::new(value)).map_err(de::Error::custom)?;
        return Ok(());
    }
    object.insert(name.to_owned(), value);
    *union = Some(U::unknown(object));
    Ok(())
}

fn to_object<U: OneOf, E: de::Error>(union: &U) -> Result<Object, E> {
    match serialize_one_of(union, serde_json::value::Serializer) {
        Ok(Value::Object(object)) => Ok(object),
        Ok(_) => Err(E::custom("a member of the union is no object")),
        Err(error) => Err(E::custom(error)),
    }
}
