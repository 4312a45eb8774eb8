//! Stops a run before any one of its changes to the disk.

use std::cell::Cell;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

thread_local! {
    static STEPS_LEFT: Cell<Option<usize>> = const { Cell::new(None) };
    static REFUSED: Cell<Option<(&'static str, io::ErrorKind)>> = const { Cell::new(None) };
}

/// What happens to a run that is stopped.
struct Stopped;

/// Comes before every change of this thread to the disk.
pub(crate) fn step(action: &'static str) -> io::Result<()> {
    if let Some((_, kind)) = REFUSED.get().filter(|(refused, _)| *refused == action) {
        return Err(raw(kind));
    }
    match STEPS_LEFT.get() {
        None => Ok(()),
        Some(0) => resume_unwind(Box::new(Stopped)),
        Some(left) => {
            STEPS_LEFT.set(Some(left - 1));
            Ok(())
        }
    }
}

/// As the system would say it, since some errors are told apart by their number.
fn raw(kind: io::ErrorKind) -> io::Error {
    let errors = (1..200).map(io::Error::from_raw_os_error);
    errors.into_iter().find(|error| error.kind() == kind).unwrap_or_else(|| kind.into())
}

/// Stops a run after so many changes. Nothing, if it is: nothing in a run cleans up behind it, so unwinding leaves on
/// the disk what a kill leaves.
pub(super) fn stop_after<T>(steps: usize, run: impl FnOnce() -> T) -> Option<T> {
    STEPS_LEFT.set(Some(steps));
    let result = catch_unwind(AssertUnwindSafe(run));
    STEPS_LEFT.set(None);
    match result {
        Ok(value) => Some(value),
        Err(cause) if cause.is::<Stopped>() => None,
        Err(cause) => resume_unwind(cause),
    }
}

/// Lets the disk refuse one kind of change.
pub(super) fn refuse<T>(action: &'static str, kind: io::ErrorKind, run: impl FnOnce() -> T) -> T {
    REFUSED.set(Some((action, kind)));
    let value = run();
    REFUSED.set(None);
    value
}
