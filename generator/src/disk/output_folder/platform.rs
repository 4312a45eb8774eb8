//! The functions of operating systems that the standard library does not have, each with a portable form.
//!
//! The portable forms are compiled on every system. Systems without the function use them, and tests force them.

use std::fs::File;
use std::io;
use std::path::Path;

#[cfg(all(test, unix))]
use super::tests::fuse::is_portable;

/// Returns true if the portable forms are used on every system. Only tests do this.
#[cfg(all(not(test), unix))]
fn is_portable() -> bool {
    false
}

/// Checks that entries of a folder can be created and removed. The portable form checks nothing, so the first change fails
/// instead.
pub(super) fn require_writable(path: &Path) -> io::Result<()> {
    #[cfg(unix)]
    if !is_portable() {
        use rustix::fs::{Access, access};

        return access(path, Access::WRITE_OK | Access::EXEC_OK).map_err(io::Error::from);
    }
    let _ = path;
    Ok(())
}

/// Exchanges two folders atomically. Returns `false` in the portable form, which changes nothing.
pub(super) fn exchange(one: &Path, other: &Path) -> io::Result<bool> {
    #[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
    if !is_portable() {
        use rustix::fs::{CWD, RenameFlags, renameat_with};

        let exchanged = renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE);
        return exchanged.map(|()| true).map_err(io::Error::from);
    }
    let _ = (one, other);
    Ok(false)
}

/// Returns true if the error of [`exchange`] means that the file system cannot exchange these folders.
pub(super) fn cannot_exchange(error: &io::Error) -> bool {
    #[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
    if !is_portable() {
        use rustix::io::Errno;

        const CANNOT: [Errno; 6] =
            [Errno::NOSYS, Errno::INVAL, Errno::NOTSUP, Errno::XDEV, Errno::BUSY, Errno::PERM];
        return Errno::from_io_error(error).is_some_and(|errno| CANNOT.contains(&errno));
    }
    let _ = error;
    false
}

/// Opens a folder to lock it. Returns `None` in the portable form: the standard library cannot lock a folder, so users have
/// to avoid concurrent runs.
pub(super) fn open_to_lock(folder: &Path) -> io::Result<Option<File>> {
    #[cfg(unix)]
    if !is_portable() {
        return File::open(folder).map(Some);
    }
    let _ = folder;
    Ok(None)
}

/// Locks an open folder if no other process has locked it. Returns `false` if one has.
pub(super) fn try_lock(folder: &File) -> bool {
    #[cfg(unix)]
    {
        use rustix::fs::{FlockOperation, flock};
        use rustix::io::Errno;

        let locked = flock(folder, FlockOperation::NonBlockingLockExclusive);
        // Some network file systems cannot lock a folder. Write without a lock there.
        !matches!(locked, Err(Errno::WOULDBLOCK | Errno::INTR))
    }
    #[cfg(not(unix))]
    {
        let _ = folder;
        true
    }
}
