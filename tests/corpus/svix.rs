//! Svix: a document without a server, null and absent properties, idempotency keys, pagination with a `done` flag, and
//! responses without a body.

use std::sync::LazyLock;
use std::time::Duration;

use svix::runtime::ReqwestTransport;
use svix::types::ApplicationIn;
use svix::{Client, RetryPolicy};
use tests::server::{Reply, Server};

static TRANSPORT: LazyLock<ReqwestTransport> = LazyLock::new(|| ReqwestTransport::new().unwrap());

fn client(server: &Server) -> Client {
    let builder = Client::builder().base_url(server.url()).transport(TRANSPORT.clone());
    let retry = RetryPolicy::default().with_base_delay(Duration::ZERO);
    builder.retry(retry).bearer_token("t").build().unwrap()
}

const APPLICATION: &str = r#"{"createdAt":"2019-08-24T14:15:22Z","id":"app_1","metadata":{},"name":"A",
    "updatedAt":"2019-08-24T14:15:22.123456789+02:00","uid":null}"#;

#[test]
fn requires_a_base_url() {
    let error = Client::builder().bearer_token("t").build().unwrap_err();
    assert!(error.is_configuration());
    assert!(error.to_string().contains("base URL"), "{error}");
}

#[tokio::test]
async fn retries_requests_with_an_idempotency_key() {
    for (key, requests) in [(None, 1), (Some("k1"), 4)] {
        let server = Server::with(|| Reply::json("502 Bad Gateway", "{}")).await;
        let body = ApplicationIn::new("A").with_uid_null().with_throttle_rate(5);
        let request = client(&server).application().create(&body).get_if_exists(true);
        let request = match key {
            Some(key) => request.idempotency_key(key),
            None => request,
        };
        request.await.unwrap_err();
        let received = server.received();
        assert_eq!(received.len(), requests);
        for request in received {
            assert_eq!(request.line, "POST /api/v1/app?get_if_exists=true");
            assert_eq!(request.body, r#"{"name":"A","throttleRate":5,"uid":null}"#);
            assert_eq!(request.header("idempotency-key"), key);
        }
    }
}

#[tokio::test]
async fn reads_applications_until_done() {
    let server = Server::responding(|request| {
        let (iterator, done) = match request.line.split_once("iterator=") {
            None => ("app_1", false),
            Some((_, "app_1")) => ("app_2", true),
            Some((_, other)) => panic!("{other}"),
        };
        let page = format!(r#"{{"data":[{APPLICATION}],"iterator":"{iterator}","done":{done}}}"#);
        Reply::json("200 OK", &page)
    });
    let server = server.await;
    let mut applications = client(&server).application().list().limit(1).items();
    let mut count = 0;
    while let Some(application) = applications.next().await {
        let application = application.unwrap();
        assert_eq!((application.uid, application.updated_at.timestamp_subsec_nanos()), (None, 123_456_789));
        count += 1;
    }
    assert_eq!((count, server.received().len()), (2, 2));
}

#[tokio::test]
async fn accepts_responses_without_a_body() {
    let server = Server::with(|| Reply::with("204 No Content", "", "")).await;
    client(&server).application().delete("app/1").await.unwrap();
    client(&server).health().head_api_v1_health().await.unwrap();
    let lines: Vec<String> = server.received().into_iter().map(|request| request.line).collect();
    assert_eq!(lines, ["DELETE /api/v1/app/app%2F1", "HEAD /api/v1/health"]);
}
