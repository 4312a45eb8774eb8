//! Makes a folder equal to a tree, file by file.
//!
//! An interrupted update can be repeated: the manifest lists a file before it is created and until it is removed, so
//! our files are known to be ours at every moment.

use std::collections::HashSet;
use std::path::Path;

use super::disk::{self, Result};
use super::manifest;
use super::plan::{Change, Plan};

/// Applies a plan. At every moment, each file is either the old or the new one, and the folder can contain both kinds.
///
/// New files are links to the files of `copy`, a folder with the new tree, so that they need no space on the disk.
pub(super) fn update(folder: &Path, plan: &Plan, copy: Option<&Path>) -> Result<()> {
    let after = plan.wanted(manifest::NAME);
    let mut is_listed = plan.changes().any(|change| change == (manifest::NAME, &Change::Keep));
    if let Some(interim) = plan.interim_manifest() {
        replace(folder, manifest::NAME, &interim)?;
        is_listed = interim == after;
    }

    // Remove first: on a case-insensitive file system, `src/Owner.rs` is in the way of `src/owner.rs`.
    for (path, _) in plan.changes().filter(|(_, change)| **change == Change::Remove) {
        disk::remove_file(&folder.join(path))?;
    }
    for emptied in plan.emptied().into_iter().rev() {
        disk::remove_dir_if_empty(&folder.join(emptied))?;
    }
    let mut folders = Folders::new(folder);
    for (path, change) in plan.changes().filter(|(path, _)| *path != manifest::NAME) {
        if matches!(change, Change::Add | Change::Replace(_)) {
            folders.create_above(path)?;
            match copy {
                Some(copy) => replace_by_link(folder, path, &copy.join(path))?,
                None => replace(folder, path, plan.wanted(path))?,
            }
        }
    }

    if is_listed { Ok(()) } else { replace(folder, manifest::NAME, after) }
}

/// Creates the folders of the files below a root.
pub(super) struct Folders<'a> {
    root: &'a Path,
    existing: HashSet<&'a str>,
}

impl<'a> Folders<'a> {
    pub(super) fn new(root: &'a Path) -> Self {
        Self { root, existing: HashSet::new() }
    }

    /// Creates the missing parent folders of a file.
    pub(super) fn create_above(&mut self, path: &'a str) -> Result<()> {
        for above in super::folders_above(path) {
            if self.existing.insert(above) {
                let above = self.root.join(above);
                if disk::file_type_at(&above)?.is_none() {
                    disk::create_dir(&above)?;
                }
            }
        }
        Ok(())
    }
}

/// Creates or replaces a file in one step.
pub(super) fn replace(folder: &Path, path: &str, contents: &str) -> Result<()> {
    replace_with(folder, path, |partial| disk::write_new(partial, contents))
}

/// Creates or replaces a file in one step, with a link to another file.
fn replace_by_link(folder: &Path, path: &str, to: &Path) -> Result<()> {
    replace_with(folder, path, |partial| disk::link_or_copy(to, partial))
}

fn replace_with(folder: &Path, path: &str, create: impl FnOnce(&Path) -> Result<()>) -> Result<()> {
    let partial = folder.join(manifest::PARTIAL);
    // An interrupted run can leave this file.
    if disk::file_type_at(&partial)?.is_some() {
        disk::remove_file(&partial)?;
    }
    let replaced = create(&partial).and_then(|()| disk::replace(&partial, &folder.join(path)));
    if replaced.is_err() {
        // The first error is the one to report.
        let _ = disk::remove_file(&partial);
    }
    replaced
}
