//! Stops a run before any of its changes to the disk.

use std::cell::Cell;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

thread_local! {
    static STEPS_LEFT: Cell<Option<usize>> = const { Cell::new(None) };
    static FAILING: Cell<Option<(&'static str, io::ErrorKind)>> = const { Cell::new(None) };
}

/// The payload of the unwinding that stops a run.
struct Stopped;

/// Called before every change of this thread to the disk.
pub(crate) fn step(action: &'static str) -> io::Result<()> {
    if let Some((_, kind)) = FAILING.get().filter(|(failing, _)| *failing == action) {
        return Err(os_error(kind));
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

/// Returns an error like the one of the operating system, because some errors are distinguished by their number.
fn os_error(kind: io::ErrorKind) -> io::Error {
    let errors = (1..200).map(io::Error::from_raw_os_error);
    errors.into_iter().find(|error| error.kind() == kind).unwrap_or_else(|| kind.into())
}

/// Stops a run after the given number of changes. Returns `None` if it was stopped. Nothing in a run cleans up on
/// unwinding, so the disk is in the same state as after a kill.
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

/// Makes one kind of change fail.
pub(super) fn fail<T>(action: &'static str, kind: io::ErrorKind, run: impl FnOnce() -> T) -> T {
    FAILING.set(Some((action, kind)));
    let value = run();
    FAILING.set(None);
    value
}
