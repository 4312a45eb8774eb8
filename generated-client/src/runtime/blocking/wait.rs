// @generated from the OpenAPI document. Change the document, and generate again.

//! [`Wait`], which waits for the result of a call.

use super::super::error::Error;
use super::run::run_to_completion;

/// Waits for the result of a call, on the current thread.
///
/// With this trait in scope, every request has [`wait`](Self::wait), and so does every other future that
/// returns a `Result` with an [`Error`] of this crate: [`with_response`](super::super::RequestExt::with_response),
/// `Download::bytes`, or an `async` block with several calls.
///
/// ```
/// # use conductorone::runtime::testing::{MockResponse, TestTransport};
/// # use conductorone::runtime::{Api, ClientBuilder, Error, Method, RequestExt, Wait};
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
