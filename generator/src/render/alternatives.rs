//! Renders `tests/unions/`: a test that decodes a value of each alternative of each union.
//!
//! The values are data, which are not compiled. The test is rendered together with the round-trip test.

use serde_json::json;

use super::context::Context;
use super::source_file::HEADER;
use crate::file_tree::FileTree;
use crate::ir::TypeId;
use crate::samples::AlternativeSample;

/// The test, with placeholders in capitals.
const MAIN: &str = include_str!("alternatives/main.rs");

pub(super) fn render(context: &Context<'_>, samples: &[AlternativeSample], tree: &mut FileTree) {
    let samples: Vec<&AlternativeSample> =
        samples.iter().filter(|sample| context.facts.alias_of(sample.union).is_none()).collect();
    if samples.is_empty() {
        return;
    }
    let mut rows = Vec::with_capacity(samples.len());
    let mut data = String::new();
    for sample in samples {
        let name = |alternative: usize| variant(context, sample.union, alternative);
        let own = name(sample.alternative);
        let others: Vec<String> = sample.ambiguous.iter().map(|other| name(*other)).collect();
        let line = json!({ "variant": own, "ambiguous": others, "value": sample.value });
        data.push_str(&format!("{line}\n"));
        rows.push(format!("    ({own:?}, |json| Ok(matches!(decode(json)?, types::{own} {{ .. }}))),"));
    }
    let main = MAIN.replace("CRATE", &context.package().name.replace('-', "_"));
    let main = main.replace("TABLE", &rows.join("\n"));
    tree.insert("tests/unions/main.rs", format!("{HEADER}{main}"));
    tree.insert("tests/unions/values.jsonl", data);
}

/// Returns the path of a variant in the module `types`.
fn variant(context: &Context<'_>, union: TypeId, alternative: usize) -> String {
    let names = context.names.of_type(union);
    let variant = names.variants.get(alternative).map(|variant| variant.ident.as_str());
    format!("{}::{}", names.ident.as_str(), variant.unwrap_or_default())
}
