//! Tests that no output contains the token.

use std::time::Duration;

use conductorone::{Client, Error};
use tests::server::{Reply, Server, Then};
use wiremock::matchers::any;
use wiremock::{Mock, ResponseTemplate};

use super::{TOKEN, all_of, builder, client, get_entitlement, mock_server};

#[track_caller]
fn check_hidden(shown: &str) {
    assert!(!shown.contains(TOKEN), "{shown}");
    assert!(!shown.contains("Bearer"), "{shown}");
}

#[test]
fn debug_output_hides_the_token() {
    let builder = builder("http://127.0.0.1:1");
    check_hidden(&format!("{builder:?} {builder:#?}"));
    let client = builder.build().unwrap();
    check_hidden(&format!("{client:?} {client:#?}"));
    let resource = client.app_entitlements();
    check_hidden(&format!("{resource:?} {resource:#?}"));
    let request = resource.get("a", "b");
    check_hidden(&format!("{request:?} {request:#?}"));
    check_hidden(&format!("{:?}", request.into_future()));
}

#[test]
fn errors_about_invalid_tokens_hide_the_token() {
    for wrong in [format!("{TOKEN}\n"), format!("{TOKEN} {TOKEN}"), format!("{TOKEN}é"), format!("\0{TOKEN}")]
    {
        let error = Client::builder().tenant_domain("acme").bearer_token(wrong).build().unwrap_err();
        assert!(error.is_configuration());
        assert!(!all_of(&error).contains(TOKEN), "{}", all_of(&error));
    }
    let error = Client::builder().tenant_domain("acme").bearer_token("").build().unwrap_err();
    assert_eq!(error.to_string(), "the client cannot be built: the bearer token is empty");
}

#[tokio::test]
async fn errors_hide_the_token() {
    async fn error_of(client: Client) -> Error {
        get_entitlement(&client).await.unwrap_err()
    }
    async fn error_for(response: ResponseTemplate) -> Error {
        let server = mock_server().await;
        Mock::given(any()).respond_with(response).mount(&server).await;
        error_of(client(server.uri())).await
    }
    let closing = Server::with(|| Reply::raw("", Then::Close)).await;
    let waiting = Server::with(|| Reply::raw("", Then::Wait)).await;
    let nobody = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let errors = [
        error_for(ResponseTemplate::new(401).set_body_string("go away")).await,
        error_for(ResponseTemplate::new(200).set_body_string("{\"appEntitlementView\":5}")).await,
        // Servers that echo the request.
        error_for(ResponseTemplate::new(400).set_body_string(format!("authorization: Bearer {TOKEN}"))).await,
        error_for(ResponseTemplate::new(400).insert_header("x-echo", TOKEN)).await,
        error_for(ResponseTemplate::new(302).insert_header("location", format!("https://a.test/?t={TOKEN}")))
            .await,
        error_of(client(closing.url())).await,
        error_of(builder(waiting.url()).timeout(Duration::from_millis(100)).build().unwrap()).await,
        error_of(client(format!("http://{nobody}"))).await,
        client("http://127.0.0.1:1").app_entitlements().get("", "b").await.unwrap_err(),
    ];
    for error in errors {
        check_hidden(&all_of(&error));
    }
}
