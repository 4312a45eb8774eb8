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
        let pattern = if is_constant(context, sample) { own.clone() } else { format!("{own}(..)") };
        rows.push(format!("    ({own:?}, |json| Ok(matches!(decode(json)?, types::{pattern}))),"));
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

/// Returns true if the variant of an alternative has no value.
fn is_constant(context: &Context<'_>, sample: &AlternativeSample) -> bool {
    let mut variants = context.api.type_def(sample.union).shape.variants();
    variants.nth(sample.alternative).is_some_and(|variant| variant.constant().is_some())
}

#[cfg(test)]
mod tests {
    use crate::{Config, Source, generate};

    #[test]
    fn the_manifest_lists_the_tests_that_exist() {
        let text = "
openapi: 3.1.0
info: {title: Shapes, version: '1'}
paths: {}
components:
  schemas:
    Shape:
      oneOf:
        - {type: object, required: [kind], properties: {kind: {const: circle}, radius: {type: number}}}
        - {type: object, required: [kind], properties: {kind: {const: square}, width: {type: number}}}
    Data: {anyOf: [{type: object}, {}, {const: none}]}
";
        let config = Config { round_trip: true, ..Config::default() };
        let generated = generate(Source { name: "shapes.yaml", text }, &config).generated;
        let files = generated.expect("the document is valid").files;
        let manifest: toml::Table =
            files.get("Cargo.toml").expect("there is a manifest").parse().expect("the manifest is TOML");
        let tests = manifest["test"].as_array().expect("there are tests");
        let paths: Vec<&str> = tests.iter().filter_map(|test| test["path"].as_str()).collect();
        assert_eq!(paths, ["tests/unions/main.rs"]);
        let values: Vec<serde_json::Value> = files
            .get("tests/unions/values.jsonl")
            .expect("there are values")
            .lines()
            .map(|line| serde_json::from_str(line).expect("each line is JSON"))
            .collect();
        let value_of = |name: &str| {
            let sample = values.iter().find(|sample| sample["variant"] == name);
            &sample.expect("there is a value")["value"]
        };
        assert!(value_of("Shape::Circle").is_object());
        assert_eq!(*value_of("Shape::Square"), serde_json::json!({ "kind": "square", "width": 1.5 }));
        // Any value: of a type that the other alternatives do not have.
        assert_eq!(*value_of("Data::AnyValue"), true);
        // A pattern for a variant without a value, and for one with a value.
        let main = files.get("tests/unions/main.rs").expect("there is a test");
        assert!(main.contains("types::Data::None)") && main.contains("types::Data::Object(..))"), "{main}");
    }
}
