// @generated from the OpenAPI document. Change the document, and generate again.

//! Rules about text, without a dependency.
//!
//! This room imports no other.

pub(super) mod secret_name;
