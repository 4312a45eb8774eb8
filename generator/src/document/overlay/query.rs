//! Parses the queries of actions, and refuses those that take too long to parse or to evaluate.
//!
//! `serde_json_path` parses by trying, on the stack, and evaluates a query as a whole. So `scan` reads the text first,
//! and splits it into segments, which `select` evaluates one by one.
//!
//! Imports `fault`, `pattern` and `scan`.

use std::fmt;

use serde_json_path::JsonPath;

use super::fault::Fault;
use super::pattern;
use super::scan::{self, Scanned};

/// A JSONPath whose evaluation can be limited.
pub(super) struct Query {
    text: String,
    pub(super) segments: Vec<Segment>,
}

/// A step of a query from values to values inside.
pub(super) struct Segment {
    /// The segment as a query of its own.
    pub(super) query: JsonPath,
    /// True if the segment also selects values inside of values inside.
    pub(super) descends: bool,
    pub(super) cost: Cost,
}

/// The cost of a segment for one value.
pub(super) struct Cost {
    /// The number of times that each value in reach is examined.
    pub(super) weight: usize,
    /// The number of levels below the value that are examined.
    pub(super) levels: usize,
}

/// The characters of a query that a message shows.
const SHOWN: usize = 60;

impl Query {
    pub(super) fn parse(text: &str) -> Result<Self, Fault> {
        let scanned = scan::scan(text)?;
        let parsed = |query: &str| JsonPath::parse(query);
        if let Err(error) = parsed(text) {
            return Err(syntax_fault(text, error.position(), error.message()));
        }
        let segments = scanned.into_iter().map(|scanned| {
            let query = parsed(&scanned.as_child(text)).map_err(|error| {
                Fault::at(text, scanned.range.start + error.position(), error.message(), Fault::EXAMPLE)
            })?;
            Ok(Segment { query, descends: scanned.descends, cost: Cost::of(&scanned, text)? })
        });
        Ok(Self { text: text.to_owned(), segments: segments.collect::<Result<_, Fault>>()? })
    }
}

/// A long query is shown in part.
impl fmt::Display for Query {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.text.char_indices().nth(SHOWN) {
            Some((end, _)) => write!(formatter, "{}…", &self.text[..end]),
            None => formatter.write_str(&self.text),
        }
    }
}

impl Cost {
    fn of(scanned: &Scanned, text: &str) -> Result<Self, Fault> {
        let mut weight = scanned.weight;
        for literal in &scanned.patterns {
            let Some(size) = pattern::size(&text[literal.clone()]) else {
                let help = "write a shorter pattern, without counted repetitions such as `{100}`";
                return Err(Fault::at(text, literal.start, "the pattern is too large", help));
            };
            weight = weight.saturating_add(size);
        }
        Ok(Self { weight, levels: scanned.levels })
    }
}

/// Returns a fault that the parser has found. A key like `x-a` needs quotes.
fn syntax_fault(text: &str, byte: usize, message: &str) -> Fault {
    match unquoted_key(text, byte) {
        Some(key) => {
            let help = format!("write `['{}']` instead of `.{key}`", key.replace('\'', "\\'"));
            Fault::at(text, byte, "the key needs quotes", &help)
        }
        None => Fault::at(text, byte, message, Fault::EXAMPLE),
    }
}

/// Returns the key after a dot that has a character at `byte` which a key without quotes cannot have.
fn unquoted_key(text: &str, byte: usize) -> Option<&str> {
    let start = text.get(..byte)?.rfind('.')? + 1;
    let is_plain = |character: char| character.is_alphanumeric() || character == '_';
    if !text[start..byte].chars().all(is_plain) {
        return None;
    }
    let ends_key = |character: char| ".[]()=!<>&|,*'\"".contains(character) || character.is_whitespace();
    let key = &text[start..];
    let key = &key[..key.find(ends_key).unwrap_or(key.len())];
    (start + key.len() > byte).then_some(key)
}
