//! The names of the fields of an object, and the search for the next one.

use std::cell::Cell;
use std::fmt;

use serde::de::{self, DeserializeSeed, Deserializer, Visitor};

use super::json_text::is_json;

thread_local! {
    /// True if all names in the current body are valid Unicode.
    static ARE_UNICODE: Cell<bool> = const { Cell::new(false) };
}

/// While this exists, a body is being decoded on this thread.
pub(super) struct BodyNames {
    outer: bool,
}

impl BodyNames {
    /// Starts to decode a body. `are_unicode` is true if no escape in it can be a lone surrogate.
    pub(super) fn begin(are_unicode: bool) -> Self {
        Self { outer: ARE_UNICODE.replace(are_unicode) }
    }
}

impl Drop for BodyNames {
    fn drop(&mut self) {
        ARE_UNICODE.set(self.outer);
    }
}

/// Returns true if JSON contains an escape of a surrogate, such as `\ud800`.
pub(super) fn has_surrogates(json: &str) -> bool {
    json.contains("\\ud") || json.contains("\\uD")
}

/// The field names of an object while it is decoded. As a seed it returns the index of the next property
/// name, or the index after the last field if the name is unknown.
///
/// The lookup is fast if the properties arrive in the order of the fields, with few exceptions.
pub(super) struct FieldNames {
    known: &'static [&'static str],
    /// True if every name is valid Unicode.
    are_unicode: bool,
    /// The index of the next field in order.
    next: usize,
    /// The index of the field that was skipped most recently.
    skipped: usize,
    /// The last name, if it is unknown.
    pub(super) other: Option<Box<UnknownName>>,
}

/// An unknown property name, or `None` if it is not valid Unicode. It is rare, so it is boxed to keep the `None` of no
/// unknown name small.
pub(super) struct UnknownName(pub(super) Option<String>);

impl FieldNames {
    #[inline]
    pub(super) fn new(known: &'static [&'static str]) -> Self {
        Self { known, are_unicode: ARE_UNICODE.get(), next: 0, skipped: 0, other: None }
    }

    /// Returns the index of a name that is not the next one in order.
    #[inline(never)]
    fn search(&mut self, name: &[u8]) -> usize {
        let is_match = |known: &&str| known.as_bytes() == name;
        let (before, ahead) = self.known.split_at(self.next.min(self.known.len()));
        let found = if self.known.get(self.skipped).is_some_and(is_match) {
            Some(self.skipped)
        } else {
            let found = ahead.iter().position(is_match).map(|position| before.len() + position);
            found.or_else(|| before.iter().position(is_match))
        };
        if let Some(found) = found {
            self.skipped = self.next;
            self.next = found + 1;
            return found;
        }
        let name = std::str::from_utf8(name).ok().map(str::to_owned);
        self.other = Some(Box::new(UnknownName(name)));
        self.known.len()
    }
}

impl<'de> DeserializeSeed<'de> for &mut FieldNames {
    type Value = usize;

    fn deserialize<D: Deserializer<'de>>(self, input: D) -> Result<usize, D::Error> {
        if self.are_unicode || !is_json::<D::Error>() {
            return input.deserialize_identifier(self);
        }
        // JSON can have a name that is not valid Unicode: `"\ud800"`. As a string, it would be an error. Bytes take longer.
        input.deserialize_bytes(self)
    }
}

impl Visitor<'_> for &mut FieldNames {
    type Value = usize;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a property name")
    }

    #[inline]
    fn visit_str<E: de::Error>(self, name: &str) -> Result<usize, E> {
        self.visit_bytes(name.as_bytes())
    }

    #[inline]
    fn visit_bytes<E>(self, name: &[u8]) -> Result<usize, E> {
        if self.known.get(self.next).is_some_and(|known| known.as_bytes() == name) {
            self.next += 1;
            return Ok(self.next - 1);
        }
        Ok(self.search(name))
    }
}
