//! A folder that codegen owns: how it differs from a tree, and making it equal to one.
//!
//! What holds at every moment, so also for whoever looks in the middle of a run or after one that was killed:
//!
//! - The folder's generated files are those of the old tree or those of the new one, all of them.
//! - Nothing that somebody else put into the folder is changed, and none of it is ever lost.
//! - A file whose bytes do not differ is not touched, and nothing at all is if none do.
//!
//! Three steps, each readable alone: [`plan`] compares, [`stand_in`] takes the folder out of sight, [`update`] changes
//! it. Where the file system cannot exchange two folders (a mount point, most network file systems, Windows) the folder
//! is updated in full view: a run that is killed then leaves some files old and some new, and the next one finishes the
//! work. A kill is survived, a power cut is not: nothing waits for the disk.

mod disk;
mod error;
mod lock;
mod manifest;
mod plan;
mod stand_in;
mod update;

use std::path::{Path, PathBuf};

use codegen::FileTree;

pub(crate) use error::Error;
use lock::Lock;
use manifest::Manifest;
pub(crate) use plan::{Change, Counts, Plan};

/// A folder that codegen owns, or will.
#[derive(Debug)]
pub(crate) struct Target {
    folder: PathBuf,
}

/// What a run did.
#[derive(Debug)]
pub(crate) struct Written {
    /// What was done for each file.
    pub(crate) plan: Plan,
    /// A folder with somebody's files for which a stopped run left no room.
    pub(crate) kept: Option<PathBuf>,
}

impl Target {
    /// Names a folder that is ours, or empty, or missing. A link to a folder means the folder it points to.
    pub(crate) fn open(folder: &Path) -> Result<Self, Error> {
        let real = match folder.canonicalize() {
            Err(_) if disk::look(folder)?.is_none() => {
                disk::attempt("find", folder, std::path::absolute(folder))?
            }
            real => disk::attempt("find", folder, real)?,
        };
        let kind = disk::look(&real)?;
        if kind.is_some_and(|kind| !kind.is_dir()) || real.file_name().is_none() {
            return Err(Error::NotAFolder(folder.to_owned()));
        }
        if kind.is_some() {
            Manifest::of(&real)?;
        }
        Ok(Self { folder: real })
    }

    /// Whether there is a folder.
    pub(crate) fn exists(&self) -> bool {
        self.folder.exists()
    }

    /// What a stopped run left beside the folder.
    pub(crate) fn leftover(&self) -> Result<Option<PathBuf>, Error> {
        let hidden = stand_in::beside(&self.folder);
        Ok(disk::look(&hidden)?.map(|_| hidden))
    }

    /// Compares the folder with a tree. Never writes.
    pub(crate) fn compare(&self, tree: &FileTree) -> Result<Plan, Error> {
        Plan::new(&self.folder, tree)
    }

    /// Makes the folder equal to a tree.
    pub(crate) fn write(&self, tree: &FileTree) -> Result<Written, Error> {
        let folder = self.folder.as_path();
        let hidden = stand_in::beside(folder);
        let parent = folder.parent().unwrap_or(folder);
        if disk::look(parent)?.is_none() {
            disk::create_dir_all(parent)?;
        }
        let _lock = Lock::take(parent)?;

        if !self.exists() {
            return create(folder, &hidden, tree);
        }
        let mut plan = Plan::new(folder, tree)?;
        let mut kept = None;
        if disk::look(&hidden)?.is_some() {
            kept = stand_in::dissolve(&hidden, folder)?;
            plan = Plan::new(folder, tree)?;
        }
        if plan.is_done() {
            return Ok(Written { plan, kept });
        }
        if stand_in::raise(folder, &hidden, &plan)? {
            update::update(&hidden, &plan)?;
            // Should it not work a second time, then the stand-in stays, and is sent the files of others.
            disk::exchange(folder, &hidden)?;
            kept = stand_in::dissolve(&hidden, folder)?.or(kept);
        } else {
            update::update(folder, &plan)?;
        }
        Ok(Written { plan, kept })
    }
}

/// Builds a folder in hiding and shows it when it is complete. What hides there already is the folder itself if a run
/// was stopped and somebody deleted its stand-in.
fn create(folder: &Path, hidden: &Path, tree: &FileTree) -> Result<Written, Error> {
    if disk::look(hidden)?.is_none() {
        disk::create_dir(hidden)?;
    }
    let plan = Plan::new(hidden, tree)?;
    update::update(hidden, &plan)?;
    disk::rename(hidden, folder)?;
    Ok(Written { plan, kept: None })
}

/// The folders on the way to a file, the outermost first: `a` and `a/b` for `a/b/c`.
fn folders_above(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices('/').map(|(end, _)| &path[..end])
}

#[cfg(test)]
mod tests;
