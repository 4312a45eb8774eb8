//! Text of the server's in a line of ours.

use std::fmt::{self, Write as _};

/// Not too much of the text, and nothing that ends the line or turns it around.
pub(in super::super) struct Line<'a>(pub(in super::super) &'a str);

impl fmt::Display for Line<'_> {
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
