//! Errors of calls that get no token.

use std::time::Duration;

use runtime::oauth::{ClientCredentials, TokenError};
use runtime::{Error, Request, RequestExt, RetryPolicy};

use super::{SECRET, builder, cause, client, fine, one_hour_token, request_log, server};
use crate::server::{Reply, Then};
use crate::{LIST_PETS, all_of, list};

/// Returns the error of a call with this response to the token request, and the message of its cause.
async fn without_token(respond: impl Fn() -> Reply + Send + Sync + 'static) -> (Error, String) {
    let server = server(move |_| respond(), fine).await;
    let error = list(&client(&server)).await.unwrap_err();
    assert!(error.is_credentials(), "{error:?}");
    assert_eq!(request_log(&server), ["token"]);
    assert!(!all_of(&error).contains(SECRET), "{}", all_of(&error));
    let host = server.url().replace("http://", "");
    let text = cause(&error).to_string();
    (
        error.clone(),
        text.strip_prefix(&format!("token request to {host} failed: ")).unwrap_or(&text).to_owned(),
    )
}

#[tokio::test]
async fn other_responses_are_errors_that_describe_them() {
    let html = || Reply::with("200 OK", "content-type: text/html\r\n", "<h1>Log in</h1>");
    assert_eq!(without_token(html).await.1, "200 OK with text/html instead of JSON");
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
    assert_eq!(
        without_token(elsewhere).await.1,
        "307 Temporary Redirect is a redirect, which is not followed"
    );
    let of_another_type = || Reply::json("200 OK", r#"{"access_token":"t","token_type":"0paque-0paque"}"#);
    let (error, text) = without_token(of_another_type).await;
    assert_eq!(text, "the token type is not `Bearer`");
    assert!(!all_of(&error).contains("0paque"), "{}", all_of(&error));
    let verbose = || {
        let text = "x".repeat(500_000);
        Reply::json("400 Bad Request", &format!(r#"{{"error":"{text}","error_description":"{text}"}}"#))
    };
    assert!(all_of(&without_token(verbose).await.0).len() < 10_000);
    let invalid_token = || Reply::json("200 OK", r#"{"access_token":"a\nb"}"#);
    assert!(without_token(invalid_token).await.1.starts_with("the bearer token contains a character"));
    for body in ["", "[]", "{", "\u{0}", r#"{"access_token":1}"#, r#"{"access_token":""}"#] {
        without_token(move || Reply::json("200 OK", body)).await;
    }
    let endless = || {
        let head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n\r\n[";
        Reply::raw(head, Then::Repeat(vec![b' '; 1 << 16], Duration::ZERO))
    };
    assert_eq!(without_token(endless).await.1, "200 OK with a body of more than 1048576 bytes");
    let broken = || Reply::raw("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{", Then::Close);
    assert_eq!(without_token(broken).await.1, "connection closed");
}

#[tokio::test]
async fn hides_parameters_that_the_user_added() {
    let refused = r#"{"error":"invalid_request","error_description":"no tenant p4ss-p4ss for pets.read, r"}"#;
    let server = server(move |_| Reply::json("400 Bad Request", refused), fine).await;
    let credentials = ClientCredentials::new("me", SECRET).with_scopes(["pets.read"]);
    // Values as short as `r` are not hidden, because they occur in other words.
    let credentials = credentials.with_parameter("tenant", "p4ss-p4ss").with_parameter("resource", "r");
    let shown = format!("{credentials:?}");
    assert!(shown.contains("tenant") && shown.contains("pets.read") && !shown.contains("p4ss"), "{shown}");
    let error = list(&builder(&server).grant(credentials).build().unwrap()).await.unwrap_err();
    let message = cause(&error).to_string();
    assert!(message.ends_with("no tenant [secret] for pets.read, r"), "{message}");
    assert!(!all_of(&error).contains("p4ss"), "{}", all_of(&error));
    assert!(
        server.only_request().body.ends_with("&scope=pets.read&tenant=p4ss-p4ss&resource=r&client_id=me")
    );
}

#[tokio::test]
async fn errors_expose_the_oauth_error_code() {
    let refused = || Reply::json("400 Bad Request", r#"{"error":"invalid_scope"}"#);
    let (error, _) = without_token(refused).await;
    let found = cause(&error).downcast_ref::<TokenError>().unwrap();
    assert_eq!((found.status().unwrap().as_u16(), found.code()), (400, Some("invalid_scope")));
}

#[tokio::test]
async fn token_requests_time_out_with_the_call() {
    let server = server(|_| Reply::raw("HTTP/1.1 200 OK\r\n", Then::Wait), fine).await;
    let (short, long) = (Duration::from_millis(50), Duration::from_secs(3600));
    let waiting =
        |timeout| builder(&server).client_credentials("me", SECRET).timeout(timeout).build().unwrap();
    let request =
        Request::new(&waiting(short), &LIST_PETS).with_timeout(long).with_retry(RetryPolicy::none());
    let error = request.await.unwrap_err();
    assert!(error.is_credentials(), "{error:?}");
    assert!(cause(&error).to_string().ends_with("timed out"), "{error:?}");
    // The timeout of the request applies as well.
    let error = Request::new(&waiting(long), &LIST_PETS).with_timeout(short).await.unwrap_err();
    assert!(error.is_timeout(), "{error:?}");
}

#[tokio::test]
async fn does_not_cache_failures() {
    let token = |token: &str| match token {
        "t1" => Reply::json("503 Service Unavailable", "{}"),
        _ => one_hour_token(token),
    };
    let server = server(token, fine).await;
    let client = client(&server);
    assert!(list(&client).await.unwrap_err().is_credentials());
    list(&client).await.unwrap();
    assert_eq!(request_log(&server), ["token", "token", "Bearer t2"]);
}
