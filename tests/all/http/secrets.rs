//! The token is sent, and never shown.

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
fn nothing_that_a_user_holds_shows_it() {
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
fn a_token_that_is_none_is_not_shown_either() {
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
async fn no_error_shows_it() {
    async fn failed(client: Client) -> Error {
        get_entitlement(&client).await.unwrap_err()
    }
    async fn answered(answer: ResponseTemplate) -> Error {
        let server = mock_server().await;
        Mock::given(any()).respond_with(answer).mount(&server).await;
        failed(client(server.uri())).await
    }
    let closing = Server::with(|| Reply::raw("", Then::Close)).await;
    let waiting = Server::with(|| Reply::raw("", Then::Wait)).await;
    let nobody = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let errors = [
        answered(ResponseTemplate::new(401).set_body_string("go away")).await,
        answered(ResponseTemplate::new(200).set_body_string("{\"appEntitlementView\":5}")).await,
        // A server may repeat what it was sent.
        answered(ResponseTemplate::new(400).set_body_string(format!("authorization: Bearer {TOKEN}"))).await,
        answered(ResponseTemplate::new(400).insert_header("x-echo", TOKEN)).await,
        answered(ResponseTemplate::new(302).insert_header("location", format!("https://a.test/?t={TOKEN}")))
            .await,
        failed(client(closing.url())).await,
        failed(builder(waiting.url()).timeout(Duration::from_millis(100)).build().unwrap()).await,
        failed(client(format!("http://{nobody}"))).await,
        client("http://127.0.0.1:1").app_entitlements().get("", "b").await.unwrap_err(),
    ];
    for error in errors {
        check_hidden(&all_of(&error));
    }
}
