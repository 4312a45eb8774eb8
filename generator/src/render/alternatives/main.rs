//! Decodes a value of each alternative of each union.
//!
//! The values are in `values.jsonl`, one per line. They are made of the properties of the alternative, with the document's
//! examples.

#![allow(deprecated, reason = "deprecated types are alternatives, too")]

use serde::de::DeserializeOwned;
use serde_json::Value;

use CRATE::{types, wire};

/// Returns true if JSON decodes as a variant.
type IsVariant = fn(&[u8]) -> Result<bool, String>;

/// Every variant that has a value.
const VARIANTS: &[(&str, IsVariant)] = &[
TABLE
];

#[test]
fn values_decode_as_their_alternative() {
    let mut failures = Vec::new();
    let mut certain = 0;
    for line in include_str!("values.jsonl").lines() {
        let sample: Value = serde_json::from_str(line).expect("each line is a JSON object");
        let json = sample["value"].to_string();
        let others = sample["ambiguous"].as_array().into_iter().flatten();
        let allowed = [&sample["variant"]].into_iter().chain(others);
        let mut results = allowed.map(|name| is_variant(name, json.as_bytes()));
        match results.next() {
            Some(Ok(true)) => certain += 1,
            // Nothing distinguishes the alternative from these.
            _ if results.any(|result| result == Ok(true)) => {}
            Some(Err(error)) => failures.push(format!("{}: {error}: {json}", sample["variant"])),
            _ => failures.push(format!("{}: decodes as another variant: {json}", sample["variant"])),
        }
    }
    let count = failures.len();
    println!("{certain} of {} values decode as their alternative", VARIANTS.len());
    assert!(failures.is_empty(), "{count} of {} values fail:\n{}", VARIANTS.len(), failures.join("\n"));
}

fn is_variant(name: &Value, json: &[u8]) -> Result<bool, String> {
    match VARIANTS.iter().find(|(variant, _)| name == *variant) {
        Some((_, is_variant)) => is_variant(json),
        None => Ok(false),
    }
}

fn decode<T: DeserializeOwned>(json: &[u8]) -> Result<T, String> {
    wire::from_slice(json).map_err(|error| error.to_string())
}
