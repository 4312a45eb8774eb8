//! The end of listings: where it is recognized, and listings that would miss items or repeat them.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use runtime::{
    Body, BoxFuture, ClientBuilder, PageParam, Pages, Pagination, Request, Response, Transport,
    TransportError,
};
use serde_json::{Value, json};

use crate::server::{Received, Reply, Server, Then};
use crate::{API, LIST_PETS, TOKEN as AUTHORIZED, client};

const PAGE: PageParam = PageParam::Query("page");
const OFFSET: PageParam = PageParam::Query("offset");
const TOKEN: PageParam = PageParam::Query("token");

static BY_PAGE: Pagination = Pagination::page(PAGE, 1).items("/pets");
static BY_OFFSET: Pagination = Pagination::offset(OFFSET).items("/pets");
static BY_TOKEN: Pagination = Pagination::token("/next", TOKEN).items("/pets").total("/total");

/// The error for a page whose items can be the ones of the page before it.
const CHANGED: &str = "the page begins with ids of the page before it and other values, so it is unknown if these are the same items";

/// The outcome of a listing: its items, the end of the error, and the number of requests.
type Listed = (Vec<Value>, Option<String>, usize);

/// Reads a listing of at most 1000 items.
async fn listed(request: Request, rule: &'static Pagination, server: &Server) -> Listed {
    let pages: Pages<Value> = Pages::new(request, rule, Response::json);
    let mut items = pages.items(|page| page["pets"].as_array().cloned().unwrap_or_default());
    let mut pets = Vec::new();
    let error = loop {
        match items.next().await {
            Some(Ok(pet)) => pets.push(pet),
            Some(Err(error)) if error.is_pages() => {
                break error.to_string().rsplit(": ").next().map(str::to_owned);
            }
            Some(Err(error)) => break Some(format!("{:?}", error.kind())),
            None => break None,
        }
        assert!(pets.len() <= 1000, "the listing does not end");
    };
    assert!(items.next().await.is_none(), "the stream ends after an error");
    (pets, error, server.received().len())
}

/// Lists the pages of a server: the reply for a page number, offset or token.
async fn list(
    rule: &'static Pagination,
    reply: impl Fn(&str) -> Option<Value> + Send + Sync + 'static,
) -> Listed {
    list_with(rule, |request| request, reply).await
}

/// Lists the pages of a server that sends responses of any kind.
async fn list_replies(
    rule: &'static Pagination,
    reply: impl Fn(&str) -> Reply + Send + Sync + 'static,
) -> Listed {
    let server = Server::responding(move |received| reply(&position(received))).await;
    listed(Request::new(&client(&server), &LIST_PETS), rule, &server).await
}

async fn list_with(
    rule: &'static Pagination,
    settings: impl FnOnce(Request) -> Request,
    reply: impl Fn(&str) -> Option<Value> + Send + Sync + 'static,
) -> Listed {
    let server = Server::responding(move |received| match reply(&position(received)) {
        Some(page) => Reply::json("200 OK", &page.to_string()),
        None => Reply::json("404 Not Found", r#"{"detail":"Invalid page."}"#),
    })
    .await;
    listed(settings(Request::new(&client(&server), &LIST_PETS)), rule, &server).await
}

/// Returns the value of the parameter that selects a page.
fn position(request: &Received) -> String {
    let query = request.line.split_once('?').map_or("", |(_, query)| query);
    let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    let found = pairs.find(|(name, _)| ["page", "offset", "token"].contains(name));
    found.map_or("", |(_, value)| value).to_owned()
}

fn numbers(numbers: &[u64]) -> Vec<Value> {
    numbers.iter().map(|number| json!(number)).collect()
}

#[tokio::test]
async fn a_server_that_ignores_the_page_parameter_is_read_once() {
    for rule in [&BY_PAGE, &BY_OFFSET] {
        // The order of properties and parts outside of the items have no effect.
        let count = AtomicU64::new(0);
        let page = move |_: &str| {
            let time = count.fetch_add(1, Ordering::SeqCst);
            Some(json!({ "pets": [1, 2], "time": time }))
        };
        assert_eq!(list(rule, page).await, (numbers(&[1, 2]), None, 2));
    }
}

#[tokio::test]
async fn a_missing_page_ends_a_listing_unless_it_was_announced() {
    let pages = |page: &str| match page {
        "" => Some(json!({ "pets": [1, 2] })),
        "2" => Some(json!({ "pets": [3, 4] })),
        _ => None,
    };
    assert_eq!(list(&BY_PAGE, pages).await, (numbers(&[1, 2, 3, 4]), None, 3));

    static TOTAL: Pagination = Pagination::page(PAGE, 1).items("/pets").total("/total");
    let short = move |page: &str| pages(page).map(|page| json!({ "pets": page["pets"], "total": 5 }));
    let error = "the listing ends after 4 items, but its total is 5";
    assert_eq!(list(&TOTAL, short).await, (numbers(&[1, 2, 3, 4]), Some(error.to_owned()), 3));

    static MORE: Pagination = Pagination::page(PAGE, 1).items("/pets").more("/more");
    let more = move |page: &str| pages(page).map(|page| json!({ "pets": page["pets"], "more": true }));
    assert_eq!(list(&MORE, more).await, (numbers(&[1, 2, 3, 4]), Some("Status".to_owned()), 3));

    // The first page is not a page behind the last.
    assert_eq!(list(&BY_PAGE, |_| None).await, (vec![], Some("Status".to_owned()), 1));
}

#[tokio::test]
async fn totals_end_a_listing_without_a_further_request() {
    static ITEMS: Pagination = Pagination::page(PAGE, 1).items("/pets").total("/total");
    static PAGES: Pagination = Pagination::page(PAGE, 0).items("/pets").total_pages("/pages");
    let pages = |first: u64, text: &str| {
        let page = text.parse().unwrap_or(first) - first;
        Some(json!({ "pets": [2 * page, 2 * page + 1], "total": 4, "pages": 2 }))
    };
    assert_eq!(list(&ITEMS, move |page| pages(1, page)).await, (numbers(&[0, 1, 2, 3]), None, 2));
    assert_eq!(list(&PAGES, move |page| pages(0, page)).await, (numbers(&[0, 1, 2, 3]), None, 2));

    // The pages before the first one count as well.
    let second = |request: Request| request.query("page", &2);
    static SIZE: Pagination = Pagination::page(PAGE, 1).items("/pets").total("/total").stated_size("/size");
    let sized = move |page: &str| {
        pages(1, page).map(|page| json!({ "pets": page["pets"], "total": page["total"], "size": 2 }))
    };
    assert_eq!(list_with(&SIZE, second, sized).await, (numbers(&[2, 3]), None, 1));
}

#[tokio::test]
async fn wrong_totals_neither_end_a_listing_early_nor_late() {
    static ITEMS: Pagination = Pagination::offset(OFFSET).items("/pets").total("/total");
    static PAGES: Pagination = Pagination::page(PAGE, 1).items("/pets").total_pages("/pages");
    let pages = |position: &str, total: Value| {
        let pets = match position {
            "" => vec![1, 2],
            "2" => vec![3],
            _ => vec![],
        };
        Some(json!({ "pets": pets, "total": total, "pages": total }))
    };
    // A total below the number of items is the total of something else.
    for rule in [&ITEMS, &PAGES] {
        assert_eq!(list(rule, move |at| pages(at, json!(0))).await, (numbers(&[1, 2, 3]), None, 3));
        assert_eq!(list(rule, move |at| pages(at, json!("x"))).await, (numbers(&[1, 2, 3]), None, 3));
    }
    let error = "the listing ends after 3 items, but its total is 13";
    assert_eq!(
        list(&ITEMS, move |at| pages(at, json!(13))).await,
        (numbers(&[1, 2, 3]), Some(error.to_owned()), 3)
    );
}

#[tokio::test]
async fn the_first_page_is_not_the_last_by_its_size() {
    static RULE: Pagination = Pagination::page(PAGE, 1)
        .items("/pets")
        .size(PageParam::Query("limit"))
        .default_size(3)
        .max_size(50)
        .stated_size("/size");
    // The server has a maximum of its own. It can repeat the size of the request.
    for limit in [None, Some(2), Some(4), Some(1000)] {
        for size in [None, limit] {
            let pages = move |page: &str| match page {
                "" => Some(json!({ "pets": [1, 2], "size": size })),
                "2" => Some(json!({ "pets": [3, 4], "size": size })),
                "3" => Some(json!({ "pets": [5], "size": size })),
                _ => None,
            };
            let settings = |request: Request| match limit {
                Some(limit) => request.query("limit", &limit),
                None => request,
            };
            let (pets, error, requests) = list_with(&RULE, settings, pages).await;
            assert_eq!((pets, error), (numbers(&[1, 2, 3, 4, 5]), None), "{limit:?} {size:?}");
            // A page with fewer items than a full page is the last.
            assert_eq!(requests, if limit == Some(2) { 3 } else { 4 }, "{limit:?} {size:?}");
        }
    }
}

#[tokio::test]
async fn a_refused_page_ends_a_listing_only_if_it_was_a_guess() {
    static MORE: Pagination = Pagination::page(PAGE, 1).items("/pets").more("/more");
    let pages = |status: &'static str| {
        move |page: &str| match page {
            "" => Reply::json("200 OK", r#"{"pets":[1,2],"more":true}"#),
            _ if status.starts_with("204") => Reply::with(status, "", ""),
            _ => Reply::json(status, r#"{"detail":"Invalid page."}"#),
        }
    };
    for status in [
        "204 No Content",
        "400 Bad Request",
        "404 Not Found",
        "410 Gone",
        "416 Range Not Satisfiable",
        "422 Unprocessable Content",
    ] {
        for rule in [&BY_PAGE, &BY_OFFSET] {
            assert_eq!(list_replies(rule, pages(status)).await, (numbers(&[1, 2]), None, 2), "{status}");
        }
        // Null has no pets, so the program that decodes this page gets none.
        let error = (!status.starts_with("204")).then(|| "Status".to_owned());
        assert_eq!(list_replies(&MORE, pages(status)).await, (numbers(&[1, 2]), error, 2), "{status}");
    }
    for status in ["401 Unauthorized", "403 Forbidden", "409 Conflict", "501 Not Implemented"] {
        let expected = (numbers(&[1, 2]), Some("Status".to_owned()), 2);
        assert_eq!(list_replies(&BY_PAGE, pages(status)).await, expected, "{status}");
    }
}

/// A server whose first page has this number. It has the pets 0 to 4.
fn numbered(first: u64) -> impl Fn(&str) -> Option<Value> + Send + Sync + Copy + 'static {
    move |page: &str| {
        let page: u64 = page.parse().unwrap_or(first);
        let start = 2 * page.checked_sub(first)?;
        let pets: Vec<u64> = (start..5.min(start + 2)).collect();
        let has_more = start + 2 < 5;
        let next = has_more.then(|| format!("https://pets.test/pets?limit=2&page={}", page + 1));
        Some(json!({ "pets": pets, "total": 5, "pages": 3, "more": has_more, "page": page, "next": next }))
    }
}

#[tokio::test]
async fn no_page_is_missed_if_the_number_of_the_first_page_is_unknown() {
    const UNKNOWN: Pagination = Pagination::page_from_0_or_1(PAGE).items("/pets");
    static RULES: [(&Pagination, [usize; 2]); 6] = [
        // The numbers of requests if pages are counted from 0 and from 1.
        (&UNKNOWN, [4, 5]),
        (&UNKNOWN.total("/total"), [3, 4]),
        (&UNKNOWN.total_pages("/pages"), [3, 4]),
        (&UNKNOWN.more("/more"), [3, 4]),
        (&UNKNOWN.more("/more").stated_page("/page"), [3, 3]),
        (&UNKNOWN.more("/next"), [3, 3]),
    ];
    for (rule, requests) in RULES {
        for first in [0, 1] {
            let expected = (numbers(&[0, 1, 2, 3, 4]), None, requests[usize::try_from(first).unwrap()]);
            assert_eq!(list(rule, numbered(first)).await, expected, "{rule:?} from {first}");
            // The caller has selected the first page.
            let from_first = |request: Request| request.query("page", &first);
            let (pets, error, _) = list_with(rule, from_first, numbered(first)).await;
            assert_eq!((pets, error), (numbers(&[0, 1, 2, 3, 4]), None), "{rule:?} from {first}");
        }
    }
    // A known number.
    static KNOWN: [Pagination; 2] =
        [Pagination::page(PAGE, 0).items("/pets"), Pagination::page(PAGE, 1).items("/pets")];
    for (first, rule) in (0..).zip(&KNOWN) {
        assert_eq!(list(rule, numbered(first)).await.2, 4);
    }
    // The pages have no items, so only their number says that the last page exists.
    static PAGES: Pagination = UNKNOWN.total_pages("/pages");
    for first in [0, 1] {
        let sparse = move |page: &str| {
            let page = page.parse().unwrap_or(first);
            let pets = if page == first + 2 { vec![7] } else { vec![] };
            (page < first + 3).then(|| json!({ "pets": pets, "pages": 3 }))
        };
        assert_eq!(list(&PAGES, sparse).await.0, numbers(&[7]), "from {first}");
    }
    // The only page.
    let one = |page: &str| (page != "1").then(|| json!({ "pets": [1, 2] }));
    assert_eq!(list(&UNKNOWN, one).await, (numbers(&[1, 2]), None, 2));
    // A server that ignores the parameter.
    let same = |_: &str| Some(json!({ "pets": [1, 2] }));
    assert_eq!(list(&UNKNOWN, same).await, (numbers(&[1, 2]), None, 3));
    // An announced page that fails.
    static MORE: Pagination = UNKNOWN.more("/more");
    let failing = |page: &str| page.is_empty().then(|| json!({ "pets": [1, 2], "more": true }));
    assert_eq!(list(&MORE, failing).await, (numbers(&[1, 2]), Some("Status".to_owned()), 2));
}

#[tokio::test]
async fn a_first_page_that_changes_while_its_number_is_unknown_is_an_error() {
    static UNKNOWN: Pagination = Pagination::page_from_0_or_1(PAGE).items("/pets");
    let pets =
        |ids: &[u64]| Some(json!({ "pets": ids.iter().map(|id| json!({ "id": id })).collect::<Vec<_>>() }));
    // Page 1 is the first page, to which an item was added.
    let grown = move |page: &str| match page {
        "" => pets(&[1, 2, 3]),
        _ => pets(&[0, 1, 2]),
    };
    let first_page_changed =
        "the first page and page 1 have some items in common, so the second page is unknown";
    assert_eq!(list(&UNKNOWN, grown).await.1.as_deref(), Some(first_page_changed));
    // Page 1 is the second page, to which items of the first have moved.
    let moved = move |page: &str| match page {
        "" => pets(&[1, 2, 3]),
        "1" => pets(&[3, 4, 5]),
        _ => None,
    };
    static TOTAL: Pagination = UNKNOWN.total("/total");
    let (found, error, _) = list(&UNKNOWN, moved).await;
    let ids: Vec<u64> = found.iter().filter_map(|pet| pet["id"].as_u64()).collect();
    assert_eq!((ids, error), (vec![1, 2, 3, 4, 5], None));
    // No items were added, so page 1 is the first page, from which an item was deleted.
    let deleted = move |page: &str| match page {
        "" => Some(json!({ "pets": [{ "id": 1 }, { "id": 2 }], "total": 4 })),
        _ => Some(json!({ "pets": [{ "id": 2 }, { "id": 3 }], "total": 3 })),
    };
    let (pets, end, _) = list(&TOTAL, deleted).await;
    assert_eq!((pets.len(), end.as_deref()), (2, Some(first_page_changed)));
}

#[tokio::test]
async fn reads_a_cursor_on_the_server() {
    // Each request with the same token gets the next page.
    let cursor = |pages: Vec<Value>| {
        let count = AtomicU64::new(0);
        move |_: &str| pages.get(usize::try_from(count.fetch_add(1, Ordering::SeqCst)).unwrap()).cloned()
    };
    let page = |pets: &[u64]| json!({ "pets": pets, "next": "x" });
    let last = json!({ "pets": [9], "next": null });
    let pages = cursor(vec![page(&[1, 2]), page(&[3]), page(&[4]), last]);
    assert_eq!(list(&BY_TOKEN, pages).await, (numbers(&[1, 2, 3, 4, 9]), None, 4));
    // The cursor has no more items.
    let pages = cursor(vec![page(&[1, 2]), page(&[3, 4]), page(&[])]);
    assert_eq!(list(&BY_TOKEN, pages).await, (numbers(&[1, 2, 3, 4]), None, 3));
    let pages = cursor(vec![
        json!({ "pets": [1], "next": "x", "total": 2 }),
        json!({ "pets": [], "next": "x", "total": 2 }),
    ]);
    let error = "the listing ends after 1 items, but its total is 2";
    assert_eq!(list(&BY_TOKEN, pages).await, (numbers(&[1]), Some(error.to_owned()), 2));
    // A server that ignores the token.
    let error = "the page has the same items as an earlier page";
    assert_eq!(
        list(&BY_TOKEN, move |_| Some(page(&[1, 2]))).await,
        (numbers(&[1, 2]), Some(error.to_owned()), 2)
    );
    let error = "the next page has already been requested";
    assert_eq!(
        list(&BY_TOKEN, move |_| Some(page(&[1]))).await,
        (numbers(&[1, 1]), Some(error.to_owned()), 2)
    );
    // A cycle of three pages.
    let count = AtomicU64::new(0);
    let cycle = move |_: &str| Some(page(&[count.fetch_add(1, Ordering::SeqCst) % 3]));
    let (_, error, requests) = list(&BY_TOKEN, cycle).await;
    assert!(error.is_some() && requests <= 10, "{error:?} {requests}");
}

#[tokio::test]
async fn equal_pages_of_one_value_are_different_pages_if_tokens_announce_them() {
    let pages = |token: &str| {
        let next = token.parse().unwrap_or(0_u64) + 1;
        Some(json!({ "pets": [7], "next": (next < 5).then(|| next.to_string()) }))
    };
    assert_eq!(list(&BY_TOKEN, pages).await, (numbers(&[7; 5]), None, 5));
    // Not without end.
    let endless = |token: &str| {
        let next = token.parse().unwrap_or(0_u64) + 1;
        Some(json!({ "pets": [7], "next": next.to_string() }))
    };
    let error = "the page has the same items as an earlier page";
    assert_eq!(list(&BY_TOKEN, endless).await, (numbers(&[7; 1000]), Some(error.to_owned()), 1001));
    // A guess.
    assert_eq!(list(&BY_PAGE, |_| Some(json!({ "pets": [7] }))).await, (numbers(&[7]), None, 2));
    // Items with ids are the same items.
    let same = |token: &str| {
        let next = token.parse().unwrap_or(0_u64) + 1;
        Some(json!({ "pets": [{ "id": 7 }], "next": next.to_string() }))
    };
    assert_eq!(list(&BY_TOKEN, same).await, (vec![json!({ "id": 7 })], Some(error.to_owned()), 2));
}

#[tokio::test]
async fn repeated_items_are_recognized_by_their_ids() {
    // Other properties change with each response, so the server repeats a page or has other values of the same pets.
    static MORE: Pagination = Pagination::page(PAGE, 1).items("/pets").more("/more");
    static TOTAL: Pagination = Pagination::page(PAGE, 1).items("/pets").total("/total");
    let changed =
        "3 pages have the same ids as earlier pages and other values, so the server may repeat a page";
    let equal = "the page has the same items as an earlier page";
    let missing = "the listing ends after 2 items, but its total is 4";
    for id in ["id", "uuid"] {
        for (rule, pages, expected) in
            [(&BY_PAGE, 1, CHANGED), (&BY_TOKEN, 3, changed), (&MORE, 1, equal), (&TOTAL, 1, missing)]
        {
            let count = AtomicU64::new(0);
            let changing = move |_: &str| {
                let time = count.fetch_add(1, Ordering::SeqCst);
                let pets = json!([{ id: 1, "read_at": time }, { id: 2, "read_at": time }]);
                let total = std::ptr::eq(rule, &TOTAL).then_some(4);
                Some(json!({ "pets": pets, "next": time.to_string(), "more": true, "total": total }))
            };
            let (pets, error, requests) = list(rule, changing).await;
            assert_eq!(
                (pets.len(), error.as_deref(), requests),
                (2 * pages, Some(expected), pages + 1),
                "{id}"
            );
        }
    }
    // Values of the same pets at other times.
    let times = |page: &str| {
        let time = page.parse().unwrap_or(1);
        let pets = json!([{ "id": 1, "t": time }, { "id": 2, "t": time }]);
        (time < 4).then(|| json!({ "pets": pets, "next": (time < 3).then_some(time + 1) }))
    };
    for (rule, expected) in [(&BY_PAGE, (2, Some(CHANGED), 2)), (&BY_TOKEN, (6, None, 3))] {
        let (pets, error, requests) = list(rule, times).await;
        assert_eq!((pets.len(), error.as_deref(), requests), expected);
    }
    // The owner of all items is not an id.
    let versions = |page: &str| match page {
        "" => Some(json!({ "pets": [{ "id": 1, "version": 1 }, { "id": 1, "version": 2 }] })),
        "2" => Some(json!({ "pets": [{ "id": 1, "version": 3 }, { "id": 1, "version": 4 }] })),
        _ => None,
    };
    let (pets, error, _) = list(&BY_PAGE, versions).await;
    assert_eq!((pets.len(), error), (4, None));
}

#[tokio::test]
async fn no_item_is_taken_for_another() {
    // The second page has another item with the id. If the total says that no item was added, it can even be equal.
    static TOTAL: Pagination = Pagination::page(PAGE, 1).items("/pets").total("/total");
    for (total, second, expected) in
        [(Some(4), 2, (4, None, 2)), (Some(4), 1, (4, None, 2)), (None, 2, (2, Some(CHANGED), 2))]
    {
        let versions = move |page: &str| match page {
            "" => Some(json!({ "pets": [{ "id": 1, "v": 1 }, { "id": 2, "v": 1 }], "total": total })),
            "2" => Some(json!({ "pets": [{ "id": 2, "v": second }, { "id": 3, "v": 1 }], "total": total })),
            _ => None,
        };
        let (pets, error, requests) = list(&TOTAL, versions).await;
        assert_eq!((pets.len(), error.as_deref(), requests), expected, "{total:?} {second}");
    }
    // A page that is full by its own statement, and smaller than the one before it.
    static STATED: Pagination = Pagination::page(PAGE, 1).items("/pets").stated_size("/size");
    let shrinking = |page: &str| match page {
        "" => Some(json!({ "pets": [1, 2, 3], "size": 3 })),
        "2" => Some(json!({ "pets": [4, 5], "size": 2 })),
        "3" => Some(json!({ "pets": [6], "size": 2 })),
        _ => None,
    };
    assert_eq!(list(&STATED, shrinking).await, (numbers(&[1, 2, 3, 4, 5, 6]), None, 3));
    // Page 1 can be the first page again, or the second page with equal items or moved ones.
    static UNKNOWN: Pagination = Pagination::page_from_0_or_1(PAGE).items("/pets");
    let error = "the first page and page 1 have some items in common, so the second page is unknown";
    for second in [json!(["a", "a"]), json!(["n", "a"])] {
        let first = if second[0] == "a" { second.clone() } else { json!(["a", "b"]) };
        let pages = move |page: &str| match page {
            "" => Some(json!({ "pets": first })),
            _ => Some(json!({ "pets": second })),
        };
        assert_eq!(list(&UNKNOWN, pages).await.1.as_deref(), Some(error));
    }
}

#[tokio::test]
async fn links_and_tokens_that_repeat_end_a_listing_whatever_the_items() {
    static LINK: Pagination = Pagination::link().items("/pets");
    let count = AtomicU64::new(0);
    let (pets, error, _) = list_replies(&LINK, move |_| {
        let body = json!({ "pets": [count.fetch_add(1, Ordering::SeqCst)] }).to_string();
        Reply::raw(
            format!(
                "HTTP/1.1 200 OK\r\nlink: </pets?page=1>; rel=next\r\ncontent-length: {}\r\n\r\n{body}",
                body.len()
            ),
            Then::Close,
        )
    })
    .await;
    let repeated = "the next page has already been requested";
    assert_eq!((pets.len(), error.as_deref()), (2, Some(repeated)));
    // Two tokens in turn.
    let count = AtomicU64::new(0);
    let turns = move |_: &str| {
        let item = count.fetch_add(1, Ordering::SeqCst);
        let token = if item % 2 == 0 { "a" } else { "b" };
        Some(json!({ "pets": [item], "next": token }))
    };
    let (pets, error, _) = list(&BY_TOKEN, turns).await;
    assert!(pets.len() < 10 && error.as_deref() == Some(repeated), "{pets:?} {error:?}");
}

/// A transport with one page token for pages of different items.
struct OneToken(AtomicU64);

impl Transport for OneToken {
    fn send(
        &self,
        _: http::Request<Body>,
        _: Option<Instant>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        let item = self.0.fetch_add(1, Ordering::SeqCst);
        let page = json!({ "pets": [item], "next": "a" }).to_string();
        Box::pin(async { Ok(http::Response::new(Body::from(page))) })
    }

    fn sleep(&self, _: Duration) -> BoxFuture<'_, ()> {
        Box::pin(std::future::ready(()))
    }
}

#[tokio::test]
async fn a_page_token_that_never_changes_ends_a_listing_at_a_limit() {
    let builder = ClientBuilder::new(&API).base_url("https://pets.test").bearer_token(AUTHORIZED);
    let client = builder.transport(OneToken(AtomicU64::new(0))).build().unwrap();
    let mut pages: Pages<Value> = Pages::new(Request::new(&client, &LIST_PETS), &BY_TOKEN, Response::json);
    let mut count = 0;
    let error = loop {
        match pages.next().await.expect("the listing ends with an error") {
            Ok(_) => count += 1,
            Err(error) => break error,
        }
        assert!(count <= 100_001, "the listing does not end");
    };
    assert!(error.is_pages() && count == 100_001, "{count} {error}");
}

#[tokio::test]
async fn a_link_header_that_is_not_valid_is_an_error() {
    static LINK: Pagination = Pagination::link().items("/pets").more("/more");
    let error = "the `link` header is not valid, so the next page is unknown";
    for (link, expected) in [
        ("link: /pets?page=2; rel=next\r\n", Some(error)),
        ("link: <\r\n", Some(error)),
        ("link: </pets?page=2; rel=next\r\n", Some(error)),
        ("link: <>; rel=next\r\n", Some("the URL of the next page is not valid")),
        ("link: </pets>; rel=first\r\n", None),
        ("link: \r\n", None),
        ("", None),
    ] {
        let reply = move |_: &str| Reply::with("200 OK", link, r#"{"pets":[1]}"#);
        assert_eq!(
            list_replies(&LINK, reply).await,
            (numbers(&[1]), expected.map(str::to_owned), 1),
            "{link}"
        );
    }
    let error = "the response says that there are more pages, but has no page token or link";
    let more = |_: &str| Reply::json("200 OK", r#"{"pets":[1],"more":true}"#);
    assert_eq!(list_replies(&LINK, more).await, (numbers(&[1]), Some(error.to_owned()), 1));
    static DONE: Pagination = Pagination::token("/next", TOKEN).items("/pets").done("/done");
    let not_done = |_: &str| Reply::json("200 OK", r#"{"pets":[1],"done":false,"next":null}"#);
    assert_eq!(list_replies(&DONE, not_done).await, (numbers(&[1]), Some(error.to_owned()), 1));
}

#[tokio::test]
async fn a_page_with_fewer_items_than_a_full_page_is_the_last() {
    static SIZE: Pagination = Pagination::page(PAGE, 1).items("/pets").size(PageParam::Query("limit"));
    static DOCUMENTED: Pagination =
        Pagination::offset(OFFSET).items("/pets").size(PageParam::Query("limit")).default_size(3).max_size(5);
    static STATED: Pagination = Pagination::page(PAGE, 1).items("/pets").stated_size("/size");
    let pages = |position: &str| match position {
        "" => Some(json!({ "pets": [1, 2, 3], "size": 3 })),
        "2" | "3" => Some(json!({ "pets": [4], "size": 3 })),
        _ => Some(json!({ "pets": [], "size": 3 })),
    };
    let limit = |limit: u64| move |request: Request| request.query("limit", &limit);
    assert_eq!(list(&STATED, pages).await.2, 2);
    assert_eq!(list(&DOCUMENTED, pages).await.2, 2);
    // The server may return fewer items than requested, unless it has returned so many before, or the maximum is known.
    assert_eq!(list_with(&SIZE, limit(3), pages).await.2, 2);
    assert_eq!(list_with(&SIZE, limit(1000), pages).await.2, 3);
    assert_eq!(list_with(&DOCUMENTED, limit(4), pages).await.2, 3);
    let capped = list_with(&DOCUMENTED, limit(1000), |at| {
        let pets: Vec<u64> = if at.is_empty() { (1..=5).collect() } else { vec![6] };
        Some(json!({ "pets": pets }))
    });
    assert_eq!(capped.await, (numbers(&[1, 2, 3, 4, 5, 6]), None, 2));
}

#[tokio::test]
async fn a_listing_that_ends_below_its_total_is_an_error() {
    let page = |token: &str| match token {
        "" => Some(json!({ "pets": [1], "next": "a", "total": 13 })),
        _ => Some(json!({ "pets": [2], "total": 13 })),
    };
    let error = "the listing ends after 2 items, but its total is 13";
    assert_eq!(list(&BY_TOKEN, page).await, (numbers(&[1, 2]), Some(error.to_owned()), 2));
    // The listing begins in the middle.
    let from_token = |request: Request| request.query("token", &"b");
    assert_eq!(list_with(&BY_TOKEN, from_token, page).await, (numbers(&[2]), None, 1));

    static ONLY: Pagination = Pagination::offset(OFFSET).items("/pets").total("/total").more("/more");
    let only = |_: &str| Some(json!({ "pets": [8, 9], "total": 4, "more": false }));
    let error = "the listing ends after 2 items, but its total is 4";
    assert_eq!(list(&ONLY, only).await, (numbers(&[8, 9]), Some(error.to_owned()), 1));
    let from_two = |request: Request| request.query("offset", &2);
    assert_eq!(list_with(&ONLY, from_two, only).await, (numbers(&[8, 9]), None, 1));

    // The server repeats a page instead.
    static SAME: Pagination = Pagination::page(PAGE, 1).items("/pets").total("/total");
    let same = |_: &str| Some(json!({ "pets": [8, 9], "total": 4 }));
    assert_eq!(list(&SAME, same).await, (numbers(&[8, 9]), Some(error.to_owned()), 2));
}

/// A server that returns page tokens only to requests that have one, and offsets otherwise.
fn cursor_or_offset(query: &str) -> Value {
    let value = |name: &str| query.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='));
    let at = |text: Option<&str>| text.and_then(|text| text.parse().ok()).unwrap_or(0);
    let page = |from: u64| (from..5.min(from + 2)).collect::<Vec<u64>>();
    match value("cursor") {
        Some(cursor) => {
            let from = at(Some(cursor));
            json!({ "pets": page(from), "next": (from < 3).then(|| (from + 2).to_string()), "total": null })
        }
        None => json!({ "pets": page(at(value("offset"))), "next": null, "total": 5 }),
    }
}

#[tokio::test]
async fn reads_a_listing_with_page_tokens_or_offsets() {
    const CURSOR: PageParam = PageParam::Query("cursor");
    static OFFSETS: Pagination =
        Pagination::offset(OFFSET).items("/pets").or_token("/next", CURSOR).total("/total");
    static CURSORS: Pagination = OFFSETS.starts_empty();
    let server = Server::responding(|received| {
        let query = received.line.split_once('?').map_or("", |(_, query)| query);
        Reply::json("200 OK", &cursor_or_offset(query).to_string())
    })
    .await;
    let request = || Request::new(&client(&server), &LIST_PETS);
    for rule in [&OFFSETS, &CURSORS] {
        let (pets, error, _) = listed(request(), rule, &server).await;
        assert_eq!((pets, error), (numbers(&[0, 1, 2, 3, 4]), None));
    }
    let (pets, error, _) = listed(request().query("offset", &3), &CURSORS, &server).await;
    assert_eq!((pets, error), (numbers(&[3, 4]), None));
    let (pets, error, _) = listed(request().query("cursor", &""), &OFFSETS, &server).await;
    assert_eq!((pets, error), (numbers(&[0, 1, 2, 3, 4]), None));
    let queries: Vec<String> = server.received().iter().map(|received| received.line.clone()).collect();
    assert_eq!(
        queries,
        [
            "GET /pets",
            "GET /pets?offset=2",
            "GET /pets?offset=4",
            "GET /pets?cursor=",
            "GET /pets?cursor=2",
            "GET /pets?cursor=4",
            "GET /pets?offset=3",
            "GET /pets?cursor=",
            "GET /pets?cursor=2",
            "GET /pets?cursor=4",
        ]
    );
}

#[tokio::test]
async fn an_unknown_empty_page_token_is_replaced_by_an_offset() {
    static RULE: Pagination =
        Pagination::offset(OFFSET).items("/pets").or_token("/next", TOKEN).total("/total").starts_empty();
    let pages = |at: &str| match at {
        "" => Some(json!({ "pets": [1, 2], "total": 3 })),
        _ => Some(json!({ "pets": [3], "total": 3 })),
    };
    assert_eq!(list(&RULE, pages).await, (numbers(&[1, 2, 3]), None, 2));
}

#[tokio::test]
async fn contents_that_repeat_end_a_listing_with_an_error() {
    let error = Some("the page has the same items as an earlier page".to_owned());
    // A new page token each time for the same page.
    let count = AtomicU64::new(0);
    let same = move |_: &str| {
        let token = count.fetch_add(1, Ordering::SeqCst).to_string();
        Some(json!({ "pets": [1, 2], "next": token }))
    };
    assert_eq!(list(&BY_TOKEN, same).await, (numbers(&[1, 2]), error.clone(), 2));

    // Page numbers that begin again.
    let modulo = |page: &str| Some(json!({ "pets": [page.parse().unwrap_or(1) % 3] }));
    let (pets, end, requests) = list(&BY_PAGE, modulo).await;
    assert_eq!((&pets[..3], end), (&numbers(&[1, 2, 0])[..], error.clone()));
    assert!(requests <= 10, "{requests}");

    // Different pages can have equal items that are not distinct, but not without end.
    static SOME: Pagination = Pagination::page(PAGE, 1).items("/pets").total("/total");
    let zeros = |_: &str| Some(json!({ "pets": [0, 0], "total": 8 }));
    assert_eq!(list(&SOME, zeros).await, (numbers(&[0; 8]), None, 4));
}

#[tokio::test]
async fn items_are_returned_once_while_the_listing_grows() {
    // An item is added at the start after each page.
    let grow = |has_total: bool, has_ids: bool| {
        let count = AtomicU64::new(0);
        move |offset: &str| {
            let added = count.fetch_add(1, Ordering::SeqCst);
            let offset: u64 = offset.parse().unwrap_or(0);
            let name = if has_ids { "id" } else { "name" };
            let pets = (offset..(offset + 3).min(7 + added)).map(|at| json!({ name: 100 + at - added }));
            let pets: Vec<Value> = pets.collect();
            let total = has_total.then_some(7 + added);
            Some(json!({ "pets": pets, "total": total }))
        }
    };
    static RULE: Pagination = Pagination::offset(OFFSET).items("/pets").total("/total");
    let expected = |name: &str| (100..107).map(|at| json!({ name: at })).collect::<Vec<Value>>();
    assert_eq!(list(&RULE, grow(true, false)).await.0, expected("name"));
    assert_eq!(list(&RULE, grow(false, true)).await.0, expected("id"));
    // Equal items of a listing that does not grow are different items.
    let equal = |at: &str| match at {
        "" => Some(json!({ "pets": [1, 0] })),
        "2" => Some(json!({ "pets": [0, 2] })),
        _ => Some(json!({ "pets": [] })),
    };
    assert_eq!(list(&BY_OFFSET, equal).await, (numbers(&[1, 0, 0, 2]), None, 3));
}

#[tokio::test]
async fn a_listing_that_shrinks_is_an_error() {
    static RULE: Pagination = Pagination::offset(OFFSET).items("/pets").total("/total");
    let pages = |at: &str| match at {
        "" => Some(json!({ "pets": [1, 2], "total": 4 })),
        // The first pet was deleted, so the third is on the first page now.
        _ => Some(json!({ "pets": [4], "total": 3 })),
    };
    let error = "the total fell from 4 to 3 items between pages, so the listing may be incomplete";
    assert_eq!(list(&RULE, pages).await, (numbers(&[1, 2, 4]), Some(error.to_owned()), 2));

    // A page token does not move.
    let tokens = |at: &str| match at {
        "" => Some(json!({ "pets": [1, 2], "next": "a", "total": 4 })),
        _ => Some(json!({ "pets": [4], "total": 3 })),
    };
    assert_eq!(list(&BY_TOKEN, tokens).await, (numbers(&[1, 2, 4]), None, 2));
}

#[tokio::test]
async fn a_page_that_promises_more_without_a_token_is_an_error() {
    static RULE: Pagination = Pagination::token("/next", TOKEN).items("/pets").more("/more");
    let error = "the response says that there are more pages, but has no page token or link";
    let page = |_: &str| Some(json!({ "pets": [1], "more": true }));
    assert_eq!(list(&RULE, page).await, (numbers(&[1]), Some(error.to_owned()), 1));
}

#[tokio::test]
async fn empty_pages_without_end_are_an_error() {
    let pages = |at: &str| {
        let next = at.parse().unwrap_or(0_u64) + 1;
        Some(json!({ "pets": [], "next": next.to_string() }))
    };
    let error = "1000 pages in a row have no items";
    assert_eq!(list(&BY_TOKEN, pages).await, (numbers(&[]), Some(error.to_owned()), 1000));
}

#[tokio::test]
async fn reads_pages_with_a_byte_order_mark() {
    let server = Server::responding(|received| {
        let page = match position(received).as_str() {
            "" => json!({ "pets": [1], "next": "b" }),
            _ => json!({ "pets": [2] }),
        };
        Reply::json("200 OK", &format!("\u{feff}{page}"))
    })
    .await;
    let request = Request::new(&client(&server), &LIST_PETS);
    assert_eq!(listed(request, &BY_TOKEN, &server).await, (numbers(&[1, 2]), None, 2));
}
