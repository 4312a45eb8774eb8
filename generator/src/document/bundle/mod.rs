//! A document of several files -> one.
//!
//! What a reference names in another file becomes a component of the document, so that every later stage reads one
//! document and knows nothing of files; where each piece was written is kept, so that findings name the file and the
//! line of their owner. Only files in the document's folder are read, and the caller is who reads them.
//!
//! ```text
//! discover   which references lead out of the text that they stand in, and where to
//! names      what the components are called that come from other files
//! assemble   the document with those components, and its references written anew
//! ```
//!
//! A reference where OpenAPI allows none, such as an operation's, is replaced by what it names; one to a schema's anchor
//! becomes one to its place. Imports `diagnostics`, `grammar`, `moves`, `place`, `reference`, `suggest` and `text`.

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

/// A place in one of the texts.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Spot {
    /// The number of the file; the document's is 0.
    file: usize,
    at: Pointer,
}

const DOCUMENT: usize = 0;

/// Brings what a document refers to in other files into it, and says where each piece was written.
pub(super) fn bundle(
    document: Map<String, Value>,
    sources: &Sources<'_>,
    diagnostics: &mut Diagnostics,
) -> (Map<String, Value>, Moves) {
    let mut discovery = Discovery::new(Value::Object(document), sources, diagnostics);
    discovery.run();
    if discovery.is_whole() {
        return (discovery.files.into_document(), Moves::default());
    }
    Assembly::of(discovery).run()
}

#[cfg(test)]
mod tests;
