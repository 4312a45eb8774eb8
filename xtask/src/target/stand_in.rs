//! Keeps the folder whole, seen from outside, while it is being updated.
//!
//! A stand-in is a complete copy of the new tree in a hidden folder beside the real one, made of links where a file did
//! not change. It takes the real folder's place in one atomic exchange, the real one is updated in hiding, and a second
//! exchange brings it back. Why not leave the new folder where it is? Because the real one holds more than our files:
//! what the user put there, `target/`, a mount, the shell that stands in it. It stays what it is, and nothing has to be
//! carried over.
//!
//! A run that is stopped leaves the other of the two folders in hiding; it may hold the user's files. [`dissolve`]
//! brings them home and deletes the rest, at the next run as at the end of every run.

use std::fs::DirEntry;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::manifest::{self, Manifest};
use super::plan::{Change, Plan};
use super::update::{create_folders_above, replace};
use super::{Error, disk};

/// Where the stand-in of a folder hides.
pub(super) fn beside(folder: &Path) -> PathBuf {
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    folder.with_file_name(format!(".{name}.codegen"))
}

/// Puts a stand-in into the folder's place, so that the folder itself is in hiding. Says whether it could: not where the
/// file system cannot exchange folders, nor where nothing can be created beside the folder.
pub(super) fn raise(folder: &Path, hidden: &Path, plan: &Plan) -> Result<bool, Error> {
    match disk::create_dir(hidden) {
        Err(error) if matches!(error.kind(), ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem) => {
            return Ok(false);
        }
        other => other?,
    }
    // The manifest comes first, so that every file after it is known to be ours.
    disk::write_new(&hidden.join(manifest::NAME), plan.wanted(manifest::NAME))?;
    for (path, change) in plan.changes() {
        if path == manifest::NAME || *change == Change::Remove {
            continue;
        }
        create_folders_above(hidden, path)?;
        if *change == Change::Keep {
            disk::link_or_copy(&folder.join(path), &hidden.join(path))?;
        } else {
            disk::write_new(&hidden.join(path), plan.wanted(path))?;
        }
    }
    disk::copy_permissions(folder, hidden)?;
    let exchanged = disk::exchange(folder, hidden)?;
    if !exchanged {
        dissolve(hidden, folder)?;
    }
    Ok(exchanged)
}

/// Deletes our files from the hidden folder, and moves all others to where they stand in `home`. One that has a namesake
/// there is kept in a folder of its own; that folder is returned.
pub(super) fn dissolve(hidden: &Path, home: &Path) -> Result<Option<PathBuf>, Error> {
    let owned = Manifest::of(hidden)?;
    if disk::look(&home.join(manifest::NAME))?.is_none() {
        // Whoever emptied the folder in between shall not find it refused for what is moved into it.
        replace(home, manifest::NAME, &Manifest::default().text())?;
    }
    let owned_at_home = Manifest::of(home)?;
    let stays = Leftover { hidden, home, owned, owned_at_home }.clear("")?;
    if stays {
        let kept = free_name(home)?;
        disk::rename(hidden, &kept)?;
        disk::remove_file(&kept.join(manifest::NAME))?;
        return Ok(Some(kept));
    }
    // The manifest goes last, so that no file of ours outlives it.
    disk::remove_file(&hidden.join(manifest::NAME))?;
    disk::remove_dir_if_empty(hidden)?;
    Ok(None)
}

/// A name beside the folder that nobody has: `generated-client.kept`.
fn free_name(folder: &Path) -> Result<PathBuf, Error> {
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    let mut path = folder.with_file_name(format!("{name}.kept"));
    let mut number = 1;
    while disk::look(&path)?.is_some() {
        number += 1;
        path = folder.with_file_name(format!("{name}.kept-{number}"));
    }
    Ok(path)
}

/// A hidden folder on its way out.
struct Leftover<'a> {
    hidden: &'a Path,
    home: &'a Path,
    owned: Manifest,
    owned_at_home: Manifest,
}

impl Leftover<'_> {
    /// Clears a folder, the manifest apart; says whether something had to stay.
    fn clear(&self, below: &str) -> Result<bool, Error> {
        let mut stays = false;
        for entry in disk::entries(&self.hidden.join(below))? {
            let name = entry.file_name();
            let name = name.to_string_lossy();
            let path = if below.is_empty() { name.into_owned() } else { format!("{below}/{name}") };
            if path != manifest::NAME {
                stays |= self.clear_entry(&entry, &path)?;
            }
        }
        Ok(stays)
    }

    fn clear_entry(&self, entry: &DirEntry, path: &str) -> Result<bool, Error> {
        let is_folder = disk::attempt("read", &entry.path(), entry.file_type())?.is_dir();
        if is_folder && (self.owned.owns_below(path) || self.owned_at_home.owns_below(path)) {
            let stays = self.clear(path)?;
            if !stays {
                disk::remove_dir_if_empty(&entry.path())?;
            }
            Ok(stays)
        } else if !is_folder && self.owned.owns(path) {
            disk::remove_file(&entry.path())?;
            Ok(false)
        } else {
            Ok(!self.bring_home(entry, path)?)
        }
    }

    /// Moves somebody's file or folder to where it stands in the real folder; says whether its place was free.
    fn bring_home(&self, entry: &DirEntry, path: &str) -> Result<bool, Error> {
        for above in super::folders_above(path) {
            if disk::look(&self.home.join(above))?.is_some_and(|kind| !kind.is_dir()) {
                return Ok(false);
            }
        }
        // By its own name, which may be no UTF-8.
        let place = self.home.join(path).with_file_name(entry.file_name());
        let is_free = disk::look(&place)?.is_none();
        if is_free {
            create_folders_above(self.home, path)?;
            disk::rename(&entry.path(), &place)?;
        }
        Ok(is_free)
    }
}
