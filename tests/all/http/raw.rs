//! A server that keeps what it was sent and writes what it is told to, byte for byte.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// A server, for as long as the test's runtime lives.
pub(super) struct RawServer {
    address: SocketAddr,
    received: Arc<Mutex<Vec<String>>>,
}

/// What the server does once it has written its bytes.
#[derive(Clone, Copy)]
pub(super) enum Then {
    Close,
    /// Nothing more, on an open connection.
    Wait,
}

impl RawServer {
    /// A server that answers every request with these bytes.
    pub(super) async fn start(bytes: impl Into<Vec<u8>>, then: Then) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let received = Arc::new(Mutex::new(Vec::new()));
        let (log, bytes) = (received.clone(), Arc::new(bytes.into()));
        tokio::spawn(async move {
            while let Ok((connection, _)) = listener.accept().await {
                tokio::spawn(serve(connection, log.clone(), bytes.clone(), then));
            }
        });
        Self { address, received }
    }

    /// A server that answers every request with an empty object.
    pub(super) async fn content() -> Self {
        let reply = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\
                     connection: close\r\n\r\n{}";
        Self::start(reply, Then::Close).await
    }

    pub(super) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The heads of the requests so far.
    pub(super) fn received(&self) -> Vec<String> {
        self.received.lock().unwrap().clone()
    }

    /// The first line of the only request so far.
    pub(super) fn request_line(&self) -> String {
        let received = self.received();
        assert_eq!(received.len(), 1, "{received:#?}");
        received[0].lines().next().unwrap().to_owned()
    }
}

async fn serve(mut connection: TcpStream, log: Arc<Mutex<Vec<String>>>, bytes: Arc<Vec<u8>>, then: Then) {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        match connection.read_u8().await {
            Ok(byte) => head.push(byte),
            Err(_) => return,
        }
    }
    log.lock().unwrap().push(String::from_utf8(head).unwrap());
    let _ = connection.write_all(&bytes).await;
    if let Then::Wait = then {
        std::future::pending::<()>().await;
    }
}
