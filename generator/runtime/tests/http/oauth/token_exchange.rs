//! Tokens of another issuer, exchanged for those of the API.

use std::sync::{Arc, Mutex};

use runtime::oauth::TokenExchange;
use runtime::{BoxError, Token};

use super::{Hand, SECRET, builder, fine, server};
use crate::server::Reply;
use crate::{all_of, list};

#[tokio::test]
async fn tokens_of_somebody_else_are_exchanged() {
    let server = server(|_| Reply::json("200 OK", r#"{"access_token":"t1","expires_in":60}"#), fine).await;
    let hand = Hand::default();
    let count = Arc::new(Mutex::new(0));
    let subject = move || {
        let count = count.clone();
        async move {
            *count.lock().unwrap() += 1;
            tokio::task::yield_now().await;
            Ok::<_, BoxError>(Token::new(format!("subject.{}", count.lock().unwrap())))
        }
    };
    let client = builder(&server).token_exchange("me", subject).clock(hand.clock()).build().unwrap();
    list(&client).await.unwrap();
    hand.moves(60);
    list(&client).await.unwrap();
    let body = |number: usize| server.received()[number].body.clone();
    assert_eq!(
        body(0),
        "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Atoken-exchange&subject_token=subject.1\
         &subject_token_type=urn%3Aietf%3Aparams%3Aoauth%3Atoken-type%3Ajwt&client_id=me"
    );
    // Their tokens expire too, so each exchange takes a new one.
    assert!(body(2).contains("subject_token=subject.2"), "{}", body(2));
}

#[tokio::test]
async fn an_exchange_can_say_more_and_keeps_its_secrets() {
    let server = server(|_| Reply::json("400 Bad Request", r#"{"error":"no s3cr3t-s3cr3t"}"#), fine).await;
    let exchange = TokenExchange::new("me", || async { Ok(Token::new(SECRET)) }).with_client_secret("c");
    let exchange =
        exchange.with_subject_token_type("urn:x").with_scopes(["a"]).with_parameter("resource", "r");
    assert!(!format!("{exchange:?}").contains(SECRET));
    let error = list(&builder(&server).grant(exchange).build().unwrap()).await.unwrap_err();
    assert!(!all_of(&error).contains(SECRET), "{}", all_of(&error));
    let asked = server.only().body;
    assert!(
        asked.ends_with("&subject_token_type=urn%3Ax&client_secret=c&scope=a&resource=r&client_id=me"),
        "{asked}"
    );
}
