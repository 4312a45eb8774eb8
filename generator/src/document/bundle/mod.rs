//! Merges a document of several files into one.
//!
//! The target of a reference to another file becomes a component of the document, so later stages process a
//! single document. The original locations are recorded, so findings refer to the right file and
//! line. Only files in the document's folder are read, and the caller reads them.
//!
//! ```text
//! discover   finds the references that have to be rewritten, and their targets
//! names      names the imported components
//! assemble   adds the imported components, and rewrites the references
//! ```
//!
//! A reference where OpenAPI does not allow one, such as in place of an operation, is replaced by its target.
//! A reference to the anchor of a schema becomes a reference to the location of the schema. Imports
//! `diagnostics`, `grammar`, `moves`, `location`, `reference` and `text`.

mod anchors;
mod assemble;
mod discover;
mod files;
mod names;

use serde_json::{Map, Value};

use self::assemble::Assembly;
use self::discover::Discovery;
use super::moves::Moves;
use crate::diagnostics::{Diagnostics, Pointer, Sources};

/// A location in one of the files.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct FilePointer {
    /// The index of the file. The document is [`DOCUMENT`].
    file: usize,
    at: Pointer,
}

const DOCUMENT: usize = 0;

/// Imports the targets of references to other files, and records the original locations of the imported
/// values.
pub(super) fn bundle(
    document: Map<String, Value>,
    sources: &Sources<'_>,
    diagnostics: &mut Diagnostics,
) -> (Map<String, Value>, Moves) {
    let mut discovery = Discovery::new(Value::Object(document), sources, diagnostics);
    discovery.run();
    if discovery.is_self_contained() {
        return (discovery.files.into_document(), Moves::default());
    }
    Assembly::of(discovery).run()
}

#[cfg(test)]
mod tests;
