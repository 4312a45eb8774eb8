//! Makes a second run wait until the first one is done.

use std::path::Path;

use super::Error;

/// An exclusive lock for writing folders with the same parent. It ends when it is dropped or when its process ends.
///
/// The lock is on the parent folder itself: a lock file could be left behind, and the folder that is written is
/// exchanged with another one during the run.
pub(super) struct Lock {
    #[cfg(unix)]
    _parent: std::fs::File,
}

impl Lock {
    /// Waits for other runs to finish, up to 30 seconds.
    #[cfg(unix)]
    pub(super) fn take(parent: &Path) -> Result<Self, Error> {
        use std::time::{Duration, Instant};

        use rustix::fs::{FlockOperation, flock};
        use rustix::io::Errno;

        const TIMEOUT: Duration = Duration::from_secs(30);
        const POLL_INTERVAL: Duration = Duration::from_millis(10);

        let start = Instant::now();
        let folder = super::disk::attempt("read", parent, std::fs::File::open(parent))?;
        loop {
            match flock(&folder, FlockOperation::NonBlockingLockExclusive) {
                Err(Errno::WOULDBLOCK) if start.elapsed() > TIMEOUT => {
                    return Err(Error::Busy(parent.to_owned()));
                }
                Err(Errno::WOULDBLOCK | Errno::INTR) => std::thread::sleep(POLL_INTERVAL),
                // Some network file systems cannot lock a folder. Write without a lock there.
                Ok(()) | Err(_) => return Ok(Self { _parent: folder }),
            }
        }
    }

    /// Does nothing: the standard library cannot lock a folder on this platform, so users have to avoid concurrent
    /// runs.
    #[cfg(not(unix))]
    pub(super) fn take(_: &Path) -> Result<Self, Error> {
        Ok(Self {})
    }
}
