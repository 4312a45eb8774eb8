// @generated from the OpenAPI document. Change the document, and generate again.

//! Characters that a reader does not see, or that change the order or the lines of the text around them.
//!
//! Text of a document or of a server can hide words with them, or show other words than a program reads
//! ([Unicode Technical Report 36](https://www.unicode.org/reports/tr36/), section 2.7).

/// Returns true for a character without a shape of its own: marks of the writing direction, fillers, tags, and other
/// characters that Unicode lets programs ignore.
///
/// Joiners and variation selectors are not among them, because scripts and emoji need them.
pub(in super::super) fn is_invisible(character: char) -> bool {
    matches!(
        character,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
            | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}'
            | '\u{feff}' | '\u{ffa0}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}'
    )
}

/// Returns true for a character that can change how a line looks beyond the place where it stands: an invisible one, a
/// control character, or the end of a line.
pub(in super::super) fn is_layout(character: char) -> bool {
    character.is_control() || is_invisible(character) || matches!(character, '\u{2028}' | '\u{2029}')
}
