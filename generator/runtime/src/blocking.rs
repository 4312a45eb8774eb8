//! Blocking calls, for programs that are not `async`.
//!
//! A future is polled on the thread that waits for it, so a call can borrow from that thread. Connections and
//! timers live in a `tokio` runtime of this crate. Its thread starts with the first blocking call and runs
//! until the process ends.
//!
//! This room may import `call`, `error`, `pages` and `stream`.

use std::future::{pending, poll_fn};
use std::io::{self, BufRead, Read};
use std::pin::{Pin, pin};
use std::sync::{Arc, LazyLock};
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Thread};

use bytes::{Buf, Bytes};
use futures_core::Stream;
use tokio::runtime::{Builder, Handle};
use tokio::task::coop;

use super::call::download::Download;
use super::error::{Error, new_error};
use super::pages::{Items, Pages};
use super::stream::{EventStream, JsonLines};

/// Waits for the result of a call, on the current thread.
///
/// With this trait in scope, every request has [`wait`](Self::wait), and so does every other future that
/// returns a `Result` with an [`Error`] of this crate: [`with_response`](super::RequestExt::with_response),
/// [`Download::bytes`], or an `async` block with several calls.
///
/// ```
/// # use runtime::testing::{MockResponse, TestTransport};
/// # use runtime::{Api, ClientBuilder, Error, Method, RequestExt, Wait};
/// # static API: Api = Api { server: Some("https://pets.example.com"), ..Api::EMPTY };
/// # let transport = TestTransport::new(|_| MockResponse::json(200, &["Rex"]));
/// # let client = ClientBuilder::new(&API).transport(transport).build()?;
/// let response = client.request(Method::GET, "/names").with_header("x-team", "zoo").wait()?;
/// let names: Vec<String> = response.json()?;
/// assert_eq!(names, ["Rex"]);
/// # Ok::<(), Error>(())
/// ```
pub trait Wait<T>: IntoFuture<Output = Result<T, Error>> + Sized {
    /// Sends the request and blocks the thread until the call has ended.
    ///
    /// # Errors
    ///
    /// Returns the errors of the call. Returns [`Error::is_blocking`] on a thread that runs an asynchronous
    /// task of `tokio`; await the call there. Threads that may block (`spawn_blocking`, `block_in_place`) may
    /// call this method.
    fn wait(self) -> Result<T, Error> {
        run_to_completion(async { self.await }).and_then(|answer| answer)
    }
}

impl<T, F: IntoFuture<Output = Result<T, Error>>> Wait<T> for F {}

/// A blocking iterator over the items of a stream.
///
/// On a thread that runs an asynchronous task of `tokio` it returns [one error](Error::is_blocking) and then
/// ends.
#[derive(Debug)]
#[must_use = "iterators are lazy and do nothing unless consumed"]
pub struct Blocking<S> {
    stream: S,
    is_refused: bool,
}

impl<S> Blocking<S> {
    fn new(stream: S) -> Self {
        Self { stream, is_refused: false }
    }

    /// Returns a reference to the underlying stream.
    pub fn get_ref(&self) -> &S {
        &self.stream
    }

    /// Returns the underlying stream, with all items that the iterator has not returned.
    pub fn into_inner(self) -> S {
        self.stream
    }
}

impl<T, S: Stream<Item = Result<T, Error>> + Unpin> Iterator for Blocking<S> {
    type Item = Result<T, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.is_refused {
            return None;
        }
        let stream = &mut self.stream;
        run_to_completion(poll_fn(|context| Pin::new(&mut *stream).poll_next(context))).unwrap_or_else(
            |refused| {
                self.is_refused = true;
                Some(Err(refused))
            },
        )
    }
}

impl<T> Pages<T> {
    /// Returns a blocking iterator over the pages. It waits for each page.
    pub fn blocking(self) -> Blocking<Self> {
        Blocking::new(self)
    }
}

impl<T> Items<T> {
    /// Returns a blocking iterator over the items. It waits for each page.
    ///
    /// ```
    /// # use runtime::{Error, Items};
    /// fn print(pets: Items<String>) -> Result<(), Error> {
    ///     for pet in pets.blocking() {
    ///         println!("{}", pet?);
    ///     }
    ///     Ok(())
    /// }
    /// ```
    pub fn blocking(self) -> Blocking<Self> {
        Blocking::new(self)
    }
}

impl<T> EventStream<T> {
    /// Returns a blocking iterator over the events. It waits for each event.
    pub fn blocking(self) -> Blocking<Self> {
        Blocking::new(self)
    }
}

impl<T> JsonLines<T> {
    /// Returns a blocking iterator over the values. It waits for each value.
    pub fn blocking(self) -> Blocking<Self> {
        Blocking::new(self)
    }
}

impl Download {
    /// Returns a blocking reader of the body. It waits for each chunk.
    ///
    /// ```
    /// # use runtime::Download;
    /// fn save(photo: Download, file: &mut std::fs::File) -> std::io::Result<u64> {
    ///     std::io::copy(&mut photo.reader(), file)
    /// }
    /// ```
    pub fn reader(self) -> Reader {
        Reader { download: self, chunk: Bytes::new() }
    }
}

/// A blocking reader of the body of a [`Download`]. An [`Error`] of the call becomes the source of an
/// [`io::Error`].
#[derive(Debug)]
pub struct Reader {
    download: Download,
    /// The bytes that have arrived and are not read yet.
    chunk: Bytes,
}

impl Reader {
    /// Returns a reference to the download, for its status and its headers.
    pub fn get_ref(&self) -> &Download {
        &self.download
    }
}

impl BufRead for Reader {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        while self.chunk.is_empty() {
            let next = run_to_completion(self.download.next()).unwrap_or_else(|refused| Some(Err(refused)));
            let Some(chunk) = next else { break };
            self.chunk = chunk.map_err(io::Error::other)?;
        }
        Ok(&self.chunk)
    }

    fn consume(&mut self, read: usize) {
        self.chunk.advance(read.min(self.chunk.len()));
    }
}

impl Read for Reader {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let chunk = self.fill_buf()?;
        let read = chunk.len().min(buffer.len());
        buffer[..read].copy_from_slice(&chunk[..read]);
        self.consume(read);
        Ok(read)
    }
}

/// The `tokio` runtime that drives connections and timers, on a thread of its own.
static RUNTIME: LazyLock<io::Result<Handle>> = LazyLock::new(|| {
    let runtime = Builder::new_current_thread().enable_all().build()?;
    let handle = runtime.handle().clone();
    let thread = thread::Builder::new().name(concat!(env!("CARGO_PKG_NAME"), "-io").to_owned());
    thread.spawn(move || runtime.block_on(pending::<()>()))?;
    Ok(handle)
});

/// Polls a future on the current thread until it is ready.
fn run_to_completion<F: Future>(future: F) -> Result<F::Output, Error> {
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
