//! Replaces tabs before comments, which YAML 1.2 allows and the parser does not.
//!
//! Imports nothing.

use std::collections::HashMap;

use saphyr_parser::{Event, Parser, ScalarStyle};

/// Returns a text with spaces instead of tabs before comments that are lines of their own, or `None` if it has no such
/// comment. All positions stay the same.
pub(super) fn without_tabs(text: &str) -> Option<String> {
    if !text.lines().any(is_comment_after_tabs) {
        return None;
    }
    let (scalars, end) = lines_of_scalars(text);
    let mut found = false;
    let mut replaced = String::with_capacity(text.len());
    for (index, line) in text.split_inclusive('\n').enumerate() {
        let is_content = match scalars.get(&(index + 1)) {
            // A line that begins with a tab is not indented, so it is not part of an indented scalar.
            Some(ScalarStyle::Literal | ScalarStyle::Folded) => line.starts_with(' '),
            Some(_) => true,
            None => false,
        };
        if is_content || index + 1 >= end || !is_comment_after_tabs(line) {
            replaced.push_str(line);
            continue;
        }
        found = true;
        let (before, comment) = line.split_at(line.find('#').unwrap_or_default());
        replaced.push_str(&before.replace('\t', " "));
        replaced.push_str(comment);
    }
    found.then_some(replaced)
}

fn is_comment_after_tabs(line: &str) -> bool {
    let comment = line.trim_start_matches([' ', '\t']);
    comment.starts_with('#') && line[..line.len() - comment.len()].contains('\t')
}

/// Returns the lines on which a scalar continues that began on an earlier line, with the style of the scalar, and the
/// line from which on the text is invalid.
fn lines_of_scalars(text: &str) -> (HashMap<usize, ScalarStyle>, usize) {
    let mut lines = HashMap::new();
    for event in Parser::new_from_str(text) {
        match event {
            Ok((Event::Scalar(_, style, ..), span)) => {
                lines.extend((span.start.line() + 1..=span.end.line()).map(|line| (line, style)));
            }
            Ok(_) => {}
            Err(error) => return (lines, error.marker().line()),
        }
    }
    (lines, usize::MAX)
}

#[cfg(test)]
mod tests {
    use super::without_tabs;

    #[track_caller]
    fn check(text: &str, expected: Option<&str>) {
        assert_eq!(without_tabs(text).as_deref(), expected, "{text:?}");
    }

    #[test]
    fn tabs_are_replaced_before_comments_only() {
        check("a: 1\n\t\t# note\nb: 2\n", Some("a: 1\n  # note\nb: 2\n"));
        check("a:\n  b: 1\n  \t# note\n  c: 2\n", Some("a:\n  b: 1\n   # note\n  c: 2\n"));
        check("a: |\n  text\n\t# note\nb: 2\n", Some("a: |\n  text\n # note\nb: 2\n"));
        check("a: |\n  text\n  \t# text\nb: 2\n", None);
        check("a: \"text\n \t# text\"\nb: 2\n", None);
        check("a: 'text\n \t# text'\n\t# note\nb: 2\n", Some("a: 'text\n \t# text'\n # note\nb: 2\n"));
        check("a: 1\n%b: {\n\t# note\n", None);
        check("a: 1\t# note\nb: 2\n", None);
    }
}
