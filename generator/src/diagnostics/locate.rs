//! Pointer -> line and column: one pass over the text, for all pointers at once.
//!
//! The text is read by another parser than the document was, since that one keeps no positions. Where the two disagree,
//! or the text stops making sense, a pointer leads to the nearest place above it that was found. Imports `pointer`.

use std::borrow::Cow;
use std::collections::HashMap;

use saphyr_parser::{Event, Marker, Parser};

use super::Pointer;

/// A place in a text; both count from 1, the column in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// The line.
    pub line: usize,
    /// The column.
    pub column: usize,
}

impl Position {
    /// Where a text begins.
    pub const START: Self = Self { line: 1, column: 1 };
}

/// Where the pointers lead, in their order; where something is missing, the nearest place above it.
pub(super) fn locate<'a>(text: &str, pointers: impl Iterator<Item = &'a Pointer>) -> Vec<Position> {
    let mut tree = Tree::default();
    let ends: Vec<usize> = pointers.map(|pointer| tree.plant(pointer)).collect();
    if tree.nodes.len() > 1 {
        Walk { tree: &mut tree, open: Vec::new() }.read(&readable(text));
    }
    ends.into_iter().map(|end| tree.position(end)).collect()
}

/// The places to look for, as a tree of keys.
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

    /// The position of a node or of the nearest one above that has any; the root has one.
    fn position(&self, mut node: usize) -> Position {
        loop {
            match self.nodes[node].position {
                Some(position) => return position,
                None => node = self.nodes[node].parent,
            }
        }
    }

    /// The child of a node that somebody looks for, which is found here.
    fn found(&mut self, parent: Option<usize>, key: &str, at: Marker) -> Option<usize> {
        let child = *self.nodes[parent?].children.get(key)?;
        // Of two equal keys the last one counts.
        self.nodes[child].position = Some(Position { line: at.line(), column: at.col() + 1 });
        Some(child)
    }
}

/// One walk over the events of a text.
struct Walk<'t> {
    tree: &'t mut Tree,
    open: Vec<Open>,
}

/// A list or mapping that is being read; `node` is its node, if anybody looks for something in it.
enum Open {
    List { node: Option<usize>, index: usize },
    Mapping { node: Option<usize>, next: Next },
}

/// What comes next in a mapping.
enum Next {
    Key,
    /// The value of the key that leads to this node.
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
                // The owner of the place is who wrote the alias.
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

    /// Takes a value, or a key, whose text is `text` if it is a scalar; gives back its node.
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
                    // What is inside a key has no pointer.
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

/// JSON escapes a character outside the basic plane as two halves; the parser knows YAML only and stops at them.
///
/// Any other character of the same length serves as well, since only places are looked for.
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

    /// Finds `pointer`, whose place is where `»` stands in the text.
    fn check(pointer: &str, marked: &str) {
        let before = &marked[..marked.find('»').expect("a mark")];
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        let found = locate(&marked.replacen('»', "", 1), [Pointer::parse(pointer)].iter());
        assert_eq!(found, [Position { line, column }], "{pointer} in {marked}");
    }

    #[test]
    fn a_member_is_found_at_its_key_and_an_element_at_its_start() {
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
    fn json_is_found_as_well() {
        check("/a/b", "{\"a\": {\n\t»\"b\": 1}}");
        check("/b", "{\"a\": \"\\ud83d\\ude00 \\u00e9 \\\\uD83D\", »\"b\": 1}");
        check("/a/2", "{\"a\":[1,2,»3]}");
    }

    #[test]
    fn what_is_missing_is_found_at_the_nearest_place_above() {
        check("", "»a: 1");
        check("/b/c", "»a: 1");
        check("/a/b/c", "x: 1\n»a: {d: 1}");
        check("/a/7", "x: 1\n»a: [1]");
    }

    #[test]
    fn aliases_merges_and_odd_keys_do_not_confuse() {
        check("/b/x", "a: &a {x: 1}\n»b: *a");
        check("/b/y", "a: &a {x: 1}\nb:\n  <<: *a\n  »y: 1");
        check("/c", "? [a, {b: 1}]\n: {c: 1}\n»c: 1");
        check("/b", "a: |\n  b: 1\n»b: 2");
        check("/c", "a: &k c\n? *k\n: 1\n»c: 2");
    }

    #[test]
    fn the_last_of_two_equal_keys_counts() {
        check("/a", "a: 1\n»a: 2");
    }

    #[test]
    fn a_broken_text_still_tells_what_came_before() {
        check("/a/b", "a:\n  »b: 1\nc: ]");
        check("/c/d", "a:\n  b: 1\n»c: ]");
    }
}
