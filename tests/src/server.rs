//! A server on loopback that writes what it is told to, byte for byte, and keeps what it was sent.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// A server, for as long as the test's runtime lives.
#[derive(Debug)]
pub struct Server {
    address: SocketAddr,
    received: Arc<Mutex<Vec<Received>>>,
    repeated: Arc<AtomicU64>,
}

/// A request as it stood on the wire.
#[derive(Clone, Debug)]
pub struct Received {
    /// The first line, without the version: `GET /apps?page_size=1`.
    pub line: String,
    /// The lines of the head, the first one included.
    pub head: String,
    /// What came after it, without the sizes of its chunks.
    pub body: String,
}

/// What the server does about a request.
#[derive(Debug)]
pub struct Reply {
    bytes: Vec<u8>,
    then: Then,
}

/// What comes after the bytes of a reply.
#[derive(Debug)]
pub enum Then {
    /// The end of the connection.
    Close,
    /// Nothing more, on an open connection.
    Wait,
    /// This, again and again, with a pause in between.
    Repeat(Vec<u8>, Duration),
}

impl Received {
    /// The value of a header, whose name may be in any case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().skip(1).find_map(|line| {
            let (found, value) = line.split_once(':')?;
            found.eq_ignore_ascii_case(name).then(|| value.trim())
        })
    }
}

impl Received {
    /// The parts of a body in `multipart/form-data` (RFC 7578): the lines of the head of each, sorted, and what it holds.
    pub fn parts(&self) -> Vec<(Vec<String>, String)> {
        let kind = self.header("content-type").unwrap_or_default();
        let boundary = kind.strip_prefix("multipart/form-data; boundary=").expect("the body has parts");
        let (between, end) = (format!("\r\n--{boundary}\r\n"), format!("\r\n--{boundary}--\r\n"));
        let body = self.body.strip_prefix(between.trim_start()).expect("the body begins with a part");
        let body = body.strip_suffix(&end).expect("the body ends after a part");
        let parts = body.split(&between).map(|part| {
            let (head, content) = part.split_once("\r\n\r\n").expect("the head of a part ends");
            let mut lines: Vec<String> = head.lines().map(str::to_owned).collect();
            lines.sort();
            (lines, content.to_owned())
        });
        parts.collect()
    }
}

impl Reply {
    /// These bytes, head and all.
    pub fn raw(bytes: impl Into<Vec<u8>>, then: Then) -> Self {
        Self { bytes: bytes.into(), then }
    }

    /// A status such as `404 Not Found`, lines of headers that each have their end, and a body.
    pub fn with(status: &str, headers: &str, body: &str) -> Self {
        let length = body.len();
        let head = format!("HTTP/1.1 {status}\r\ncontent-length: {length}\r\nconnection: close\r\n{headers}");
        Self::raw(format!("{head}\r\n{body}"), Then::Close)
    }

    /// A body of JSON.
    pub fn json(status: &str, body: &str) -> Self {
        Self::with(status, "content-type: application/json\r\n", body)
    }

    /// A redirect.
    pub fn redirect(status: &str, location: &str) -> Self {
        Self::with(status, &format!("location: {location}\r\n"), "")
    }

    /// What it begins with.
    pub fn shown(&self) -> String {
        String::from_utf8_lossy(&self.bytes).lines().next().unwrap_or_default().to_owned()
    }
}

impl Server {
    /// A server that gives every request the same answer.
    pub async fn with(reply: impl Fn() -> Reply + Send + Sync + 'static) -> Self {
        Self::answering(move |_| reply()).await
    }

    /// A server that looks at a request to answer it.
    pub async fn answering(answer: impl Fn(&Received) -> Reply + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let received = Arc::new(Mutex::new(Vec::new()));
        let repeated = Arc::new(AtomicU64::new(0));
        let (log, count, answer) = (received.clone(), repeated.clone(), Arc::new(answer));
        tokio::spawn(async move {
            while let Ok((connection, _)) = listener.accept().await {
                tokio::spawn(serve(connection, log.clone(), count.clone(), answer.clone()));
            }
        });
        Self { address, received, repeated }
    }

    /// Where it is.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The requests so far, in the order in which they came.
    pub fn received(&self) -> Vec<Received> {
        self.received.lock().unwrap().clone()
    }

    /// How many bytes have been taken so far of what is written [again and again](Then::Repeat).
    pub fn repeated(&self) -> u64 {
        self.repeated.load(Ordering::Relaxed)
    }

    /// The only request so far.
    #[track_caller]
    pub fn only(&self) -> Received {
        let received = self.received();
        assert_eq!(received.len(), 1, "{received:#?}");
        received[0].clone()
    }
}

async fn serve(
    mut connection: TcpStream,
    log: Arc<Mutex<Vec<Received>>>,
    count: Arc<AtomicU64>,
    answer: Arc<impl Fn(&Received) -> Reply>,
) {
    let Some(request) = read(&mut connection).await else { return };
    let reply = answer(&request);
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

/// A request to its end, unless the client goes before that.
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
            if let Some(body) = joined(&rest) {
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

/// What chunks come to (RFC 9112, section 7.1), once the last one is there.
fn joined(mut chunks: &[u8]) -> Option<Vec<u8>> {
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
