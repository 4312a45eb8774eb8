//! Box: uploads and downloads, whole and in chunks, token forms, operations without credentials, documented errors, and
//! pagination by offset.

use std::sync::LazyLock;
use std::time::Duration;

use box_platform::resources::downloads::GetFilesIdContentHeaders;
use box_platform::resources::uploads::PostFilesContentForm;
use box_platform::resources::user_avatars::PostUsersIdAvatarForm;
use box_platform::runtime::{Body, BodyStream, Bytes, File, ReqwestTransport, TransportError};
use box_platform::types::{
    ClientError, ClientErrorCode, PostFilesContentRequestAttributes, PostFilesContentRequestAttributesParent,
    PostOAuth2Token, PostOAuth2TokenGrantType, PutFilesIdMetadataIdIdRequest,
    PutFilesIdMetadataIdIdRequestOp, PutFilesIdMetadataIdIdScope,
};
use box_platform::{Client, RetryPolicy};
use tests::server::{Reply, Server, Then};

static TRANSPORT: LazyLock<ReqwestTransport> = LazyLock::new(|| ReqwestTransport::new().unwrap());

fn client(server: &Server) -> Client {
    let builder = Client::builder().base_url(server.url()).bearer_token("t0k3n").transport(TRANSPORT.clone());
    builder.retry(RetryPolicy::none()).build().unwrap()
}

async fn json(body: &'static str) -> Server {
    Server::with(move || Reply::json("200 OK", body)).await
}

/// A stream of chunks with an unknown length.
struct Chunks(Vec<&'static str>);

impl BodyStream for Chunks {
    fn poll_next(
        mut self: std::pin::Pin<&mut Self>,
        _: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Result<Bytes, TransportError>>> {
        std::task::Poll::Ready(self.0.pop().map(|chunk| Ok(Bytes::from(chunk))))
    }
}

#[tokio::test]
async fn uploads_a_file_with_attributes() {
    let server = json(r#"{"total_count":1,"entries":[{"id":"9","type":"file","name":"n.txt"}]}"#).await;
    let parent = PostFilesContentRequestAttributesParent::new("0");
    let attributes = PostFilesContentRequestAttributes::new("n.txt", parent);
    let file = File::new("a\r\n--b--\r\n").with_name("\"n\"\r\n.txt").with_media_type("text/plain");
    let request = client(&server).uploads().post_files_content().fields(&["id", "name"]);
    let response = request.body(PostFilesContentForm::new(&attributes, file)).await.unwrap();
    assert_eq!(response.total_count, Some(1));
    let request = server.only_request();
    assert_eq!(request.line, "POST /files/content?fields=id,name");
    assert_eq!(request.header("authorization"), Some("Bearer t0k3n"));
    let expected = [
        (
            &["content-disposition: form-data; name=\"attributes\"", "content-type: application/json"][..],
            r#"{"name":"n.txt","parent":{"id":"0"}}"#,
        ),
        (
            &[
                "content-disposition: form-data; name=\"file\"; filename=\"%22n%22%0D%0A.txt\"",
                "content-type: text/plain",
            ],
            "a\r\n--b--\r\n",
        ),
    ];
    let parts = request.parts();
    let found: Vec<(Vec<&str>, &str)> =
        parts.iter().map(|(head, content)| (head.iter().map(String::as_str).collect(), &**content)).collect();
    assert_eq!(found, expected.map(|(head, content)| (head.to_vec(), content)));
}

#[tokio::test]
async fn uploads_a_file_of_unknown_length_in_chunks() {
    let server = json(r#"{"pic_urls":{"small":"https://a.test/s"}}"#).await;
    let body = Body::from_stream(Chunks(vec!["c", "bb", "a"]));
    let form = PostUsersIdAvatarForm::new(File::new(body).with_name("me.png").with_media_type("image/png"));
    let response = client(&server).user_avatars().post_users_id_avatar("7").body(form).await.unwrap();
    assert_eq!(response.pic_urls.unwrap().small.as_deref(), Some("https://a.test/s"));
    let request = server.only_request();
    assert_eq!(request.header("transfer-encoding"), Some("chunked"));
    assert_eq!(request.header("content-length"), None);
    assert_eq!(request.parts()[0].1, "abbc");
}

#[tokio::test]
async fn uploads_a_part_of_a_file() {
    let server = json(r#"{"part":{"part_id":"p","offset":0,"size":4}}"#).await;
    let chunked = client(&server).uploads_chunked();
    let request = chunked.put_files_upload_sessions_id("s/1", "sha=abc=", "bytes 0-3/8").body("wxyz");
    assert_eq!(request.await.unwrap().part.unwrap().size, Some(4));
    let request = server.only_request();
    assert_eq!((&*request.line, &*request.body), ("PUT /files/upload_sessions/s%2F1", "wxyz"));
    for (name, value) in [
        ("content-type", "application/octet-stream"),
        ("content-length", "4"),
        ("content-range", "bytes 0-3/8"),
        ("digest", "sha=abc="),
    ] {
        assert_eq!(request.header(name), Some(value), "{name}");
    }
}

#[tokio::test]
async fn downloads_a_file_in_chunks() {
    let server = Server::with(|| {
        let head =
            "HTTP/1.1 206 Partial Content\r\ncontent-type: application/pdf\r\ntransfer-encoding: chunked\r\n";
        Reply::raw(format!("{head}retry-after: 3\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n"), Then::Close)
    });
    let server = server.await;
    let request = client(&server).downloads().get_files_id_content("9").range("bytes=0-4").version("2");
    let mut download = request.await.unwrap();
    assert_eq!((download.status().as_u16(), download.length()), (206, None));
    assert_eq!(GetFilesIdContentHeaders::of(download.response()).unwrap().retry_after, Some(3));
    let mut bytes = Vec::new();
    while let Some(chunk) = download.next().await {
        bytes.extend(chunk.unwrap());
    }
    assert_eq!(bytes, b"abcde");
    let request = server.only_request();
    assert_eq!(request.line, "GET /files/9/content?version=2");
    assert_eq!(request.header("range"), Some("bytes=0-4"));
    assert_eq!(request.header("accept"), Some("application/octet-stream"));
}

#[tokio::test]
async fn interrupted_downloads_fail() {
    for (then, is_timeout) in [((|| Then::Close) as fn() -> Then, false), (|| Then::Wait, true)] {
        let head = "HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nhalf";
        let server = Server::with(move || Reply::raw(head, then())).await;
        let builder = Client::builder().base_url(server.url()).transport(TRANSPORT.clone());
        let builder = builder.timeout(Duration::from_millis(300)).bearer_token("t");
        let download = builder.build().unwrap().downloads().get_files_id_content("9").await.unwrap();
        let error = download.bytes().await.unwrap_err();
        assert_eq!((error.is_timeout(), error.is_transport()), (is_timeout, !is_timeout), "{error}");
    }
}

/// The file is on another server. The caller gets the location, and the token is not sent.
#[tokio::test]
async fn redirected_downloads_do_not_send_the_token() {
    let elsewhere = json("{}").await;
    let location = format!("{}/d/1?signature=s", elsewhere.url());
    let server = Server::with(move || Reply::redirect("302 Found", &location)).await;
    let error = client(&server).downloads().get_files_id_content("9").await.unwrap_err();
    assert!(error.is_redirect(), "{error}");
    assert!(error.headers().unwrap()["location"].to_str().unwrap().ends_with("/d/1?signature=s"));
    assert_eq!(elsewhere.received().len(), 0);
}

#[tokio::test]
async fn requests_a_token_without_credentials() {
    let server = json(r#"{"access_token":"new","expires_in":3600,"token_type":"bearer"}"#).await;
    let body = PostOAuth2Token::new(PostOAuth2TokenGrantType::AuthorizationCode)
        .with_client_id("a&b=c")
        .with_code("päss wörd+/");
    let token = client(&server).authorization().post_oauth2_token().body(&body).await.unwrap();
    assert_eq!((token.access_token.as_deref(), token.expires_in), (Some("new"), Some(3600)));
    let request = server.only_request();
    assert_eq!(request.line, "POST /oauth2/token");
    assert_eq!(request.header("authorization"), None);
    assert_eq!(request.header("content-type"), Some("application/x-www-form-urlencoded"));
    let mut pairs: Vec<&str> = request.body.split('&').collect();
    pairs.sort_unstable();
    let expected =
        ["client_id=a%26b%3Dc", "code=p%C3%A4ss%20w%C3%B6rd%2B%2F", "grant_type=authorization_code"];
    assert_eq!(pairs, expected);
    // `Debug` hides secrets of the response.
    assert!(!format!("{token:?}").contains("new"), "{token:?}");
}

#[tokio::test]
async fn sends_a_json_patch() {
    let server = json(r#"{"$id":"6f1d2a3b-0000-4000-8000-000000000001","$version":2}"#).await;
    let change = PutFilesIdMetadataIdIdRequest::default()
        .with_op(PutFilesIdMetadataIdIdRequestOp::Replace)
        .with_path("/a~1b")
        .with_value("x");
    let files = client(&server).metadata_instances_files();
    let request = files.put_files_id_metadata_id_id("9", PutFilesIdMetadataIdIdScope::Global, "t");
    request.body(&vec![change]).await.unwrap();
    let request = server.only_request();
    assert_eq!(request.line, "PUT /files/9/metadata/global/t");
    assert_eq!(request.header("content-type"), Some("application/json-patch+json"));
    assert_eq!(request.body, r#"[{"op":"replace","path":"/a~1b","value":"x"}]"#);
}

#[tokio::test]
async fn reads_items_by_offset_up_to_the_total() {
    let server = Server::responding(|request| match request.line.split_once("offset=") {
        None => Reply::json(
            "200 OK",
            r#"{"total_count":3,"limit":2,"entries":[{"id":"1","type":"file"},{"id":"2","type":"folder"}]}"#,
        ),
        Some((_, "2")) => {
            Reply::json("200 OK", r#"{"total_count":3,"entries":[{"id":"3","type":"web_link"}]}"#)
        }
        Some(_) => Reply::json("400 Bad Request", "{}"),
    });
    let server = server.await;
    let mut items = client(&server).folders().get_folders_id_items("0").limit(2).items();
    let mut count = 0;
    while let Some(item) = items.next().await {
        item.unwrap();
        count += 1;
    }
    let lines: Vec<String> = server.received().into_iter().map(|request| request.line).collect();
    assert_eq!(
        (count, lines),
        (3, ["?limit=2", "?limit=2&offset=2"].map(|query| format!("GET /folders/0/items{query}")).to_vec())
    );
}

#[tokio::test]
async fn decodes_documented_errors() {
    let server = Server::with(|| {
        let body = r#"{"type":"error","status":404,"code":"not_found","message":"gone","request_id":"r1"}"#;
        Reply::json("404 Not Found", body)
    });
    let error = client(&server.await).files().get_files_id("9").await.unwrap_err();
    assert!(error.is_not_found());
    let decoded: ClientError = error.decode().unwrap().unwrap();
    assert_eq!((decoded.code, decoded.request_id.as_deref()), (Some(ClientErrorCode::NotFound), Some("r1")));
    assert_eq!((error.code(), error.message()), (Some("not_found"), Some("gone")));
    assert_eq!(error.to_string(), "GET /files/{file_id}: 404 Not Found: gone");
}
