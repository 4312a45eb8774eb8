// @generated from the OpenAPI document. Change the document, and generate again.

//! `Debug` output of limited length.

use std::fmt::{self, Write};

/// Shows at most this number of characters of a value.
pub(in super::super) struct Limited<T>(pub(in super::super) T, pub(in super::super) usize);

impl<T: fmt::Debug> fmt::Debug for Limited<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let is_pretty = f.alternate();
        let mut output = Cut { f, left: self.1, is_cut: false };
        match is_pretty {
            true => write!(output, "{:#?}", self.0)?,
            false => write!(output, "{:?}", self.0)?,
        }
        if output.is_cut { f.write_str("...") } else { Ok(()) }
    }
}

struct Cut<'a, 'b> {
    f: &'a mut fmt::Formatter<'b>,
    left: usize,
    is_cut: bool,
}

impl Write for Cut<'_, '_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let shown = match text.char_indices().nth(self.left) {
            Some((end, _)) => {
                self.is_cut = true;
                self.left = 0;
                &text[..end]
            }
            None => {
                self.left -= text.chars().count();
                text
            }
        };
        // The rest is ignored: an error would make some implementations of `Debug` panic.
        self.f.write_str(shown)
    }
}
