//! Stops a run before any of its changes to the disk.

use std::cell::Cell;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

thread_local! {
    static STEPS_LEFT: Cell<Option<usize>> = const { Cell::new(None) };
    static FAILURE: Cell<Option<Failure>> = const { Cell::new(None) };
    static IS_PORTABLE: Cell<bool> = const { Cell::new(false) };
    static FAILING: Cell<Option<(&'static str, io::ErrorKind)>> = const { Cell::new(None) };
}

/// Changes that fail after a number of other changes.
#[derive(Clone, Copy)]
struct Failure {
    steps_before: usize,
    times: usize,
    includes: fn(&str) -> bool,
    kind: io::ErrorKind,
}

/// The payload of the unwinding that stops a run.
struct Stopped;

/// Called before every change of this thread to the disk.
pub(crate) fn step(action: &'static str) -> io::Result<()> {
    if let Some((_, kind)) = FAILING.get().filter(|(failing, _)| *failing == action) {
        return Err(os_error(kind));
    }
    if let Some(mut failure) = FAILURE.get() {
        let is_due = failure.steps_before == 0 && failure.times > 0 && (failure.includes)(action);
        failure.steps_before = failure.steps_before.saturating_sub(1);
        failure.times -= usize::from(is_due);
        FAILURE.set(Some(failure));
        if is_due {
            return Err(os_error(failure.kind));
        }
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
pub(crate) fn stop_after<T>(steps: usize, run: impl FnOnce() -> T) -> Option<T> {
    STEPS_LEFT.set(Some(steps));
    let result = catch_unwind(AssertUnwindSafe(run));
    STEPS_LEFT.set(None);
    match result {
        Ok(value) => Some(value),
        Err(cause) if cause.is::<Stopped>() => None,
        Err(cause) => resume_unwind(cause),
    }
}

/// Makes the first change after a number of changes fail. Returns `None` if there are not so many.
pub(super) fn fail_once<T>(steps_before: usize, kind: io::ErrorKind, run: impl FnOnce() -> T) -> Option<T> {
    fail_when(Failure { steps_before, times: 1, includes: |_| true, kind }, run)
}

/// Lets the disk be full after a number of changes. Returns `None` if no change after them needs space.
pub(super) fn fill_disk<T>(steps_before: usize, run: impl FnOnce() -> T) -> Option<T> {
    let includes = |action: &str| ["create", "create the folder", "write", "link"].contains(&action);
    let kind = io::ErrorKind::StorageFull;
    fail_when(Failure { steps_before, times: usize::MAX, includes, kind }, run)
}

fn fail_when<T>(failure: Failure, run: impl FnOnce() -> T) -> Option<T> {
    FAILURE.set(Some(failure));
    let value = run();
    let left = FAILURE.take().map_or(failure.times, |failure| failure.times);
    (left < failure.times).then_some(value)
}

/// Runs with the portable forms of all functions of the operating system, as on Windows.
pub(super) fn portable<T>(run: impl FnOnce() -> T) -> T {
    IS_PORTABLE.set(true);
    let value = run();
    IS_PORTABLE.set(false);
    value
}

/// Returns true inside of [`portable`].
pub(crate) fn is_portable() -> bool {
    IS_PORTABLE.get()
}

/// Makes one kind of change fail.
pub(super) fn fail<T>(action: &'static str, kind: io::ErrorKind, run: impl FnOnce() -> T) -> T {
    FAILING.set(Some((action, kind)));
    let value = run();
    FAILING.set(None);
    value
}
