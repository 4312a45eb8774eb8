//! A server on loopback that writes given bytes, and records the requests.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// A server that runs until the test's runtime ends.
#[derive(Debug)]
pub struct Server {
    address: SocketAddr,
    received: Arc<Mutex<Vec<Received>>>,
    repeated: Arc<AtomicU64>,
}

/// A received request.
#[derive(Clone, Debug)]
pub struct Received {
    /// The first line, without the version: `GET /apps?page_size=1`.
    pub line: String,
    /// The head, including the first line.
    pub head: String,
    /// The body. Chunks are joined.
    pub body: String,
}

/// A reply of the server to a request.
#[derive(Debug)]
pub struct Reply {
    bytes: Vec<u8>,
    then: Then,
}

/// The action of the server after the bytes of a reply.
#[derive(Debug)]
pub enum Then {
    /// Close the connection.
    Close,
    /// Keep the connection open without sending more.
    Wait,
    /// Send these bytes repeatedly, with a pause after each time.
    Repeat(Vec<u8>, Duration),
}

impl Received {
    /// Returns the value of a header. The case of the name does not matter.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().skip(1).find_map(|line| {
            let (found, value) = line.split_once(':')?;
            found.eq_ignore_ascii_case(name).then(|| value.trim())
        })
    }
}

impl Received {
    /// Returns the parts of a `multipart/form-data` body (RFC 7578): the sorted lines of their heads, and their
    /// contents.
    ///
    /// # Panics
    ///
    /// Panics if the request has no such body.
    pub fn parts(&self) -> Vec<(Vec<String>, String)> {
        let kind = self.header("content-type").unwrap_or_default();
        let boundary = kind
            .strip_prefix("multipart/form-data; boundary=")
            .expect("the media type is multipart/form-data");
        let (between, end) = (format!("\r\n--{boundary}\r\n"), format!("\r\n--{boundary}--\r\n"));
        let body = self.body.strip_prefix(between.trim_start()).expect("the body starts with a part");
        let body = body.strip_suffix(&end).expect("the body ends with the boundary");
        let parts = body.split(&between).map(|part| {
            let (head, content) = part.split_once("\r\n\r\n").expect("a part has a head");
            let mut lines: Vec<String> = head.lines().map(str::to_owned).collect();
            lines.sort();
            (lines, content.to_owned())
        });
        parts.collect()
    }
}

impl Reply {
    /// Sends these bytes, including the head.
    pub fn raw(bytes: impl Into<Vec<u8>>, then: Then) -> Self {
        Self { bytes: bytes.into(), then }
    }

    /// Sends a status such as `404 Not Found`, header lines that end with `\r\n`, and a body.
    pub fn with(status: &str, headers: &str, body: &str) -> Self {
        let length = body.len();
        let head = format!("HTTP/1.1 {status}\r\ncontent-length: {length}\r\nconnection: close\r\n{headers}");
        Self::raw(format!("{head}\r\n{body}"), Then::Close)
    }

    /// Sends a JSON body.
    pub fn json(status: &str, body: &str) -> Self {
        Self::with(status, "content-type: application/json\r\n", body)
    }

    /// Sends a redirect.
    pub fn redirect(status: &str, location: &str) -> Self {
        Self::with(status, &format!("location: {location}\r\n"), "")
    }

    /// Returns the first line.
    pub fn status_line(&self) -> String {
        String::from_utf8_lossy(&self.bytes).lines().next().unwrap_or_default().to_owned()
    }
}

impl Server {
    /// Starts a server that sends the same reply to every request.
    pub async fn with(reply: impl Fn() -> Reply + Send + Sync + 'static) -> Self {
        Self::responding(move |_| reply()).await
    }

    /// Starts a server whose replies depend on the requests.
    pub async fn responding(respond: impl Fn(&Received) -> Reply + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let received = Arc::new(Mutex::new(Vec::new()));
        let repeated = Arc::new(AtomicU64::new(0));
        let (log, count, respond) = (received.clone(), repeated.clone(), Arc::new(respond));
        tokio::spawn(async move {
            while let Ok((connection, _)) = listener.accept().await {
                tokio::spawn(serve(connection, log.clone(), count.clone(), respond.clone()));
            }
        });
        Self { address, received, repeated }
    }

    /// Returns the base URL of the server.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Returns the requests so far, in order.
    pub fn received(&self) -> Vec<Received> {
        self.received.lock().unwrap().clone()
    }

    /// Returns the number of bytes that were sent for [`Then::Repeat`] so far.
    pub fn repeated(&self) -> u64 {
        self.repeated.load(Ordering::Relaxed)
    }

    /// Returns the only request so far.
    ///
    /// # Panics
    ///
    /// Panics if there are no requests or several.
    #[track_caller]
    pub fn only_request(&self) -> Received {
        let received = self.received();
        assert_eq!(received.len(), 1, "{received:#?}");
        received[0].clone()
    }
}

async fn serve(
    mut connection: TcpStream,
    log: Arc<Mutex<Vec<Received>>>,
    count: Arc<AtomicU64>,
    respond: Arc<impl Fn(&Received) -> Reply>,
) {
    let Some(request) = read(&mut connection).await else { return };
    let reply = respond(&request);
    log.lock().unwrap().push(request);
    if connection.write_all(&reply.bytes).await.is_err() {
        return;
    }
    match reply.then {
        Then::Close => {}
        Then::Wait => std::future::pending().await,
        Then::Repeat(bytes, pause) => {
            while connection.write_all(&bytes).await.is_ok() {
                count.fetch_add(bytes.len() as u64, Ordering::Relaxed);
                tokio::time::sleep(pause).await;
            }
        }
    }
}

/// Reads a whole request, or returns `None` if the client closes the connection before.
async fn read(connection: &mut TcpStream) -> Option<Received> {
    let mut bytes = Vec::new();
    let end = loop {
        if connection.read_buf(&mut bytes).await.ok()? == 0 {
            return None;
        }
        if let Some(end) = bytes.windows(4).position(|window| window == b"\r\n\r\n") {
            break end;
        }
    };
    let mut rest = bytes.split_off(end + 4);
    let head = String::from_utf8(bytes).unwrap();
    let line = head.lines().next()?.strip_suffix(" HTTP/1.1")?.to_owned();
    let mut received = Received { line, head, body: String::new() };
    let length = received.header("content-length").map_or(0, |length| length.parse().unwrap());
    let is_chunked = received.header("transfer-encoding") == Some("chunked");
    let body = loop {
        if is_chunked {
            if let Some(body) = decode_chunks(&rest) {
                break body;
            }
        } else if rest.len() >= length {
            break rest;
        }
        if connection.read_buf(&mut rest).await.ok()? == 0 {
            return None;
        }
    };
    received.body = String::from_utf8(body).unwrap();
    Some(received)
}

/// Joins chunks (RFC 9112, section 7.1), or returns `None` if the last one is missing.
fn decode_chunks(mut chunks: &[u8]) -> Option<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let end = chunks.windows(2).position(|window| window == b"\r\n")?;
        let size = usize::from_str_radix(std::str::from_utf8(&chunks[..end]).unwrap(), 16).unwrap();
        let chunk = chunks.get(end + 2..end + 2 + size + 2)?;
        if size == 0 {
            return Some(body);
        }
        body.extend_from_slice(&chunk[..size]);
        chunks = &chunks[end + 2 + size + 2..];
    }
}
