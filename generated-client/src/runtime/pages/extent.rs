// @generated from the OpenAPI document. Change the document, and generate again.

//! [`Extent`], the part of a listing that has been read, and the totals that the server states.

use super::super::call::request::Request;
use super::lookup::PageValue;
use super::page::Page;
use super::page_param::PageParam;
use super::pagination::{PageUnit, Pagination};

/// The part of a listing that has been read.
#[derive(Debug)]
pub(super) struct Extent {
    start: Start,
    /// The number of pages with items.
    pages: u64,
    /// The number of items on these pages.
    received: u64,
    largest_page: u64,
    /// The number of items on a full page, if there was one. See [`is_full`].
    full_page: Option<u64>,
    /// True if the last page has fewer items than a full page before it.
    is_short: bool,
    /// The number of items on a page that is not the last, if it is certain.
    page_size: Option<u64>,
    totals: Option<Totals>,
}

/// The part of the listing before the first page that is requested.
#[derive(Clone, Copy, Debug)]
enum Start {
    Items(u64),
    Pages(u64),
    Unknown,
}

/// The total numbers of items that the server has stated.
#[derive(Clone, Copy, Debug)]
struct Totals {
    smallest: u64,
    largest: u64,
    last: u64,
}

impl Extent {
    /// Returns the extent before the page that a request selects.
    pub(super) fn before(rule: &Pagination, request: &Request) -> Self {
        let value = |param: Option<PageParam>| param.map_or(PageValue::Missing, |param| param.read(request));
        let token_param = rule.token.and_then(|(_, param)| param);
        let (token, count) = (value(token_param), value(rule.count.map(|(_, param)| param)));
        let start = match (rule.count, count.number()) {
            _ if token.is_page_token() => Start::Unknown,
            (Some(_), _) if count.is_absent() => Start::Items(0),
            (Some((PageUnit::Items, _)), Some(items)) => Start::Items(items),
            (Some((PageUnit::Pages(Some(first)), _)), Some(page)) => {
                page.checked_sub(first).map_or(Start::Unknown, Start::Pages)
            }
            (Some(_), _) => Start::Unknown,
            // Without a known parameter, any one can select the page.
            (None, _) if token_param.is_none() && has_query_except_size(rule, request) => Start::Unknown,
            (None, _) => Start::Items(0),
        };
        Self {
            start,
            pages: 0,
            received: 0,
            largest_page: 0,
            full_page: None,
            is_short: false,
            page_size: None,
            totals: None,
        }
    }

    /// Adds a page.
    pub(super) fn add(&mut self, rule: &Pagination, page: &Page, request: &Request) {
        self.received = self.received.saturating_add(page.len());
        self.largest_page = self.largest_page.max(page.len());
        let is_full = is_full(rule, page, request);
        self.is_short = !is_full && self.full_page.is_some_and(|size| page.len() < size);
        if is_full {
            self.full_page = self.full_page.max(Some(page.len()));
        }
        if page.len() > 0 {
            self.pages += 1;
            // The first page can be the last one.
            let is_certain = self.pages > 1 || self.full_page.is_some();
            self.page_size = Some(self.largest_page).filter(|_| is_certain);
        }
        self.add_total(page);
    }

    /// Reads the totals of a page.
    pub(super) fn add_total(&mut self, page: &Page) {
        if let Some(total) = page.total {
            let (smallest, largest) =
                self.totals.map_or((total, total), |totals| (totals.smallest, totals.largest));
            self.totals =
                Some(Totals { smallest: smallest.min(total), largest: largest.max(total), last: total });
        }
    }

    /// Returns true if the last page has fewer items than a full page before it.
    pub(super) fn is_short(&self) -> bool {
        self.is_short
    }

    /// Returns the total that the server has stated last.
    pub(super) fn total(&self) -> Option<u64> {
        self.totals.map(|totals| totals.last)
    }

    /// Returns the number of items from the start of the listing to the end of the last page.
    pub(super) fn position(&self) -> Option<u64> {
        let start = match self.start {
            Start::Items(items) => items,
            Start::Pages(0) => 0,
            Start::Pages(pages) => pages.checked_mul(self.page_size?)?,
            Start::Unknown => return None,
        };
        start.checked_add(self.received)
    }

    /// Describes the items that are missing if the listing ends here. `is_counted` says that pages have offsets or
    /// numbers.
    pub(super) fn missing_items(&self, is_counted: bool) -> Option<String> {
        let (totals, position) = (self.totals?, self.position()?);
        // If pages are counted and an item is deleted, the items after it move to earlier pages. A page token remains
        // valid.
        let expected = if is_counted { totals.largest } else { totals.smallest };
        if position >= expected {
            return None;
        }
        let Totals { largest, last, .. } = totals;
        Some(match position >= last {
            true => format!(
                "the total fell from {largest} to {last} items between pages, so the listing may be incomplete"
            ),
            false => format!("the listing ends after {position} items, but its total is {last}"),
        })
    }
}

/// Returns true if a page has as many items as the request, the response or the document says. Otherwise the server may
/// have a smaller maximum.
fn is_full(rule: &Pagination, page: &Page, request: &Request) -> bool {
    let size = &rule.size;
    let requested = size.param.map_or(PageValue::Missing, |param| param.read(request));
    let requested_size = requested.number().map(|number| size.max.map_or(number, |max| number.min(max)));
    let default = size.default.filter(|_| requested.is_absent());
    [page.size, requested_size, default].contains(&Some(page.len()))
}

fn has_query_except_size(rule: &Pagination, request: &Request) -> bool {
    let size = match rule.size.param {
        Some(PageParam::Query(name)) => name,
        Some(PageParam::Body(_)) | None => "",
    };
    request.has_query_except(size)
}
