//! A Rust file of the crate, and the layout of its tokens.

use proc_macro2::{Literal, TokenStream};

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

/// Separates the lines of a `#[doc]` attribute until it is laid out. Generated documentation contains no such character.
///
/// An attribute for each line would be simpler, but half of all tokens would belong to documentation. And prettyplease
/// prints an attribute with line breaks as a block comment.
const DOC_LINE_BREAK: char = '\u{1}';

/// Returns the value of the `#[doc]` attribute that is laid out as these lines.
pub(super) fn doc_attribute(lines: &[&str]) -> Literal {
    let mut text = String::with_capacity(lines.iter().map(|line| line.len() + 2).sum());
    for (index, line) in lines.iter().enumerate() {
        if index > 0 {
            text.push(DOC_LINE_BREAK);
        }
        if !line.is_empty() {
            text.push(' ');
            text.push_str(line);
        }
    }
    // A raw literal has no escapes, which take long to write and to read. Some texts need them.
    format!("r#\"{text}\"#").parse().unwrap_or_else(|_| Literal::string(&text))
}

/// Lays out the tokens of a file.
pub(super) fn text(tokens: TokenStream) -> String {
    match syn::parse2::<syn::File>(tokens) {
        Ok(file) => {
            let text = prettyplease::unparse(&file);
            // Most of the memory of a file is its syntax tree.
            drop(file);
            spaced(&text)
        }
        Err(error) => panic!("the generated code is not valid Rust: {error}"),
    }
}

/// Adds the header, and empty lines between items and between methods. Breaks the lines of documentation.
///
/// It works on lines, because no literal spans several lines: `quote` escapes line breaks.
fn spaced(text: &str) -> String {
    let mut spaced = String::with_capacity(HEADER.len() + text.len() + text.len() / 8);
    spaced.push_str(HEADER);
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        push_broken(line, &mut spaced);
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

/// Appends a line, or the lines of documentation that it contains.
fn push_broken(line: &str, text: &mut String) {
    let indentation = line.len() - line.trim_start_matches(' ').len();
    for (index, part) in line.split(DOC_LINE_BREAK).enumerate() {
        if index > 0 {
            text.push_str(&line[..indentation]);
            text.push_str("///");
        }
        text.push_str(part.trim_end_matches(' '));
        text.push('\n');
    }
}
