//! Collects the text inside a block, then writes it with as few escapes as possible.

use super::characters::{clean, flanks};
use super::part::{Mark, Part};
use super::spelling::Spelling;
use super::words::Words;

/// The text of one block.
#[derive(Debug, Default)]
pub(super) struct Inline {
    parts: Vec<Part>,
    /// The open marks and their positions; `None` for a mark that is not written.
    open: Vec<(Mark, Option<usize>)>,
    pairs: Vec<(usize, usize)>,
}

impl Inline {
    pub(super) fn text(&mut self, text: &str) {
        let text = clean(text);
        if let Some(Part::Text(last)) = self.parts.last_mut() {
            last.push_str(&text);
        } else {
            self.parts.push(Part::Text(text.into_owned()));
        }
    }

    pub(super) fn code(&mut self, text: &str) {
        let text = clean(text).replace('\n', " ");
        if text.is_empty() {
            return;
        }
        let fence = "`".repeat(longest_run(&text, b'`') + 1);
        let fence = if text.contains('`') { fence.as_str() } else { "`" };
        let spaced = text.starts_with(' ') && text.ends_with(' ') && !text.trim().is_empty();
        let pad = if spaced || text.starts_with('`') || text.ends_with('`') { " " } else { "" };
        self.parts.push(Part::Verbatim(format!("{fence}{pad}{text}{pad}{fence}")));
    }

    pub(super) fn verbatim(&mut self, text: &str) {
        self.parts.push(Part::Verbatim(text.to_owned()));
    }

    pub(super) fn line_break(&mut self) {
        self.parts.push(Part::Break);
    }

    /// Opens a mark. It has no effect inside another of its kind, or if `written` is false.
    pub(super) fn open(&mut self, mark: Mark, written: bool) {
        let written = written && !self.open.iter().any(|&(outer, at)| outer == mark && at.is_some());
        self.open.push((mark, written.then_some(self.parts.len())));
        if written {
            self.parts.push(Part::Open(mark));
        }
    }

    /// Closes the last mark. `given` is the target of a link.
    pub(super) fn close(&mut self, given: &str) {
        let Some((mark, Some(start))) = self.open.pop() else { return };
        while matches!(self.parts[start + 1..], [.., Part::Break]) {
            self.parts.pop();
        }
        let whole = mark == Mark::Link && self.is_target(start, given);
        let target = if mark == Mark::Link { spell_target(given) } else { String::new() };
        let blank = self.parts[start + 1..].iter().all(|part| match part {
            Part::Text(text) => text.trim().is_empty(),
            Part::Verbatim(_) => false,
            _ => true,
        });
        if blank || whole {
            let address = if whole { given } else { &target };
            while self.pairs.last().is_some_and(|&(open, _)| open > start) {
                self.pairs.pop();
            }
            self.parts.truncate(start);
            if mark == Mark::Link {
                let address = address.trim_start_matches("mailto:");
                self.parts.push(Part::Verbatim(format!("<{address}>")));
            }
            return;
        }
        self.pairs.push((start, self.parts.len()));
        self.parts.push(Part::Close(mark, target));
    }

    /// Closes an image: it becomes its text, or a link if it has no text.
    pub(super) fn close_image(&mut self, target: &str) {
        let Some(&(_, Some(start))) = self.open.last() else {
            self.open.pop();
            return;
        };
        if self.parts.len() == start + 1 {
            self.close(target);
        } else {
            self.open.pop();
            self.parts[start] = Part::Nothing;
        }
    }

    /// Closes brackets whose content begins at part `at`. Brackets around a code span are removed: they were a link to an
    /// item.
    pub(super) fn close_brackets(&mut self, at: usize, rest: &str) {
        let is_code = matches!(self.parts.get(at..), Some([Part::Verbatim(code)]) if code.starts_with('`'));
        match at.checked_sub(1).and_then(|before| self.parts.get_mut(before)) {
            Some(Part::Text(before)) if is_code && rest == "]" && before.ends_with('[') => drop(before.pop()),
            _ => self.text(rest),
        }
    }

    /// Returns the number of parts.
    pub(super) fn len(&self) -> usize {
        self.parts.len()
    }

    pub(super) fn ends_with_word(&self) -> bool {
        self.parts.iter().rev().find_map(Part::last).is_some_and(|last| last.is_alphanumeric() || last == ']')
    }

    /// Returns true if the text of the link that opened at `start` is its target.
    fn is_target(&self, start: usize, target: &str) -> bool {
        let bare = target.strip_prefix("mailto:").unwrap_or(target);
        let plain = !target.contains(|c: char| c.is_whitespace() || "<>|".contains(c));
        matches!(&self.parts[start + 1..], [Part::Text(text)] if plain && (text == target || text == bare))
    }

    pub(super) fn is_blank(&self) -> bool {
        !self.parts.iter().any(|part| match part {
            Part::Text(text) => !text.trim().is_empty(),
            part => matches!(part, Part::Verbatim(_)),
        })
    }

    /// Returns the words as Markdown. In a table cell, `|` is escaped.
    pub(super) fn words(mut self, cell: bool) -> Words {
        self.drop_unspellable();
        Spelling::new(self.parts).words(cell)
    }

    /// Removes emphasis that Markdown would read as literal marks.
    fn drop_unspellable(&mut self) {
        for index in 0..self.pairs.len() {
            let (open, close) = self.pairs[index];
            let delimiter = match self.parts[open] {
                Part::Open(Mark::Link) => continue,
                Part::Open(Mark::Strike) => b'~',
                _ => b'*',
            };
            let before = self.parts[..open].iter().rev().find_map(Part::last);
            let first = self.parts[open..close].iter().find_map(Part::first);
            let last = self.parts[open..close].iter().rev().find_map(Part::last);
            let after = self.parts[close..].iter().find_map(Part::first);
            let touches = open > 0 && matches!(self.parts[open - 1], Part::Close(..));
            if touches || !flanks(before, delimiter, first).0 || !flanks(last, delimiter, after).1 {
                self.parts[open] = Part::Nothing;
                self.parts[close] = Part::Nothing;
            }
        }
    }
}

impl Part {
    fn first(&self) -> Option<char> {
        match self {
            Part::Text(text) | Part::Verbatim(text) => text.chars().next(),
            Part::Open(Mark::Link) => Some('['),
            Part::Close(Mark::Link, _) => Some(']'),
            Part::Break => Some('\n'),
            _ => None,
        }
    }

    fn last(&self) -> Option<char> {
        match self {
            Part::Text(text) | Part::Verbatim(text) => text.chars().next_back(),
            Part::Close(Mark::Link, _) => Some(')'),
            part => part.first(),
        }
    }
}

/// Returns the target of a link as it is written between parentheses.
fn spell_target(target: &str) -> String {
    let plain = parentheses_pair(target);
    let mut out = String::with_capacity(target.len());
    for character in clean(target).chars() {
        match character {
            '\n' => {}
            ' ' | '<' | '>' | '\\' | '|' | '`' | '"' => {
                out.push_str(&format!("%{:02X}", u32::from(character)))
            }
            '(' if !plain => out.push_str("%28"),
            ')' if !plain => out.push_str("%29"),
            _ => out.push(character),
        }
    }
    out
}

/// Returns true if the parentheses are balanced, and nested so little that every parser accepts them.
fn parentheses_pair(target: &str) -> bool {
    let step = |open: i32, byte| match byte {
        b'(' if open < 4 => Some(open + 1),
        b')' if open > 0 => Some(open - 1),
        b'(' | b')' => None,
        _ => Some(open),
    };
    target.bytes().try_fold(0, step) == Some(0)
}

/// Returns the length of the longest run of a character.
pub(super) fn longest_run(text: &str, byte: u8) -> usize {
    text.as_bytes().split(|&other| other != byte).map(<[u8]>::len).max().unwrap_or(0)
}
