//! Text of documents made safe for people: for one line of a terminal or a log, and for Markdown. Documents are untrusted.
//!
//! Imports `rules`.

use std::collections::HashMap;

use crate::rules::invisible::is_layout;

/// Returns a text as one line. Replaces characters that would end the line, move the cursor, change the colors of a
/// terminal, or hide text.
///
/// # Examples
///
/// ```
/// assert_eq!(openapi_crate::safe_text::line("a\r\nb\u{1b}[31m"), "a  b\u{fffd}[31m");
/// ```
pub fn line(text: &str) -> String {
    text.chars().map(plain).collect()
}

/// Returns the character that a line has in place of a character of a text.
pub(crate) fn plain(character: char) -> char {
    match character {
        '\t' | '\n' | '\r' => ' ',
        _ if is_layout(character) => '\u{fffd}',
        other => other,
    }
}

/// Returns a sentence as one line of Markdown. Its code spans stay code, and everything else is plain text.
///
/// # Examples
///
/// ```
/// assert_eq!(openapi_crate::safe_text::markdown("`a*b` <b>*\n- c"), "`a*b` \\<b>\\* - c");
/// ```
pub fn markdown(sentence: &str) -> String {
    let sentence = line(sentence);
    let mut markdown = String::with_capacity(sentence.len());
    let mut copied = 0;
    for (start, end) in code_spans(&sentence) {
        escape(&sentence[copied..start], &mut markdown);
        markdown.push_str(&sentence[start..end]);
        copied = end;
    }
    escape(&sentence[copied..], &mut markdown);
    markdown
}

/// Returns code as a code span of Markdown.
///
/// # Examples
///
/// ```
/// assert_eq!(openapi_crate::safe_text::code_span("a`b"), "``a`b``");
/// assert_eq!(openapi_crate::safe_text::code_span("`a`"), "`` `a` ``");
/// ```
pub fn code_span(code: &str) -> String {
    let code = line(code);
    let longest = runs_of_ticks(&code).into_iter().map(|(_, length)| length).max().unwrap_or_default();
    let fence = "`".repeat(longest + 1);
    // Markdown removes one space at each end.
    let is_padded = code.starts_with(['`', ' ']) || code.ends_with(['`', ' ']) || code.is_empty();
    let space = if is_padded { " " } else { "" };
    format!("{fence}{space}{code}{space}{fence}")
}

/// Returns the ranges of code spans: between two runs of backticks with the same length.
fn code_spans(text: &str) -> Vec<(usize, usize)> {
    let runs = runs_of_ticks(text);
    let mut next_of_length: HashMap<usize, usize> = HashMap::new();
    let mut closing: Vec<Option<usize>> = vec![None; runs.len()];
    for (index, (_, length)) in runs.iter().enumerate().rev() {
        closing[index] = next_of_length.insert(*length, index);
    }
    let mut spans = Vec::new();
    let mut index = 0;
    while let Some((start, _)) = runs.get(index) {
        index += 1;
        if let Some(close) = closing[index - 1] {
            let (at, length) = runs[close];
            spans.push((*start, at + length));
            index = close + 1;
        }
    }
    spans
}

/// Returns the start and the length of every run of backticks.
fn runs_of_ticks(text: &str) -> Vec<(usize, usize)> {
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for (at, _) in text.match_indices('`') {
        match runs.last_mut() {
            Some((start, length)) if *start + *length == at => *length += 1,
            _ => runs.push((at, 1)),
        }
    }
    runs
}

/// Escapes the characters that mean something in Markdown.
fn escape(text: &str, markdown: &mut String) {
    let mut before = None;
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        let after = characters.peek();
        let is_letter = |it: Option<&char>| it.is_some_and(|it| it.is_alphanumeric());
        let has_meaning = match character {
            '\\' | '`' | '*' | '[' | ']' | '<' | '|' | '~' => true,
            // Inside a word, it is only a letter.
            '_' => !(is_letter(before.as_ref()) && is_letter(after)),
            '&' => is_letter(after) || after == Some(&'#'),
            _ => false,
        };
        if has_meaning {
            markdown.push('\\');
        }
        markdown.push(character);
        before = Some(character);
    }
}

#[cfg(test)]
mod tests {
    use super::{line, markdown};

    #[test]
    fn text_of_a_document_cannot_hide_or_move_other_text() {
        let check = |text: &str, expected: &str| assert_eq!(line(text), expected, "{text:?}");
        check("p\u{e9}t\ta\r\nb", "p\u{e9}t a  b");
        check("a\u{1b}[31mb\0", "a\u{fffd}[31mb\u{fffd}");
        check("a\u{202e}b\u{2066}c\u{200f}d\u{61c}", "a\u{fffd}b\u{fffd}c\u{fffd}d\u{fffd}");
        check("a\u{200b}b\u{feff}c\u{2028}d", "a\u{fffd}b\u{fffd}c\u{fffd}d");
    }

    #[track_caller]
    fn check(sentence: &str, expected: &str) {
        assert_eq!(markdown(sentence), expected, "{sentence:?}");
    }

    #[test]
    fn only_code_spans_mean_something() {
        check("field `a_*b` is new", "field `a_*b` is new");
        check("a | b -> c --> d", "a \\| b -> c --> d");
        check("snake_case and _a_ &amp; & <!-- [a](b)", "snake_case and \\_a\\_ \\&amp; & \\<!-- \\[a\\](b)");
        check("a\n# b\\", "a # b\\\\");
    }

    /// A name of the document ends the code span that a message puts around it.
    #[test]
    fn backticks_of_a_document_end_no_other_code_span() {
        check("`a`<b>`` is new", "`a`\\<b>\\`\\` is new");
        check("`` a` b `` c`", "`` a` b `` c\\`");
        check("`a", "\\`a");
        let many: String = (1..2000).map(|length| "`".repeat(length) + " ").collect();
        assert_eq!(markdown(&many).len(), many.len() * 2 - 1999);
    }
}
