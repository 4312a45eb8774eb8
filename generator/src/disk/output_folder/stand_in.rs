//! Keeps the visible folder complete while the real one is being updated.
//!
//! A stand-in is a complete copy of the new tree in a hidden folder next to the real one, with hard links for unchanged
//! files. One atomic exchange puts it in the place of the real folder, the real folder is updated while it is hidden,
//! and a second exchange brings it back. The stand-in does not simply replace the real folder, because the real folder
//! contains more than generated files: files of the user, `target/`, a mount point, the current folder of a shell. None
//! of them has to be moved.
//!
//! An interrupted run leaves one of the two folders hidden, possibly with files of the user. [`clean_up`] moves these
//! files back and deletes the rest, at the end of every run and at the start of the run after an interrupted one.

use std::fs::DirEntry;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::manifest::{self, Manifest};
use super::plan::{Change, Plan};
use super::update::{Folders, replace};
use super::{Error, disk};

/// Returns the path of the hidden folder next to `folder`.
pub(crate) fn hidden_path(folder: &Path) -> PathBuf {
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    folder.with_file_name(format!(".{name}.codegen"))
}

/// Creates a stand-in and exchanges it with the folder, which is hidden from then on. Returns `false` if the file
/// system cannot exchange folders, or if nothing can be created next to the folder. An error leaves nothing behind.
pub(super) fn install(folder: &Path, hidden: &Path, plan: &Plan) -> Result<bool, Error> {
    match disk::create_dir(hidden) {
        Err(error) if matches!(error.kind(), ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem) => {
            return Ok(false);
        }
        other => other?,
    }
    match build(folder, hidden, plan).and_then(|()| disk::exchange(folder, hidden)) {
        Ok(true) => Ok(true),
        Ok(false) => clean_up(hidden, folder).map(|_| false),
        Err(failure) => match clean_up(hidden, folder) {
            Ok(_) => Err(failure.into()),
            Err(_) => Err(left_over(folder, hidden, false, failure.into())),
        },
    }
}

/// Fills a hidden folder with the new tree.
fn build(folder: &Path, hidden: &Path, plan: &Plan) -> disk::Result<()> {
    // Write the manifest first, so that all files after it are known to be ours.
    disk::write_new(&hidden.join(manifest::NAME), plan.wanted(manifest::NAME))?;
    let mut folders = Folders::new(hidden);
    for (path, change) in plan.changes() {
        if path == manifest::NAME || *change == Change::Remove {
            continue;
        }
        folders.create_above(path)?;
        if *change == Change::Keep {
            disk::link_or_copy(&folder.join(path), &hidden.join(path))?;
        } else {
            disk::write_new(&hidden.join(path), plan.wanted(path))?;
        }
    }
    disk::copy_permissions(folder, hidden)
}

pub(super) fn left_over(folder: &Path, hidden: &Path, has_foreign: bool, error: Error) -> Error {
    let (folder, hidden) = (folder.to_owned(), hidden.to_owned());
    Error::LeftOver { folder, hidden, has_foreign, error: Box::new(error) }
}

/// Deletes our files from the hidden folder, and moves all others to the same paths in `folder`. If a path is taken,
/// the file stays in the hidden folder, which gets a visible name. Returns this folder.
///
/// If a file cannot be deleted or moved, all others are, and the error says where it is.
pub(super) fn clean_up(hidden: &Path, folder: &Path) -> Result<Option<PathBuf>, Error> {
    let mut leftover = Leftover { hidden, folder, ..Leftover::default() };
    match leftover.clean_up() {
        Ok(kept) => Ok(kept),
        // The files are where they were before this run.
        Err(error @ Error::NotOurs(_)) => Err(error),
        Err(error) => Err(left_over(folder, hidden, leftover.has_foreign, error)),
    }
}

/// Deletes our files from the hidden folder of a first run, which has no others.
pub(super) fn discard(hidden: &Path) -> Result<(), Error> {
    let owned = Manifest::read(hidden)?;
    let mut leftover = Leftover { hidden, folder: hidden, owned, ..Leftover::default() };
    leftover.clear("");
    leftover.finish()?;
    leftover.remove()
}

/// Returns an unused path next to the folder, such as `generated-client.kept`.
fn free_name(folder: &Path) -> Result<PathBuf, Error> {
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    let mut path = folder.with_file_name(format!("{name}.kept"));
    let mut number = 1;
    while disk::file_type_at(&path)?.is_some() {
        number += 1;
        path = folder.with_file_name(format!("{name}.kept-{number}"));
    }
    Ok(path)
}

/// A hidden folder that is being removed.
struct Leftover<'a> {
    hidden: &'a Path,
    folder: &'a Path,
    owned: Manifest,
    owned_in_folder: Manifest,
    /// True if a file of others may still be in the hidden folder.
    has_foreign: bool,
    /// The first error.
    error: Option<Error>,
}

impl Default for Leftover<'_> {
    fn default() -> Self {
        let (hidden, folder) = (Path::new(""), Path::new(""));
        let (owned, owned_in_folder) = (Manifest::default(), Manifest::default());
        Self { hidden, folder, owned, owned_in_folder, has_foreign: false, error: None }
    }
}

impl Leftover<'_> {
    fn clean_up(&mut self) -> Result<Option<PathBuf>, Error> {
        self.has_foreign = true;
        self.owned = Manifest::read(self.hidden)?;
        if disk::file_type_at(&self.folder.join(manifest::NAME))?.is_none() {
            // Somebody emptied the folder. Without a manifest, the files that are moved into it would make it invalid.
            replace(self.folder, manifest::NAME, &Manifest::default().text())?;
        }
        self.owned_in_folder = Manifest::read(self.folder)?;
        self.has_foreign = false;
        let mut remains = self.clear("");
        if self.error.take().is_some() {
            // The files that were deleted can have freed the space that was missing.
            self.has_foreign = false;
            remains = self.clear("");
        }
        self.finish()?;
        if remains {
            self.has_foreign = true;
            let kept = free_name(self.folder)?;
            disk::rename(self.hidden, &kept)?;
            disk::remove_file(&kept.join(manifest::NAME))?;
            return Ok(Some(kept));
        }
        self.remove()?;
        Ok(None)
    }

    fn finish(&mut self) -> Result<(), Error> {
        self.error.take().map_or(Ok(()), Err)
    }

    /// Removes the hidden folder, which has only a manifest. The manifest is last, so that all files before it are known
    /// to be ours.
    fn remove(&self) -> Result<(), Error> {
        disk::remove_file(&self.hidden.join(manifest::NAME))?;
        disk::remove_dir_if_empty(self.hidden)?;
        Ok(())
    }

    /// Clears a folder, except for the manifest. Returns `true` if something remains.
    fn clear(&mut self, below: &str) -> bool {
        let entries = match disk::entries(&self.hidden.join(below)) {
            Ok(entries) => entries,
            Err(failure) => {
                self.has_foreign = true;
                self.error.get_or_insert(failure.into());
                return true;
            }
        };
        let mut remains = false;
        for entry in entries {
            let name = entry.file_name();
            let name = name.to_string_lossy();
            let path = if below.is_empty() { name.into_owned() } else { format!("{below}/{name}") };
            if path != manifest::NAME {
                remains |= self.clear_entry(&entry, &path).unwrap_or_else(|error| {
                    self.error.get_or_insert(error);
                    true
                });
            }
        }
        remains
    }

    fn clear_entry(&mut self, entry: &DirEntry, path: &str) -> Result<bool, Error> {
        let is_folder = disk::attempt("read", &entry.path(), entry.file_type())?.is_dir();
        if is_folder && (self.owned.owns_below(path) || self.owned_in_folder.owns_below(path)) {
            let remains = self.clear(path);
            if !remains {
                disk::remove_dir_if_empty(&entry.path())?;
            }
            Ok(remains)
        } else if !is_folder && self.owned.owns(path) {
            disk::remove_file(&entry.path())?;
            Ok(false)
        } else {
            let had_foreign = std::mem::replace(&mut self.has_foreign, true);
            let is_moved = self.move_back(entry, path)?;
            self.has_foreign = had_foreign;
            Ok(!is_moved)
        }
    }

    /// Moves a file or folder of others to the same path in the real folder. Returns `false` if the path is taken.
    fn move_back(&self, entry: &DirEntry, path: &str) -> Result<bool, Error> {
        for above in super::folders_above(path) {
            if disk::file_type_at(&self.folder.join(above))?.is_some_and(|kind| !kind.is_dir()) {
                return Ok(false);
            }
        }
        // Use the original name, which can contain bytes that are not UTF-8.
        let destination = self.folder.join(path).with_file_name(entry.file_name());
        let is_free = disk::file_type_at(&destination)?.is_none();
        if is_free {
            Folders::new(self.folder).create_above(path)?;
            disk::rename(&entry.path(), &destination)?;
        }
        Ok(is_free)
    }
}
