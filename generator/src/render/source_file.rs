//! A Rust file of the crate, and the layout of its tokens.

use proc_macro2::TokenStream;

use super::context::Context;

/// The first line of every Rust file, as a literal. Tools recognize `@generated`.
macro_rules! header {
    () => {
        "// @generated from the OpenAPI document. Change the document, and generate again.\n\n"
    };
}
pub(super) use header;

/// The first line of every Rust file.
pub(super) const HEADER: &str = header!();

/// A Rust file, and the function that renders it.
pub(super) struct SourceFile<'a> {
    pub(super) path: String,
    pub(super) tokens: Box<dyn Fn(&Context<'_>) -> TokenStream + Sync + Send + 'a>,
}

/// Lays out the tokens of a file.
pub(super) fn text(tokens: TokenStream) -> String {
    match syn::parse2::<syn::File>(tokens) {
        Ok(file) => format!("{HEADER}{}", spaced(&prettyplease::unparse(&file))),
        Err(error) => panic!("the generated code is not valid Rust: {error}"),
    }
}

/// Adds empty lines between items and between methods.
///
/// It works on lines, because no literal spans several lines: `quote` escapes line breaks.
fn spaced(text: &str) -> String {
    let mut spaced = String::with_capacity(text.len() + text.len() / 16);
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        spaced.push_str(line);
        spaced.push('\n');
        let Some(next) = lines.peek().copied() else { break };
        let ends_item = matches!(line, "}" | "    }" | "};" | "    ];");
        let ends_constant = line.starts_with("    const ") && line.ends_with(';');
        let ends_statement = !line.starts_with([' ', '/', '#', '}']) && line.ends_with(';');
        let ends_import = line == "};" || ends_statement;
        // An attribute belongs to the item that follows it.
        let item = || lines.clone().find(|line| !line.starts_with(['#', ' ', ')'])).unwrap_or(next);
        let begins_alike = |word: &str| line.starts_with(word) && item().starts_with(word);
        let is_closing = next.trim_start().starts_with('}');
        let separate = match () {
            () if next.is_empty() || is_closing => false,
            () if line.starts_with("#![") => !next.starts_with("#!["),
            () if next.starts_with("use ") => ends_item && !ends_import,
            () if ends_constant => !next.starts_with("    const "),
            () if ends_statement => !["mod ", "pub mod ", "pub use ", "use "].into_iter().any(begins_alike),
            () => ends_item,
        };
        if separate {
            spaced.push('\n');
        }
    }
    spaced
}
