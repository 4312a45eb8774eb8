//! The differences between the public APIs of two crates: what changes for users, how severe it is, and which version it
//! requires.
//!
//! The classes follow <https://doc.rust-lang.org/cargo/reference/semver.html>. Imports only `surface`.

mod change;
mod version;

pub use change::{Change, ChangeKind, Class};
pub use version::required_version;

use crate::surface::Surface;

/// Returns the changes from one public API to another, sorted by the item that they affect.
pub fn compare(old: &Surface, new: &Surface) -> Vec<Change> {
    let _ = (old, new);
    Vec::new()
}

/// Renders changes as plain text, for a terminal.
pub fn text(changes: &[Change]) -> String {
    let _ = changes;
    String::new()
}

/// Renders changes as Markdown, for a changelog.
pub fn markdown(changes: &[Change]) -> String {
    let _ = changes;
    String::new()
}
