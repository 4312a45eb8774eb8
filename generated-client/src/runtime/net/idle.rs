// @generated from the OpenAPI document. Change the document, and generate again.

//! Deadlines for the start of a response, and idle timeouts for its body.

use std::future::poll_fn;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;

use super::body::{Body, BodyStream};
use super::time::Instant;
use super::transport::{BoxFuture, Transport};
use super::transport_error::TransportError;

/// A timer that starts with the first poll that finds nothing.
#[derive(Default)]
struct IdleTimer(Option<RunningTimer>);

struct RunningTimer {
    timeout_at: Instant,
    /// `None` after a timer that ended early. The timers of tests do.
    timer: Option<BoxFuture<'static, ()>>,
}

impl IdleTimer {
    /// Polls the timer when there is nothing to read. Ready with an error when the time is up.
    #[cold]
    fn poll(
        &mut self,
        context: &mut Context<'_>,
        transport: &Arc<dyn Transport>,
        left: impl FnOnce() -> Duration,
    ) -> Poll<TransportError> {
        if self.0.is_none() {
            let left = left();
            let Some(timeout_at) = Instant::now().checked_add(left) else { return Poll::Pending };
            let transport = transport.clone();
            let timer = Box::pin(async move { transport.limit(left).await });
            self.0 = Some(RunningTimer { timeout_at, timer: Some(timer) });
        }
        let Some(RunningTimer { timeout_at, timer }) = &mut self.0 else { return Poll::Pending };
        let Some(running) = timer else { return Poll::Pending };
        ready!(running.as_mut().poll(context));
        *timer = None;
        if Instant::now() < *timeout_at {
            return Poll::Pending;
        }
        Poll::Ready(TransportError::timeout("nothing was received in time"))
    }
}

/// Runs a future until the deadline. The future is pinned by the caller, since owning it would store it
/// twice.
pub(in super::super) fn timeout_at<'a, T, E: From<TransportError>>(
    transport: &'a Arc<dyn Transport>,
    limit: Option<Instant>,
    mut future: Pin<&'a mut (impl Future<Output = Result<T, E>> + ?Sized)>,
) -> impl Future<Output = Result<T, E>> {
    let mut idle_timer = IdleTimer::default();
    poll_fn(move |context| match (future.as_mut().poll(context), limit) {
        (Poll::Ready(output), _) => Poll::Ready(output),
        (Poll::Pending, Some(limit)) => {
            let left = || limit.saturating_duration_since(Instant::now());
            idle_timer.poll(context, transport, left).map(|error| Err(error.into()))
        }
        (Poll::Pending, None) => Poll::Pending,
    })
}

/// Wraps a body so that it fails if no chunk arrives within `max_idle`.
pub(in super::super) fn with_idle_timeout(
    transport: &Arc<dyn Transport>,
    max_idle: Option<Duration>,
    body: Body,
) -> Body {
    let Some(max_idle) = max_idle else { return body };
    let length = body.length();
    let stream =
        IdleLimitedBody { body, max_idle, transport: transport.clone(), idle_timer: IdleTimer::default() };
    match length {
        Some(length) => Body::from_sized_stream(stream, length),
        None => Body::from_stream(stream),
    }
}

struct IdleLimitedBody {
    body: Body,
    max_idle: Duration,
    transport: Arc<dyn Transport>,
    idle_timer: IdleTimer,
}

impl BodyStream for IdleLimitedBody {
    fn poll_next(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, TransportError>>> {
        let Self { body, max_idle, transport, idle_timer } = &mut *self;
        match body.poll_next(context) {
            Poll::Ready(next) => {
                idle_timer.0 = None;
                Poll::Ready(next)
            }
            Poll::Pending => {
                let timed_out = idle_timer.poll(context, transport, || *max_idle);
                timed_out.map(|error| Some(Err(error.after(*max_idle))))
            }
        }
    }
}
