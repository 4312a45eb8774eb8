//! Examples of the document.

use std::collections::HashMap;

use serde_json::Value;

use super::Type;
use crate::diagnostics::Pointer;

/// Types of the schemas of a document, by location. A table beside the model.
pub(crate) type SchemaTypes = HashMap<Pointer, Type>;

/// An example of the document.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Example {
    /// Location in the document.
    pub(crate) pointer: Pointer,
    /// Type of the schema that it is an example of.
    pub(crate) ty: Type,
    /// Result of validating it against its schema.
    pub(crate) verdict: Verdict,
    /// Value of the example.
    pub(crate) value: Value,
    /// True if an earlier example has the same type and value.
    pub(crate) is_repeated: bool,
}

/// Result of validating an example.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Verdict {
    /// The example is valid.
    Valid,
    /// The example is invalid.
    Invalid,
    /// The schema cannot be used for validation, for example because a pattern is not a valid regular expression.
    Unknown,
}

/// Result of validating a value against a schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SchemaMatch {
    /// The value is valid.
    Allowed,
    /// The value matches several alternatives of a `oneOf`, which must match exactly one.
    Ambiguous,
    /// The value is invalid.
    Refused,
    /// The schema cannot be used for validation.
    Unknown,
}
