//! The URL that requests are sent to: the server of the document, or a base URL.

use runtime::{Api, ClientBuilder, Request, ServerVariable};

use crate::server::{Reply, Server};
use crate::transport::Recorder;
use crate::{API, LIST_PETS, all_of};

/// Returns the URL that a client sends a request to.
async fn sent_to(builder: ClientBuilder) -> Result<String, String> {
    let recorder = Recorder::default();
    let client = builder.transport(recorder.clone()).build().map_err(|error| {
        assert!(error.is_configuration() && error.operation().is_none());
        error.to_string()
    })?;
    Request::new(&client, &LIST_PETS).send().await.unwrap();
    Ok(recorder.uris().remove(0))
}

async fn with_base_url(url: &str) -> Result<String, String> {
    sent_to(ClientBuilder::new(&API).base_url(url)).await
}

async fn tenant(value: &str) -> Result<String, String> {
    sent_to(ClientBuilder::new(&API).server_variable("tenant", value)).await
}

#[tokio::test]
async fn accepts_base_urls() {
    for (url, sent) in [
        ("http://localhost:8080", "http://localhost:8080/pets"),
        ("http://localhost:8080/", "http://localhost:8080/pets"),
        ("https://Pets.Test:443/Api/v1/", "https://pets.test/Api/v1/pets"),
        ("https://pets.test/a%20b//", "https://pets.test/a%20b/pets"),
        ("http://[::1]:80", "http://[::1]/pets"),
        ("http://pets_test", "http://pets_test/pets"),
    ] {
        assert_eq!(with_base_url(url).await.as_deref(), Ok(sent), "{url}");
    }
}

#[tokio::test]
async fn rejects_invalid_base_urls() {
    for (url, problem) in [
        ("https://pets.test?x=1", "contains '?'"),
        ("https://pets.test/#x", "contains '#'"),
        ("https://pets.test\\@evil.test", "contains '\\\\'"),
        ("https://pets.test /", "contains ' '"),
        ("https://pets.test\n", "contains '\\n'"),
        ("https://ann:t0k3n@pets.test", "contains a user name or a password"),
        ("https://t0k3n@pets.test", "contains a user name or a password"),
        ("ftp://pets.test", "does not start with http:// or https://"),
        ("pets.test", "does not start with http:// or https://"),
        ("/api", "does not start with http:// or https://"),
        ("https:///api", "is not a valid URL: invalid format"),
        ("", "is empty"),
        ("https://pets..test", "has no valid host"),
        ("https://p%65ts.test", "is not a valid URL: invalid authority"),
        ("https://[::zz]", "has no valid host"),
        ("https://pets.test:99999", "has no valid port"),
        ("https://pets.test:", "has no valid port"),
        ("https://pets.test/a/../b", "contains a `.` or `..` segment"),
        ("https://pets.test/%2E%2e", "contains a `.` or `..` segment"),
    ] {
        let error = with_base_url(url).await.unwrap_err();
        assert_eq!(error, format!("the client cannot be built: the base URL {problem}"), "{url}");
    }
}

#[tokio::test]
async fn keeps_the_path_of_the_base_url() {
    let server = Server::with(|| Reply::json("200 OK", "{}")).await;
    let client = ClientBuilder::new(&API).base_url(server.url() + "/api/").build().unwrap();
    Request::new(&client, &LIST_PETS).send().await.unwrap();
    assert_eq!(server.only_request().line, "GET /api/pets");
}

#[tokio::test]
async fn resolves_the_relative_server_of_an_operation() {
    let server = Server::with(|| Reply::json("200 OK", "{}")).await;
    let client = ClientBuilder::new(&API).base_url(server.url() + "/api/v1").build().unwrap();
    for (url, path) in [
        ("/v2", "/v2/pets"),
        ("/v2/", "/v2/pets"),
        ("/", "/pets"),
        ("v2", "/api/v2/pets"),
        ("../{version}", "/v1/pets"),
        // The base URL of the user replaces these servers.
        ("https://elsewhere.test/v2", "/api/v1/pets"),
        ("//elsewhere.test/v2", "/api/v1/pets"),
        ("{tenant}/v2", "/api/v1/pets"),
    ] {
        Request::new(&client, &LIST_PETS).server(url).send().await.unwrap();
        assert_eq!(server.received().last().unwrap().line, format!("GET {path}"), "{url}");
    }
}

#[tokio::test]
async fn replaces_server_variables() {
    assert_eq!(tenant("acme").await.as_deref(), Ok("https://acme.pets.test/v1/pets"));
    assert_eq!(tenant("eu.acme-2").await.as_deref(), Ok("https://eu.acme-2.pets.test/v1/pets"));
    let builder = ClientBuilder::new(&API).server_variable("tenant", "a").server_variable("version", "v1");
    let builder = builder.server_variable("tenant", "b").server_variable("version", "v2");
    assert_eq!(sent_to(builder).await.as_deref(), Ok("https://b.pets.test/v2/pets"));
    let builder = ClientBuilder::new(&API).server_variable("tenant", "acme").base_url("http://localhost");
    assert_eq!(sent_to(builder).await.as_deref(), Ok("http://localhost/pets"));
}

#[tokio::test]
async fn rejects_values_that_change_the_structure_of_the_url() {
    let invalid = [
        "evil.test/",
        "evil.test?",
        "evil.test#",
        "evil.test\\",
        "a@b",
        "a:b",
        "a b",
        "a\tb",
        "a\nb",
        "a%2fb",
    ];
    for value in
        invalid.into_iter().chain(["", ".", "..", "a.", ".a", "a..b", "\u{e9}", "[::1]", "a\u{2044}b"])
    {
        let error = tenant(value).await.unwrap_err();
        assert!(
            error.starts_with("the client cannot be built: the server variable `tenant` cannot be"),
            "{error}"
        );
    }
}

#[tokio::test]
async fn rejects_missing_and_unknown_server_variables() {
    let builder = || ClientBuilder::new(&API).server_variable("tenant", "acme");
    for (builder, problem) in [
        (
            ClientBuilder::new(&API),
            "the server variable `tenant` is not set: call `server_variable(\"tenant\", ...)`",
        ),
        (builder().server_variable("version", "v3"), "the server variable `version` must be one of v1, v2"),
        (builder().server_variable("region", "eu"), "the server URL has no variable `region`"),
    ] {
        assert_eq!(sent_to(builder).await.unwrap_err(), format!("the client cannot be built: {problem}"));
    }
}

#[tokio::test]
async fn server_variables_can_be_anywhere_in_the_url() {
    static ALL_VARIABLES: Api = Api {
        server: Some("{scheme}://{host}:{port}/{path}"),
        variables: &[
            ServerVariable { name: "scheme", default: Some("https"), values: &["http", "https"] },
            ServerVariable { name: "host", default: Some("localhost"), values: &[] },
            ServerVariable { name: "port", default: Some("6333"), values: &[] },
            ServerVariable { name: "path", default: Some("api/v1"), values: &[] },
        ],
        ..API
    };
    let builder = ClientBuilder::new(&ALL_VARIABLES);
    assert_eq!(sent_to(builder).await.as_deref(), Ok("https://localhost:6333/api/v1/pets"));
    let builder =
        ClientBuilder::new(&ALL_VARIABLES).server_variable("scheme", "http").server_variable("port", "1");
    let builder = builder.server_variable("path", "a/b").server_variable("host", "pets.test");
    assert_eq!(sent_to(builder).await.as_deref(), Ok("http://pets.test:1/a/b/pets"));
    for (name, value) in
        [("port", "http"), ("port", "65536"), ("path", "a/../b"), ("path", "/b?c"), ("path", "")]
    {
        let builder = ClientBuilder::new(&ALL_VARIABLES).server_variable(name, value);
        assert!(sent_to(builder).await.is_err(), "{name}: {value}");
    }
}

#[tokio::test]
async fn requires_a_base_url_if_the_document_has_no_server() {
    static WITHOUT_SERVER: Api = Api { server: None, variables: &[], ..API };
    static EMPTY_SERVER: Api = Api { server: Some(""), ..WITHOUT_SERVER };
    static RELATIVE_SERVER: Api = Api { server: Some("/v1"), ..WITHOUT_SERVER };
    let text = "the client cannot be built: the base URL is empty: the document has no absolute server URL, so call \
                `base_url`";
    for api in [&WITHOUT_SERVER, &EMPTY_SERVER, &RELATIVE_SERVER] {
        assert_eq!(sent_to(ClientBuilder::new(api)).await.unwrap_err(), text);
    }
    assert!(sent_to(ClientBuilder::new(&WITHOUT_SERVER).base_url("http://localhost")).await.is_ok());
}

#[test]
fn rejects_an_invalid_user_agent() {
    let error = ClientBuilder::new(&API).base_url("http://localhost").user_agent("a\nb").build().unwrap_err();
    assert_eq!(error.to_string(), "the client cannot be built: the user agent is not a valid header value");
    assert!(!all_of(&error).contains("a\nb"));
}
