//! Turns JSON pointers into lines and columns.
//!
//! A document is searched in one pass for all pointers.
//!
//! The parser that reads the document keeps no positions, so another parser reads the text here. Where the two disagree,
//! or the text is not valid, a pointer gets the position of its nearest ancestor that was found. Imports `pointer`.

use std::borrow::Cow;
use std::collections::HashMap;

use saphyr_parser::{Event, Marker, Parser};
use toml::de::{DeTable, DeValue};

use super::Pointer;

/// A position in a text. Lines and columns count from 1; columns count characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// The line.
    pub line: usize,
    /// The column.
    pub column: usize,
}

impl Position {
    /// The start of a text.
    pub const START: Self = Self { line: 1, column: 1 };

    /// Returns the position of a byte of a text.
    pub(crate) fn of_offset(text: &str, offset: usize) -> Self {
        let before = text.get(..offset).unwrap_or(text);
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        Self { line: before.matches('\n').count() + 1, column: before[line_start..].chars().count() + 1 }
    }
}

/// Returns the position of each pointer, in order. Where a pointer has no value, the nearest ancestor counts.
pub(super) fn locate<'a>(text: &str, pointers: impl Iterator<Item = &'a Pointer>) -> Vec<Position> {
    let mut tree = Tree::default();
    let ends: Vec<usize> = pointers.map(|pointer| tree.plant(pointer)).collect();
    if tree.nodes.len() > 1 {
        Walk { tree: &mut tree, open: Vec::new() }.read(&readable(text));
    }
    ends.into_iter().map(|end| tree.position(end)).collect()
}

/// Returns the position of each pointer into a TOML text, in order. A property is located at its key, an element
/// of an array at its value. Where a pointer has no value, the nearest ancestor counts.
pub(super) fn locate_toml<'a>(text: &str, pointers: impl Iterator<Item = &'a Pointer>) -> Vec<Position> {
    let (document, _) = DeTable::parse_recoverable(text);
    let at = |pointer: &Pointer| {
        let mut offset = 0;
        let mut value: Option<&DeValue<'_>> = None;
        for segment in pointer.segments() {
            let below = match value {
                None => document.get_ref().get_key_value(segment.as_str()),
                Some(DeValue::Table(table)) => table.get_key_value(segment.as_str()),
                Some(DeValue::Array(items)) => {
                    let Some(item) = segment.parse().ok().and_then(|index: usize| items.get(index)) else {
                        break;
                    };
                    offset = item.span().start;
                    value = Some(item.get_ref());
                    continue;
                }
                Some(_) => break,
            };
            let Some((key, below)) = below else { break };
            offset = key.span().start;
            value = Some(below.get_ref());
        }
        offset
    };
    positions(text, &pointers.map(at).collect::<Vec<usize>>())
}

/// Returns the positions of bytes of a text, in order.
fn positions(text: &str, offsets: &[usize]) -> Vec<Position> {
    let mut ascending: Vec<usize> = (0..offsets.len()).collect();
    ascending.sort_by_key(|index| offsets[*index]);
    let mut positions = vec![Position::START; offsets.len()];
    let mut position = Position::START;
    let mut characters = text.char_indices().peekable();
    for index in ascending {
        while let Some((_, character)) = characters.next_if(|(start, _)| *start < offsets[index]) {
            position = match character {
                '\n' => Position { line: position.line + 1, column: 1 },
                _ => Position { column: position.column + 1, ..position },
            };
        }
        positions[index] = position;
    }
    positions
}

/// The pointers to look for, as a tree of keys.
struct Tree {
    nodes: Vec<Node>,
}

#[derive(Default)]
struct Node {
    parent: usize,
    children: HashMap<String, usize>,
    position: Option<Position>,
}

impl Default for Tree {
    fn default() -> Self {
        Self { nodes: vec![Node { position: Some(Position::START), ..Node::default() }] }
    }
}

impl Tree {
    const ROOT: usize = 0;

    fn plant(&mut self, pointer: &Pointer) -> usize {
        pointer.segments().fold(Self::ROOT, |parent, key| {
            if let Some(child) = self.nodes[parent].children.get(&key) {
                return *child;
            }
            let child = self.nodes.len();
            self.nodes.push(Node { parent, ..Node::default() });
            self.nodes[parent].children.insert(key, child);
            child
        })
    }

    /// Returns the position of a node, or of its nearest ancestor that has a position. The root has one.
    fn position(&self, mut node: usize) -> Position {
        loop {
            match self.nodes[node].position {
                Some(position) => return position,
                None => node = self.nodes[node].parent,
            }
        }
    }

    /// Records the position of the child `key`, if a pointer leads to it, and returns the child.
    fn found(&mut self, parent: Option<usize>, key: &str, at: Marker) -> Option<usize> {
        let child = *self.nodes[parent?].children.get(key)?;
        // The last of two equal keys counts.
        self.nodes[child].position = Some(Position { line: at.line(), column: at.col() + 1 });
        Some(child)
    }
}

/// One walk over the events of a text.
struct Walk<'t> {
    tree: &'t mut Tree,
    open: Vec<Open>,
}

/// A list or mapping that is being read. `node` is its node, if a pointer leads into it.
enum Open {
    List { node: Option<usize>, index: usize },
    Mapping { node: Option<usize>, next: Next },
}

/// The next item of a mapping.
enum Next {
    Key,
    /// The value of a key, with the node of the key if a pointer leads to it.
    Value(Option<usize>),
}

impl Walk<'_> {
    fn read(mut self, text: &str) {
        let mut parser = Parser::new_from_str(text);
        while let Some(Ok((event, span))) = parser.next_event() {
            match event {
                Event::Scalar(text, ..) => {
                    self.value(Some(&text), span.start);
                }
                // A finding inside an aliased value is shown at the alias.
                Event::Alias(_) => {
                    self.value(None, span.start);
                }
                Event::SequenceStart(..) => {
                    let node = self.value(None, span.start);
                    self.open.push(Open::List { node, index: 0 });
                }
                Event::MappingStart(..) => {
                    let node = self.value(None, span.start);
                    self.open.push(Open::Mapping { node, next: Next::Key });
                }
                Event::SequenceEnd | Event::MappingEnd => {
                    self.open.pop();
                }
                Event::DocumentEnd => return,
                _ => {}
            }
        }
    }

    /// Handles a value or a key, with its text if it is a scalar, and returns its node.
    fn value(&mut self, text: Option<&str>, at: Marker) -> Option<usize> {
        match self.open.last_mut() {
            None => Some(Tree::ROOT),
            Some(Open::List { node, index }) => {
                let (node, key) = (*node, index.to_string());
                *index += 1;
                self.tree.found(node, &key, at)
            }
            Some(Open::Mapping { node, next }) => match next {
                Next::Key => {
                    let child = text.and_then(|key| self.tree.found(*node, key, at));
                    *next = Next::Value(child);
                    // A value inside a key has no JSON pointer.
                    None
                }
                Next::Value(child) => {
                    let child = *child;
                    *next = Next::Key;
                    child
                }
            },
        }
    }
}

/// Replaces JSON's escapes of surrogates, at which the YAML parser would stop.
///
/// The replacement has the same length, so that positions stay the same.
fn readable(text: &str) -> Cow<'_, str> {
    if !text.contains("\\ud") && !text.contains("\\uD") {
        return Cow::Borrowed(text);
    }
    let mut readable = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find("\\u") {
        let (before, escape) = rest.split_at(start);
        readable.push_str(before);
        let is_half =
            matches!(escape.as_bytes(), [_, _, b'd' | b'D', b'8'..=b'9' | b'a'..=b'f' | b'A'..=b'F', ..]);
        readable.push_str(if is_half { "\\u00" } else { &escape[..2] });
        rest = if is_half { &escape[4..] } else { &escape[2..] };
    }
    readable.push_str(rest);
    Cow::Owned(readable)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Expects `pointer` at the `»` in the text.
    fn check(pointer: &str, marked: &str) {
        let before = &marked[..marked.find('»').expect("the text has a mark")];
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        let found = locate(&marked.replacen('»', "", 1), [Pointer::parse(pointer)].iter());
        assert_eq!(found, [Position { line, column }], "{pointer} in {marked}");
    }

    #[test]
    fn a_property_is_located_at_its_key_and_an_element_at_its_start() {
        check("/a", "»a: 1");
        check("/a/b", "a:\n  »b: 1");
        check("/a/1", "a:\n- x\n- »y");
        check("/a/1/b", "a:\n- x\n- »b: 1");
        check("/paths/~1pets~1{id}/get", "paths:\n  /pets/{id}:\n    »get: {}");
        check("/200", "»200: ok");
        check("/b", "a: é\n»b: 1");
        check("/a/b", "a: 1\r\na:\r\n  »b: 1");
        check("/é/b", "{é: {»b: 1}}");
    }

    #[test]
    fn json_is_located() {
        check("/a/b", "{\"a\": {\n\t»\"b\": 1}}");
        check("/b", "{\"a\": \"\\ud83d\\ude00 \\u00e9 \\\\uD83D\", »\"b\": 1}");
        check("/a/2", "{\"a\":[1,2,»3]}");
    }

    #[test]
    fn a_pointer_to_nothing_gets_its_nearest_ancestor() {
        check("", "»a: 1");
        check("/b/c", "»a: 1");
        check("/a/b/c", "x: 1\n»a: {d: 1}");
        check("/a/7", "x: 1\n»a: [1]");
    }

    #[test]
    fn aliases_merge_keys_and_complex_keys_are_handled() {
        check("/b/x", "a: &a {x: 1}\n»b: *a");
        check("/b/y", "a: &a {x: 1}\nb:\n  <<: *a\n  »y: 1");
        check("/c", "? [a, {b: 1}]\n: {c: 1}\n»c: 1");
        check("/b", "a: |\n  b: 1\n»b: 2");
        check("/c", "a: &k c\n? *k\n: 1\n»c: 2");
    }

    #[test]
    fn keys_and_elements_of_toml_are_located() {
        #[track_caller]
        fn check(segments: &[&str], marked: &str) {
            let text = marked.replacen('»', "", 1);
            let offset = marked.find('»').expect("the text has a mark");
            let found = locate_toml(&text, [Pointer::in_config(segments.iter().copied())].iter());
            assert_eq!(found, [Position::of_offset(&text, offset)], "{segments:?} in {marked}");
        }
        check(&["names", "types", "a.b/c"], "x = 1\n[names.types]\n»'a.b/c' = 'D'");
        check(&["operations", "include", "1"], "[operations]\ninclude = [\n  'a', # one\n  »'b',\n]");
        check(&["names", "types", "gone"], "[names]\n»types = { a = 'B' }");
        check(&["gone"], "»a = 1");
        check(&["a", "b"], "»a = 1");
        check(&["a", "7"], "»a = [1]");
    }

    #[test]
    fn the_last_of_two_equal_keys_counts() {
        check("/a", "a: 1\n»a: 2");
    }

    #[test]
    fn values_before_a_syntax_error_are_located() {
        check("/a/b", "a:\n  »b: 1\nc: ]");
        check("/c/d", "a:\n  b: 1\n»c: ]");
    }
}
