//! [`Listing`], which decides after each page how the listing continues or ends.
//!
//! A listing always ends, and if the server states a total or a flag, an incomplete listing ends with an error:
//!
//! - Links, page tokens, page numbers and contents that repeat are recognized ([`VisitedPages`]).
//! - If nothing says that there is a next page, a page number beyond the last page ends the listing: an empty page, the
//!   same page again, or 404.
//! - The number of items is compared with the total that the server states.

use http::StatusCode;

use super::super::call::request::Request;
use super::super::error::{Error, ErrorKind, new_error};
use super::super::net::response::Response;
use super::content::PageContent;
use super::lookup::PageValue;
use super::next_page::NextPage;
use super::page::Page;
use super::page_param::PageParam;
use super::pagination::{PageUnit, Pagination};
use super::visited::VisitedPages;

/// The maximum number of pages with the items of earlier pages if the items on a page are not distinct. Such pages can
/// be equal by chance, for example if the items are numbers.
const MAX_SIMILAR_PAGES: usize = 1000;

/// The number of consecutive pages without items that is an error. Servers that filter items return some empty pages.
pub(super) const MAX_EMPTY_PAGES: usize = 1000;

/// A listing while its pages are read.
pub(super) struct Listing {
    rule: &'static Pagination,
    visited: VisitedPages,
    contents: VisitedPages,
    similar_pages: usize,
    /// The number of consecutive pages without items.
    empty_pages: usize,
    previous: PageContent,
    start: Start,
    /// The number of items on the pages so far.
    received: u64,
    largest_page: u64,
    /// The number of items in a page that is not the last.
    page_size: Option<u64>,
    totals: Option<Totals>,
    /// True if a page had a page token or a link. Then a page without one is the last.
    has_tokens: bool,
    /// True if the next page is requested by its offset or number.
    is_counted: bool,
    /// True if the next page is requested although nothing says that it exists.
    is_guess: bool,
}

/// The part of the listing before the first page that is requested.
#[derive(Clone, Copy)]
enum Start {
    Items(u64),
    Pages(u64),
    Unknown,
}

/// The total numbers of items that the server has stated.
#[derive(Clone, Copy)]
struct Totals {
    smallest: u64,
    largest: u64,
    last: u64,
}

/// The result of a response.
pub(super) enum Step {
    /// The response is a page.
    Page {
        /// The number of items at its start that were on the previous page.
        repeated_items: usize,
        /// The request for the next page, or `None` after the last page.
        next: Result<Option<Request>, Error>,
    },
    /// The listing has ended before this response.
    End(Result<(), Error>),
}

fn has_query_except_size(rule: &Pagination, request: &Request) -> bool {
    let size = match rule.size.param {
        Some(PageParam::Query(name)) => name,
        Some(PageParam::Body(_)) | None => "",
    };
    request.has_query_except(size)
}

impl Listing {
    /// Begins a listing with the page that a request selects. Returns the request to send.
    pub(super) fn begin(rule: &'static Pagination, request: Request) -> (Self, Request) {
        let value = |param: Option<PageParam>| param.map_or(PageValue::Missing, |param| param.read(&request));
        let token_param = rule.token.and_then(|(_, param)| param);
        let (token, count) = (value(token_param), value(rule.count.map(|(_, param)| param)));
        let is_counted_from_start = matches!(count, PageValue::Missing | PageValue::Null);
        let start = match (rule.count, count.number()) {
            _ if token.is_page_token() => Start::Unknown,
            (Some(_), _) if is_counted_from_start => Start::Items(0),
            (Some((PageUnit::Items, _)), Some(items)) => Start::Items(items),
            (Some((PageUnit::Pages(first), _)), Some(page)) => {
                page.checked_sub(first).map_or(Start::Unknown, Start::Pages)
            }
            (Some(_), None) => Start::Unknown,
            // Without a known parameter, any one can select the page.
            (None, _) if token_param.is_none() && has_query_except_size(rule, &request) => Start::Unknown,
            (None, _) => Start::Items(0),
        };
        let sends_empty = rule.starts_empty && token == PageValue::Missing && is_counted_from_start;
        let request = match token_param.filter(|_| sends_empty) {
            Some(param) => param.write(request, &PageValue::Text(String::new())),
            None => request,
        };
        let listing = Self {
            rule,
            visited: VisitedPages::default(),
            contents: VisitedPages::default(),
            similar_pages: 0,
            empty_pages: 0,
            previous: PageContent::default(),
            start,
            received: 0,
            largest_page: 0,
            page_size: None,
            totals: None,
            has_tokens: false,
            is_counted: false,
            is_guess: false,
        };
        (listing, request)
    }

    /// Reads the response to a request.
    pub(super) fn advance(&mut self, request: &Request, response: &Response) -> Step {
        let page = Page::read(self.rule, response);
        if let Some(end) = self.end_if_repeated(&page, response) {
            return Step::End(end);
        }
        let repeated_items = self.repeated_items(&page);
        self.record(&page, request);
        let next = self.next(&page, request, response).and_then(|next| self.limited(next, response));
        self.previous = page.content;
        Step::Page { repeated_items, next }
    }

    /// Returns the error with which the listing ends if the request for a page fails, or `None` if the page before it
    /// was the last.
    pub(super) fn end_after(&self, error: Error) -> Option<Error> {
        let is_missing = error.kind() == ErrorKind::Status && error.status() == Some(StatusCode::NOT_FOUND);
        if !is_missing || !self.is_counted {
            return Some(error);
        }
        match self.missing_items() {
            Some(summary) => Some(new_error::refused_page(&error, summary)),
            None => Some(error).filter(|_| !self.is_guess),
        }
    }

    /// Returns the end of the listing if a page has the content of an earlier page.
    fn end_if_repeated(&mut self, page: &Page, response: &Response) -> Option<Result<(), Error>> {
        if page.len() == 0 {
            return None;
        }
        let is_previous = page.content == self.previous;
        let is_known = self.contents.is_repeat(page.content.hash().to_string());
        if !is_known && !is_previous {
            return None;
        }
        if !page.content.is_distinct() {
            self.similar_pages += 1;
            if self.similar_pages < MAX_SIMILAR_PAGES {
                return None;
            }
        }
        // A server that ignores the parameter returns the only page again. Others return the last page again.
        if is_previous && self.is_counted {
            let end = self.end(response);
            if self.is_guess || end.is_err() {
                return Some(end);
            }
        }
        let summary = "the page has the same items as an earlier page";
        Some(Err(new_error::pages(response.clone(), summary.to_owned())))
    }

    /// Returns the number of items at the start of a page that were on the previous page, because items were added
    /// before them in the meantime.
    fn repeated_items(&self, page: &Page) -> usize {
        if !self.is_counted {
            return 0;
        }
        let overlap = page.content.overlap(&self.previous);
        let before = self.totals.map(|totals| totals.last);
        let has_grown = before.zip(page.total).is_some_and(|(before, now)| {
            now.checked_sub(before).is_some_and(|added| added >= overlap as u64)
        });
        // Different items can be equal, unless they have ids.
        if has_grown || page.content.have_ids() { overlap } else { 0 }
    }

    fn record(&mut self, page: &Page, request: &Request) {
        self.received = self.received.saturating_add(page.len());
        self.empty_pages = if page.len() == 0 { self.empty_pages + 1 } else { 0 };
        self.largest_page = self.largest_page.max(page.len());
        self.page_size = self.size_of_pages(page, request);
        if let Some(total) = page.total {
            let (smallest, largest) =
                self.totals.map_or((total, total), |totals| (totals.smallest, totals.largest));
            self.totals =
                Some(Totals { smallest: smallest.min(total), largest: largest.max(total), last: total });
        }
    }

    /// Returns the request for the next page, or an error after too many pages without items.
    fn limited(&self, next: Option<Request>, response: &Response) -> Result<Option<Request>, Error> {
        if next.is_some() && self.rule.items.is_some() && self.empty_pages == MAX_EMPTY_PAGES {
            let summary = format!("{MAX_EMPTY_PAGES} pages in a row have no items");
            return Err(new_error::pages(response.clone(), summary));
        }
        Ok(next)
    }

    /// Returns the number of items in a page that is not the last.
    fn size_of_pages(&self, page: &Page, request: &Request) -> Option<u64> {
        if let Some(stated) = page.size.filter(|size| *size >= self.largest_page) {
            return Some(stated);
        }
        let size = &self.rule.size;
        let requested = size.param.map_or(PageValue::Missing, |param| param.read(request));
        match (requested.number(), size.max) {
            (Some(requested), Some(max)) => Some(requested.min(max)),
            // The server may have a maximum, unless it has returned so many items.
            (Some(requested), None) => Some(requested).filter(|size| self.largest_page >= *size),
            (None, _) if matches!(requested, PageValue::Missing | PageValue::Null) => size.default,
            (None, _) => None,
        }
    }

    /// Returns the number of items from the start of the listing to the end of the last page.
    fn position(&self) -> Option<u64> {
        let start = match self.start {
            Start::Items(items) => items,
            Start::Pages(0) => 0,
            Start::Pages(pages) => pages.checked_mul(self.page_size?)?,
            Start::Unknown => return None,
        };
        start.checked_add(self.received)
    }

    /// Returns the request for the next page, or `None` if the page is the last.
    fn next(
        &mut self,
        page: &Page,
        request: &Request,
        response: &Response,
    ) -> Result<Option<Request>, Error> {
        (self.is_counted, self.is_guess) = (false, false);
        if page.has_more == Some(false) || page.is_last {
            return self.end(response).map(|()| None);
        }
        let (next, text) = if let Some(referred) = NextPage::referred(self.rule, response) {
            self.has_tokens = true;
            referred.request(request, response)?
        } else if let Some((request, counted)) = self.count(page, request) {
            self.is_counted = true;
            counted.request(&request, response)?
        } else {
            self.end(response)?;
            let is_cut_off = page.has_more == Some(true) && self.rule.token.is_some();
            let summary = "the response says that there are more pages, but has no page token or link";
            return match is_cut_off {
                true => Err(new_error::pages(response.clone(), summary.to_owned())),
                false => Ok(None),
            };
        };
        if self.visited.is_repeat(text) {
            let summary = "the next page has already been requested";
            return Err(new_error::pages(response.clone(), summary.to_owned()));
        }
        Ok(Some(next))
    }

    /// Returns the next page by its offset or number, and the request to change, or `None` if the page is the last.
    fn count(&mut self, page: &Page, request: &Request) -> Option<(Request, NextPage)> {
        let (unit, param) = self.rule.count.filter(|_| !self.has_tokens)?;
        let current = match param.read(request) {
            PageValue::Missing | PageValue::Null => unit.first(),
            set => set.number()?,
        };
        let next = unit.after(current, page.len());
        // A total that is already exceeded is wrong, or the total of something else.
        let is_below = |reached: u64, total: u64| (reached <= total).then_some(reached < total);
        let total = self.position().zip(self.totals);
        let by_total = total.and_then(|(position, totals)| is_below(position, totals.last));
        let by_pages = match (unit, page.total_pages) {
            (PageUnit::Pages(first), Some(pages)) => is_below(next, first.saturating_add(pages)),
            _ => None,
        };
        // A request with a page token ignores the offset.
        let token_param = self.rule.token.and_then(|(_, param)| param);
        let token_param = token_param.filter(|param| param.read(request) != PageValue::Missing);
        if token_param.is_some() && by_total != Some(true) {
            return None;
        }
        let is_empty = page.len() == 0;
        let is_stated =
            page.has_more == Some(true) || by_pages == Some(true) || (by_total == Some(true) && !is_empty);
        let is_short = self.page_size.is_some_and(|size| page.len() < size);
        if !is_stated && (is_empty || is_short || by_total.is_some() || by_pages.is_some()) {
            return None;
        }
        self.is_guess = !is_stated;
        let request = match token_param {
            Some(token) => token.remove(request.clone()),
            None => request.clone(),
        };
        Some((request, NextPage::Param(param, PageValue::Number(next.to_string()))))
    }

    /// Ends the listing.
    fn end(&self, response: &Response) -> Result<(), Error> {
        let missing = self.missing_items();
        missing.map_or(Ok(()), |summary| Err(new_error::pages(response.clone(), summary)))
    }

    /// Describes the items that are missing if the listing ends here.
    fn missing_items(&self) -> Option<String> {
        let (totals, position) = (self.totals?, self.position()?);
        // If pages are counted and an item is deleted, the items after it move to earlier pages. A page token remains
        // valid.
        let is_counted = self.rule.count.is_some() && !self.has_tokens;
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
