//! The usual transport: `reqwest`, with rustls and the certificates that the operating system trusts.
//!
//! Cryptography is that of the process if it has chosen one, and `ring` otherwise, which takes half as long to compile
//! as what `reqwest` would choose.

use std::fmt;
use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use http::Uri;
use http::uri::{Authority, Scheme};
use http_body::{Body as _, Frame, SizeHint};
use reqwest::Url;
use rustls::crypto::CryptoProvider;
use tokio::time::{Sleep, sleep};

use super::body::{Body, BodyStream};
use super::client::ClientBuilder;
use super::error::Error;
use super::time::Instant;
use super::transport::{BoxFuture, Transport, TransportError};

/// How long it may take to connect.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

/// Sends requests by `reqwest`, in a `tokio` runtime.
#[derive(Clone)]
pub struct ReqwestTransport {
    client: reqwest::Client,
    /// Where the last request went: most go where the one before did.
    server: Arc<Mutex<Option<Server>>>,
}

/// Where a request goes, apart from its path and query.
struct Server {
    scheme: Scheme,
    authority: Authority,
    url: Url,
}

impl ReqwestTransport {
    /// A transport with the usual settings.
    ///
    /// # Errors
    ///
    /// If TLS cannot be set up.
    pub fn new() -> Result<Self, reqwest::Error> {
        Settings::default().0.and_then(Self::with)
    }

    /// A transport with settings of one's own: proxies, certificates, pools. Redirects and repetitions are settled
    /// above the transport, so what is set for them here does not count.
    ///
    /// # Errors
    ///
    /// If TLS cannot be set up, or the settings contradict each other.
    pub fn with(settings: reqwest::ClientBuilder) -> Result<Self, reqwest::Error> {
        if CryptoProvider::get_default().is_none() {
            // Fails if another thread was quicker, which is as well.
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
            Err(stream) => reqwest::Body::wrap(Outgoing(Mutex::new(stream))),
        });
        Ok(request)
    }

    /// A URL as `reqwest` takes it. To read the scheme and the host takes most of the time, so it is done once.
    fn url(&self, uri: &Uri) -> Result<Url, TransportError> {
        let mut server = self.server.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(server) = server.as_ref().filter(|server| server.is_of(uri)) {
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
        // Keys travel there.
        url.set_path("");
        url.set_query(None);
        Some(Self { scheme: uri.scheme()?.clone(), authority: uri.authority()?.clone(), url })
    }

    fn is_of(&self, uri: &Uri) -> bool {
        let is_it = |authority: &Authority| authority.as_str() == self.authority.as_str();
        uri.scheme() == Some(&self.scheme) && uri.authority().is_some_and(is_it)
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
        // Not in the future, where the request would be a second time.
        let pending = self.request(request).map(|request| self.client.execute(request));
        Box::pin(async move {
            // Here, where there is a runtime for it.
            let mut timer = Timer::until(deadline);
            let mut pending = pin!(pending?);
            let response = poll_fn(|context| match pending.as_mut().poll(context) {
                Poll::Ready(response) => Poll::Ready(response.map_err(failure)),
                Poll::Pending => timer.poll(context).map(Err),
            });
            let response = http::Response::<reqwest::Body>::from(response.await?);
            Ok(response.map(|body| Body::from_stream(Incoming { body, timer })))
        })
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        Box::pin(tokio::time::sleep(duration))
    }
}

/// Settings of the transport that a client has unless it is given another one. With another one, they are an error.
impl ClientBuilder {
    /// Sets how long it may take to connect: 10 seconds unless set.
    pub fn connect_timeout(self, timeout: Duration) -> Self {
        self.settings(|settings| Ok(settings.connect_timeout(timeout)))
    }

    /// Sends all requests by way of this proxy: `http://proxy.example.com:8080`, with a user and a password before the
    /// host if it asks for them. Without this, the proxies of the environment count: `HTTPS_PROXY`, `HTTP_PROXY`,
    /// `ALL_PROXY` and `NO_PROXY`.
    pub fn proxy(self, url: &str) -> Self {
        self.settings(|settings| Ok(settings.proxy(reqwest::Proxy::all(url)?)))
    }

    /// Trusts these certificates, in PEM, beside those of the operating system.
    pub fn root_certificate(self, pem: &[u8]) -> Self {
        self.settings(|settings| Ok(settings.tls_certs_merge(reqwest::Certificate::from_pem_bundle(pem)?)))
    }

    /// For a server on this machine: the proxies of the environment do not count.
    #[cfg(feature = "mock")]
    pub(super) fn nearby(mut self) -> Self {
        self.usual = || Settings(Settings::default().0.map(reqwest::ClientBuilder::no_proxy));
        self
    }

    fn settings(
        mut self,
        set: impl FnOnce(reqwest::ClientBuilder) -> Result<reqwest::ClientBuilder, reqwest::Error>,
    ) -> Self {
        self.reqwest = Some(Settings(self.reqwest.unwrap_or_else(self.usual).0.and_then(set)));
        self
    }
}

/// Settings that a transport is still to be made of, or the first error among them.
pub(super) struct Settings(Result<reqwest::ClientBuilder, reqwest::Error>);

impl Default for Settings {
    fn default() -> Self {
        Self(Ok(reqwest::Client::builder().connect_timeout(CONNECT_TIMEOUT)))
    }
}

impl Settings {
    pub(super) fn transport(self) -> Result<ReqwestTransport, Error> {
        let transport = self.0.and_then(ReqwestTransport::with);
        // The URL of a proxy may have a password in it.
        transport.map_err(|error| Error::transport_setup(error.without_url()))
    }
}

/// A body on its way out. Nobody else looks at it: the lock only says so to the compiler.
struct Outgoing(Mutex<Body>);

impl http_body::Body for Outgoing {
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

/// When a request has taken too long. `reqwest` could see to that too, if each request had a table for its settings.
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

/// A body on its way in.
struct Incoming {
    body: reqwest::Body,
    timer: Timer,
}

impl BodyStream for Incoming {
    fn poll_next(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, TransportError>>> {
        // First, or a server that is never silent would never be late.
        if let Poll::Ready(error) = self.timer.poll(context) {
            return Poll::Ready(Some(Err(error)));
        }
        loop {
            match ready!(Pin::new(&mut self.body).poll_frame(context)) {
                None => return Poll::Ready(None),
                Some(Err(error)) => return Poll::Ready(Some(Err(failure(error)))),
                Some(Ok(frame)) => {
                    // Trailers are no part of the body.
                    if let Ok(bytes) = frame.into_data() {
                        return Poll::Ready(Some(Ok(bytes)));
                    }
                }
            }
        }
    }
}

/// An error of `reqwest`, without the URL: its query is not for logs.
fn failure(error: reqwest::Error) -> TransportError {
    let error = error.without_url();
    // In this order: if connecting is what took too long, nothing has been sent, which is the better news.
    if error.is_connect() {
        TransportError::connect(error)
    } else if error.is_timeout() {
        TransportError::timeout(error)
    } else {
        TransportError::broken(error)
    }
}
