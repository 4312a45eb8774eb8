//! Makes a folder equal to a tree, file by file.
//!
//! Stopped anywhere, it can be started again: the manifest lists a file before it is there and until it is gone, so
//! every file of ours is known as ours at every moment.

use std::path::Path;

use super::disk::{self, Result};
use super::manifest;
use super::plan::{Change, Plan};

/// Carries out a plan. Each file is the old one or the new one at every moment; the folder as a whole is in between.
pub(super) fn update(folder: &Path, plan: &Plan) -> Result<()> {
    let after = plan.wanted(manifest::NAME);
    let mut is_listed = plan.changes().any(|change| change == (manifest::NAME, &Change::Keep));
    if let Some(meanwhile) = plan.manifest_meanwhile() {
        replace(folder, manifest::NAME, &meanwhile)?;
        is_listed = meanwhile == after;
    }

    // Removing comes first: on a file system that ignores case, `src/Owner.rs` is in the way of `src/owner.rs`.
    for (path, _) in plan.changes().filter(|(_, change)| **change == Change::Remove) {
        disk::remove_file(&folder.join(path))?;
    }
    for emptied in plan.emptied().into_iter().rev() {
        disk::remove_dir_if_empty(&folder.join(emptied))?;
    }
    for (path, change) in plan.changes().filter(|(path, _)| *path != manifest::NAME) {
        if matches!(change, Change::Add | Change::Replace(_)) {
            create_folders_above(folder, path)?;
            replace(folder, path, plan.wanted(path))?;
        }
    }

    if is_listed { Ok(()) } else { replace(folder, manifest::NAME, after) }
}

/// Creates the folders on the way to a file.
pub(super) fn create_folders_above(folder: &Path, path: &str) -> Result<()> {
    for above in super::folders_above(path) {
        let above = folder.join(above);
        if disk::look(&above)?.is_none() {
            disk::create_dir(&above)?;
        }
    }
    Ok(())
}

/// Puts a file into its place in one step.
pub(super) fn replace(folder: &Path, path: &str, contents: &str) -> Result<()> {
    let partial = folder.join(manifest::PARTIAL);
    // Left by a run that was stopped.
    if disk::look(&partial)?.is_some() {
        disk::remove_file(&partial)?;
    }
    disk::write_new(&partial, contents)?;
    disk::rename(&partial, &folder.join(path))
}
