//! A difference on the wire: what changed, in which direction, and whom it affects.
//!
//! Imports `diagnostics`.

use std::fmt;

use super::WireChangeKind;
use crate::diagnostics::Pointer;

/// A difference between the messages of an old client and of a new server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WireChange {
    /// The kind of difference.
    pub kind: WireChangeKind,
    /// The effect on old clients.
    pub severity: WireSeverity,
    /// The messages that differ.
    pub direction: WireDirection,
    /// The operations of the old document that are affected, such as `GET /pets/{id}`: sorted, and never empty.
    pub operations: Vec<String>,
    /// The difference: one clause in lower case without a full stop.
    pub message: String,
    /// The location in the old document, if the value exists there.
    pub old: Option<Pointer>,
    /// The location in the new document, if the value exists there.
    pub new: Option<Pointer>,
    /// A remedy: one imperative in lower case without a full stop.
    pub advice: Option<String>,
}

/// The effect of a difference on old clients.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum WireSeverity {
    /// The new document refuses a request that the old one allows, or allows a response that old clients cannot decode.
    Error,
    /// Calls of old clients may fail or have another effect, or a value that they read is missing.
    Warning,
    /// Old clients preserve a value that they do not know.
    Note,
}

/// The direction of messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum WireDirection {
    /// From the old client to the new server.
    Request,
    /// From the new server to the old client.
    Response,
}

impl fmt::Display for WireSeverity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        })
    }
}

impl fmt::Display for WireDirection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Request => "request",
            Self::Response => "response",
        })
    }
}
