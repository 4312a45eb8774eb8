//! Tests of all kinds of credentials in the document and its codegen.toml, with their formats.

use std::process::Command;

use conductorone::runtime::oauth::ClientCredentials;
use conductorone::runtime::{BoxError, ClientAuthentication, Token};
use conductorone::{Client, ClientBuilder};
use serde_json::{Value, json};
use wiremock::matchers::{header, method, path};
use wiremock::{Mock, MockServer, Request, ResponseTemplate};

use super::{ENTITLEMENT_PATH, TRANSPORT, all_of, get_entitlement, mock_server};

pub(super) const CLIENT_ID: &str = "quick-fox-12345@127.0.0.1:8443/pcc";

/// The key of RFC 8037, appendix A.1: `{"kty":"OKP","crv":"Ed25519","d":"..","x":".."}`.
pub(super) const SECRET: &str = "secret-token:conductorone.com:v1:eyJrdHkiOiJPS1AiLCJjcnYiOiJFZDI1NTE5IiwiZCI6Im5XR3huZV85V21DNmhFcjBrdXdzeEVSSnhXbDdNbWtaY0R1c0F4eXVmMkEiLCJ4IjoiMTFxWUFZS3hDcmZWU183VHlXUUhPZzdoY3ZQYXBpTWxyd0lhYVBjSFVSbyJ9";

/// Returns a server that issues the token `granted`, and requires it.
async fn server() -> MockServer {
    let server = mock_server().await;
    let token = json!({"access_token": "granted", "token_type": "Bearer", "expires_in": 1800});
    let response = ResponseTemplate::new(200).set_body_json(token);
    Mock::given(method("POST")).and(path("/auth/v1/token")).respond_with(response).mount(&server).await;
    let granted = Mock::given(path(ENTITLEMENT_PATH)).and(header("authorization", "Bearer granted"));
    granted.respond_with(ResponseTemplate::new(200).set_body_json(json!({}))).mount(&server).await;
    server
}

fn builder(server: &MockServer) -> ClientBuilder {
    Client::builder().base_url(server.uri()).transport(TRANSPORT.clone())
}

/// Calls an operation twice, and returns the form of the token request.
async fn token_form(server: &MockServer, builder: ClientBuilder) -> Vec<(String, String)> {
    let client = builder.build().unwrap();
    for _ in 0..2 {
        get_entitlement(&client).await.unwrap_or_else(|error| panic!("{}", all_of(&error)));
    }
    let requests = server.received_requests().await.unwrap();
    assert_eq!(requests.len(), 3);
    form(&requests[0])
}

fn form(request: &Request) -> Vec<(String, String)> {
    let body = std::str::from_utf8(&request.body).unwrap();
    let pairs = body.split('&').map(|pair| pair.split_once('=').unwrap());
    let decoded = |text: &str| text.replace("%3A", ":").replace("%40", "@").replace("%2F", "/");
    pairs.map(|(name, value)| (name.to_owned(), decoded(value))).collect()
}

/// Decodes a part of a JSON Web Token.
fn part(text: &str) -> Value {
    serde_json::from_slice(&base64(text)).unwrap()
}

/// Decodes base64url.
fn base64(text: &str) -> Vec<u8> {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let (mut bytes, mut bits, mut count) = (Vec::new(), 0_u32, 0);
    for digit in text.bytes() {
        let value = DIGITS.iter().position(|known| *known == digit).unwrap();
        bits = (bits << 6 | u32::try_from(value).unwrap()) & 0xffff;
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push(u8::try_from(bits >> count & 0xff).unwrap());
        }
    }
    bytes
}

#[tokio::test]
async fn signs_assertions_with_a_secret_that_is_a_key() {
    let server = server().await;
    let form = token_form(&server, builder(&server).client_credentials(CLIENT_ID, SECRET)).await;
    let names: Vec<&str> = form.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["grant_type", "client_assertion_type", "client_assertion", "client_id"]);
    assert_eq!((&*form[0].1, &*form[3].1), ("client_credentials", CLIENT_ID));
    let parts: Vec<&str> = form[2].1.split('.').collect();
    let (header, claims) = (part(parts[0]), part(parts[1]));
    assert_eq!((&header["alg"], header["nonce"].as_str().unwrap().len()), (&json!("EdDSA"), 32));
    assert_eq!(claims["iss"], json!(CLIENT_ID));
    assert_eq!(claims["sub"], json!(CLIENT_ID));
    assert_eq!(claims["aud"], json!("127.0.0.1"));
    let seconds = |name: &str| claims[name].as_u64().unwrap();
    assert_eq!(seconds("exp") - seconds("iat"), 120);
    assert_eq!(seconds("iat") - seconds("nbf"), 120);
    assert_eq!(base64(parts[2]).len(), 64);
}

#[tokio::test]
async fn sends_the_secret_in_the_body_if_configured() {
    let server = server().await;
    let credentials = ClientCredentials::new(CLIENT_ID, SECRET);
    let credentials = credentials.with_authentication(ClientAuthentication::Body);
    let form = token_form(&server, builder(&server).grant(credentials)).await;
    assert_eq!(form[1], ("client_secret".to_owned(), SECRET.to_owned()));
    assert_eq!(form[2], ("client_id".to_owned(), CLIENT_ID.to_owned()));
}

#[tokio::test]
async fn exchanges_tokens_of_other_issuers() {
    let server = server().await;
    let workload = || async { Ok::<_, BoxError>(Token::new("a.b.c")) };
    let form = token_form(&server, builder(&server).token_exchange(CLIENT_ID, workload)).await;
    let expected = [
        ("grant_type", "urn:ietf:params:oauth:grant-type:token-exchange"),
        ("subject_token", "a.b.c"),
        ("subject_token_type", "urn:ietf:params:oauth:token-type:jwt"),
        ("client_id", CLIENT_ID),
    ];
    assert_eq!(form, expected.map(|(name, value)| (name.to_owned(), value.to_owned())));
}

#[test]
fn client_ids_contain_the_host() {
    let client =
        |id: &str| Client::builder().transport(TRANSPORT.clone()).client_credentials(id, SECRET).build();
    let shown = format!("{:?}", client("quick-fox-12345@acme.conductor.example/pcc").unwrap());
    assert_eq!(shown, r#"Client { base_url: "https://acme.conductor.example", .. }"#);
    assert!(client("quick-fox").is_err());
}

/// Returns the result of `from_env` in a child process, because setting variables of this process is not safe.
fn from_env(variables: &[(&str, &str)]) -> String {
    let mut child = Command::new(std::env::current_exe().unwrap());
    child.args(["--exact", "http::credentials::child_process", "--ignored", "--nocapture"]);
    let output = child.env_clear().envs(variables.iter().copied()).output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(!text.contains(SECRET) && !text.contains("t0k3n"), "{text}");
    text.lines().find_map(|line| line.split_once("from_env: ")).unwrap().1.to_owned()
}

#[test]
#[ignore = "other tests run it in a child process with environment variables"]
fn child_process() {
    match Client::from_env() {
        Ok(client) => println!("\nfrom_env: {client:?}"),
        Err(error) => println!("\nfrom_env: {error}"),
    }
}

#[test]
fn builds_clients_from_the_environment() {
    let (id, secret) = (("CONDUCTORONE_CLIENT_ID", CLIENT_ID), ("CONDUCTORONE_CLIENT_SECRET", SECRET));
    let token = ("CONDUCTORONE_ACCESS_TOKEN", "t0k3n");
    let tenant = ("CONDUCTORONE_TENANT_DOMAIN", "acme");
    let url = ("CONDUCTORONE_SERVER_URL", "http://localhost:1/api");
    for (variables, at) in [
        (&[id, secret][..], "https://127.0.0.1:8443"),
        (&[id, secret, tenant], "https://acme.conductor.one"),
        (&[token, tenant], "https://acme.conductor.one"),
        (&[token, url], "http://localhost:1/api"),
        (&[id, ("CONDUCTORONE_OIDC_TOKEN", "t0k3n")], "https://127.0.0.1:8443"),
    ] {
        assert_eq!(from_env(variables), format!("Client {{ base_url: {at:?}, .. }}"), "{variables:?}");
    }
    assert_eq!(
        from_env(&[id]),
        "the client cannot be built: no credentials in the environment: set CONDUCTORONE_ACCESS_TOKEN, or \
         CONDUCTORONE_OIDC_TOKEN, or CONDUCTORONE_CLIENT_SECRET"
    );
}
