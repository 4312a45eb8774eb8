//! A folder that belongs to codegen: compares it with a file tree, and makes it equal to the tree.
//!
//! These rules hold at every moment, also for programs that read the folder during a run or after a run was killed:
//!
//! - All generated files in the folder are from the old tree, or all are from the new one.
//! - Files that codegen did not write are neither changed nor lost.
//! - A file whose contents stay the same is not touched. If no file changes, nothing is touched.
//! - A run that fails, for example because the disk is full, leaves no copy behind. Where it cannot remove a copy or
//!   bring back files of others, its error says where they are, and the next run does it.
//!
//! There are three steps: [`plan`] compares, [`stand_in`] puts a copy of the new tree in the place of the folder, and
//! [`update`] changes the folder. If the file system cannot exchange two folders (a mount point, most network file
//! systems, Windows), the folder is updated in place: a run that is killed then leaves some files old and some new, and
//! the next run completes the update. A power failure is not survived, because nothing waits for the disk.

mod disk;
mod error;
mod lock;
mod manifest;
mod plan;
mod platform;
mod stand_in;
#[cfg(feature = "cli")]
mod text_file;
mod update;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::text;
use crate::FileTree;
use crate::config::KeptFiles;

pub use disk::Failure as DiskFailure;
pub use error::Error;
use lock::Lock;
use manifest::Manifest;
#[cfg(feature = "cli")]
pub(crate) use manifest::NAME as LIST_NAME;
pub use plan::{Change, Counts, Plan};
#[cfg(feature = "cli")]
pub(crate) use stand_in::hidden_path;
#[cfg(feature = "cli")]
pub(crate) use text_file::write_text;

/// A folder that belongs to codegen, or will after the first run.
#[derive(Debug)]
pub struct OutputFolder {
    folder: PathBuf,
    kept: KeptFiles,
}

/// The result of a run.
#[derive(Debug)]
pub struct Written {
    /// The changes that were made.
    pub plan: Plan,
    /// The folder that files of others were moved to, if an interrupted run left some whose paths are taken.
    pub kept: Option<PathBuf>,
}

impl OutputFolder {
    /// Opens a folder that is ours, empty or missing. A link to a folder is followed.
    pub fn open(folder: &Path) -> Result<Self, Error> {
        if let Some(target) = text::dangling_link(folder) {
            return Err(Error::DanglingLink { folder: folder.to_owned(), target });
        }
        // The path of a folder can lead through a file.
        if let Some(file) = folder.ancestors().skip(1).find(|above| above.is_file()) {
            return Err(Error::NotAFolder(file.to_owned()));
        }
        let real = match folder.canonicalize() {
            Err(_) if disk::file_type_at(folder)?.is_none() => {
                disk::attempt("find", folder, std::path::absolute(folder))?
            }
            real => disk::attempt("find", folder, real)?,
        };
        let kind = disk::file_type_at(&real)?;
        if kind.is_some_and(|kind| !kind.is_dir()) || real.file_name().is_none() {
            return Err(Error::NotAFolder(folder.to_owned()));
        }
        if kind.is_some() {
            Manifest::read(&real)?;
        }
        Ok(Self { folder: real, kept: KeptFiles::default() })
    }

    /// Takes a folder with other files, for example after `cargo init`: lists the existing files of the tree as generated
    /// files, so that the next run replaces them. A folder that is ours stays as it is.
    ///
    /// # Errors
    ///
    /// Returns an error if the path is not a folder, or if it cannot be written. Nothing is changed then.
    pub fn adopt(folder: &Path, tree: &FileTree, kept: KeptFiles) -> Result<Self, Error> {
        match Self::open_keeping(folder, kept.clone()) {
            Err(Error::NotOurs(_)) => {}
            opened => return opened,
        }
        let is_file = |path: &str| {
            disk::file_type_at(&folder.join(path)).is_ok_and(|kind| kind.is_some_and(|kind| kind.is_file()))
        };
        let existing = tree.iter().map(|(path, _)| path).filter(|path| is_file(path));
        let manifest: Manifest = existing.map(str::to_owned).collect();
        // A folder that cannot be written is not adopted: otherwise, the next run would replace its files.
        let real = disk::attempt("find", folder, folder.canonicalize())?;
        require(&real, &kept)?;
        Plan::adopting(&real, tree, &kept, manifest.clone())?;
        update::replace(folder, manifest::NAME, &manifest.text())?;
        Self::open_keeping(folder, kept)
    }

    /// Opens a folder like [`open`](Self::open), and leaves these files alone: they are accepted, and not removed. A folder that
    /// has only such files is accepted, too.
    ///
    /// # Errors
    ///
    /// Returns an error if the path is not a folder, or if the folder has other files and was not generated before.
    pub fn open_keeping(folder: &Path, kept: KeptFiles) -> Result<Self, Error> {
        match Self::open(folder) {
            Err(Error::NotOurs(_)) => {
                let real = disk::attempt("find", folder, folder.canonicalize())?;
                Plan::new(&real, &FileTree::new(), &kept)?;
                Ok(Self { folder: real, kept })
            }
            opened => Ok(Self { kept, ..opened? }),
        }
    }

    /// Returns `true` if the folder exists.
    pub fn exists(&self) -> bool {
        self.folder.exists()
    }

    /// Returns the hidden folder that an interrupted run left, if there is one.
    pub fn leftover(&self) -> Result<Option<PathBuf>, Error> {
        let hidden = stand_in::hidden_path(&self.folder);
        Ok(disk::file_type_at(&hidden)?.map(|_| hidden))
    }

    /// Compares the folder with a tree. Never writes.
    pub fn compare(&self, tree: &FileTree) -> Result<Plan, Error> {
        require(&self.folder, &self.kept)?;
        Plan::new(&self.folder, tree, &self.kept)
    }

    /// Makes the folder equal to a tree.
    pub fn write(&self, tree: &FileTree) -> Result<Written, Error> {
        let folder = self.folder.as_path();
        require(folder, &self.kept)?;
        let hidden = stand_in::hidden_path(folder);
        let parent = folder.parent().unwrap_or(folder);
        if disk::file_type_at(parent)?.is_none() {
            disk::create_dir_all(parent)?;
        }
        let _lock = Lock::take(parent)?;

        if !self.exists() {
            return create(folder, &hidden, tree);
        }
        let mut plan = Plan::new(folder, tree, &self.kept)?;
        if !plan.had_manifest() && !disk::entries(folder)?.is_empty() {
            // From now on, an interrupted run finds that the folder is ours.
            update::replace(folder, manifest::NAME, &Manifest::default().text())?;
            plan = Plan::new(folder, tree, &self.kept)?;
        }
        let mut kept = None;
        if disk::file_type_at(&hidden)?.is_some() {
            kept = stand_in::clean_up(&hidden, folder)?;
            plan = Plan::new(folder, tree, &self.kept)?;
        }
        if plan.is_done() {
            return Ok(Written { plan, kept });
        }
        for changed in changed_folders(folder, &plan)? {
            disk::require_writable(&changed)?;
        }
        if stand_in::install(folder, &hidden, &plan)? {
            // If a step fails, the stand-in stays in place, because it is complete, and the files of others are moved
            // to it. The result is the same, so this is not an error.
            let updated = update::update(&hidden, &plan, Some(folder));
            let _ = updated.and_then(|()| disk::exchange(folder, &hidden));
            kept = stand_in::clean_up(&hidden, folder)?.or(kept);
        } else {
            let updated = update::update(folder, &plan, None);
            updated.map_err(|failure| Error::Incomplete { folder: folder.to_owned(), failure })?;
        }
        Ok(Written { plan, kept })
    }
}

/// Checks that the files of people exist to which the crate refers.
fn require(folder: &Path, kept: &KeptFiles) -> Result<(), Error> {
    // After an interrupted run, files of people can be in the hidden folder. Such a file can be a link.
    let hidden = stand_in::hidden_path(folder);
    let exists = |path: &String| folder.join(path).is_file() || hidden.join(path).is_file();
    let is_absent = |paths: &&Vec<String>| !paths.iter().any(exists);
    let paths: Vec<Vec<String>> = kept.required().iter().filter(is_absent).cloned().collect();
    if paths.is_empty() { Ok(()) } else { Err(Error::Absent { folder: folder.to_owned(), paths }) }
}

/// Returns the existing folders in which a plan creates, replaces or removes something.
fn changed_folders(folder: &Path, plan: &Plan) -> Result<BTreeSet<PathBuf>, Error> {
    // The manifest is replaced in the folder itself.
    let mut changed = BTreeSet::from([folder.to_owned()]);
    for (path, _) in plan.changes().filter(|(_, change)| **change != Change::Keep) {
        for above in folders_above(path) {
            let above = folder.join(above);
            if !disk::file_type_at(&above)?.is_some_and(|kind| kind.is_dir()) {
                break;
            }
            changed.insert(above);
        }
    }
    Ok(changed)
}

/// Builds a hidden folder and renames it when it is complete. If the hidden folder exists, it is the real folder of an
/// interrupted run whose stand-in was deleted since, and it is updated.
fn create(folder: &Path, hidden: &Path, tree: &FileTree) -> Result<Written, Error> {
    let is_new = disk::file_type_at(hidden)?.is_none();
    if is_new {
        disk::create_dir(hidden)?;
    }
    let build = || -> Result<Plan, Error> {
        let plan = Plan::new(hidden, tree, &KeptFiles::default())?;
        update::update(hidden, &plan, None)?;
        disk::rename(hidden, folder)?;
        Ok(plan)
    };
    build().map(|plan| Written { plan, kept: None }).map_err(|error| {
        let is_removed = is_new && stand_in::discard(hidden).is_ok();
        if is_removed { error } else { stand_in::left_over(folder, hidden, !is_new, error) }
    })
}

/// Returns the parent folders of a file, outermost first: `a` and `a/b` for `a/b/c`.
fn folders_above(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices('/').map(|(end, _)| &path[..end])
}

#[cfg(test)]
pub(crate) mod tests;
