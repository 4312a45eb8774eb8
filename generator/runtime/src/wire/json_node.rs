//! [`JsonNode`], a JSON value as text, in which match rules and pagination look up single properties.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::BTreeMap;

use serde_json::value::RawValue;

use super::{json_text, number};

/// A JSON value as text. Only the levels that are looked into are parsed.
pub(in super::super) struct JsonNode<'a> {
    json: &'a str,
    /// The properties of an object, or the first item of an array.
    parts: OnceCell<Parts<'a>>,
}

enum Parts<'a> {
    Properties(BTreeMap<Cow<'a, str>, JsonNode<'a>>),
    FirstItem(Option<Box<JsonNode<'a>>>),
}

impl<'a> JsonNode<'a> {
    /// Creates a node. Text that is not valid JSON has no properties and no items.
    pub(in super::super) fn new(json: &'a str) -> Self {
        Self { json: json.trim_ascii(), parts: OnceCell::new() }
    }

    /// Returns the text of the value.
    pub(in super::super) fn json(&self) -> &'a str {
        self.json
    }

    fn starts_with(&self, bytes: &[u8]) -> bool {
        self.json.bytes().next().is_some_and(|first| bytes.contains(&first))
    }

    pub(in super::super) fn is_null(&self) -> bool {
        self.json == "null"
    }

    pub(in super::super) fn is_object(&self) -> bool {
        self.starts_with(b"{")
    }

    pub(in super::super) fn is_array(&self) -> bool {
        self.starts_with(b"[")
    }

    pub(super) fn is_string(&self) -> bool {
        self.starts_with(b"\"")
    }

    pub(in super::super) fn is_number(&self) -> bool {
        self.starts_with(b"-0123456789")
    }

    pub(super) fn is_boolean(&self) -> bool {
        self.as_bool().is_some()
    }

    /// Returns true if the value is an integer of 64 bits. A number whose fraction is zero is one.
    pub(super) fn is_integer(&self) -> bool {
        self.as_whole().is_some() || self.is_number() && self.json.parse::<u64>().is_ok()
    }

    /// Returns the value of an integer. A number whose fraction is zero is one.
    pub(in super::super) fn as_whole(&self) -> Option<i64> {
        let number = if self.is_number() { self.json } else { return None };
        number.parse().ok().or_else(|| number::whole(number.parse().ok()?))
    }

    pub(in super::super) fn as_bool(&self) -> Option<bool> {
        match self.json {
            "true" => Some(true),
            "false" => Some(false),
            _ => None,
        }
    }

    /// Returns the content of a string, unless it is not valid Unicode.
    pub(in super::super) fn as_str(&self) -> Option<Cow<'a, str>> {
        let content = self.json.strip_prefix('"')?.strip_suffix('"')?;
        match content.contains('\\') {
            true => serde_json::from_str(self.json).ok().map(Cow::Owned),
            false => Some(Cow::Borrowed(content)),
        }
    }

    /// Returns a property of an object.
    pub(in super::super) fn get(&self, name: &str) -> Option<&Self> {
        match self.parts() {
            Parts::Properties(properties) => properties.get(name),
            Parts::FirstItem(_) => None,
        }
    }

    /// Returns the first item of an array.
    pub(super) fn first(&self) -> Option<&Self> {
        match self.parts() {
            Parts::FirstItem(first) => first.as_deref(),
            Parts::Properties(_) => None,
        }
    }

    /// Returns the properties of an object, sorted by name.
    pub(in super::super) fn properties(&self) -> impl Iterator<Item = (&str, &Self)> {
        let properties = match self.parts() {
            Parts::Properties(properties) => Some(properties.iter()),
            Parts::FirstItem(_) => None,
        };
        properties.into_iter().flatten().map(|(name, value)| (&**name, value))
    }

    /// Returns the text of each item of an array.
    pub(in super::super) fn items(&self) -> Vec<&'a str> {
        let items: Vec<&'a RawValue> = serde_json::from_str(self.json).unwrap_or_default();
        items.into_iter().map(RawValue::get).collect()
    }

    fn parts(&self) -> &Parts<'a> {
        self.parts.get_or_init(|| {
            if self.is_object() {
                let properties = json_text::properties(self.json).into_iter();
                return Parts::Properties(
                    properties.map(|(name, value)| (name, Self::new(value.as_str()))).collect(),
                );
            }
            let items = self.json.strip_prefix('[').unwrap_or_default();
            let mut items = serde_json::Deserializer::from_str(items).into_iter::<&RawValue>();
            Parts::FirstItem(items.next().and_then(Result::ok).map(|first| Box::new(Self::new(first.get()))))
        })
    }
}
