//! The refresh token grant, with rotation.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use runtime::oauth::{RefreshToken, TokenError};
use runtime::{
    Api, ClientAuthentication, ClientBuilder, Credential, OAuth, SchemeKind, SecurityScheme, Token, TokenUrls,
};

use super::{
    ManualClock, OAUTH, SECRET, builder, cause, fine, one_hour_token, poll_once, request_log, server,
};
use crate::server::{Received, Reply, Server};
use crate::{API, TRANSPORT, all_of, list};

/// The refresh token, which no output may contain.
const REFRESH: &str = "r3fr3sh-r3fr3sh";

fn grant() -> RefreshToken {
    RefreshToken::new("me", REFRESH)
}

/// Responds with an access token and a new refresh token: `r1` with `t1`.
fn rotating(token: &str) -> Reply {
    let refresh_token = token.replace('t', "r");
    let body = format!(r#"{{"access_token":"{token}","expires_in":3600,"refresh_token":"{refresh_token}"}}"#);
    Reply::json("200 OK", &body)
}

/// Returns the bodies of the requests to the token endpoint.
fn token_requests(server: &Server) -> Vec<String> {
    let requests = server.received().into_iter().filter(|received| received.line.starts_with("POST /token"));
    requests.map(|received| received.body).collect()
}

#[tokio::test]
async fn requests_an_access_token() {
    let server = server(one_hour_token, fine).await;
    let client = builder(&server).grant(grant()).build().unwrap();
    list(&client).await.unwrap();
    list(&client).await.unwrap();
    assert_eq!(request_log(&server), ["token", "Bearer t1", "Bearer t1"]);
    assert_eq!(
        token_requests(&server),
        [format!("grant_type=refresh_token&refresh_token={REFRESH}&client_id=me")]
    );
}

#[tokio::test]
async fn sends_the_client_secret_and_parameters() {
    let server = server(one_hour_token, fine).await;
    let in_body = grant().with_client_secret("s&").with_scopes(["a", "b"]).with_parameter("x", "y");
    let with_basic = grant().with_client_secret("s").with_authentication(ClientAuthentication::Basic);
    for grant in [in_body, with_basic] {
        list(&builder(&server).grant(grant).build().unwrap()).await.unwrap();
    }
    let begin = format!("grant_type=refresh_token&refresh_token={REFRESH}");
    assert_eq!(
        token_requests(&server),
        [format!("{begin}&client_secret=s%26&scope=a%20b&x=y&client_id=me"), begin]
    );
    // `me:s`
    assert_eq!(server.received()[2].header("authorization"), Some("Basic bWU6cw=="));
}

#[tokio::test]
async fn does_not_request_the_scopes_of_the_api() {
    static SCOPED: Api = Api { oauth: Some(OAuth { scopes: &["usual"], ..OAuth::at("/token") }), ..OAUTH };
    let server = server(one_hour_token, fine).await;
    let builder = ClientBuilder::new(&SCOPED).base_url(server.url()).transport(TRANSPORT.clone());
    list(&builder.grant(grant()).build().unwrap()).await.unwrap();
    assert!(!token_requests(&server)[0].contains("scope"), "{:?}", token_requests(&server));
}

#[tokio::test]
async fn sends_the_latest_refresh_token() {
    let (clock, rotated) = (ManualClock::default(), Arc::new(Mutex::new(Vec::new())));
    // Only the second response has a new refresh token.
    let token = |token: &str| if token == "t2" { rotating(token) } else { one_hour_token(token) };
    let server = server(token, fine).await;
    let keep = rotated.clone();
    let grant = grant().on_rotation(move |token| keep.lock().unwrap().push(token.expose().to_owned()));
    let client = builder(&server).grant(grant).clock(clock.clock()).build().unwrap();
    for _ in 0..4 {
        list(&client).await.unwrap();
        clock.advance(3600);
    }
    let sent: Vec<String> = token_requests(&server);
    let sent: Vec<&str> = sent.iter().filter_map(|body| body.split('&').nth(1)).collect();
    let first = format!("refresh_token={REFRESH}");
    assert_eq!(sent, [&first, &first, "refresh_token=r2", "refresh_token=r2"]);
    assert_eq!(*rotated.lock().unwrap(), ["r2"]);
}

#[tokio::test]
async fn calls_on_rotation_before_the_access_token_is_sent() {
    let rotated = Arc::new(Mutex::new(Vec::new()));
    let seen = rotated.clone();
    let respond = move |_: &Received| {
        assert_eq!(*seen.lock().unwrap(), ["r1"]);
        Reply::json("200 OK", "{}")
    };
    let server = server(rotating, respond).await;
    let keep = rotated.clone();
    let grant = grant().on_rotation(move |token| keep.lock().unwrap().push(token.expose().to_owned()));
    list(&builder(&server).grant(grant).build().unwrap()).await.unwrap();
}

#[tokio::test]
async fn token_requests_continue_if_all_calls_are_canceled() {
    let server = server(rotating, fine).await;
    let client = builder(&server).grant(grant()).build().unwrap();
    let mut call = Box::pin(list(&client));
    // Waits until the server has received the request and replaced the refresh token.
    while server.received().is_empty() {
        assert!(poll_once(&mut call).await.is_pending());
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    drop(call);
    list(&client).await.unwrap();
    // The refresh token is used only once.
    assert_eq!(request_log(&server), ["token", "Bearer t1"]);
}

#[tokio::test]
async fn concurrent_calls_share_a_token_request() {
    let server = server(rotating, fine).await;
    let client = builder(&server).grant(grant()).build().unwrap();
    let calls: Vec<_> = (0..20)
        .map(|_| {
            let client = client.clone();
            tokio::spawn(async move { list(&client).await })
        })
        .collect();
    for call in calls {
        call.await.unwrap().unwrap();
    }
    assert_eq!(token_requests(&server).len(), 1);
}

#[tokio::test]
async fn sends_an_initial_access_token_first() {
    let reject_old = |received: &Received| match received.header("authorization") {
        Some("Bearer old") => Reply::json("401 Unauthorized", "{}"),
        _ => fine(received),
    };
    let (clock, initial_token) =
        (ManualClock::default(), || Token::new("old").expires_in(Duration::from_secs(3600)));
    let accepting = server(rotating, fine).await;
    let client = builder(&accepting).grant(grant().with_access_token(initial_token())).clock(clock.clock());
    let client = client.build().unwrap();
    for _ in 0..2 {
        list(&client).await.unwrap();
    }
    clock.advance(3600);
    list(&client).await.unwrap();
    assert_eq!(request_log(&accepting), ["Bearer old", "Bearer old", "token", "Bearer t1"]);

    let refused = server(rotating, reject_old).await;
    let client = builder(&refused).grant(grant().with_access_token(initial_token())).build().unwrap();
    list(&client).await.unwrap();
    assert_eq!(request_log(&refused), ["Bearer old", "token", "Bearer t1"]);
}

#[tokio::test]
async fn reports_revoked_grants() {
    let body = format!(r#"{{"error":"invalid_grant","error_description":"{REFRESH} is revoked"}}"#);
    let server = server(move |_| Reply::json("400 Bad Request", &body), fine).await;
    let client = builder(&server).grant(grant().with_client_secret(SECRET)).build().unwrap();
    let error = list(&client).await.unwrap_err();
    assert!(error.is_credentials());
    let found = cause(&error).downcast_ref::<TokenError>().unwrap();
    assert_eq!(found.code(), Some("invalid_grant"));
    assert!(found.to_string().ends_with("invalid_grant: [secret] is revoked"), "{found}");
    // The next call requests a token again.
    list(&client).await.unwrap_err();
    assert_eq!(token_requests(&server).len(), 2);
}

#[tokio::test]
async fn refreshes_at_the_refresh_url() {
    const REFRESH_URLS: TokenUrls =
        TokenUrls { others: &[("partners", "/token/partners")], ..TokenUrls::at("/token/refresh") };
    static SEPARATE_URLS: Api = Api {
        schemes: &[
            SecurityScheme { name: "oauth", kind: SchemeKind::Bearer },
            SecurityScheme { name: "partners", kind: SchemeKind::Bearer },
        ],
        security: &[&["oauth"]],
        oauth: Some(OAuth { refresh: REFRESH_URLS, ..OAuth::at("/token") }),
        ..API
    };
    let lines = async |set_credentials: fn(ClientBuilder) -> ClientBuilder, security| {
        static LIST: [runtime::Operation; 2] = [
            runtime::Operation::new("a", runtime::Method::GET, "/a").secured_by(&[&["oauth"]]),
            runtime::Operation::new("b", runtime::Method::GET, "/b").secured_by(&[&["partners"]]),
        ];
        let server = server(one_hour_token, fine).await;
        let builder = ClientBuilder::new(&SEPARATE_URLS).base_url(server.url()).transport(TRANSPORT.clone());
        let client = set_credentials(builder).build().unwrap();
        let operation: &'static runtime::Operation = &LIST[security];
        runtime::Request::new(&client, operation).send().await.unwrap();
        server.received().into_iter().map(|received| received.line).collect::<Vec<_>>()
    };
    let default_grant: fn(ClientBuilder) -> ClientBuilder = |builder| builder.grant(grant());
    assert_eq!(lines(default_grant, 0).await, ["POST /token/refresh", "GET /a"]);
    // The refresh token is not sent to the token endpoint of another scheme.
    assert_eq!(lines(default_grant, 1).await, ["GET /b"]);
    let own: fn(ClientBuilder) -> ClientBuilder =
        |builder| builder.credential("partners", Credential::grant(grant()));
    assert_eq!(lines(own, 1).await, ["POST /token/partners", "GET /b"]);
}

#[tokio::test]
async fn hides_tokens_in_debug_output_and_errors() {
    let server = server(rotating, |_| Reply::json("401 Unauthorized", "{}")).await;
    let grant = grant().with_client_secret(SECRET).with_access_token(Token::new("4cc3ss"));
    let mut shown = format!("{grant:?}");
    let builder = builder(&server).grant(grant);
    shown += &format!("{builder:?}");
    let client = builder.build().unwrap();
    shown += &format!("{client:?}");
    shown += &all_of(&list(&client).await.unwrap_err());
    for secret in [REFRESH, SECRET, "4cc3ss", "t1", "r1"] {
        assert!(!shown.contains(secret), "{secret}: {shown}");
    }
}

#[test]
fn rejects_an_empty_refresh_token() {
    let builder = ClientBuilder::new(&OAUTH).base_url("http://localhost");
    let error = builder.grant(RefreshToken::new("me", "")).build().unwrap_err();
    assert_eq!(error.to_string(), "the client cannot be built: the refresh token is empty");
}
