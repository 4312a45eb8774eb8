//! Reads documents from disk, and writes and checks the folders of crates.
//!
//! Only this module and the command line access the disk. The rest of the library is pure.

mod folder;
pub(crate) mod output_folder;
mod project;
pub(crate) mod read_once;
pub(crate) mod real_path;
mod report;
mod runtime_folder;
pub(crate) mod text;

pub use folder::DocumentFolder;
#[cfg(feature = "cli")]
pub(crate) use output_folder::write_text;
pub use output_folder::{Change, Counts, DiskFailure, Error, OutputFolder, Plan, Written};
#[cfg(feature = "cli")]
pub(crate) use project::{CHANGELOG, changelog_beside};
pub use project::{Project, ProjectError, SETTINGS, WrittenProject};
pub use report::Report;
pub use runtime_folder::RuntimeFolder;
