//! Repairs plain text that Markdown would misread: indentation, and `>` for "greater than".
//!
//! A comment of a protobuf file has one space before every line but the first, and two more before an example, which
//! Markdown reads as prose. A doc string is indented by four spaces, which Markdown reads as code.

use std::borrow::Cow;

/// Returns the text with prose at the margin and code indented by four spaces.
pub(super) fn repair(text: &str) -> Cow<'_, str> {
    if !text.lines().any(|line| matches!(line.as_bytes().first(), Some(b' ' | b'>'))) {
        return Cow::Borrowed(text);
    }
    let lines: Vec<&str> = dedent(text);
    let margin = usize::from(lines.iter().any(|line| indent(line) == 1));
    let mut out = String::with_capacity(text.len() + 16);
    let mut place = Place::default();
    let mut at = 0;
    while at < lines.len() {
        let end = at + lines[at..].iter().take_while(|line| !line.trim().is_empty()).count();
        let stretch = &lines[at..end];
        if end == at
            || !place.outside()
            || stretch.iter().any(|line| indent(line) < margin + 2)
            || is_marked(stretch[0])
        {
            // Includes the blank line after the block.
            for (index, line) in lines.iter().enumerate().take(end + 1).skip(at) {
                let before = index.checked_sub(1).map_or("", |index| lines[index]);
                if place.outside() && is_comparison(before, line) {
                    out.push('\\');
                    out.push_str(line.trim_start());
                } else {
                    out.push_str(line);
                }
                out.push('\n');
                place.pass(line, margin);
            }
        } else {
            let least = stretch.iter().map(|line| indent(line)).min().unwrap_or(0);
            let code = if least >= margin + 4 { !is_prose(stretch) } else { is_code(stretch) };
            for line in stretch {
                out.push_str(if code { "    " } else { "" });
                out.push_str(&line[least..]);
                out.push('\n');
            }
            out.push('\n');
        }
        at = end + 1;
    }
    Cow::Owned(out)
}

/// Returns the lines without their common indentation. An unindented first line is ignored, because the first line of a
/// comment follows its marker.
fn dedent(text: &str) -> Vec<&str> {
    let mut lines: Vec<&str> = text.lines().collect();
    let Some((first, rest)) = lines.split_first_mut() else { return lines };
    let common =
        |lines: &[&str]| lines.iter().filter(|l| !l.trim().is_empty()).map(|l| indent(l)).min().unwrap_or(0);
    let mut by = common(rest);
    if indent(first) > 0 || first.is_empty() {
        by = by.min(if first.trim().is_empty() { by } else { indent(first) });
    } else if is_marked(first) {
        by = 0;
    }
    if by >= 4 && !is_prose(rest) && !rest.iter().any(|line| is_marked(line)) {
        by = 0;
    }
    for line in &mut lines {
        *line = &line[by.min(indent(line))..];
    }
    lines
}

/// The fence and the list that a line is in. Their lines are not repaired.
#[derive(Default)]
struct Place {
    fence: Option<(u8, usize)>,
    list: bool,
}

impl Place {
    fn outside(&self) -> bool {
        self.fence.is_none() && !self.list
    }

    fn pass(&mut self, line: &str, margin: usize) {
        let text = line.trim_start_matches([' ', '>']);
        let item = is_item(text);
        let text = if item {
            text.trim_start_matches(|c: char| c.is_ascii_digit() || " -*+.)".contains(c))
        } else {
            text
        };
        let mark = text.bytes().next().filter(|byte| matches!(byte, b'`' | b'~'));
        let run = mark.map_or(0, |mark| text.bytes().take_while(|&byte| byte == mark).count());
        match self.fence {
            Some((mark, length))
                if run >= length && text.as_bytes()[0] == mark && text.trim_end().len() == run =>
            {
                self.fence = None;
            }
            Some(_) => {}
            None if run >= 3 => self.fence = mark.map(|mark| (mark, run)),
            None if item => self.list = true,
            None if !text.is_empty() && indent(line) <= margin => self.list = false,
            None => {}
        }
    }
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}

fn is_item(text: &str) -> bool {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let rest = &text[digits..];
    let mark = if digits == 0 { ['-', '*', '+'].as_slice() } else { ['.', ')'].as_slice() };
    rest.strip_prefix(mark).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
}

/// Returns true if the line begins with the mark of a block.
fn is_marked(line: &str) -> bool {
    let text = line.trim_start();
    is_item(text) || text.starts_with(['>', '|', '#']) || text.starts_with("```") || text.starts_with("~~~")
}

/// Returns true if a line such as `> 0 keeps it warm` continues the sentence of the line before.
fn is_comparison(before: &str, line: &str) -> bool {
    let Some(rest) = line.trim_start().strip_prefix('>') else { return false };
    let before = before.trim();
    let goes_on = !before.is_empty() && !before.starts_with('>') && !before.ends_with(['.', ':', '!', '?']);
    let number = rest.trim_start().trim_start_matches('=').trim_start();
    let digits = number.bytes().take_while(|byte| byte.is_ascii_digit() || *byte == b'.').count();
    goes_on && digits > 0 && !number[digits..].starts_with(|c: char| c.is_alphanumeric())
}

/// Returns true if the lines are certainly code.
fn is_code(lines: &[&str]) -> bool {
    let code = |line: &&str| {
        let line = line.trim();
        line.ends_with([';', '{', '}', '[', ']', '\\'])
            || line.contains(" = ")
            || ["$ ", "//", "#!", "{", "curl ", "GET /", "POST /", "PUT /", "DELETE /"]
                .iter()
                .any(|mark| line.starts_with(mark))
    };
    // Code spans occur in prose only.
    lines.iter().any(code) && !lines.iter().any(|line| line.contains('`'))
}

/// Returns true if the lines are certainly prose: several words that end like a sentence.
fn is_prose(lines: &[&str]) -> bool {
    let words = lines.iter().flat_map(|line| line.split_whitespace()).count();
    let last = lines.iter().rev().map(|line| line.trim()).find(|line| !line.is_empty()).unwrap_or("");
    words >= 4 && last.ends_with(['.', ':', '!', '?', ')']) && !is_code(lines)
}
