//! Strict decoding: a value that the document does not list is an error, and not `Unknown`.
//!
//! The mock server decodes strictly, because it has the same document as the client. serde's traits cannot pass the
//! mode, so it is in a thread-local.

use std::cell::Cell;
#[cfg(any(feature = "integer-enums", feature = "text-enums"))]
use std::fmt;

#[cfg(feature = "unions")]
use serde::de::{Error, Unexpected};

#[cfg(feature = "unions")]
use super::Value;

thread_local! {
    static IS_STRICT: Cell<bool> = const { Cell::new(false) };
}

/// Runs `decode` strictly.
#[allow(dead_code, reason = "only the mock server decodes strictly")]
pub(in super::super) fn strictly<T>(decode: impl FnOnce() -> T) -> T {
    struct Restore(bool);

    impl Drop for Restore {
        fn drop(&mut self) {
            IS_STRICT.set(self.0);
        }
    }

    let _restore = Restore(IS_STRICT.replace(true));
    decode()
}

/// Returns true if a value that the document does not list is an error.
#[cfg(any(feature = "integer-enums", feature = "keyed-unions", feature = "text-enums", feature = "unions"))]
pub(super) fn is_strict() -> bool {
    IS_STRICT.get()
}

/// Creates the error for a value that matches no variant of a union.
#[cfg(feature = "unions")]
#[cold]
pub(super) fn no_variant<E: Error>(value: &Value) -> E {
    let found = match value {
        Value::Null => Unexpected::Unit,
        Value::Bool(boolean) => Unexpected::Bool(*boolean),
        Value::Number(_) => Unexpected::Other("number"),
        Value::String(text) => Unexpected::Str(text),
        Value::Array(_) => Unexpected::Seq,
        Value::Object(_) => Unexpected::Map,
    };
    E::invalid_type(found, &"a value of one of the variants of the union")
}

/// The values of an enum, as an expectation.
#[cfg(any(feature = "integer-enums", feature = "text-enums"))]
pub(super) struct OneOf<I>(pub(super) I);

#[cfg(any(feature = "integer-enums", feature = "text-enums"))]
impl<I: Iterator<Item: fmt::Display> + Clone> serde::de::Expected for OneOf<I> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        /// The number of values that are shown.
        const SHOWN: usize = 10;
        for (position, value) in self.0.clone().take(SHOWN).enumerate() {
            write!(f, "{}`{value}`", if position == 0 { "one of " } else { ", " })?;
        }
        if self.0.clone().nth(SHOWN).is_some() { f.write_str(", ...") } else { Ok(()) }
    }
}
