//! Splits the text of a query into its segments, with limits that hold before the text is parsed.
//!
//! Each segment goes one level down, or visits each value below once. So its cost is linear, if filters cannot do
//! more: a filter has no `..`, no `$`, and only one selector in brackets.
//!
//! Imports `fault`.

use std::ops::Range;

use super::fault::Fault;

/// The number of characters of a query.
pub(super) const MAX_LENGTH: usize = 2_000;

/// The number of brackets and parentheses inside of one another. The time to parse them can double with each.
pub(super) const MAX_NESTING: usize = 6;

/// A segment of a query.
#[derive(Default)]
pub(super) struct Scanned {
    /// The bytes of the segment in the text.
    pub(super) range: Range<usize>,
    pub(super) descends: bool,
    /// The number of times that each value in reach is examined.
    pub(super) weight: usize,
    /// The number of levels below a value that are examined.
    pub(super) levels: usize,
    /// The bytes of regular expressions, with their quotes.
    pub(super) patterns: Vec<Range<usize>>,
}

impl Scanned {
    /// Returns a query with the segment only, which selects children.
    pub(super) fn as_child(&self, text: &str) -> String {
        // Spaces between segments belong to the next one.
        let segment = text[self.range.clone()].trim_end_matches([' ', '\t', '\r', '\n']);
        match segment.strip_prefix("..") {
            Some(bracket) if bracket.starts_with('[') => format!("${bracket}"),
            Some(key) => format!("$.{key}"),
            None => format!("${segment}"),
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Open {
    Bracket,
    Parenthesis,
    /// The arguments of `match` and `search`.
    PatternArguments,
}

/// The state of a scan.
struct Scan<'t> {
    text: &'t str,
    segments: Vec<Scanned>,
    open: Vec<Open>,
    filter: Filter,
}

/// The filters in a segment.
#[derive(Default)]
struct Filter {
    /// True after the first `?`.
    has_begun: bool,
    /// True if a filter examines more than single values.
    is_wide: bool,
    /// True if a filter compares values that may be objects.
    compares_values: bool,
    /// The number of steps that the filter takes down.
    steps: usize,
}

/// Returns the segments of a query. Whether the text is a query is checked later.
pub(super) fn scan(text: &str) -> Result<Vec<Scanned>, Fault> {
    if let Some((end, _)) = text.char_indices().nth(MAX_LENGTH) {
        let message = format!("the query has more than {MAX_LENGTH} characters");
        return Err(Fault::at(text, end, &message, "select fewer values, in several actions"));
    }
    let mut scan = Scan { text, segments: Vec::new(), open: Vec::new(), filter: Filter::default() };
    let mut position = 0;
    while let Some(character) = text[position..].chars().next() {
        position = match character {
            '\'' | '"' => scan.literal(position)?,
            _ => scan.character(position, character)?,
        };
    }
    scan.end_segment(text.len());
    Ok(scan.segments)
}

impl Scan<'_> {
    /// Reads a text in quotes, and returns its end.
    fn literal(&mut self, start: usize) -> Result<usize, Fault> {
        let quote = self.text.as_bytes()[start];
        let mut bytes = self.text.bytes().enumerate().skip(start + 1);
        while let Some((position, byte)) = bytes.next() {
            if byte == b'\\' {
                bytes.next();
            } else if byte == quote {
                if self.open.last() == Some(&Open::PatternArguments)
                    && let Some(segment) = self.segments.last_mut()
                {
                    segment.patterns.push(start..position + 1);
                }
                return Ok(position + 1);
            }
        }
        Err(Fault::at(self.text, start, "a text in quotes has no end", "add the quote at the end"))
    }

    /// Reads a character outside of quotes, and returns its end.
    fn character(&mut self, position: usize, character: char) -> Result<usize, Fault> {
        let is_outside = self.open.is_empty();
        let follows = |text: &str| self.text[..position].ends_with(text);
        match character {
            '.' if is_outside && follows(".") => {
                if let Some(segment) = self.segments.last_mut() {
                    segment.descends = true;
                }
            }
            '.' if is_outside => self.begin_segment(position),
            '[' if is_outside && !follows("..") => self.begin_segment(position),
            _ => {}
        }
        match character {
            '[' => self.enter(position, Open::Bracket)?,
            '(' => self.enter(position, self.arguments(position))?,
            ']' | ')' => {
                self.open.pop();
            }
            _ => {}
        }
        if !is_outside {
            self.inside(position, character)?;
        } else if character == '*' {
            self.widen();
        }
        Ok(position + character.len_utf8())
    }

    /// Reads a character inside of brackets.
    fn inside(&mut self, position: usize, character: char) -> Result<(), Fault> {
        let fault = |message, help| Err(Fault::at(self.text, position, message, help));
        let is_selector = self.open == [Open::Bracket];
        let rest = &self.text[position + character.len_utf8()..];
        match character {
            ',' if is_selector => self.weigh(),
            '*' | ':' if is_selector && !self.filter.has_begun => self.widen(),
            '?' if is_selector => {
                self.filter.has_begun = true;
                self.widen();
                self.weigh();
            }
            '$' => return fault("a filter has no access to the whole document", "begin the path with `@`"),
            '.' if rest.starts_with('.') => {
                return fault("a filter cannot search with `..`", "write the path from `@` to the value");
            }
            ',' if self.open.last() == Some(&Open::Bracket) => {
                return fault("a filter has several selectors in brackets", "combine conditions with `||`");
            }
            ',' if self.open.last() == Some(&Open::PatternArguments)
                && !rest.trim_start().starts_with(['\'', '"']) =>
            {
                return fault("a pattern is not a text in quotes", "write it as in `match(@.name, 'a.*')`");
            }
            '*' | ':' | '?' | '(' => {
                // Parentheses may be the arguments of a function.
                self.filter.is_wide |= character != '(' || self.is_call(position);
                self.weigh();
            }
            '.' | '[' if self.filter.has_begun => {
                self.filter.steps += 1;
                self.weigh();
            }
            '@' | ',' => self.weigh(),
            '=' | '<' | '>' if !rest.starts_with('=') => {
                self.filter.compares_values |= !begins_literal(rest.trim_start());
            }
            _ => {}
        }
        Ok(())
    }

    fn enter(&mut self, position: usize, open: Open) -> Result<(), Fault> {
        self.open.push(open);
        if self.open.len() <= MAX_NESTING {
            return Ok(());
        }
        let message = format!("brackets are nested more than {MAX_NESTING} levels deep");
        Err(Fault::at(self.text, position, &message, "write a simpler condition"))
    }

    /// Returns true if a function is called with the parenthesis at `position`.
    fn is_call(&self, position: usize) -> bool {
        self.text[..position].ends_with(|it: char| it.is_ascii_alphanumeric() || it == '_')
    }

    fn arguments(&self, position: usize) -> Open {
        let before = &self.text[..position];
        let is_pattern = ["match", "search"].iter().any(|function| before.ends_with(function));
        if is_pattern { Open::PatternArguments } else { Open::Parenthesis }
    }

    fn begin_segment(&mut self, start: usize) {
        self.end_segment(start);
        self.segments.push(Scanned { range: start..start, weight: 1, ..Scanned::default() });
    }

    /// Ends the last segment, and takes over the cost of its filters.
    fn end_segment(&mut self, end: usize) {
        let filter = std::mem::take(&mut self.filter);
        let Some(segment) = self.segments.last_mut() else { return };
        segment.range.end = end;
        if filter.compares_values {
            segment.levels = usize::MAX;
        } else if filter.is_wide {
            segment.levels += filter.steps;
        }
    }

    /// Counts a part that is evaluated for each value.
    fn weigh(&mut self) {
        if let Some(segment) = self.segments.last_mut() {
            segment.weight += 1;
        }
    }

    /// Records that the segment examines all values on the level below.
    fn widen(&mut self) {
        if let Some(segment) = self.segments.last_mut() {
            segment.levels = 1;
        }
    }
}

/// Returns true if a text begins with a single value, which is compared in a short time.
fn begins_literal(text: &str) -> bool {
    let is_number = text.starts_with(|first: char| first == '-' || first.is_ascii_digit());
    is_number || ["'", "\"", "true", "false", "null"].iter().any(|literal| text.starts_with(literal))
}
