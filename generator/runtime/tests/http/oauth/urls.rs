//! Where tokens are asked for: by scheme, by kind of grant, and by the client's id.

use http::Method;
use runtime::oauth::ClientCredentials;
use runtime::{
    Api, Body, ClientBuilder, Credential, OAuth, Operation, Place, Request, SecurityScheme, TokenUrls,
};

use super::{OAUTH, SECRET, fine, hour};
use crate::server::{Received, Server};
use crate::transport::Recorder;
use crate::{API, LIST_PETS, TRANSPORT, list};

/// An API whose clients' ids name their hosts.
pub static HOSTED: Api = Api {
    server: Some("https://{tenant}.pets.test"),
    oauth: Some(OAuth { host_in_client_id: true, ..OAuth::at("/auth/token") }),
    ..OAUTH
};

const URLS: TokenUrls = TokenUrls { others: &[("partners", "/partners/token")], ..TokenUrls::at("/token") };

/// Two schemes, each with a URL that hands out its tokens.
static SEVERAL: Api = Api {
    schemes: &[
        SecurityScheme { name: "oauth", place: Place::Bearer },
        SecurityScheme { name: "partners", place: Place::Bearer },
    ],
    security: &[&["oauth"]],
    oauth: Some(OAuth { token: URLS, ..OAuth::at("/token") }),
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
