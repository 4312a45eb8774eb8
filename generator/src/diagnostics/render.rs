//! Findings as text for a terminal or a log, laid out as rustc lays out its own.
//!
//! ```text
//! error[dangling-reference]: nothing is defined at `#/components/schemas/Pt`
//!   --> petstore.yaml:12:17
//!    |
//! 12 |       schema: { $ref: '#/components/schemas/Pt' }
//!    |                 ^^^^
//!    = at: /paths/~1pets/get/responses/200/content/application~1json/schema/$ref
//!    = help: did you mean `#/components/schemas/Pet`?
//! ```
//!
//! `annotate-snippets`, the library behind rustc's own messages, draws them. Imports `code`, `locate`, `source` and `safe_text`.

use std::ops::Range;

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};

use super::pointer::TextId;
use super::{Code, Diagnostic, Position, Severity, Sources};
use crate::safe_text;

/// The number of characters of a long line that are shown on either side of the marked place.
const CONTEXT: usize = 60;

/// Stands for the part of a line that is not shown.
const ELLIPSIS: &str = "...";

/// The width at which nothing that is shown has to be cut again: the excerpt with its ellipses and the line number.
const WIDTH: usize = 2 * CONTEXT + 40;

/// The appearance of rendered findings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Style {
    /// Text without escape sequences.
    #[default]
    Plain,
    /// Text with ANSI escape sequences for colors.
    Colored,
}

impl Style {
    fn renderer(self) -> Renderer {
        match self {
            Self::Plain => Renderer::plain(),
            Self::Colored => Renderer::styled(),
        }
        .term_width(WIDTH)
    }
}

/// The syntax of a text, which decides where a key ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Syntax {
    Yaml,
    Toml,
}

/// One message about one place of a text.
pub(crate) struct Message<'a> {
    pub(crate) severity: Severity,
    /// None for a message that `explain` knows nothing about.
    pub(crate) code: Option<Code>,
    pub(crate) title: &'a str,
    /// The path of the text.
    pub(crate) source: &'a str,
    pub(crate) position: Position,
    /// The line of the text at `position`, or its end.
    pub(crate) line: LineEnd<'a>,
    /// The syntax of the text.
    pub(crate) syntax: Syntax,
    /// The JSON pointer, or empty.
    pub(crate) pointer: &'a str,
    /// The imperative after `help:`, or empty.
    pub(crate) help: &'a str,
}

/// A line of a text without its first characters.
#[derive(Clone, Copy, Debug)]
pub(crate) struct LineEnd<'a> {
    text: &'a str,
    /// The number of characters before `text`.
    skipped: usize,
}

impl<'a> From<&'a str> for LineEnd<'a> {
    fn from(text: &'a str) -> Self {
        Self { text, skipped: 0 }
    }
}

impl Message<'_> {
    /// Renders the message; the text ends with an empty line.
    pub(crate) fn render(&self, style: Style) -> String {
        let level = match self.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
        };
        let mut title = level.primary_title(safe_text::line(self.title));
        if let Some(code) = self.code {
            title = title.id(code.id());
        }
        let Position { line, column } = self.position;
        let source = safe_text::line(self.source);
        let Excerpt { text, mark, cut } = Excerpt::around(self.line, column, self.syntax);
        let snippet = Snippet::source(text)
            .path(source.as_str())
            .line_start(line)
            .annotation(AnnotationKind::Primary.span(mark));
        let mut group = title.element(snippet);
        if !self.pointer.is_empty() {
            group = group.element(Level::NOTE.with_name("at").message(safe_text::line(self.pointer)));
        }
        if !self.help.is_empty() {
            group = group.element(Level::HELP.message(safe_text::line(self.help)));
        }
        let text = style.renderer().render(&[group]) + "\n\n";
        if cut == 0 {
            return text;
        }
        // The library has seen the excerpt only, and counts columns in that.
        let shown = column - cut + ELLIPSIS.len();
        text.replacen(&format!("{source}:{line}:{shown}"), &format!("{source}:{line}:{column}"), 1)
    }
}

pub(super) fn render(located: &[(Position, &Diagnostic)], sources: &Sources<'_>, style: Style) -> String {
    let mut text = String::new();
    for findings in located.chunk_by(|(_, one), (_, other)| one.pointer.text() == other.pointer.text()) {
        let Some((_, first)) = findings.first() else { continue };
        let (name, source) = (sources.name_of(&first.pointer), sources.text_of(&first.pointer));
        let mut lines = Lines::new(&source);
        for (position, found) in findings {
            let message = Message {
                severity: found.code.severity(),
                code: Some(found.code),
                title: &found.message,
                source: &name,
                position: *position,
                line: lines.get(*position),
                syntax: if *first.pointer.text() == TextId::Config { Syntax::Toml } else { Syntax::Yaml },
                pointer: found.pointer.as_str(),
                help: &found.remedy,
            };
            text.push_str(&message.render(style));
        }
    }
    text
}

/// The part of a line that is shown.
struct Excerpt {
    text: String,
    /// The bytes of `text` to mark: the key, the scalar or the bracket that starts at the column.
    mark: Range<usize>,
    /// The number of characters that were cut at the start of the line.
    cut: usize,
}

impl Excerpt {
    /// Cuts a line to the characters around a column, which counts from 1.
    fn around(line: LineEnd<'_>, column: usize, syntax: Syntax) -> Self {
        let before = column.saturating_sub(1);
        let cut = characters_before_excerpt(column);
        let mut rest = line.text.chars().skip(cut - line.skipped.min(cut));
        let shown: Vec<char> = rest.by_ref().take(2 * CONTEXT).map(safe_text::plain).collect();
        let is_cut_at_end = rest.next().is_some();
        let (head, tail) = shown.split_at((before - cut).min(shown.len()));
        let (marked, tail) = tail.split_at(token(tail, syntax));

        let mut text = String::new();
        if cut > 0 {
            text.push_str(ELLIPSIS);
        }
        text.extend(head);
        let from = text.len();
        text.extend(marked);
        let to = text.len();
        text.extend(tail);
        if is_cut_at_end {
            text.push_str(ELLIPSIS);
        } else {
            text.truncate(text.trim_end().len().max(to));
        }
        Self { text, mark: from..to, cut }
    }
}

/// Returns the number of characters of a line before the excerpt around a column.
fn characters_before_excerpt(column: usize) -> usize {
    column.saturating_sub(1).saturating_sub(CONTEXT)
}

/// Returns the length of the key, the scalar or the bracket that a text starts with, in characters.
fn token(text: &[char], syntax: Syntax) -> usize {
    match text {
        [] => 0,
        [quote @ ('"' | '\''), rest @ ..] => {
            let mut is_escaped = false;
            let end = rest.iter().position(|character| {
                let is_end = character == quote && !is_escaped;
                is_escaped = *quote == '"' && *character == '\\' && !is_escaped;
                is_end
            });
            end.map_or(text.len(), |end| end + 2)
        }
        ['{' | '[', ..] => 1,
        _ => {
            let ends = |at: usize| match text[at] {
                ',' | ']' | '}' => true,
                ':' => text.get(at + 1).is_none_or(|next| *next == ' '),
                '=' => syntax == Syntax::Toml,
                '#' => at > 0 && text[at - 1] == ' ',
                _ => false,
            };
            let end = (0..text.len()).find(|at| ends(*at)).unwrap_or(text.len());
            let spaces = text[..end].iter().rev().take_while(|character| **character == ' ').count();
            (end - spaces).max(1)
        }
    }
}

/// The lines of a text, read in ascending order of positions.
///
/// A document can be one long line with many findings, so a line is not read from its start for each of them.
struct Lines<'a> {
    rest: std::str::Lines<'a>,
    number: usize,
    current: LineEnd<'a>,
}

impl<'a> Lines<'a> {
    fn new(text: &'a str) -> Self {
        Self { rest: text.lines(), number: 0, current: LineEnd::from("") }
    }

    /// Returns the line at a position, from the start of the excerpt on.
    fn get(&mut self, position: Position) -> LineEnd<'a> {
        while self.number < position.line {
            self.number += 1;
            self.current = self.rest.next().unwrap_or_default().into();
        }
        let target = characters_before_excerpt(position.column);
        let mut characters = self.current.text.chars();
        while self.current.skipped < target && characters.next().is_some() {
            self.current.skipped += 1;
        }
        self.current.text = characters.as_str();
        self.current
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Diagnostics, Pointer, Source};
    use super::*;

    #[test]
    fn findings_are_sorted_by_position() {
        let source = Source { name: "pets.yaml", text: "a:\n  b: 1\nc: 2\n" };
        let mut diagnostics = Diagnostics::new();
        let mut report = |code, pointer, message: &str, remedy: &str| {
            diagnostics.report(code, &Pointer::parse(pointer), message, remedy);
        };
        report(Code::UnknownType, "/c", "later", "");
        report(Code::InvalidValue, "/a/b/c", "sooner", "repair it");
        report(Code::InvalidValue, "/a/b/c", "sooner", "repair it");
        assert_eq!(
            diagnostics.render(source),
            "error[invalid-value]: sooner\n \
             --> pets.yaml:2:3\n  \
               |\n\
             2 |   b: 1\n  \
               |   ^\n  \
               |\n  \
               = at: /a/b/c\n  \
               = help: repair it\n\
             \n\
             warning[unknown-type]: later\n \
             --> pets.yaml:3:1\n  \
               |\n\
             3 | c: 2\n  \
               | ^\n  \
               |\n  \
               = at: /c\n\
             \n"
        );
    }

    #[test]
    fn colored_text_differs_from_plain_text_only_by_escape_sequences() {
        let source = Source { name: "pets.yaml", text: "a: \u{1b}[2J\n" };
        let mut diagnostics = Diagnostics::new();
        diagnostics.report(
            Code::InvalidValue,
            &Pointer::parse("/a"),
            "not \u{1b}[2J a list",
            "repair \u{1b}[2J it",
        );
        diagnostics.report(Code::UnknownType, &Pointer::parse("/a/\u{1b}[2J"), "no type", "");
        let colored = diagnostics.render_in(Style::Colored, source);
        assert!(!colored.contains("\u{1b}[2J"), "{colored:?}");
        assert!(colored.contains("\u{1b}[1m"), "{colored:?}");
        let mut plain = String::new();
        let mut rest = colored.as_str();
        while let Some((before, sequence)) = rest.split_once("\u{1b}[") {
            plain.push_str(before);
            rest = sequence.split_once('m').expect("a sequence that selects a style").1;
        }
        assert_eq!(plain + rest, diagnostics.render(source));
    }

    /// Expects the excerpt of a long line, with the marked part between `»` and `«`.
    #[track_caller]
    fn check(line: &str, column: usize, marked: &str) {
        let Excerpt { mut text, mark, .. } = Excerpt::around(line.into(), column, Syntax::Yaml);
        text.insert(mark.end, '«');
        text.insert(mark.start, '»');
        assert_eq!(text, marked, "{line} at {column}");
    }

    #[test]
    fn the_key_or_scalar_at_the_column_is_marked() {
        check("  type: strin # a type", 3, "  »type«: strin # a type");
        check("  type: strin # a type", 9, "  type: »strin« # a type");
        check("- { a: 1 }", 3, "- »{« a: 1 }");
        check("required: [a, b c]", 12, "required: [»a«, b c]");
        check("required: [a, b c]", 15, "required: [a, »b c«]");
        check("x: 'it''s'", 4, "x: »'it'«'s'");
        check(r#""a\"b": 1"#, 1, r#"»"a\"b"«: 1"#);
        check("a:b: 1", 1, "»a:b«: 1");
        check("\tä\u{1b}[1m", 2, " »ä\u{fffd}[1m«");
        check("", 7, "»«");
    }

    #[test]
    fn a_key_of_toml_ends_before_the_equals_sign() {
        let Excerpt { text, mark, .. } = Excerpt::around("  a-b = 'c'".into(), 3, Syntax::Toml);
        assert_eq!(&text[mark], "a-b");
    }

    #[test]
    fn the_column_of_a_long_line_is_counted_from_its_start() {
        let text = format!("{{\"a\": \"{}\", \"b\": 1}}", "x".repeat(1_000));
        let source = Source { name: "pets.json", text: &text };
        let mut diagnostics = Diagnostics::new();
        diagnostics.report(Code::InvalidValue, &Pointer::parse("/b"), "a finding", "");
        let rendered = diagnostics.render(source);
        assert!(rendered.contains("--> pets.json:1:1011\n"), "{rendered}");
        assert!(rendered.contains("\"b\": 1}\n"), "{rendered}");
    }

    #[test]
    fn a_long_line_is_cut_around_the_mark() {
        let line = format!("{},x,{}", "<".repeat(1_000), ">".repeat(1_000));
        let expected = format!("...{},»x«,{}...", "<".repeat(CONTEXT - 1), ">".repeat(CONTEXT - 2));
        check(&line, 1_002, &expected);
    }
}
