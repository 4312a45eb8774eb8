// @generated from the OpenAPI document: change that, and generate again.

//! Calls for programs that are not `async`: the thread waits until the answer is there.
//!
//! Everything is polled on the thread that waits, so a call may borrow from it. What goes on meanwhile, connections and
//! timers, lives in one `tokio` runtime of the crate, on a thread that begins with the first call of the process and
//! ends with it.

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

use super::download::Download;
use super::error::Error;
use super::pages::{Items, Pages};
use super::streams::{EventStream, JsonLines};

/// Waits for an answer.
///
/// Every request has this once the trait is in scope, and so has whatever else is awaited for a `Result` with an
/// [`Error`] of this crate: [`with_response`](super::RequestExt::with_response), [`Download::bytes`], an `async` block
/// of several calls.
///
/// ```
/// # use conductorone::runtime::testing::{Reply, TestTransport};
/// # use conductorone::runtime::{Api, ClientBuilder, Error, Method, RequestExt, Wait};
/// # static API: Api = Api { server: Some("https://pets.example.com"), ..Api::EMPTY };
/// # let transport = TestTransport::new(|_| Reply::json(200, &["Rex"]));
/// # let client = ClientBuilder::new(&API).transport(transport).build()?;
/// let response = client.request(Method::GET, "/names").with_header("x-team", "zoo").wait()?;
/// let names: Vec<String> = response.json()?;
/// assert_eq!(names, ["Rex"]);
/// # Ok::<(), Error>(())
/// ```
pub trait Wait<T>: IntoFuture<Output = Result<T, Error>> + Sized {
    /// Sends the request, and waits until its answer is there.
    ///
    /// # Errors
    ///
    /// Those of the call; [`Error::is_blocking`] on a thread that is running an asynchronous task of `tokio`, which is
    /// for awaiting. Threads that `tokio` has for waiting (`spawn_blocking`) may wait.
    fn wait(self) -> Result<T, Error> {
        wait_for(async { self.await }).and_then(|answer| answer)
    }
}

impl<T, F: IntoFuture<Output = Result<T, Error>>> Wait<T> for F {}

/// An iterator over what a stream gives: it waits for each item.
///
/// On a thread that is running an asynchronous task of `tokio` it gives [one error](Error::is_blocking), and then nothing
/// more.
#[derive(Debug)]
#[must_use = "items are asked for when the iterator is"]
pub struct Blocking<S> {
    stream: S,
    is_refused: bool,
}

impl<S> Blocking<S> {
    fn new(stream: S) -> Self {
        Self { stream, is_refused: false }
    }

    /// The stream, for what it tells beside its items.
    pub fn get_ref(&self) -> &S {
        &self.stream
    }

    /// The stream, with all that has not been taken.
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
        wait_for(poll_fn(|context| Pin::new(&mut *stream).poll_next(context))).unwrap_or_else(|refused| {
            self.is_refused = true;
            Some(Err(refused))
        })
    }
}

impl<T> Pages<T> {
    /// The pages as an ordinary iterator, which waits for each.
    pub fn blocking(self) -> Blocking<Self> {
        Blocking::new(self)
    }
}

impl<T> Items<T> {
    /// The items as an ordinary iterator, which waits for each page.
    ///
    /// ```
    /// # use conductorone::runtime::{Error, Items};
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
    /// The events as an ordinary iterator, which waits for each.
    pub fn blocking(self) -> Blocking<Self> {
        Blocking::new(self)
    }
}

impl<T> JsonLines<T> {
    /// The values as an ordinary iterator, which waits for each.
    pub fn blocking(self) -> Blocking<Self> {
        Blocking::new(self)
    }
}

impl Download {
    /// The body as an ordinary reader, which waits for each piece.
    ///
    /// ```
    /// # use conductorone::runtime::Download;
    /// fn save(photo: Download, file: &mut std::fs::File) -> std::io::Result<u64> {
    ///     std::io::copy(&mut photo.reader(), file)
    /// }
    /// ```
    pub fn reader(self) -> Reader {
        Reader { download: self, piece: Bytes::new() }
    }
}

/// The body of a [`Download`], to be read. An error of the call is within the [`io::Error`].
#[derive(Debug)]
pub struct Reader {
    download: Download,
    /// What has arrived and is not read yet.
    piece: Bytes,
}

impl Reader {
    /// The download, for what it tells beside its body.
    pub fn get_ref(&self) -> &Download {
        &self.download
    }
}

impl BufRead for Reader {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        while self.piece.is_empty() {
            let next = wait_for(self.download.next()).unwrap_or_else(|refused| Some(Err(refused)));
            let Some(piece) = next else { break };
            self.piece = piece.map_err(io::Error::other)?;
        }
        Ok(&self.piece)
    }

    fn consume(&mut self, read: usize) {
        self.piece.advance(read.min(self.piece.len()));
    }
}

impl Read for Reader {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let piece = self.fill_buf()?;
        let read = piece.len().min(buffer.len());
        buffer[..read].copy_from_slice(&piece[..read]);
        self.consume(read);
        Ok(read)
    }
}

/// The runtime in which connections live, on its own thread.
static RUNTIME: LazyLock<io::Result<Handle>> = LazyLock::new(|| {
    let runtime = Builder::new_current_thread().enable_all().build()?;
    let handle = runtime.handle().clone();
    let thread = thread::Builder::new().name(concat!(env!("CARGO_PKG_NAME"), "-io").to_owned());
    thread.spawn(move || runtime.block_on(pending::<()>()))?;
    Ok(handle)
});

/// What a future comes to.
fn wait_for<F: Future>(future: F) -> Result<F::Output, Error> {
    if is_within_task() {
        return Err(Error::blocking(
            "the thread runs asynchronous tasks, which would stand still: await the call",
        ));
    }
    let runtime = RUNTIME
        .as_ref()
        .map_err(|error| Error::blocking(format!("there is no thread to keep connections on: {error}")))?;
    let _within = runtime.enter();
    let mut future = pin!(future);
    let waker = Waker::from(Arc::new(Waiting(thread::current())));
    let mut context = Context::from_waker(&waker);
    loop {
        match future.as_mut().poll(&mut context) {
            Poll::Ready(output) => return Ok(output),
            // A thread that is woken for another reason looks again, and finds nothing.
            Poll::Pending => thread::park(),
        }
    }
}

/// A thread that waits.
struct Waiting(Thread);

impl Wake for Waiting {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
    }
}

/// More steps than a task of `tokio` may take before it has to let others go on, which are 128.
const STEPS: usize = 1024;

/// Whether this thread is in the middle of a task. A runtime counts the steps of its tasks; where it lets a thread wait,
/// it counts nothing. That takes away the steps that the task has left, so that it lets others go on sooner.
fn is_within_task() -> bool {
    let mut context = Context::from_waker(Waker::noop());
    let mut is_stopped = || match coop::poll_proceed(&mut context) {
        Poll::Ready(step) => {
            step.made_progress();
            false
        }
        Poll::Pending => true,
    };
    Handle::try_current().is_ok() && (0..STEPS).any(|_| is_stopped())
}
