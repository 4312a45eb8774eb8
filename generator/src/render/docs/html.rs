//! Rewrites HTML in a description: known tags become Markdown, comments are removed, and other tags become text.
//!
//! The Markdown parser finds the HTML, so a tag in a code span stays code. The rewritten text is parsed once more, because
//! Markdown between the tags of an HTML block is only read then.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

use pulldown_cmark::{Event, Parser, Tag as Block, TagEnd};

use super::characters::flanks;
use super::extensions::options;

/// Returns the text without HTML.
pub(super) fn rewrite(text: &str) -> Cow<'_, str> {
    let opens = |pair: &[u8]| pair[0] == b'<' && (pair[1].is_ascii_alphabetic() || b"/!?".contains(&pair[1]));
    if !text.contains('<') || !text.as_bytes().windows(2).any(opens) {
        return Cow::Borrowed(text);
    }
    let mut tags = find(text);
    if tags.is_empty() {
        return Cow::Borrowed(text);
    }
    pair(text, &mut tags);
    let mut out = String::with_capacity(text.len());
    let mut lists: Vec<bool> = Vec::new();
    let mut at = 0;
    for tag in &tags {
        if tag.range.start < at {
            continue;
        }
        copy(&mut out, &text[at..tag.range.start], tag.block);
        at = tag.range.end;
        if tag.replace(text, &tags, &mut lists, &mut out) == Next::Trimmed {
            at += text[at..].len() - text[at..].trim_start_matches(' ').len();
            at += usize::from(text[at..].starts_with('\n'));
        } else if let (Some(close), "code" | "tt" | "kbd" | "samp") = (tag.partner, tag.name) {
            // The opening tag has written the whole code span.
            if !tag.closing {
                at = tags[close].range.end;
            }
        }
    }
    copy(&mut out, &text[at..], false);
    Cow::Owned(out)
}

#[derive(PartialEq, Eq)]
enum Next {
    AsIs,
    /// The space after the tag is removed.
    Trimmed,
}

/// A tag, or a comment, whose name is empty.
struct Tag<'a> {
    range: Range<usize>,
    name: &'a str,
    closing: bool,
    /// True in an HTML block, false in a line of text.
    block: bool,
    /// True inside a list or a quote, where no block can begin.
    nested: bool,
    /// True inside a heading or a table cell, which cannot have several lines.
    line: bool,
    /// The index of the matching closing or opening tag.
    partner: Option<usize>,
}

fn find(text: &str) -> Vec<Tag<'_>> {
    let mut tags = Vec::new();
    let (mut nested, mut line) = (0_usize, 0_usize);
    for (event, range) in Parser::new_ext(text, options()).into_offset_iter() {
        match event {
            Event::Start(Block::Item | Block::BlockQuote(_)) => nested += 1,
            Event::End(TagEnd::Item | TagEnd::BlockQuote(_)) => nested -= 1,
            Event::Start(Block::Heading { .. } | Block::Table(_)) => line += 1,
            Event::End(TagEnd::Heading(_) | TagEnd::Table) => line -= 1,
            Event::Start(Block::HtmlBlock) => scan(text, range, true, &mut tags, nested > 0, line > 0),
            Event::InlineHtml(_) => scan(text, range, false, &mut tags, nested > 0, line > 0),
            _ => {}
        }
    }
    tags
}

/// Finds the tags in a range of HTML.
fn scan<'a>(
    text: &'a str,
    range: Range<usize>,
    block: bool,
    tags: &mut Vec<Tag<'a>>,
    nested: bool,
    line: bool,
) {
    let bytes = text.as_bytes();
    let mut at = range.start;
    while at < range.end {
        let rest = if matches!(bytes[at], b'`' | b'<') { &text[at..range.end] } else { "" };
        let end = match bytes[at] {
            b'`' if block => {
                let run = rest.bytes().take_while(|&byte| byte == b'`').count();
                let close = rest[run..].lines().next().and_then(|line| line.find(&rest[..run]));
                at += close.map_or(run, |close| close + 2 * run);
                continue;
            }
            b'<' if rest.starts_with("<!--") => rest[4..].find("-->").map_or(0, |end| end + 7),
            b'<' => tag_length(rest),
            _ => 0,
        };
        // A comment without an end would hide the rest of the text.
        if end == 0 {
            at += 1;
            continue;
        }
        let inside = rest[..end].trim_start_matches('<');
        let closing = inside.starts_with('/');
        let name = inside.trim_start_matches('/');
        let length = name.bytes().take_while(|b| b.is_ascii_alphanumeric() || *b == b'-').count();
        let name = if inside.starts_with("!--") { "" } else { &name[..length] };
        tags.push(Tag { range: at..at + end, name, closing, block, nested, line, partner: None });
        at += end;
    }
}

/// Returns the length of the tag at the start of the text, or 0. Quoted values may contain `>`.
fn tag_length(text: &str) -> usize {
    let mut quote = None;
    if !text[1..].starts_with(|c: char| c.is_ascii_alphabetic() || "/!?".contains(c)) {
        return 0;
    }
    for (index, byte) in text.bytes().enumerate().skip(1) {
        match (quote, byte) {
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            (None, b'>') => return index + 1,
            (None, b'<') => return 0,
            _ => {}
        }
    }
    0
}

/// Pairs each closing tag with the nearest open tag of its name, if Markdown can express the pair.
fn pair(text: &str, tags: &mut [Tag<'_>]) {
    let mut open: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for index in 0..tags.len() {
        let name = tags[index].name.to_ascii_lowercase();
        if !tags[index].closing {
            open.entry(name).or_default().push(index);
        } else if let Some(start) = open.get_mut(&name).and_then(Vec::pop) {
            let (from, to) = (tags[start].range.clone(), tags[index].range.clone());
            let content = &text[from.end..to.start];
            let fits = match name.as_str() {
                "b" | "strong" | "i" | "em" | "s" | "del" | "strike" => {
                    // Spaces at the ends are moved outside the mark.
                    let before = text[..from.start].chars().next_back();
                    let before = if content.starts_with(' ') { Some(' ') } else { before };
                    let after = text[to.end..].chars().next();
                    let after = if content.ends_with(' ') { Some(' ') } else { after };
                    let inner = content.trim_matches(' ');
                    let opens = flanks(before, b'*', inner.chars().next());
                    let closes = flanks(inner.chars().next_back(), b'*', after);
                    opens.0 && closes.1 && !content.contains("\n\n")
                }
                "a" => !content.is_empty() && !content.contains("\n\n"),
                "code" | "tt" | "kbd" | "samp" => {
                    !content.trim().is_empty() && !content.contains(['\n', '`'])
                }
                _ => true,
            };
            if fits {
                tags[start].partner = Some(index);
                tags[index].partner = Some(start);
            }
        }
    }
}

impl Tag<'_> {
    /// Returns true if nothing else is on the line of the tag.
    fn is_alone(&self, text: &str) -> bool {
        let (before, after) = (&text[..self.range.start], &text[self.range.end..]);
        self.block
            && before.trim_end_matches(' ').ends_with(['\n']) | before.trim().is_empty()
            && after.trim_start_matches(' ').starts_with('\n') | after.trim().is_empty()
    }

    /// Writes the tag as Markdown.
    fn replace(&self, text: &str, tags: &[Tag<'_>], lists: &mut Vec<bool>, out: &mut String) -> Next {
        let flow = !self.nested && !self.line;
        match (self.name.to_ascii_lowercase().as_str(), self.partner) {
            ("", _) => {}
            ("br", _) if self.line => out.push(' '),
            ("br", _) => {
                out.push_str("  \n");
                return Next::Trimmed;
            }
            ("p" | "div" | "section" | "center" | "hr", _) if !flow => out.push(' '),
            ("p" | "div" | "section" | "center", _) => out.push_str("\n\n"),
            ("hr", _) => out.push_str("\n\n---\n\n"),
            ("ul" | "ol", Some(_)) if flow => {
                if self.closing {
                    lists.pop();
                } else {
                    lists.push(self.name.eq_ignore_ascii_case("ol"));
                }
                out.push_str(if lists.len() > usize::from(!self.closing) { "\n" } else { "\n\n" });
            }
            ("li", _) if flow && !lists.is_empty() => {
                if !self.closing {
                    let ordered = lists.last() == Some(&true);
                    let indent: usize =
                        lists.iter().rev().skip(1).map(|&outer| if outer { 3 } else { 2 }).sum();
                    out.push('\n');
                    out.extend(std::iter::repeat_n(' ', indent.min(32)));
                    out.push_str(if ordered { "1. " } else { "- " });
                }
                return Next::Trimmed;
            }
            (name @ ("h1" | "h2" | "h3" | "h4" | "h5" | "h6"), Some(_)) if flow => {
                let level = usize::from(name.as_bytes()[1] - b'0');
                out.push_str("\n\n");
                out.push_str(if self.closing { "" } else { &"###### "[6 - level..] });
            }
            ("b" | "strong", Some(_)) => return self.mark("**", text, out),
            ("i" | "em", Some(_)) => return self.mark("*", text, out),
            ("s" | "del" | "strike", Some(_)) => return self.mark("~~", text, out),
            // A table becomes a list of rows: a table of Markdown needs a heading and single-line cells.
            ("table", Some(_)) if flow => out.push_str("\n\n"),
            ("thead" | "tbody" | "tfoot", Some(_)) if flow => {}
            ("tr", Some(_)) if flow => {
                out.push_str(if self.closing { "" } else { "\n- " });
                return Next::Trimmed;
            }
            ("th" | "td", Some(_)) if flow => {
                let is_first = out.trim_end().ends_with("\n-");
                if !self.closing && !is_first {
                    out.truncate(out.trim_end().len());
                    out.push_str(" | ");
                }
                return Next::Trimmed;
            }
            ("code" | "tt" | "kbd" | "samp", Some(close)) if !self.closing => {
                let content = &text[self.range.end..tags[close].range.start];
                out.push('`');
                out.push_str(&decode(content));
                out.push('`');
            }
            ("code" | "tt" | "kbd" | "samp", Some(_)) => {}
            ("a", Some(partner)) => {
                let open = if self.closing { &tags[partner] } else { self };
                match (href(&text[open.range.clone()]), self.closing) {
                    (Some(target), true) => out.push_str(&format!("](<{target}>)")),
                    (Some(_), false) => out.push('['),
                    (None, _) => {}
                }
            }
            ("span" | "u" | "small" | "big" | "font", Some(_)) => {}
            // A tag of a documentation system around whole paragraphs.
            (_, Some(partner)) if self.is_alone(text) && tags[partner].is_alone(text) => out.push_str("\n\n"),
            _ => escape(&text[self.range.clone()], out),
        }
        Next::AsIs
    }

    /// Writes an emphasis mark. Spaces on its inner side are moved outside.
    fn mark(&self, mark: &str, text: &str, out: &mut String) -> Next {
        if self.closing {
            let inner = out.trim_end_matches(' ').len();
            let spaces = out.split_off(inner);
            out.push_str(mark);
            out.push_str(&spaces);
            return Next::AsIs;
        }
        let is_spaced = text[self.range.end..].starts_with(' ');
        out.push_str(if is_spaced { " " } else { "" });
        out.push_str(mark);
        if is_spaced { Next::Trimmed } else { Next::AsIs }
    }
}

/// Returns the target of a link if it can be written between angle brackets.
fn href(tag: &str) -> Option<String> {
    let at = tag.to_ascii_lowercase().find("href")?;
    let value = tag[at + 4..].trim_start().strip_prefix('=')?.trim_start();
    let value = match value.chars().next()? {
        quote @ ('"' | '\'') => value[1..].split(quote).next()?,
        _ => value.split([' ', '>', '\n']).next()?,
    };
    (!value.is_empty() && !value.contains(['<', '>', '\n', '\\'])).then(|| value.to_owned())
}

/// Replaces the entities of characters that HTML escapes.
fn decode(text: &str) -> String {
    [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&nbsp;", " "), ("&amp;", "&")]
        .iter()
        .fold(text.to_owned(), |text, (entity, character)| text.replace(entity, character))
}

/// Writes a tag so that Markdown reads it as text.
fn escape(tag: &str, out: &mut String) {
    for character in tag.chars() {
        if "<>\\`*_[]&~|!".contains(character) {
            out.push('\\');
        }
        out.push(character);
    }
}

/// Copies text between tags. In an HTML block, indentation is dropped.
fn copy(out: &mut String, text: &str, block: bool) {
    if block {
        for (index, line) in text.split('\n').enumerate() {
            if index > 0 {
                out.push('\n');
            }
            out.push_str(if index > 0 { line.trim_start() } else { line });
        }
    } else {
        out.push_str(text);
    }
}
