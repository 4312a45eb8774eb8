//! The reason why a text is not a query that overlays can use.

/// The reason why a text is not a query that overlays can use.
#[derive(Debug)]
pub(super) struct Fault {
    /// The number of the character, starting with 1.
    pub(super) position: usize,
    pub(super) message: String,
    pub(super) help: String,
}

impl Fault {
    /// The help for an invalid query.
    pub(super) const EXAMPLE: &str =
        "write a query such as `$.paths['/pets'].get`, see https://www.rfc-editor.org/rfc/rfc9535";

    /// Returns the fault at a byte of a text.
    pub(super) fn at(text: &str, byte: usize, message: &str, help: &str) -> Self {
        let before = text.char_indices().take_while(|(start, _)| *start < byte).count();
        Self { position: before + 1, message: message.to_owned(), help: help.to_owned() }
    }
}
