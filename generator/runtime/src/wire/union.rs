//! Unions distinguished by match rules.
//!
//! The variant is selected before it is decoded, so a decode error names the property at fault instead of "no
//! variant matches". If several variants match, they are tried in order. A value that matches no variant is
//! preserved as it was received, and so is a value whose trials exceed the budget (see `decode_budget.rs`).

use std::cmp::Reverse;
use std::net::{Ipv4Addr, Ipv6Addr};

use serde::de::{self, Deserialize, Deserializer};
use serde::ser::{Serialize, Serializer};

use super::{Codec, Input, Value, decode_budget, path};

/// A union distinguished by match rules.
pub trait Union: Sized {
    /// The rules of each variant, by the index that [`read`](Self::read) accepts. A value matches a variant
    /// if it matches at least one rule.
    const MATCH_RULES: &'static [&'static [MatchRule]];

    /// Decodes a value as the variant with this index.
    ///
    /// # Errors
    ///
    /// Returns an error if the value does not match the type of the variant.
    fn read(variant: usize, input: Input<'_, Value>) -> Result<Self, serde_json::Error>;

    /// Serializes the variant.
    ///
    /// # Errors
    ///
    /// Returns an error if the serializer does.
    fn write<S: Serializer>(&self, output: S) -> Result<S::Ok, S::Error>;

    /// Creates a union from a value that matches no variant.
    fn unknown(value: Value) -> Self;
}

/// A rule that values of a variant match.
#[derive(Debug)]
pub enum MatchRule {
    /// An object with a property that has one of the values.
    Tag(&'static str, &'static [Constant]),
    /// An object with all properties of the first list, not null. If no other rule distinguishes the objects,
    /// the second list has all properties of the type: the variant that knows the most properties of the
    /// value is tried first.
    Object(&'static [&'static str], &'static [&'static str]),
    /// An object with a property that matches one of the rules.
    Property(&'static str, &'static [MatchRule]),
    /// An array that is empty, or with a first item that matches one of the rules. Without rules, any array.
    List(&'static [MatchRule]),
    /// One of the values.
    Constants(&'static [Constant]),
    /// A boolean.
    Boolean,
    /// An integer.
    Integer,
    /// A number.
    Number,
    /// A string.
    Text,
    /// A string with an IPv4 address.
    Ipv4,
    /// A string with an IPv6 address.
    Ipv6,
    /// Any value.
    Anything,
}

/// A constant value of the document.
#[derive(Clone, Copy, Debug)]
pub enum Constant {
    /// A string.
    Text(&'static str),
    /// An integer.
    Integer(i64),
    /// A boolean.
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

impl MatchRule {
    fn matches(&self, value: &Value) -> bool {
        match self {
            Self::Tag(property, values) => {
                value.get(property).is_some_and(|found| values.iter().any(|known| known.is(found)))
            }
            Self::Object(required, _) => {
                value.is_object()
                    && required.iter().all(|key| value.get(key).is_some_and(|property| !property.is_null()))
            }
            Self::Property(property, rules) => {
                value.get(property).is_some_and(|found| rules.iter().any(|rule| rule.matches(found)))
            }
            Self::List(rules) => value.as_array().is_some_and(|list| match list.first() {
                Some(first) if !rules.is_empty() => rules.iter().any(|rule| rule.matches(first)),
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

impl MatchRule {
    /// Returns how specific the rule is for a matching value. More specific rules are greater.
    fn specificity(&self, value: &Value) -> (u8, usize, usize) {
        match (self, value) {
            (Self::Tag(..) | Self::Property(..), _) => (5, 0, 0),
            (Self::Constants(_) | Self::Ipv4 | Self::Ipv6, _) => (4, 0, 0),
            (Self::Object(required, known), Value::Object(properties)) => {
                let known = known.iter().filter(|name| properties.contains_key(**name)).count();
                (3, known, required.len())
            }
            (Self::Number, _) => (1, 0, 0),
            (Self::Anything, _) => (0, 0, 0),
            _ => (2, 0, 0),
        }
    }
}

/// Serializes a union.
///
/// # Errors
///
/// Returns an error if the serializer does.
pub fn serialize_union<U: Union, S: Serializer>(value: &U, output: S) -> Result<S::Ok, S::Error> {
    value.write(output)
}

/// Serializes a value with a codec.
///
/// # Errors
///
/// Returns an error if the serializer does.
pub fn serialize_as<C: Codec<T>, T, S: Serializer>(value: &T, output: S) -> Result<S::Ok, S::Error> {
    C::encode(value, output)
}

/// Serializes an object whose property `name` identifies the variant. If the property is absent, null or
/// empty, it is set to `tag`. Any other value is kept.
///
/// # Errors
///
/// Returns an error if the value cannot be represented in JSON, or if the serializer returns one.
pub fn serialize_tagged<T: Serialize, S: Serializer>(
    value: &T,
    name: &str,
    tag: Constant,
    output: S,
) -> Result<S::Ok, S::Error> {
    let mut value = serde_json::to_value(value).map_err(serde::ser::Error::custom)?;
    if let Value::Object(properties) = &mut value {
        let is_empty = |found: &Value| found.is_null() || found.as_str() == Some("");
        if properties.get(name).is_none_or(is_empty) {
            properties.insert(name.to_owned(), tag.into());
        }
    }
    value.serialize(output)
}

/// Deserializes a union.
///
/// # Errors
///
/// Returns an error if exactly one variant matches and the value cannot be decoded as this variant.
pub fn deserialize_union<'de, U: Union, D: Deserializer<'de>>(input: D) -> Result<U, D::Error> {
    select_variant(Value::deserialize(input)?).map_err(de::Error::custom)
}

fn select_variant<U: Union>(value: Value) -> Result<U, serde_json::Error> {
    let rules_match = |rules: &&[MatchRule]| rules.iter().any(|rule| rule.matches(&value));
    let mut candidates = (0..U::MATCH_RULES.len()).filter(|variant| rules_match(&U::MATCH_RULES[*variant]));
    let Some(first) = candidates.next() else { return Ok(U::unknown(value)) };
    let Some(second) = candidates.next() else { return U::read(first, Input::new(value)) };
    let mut candidates_in_order = vec![first, second];
    candidates_in_order.extend(candidates);
    // The sort is stable: equal candidates keep the order of the document.
    candidates_in_order.sort_by_key(|variant| {
        let fitting = U::MATCH_RULES[*variant].iter().filter(|rule| rule.matches(&value));
        Reverse(fitting.map(|rule| rule.specificity(&value)).max())
    });
    let json_size = decode_budget::json_size(&value);
    let _decoding = decode_budget::DecodeBudget::union(json_size);
    for variant in candidates_in_order {
        if !decode_budget::spend(json_size) {
            break;
        }
        if let Ok(union) = path::without_recording(|| U::read(variant, Input::new(value.clone()))) {
            return Ok(union);
        }
    }
    Ok(U::unknown(value))
}
