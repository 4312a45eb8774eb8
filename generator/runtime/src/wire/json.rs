//! A placeholder for the codec between the document's types and JSON: no paths yet.

use std::fmt;

use serde::Serialize;
use serde::de::DeserializeOwned;

/// JSON that is not the value that was asked for.
#[derive(Debug)]
pub struct DecodeError(serde_json::Error);

impl DecodeError {
    /// Where it went wrong: `$.owners[3].id`.
    pub fn path(&self) -> &str {
        "$"
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl std::error::Error for DecodeError {}

/// A value that JSON cannot express.
#[derive(Debug)]
pub struct EncodeError(serde_json::Error);

impl fmt::Display for EncodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl std::error::Error for EncodeError {}

/// Decodes a value.
pub fn from_slice<T: DeserializeOwned>(json: &[u8]) -> Result<T, DecodeError> {
    serde_json::from_slice(json).map_err(DecodeError)
}

/// Encodes a value.
pub fn to_vec<T: Serialize + ?Sized>(value: &T) -> Result<Vec<u8>, EncodeError> {
    serde_json::to_vec(value).map_err(EncodeError)
}
