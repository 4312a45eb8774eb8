//! Token URLs: by security scheme, by grant, and by client id.

use http::Method;
use runtime::oauth::ClientCredentials;
use runtime::{
    Api, Body, ClientBuilder, Credential, OAuth, Operation, Request, SchemeKind, SecurityScheme, TokenUrls,
};

use super::{OAUTH, SECRET, fine, one_hour_token};
use crate::server::{Received, Server};
use crate::transport::Recorder;
use crate::{API, LIST_PETS, TRANSPORT, list};

/// An API whose client ids contain the host.
pub static HOSTED: Api = Api {
    server: Some("https://{tenant}.pets.test"),
    oauth: Some(OAuth { host_in_client_id: true, ..OAuth::at("/auth/token") }),
    ..OAUTH
};

const URLS: TokenUrls = TokenUrls { others: &[("partners", "/partners/token")], ..TokenUrls::at("/token") };

/// An API with two security schemes, each with its own token URL.
static SEVERAL: Api = Api {
    schemes: &[
        SecurityScheme { name: "oauth", kind: SchemeKind::Bearer },
        SecurityScheme { name: "partners", kind: SchemeKind::Bearer },
    ],
    security: &[&["oauth"]],
    oauth: Some(OAuth { token: URLS, ..OAuth::at("/token") }),
    ..API
};

static LIST_PARTNERS: Operation =
    Operation::new("partners.list", Method::GET, "/partners").secured_by(&[&["partners"]]);

/// Calls an operation of each scheme. Returns the requests that the server receives.
async fn request_log_of_both_schemes(
    set_credentials: impl Fn(ClientBuilder) -> ClientBuilder,
) -> Vec<String> {
    let server = Server::responding(|received| match received.line.as_str() {
        "POST /token" => one_hour_token("usual"),
        "POST /partners/token" => one_hour_token("of-partners"),
        _ => fine(received),
    })
    .await;
    let builder = ClientBuilder::new(&SEVERAL).base_url(server.url()).transport(TRANSPORT.clone());
    let client = set_credentials(builder).build().unwrap();
    list(&client).await.unwrap();
    Request::new(&client, &LIST_PARTNERS).send().await.unwrap();
    let message = |received: Received| {
        let token = received.header("authorization").unwrap_or(&received.body);
        format!("{} {token}", received.line)
    };
    server.received().into_iter().map(message).collect()
}

const TOKEN_BODY: &str = "grant_type=client_credentials&client_secret";

#[tokio::test]
async fn each_scheme_uses_its_own_token_url() {
    let partner = || Credential::grant(ClientCredentials::new("partner", "p"));
    assert_eq!(
        request_log_of_both_schemes(|builder| builder
            .client_credentials("me", "m")
            .credential("partners", partner()))
        .await,
        [
            format!("POST /token {TOKEN_BODY}=m&client_id=me"),
            "GET /pets Bearer usual".to_owned(),
            format!("POST /partners/token {TOKEN_BODY}=p&client_id=partner"),
            "GET /partners Bearer of-partners".to_owned(),
        ]
    );
    // Neither the secret nor the tokens of one scheme are sent to the server of the other.
    assert_eq!(
        request_log_of_both_schemes(|builder| builder.client_credentials("me", "m")).await,
        [
            format!("POST /token {TOKEN_BODY}=m&client_id=me"),
            "GET /pets Bearer usual".into(),
            "GET /partners ".into()
        ]
    );
    // A bearer token that the user sets applies to both schemes.
    assert_eq!(
        request_log_of_both_schemes(|builder| builder.bearer_token("t")).await,
        ["GET /pets Bearer t", "GET /partners Bearer t"]
    );
    // A URL that the user sets overrides the document.
    let elsewhere = || ClientCredentials::new("partner", "p").with_token_url("/token");
    assert_eq!(
        request_log_of_both_schemes(|builder| builder
            .bearer_token("t")
            .credential("partners", Credential::grant(elsewhere())))
        .await,
        [
            "GET /pets Bearer t".to_owned(),
            format!("POST /token {TOKEN_BODY}=p&client_id=partner"),
            "GET /partners Bearer usual".to_owned(),
        ]
    );
}

#[tokio::test]
async fn client_ids_can_contain_the_host() {
    type Case = (&'static str, fn(ClientBuilder) -> ClientBuilder, Result<&'static str, &'static str>);
    let cases: [Case; 6] = [
        ("x@acme.pets.test/use", |builder| builder, Ok("https://acme.pets.test")),
        ("x@acme.pets.example:8443/use", |builder| builder, Ok("https://acme.pets.example:8443")),
        // Settings of the user override the host in the client id.
        ("x@acme.pets.test/use", |builder| builder.server_variable("tenant", "b"), Ok("https://b.pets.test")),
        ("x@acme.pets.test/use", |builder| builder.base_url("http://localhost:1"), Ok("http://localhost:1")),
        (
            "x",
            |builder| builder,
            Err("the server variable `tenant` is not set: call `server_variable(\"tenant\", ...)`"),
        ),
        ("x@a b/use", |builder| builder, Err("the base URL contains ' '")),
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
