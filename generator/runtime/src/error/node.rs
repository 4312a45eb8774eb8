//! A bounded part of the JSON of an error response.
//!
//! An error body can have any form and size. Only its upper levels and the first items of its lists are kept, so
//! that the search for a message takes little time and memory.

use std::cell::Cell;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::super::wire::{number, without_byte_order_mark};

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
    /// Reads a body. The result is [`Node::Other`] if the body is not JSON.
    pub(super) fn read(body: &[u8], is_essential: fn(&str) -> bool) -> Self {
        let nodes_left = Cell::new(MAX_NODES);
        let seed = Seed { depth: MAX_DEPTH, nodes_left: &nodes_left, is_essential };
        let mut input = serde_json::Deserializer::from_slice(without_byte_order_mark(body));
        let node = seed.deserialize(&mut input).unwrap_or(Self::Other);
        if input.end().is_ok() { node } else { Self::Other }
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
struct Seed<'a> {
    depth: usize,
    nodes_left: &'a Cell<usize>,
    /// Returns true for the properties that are kept even if there are many others.
    is_essential: fn(&str) -> bool,
}

impl Seed<'_> {
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
}

impl<'de> DeserializeSeed<'de> for Seed<'_> {
    type Value = Node;

    fn deserialize<D: Deserializer<'de>>(self, input: D) -> Result<Node, D::Error> {
        number::deserialize_any(input, self)
    }
}

impl<'de> Visitor<'de> for Seed<'_> {
    type Value = Node;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Node, A::Error> {
        let mut properties = Vec::new();
        while let Some(name) = map.next_key::<String>()? {
            let inner = if (self.is_essential)(&name) && properties.len() < 2 * MAX_ITEMS {
                self.essential()
            } else {
                self.inner().filter(|_| properties.len() < MAX_ITEMS)
            };
            match inner {
                Some(inner) => properties.push((name, map.next_value_seed(inner)?)),
                None => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        Ok(Node::Object(properties))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Node, A::Error> {
        let mut items = Vec::new();
        while let Some(inner) = self.inner().filter(|_| items.len() < MAX_ITEMS) {
            match list.next_element_seed(inner)? {
                Some(item) => items.push(item),
                None => return Ok(Node::List(items, 0)),
            }
        }
        let mut left_out = 0;
        while list.next_element::<IgnoredAny>()?.is_some() {
            left_out += 1;
        }
        Ok(Node::List(items, left_out))
    }

    fn visit_str<E>(self, text: &str) -> Result<Node, E> {
        Ok(Node::Text(text.to_owned()))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Node, E> {
        Ok(Node::Number(number.to_string()))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Node, E> {
        Ok(Node::Number(number.to_string()))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Node, E> {
        Ok(Node::Number(number.to_string()))
    }

    fn visit_bool<E>(self, _: bool) -> Result<Node, E> {
        Ok(Node::Other)
    }

    fn visit_unit<E>(self) -> Result<Node, E> {
        Ok(Node::Other)
    }
}
