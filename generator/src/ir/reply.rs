//! Replies of the mock server that the document describes: a table beside the model.

use serde_json::Value;

use super::Content;

/// A reply of the mock server: one of the successful responses of an operation.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    /// Possible bodies, the default first. Empty if the response has no body.
    pub(crate) bodies: Vec<ReplyBody>,
}

/// A body of a [`Reply`].
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ReplyBody {
    /// Media type, never a range.
    pub(crate) media_type: String,
    pub(crate) content: Content,
    /// Example of the document.
    pub(crate) example: Option<Value>,
}

impl Default for Reply {
    /// Returns a reply with status 200 and no body.
    fn default() -> Self {
        Self { status: 200, bodies: Vec::new() }
    }
}
