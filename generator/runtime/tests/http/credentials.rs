//! Credentials: sent with requests that require them, and only with those.

use std::time::Duration;

use runtime::testing::{self, TestTransport};
use runtime::{
    Api, Authorize, Body, BoxError, BoxFuture, ClientBuilder, Credential, EventStream, Operation, Request,
    Requirement, SchemeKind, Secret, SecurityScheme,
};

use crate::server::{Reply, Server};
use crate::{API, CREATE_PET, LIST_PETS, TOKEN, TRANSPORT, all_of, builder, list};

#[tokio::test]
async fn sends_no_credentials_if_none_are_set() {
    let server = Server::with(|| Reply::json("200 OK", "{}")).await;
    list(&builder(&server).build().unwrap()).await.unwrap();
    assert_eq!(server.only_request().header("authorization"), None);
}

#[test]
fn rejects_tokens_that_are_invalid_in_headers() {
    for token in ["", "t0k3n\n", "t0k3n x", "t0k3n\u{e9}", "t0k3n\r\nx: y"] {
        let error =
            ClientBuilder::new(&API).base_url("http://localhost").bearer_token(token).build().unwrap_err();
        assert!(error.is_configuration());
        assert!(error.to_string().contains("the bearer token"), "{error}");
        assert!(!all_of(&error).contains("t0k3n"));
    }
}

#[tokio::test]
async fn hides_secrets_in_debug_output_and_errors() {
    let server = Server::with(|| Reply::json("401 Unauthorized", "{}")).await;
    let builder = builder(&server).bearer_token(TOKEN);
    let mut shown = format!("{builder:?} {:?}", Secret::from(TOKEN));
    let client = builder.build().unwrap();
    let request = Request::new(&client, &LIST_PETS).header("x-key", &TOKEN).query("key", &TOKEN).json(TOKEN);
    shown += &format!("{client:?} {client:#?} {request:?} {request:#?}");
    let error = request.send().await.unwrap_err();
    shown += &all_of(&error);
    assert!(shown.contains("401 Unauthorized"));
    assert!(!shown.contains(TOKEN), "{shown}");
}

#[tokio::test]
async fn hides_secrets_in_connection_errors() {
    let address = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let client =
        ClientBuilder::new(&API).base_url(format!("http://{address}")).bearer_token(TOKEN).build().unwrap();
    let error = Request::new(&client, &LIST_PETS).query("key", &TOKEN).send().await.unwrap_err();
    assert!(error.is_connect());
    assert!(!all_of(&error).contains(TOKEN), "{}", all_of(&error));
}

/// Credentials that are computed asynchronously.
struct SignatureCredentials;

impl Authorize for SignatureCredentials {
    fn authorize<'a>(&'a self, request: &'a mut http::Request<Body>) -> BoxFuture<'a, Result<(), BoxError>> {
        Box::pin(async move {
            tokio::task::yield_now().await;
            let signature = request.uri().path().len() + request.body().length().unwrap() as usize;
            request.headers_mut().insert("x-signature", signature.into());
            Ok(())
        })
    }
}

/// Credentials that are sent as the body.
struct BodyCredentials;

impl Authorize for BodyCredentials {
    fn authorize<'a>(&'a self, request: &'a mut http::Request<Body>) -> BoxFuture<'a, Result<(), BoxError>> {
        *request.body_mut() = Body::from("key=1");
        Box::pin(async { Ok(()) })
    }
}

#[tokio::test]
async fn custom_credentials_can_set_the_body() {
    let server = Server::with(|| Reply::json("200 OK", "{}")).await;
    let client = builder(&server).credentials(BodyCredentials).build().unwrap();
    Request::new(&client, &CREATE_PET).send().await.unwrap();
    let received = server.only_request();
    assert_eq!((received.header("content-length"), &*received.body), (Some("5"), "key=1"));
}

/// Credentials that fail.
struct FailingCredentials;

impl Authorize for FailingCredentials {
    fn authorize<'a>(&'a self, _: &'a mut http::Request<Body>) -> BoxFuture<'a, Result<(), BoxError>> {
        Box::pin(async { Err("the session has ended".into()) })
    }
}

struct PendingCredentials;

impl Authorize for PendingCredentials {
    fn authorize<'a>(&'a self, _: &'a mut http::Request<Body>) -> BoxFuture<'a, Result<(), BoxError>> {
        Box::pin(std::future::pending())
    }
}

#[tokio::test]
async fn the_timeout_includes_waiting_for_credentials() {
    let server = Server::with(|| Reply::json("200 OK", "{}")).await;
    let client =
        builder(&server).credentials(PendingCredentials).timeout(Duration::from_millis(50)).build().unwrap();
    assert!(list(&client).await.unwrap_err().is_timeout());
    assert!(EventStream::text(Request::new(&client, &LIST_PETS)).await.unwrap_err().is_timeout());
    assert_eq!(server.received().len(), 0);

    // The timer of the test transport never fires, so it does not limit the call.
    let transport = TestTransport::new(|_| testing::MockResponse::json(200, &1));
    let builder = ClientBuilder::new(&API).base_url("https://pets.test").transport(transport);
    list(&builder.credentials(SignatureCredentials).build().unwrap()).await.unwrap();
}

#[tokio::test]
async fn custom_credentials_can_set_headers() {
    let server = Server::with(|| Reply::json("200 OK", "{}")).await;
    list(&builder(&server).credentials(SignatureCredentials).build().unwrap()).await.unwrap();
    assert_eq!(server.only_request().header("x-signature"), Some("5"));
}

#[tokio::test]
async fn sends_no_request_if_credentials_fail() {
    let server = Server::with(|| Reply::json("200 OK", "{}")).await;
    let error = list(&builder(&server).credentials(FailingCredentials).build().unwrap()).await.unwrap_err();
    assert!(error.is_credentials());
    assert_eq!(error.to_string(), "GET /pets: no credentials: the session has ended");
    assert_eq!(std::error::Error::source(&error).unwrap().to_string(), "the session has ended");
    assert!(server.received().is_empty());
}

#[tokio::test]
async fn the_last_credentials_win() {
    let server = Server::with(|| Reply::json("200 OK", "{}")).await;
    list(
        &builder(&server)
            .bearer_token("")
            .credentials(SignatureCredentials)
            .bearer_token("b")
            .build()
            .unwrap(),
    )
    .await
    .unwrap();
    assert_eq!(server.only_request().header("authorization"), Some("Bearer b"));
    assert_eq!(server.only_request().header("x-signature"), None);
}

/// Security schemes of every kind.
static SCHEMES: [SecurityScheme; 7] = [
    SecurityScheme { name: "token", kind: SchemeKind::Bearer },
    SecurityScheme { name: "oauth", kind: SchemeKind::Bearer },
    SecurityScheme { name: "login", kind: SchemeKind::Basic },
    SecurityScheme { name: "app", kind: SchemeKind::Header("X-App") },
    SecurityScheme { name: "raw", kind: SchemeKind::Header("Authorization") },
    SecurityScheme { name: "key", kind: SchemeKind::Query("api key") },
    SecurityScheme { name: "session", kind: SchemeKind::Cookie("sid") },
];

static SECURED: Api = Api { schemes: &SCHEMES, security: &[&["token"]], ..API };

/// Sends a request. Returns its first line, and the headers that can have credentials.
async fn sent(
    security: Option<&'static [Requirement]>,
    set_credentials: fn(ClientBuilder) -> ClientBuilder,
) -> (String, String) {
    let server = Server::with(|| Reply::json("200 OK", "{}")).await;
    let builder = ClientBuilder::new(&SECURED).base_url(server.url()).transport(TRANSPORT.clone());
    let client = set_credentials(builder).build().unwrap();
    let operation = LIST_PETS.clone();
    let operation = match security {
        Some(security) => operation.secured_by(security),
        None => operation,
    };
    let operation: &'static Operation = Box::leak(Box::new(operation));
    Request::new(&client, operation).query("a", &1).cookie("b", &2).send().await.unwrap();
    let received = server.only_request();
    let headers = ["authorization", "x-app", "cookie"].into_iter().filter_map(|name| received.header(name));
    (received.line.clone(), headers.collect::<Vec<_>>().join(" | "))
}

#[tokio::test]
async fn sends_credentials_as_their_scheme_requires() {
    type Case = (Requirement, fn(ClientBuilder) -> ClientBuilder, &'static str, &'static str);
    let cases: [Case; 7] = [
        (&["token"], |builder| builder.bearer_token("t0"), "", "Bearer t0 | b=2"),
        (&["oauth"], |builder| builder.bearer_token("t0"), "", "Bearer t0 | b=2"),
        (
            &["login"],
            |builder| builder.credential("login", Credential::basic("Aladdin", "open sesame")),
            "",
            "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ== | b=2",
        ),
        (&["app"], |builder| builder.credential("app", Credential::key("k y")), "", "k y | b=2"),
        (&["raw"], |builder| builder.credential("raw", Credential::key("Bot x")), "", "Bot x | b=2"),
        (
            &["key"],
            |builder| builder.credential("key", Credential::key("a&b=c #")),
            "&api%20key=a%26b%3Dc%20%23",
            "b=2",
        ),
        (&["session"], |builder| builder.credential("session", Credential::key("s1")), "", "b=2; sid=s1"),
    ];
    for (requirement, set_credentials, query, headers) in cases {
        let (line, sent) = sent(Some(Box::leak(Box::new([requirement]))), set_credentials).await;
        assert_eq!((line, sent), (format!("GET /pets?a=1{query}"), headers.to_owned()), "{requirement:?}");
    }
}

/// Sets credentials for two schemes that conflict, and for one that conflicts with neither.
fn set_credentials(builder: ClientBuilder) -> ClientBuilder {
    let builder = builder.credential("raw", Credential::key("r")).credential("app", Credential::key("a"));
    builder.credential("oauth", Credential::bearer_token("o"))
}

#[tokio::test]
async fn selects_credentials_by_security_requirements() {
    let cases: [(Option<&'static [Requirement]>, &str); 11] = [
        // The first alternative that is configured.
        (Some(&[&["oauth"], &["app"]]), "Bearer o | b=2"),
        (Some(&[&["app"], &["oauth"]]), "a | b=2"),
        (Some(&[&["token"], &["login"], &["raw"]]), "r | b=2"),
        // All schemes of an alternative, but only one of those that use the same header.
        (Some(&[&["oauth", "app"]]), "Bearer o | a | b=2"),
        (Some(&[&["token", "oauth"]]), "Bearer o | b=2"),
        (Some(&[&["login", "app"], &["raw", "app"]]), "r | a | b=2"),
        // A part of an alternative, if none is complete.
        (Some(&[&["key", "session"], &["app", "key"]]), "a | b=2"),
        // None if none is required, and optional credentials if they are configured.
        (Some(&[]), "b=2"),
        (Some(&[&[]]), "b=2"),
        (Some(&[&[], &["raw"]]), "r | b=2"),
        // The requirements of the API, for which nothing is configured.
        (None, "b=2"),
    ];
    for (security, headers) in cases {
        assert_eq!(sent(security, set_credentials).await.1, headers, "{security:?}");
    }
    assert_eq!(sent(None, |builder| set_credentials(builder).bearer_token("t")).await.1, "Bearer t | b=2");
}

#[tokio::test]
async fn credentials_of_a_scheme_override_the_bearer_token() {
    let both: fn(ClientBuilder) -> ClientBuilder =
        |builder| builder.credential("oauth", Credential::bearer_token("o")).bearer_token("t");
    assert_eq!(sent(Some(&[&["oauth"]]), both).await.1, "Bearer o | b=2");
    assert_eq!(sent(Some(&[&["token"]]), both).await.1, "Bearer t | b=2");
}

#[tokio::test]
async fn custom_credentials_apply_to_all_operations_with_security() {
    let own: fn(ClientBuilder) -> ClientBuilder = |builder| set_credentials(builder).credentials(Own);
    assert_eq!(sent(Some(&[&["raw"]]), own).await.1, "own | b=2");
    assert_eq!(sent(Some(&[&[]]), own).await.1, "own | b=2");
    assert_eq!(sent(Some(&[]), own).await.1, "b=2");
}

struct Own;

impl Authorize for Own {
    fn authorize<'a>(&'a self, request: &'a mut http::Request<Body>) -> BoxFuture<'a, Result<(), BoxError>> {
        request.headers_mut().insert("x-app", "own".parse().unwrap());
        Box::pin(async { Ok(()) })
    }
}

#[test]
fn rejects_invalid_credentials_without_showing_them() {
    let key = |key: &str| Credential::key(key);
    let cases = [
        ("app", key(""), "the credential for `app` is empty"),
        (
            "app",
            key("t0k3n\n"),
            "the credential for `app` contains a character that is not allowed in a header",
        ),
        (
            "session",
            key("t0k3n; a=b"),
            "the credential for `session` contains a character that is not allowed in a cookie",
        ),
        ("key", key(""), "the credential for `key` is empty"),
        (
            "login",
            Credential::basic("t0k3n:", "t0k3n"),
            "the credential for `login` contains a colon in the user name, or a control character",
        ),
        (
            "login",
            key("t0k3n"),
            "the credential for `login` is not of the kind that the security scheme requires",
        ),
        (
            "app",
            Credential::bearer_token("t0k3n"),
            "the credential for `app` is not of the kind that the security scheme requires",
        ),
        ("nobody", key("t0k3n"), "the document has no security scheme `nobody`"),
    ];
    for (scheme, credential, problem) in cases {
        assert!(!format!("{credential:?}").contains("t0k3n"));
        let builder =
            ClientBuilder::new(&SECURED).base_url("http://localhost").credential(scheme, credential);
        let error = builder.build().unwrap_err();
        assert_eq!(error.to_string(), format!("the client cannot be built: {problem}"));
        assert!(!all_of(&error).contains("t0k3n"));
    }
}

#[tokio::test]
async fn sends_a_query_key_once_after_a_redirect() {
    let server = Server::responding(|received| match received.line.as_str() {
        "GET /pets?api%20key=k" => Reply::redirect("307 Temporary", "/pets?api%20key=echo&shard=2"),
        _ => Reply::json("401 Unauthorized", "{}"),
    })
    .await;
    static KEYED: Api = Api { schemes: &SCHEMES, security: &[&["key"]], ..API };
    let builder = ClientBuilder::new(&KEYED).base_url(server.url()).transport(TRANSPORT.clone());
    let client = builder.credential("key", Credential::key("k")).build().unwrap();
    let error = list(&client).await.unwrap_err();
    let lines: Vec<String> = server.received().into_iter().map(|received| received.line).collect();
    assert_eq!(lines, ["GET /pets?api%20key=k", "GET /pets?shard=2&api%20key=k"]);
    assert!(!all_of(&error).contains("key=k"), "{}", all_of(&error));
    assert_eq!(server.received()[0].header("referer"), None);
}
