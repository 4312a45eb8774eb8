//! Xero: attachments as bytes, a PDF download, a header that every operation requires, lists in one query parameter,
//! and pagination by page number.

use std::sync::LazyLock;

use tests::server::{Reply, Server};
use xero_accounting::runtime::ReqwestTransport;
use xero_accounting::{Client, RetryPolicy};

static TRANSPORT: LazyLock<ReqwestTransport> = LazyLock::new(|| ReqwestTransport::new().unwrap());

const INVOICE: &str = "6f1d2a3b-0000-4000-8000-00000000000a";

fn client(server: &Server) -> Client {
    let builder = Client::builder().base_url(server.url()).transport(TRANSPORT.clone());
    builder.retry(RetryPolicy::none()).bearer_token("t").build().unwrap()
}

#[tokio::test]
async fn uploads_an_attachment() {
    let server = Server::with(|| {
        Reply::json(
            "200 OK",
            &format!(r#"{{"Attachments":[{{"AttachmentID":"{INVOICE}","ContentLength":3}}]}}"#),
        )
    });
    let server = server.await;
    let accounting = client(&server).accounting();
    let request = accounting.create_invoice_attachment_by_file_name(
        INVOICE.parse().unwrap(),
        "a b/c.txt",
        "acme",
        "abc",
    );
    let response = request.include_online(true).idempotency_key("k1").await.unwrap();
    assert_eq!(response.attachments.unwrap()[0].content_length, Some(3));
    let request = server.only_request();
    assert_eq!(request.line, format!("PUT /Invoices/{INVOICE}/Attachments/a%20b%2Fc.txt?IncludeOnline=true"));
    for (name, value) in [
        ("xero-tenant-id", "acme"),
        ("idempotency-key", "k1"),
        ("content-type", "application/octet-stream"),
        ("authorization", "Bearer t"),
    ] {
        assert_eq!(request.header(name), Some(value), "{name}");
    }
    assert_eq!(request.body, "abc");
}

#[tokio::test]
async fn downloads_an_invoice_as_pdf() {
    let server =
        Server::with(|| Reply::with("200 OK", "content-type: application/pdf\r\n", "%PDF-1.7")).await;
    let request = client(&server).accounting().get_invoice_as_pdf(INVOICE.parse().unwrap(), "acme");
    assert_eq!(&request.await.unwrap().bytes().await.unwrap()[..], b"%PDF-1.7");
    let request = server.only_request();
    assert_eq!(request.line, format!("GET /Invoices/{INVOICE}/pdf"));
    assert_eq!(request.header("accept"), Some("application/pdf"));
}

#[tokio::test]
async fn sends_lists_and_times() {
    let server = Server::with(|| Reply::json("200 OK", r#"{"Invoices":[]}"#)).await;
    let request = client(&server).accounting().get_invoices("acme").statuses(&["DRAFT", "A,B"]);
    let request = request.ids(vec![INVOICE.parse().unwrap()]).where_("Status==\"DRAFT\" && Total>1");
    request.if_modified_since("2020-02-06T12:17:43.5Z".parse().unwrap()).await.unwrap();
    let request = server.only_request();
    let line = format!(
        "GET /Invoices?Statuses=DRAFT,A%2CB&IDs={INVOICE}&where=Status%3D%3D%22DRAFT%22%20%26%26%20Total%3E1"
    );
    assert_eq!(request.line, line);
    assert_eq!(request.header("if-modified-since"), Some("2020-02-06T12:17:43.500Z"));
}

#[tokio::test]
async fn reads_invoices_by_page_number() {
    let server = Server::responding(|request| match request.line.split_once("page=") {
        None => {
            Reply::json("200 OK", r#"{"Invoices":[{"Reference":"a"}],"pagination":{"page":1,"pageCount":2}}"#)
        }
        Some((_, "2")) => {
            Reply::json("200 OK", r#"{"Invoices":[{"Reference":"b"}],"pagination":{"page":2,"pageCount":2}}"#)
        }
        // Without the number of pages, an empty page is the last one.
        Some(_) => Reply::json("200 OK", r#"{"Invoices":[]}"#),
    });
    let server = server.await;
    let mut invoices = client(&server).accounting().get_invoices("acme").items();
    let mut references = Vec::new();
    while let Some(invoice) = invoices.next().await {
        references.push(invoice.unwrap().reference.unwrap());
    }
    assert_eq!(references, ["a", "b"]);
    assert!(server.received().len() <= 3);
    assert!(server.received().iter().all(|request| request.header("xero-tenant-id") == Some("acme")));
}
