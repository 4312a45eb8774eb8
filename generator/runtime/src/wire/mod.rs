//! JSON as the document's types speak it.

mod json;

pub use json::{DecodeError, EncodeError, from_slice, to_vec};
