//! Time to begin, and time between pieces: how an answer is limited that may take as long as it likes.

use std::future::poll_fn;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;

use super::body::{Body, BodyStream};
use super::time::Instant;
use super::transport::{BoxFuture, Transport, TransportError};

/// A wait that begins when there is something to wait for, and not before.
#[derive(Default)]
struct Patience(Option<Wait>);

struct Wait {
    until: Instant,
    /// None once it has ended before its time. The timer is a test's then, which does not wait.
    timer: Option<BoxFuture<'static, ()>>,
}

impl Patience {
    /// Nothing has come yet. An error once that has gone on for too long.
    #[cold]
    fn poll(
        &mut self,
        context: &mut Context<'_>,
        transport: &Arc<dyn Transport>,
        left: impl FnOnce() -> Duration,
    ) -> Poll<TransportError> {
        if self.0.is_none() {
            let left = left();
            let Some(until) = Instant::now().checked_add(left) else { return Poll::Pending };
            let transport = transport.clone();
            let timer = Box::pin(async move { transport.limit(left).await });
            self.0 = Some(Wait { until, timer: Some(timer) });
        }
        let Some(Wait { until, timer }) = &mut self.0 else { return Poll::Pending };
        let Some(running) = timer else { return Poll::Pending };
        ready!(running.as_mut().poll(context));
        *timer = None;
        if Instant::now() < *until {
            return Poll::Pending;
        }
        Poll::Ready(TransportError::timeout("nothing has come for too long"))
    }
}

/// What a future comes to, if it does until then. Who waits has it pinned, as there would be room for it twice in here.
pub(super) fn until<'a, T, E: From<TransportError>>(
    transport: &'a Arc<dyn Transport>,
    limit: Option<Instant>,
    mut future: Pin<&'a mut (impl Future<Output = Result<T, E>> + ?Sized)>,
) -> impl Future<Output = Result<T, E>> {
    let mut patience = Patience::default();
    poll_fn(move |context| match (future.as_mut().poll(context), limit) {
        (Poll::Ready(output), _) => Poll::Ready(output),
        (Poll::Pending, Some(limit)) => {
            let left = || limit.saturating_duration_since(Instant::now());
            patience.poll(context, transport, left).map(|error| Err(error.into()))
        }
        (Poll::Pending, None) => Poll::Pending,
    })
}

/// The same body, which is an error once nothing of it has come for this long.
pub(super) fn limited(transport: &Arc<dyn Transport>, time: Option<Duration>, body: Body) -> Body {
    let Some(time) = time else { return body };
    let length = body.length();
    let stream = Limited { body, time, transport: transport.clone(), patience: Patience::default() };
    match length {
        Some(length) => Body::from_sized_stream(stream, length),
        None => Body::from_stream(stream),
    }
}

struct Limited {
    body: Body,
    time: Duration,
    transport: Arc<dyn Transport>,
    patience: Patience,
}

impl BodyStream for Limited {
    fn poll_next(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, TransportError>>> {
        let Self { body, time, transport, patience } = &mut *self;
        match body.poll_next(context) {
            Poll::Ready(next) => {
                patience.0 = None;
                Poll::Ready(next)
            }
            Poll::Pending => patience.poll(context, transport, || *time).map(|error| Some(Err(error))),
        }
    }
}
