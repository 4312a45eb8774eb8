// @generated from the OpenAPI document: change that, and generate again.

//! The usual transport in WebAssembly: `fetch`, as browsers, their workers and Node have it.
//!
//! What belongs to JavaScript stays on its thread. So a request becomes a task of the host's event loop, and what others
//! hold of it, and may hand on, are the ends of channels: that is what makes its futures [`Send`].

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
use super::transport::{BoxFuture, Transport, TransportError};

/// Sends requests by `fetch`.
///
/// A body that moves piece by piece is collected before it is sent. Headers that belong to the browser (`cookie`, and what
/// [the standard](https://fetch.spec.whatwg.org/#forbidden-request-header) names beside it) are not sent by it, and what
/// an answer says beyond its body and its type is seen as far as the server exposes it to other origins.
///
/// A browser follows redirects by itself, and does not say where they lead. Only a request that has nothing to lose is left
/// to it, one without credentials, body and headers of the user's; any other that is redirected is an error. Its own
/// `user-agent` stays, since another one is a header that servers have to allow first.
#[derive(Clone, Debug, Default)]
pub struct FetchTransport(());

impl FetchTransport {
    /// A transport.
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
                CollectError::TooLong => TransportError::refused("the body is too long"),
            })?;
            let (answer, answered) = oneshot::channel();
            let (gone, wanted) = oneshot::channel();
            spawn_local(exchange(parts, body, deadline, answer, gone));
            let (head, pieces) = answered.await.map_err(|_| TransportError::broken(ENDED))??;
            Ok(http::Response::from_parts(head, Body::from_stream(Incoming { pieces, _wanted: wanted })))
        })
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        let (end, ended) = oneshot::channel::<()>();
        let (mut gone, wanted) = oneshot::channel();
        spawn_local(async move {
            let mut timer = Timer::after(duration);
            poll_fn(|context| match gone.poll_canceled(context) {
                Poll::Ready(()) => Poll::Ready(()),
                Poll::Pending => timer.poll(context),
            })
            .await;
            drop(end);
        });
        Box::pin(async move {
            let _wanted: Wanted = wanted;
            let _ = ended.await;
        })
    }
}

/// What a client is built with that is given no transport.
#[derive(Default)]
pub(super) struct Settings(());

impl Settings {
    pub(super) fn transport(self) -> Result<FetchTransport, super::error::Error> {
        Ok(FetchTransport::new())
    }
}

const ENDED: &str = "the event loop has ended";

type Head = (http::response::Parts, mpsc::Receiver<Result<Bytes, TransportError>>);

/// Held by those who wait for an answer. Without one, the request is given up.
type Wanted = oneshot::Receiver<Infallible>;
type Gone = oneshot::Sender<Infallible>;

/// A body while it arrives.
struct Incoming {
    pieces: mpsc::Receiver<Result<Bytes, TransportError>>,
    _wanted: Wanted,
}

impl BodyStream for Incoming {
    fn poll_next(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, TransportError>>> {
        Stream::poll_next(Pin::new(&mut self.pieces), context)
    }
}

/// The whole of a request and its answer, on the thread of its event loop.
async fn exchange(
    parts: http::request::Parts,
    body: Bytes,
    deadline: Option<Instant>,
    answer: oneshot::Sender<Result<Head, TransportError>>,
    gone: Gone,
) {
    let mut watch = match Watch::new(deadline, gone) {
        Ok(watch) => watch,
        Err(error) => return drop(answer.send(Err(error))),
    };
    let response = match fetch(&parts, &body, &mut watch).await {
        Ok(response) => response,
        Err(error) => return drop(answer.send(Err(error))),
    };
    let (pieces, taken) = mpsc::channel(0);
    let head = head(&response);
    let is_sound = head.is_ok();
    if answer.send(head.map(|head| (head, taken))).is_ok() && is_sound {
        read(&response, pieces, &mut watch).await;
    }
}

async fn fetch(
    parts: &http::request::Parts,
    body: &Bytes,
    watch: &mut Watch,
) -> Result<web_sys::Response, TransportError> {
    let init = RequestInit::new();
    init.set_method(parts.method.as_str());
    init.set_signal(Some(&watch.abort.signal()));
    let is_plain = matches!(parts.method, Method::GET | Method::HEAD) && body.is_empty();
    if !is_plain || parts.headers.values().any(HeaderValue::is_sensitive) {
        // A body may hold what is as good as credentials: a client's secret, a token to exchange.
        init.set_redirect(RequestRedirect::Manual);
    }
    let headers = Headers::new().map_err(refused)?;
    for (name, value) in parts.headers.iter().filter(|(name, _)| *name != USER_AGENT) {
        // Bytes beyond ASCII are characters of Latin-1 there.
        let value: String = value.as_bytes().iter().copied().map(char::from).collect();
        headers.append(name.as_str(), &value).map_err(refused)?;
    }
    init.set_headers(&headers);
    if !body.is_empty() {
        init.set_body(&Uint8Array::from(&body[..]));
    }
    // It is called alike, and stands in another place, in windows, in workers and in Node.
    let fetch: Function = global("fetch")?;
    let promise =
        fetch.call2(&js_sys::global(), &JsValue::from(parts.uri.to_string()), &init).map_err(refused)?;
    let response = watch.until(promise.unchecked_into()).await?.map_err(|error| {
        // A browser does not tell which, so that pages cannot look around in a network.
        let what = "there is no connection, or the server does not answer to this origin";
        TransportError::broken(format!("{what} ({})", name_of(&error)))
    })?;
    response.dyn_into().map_err(|_| TransportError::broken("what `fetch` gives is no response"))
}

/// The status and the headers of a response.
fn head(response: &web_sys::Response) -> Result<http::response::Parts, TransportError> {
    let (mut head, ()) = http::Response::new(()).into_parts();
    head.status = http::StatusCode::from_u16(response.status())
        .map_err(|_| TransportError::refused("the server redirects, and a browser does not say where to"))?;
    for entry in response.headers().entries().into_iter().flatten() {
        let entry: Array = entry.unchecked_into();
        let text = |index| entry.get(index).as_string().unwrap_or_default();
        // Whatever is not a header is none that anybody asks for.
        if let (Ok(name), Ok(value)) = (HeaderName::try_from(text(0)), HeaderValue::try_from(text(1))) {
            head.headers.append(name, value);
        }
    }
    // The body has been unpacked, so it is neither coded nor as long any more.
    if head.headers.remove(CONTENT_ENCODING).is_some() {
        head.headers.remove(CONTENT_LENGTH);
    }
    Ok(head)
}

/// Hands the body on, a piece whenever the one before it has been taken.
async fn read(
    response: &web_sys::Response,
    mut pieces: mpsc::Sender<Result<Bytes, TransportError>>,
    watch: &mut Watch,
) {
    let Some(body) = response.body() else { return };
    let Ok(reader) = body.get_reader().dyn_into::<ReadableStreamDefaultReader>() else { return };
    loop {
        let piece = match watch.until(reader.read()).await {
            Ok(Ok(read)) => match piece(&read) {
                Some(piece) => Ok(piece),
                None => return,
            },
            Ok(Err(error)) => Err(TransportError::broken(name_of(&error))),
            Err(error) => Err(error),
        };
        let is_last = piece.is_err();
        if poll_fn(|context| pieces.poll_ready(context)).await.is_err()
            || pieces.start_send(piece).is_err()
            || is_last
        {
            return;
        }
    }
}

/// What a reader has read; none at the end.
fn piece(read: &JsValue) -> Option<Bytes> {
    let member = |name: &str| Reflect::get(read, &JsValue::from(name)).unwrap_or_default();
    match member("done").as_bool() {
        Some(true) => None,
        _ => Some(Uint8Array::new(&member("value")).to_vec().into()),
    }
}

/// Gives a request up when its time is up, or nobody waits for it any more.
struct Watch {
    abort: AbortController,
    timer: Option<Timer>,
    gone: Gone,
}

impl Watch {
    fn new(deadline: Option<Instant>, gone: Gone) -> Result<Self, TransportError> {
        let left = deadline.map(|at| at.saturating_duration_since(Instant::now()));
        Ok(Self { abort: AbortController::new().map_err(refused)?, timer: left.map(Timer::after), gone })
    }

    /// What a promise comes to, unless the request is given up first.
    async fn until(&mut self, promise: Promise) -> Result<Result<JsValue, JsValue>, TransportError> {
        let mut promise = pin!(JsFuture::from(promise));
        poll_fn(|context| {
            if self.gone.poll_canceled(context).is_ready() {
                return Poll::Ready(Err(TransportError::broken("nobody waits for it")));
            }
            if let Poll::Ready(outcome) = promise.as_mut().poll(context) {
                return Poll::Ready(Ok(outcome));
            }
            match self.timer.as_mut().map(|timer| timer.poll(context)) {
                Some(Poll::Ready(())) => {
                    Poll::Ready(Err(TransportError::timeout("there was no answer in time")))
                }
                Some(Poll::Pending) | None => Poll::Pending,
            }
        })
        .await
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.abort.abort();
    }
}

/// A timer of the event loop, which forgets it when this is dropped.
struct Timer {
    id: JsValue,
    rings: JsFuture,
    until: Instant,
}

/// The longest that a timer can run, in milliseconds: 24 days. Some ring at once that are set to more.
const LONGEST: u128 = i32::MAX as u128;

impl Timer {
    fn after(duration: Duration) -> Self {
        let until = Instant::now().checked_add(duration);
        // For ever, as far as anybody will see.
        let until = until.unwrap_or_else(|| Instant::now() + Duration::from_millis(LONGEST as u64));
        let (id, rings) = ring(duration);
        Self { id, rings, until }
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<()> {
        while Pin::new(&mut self.rings).poll(context).is_ready() {
            let left = self.until.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return Poll::Ready(());
            }
            // It was too long for one timer, or rang early.
            (self.id, self.rings) = ring(left);
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

/// A timer of so long, rounded up, and the promise that it keeps.
fn ring(duration: Duration) -> (JsValue, JsFuture) {
    let milliseconds = duration.as_nanos().div_ceil(1_000_000).min(LONGEST) as f64;
    let mut id = JsValue::UNDEFINED;
    let promise = Promise::new(&mut |resolve, _| {
        if let Ok(set) = global::<Function>("setTimeout") {
            id = set.call2(&JsValue::UNDEFINED, &resolve, &JsValue::from(milliseconds)).unwrap_or_default();
        }
    });
    (id, JsFuture::from(promise))
}

/// What the host calls by a name.
fn global<T: JsCast>(name: &str) -> Result<T, TransportError> {
    let found = Reflect::get(&js_sys::global(), &JsValue::from(name)).and_then(JsCast::dyn_into);
    found.map_err(|_| TransportError::refused(format!("there is no `{name}` here")))
}

fn refused(error: JsValue) -> TransportError {
    TransportError::refused(name_of(&error))
}

/// The kind of an error. What it says may have the URL in it, and keys with that.
fn name_of(error: &JsValue) -> String {
    let name = error.dyn_ref::<js_sys::Error>().map(|error| String::from(error.name()));
    name.unwrap_or_else(|| "an error without a name".to_owned())
}
