//! Escapes the text of a block, and wraps it.
//!
//! An escape is written where Markdown would see a mark without it, and nowhere else: `snake_case`, a lone `*` and
//! `a < b` stay as they are.

use super::characters::flanks;
use super::inline::{Mark, Part, Word, is_absolute};

/// The text of a block with its Markdown in place, and what is still to be escaped.
pub(super) struct Spelling {
    raw: String,
    /// The end of each span of `raw`, in order.
    spans: Vec<(usize, Span)>,
    /// For `*`, `_` and `~`: whether the block has marks of that kind.
    marked: [bool; 3],
    last_bracket: usize,
    last_angle: usize,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Span {
    Text,
    /// Inside a link's brackets, where neither bracket is free.
    Linked,
    Markdown,
    Break,
}

const DELIMITERS: [u8; 3] = *b"*_~";

impl Spelling {
    pub(super) fn new(parts: Vec<Part>) -> Self {
        let mut this = Self {
            raw: String::new(),
            spans: Vec::new(),
            marked: [false; 3],
            last_bracket: 0,
            last_angle: 0,
        };
        let underlined = underlined(&parts);
        let mut linked = false;
        for (part, underlined) in parts.into_iter().zip(underlined) {
            match part {
                Part::Text(text) if linked => this.push(&text, Span::Linked),
                Part::Text(text) => this.text(&text),
                Part::Verbatim(text) => this.push(&text, Span::Markdown),
                Part::Break => this.push("\n", Span::Break),
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
        this.last_angle = this.raw.rfind('>').unwrap_or(0);
        this
    }

    fn push(&mut self, text: &str, span: Span) {
        self.raw.push_str(text);
        self.spans.push((self.raw.len(), span));
    }

    /// Adds text, its addresses as links.
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

    pub(super) fn words(&self, cell: bool) -> Vec<Word> {
        let mut runs = self.runs().into_iter().peekable();
        let mut words = Vec::new();
        let mut word = String::new();
        let mut start = 0;
        for &(end, span) in &self.spans {
            let text = &self.raw[start..end];
            match span {
                Span::Markdown if cell && text.contains('|') => word.push_str(&text.replace('|', "\\|")),
                Span::Markdown => word.push_str(text),
                Span::Break => {
                    finish(&mut words, &mut word);
                    words.push(Word::Break);
                }
                Span::Text | Span::Linked => {
                    for (index, character) in text.char_indices() {
                        let at = start + index;
                        while runs.next_if(|run| run.end <= at).is_some() {}
                        if character.is_whitespace() {
                            finish(&mut words, &mut word);
                            continue;
                        }
                        let in_run = runs.peek().is_some_and(|run| run.contains(&at));
                        if in_run || self.needs_escape(at, character, span == Span::Linked, cell) {
                            word.push('\\');
                        }
                        word.push(character);
                    }
                }
            }
            start = end;
        }
        finish(&mut words, &mut word);
        words
    }

    fn needs_escape(&self, at: usize, character: char, linked: bool, cell: bool) -> bool {
        let rest = &self.raw[at + character.len_utf8()..];
        let next = rest.bytes().next();
        match character {
            '`' => true,
            '\\' => next.is_none_or(|next| next.is_ascii_punctuation() || next.is_ascii_whitespace()),
            '|' => cell,
            ']' => linked,
            '[' if next == Some(b']') && !linked => matches!(rest.as_bytes().get(1), Some(b'(' | b'[')),
            '[' => linked || self.last_bracket > at,
            '<' => {
                self.last_angle > at
                    && next.is_some_and(|next| next.is_ascii_alphabetic() || b"/!?".contains(&next))
            }
            '!' => next == Some(b'[') && self.starts_markdown(at + 1),
            '&' => {
                let name =
                    rest.bytes().take(40).take_while(|b| b.is_ascii_alphanumeric() || *b == b'#').count();
                name > 0 && rest.as_bytes().get(name) == Some(&b';')
            }
            _ => false,
        }
    }

    fn starts_markdown(&self, at: usize) -> bool {
        let span = self.spans.partition_point(|&(end, _)| end <= at);
        self.spans.get(span).is_some_and(|&(_, span)| span == Span::Markdown)
    }

    /// The runs of `*`, `_` and `~` that Markdown would pair with others.
    fn runs(&self) -> Vec<std::ops::Range<usize>> {
        let bytes = self.raw.as_bytes();
        let mut runs = Vec::new();
        let mut start = 0;
        for &(end, span) in &self.spans {
            let mut at = start;
            while at < end && matches!(span, Span::Text | Span::Linked) {
                let Some(kind) = DELIMITERS.iter().position(|&delimiter| delimiter == bytes[at]) else {
                    at += 1;
                    continue;
                };
                let length = bytes[at..end].iter().take_while(|&&byte| byte == bytes[at]).count();
                let before = self.raw[..at].chars().next_back();
                let after = self.raw[at + length..].chars().next();
                // Beside a mark of its kind a run would be one with it.
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

fn finish(words: &mut Vec<Word>, word: &mut String) {
    if !word.is_empty() {
        words.push(Word::Text(std::mem::take(word)));
    }
}

/// For each part, whether it is emphasis better written with `_`: right beside strong text, where `***` reads badly.
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

/// The first address in a text, without the punctuation of the sentence around it.
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
        // `git+https` is a scheme of its own.
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
                // A placeholder is part of the address.
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
    loop {
        let address = &text[..end];
        let count = |c: char| address.matches(c).count();
        let shorter = match address.bytes().last() {
            Some(b'.' | b',' | b':' | b';' | b'!' | b'?' | b'\'' | b'*' | b'_' | b'~') => true,
            Some(b')') => count(')') > count('('),
            Some(b']') => count(']') > count('['),
            Some(b'}') => count('}') > count('{'),
            _ => false,
        };
        if !shorter {
            return end;
        }
        end -= 1;
    }
}

fn is_placeholder(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-.".contains(&byte))
}

/// The words in lines of at most `width` characters, as far as they can be broken.
pub(super) fn wrap(words: Vec<Word>, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    let mut length = 0;
    for word in words {
        let text = match word {
            Word::Break if line.is_empty() => continue,
            Word::Break => {
                let mut whole = guard(std::mem::take(&mut line));
                whole.push('\\');
                lines.push(whole);
                continue;
            }
            Word::Text(text) => text,
        };
        let needed = text.chars().count();
        if line.is_empty() {
            length = needed;
        } else if length + 1 + needed > width {
            lines.push(guard(std::mem::take(&mut line)));
            length = needed;
        } else {
            line.push(' ');
            length += 1 + needed;
        }
        line.push_str(&text);
    }
    if !line.is_empty() {
        lines.push(guard(line));
    } else if let Some(last) = lines.last_mut() {
        last.pop();
    }
    lines
}

/// Escapes what would make a line of a paragraph begin a block.
fn guard(mut line: String) -> String {
    let bytes = line.as_bytes();
    let space = |at: usize| bytes.get(at).is_none_or(|&byte| byte == b' ');
    let only = |set: &[u8]| bytes.iter().all(|byte| set.contains(byte));
    let run = |byte: u8| bytes.iter().take_while(|&&other| other == byte).count();
    let digits = bytes.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let at = match bytes[0] {
        b'>' => Some(0),
        b'#' if run(b'#') <= 6 && space(run(b'#')) => Some(0),
        b'-' | b'+' | b'*' if space(1) => Some(0),
        b'-' | b'|' | b':' if only(b"-|: ") && line.contains('-') => Some(0),
        b'*' | b'_' | b'=' if only(&[bytes[0], b' ']) => Some(0),
        b'~' if run(b'~') >= 3 => Some(0),
        _ if digits > 0
            && digits < 10
            && matches!(bytes.get(digits), Some(b'.' | b')'))
            && space(digits + 1) =>
        {
            Some(digits)
        }
        _ => None,
    };
    if let Some(at) = at {
        line.insert(at, '\\');
    }
    line
}
