// @generated from the OpenAPI document. Change the document, and generate again.

//! A bounded part of the JSON of an error response.
//!
//! An error body can have any form and size. Only its upper levels and the first items of its lists are kept, so
//! that the search for a message takes little time and memory.

use std::cell::Cell;

use serde_json::value::RawValue;

use super::super::wire::{parts, without_byte_order_mark};

/// The number of levels that are kept.
const MAX_DEPTH: usize = 6;
/// The number of items of a list, and of properties of an object, that are kept.
const MAX_ITEMS: usize = 20;
/// The number of values that are kept in total.
const MAX_NODES: usize = 1_000;

/// A JSON value.
#[derive(Debug)]
pub(super) enum Node {
    Text(String),
    Number(String),
    /// A list, and the number of its items that are not kept.
    List(Vec<Self>, usize),
    /// The properties of an object in the order of the body.
    Object(Vec<(String, Self)>),
    /// Null, a boolean, or a value that is not kept.
    Other,
}

impl Node {
    /// Reads a body. The result is [`Node::Other`] if the body is not JSON. Strings and numbers that Rust cannot represent
    /// do not hide the others.
    pub(super) fn read(body: &[u8], is_essential: fn(&str) -> bool) -> Self {
        let nodes_left = Cell::new(MAX_NODES);
        let limits = Limits { depth: MAX_DEPTH, nodes_left: &nodes_left, is_essential };
        let json = serde_json::from_slice::<&RawValue>(without_byte_order_mark(body));
        json.map_or(Self::Other, |json| limits.read(json.get()))
    }

    /// Returns the text of a string or a number.
    pub(super) fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) | Self::Number(text) => Some(text),
            _ => None,
        }
    }

    /// Returns the properties of an object, and nothing for other values.
    pub(super) fn properties(&self) -> &[(String, Self)] {
        match self {
            Self::Object(properties) => properties,
            _ => &[],
        }
    }

    /// Returns a property of an object. Names are compared without regard to case.
    pub(super) fn get(&self, name: &str) -> Option<&Self> {
        let mut properties = self.properties().iter();
        properties.find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }
}

/// The limits for a value that is read next.
#[derive(Clone, Copy)]
struct Limits<'a> {
    depth: usize,
    nodes_left: &'a Cell<usize>,
    /// Returns true for the properties that are kept even if there are many others.
    is_essential: fn(&str) -> bool,
}

impl Limits<'_> {
    /// Returns the limits for a part of this value, or `None` if none is left to keep.
    fn inner(&self) -> Option<Self> {
        let nodes_left = self.nodes_left.get().checked_sub(1)?;
        let depth = self.depth.checked_sub(1)?;
        self.nodes_left.set(nodes_left);
        Some(Self { depth, ..*self })
    }

    /// Returns the limits for an essential property. At the top, it is kept whatever comes before it.
    fn essential(&self) -> Option<Self> {
        match self.depth {
            MAX_DEPTH => Some(Self { depth: MAX_DEPTH - 1, ..*self }),
            _ => self.inner(),
        }
    }

    /// Reads valid JSON.
    fn read(self, json: &str) -> Node {
        match json.as_bytes().first() {
            Some(b'{') => self.read_object(json),
            Some(b'[') => self.read_list(json),
            Some(b'"') => Node::Text(parts::unquoted_lossy(json).unwrap_or_default().into_owned()),
            Some(b'-' | b'0'..=b'9') => Node::Number(json.to_owned()),
            _ => Node::Other,
        }
    }

    fn read_object(self, json: &str) -> Node {
        let mut properties = Vec::new();
        for (name, value) in parts::properties(json) {
            let name = parts::unquoted_lossy(name).unwrap_or_default();
            let inner = if (self.is_essential)(&name) && properties.len() < 2 * MAX_ITEMS {
                self.essential()
            } else {
                self.inner().filter(|_| properties.len() < MAX_ITEMS)
            };
            properties.extend(inner.map(|inner| (name.into_owned(), inner.read(value))));
        }
        Node::Object(properties)
    }

    fn read_list(self, json: &str) -> Node {
        let mut items = Vec::new();
        let mut left_out = 0;
        for item in parts::items(json) {
            match self.inner().filter(|_| items.len() < MAX_ITEMS && left_out == 0) {
                Some(inner) => items.push(inner.read(item)),
                None => left_out += 1,
            }
        }
        Node::List(items, left_out)
    }
}
