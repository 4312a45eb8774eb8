//! JSON in and out, by the traits that generated types implement. The types here are written by hand, in the form in
//! which the generator writes them.

#![allow(unreachable_pub, reason = "nothing of a test binary is reachable, and `pub` is shorter")]

mod any;
mod codecs;
mod collect;
mod encode;
mod error_messages;
mod fields;
mod formats;
mod keyed_union;
mod limits;
mod nested_unions;
mod nullable;
mod paths;
#[cfg(feature = "mock")]
mod strict;
mod text;
mod types;
mod union;

use std::fmt::Debug;

use serde::Serialize;
use serde::de::DeserializeOwned;

/// Decodes JSON. Returns the path and the reason of an error in one string.
fn decode<T: DeserializeOwned>(json: impl AsRef<[u8]>) -> Result<T, String> {
    runtime::wire::from_slice(json.as_ref()).map_err(|error| error.to_string())
}

fn encode<T: Serialize>(value: &T) -> String {
    String::from_utf8(runtime::wire::to_vec(value).unwrap()).unwrap()
}

/// Asserts that `json` decodes to `value`, that `value` encodes to `written`, and that `written` decodes to `value`.
#[track_caller]
fn check<T: Serialize + DeserializeOwned + PartialEq + Debug>(json: &str, value: T, written: &str) {
    assert_eq!(decode::<T>(json).as_ref(), Ok(&value), "{json}");
    assert_eq!(encode(&value), written, "{json}");
    assert_eq!(decode::<T>(written), Ok(value), "{json}");
}

/// Asserts that `json` does not decode, with an error at `path`.
#[track_caller]
fn check_rejected<T: DeserializeOwned + Debug>(json: &str, path: &str) {
    match runtime::wire::from_slice::<T>(json.as_bytes()) {
        Ok(value) => panic!("{json} is read as {value:?}"),
        Err(error) => assert_eq!(error.path(), path, "{json}: {error}"),
    }
}
