//! `tests/round_trip/`: a test that decodes the document's examples and encodes them again.
//!
//! The examples are data and cost the compiler nothing; each type that they are of costs one line and one pair of
//! decoding and encoding. Written only where codegen.toml or the command line asks for it.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use serde_json::json;

use super::source_file::HEADER;
use super::types::Seen;
use super::{Context, ty};
use crate::file_tree::FileTree;
use crate::ir::{Example, Type, Verdict};

/// The test, with capitals where the crate has its say.
const MAIN: &str = include_str!("round_trip/main.rs");

/// What the test takes for the same value.
const SAME: &str = include_str!("round_trip/same.rs");

pub(super) fn render(context: &Context<'_>, protojson: bool, tree: &mut FileTree) {
    let examples = &context.api.examples;
    if examples.is_empty() {
        return;
    }
    let mut seen = Seen::default();
    let mut rows = BTreeSet::new();
    let mut known = BTreeSet::new();
    let mut data = String::new();
    for example in examples {
        seen.ty(&example.ty);
        let ty = Spelled::of(context, &example.ty);
        rows.insert(format!("    ({:?}, again::<{}, {}>),", ty.name(), ty.rust, ty.codec));
        // The same example may stand in many places.
        if known.insert((ty.name(), example.value.to_string())) {
            data.push_str(&line(example, &ty.name()));
        }
    }
    let rows: Vec<String> = rows.into_iter().collect();
    let main = MAIN
        .replace("IMPORTS", &imports(context, &seen))
        .replace("CRATE", &crate_name(context))
        .replace("PROTOJSON", if protojson { "true" } else { "false" })
        .replace("TABLE", &rows.join("\n"));
    tree.insert("tests/round_trip/main.rs", format!("{HEADER}{main}"));
    tree.insert("tests/round_trip/same.rs", format!("{HEADER}{SAME}"));
    tree.insert("tests/round_trip/examples.jsonl", data);
}

fn crate_name(context: &Context<'_>) -> String {
    context.package.name.replace('-', "_")
}

/// What the types of the table refer to.
fn imports(context: &Context<'_>, seen: &Seen) -> String {
    let types = (!seen.named.is_empty()).then(|| format!("use {}::types;\n", crate_name(context)));
    match syn::parse2(seen.standard()) {
        Ok(file) => types.unwrap_or_default() + &prettyplease::unparse(&file),
        Err(error) => panic!("the generator wrote what is no Rust: {error}"),
    }
}

/// A type and how it travels, as the test spells them.
struct Spelled {
    rust: String,
    codec: String,
}

impl Spelled {
    fn of(context: &Context<'_>, ty: &Type) -> Self {
        let compact = |tokens: TokenStream| tokens.to_string().replace(' ', "").replace(',', ", ");
        Self {
            rust: compact(ty::qualified(context, ty)),
            codec: ty::codec(ty).map_or("wire::Own".to_owned(), compact),
        }
    }

    /// What the table calls it.
    fn name(&self) -> String {
        match self.codec.as_str() {
            "wire::Own" => self.rust.clone(),
            codec => format!("{} by {codec}", self.rust),
        }
    }
}

fn line(example: &Example, ty: &str) -> String {
    let valid = example.verdict == Verdict::Valid;
    let line = json!({ "at": example.pointer.as_str(), "type": ty, "valid": valid, "value": example.value });
    format!("{line}\n")
}

#[cfg(test)]
#[path = "round_trip/same.rs"]
#[allow(unreachable_pub, reason = "the file is a module of a test as well, where all is public")]
mod same;

#[cfg(test)]
mod tests;
