// @generated from the OpenAPI document. Change the document, and generate again.

//! [`JsonNode`], a JSON value as text, in which match rules and pagination look up single properties.

use std::borrow::Cow;
use std::cell::OnceCell;

use super::{number, parts};

/// The length of numbers that can be integers. Larger ones have digits that no integer of 64 bits has.
const MAX_INTEGER: usize = 1_000;

/// The length of the escape of a character of one byte: `\u0041`.
const MAX_ESCAPE: usize = 6;

/// A JSON value as text. Only the levels that are looked into are read.
pub(in super::super) struct JsonNode<'a> {
    json: &'a str,
    /// The properties of an object, or the first item of an array. Boxed, as most nodes are not looked into.
    parts: OnceCell<Box<Parts<'a>>>,
}

enum Parts<'a> {
    Properties(Properties<'a>),
    FirstItem(Option<JsonNode<'a>>),
}

impl<'a> JsonNode<'a> {
    /// Creates a node. The text has to be valid JSON.
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
        // A server decides about the length, and a union can have many constants.
        let number =
            if self.is_number() && self.json.len() <= MAX_INTEGER { self.json } else { return None };
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
        parts::unquoted(self.json)
    }

    /// Returns true if the value is a string with this content. A longer string is not read.
    pub(super) fn is_text(&self, text: &str) -> bool {
        self.json.len() <= text.len() * MAX_ESCAPE + 2 && self.as_str().is_some_and(|found| found == text)
    }

    /// Returns a property of an object: the last one, if there are several.
    pub(in super::super) fn get(&self, name: &str) -> Option<&Self> {
        match self.parts() {
            Parts::Properties(properties) => properties.get(name),
            Parts::FirstItem(_) => None,
        }
    }

    /// Returns the first item of an array.
    pub(super) fn first(&self) -> Option<&Self> {
        match self.parts() {
            Parts::FirstItem(first) => first.as_ref(),
            Parts::Properties(_) => None,
        }
    }

    /// Returns the properties of an object, sorted by name.
    pub(in super::super) fn properties(&self) -> impl Iterator<Item = (&str, &Self)> {
        let properties = match self.parts() {
            Parts::Properties(properties) => properties.sorted.as_slice(),
            Parts::FirstItem(_) => &[],
        };
        properties.iter().map(|(name, value)| (&**name, value))
    }

    /// Returns the text of each item of an array.
    pub(in super::super) fn items(&self) -> impl Iterator<Item = &'a str> {
        parts::items(self.json)
    }

    fn parts(&self) -> &Parts<'a> {
        self.parts.get_or_init(|| {
            Box::new(match self.is_object() {
                true => Parts::Properties(Properties::of(self.json)),
                false => Parts::FirstItem(self.items().next().map(Self::new)),
            })
        })
    }
}

/// The properties of an object, sorted by name. They take less memory than a map, because a server decides how many
/// there are.
struct Properties<'a> {
    sorted: Vec<(Cow<'a, str>, JsonNode<'a>)>,
}

impl<'a> Properties<'a> {
    fn of(object: &'a str) -> Self {
        let mut properties = Self { sorted: Vec::new() };
        for (name, value) in parts::properties(object) {
            let Some(name) = parts::unquoted(name) else { continue };
            if properties.sorted.len() == properties.sorted.capacity() {
                properties.grow();
            }
            properties.sorted.push((name, JsonNode::new(value)));
        }
        properties.sort();
        properties
    }

    /// Makes space for as many properties as there are. Properties that are repeated take none.
    fn grow(&mut self) {
        self.sort();
        if self.sorted.len() * 2 >= self.sorted.capacity() {
            self.sorted.reserve_exact(self.sorted.len().max(4));
        }
    }

    /// Sorts the properties. Of several with the same name, the last one is kept.
    fn sort(&mut self) {
        self.sorted.sort_by(|(name, _), (other, _)| name.cmp(other));
        self.sorted.dedup_by(|later, earlier| {
            let is_repeated = later.0 == earlier.0;
            if is_repeated {
                std::mem::swap(later, earlier);
            }
            is_repeated
        });
    }

    fn get(&self, name: &str) -> Option<&JsonNode<'a>> {
        let position = self.sorted.binary_search_by(|(known, _)| (**known).cmp(name)).ok()?;
        Some(&self.sorted[position].1)
    }
}
