//! Renders `tests/round_trip/`: a test that decodes the document's examples and encodes them again.
//!
//! The examples are data, which are not compiled. Each type of an example is one line of code. The test is only rendered if
//! `codegen.toml` or the command line enables it.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::{ToTokens, format_ident};
use serde_json::json;

use super::context::Context;
use super::imports::Imports;
use super::source_file::HEADER;
use super::ty;
use crate::file_tree::FileTree;
use crate::ir::{Example, Type, Verdict};

/// The test, with placeholders in capitals.
const MAIN: &str = include_str!("round_trip/main.rs");

/// The comparison of two values.
const COMPARE: &str = include_str!("round_trip/compare.rs");

pub(super) fn render(context: &Context<'_>, examples: &[Example], tree: &mut FileTree) {
    if examples.is_empty() {
        return;
    }
    let mut seen = Imports::default();
    let mut rows = BTreeSet::new();
    let mut data = String::new();
    for example in examples {
        seen.ty(&example.ty);
        let ty = CodedType::of(context, &example.ty);
        rows.insert(format!("    ({:?}, round_trip::<{}, {}>),", ty.name(), ty.rust, ty.codec));
        if !example.is_repeated {
            data.push_str(&line(example, &ty.name()));
        }
    }
    let rows: Vec<String> = rows.into_iter().collect();
    let main = MAIN
        .replace("IMPORTS", &imports(context, &seen))
        .replace("CRATE", &crate_name(context))
        .replace("PROTOJSON", if context.api.protojson { "true" } else { "false" })
        .replace("TABLE", &rows.join("\n"));
    tree.insert("tests/round_trip/main.rs", format!("{HEADER}{main}"));
    tree.insert("tests/round_trip/compare.rs", format!("{HEADER}{COMPARE}"));
    tree.insert("tests/round_trip/examples.jsonl", data);
}

fn crate_name(context: &Context<'_>) -> String {
    context.package().name.replace('-', "_")
}

/// Returns the imports of the types in the table.
fn imports(context: &Context<'_>, seen: &Imports) -> String {
    let types = (!seen.named.is_empty()).then(|| format!("use {}::types;\n", crate_name(context)));
    let library = format_ident!("{}", crate_name(context));
    match syn::parse2(seen.standard_of(&library.to_token_stream())) {
        Ok(file) => types.unwrap_or_default() + &prettyplease::unparse(&file),
        Err(error) => panic!("the generated code is not valid Rust: {error}"),
    }
}

/// A type and its codec, as Rust code.
struct CodedType {
    rust: String,
    codec: String,
}

impl CodedType {
    fn of(context: &Context<'_>, ty: &Type) -> Self {
        let compact = |tokens: TokenStream| tokens.to_string().replace(' ', "").replace(',', ", ");
        Self {
            rust: compact(ty::qualified(context, ty)),
            codec: ty::decoder(ty).map_or("wire::Own".to_owned(), compact),
        }
    }

    /// Returns the name of the type in the table.
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
#[path = "round_trip/compare.rs"]
#[allow(unreachable_pub, reason = "the file is also a module of a test, where everything is public")]
mod compare;

#[cfg(test)]
mod tests;
