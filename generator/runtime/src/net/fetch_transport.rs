//! The default transport in WebAssembly: `fetch` of browsers, web workers and Node.
//!
//! JavaScript values cannot leave their thread. So each request runs as a task of the event loop, and the
//! caller only holds channels to it, which makes the futures [`Send`].

use std::convert::Infallible;
use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use futures_channel::{mpsc, oneshot};
use futures_core::Stream;
use http::header::{CONTENT_ENCODING, CONTENT_LENGTH, USER_AGENT};
use http::{HeaderName, HeaderValue, Method};
use js_sys::{Array, Function, Promise, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{AbortController, Headers, ReadableStreamDefaultReader, RequestInit, RequestRedirect};

use super::body::{Body, BodyStream, CollectError};
use super::time::Instant;
use super::transport::{BoxFuture, Transport};
use super::transport_error::TransportError;

/// Sends requests with `fetch`.
///
/// - A streaming request body is collected before it is sent.
/// - A browser does not send [forbidden headers](https://fetch.spec.whatwg.org/#forbidden-request-header) such as
///   `cookie`, and shows only the response headers that the server exposes to other origins.
/// - A browser follows redirects itself and does not show their target. It may do so only for requests without
///   credentials, body or headers of the user. If any other request is redirected, the call fails.
/// - The browser sends its own `user-agent`, because servers have to allow any other value explicitly.
#[derive(Clone, Debug, Default)]
pub struct FetchTransport(());

impl FetchTransport {
    /// Creates a transport.
    pub fn new() -> Self {
        Self::default()
    }
}

impl Transport for FetchTransport {
    fn send(
        &self,
        request: http::Request<Body>,
        deadline: Option<Instant>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        Box::pin(async move {
            let (parts, body) = request.into_parts();
            let body = body.collect(usize::MAX).await.map_err(|error| match error {
                CollectError::Transport(error) => error,
                CollectError::TooLong => TransportError::refused("the request body is too long"),
            })?;
            let (response_sender, received) = oneshot::channel();
            let (cancel, guard) = oneshot::channel();
            spawn_local(exchange(parts, body, deadline, response_sender, cancel));
            let (head, chunks) = received.await.map_err(|_| TransportError::broken(EVENT_LOOP_ENDED))??;
            Ok(http::Response::from_parts(head, Body::from_stream(ResponseBody { chunks, _guard: guard })))
        })
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        let (end, ended) = oneshot::channel::<()>();
        let (mut cancel, guard) = oneshot::channel();
        spawn_local(async move {
            let mut timer = Timer::after(duration);
            poll_fn(|context| match cancel.poll_canceled(context) {
                Poll::Ready(()) => Poll::Ready(()),
                Poll::Pending => timer.poll(context),
            })
            .await;
            drop(end);
        });
        Box::pin(async move {
            let _guard: CancelGuard = guard;
            let _ = ended.await;
        })
    }
}

/// The settings of the default transport. There are none.
#[derive(Default)]
pub(in super::super) struct Settings(());

impl Settings {
    pub(in super::super) fn transport(self) -> Result<FetchTransport, BoxError> {
        Ok(FetchTransport::new())
    }
}

const EVENT_LOOP_ENDED: &str = "the event loop has ended";

type Head = (http::response::Parts, mpsc::Receiver<Result<Bytes, TransportError>>);

/// Held by the caller. Dropping it cancels the request.
type CancelGuard = oneshot::Receiver<Infallible>;
type CancelSignal = oneshot::Sender<Infallible>;

/// The body of a response.
struct ResponseBody {
    chunks: mpsc::Receiver<Result<Bytes, TransportError>>,
    _guard: CancelGuard,
}

impl BodyStream for ResponseBody {
    fn poll_next(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, TransportError>>> {
        Stream::poll_next(Pin::new(&mut self.chunks), context)
    }
}

/// Sends a request and receives its response, on the thread of the event loop.
async fn exchange(
    parts: http::request::Parts,
    body: Bytes,
    deadline: Option<Instant>,
    response_sender: oneshot::Sender<Result<Head, TransportError>>,
    cancel: CancelSignal,
) {
    let mut abort_guard = match AbortGuard::new(deadline, cancel) {
        Ok(abort_guard) => abort_guard,
        Err(error) => return drop(response_sender.send(Err(error))),
    };
    let response = match fetch(&parts, &body, &mut abort_guard).await {
        Ok(response) => response,
        Err(error) => return drop(response_sender.send(Err(error))),
    };
    let (chunks, chunk_receiver) = mpsc::channel(0);
    let head = head(&response);
    let is_valid = head.is_ok();
    if response_sender.send(head.map(|head| (head, chunk_receiver))).is_ok() && is_valid {
        read(&response, chunks, &mut abort_guard).await;
    }
}

async fn fetch(
    parts: &http::request::Parts,
    body: &Bytes,
    abort_guard: &mut AbortGuard,
) -> Result<web_sys::Response, TransportError> {
    let init = RequestInit::new();
    init.set_method(parts.method.as_str());
    init.set_signal(Some(&abort_guard.abort.signal()));
    let is_plain = matches!(parts.method, Method::GET | Method::HEAD) && body.is_empty();
    if !is_plain || parts.headers.values().any(HeaderValue::is_sensitive) {
        // A body can contain credentials, such as a client secret.
        init.set_redirect(RequestRedirect::Manual);
    }
    let headers = Headers::new().map_err(refused)?;
    for (name, value) in parts.headers.iter().filter(|(name, _)| *name != USER_AGENT) {
        // `fetch` encodes header values in Latin-1.
        let value: String = value.as_bytes().iter().copied().map(char::from).collect();
        headers.append(name.as_str(), &value).map_err(refused)?;
    }
    init.set_headers(&headers);
    if !body.is_empty() {
        init.set_body(&Uint8Array::from(&body[..]));
    }
    // A property of the global object, which has a different type in windows, workers and Node.
    let fetch: Function = global("fetch")?;
    let promise =
        fetch.call2(&js_sys::global(), &JsValue::from(parts.uri.to_string()), &init).map_err(refused)?;
    let response = abort_guard.until(promise.unchecked_into()).await?.map_err(|error| {
        // Browsers do not distinguish these, so that pages cannot scan a network.
        let what = "the server is not reachable, or does not allow requests of this origin";
        TransportError::broken(format!("{what} ({})", error_name(&error)))
    })?;
    response.dyn_into().map_err(|_| TransportError::broken("`fetch` did not return a response"))
}

/// Returns the status and the headers of a response.
fn head(response: &web_sys::Response) -> Result<http::response::Parts, TransportError> {
    let (mut head, ()) = http::Response::new(()).into_parts();
    head.status = http::StatusCode::from_u16(response.status()).map_err(|_| {
        TransportError::refused("the server redirects, and the browser does not show the target")
    })?;
    for entry in response.headers().entries().into_iter().flatten() {
        let entry: Array = entry.unchecked_into();
        let text = |index| entry.get(index).as_string().unwrap_or_default();
        // Headers with invalid names or values are skipped.
        if let (Ok(name), Ok(value)) = (HeaderName::try_from(text(0)), HeaderValue::try_from(text(1))) {
            head.headers.append(name, value);
        }
    }
    // `fetch` has decompressed the body, so these headers no longer describe it.
    if head.headers.remove(CONTENT_ENCODING).is_some() {
        head.headers.remove(CONTENT_LENGTH);
    }
    Ok(head)
}

/// Sends the chunks of the body to the caller, each after the caller has received the previous one.
async fn read(
    response: &web_sys::Response,
    mut chunks: mpsc::Sender<Result<Bytes, TransportError>>,
    abort_guard: &mut AbortGuard,
) {
    let Some(body) = response.body() else { return };
    let Ok(reader) = body.get_reader().dyn_into::<ReadableStreamDefaultReader>() else { return };
    loop {
        let chunk = match abort_guard.until(reader.read()).await {
            Ok(Ok(read)) => match chunk(&read) {
                Some(chunk) => Ok(chunk),
                None => return,
            },
            Ok(Err(error)) => Err(TransportError::broken(error_name(&error))),
            Err(error) => Err(error),
        };
        let is_last = chunk.is_err();
        if poll_fn(|context| chunks.poll_ready(context)).await.is_err()
            || chunks.start_send(chunk).is_err()
            || is_last
        {
            return;
        }
    }
}

/// Returns the chunk that a reader has read, or `None` at the end.
fn chunk(read: &JsValue) -> Option<Bytes> {
    let property = |name: &str| Reflect::get(read, &JsValue::from(name)).unwrap_or_default();
    match property("done").as_bool() {
        Some(true) => None,
        _ => Some(Uint8Array::new(&property("value")).to_vec().into()),
    }
}

/// Aborts a request when it is dropped, at its deadline, or when the caller cancels it.
struct AbortGuard {
    abort: AbortController,
    timer: Option<Timer>,
    cancel: CancelSignal,
}

impl AbortGuard {
    fn new(deadline: Option<Instant>, cancel: CancelSignal) -> Result<Self, TransportError> {
        let left = deadline.map(|at| at.saturating_duration_since(Instant::now()));
        Ok(Self { abort: AbortController::new().map_err(refused)?, timer: left.map(Timer::after), cancel })
    }

    /// Waits for a promise. It fails if the deadline passes or the caller cancels the request first.
    async fn until(&mut self, promise: Promise) -> Result<Result<JsValue, JsValue>, TransportError> {
        let mut promise = pin!(JsFuture::from(promise));
        poll_fn(|context| {
            if self.cancel.poll_canceled(context).is_ready() {
                return Poll::Ready(Err(TransportError::broken("the request was canceled")));
            }
            if let Poll::Ready(outcome) = promise.as_mut().poll(context) {
                return Poll::Ready(Ok(outcome));
            }
            match self.timer.as_mut().map(|timer| timer.poll(context)) {
                Some(Poll::Ready(())) => Poll::Ready(Err(TransportError::timeout("the deadline has passed"))),
                Some(Poll::Pending) | None => Poll::Pending,
            }
        })
        .await
    }
}

impl Drop for AbortGuard {
    fn drop(&mut self) {
        self.abort.abort();
    }
}

/// A timer of the event loop. Dropping it cancels the timer.
struct Timer {
    id: JsValue,
    fired: JsFuture,
    until: Instant,
}

/// The longest time that a timer supports, in milliseconds: 24 days. With a longer one, some hosts fire at
/// once.
const MAX_TIMEOUT_MS: u128 = i32::MAX as u128;

impl Timer {
    fn after(duration: Duration) -> Self {
        let until = Instant::now().checked_add(duration);
        // Too long to be represented, so any long time will do.
        let until = until.unwrap_or_else(|| Instant::now() + Duration::from_millis(MAX_TIMEOUT_MS as u64));
        let (id, fired) = set_timeout(duration);
        Self { id, fired, until }
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<()> {
        while Pin::new(&mut self.fired).poll(context).is_ready() {
            let left = self.until.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return Poll::Ready(());
            }
            // The time was longer than one timer supports, or the timer fired early.
            (self.id, self.fired) = set_timeout(left);
        }
        Poll::Pending
    }
}

impl Drop for Timer {
    fn drop(&mut self) {
        if let Ok(clear) = global::<Function>("clearTimeout") {
            let _ = clear.call1(&JsValue::UNDEFINED, &self.id);
        }
    }
}

/// Starts a timer. The time is rounded up to milliseconds. Returns its id and the promise that it resolves.
fn set_timeout(duration: Duration) -> (JsValue, JsFuture) {
    let milliseconds = duration.as_nanos().div_ceil(1_000_000).min(MAX_TIMEOUT_MS) as f64;
    let mut id = JsValue::UNDEFINED;
    let promise = Promise::new(&mut |resolve, _| {
        if let Ok(set) = global::<Function>("setTimeout") {
            id = set.call2(&JsValue::UNDEFINED, &resolve, &JsValue::from(milliseconds)).unwrap_or_default();
        }
    });
    (id, JsFuture::from(promise))
}

/// Returns a property of the global object.
fn global<T: JsCast>(name: &str) -> Result<T, TransportError> {
    let found = Reflect::get(&js_sys::global(), &JsValue::from(name)).and_then(JsCast::dyn_into);
    found.map_err(|_| TransportError::refused(format!("the JavaScript host has no `{name}`")))
}

fn refused(error: JsValue) -> TransportError {
    TransportError::refused(error_name(&error))
}

/// Returns the name of an error. Its message is not used, as it can contain the URL and secrets in it.
fn error_name(error: &JsValue) -> String {
    let name = error.dyn_ref::<js_sys::Error>().map(|error| String::from(error.name()));
    name.unwrap_or_else(|| "an unnamed error".to_owned())
}
