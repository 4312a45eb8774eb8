//! The examples of the document, through the types of the crate and back.
//!
//! An example that is valid by its own schema decodes into its type and encodes to the same JSON. Any other decodes as
//! well, or fails with the path of what is wrong. The examples are in `examples.jsonl`, one a line.

#![allow(deprecated, reason = "there are examples of what the document deprecates as well")]

mod same;

use std::marker::PhantomData;
use std::panic::catch_unwind;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use CRATE::wire::{self, Codec};
IMPORTS
/// What the JSON of this API does not tell apart.
const RULES: same::Rules = same::Rules { protojson: PROTOJSON };

/// Decodes JSON into a type and encodes it again.
type Again = fn(&[u8]) -> Result<Vec<u8>, String>;

/// Every type that the document gives an example of.
const TYPES: &[(&str, Again)] = &[
TABLE
];

#[test]
fn examples_survive() {
    let mut failures = Vec::new();
    let mut valid = 0;
    for line in include_str!("examples.jsonl").lines() {
        let example: Value = serde_json::from_str(line).expect("a line is an object");
        let is_valid = example["valid"] == true;
        valid += usize::from(is_valid);
        if let Err(failure) = check(&example, is_valid) {
            let (pointer, ty) = (&example["at"], &example["type"]);
            failures.push(format!("{pointer} as {ty}: {failure}"));
        }
    }
    let count = failures.len();
    assert!(failures.is_empty(), "{count} of {valid} valid examples do not survive:\n{}", failures.join("\n"));
}

fn check(example: &Value, is_valid: bool) -> Result<(), String> {
    let again = TYPES.iter().find(|(name, _)| example["type"] == *name).expect("every type is in the table").1;
    let value = &example["value"];
    let json = value.to_string();
    let result = catch_unwind(|| again(json.as_bytes())).map_err(|_| "it panics".to_owned())?;
    match result {
        Ok(encoded) if is_valid => {
            let encoded = serde_json::from_slice(&encoded).map_err(|error| format!("it encodes to no JSON: {error}"))?;
            same::difference(value, &encoded, RULES).map_or(Ok(()), Err)
        }
        Ok(_) => Ok(()),
        Err(error) if !is_valid && error.starts_with('$') => Ok(()),
        Err(error) => Err(error),
    }
}

/// [`Again`] for a type that travels by way of a codec.
fn again<T, C: Codec<T>>(json: &[u8]) -> Result<Vec<u8>, String> {
    let value: Through<T, C> = wire::from_slice(json).map_err(|error| error.to_string())?;
    wire::to_vec(&value).map_err(|error| error.to_string())
}

/// A value that travels by way of a codec.
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
