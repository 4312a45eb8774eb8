//! Figma: an API key or a token, and operations that accept only one of them.

use std::sync::LazyLock;

use figma::runtime::ReqwestTransport;
use figma::types::GetImagesFormat;
use figma::{Client, ClientBuilder, RetryPolicy};
use tests::server::{Reply, Server};

static TRANSPORT: LazyLock<ReqwestTransport> = LazyLock::new(|| ReqwestTransport::new().unwrap());

fn builder(server: &Server) -> ClientBuilder {
    let builder = Client::builder().base_url(server.url()).transport(TRANSPORT.clone());
    builder.retry(RetryPolicy::none())
}

#[tokio::test]
async fn sends_the_credentials_that_each_operation_requires() {
    type SetCredentials = fn(ClientBuilder) -> ClientBuilder;
    let key: SetCredentials = |builder| builder.api_key("p");
    let token: SetCredentials = |builder| builder.o_auth2("u");
    let organization: SetCredentials = |builder| builder.org_o_auth2("o");
    let all: SetCredentials = |builder| builder.api_key("p").o_auth2("u").org_o_auth2("o");
    // The headers with the key and the token, for operations that accept either, the key, or an organization's token.
    const KEY: (Option<&str>, Option<&str>) = (Some("p"), None);
    const NOTHING: (Option<&str>, Option<&str>) = (None, None);
    for (set_credentials, either_headers, key_headers, organization_headers) in [
        (key, KEY, KEY, NOTHING),
        (token, (None, Some("Bearer u")), NOTHING, NOTHING),
        (organization, NOTHING, NOTHING, (None, Some("Bearer o"))),
        (all, KEY, KEY, (None, Some("Bearer o"))),
    ] {
        let server = Server::with(|| Reply::json("403 Forbidden", "{}")).await;
        let client = set_credentials(builder(&server)).build().unwrap();
        client.users().get_me().await.unwrap_err();
        client.payments().get_payments().await.unwrap_err();
        client.activity_logs().get_activity_logs().await.unwrap_err();
        let requests = server.received();
        let sent: Vec<_> = requests
            .iter()
            .map(|request| (request.header("x-figma-token"), request.header("authorization")))
            .collect();
        assert_eq!(sent, [either_headers, key_headers, organization_headers]);
    }
}

#[tokio::test]
async fn sends_query_parameters_of_many_types() {
    let server = Server::with(|| {
        Reply::json("200 OK", r#"{"err":null,"images":{"1:2":"https://a.test/i","3:4":null}}"#)
    })
    .await;
    let request = builder(&server).build().unwrap().files().get_images("k/ey", "1:2,3:4");
    let request = request.scale(0.5).format(GetImagesFormat::Svg).svg_outline_text(false);
    let images = request.await.unwrap().images;
    assert_eq!(images["1:2"].as_deref(), Some("https://a.test/i"));
    assert_eq!(images["3:4"], None);
    let line = "GET /v1/images/k%2Fey?ids=1%3A2%2C3%3A4&scale=0.5&format=svg&svg_outline_text=false";
    assert_eq!(server.only_request().line, line);
}

#[tokio::test]
async fn rejects_responses_without_required_properties() {
    for (body, path) in [
        (r#"{"id":"7","handle":"ann","img_url":"u"}"#, "$.email"),
        (r#"{"id":"7","handle":"ann","img_url":"u","email":null}"#, "$.email"),
        (r#"{"id":7,"handle":"ann","img_url":"u","email":"e"}"#, "$.id"),
    ] {
        let server = Server::with(move || Reply::json("200 OK", body)).await;
        let error = builder(&server).build().unwrap().users().get_me().await.unwrap_err();
        assert!(error.is_decode(), "{error}");
        assert_eq!(error.json_path(), Some(path));
        assert_eq!(error.raw_body().unwrap(), body);
    }
}
