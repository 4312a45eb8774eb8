//! Escapes the text of a block.
//!
//! A character is only escaped where Markdown would read it as a mark: `snake_case`, a lone `*` and `a < b` are unchanged.

use super::characters::flanks;
use super::part::{Mark, Part, is_absolute};
use super::words::Words;

/// The text of a block: Markdown, and text that has not been escaped yet.
pub(super) struct Spelling {
    raw: String,
    /// The end of each span of `raw`, in order.
    spans: Vec<(usize, Span)>,
    /// For `*`, `_` and `~`: true if the block has marks of that kind.
    marked: [bool; 3],
    last_bracket: usize,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Span {
    Text,
    /// Text of a link, in which both brackets are escaped.
    Linked,
    Markdown,
    Break,
}

impl Spelling {
    pub(super) fn new(parts: Vec<Part>) -> Self {
        let mut this = Self { raw: String::new(), spans: Vec::new(), marked: [false; 3], last_bracket: 0 };
        let underlined = underlined(&parts);
        let mut linked = false;
        for (part, underlined) in parts.into_iter().zip(underlined) {
            match part {
                Part::Text(text) if linked => this.push(&text, Span::Linked),
                Part::Text(text) => this.text(&text),
                Part::Verbatim(text) => this.push(&text, Span::Markdown),
                // The backslash decides whether a mark before it can close.
                Part::Break => this.push("\\\n", Span::Break),
                Part::Nothing => {}
                Part::Open(Mark::Link) => {
                    linked = true;
                    this.push("[", Span::Markdown);
                }
                Part::Close(Mark::Link, target) => {
                    linked = false;
                    this.push(&format!("]({target})"), Span::Markdown);
                }
                Part::Open(mark) | Part::Close(mark, _) => {
                    let (kind, text) = match mark {
                        Mark::Emphasis if underlined => (1, "_"),
                        Mark::Emphasis => (0, "*"),
                        Mark::Strike => (2, "~~"),
                        _ => (0, "**"),
                    };
                    this.marked[kind] = true;
                    this.push(text, Span::Markdown);
                }
            }
        }
        this.last_bracket = this.raw.rfind(']').unwrap_or(0);
        this
    }

    fn push(&mut self, text: &str, span: Span) {
        if text.is_empty() {
            return;
        }
        // Two adjacent code spans would be read as one.
        let follows_code =
            self.spans.last().is_some_and(|&(_, last)| last == Span::Markdown) && self.raw.ends_with('`');
        if follows_code && span == Span::Markdown && text.starts_with('`') {
            self.push(" ", Span::Text);
        }
        self.raw.push_str(text);
        self.spans.push((self.raw.len(), span));
    }

    /// Adds text. Addresses become links.
    fn text(&mut self, text: &str) {
        let mut rest = text;
        while let Some(found) = find_address(rest) {
            self.push(&rest[..found.start], Span::Text);
            let address = &rest[found.clone()];
            let is_template =
                !address.starts_with("http") || address.contains(['{', '<', '$', '[', ']', '*']);
            let (open, close) = if is_template { ("`", "`") } else { ("<", ">") };
            self.push(&format!("{open}{address}{close}"), Span::Markdown);
            rest = &rest[found.end..];
        }
        self.push(rest, Span::Text);
    }

    pub(super) fn words(&self, cell: bool) -> Words {
        let mut runs = self.runs().into_iter().peekable();
        let mut words = Words::with_capacity(self.raw.len());
        let mut start = 0;
        for &(end, span) in &self.spans {
            let text = &self.raw[start..end];
            match span {
                Span::Markdown if cell && text.contains('|') => words.push(&text.replace('|', "\\|")),
                Span::Markdown => words.push(text),
                Span::Break => words.end_line(),
                Span::Text | Span::Linked => {
                    let mut copied = start;
                    for (index, byte) in text.bytes().enumerate() {
                        let at = start + index;
                        // Beyond ASCII there are no marks, and after `clean` no spaces.
                        if byte == b' ' || byte == b'\n' {
                            words.push(&self.raw[copied..at]);
                            words.end_word();
                            copied = at + 1;
                        } else if b"*_~`\\|[]<!&".contains(&byte) {
                            while runs.next_if(|run| run.end <= at).is_some() {}
                            let in_run = runs.peek().is_some_and(|run| run.contains(&at));
                            if in_run || self.needs_escape(at, byte, span == Span::Linked, cell) {
                                words.push(&self.raw[copied..at]);
                                words.push("\\");
                                copied = at;
                            }
                        }
                    }
                    words.push(&self.raw[copied..end]);
                }
            }
            start = end;
        }
        words.end_word();
        words
    }

    fn needs_escape(&self, at: usize, mark: u8, linked: bool, cell: bool) -> bool {
        let rest = &self.raw.as_bytes()[at + 1..];
        let next = rest.first().copied();
        match mark {
            b'`' => true,
            b'\\' => next.is_none_or(|next| next.is_ascii_punctuation() || next.is_ascii_whitespace()),
            b'|' => cell,
            b']' => linked,
            b'[' if next == Some(b']') && !linked => matches!(rest.get(1), Some(b'(' | b'[')),
            b'[' => linked || self.last_bracket > at,
            // An HTML block begins without a `>`.
            b'<' => next.is_some_and(|next| next.is_ascii_alphabetic() || b"/!?".contains(&next)),
            b'!' => next == Some(b'[') && self.starts_markdown(at + 1),
            b'&' => {
                let name =
                    rest.iter().take(40).take_while(|b| b.is_ascii_alphanumeric() || **b == b'#').count();
                name > 0 && rest.get(name) == Some(&b';')
            }
            _ => false,
        }
    }

    fn starts_markdown(&self, at: usize) -> bool {
        let span = self.spans.partition_point(|&(end, _)| end <= at);
        self.spans.get(span).is_some_and(|&(_, span)| span == Span::Markdown)
    }

    /// Returns the runs of `*`, `_` and `~` that Markdown would pair with others.
    fn runs(&self) -> Vec<std::ops::Range<usize>> {
        let bytes = self.raw.as_bytes();
        let mut runs = Vec::new();
        let mut start = 0;
        for &(end, span) in &self.spans {
            let mut at = start;
            while at < end && matches!(span, Span::Text | Span::Linked) {
                let kind = match bytes[at] {
                    b'*' => 0,
                    b'_' => 1,
                    b'~' => 2,
                    _ => {
                        at += 1;
                        continue;
                    }
                };
                let length = bytes[at..end].iter().take_while(|&&byte| byte == bytes[at]).count();
                let before = self.raw[..at].chars().next_back();
                let after = self.raw[at + length..].chars().next();
                // Next to a mark of its kind, a run would merge with the mark.
                let joins = [before, after].contains(&Some(char::from(bytes[at])));
                let flanks = if joins { (true, true) } else { flanks(before, bytes[at], after) };
                runs.push((at..at + length, kind, flanks));
                at += length;
            }
            start = end;
        }
        let mut last_close = self.marked.map(|marked| if marked { usize::MAX } else { 0 });
        for (index, (_, kind, (_, closes))) in runs.iter().enumerate() {
            if *closes {
                last_close[*kind] = last_close[*kind].max(index);
            }
        }
        let mut opened = self.marked;
        let pairs = |(index, (range, kind, (opens, closes)))| {
            let kind: usize = kind;
            let pairs = opens && last_close[kind] > index || closes && opened[kind];
            opened[kind] |= opens;
            pairs.then_some(range)
        };
        runs.into_iter().enumerate().filter_map(pairs).collect()
    }
}

/// Returns for each part true if it is emphasis to be written with `_`: next to strong text, `***` is hard to read.
fn underlined(parts: &[Part]) -> Vec<bool> {
    let mut underlined = vec![false; parts.len()];
    let mut open = None;
    for (index, part) in parts.iter().enumerate() {
        match part {
            Part::Open(Mark::Emphasis) => open = Some(index),
            Part::Close(Mark::Emphasis, _) => {
                let Some(start) = open.take() else { continue };
                let beside = matches!(parts[start + 1], Part::Open(Mark::Strong))
                    || matches!(parts[index - 1], Part::Close(Mark::Strong, _));
                let word = |part: Option<&Part>, last: bool| match part {
                    Some(Part::Text(text) | Part::Verbatim(text)) => {
                        let side = if last { text.chars().next_back() } else { text.chars().next() };
                        side.is_some_and(|side| !side.is_whitespace())
                    }
                    None | Some(Part::Break) => false,
                    Some(_) => true,
                };
                let before = start.checked_sub(1).map(|before| &parts[before]);
                if beside && !word(before, true) && !word(parts.get(index + 1), false) {
                    underlined[start] = true;
                    underlined[index] = true;
                }
            }
            _ => {}
        }
    }
    underlined
}

/// Returns the range of the first address in a text, without the punctuation of the sentence.
fn find_address(text: &str) -> Option<std::ops::Range<usize>> {
    let mut from = 0;
    loop {
        let scheme = from + text.get(from..)?.find("http")?;
        let rest = &text[scheme..];
        if !rest.starts_with("http://") && !rest.starts_with("https://") {
            from = scheme + 4;
            continue;
        }
        let end = scheme + address_length(rest);
        // In `git+https://`, the scheme begins before `https`.
        let own =
            text[from..scheme].bytes().rev().take_while(|b| b.is_ascii_alphanumeric() || b"+-.".contains(b));
        let start = scheme - own.count();
        if is_absolute(&text[scheme..end]) {
            return Some(start..end);
        }
        from = scheme + 4;
    }
}

fn address_length(text: &str) -> usize {
    let mut end = text.len();
    let mut characters = text.char_indices();
    while let Some((at, character)) = characters.next() {
        let stops = match character {
            '<' => match text[at..].find('>') {
                // A placeholder such as `<host>` is part of the address.
                Some(close) if is_placeholder(&text[at + 1..at + close]) => {
                    characters.nth(close - 1);
                    false
                }
                _ => true,
            },
            '"' | '>' | '`' | '|' | '\\' => true,
            '\u{2000}'..='\u{206f}' | '\u{3000}'..='\u{303f}' | '\u{ff00}'..='\u{ffef}' => true,
            _ => character.is_whitespace(),
        };
        if stops {
            end = at;
            break;
        }
    }
    let count = |mark: u8| text.as_bytes()[..end].iter().filter(|&&byte| byte == mark).count();
    let mut unbalanced =
        [(b')', b'('), (b']', b'['), (b'}', b'{')].map(|(close, open)| (close, count(close), count(open)));
    while let Some(&last) = text.as_bytes()[..end].last() {
        let of_brackets =
            unbalanced.iter_mut().find(|(close, closes, opens)| *close == last && closes > opens);
        match of_brackets {
            Some((_, closes, _)) => *closes -= 1,
            None if b".,:;!?'*_~".contains(&last) => {}
            None => break,
        }
        end -= 1;
    }
    end
}

fn is_placeholder(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-.".contains(&byte))
}
