//! Tests of sent requests: the request line and the headers, and requests that are not sent.

use conductorone::{Client, ErrorKind};
use tests::server::{Reply, Server};

use super::{ENTITLEMENT_PATH, OWNER_PATH, builder, client, get_entitlement, get_owner};

/// Returns a server that responds to every request with an empty object.
async fn ok_server() -> Server {
    Server::with(|| Reply::json("200 OK", "{}")).await
}

/// Returns the lines of a request's head, with sorted headers.
fn sorted(head: &str) -> Vec<String> {
    let mut lines = head.trim_end().lines().map(str::to_owned).collect::<Vec<_>>();
    lines[1..].sort();
    lines
}

#[tokio::test]
async fn sends_exactly_these_headers() {
    let server = ok_server().await;
    let client = client(server.url());
    get_owner(&client).await.unwrap();
    get_entitlement(&client).await.unwrap();
    let host = server.url().replace("http://", "host: ");
    let expected = [OWNER_PATH, ENTITLEMENT_PATH].map(|path| {
        vec![
            format!("GET {path} HTTP/1.1"),
            "accept: application/json".to_owned(),
            "authorization: Bearer t0k3n-t0k3n".to_owned(),
            host.clone(),
            "user-agent: conductorone/0.1.0".to_owned(),
        ]
    });
    assert_eq!(server.received().iter().map(|request| sorted(&request.head)).collect::<Vec<_>>(), expected);
}

#[tokio::test]
async fn path_parameters_are_one_encoded_segment() {
    for (value, segment) in [
        ("plain-._~09AZaz", "plain-._~09AZaz"),
        ("a b", "a%20b"),
        ("a/b", "a%2Fb"),
        ("/", "%2F"),
        ("../..", "..%2F.."),
        ("...", "..."),
        ("a\\b", "a%5Cb"),
        ("a?b=c", "a%3Fb%3Dc"),
        ("a#b", "a%23b"),
        ("100%", "100%25"),
        ("%2F", "%252F"),
        ("%2e%2e", "%252e%252e"),
        ("a;b,c:d@e&f+g", "a%3Bb%2Cc%3Ad%40e%26f%2Bg"),
        ("{id}", "%7Bid%7D"),
        ("{app_id}", "%7Bapp_id%7D"),
        ("Zürich", "Z%C3%BCrich"),
        ("鍵", "%E9%8D%B5"),
        ("🔑", "%F0%9F%94%91"),
        (" ", "%20"),
        ("a\r\nx-evil: 1", "a%0D%0Ax-evil%3A%201"),
        ("\0", "%00"),
    ] {
        let server = ok_server().await;
        client(server.url()).app_entitlements().get(value, "x").await.unwrap();
        let line = format!("GET /api/v1/apps/{segment}/entitlements/x");
        assert_eq!(server.only_request().line, line, "{value:?}");

        let server = ok_server().await;
        let owners = client(server.url()).connector_owners_v2();
        owners.get_entitlement_owner("a", value, "c", "d", value).await.unwrap();
        let line = format!("GET /api/v2/apps/a/connectors/{segment}/owners/entitlements/c/d/{segment}");
        assert_eq!(server.only_request().line, line, "{value:?}");
    }
}

#[tokio::test]
async fn rejects_path_parameters_that_change_the_path() {
    let server = ok_server().await;
    let client = client(server.url());
    let parameters =
        ["app_id", "connector_id", "role_slug", "app_entitlement_ref_app_id", "app_entitlement_ref_id"];
    for (value, problem) in [("", "is empty"), (".", "is `.`"), ("..", "is `..`")] {
        for (index, name) in parameters.into_iter().enumerate() {
            let mut values = ["a", "b", "c", "d", "e"];
            values[index] = value;
            let [a, b, c, d, e] = values;
            let error = client.connector_owners_v2().get_entitlement_owner(a, b, c, d, e).await.unwrap_err();
            assert!(error.is_invalid_request());
            assert_eq!(error.kind(), ErrorKind::InvalidRequest);
            assert_eq!(error.status(), None);
            let text = format!(
                "GET /api/v2/apps/{{app_id}}/connectors/{{connector_id}}/owners/entitlements/{{role_slug}}\
                 /{{app_entitlement_ref_app_id}}/{{app_entitlement_ref_id}}: the path parameter `{name}` {problem}"
            );
            assert_eq!(error.to_string(), text);
        }
        for (app, id) in [(value, "b"), ("a", value)] {
            assert!(client.app_entitlements().get(app, id).await.unwrap_err().is_invalid_request());
        }
    }
    assert_eq!(server.received().len(), 0);
}

#[tokio::test]
async fn sends_nothing_before_a_request_is_awaited() {
    let server = ok_server().await;
    let client = client(server.url());
    let request = client.app_entitlements().get("a", "b");
    tokio::task::yield_now().await;
    assert_eq!(server.received().len(), 0);
    // A request can be sent more than once.
    request.clone().await.unwrap();
    request.await.unwrap();
    assert_eq!(server.received().len(), 2);
}

#[tokio::test]
async fn base_urls_can_have_a_path() {
    for end in ["/proxy/c1", "/proxy/c1/"] {
        let server = ok_server().await;
        get_entitlement(&client(format!("{}{end}", server.url()))).await.unwrap();
        assert_eq!(server.only_request().line, format!("GET /proxy/c1{ENTITLEMENT_PATH}"));
    }
}

#[tokio::test]
async fn base_urls_override_the_server_of_the_document() {
    let server = ok_server().await;
    let client = builder(server.url()).tenant_domain("acme").build().unwrap();
    get_entitlement(&client).await.unwrap();
    assert_eq!(server.received().len(), 1);
}

#[test]
fn tenant_domains_are_part_of_the_host() {
    for (tenant, host) in [("acme", "acme"), ("acme.eu", "acme.eu"), ("a-1", "a-1")] {
        let client = Client::builder().tenant_domain(tenant).bearer_token("t").build().unwrap();
        assert_eq!(
            format!("{client:?}"),
            format!(r#"Client {{ base_url: "https://{host}.conductor.one", .. }}"#)
        );
    }
    for tenant in ["", "evil.test/", "evil.test#", "evil.test?", "me@evil", "evil.test:80", "a b", ".", "{x}"]
    {
        let error = Client::builder().tenant_domain(tenant).bearer_token("t").build().unwrap_err();
        assert!(error.is_configuration(), "{tenant:?}");
        assert!(error.to_string().contains("`tenantDomain`"), "{tenant:?}: {error}");
    }
}

#[test]
fn rejects_invalid_base_urls() {
    for url in
        ["", "acme.conductor.one", "ftp://acme.test", "https://", "https://a.test?x", "https://u:p@a.test"]
    {
        let error = builder(url).build().unwrap_err();
        assert!(error.is_configuration(), "{url:?}");
        assert_eq!(error.operation().map(|operation| operation.id()), None);
    }
}

#[tokio::test]
async fn sends_the_user_agent_and_no_token() {
    let server = ok_server().await;
    let client = Client::builder().base_url(server.url()).user_agent("audit/2.1").build().unwrap();
    get_entitlement(&client).await.unwrap();
    let head = server.only_request().head;
    assert!(head.contains("\r\nuser-agent: audit/2.1\r\n"), "{head}");
    assert!(!head.to_ascii_lowercase().contains("authorization"), "{head}");
}
