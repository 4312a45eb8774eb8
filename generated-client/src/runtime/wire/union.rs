// @generated from the OpenAPI document. Change the document, and generate again.

//! Unions distinguished by match rules.
//!
//! The variant is selected before it is decoded, so a decode error names the property at fault instead of "no
//! variant matches". If several variants match, they are tried in order, and the best match is used (see `fit.rs`).
//! A value that matches no variant is preserved as it was received, and so is a value whose trials exceed the
//! budget (see `decode_budget.rs`).
//!
//! The value is kept as text while its variant is selected and decoded (see `json_text.rs`).

use std::cmp::Reverse;
use std::net::{Ipv4Addr, Ipv6Addr};

use serde::de::{self, Deserializer};
use serde::ser::{Serialize, Serializer};
use serde_json::de::StrRead;

use super::fit::{self, Fit};
use super::json_node::JsonNode;
use super::nesting::{Container, Level};
use super::{Codec, Input, Value, decode_budget, encoder, json_text, path, strict};

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
    fn read(variant: usize, input: UnionInput<'_, '_>) -> Result<Self, serde_json::Error>;

    /// Serializes the variant.
    ///
    /// # Errors
    ///
    /// Returns an error if the serializer does.
    fn write<S: Serializer>(&self, output: S) -> Result<S::Ok, S::Error>;

    /// Creates a union from a value that matches no variant.
    fn unknown(value: Value) -> Self;
}

/// The JSON text of a union.
pub type UnionInput<'a, 'de> = Input<'de, &'a mut serde_json::Deserializer<StrRead<'de>>>;

/// A rule that values of a variant match.
#[derive(Debug)]
pub enum MatchRule {
    /// An object with a property that has one of the values.
    Tag(&'static str, &'static [Constant]),
    /// An object in which all listed properties are present and not null.
    Object(&'static [&'static str]),
    /// An object with a property that matches one of the rules.
    Property(&'static str, &'static [MatchRule]),
    /// A value that matches all of the rules.
    All(&'static [MatchRule]),
    /// A value that matches the rule, and no rule of another variant with a lower rank. Other rules have rank 0.
    Rest(u32, &'static MatchRule),
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
    fn is(self, value: &JsonNode<'_>) -> bool {
        match self {
            Self::Text(text) => value.is_text(text),
            Self::Integer(number) => value.as_whole() == Some(number),
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
    fn matches(&self, value: &JsonNode<'_>) -> bool {
        match self {
            Self::Tag(property, values) => {
                value.get(property).is_some_and(|found| values.iter().any(|known| known.is(found)))
            }
            Self::Object(required) => {
                value.is_object()
                    && required.iter().all(|key| value.get(key).is_some_and(|property| !property.is_null()))
            }
            Self::Property(property, rules) => {
                value.get(property).is_some_and(|found| rules.iter().any(|rule| rule.matches(found)))
            }
            Self::All(rules) => rules.iter().all(|rule| rule.matches(value)),
            Self::Rest(_, rule) => rule.matches(value),
            Self::List(rules) => {
                value.is_array()
                    && match value.first() {
                        Some(first) if !rules.is_empty() => rules.iter().any(|rule| rule.matches(first)),
                        _ => true,
                    }
            }
            Self::Constants(values) => values.iter().any(|known| known.is(value)),
            Self::Boolean => value.is_boolean(),
            Self::Integer => value.is_integer(),
            Self::Number => value.is_number(),
            Self::Text => value.is_string(),
            Self::Ipv4 => value.as_str().is_some_and(|text| text.parse::<Ipv4Addr>().is_ok()),
            Self::Ipv6 => value.as_str().is_some_and(|text| text.parse::<Ipv6Addr>().is_ok()),
            Self::Anything => true,
        }
    }
}

/// The specificity of rules about constants and types of properties.
const BY_PROPERTY: u8 = 5;

impl MatchRule {
    /// Returns the rank of the rule. Rules of the lowest rank come first.
    fn rank(&self) -> u32 {
        match self {
            Self::Rest(rank, _) => *rank,
            _ => 0,
        }
    }

    /// Returns how specific the rule is. More specific rules are greater.
    fn specificity(&self) -> (u8, usize) {
        match self {
            Self::Tag(..) | Self::Property(..) => (BY_PROPERTY, 0),
            Self::Constants(_) | Self::Ipv4 | Self::Ipv6 => (4, 0),
            Self::Object(required) => (3, required.len()),
            Self::Number => (1, 0),
            Self::Anything => (0, 0),
            Self::All(rules) => rules.iter().fold((0, 0), |(level, required), rule| {
                let (other, others) = rule.specificity();
                (level.max(other), required + others)
            }),
            Self::Rest(_, rule) => rule.specificity(),
            _ => (2, 0),
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
    let json = encoder::encode(value).map_err(serde::ser::Error::custom)?;
    // JSON is always valid UTF-8.
    let json = String::from_utf8(json).map_err(serde::ser::Error::custom)?;
    let object = JsonNode::new(&json);
    let tag = Value::from(tag);
    let is_empty =
        |found: &JsonNode<'_>| found.is_null() || found.as_str().is_some_and(|text| text.is_empty());
    let tagged = match object.get(name) {
        Some(found) if is_empty(found) => {
            let start = found.json().as_ptr() as usize - json.as_ptr() as usize;
            let end = start + found.json().len();
            Some(format!("{}{tag}{}", &json[..start], &json[end..]))
        }
        None if object.is_object() => {
            let properties = json.strip_suffix('}').unwrap_or_default();
            let separator = if properties == "{" { "" } else { "," };
            Some(format!("{properties}{separator}{}:{tag}}}", Value::from(name)))
        }
        _ => None,
    };
    json_text::write(tagged.as_deref().unwrap_or(&json), output)
}

/// Deserializes a union.
///
/// # Errors
///
/// Returns an error if exactly one variant matches and the value cannot be decoded as this variant.
pub fn deserialize_union<'de, U: Union, D: Deserializer<'de>>(input: D) -> Result<U, D::Error> {
    let level = Level::enter(Container::Union)?;
    let json = json_text::read(input)?;
    decode_budget::read_text(json.len()).map_err(de::Error::custom)?;
    let union = select_variant(&json).map_err(json_text::error);
    drop(level);
    union
}

fn select_variant<U: Union>(json: &str) -> Result<U, serde_json::Error> {
    let selected = select(U::MATCH_RULES, json, |variant| {
        U::read(variant, Input::new(&mut serde_json::Deserializer::from_str(json)))
    })?;
    match selected {
        Some(union) => Ok(union),
        None => {
            let value = json_text::value(json).map_err(de::Error::custom)?;
            let value = value.ok_or_else(|| {
                de::Error::custom("the value has a number or a text that cannot be represented")
            })?;
            if strict::is_strict() { Err(strict::no_variant(&value)) } else { Ok(U::unknown(value)) }
        }
    }
}

/// Decodes a value as the variant that it matches, with `read`. Returns `None` if there is no such variant.
///
/// This function does not depend on a type, so it can be tested with rules that are not constant.
///
/// # Errors
///
/// Returns the error of `read` if exactly one variant matches, or if a limit of the body is exceeded.
#[doc(hidden)]
pub fn select<T, E>(
    rules: &[&[MatchRule]],
    json: &str,
    mut read: impl FnMut(usize) -> Result<T, E>,
) -> Result<Option<T>, E> {
    let candidates = candidates(rules, &JsonNode::new(json));
    match candidates.as_slice() {
        [] => {
            fit::count_unknown_value();
            return Ok(None);
        }
        [only] => return read(*only).map(Some),
        _ => {}
    }
    let properties = json_text::count_properties(json);
    let _decoding = decode_budget::DecodeBudget::union(json.len());
    let memory = decode_budget::memory();
    // With the memory that it takes.
    let mut best: Option<(Fit, T, usize)> = None;
    for variant in candidates {
        // With a result at hand, there is a smaller budget to look for a better one.
        let may_try = match best {
            None => decode_budget::spend(json.len()),
            Some(_) => decode_budget::spend_on_comparison(json.len()),
        };
        if !may_try {
            break;
        }
        let (fit, result) = fit::measure(|| path::without_recording(|| read(variant)));
        let taken = memory.saturating_sub(decode_budget::memory());
        decode_budget::restore_memory(memory);
        let decoded = match result {
            Ok(decoded) => decoded,
            // Another variant could decode because it ignores what is too large.
            Err(error) if decode_budget::is_exceeded() => return Err(error),
            Err(_) => continue,
        };
        if best.as_ref().is_none_or(|(known, ..)| fit > *known) {
            best = Some((fit, decoded, taken));
        }
        if fit.is_perfect(properties) {
            break;
        }
    }
    match best {
        Some((fit, decoded, taken)) => {
            decode_budget::restore_memory(memory.saturating_sub(taken));
            fit::add(fit);
            Ok(Some(decoded))
        }
        None => {
            fit::count_unknown_value();
            Ok(None)
        }
    }
}

/// Returns the variants that a value may be, in the order of the trials: only the lowest rank, and the most specific
/// first. If a property of the value identifies variants, only these are returned.
fn candidates(rules: &[&[MatchRule]], value: &JsonNode<'_>) -> Vec<usize> {
    let order = |rules: &[MatchRule]| {
        let matching = rules.iter().filter(|rule| rule.matches(value));
        matching.map(|rule| (rule.rank(), Reverse(rule.specificity()))).min()
    };
    let matching = rules.iter().enumerate().filter_map(|(variant, rules)| Some((order(rules)?, variant)));
    let mut matching: Vec<_> = matching.collect();
    // Equal candidates keep the order of the document.
    matching.sort_unstable();
    if let Some(((rank, Reverse((specificity, _))), _)) = matching.first().copied() {
        matching.retain(|((other, Reverse((level, _))), _)| {
            *other == rank && (specificity < BY_PROPERTY || *level == BY_PROPERTY)
        });
    }
    matching.into_iter().map(|(_, variant)| variant).collect()
}
