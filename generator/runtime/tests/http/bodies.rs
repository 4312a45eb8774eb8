//! Request and response bodies other than JSON: forms, multipart, text, bytes and streams.

use std::collections::VecDeque;
use std::future::IntoFuture;
use std::pin::Pin;
use std::task::{Context, Poll};

use futures_core::Stream;
use runtime::{
    Body, BodyStream, BoxError, Bytes, ClientBuilder, CollectError, Error, File, Multipart, Request,
    Response, ResponseFuture, Style, TransportError,
};
use serde_json::json;

use crate::server::{Received, Reply, Server};
use crate::{API, CREATE_PET, LIST_PETS, TRANSPORT, client};

async fn sent(request: impl FnOnce(Request) -> Request) -> Received {
    let server = Server::with(|| Reply::json("200 OK", "{}")).await;
    request(Request::new(&client(&server), &CREATE_PET)).send().await.unwrap();
    server.only_request()
}

/// A body stream of chunks that are available immediately.
struct Pieces(VecDeque<&'static str>);

impl BodyStream for Pieces {
    fn poll_next(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, TransportError>>> {
        Poll::Ready(self.0.pop_front().map(|piece| Ok(Bytes::from(piece))))
    }
}

fn pieces() -> Body {
    Body::from_sized_stream(Pieces(VecDeque::from(["one ", "two"])), 7)
}

/// A `Stream` of chunks that are available immediately, as other crates provide it.
struct Texts(VecDeque<Result<&'static str, BoxError>>);

impl Stream for Texts {
    type Item = Result<&'static str, BoxError>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(self.0.pop_front())
    }
}

#[tokio::test]
async fn sends_streams_of_bytes() {
    let texts = || Texts(VecDeque::from([Ok("one "), Ok("two")]));
    let received = sent(|request| request.bytes("text/plain", Body::from_stream(texts()))).await;
    assert_eq!(received.header("transfer-encoding"), Some("chunked"));
    assert!(received.body.contains("one ") && received.body.contains("two"));
    // A body is a stream of bytes itself, so a response body can be forwarded.
    let received =
        sent(|request| request.bytes("text/plain", Body::from_sized_stream(Body::from_stream(texts()), 7)));
    assert_eq!(received.await.body, "one two");
    assert!(matches!(Body::from_stream(texts()).collect(7).await, Ok(body) if body == "one two"));
    assert!(matches!(Body::from_stream(texts()).collect(6).await, Err(CollectError::TooLong)));
}

#[tokio::test]
async fn returns_errors_of_the_body_stream() {
    let failing = |error: BoxError| Body::from_stream(Texts(VecDeque::from([Ok("one "), Err(error)])));
    let Err(CollectError::Transport(error)) = failing("the disk is gone".into()).collect(100).await else {
        panic!("the body should fail");
    };
    assert!(!error.is_timeout());
    assert_eq!(std::error::Error::source(&error).unwrap().to_string(), "the disk is gone");
    let slow = failing(TransportError::timeout("slow").into()).collect(100).await.unwrap_err();
    assert_eq!(slow.to_string(), "timed out before the end of the body");
    assert!(matches!(slow, CollectError::Transport(error) if error.is_timeout()));
}

#[tokio::test]
async fn sends_forms() {
    // In alphabetical order, because `serde_json` sorts properties by default.
    let pet = json!({
        "deep": {"a": 1}, "ids": [1, 2], "name": "R&x =+", "none": null, "owner": {"id": 7}, "tags": ["a", "b"],
    });
    let styles: &[_] = &[("ids", Style::PIPE_DELIMITED), ("deep", Style::DEEP_OBJECT)];
    let received = sent(|request| request.form(&pet, styles)).await;
    assert_eq!(received.header("content-type"), Some("application/x-www-form-urlencoded"));
    let body = "deep%5Ba%5D=1&ids=1%7C2&name=R%26x%20%3D%2B&owner=%7B%22id%22%3A7%7D&tags=a&tags=b";
    assert_eq!(received.body, body);
}

#[tokio::test]
async fn rejects_forms_without_fields() {
    let server = Server::with(|| Reply::json("200 OK", "{}")).await;
    let error = Request::new(&client(&server), &CREATE_PET).form(&[1, 2], &[]).send().await.unwrap_err();
    assert!(error.is_invalid_request());
    assert!(server.received().is_empty());
}

/// Returns a multipart body in which the boundary is replaced by `X`.
fn parts(received: &Received) -> String {
    let content_type = received.header("content-type").unwrap();
    let boundary = content_type.strip_prefix("multipart/form-data; boundary=").unwrap();
    assert_eq!(boundary.len(), 32);
    received.body.replace(boundary, "X")
}

#[tokio::test]
async fn sends_multipart_bodies() {
    let form = Multipart::new()
        .text("name", &"Rex")
        .text("tags", &["a", "b"])
        .text("none", &None::<i32>)
        .text("owner", &json!({"id": 7}))
        .json("age", &3)
        .file("photo", File::new("png").with_name("r\"e\r\nx.png").with_media_type("image/png"))
        .file_as("scan", "application/pdf", "pdf");
    let received = sent(|request| request.multipart(form)).await;
    let expected = [
        "--X\r\ncontent-disposition: form-data; name=\"name\"\r\n\r\nRex\r\n",
        "--X\r\ncontent-disposition: form-data; name=\"tags\"\r\n\r\na\r\n",
        "--X\r\ncontent-disposition: form-data; name=\"tags\"\r\n\r\nb\r\n",
        "--X\r\ncontent-disposition: form-data; name=\"owner\"\r\ncontent-type: application/json\r\n\r\n{\"id\":7}\r\n",
        "--X\r\ncontent-disposition: form-data; name=\"age\"\r\ncontent-type: application/json\r\n\r\n3\r\n",
        "--X\r\ncontent-disposition: form-data; name=\"photo\"; filename=\"r%22e%0D%0Ax.png\"\r\n\
         content-type: image/png\r\n\r\npng\r\n",
        "--X\r\ncontent-disposition: form-data; name=\"scan\"; filename=\"scan\"\r\n\
         content-type: application/pdf\r\n\r\npdf\r\n",
        "--X--\r\n",
    ];
    assert_eq!(parts(&received), expected.concat());
    assert_eq!(received.header("content-length"), Some(&*received.body.len().to_string()));
}

#[tokio::test]
async fn sends_parts_with_media_types_styles_and_headers() {
    let about = json!({"a": "x y", "b": [1, 2]});
    let form = Multipart::new()
        .part_header("photo", "X-Rate", Style::SIMPLE, &3)
        .part_header("photo", "x-rate", Style::SIMPLE, &[1, 2])
        .file("photo", File::new("png").with_header("x-only", "here"))
        .file("photo", File::new("gif"))
        .text_as("rows", "text/csv", &"a,b")
        .json_as("note", "application/vnd.acme+json", &"n")
        .styled("tags", Style::PIPE_DELIMITED, &["a b", "c&"])
        .styled("one", Style::FORM.exploded(), &about)
        .styled("deep", Style::DEEP_OBJECT, &about)
        .part_header("deep", "x-deep", Style::SIMPLE.exploded(), &json!({"k": "v"}))
        .part_header("deep", "x-none", Style::SIMPLE, &None::<i32>);
    assert!(!format!("{form:?}").contains("here"), "{form:?}");
    let received = sent(|request| request.multipart(form)).await;
    let part = |name: &str, more: &str, content: &str| {
        format!("--X\r\ncontent-disposition: form-data; name=\"{name}\"{more}\r\n\r\n{content}\r\n")
    };
    let photo = "; filename=\"photo\"\r\ncontent-type: application/octet-stream\r\nx-rate: 1,2";
    let expected = [
        part("photo", &format!("{photo}\r\nx-only: here"), "png"),
        part("photo", photo, "gif"),
        part("rows", "\r\ncontent-type: text/csv", "a,b"),
        part("note", "\r\ncontent-type: application/vnd.acme+json", "\"n\""),
        part("tags", "", "a b|c&"),
        part("a", "", "x y"),
        part("b", "", "1"),
        part("b", "", "2"),
        part("deep[a]", "\r\nx-deep: k=v", "x y"),
        part("deep[b]", "\r\nx-deep: k=v", "1"),
        part("deep[b]", "\r\nx-deep: k=v", "2"),
        "--X--\r\n".to_owned(),
    ];
    assert_eq!(parts(&received), expected.concat());
}

#[tokio::test]
async fn sends_the_properties_of_an_object_as_parts() {
    let received = sent(|request| request.multipart(Multipart::of(&json!({"a": 1, "b": null})))).await;
    assert_eq!(parts(&received), "--X\r\ncontent-disposition: form-data; name=\"a\"\r\n\r\n1\r\n--X--\r\n");
}

#[tokio::test]
async fn parts_that_cannot_be_sent_are_not() {
    let server = Server::with(|| Reply::json("200 OK", "{}")).await;
    let unencodable = std::collections::BTreeMap::from([((1, 2), 3)]);
    let forms = [
        Multipart::of(&[1]),
        Multipart::new().text("a", &unencodable),
        Multipart::new().json("a", &unencodable),
        Multipart::new().file("a", File::new("a").with_media_type("a\r\nx: y")),
        Multipart::new().file("a", File::new("a").with_header("x", "a\r\ny: z")),
        Multipart::new().file("a", File::new("a").with_header("x: y\r\nz", "a")),
        Multipart::new().file("a", "a").part_header("a", "Content-Type", Style::SIMPLE, &"a"),
    ];
    for form in forms {
        let error = Request::new(&client(&server), &CREATE_PET).multipart(form).send().await.unwrap_err();
        assert!(error.is_invalid_request(), "{error}");
    }
    assert!(server.received().is_empty());
}

#[tokio::test]
async fn sends_text_and_bytes_unchanged() {
    let received = sent(|request| request.bytes("text/csv", "a,b\n")).await;
    assert_eq!((received.header("content-type"), &*received.body), (Some("text/csv"), "a,b\n"));
    let received = sent(|request| request.json_as("application/merge-patch+json", &json!({"a": null}))).await;
    assert_eq!(received.header("content-type"), Some("application/merge-patch+json"));
    assert_eq!(received.body, r#"{"a":null}"#);
}

#[tokio::test]
async fn sends_streams_with_a_content_length() {
    let received = sent(|request| request.bytes("text/plain", pieces())).await;
    assert_eq!((received.header("content-length"), &*received.body), (Some("7"), "one two"));
    let received = sent(|request| request.multipart(Multipart::new().file("a", pieces()))).await;
    assert!(received.body.contains("\r\n\r\none two\r\n--"), "{}", received.body);
    assert_eq!(received.header("content-length"), Some(&*received.body.len().to_string()));
}

#[tokio::test]
async fn a_body_stream_can_be_sent_only_once() {
    let server = Server::with(|| Reply::json("200 OK", "{}")).await;
    let request = Request::new(&client(&server), &CREATE_PET).bytes("text/plain", pieces());
    request.clone().send().await.unwrap();
    let error = request.send().await.unwrap_err();
    assert!(error.is_invalid_request());
    assert_eq!(error.to_string(), "POST /pets: the request body is a stream and was already sent");
}

#[tokio::test]
async fn reads_downloads_in_chunks() {
    let server = Server::with(|| Reply::with("200 OK", "x-kind: cat\r\n", "meow")).await;
    let request = || Request::new(&client(&server), &LIST_PETS).accept("image/png");
    let mut download = request().download().await.unwrap();
    assert_eq!((download.status().as_u16(), download.length()), (200, Some(4)));
    assert_eq!(download.headers()["x-kind"], "cat");
    let mut body = Vec::new();
    while let Some(piece) = download.next().await {
        body.extend_from_slice(&piece.unwrap());
    }
    assert_eq!(body, b"meow");
    assert_eq!(request().download().await.unwrap().bytes().await.unwrap(), "meow");
    assert_eq!(server.received()[0].header("accept"), Some("image/png"));
}

#[tokio::test]
async fn downloads_return_errors_like_other_calls() {
    let server = Server::with(|| Reply::json("404 Not Found", r#"{"message":"no such cat"}"#)).await;
    let error = Request::new(&client(&server), &LIST_PETS).download().await.unwrap_err();
    assert!(error.is_not_found());
    assert_eq!(error.message(), Some("no such cat"));

    let server = Server::with(|| Reply::with("200 OK", "", "too much")).await;
    let builder = ClientBuilder::new(&API).base_url(server.url()).transport(TRANSPORT.clone());
    let download = Request::new(&builder.response_limit(3).build().unwrap(), &LIST_PETS).download().await;
    assert!(download.unwrap().bytes().await.unwrap_err().is_response_limit());
}

/// Receives a body with a content type.
async fn received(content_type: &str, body: &[u8], read: fn(Response) -> Result<String, Error>) -> String {
    let head =
        format!("HTTP/1.1 200 OK\r\ncontent-type: {content_type}\r\ncontent-length: {}\r\n\r\n", body.len());
    let raw = [head.as_bytes(), body].concat();
    let server = Server::with(move || Reply::raw(raw.clone(), crate::server::Then::Close)).await;
    let text = ResponseFuture::new(Request::new(&client(&server), &LIST_PETS), read).await;
    text.unwrap_or_else(|error| error.to_string())
}

#[tokio::test]
async fn decodes_text_by_its_charset() {
    for (content_type, body, expected) in [
        ("text/plain; charset=iso-8859-1", &b"caf\xe9 \x80"[..], "caf\u{e9} \u{20ac}"),
        ("text/plain; Charset=\"Shift_JIS\"", b"\x83\x65", "\u{30c6}"),
        ("text/plain; charset=utf-16le", b"h\0i\0", "hi"),
        ("text/plain; charset=us-ascii", b"caf\xc3\xa9", "caf\u{e9}"),
        ("text/plain", b"\xef\xbb\xbfhi", "hi"),
        ("text/plain; charset=utf-8", b"\xe9", "GET /pets: the response body is not valid UTF-8"),
        ("text/plain; charset=euc-jp", b"\xff", "GET /pets: the response body is not valid EUC-JP"),
        ("text/plain; charset=x", b"a", "GET /pets: the charset \"x\" of the response body is unknown"),
    ] {
        let text = received(content_type, body, Response::text).await;
        assert!(text.starts_with(expected), "{content_type}: {text}");
    }
}

#[tokio::test]
async fn a_json_string_may_stand_for_text() {
    for (content_type, body, expected) in [
        ("application/json", "\"a\\n\"", "a\n"),
        ("application/json", "{\"a\":1}", "{\"a\":1}"),
        ("application/json", "a", "a"),
        ("text/plain", "\"a\"", "\"a\""),
    ] {
        let text = received(content_type, body.as_bytes(), Response::unquoted_text).await;
        assert_eq!(text, expected, "{content_type}: {body}");
    }
}

#[tokio::test]
async fn a_response_without_content_is_null() {
    for status in ["204 No Content", "205 Reset Content"] {
        let server = Server::with(move || Reply::with(status, "", "")).await;
        let request = || Request::new(&client(&server), &LIST_PETS);
        let value = ResponseFuture::new(request(), Response::json::<Option<String>>).await.unwrap();
        assert_eq!(value, None);
        let error = ResponseFuture::new(request(), Response::json::<String>).await.unwrap_err();
        assert_eq!(
            error.to_string(),
            format!("GET /pets: {status}: the request succeeded, but the response has no content")
        );
    }
}

#[tokio::test]
async fn multipart_bodies_have_other_media_types() {
    let form = || Multipart::new().json("about", &1).file_as("photo", "image/png", "PNG");
    let received = sent(|request| request.multipart_as("multipart/related", form())).await;
    let content_type = received.header("content-type").unwrap();
    let (media_type, rest) = content_type.split_once("; boundary=").unwrap();
    let (boundary, parameters) = rest.split_once("; ").unwrap();
    assert_eq!((media_type, parameters), ("multipart/related", "type=\"application/json\""));
    assert!(received.body.starts_with(&format!("--{boundary}\r\n")), "{}", received.body);
    let received = sent(|request| request.multipart_as("multipart/related; type=\"text/xml\"", form())).await;
    assert!(
        received
            .header("content-type")
            .unwrap()
            .starts_with("multipart/related; type=\"text/xml\"; boundary=")
    );
    let received = sent(|request| request.multipart_as("multipart/mixed", form())).await;
    assert!(!received.header("content-type").unwrap().contains("type="));
}

#[tokio::test]
async fn decodes_text() {
    let server = Server::with(|| Reply::with("200 OK", "", "caf\u{e9}")).await;
    let request = Request::new(&client(&server), &LIST_PETS);
    let (text, response) =
        ResponseFuture::new(request, Response::text).into_future().with_response().await.unwrap();
    assert_eq!((text.as_str(), response.status().as_u16()), ("caf\u{e9}", 200));

    let server = Server::with(|| {
        Reply::raw(*b"HTTP/1.1 200 OK\r\ncontent-length: 1\r\n\r\n\xff", crate::server::Then::Close)
    })
    .await;
    let error =
        ResponseFuture::new(Request::new(&client(&server), &LIST_PETS), Response::text).await.unwrap_err();
    assert!(error.is_decode());
    assert_eq!(error.raw_body().unwrap().as_ref(), b"\xff");
}

#[tokio::test]
async fn decodes_optional_json() {
    for (body, expected) in [("", None), ("3", Some(3))] {
        let server = Server::with(move || Reply::json("200 OK", body)).await;
        let request = Request::new(&client(&server), &LIST_PETS);
        assert_eq!(
            ResponseFuture::<Option<i32>>::new(request, Response::json_or_none).await.unwrap(),
            expected
        );
    }
}

#[tokio::test]
async fn sends_an_operation_to_its_own_server() {
    let (here, there) =
        (Server::with(|| Reply::json("200 OK", "{}")).await, crate::transport::Recorder::default());
    // The base URL that the user sets overrides the server of the operation.
    Request::new(&client(&here), &LIST_PETS).server("https://upload.pets.test").send().await.unwrap();
    assert_eq!(here.received().len(), 1);
    let client =
        ClientBuilder::new(&API).server_variable("tenant", "acme").transport(there.clone()).build().unwrap();
    Request::new(&client, &LIST_PETS).server("https://upload.pets.test/v3").send().await.unwrap();
    Request::new(&client, &LIST_PETS).send().await.unwrap();
    assert_eq!(there.uris(), ["https://upload.pets.test/v3/pets", "https://acme.pets.test/v1/pets"]);
}

#[tokio::test]
async fn the_server_of_an_operation_uses_the_variables_of_the_api() {
    let sent_to = async |server| {
        let transport = crate::transport::Recorder::default();
        let builder = ClientBuilder::new(&API).server_variable("tenant", "acme").transport(transport.clone());
        let sent = Request::new(&builder.build().unwrap(), &LIST_PETS).server(server).send().await;
        sent.map(|_| transport.uris().remove(0)).map_err(|error| error.to_string())
    };
    for (server, sent) in [
        ("https://{tenant}.upload.pets.test", "https://acme.upload.pets.test/pets"),
        ("/v3", "https://acme.pets.test/v3/pets"),
        ("/{version}/files", "https://acme.pets.test/v1/files/pets"),
        ("/", "https://acme.pets.test/pets"),
        ("//files.test/", "https://files.test/pets"),
    ] {
        assert_eq!(sent_to(server).await.as_deref(), Ok(sent), "{server}");
    }
    let error = sent_to("https://{zone}.pets.test").await.unwrap_err();
    assert!(error.ends_with("the server URL uses the undeclared variable `zone`"), "{error}");
}
