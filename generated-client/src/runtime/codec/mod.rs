// @generated from the OpenAPI document. Change the document, and generate again.

//! The encoding of parameters, forms and multipart bodies, and the decoding of response headers.
//!
//! This room may import `net` and `wire`.

pub(super) mod multipart;
pub(super) mod parameter;
pub(super) mod response_header;
pub(super) mod style;
