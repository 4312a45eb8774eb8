//! Malicious servers: every call ends with an error in bounded time and memory.

use std::time::Duration;

use http::HeaderValue;
use runtime::{Client, Error, Request, RequestExt, Response, RetryPolicy};
use serde_json::Value;

use crate::server::{Reply, Server, Then};
use crate::{LIST_PETS, TOKEN, all_of, builder, list};

const OK: &str = "HTTP/1.1 200 OK\r\n";

/// An upper limit for the bytes that the network buffers: a server can send them although the client does not read
/// them.
const MAX_BUFFERED_BY_NETWORK: u64 = 32 << 20;

/// Returns a client with a short timeout, a small response limit, and retries.
fn client(server: &Server) -> Client {
    let retry = RetryPolicy::default().with_base_delay(Duration::ZERO);
    let builder = builder(server).bearer_token(TOKEN).response_limit(1 << 20).retry(retry);
    builder.timeout(Duration::from_secs(10)).build().unwrap()
}

async fn flood(head: &'static str, again: &'static [u8]) -> Server {
    Server::with(move || {
        Reply::raw(head, Then::Repeat(again.repeat((1 << 16) / again.len()), Duration::ZERO))
    })
    .await
}

#[tokio::test]
async fn limits_endless_bodies() {
    for head in [
        "HTTP/1.1 200 OK\r\n\r\n",
        "HTTP/1.1 200 OK\r\ncontent-length: 10000000000\r\n\r\n",
        "HTTP/1.1 503 Service Unavailable\r\n\r\n",
        "HTTP/1.1 503 Service Unavailable\r\ncontent-length: 10000000000\r\n\r\n",
        "HTTP/1.1 302 Found\r\nlocation: /\r\n\r\n",
    ] {
        let server = flood(head, b" ").await;
        let error = list(&client(&server)).await.unwrap_err();
        assert!(error.is_response_limit(), "{head}: {error}");
        // A response that is too long is not retried.
        assert_eq!((error.attempts(), server.received().len()), (1, 1));
        assert!(server.repeated() < MAX_BUFFERED_BY_NETWORK, "{head}: {}", server.repeated());
    }
}

#[tokio::test]
async fn limits_endless_chunked_bodies() {
    let server = flood("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n", b"4\r\n1234\r\n").await;
    let small = builder(&server).response_limit(1 << 12).build().unwrap();
    assert!(list(&small).await.unwrap_err().is_response_limit());
    assert!(server.repeated() < MAX_BUFFERED_BY_NETWORK, "{}", server.repeated());
    let server =
        flood("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n", b"ffffffffffffffff\r\n").await;
    list(&client(&server)).await.unwrap_err();
    assert!(server.repeated() < MAX_BUFFERED_BY_NETWORK, "{}", server.repeated());
}

#[tokio::test]
async fn downloads_buffer_one_chunk() {
    let server = flood("HTTP/1.1 200 OK\r\n\r\n", b" ").await;
    let mut download = Request::new(&client(&server), &LIST_PETS).download().await.unwrap();
    let (mut bytes, mut longest) = (0, 0);
    while bytes < 64 << 20 {
        let piece = download.next().await.unwrap().unwrap();
        longest = longest.max(piece.len());
        bytes += piece.len();
    }
    assert!(longest <= 1 << 20, "{longest}");
    assert!(server.repeated() < bytes as u64 + MAX_BUFFERED_BY_NETWORK);
}

#[tokio::test]
async fn limits_endless_response_heads() {
    for again in [&b"x-a: b\r\n"[..], b"a", b"\r\n", b"HTTP/1.1 100 Continue\r\n\r\n"] {
        let server = flood(OK, again).await;
        let client = client(&server);
        let request = Request::new(&client, &LIST_PETS).with_retry(RetryPolicy::none());
        // The kind of error does not matter: the call ends, and reads a bounded number of bytes.
        drop(request.with_timeout(Duration::from_secs(1)).await);
        assert!(server.repeated() < MAX_BUFFERED_BY_NETWORK, "{again:?}: {}", server.repeated());
    }
    let server = flood("HTTP/1.1 100 Continue\r\n\r\n", b"HTTP/1.1 100 Continue\r\n\r\n").await;
    let client = client(&server);
    let request = Request::new(&client, &LIST_PETS).with_timeout(Duration::from_millis(300));
    assert!(request.await.is_err());
}

#[tokio::test]
async fn times_out_on_slow_bodies() {
    let drops = || Then::Repeat(b" ".to_vec(), Duration::from_millis(10));
    let server = Server::with(move || Reply::raw("HTTP/1.1 200 OK\r\n\r\n", drops())).await;
    let client = client(&server);
    let request = || Request::new(&client, &LIST_PETS);
    assert!(request().with_timeout(Duration::from_millis(200)).await.unwrap_err().is_timeout());
    let error = request().with_attempt_timeout(Duration::from_millis(100)).await.unwrap_err();
    assert!(error.is_timeout() && error.attempts() == 4);
    let mut download = request().with_timeout(Duration::from_millis(200)).download().await.unwrap();
    let end = loop {
        match download.next().await.unwrap() {
            Ok(_) => {}
            Err(error) => break error,
        }
    };
    assert!(end.is_timeout());
}

/// `{}`, compressed with gzip.
const GZIP: [u8; 22] = [31, 139, 8, 0, 0, 0, 0, 0, 2, 255, 171, 174, 5, 0, 67, 191, 166, 163, 2, 0, 0, 0];

#[tokio::test]
async fn does_not_decompress_bodies() {
    let server = Server::with(|| {
        let head = "HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: 22\r\n\r\n";
        Reply::raw([head.as_bytes(), &GZIP].concat(), Then::Close)
    });
    let server = server.await;
    let response: Response = Request::new(&client(&server), &LIST_PETS).await.unwrap();
    assert_eq!(response.body()[..], GZIP);
    assert_eq!(server.received()[0].header("accept-encoding"), None);
    let error = list(&client(&server)).await.unwrap_err();
    assert_eq!(error.to_string(), "GET /pets: the response body is compressed (gzip)");
}

/// Decodes a response body as any JSON, and as a list of strings.
async fn decoded(body: Vec<u8>) -> (Result<Value, Error>, Result<Vec<String>, Error>) {
    let server = Server::with(move || {
        let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n", body.len());
        Reply::raw([head.into_bytes(), body.clone()].concat(), Then::Close)
    });
    let client = client(&server.await);
    let response = Request::new(&client, &LIST_PETS).await.unwrap();
    (response.clone().json(), response.json())
}

#[tokio::test]
async fn rejects_invalid_json() {
    let deep = |open: &str, close: &str| [open.repeat(100_000), close.repeat(100_000)].concat().into_bytes();
    for body in [
        deep("[", "]"),
        deep("[", ""),
        deep(r#"{"a":"#, ""),
        b"[\"\xff\xfe\"]".to_vec(),
        b"\xff".to_vec(),
        b"[\"\\ud800\"]".to_vec(),
        b"\0".to_vec(),
        Vec::new(),
    ] {
        let (any, texts) = decoded(body).await;
        assert!(any.unwrap_err().is_decode() && texts.unwrap_err().is_decode());
    }
}

#[tokio::test]
async fn rejects_numbers_out_of_range() {
    let server = Server::with(|| Reply::json("200 OK", "[1e999]")).await;
    let response = Request::new(&client(&server), &LIST_PETS).await.unwrap();
    assert!(response.json::<Vec<f64>>().unwrap_err().is_decode());
}

#[tokio::test]
async fn an_error_body_with_status_200_is_a_decode_error() {
    let (any, texts) = decoded(br#"{"code":5,"message":"no such pet"}"#.to_vec()).await;
    assert_eq!(any.unwrap()["code"], 5);
    let error = texts.unwrap_err();
    assert!(error.is_decode() && error.status().unwrap() == 200);
    assert_eq!(error.to_string(), "GET /pets: response body at $: expected an array, got an object");
    assert_eq!(error.raw_body().unwrap(), r#"{"code":5,"message":"no such pet"}"#);
}

#[tokio::test]
async fn the_last_duplicate_property_wins() {
    let (any, _) = decoded(br#"{"a":1,"a":2}"#.to_vec()).await;
    assert_eq!(any.unwrap(), serde_json::json!({ "a": 2 }));
    let many = format!("{{{}\"a\":0}}", r#""a":1,"#.repeat(100_000));
    assert_eq!(decoded(many.into_bytes()).await.0.unwrap(), serde_json::json!({ "a": 0 }));
}

#[tokio::test]
async fn hides_secrets_that_the_server_repeats() {
    for (status, headers, body) in [
        ("401 Unauthorized", "", format!(r#"{{"message":"no such token: {TOKEN}","code":"{TOKEN}"}}"#)),
        ("401 Unauthorized", "", format!(r#"{{"error":{{"message":"Bearer {TOKEN} {TOKEN}"}}}}"#)),
        ("400 Bad Request", "x-request-id: t0k3n-t0k3n\r\n", String::new()),
        ("302 Found", "location: /t0k3n-t0k3n\r\n", String::new()),
        ("200 OK", "content-type: text/t0k3n-t0k3n\r\n", "<".to_owned()),
        ("200 OK", "content-encoding: t0k3n-t0k3n\r\n", "<".to_owned()),
        ("200 OK", "", format!(r#""{TOKEN}""#)),
        ("200 OK", "", format!(r#"["k3y-k3y-k3y", {{"{TOKEN}":1}}]"#)),
    ] {
        let server = Server::with(move || Reply::with(status, headers, &body)).await;
        let client = client(&server);
        let request = Request::new(&client, &LIST_PETS).with_header("x-key", "k3y-k3y-k3y");
        let error = match request.await {
            Ok(response) => response.json::<Vec<u8>>().unwrap_err(),
            Err(error) => error,
        };
        let shown = format!("{}{:?}{:?}", all_of(&error), error.message(), error.code());
        assert!(!shown.contains(TOKEN) && !shown.contains("k3y-k3y"), "{shown}");
        assert!(!error.json_path().unwrap_or_default().contains(TOKEN), "{:?}", error.json_path());
    }
}

/// Returns the error of a call, or of decoding its response as a list of strings.
async fn error_for(status: &'static str, body: &'static str) -> Error {
    let server = Server::with(move || Reply::json(status, body)).await;
    let request = Request::new(&client(&server), &LIST_PETS);
    match request.await {
        Ok(response) => response.json::<Vec<String>>().unwrap_err(),
        Err(error) => error,
    }
}

#[tokio::test]
async fn shows_text_that_is_not_secret() {
    let error = error_for("401 Unauthorized", r#"{"message":"Bearer token expired"}"#).await;
    assert_eq!(error.message(), Some("Bearer token expired"));
    // The path is shown, although the value is hidden.
    let error = error_for("200 OK", r#""t0k3n-t0k3n""#).await;
    assert!(all_of(&error).contains("invalid type: string \"(hidden)\""), "{}", all_of(&error));
    assert_eq!(error.json_path(), Some("$"));
}

#[tokio::test]
async fn hides_headers_that_are_marked_or_named_as_secrets() {
    let server = Server::with(|| Reply::json("404 Not Found", r#"{"message":"no pets in sandbox"}"#)).await;
    let [plain, mut marked] = [(); 2].map(|()| HeaderValue::from_static("sandbox"));
    marked.set_sensitive(true);
    let of_client = |name, value: &HeaderValue| {
        let builder = builder(&server).default_header(name, value);
        Request::new(&builder.build().unwrap(), &LIST_PETS)
    };
    let of_document = |name| Request::new(&client(&server), &LIST_PETS).header(name, &"sandbox");
    for (request, is_shown) in [
        (of_client("x-env", &plain), true),
        (of_client("x-env", &marked), false),
        (of_client("x-env-key", &plain), false),
        (of_client("x-env", &plain).with_header("x-env", &marked), false),
        (of_client("x-env", &marked).with_header("x-env", &plain), true),
        (of_document("x-env"), true),
        (of_document("x-env-key"), false),
    ] {
        let request_shown = format!("{request:?}");
        assert!(!request_shown.contains("sandbox"));
        let error = request.await.unwrap_err();
        assert_eq!(all_of(&error).contains("sandbox"), is_shown, "{request_shown}");
    }
}

/// Returns the bytes of a response. Each line of `head` is a header, after the status line.
fn response(head: &str, body: impl AsRef<[u8]>) -> Vec<u8> {
    [head.replace('\n', "\r\n").as_bytes(), b"\r\n\r\n", body.as_ref()].concat()
}

#[tokio::test]
async fn every_malformed_response_is_an_error_and_every_valid_one_is_decoded() {
    let many_headers =
        |count: usize| format!("HTTP/1.1 200 OK\ncontent-length: 2{}", "\nx-a: b".repeat(count));
    let long_header =
        |length: usize| format!("HTTP/1.1 200 OK\ncontent-length: 2\nx-a: {}", "b".repeat(length));
    let chunked = "HTTP/1.1 200 OK\ntransfer-encoding: chunked";
    let mut wrong = Vec::new();
    for (bytes, is_valid) in [
        (response("HTTP/1.1 200 OK", "{}"), true),
        (response("HTTP/1.0 200 OK", "{}"), true),
        (response("HTTP/1.1 200 \ncontent-length: 2", "{}"), true),
        (response("HTTP/1.1 299 ?\ncontent-length: 2", "{}rest"), true),
        (response("HTTP/1.1 200 OK\ncontent-length: 2\ncontent-length: 2", "{}"), true),
        (response(chunked, "1;a=b\r\n{\r\n1\r\n}\r\n0\r\nx-end: 1\r\n\r\n"), true),
        (response(&many_headers(90), "{}"), true),
        (response(&long_header(100_000), "{}"), true),
        (response("HTTP/1.1 103 Early Hints\nlink: </a>", response("HTTP/1.1 200 OK", "{}")), true),
        // Broken heads.
        (response("HTTP/1.1 200 OK\ncontent-length: 2\ncontent-length: 3", "{} "), false),
        (response("HTTP/1.1 200 OK\ncontent-length: -2", "{}"), false),
        (response("HTTP/1.1 200 OK\ncontent-length: 99999999999999999999", "{}"), false),
        (response(&many_headers(10_000), "{}"), false),
        (response(&long_header(10_000_000), "{}"), false),
        (response("HTTP/1.1 200 OK\nx-a: \0", "{}"), false),
        (response("HTTP/1.1 200 OK\nno colon", "{}"), false),
        (response("HTTP/1.1 99 Low", "{}"), false),
        (response("HTTP/1.1 1000 High", "{}"), false),
        (response("HTTP/9.9 200 OK", "{}"), false),
        (response("{}", ""), false),
        (b"\0\0\x12\x04\0\0\0\0\0\0".to_vec(), false),
        (Vec::new(), false),
        // Broken bodies.
        (response("HTTP/1.1 200 OK\ncontent-length: 3", "{}"), false),
        (response(chunked, "2\r\n{}\r\n"), false),
        (response(chunked, "2\r\n{}0\r\n\r\n"), false),
        (response(chunked, "zz\r\n{}\r\n0\r\n\r\n"), false),
        (response(chunked, "-1\r\n{}\r\n0\r\n\r\n"), false),
        (response(chunked, format!("2;{}\r\n{{}}\r\n0\r\n\r\n", "a".repeat(1 << 20))), false),
        (response(chunked, format!("2\r\n{{}}\r\n0\r\n{}\r\n", "x-a: b\r\n".repeat(100_000))), false),
        // Unexpected statuses.
        (response("HTTP/1.1 101 Switching Protocols\nupgrade: x\nconnection: upgrade", "{}"), false),
        (response("HTTP/1.1 304 Not Modified", "{}"), false),
        (response("HTTP/1.1 999 ?\ncontent-length: 2", "{}"), false),
        (response("HTTP/1.1 503 ?\nretry-after: 99999999999999999999\ncontent-length: 0", ""), false),
        (response("HTTP/1.1 302 ?\nlocation: http://[\ncontent-length: 0", ""), false),
        (response("HTTP/1.1 302 ?\nlocation: \ncontent-length: 0", ""), false),
        (response("HTTP/1.1 302 ?\nlocation: /\ncontent-length: 0", ""), false),
    ] {
        let shown = bytes[..bytes.len().min(60)].escape_ascii().to_string();
        let server = Server::with(move || Reply::raw(bytes.clone(), Then::Close)).await;
        let client = builder(&server).timeout(Duration::from_secs(5)).build().unwrap();
        let outcome = list(&client).await;
        if outcome.is_ok() != is_valid {
            wrong.push(format!("{shown}: {outcome:?}"));
        }
        if let Err(error) = outcome {
            assert!(all_of(&error).len() < 20_000, "{shown}");
            assert!(error.to_string().len() < 500 && !error.is_timeout(), "{shown}: {error}");
        }
    }
    assert_eq!(wrong, [""; 0]);
}
