//! All changes to the disk, one function for each kind of change, with their error messages.
//!
//! Except for `corpus`, `conformance`, `servers` and `fuzz`, which write below their output folders, no other code of this crate creates,
//! renames or removes a file. So tests can stop a run before each change and look at what it left behind.

use std::fmt;
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use super::platform;
#[cfg(test)]
use super::tests::fuse::step;

/// Called before every change. Does something in tests only.
#[cfg(not(test))]
fn step(_action: &'static str) -> io::Result<()> {
    Ok(())
}

/// An operation on the disk that failed.
#[derive(Debug)]
pub struct Failure {
    action: &'static str,
    path: PathBuf,
    source: io::Error,
}

pub(super) type Result<T> = std::result::Result<T, Failure>;

impl Failure {
    pub(super) fn kind(&self) -> io::ErrorKind {
        self.source.kind()
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { action, path, source } = self;
        write!(f, "cannot {action} `{}`: {source}", path.display())
    }
}

/// Adds the action and the path to an error.
pub(super) fn attempt<T>(action: &'static str, path: &Path, result: io::Result<T>) -> Result<T> {
    result.map_err(|source| Failure { action, path: path.to_owned(), source })
}

fn change<T>(action: &'static str, path: &Path, run: impl FnOnce() -> io::Result<T>) -> Result<T> {
    attempt(action, path, step(action).and_then(|()| run()))
}

/// Checks that entries of a folder can be created and removed, where the operating system can tell.
pub(super) fn require_writable(path: &Path) -> Result<()> {
    change("write in", path, || platform::require_writable(path))
}

/// Creates a folder.
pub(super) fn create_dir(path: &Path) -> Result<()> {
    change("create the folder", path, || fs::create_dir(path))
}

/// Creates a folder and its missing parents.
pub(super) fn create_dir_all(path: &Path) -> Result<()> {
    change("create the folder", path, || fs::create_dir_all(path))
}

/// Writes a file that must not exist yet.
pub(super) fn write_new(path: &Path, contents: &str) -> Result<()> {
    let mut file = change("create", path, || File::create_new(path))?;
    change("write", path, || file.write_all(contents.as_bytes()))
}

/// Creates a hard link, or a copy if the file system has no hard links.
pub(super) fn link_or_copy(from: &Path, to: &Path) -> Result<()> {
    change("link", to, || fs::hard_link(from, to).or_else(|_| fs::copy(from, to).map(drop)))
}

/// Copies the permissions of a folder to another folder.
pub(super) fn copy_permissions(from: &Path, to: &Path) -> Result<()> {
    change("set the permissions of", to, || fs::set_permissions(to, fs::metadata(from)?.permissions()))
}

/// Moves a file in the place of another one, which may exist.
pub(super) fn replace(from: &Path, to: &Path) -> Result<()> {
    change("replace", to, || fs::rename(from, to))
}

/// Moves a file or a folder to a path that is free.
pub(super) fn rename(from: &Path, to: &Path) -> Result<()> {
    change("move", from, || fs::rename(from, to))
}

/// Removes a file or a symbolic link. Does nothing if it does not exist.
pub(super) fn remove_file(path: &Path) -> Result<()> {
    change("remove", path, || match fs::remove_file(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        other => other,
    })
}

/// Removes a folder if it is empty.
pub(super) fn remove_dir_if_empty(path: &Path) -> Result<()> {
    change("remove", path, || match fs::remove_dir(path) {
        Err(error) if error.kind() == io::ErrorKind::DirectoryNotEmpty => Ok(()),
        other => other,
    })
}

/// Exchanges two folders atomically: at every moment, other programs see one or the other. Returns `false` if that is
/// not supported, as on Windows and on many network and overlay file systems, or if one of the folders is a mount point.
pub(super) fn exchange(one: &Path, other: &Path) -> Result<bool> {
    match change("exchange", one, || platform::exchange(one, other)) {
        Err(failure) if platform::cannot_exchange(&failure.source) => Ok(false),
        exchanged => exchanged,
    }
}

/// Returns the file type at a path without following links, or `None` if nothing exists there.
pub(super) fn file_type_at(path: &Path) -> Result<Option<fs::FileType>> {
    match path.symlink_metadata() {
        Ok(metadata) => Ok(Some(metadata.file_type())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => attempt("read", path, Err(error)),
    }
}

/// Returns the entries of a folder, sorted by name.
pub(super) fn entries(path: &Path) -> Result<Vec<fs::DirEntry>> {
    let mut entries =
        attempt("read", path, fs::read_dir(path).and_then(Iterator::collect::<io::Result<Vec<_>>>))?;
    entries.sort_by_key(fs::DirEntry::file_name);
    Ok(entries)
}
