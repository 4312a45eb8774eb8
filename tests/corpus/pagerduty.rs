//! PagerDuty: an API key in the `authorization` header, list parameters with brackets in their names, a table as text
//! or as a file, required headers, and pagination by offset with a flag for more pages.

use std::sync::LazyLock;

use pager_duty::resources::enrichment_schemas::CreateEnrichmentSchemaForm;
use pager_duty::runtime::{File, ReqwestTransport};
use pager_duty::{Client, RetryPolicy};
use tests::server::{Reply, Server};

static TRANSPORT: LazyLock<ReqwestTransport> = LazyLock::new(|| ReqwestTransport::new().unwrap());

fn client(server: &Server) -> Client {
    let builder = Client::builder().base_url(server.url()).transport(TRANSPORT.clone());
    builder.retry(RetryPolicy::none()).api_key("Token token=k3y").build().unwrap()
}

async fn error_server() -> Server {
    Server::with(|| {
        let body =
            r#"{"error":{"code":2001,"message":"Invalid Input Provided","errors":["Name is too long"]}}"#;
        Reply::json("400 Bad Request", body)
    })
    .await
}

#[tokio::test]
async fn sends_list_parameters_with_brackets() {
    let server = error_server().await;
    let request = client(&server).incidents().list_incidents();
    request.service_ids(&["A", "B&C"]).sort_by(&["created_at:desc", "urgency"]).await.unwrap_err();
    let request = server.only_request();
    let query = "service_ids[]=A&service_ids[]=B%26C&sort_by=created_at%3Adesc,urgency";
    let query = query.replace('[', "%5B").replace(']', "%5D");
    assert_eq!(request.line, format!("GET /incidents?{query}"));
    assert_eq!(request.header("authorization"), Some("Token token=k3y"));
}

#[tokio::test]
async fn uploads_a_table_as_text_and_as_a_file() {
    let server = error_server().await;
    let schemas = client(&server).enrichment_schemas();
    schemas.create_enrichment_schema_csv("a,b\r\n1,\"ü\"\r\n").await.unwrap_err();
    let file = File::new("a,b\r\n").with_name("t.csv").with_media_type("text/csv");
    let form = CreateEnrichmentSchemaForm::new(file);
    schemas.create_enrichment_schema_multipart(form).await.unwrap_err();
    let [text, parts] = &server.received()[..] else { panic!("{:?}", server.received()) };
    assert_eq!((text.header("content-type"), &*text.body), (Some("text/csv"), "a,b\r\n1,\"ü\"\r\n"));
    let (head, content) = &parts.parts()[0];
    assert!(head[0].ends_with("filename=\"t.csv\"") && head[1] == "content-type: text/csv", "{head:?}");
    assert_eq!(content, "a,b\r\n");
}

#[tokio::test]
async fn rejects_header_injection() {
    let server = error_server().await;
    let incidents = client(&server).incidents();
    incidents.create_incident("ann@acme.test").await.unwrap_err();
    assert_eq!(server.only_request().header("from"), Some("ann@acme.test"));
    let error = incidents.create_incident("ann\r\nx-evil: 1").await.unwrap_err();
    assert!(error.is_invalid_request(), "{error}");
    assert_eq!(server.received().len(), 1);
}

#[tokio::test]
async fn errors_contain_the_message_of_the_server() {
    let error = client(&error_server().await).incidents().get_incident("P1").await.unwrap_err();
    assert!(error.is_bad_request());
    assert_eq!((error.code(), error.message()), (Some("2001"), Some("Invalid Input Provided")));
    assert_eq!(error.to_string(), "GET /incidents/{id}: 400 Bad Request: Invalid Input Provided");
}

#[tokio::test]
async fn reads_tags_by_offset_while_there_are_more() {
    let server = Server::responding(|request| match request.line.split_once("offset=") {
        None => Reply::json(
            "200 OK",
            r#"{"tags":[{"label":"a","type":"tag"},{"label":"b","type":"tag"}],"more":true,"offset":0}"#,
        ),
        Some((_, "2")) => {
            Reply::json("200 OK", r#"{"tags":[{"label":"c","type":"tag"}],"more":false,"offset":2}"#)
        }
        Some(_) => Reply::json("400 Bad Request", "{}"),
    });
    let server = server.await;
    let mut tags = client(&server).tags().list_tags().limit(2).items();
    let mut labels = Vec::new();
    while let Some(tag) = tags.next().await {
        labels.push(tag.unwrap().label);
    }
    assert_eq!(labels, ["a", "b", "c"]);
    assert_eq!(server.received().len(), 2);
}
