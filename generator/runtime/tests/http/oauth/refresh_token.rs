//! A client that acts for a user, by a refresh token that the server may replace each time.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use runtime::oauth::{RefreshToken, TokenError};
use runtime::{
    Api, ClientAuthentication, ClientBuilder, Credential, OAuth, Place, SecurityScheme, Token, TokenUrls,
};

use super::{Hand, OAUTH, SECRET, builder, cause, fine, hour, poll_once, server, story};
use crate::server::{Received, Reply, Server};
use crate::{API, TRANSPORT, all_of, list};

/// What no output may show.
const REFRESH: &str = "r3fr3sh-r3fr3sh";

fn grant() -> RefreshToken {
    RefreshToken::new("me", REFRESH)
}

/// A token and, with it, the refresh token for the next one: `r1` with `t1`.
fn rotating(token: &str) -> Reply {
    let refresh_token = token.replace('t', "r");
    let body = format!(r#"{{"access_token":"{token}","expires_in":3600,"refresh_token":"{refresh_token}"}}"#);
    Reply::json("200 OK", &body)
}

/// What the token endpoint was sent.
fn asked(server: &Server) -> Vec<String> {
    let requests = server.received().into_iter().filter(|received| received.line.starts_with("POST /token"));
    requests.map(|received| received.body).collect()
}

#[tokio::test]
async fn a_refresh_token_gets_an_access_token() {
    let server = server(hour, fine).await;
    let client = builder(&server).grant(grant()).build().unwrap();
    list(&client).await.unwrap();
    list(&client).await.unwrap();
    assert_eq!(story(&server), ["token", "Bearer t1", "Bearer t1"]);
    assert_eq!(asked(&server), [format!("grant_type=refresh_token&refresh_token={REFRESH}&client_id=me")]);
}

#[tokio::test]
async fn a_client_may_have_a_secret_and_more_to_say() {
    let server = server(hour, fine).await;
    let in_body = grant().with_client_secret("s&").with_scopes(["a", "b"]).with_parameter("x", "y");
    let as_password = grant().with_client_secret("s").with_authentication(ClientAuthentication::Basic);
    for grant in [in_body, as_password] {
        list(&builder(&server).grant(grant).build().unwrap()).await.unwrap();
    }
    let begin = format!("grant_type=refresh_token&refresh_token={REFRESH}");
    assert_eq!(asked(&server), [format!("{begin}&client_secret=s%26&scope=a%20b&x=y&client_id=me"), begin]);
    // `me:s`
    assert_eq!(server.received()[2].header("authorization"), Some("Basic bWU6cw=="));
}

#[tokio::test]
async fn scopes_of_the_api_are_not_asked_for_again() {
    static SCOPED: Api = Api { oauth: Some(OAuth { scopes: &["usual"], ..OAuth::at("/token") }), ..OAUTH };
    let server = server(hour, fine).await;
    let builder = ClientBuilder::new(&SCOPED).base_url(server.url()).transport(TRANSPORT.clone());
    list(&builder.grant(grant()).build().unwrap()).await.unwrap();
    assert!(!asked(&server)[0].contains("scope"), "{:?}", asked(&server));
}

#[tokio::test]
async fn each_request_sends_the_refresh_token_that_came_last() {
    let (hand, kept) = (Hand::default(), Arc::new(Mutex::new(Vec::new())));
    // Nothing new, something new, nothing new.
    let token = |token: &str| if token == "t2" { rotating(token) } else { hour(token) };
    let server = server(token, fine).await;
    let keep = kept.clone();
    let grant = grant().on_rotation(move |token| keep.lock().unwrap().push(token.expose().to_owned()));
    let client = builder(&server).grant(grant).clock(hand.clock()).build().unwrap();
    for _ in 0..4 {
        list(&client).await.unwrap();
        hand.moves(3600);
    }
    let sent: Vec<String> = asked(&server);
    let sent: Vec<&str> = sent.iter().filter_map(|body| body.split('&').nth(1)).collect();
    let first = format!("refresh_token={REFRESH}");
    assert_eq!(sent, [&first, &first, "refresh_token=r2", "refresh_token=r2"]);
    assert_eq!(*kept.lock().unwrap(), ["r2"]);
}

#[tokio::test]
async fn a_new_refresh_token_is_told_before_its_access_token_is_sent() {
    let kept = Arc::new(Mutex::new(Vec::new()));
    let seen = kept.clone();
    let answer = move |_: &Received| {
        assert_eq!(*seen.lock().unwrap(), ["r1"]);
        Reply::json("200 OK", "{}")
    };
    let server = server(rotating, answer).await;
    let keep = kept.clone();
    let grant = grant().on_rotation(move |token| keep.lock().unwrap().push(token.expose().to_owned()));
    list(&builder(&server).grant(grant).build().unwrap()).await.unwrap();
}

#[tokio::test]
async fn a_request_goes_on_if_those_who_wait_for_it_give_up() {
    let server = server(rotating, fine).await;
    let client = builder(&server).grant(grant()).build().unwrap();
    let mut call = Box::pin(list(&client));
    // Until the request has arrived, so that the server has made the refresh token another one.
    while server.received().is_empty() {
        assert!(poll_once(&mut call).await.is_pending());
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    drop(call);
    list(&client).await.unwrap();
    // It has not been asked twice by the same one.
    assert_eq!(story(&server), ["token", "Bearer t1"]);
}

#[tokio::test]
async fn many_wait_for_one_token() {
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
    assert_eq!(asked(&server).len(), 1);
}

#[tokio::test]
async fn an_access_token_that_is_there_already_is_sent_first() {
    let refusing_old = |received: &Received| match received.header("authorization") {
        Some("Bearer old") => Reply::json("401 Unauthorized", "{}"),
        _ => fine(received),
    };
    let (hand, hour_long) = (Hand::default(), || Token::new("old").expires_in(Duration::from_secs(3600)));
    let taken = server(rotating, fine).await;
    let client = builder(&taken).grant(grant().with_access_token(hour_long())).clock(hand.clock());
    let client = client.build().unwrap();
    for _ in 0..2 {
        list(&client).await.unwrap();
    }
    hand.moves(3600);
    list(&client).await.unwrap();
    assert_eq!(story(&taken), ["Bearer old", "Bearer old", "token", "Bearer t1"]);

    let refused = server(rotating, refusing_old).await;
    let client = builder(&refused).grant(grant().with_access_token(hour_long())).build().unwrap();
    list(&client).await.unwrap();
    assert_eq!(story(&refused), ["Bearer old", "token", "Bearer t1"]);
}

#[tokio::test]
async fn a_user_who_has_taken_back_what_they_allowed_is_an_error_that_can_be_told() {
    let body = format!(r#"{{"error":"invalid_grant","error_description":"{REFRESH} is revoked"}}"#);
    let server = server(move |_| Reply::json("400 Bad Request", &body), fine).await;
    let client = builder(&server).grant(grant().with_client_secret(SECRET)).build().unwrap();
    let error = list(&client).await.unwrap_err();
    assert!(error.is_credentials());
    let found = cause(&error).downcast_ref::<TokenError>().unwrap();
    assert_eq!(found.code(), Some("invalid_grant"));
    assert!(found.to_string().ends_with("invalid_grant: [secret] is revoked"), "{found}");
    // The next call asks again: nothing is known of the server's mind.
    list(&client).await.unwrap_err();
    assert_eq!(asked(&server).len(), 2);
}

#[tokio::test]
async fn refresh_tokens_may_be_for_another_url() {
    const REFRESH_URLS: TokenUrls =
        TokenUrls { others: &[("partners", "/token/partners")], ..TokenUrls::at("/token/refresh") };
    static APART: Api = Api {
        schemes: &[
            SecurityScheme { name: "oauth", place: Place::Bearer },
            SecurityScheme { name: "partners", place: Place::Bearer },
        ],
        security: &[&["oauth"]],
        oauth: Some(OAuth { refresh: REFRESH_URLS, ..OAuth::at("/token") }),
        ..API
    };
    let lines = async |give: fn(ClientBuilder) -> ClientBuilder, security| {
        static LIST: [runtime::Operation; 2] = [
            runtime::Operation::new("a", runtime::Method::GET, "/a").secured_by(&[&["oauth"]]),
            runtime::Operation::new("b", runtime::Method::GET, "/b").secured_by(&[&["partners"]]),
        ];
        let server = server(hour, fine).await;
        let builder = ClientBuilder::new(&APART).base_url(server.url()).transport(TRANSPORT.clone());
        let client = give(builder).build().unwrap();
        let operation: &'static runtime::Operation = &LIST[security];
        runtime::Request::new(&client, operation).send().await.unwrap();
        server.received().into_iter().map(|received| received.line).collect::<Vec<_>>()
    };
    let usual: fn(ClientBuilder) -> ClientBuilder = |builder| builder.grant(grant());
    assert_eq!(lines(usual, 0).await, ["POST /token/refresh", "GET /a"]);
    // What a user has allowed at one server is not for another one to see.
    assert_eq!(lines(usual, 1).await, ["GET /b"]);
    let own: fn(ClientBuilder) -> ClientBuilder =
        |builder| builder.credential("partners", Credential::grant(grant()));
    assert_eq!(lines(own, 1).await, ["POST /token/partners", "GET /b"]);
}

#[tokio::test]
async fn no_token_is_shown() {
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
fn an_empty_refresh_token_is_refused() {
    let builder = ClientBuilder::new(&OAUTH).base_url("http://localhost");
    let error = builder.grant(RefreshToken::new("me", "")).build().unwrap_err();
    assert_eq!(error.to_string(), "the client cannot be built: the refresh token is empty");
}
