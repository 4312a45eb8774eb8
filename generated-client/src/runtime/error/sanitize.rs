// @generated from the OpenAPI document. Change the document, and generate again.

//! Text of a server within one line of an error message.

use std::fmt::{self, Write as _};

/// Formats a text with at most 300 characters, and escapes control characters and characters that change the
/// direction of writing.
pub(in super::super) struct Sanitized<'a>(pub(in super::super) &'a str);

impl fmt::Display for Sanitized<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, c) in self.0.chars().enumerate() {
            if index == 300 {
                return f.write_str("...");
            }
            let is_layout =
                matches!(c, '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}');
            if c.is_control() || is_layout {
                write!(f, "{}", c.escape_default())?;
            } else {
                f.write_char(c)?;
            }
        }
        Ok(())
    }
}
