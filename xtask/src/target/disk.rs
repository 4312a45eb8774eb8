//! Every change that is ever made to the disk, one function each, and the words for one that failed.
//!
//! Nothing else of this crate creates, renames or removes: so the tests can stop a run before any single change and
//! look at what it left behind.

use std::fmt;
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

#[cfg(test)]
use super::tests::fuse::step;

/// Comes before every change; only the tests have something to do here.
#[cfg(not(test))]
fn step(_action: &'static str) -> io::Result<()> {
    Ok(())
}

/// Something that the disk refused.
#[derive(Debug)]
pub(crate) struct Failure {
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

/// Names what was tried when it fails.
pub(super) fn attempt<T>(action: &'static str, path: &Path, result: io::Result<T>) -> Result<T> {
    result.map_err(|source| Failure { action, path: path.to_owned(), source })
}

fn change<T>(action: &'static str, path: &Path, run: impl FnOnce() -> io::Result<T>) -> Result<T> {
    attempt(action, path, step(action).and_then(|()| run()))
}

/// Creates a folder.
pub(super) fn create_dir(path: &Path) -> Result<()> {
    change("create the folder", path, || fs::create_dir(path))
}

/// Creates a folder and those above it, where they are missing.
pub(super) fn create_dir_all(path: &Path) -> Result<()> {
    change("create the folder", path, || fs::create_dir_all(path))
}

/// Writes a file that does not exist yet.
pub(super) fn write_new(path: &Path, contents: &str) -> Result<()> {
    let mut file = change("create", path, || File::create_new(path))?;
    change("write", path, || file.write_all(contents.as_bytes()))
}

/// Puts a second name on a file, or a copy in its place where a file can have only one.
pub(super) fn link_or_copy(from: &Path, to: &Path) -> Result<()> {
    change("link", to, || fs::hard_link(from, to).or_else(|_| fs::copy(from, to).map(drop)))
}

/// Gives a folder the permissions of another.
pub(super) fn copy_permissions(from: &Path, to: &Path) -> Result<()> {
    change("set the permissions of", to, || fs::set_permissions(to, fs::metadata(from)?.permissions()))
}

/// Moves a file, over another if there is one, or a folder.
pub(super) fn rename(from: &Path, to: &Path) -> Result<()> {
    change("write", to, || fs::rename(from, to))
}

/// Removes a file or a symbolic link, unless it is gone already.
pub(super) fn remove_file(path: &Path) -> Result<()> {
    change("remove", path, || match fs::remove_file(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        other => other,
    })
}

/// Removes a folder, unless there is something in it.
pub(super) fn remove_dir_if_empty(path: &Path) -> Result<()> {
    change("remove", path, || match fs::remove_dir(path) {
        Err(error) if error.kind() == io::ErrorKind::DirectoryNotEmpty => Ok(()),
        other => other,
    })
}

/// Exchanges two folders: whoever looks finds the one or the other, at every moment. Says whether it did: many network
/// and layered file systems cannot, and nobody can exchange a mount point.
#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
pub(super) fn exchange(one: &Path, other: &Path) -> Result<bool> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    use rustix::io::Errno;

    const CANNOT: [Errno; 6] =
        [Errno::NOSYS, Errno::INVAL, Errno::NOTSUP, Errno::XDEV, Errno::BUSY, Errno::PERM];

    let swap = || renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE).map_err(io::Error::from);
    match change("exchange", one, swap) {
        Err(failure)
            if Errno::from_io_error(&failure.source).is_some_and(|errno| CANNOT.contains(&errno)) =>
        {
            Ok(false)
        }
        other => other.map(|()| true),
    }
}

/// The standard library cannot exchange folders, and no crate that we use can here.
#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
pub(super) fn exchange(_: &Path, _: &Path) -> Result<bool> {
    Ok(false)
}

/// What stands at a path itself, not where a link there points to; nothing if there is nothing.
pub(super) fn look(path: &Path) -> Result<Option<fs::FileType>> {
    match path.symlink_metadata() {
        Ok(metadata) => Ok(Some(metadata.file_type())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => attempt("read", path, Err(error)),
    }
}

/// The entries of a folder, in the order of their names.
pub(super) fn entries(path: &Path) -> Result<Vec<fs::DirEntry>> {
    let mut entries =
        attempt("read", path, fs::read_dir(path).and_then(Iterator::collect::<io::Result<Vec<_>>>))?;
    entries.sort_by_key(fs::DirEntry::file_name);
    Ok(entries)
}
