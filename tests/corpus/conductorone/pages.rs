//! Tests of pagination: by a token in the query or in the body, and errors.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicUsize, Ordering};

use conductorone::types::{App, AppEntitlementSearchServiceSearchRequest};
use conductorone::wire::Any;
use conductorone::{Client, Error};
use serde_json::{Value, json};
use tests::server::{Received, Reply, Server};

use crate::http::client;

/// Returns a server that sends the page for the token in a request.
async fn pages(token_of: fn(&Received) -> Option<String>, pages: &'static [&'static str]) -> Server {
    Server::responding(move |request| {
        let index = token_of(request).map_or(0, |token| token.strip_prefix("p=").unwrap().parse().unwrap());
        Reply::json("200 OK", pages[index])
    })
    .await
}

fn in_query(request: &Received) -> Option<String> {
    let (_, query) = request.line.split_once('?')?;
    let token = query.split('&').find_map(|pair| pair.strip_prefix("page_token="))?;
    Some(token.replace("%3D", "="))
}

fn in_body(request: &Received) -> Option<String> {
    let body: Value = serde_json::from_str(&request.body).unwrap();
    let token = body.get("pageToken")?.as_str().unwrap().to_owned();
    (!token.is_empty()).then_some(token)
}

/// Returns the names of all apps, or the names so far and an error.
async fn names(client: &Client) -> Result<Vec<String>, (Vec<String>, Error)> {
    let mut items = client.apps().list().page_size(2).items();
    let mut names = Vec::new();
    while let Some(app) = items.next().await {
        match app {
            Ok(App { display_name, .. }) => names.push(display_name),
            Err(error) => return Err((names, error)),
        }
    }
    Ok(names)
}

#[tokio::test]
async fn reads_items_by_a_token_in_the_query() {
    let server = pages(
        in_query,
        &[
            r#"{"list":[{"displayName":"a"},{"displayName":"b"}],"nextPageToken":"p=1"}"#,
            // Pages can be empty, and null counts as absent.
            r#"{"list":[],"nextPageToken":"p=2"}"#,
            r#"{"list":null,"nextPageToken":"p=3"}"#,
            r#"{"list":[{"displayName":"c"}],"nextPageToken":""}"#,
        ],
    )
    .await;
    assert_eq!(names(&client(server.url())).await.unwrap(), ["a", "b", "c"]);
    let lines: Vec<String> = server.received().into_iter().map(|request| request.line).collect();
    let page = |token: &str| format!("GET /api/v1/apps?page_size=2{token}");
    let tokens = ["", "&page_token=p%3D1", "&page_token=p%3D2", "&page_token=p%3D3"];
    assert_eq!(lines, tokens.map(page));
}

#[tokio::test]
async fn reads_pages_by_a_token_in_the_body() {
    let server = pages(
        in_body,
        &[
            r#"{"list":[{"appPath":"$.expanded[0]"}],"nextPageToken":"p=1",
                "expanded":[{"@type":"type.googleapis.com/c1.api.app.v1.App","displayName":"CRM"}]}"#,
            r#"{"list":[{"appPath":"$.expanded[1]"}],
                "expanded":[{"@type":"x/y.Z"},{"@type":"x/c1.api.app.v1.App","displayName":"CI"}]}"#,
        ],
    )
    .await;
    let query = AppEntitlementSearchServiceSearchRequest::default().with_query("admin");
    let client = client(server.url());
    let mut pages = client.app_entitlement_search().search().body(&query).pages();
    let mut apps = Vec::new();
    while let Some(page) = pages.next().await {
        // The page contains the messages that a view refers to.
        let page = page.unwrap();
        for view in &page.list {
            let app: App = Any::at_path(&page.expanded, &view.app_path).unwrap().decode().unwrap();
            apps.push(app.display_name);
        }
    }
    assert_eq!(apps, ["CRM", "CI"]);
    let bodies: Vec<Value> =
        server.received().iter().map(|request| serde_json::from_str(&request.body).unwrap()).collect();
    // Every request has the original query.
    assert!(bodies.iter().all(|body| body["query"] == "admin"), "{bodies:?}");
    assert_eq!(bodies[1]["pageToken"], "p=1");
    assert!(server.received().iter().all(|request| request.line == "POST /api/v1/search/entitlements"));
}

#[tokio::test]
async fn reports_cycles_of_page_tokens() {
    for cycle in [
        &[r#"{"list":[{"displayName":"a"}],"nextPageToken":"p=0"}"#][..],
        &[
            r#"{"list":[{"displayName":"a"}],"nextPageToken":"p=1"}"#,
            r#"{"list":[{"displayName":"b"}],"nextPageToken":"p=2"}"#,
            r#"{"list":[],"nextPageToken":"p=1"}"#,
        ],
    ] {
        let server = pages(in_query, cycle).await;
        let (names, error) = names(&client(server.url())).await.unwrap_err();
        assert!(error.is_pages(), "{error}");
        assert_eq!(names[0], "a");
        assert!(server.received().len() < 10);
    }
}

#[tokio::test]
async fn requests_pages_only_as_needed() {
    let count = AtomicUsize::new(0);
    let server = Server::responding(move |_| {
        let next = count.fetch_add(1, Ordering::SeqCst);
        let page =
            json!({ "list": [{ "displayName": next.to_string() }], "nextPageToken": format!("p{next}") });
        Reply::json("200 OK", &page.to_string())
    });
    let server = server.await;
    let mut items = client(server.url()).apps().list().items();
    let mut names = BTreeSet::new();
    while names.len() < 50 {
        names.insert(items.next().await.unwrap().unwrap().display_name);
    }
    drop(items);
    assert_eq!(server.received().len(), 50);
}

#[tokio::test]
async fn an_error_ends_the_pagination() {
    let server = Server::responding(|request| match in_query(request) {
        None => Reply::json("200 OK", r#"{"list":[{"displayName":"a"}],"nextPageToken":"p=1"}"#),
        Some(_) => Reply::json("403 Forbidden", r#"{"message":"not these"}"#),
    });
    let server = server.await;
    let client = client(server.url());
    let mut items = client.apps().list().items();
    assert_eq!(items.next().await.unwrap().unwrap().display_name, "a");
    assert!(items.next().await.unwrap().unwrap_err().is_forbidden());
    assert!(items.next().await.is_none());
}
