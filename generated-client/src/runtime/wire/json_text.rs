// @generated from the OpenAPI document. Change the document, and generate again.

//! JSON values as text.
//!
//! A value whose type this crate does not know is kept as the text that was received. Text takes the memory of the
//! body and no more, while a tree of [`Value`]s takes up to 30 times as much. It also keeps what a tree cannot
//! represent: numbers of any size, and escapes of lone surrogates.

use std::any::type_name;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

use serde::de::{
    self, Deserialize, DeserializeOwned, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor,
};
use serde::ser::{self, Serialize, Serializer};
use serde_json::value::RawValue;

use super::decode_budget::{self, TooLarge};
use super::private_name::PRIVATE_NAME;
use super::{Object, Value, parts, tree_size};

/// The number of arrays and objects inside one another that a [`Value`] can have: the limit of serde_json.
const MAX_DEPTH: usize = 127;

/// Returns true if this is the error type of serde_json. Other formats cannot write JSON text as it is, and some
/// cannot decode names as bytes.
pub(super) fn is_json<E>() -> bool {
    type_name::<E>() == type_name::<serde_json::Error>()
}

/// Decodes a value as its text. The value can be of any type, and nested to any depth.
///
/// # Errors
///
/// Returns an error if the input is not valid JSON. Numbers of any size and escapes of lone surrogates are valid.
pub(super) fn read<'de, D: Deserializer<'de>>(input: D) -> Result<Cow<'de, str>, D::Error> {
    // Under another name, serde_json would decode it as a `Value` first.
    input.deserialize_newtype_struct(PRIVATE_NAME, TextVisitor)
}

/// Decodes a value as its text, like [`read`].
pub(super) struct TextSeed;

impl<'de> DeserializeSeed<'de> for TextSeed {
    type Value = Cow<'de, str>;

    fn deserialize<D: Deserializer<'de>>(self, input: D) -> Result<Self::Value, D::Error> {
        read(input)
    }
}

/// Decodes the text of a value. serde_json passes it as an object with one private property. Other formats pass the
/// value itself.
struct TextVisitor;

fn text<'de, E: de::Error>(value: impl Into<Value>) -> Result<Cow<'de, str>, E> {
    Ok(Cow::Owned(value.into().to_string()))
}

impl<'de> Visitor<'de> for TextVisitor {
    type Value = Cow<'de, str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, input: D) -> Result<Self::Value, D::Error> {
        text(Value::deserialize(input)?)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut input: A) -> Result<Self::Value, A::Error> {
        let mut object = Object::new();
        while let Some(name) = input.next_key_seed(StringSeed)? {
            if name == PRIVATE_NAME && object.is_empty() {
                return input.next_value_seed(StringSeed);
            }
            object.insert(name.into_owned(), input.next_value()?);
        }
        text(object)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut input: A) -> Result<Self::Value, A::Error> {
        let mut list = Vec::new();
        while let Some(element) = input.next_element::<Value>()? {
            list.push(element);
        }
        text(list)
    }

    fn visit_unit<E: de::Error>(self) -> Result<Self::Value, E> {
        text(())
    }

    fn visit_bool<E: de::Error>(self, truth: bool) -> Result<Self::Value, E> {
        text(truth)
    }

    fn visit_i64<E: de::Error>(self, number: i64) -> Result<Self::Value, E> {
        text(number)
    }

    fn visit_u64<E: de::Error>(self, number: u64) -> Result<Self::Value, E> {
        text(number)
    }

    fn visit_f64<E: de::Error>(self, number: f64) -> Result<Self::Value, E> {
        text(number)
    }

    fn visit_str<E: de::Error>(self, content: &str) -> Result<Self::Value, E> {
        text(content)
    }
}

/// Decodes a string, borrowed if possible.
struct StringSeed;

impl<'de> DeserializeSeed<'de> for StringSeed {
    type Value = Cow<'de, str>;

    fn deserialize<D: Deserializer<'de>>(self, input: D) -> Result<Self::Value, D::Error> {
        input.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for StringSeed {
    type Value = Cow<'de, str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_borrowed_str<E>(self, content: &'de str) -> Result<Self::Value, E> {
        Ok(Cow::Borrowed(content))
    }

    fn visit_str<E>(self, content: &str) -> Result<Self::Value, E> {
        Ok(Cow::Owned(content.to_owned()))
    }

    fn visit_string<E>(self, content: String) -> Result<Self::Value, E> {
        Ok(Cow::Owned(content))
    }
}

/// The properties of an object, as text, sorted by name. The last of several with the same name is used.
pub(super) type Properties<'a> = BTreeMap<Cow<'a, str>, JsonText<'a>>;

/// Returns the properties of an object. Those whose names are not valid Unicode are left out. Text that is not an
/// object has no properties.
pub(super) fn properties(object: &str) -> Properties<'_> {
    struct PropertiesVisitor;

    impl<'de> Visitor<'de> for PropertiesVisitor {
        type Value = Properties<'de>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("an object")
        }

        fn visit_map<A: MapAccess<'de>>(self, mut input: A) -> Result<Self::Value, A::Error> {
            let mut properties = Properties::new();
            while let Some(name) = input.next_key_seed(NameSeed)? {
                let value = JsonText(input.next_value()?);
                if let Some(name) = name {
                    properties.insert(name, value);
                }
            }
            Ok(properties)
        }
    }

    serde_json::Deserializer::from_str(object).deserialize_map(PropertiesVisitor).unwrap_or_default()
}

/// Decodes the name of a property from JSON, or `None` if it is not valid Unicode.
struct NameSeed;

impl<'de> DeserializeSeed<'de> for NameSeed {
    type Value = Option<Cow<'de, str>>;

    fn deserialize<D: Deserializer<'de>>(self, input: D) -> Result<Self::Value, D::Error> {
        input.deserialize_bytes(self)
    }
}

impl<'de> Visitor<'de> for NameSeed {
    type Value = Option<Cow<'de, str>>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a property name")
    }

    fn visit_borrowed_bytes<E>(self, name: &'de [u8]) -> Result<Self::Value, E> {
        Ok(std::str::from_utf8(name).ok().map(Cow::Borrowed))
    }

    fn visit_bytes<E>(self, name: &[u8]) -> Result<Self::Value, E> {
        Ok(std::str::from_utf8(name).ok().map(|name| Cow::Owned(name.to_owned())))
    }
}

/// The text of a JSON value. It is serialized unchanged.
#[derive(Clone, Copy)]
pub(super) struct JsonText<'a>(&'a RawValue);

impl<'a> JsonText<'a> {
    pub(super) fn as_str(self) -> &'a str {
        self.0.get()
    }
}

impl Serialize for JsonText<'_> {
    fn serialize<S: Serializer>(&self, output: S) -> Result<S::Ok, S::Error> {
        if is_json::<S::Error>() {
            return self.0.serialize(output);
        }
        // Other formats would write the text of serde_json as an object with a private property.
        match value(self.as_str()) {
            Ok(Some(value)) => value.serialize(output),
            _ => Err(ser::Error::custom("the value of an unknown property can only be represented in JSON")),
        }
    }
}

/// Converts an error in the text of a value to an error of the input around it, which has the position.
pub(super) fn error<E: de::Error>(error: serde_json::Error) -> E {
    let full = error.to_string();
    let position = format!(" at line {} column {}", error.line(), error.column());
    E::custom(full.strip_suffix(&position).unwrap_or(&full))
}

/// Decodes a [`Value`] or an [`Object`]. Its memory counts for the budget of the body.
pub(super) fn tree<'de, T: DeserializeOwned, D: Deserializer<'de>>(input: D) -> Result<T, D::Error> {
    let json = read(input)?;
    decode_budget::allocate(tree_size::of(&json)).map_err(de::Error::custom)?;
    serde_json::from_str(&json).map_err(error)
}

/// Parses JSON. A property whose value cannot be represented is left out, such as a number that is out of the range
/// of `f64`. Returns `None` if the value itself cannot be represented.
///
/// # Errors
///
/// Returns an error if the tree of values would take more memory than the budget of the body.
pub(super) fn value(json: &str) -> Result<Option<Value>, TooLarge> {
    if json.starts_with('"') {
        decode_budget::allocate(tree_size::of_string(json))?;
        return Ok(parts::unquoted(json).map(|text| Value::String(text.into_owned())));
    }
    decode_budget::allocate(tree_size::of(json))?;
    Ok(serde_json::from_str(json).ok().or_else(|| representable(&mut &*json, 0)))
}

/// Like [`value`], for the properties of an object.
pub(super) fn object(json: &str) -> Result<Object, TooLarge> {
    Ok(match value(json)? {
        Some(Value::Object(object)) => object,
        _ => Object::new(),
    })
}

/// Parses the value at the start of valid JSON without what cannot be represented, and removes its text. Each part is read
/// once, even if it is nested.
fn representable(json: &mut &str, depth: usize) -> Option<Value> {
    *json = json.trim_ascii_start();
    let is_array = json.starts_with('[');
    let is_scalar = !is_array && !json.starts_with('{');
    if is_scalar || depth == MAX_DEPTH {
        let (value, behind) = parts::split_value(json)?;
        *json = behind;
        return if is_scalar { serde_json::from_str(value).ok() } else { None };
    }
    let mut object = Object::new();
    let mut list = is_array.then(Vec::new);
    *json = &json[1..];
    while let Some(part) = parts::next_part(json) {
        *json = part;
        if is_array {
            // Without one of its items, the others would have another index.
            list = list.zip(representable(json, depth + 1)).map(|(mut list, item)| {
                list.push(item);
                list
            });
            continue;
        }
        let (name, behind) = parts::split_value(json)?;
        *json = behind.trim_ascii_start().strip_prefix(':')?;
        if let (Some(value), Some(name)) = (representable(json, depth + 1), parts::unquoted(name)) {
            object.insert(name.into_owned(), value);
        }
    }
    *json = json.trim_ascii_start().get(1..)?;
    if is_array { list.map(Value::Array) } else { Some(Value::Object(object)) }
}

/// Returns JSON without white space between its parts.
pub(super) fn compact(json: &str) -> String {
    let mut compact = String::with_capacity(json.len());
    let mut is_in_string = false;
    let mut is_escaped = false;
    for character in json.chars() {
        if !is_in_string && character.is_ascii_whitespace() {
            continue;
        }
        compact.push(character);
        is_in_string ^= character == '"' && !is_escaped;
        is_escaped = is_in_string && character == '\\' && !is_escaped;
    }
    compact
}
