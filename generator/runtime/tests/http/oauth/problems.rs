//! What a call says if there is no token to be had.

use std::time::Duration;

use runtime::oauth::{ClientCredentials, TokenError};
use runtime::{Error, Request, RequestExt, RetryPolicy};

use super::{SECRET, builder, cause, client, fine, hour, server, story};
use crate::server::{Reply, Then};
use crate::{LIST_PETS, all_of, list};

/// What a call says if the answer to the request for a token is this.
async fn without_token(answer: impl Fn() -> Reply + Send + Sync + 'static) -> (Error, String) {
    let server = server(move |_| answer(), fine).await;
    let error = list(&client(&server)).await.unwrap_err();
    assert!(error.is_credentials(), "{error:?}");
    assert_eq!(story(&server), ["token"]);
    assert!(!all_of(&error).contains(SECRET), "{}", all_of(&error));
    let host = server.url().replace("http://", "");
    let said = cause(&error).to_string();
    (error.clone(), said.strip_prefix(&format!("{host} gives no token: ")).unwrap_or(&said).to_owned())
}

#[tokio::test]
async fn whatever_else_is_answered_is_an_error_that_says_so() {
    let html = || Reply::with("200 OK", "content-type: text/html\r\n", "<h1>Log in</h1>");
    assert_eq!(without_token(html).await.1, "200 OK with text/html, not JSON");
    let refused = || {
        let body = r#"{"error":"invalid_client","error_description":"no such\nclient: s3cr3t-s3cr3t"}"#;
        Reply::json("401 Unauthorized", body)
    };
    assert_eq!(
        without_token(refused).await.1,
        r"401 Unauthorized: invalid_client: no such\nclient: [secret]"
    );
    let with_success = || Reply::json("200 OK", r#"{"error":"temporarily_unavailable"}"#);
    assert_eq!(without_token(with_success).await.1, "200 OK: temporarily_unavailable");
    let elsewhere = || Reply::redirect("307 Temporary", "http://localhost:1/token?s3cr3t-s3cr3t");
    assert_eq!(without_token(elsewhere).await.1, "307 Temporary Redirect, a redirect, which is not followed");
    let of_another_type = || Reply::json("200 OK", r#"{"access_token":"t","token_type":"mac"}"#);
    assert_eq!(without_token(of_another_type).await.1, "one of type `mac`, which cannot be sent");
    let unspeakable = || Reply::json("200 OK", r#"{"access_token":"a\nb"}"#);
    assert!(without_token(unspeakable).await.1.starts_with("the bearer token holds a space"));
    for body in ["", "[]", "{", "\u{0}", r#"{"access_token":1}"#, r#"{"access_token":""}"#] {
        without_token(move || Reply::json("200 OK", body)).await;
    }
    let endless = || {
        let head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n\r\n[";
        Reply::raw(head, Then::Repeat(vec![b' '; 1 << 16], Duration::ZERO))
    };
    assert_eq!(without_token(endless).await.1, "200 OK with more than 1048576 bytes");
    let broken = || Reply::raw("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{", Then::Close);
    assert_eq!(without_token(broken).await.1, "the connection failed");
}

#[tokio::test]
async fn what_a_user_adds_is_not_shown() {
    let refused = r#"{"error":"invalid_request","error_description":"no tenant p4ss-p4ss for pets.read, r"}"#;
    let server = server(move |_| Reply::json("400 Bad Request", refused), fine).await;
    let credentials = ClientCredentials::new("me", SECRET).with_scopes(["pets.read"]);
    // What is as short as that is part of other words.
    let credentials = credentials.with_parameter("tenant", "p4ss-p4ss").with_parameter("resource", "r");
    let shown = format!("{credentials:?}");
    assert!(shown.contains("tenant") && shown.contains("pets.read") && !shown.contains("p4ss"), "{shown}");
    let error = list(&builder(&server).grant(credentials).build().unwrap()).await.unwrap_err();
    let told = cause(&error).to_string();
    assert!(told.ends_with("no tenant [secret] for pets.read, r"), "{told}");
    assert!(!all_of(&error).contains("p4ss"), "{}", all_of(&error));
    assert!(server.only().body.ends_with("&scope=pets.read&tenant=p4ss-p4ss&resource=r&client_id=me"));
}

#[tokio::test]
async fn an_error_of_the_protocol_can_be_looked_at() {
    let refused = || Reply::json("400 Bad Request", r#"{"error":"invalid_scope"}"#);
    let (error, _) = without_token(refused).await;
    let found = cause(&error).downcast_ref::<TokenError>().unwrap();
    assert_eq!((found.status().unwrap().as_u16(), found.code()), (400, Some("invalid_scope")));
}

#[tokio::test]
async fn a_server_that_does_not_answer_has_as_long_as_a_call() {
    let server = server(|_| Reply::raw("HTTP/1.1 200 OK\r\n", Then::Wait), fine).await;
    let (short, long) = (Duration::from_millis(50), Duration::from_secs(3600));
    let waiting =
        |timeout| builder(&server).client_credentials("me", SECRET).timeout(timeout).build().unwrap();
    let request =
        Request::new(&waiting(short), &LIST_PETS).with_timeout(long).with_retry(RetryPolicy::none());
    let error = request.await.unwrap_err();
    assert!(error.is_credentials(), "{error:?}");
    assert!(cause(&error).to_string().ends_with("timed out"), "{error:?}");
    // And no longer than this one may take.
    let error = Request::new(&waiting(long), &LIST_PETS).with_timeout(short).await.unwrap_err();
    assert!(error.is_timeout(), "{error:?}");
}

#[tokio::test]
async fn a_failure_is_not_kept() {
    let token = |token: &str| match token {
        "t1" => Reply::json("503 Service Unavailable", "{}"),
        _ => hour(token),
    };
    let server = server(token, fine).await;
    let client = client(&server);
    assert!(list(&client).await.unwrap_err().is_credentials());
    list(&client).await.unwrap();
    assert_eq!(story(&server), ["token", "token", "Bearer t2"]);
}
