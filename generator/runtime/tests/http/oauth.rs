//! Tokens from a server: how they are asked for, how long they are kept, and what becomes of all that can go wrong.

use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::task::Poll;
use std::time::{Duration, SystemTime};

use http::Method;
use runtime::oauth::{ClientCredentials, TokenError, TokenExchange};
use runtime::{
    Api, Body, BoxError, Client, ClientAuthentication, ClientBuilder, Clock, Credential, Error, OAuth,
    Operation, Place, Request, RetryPolicy, SecurityScheme, Token,
};

use crate::server::{Received, Reply, Server, Then};
use crate::transport::Recorder;
use crate::{API, CREATE_PET, LIST_PETS, TRANSPORT, all_of, list};

pub const SECRET: &str = "s3cr3t-s3cr3t";

static OAUTH: Api = Api {
    schemes: &[SecurityScheme { name: "oauth", place: Place::Bearer }],
    security: &[&["oauth"]],
    oauth: Some(OAuth::at("/token")),
    ..API
};

/// A server of the API that hands out tokens too: `t1`, `t2` and so on, each in the answer that `token` makes of it.
pub async fn server(
    token: impl Fn(&str) -> Reply + Send + Sync + 'static,
    answer: impl Fn(&Received) -> Reply + Send + Sync + 'static,
) -> Server {
    let count = AtomicUsize::new(0);
    Server::answering(move |received| match received.line.starts_with("POST /token") {
        true => token(&format!("t{}", 1 + count.fetch_add(1, Ordering::SeqCst))),
        false => answer(received),
    })
    .await
}

pub fn hour(token: &str) -> Reply {
    Reply::json("200 OK", &format!(r#"{{"access_token":"{token}","token_type":"Bearer","expires_in":3600}}"#))
}

fn fine(_: &Received) -> Reply {
    Reply::json("200 OK", "{}")
}

fn builder(server: &Server) -> ClientBuilder {
    let builder = ClientBuilder::new(&OAUTH).base_url(server.url()).transport(TRANSPORT.clone());
    builder.retry(RetryPolicy::none())
}

fn client(server: &Server) -> Client {
    builder(server).client_credentials("me", SECRET).build().unwrap()
}

/// What a server was sent: a token request by its number, another one by its token.
fn story(server: &Server) -> Vec<String> {
    let told = |received: Received| match received.line.starts_with("POST /token") {
        true => "token".to_owned(),
        false => received.header("authorization").unwrap_or("nothing").to_owned(),
    };
    server.received().into_iter().map(told).collect()
}

/// A clock that stands still until it is moved.
#[derive(Clone, Default)]
pub struct Hand(Arc<AtomicU64>);

impl Hand {
    pub fn clock(&self) -> Clock {
        let seconds = self.0.clone();
        Clock::new(move || {
            SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000 + seconds.load(Ordering::SeqCst))
        })
    }

    pub fn moves(&self, seconds: u64) {
        self.0.fetch_add(seconds, Ordering::SeqCst);
    }
}

#[tokio::test]
async fn a_client_asks_for_a_token_by_its_id_and_its_secret() {
    let server = server(hour, fine).await;
    let credentials = ClientCredentials::new("m&e", "s3=cr3t").with_scopes(["read", "write"]);
    let builder = builder(&server).grant(credentials.with_parameter("audience", "https://pets.test"));
    list(&builder.build().unwrap()).await.unwrap();
    let [asked, called] = &server.received()[..] else { panic!("{:?}", server.received()) };
    assert_eq!(asked.line, "POST /token");
    assert_eq!(asked.header("content-type"), Some("application/x-www-form-urlencoded"));
    assert_eq!(asked.header("accept"), Some("application/json"));
    assert_eq!(asked.header("user-agent"), Some("pets/0.1.0"));
    assert_eq!(asked.header("authorization"), None);
    assert_eq!(
        asked.body,
        "grant_type=client_credentials&client_secret=s3%3Dcr3t&scope=read%20write\
         &audience=https%3A%2F%2Fpets.test&client_id=m%26e"
    );
    assert_eq!((&*called.line, called.header("authorization")), ("GET /pets", Some("Bearer t1")));
}

#[tokio::test]
async fn a_secret_may_go_as_a_password() {
    let server = server(hour, fine).await;
    let credentials = ClientCredentials::new("m:e", "s%").with_authentication(ClientAuthentication::Basic);
    list(&builder(&server).grant(credentials).build().unwrap()).await.unwrap();
    let asked = &server.received()[0];
    // `m%3Ae:s%25`
    assert_eq!(asked.header("authorization"), Some("Basic bSUzQWU6cyUyNQ=="));
    assert_eq!(asked.body, "grant_type=client_credentials");
}

#[tokio::test]
async fn a_token_is_kept_until_a_minute_before_its_end() {
    let hand = Hand::default();
    let server = server(hour, fine).await;
    let client = builder(&server).client_credentials("me", SECRET).clock(hand.clock()).build().unwrap();
    for seconds in [0, 3539, 1, 3539, 1] {
        hand.moves(seconds);
        list(&client).await.unwrap();
    }
    let story = story(&server);
    assert_eq!(
        story,
        ["token", "Bearer t1", "Bearer t1", "token", "Bearer t2", "Bearer t2", "token", "Bearer t3"]
    );
}

/// For how many seconds a token is kept of which the server says this.
async fn kept(expires_in: &'static str) -> u64 {
    let hand = Hand::default();
    let token =
        move |token: &str| Reply::json("200 OK", &format!(r#"{{"access_token":"{token}"{expires_in}}}"#));
    let server = server(token, fine).await;
    let client = builder(&server).client_credentials("me", SECRET).clock(hand.clock()).build().unwrap();
    list(&client).await.unwrap();
    // Halved until it is found; a server that is asked begins anew, so each step has a client of its own.
    let (mut low, mut high) = (0, 40_000_000);
    while low < high {
        let middle = (low + high) / 2;
        let client = builder(&server).client_credentials("me", SECRET).clock(hand.clock()).build().unwrap();
        list(&client).await.unwrap();
        let before = server.received().len();
        hand.moves(middle);
        list(&client).await.unwrap();
        if server.received().len() - before == 1 { low = middle + 1 } else { high = middle }
    }
    low
}

#[tokio::test]
async fn servers_say_in_many_ways_how_long_a_token_lasts() {
    for (expires_in, seconds) in [
        (r#","expires_in":600"#, 540),
        (r#","expires_in":"600""#, 540),
        (r#","expires_in":600.9"#, 540),
        // Not at all, or nonsense: five minutes.
        ("", 240),
        (r#","expires_in":null"#, 240),
        (r#","expires_in":"soon""#, 240),
        (r#","expires_in":-1"#, 240),
        // So short that half of it has to do.
        (r#","expires_in":100"#, 50),
        (r#","expires_in":0"#, 0),
        // Longer than any clock: a year.
        (r#","expires_in":1e15"#, 31_535_940),
    ] {
        // A clock in seconds cannot tell what happens within one.
        let found = kept(expires_in).await;
        assert!(found.abs_diff(seconds) <= 1, "{expires_in}: {found}");
    }
}

/// Polls a future once.
async fn poll_once<F: Future + ?Sized>(future: &mut Pin<Box<F>>) -> Poll<F::Output> {
    poll_fn(|context| Poll::Ready(future.as_mut().poll(context))).await
}

#[tokio::test]
async fn many_wait_for_one_token_whoever_gives_up() {
    let server = server(hour, fine).await;
    let client = client(&server);
    let mut calls: Vec<_> = (0..50).map(|_| Box::pin(list(&client))).collect();
    for call in &mut calls {
        assert!(poll_once(call).await.is_pending());
    }
    // The one that has sent the request, and some others.
    drop(calls.drain(..10));
    for call in calls {
        call.await.unwrap();
    }
    let story = story(&server);
    assert_eq!(story.iter().filter(|sent| *sent == "token").count(), 1, "{story:?}");
    assert_eq!(story.iter().filter(|sent| *sent == "Bearer t1").count(), 40);
}

#[tokio::test]
async fn a_token_that_nobody_waits_for_any_more_is_given_up() {
    let server = server(hour, fine).await;
    let client = client(&server);
    let mut call = Box::pin(list(&client));
    assert!(poll_once(&mut call).await.is_pending());
    drop(call);
    list(&client).await.unwrap();
    assert_eq!(story(&server).last().unwrap().split(' ').next(), Some("Bearer"));
}

#[tokio::test]
async fn tasks_of_several_threads_share_a_token() {
    let server = Arc::new(server(hour, fine).await);
    let client = client(&server);
    let threads: Vec<_> = (0..4)
        .map(|_| {
            let client = client.clone();
            std::thread::spawn(move || {
                let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
                runtime.block_on(list(&client)).map(drop)
            })
        })
        .collect();
    let done =
        tokio::task::spawn_blocking(|| threads.into_iter().map(|thread| thread.join().unwrap()).collect());
    let done: Vec<Result<(), Error>> = done.await.unwrap();
    assert!(done.iter().all(Result::is_ok), "{done:?}");
    assert_eq!(story(&server).iter().filter(|sent| *sent == "token").count(), 1);
}

/// Answers 401 to these tokens.
fn refusing(tokens: &'static [&'static str]) -> impl Fn(&Received) -> Reply {
    move |received| {
        let token = received.header("authorization").and_then(|value| value.strip_prefix("Bearer ")).unwrap();
        match tokens.contains(&token) {
            true => Reply::json("401 Unauthorized", r#"{"message":"the token is revoked"}"#),
            false => fine(received),
        }
    }
}

#[tokio::test]
async fn a_refused_token_is_replaced_once() {
    let server = server(hour, refusing(&["t1"])).await;
    let client = client(&server);
    let body = Request::new(&client, &CREATE_PET).json("Rex");
    body.send().await.unwrap();
    assert_eq!(story(&server), ["token", "Bearer t1", "token", "Bearer t2"]);
    assert_eq!(server.received()[1].body, server.received()[3].body);
    list(&client).await.unwrap();
    assert_eq!(story(&server).last().unwrap(), "Bearer t2");
}

#[tokio::test]
async fn a_second_refusal_is_the_answer() {
    let server = server(hour, refusing(&["t1", "t2"])).await;
    let error = list(&client(&server)).await.unwrap_err();
    assert!(error.is_unauthorized());
    assert_eq!(error.message(), Some("the token is revoked"));
    assert_eq!(story(&server), ["token", "Bearer t1", "token", "Bearer t2"]);
}

#[tokio::test]
async fn a_call_renews_its_token_once_however_often_it_is_tried() {
    let answers = Mutex::new(["401 Unauthorized", "503 Service Unavailable", "401 Unauthorized"].into_iter());
    let server =
        server(hour, move |_| Reply::json(answers.lock().unwrap().next().unwrap_or("200 OK"), "{}")).await;
    let retry = RetryPolicy::default().with_base_delay(Duration::ZERO);
    let client = builder(&server).client_credentials("me", SECRET).retry(retry).build().unwrap();
    let error = list(&client).await.unwrap_err();
    assert!(error.is_unauthorized(), "{error}");
    assert_eq!(error.attempts(), 2);
    assert_eq!(story(&server), ["token", "Bearer t1", "token", "Bearer t2", "Bearer t2"]);
}

#[tokio::test]
async fn many_refusals_of_one_token_ask_for_one_other() {
    let server = server(hour, refusing(&["t1"])).await;
    let client = client(&server);
    let calls: Vec<_> = (0..20)
        .map(|_| {
            tokio::spawn({
                let client = client.clone();
                async move { list(&client).await }
            })
        })
        .collect();
    for call in calls {
        call.await.unwrap().unwrap();
    }
    assert_eq!(story(&server).iter().filter(|sent| *sent == "token").count(), 2);
}

#[tokio::test]
async fn what_cannot_be_renewed_is_not_repeated() {
    let server = Server::with(|| Reply::json("401 Unauthorized", "{}")).await;
    assert!(list(&builder(&server).bearer_token("t").build().unwrap()).await.unwrap_err().is_unauthorized());
    assert_eq!(story(&server), ["Bearer t"]);
}

/// A body that is gone once it was sent.
struct Once(Option<&'static str>);

impl runtime::BodyStream for Once {
    fn poll_next(
        mut self: Pin<&mut Self>,
        _: &mut std::task::Context<'_>,
    ) -> Poll<Option<Result<runtime::Bytes, runtime::TransportError>>> {
        Poll::Ready(self.0.take().map(|text| Ok(text.into())))
    }
}

#[tokio::test]
async fn a_body_that_is_gone_is_not_sent_again() {
    let server = server(hour, refusing(&["t1"])).await;
    let client = client(&server);
    let body = Body::from_sized_stream(Once(Some("Rex")), 3);
    let error = Request::new(&client, &CREATE_PET).bytes("text/plain", body).send().await.unwrap_err();
    assert!(error.is_unauthorized());
    assert_eq!(story(&server), ["token", "Bearer t1"]);
    // Whoever comes next does not have to find out again.
    list(&client).await.unwrap();
    assert_eq!(story(&server)[2..], ["token", "Bearer t2"]);
}

/// Why there is no token.
fn cause(error: &Error) -> &(dyn std::error::Error + 'static) {
    let told = std::error::Error::source(error).unwrap();
    assert_eq!(told.to_string(), "there is no bearer token");
    told.source().unwrap()
}

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
    let builder = builder(&server).client_credentials("me", SECRET).timeout(Duration::from_millis(50));
    let error = list(&builder.build().unwrap()).await.unwrap_err();
    assert!(error.is_credentials(), "{error:?}");
    assert!(cause(&error).to_string().ends_with("timed out"), "{error:?}");
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

#[tokio::test]
async fn a_provider_says_how_long_its_tokens_last() {
    let server = Server::with(|| Reply::json("200 OK", "{}")).await;
    let hand = Hand::default();
    let count = Arc::new(AtomicUsize::new(0));
    let provider = move |lifetime: Option<u64>| {
        let count = count.clone();
        move || {
            let token = Token::new(format!("p{}", 1 + count.fetch_add(1, Ordering::SeqCst)));
            let token = match lifetime {
                Some(seconds) => token.expires_in(Duration::from_secs(seconds)),
                None => token,
            };
            async { Ok::<_, BoxError>(token) }
        }
    };
    for lifetime in [None, Some(600)] {
        let client = builder(&server).token_provider(provider(lifetime)).clock(hand.clock()).build().unwrap();
        list(&client).await.unwrap();
        list(&client).await.unwrap();
    }
    assert_eq!(story(&server), ["Bearer p1", "Bearer p2", "Bearer p3", "Bearer p3"]);
}

#[tokio::test]
async fn the_error_of_a_provider_is_a_cause() {
    let server = Server::with(|| Reply::json("200 OK", "{}")).await;
    let sealed = || async { Err::<Token, BoxError>("the vault is sealed".into()) };
    let error = list(&builder(&server).token_provider(sealed).build().unwrap()).await.unwrap_err();
    assert!(error.is_credentials());
    assert_eq!(cause(&error).to_string(), "the vault is sealed");
    assert!(server.received().is_empty());
}

#[test]
fn settings_that_cannot_be_are_refused_and_show_no_secret() {
    static NOWHERE: Api = Api { oauth: None, ..OAUTH };
    let of = |credentials: ClientCredentials| (&OAUTH, credentials);
    let cases = [
        (of(ClientCredentials::new("", SECRET)), "the client id is empty"),
        (of(ClientCredentials::new("me", "")), "the client secret is empty"),
        (
            of(ClientCredentials::new("me", SECRET).with_token_url("ftp://a/b")),
            "the token URL starts with neither http:// nor https://",
        ),
        (
            of(ClientCredentials::new("me", SECRET).with_token_url("https://a:b@c.test/")),
            "the token URL holds a user name or a password",
        ),
        (
            (&NOWHERE, ClientCredentials::new("me", SECRET)),
            "nothing says where to ask for tokens: set the token URL",
        ),
    ];
    for ((api, credentials), problem) in cases {
        assert!(!format!("{credentials:?}").contains(SECRET));
        let builder = ClientBuilder::new(api).base_url("http://localhost").grant(credentials);
        let error = builder.build().unwrap_err();
        assert_eq!(error.to_string(), format!("the client cannot be built: {problem}"));
        assert!(!all_of(&error).contains(SECRET));
    }
}

/// An API whose clients' ids name their hosts.
pub static HOSTED: Api = Api {
    server: Some("https://{tenant}.pets.test"),
    oauth: Some(OAuth { host_in_client_id: true, ..OAuth::at("/auth/token") }),
    ..OAUTH
};

/// Two schemes, each with a URL that hands out its tokens.
static SEVERAL: Api = Api {
    schemes: &[
        SecurityScheme { name: "oauth", place: Place::Bearer },
        SecurityScheme { name: "partners", place: Place::Bearer },
    ],
    security: &[&["oauth"]],
    oauth: Some(OAuth { others: &[("partners", "/partners/token")], ..OAuth::at("/token") }),
    ..API
};

static OF_PARTNERS: Operation =
    Operation::new("partners.list", Method::GET, "/partners").secured_by(&[&["partners"]]);

/// What a server is sent by a call for either scheme.
async fn told_by_both(give: impl Fn(ClientBuilder) -> ClientBuilder) -> Vec<String> {
    let server = Server::answering(|received| match received.line.as_str() {
        "POST /token" => hour("usual"),
        "POST /partners/token" => hour("of-partners"),
        _ => fine(received),
    })
    .await;
    let builder = ClientBuilder::new(&SEVERAL).base_url(server.url()).transport(TRANSPORT.clone());
    let client = give(builder).build().unwrap();
    list(&client).await.unwrap();
    Request::new(&client, &OF_PARTNERS).send().await.unwrap();
    let told = |received: Received| {
        let token = received.header("authorization").unwrap_or(&received.body);
        format!("{} {token}", received.line)
    };
    server.received().into_iter().map(told).collect()
}

const ASKED: &str = "grant_type=client_credentials&client_secret";

#[tokio::test]
async fn each_scheme_has_its_tokens_from_its_own_url() {
    let partner = || Credential::grant(ClientCredentials::new("partner", "p"));
    assert_eq!(
        told_by_both(|builder| builder.client_credentials("me", "m").credential("partners", partner())).await,
        [
            format!("POST /token {ASKED}=m&client_id=me"),
            "GET /pets Bearer usual".to_owned(),
            format!("POST /partners/token {ASKED}=p&client_id=partner"),
            "GET /partners Bearer of-partners".to_owned(),
        ]
    );
    // The secret of the one is not for the server of the other, and neither are its tokens.
    assert_eq!(
        told_by_both(|builder| builder.client_credentials("me", "m")).await,
        [
            format!("POST /token {ASKED}=m&client_id=me"),
            "GET /pets Bearer usual".into(),
            "GET /partners ".into()
        ]
    );
    // A token that the user has got themselves is for whatever takes one.
    assert_eq!(
        told_by_both(|builder| builder.bearer_token("t")).await,
        ["GET /pets Bearer t", "GET /partners Bearer t"]
    );
    // What the user says counts more than the document.
    let elsewhere = || ClientCredentials::new("partner", "p").with_token_url("/token");
    assert_eq!(
        told_by_both(|builder| builder
            .bearer_token("t")
            .credential("partners", Credential::grant(elsewhere())))
        .await,
        [
            "GET /pets Bearer t".to_owned(),
            format!("POST /token {ASKED}=p&client_id=partner"),
            "GET /partners Bearer usual".to_owned(),
        ]
    );
}

#[tokio::test]
async fn a_client_id_may_name_its_host() {
    type Case = (&'static str, fn(ClientBuilder) -> ClientBuilder, Result<&'static str, &'static str>);
    let cases: [Case; 6] = [
        ("x@acme.pets.test/use", |builder| builder, Ok("https://acme.pets.test")),
        ("x@acme.pets.example:8443/use", |builder| builder, Ok("https://acme.pets.example:8443")),
        // What the user says counts more.
        ("x@acme.pets.test/use", |builder| builder.server_variable("tenant", "b"), Ok("https://b.pets.test")),
        ("x@acme.pets.test/use", |builder| builder.base_url("http://localhost:1"), Ok("http://localhost:1")),
        ("x", |builder| builder, Err("the server variable `tenant` is not set")),
        ("x@a b/use", |builder| builder, Err("the base URL has a ' '")),
    ];
    for (client_id, set, expected) in cases {
        let recorder = Recorder::default();
        let token = http::Response::new(Body::from(r#"{"access_token":"t"}"#));
        recorder.responses.lock().unwrap().push(token);
        let builder = ClientBuilder::new(&HOSTED).transport(recorder.clone());
        match (set(builder).client_credentials(client_id, SECRET).build(), expected) {
            (Ok(client), Ok(url)) => {
                Request::new(&client, &LIST_PETS).send().await.unwrap();
                assert_eq!(recorder.uris(), [format!("{url}/auth/token"), format!("{url}/pets")]);
            }
            (Err(error), Err(problem)) => {
                assert_eq!(error.to_string(), format!("the client cannot be built: {problem}"));
            }
            (found, _) => panic!("{client_id}: {found:?}"),
        }
    }
}

#[tokio::test]
async fn a_secret_is_shown_by_nothing() {
    let server = server(hour, |_| Reply::json("401 Unauthorized", "{}")).await;
    let credentials = ClientCredentials::new("me", SECRET);
    let mut shown = format!("{credentials:?} {credentials:#?}");
    let builder = builder(&server).grant(credentials);
    shown += &format!("{builder:?}");
    let client = builder.build().unwrap();
    shown += &format!("{client:?}");
    shown += &all_of(&list(&client).await.unwrap_err());
    for secret in [SECRET, "t1", "t2"] {
        assert!(!shown.contains(secret), "{secret}: {shown}");
    }
}
