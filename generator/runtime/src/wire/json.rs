//! Whole JSON bodies.

use std::fmt;

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::path;

/// Decodes a JSON body.
///
/// # Errors
///
/// Where the body is no JSON or does not fit `T`; the error names the path at which it does not.
pub fn from_slice<T: DeserializeOwned>(json: &[u8]) -> Result<T, DecodeError> {
    path::record(|| serde_json::from_slice(json)).map_err(|(path, source)| DecodeError { path, source })
}

/// Encodes a JSON body.
///
/// # Errors
///
/// Where `value` has no JSON form, such as a map whose keys are no strings.
pub fn to_vec<T: Serialize + ?Sized>(value: &T) -> Result<Vec<u8>, EncodeError> {
    serde_json::to_vec(value).map_err(EncodeError)
}

/// A body that is no JSON or does not fit the type.
#[derive(Debug)]
pub struct DecodeError {
    path: String,
    source: serde_json::Error,
}

impl DecodeError {
    /// What is wrong with the value at a path.
    pub(super) fn at(path: String, problem: String) -> Self {
        Self { path, source: serde::de::Error::custom(problem) }
    }

    /// Where in the body, such as `$.items[3].id`; `$` is the whole body.
    pub fn path(&self) -> &str {
        &self.path
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path, self.source)
    }
}

impl std::error::Error for DecodeError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.source)
    }
}

/// A value that has no JSON form.
#[derive(Debug)]
pub struct EncodeError(serde_json::Error);

impl fmt::Display for EncodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl std::error::Error for EncodeError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.0)
    }
}
