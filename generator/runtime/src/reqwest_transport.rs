//! The usual transport: `reqwest`, with rustls and the certificates that the operating system trusts.
//!
//! Cryptography is that of the process if it has chosen one, and `ring` otherwise, which takes half as long to compile
//! as what `reqwest` would choose.

use std::pin::Pin;
use std::sync::{Mutex, PoisonError};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use http_body::{Body as _, Frame, SizeHint};
use rustls::crypto::CryptoProvider;

use super::body::{Body, BodyStream};
use super::client::ClientBuilder;
use super::error::Error;
use super::time::Instant;
use super::transport::{BoxFuture, Deadline, Transport, TransportError};

/// How long it may take to connect.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

/// Sends requests by `reqwest`, in a `tokio` runtime.
#[derive(Clone, Debug)]
pub struct ReqwestTransport(reqwest::Client);

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
        Ok(Self(settings.build()?))
    }
}

impl Transport for ReqwestTransport {
    fn send(
        &self,
        request: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        Box::pin(async move {
            let deadline = request.extensions().get::<Deadline>().copied();
            let request = request.map(|body| match body.into_bytes() {
                Ok(bytes) => reqwest::Body::from(bytes),
                Err(stream) => reqwest::Body::wrap(Outgoing(Mutex::new(stream))),
            });
            let mut request = reqwest::Request::try_from(request).map_err(failure)?;
            *request.timeout_mut() =
                deadline.map(|Deadline(at)| at.saturating_duration_since(Instant::now()));
            let response = self.0.execute(request).await.map_err(failure)?;
            let response = http::Response::<reqwest::Body>::from(response);
            Ok(response.map(|body| Body::from_stream(Incoming(body))))
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

    fn settings(
        mut self,
        set: impl FnOnce(reqwest::ClientBuilder) -> Result<reqwest::ClientBuilder, reqwest::Error>,
    ) -> Self {
        self.reqwest = Some(Settings(self.reqwest.unwrap_or_default().0.and_then(set)));
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

struct Incoming(reqwest::Body);

impl BodyStream for Incoming {
    fn poll_next(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, TransportError>>> {
        loop {
            match ready!(Pin::new(&mut self.0).poll_frame(context)) {
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
