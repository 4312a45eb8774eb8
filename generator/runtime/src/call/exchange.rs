//! The core of every call: turns a request into a response.
//!
//! A call makes one or more attempts. An attempt sends one request, or several if redirects are followed or a
//! token is renewed. Each request passes the middleware first; then credentials are added and the transport
//! sends it.

use std::future::ready;
use std::pin::pin;
use std::sync::OnceLock;
use std::time::Duration;

use http::header::CONTENT_LENGTH;
use http::uri::{Authority, PathAndQuery};
use http::{HeaderMap, HeaderValue, Method, StatusCode, Uri};

use super::super::auth::SentCredentials;
use super::super::client::retry::RetryPolicy;
use super::super::error::{Error, new_error};
use super::super::net::body::{Body, CollectError};
use super::super::net::middleware::{Attempt, MiddlewareFuture, Network, Next};
use super::super::net::origin::Origin;
use super::super::net::response::Response;
use super::super::net::secrets::Secrets;
use super::super::net::time::Instant;
use super::super::net::transport_error::{BoxError, TransportError};
use super::super::net::{idle, reference};
use super::redirect::{self, Redirect};
use super::request::{Parts, Request};
use super::trace::Span;

/// Sends a request and reads the whole response. A response without a success status is an error.
#[allow(clippy::manual_async_fn, reason = "the future of an `async fn` stores its arguments twice")]
pub(in super::super) fn exchange(request: Request) -> impl Future<Output = Result<Response, Error>> {
    async move {
        let (response, _) = call(&request.0, ReadMode::Whole).await?;
        Ok(response)
    }
}

/// Sends a request and returns the head of the response and its unread body. A response without a success
/// status is an error.
#[cfg(feature = "downloads")]
pub(in super::super) async fn open(request: &Request) -> Result<(Response, Body), Error> {
    call(&request.0, ReadMode::Head).await
}

/// The part of a successful response that an attempt reads.
#[derive(Clone, Copy, PartialEq, Eq)]
enum ReadMode {
    /// The head only. The caller reads the body.
    #[cfg(feature = "downloads")]
    Head,
    /// The head and the whole body.
    Whole,
}

/// A call while it runs.
struct RunningCall<'a> {
    request: &'a Parts,
    uri: Uri,
    read_mode: ReadMode,
    /// The end of the whole call.
    deadline: Option<Instant>,
    /// The time by which a response must have started. Equal to `deadline`, except for a stream without a
    /// deadline.
    start_by: Option<Instant>,
}

async fn call(request: &Parts, read_mode: ReadMode) -> Result<(Response, Body), Error> {
    let timeout = request.options.timeout.unwrap_or(request.client.shared.timeout);
    let start_by = timeout.and_then(|timeout| Instant::now().checked_add(timeout));
    // A stream has no deadline, unless one was set for this request.
    let is_limited = !request.options.is_open_ended || request.options.timeout.is_some();
    let deadline = start_by.filter(|_| is_limited);
    let call = RunningCall { request, uri: request.uri()?, read_mode, deadline, start_by };
    let span = Span::of(&request.operation, &call.uri);
    span.instrument(call.run(&span)).await
}

impl RunningCall<'_> {
    /// Makes attempts until one succeeds or no retry is allowed.
    async fn run(&self, span: &Span) -> Result<(Response, Body), Error> {
        let shared = &*self.request.client.shared;
        let mut attempts = 1;
        let mut is_renewed = false;
        loop {
            let error = match self.attempt(attempts, &mut is_renewed).await {
                Ok((response, body)) => {
                    shared.budget.record_success();
                    span.ended(attempts, Ok(&response));
                    return Ok((response.with_attempts(attempts), body));
                }
                Err(error) => error.with_attempts(attempts, self.elapsed_timeout()),
            };
            shared.budget.record_failure(&error, attempts);
            let delay = self.delay(&error, attempts);
            span.failed(&error, delay);
            if let Some(delay) = delay {
                shared.transport.sleep(delay).await;
            }
            // Other calls can have used up the budget during the wait.
            if delay.is_none() || !shared.budget.allows_retry(&error) {
                span.ended(attempts, Err(&error));
                return Err(error);
            }
            attempts += 1;
        }
    }

    /// Returns the wait before the next attempt, or `None` if the error is final.
    fn delay(&self, error: &Error, attempts: u32) -> Option<Duration> {
        let shared = &*self.request.client.shared;
        if !self.request.body.is_repeatable() {
            return None;
        }
        let policy: &RetryPolicy = self.request.options.retry.as_ref().unwrap_or(&shared.retry);
        let delay = policy.delay(error, attempts, self.request.is_repeatable())?;
        let is_in_time = match self.start_by {
            Some(start_by) => Instant::now().checked_add(delay).is_some_and(|then| then < start_by),
            None => true,
        };
        (is_in_time && shared.budget.allows_retry(error)).then_some(delay)
    }

    /// Makes one attempt: sends the request, follows redirects, and reads the part of the response that
    /// `read_mode` selects.
    async fn attempt(&self, number: u32, is_renewed: &mut bool) -> Result<(Response, Body), Error> {
        let (head, body, outcome) = self.follow(number, is_renewed).await?;
        self.finish(head, body, outcome).await
    }

    /// Sends the request and follows redirects. A rejected token is renewed once per call, not once per
    /// attempt.
    async fn follow(
        &self,
        number: u32,
        is_renewed: &mut bool,
    ) -> Result<(Response, Body, AttemptOutcome), Error> {
        let operation = &self.request.operation;
        let deadline = self.deadline_of_attempt();
        let attempt = Attempt { operation: operation.clone(), number, deadline };
        let head_deadline = self.head_deadline(deadline);
        let mut redirected: Option<Box<Uri>> = None;
        let mut followed = 0;
        loop {
            let uri = redirected.as_deref().unwrap_or(&self.uri);
            let sender = RequestSender {
                request: self.request,
                uri,
                attempt: &attempt,
                deadline,
                head_deadline,
                sent_with: OnceLock::new(),
            };
            let (head, body) = sender.run().await?.into_parts();
            if head.status == StatusCode::UNAUTHORIZED && !*is_renewed {
                // Discard the token even if this request cannot be repeated, so that the next call gets a new
                // one.
                *is_renewed = sender
                    .sent_with
                    .get()
                    .is_some_and(|sent_with| sent_with.credentials.discard_rejected_token());
                if *is_renewed && self.request.body.is_repeatable() {
                    continue;
                }
            }
            let carries_secrets = sender.carries_secrets();
            let is_expected_redirect = operation.is_redirecting() && head.status.is_redirection();
            let redirect = if is_expected_redirect {
                None
            } else {
                Redirect::of(head.status, &head.headers, &operation.method(), uri, carries_secrets)
            };
            let outcome = match redirect {
                Some(Redirect::Follow(target)) if followed < redirect::LIMIT => {
                    followed += 1;
                    redirected = Some(Box::new(target));
                    continue;
                }
                Some(Redirect::Follow(target)) => AttemptOutcome::Refused(reference::displayable(&target)),
                Some(Redirect::Refuse(target)) => AttemptOutcome::Refused(target),
                None if is_expected_redirect || head.status.is_success() => AttemptOutcome::Success,
                None => AttemptOutcome::Failure,
            };
            let secrets =
                sender.sent_with.into_inner().map(|sent_with| sent_with.secrets).unwrap_or_default();
            let id = self.request.client.shared.request_id_header.as_ref();
            return Ok((Response::head(operation.clone(), head, id, secrets), body, outcome));
        }
    }

    /// Reads the body of a response, unless the caller reads it.
    #[allow(clippy::manual_async_fn, reason = "the future of an `async fn` stores its arguments twice")]
    fn finish(
        &self,
        head: Response,
        body: Body,
        outcome: AttemptOutcome,
    ) -> impl Future<Output = Result<(Response, Body), Error>> {
        async move {
            let client = &*self.request.client.shared;
            #[cfg(feature = "downloads")]
            if matches!((&outcome, self.read_mode), (AttemptOutcome::Success, ReadMode::Head)) {
                return Ok((head, idle::with_idle_timeout(&client.transport, self.idle_timeout(), body)));
            }
            // The attempt has no deadline if the caller reads a successful body, so limit the body of an
            // error here.
            let body = idle::with_idle_timeout(&client.transport, self.head_timeout(), body);
            let length = body.length();
            let length = length.or_else(|| declared_length(&self.request.operation.method(), head.headers()));
            let collected = pin!(collect(body, length, client.response_limit));
            let end = self.start_by.filter(|_| self.deadline.is_none());
            let response = match idle::timeout_at(&client.transport, end, collected).await {
                Ok(body) => head.with_body(body),
                Err(error) => return Err(new_error::incomplete_body(head, error)),
            };
            match outcome {
                AttemptOutcome::Success => Ok((response, Body::default())),
                AttemptOutcome::Failure => Err(new_error::unsuccessful(response)),
                AttemptOutcome::Refused(target) => Err(new_error::redirect(response, &target)),
            }
        }
    }

    /// Returns the timeout that has just elapsed: the call's or the attempt's.
    fn elapsed_timeout(&self) -> Option<Duration> {
        let is_call_over = self.start_by.is_some_and(|start_by| start_by <= Instant::now());
        if !is_call_over {
            return self.attempt_timeout();
        }
        self.request.options.timeout.unwrap_or(self.request.client.shared.timeout)
    }

    /// Returns the timeout of an attempt.
    fn attempt_timeout(&self) -> Option<Duration> {
        self.request.options.attempt_timeout.unwrap_or(self.request.client.shared.attempt_timeout)
    }

    /// Returns the deadline of an attempt that starts now. If the caller reads the body, only the deadline of
    /// the call applies.
    fn deadline_of_attempt(&self) -> Option<Instant> {
        let timeout = self.attempt_timeout().filter(|_| self.read_mode == ReadMode::Whole);
        let of_attempt = timeout.and_then(|timeout| Instant::now().checked_add(timeout));
        [self.deadline, of_attempt].into_iter().flatten().min()
    }

    /// Returns the timeout for the head of a response whose body the caller reads.
    fn head_timeout(&self) -> Option<Duration> {
        self.attempt_timeout().filter(|_| self.read_mode != ReadMode::Whole)
    }

    /// Returns the deadline for the head of the response to a request that is sent now and has this deadline.
    fn head_deadline(&self, deadline: Option<Instant>) -> Option<Instant> {
        let of_head = self.head_timeout().and_then(|timeout| Instant::now().checked_add(timeout));
        [deadline, self.start_by, of_head].into_iter().flatten().min()
    }

    /// Returns the maximum time between two chunks of a body that the caller reads. A stream can be silent
    /// for any time, unless an attempt timeout was set for this request.
    #[cfg(feature = "downloads")]
    fn idle_timeout(&self) -> Option<Duration> {
        match self.request.options.is_open_ended {
            true => self.request.options.attempt_timeout.flatten(),
            false => self.attempt_timeout(),
        }
    }
}

/// The result of an attempt that received a response.
enum AttemptOutcome {
    Success,
    Failure,
    /// A redirect to this URL, which is not followed.
    Refused(String),
}

/// The credentials and secrets that a request was sent with.
struct SentWith {
    credentials: SentCredentials,
    secrets: Secrets,
}

/// Sends one request of an attempt.
struct RequestSender<'a> {
    request: &'a Parts,
    uri: &'a Uri,
    attempt: &'a Attempt,
    deadline: Option<Instant>,
    /// The deadline for the head of the response, not later than `deadline`.
    head_deadline: Option<Instant>,
    /// Set when the request is sent.
    sent_with: OnceLock<SentWith>,
}

impl RequestSender<'_> {
    /// Sends the request through the middleware.
    async fn run(&self) -> Result<http::Response<Body>, Error> {
        let request = self.build()?;
        let shared = &*self.request.client.shared;
        let response = match shared.middleware.as_slice() {
            [] => self.authorize_and_send(request).await,
            [first, rest @ ..] => {
                let mut response_future = first.handle(request, Next { rest, network: self });
                idle::timeout_at(&shared.transport, self.head_deadline, response_future.as_mut()).await
            }
        };
        response.map_err(|error| {
            let secrets = self.sent_with.get().map(|sent_with| &sent_with.secrets);
            new_error::transport(self.request.operation.clone(), self.uri, secrets, error)
        })
    }

    /// Returns true if the request carries credentials or a sensitive header, which must not be redirected
    /// elsewhere.
    fn carries_secrets(&self) -> bool {
        self.sent_with.get().is_some_and(|sent_with| sent_with.credentials.is_authenticated())
            || self.request.headers.values().any(HeaderValue::is_sensitive)
    }

    /// Builds the request as middleware receives it.
    fn build(&self) -> Result<http::Request<Body>, Error> {
        let operation = &self.request.operation;
        let body = self.request.body.body().ok_or_else(|| new_error::body_already_sent(operation.clone()))?;
        let mut outgoing = http::Request::new(body);
        *outgoing.method_mut() = operation.method();
        *outgoing.uri_mut() = self.uri.clone();
        *outgoing.headers_mut() = copy_with_room(&self.request.headers);
        self.extend(&mut outgoing);
        Ok(outgoing)
    }

    /// Adds the [`Attempt`] to the extensions, unless it is there already or nothing can read it.
    fn extend(&self, outgoing: &mut http::Request<Body>) {
        if self.request.client.shared.is_observed {
            outgoing.extensions_mut().get_or_insert_with(|| self.attempt.clone());
        }
    }

    /// Adds credentials to a request that has passed the middleware, and sends it.
    ///
    /// This is not an `async fn`: most calls have their credentials in memory and only wait for the
    /// transport.
    fn authorize_and_send(&self, mut outgoing: http::Request<Body>) -> MiddlewareFuture<'_> {
        let identity = RequestIdentity::of(&outgoing, self.uri);
        let credentials = &self.request.client.shared.credentials;
        match credentials.authorize_if_ready(&self.request.operation, &mut outgoing) {
            Some(authorized) => self.send_with(authorized, &identity, outgoing),
            None => Box::pin(async move {
                let authorized = {
                    let fetched = async {
                        let authorized = credentials.authorize(&self.request.operation, &mut outgoing).await;
                        authorized.map_err(TransportError::credentials)
                    };
                    idle::timeout_at(&self.request.client.shared.transport, self.head_deadline, pin!(fetched))
                        .await?
                };
                self.send_with(Ok(authorized), &identity, outgoing).await
            }),
        }
    }

    /// Sends a request that has its credentials.
    fn send_with(
        &self,
        authorized: Result<SentCredentials, BoxError>,
        identity: &RequestIdentity,
        mut outgoing: http::Request<Body>,
    ) -> MiddlewareFuture<'_> {
        if let Err(error) = self.check_and_record(authorized, identity, &outgoing) {
            return Box::pin(ready(Err(error)));
        }
        if matches!(*outgoing.method(), Method::POST | Method::PUT | Method::PATCH)
            && outgoing.body().length() == Some(0)
        {
            // Some servers require a length where they expect a body.
            outgoing.headers_mut().insert(CONTENT_LENGTH, 0.into());
        }
        let transport = &self.request.client.shared.transport;
        let mut sent = transport.send(outgoing, self.deadline);
        // The transport enforces `deadline` itself.
        match self.head_deadline {
            Some(head_deadline) if self.deadline != Some(head_deadline) => {
                Box::pin(async move { idle::timeout_at(transport, Some(head_deadline), sent.as_mut()).await })
            }
            _ => sent,
        }
    }

    /// Checks that the request may be sent, and records what it is sent with.
    fn check_and_record(
        &self,
        authorized: Result<SentCredentials, BoxError>,
        identity: &RequestIdentity,
        outgoing: &http::Request<Body>,
    ) -> Result<(), TransportError> {
        let credentials = authorized.map_err(TransportError::credentials)?;
        if credentials.is_authenticated() && !identity.is_origin_unchanged {
            return Err(TransportError::refused(
                "middleware changed the scheme, host or port of a request with credentials",
            ));
        }
        let query_before_credentials = identity.path.as_ref().and_then(PathAndQuery::query);
        let secrets = Secrets::of(outgoing, &self.request.headers, query_before_credentials);
        let _ = self.sent_with.set(SentWith { credentials, secrets });
        if self.head_deadline.is_some_and(|head_deadline| head_deadline <= Instant::now()) {
            // Fetching credentials or following a redirect can have used up the time.
            return Err(TransportError::timeout("the deadline passed before the request was sent"));
        }
        Ok(())
    }
}

/// The identity of a request before credentials are added to it.
struct RequestIdentity {
    /// True if middleware has left the scheme, host and port unchanged.
    is_origin_unchanged: bool,
    path: Option<PathAndQuery>,
}

impl RequestIdentity {
    fn of(outgoing: &http::Request<Body>, uri: &Uri) -> Self {
        Self {
            is_origin_unchanged: is_same_origin(outgoing.uri(), uri),
            path: outgoing.uri().path_and_query().cloned(),
        }
    }
}

impl Network for RequestSender<'_> {
    fn send(&self, mut request: http::Request<Body>) -> MiddlewareFuture<'_> {
        // Middleware may have replaced the request.
        self.extend(&mut request);
        // Only when awaited: middleware can wait for something else first, or drop the future.
        Box::pin(async move { self.authorize_and_send(request).await })
    }
}

/// Copies headers, with room for credentials and the headers of a transport: adding a header to an exact copy would move
/// all headers.
fn copy_with_room(headers: &HeaderMap) -> HeaderMap {
    let mut copy = HeaderMap::with_capacity(headers.len() + 2);
    copy.extend(headers.iter().map(|(name, value)| (name.clone(), value.clone())));
    copy
}

/// Returns true if credentials for one URL may be sent to the other.
fn is_same_origin(uri: &Uri, other: &Uri) -> bool {
    let host = |uri| Uri::authority(uri).map(Authority::as_str);
    let is_same = uri.scheme() == other.scheme() && host(uri) == host(other);
    is_same || Origin::of(uri).is_ok_and(|origin| Origin::of(other) == Ok(origin))
}

/// Reads a body. A body with a length above the limit is not read.
async fn collect(body: Body, length: Option<u64>, limit: usize) -> Result<bytes::Bytes, CollectError> {
    if length.is_some_and(|length| length > limit as u64) {
        return Err(CollectError::TooLong);
    }
    body.collect(limit).await
}

/// Returns the length of a body that its headers declare. The response to `HEAD` declares a length and has no body.
fn declared_length(method: &Method, headers: &HeaderMap) -> Option<u64> {
    if method == Method::HEAD { None } else { headers.get(CONTENT_LENGTH)?.to_str().ok()?.parse().ok() }
}
