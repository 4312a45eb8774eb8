//! The default transport: `reqwest`, with rustls and the root certificates of the operating system.
//!
//! The crypto provider is the default provider of the process if one is installed, and otherwise `ring`,
//! which compiles in half the time of the default of `reqwest`.

use std::fmt;
use std::future::poll_fn;
use std::mem;
use std::pin::{Pin, pin};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use http::Uri;
use http::uri::{Authority, Scheme};
use http_body::{Frame, SizeHint};
use reqwest::Url;
use rustls::crypto::CryptoProvider;
use tokio::task::yield_now;
use tokio::time::{Sleep, sleep};

use super::body::{Body, BodyStream};
use super::failure_reason;
use super::time::Instant;
use super::transport::{BoxFuture, Transport};
use super::transport_error::{BoxError, TransportError};

/// The default connect timeout.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

/// Sends requests with `reqwest`. It requires a `tokio` runtime.
#[derive(Clone)]
pub struct ReqwestTransport {
    client: reqwest::Client,
    /// The server of the last request, as most requests go to the same server.
    server: Arc<Mutex<Option<Server>>>,
}

/// A parsed URL without its path and query.
struct Server {
    scheme: Scheme,
    authority: Authority,
    url: Url,
}

impl ReqwestTransport {
    /// Creates a transport with the default settings.
    ///
    /// # Errors
    ///
    /// Returns an error if TLS cannot be set up.
    pub fn new() -> Result<Self, reqwest::Error> {
        Settings::default().0.and_then(Self::with)
    }

    /// Creates a transport with the given settings, such as proxies, certificates and connection pools. The
    /// settings for redirects and retries are ignored: the client handles both.
    ///
    /// # Errors
    ///
    /// Returns an error if TLS cannot be set up, or if the settings conflict.
    pub fn with(settings: reqwest::ClientBuilder) -> Result<Self, reqwest::Error> {
        if CryptoProvider::get_default().is_none() {
            // Fails if another thread has installed a provider in the meantime, which is fine.
            let _ = rustls::crypto::ring::default_provider().install_default();
        }
        let settings = settings.redirect(reqwest::redirect::Policy::none()).retry(reqwest::retry::never());
        Ok(Self { client: settings.build()?, server: Arc::default() })
    }

    fn request(&self, request: http::Request<Body>) -> Result<reqwest::Request, TransportError> {
        let (head, body) = request.into_parts();
        let mut request = reqwest::Request::new(head.method, self.url(&head.uri)?);
        *request.version_mut() = head.version;
        *request.headers_mut() = head.headers;
        *request.body_mut() = Some(match body.into_bytes() {
            Ok(bytes) => reqwest::Body::from(bytes),
            Err(stream) => reqwest::Body::wrap(RequestBody(Mutex::new(stream))),
        });
        Ok(request)
    }

    /// Converts a URL for `reqwest`. Parsing the scheme and the host takes most of the time, so it is done
    /// once per server.
    fn url(&self, uri: &Uri) -> Result<Url, TransportError> {
        let mut server = self.server.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(server) = server.as_ref().filter(|server| server.matches(uri)) {
            let mut url = server.url.clone();
            url.set_path(uri.path());
            url.set_query(uri.query());
            return Ok(url);
        }
        let url = Url::parse(&uri.to_string()).map_err(TransportError::broken)?;
        *server = Server::of(uri, url.clone());
        Ok(url)
    }
}

impl Server {
    fn of(uri: &Uri, mut url: Url) -> Option<Self> {
        // API keys can be in the query.
        url.set_path("");
        url.set_query(None);
        Some(Self { scheme: uri.scheme()?.clone(), authority: uri.authority()?.clone(), url })
    }

    fn matches(&self, uri: &Uri) -> bool {
        let is_same = |authority: &Authority| authority.as_str() == self.authority.as_str();
        uri.scheme() == Some(&self.scheme) && uri.authority().is_some_and(is_same)
    }
}

impl fmt::Debug for ReqwestTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("ReqwestTransport").field(&self.client).finish()
    }
}

impl Transport for ReqwestTransport {
    fn send(
        &self,
        request: http::Request<Body>,
        deadline: Option<Instant>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        // The retries of a call cover all other requests.
        let is_sent_once = !request.method().is_idempotent() || request.body().as_bytes().is_none();
        // Outside of the future, which would store the request twice.
        let pending = self.request(request).map(|request| self.client.execute(request));
        Box::pin(async move {
            // Inside of the future: timers require a running runtime.
            let mut timer = Timer::until(deadline);
            let mut pending = pin!(pending?);
            if is_sent_once {
                // The server may have closed the kept connection in the meantime, and the runtime learns of it only
                // now. Then a new connection is used.
                yield_now().await;
            }
            let response = poll_fn(|context| match pending.as_mut().poll(context) {
                Poll::Ready(response) => Poll::Ready(response.map_err(classify)),
                Poll::Pending => timer.poll(context).map(Err),
            });
            Ok(convert(response.await?, timer))
        })
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        Box::pin(tokio::time::sleep(duration))
    }
}

/// Settings of a transport that is not built yet, or the first error in them.
pub(in super::super) struct Settings(Result<reqwest::ClientBuilder, reqwest::Error>);

impl Default for Settings {
    fn default() -> Self {
        Self(Ok(reqwest::Client::builder().connect_timeout(CONNECT_TIMEOUT)))
    }
}

impl Settings {
    /// Changes the settings, unless there is an error already.
    pub(in super::super) fn with(
        self,
        set: impl FnOnce(reqwest::ClientBuilder) -> Result<reqwest::ClientBuilder, reqwest::Error>,
    ) -> Self {
        Self(self.0.and_then(set))
    }

    /// Builds the transport.
    pub(in super::super) fn transport(self) -> Result<ReqwestTransport, BoxError> {
        let transport = self.0.and_then(ReqwestTransport::with);
        // The URL of a proxy can contain a password.
        transport.map_err(|error| error.without_url().into())
    }
}

/// The body of a request. The lock is never contended: it only makes the body `Sync`.
struct RequestBody(Mutex<Body>);

impl http_body::Body for RequestBody {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        let body = self.get_mut().0.get_mut().unwrap_or_else(PoisonError::into_inner);
        body.poll_next(context).map_ok(Frame::data)
    }

    fn size_hint(&self) -> SizeHint {
        let length = self.0.lock().unwrap_or_else(PoisonError::into_inner).length();
        length.map_or_else(SizeHint::default, SizeHint::with_exact)
    }
}

/// The deadline of a request. `reqwest` has timeouts, too, but they allocate a table for each request.
struct Timer(Option<Pin<Box<Sleep>>>);

impl Timer {
    fn until(deadline: Option<Instant>) -> Self {
        Self(deadline.map(|at| Box::pin(sleep(at.saturating_duration_since(Instant::now())))))
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<TransportError> {
        let Some(timer) = &mut self.0 else { return Poll::Pending };
        ready!(timer.as_mut().poll(context));
        Poll::Ready(TransportError::timeout("the deadline has passed"))
    }
}

/// Converts a response. `timer` is the deadline of its body.
fn convert(mut response: reqwest::Response, timer: Timer) -> http::Response<Body> {
    let mut head = http::Response::new(());
    *head.status_mut() = response.status();
    *head.version_mut() = response.version();
    *head.headers_mut() = mem::take(response.headers_mut());
    *head.extensions_mut() = mem::take(response.extensions_mut());
    let length = response.content_length();
    let body = ResponseBody { response, timer };
    head.map(|()| match length {
        Some(length) => Body::from_sized_stream(body, length),
        None => Body::from_stream(body),
    })
}

/// The body of a response. The response without its head is not converted into a `reqwest::Body`, which would be another
/// layer around each chunk.
struct ResponseBody {
    response: reqwest::Response,
    timer: Timer,
}

impl BodyStream for ResponseBody {
    fn poll_next(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, TransportError>>> {
        // The timer comes first: a server that always has data ready must not avoid the deadline.
        if let Poll::Ready(error) = self.timer.poll(context) {
            return Poll::Ready(Some(Err(error)));
        }
        // The response keeps the state, so the future can be dropped while it is pending.
        let chunk = ready!(pin!(self.response.chunk()).poll(context));
        Poll::Ready(chunk.map_err(classify).transpose())
    }
}

/// Converts an error of `reqwest`. The URL is removed, as its query can contain secrets.
fn classify(error: reqwest::Error) -> TransportError {
    let error = error.without_url();
    // In this order: after a connect timeout nothing was sent, so the call can always be retried.
    if error.is_connect() || failure_reason::is_unsent(&error) {
        TransportError::connect(error)
    } else if error.is_timeout() {
        TransportError::timeout(error)
    } else {
        TransportError::broken(error)
    }
}
