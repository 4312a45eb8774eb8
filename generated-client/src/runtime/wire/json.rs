// @generated from the OpenAPI document: change that, and generate again.

//! Whole JSON bodies.

use std::fmt;

use serde::Serialize;
use serde::de::{DeserializeOwned, Error as _};

use super::direction::InRequest;
use super::effort::Decoding;
use super::path;

/// Decodes a JSON body.
///
/// # Errors
///
/// Where the body is no JSON or does not fit `T`; the error names the path at which it does not.
#[inline]
pub fn from_slice<T: DeserializeOwned>(json: &[u8]) -> Result<T, DecodeError> {
    from_slice_or(json, |error| error)
}

/// [`from_slice`] whose error becomes another at once: a value that is large is moved once and no more.
#[inline]
pub(in super::super) fn from_slice_or<T: DeserializeOwned, E>(
    json: &[u8],
    fail: impl FnOnce(DecodeError) -> E,
) -> Result<T, E> {
    // All at once: to look at each string for itself, as is done with bytes, takes a sixth of the time for a body.
    match std::str::from_utf8(json) {
        Ok(json) => from_str(json, fail),
        Err(error) => {
            let (before, _) = json.split_at(error.valid_up_to());
            let before = std::str::from_utf8(before).unwrap_or_default();
            Err(fail(not_utf8(from_str::<T, _>(before, |error| error).err())))
        }
    }
}

#[inline]
fn from_str<T: DeserializeOwned, E>(json: &str, fail: impl FnOnce(DecodeError) -> E) -> Result<T, E> {
    let _decoding = Decoding::body(json.len());
    let recording = path::Recording::begin();
    let mut input = serde_json::Deserializer::from_str(json);
    let decoded = T::deserialize(&mut input);
    if decoded.is_ok() {
        if let Err(source) = input.end() {
            return Err(fail(DecodeError { path: recording.path(), source }));
        }
    }
    decoded.map_err(|source| fail(DecodeError { path: recording.path(), source }))
}

/// The error of a body that is not in UTF-8, by what is wrong with the part before that: if only that it ends, it ends
/// where the error is.
fn not_utf8(before: Option<DecodeError>) -> DecodeError {
    match before {
        Some(earlier) if !earlier.source.is_eof() => earlier,
        Some(DecodeError { path, source: end }) => {
            let problem = format!("invalid UTF-8 at line {} column {}", end.line(), end.column() + 1);
            DecodeError { path, source: serde_json::Error::custom(problem) }
        }
        None => DecodeError::at("$".to_owned(), "invalid UTF-8".to_owned()),
    }
}

/// Encodes a JSON body.
///
/// # Errors
///
/// Where `value` has no JSON form, such as a map whose keys are no strings.
pub fn to_vec<T: Serialize + ?Sized>(value: &T) -> Result<Vec<u8>, EncodeError> {
    serde_json::to_vec(value).map_err(EncodeError)
}

/// [`to_vec`] for what a request carries: what only the server sets is left out where it is empty.
///
/// # Errors
///
/// Where `value` has no JSON form, such as a map whose keys are no strings.
pub fn request_to_vec<T: Serialize + ?Sized>(value: &T) -> Result<Vec<u8>, EncodeError> {
    let _direction = InRequest::begin();
    to_vec(value)
}

/// [`from_slice`] for what a request carries: what only the server sets may be missing.
///
/// # Errors
///
/// Where the body is no JSON or does not fit `T`; the error names the path at which it does not.
pub fn request_from_slice<T: DeserializeOwned>(json: &[u8]) -> Result<T, DecodeError> {
    let _direction = InRequest::begin();
    from_slice(json)
}

/// A body that is no JSON or does not fit the type.
#[derive(Debug)]
pub struct DecodeError {
    path: String,
    source: serde_json::Error,
}

impl DecodeError {
    /// What is wrong with the value at a path.
    pub(in super::super) fn at(path: String, problem: String) -> Self {
        Self { path, source: serde_json::Error::custom(problem) }
    }

    /// What is wrong, without the path.
    pub(in super::super) fn problem(&self) -> String {
        self.source.to_string()
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
