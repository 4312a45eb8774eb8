//! The encoding of parameters, forms and multipart bodies, and the decoding of response headers and text.
//!
//! This room may import `net`, `rules` and `wire`.

pub(super) mod charset;
#[cfg(feature = "encodings")]
mod encodings;
#[cfg(feature = "multipart")]
pub(super) mod multipart;
pub(super) mod parameter;
pub(super) mod response_header;
mod scalar;
pub(super) mod style;
