//! Random listings of every pagination style, from servers with random faults: every item is returned exactly once, or the
//! listing ends with an error. It never loops.
//!
//! `LISTINGS=10000 cargo test -p runtime --test http listings` reads more listings than an ordinary test run, and
//! `LISTINGS_SEED` selects others. A listing depends on the seed and its number only.
//!
//! Some faults cannot be noticed by any client, and are left out: a total that is too low and equals the number of items
//! on the pages so far, a number of pages that is too low, deleted items in a listing that is counted without a total, and
//! items without ids that are different in each response.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

use runtime::{Client, ErrorKind, Method, PageParam, Pages, Pagination, Response};
use serde_json::{Value, json};

use crate::client;
use crate::server::{Received, Reply, Server};

const OFFSET: PageParam = PageParam::Query("offset");
const PAGE: PageParam = PageParam::Query("page");
const TOKEN: PageParam = PageParam::Query("token");
const LIMIT: PageParam = PageParam::Query("limit");

/// A pagination style: the rule of the client, and what the server sends.
struct Style {
    rule: Pagination,
    select: Select,
    sends: &'static [Sends],
}

/// The part of a request that selects a page.
#[derive(Clone, Copy, PartialEq)]
enum Select {
    Offset,
    /// The number of a page, counted from this one.
    Page(u64),
    Token,
    /// The id of the last item.
    LastItem,
    Url,
    Link,
    /// Page tokens if the request has one, and offsets otherwise.
    TokenOrOffset,
}

/// A property of the responses.
#[derive(Clone, Copy, PartialEq)]
enum Sends {
    Total,
    TotalPages,
    Size,
    More,
    Done,
    /// The URL of the next page, or null.
    NextUrl,
    /// The number of the page.
    Number,
}

use Sends::{Done, More, NextUrl, Number, Size, Total, TotalPages};

static STYLES: &[Style] = &[
    Style { rule: OFFSETS, select: Select::Offset, sends: &[] },
    Style { rule: OFFSETS.size(LIMIT).default_size(5).max_size(10), select: Select::Offset, sends: &[] },
    Style { rule: OFFSETS.total("/total"), select: Select::Offset, sends: &[Total] },
    Style {
        rule: OFFSETS.total("/total").stated_size("/size"),
        select: Select::Offset,
        sends: &[Total, Size],
    },
    Style { rule: OFFSETS.more("/more"), select: Select::Offset, sends: &[More] },
    Style { rule: OFFSETS.more("/next").total("/total"), select: Select::Offset, sends: &[NextUrl, Total] },
    Style { rule: NUMBERS, select: Select::Page(1), sends: &[] },
    Style { rule: NUMBERS.size(LIMIT), select: Select::Page(1), sends: &[] },
    Style { rule: NUMBERS.stated_size("/size"), select: Select::Page(1), sends: &[Size] },
    Style { rule: NUMBERS.total("/total"), select: Select::Page(1), sends: &[Total] },
    Style { rule: NUMBERS.total_pages("/pages"), select: Select::Page(1), sends: &[TotalPages] },
    Style {
        rule: Pagination::page(PAGE, 0).items("/pets").total("/total").total_pages("/pages"),
        select: Select::Page(0),
        sends: &[Total, TotalPages],
    },
    Style { rule: NUMBERS.more("/next").total("/total"), select: Select::Page(1), sends: &[NextUrl, Total] },
    Style { rule: NUMBERS.more("/more"), select: Select::Page(1), sends: &[More] },
    Style { rule: TOKENS, select: Select::Token, sends: &[] },
    Style { rule: TOKENS.total("/total").more("/more"), select: Select::Token, sends: &[Total, More] },
    Style { rule: TOKENS.done("/done"), select: Select::Token, sends: &[Done] },
    Style {
        rule: Pagination::token("/pets/id", TOKEN).items("/pets").more("/more"),
        select: Select::LastItem,
        sends: &[More],
    },
    Style {
        rule: Pagination::url("/next").items("/pets").total("/total").size(LIMIT),
        select: Select::Url,
        sends: &[Total],
    },
    Style { rule: Pagination::link().items("/pets"), select: Select::Link, sends: &[] },
    Style { rule: Pagination::link().items("/pets").more("/more"), select: Select::Link, sends: &[More] },
    Style { rule: UNKNOWN, select: Select::Page(0), sends: &[] },
    Style { rule: UNKNOWN, select: Select::Page(1), sends: &[] },
    Style { rule: UNKNOWN.size(LIMIT).stated_size("/size"), select: Select::Page(0), sends: &[Size] },
    Style { rule: UNKNOWN.size(LIMIT).stated_size("/size"), select: Select::Page(1), sends: &[Size] },
    Style { rule: UNKNOWN.stated_page("/number"), select: Select::Page(0), sends: &[Number] },
    Style { rule: UNKNOWN.stated_page("/number"), select: Select::Page(1), sends: &[Number] },
    Style { rule: UNKNOWN.total("/total"), select: Select::Page(0), sends: &[Total] },
    Style { rule: UNKNOWN.total("/total"), select: Select::Page(1), sends: &[Total] },
    Style { rule: UNKNOWN.total_pages("/pages"), select: Select::Page(0), sends: &[TotalPages] },
    Style { rule: UNKNOWN.total_pages("/pages"), select: Select::Page(1), sends: &[TotalPages] },
    Style { rule: UNKNOWN.more("/more"), select: Select::Page(0), sends: &[More] },
    Style { rule: UNKNOWN.more("/more"), select: Select::Page(1), sends: &[More] },
    Style { rule: TOKENS_OR_OFFSETS, select: Select::TokenOrOffset, sends: &[Total] },
    Style { rule: TOKENS_OR_OFFSETS.starts_empty(), select: Select::TokenOrOffset, sends: &[Total] },
];

const OFFSETS: Pagination = Pagination::offset(OFFSET).items("/pets");
const NUMBERS: Pagination = Pagination::page(PAGE, 1).items("/pets");
const UNKNOWN: Pagination = Pagination::page_from_0_or_1(PAGE).items("/pets");
const TOKENS: Pagination = Pagination::token("/next", TOKEN).items("/pets");
const TOKENS_OR_OFFSETS: Pagination = OFFSETS.or_token("/next", TOKEN).total("/total");

/// A fault of the server, or a change of the listing while it is read.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Fault {
    None,
    /// Some pages have no items.
    EmptyPages,
    /// The page behind the last is refused, or has no content.
    Refused,
    /// The pages have fewer items than the request, the document and the response say.
    Clamp,
    TotalTooHigh,
    TotalTooLow,
    TotalPagesTooHigh,
    /// Every page is the first.
    SamePage,
    /// The first page follows the last.
    Wrap,
    /// A page token refers to an earlier page.
    Cycle,
    /// The first page follows the third.
    CycleOfThree,
    /// Each response has a new page token for the same page.
    NewTokens,
    /// All pages have the same page token.
    ConstantToken,
    /// All pages have the same page token, and the first page follows the third.
    ConstantTokenCycle,
    /// A `Link` header is not valid.
    BadLink,
    MoreForever,
    Grow,
    Shrink,
    GrowAndShrink,
}

const FAULTS: [Fault; 19] = [
    Fault::None,
    Fault::EmptyPages,
    Fault::Refused,
    Fault::Clamp,
    Fault::TotalTooHigh,
    Fault::TotalTooLow,
    Fault::TotalPagesTooHigh,
    Fault::SamePage,
    Fault::Wrap,
    Fault::Cycle,
    Fault::CycleOfThree,
    Fault::NewTokens,
    Fault::ConstantToken,
    Fault::ConstantTokenCycle,
    Fault::BadLink,
    Fault::MoreForever,
    Fault::Grow,
    Fault::Shrink,
    Fault::GrowAndShrink,
];

/// The responses to a page behind the last.
const REFUSALS: [&str; 6] = [
    "204 No Content",
    "400 Bad Request",
    "404 Not Found",
    "410 Gone",
    "416 Range Not Satisfiable",
    "422 Unprocessable Content",
];

/// The required outcome of a listing.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Outcome {
    /// Every item, and no error.
    Complete,
    Error,
    /// An error, or every item that was there all the time, and none twice.
    CompleteOrError,
}

/// Random numbers: SplitMix64.
struct Random(u64);

impl Random {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (bits ^ (bits >> 31)) % end.max(1)
    }
}

/// A listing on the server.
struct Listing {
    style: &'static Style,
    fault: Fault,
    random: Random,
    /// The ids of the items, in order.
    ids: Vec<u64>,
    /// The pages, unless the listing changes.
    pages: Vec<Vec<u64>>,
    size: u64,
    /// The size that the server states.
    stated_size: u64,
    limit: Option<u64>,
    /// The status of a page behind the last.
    refusal: &'static str,
    /// True if a property of the items is different in each response.
    is_volatile: bool,
    /// The page that a constant token selects.
    cursor: u64,
    /// True if the token of the last page is constant as well, and a page without items follows.
    ends_empty: bool,
    /// The stated totals.
    total: Option<u64>,
    total_pages: u64,
    /// The items that were there all the time.
    constant: BTreeSet<u64>,
    requests: u64,
}

impl Listing {
    fn new(seed: u64, number: u64) -> Self {
        let mut random = Random(seed.wrapping_mul(0x0100_0000_01b3) ^ (number << 20));
        let style = &STYLES[usize::try_from(random.below(STYLES.len() as u64)).unwrap()];
        // The size that the rules document, or another one that the request selects.
        let limit = (random.below(2) == 0).then(|| 1 + random.below(10));
        let items = [0, 1, 5, random.below(10), random.below(60)][usize::try_from(random.below(5)).unwrap()];
        let mut listing = Self {
            style,
            fault: Fault::None,
            ids: (1..=items).map(|item| item * 1000).collect(),
            pages: Vec::new(),
            size: limit.unwrap_or(5),
            stated_size: limit.unwrap_or(5),
            limit,
            refusal: REFUSALS[usize::try_from(random.below(REFUSALS.len() as u64)).unwrap()],
            is_volatile: random.below(3) == 0,
            cursor: 0,
            ends_empty: style.sends.is_empty() && random.below(2) == 0,
            total: None,
            total_pages: 0,
            constant: BTreeSet::new(),
            requests: 0,
            random,
        };
        listing.constant = listing.ids.iter().copied().collect();
        let faults: Vec<Fault> = FAULTS.into_iter().filter(|fault| listing.can_have(*fault)).collect();
        listing.fault = faults[usize::try_from(listing.random.below(faults.len() as u64)).unwrap()];
        if listing.fault == Fault::Clamp {
            listing.size = 1 + listing.random.below(listing.size - 1);
        } else if listing.style.rule_has_no_maximum() && listing.random.below(4) == 0 {
            listing.limit = limit.map(|limit| limit * 100);
        }
        listing.divide();
        listing
    }

    fn is_counted(&self) -> bool {
        matches!(self.style.select, Select::Offset | Select::Page(_))
    }

    fn sends(&self, property: Sends) -> bool {
        self.style.sends.contains(&property)
    }

    fn changes(&self) -> bool {
        matches!(self.fault, Fault::Grow | Fault::Shrink | Fault::GrowAndShrink)
    }

    fn can_have(&self, fault: Fault) -> bool {
        let (items, counted) = (self.ids.len() as u64, self.is_counted());
        let refers = matches!(self.style.select, Select::Token | Select::Url | Select::Link);
        let has_several_pages = items > self.size;
        match fault {
            Fault::None => true,
            Fault::EmptyPages => {
                refers || (matches!(self.style.select, Select::Page(_)) && self.style.sends == [TotalPages])
            }
            Fault::Refused => counted,
            Fault::Clamp => counted && self.size > 1,
            Fault::CycleOfThree => refers && items > 2 * self.size,
            Fault::ConstantToken => self.style.select == Select::Token,
            Fault::ConstantTokenCycle => self.style.select == Select::Token && items > 2 * self.size,
            Fault::BadLink => self.style.select == Select::Link && has_several_pages,
            Fault::TotalTooHigh => self.sends(Total) && self.style.select != Select::TokenOrOffset,
            Fault::TotalTooLow => self.style.sends == [Total] && counted && items > 0,
            Fault::TotalPagesTooHigh => self.style.sends == [TotalPages],
            Fault::SamePage => counted && items > 0,
            Fault::Wrap => {
                counted && self.style.sends.is_empty() && has_several_pages && items % self.size == 0
            }
            Fault::Cycle => refers && has_several_pages,
            Fault::NewTokens => refers && items > 0,
            Fault::MoreForever => self.sends(More) && !matches!(self.style.select, Select::LastItem),
            Fault::Grow => !counted || self.size > 1,
            Fault::Shrink => !counted || self.sends(Total),
            Fault::GrowAndShrink => !counted && self.style.select != Select::TokenOrOffset,
        }
    }

    /// Divides the items into pages, and sets the totals.
    fn divide(&mut self) {
        let mut rest = self.ids.as_slice();
        while !rest.is_empty() {
            // Only page tokens lead to pages of different sizes.
            let size = if self.is_counted() { self.size } else { 1 + self.random.below(self.size) };
            let (page, others) = rest.split_at(rest.len().min(usize::try_from(size).unwrap()));
            if self.fault == Fault::EmptyPages && self.random.below(3) == 0 {
                self.pages.push(Vec::new());
            }
            self.pages.push(page.to_vec());
            rest = others;
        }
        let items = self.ids.len() as u64;
        self.total_pages = self.pages.len() as u64;
        match self.fault {
            Fault::TotalTooHigh => self.total = Some(items + 1 + self.random.below(20)),
            // Not the number of items on the pages so far.
            Fault::TotalTooLow => {
                let total = self.random.below(items);
                self.total = Some(if total % self.size == 0 { 0 } else { total });
            }
            Fault::TotalPagesTooHigh => self.total_pages += 1 + self.random.below(5),
            _ => {}
        }
    }

    fn outcome(&self) -> Outcome {
        let has_several_pages = self.pages.len() > 1;
        let is_stated = !self.style.sends.iter().all(|sends| [Size, Number].contains(sends));
        match self.fault {
            Fault::TotalTooHigh
            | Fault::Wrap
            | Fault::Cycle
            | Fault::CycleOfThree
            | Fault::NewTokens
            | Fault::ConstantTokenCycle
            | Fault::BadLink
            | Fault::MoreForever => Outcome::Error,
            // The first page is everything, unless the server says that there is more, or its items change.
            Fault::SamePage if is_stated && has_several_pages => Outcome::Error,
            Fault::SamePage if !is_stated && self.is_volatile => Outcome::Error,
            Fault::Grow | Fault::Shrink | Fault::GrowAndShrink => Outcome::CompleteOrError,
            _ => Outcome::Complete,
        }
    }

    fn expected(&self) -> &[u64] {
        match self.fault {
            Fault::SamePage => &self.pages[0],
            _ => &self.ids,
        }
    }

    /// Responds to a request.
    fn reply(&mut self, request: &Received) -> Reply {
        self.requests += 1;
        let query = request.line.split_once('?').map_or("", |(_, query)| query);
        let value = |name: &str| query.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='));
        let number = |name: &str| value(name).and_then(|text| text.parse::<u64>().ok());
        let token = value("token").map(|token| {
            let digits = token.trim_start_matches('t').split('-').next().unwrap_or_default();
            digits.parse::<u64>().unwrap_or(0)
        });
        let is_offset = self.style.select == Select::Offset
            || (self.style.select == Select::TokenOrOffset && token.is_none());
        let mut at = match self.style.select {
            _ if is_offset => number("offset").unwrap_or(0),
            Select::Page(first) => number("page").map_or(0, |page| page - first),
            Select::LastItem => token.map_or(0, |id| id + 1),
            _ => token.unwrap_or(0),
        };
        let (items, pages) = (self.ids.len() as u64, self.pages.len() as u64);
        match self.fault {
            Fault::SamePage | Fault::NewTokens => at = 0,
            Fault::Wrap => at %= if is_offset { items } else { pages },
            Fault::ConstantToken | Fault::ConstantTokenCycle => {
                let length = if self.fault == Fault::ConstantToken { u64::MAX } else { 3 };
                self.cursor = if token.is_some() { (self.cursor + 1) % length } else { 0 };
                at = self.cursor;
            }
            _ => {}
        }
        let (page, next) = self.page(at, is_offset);
        if self.fault == Fault::Refused && at > 0 && page.is_empty() {
            return match self.refusal {
                "204 No Content" => Reply::with(self.refusal, "", ""),
                _ => Reply::json(self.refusal, r#"{"detail":"Invalid page."}"#),
            };
        }
        let reply = self.render(at, &page, next, is_offset);
        if self.changes() && self.random.below(2) == 0 {
            self.change();
        }
        reply
    }

    /// Returns the items of a page, and the next page. `at` is an offset, or the index of a page, or, if the listing
    /// changes and has page tokens, the smallest id.
    fn page(&self, at: u64, is_offset: bool) -> (Vec<u64>, Option<u64>) {
        let size = usize::try_from(self.size).unwrap();
        let has_keys = matches!(self.style.select, Select::LastItem)
            || (self.changes() && !is_offset && !matches!(self.style.select, Select::Page(_)));
        if has_keys {
            let mut rest = self.ids.iter().copied().filter(|id| *id >= at);
            let page: Vec<u64> = rest.by_ref().take(size).collect();
            return (page.clone(), rest.next().and_then(|_| Some(page.last()? + 1)));
        }
        let start = match is_offset {
            true => at,
            false if self.changes() => at * self.size,
            false => {
                let page = self.pages.get(usize::try_from(at).unwrap()).cloned().unwrap_or_default();
                let next = (at + 1 < self.pages.len() as u64).then_some(at + 1);
                return (page, next);
            }
        };
        let page: Vec<u64> =
            self.ids.iter().copied().skip(usize::try_from(start).unwrap()).take(size).collect();
        let end = start + page.len() as u64;
        let next = if is_offset { end } else { at + 1 };
        (page, (end < self.ids.len() as u64).then_some(next))
    }

    fn render(&mut self, at: u64, page: &[u64], next: Option<u64>, is_offset: bool) -> Reply {
        let mut next = next;
        match self.fault {
            Fault::CycleOfThree if at == 2 => next = Some(0),
            Fault::ConstantTokenCycle => next = Some(0),
            Fault::ConstantToken if next.is_some() || (self.ends_empty && at < 100) => next = Some(0),
            Fault::Cycle if next.is_none() || self.random.below(3) == 0 => {
                next = Some(self.random.below(next.unwrap_or(1)));
            }
            Fault::NewTokens => next = Some(1),
            _ => {}
        }
        let salt = if self.fault == Fault::NewTokens { format!("-{}", self.requests) } else { String::new() };
        let read_at = if self.is_volatile { self.requests } else { 0 };
        let pet = |id: &u64| json!({ "id": id, "tags": ["a", id % 7], "read_at": read_at });
        let pets: Vec<Value> = page.iter().map(pet).collect();
        let items = self.ids.len() as u64;
        let mut body = json!({ "pets": pets, "requests": self.requests });
        let has_more = next.is_some() || self.fault == Fault::MoreForever;
        for sends in self.style.sends {
            match sends {
                // With page tokens, this server does not count.
                Total if self.style.select == Select::TokenOrOffset && !is_offset => {
                    body["total"] = Value::Null
                }
                Total => body["total"] = json!(self.total.unwrap_or(items)),
                TotalPages if self.changes() => body["pages"] = json!(items.div_ceil(self.size)),
                TotalPages => body["pages"] = json!(self.total_pages),
                Size => body["size"] = json!(self.stated_size),
                Number => {
                    let first = if self.style.select == Select::Page(0) { 0 } else { 1 };
                    body["number"] = json!(at + first);
                }
                More => body["more"] = json!(has_more),
                Done => body["done"] = json!(next.is_none()),
                NextUrl => {
                    body["next"] = next.map_or(Value::Null, |next| json!(format!("/pets?page={next}")))
                }
            }
        }
        let url = next.map(|next| format!("/pets?token=t{next}{salt}"));
        let mut headers = "content-type: application/json\r\n".to_owned();
        match (self.style.select, next, url) {
            (Select::Token, Some(next), _) => body["next"] = json!(format!("t{next}{salt}")),
            (Select::TokenOrOffset, Some(next), _) if !is_offset => body["next"] = json!(format!("t{next}")),
            // Some servers have a token on the last page as well.
            (Select::Token, None, _) if self.sends(Done) => body["next"] = json!("end"),
            (Select::Url, Some(_), Some(url)) => body["next"] = json!(url),
            (Select::Link, Some(_), Some(url)) if self.fault == Fault::BadLink => {
                let bad =
                    [format!("<{url}; rel=\"next\""), format!("{url}; rel=next"), "<>; rel=next".to_owned()];
                headers += &format!("link: {}\r\n", bad[usize::try_from(self.random.below(3)).unwrap()]);
            }
            (Select::Link, Some(_), Some(url)) => headers += &format!("link: <{url}>; rel=\"next\"\r\n"),
            _ => {}
        }
        Reply::with("200 OK", &headers, &body.to_string())
    }

    /// Adds or deletes an item.
    fn change(&mut self) {
        let grows = match self.fault {
            Fault::Grow => true,
            Fault::Shrink => false,
            _ => self.random.below(2) == 0,
        };
        if grows {
            let id = 1 + self.random.below(100_000);
            if let Err(place) = self.ids.binary_search(&id) {
                self.ids.insert(place, id);
            }
        } else if !self.ids.is_empty() {
            let place = self.random.below(self.ids.len() as u64);
            let id = self.ids.remove(usize::try_from(place).unwrap());
            self.constant.remove(&id);
        }
    }
}

impl Style {
    fn rule_has_no_maximum(&self) -> bool {
        !format!("{:?}", self.rule).contains("max: Some")
    }
}

/// Reads a listing. Returns the ids of its items, and the kind of error at the end.
async fn read(client: &Client, listing: &Listing) -> (Vec<u64>, Option<ErrorKind>) {
    let mut request = client.request(Method::GET, "/pets");
    if let Some(limit) = listing.limit {
        request = request.query("limit", &limit);
    }
    let pages: Pages<Value> = Pages::new(request, &listing.style.rule, Response::json);
    let mut items = pages.items(|page| page["pets"].as_array().cloned().unwrap_or_default());
    let mut ids = Vec::new();
    loop {
        match items.next().await {
            Some(Ok(item)) => ids.push(item["id"].as_u64().unwrap()),
            Some(Err(error)) => return (ids, Some(error.kind())),
            None => return (ids, None),
        }
        assert!(ids.len() < 5000, "the listing does not end");
    }
}

/// Returns what is wrong with the outcome of a listing.
fn complaint(listing: &Listing, ids: &[u64], error: Option<ErrorKind>) -> Option<String> {
    let outcome = listing.outcome();
    let most = if listing.fault == Fault::MoreForever { 1100 } else { 400 };
    if listing.requests > most {
        return Some(format!("{} requests", listing.requests));
    }
    if error.is_some_and(|kind| kind != ErrorKind::Pages) {
        return Some(format!("{error:?}"));
    }
    let has_all = || match outcome {
        Outcome::CompleteOrError => {
            let distinct: BTreeSet<u64> = ids.iter().copied().collect();
            distinct.len() == ids.len() && distinct.is_superset(&listing.constant)
        }
        _ => ids == listing.expected(),
    };
    let is_right = match (outcome, error) {
        (Outcome::Complete, None) => has_all(),
        (Outcome::Error, Some(_)) | (Outcome::CompleteOrError, Some(_)) => true,
        (Outcome::CompleteOrError, None) => has_all(),
        (Outcome::Complete, Some(_)) | (Outcome::Error, None) => false,
    };
    (!is_right)
        .then(|| format!("{ids:?} and {error:?}, but expected {outcome:?} of {:?}", listing.expected()))
}

#[tokio::test]
async fn listings_are_complete_or_end_with_an_error() {
    let setting = |name: &str| std::env::var(name).ok().and_then(|text| text.parse::<u64>().ok());
    let (count, seed) = (setting("LISTINGS").unwrap_or(400), setting("LISTINGS_SEED").unwrap_or(1));
    let current: Arc<Mutex<Option<Listing>>> = Arc::default();
    let listing = current.clone();
    let server = Server::responding(move |request| {
        listing.lock().unwrap().as_mut().expect("a listing is read").reply(request)
    })
    .await;
    let client = client(&server);
    let (mut complaints, mut errors, mut requests) = (Vec::new(), 0, 0);
    for number in 0..count {
        *current.lock().unwrap() = Some(Listing::new(seed, number));
        let (ids, error) = read(&client, &Listing::new(seed, number)).await;
        let listing = current.lock().unwrap().take().expect("the listing was read");
        errors += u64::from(error.is_some());
        requests += listing.requests;
        if let Some(complaint) = complaint(&listing, &ids, error) {
            complaints.push(format!(
                "listing {number}, {:?}, {} items, {:?}: {complaint}",
                listing.fault,
                listing.pages.iter().map(Vec::len).sum::<usize>(),
                listing.style.rule
            ));
        }
    }
    println!("{count} listings, {requests} requests, {errors} ended with an error");
    assert!(complaints.is_empty(), "{} complaints:\n{}", complaints.len(), complaints.join("\n"));
}
