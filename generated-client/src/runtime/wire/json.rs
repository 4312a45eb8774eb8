// @generated from the OpenAPI document. Change the document, and generate again.

//! Encoding and decoding of whole JSON bodies.

use std::fmt;

use serde::Serialize;
use serde::de::{DeserializeOwned, Error as _};

use super::decode_budget::{self, DecodeBudget};
use super::direction::InRequest;
use super::encoder;
use super::explain::{MAX_PATH, MAX_PROBLEM, cut, explain};
use super::field_names::{BodyNames, has_surrogates};
use super::path;
use super::private_name::private_name_in;
use super::tree_size;

/// A byte order mark in UTF-8, which JSON must not start with, and which may be ignored (RFC 8259, section 8.1).
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// The maximum length of the message of serde in an error that a user gets.
const MAX_SOURCE: usize = 2_000;

/// Decodes a JSON body.
///
/// # Errors
///
/// Returns an error if the body is not valid JSON or does not match `T`. The error has the JSON path.
#[inline]
pub fn from_slice<T: DeserializeOwned>(json: &[u8]) -> Result<T, DecodeError> {
    from_slice_or(json, |error| error)
}

/// Like [`from_slice`], but converts the error in place, so that a large value is moved only once.
#[inline]
pub(in super::super) fn from_slice_or<T: DeserializeOwned, E>(
    json: &[u8],
    fail: impl FnOnce(DecodeError) -> E,
) -> Result<T, E> {
    let json = without_byte_order_mark(json);
    // Validated at once: `serde_json` would validate each string of a slice, which takes a sixth of the time.
    match std::str::from_utf8(json) {
        Ok(json) => from_str(json, fail),
        Err(error) => {
            let (before, _) = json.split_at(error.valid_up_to());
            let before = std::str::from_utf8(before).unwrap_or_default();
            Err(fail(not_utf8(from_str::<T, _>(before, |error| error).err())))
        }
    }
}

/// Returns a body without its byte order mark, if it has one.
pub(in super::super) fn without_byte_order_mark(json: &[u8]) -> &[u8] {
    json.strip_prefix(BYTE_ORDER_MARK).unwrap_or(json)
}

#[inline]
fn from_str<T: DeserializeOwned, E>(json: &str, fail: impl FnOnce(DecodeError) -> E) -> Result<T, E> {
    let is_plain = is_plain(json.as_bytes());
    let private_name = if is_plain { None } else { private_name_in(json) };
    if let Some(name) = private_name {
        let problem = format!("a property is named {name:?}");
        return Err(fail(DecodeError::at("$".to_owned(), problem)));
    }
    let _decoding = DecodeBudget::body(json.len());
    let _names = BodyNames::begin(is_plain || !has_surrogates(json));
    let recorder = path::PathRecorder::begin();
    if tree_size::is_tree::<T>() {
        if let Err(problem) = decode_budget::allocate(tree_size::of(json)) {
            return Err(fail(DecodeError::at("$".to_owned(), problem.to_string())));
        }
    }
    let mut input = serde_json::Deserializer::from_str(json);
    let decoded = T::deserialize(&mut input);
    if decoded.is_ok() {
        if let Err(source) = input.end() {
            return Err(fail(DecodeError::new(recorder, source)));
        }
    }
    decoded.map_err(|source| fail(DecodeError::new(recorder, source)))
}

/// Returns true if JSON contains neither `\u` nor `$s`, with which escapes of characters and private names start. Most
/// bodies contain neither, and need no other scan.
fn is_plain(json: &[u8]) -> bool {
    let pairs = json.iter().zip(json.get(1..).unwrap_or_default());
    // Without an early exit, the compiler uses vector instructions.
    !pairs.fold(false, |found, (byte, next)| {
        found | ((*byte == b'\\') & (*next == b'u')) | ((*byte == b'$') & (*next == b's'))
    })
}

/// Makes the error of a body that is not valid UTF-8. `before` is the error of the valid part: if that part
/// only ends too early, its end is where the invalid part begins.
fn not_utf8(before: Option<DecodeError>) -> DecodeError {
    match before {
        Some(earlier) if !earlier.source.is_eof() => earlier,
        Some(DecodeError { path, source: end }) => {
            let problem = format!("invalid UTF-8 (line {} column {})", end.line(), end.column() + 1);
            DecodeError { path, source: serde_json::Error::custom(problem) }
        }
        None => DecodeError::at("$".to_owned(), "invalid UTF-8".to_owned()),
    }
}

/// Encodes a JSON body.
///
/// # Errors
///
/// Returns an error if `value` cannot be represented in JSON, such as NaN, or a map whose keys are lists or objects. The
/// error has the JSON path.
pub fn to_vec<T: Serialize + ?Sized>(value: &T) -> Result<Vec<u8>, EncodeError> {
    let recorder = path::PathRecorder::begin();
    encoder::encode(value).map_err(|source| EncodeError { path: recorder.path().0, source })
}

/// Encodes the JSON body of a request. Empty read-only properties are omitted.
///
/// # Errors
///
/// Returns an error if `value` cannot be represented in JSON, such as NaN, or a map whose keys are lists or objects. The
/// error has the JSON path.
pub fn request_to_vec<T: Serialize + ?Sized>(value: &T) -> Result<Vec<u8>, EncodeError> {
    let _direction = InRequest::begin();
    to_vec(value)
}

/// Decodes the JSON body of a request. Required properties that are read-only may be absent.
///
/// # Errors
///
/// Returns an error if the body is not valid JSON or does not match `T`. The error has the JSON path.
pub fn request_from_slice<T: DeserializeOwned>(json: &[u8]) -> Result<T, DecodeError> {
    let _direction = InRequest::begin();
    from_slice(json)
}

/// A body that is not valid JSON or does not match the type.
///
/// `Display` names the JSON path, what was expected and what was found: `$.items[3].id: expected a UUID, got
/// "42"`. Long strings are cut. The values of properties whose names suggest a secret, such as `password`,
/// are not shown.
pub struct DecodeError {
    path: String,
    source: serde_json::Error,
}

impl DecodeError {
    #[cold]
    fn new(recorder: path::PathRecorder, source: serde_json::Error) -> Self {
        match recorder.path() {
            // The message of serde has the value in it.
            (path, true) => Self::at(path, explain(&source, true)),
            (path, false) => Self { path, source },
        }
    }

    /// Makes the error of the value at a path.
    pub(in super::super) fn at(path: String, problem: String) -> Self {
        Self { path, source: serde_json::Error::custom(problem) }
    }

    /// Returns the message of serde, without the path. Values in it are not shortened.
    pub(in super::super) fn raw_problem(&self) -> String {
        self.source.to_string()
    }

    /// Shortens the message of serde, which repeats values of any length.
    pub(in super::super) fn bounded(self) -> Self {
        match explain(&self.source, false) {
            problem if self.source.to_string().len() > MAX_SOURCE => {
                Self::at(self.path, cut(&problem, MAX_PROBLEM).into_owned())
            }
            _ => self,
        }
    }

    /// Returns the JSON path of the value, such as `$.items[3].id`. `$` is the whole body.
    pub fn path(&self) -> &str {
        &self.path
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (path, problem) = (cut(&self.path, MAX_PATH), explain(&self.source, false));
        write!(f, "{path}: {}", cut(&problem, MAX_PROBLEM))
    }
}

/// Shows the same as `Display`, since the message of serde repeats values of any length.
impl fmt::Debug for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("DecodeError").field(&self.to_string()).finish()
    }
}

impl std::error::Error for DecodeError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.source)
    }
}

/// A value that cannot be represented in JSON, such as NaN.
///
/// `Display` names the JSON path, unless it is the whole value: `$.items[3].price: JSON cannot represent NaN`.
#[derive(Debug)]
pub struct EncodeError {
    path: String,
    source: serde_json::Error,
}

impl EncodeError {
    /// Returns the JSON path of the value, such as `$.items[3].price`. `$` is the whole value.
    pub fn path(&self) -> &str {
        &self.path
    }
}

impl fmt::Display for EncodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match cut(&self.path, MAX_PATH) {
            path if path == "$" => self.source.fmt(f),
            path => write!(f, "{path}: {}", self.source),
        }
    }
}

impl std::error::Error for EncodeError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.source)
    }
}
