//! Findings as text to read in a terminal or a log.
//!
//! ```text
//! error[dangling-reference]: `#/components/schemas/Pt` leads nowhere
//!   --> petstore.yaml:12:15
//!    |
//! 12 |       schema: { $ref: '#/components/schemas/Pt' }
//!    |                 ^
//!    = at /paths/~1pets/get/responses/200/content/application~1json/schema/$ref
//!    = did you mean `#/components/schemas/Pet`?
//! ```
//!
//! Imports `code`, `locate` and `source`.

use std::fmt::{self, Write};

use super::{Diagnostic, Position, Severity, Sources};

/// How much of a long line is shown on either side of the mark.
const CONTEXT: usize = 60;

/// Whether the text is for a terminal that shows colours, or for whatever else reads it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Style {
    /// Text and nothing else.
    #[default]
    Plain,
    /// With the escape sequences that every terminal knows.
    Coloured,
}

/// Text between escape sequences, in a style that has them.
struct Painted<'a> {
    style: Style,
    /// What ECMA-48 calls the parameters of "select graphic rendition".
    parameters: &'static str,
    text: &'a str,
}

impl fmt::Display for Painted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.style {
            Style::Plain => f.write_str(self.text),
            Style::Coloured => write!(f, "\u{1b}[{}m{}\u{1b}[0m", self.parameters, self.text),
        }
    }
}

const BOLD: &str = "1";
const BOLD_BLUE: &str = "1;34";

fn of_severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "1;31",
        Severity::Warning => "1;33",
    }
}

pub(super) fn render(located: &[(Position, &Diagnostic)], sources: &Sources<'_>, style: Style) -> String {
    let mut text = String::new();
    for findings in located.chunk_by(|(_, one), (_, other)| one.pointer.file() == other.pointer.file()) {
        let file = findings.first().and_then(|(_, found)| found.pointer.file());
        let (name, source) = (sources.name_of(file), sources.text_of(file));
        let mut lines = Lines::new(&source);
        for (position, found) in findings {
            // Writing to a string cannot fail.
            let _ = one(&mut text, *position, found, &name, lines.get(position.line), style);
        }
    }
    text
}

fn one(
    text: &mut String,
    position: Position,
    found: &Diagnostic,
    name: &str,
    line: &str,
    style: Style,
) -> fmt::Result {
    let Position { line: number, column } = position;
    let number = number.to_string();
    let gutter = " ".repeat(number.len());
    let (excerpt, mark) = excerpt(line, column);
    let paint = |parameters, text| Painted { style, parameters, text };
    let severity = of_severity(found.code.severity());
    let bar = paint(BOLD_BLUE, "|");
    let equals = paint(BOLD_BLUE, "=");

    let head = format!("{}[{}]", found.code.severity(), found.code);
    let message = printable(&found.message);
    writeln!(text, "{}: {}", paint(severity, &head), paint(BOLD, &message))?;
    writeln!(text, "{gutter}{} {}:{number}:{column}", paint(BOLD_BLUE, "-->"), printable(name))?;
    writeln!(text, "{gutter} {bar}")?;
    writeln!(text, "{} {bar} {excerpt}", paint(BOLD_BLUE, &number))?;
    writeln!(text, "{gutter} {bar} {}{}", " ".repeat(mark), paint(severity, "^"))?;
    if !found.pointer.as_str().is_empty() {
        writeln!(text, "{gutter} {equals} at {}", printable(found.pointer.as_str()))?;
    }
    if !found.remedy.is_empty() {
        writeln!(text, "{gutter} {equals} {}", printable(&found.remedy))?;
    }
    writeln!(text)
}

/// The part of a line around a column (from 1), and how many characters of it stand before that column.
fn excerpt(line: &str, column: usize) -> (String, usize) {
    let before = column.saturating_sub(1);
    let start = before.saturating_sub(CONTEXT);
    let mut rest = line.chars().skip(start);
    let mut shown: String = rest.by_ref().take(2 * CONTEXT).map(plain).collect();
    let mut mark = (before - start).min(shown.chars().count());
    if start > 0 {
        shown.insert_str(0, "...");
        mark += 3;
    }
    if rest.next().is_some() {
        shown.push_str("...");
    }
    (shown.trim_end().to_owned(), mark)
}

/// Documents are written by strangers: what would move the cursor or change a terminal's colours is not let through.
fn printable(text: &str) -> String {
    text.chars().map(plain).collect()
}

fn plain(character: char) -> char {
    match character {
        '\t' | '\n' | '\r' => ' ',
        _ if character.is_control() => '\u{fffd}',
        // Marks that reverse the direction of what follows.
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => '\u{fffd}',
        other => other,
    }
}

/// The lines of a text, asked for in rising order.
struct Lines<'a> {
    rest: std::str::Lines<'a>,
    number: usize,
    current: &'a str,
}

impl<'a> Lines<'a> {
    fn new(text: &'a str) -> Self {
        Self { rest: text.lines(), number: 0, current: "" }
    }

    fn get(&mut self, number: usize) -> &'a str {
        while self.number < number {
            self.number += 1;
            self.current = self.rest.next().unwrap_or_default();
        }
        self.current
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Code, Diagnostics, Pointer, Source};
    use super::*;

    #[test]
    fn findings_are_told_in_the_order_of_the_text() {
        let source = Source { name: "pets.yaml", text: "a:\n  b: 1\nc: 2\n" };
        let mut diagnostics = Diagnostics::new();
        let mut report = |code, pointer, message: &str, remedy: &str| {
            diagnostics.report(code, &Pointer::parse(pointer), message, remedy);
        };
        report(Code::UnknownType, "/c", "later", "");
        report(Code::InvalidValue, "/a/b/c", "sooner", "mend it");
        report(Code::InvalidValue, "/a/b/c", "sooner", "mend it");
        assert_eq!(
            diagnostics.render(source),
            "error[invalid-value]: sooner\n \
             --> pets.yaml:2:3\n  \
               |\n\
             2 |   b: 1\n  \
               |   ^\n  \
               = at /a/b/c\n  \
               = mend it\n\
             \n\
             warning[unknown-type]: later\n \
             --> pets.yaml:3:1\n  \
               |\n\
             3 | c: 2\n  \
               | ^\n  \
               = at /c\n\
             \n"
        );
    }

    #[test]
    fn colours_change_nothing_but_the_colours() {
        let source = Source { name: "pets.yaml", text: "a: 1\n" };
        let mut diagnostics = Diagnostics::new();
        diagnostics.report(Code::InvalidValue, &Pointer::parse("/a"), "no \u{1b}[2J list", "mend it");
        diagnostics.report(Code::UnknownType, &Pointer::parse("/a"), "no type", "");
        let coloured = diagnostics.render_in(Style::Coloured, &source);
        assert!(coloured.starts_with("\u{1b}[1;31merror[invalid-value]\u{1b}[0m: "), "{coloured:?}");
        assert!(coloured.contains("\u{1b}[1;33mwarning[unknown-type]\u{1b}[0m: "), "{coloured:?}");
        let is_ours = |sequence: &str| {
            coloured.split('\u{1b}').skip(1).any(|rest| rest.starts_with(&format!("[{sequence}m")))
        };
        assert!(["0", BOLD, BOLD_BLUE].into_iter().all(is_ours));
        let mut plain = coloured;
        for sequence in ["0", BOLD, BOLD_BLUE, "1;31", "1;33"] {
            plain = plain.replace(&format!("\u{1b}[{sequence}m"), "");
        }
        assert_eq!(plain, diagnostics.render(&source));
    }

    #[test]
    fn a_long_line_is_cut_around_the_mark() {
        let line = format!("{}x{}", "<".repeat(1_000), ">".repeat(1_000));
        let (shown, mark) = excerpt(&line, 1_001);
        assert_eq!(shown.chars().nth(mark), Some('x'));
        assert_eq!(shown.chars().count(), 2 * CONTEXT + 6);
        assert_eq!(excerpt("", 7), (String::new(), 0));
        assert_eq!(excerpt("\tä\u{1b}[1m", 2), (" ä\u{fffd}[1m".to_owned(), 1));
    }
}
