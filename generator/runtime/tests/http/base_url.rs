//! Where requests go: the server that the document names, or the one that the user does.

use runtime::{Api, ClientBuilder, Request, ServerVariable};

use crate::server::{Reply, Server};
use crate::transport::Recorder;
use crate::{API, LIST_PETS, all_of};

/// The URL to which a client sends its requests.
async fn sent_to(builder: ClientBuilder) -> Result<String, String> {
    let recorder = Recorder::default();
    let client = builder.transport(recorder.clone()).build().map_err(|error| {
        assert!(error.is_configuration() && error.operation().is_none());
        error.to_string()
    })?;
    Request::new(&client, &LIST_PETS).send().await.unwrap();
    Ok(recorder.uris().remove(0))
}

async fn based_on(url: &str) -> Result<String, String> {
    sent_to(ClientBuilder::new(&API).base_url(url)).await
}

async fn tenant(value: &str) -> Result<String, String> {
    sent_to(ClientBuilder::new(&API).server_variable("tenant", value)).await
}

#[tokio::test]
async fn a_base_url_is_used_as_given() {
    for (url, sent) in [
        ("http://localhost:8080", "http://localhost:8080/pets"),
        ("http://localhost:8080/", "http://localhost:8080/pets"),
        ("https://Pets.Test:443/Api/v1/", "https://pets.test/Api/v1/pets"),
        ("https://pets.test/a%20b//", "https://pets.test/a%20b/pets"),
        ("http://[::1]:80", "http://[::1]/pets"),
        ("http://pets_test", "http://pets_test/pets"),
    ] {
        assert_eq!(based_on(url).await.as_deref(), Ok(sent), "{url}");
    }
}

#[tokio::test]
async fn a_base_url_with_more_than_a_path_is_refused() {
    for (url, problem) in [
        ("https://pets.test?x=1", "has a '?'"),
        ("https://pets.test/#x", "has a '#'"),
        ("https://pets.test\\@evil.test", "has a '\\\\'"),
        ("https://pets.test /", "has a ' '"),
        ("https://pets.test\n", "has a '\\n'"),
        ("https://ann:t0k3n@pets.test", "holds a user name or a password"),
        ("https://t0k3n@pets.test", "holds a user name or a password"),
        ("ftp://pets.test", "starts with neither http:// nor https://"),
        ("pets.test", "starts with neither http:// nor https://"),
        ("/api", "starts with neither http:// nor https://"),
        ("https:///api", "is no URL: invalid format"),
        ("", "is no URL: empty string"),
        ("https://pets..test", "has no valid host"),
        ("https://p%65ts.test", "is no URL: invalid authority"),
        ("https://[::zz]", "has no valid host"),
        ("https://pets.test:99999", "has no valid port"),
        ("https://pets.test:", "has no valid port"),
        ("https://pets.test/a/../b", "has a segment of dots"),
        ("https://pets.test/%2E%2e", "has a segment of dots"),
    ] {
        let error = based_on(url).await.unwrap_err();
        assert_eq!(error, format!("the client cannot be built: the base URL {problem}"), "{url}");
    }
}

#[tokio::test]
async fn a_prefix_in_the_path_stays() {
    let server = Server::with(|| Reply::json("200 OK", "{}")).await;
    let client = ClientBuilder::new(&API).base_url(server.url() + "/api/").build().unwrap();
    Request::new(&client, &LIST_PETS).send().await.unwrap();
    assert_eq!(server.only().line, "GET /api/pets");
}

#[tokio::test]
async fn the_server_of_the_document_with_its_variables() {
    assert_eq!(tenant("acme").await.as_deref(), Ok("https://acme.pets.test/v1/pets"));
    assert_eq!(tenant("eu.acme-2").await.as_deref(), Ok("https://eu.acme-2.pets.test/v1/pets"));
    let builder = ClientBuilder::new(&API).server_variable("tenant", "a").server_variable("version", "v1");
    let builder = builder.server_variable("tenant", "b").server_variable("version", "v2");
    assert_eq!(sent_to(builder).await.as_deref(), Ok("https://b.pets.test/v2/pets"));
    let builder = ClientBuilder::new(&API).server_variable("tenant", "acme").base_url("http://localhost");
    assert_eq!(sent_to(builder).await.as_deref(), Ok("http://localhost/pets"));
}

#[tokio::test]
async fn a_variable_keeps_to_its_place() {
    let nasty = [
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
    for value in nasty.into_iter().chain(["", ".", "..", "a.", ".a", "a..b", "\u{e9}", "[::1]", "a\u{2044}b"])
    {
        let error = tenant(value).await.unwrap_err();
        assert!(
            error.starts_with("the client cannot be built: the server variable `tenant` cannot be"),
            "{error}"
        );
    }
}

#[tokio::test]
async fn a_variable_is_one_that_the_document_knows() {
    let builder = || ClientBuilder::new(&API).server_variable("tenant", "acme");
    for (builder, problem) in [
        (ClientBuilder::new(&API), "the server variable `tenant` is not set"),
        (builder().server_variable("version", "v3"), "the server variable `version` is none of v1, v2"),
        (builder().server_variable("region", "eu"), "the server's URL has no variable `region`"),
    ] {
        assert_eq!(sent_to(builder).await.unwrap_err(), format!("the client cannot be built: {problem}"));
    }
}

#[tokio::test]
async fn variables_may_stand_anywhere() {
    static ANYWHERE: Api = Api {
        server: Some("{scheme}://{host}:{port}/{path}"),
        variables: &[
            ServerVariable { name: "scheme", default: Some("https"), values: &["http", "https"] },
            ServerVariable { name: "host", default: Some("localhost"), values: &[] },
            ServerVariable { name: "port", default: Some("6333"), values: &[] },
            ServerVariable { name: "path", default: Some("api/v1"), values: &[] },
        ],
        ..API
    };
    let builder = ClientBuilder::new(&ANYWHERE);
    assert_eq!(sent_to(builder).await.as_deref(), Ok("https://localhost:6333/api/v1/pets"));
    let builder =
        ClientBuilder::new(&ANYWHERE).server_variable("scheme", "http").server_variable("port", "1");
    let builder = builder.server_variable("path", "a/b").server_variable("host", "pets.test");
    assert_eq!(sent_to(builder).await.as_deref(), Ok("http://pets.test:1/a/b/pets"));
    for (name, value) in
        [("port", "http"), ("port", "65536"), ("path", "a/../b"), ("path", "/b?c"), ("path", "")]
    {
        let builder = ClientBuilder::new(&ANYWHERE).server_variable(name, value);
        assert!(sent_to(builder).await.is_err(), "{name}: {value}");
    }
}

#[tokio::test]
async fn without_a_server_in_the_document_the_user_names_one() {
    static NOWHERE: Api = Api { server: None, variables: &[], ..API };
    let error = sent_to(ClientBuilder::new(&NOWHERE)).await.unwrap_err();
    assert_eq!(error, "the client cannot be built: the API names no server: set the base URL");
    assert!(sent_to(ClientBuilder::new(&NOWHERE).base_url("http://localhost")).await.is_ok());
}

#[test]
fn other_settings_are_checked_too() {
    let error = ClientBuilder::new(&API).base_url("http://localhost").user_agent("a\nb").build().unwrap_err();
    assert_eq!(
        error.to_string(),
        "the client cannot be built: the user agent holds a character that headers cannot"
    );
    assert!(!all_of(&error).contains("a\nb"));
}
