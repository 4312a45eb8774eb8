//! The core: takes a request to its response. Every call of every operation runs through this one function.
//!
//! A call is one attempt or several, an attempt is one request or, where redirects are followed, several. Around each
//! request stands the user's middleware; behind that credentials are added, and the transport sends it.

use std::future::ready;
use std::pin::pin;
use std::sync::OnceLock;
use std::time::Duration;

use http::header::CONTENT_LENGTH;
use http::uri::{Authority, PathAndQuery};
use http::{HeaderMap, HeaderValue, Method, StatusCode, Uri};

use super::auth::Presented;
use super::base_url::Origin;
use super::body::{Body, CollectError};
use super::error::Error;
use super::idle;
use super::middleware::{Answered, Attempt, Network, Next};
use super::redirect::{self, Redirect};
use super::request::{Parts, Request};
use super::response::Response;
use super::retry::RetryPolicy;
use super::secrets::Secrets;
use super::time::Instant;
use super::trace::Span;
use super::transport::{BoxError, TransportError};

/// Sends a request and collects the response, which is a success.
#[allow(clippy::manual_async_fn, reason = "the future of an `async fn` has room for its arguments twice")]
pub(super) fn exchange(request: Request) -> impl Future<Output = Result<Response, Error>> {
    async move {
        let (response, _) = call(&request.0, Wanted::Whole).await?;
        Ok(response)
    }
}

/// Sends a request, and gives the head of the response, which is a success, and its body while it arrives.
pub(super) async fn open(request: &Request) -> Result<(Response, Body), Error> {
    call(&request.0, Wanted::Head).await
}

/// What an attempt waits for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Wanted {
    /// The head of the response. Its body is for the caller to read.
    Head,
    /// All of it.
    Whole,
}

/// A call on its way.
struct Call<'a> {
    request: &'a Parts,
    uri: Uri,
    wanted: Wanted,
    /// When the caller stops waiting.
    deadline: Option<Instant>,
    /// When the caller stops waiting for an answer that goes on and on to begin.
    opening: Option<Instant>,
}

async fn call(request: &Parts, wanted: Wanted) -> Result<(Response, Body), Error> {
    let timeout = request.options.timeout.unwrap_or(request.client.shared.timeout);
    let opening = timeout.and_then(|timeout| Instant::now().checked_add(timeout));
    // What goes on and on ends by itself, unless the request itself says when.
    let is_limited = !request.options.is_endless || request.options.timeout.is_some();
    let deadline = opening.filter(|_| is_limited);
    let call = Call { request, uri: request.uri()?, wanted, deadline, opening };
    let span = Span::of(&request.operation, &call.uri);
    span.around(call.run(&span)).await
}

impl Call<'_> {
    /// Tries until an attempt succeeds, or another would be of no use.
    async fn run(&self, span: &Span) -> Result<(Response, Body), Error> {
        let shared = &*self.request.client.shared;
        let mut attempts = 1;
        let mut is_renewed = false;
        loop {
            let error = match self.attempt(attempts, &mut is_renewed).await {
                Ok((response, body)) => {
                    shared.budget.earn();
                    span.ended(attempts, Ok(&response));
                    return Ok((response.after(attempts), body));
                }
                Err(error) => error.after(attempts),
            };
            let delay = self.delay(&error, attempts);
            span.failed(&error, delay);
            let Some(delay) = delay else {
                span.ended(attempts, Err(&error));
                return Err(error);
            };
            shared.transport.sleep(delay).await;
            attempts += 1;
        }
    }

    /// How long to wait before another attempt; none where this failure is final.
    fn delay(&self, error: &Error, attempts: u32) -> Option<Duration> {
        let shared = &*self.request.client.shared;
        if !self.request.body.is_repeatable() {
            return None;
        }
        let policy: &RetryPolicy = self.request.options.retry.as_ref().unwrap_or(&shared.retry);
        let delay = policy.delay(error, attempts, self.request.is_repeatable())?;
        let is_in_time = match self.opening {
            Some(opening) => Instant::now().checked_add(delay).is_some_and(|then| then < opening),
            None => true,
        };
        (is_in_time && shared.budget.pay(error)).then_some(delay)
    }

    /// Sends the request once, follows redirects, and reads the answer as far as that is wanted.
    async fn attempt(&self, number: u32, is_renewed: &mut bool) -> Result<(Response, Body), Error> {
        let (head, body, outcome) = self.follow(number, is_renewed).await?;
        self.finish(head, body, outcome).await
    }

    /// Sends the request, and again to where it is redirected. Credentials are renewed once a call, however often it is
    /// tried.
    async fn follow(&self, number: u32, is_renewed: &mut bool) -> Result<(Response, Body, Outcome), Error> {
        let operation = &self.request.operation;
        let deadline = self.deadline_of_attempt();
        let attempt = Attempt { operation: operation.clone(), number, deadline };
        let beginning = self.beginning(deadline);
        let mut redirected: Option<Box<Uri>> = None;
        let mut followed = 0;
        loop {
            let uri = redirected.as_deref().unwrap_or(&self.uri);
            let sending = Sending {
                request: self.request,
                uri,
                attempt: &attempt,
                deadline,
                beginning,
                went: OnceLock::new(),
            };
            let (head, body) = sending.run().await?.into_parts();
            if head.status == StatusCode::UNAUTHORIZED && !*is_renewed {
                // Whoever comes next has use for something better too, so this comes first.
                *is_renewed = sending.went.get().is_some_and(|went| went.credentials.renew());
                if *is_renewed && self.request.body.is_repeatable() {
                    continue;
                }
            }
            let has_credentials = sending.has_credentials();
            let is_answer = operation.is_redirecting() && head.status.is_redirection();
            let redirect = if is_answer {
                None
            } else {
                Redirect::of(head.status, &head.headers, operation.method(), uri, has_credentials)
            };
            let outcome = match redirect {
                Some(Redirect::Follow(target)) if followed < redirect::LIMIT => {
                    followed += 1;
                    redirected = Some(Box::new(target));
                    continue;
                }
                Some(Redirect::Follow(target)) => Outcome::Refused(redirect::shown(&target)),
                Some(Redirect::Refuse(target)) => Outcome::Refused(target),
                None if is_answer || head.status.is_success() => Outcome::Success,
                None => Outcome::Failure,
            };
            let secrets = sending.went.into_inner().map(|went| went.secrets).unwrap_or_default();
            let id = self.request.client.shared.request_id_header.as_ref();
            return Ok((Response::head(operation.clone(), head, id, secrets), body, outcome));
        }
    }

    /// Waits for the body of an answer, unless it is for the caller to read.
    #[allow(clippy::manual_async_fn, reason = "the future of an `async fn` has room for its arguments twice")]
    fn finish(
        &self,
        head: Response,
        body: Body,
        outcome: Outcome,
    ) -> impl Future<Output = Result<(Response, Body), Error>> {
        async move {
            let client = &*self.request.client.shared;
            if matches!((&outcome, self.wanted), (Outcome::Success, Wanted::Head)) {
                return Ok((head, idle::limited(&client.transport, self.idle_timeout(), body)));
            }
            // The body of an error has no limit but the call's, where a success may go on and on.
            let body = idle::limited(&client.transport, self.head_timeout(), body);
            let announced = announced(self.request.operation.method(), head.headers());
            let collected = pin!(collect(body, announced, client.response_limit));
            let end = self.opening.filter(|_| self.deadline.is_none());
            let response = match idle::until(&client.transport, end, collected).await {
                Ok(body) => head.with_body(body),
                Err(error) => return Err(Error::no_body(head, error)),
            };
            match outcome {
                Outcome::Success => Ok((response, Body::default())),
                Outcome::Failure => Err(Error::status_of(response)),
                Outcome::Refused(target) => Err(Error::redirect(response, &target)),
            }
        }
    }

    /// How long an attempt may take.
    fn attempt_timeout(&self) -> Option<Duration> {
        self.request.options.attempt_timeout.unwrap_or(self.request.client.shared.attempt_timeout)
    }

    /// When an attempt that begins now has taken too long. Where the body is for the caller to read, however long that
    /// takes, only the call as a whole has an end.
    fn deadline_of_attempt(&self) -> Option<Instant> {
        let timeout = self.attempt_timeout().filter(|_| self.wanted == Wanted::Whole);
        let of_attempt = timeout.and_then(|timeout| Instant::now().checked_add(timeout));
        [self.deadline, of_attempt].into_iter().flatten().min()
    }

    /// How long the head of a response may take whose body is for the caller to read.
    fn head_timeout(&self) -> Option<Duration> {
        self.attempt_timeout().filter(|_| self.wanted == Wanted::Head)
    }

    /// When the head of a response has to be there to a request that is sent now and has this deadline.
    fn beginning(&self, deadline: Option<Instant>) -> Option<Instant> {
        let of_head = self.head_timeout().and_then(|timeout| Instant::now().checked_add(timeout));
        [deadline, self.opening, of_head].into_iter().flatten().min()
    }

    /// How long nothing of such a body may come. A server that has nothing to tell need not say so, unless the request
    /// wants it to.
    fn idle_timeout(&self) -> Option<Duration> {
        match self.request.options.is_endless {
            true => self.request.options.attempt_timeout.flatten(),
            false => self.attempt_timeout(),
        }
    }
}

/// What an answer means for the call.
enum Outcome {
    Success,
    Failure,
    /// It leads to this place, which is not asked.
    Refused(String),
}

/// What makes a request that of somebody.
struct Went {
    credentials: Presented,
    secrets: Secrets,
}

/// A request of an attempt.
pub(super) struct Sending<'a> {
    request: &'a Parts,
    uri: &'a Uri,
    attempt: &'a Attempt,
    deadline: Option<Instant>,
    /// When the head of the response has to be there. It is the deadline, or before that.
    beginning: Option<Instant>,
    /// What it went with, once it did.
    went: OnceLock<Went>,
}

impl Sending<'_> {
    /// Sends the request by way of the middleware.
    async fn run(&self) -> Result<http::Response<Body>, Error> {
        let request = self.build()?;
        let shared = &*self.request.client.shared;
        let response = match shared.middleware.as_slice() {
            [] => self.authorize_and_send(request).await,
            [first, rest @ ..] => {
                let mut answered = first.handle(request, Next { rest, network: self });
                idle::until(&shared.transport, self.beginning, answered.as_mut()).await
            }
        };
        response.map_err(|error| Error::transport(self.request.operation.clone(), error))
    }

    /// Whether it went with anything that only its receiver should have: credentials, or a header that is as good.
    fn has_credentials(&self) -> bool {
        self.went.get().is_some_and(|went| went.credentials.is_something())
            || self.request.headers.values().any(HeaderValue::is_sensitive)
    }

    /// The request as middleware sees it.
    fn build(&self) -> Result<http::Request<Body>, Error> {
        let operation = &self.request.operation;
        let body = self.request.body.body().ok_or_else(|| Error::sent_already(operation.clone()))?;
        let mut outgoing = http::Request::new(body);
        *outgoing.method_mut() = operation.method().clone();
        *outgoing.uri_mut() = self.uri.clone();
        *outgoing.headers_mut() = HeaderMap::clone(&self.request.headers);
        self.extend(&mut outgoing);
        Ok(outgoing)
    }

    /// Says what the request is, unless that is said already or nobody wants to know.
    fn extend(&self, outgoing: &mut http::Request<Body>) {
        if self.request.client.shared.is_watched {
            outgoing.extensions_mut().get_or_insert_with(|| self.attempt.clone());
        }
    }

    /// Adds credentials to a request that has passed the middleware, and sends it.
    ///
    /// No `async fn`: most calls have their credentials, and wait for nothing but the transport.
    fn authorize_and_send(&self, mut outgoing: http::Request<Body>) -> Answered<'_> {
        let before = Before::of(&outgoing, self.uri);
        let credentials = &self.request.client.shared.credentials;
        match credentials.authorize_at_once(&self.request.operation, &mut outgoing) {
            Some(presented) => self.send_with(presented, &before, outgoing),
            None => Box::pin(async move {
                let presented = {
                    let fetched = async {
                        let presented = credentials.authorize(&self.request.operation, &mut outgoing).await;
                        presented.map_err(TransportError::credentials)
                    };
                    idle::until(&self.request.client.shared.transport, self.beginning, pin!(fetched)).await?
                };
                self.send_with(Ok(presented), &before, outgoing).await
            }),
        }
    }

    /// Sends a request that has its credentials.
    fn send_with(
        &self,
        presented: Result<Presented, BoxError>,
        before: &Before,
        mut outgoing: http::Request<Body>,
    ) -> Answered<'_> {
        if let Err(error) = self.settle(presented, before, &outgoing) {
            return Box::pin(ready(Err(error)));
        }
        if matches!(*outgoing.method(), Method::POST | Method::PUT | Method::PATCH)
            && outgoing.body().length() == Some(0)
        {
            // Servers may insist on a length where they expect a body.
            outgoing.headers_mut().insert(CONTENT_LENGTH, 0.into());
        }
        let transport = &self.request.client.shared.transport;
        let mut sent = transport.send(outgoing, self.deadline);
        // The transport sees to the deadline by itself.
        match self.beginning {
            Some(beginning) if self.deadline != Some(beginning) => {
                Box::pin(async move { idle::until(transport, Some(beginning), sent.as_mut()).await })
            }
            _ => sent,
        }
    }

    /// Notes what a request goes with, unless it is not to go.
    fn settle(
        &self,
        presented: Result<Presented, BoxError>,
        before: &Before,
        outgoing: &http::Request<Body>,
    ) -> Result<(), TransportError> {
        let credentials = presented.map_err(TransportError::credentials)?;
        if credentials.is_something() && !before.is_ours {
            return Err(TransportError::refused("middleware has turned it to another host"));
        }
        let plain = before.path.as_ref().and_then(PathAndQuery::query);
        let secrets = Secrets::of(outgoing, &self.request.headers, plain);
        let _ = self.went.set(Went { credentials, secrets });
        if self.beginning.is_some_and(|beginning| beginning <= Instant::now()) {
            // Credentials or a redirect may have taken all the time there was.
            return Err(TransportError::timeout("nothing has been sent"));
        }
        Ok(())
    }
}

/// What a request was before it got its credentials.
struct Before {
    /// Whether middleware has left it to the host that it was for.
    is_ours: bool,
    path: Option<PathAndQuery>,
}

impl Before {
    fn of(outgoing: &http::Request<Body>, uri: &Uri) -> Self {
        Self { is_ours: is_same_origin(outgoing.uri(), uri), path: outgoing.uri().path_and_query().cloned() }
    }
}

impl Network for Sending<'_> {
    fn send(&self, mut request: http::Request<Body>) -> Answered<'_> {
        // Middleware may have put another one in its place.
        self.extend(&mut request);
        // Not before it is awaited: middleware may have something else to wait for, or drop it.
        Box::pin(async move { self.authorize_and_send(request).await })
    }
}

/// Whether credentials for the one may be sent to the other.
fn is_same_origin(uri: &Uri, other: &Uri) -> bool {
    let host = |uri| Uri::authority(uri).map(Authority::as_str);
    let is_same = uri.scheme() == other.scheme() && host(uri) == host(other);
    is_same || Origin::of(uri).is_ok_and(|origin| Origin::of(other) == Ok(origin))
}

/// Waits for the rest of a response. A body that announces itself as too long need not be waited for.
async fn collect(body: Body, announced: Option<u64>, limit: usize) -> Result<bytes::Bytes, CollectError> {
    if announced.is_some_and(|length| length > limit as u64) {
        return Err(CollectError::TooLong);
    }
    body.collect(limit).await
}

/// How long a body says that it is. The answer to HEAD announces one that does not come.
fn announced(method: &Method, headers: &HeaderMap) -> Option<u64> {
    if method == Method::HEAD { None } else { headers.get(CONTENT_LENGTH)?.to_str().ok()?.parse().ok() }
}
