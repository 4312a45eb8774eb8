// @generated from the OpenAPI document. Change the document, and generate again.

//! The encoding of parameters, forms and multipart bodies, and the decoding of response headers and text.
//!
//! This room may import `net`, `rules` and `wire`.

pub(super) mod charset;
pub(super) mod parameter;
pub(super) mod response_header;
mod scalar;
pub(super) mod style;
