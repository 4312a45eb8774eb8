//! The runtime as a module of a generated crate. The other files have the form of generated code, and use the parts
//! of the runtime that generated code uses.

#![allow(unreachable_pub, reason = "in a generated crate, a library, it is reachable")]

#[allow(dead_code, unused_imports, reason = "in a generated crate, a library, it is used or public")]
#[path = "../../src/lib.rs"]
mod runtime;

mod client;
mod errors;
mod resources;
mod types;

use runtime::{Client, Error};

/// Calls operations as a user does.
async fn owner(client: Client) -> Result<types::OwnerResponse, Error> {
    let owners = client.connector_owners_v2();
    let owner =
        owners.get_owner("app/1", "con").page_size(10).expand(&["app".to_owned(), "user".to_owned()]).await?;
    owners.add_owner("app/1", &types::AddOwnerRequest { user_id: "u".to_owned() }).await?;
    owners.delete_owner("app/1", "con").await?;
    Ok(owner)
}

#[tokio::test]
async fn a_generated_client_calls_a_server() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let server = std::thread::spawn(move || {
        let responses = [r#"{"owner":"ann"}"#, r#"{"owner":"bob"}"#, ""];
        responses.map(|body| respond_once(&listener, body)).to_vec()
    });
    let client =
        Client::builder().tenant_domain("acme").base_url(url).bearer_token("secret").build().unwrap();
    // The future is `Send`, so a multi-threaded runtime can run it.
    let owner = tokio::spawn(owner(client)).await.unwrap().unwrap();
    assert_eq!(owner.owner, "ann");
    let lines = [
        "GET /api/v2/apps/app%2F1/connectors/con/owner?page_size=10&expand=app&expand=user HTTP/1.1",
        "POST /api/v2/apps/app%2F1/owners HTTP/1.1",
        "DELETE /api/v2/apps/app%2F1/connectors/con/owner HTTP/1.1",
    ];
    assert_eq!(server.join().unwrap(), lines);
}

/// Responds to one request. Returns its first line.
fn respond_once(listener: &std::net::TcpListener, body: &str) -> String {
    use std::io::{BufRead, BufReader, Read, Write};

    let (mut connection, _) = listener.accept().unwrap();
    let mut lines = BufReader::new(connection.try_clone().unwrap());
    let (mut first, mut line, mut length) = (String::new(), String::new(), 0);
    lines.read_line(&mut first).unwrap();
    while lines.read_line(&mut line).unwrap() > 2 {
        if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().unwrap();
        }
        line.clear();
    }
    lines.take(length).read_to_end(&mut Vec::new()).unwrap();
    write!(
        connection,
        "HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    )
    .unwrap();
    first.trim_end().to_owned()
}

#[test]
fn the_document_defines_builder_methods() {
    let error = Client::builder().tenant_domain("evil.test/").bearer_token("secret").build().unwrap_err();
    assert!(error.is_configuration());
    let client = Client::builder().tenant_domain("acme").bearer_token("secret").build().unwrap();
    assert_eq!(format!("{client:?}"), r#"Client { base_url: "https://acme.conductor.one", .. }"#);
}

#[tokio::test]
async fn error_types_depend_on_the_status() {
    use errors::ErrorBody;
    use runtime::testing::{MockResponse, TestTransport};

    let response = |status| MockResponse::json(status, &serde_json::json!({ "owner": "ann", "title": "no" }));
    let responses = [404, 409, 418, 500, 200, 410].map(response);
    let transport = TestTransport::with_responses(responses.into_iter().chain([MockResponse::status(409)]));
    let builder = Client::builder().tenant_domain("acme").transport(transport);
    let client = builder.retry(runtime::RetryPolicy::none()).build().unwrap();
    let mut bodies = Vec::new();
    for _ in 0..7 {
        let error = client.connector_owners_v2().get_owner("a", "c").await.err();
        bodies.push(error.and_then(|error| error.decoded()));
    }
    assert!(matches!(&bodies[0], Some(Ok(ErrorBody::Problem(problem))) if problem.title == "no"));
    assert!(matches!(&bodies[1], Some(Ok(ErrorBody::OwnerResponse(owner))) if owner.owner == "ann"));
    assert!(matches!(&bodies[2], Some(Ok(ErrorBody::Problem(_)))));
    assert!(bodies[3].is_none() && bodies[4].is_none());
    assert!(bodies[5].is_none(), "the body of 410 has no type, unlike the other statuses of 4XX");
    assert!(matches!(&bodies[6], Some(Err(_))), "an empty body does not decode");
}
