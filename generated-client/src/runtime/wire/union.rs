// @generated from the OpenAPI document: change that, and generate again.

//! Unions told apart by looking at the value.
//!
//! Which variant a value is gets decided before any of it is decoded, so that an error in one is the error of that one
//! and not "none of them fits". Only where several look right are they tried, in order. What looks like none of them
//! is kept as it was received, and so is what would take more trials than a value that is meant to be read takes
//! (`effort.rs`).

use std::cmp::Reverse;
use std::net::{Ipv4Addr, Ipv6Addr};

use serde::de::{self, Deserialize, Deserializer};
use serde::ser::{Serialize, Serializer};

use super::{Codec, Input, Value, effort, path};

/// A union told apart by looking at the value.
pub trait Union: Sized {
    /// What values of each variant look like: any of these. In the order by which [`read`](Self::read) counts them.
    const LOOKS: &'static [&'static [Look]];

    /// Reads a value as a variant.
    ///
    /// # Errors
    ///
    /// Where the value does not fit.
    fn read(variant: usize, input: Input<'_, Value>) -> Result<Self, serde_json::Error>;

    /// Writes the variant.
    ///
    /// # Errors
    ///
    /// Where the output refuses it.
    fn write<S: Serializer>(&self, output: S) -> Result<S::Ok, S::Error>;

    /// A value that is none of the variants.
    fn unknown(value: Value) -> Self;
}

/// What a value looks like.
#[derive(Debug)]
pub enum Look {
    /// An object one member of which has one of these values.
    Tag(&'static str, &'static [Constant]),
    /// An object that has all of the first members, where null is as if it were absent. Where nothing else tells objects
    /// apart, the second are all that its type knows: the variant that knows most of the members that are there is tried
    /// first.
    Object(&'static [&'static str], &'static [&'static str]),
    /// An object one member of which looks like one of these.
    Member(&'static str, &'static [Look]),
    /// An array whose first element, if there are any, is one of these; or an array of anything.
    List(&'static [Look]),
    /// One of these.
    Constants(&'static [Constant]),
    /// A truth value.
    Boolean,
    /// An integer.
    Integer,
    /// A number.
    Number,
    /// Text.
    Text,
    /// The text of an IPv4 address.
    Ipv4,
    /// The text of an IPv6 address.
    Ipv6,
    /// Any value at all.
    Anything,
}

/// A value that the document writes down.
#[derive(Clone, Copy, Debug)]
pub enum Constant {
    /// Text.
    Text(&'static str),
    /// An integer.
    Integer(i64),
    /// A truth value.
    Boolean(bool),
}

impl Constant {
    fn is(self, value: &Value) -> bool {
        match self {
            Self::Text(text) => value.as_str() == Some(text),
            Self::Integer(number) => value.as_i64() == Some(number),
            Self::Boolean(truth) => value.as_bool() == Some(truth),
        }
    }
}

impl From<Constant> for Value {
    fn from(constant: Constant) -> Self {
        match constant {
            Constant::Text(text) => text.into(),
            Constant::Integer(number) => number.into(),
            Constant::Boolean(truth) => truth.into(),
        }
    }
}

impl Look {
    fn fits(&self, value: &Value) -> bool {
        match self {
            Self::Tag(member, values) => {
                value.get(member).is_some_and(|found| values.iter().any(|known| known.is(found)))
            }
            Self::Object(required, _) => {
                value.is_object()
                    && required.iter().all(|key| value.get(key).is_some_and(|member| !member.is_null()))
            }
            Self::Member(member, looks) => {
                value.get(member).is_some_and(|found| looks.iter().any(|look| look.fits(found)))
            }
            Self::List(looks) => value.as_array().is_some_and(|list| match list.first() {
                Some(first) if !looks.is_empty() => looks.iter().any(|look| look.fits(first)),
                _ => true,
            }),
            Self::Constants(values) => values.iter().any(|known| known.is(value)),
            Self::Boolean => value.is_boolean(),
            Self::Integer => value.is_i64() || value.is_u64(),
            Self::Number => value.is_number(),
            Self::Text => value.is_string(),
            Self::Ipv4 => value.as_str().is_some_and(|text| text.parse::<Ipv4Addr>().is_ok()),
            Self::Ipv6 => value.as_str().is_some_and(|text| text.parse::<Ipv6Addr>().is_ok()),
            Self::Anything => true,
        }
    }
}

impl Look {
    /// How much it says that the value looks like this: what is more particular says more.
    fn weight(&self, value: &Value) -> (u8, usize, usize) {
        match (self, value) {
            (Self::Tag(..) | Self::Member(..), _) => (5, 0, 0),
            (Self::Constants(_) | Self::Ipv4 | Self::Ipv6, _) => (4, 0, 0),
            (Self::Object(required, known), Value::Object(members)) => {
                let known = known.iter().filter(|name| members.contains_key(**name)).count();
                (3, known, required.len())
            }
            (Self::Number, _) => (1, 0, 0),
            (Self::Anything, _) => (0, 0, 0),
            _ => (2, 0, 0),
        }
    }
}

/// Writes a union.
///
/// # Errors
///
/// Where the output refuses the variant.
pub fn serialize_union<U: Union, S: Serializer>(value: &U, output: S) -> Result<S::Ok, S::Error> {
    value.write(output)
}

/// Writes a value by way of a codec.
///
/// # Errors
///
/// Where the output refuses it.
pub fn serialize_as<C: Codec<T>, T, S: Serializer>(value: &T, output: S) -> Result<S::Ok, S::Error> {
    C::encode(value, output)
}

/// Writes an object whose member `name` says which variant it is, and sees to it that it does: where the member is
/// absent, null or empty, it becomes `tag`. What the caller has put there stays.
///
/// # Errors
///
/// Where the value is none that JSON has, or the output refuses it.
pub fn serialize_tagged<T: Serialize, S: Serializer>(
    value: &T,
    name: &str,
    tag: Constant,
    output: S,
) -> Result<S::Ok, S::Error> {
    let mut value = serde_json::to_value(value).map_err(serde::ser::Error::custom)?;
    if let Value::Object(members) = &mut value {
        let is_empty = |found: &Value| found.is_null() || found.as_str() == Some("");
        if members.get(name).is_none_or(is_empty) {
            members.insert(name.to_owned(), tag.into());
        }
    }
    value.serialize(output)
}

/// Reads a union.
///
/// # Errors
///
/// Where the value looks like one variant only and does not fit it.
pub fn deserialize_union<'de, U: Union, D: Deserializer<'de>>(input: D) -> Result<U, D::Error> {
    choose(Value::deserialize(input)?).map_err(de::Error::custom)
}

fn choose<U: Union>(value: Value) -> Result<U, serde_json::Error> {
    let looks_right = |looks: &&[Look]| looks.iter().any(|look| look.fits(&value));
    let mut candidates = (0..U::LOOKS.len()).filter(|variant| looks_right(&U::LOOKS[*variant]));
    let Some(first) = candidates.next() else { return Ok(U::unknown(value)) };
    let Some(second) = candidates.next() else { return U::read(first, Input::new(value)) };
    let mut several = vec![first, second];
    several.extend(candidates);
    // Stable: of equals the first.
    several.sort_by_key(|variant| {
        let fitting = U::LOOKS[*variant].iter().filter(|look| look.fits(&value));
        Reverse(fitting.map(|look| look.weight(&value)).max())
    });
    let size = effort::size(&value);
    let _decoding = effort::Decoding::union(size);
    for variant in several {
        if !effort::pay(size) {
            break;
        }
        if let Ok(union) = path::attempt(|| U::read(variant, Input::new(value.clone()))) {
            return Ok(union);
        }
    }
    Ok(U::unknown(value))
}
