//! One run at a time: a second one waits for the first.

use std::path::Path;

use super::Error;

/// Holds off other runs that write into folders of the same parent, until it is dropped or its process ends.
///
/// The lock is on the parent folder itself: a lock file would be one more thing to leave behind, and the folder that is
/// written changes places with another meanwhile.
pub(super) struct Lock {
    #[cfg(unix)]
    _parent: std::fs::File,
}

impl Lock {
    /// Waits for other runs to finish, but not for ever.
    #[cfg(unix)]
    pub(super) fn take(parent: &Path) -> Result<Self, Error> {
        use std::time::{Duration, Instant};

        use rustix::fs::{FlockOperation, flock};
        use rustix::io::Errno;

        const PATIENCE: Duration = Duration::from_secs(30);
        const PAUSE: Duration = Duration::from_millis(10);

        let start = Instant::now();
        let folder = super::disk::attempt("read", parent, std::fs::File::open(parent))?;
        loop {
            match flock(&folder, FlockOperation::NonBlockingLockExclusive) {
                Err(Errno::WOULDBLOCK) if start.elapsed() > PATIENCE => {
                    return Err(Error::Busy(parent.to_owned()));
                }
                Err(Errno::WOULDBLOCK | Errno::INTR) => std::thread::sleep(PAUSE),
                // Some network file systems cannot lock a folder; that is no reason not to write.
                Ok(()) | Err(_) => return Ok(Self { _parent: folder }),
            }
        }
    }

    /// The standard library cannot lock a folder here; two runs at the same time are the user's to avoid.
    #[cfg(not(unix))]
    pub(super) fn take(_: &Path) -> Result<Self, Error> {
        Ok(Self {})
    }
}
