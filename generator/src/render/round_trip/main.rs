//! Decodes the examples of the document and encodes them again.
//!
//! An example that its schema allows decodes into its type and encodes to equal JSON. Any other example decodes, or fails
//! with the path of the mistake. The examples are in `examples.jsonl`, one per line.

#![allow(deprecated, reason = "deprecated types have examples, too")]

mod compare;

use std::marker::PhantomData;
use std::panic::catch_unwind;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use CRATE::wire::{self, Codec};
IMPORTS
/// The differences in JSON that mean nothing to this API.
const RULES: compare::Rules = compare::Rules { protojson: PROTOJSON };

/// Decodes JSON into a type and encodes it again.
type RoundTrip = fn(&[u8]) -> Result<Vec<u8>, String>;

/// Every type that has an example.
const TYPES: &[(&str, RoundTrip)] = &[
TABLE
];

#[test]
fn examples_survive() {
    let mut failures = Vec::new();
    let mut valid = 0;
    for line in include_str!("examples.jsonl").lines() {
        let example: Value = serde_json::from_str(line).expect("each line is a JSON object");
        let is_valid = example["valid"] == true;
        valid += usize::from(is_valid);
        if let Err(failure) = check(&example, is_valid) {
            let (pointer, ty) = (&example["at"], &example["type"]);
            failures.push(format!("{pointer} as {ty}: {failure}"));
        }
    }
    let count = failures.len();
    assert!(failures.is_empty(), "{count} of {valid} valid examples fail:\n{}", failures.join("\n"));
}

fn check(example: &Value, is_valid: bool) -> Result<(), String> {
    let round_trip = TYPES.iter().find(|(name, _)| example["type"] == *name).expect("the table has every type").1;
    let value = &example["value"];
    let json = value.to_string();
    let result = catch_unwind(|| round_trip(json.as_bytes())).map_err(|_| "decoding or encoding panics".to_owned())?;
    match result {
        Ok(encoded) if is_valid => {
            let encoded = serde_json::from_slice(&encoded).map_err(|error| format!("the encoded value is not valid JSON: {error}"))?;
            compare::difference(value, &encoded, RULES).map_or(Ok(()), Err)
        }
        Ok(_) => Ok(()),
        Err(error) if !is_valid && error.starts_with('$') => Ok(()),
        Err(error) => Err(error),
    }
}

/// [`RoundTrip`] for a type that a codec encodes.
fn round_trip<T, C: Codec<T>>(json: &[u8]) -> Result<Vec<u8>, String> {
    let value: Through<T, C> = wire::from_slice(json).map_err(|error| error.to_string())?;
    wire::to_vec(&value).map_err(|error| error.to_string())
}

/// A value that a codec encodes.
struct Through<T, C>(T, PhantomData<C>);

impl<'de, T, C: Codec<T>> Deserialize<'de> for Through<T, C> {
    fn deserialize<D: serde::Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        C::decode(input).map(|value| Self(value, PhantomData))
    }
}

impl<T, C: Codec<T>> Serialize for Through<T, C> {
    fn serialize<S: serde::Serializer>(&self, output: S) -> Result<S::Ok, S::Error> {
        C::encode(&self.0, output)
    }
}
