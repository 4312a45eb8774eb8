//! Makes a second run wait until the first one is done.

use std::fs::File;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use super::{Error, disk, platform};

const TIMEOUT: Duration = Duration::from_secs(30);
const POLL_INTERVAL: Duration = Duration::from_millis(10);

/// An exclusive lock for writing folders with the same parent. It ends when it is dropped or when its process ends.
///
/// The lock is on the parent folder itself: a lock file could be left behind, and the folder that is written is
/// exchanged with another one during the run.
pub(super) struct Lock {
    _parent: Option<File>,
}

impl Lock {
    /// Waits for other runs to finish, up to 30 seconds. Does not wait on systems that cannot lock a folder.
    pub(super) fn take(parent: &Path) -> Result<Self, Error> {
        let start = Instant::now();
        let folder = disk::attempt("read", parent, platform::open_to_lock(parent))?;
        while folder.as_ref().is_some_and(|folder| !platform::try_lock(folder)) {
            if start.elapsed() > TIMEOUT {
                return Err(Error::Busy(parent.to_owned()));
            }
            thread::sleep(POLL_INTERVAL);
        }
        Ok(Self { _parent: folder })
    }
}
