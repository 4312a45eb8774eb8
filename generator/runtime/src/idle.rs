//! Time to begin, and time between pieces: how an answer is limited that may take as long as it likes.

use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;

use super::body::{Body, BodyStream};
use super::transport::{BoxFuture, Transport, TransportError};

/// A wait that begins when there is something to wait for, and not before.
struct Patience {
    transport: Arc<dyn Transport>,
    time: Duration,
    wait: Option<BoxFuture<'static, ()>>,
}

impl Patience {
    fn new(transport: &Arc<dyn Transport>, time: Duration) -> Self {
        Self { transport: transport.clone(), time, wait: None }
    }

    /// Nothing has come yet. An error once that has gone on for too long.
    fn poll(&mut self, context: &mut Context<'_>) -> Poll<TransportError> {
        let wait = self.wait.get_or_insert_with(|| {
            let (transport, time) = (self.transport.clone(), self.time);
            Box::pin(async move { transport.sleep(time).await })
        });
        wait.as_mut().poll(context).map(|()| TransportError::timeout("nothing has come for too long"))
    }
}

/// What a future comes to, if that takes no longer than this.
pub(super) async fn within<T>(
    transport: &Arc<dyn Transport>,
    time: Option<Duration>,
    future: impl Future<Output = Result<T, TransportError>>,
) -> Result<T, TransportError> {
    let mut patience = time.map(|time| Patience::new(transport, time));
    let mut future = pin!(future);
    poll_fn(|context| match (future.as_mut().poll(context), &mut patience) {
        (Poll::Ready(output), _) => Poll::Ready(output),
        (Poll::Pending, Some(patience)) => patience.poll(context).map(Err),
        (Poll::Pending, None) => Poll::Pending,
    })
    .await
}

/// The same body, which is an error once nothing of it has come for this long.
pub(super) fn limited(transport: &Arc<dyn Transport>, time: Option<Duration>, body: Body) -> Body {
    let Some(time) = time else { return body };
    let length = body.length();
    let stream = Limited { body, patience: Patience::new(transport, time) };
    match length {
        Some(length) => Body::from_sized_stream(stream, length),
        None => Body::from_stream(stream),
    }
}

struct Limited {
    body: Body,
    patience: Patience,
}

impl BodyStream for Limited {
    fn poll_next(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, TransportError>>> {
        match self.body.poll_next(context) {
            Poll::Ready(next) => {
                self.patience.wait = None;
                Poll::Ready(next)
            }
            Poll::Pending => self.patience.poll(context).map(|error| Some(Err(error))),
        }
    }
}
