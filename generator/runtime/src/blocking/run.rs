//! The polling of a future on the current thread.

use std::future::pending;
use std::io;
use std::pin::pin;
use std::sync::{Arc, LazyLock};
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Thread};

use tokio::runtime::{Builder, Handle};
use tokio::task::coop;

use super::super::error::{Error, new_error};

/// The `tokio` runtime that drives connections and timers, on a thread of its own.
static RUNTIME: LazyLock<io::Result<Handle>> = LazyLock::new(|| {
    let runtime = Builder::new_current_thread().enable_all().build()?;
    let handle = runtime.handle().clone();
    let thread = thread::Builder::new().name(concat!(env!("CARGO_PKG_NAME"), "-io").to_owned());
    thread.spawn(move || runtime.block_on(pending::<()>()))?;
    Ok(handle)
});

/// Polls a future on the current thread until it is ready.
pub(super) fn run_to_completion<F: Future>(future: F) -> Result<F::Output, Error> {
    if is_within_task() {
        return Err(new_error::blocking(
            "the current thread runs asynchronous tasks and must not block: await the call",
        ));
    }
    let runtime = RUNTIME
        .as_ref()
        .map_err(|error| new_error::blocking(format!("cannot start the I/O thread: {error}")))?;
    let _within = runtime.enter();
    let mut future = pin!(future);
    let waker = Waker::from(Arc::new(ThreadWaker(thread::current())));
    let mut context = Context::from_waker(&waker);
    loop {
        match future.as_mut().poll(&mut context) {
            Poll::Ready(output) => return Ok(output),
            // Another wake-up of the thread only leads to a poll that is still pending.
            Poll::Pending => thread::park(),
        }
    }
}

/// Wakes a thread that waits.
struct ThreadWaker(Thread);

impl Wake for ThreadWaker {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
    }
}

/// More than the 128 operations that `tokio` allows a task before it has to yield.
const STEPS: usize = 1024;

/// Returns true if this thread runs an asynchronous task. `tokio` limits the operations of a task until it
/// yields, and sets no limit for a thread that may block. The check uses up the rest of the limit, so that
/// the task yields sooner.
fn is_within_task() -> bool {
    let mut context = Context::from_waker(Waker::noop());
    let mut is_out_of_budget = || match coop::poll_proceed(&mut context) {
        Poll::Ready(step) => {
            step.made_progress();
            false
        }
        Poll::Pending => true,
    };
    Handle::try_current().is_ok() && (0..STEPS).any(|_| is_out_of_budget())
}
