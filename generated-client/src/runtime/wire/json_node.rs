// @generated from the OpenAPI document. Change the document, and generate again.

//! A JSON value that match rules look into.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::BTreeMap;

use serde_json::value::RawValue;

use super::{json_text, number};

/// A JSON value, parsed as far as match rules look into it.
pub(super) struct JsonNode<'a> {
    json: &'a str,
    /// The properties of an object, or the first item of an array.
    parts: OnceCell<Parts<'a>>,
}

enum Parts<'a> {
    Properties(BTreeMap<Cow<'a, str>, JsonNode<'a>>),
    FirstItem(Option<Box<JsonNode<'a>>>),
}

impl<'a> JsonNode<'a> {
    /// Creates a node. `json` is valid JSON.
    pub(super) fn new(json: &'a str) -> Self {
        Self { json: json.trim_ascii(), parts: OnceCell::new() }
    }

    /// Returns the text of the value.
    pub(super) fn json(&self) -> &'a str {
        self.json
    }

    fn starts_with(&self, bytes: &[u8]) -> bool {
        self.json.bytes().next().is_some_and(|first| bytes.contains(&first))
    }

    pub(super) fn is_null(&self) -> bool {
        self.json == "null"
    }

    pub(super) fn is_object(&self) -> bool {
        self.starts_with(b"{")
    }

    pub(super) fn is_array(&self) -> bool {
        self.starts_with(b"[")
    }

    pub(super) fn is_string(&self) -> bool {
        self.starts_with(b"\"")
    }

    pub(super) fn is_number(&self) -> bool {
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
    pub(super) fn as_whole(&self) -> Option<i64> {
        let number = if self.is_number() { self.json } else { return None };
        number.parse().ok().or_else(|| number::whole(number.parse().ok()?))
    }

    pub(super) fn as_bool(&self) -> Option<bool> {
        match self.json {
            "true" => Some(true),
            "false" => Some(false),
            _ => None,
        }
    }

    /// Returns the content of a string, unless it is not valid Unicode.
    pub(super) fn as_str(&self) -> Option<Cow<'a, str>> {
        let content = self.json.strip_prefix('"')?.strip_suffix('"')?;
        match content.contains('\\') {
            true => serde_json::from_str(self.json).ok().map(Cow::Owned),
            false => Some(Cow::Borrowed(content)),
        }
    }

    /// Returns a property of an object.
    pub(super) fn get(&self, name: &str) -> Option<&Self> {
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
