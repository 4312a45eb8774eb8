//! Which characters of a description reach the source, and what kind each is.

use std::borrow::Cow;

/// The text in visible characters, spaces and line feeds.
///
/// Controls, direction marks and invisible characters go: rustc and clippy deny many of them, and a reader cannot see
/// any. Joiners stay inside the scripts and emoji that need them. Tabs become spaces up to the next stop of four, as
/// Markdown reads them.
pub(super) fn clean(text: &str) -> Cow<'_, str> {
    // No early exit, so that it is done many bytes at a time.
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

/// What joins or varies the character before it: meaningless, and a place to hide text, anywhere else.
fn is_joiner(character: char) -> bool {
    matches!(character, '\u{200c}' | '\u{200d}' | '\u{fe00}'..='\u{fe0f}')
}

pub(in crate::render) fn is_invisible(character: char) -> bool {
    matches!(
        character,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
            | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}'
            | '\u{feff}' | '\u{ffa0}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}'
    )
}

/// Whether Markdown lets a run of `*`, `_` or `~` between these characters open and close emphasis.
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
