//! The runtime as it is used: a module of a generated crate. The files beside this one are what such a crate's look
//! like, and what they need of the runtime.

#![allow(unreachable_pub, reason = "in a generated crate, a library, it is reachable")]

#[allow(dead_code, unused_imports, reason = "in a generated crate, a library, it is used or public")]
#[path = "../../src/lib.rs"]
mod runtime;

mod client;
mod errors;
mod resources;
mod types;

use runtime::{Client, Error};

/// What a user writes.
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
        let replies = [r#"{"owner":"ann"}"#, r#"{"owner":"bob"}"#, ""];
        replies.map(|body| answer(&listener, body)).to_vec()
    });
    let client =
        Client::builder().tenant_domain("acme").base_url(url).bearer_token("secret").build().unwrap();
    // A future that a runtime of several threads takes.
    let owner = tokio::spawn(owner(client)).await.unwrap().unwrap();
    assert_eq!(owner.owner, "ann");
    let lines = [
        "GET /api/v2/apps/app%2F1/connectors/con/owner?page_size=10&expand=app&expand=user HTTP/1.1",
        "POST /api/v2/apps/app%2F1/owners HTTP/1.1",
        "DELETE /api/v2/apps/app%2F1/connectors/con/owner HTTP/1.1",
    ];
    assert_eq!(server.join().unwrap(), lines);
}

/// Answers one request, and gives its first line.
fn answer(listener: &std::net::TcpListener, body: &str) -> String {
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
fn the_document_decides_what_a_builder_takes() {
    let error = Client::builder().tenant_domain("evil.test/").bearer_token("secret").build().unwrap_err();
    assert!(error.is_configuration());
    let client = Client::builder().tenant_domain("acme").bearer_token("secret").build().unwrap();
    assert_eq!(format!("{client:?}"), r#"Client { base_url: "https://acme.conductor.one", .. }"#);
}

#[tokio::test]
async fn errors_are_told_apart_by_their_status() {
    use errors::OwnerResponseOrProblem as Said;
    use runtime::testing::{Reply, TestTransport};

    let reply = |status| Reply::json(status, &serde_json::json!({ "owner": "ann", "title": "no" }));
    let replies = [404, 409, 418, 500, 200].map(reply);
    let transport = TestTransport::replying(replies.into_iter().chain([Reply::status(409)]));
    let builder = Client::builder().tenant_domain("acme").transport(transport);
    let client = builder.retry(runtime::RetryPolicy::none()).build().unwrap();
    let mut said = Vec::new();
    for _ in 0..6 {
        let error = client.connector_owners_v2().get_owner("a", "c").await.err();
        said.push(error.and_then(|error| Said::of(&error)));
    }
    assert!(matches!(&said[0], Some(Ok(Said::Problem(problem))) if problem.title == "no"));
    assert!(matches!(&said[1], Some(Ok(Said::OwnerResponse(owner))) if owner.owner == "ann"));
    assert!(matches!(&said[2], Some(Ok(Said::Problem(_)))));
    assert!(said[3].is_none() && said[4].is_none());
    assert!(matches!(&said[5], Some(Err(_))), "nothing is no owner");
}
