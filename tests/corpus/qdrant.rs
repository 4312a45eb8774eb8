//! Qdrant: server variables, optional credentials, uploads and downloads of snapshots, text responses, responses that
//! depend on the status, unions of an integer and a UUID, and pagination by an offset in the body.

use std::sync::LazyLock;

use qdrant::resources::snapshots::{RecoverFromUploadedSnapshotAnswer, RecoverFromUploadedSnapshotForm};
use qdrant::runtime::{File, ReqwestTransport};
use qdrant::types::{ExtendedPointId, ScrollRequest, SnapshotPriority};
use qdrant::{Client, ClientBuilder, RetryPolicy};
use tests::server::{Reply, Server, Then};

static TRANSPORT: LazyLock<ReqwestTransport> = LazyLock::new(|| ReqwestTransport::new().unwrap());

fn builder(server: &Server) -> ClientBuilder {
    let builder = Client::builder().base_url(server.url()).transport(TRANSPORT.clone());
    builder.retry(RetryPolicy::none())
}

fn client(server: &Server) -> Client {
    builder(server).build().unwrap()
}

async fn json(status: &'static str, body: &'static str) -> Server {
    Server::with(move || Reply::json(status, body)).await
}

#[tokio::test]
async fn server_variables_set_the_url() {
    let server =
        json("200 OK", r#"{"time":0.1,"status":"ok","result":{"collections":[{"name":"a"}]}}"#).await;
    let url = server.url();
    let port = url.rsplit(':').next().unwrap();
    let builder = Client::builder().hostname("127.0.0.1").port(port).transport(TRANSPORT.clone());
    let response = builder.build().unwrap().collections().get_collections().await.unwrap();
    assert_eq!(response.result.unwrap().collections[0].name, "a");
    assert_eq!(server.only_request().line, "GET /collections");
    assert!(Client::builder().protocol("gopher").build().unwrap_err().is_configuration());
    assert!(Client::builder().hostname("evil.test/?").build().unwrap_err().is_configuration());
}

#[tokio::test]
async fn sends_a_key_or_a_token_or_no_credentials() {
    type SetCredentials = fn(ClientBuilder) -> ClientBuilder;
    let cases: [(SetCredentials, Option<&str>, Option<&str>); 4] = [
        (|builder| builder, None, None),
        (|builder| builder.api_key("k3y"), Some("k3y"), None),
        (|builder| builder.bearer_token("t"), None, Some("Bearer t")),
        (|builder| builder.bearer_token("t").api_key("k3y"), Some("k3y"), None),
    ];
    for (set_credentials, key, token) in cases {
        let server = json("200 OK", "{}").await;
        let client = set_credentials(builder(&server)).build().unwrap();
        client.collections().get_collections().await.unwrap();
        let request = server.only_request();
        assert_eq!((request.header("api-key"), request.header("authorization")), (key, token));
        assert!(!format!("{client:?}").contains("k3y"));
    }
    assert!(Client::builder().api_key("a\r\nb").build().unwrap_err().is_configuration());
}

#[tokio::test]
async fn uploads_a_snapshot() {
    let server = json("202 Accepted", r#"{"time":0.5,"status":"accepted"}"#).await;
    let snapshots = client(&server).snapshots();
    let form = RecoverFromUploadedSnapshotForm::new().snapshot(File::new("tar\r\n").with_name("s.snapshot"));
    let request = snapshots.recover_from_uploaded_snapshot("my docs").set_wait(false);
    let response = request.priority(SnapshotPriority::Replica).body(form).await.unwrap();
    let RecoverFromUploadedSnapshotAnswer::Accepted(response) = response else { panic!("{response:?}") };
    assert_eq!(response.status.as_deref(), Some("accepted"));
    let request = server.only_request();
    assert_eq!(request.line, "POST /collections/my%20docs/snapshots/upload?wait=false&priority=replica");
    let head = [
        "content-disposition: form-data; name=\"snapshot\"; filename=\"s.snapshot\"",
        "content-type: application/octet-stream",
    ];
    assert_eq!(request.parts(), [(head.map(str::to_owned).to_vec(), "tar\r\n".to_owned())]);
}

#[tokio::test]
async fn decodes_responses_by_status() {
    let server = json("200 OK", r#"{"result":true}"#).await;
    let response = client(&server).snapshots().recover_from_uploaded_snapshot("a").await.unwrap();
    assert!(
        matches!(response, RecoverFromUploadedSnapshotAnswer::Ok(response) if response.result == Some(true))
    );
    // An undocumented success status returns the whole response.
    let server = json("207 Multi-Status", "[1]").await;
    let response = client(&server).snapshots().recover_from_uploaded_snapshot("a").await.unwrap();
    let RecoverFromUploadedSnapshotAnswer::Unknown(response) = response else { panic!("{response:?}") };
    assert_eq!((response.status().as_u16(), &response.body()[..]), (207, &b"[1]"[..]));
}

#[tokio::test]
async fn downloads_a_snapshot() {
    let server = Server::with(|| {
        let head = "HTTP/1.1 200 OK\r\ncontent-type: application/octet-stream\r\ncontent-length: 6\r\n\r\n";
        Reply::raw([head.as_bytes(), b"\0\xff\xfe\r\nz"].concat(), Then::Close)
    });
    let server = server.await;
    let mut download = client(&server).snapshots().get_full_snapshot("full.snapshot").await.unwrap();
    assert_eq!(download.length(), Some(6));
    let mut bytes = Vec::new();
    while let Some(chunk) = download.next().await {
        bytes.extend(chunk.unwrap());
    }
    assert_eq!(bytes, b"\0\xff\xfe\r\nz");
    assert_eq!(server.only_request().line, "GET /snapshots/full.snapshot");
}

#[tokio::test]
async fn reads_text_responses() {
    let server = Server::responding(|request| match request.line.as_str() {
        "GET /healthz" => Reply::with("200 OK", "content-type: text/plain\r\n", "healthz check passed"),
        _ => Reply::with(
            "503 Service Unavailable",
            "content-type: text/plain\r\n",
            "some shards are not ready",
        ),
    });
    let server = server.await;
    let service = client(&server).service();
    assert_eq!(service.healthz().await.unwrap(), "healthz check passed");
    let error = service.readyz().await.unwrap_err();
    assert!(error.is_server_error());
    assert_eq!(error.raw_body().unwrap(), "some shards are not ready");
    assert!(server.received().iter().all(|request| request.header("accept") == Some("text/plain")));
}

#[tokio::test]
async fn reads_points_by_an_offset_in_the_body() {
    const ID: &str = "6f1d2a3b-0000-4000-8000-000000000001";
    let server = Server::responding(|request| {
        let page = match serde_json::from_str::<serde_json::Value>(&request.body).unwrap()["offset"].as_str()
        {
            None => format!(
                r#"{{"result":{{"points":[{{"id":18446744073709551615}}],"next_page_offset":"{ID}"}}}}"#
            ),
            Some(ID) => format!(r#"{{"result":{{"points":[{{"id":"{ID}"}}],"next_page_offset":null}}}}"#),
            Some(other) => panic!("{other}"),
        };
        Reply::json("200 OK", &page)
    });
    let server = server.await;
    let query = ScrollRequest::default().with_limit(1);
    let mut points = client(&server).points().scroll_points("a").body(&query).items();
    let mut ids = Vec::new();
    while let Some(point) = points.next().await {
        ids.push(point.unwrap().id);
    }
    assert_eq!(ids[0], ExtendedPointId::Integer(u64::MAX));
    assert!(matches!(ids[1], ExtendedPointId::Uuid(id) if id.to_string() == ID));
    let bodies: Vec<String> = server.received().into_iter().map(|request| request.body).collect();
    assert_eq!(bodies, [r#"{"limit":1}"#.to_owned(), format!(r#"{{"limit":1,"offset":"{ID}"}}"#)]);
}
