// @generated from the OpenAPI document: change that, and generate again.

//! Time to begin, and time between pieces: how an answer is limited that may take as long as it likes.

use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;

use super::body::{Body, BodyStream};
use super::time::Instant;
use super::transport::{BoxFuture, Transport, TransportError};

/// A wait that begins when there is something to wait for, and not before.
struct Patience {
    transport: Arc<dyn Transport>,
    wait: Option<Wait>,
}

struct Wait {
    until: Instant,
    /// None once it has ended before its time. The timer is a test's then, which does not wait.
    timer: Option<BoxFuture<'static, ()>>,
}

impl Patience {
    fn new(transport: &Arc<dyn Transport>) -> Self {
        Self { transport: transport.clone(), wait: None }
    }

    /// Nothing has come yet. An error once that has gone on for too long.
    fn poll(&mut self, context: &mut Context<'_>, left: impl FnOnce() -> Duration) -> Poll<TransportError> {
        if self.wait.is_none() {
            let left = left();
            let Some(until) = Instant::now().checked_add(left) else { return Poll::Pending };
            let transport = self.transport.clone();
            let timer = Box::pin(async move { transport.limit(left).await });
            self.wait = Some(Wait { until, timer: Some(timer) });
        }
        let Some(Wait { until, timer }) = &mut self.wait else { return Poll::Pending };
        let Some(running) = timer else { return Poll::Pending };
        ready!(running.as_mut().poll(context));
        *timer = None;
        if Instant::now() < *until {
            return Poll::Pending;
        }
        Poll::Ready(TransportError::timeout("nothing has come for too long"))
    }
}

/// What a future comes to, if it does until then.
pub(super) async fn until<T, E: From<TransportError>>(
    transport: &Arc<dyn Transport>,
    limit: Option<Instant>,
    future: impl Future<Output = Result<T, E>>,
) -> Result<T, E> {
    let mut patience = limit.map(|limit| (Patience::new(transport), limit));
    let mut future = pin!(future);
    poll_fn(|context| match (future.as_mut().poll(context), &mut patience) {
        (Poll::Ready(output), _) => Poll::Ready(output),
        (Poll::Pending, Some((patience, limit))) => {
            let left = || limit.saturating_duration_since(Instant::now());
            patience.poll(context, left).map(|error| Err(error.into()))
        }
        (Poll::Pending, None) => Poll::Pending,
    })
    .await
}

/// The same body, which is an error once nothing of it has come for this long.
pub(super) fn limited(transport: &Arc<dyn Transport>, time: Option<Duration>, body: Body) -> Body {
    let Some(time) = time else { return body };
    let length = body.length();
    let stream = Limited { body, time, patience: Patience::new(transport) };
    match length {
        Some(length) => Body::from_sized_stream(stream, length),
        None => Body::from_stream(stream),
    }
}

struct Limited {
    body: Body,
    time: Duration,
    patience: Patience,
}

impl BodyStream for Limited {
    fn poll_next(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, TransportError>>> {
        let Self { body, time, patience } = &mut *self;
        match body.poll_next(context) {
            Poll::Ready(next) => {
                patience.wait = None;
                Poll::Ready(next)
            }
            Poll::Pending => patience.poll(context, || *time).map(|error| Some(Err(error))),
        }
    }
}
