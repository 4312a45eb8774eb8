//! Examples that the document gives.

use serde_json::Value;

use super::Type;
use crate::diagnostics::Pointer;

/// A value that the document gives as an example, and the type that it is one of.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Example {
    /// Where the document gives it.
    pub(crate) pointer: Pointer,
    /// What it is an example of.
    pub(crate) ty: Type,
    /// Whether it is what its schema asks for.
    pub(crate) verdict: Verdict,
    /// The value.
    pub(crate) value: Value,
}

/// Whether an example is what its schema asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Verdict {
    /// It is.
    Valid,
    /// It is not.
    Invalid,
    /// The schema cannot be judged by, such as for a pattern that is no regular expression.
    Unknown,
}

/// What a schema makes of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Judgement {
    /// It allows it.
    Allowed,
    /// It would allow it, if one alternative alone of a `oneOf` did.
    Ambiguous,
    /// It does not allow it.
    Refused,
    /// The schema cannot be judged by.
    Unknown,
}
