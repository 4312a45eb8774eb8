//! Pagination: how the next page is requested, where pages end, and which pages are refused.

use std::pin::Pin;
use std::task::{Context, Poll, Waker};

use futures_core::Stream;
use http::StatusCode;
use runtime::testing::{MockResponse, TestTransport};
use runtime::{Bytes, ClientBuilder, ErrorKind, Items, PageParam, Pages, Pagination, Request, Response};
use serde::de::{Deserialize, Deserializer, Error as _};
use serde_json::{Value, json};

use crate::server::{Received, Reply, Server};
use crate::{API, CREATE_PET, LIST_PETS, TOKEN, all_of, client};

static TOKENS: Pagination = Pagination::token("/next", PageParam::Query("token"));

struct Page {
    pets: Vec<u64>,
}

impl<'de> Deserialize<'de> for Page {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        let page = Value::deserialize(input)?;
        let pets = page["pets"].as_array().ok_or_else(|| D::Error::custom("the page has no pets"))?;
        Ok(Self { pets: pets.iter().filter_map(Value::as_u64).collect() })
    }
}

fn list(server: &Server) -> Request {
    Request::new(&client(server), &LIST_PETS)
}

fn items(request: Request, pagination: &'static Pagination) -> Items<u64> {
    Pages::new(request, pagination, Response::json).items(|page: Page| page.pets)
}

/// Collects all items. Returns the items, the kind of error at the end, and the query or body of each request.
async fn collect(
    server: &Server,
    request: Request,
    pagination: &'static Pagination,
) -> (Vec<u64>, Option<ErrorKind>, Vec<String>) {
    let mut items = items(request, pagination);
    let mut collected = Vec::new();
    let end = loop {
        match items.next().await {
            Some(Ok(item)) => collected.push(item),
            Some(Err(error)) => break Some(error.kind()),
            None => break None,
        }
    };
    assert!(items.next().await.is_none(), "the stream ends after an error");
    let requested = server.received().iter().map(query_or_body).collect();
    (collected, end, requested)
}

/// Returns the query of a request, or its body if there is no query.
fn query_or_body(request: &Received) -> String {
    match request.line.split_once('?') {
        Some((_, query)) => query.to_owned(),
        None => request.body.clone(),
    }
}

/// Starts a server that responds with these pages in order.
async fn pages(pages: &[Value]) -> Server {
    let pages: Vec<String> = pages.iter().map(Value::to_string).collect();
    let sent = std::sync::atomic::AtomicUsize::new(0);
    Server::responding(move |_| {
        let page = pages.get(sent.fetch_add(1, std::sync::atomic::Ordering::SeqCst));
        page.map_or_else(
            || Reply::json("500 Internal Server Error", "{}"),
            |page| Reply::json("200 OK", page),
        )
    })
    .await
}

#[tokio::test]
async fn follows_page_tokens_until_one_is_empty() {
    let server = pages(&[
        json!({ "pets": [1, 2], "next": "a/b c" }),
        // A page before the last can be empty.
        json!({ "pets": [], "next": 7 }),
        json!({ "pets": [3], "next": "" }),
    ])
    .await;
    let request = list(&server).query("kind", &"dog").query("token", &"start");
    let (collected, end, requested) = collect(&server, request, &TOKENS).await;
    assert_eq!((collected, end), (vec![1, 2, 3], None));
    assert_eq!(requested, ["kind=dog&token=start", "kind=dog&token=a%2Fb%20c", "kind=dog&token=7"]);
}

#[tokio::test]
async fn stops_without_a_page_token() {
    for next in
        [json!({ "pets": [1] }), json!({ "pets": [1], "next": null }), json!({ "pets": [1], "next": {} })]
    {
        let server = pages(&[next]).await;
        let (collected, end, requested) = collect(&server, list(&server), &TOKENS).await;
        assert_eq!((collected, end, requested.len()), (vec![1], None, 1));
    }
}

#[tokio::test]
async fn uses_the_id_of_the_last_item_as_page_token() {
    static PAGING: Pagination = Pagination::token("/rows/id", PageParam::Query("after")).more("/more");
    let server = pages(&[
        json!({ "pets": [1, 2], "rows": [{ "id": "a" }, { "id": "b" }], "more": true }),
        json!({ "pets": [3], "rows": [{ "id": "c" }], "more": false }),
    ])
    .await;
    let (collected, end, requested) = collect(&server, list(&server), &PAGING).await;
    assert_eq!((collected, end), (vec![1, 2, 3], None));
    assert_eq!(requested, ["", "after=b"]);
}

#[tokio::test]
async fn sends_the_page_token_in_the_body() {
    static PAGING: Pagination = Pagination::token("/meta/next", PageParam::Body("after"));
    let server = pages(&[
        json!({ "pets": [1], "meta": { "next": "x" } }),
        json!({ "pets": [2], "meta": { "next": 9 } }),
        json!({ "pets": [3], "meta": {} }),
    ])
    .await;
    let request = Request::new(&client(&server), &CREATE_PET).json(&json!({ "after": null, "kind": "dog" }));
    let (collected, end, requested) = collect(&server, request, &PAGING).await;
    assert_eq!((collected, end), (vec![1, 2, 3], None));
    assert_eq!(
        requested,
        [r#"{"after":null,"kind":"dog"}"#, r#"{"kind":"dog","after":"x"}"#, r#"{"kind":"dog","after":9}"#]
    );
}

#[tokio::test]
async fn sends_the_number_of_items_as_offset() {
    static PAGING: Pagination = Pagination::offset(PageParam::Query("offset")).items("/pets");
    let server = pages(&[json!({ "pets": [1, 2] }), json!({ "pets": [3] }), json!({ "pets": [] })]).await;
    let (collected, end, requested) = collect(&server, list(&server).query("offset", &5), &PAGING).await;
    assert_eq!((collected, end), (vec![1, 2, 3], None));
    assert_eq!(requested, ["offset=5", "offset=7", "offset=8"]);
}

#[tokio::test]
async fn stops_at_the_total_without_requesting_an_empty_page() {
    static PAGING: Pagination = Pagination::offset(PageParam::Query("offset")).items("/pets").total("/total");
    let server =
        pages(&[json!({ "pets": [1, 2], "total": "3" }), json!({ "pets": [3], "total": "3" })]).await;
    let (collected, end, requested) = collect(&server, list(&server), &PAGING).await;
    assert_eq!((collected, end), (vec![1, 2, 3], None));
    assert_eq!(requested, ["", "offset=2"]);
}

#[tokio::test]
async fn sends_the_page_number() {
    static PAGING: Pagination =
        Pagination::page(PageParam::Query("page"), 1).items("/pets").total_pages("/meta/pages");
    let page = |pet: u64| json!({ "pets": [pet], "meta": { "pages": 3 } });
    let server = pages(&[page(1), page(2), page(3)]).await;
    let (collected, end, requested) = collect(&server, list(&server), &PAGING).await;
    assert_eq!((collected, end), (vec![1, 2, 3], None));
    assert_eq!(requested, ["", "page=2", "page=3"]);
}

#[tokio::test]
async fn flags_override_totals_and_page_tokens() {
    static MORE: Pagination =
        Pagination::offset(PageParam::Query("offset")).items("/pets").more("/more").total("/total");
    let server = pages(&[
        json!({ "pets": [1], "more": true, "total": 1 }),
        json!({ "pets": [2], "more": false, "total": 2 }),
    ])
    .await;
    let (collected, end, _) = collect(&server, list(&server), &MORE).await;
    assert_eq!((collected, end), (vec![1, 2], None));

    // Some APIs repeat the page token on the last page.
    static DONE: Pagination = Pagination::token("/next", PageParam::Query("token")).done("/done");
    let page = |pet: u64, done: bool| json!({ "pets": [pet], "next": "x", "done": done });
    let server = pages(&[page(1, false), page(2, true)]).await;
    let (collected, end, _) = collect(&server, list(&server), &DONE).await;
    assert_eq!((collected, end), (vec![1, 2], None));
}

#[tokio::test]
async fn a_page_token_replaces_the_offset() {
    static PAGING: Pagination = Pagination::offset(PageParam::Query("offset"))
        .items("/pets")
        .or_token("/next", PageParam::Query("marker"));
    let server = pages(&[json!({ "pets": [1], "next": "x" }), json!({ "pets": [2] })]).await;
    let (collected, end, requested) = collect(&server, list(&server), &PAGING).await;
    assert_eq!((collected, end), (vec![1, 2], None));
    assert_eq!(requested, ["", "marker=x"]);
}

#[tokio::test]
async fn follows_link_headers() {
    static PAGING: Pagination = Pagination::link();
    let server = Server::responding(|request| match request.line.as_str() {
        "GET /pets?kind=dog" => {
            Reply::with("200 OK", "link: </v2/pets?page=2>; rel=\"next\"\r\n", r#"{"pets":[1]}"#)
        }
        "GET /v2/pets?page=2" => {
            let host = request.header("host").unwrap_or_default();
            let link = format!("link: <http://{host}/pets?page=3>; rel=next\r\n");
            Reply::with("200 OK", &link, r#"{"pets":[2]}"#)
        }
        _ => Reply::with("200 OK", "link: </pets>; rel=first\r\n", r#"{"pets":[3]}"#),
    })
    .await;
    let (collected, end, _) = collect(&server, list(&server).query("kind", &"dog"), &PAGING).await;
    assert_eq!((collected, end), (vec![1, 2, 3], None));
    let lines: Vec<String> = server.received().iter().map(|request| request.line.clone()).collect();
    assert_eq!(lines, ["GET /pets?kind=dog", "GET /v2/pets?page=2", "GET /pets?page=3"]);
    assert!(server.received().iter().all(|request| request.header("authorization").is_some()));
}

#[tokio::test]
async fn resolves_links_against_the_url_of_the_page() {
    static LINK: Pagination = Pagination::link();
    static URL: Pagination = Pagination::url("/next");
    let server = Server::responding(|request| {
        let (next, pet) = match request.line.as_str() {
            "GET /pets?kind=dog" => ("?kind=dog&page=2", 1),
            "GET /pets?kind=dog&page=2" => ("pets/more", 2),
            // The same relative link has another target on another page.
            "GET /pets/more" => ("pets/more", 3),
            "GET /pets/pets/more" => ("../../cats?page=1", 4),
            _ => ("", 5),
        };
        let body = json!({ "pets": [pet], "next": (!next.is_empty()).then_some(next) }).to_string();
        let link = if next.is_empty() { String::new() } else { format!("link: <{next}>; rel=\"next\"\r\n") };
        Reply::with("200 OK", &link, &body)
    })
    .await;
    for pagination in [&LINK, &URL] {
        let (collected, end, _) = collect(&server, list(&server).query("kind", &"dog"), pagination).await;
        assert_eq!((collected, end), (vec![1, 2, 3, 4, 5], None));
        assert_eq!(server.received().last().unwrap().line, "GET /cats?page=1");
    }
}

/// Reads pages of which only some have an item. Returns the number of items, the kind of error at the end, and the
/// number of requests.
async fn read_sparse_pages(
    pages_with_items: &'static [usize],
    last: usize,
) -> (usize, Option<ErrorKind>, usize) {
    let transport = TestTransport::new(move |request| {
        let page = request.query().strip_prefix("token=").map_or(0, |token| token.parse::<usize>().unwrap());
        let pets = if pages_with_items.contains(&page) { vec![page] } else { vec![] };
        let next = (page < last).then(|| (page + 1).to_string());
        MockResponse::json(200, &json!({ "pets": pets, "next": next }))
    });
    let client = ClientBuilder::new(&API).base_url("https://pets.test").transport(transport.clone());
    let mut items = items(Request::new(&client.build().unwrap(), &LIST_PETS), &TOKENS);
    let mut collected = 0;
    loop {
        match items.next().await {
            Some(Ok(_)) => collected += 1,
            Some(Err(error)) => {
                assert!(error.to_string().ends_with(": 1000 pages in a row have no items"), "{error}");
                assert!(items.next().await.is_none());
                return (collected, Some(error.kind()), transport.requests().len());
            }
            None => return (collected, None, transport.requests().len()),
        }
    }
}

#[tokio::test]
async fn fails_after_1000_empty_pages_in_a_row() {
    assert_eq!(read_sparse_pages(&[], 998).await, (0, None, 999));
    assert_eq!(read_sparse_pages(&[], usize::MAX).await, (0, Some(ErrorKind::Pages), 1000));
    // An item resets the count of empty pages.
    assert_eq!(read_sparse_pages(&[999, 1999], 2500).await, (2, None, 2501));
    assert_eq!(read_sparse_pages(&[500], usize::MAX).await, (1, Some(ErrorKind::Pages), 1501));
}

#[tokio::test]
async fn refuses_pages_on_another_server() {
    static LINK: Pagination = Pagination::link();
    static URL: Pagination = Pagination::url("/next");
    let elsewhere = Server::with(|| Reply::json("200 OK", r#"{"pets":[]}"#)).await;
    let url = format!("{}/pets?secret=5ecr3t", elsewhere.url());
    let (in_header, in_body) = (url.clone(), url.clone());
    let by_link = Server::with(move || {
        Reply::with("200 OK", &format!("link: <{in_header}>; rel=next\r\n"), r#"{"pets":[1]}"#)
    })
    .await;
    let by_body =
        Server::with(move || Reply::json("200 OK", &json!({ "pets": [1], "next": in_body }).to_string()))
            .await;
    for (server, pagination) in [(&by_link, &LINK), (&by_body, &URL), (&by_body, &TOKENS)] {
        let mut items = items(list(server), pagination);
        // The first page is returned.
        assert_eq!(items.next().await.unwrap().unwrap(), 1);
        let error = items.next().await.unwrap().unwrap_err();
        assert!(error.is_pages(), "{error}");
        assert_eq!(error.status(), Some(StatusCode::OK));
        assert!(error.to_string().ends_with("/pets, which is a different server"), "{error}");
        let shown = all_of(&error);
        assert!(!shown.contains("5ecr3t") && !shown.contains(TOKEN), "{shown}");
        assert!(items.next().await.is_none());
    }
    assert_eq!(elsewhere.received().len(), 0);
}

#[tokio::test]
async fn refuses_invalid_links() {
    static PAGING: Pagination = Pagination::link();
    for link in ["ftp://127.0.0.1/pets", "http://user:word@127.0.0.1/pets", "//127.0.0.1:1/pets", "http://"] {
        let server = Server::with(move || {
            Reply::with("200 OK", &format!("link: <{link}>; rel=next\r\n"), r#"{"pets":[1]}"#)
        })
        .await;
        let (collected, end, requested) = collect(&server, list(&server), &PAGING).await;
        assert_eq!((collected, end, requested.len()), (vec![1], Some(ErrorKind::Pages), 1), "{link}");
    }
}

#[tokio::test]
async fn detects_cycles() {
    let server = Server::with(|| Reply::json("200 OK", r#"{"pets":[1],"next":"x"}"#)).await;
    let (collected, end, requested) = collect(&server, list(&server), &TOKENS).await;
    assert_eq!((collected, end), (vec![1, 1], Some(ErrorKind::Pages)));
    assert_eq!(requested, ["", "token=x"]);

    // A longer cycle, and an offset that does not increase because pages are empty.
    let server = Server::responding(|request| {
        let next = match query_or_body(request).as_str() {
            "token=a" => "b",
            "token=b" => "c",
            _ => "a",
        };
        Reply::json("200 OK", &json!({ "pets": [], "next": next }).to_string())
    })
    .await;
    let (_, end, requested) = collect(&server, list(&server), &TOKENS).await;
    assert_eq!(end, Some(ErrorKind::Pages));
    assert!(requested.len() < 12, "{requested:?}");

    static MORE: Pagination = Pagination::offset(PageParam::Query("offset")).items("/pets").more("/more");
    let server = Server::with(|| Reply::json("200 OK", r#"{"pets":[],"more":true}"#)).await;
    let (_, end, requested) = collect(&server, list(&server), &MORE).await;
    assert_eq!((end, requested.len()), (Some(ErrorKind::Pages), 2));
}

#[tokio::test]
async fn requests_pages_only_as_needed() {
    let server = Server::responding(|request| {
        let token: u64 =
            query_or_body(request).strip_prefix("token=").map_or(0, |token| token.parse().unwrap());
        Reply::json("200 OK", &json!({ "pets": [token], "next": (token + 1).to_string() }).to_string())
    })
    .await;
    let mut items = items(list(&server), &TOKENS);
    for expected in 0..40 {
        assert_eq!(items.next().await.unwrap().unwrap(), expected);
    }
    assert_eq!(server.received().len(), 40);
}

#[tokio::test]
async fn an_error_ends_the_stream() {
    let server = pages(&[json!({ "pets": [1], "next": "a" }), json!({ "pets": 5, "next": "b" })]).await;
    let (collected, end, requested) = collect(&server, list(&server), &TOKENS).await;
    assert_eq!((collected, end, requested.len()), (vec![1], Some(ErrorKind::Decode), 2));

    let server = pages(&[json!({ "pets": [1], "next": "a" })]).await;
    let (collected, end, requested) = collect(&server, list(&server), &TOKENS).await;
    assert_eq!((collected, end, requested.len()), (vec![1], Some(ErrorKind::Status), 2));
}

#[tokio::test]
async fn pages_are_whole_response_bodies() {
    let server =
        pages(&[json!({ "pets": [1], "next": "a", "total": 2 }), json!({ "pets": [2], "total": 2 })]).await;
    let mut pages: Pages<Value> = Pages::new(list(&server), &TOKENS, Response::json);
    // Each page is requested only when it is needed.
    assert_eq!(server.received().len(), 0);
    let page = pages.next().await.unwrap().unwrap();
    assert_eq!(page, json!({ "pets": [1], "next": "a", "total": 2 }));
    assert_eq!(server.received().len(), 1);
    // No page is lost if the future is dropped.
    assert!(Pin::new(&mut pages).poll_next(&mut Context::from_waker(Waker::noop())).is_pending());
    let page = pages.next().await.unwrap().unwrap();
    assert_eq!(page["pets"], json!([2]));
    assert!(matches!(
        Pin::new(&mut pages).poll_next(&mut Context::from_waker(Waker::noop())),
        Poll::Ready(None)
    ));
    assert_eq!(server.received().len(), 2);
}

#[tokio::test]
async fn fails_on_the_second_page_if_the_body_is_a_stream() {
    struct Once(Option<Bytes>);
    impl runtime::BodyStream for Once {
        fn poll_next(
            mut self: Pin<&mut Self>,
            _: &mut Context<'_>,
        ) -> Poll<Option<Result<Bytes, runtime::TransportError>>> {
            Poll::Ready(self.0.take().map(Ok))
        }
    }
    let server = pages(&[json!({ "pets": [1], "next": "a" }), json!({ "pets": [2] })]).await;
    let body = runtime::Body::from_sized_stream(Once(Some("x".into())), 1);
    let request = Request::new(&client(&server), &CREATE_PET).bytes("text/plain", body);
    let (collected, end, requested) = collect(&server, request, &TOKENS).await;
    assert_eq!((collected, end, requested.len()), (vec![1], Some(ErrorKind::InvalidRequest), 1));
}
