//! Credentials: on the requests that ask for them, and nowhere else.

use std::time::Duration;

use runtime::testing::{self, TestTransport};
use runtime::{
    Api, Authorize, Body, BoxError, BoxFuture, ClientBuilder, Credential, EventStream, Operation, Place,
    Request, Requirement, Secret, SecurityScheme,
};

use crate::server::{Reply, Server};
use crate::{API, CREATE_PET, LIST_PETS, TOKEN, TRANSPORT, all_of, builder, list};

#[tokio::test]
async fn without_credentials_requests_have_none() {
    let server = Server::with(|| Reply::json("200 OK", "{}")).await;
    list(&builder(&server).build().unwrap()).await.unwrap();
    assert_eq!(server.only().header("authorization"), None);
}

#[test]
fn a_token_that_no_header_holds_is_refused() {
    for token in ["", "t0k3n\n", "t0k3n x", "t0k3n\u{e9}", "t0k3n\r\nx: y"] {
        let error =
            ClientBuilder::new(&API).base_url("http://localhost").bearer_token(token).build().unwrap_err();
        assert!(error.is_configuration());
        assert!(error.to_string().contains("the bearer token"), "{error}");
        assert!(!all_of(&error).contains("t0k3n"));
    }
}

#[tokio::test]
async fn a_secret_is_shown_nowhere() {
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
async fn a_secret_is_not_shown_if_the_network_fails() {
    let nobody = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let client =
        ClientBuilder::new(&API).base_url(format!("http://{nobody}")).bearer_token(TOKEN).build().unwrap();
    let error = Request::new(&client, &LIST_PETS).query("key", &TOKEN).send().await.unwrap_err();
    assert!(error.is_connect());
    assert!(!all_of(&error).contains(TOKEN), "{}", all_of(&error));
}

/// Credentials that take their time.
struct Signature;

impl Authorize for Signature {
    fn authorize<'a>(&'a self, request: &'a mut http::Request<Body>) -> BoxFuture<'a, Result<(), BoxError>> {
        Box::pin(async move {
            tokio::task::yield_now().await;
            let signature = request.uri().path().len() + request.body().length().unwrap() as usize;
            request.headers_mut().insert("x-signature", signature.into());
            Ok(())
        })
    }
}

/// Credentials in the body.
struct Enclosed;

impl Authorize for Enclosed {
    fn authorize<'a>(&'a self, request: &'a mut http::Request<Body>) -> BoxFuture<'a, Result<(), BoxError>> {
        *request.body_mut() = Body::from("key=1");
        Box::pin(async { Ok(()) })
    }
}

#[tokio::test]
async fn credentials_may_be_the_body() {
    let server = Server::with(|| Reply::json("200 OK", "{}")).await;
    let client = builder(&server).credentials(Enclosed).build().unwrap();
    Request::new(&client, &CREATE_PET).send().await.unwrap();
    let received = server.only();
    assert_eq!((received.header("content-length"), &*received.body), (Some("5"), "key=1"));
}

/// Credentials that are not to be had.
struct Expired;

impl Authorize for Expired {
    fn authorize<'a>(&'a self, _: &'a mut http::Request<Body>) -> BoxFuture<'a, Result<(), BoxError>> {
        Box::pin(async { Err("the session has ended".into()) })
    }
}

struct Silent;

impl Authorize for Silent {
    fn authorize<'a>(&'a self, _: &'a mut http::Request<Body>) -> BoxFuture<'a, Result<(), BoxError>> {
        Box::pin(std::future::pending())
    }
}

#[tokio::test]
async fn a_call_waits_for_its_credentials_no_longer_than_it_may_take() {
    let server = Server::with(|| Reply::json("200 OK", "{}")).await;
    let client = builder(&server).credentials(Silent).timeout(Duration::from_millis(50)).build().unwrap();
    assert!(list(&client).await.unwrap_err().is_timeout());
    assert!(EventStream::text(Request::new(&client, &LIST_PETS)).await.unwrap_err().is_timeout());
    assert_eq!(server.received().len(), 0);

    // A transport for tests has a timer that does not wait, so it limits nothing.
    let transport = TestTransport::new(|_| testing::Reply::json(200, &1));
    let builder = ClientBuilder::new(&API).base_url("https://pets.test").transport(transport);
    list(&builder.credentials(Signature).build().unwrap()).await.unwrap();
}

#[tokio::test]
async fn credentials_may_be_anything() {
    let server = Server::with(|| Reply::json("200 OK", "{}")).await;
    list(&builder(&server).credentials(Signature).build().unwrap()).await.unwrap();
    assert_eq!(server.only().header("x-signature"), Some("5"));
}

#[tokio::test]
async fn without_the_credentials_it_should_have_a_request_is_not_sent() {
    let server = Server::with(|| Reply::json("200 OK", "{}")).await;
    let error = list(&builder(&server).credentials(Expired).build().unwrap()).await.unwrap_err();
    assert!(error.is_credentials());
    assert_eq!(error.to_string(), "GET /pets: no credentials");
    assert_eq!(std::error::Error::source(&error).unwrap().to_string(), "the session has ended");
    assert!(server.received().is_empty());
}

#[tokio::test]
async fn the_last_credentials_count() {
    let server = Server::with(|| Reply::json("200 OK", "{}")).await;
    list(&builder(&server).bearer_token("").credentials(Signature).bearer_token("b").build().unwrap())
        .await
        .unwrap();
    assert_eq!(server.only().header("authorization"), Some("Bearer b"));
    assert_eq!(server.only().header("x-signature"), None);
}

/// Schemes of every kind; an operation asks for some of them.
static SCHEMES: [SecurityScheme; 7] = [
    SecurityScheme { name: "token", place: Place::Bearer },
    SecurityScheme { name: "oauth", place: Place::Bearer },
    SecurityScheme { name: "login", place: Place::Basic },
    SecurityScheme { name: "app", place: Place::Header("X-App") },
    SecurityScheme { name: "raw", place: Place::Header("Authorization") },
    SecurityScheme { name: "key", place: Place::Query("api key") },
    SecurityScheme { name: "session", place: Place::Cookie("sid") },
];

static SECURED: Api = Api { schemes: &SCHEMES, security: &[&["token"]], ..API };

/// What a request of an operation is sent with: the line, and the headers that could hold credentials.
async fn sent(
    security: Option<&'static [Requirement]>,
    give: fn(ClientBuilder) -> ClientBuilder,
) -> (String, String) {
    let server = Server::with(|| Reply::json("200 OK", "{}")).await;
    let builder = ClientBuilder::new(&SECURED).base_url(server.url()).transport(TRANSPORT.clone());
    let client = give(builder).build().unwrap();
    let operation = LIST_PETS.clone();
    let operation = match security {
        Some(security) => operation.secured_by(security),
        None => operation,
    };
    let operation: &'static Operation = Box::leak(Box::new(operation));
    Request::new(&client, operation).query("a", &1).cookie("b", &2).send().await.unwrap();
    let received = server.only();
    let headers = ["authorization", "x-app", "cookie"].into_iter().filter_map(|name| received.header(name));
    (received.line.clone(), headers.collect::<Vec<_>>().join(" | "))
}

#[tokio::test]
async fn credentials_are_sent_as_their_scheme_says() {
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
    for (requirement, give, query, headers) in cases {
        let (line, sent) = sent(Some(Box::leak(Box::new([requirement]))), give).await;
        assert_eq!((line, sent), (format!("GET /pets?a=1{query}"), headers.to_owned()), "{requirement:?}");
    }
}

/// Credentials for two schemes that do not go together, and one that goes with any.
fn give(builder: ClientBuilder) -> ClientBuilder {
    let builder = builder.credential("raw", Credential::key("r")).credential("app", Credential::key("a"));
    builder.credential("oauth", Credential::bearer_token("o"))
}

#[tokio::test]
async fn an_operation_gets_what_it_asks_for() {
    let cases: [(Option<&'static [Requirement]>, &str); 11] = [
        // Of alternatives the first that is there.
        (Some(&[&["oauth"], &["app"]]), "Bearer o | b=2"),
        (Some(&[&["app"], &["oauth"]]), "a | b=2"),
        (Some(&[&["token"], &["login"], &["raw"]]), "r | b=2"),
        // All that are asked for together; but of those that write the same header one.
        (Some(&[&["oauth", "app"]]), "Bearer o | a | b=2"),
        (Some(&[&["token", "oauth"]]), "Bearer o | b=2"),
        (Some(&[&["login", "app"], &["raw", "app"]]), "r | a | b=2"),
        // Part of them, if there is no more.
        (Some(&[&["key", "session"], &["app", "key"]]), "a | b=2"),
        // Nothing where nothing is asked for, and something where it is only welcome.
        (Some(&[]), "b=2"),
        (Some(&[&[]]), "b=2"),
        (Some(&[&[], &["raw"]]), "r | b=2"),
        // What the API asks for; there is none.
        (None, "b=2"),
    ];
    for (security, headers) in cases {
        assert_eq!(sent(security, give).await.1, headers, "{security:?}");
    }
    assert_eq!(sent(None, |builder| give(builder).bearer_token("t")).await.1, "Bearer t | b=2");
}

#[tokio::test]
async fn what_is_set_for_a_scheme_counts_more_than_what_is_set_for_all() {
    let both: fn(ClientBuilder) -> ClientBuilder =
        |builder| builder.credential("oauth", Credential::bearer_token("o")).bearer_token("t");
    assert_eq!(sent(Some(&[&["oauth"]]), both).await.1, "Bearer o | b=2");
    assert_eq!(sent(Some(&[&["token"]]), both).await.1, "Bearer t | b=2");
}

#[tokio::test]
async fn credentials_of_ones_own_are_for_all_operations_that_take_any() {
    let own: fn(ClientBuilder) -> ClientBuilder = |builder| give(builder).credentials(Own);
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
fn credentials_that_cannot_be_sent_are_refused_and_not_shown() {
    let key = |key: &str| Credential::key(key);
    let cases = [
        ("app", key(""), "what is set for `app` is empty"),
        ("app", key("t0k3n\n"), "what is set for `app` holds a character that a header cannot"),
        ("session", key("t0k3n; a=b"), "what is set for `session` holds a character that a cookie cannot"),
        ("key", key(""), "what is set for `key` is empty"),
        (
            "login",
            Credential::basic("t0k3n:", "t0k3n"),
            "what is set for `login` has a colon in the user's name, or a control character",
        ),
        ("login", key("t0k3n"), "what is set for `login` is not of the kind that the document asks for"),
        (
            "app",
            Credential::bearer_token("t0k3n"),
            "what is set for `app` is not of the kind that the document asks for",
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
async fn a_key_in_the_query_is_sent_once_also_after_a_redirect() {
    let server = Server::answering(|received| match received.line.as_str() {
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
