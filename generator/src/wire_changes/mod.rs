//! Finds what an old client and a new server no longer agree on.
//!
//! The old client was generated from the old document and is still deployed; the new server follows the new document. The
//! comparison reads two models, so it sees a document as the client does. Imports `ir` and `diagnostics`.

mod change;
mod comparison;
mod kind;
mod limits;
mod objects;
mod operations;
mod place;
mod reach;
mod request;
mod response;
mod scalars;
mod security;
mod summary;
mod types;
mod unions;
mod value_kinds;
mod view;

pub use change::{WireChange, WireDirection, WireSeverity};
pub use kind::WireChangeKind;

use self::comparison::Comparison;
use crate::ir::Api;

/// The agreement between the clients and the servers of a document: its operations and the types of their messages.
#[derive(Clone, Debug)]
pub struct Contract {
    api: Api,
}

impl Contract {
    /// Creates the contract of a model with the locations of the original document.
    pub(crate) fn new(api: Api) -> Self {
        Self { api }
    }
}

/// Returns the differences on the wire between an old client and a new server: errors first, then sorted by location in
/// the old document.
pub fn wire_changes(old: &Contract, new: &Contract) -> Vec<WireChange> {
    let mut comparison = Comparison::new(&old.api, &new.api);
    let operations = operations::compare(&mut comparison);
    types::compare_queued(&mut comparison);
    summary::changes(&comparison, &operations)
}
