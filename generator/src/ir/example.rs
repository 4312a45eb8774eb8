//! Examples of the document.

use serde_json::Value;

use super::Type;
use crate::diagnostics::Pointer;

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
