//! Oxide: documented redirects, names or ids in paths, pagination by token, and no credentials.

use std::sync::LazyLock;

use oxide_region::resources::login::LoginSamlHeaders;
use oxide_region::runtime::ReqwestTransport;
use oxide_region::types::NameOrId;
use oxide_region::{Client, RequestExt, RetryPolicy};
use tests::server::{Reply, Server};

static TRANSPORT: LazyLock<ReqwestTransport> = LazyLock::new(|| ReqwestTransport::new().unwrap());

fn client(server: &Server) -> Client {
    let builder = Client::builder().base_url(server.url()).transport(TRANSPORT.clone());
    builder.retry(RetryPolicy::none()).build().unwrap()
}

const PROJECT: &str = r#"{"description":"","id":"6f1d2a3b-0000-4000-8000-00000000000a","name":"p",
    "organization_id":"6f1d2a3b-0000-4000-8000-00000000000b",
    "time_created":"2022-12-01T00:00:00Z","time_modified":"2022-12-01T00:00:00.5Z"}"#;

#[tokio::test]
async fn returns_a_documented_redirect() {
    let elsewhere = Server::with(|| Reply::json("200 OK", "{}")).await;
    let location = format!("{}/home", elsewhere.url());
    let to = location.clone();
    let server = Server::with(move || Reply::redirect("303 See Other", &to)).await;
    let request = client(&server).login().login_saml("silo", "i/dp", "SAMLResponse=abc");
    let ((), response) = request.with_response().await.unwrap();
    assert_eq!(LoginSamlHeaders::of(&response).unwrap().location, Some(location));
    let request = server.only_request();
    assert_eq!(request.line, "POST /login/silo/saml/i%2Fdp");
    assert_eq!((request.header("authorization"), &*request.body), (None, "SAMLResponse=abc"));
    assert_eq!(elsewhere.received().len(), 0);
}

#[tokio::test]
async fn reads_projects_by_a_token() {
    let server = Server::responding(|request| match request.line.split_once("page_token=") {
        None => Reply::json("200 OK", &format!(r#"{{"items":[{PROJECT}],"next_page":"a+b="}}"#)),
        Some((_, "a%2Bb%3D")) => {
            Reply::json("200 OK", &format!(r#"{{"items":[{PROJECT}],"next_page":null}}"#))
        }
        Some((_, other)) => panic!("{other}"),
    });
    let server = server.await;
    let mut projects = client(&server).projects().project_list_v1().limit(1).items();
    let mut count = 0;
    while let Some(project) = projects.next().await {
        assert_eq!(project.unwrap().name, "p");
        count += 1;
    }
    assert_eq!((count, server.received().len()), (2, 2));
}

#[tokio::test]
async fn accepts_a_name_or_an_id() {
    let server = Server::with(|| Reply::json("200 OK", PROJECT)).await;
    let projects = client(&server).projects();
    for (text, segment) in [
        ("front end", "front%20end"),
        ("6f1d2a3b-0000-4000-8000-00000000000a", "6f1d2a3b-0000-4000-8000-00000000000a"),
    ] {
        let name: NameOrId = serde_json::from_value(text.into()).unwrap();
        assert_eq!(projects.project_view_v1(&name).await.unwrap().name, "p");
        assert_eq!(server.received().pop().unwrap().line, format!("GET /v1/projects/{segment}"));
    }
}
