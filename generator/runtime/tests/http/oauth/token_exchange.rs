//! The token exchange grant.

use std::sync::{Arc, Mutex};

use runtime::oauth::TokenExchange;
use runtime::{Api, BoxError, ClientAuthentication, ClientBuilder, OAuth, Token};

use super::{ManualClock, OAUTH, SECRET, builder, fine, one_hour_token, server};
use crate::server::Reply;
use crate::{TRANSPORT, all_of, list};

#[tokio::test]
async fn exchanges_tokens_of_another_issuer() {
    let server = server(|_| Reply::json("200 OK", r#"{"access_token":"t1","expires_in":60}"#), fine).await;
    let clock = ManualClock::default();
    let count = Arc::new(Mutex::new(0));
    let subject = move || {
        let count = count.clone();
        async move {
            *count.lock().unwrap() += 1;
            tokio::task::yield_now().await;
            Ok::<_, BoxError>(Token::new(format!("subject.{}", count.lock().unwrap())))
        }
    };
    let client = builder(&server).token_exchange("me", subject).clock(clock.clock()).build().unwrap();
    list(&client).await.unwrap();
    clock.advance(60);
    list(&client).await.unwrap();
    let body = |number: usize| server.received()[number].body.clone();
    assert_eq!(
        body(0),
        "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Atoken-exchange&subject_token=subject.1\
         &subject_token_type=urn%3Aietf%3Aparams%3Aoauth%3Atoken-type%3Ajwt&client_id=me"
    );
    // Subject tokens can expire, so each exchange gets a new one.
    assert!(body(2).contains("subject_token=subject.2"), "{}", body(2));
}

#[tokio::test]
async fn sends_parameters_and_hides_secrets() {
    let server = server(|_| Reply::json("400 Bad Request", r#"{"error":"no s3cr3t-s3cr3t"}"#), fine).await;
    let exchange = TokenExchange::new("me", || async { Ok(Token::new(SECRET)) }).with_client_secret("c");
    let exchange =
        exchange.with_subject_token_type("urn:x").with_scopes(["a"]).with_parameter("resource", "r");
    assert!(!format!("{exchange:?}").contains(SECRET));
    let error = list(&builder(&server).grant(exchange).build().unwrap()).await.unwrap_err();
    assert!(!all_of(&error).contains(SECRET), "{}", all_of(&error));
    let token_request = server.only_request().body;
    assert!(
        token_request
            .ends_with("&subject_token_type=urn%3Ax&client_secret=c&scope=a&resource=r&client_id=me"),
        "{token_request}"
    );
}

#[tokio::test]
async fn authenticates_as_the_api_says() {
    static BASIC: Api = Api {
        oauth: Some(OAuth { authentication: ClientAuthentication::Basic, ..OAuth::at("/token") }),
        ..OAUTH
    };
    let server = server(one_hour_token, fine).await;
    let exchange = TokenExchange::new("me", || async { Ok(Token::new("subject")) }).with_client_secret("s");
    let builder = ClientBuilder::new(&BASIC).base_url(server.url()).transport(TRANSPORT.clone());
    list(&builder.grant(exchange).build().unwrap()).await.unwrap();
    let token_request = &server.received()[0];
    // `me:s`
    assert_eq!(token_request.header("authorization"), Some("Basic bWU6cw=="));
    assert!(!token_request.body.contains("client"), "{}", token_request.body);
}
