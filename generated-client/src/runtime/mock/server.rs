// @generated from the OpenAPI document. Change the document, and generate again.

//! The network side of the mock server: a listener on loopback, and a thread that serves its connections.

use std::future::{Future, poll_fn};
use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::{Context, Poll};
use std::thread;

use bytes::{Bytes, BytesMut};
use http::{Request, Response};
use http_body::{Body as _, Frame, SizeHint};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::sync::Notify;

use super::super::net::body::Body;
use super::super::net::transport_error::{BoxError, TransportError};
use super::state::State;

/// The maximum length of a request body in bytes.
const MAX_BODY_LEN: usize = 256 * 1024 * 1024;

/// A running server thread. The thread ends soon after this is dropped.
pub(super) struct Server {
    address: SocketAddr,
    stop: Arc<Notify>,
}

impl Server {
    pub(super) fn start(state: Arc<State>) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        listener.set_nonblocking(true)?;
        let address = listener.local_addr()?;
        let runtime = tokio::runtime::Builder::new_current_thread().enable_io().build()?;
        let stop = Arc::new(Notify::new());
        let stopped = stop.clone();
        let serve = move || runtime.block_on(serve(listener, state, &stopped));
        thread::Builder::new().name(format!("mock on {address}")).spawn(serve)?;
        Ok(Self { address, stop })
    }

    pub(super) fn address(&self) -> SocketAddr {
        self.address
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop.notify_one();
    }
}

/// Serves connections until `stop` is notified. Open connections are closed when the runtime is dropped.
async fn serve(listener: TcpListener, state: Arc<State>, stop: &Notify) {
    let Ok(listener) = tokio::net::TcpListener::from_std(listener) else { return };
    let mut stopped = pin!(stop.notified());
    loop {
        let accepted = poll_fn(|context| match stopped.as_mut().poll(context) {
            Poll::Ready(()) => Poll::Ready(None),
            Poll::Pending => listener.poll_accept(context).map(Some),
        });
        match accepted.await {
            None => return,
            // The client disconnected before its connection was accepted.
            Some(Err(_)) => {}
            Some(Ok((connection, _))) => {
                let state = state.clone();
                let service = service_fn(move |request| respond(state.clone(), request));
                let connection = http1::Builder::new().serve_connection(TokioIo::new(connection), service);
                tokio::spawn(async { drop(connection.await) });
            }
        }
    }
}

/// Responds to a request. An error closes the connection.
async fn respond(state: Arc<State>, request: Request<Incoming>) -> Result<Response<Outgoing>, BoxError> {
    let (parts, body) = request.into_parts();
    let body = collect(body).await?;
    let response = state.respond(parts, body).ok_or("the test closes the connection")?;
    Ok(response.map(Outgoing))
}

async fn collect(body: Incoming) -> Result<Bytes, BoxError> {
    let mut body = pin!(body);
    let mut collected = BytesMut::new();
    while let Some(frame) = poll_fn(|context| body.as_mut().poll_frame(context)).await {
        if let Ok(bytes) = frame?.into_data() {
            if collected.len() + bytes.len() > MAX_BODY_LEN {
                return Err("the request body is longer than 256 MiB".into());
            }
            collected.extend_from_slice(&bytes);
        }
    }
    Ok(collected.freeze())
}

/// A response body, adapted to hyper.
struct Outgoing(Body);

impl http_body::Body for Outgoing {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        self.0.poll_next(context).map_ok(Frame::data)
    }

    fn is_end_stream(&self) -> bool {
        self.0.length() == Some(0)
    }

    fn size_hint(&self) -> SizeHint {
        self.0.length().map_or_else(SizeHint::default, SizeHint::with_exact)
    }
}
