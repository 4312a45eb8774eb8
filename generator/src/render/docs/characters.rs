//! Removes invisible characters from descriptions, and classifies characters for emphasis.

use std::borrow::Cow;

use crate::rules::invisible::is_invisible;

/// Returns the text with only visible characters, spaces and line feeds.
///
/// Control characters, direction marks and invisible characters are removed: rustc and clippy reject many of them, and a
/// reader sees none of them. Joiners are kept in the scripts and emoji that need them. A tab becomes spaces up to the next
/// multiple of four columns, as Markdown reads it.
pub(super) fn clean(text: &str) -> Cow<'_, str> {
    // Without an early exit, the compiler vectorizes the loop.
    if text.bytes().fold(true, |plain, byte| plain & matches!(byte, b' '..=b'~' | b'\n')) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut column = 0;
    let mut previous = '\n';
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        let kept = match character {
            '\r' if characters.peek() == Some(&'\n') => continue,
            '\n' | '\r' | '\u{2028}' | '\u{2029}' => '\n',
            '\t' => {
                let width = 4 - column % 4;
                out.extend(std::iter::repeat_n(' ', width));
                column += width;
                previous = ' ';
                continue;
            }
            _ if character.is_whitespace() => ' ',
            _ if is_joiner(character) && (previous.is_ascii() || is_joiner(previous)) => continue,
            _ if character.is_control() || is_invisible(character) => continue,
            _ => character,
        };
        column = if kept == '\n' { 0 } else { column + 1 };
        previous = kept;
        out.push(kept);
    }
    Cow::Owned(out)
}

/// Returns true if the character joins or varies the one before it. Elsewhere it has no meaning and can hide text.
fn is_joiner(character: char) -> bool {
    matches!(character, '\u{200c}' | '\u{200d}' | '\u{fe00}'..='\u{fe0f}')
}

/// Returns whether a run of `*`, `_` or `~` between these characters can open and can close emphasis.
pub(super) fn flanks(before: Option<char>, delimiter: u8, after: Option<char>) -> (bool, bool) {
    let space = |side: Option<char>| side.is_none_or(char::is_whitespace);
    let punctuation = |side: Option<char>| side.is_some_and(|c| !c.is_alphanumeric() && !c.is_whitespace());
    let left = !space(after) && (!punctuation(after) || space(before) || punctuation(before));
    let right = !space(before) && (!punctuation(before) || space(after) || punctuation(after));
    if delimiter == b'_' {
        (left && (!right || punctuation(before)), right && (!left || punctuation(after)))
    } else {
        (left, right)
    }
}
