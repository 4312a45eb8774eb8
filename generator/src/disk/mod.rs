//! Reads documents from disk, and writes and checks the folders of crates.
//!
//! Only this module and the command line access the disk. The rest of the library is pure.

mod folder;
pub(crate) mod output_folder;
mod report;

pub use folder::DocumentFolder;
pub use output_folder::{Change, Counts, DiskFailure, Error, OutputFolder, Plan, Written};
pub use report::Report;
