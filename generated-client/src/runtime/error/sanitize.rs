// @generated from the OpenAPI document. Change the document, and generate again.

//! Text of a server within one line of an error message.

use std::fmt::{self, Write as _};

use super::super::rules::invisible::is_layout;

/// Formats a text with at most 300 characters, and escapes characters that are invisible or change the line around
/// them.
pub(in super::super) struct Sanitized<'a>(pub(in super::super) &'a str);

impl fmt::Display for Sanitized<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, c) in self.0.chars().enumerate() {
            if index == 300 {
                return f.write_str("...");
            }
            if is_layout(c) {
                write!(f, "{}", c.escape_default())?;
            } else {
                f.write_char(c)?;
            }
        }
        Ok(())
    }
}
