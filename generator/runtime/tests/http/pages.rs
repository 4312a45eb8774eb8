//! Listings: how a page leads to the next, where they end, and what a server cannot do with them.

use std::pin::Pin;
use std::task::{Context, Poll, Waker};

use futures_core::Stream;
use http::StatusCode;
use runtime::testing::{Reply as TestReply, TestTransport};
use runtime::{Ask, Bytes, ClientBuilder, ErrorKind, Items, Pages, Paging, Request, Response};
use serde::de::{Deserialize, Deserializer, Error as _};
use serde_json::{Value, json};

use crate::server::{Received, Reply, Server};
use crate::{API, CREATE_PET, LIST_PETS, TOKEN, all_of, client};

static TOKENS: Paging = Paging::token("/next", Ask::Query("token"));

struct Page {
    pets: Vec<u64>,
}

impl<'de> Deserialize<'de> for Page {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        let page = Value::deserialize(input)?;
        let pets = page["pets"].as_array().ok_or_else(|| D::Error::custom("there are no pets"))?;
        Ok(Self { pets: pets.iter().filter_map(Value::as_u64).collect() })
    }
}

fn list(server: &Server) -> Request {
    Request::new(&client(server), &LIST_PETS)
}

fn items(request: Request, paging: &'static Paging) -> Items<u64> {
    Pages::new(request, paging, Response::json).items(|page: Page| page.pets)
}

/// Takes items to the end: those that come, how the listing ends, and what was asked for.
async fn all(
    server: &Server,
    request: Request,
    paging: &'static Paging,
) -> (Vec<u64>, Option<ErrorKind>, Vec<String>) {
    let mut items = items(request, paging);
    let mut taken = Vec::new();
    let end = loop {
        match items.next().await {
            Some(Ok(item)) => taken.push(item),
            Some(Err(error)) => break Some(error.kind()),
            None => break None,
        }
    };
    assert!(items.next().await.is_none(), "a listing ends once");
    let asked = server.received().iter().map(asked_for).collect();
    (taken, end, asked)
}

/// The query of a request, or its body.
fn asked_for(request: &Received) -> String {
    match request.line.split_once('?') {
        Some((_, query)) => query.to_owned(),
        None => request.body.clone(),
    }
}

/// A server with these answers, one for each request.
async fn pages(pages: &[Value]) -> Server {
    let pages: Vec<String> = pages.iter().map(Value::to_string).collect();
    let sent = std::sync::atomic::AtomicUsize::new(0);
    Server::answering(move |_| {
        let page = pages.get(sent.fetch_add(1, std::sync::atomic::Ordering::SeqCst));
        page.map_or_else(
            || Reply::json("500 Internal Server Error", "{}"),
            |page| Reply::json("200 OK", page),
        )
    })
    .await
}

#[tokio::test]
async fn a_token_leads_on_until_there_is_none() {
    let server = pages(&[
        json!({ "pets": [1, 2], "next": "a/b c" }),
        // A page may be empty before the last.
        json!({ "pets": [], "next": 7 }),
        json!({ "pets": [3], "next": "" }),
    ])
    .await;
    let request = list(&server).query("kind", &"dog").query("token", &"start");
    let (taken, end, asked) = all(&server, request, &TOKENS).await;
    assert_eq!((taken, end), (vec![1, 2, 3], None));
    assert_eq!(asked, ["kind=dog&token=start", "kind=dog&token=a%2Fb%20c", "kind=dog&token=7"]);
}

#[tokio::test]
async fn no_token_is_the_end() {
    for next in
        [json!({ "pets": [1] }), json!({ "pets": [1], "next": null }), json!({ "pets": [1], "next": {} })]
    {
        let server = pages(&[next]).await;
        let (taken, end, asked) = all(&server, list(&server), &TOKENS).await;
        assert_eq!((taken, end, asked.len()), (vec![1], None, 1));
    }
}

#[tokio::test]
async fn the_last_item_leads_on() {
    static PAGING: Paging = Paging::token("/rows/id", Ask::Query("after")).more("/more");
    let server = pages(&[
        json!({ "pets": [1, 2], "rows": [{ "id": "a" }, { "id": "b" }], "more": true }),
        json!({ "pets": [3], "rows": [{ "id": "c" }], "more": false }),
    ])
    .await;
    let (taken, end, asked) = all(&server, list(&server), &PAGING).await;
    assert_eq!((taken, end), (vec![1, 2, 3], None));
    assert_eq!(asked, ["", "after=b"]);
}

#[tokio::test]
async fn a_body_asks_for_the_next_page() {
    static PAGING: Paging = Paging::token("/meta/next", Ask::Body("after"));
    let server = pages(&[
        json!({ "pets": [1], "meta": { "next": "x" } }),
        json!({ "pets": [2], "meta": { "next": 9 } }),
        json!({ "pets": [3], "meta": {} }),
    ])
    .await;
    let request = Request::new(&client(&server), &CREATE_PET).json(&json!({ "after": null, "kind": "dog" }));
    let (taken, end, asked) = all(&server, request, &PAGING).await;
    assert_eq!((taken, end), (vec![1, 2, 3], None));
    assert_eq!(
        asked,
        [r#"{"after":null,"kind":"dog"}"#, r#"{"kind":"dog","after":"x"}"#, r#"{"kind":"dog","after":9}"#]
    );
}

#[tokio::test]
async fn items_are_counted() {
    static PAGING: Paging = Paging::offset(Ask::Query("offset")).items("/pets");
    let server = pages(&[json!({ "pets": [1, 2] }), json!({ "pets": [3] }), json!({ "pets": [] })]).await;
    let (taken, end, asked) = all(&server, list(&server).query("offset", &5), &PAGING).await;
    assert_eq!((taken, end), (vec![1, 2, 3], None));
    assert_eq!(asked, ["offset=5", "offset=7", "offset=8"]);
}

#[tokio::test]
async fn a_total_saves_the_empty_page() {
    static PAGING: Paging = Paging::offset(Ask::Query("offset")).items("/pets").total("/total");
    let server =
        pages(&[json!({ "pets": [1, 2], "total": "3" }), json!({ "pets": [3], "total": "3" })]).await;
    let (taken, end, asked) = all(&server, list(&server), &PAGING).await;
    assert_eq!((taken, end), (vec![1, 2, 3], None));
    assert_eq!(asked, ["", "offset=2"]);
}

#[tokio::test]
async fn pages_are_counted() {
    static PAGING: Paging = Paging::page(Ask::Query("page"), 1).items("/pets").total("/meta/pages");
    let page = |pet: u64| json!({ "pets": [pet], "meta": { "pages": 3 } });
    let server = pages(&[page(1), page(2), page(3)]).await;
    let (taken, end, asked) = all(&server, list(&server), &PAGING).await;
    assert_eq!((taken, end), (vec![1, 2, 3], None));
    assert_eq!(asked, ["", "page=2", "page=3"]);
}

#[tokio::test]
async fn a_flag_is_believed() {
    static MORE: Paging = Paging::offset(Ask::Query("offset")).items("/pets").more("/more").total("/total");
    let server = pages(&[
        json!({ "pets": [1], "more": true, "total": 1 }),
        json!({ "pets": [2], "more": false, "total": 9 }),
    ])
    .await;
    assert_eq!(all(&server, list(&server), &MORE).await.0, [1, 2]);

    // Some APIs repeat the token on the last page.
    static DONE: Paging = Paging::token("/next", Ask::Query("token")).done("/done");
    let page = |pet: u64, done: bool| json!({ "pets": [pet], "next": "x", "done": done });
    let server = pages(&[page(1, false), page(2, true)]).await;
    let (taken, end, _) = all(&server, list(&server), &DONE).await;
    assert_eq!((taken, end), (vec![1, 2], None));
}

#[tokio::test]
async fn tokens_take_the_place_of_counting() {
    static PAGING: Paging =
        Paging::offset(Ask::Query("offset")).items("/pets").or_token("/next", Ask::Query("marker"));
    let server = pages(&[json!({ "pets": [1], "next": "x" }), json!({ "pets": [2] })]).await;
    let (taken, end, asked) = all(&server, list(&server), &PAGING).await;
    assert_eq!((taken, end), (vec![1, 2], None));
    assert_eq!(asked, ["", "marker=x"]);
}

#[tokio::test]
async fn a_link_is_followed() {
    static PAGING: Paging = Paging::link();
    let server = Server::answering(|request| match request.line.as_str() {
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
    let (taken, end, _) = all(&server, list(&server).query("kind", &"dog"), &PAGING).await;
    assert_eq!((taken, end), (vec![1, 2, 3], None));
    let lines: Vec<String> = server.received().iter().map(|request| request.line.clone()).collect();
    assert_eq!(lines, ["GET /pets?kind=dog", "GET /v2/pets?page=2", "GET /pets?page=3"]);
    assert!(server.received().iter().all(|request| request.header("authorization").is_some()));
}

#[tokio::test]
async fn a_link_may_be_relative_to_its_page() {
    static LINK: Paging = Paging::link();
    static URL: Paging = Paging::url("/next");
    let server = Server::answering(|request| {
        let (next, pet) = match request.line.as_str() {
            "GET /pets?kind=dog" => ("?kind=dog&page=2", 1),
            "GET /pets?kind=dog&page=2" => ("pets/more", 2),
            // The same words lead elsewhere from elsewhere.
            "GET /pets/more" => ("pets/more", 3),
            "GET /pets/pets/more" => ("../../cats?page=1", 4),
            _ => ("", 5),
        };
        let body = json!({ "pets": [pet], "next": (!next.is_empty()).then_some(next) }).to_string();
        let link = if next.is_empty() { String::new() } else { format!("link: <{next}>; rel=\"next\"\r\n") };
        Reply::with("200 OK", &link, &body)
    })
    .await;
    for paging in [&LINK, &URL] {
        let (taken, end, _) = all(&server, list(&server).query("kind", &"dog"), paging).await;
        assert_eq!((taken, end), (vec![1, 2, 3, 4, 5], None));
        assert_eq!(server.received().last().unwrap().line, "GET /cats?page=1");
    }
}

/// How a listing ends whose pages have no items but for some, and how many requests it takes.
async fn without_items(some: &'static [usize], last: usize) -> (usize, Option<ErrorKind>, usize) {
    let transport = TestTransport::new(move |request| {
        let page = request.query().strip_prefix("token=").map_or(0, |token| token.parse::<usize>().unwrap());
        let pets = if some.contains(&page) { vec![page] } else { vec![] };
        let next = (page < last).then(|| (page + 1).to_string());
        TestReply::json(200, &json!({ "pets": pets, "next": next }))
    });
    let client = ClientBuilder::new(&API).base_url("https://pets.test").transport(transport.clone());
    let mut items = items(Request::new(&client.build().unwrap(), &LIST_PETS), &TOKENS);
    let mut taken = 0;
    loop {
        match items.next().await {
            Some(Ok(_)) => taken += 1,
            Some(Err(error)) => {
                assert!(error.to_string().ends_with(": 1000 pages in a row have no items"), "{error}");
                assert!(items.next().await.is_none());
                return (taken, Some(error.kind()), transport.requests().len());
            }
            None => return (taken, None, transport.requests().len()),
        }
    }
}

#[tokio::test]
async fn pages_without_items_come_to_an_end() {
    assert_eq!(without_items(&[], 998).await, (0, None, 999));
    assert_eq!(without_items(&[], usize::MAX).await, (0, Some(ErrorKind::Pages), 1000));
    // An item begins another row.
    assert_eq!(without_items(&[999, 1999], 2500).await, (2, None, 2501));
    assert_eq!(without_items(&[500], usize::MAX).await, (1, Some(ErrorKind::Pages), 1501));
}

#[tokio::test]
async fn no_page_is_fetched_from_another_server() {
    static LINK: Paging = Paging::link();
    static URL: Paging = Paging::url("/next");
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
    for (server, paging) in [(&by_link, &LINK), (&by_body, &URL), (&by_body, &TOKENS)] {
        let mut items = items(list(server), paging);
        // The page itself is good.
        assert_eq!(items.next().await.unwrap().unwrap(), 1);
        let error = items.next().await.unwrap().unwrap_err();
        assert!(error.is_pages(), "{error}");
        assert_eq!(error.status(), Some(StatusCode::OK));
        assert!(error.to_string().ends_with("/pets, which is another server"), "{error}");
        let shown = all_of(&error);
        assert!(!shown.contains("5ecr3t") && !shown.contains(TOKEN), "{shown}");
        assert!(items.next().await.is_none());
    }
    assert_eq!(elsewhere.received().len(), 0);
}

#[tokio::test]
async fn links_that_lead_nowhere() {
    static PAGING: Paging = Paging::link();
    for link in ["ftp://127.0.0.1/pets", "http://user:word@127.0.0.1/pets", "//127.0.0.1:1/pets", "http://"] {
        let server = Server::with(move || {
            Reply::with("200 OK", &format!("link: <{link}>; rel=next\r\n"), r#"{"pets":[1]}"#)
        })
        .await;
        let (taken, end, asked) = all(&server, list(&server), &PAGING).await;
        assert_eq!((taken, end, asked.len()), (vec![1], Some(ErrorKind::Pages), 1), "{link}");
    }
}

#[tokio::test]
async fn a_server_that_leads_in_circles_is_found_out() {
    let server = Server::with(|| Reply::json("200 OK", r#"{"pets":[1],"next":"x"}"#)).await;
    let (taken, end, asked) = all(&server, list(&server), &TOKENS).await;
    assert_eq!((taken, end), (vec![1, 1], Some(ErrorKind::Pages)));
    assert_eq!(asked, ["", "token=x"]);

    // A longer circle, and one of counting where nothing comes.
    let server = Server::answering(|request| {
        let next = match asked_for(request).as_str() {
            "token=a" => "b",
            "token=b" => "c",
            _ => "a",
        };
        Reply::json("200 OK", &json!({ "pets": [], "next": next }).to_string())
    })
    .await;
    let (_, end, asked) = all(&server, list(&server), &TOKENS).await;
    assert_eq!(end, Some(ErrorKind::Pages));
    assert!(asked.len() < 12, "{asked:?}");

    static MORE: Paging = Paging::offset(Ask::Query("offset")).items("/pets").more("/more");
    let server = Server::with(|| Reply::json("200 OK", r#"{"pets":[],"more":true}"#)).await;
    let (_, end, asked) = all(&server, list(&server), &MORE).await;
    assert_eq!((end, asked.len()), (Some(ErrorKind::Pages), 2));
}

#[tokio::test]
async fn a_chain_without_an_end_is_asked_for_as_far_as_it_is_taken() {
    let server = Server::answering(|request| {
        let token: u64 = asked_for(request).strip_prefix("token=").map_or(0, |token| token.parse().unwrap());
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
async fn an_error_ends_a_listing() {
    let server = pages(&[json!({ "pets": [1], "next": "a" }), json!({ "pets": 5, "next": "b" })]).await;
    let (taken, end, asked) = all(&server, list(&server), &TOKENS).await;
    assert_eq!((taken, end, asked.len()), (vec![1], Some(ErrorKind::Decode), 2));

    let server = pages(&[json!({ "pets": [1], "next": "a" })]).await;
    let (taken, end, asked) = all(&server, list(&server), &TOKENS).await;
    assert_eq!((taken, end, asked.len()), (vec![1], Some(ErrorKind::Status), 2));
}

#[tokio::test]
async fn a_page_is_the_whole_answer() {
    let server =
        pages(&[json!({ "pets": [1], "next": "a", "total": 2 }), json!({ "pets": [2], "total": 2 })]).await;
    let mut pages: Pages<Value> = Pages::new(list(&server), &TOKENS, Response::json);
    // Nothing is sent before it is asked for, nor ahead.
    assert_eq!(server.received().len(), 0);
    let page = pages.next().await.unwrap().unwrap();
    assert_eq!(page, json!({ "pets": [1], "next": "a", "total": 2 }));
    assert_eq!(server.received().len(), 1);
    // A future that is dropped loses nothing.
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
async fn a_body_that_is_a_stream_is_sent_once() {
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
    let (taken, end, asked) = all(&server, request, &TOKENS).await;
    assert_eq!((taken, end, asked.len()), (vec![1], Some(ErrorKind::InvalidRequest), 1));
}
