//! [`Listing`], which decides after each page how the listing continues or ends.
//!
//! A listing always ends, and if the server states a total or a flag, an incomplete listing ends with an error:
//!
//! - Links, page tokens, page numbers and contents that repeat are recognized ([`VisitedPages`]).
//! - If nothing announces the next page, it is requested as a guess, unless the page has fewer items than a full page
//!   before it. A guess is wrong if the server refuses the page, if it has no items, or if it is the same page again.
//! - A few pages can have the ids of earlier pages and other values ([`MAX_CHANGED_PAGES`]). Pages that can be equal by
//!   chance are limited as well ([`MAX_SIMILAR_PAGES`]).
//! - The number of items is compared with the total that the server states ([`Extent`]).

use http::StatusCode;

use super::super::call::request::Request;
use super::super::error::{Error, ErrorKind, new_error};
use super::super::net::response::Response;
use super::content::{PageContent, hash};
use super::extent::Extent;
use super::lookup::PageValue;
use super::next_page::NextPage;
use super::page::Page;
use super::pagination::{PageUnit, Pagination};
use super::visited::VisitedPages;

/// The maximum number of pages with the items of earlier pages if such pages can be equal by chance, for example if the
/// items are numbers.
const MAX_SIMILAR_PAGES: usize = 1000;

/// The number of pages with the ids of earlier pages and other values that is an error if page tokens announce them. The
/// items can be values of the same things at other times, but the server can also repeat a page, with a property that
/// changes with each response.
const MAX_CHANGED_PAGES: usize = 3;

/// The error for a counted page whose items can be the ones of the page before it.
const CHANGED_ITEMS: &str = "the page begins with ids of the page before it and other values, so it is unknown if these are the same items";

/// The maximum number of pages that are requested with one page token. A cursor on the server can have the same token for
/// all pages.
const MAX_PAGES_OF_ONE_TOKEN: usize = 100_000;

/// The number of consecutive pages without items that is an error. Servers that filter items return some empty pages.
pub(super) const MAX_EMPTY_PAGES: usize = 1000;

/// The responses of servers to a page behind the last: an offset or a number that is not valid, or nothing there.
const BEHIND_LAST: [StatusCode; 5] = [
    StatusCode::BAD_REQUEST,
    StatusCode::NOT_FOUND,
    StatusCode::GONE,
    StatusCode::RANGE_NOT_SATISFIABLE,
    StatusCode::UNPROCESSABLE_ENTITY,
];

/// A listing while its pages are read.
pub(super) struct Listing {
    rule: &'static Pagination,
    visited: VisitedPages,
    /// The ids of the pages, or their items.
    contents: VisitedPages,
    /// The items of the pages with all properties.
    whole_contents: VisitedPages,
    /// The pages that have a page token.
    cursor_pages: VisitedPages,
    similar_pages: usize,
    changed_pages: usize,
    /// The number of consecutive pages with one page token.
    pages_of_one_token: usize,
    /// The number of consecutive pages without items.
    empty_pages: usize,
    previous: PageContent,
    extent: Extent,
    /// The page token, URL, offset or number of the last request.
    selected: Option<String>,
    /// The number of the first page, if pages have numbers and it is known.
    first: Option<u64>,
    /// True if a page had a page token or a link. Then a page without one is the last.
    has_tokens: bool,
    next: Next,
}

/// The request for the next page.
#[derive(Clone, Copy, Debug, Default)]
struct Next {
    /// True if it selects the page by its offset or number.
    is_counted: bool,
    /// True if nothing says that the page exists.
    is_guess: bool,
    /// True if the page can be the first page again, because pages can be counted from 0 or 1.
    is_probe: bool,
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
    /// The response is the first page again. It contains the request for the next page.
    FirstPageAgain(Result<Option<Request>, Error>),
    /// The listing has ended before this response.
    End(Result<(), Error>),
}

impl Listing {
    /// Begins a listing with the page that a request selects. Returns the request to send.
    pub(super) fn begin(rule: &'static Pagination, request: Request) -> (Self, Request) {
        let extent = Extent::before(rule, &request);
        let is_absent = |value: PageValue| value.is_absent();
        let is_counted_from_start = rule.count.is_none_or(|(_, param)| is_absent(param.read(&request)));
        let empty_token = rule.token.and_then(|(_, param)| param).filter(|param| {
            rule.starts_empty && is_counted_from_start && param.read(&request) == PageValue::Missing
        });
        let request = match empty_token {
            Some(param) => param.write(request, &PageValue::Text(String::new())),
            None => request,
        };
        let first = match rule.count {
            Some((PageUnit::Pages(first), _)) => first,
            _ => None,
        };
        let listing = Self {
            rule,
            visited: VisitedPages::default(),
            contents: VisitedPages::default(),
            whole_contents: VisitedPages::default(),
            cursor_pages: VisitedPages::default(),
            similar_pages: 0,
            changed_pages: 0,
            pages_of_one_token: 0,
            empty_pages: 0,
            previous: PageContent::default(),
            extent,
            selected: None,
            first,
            has_tokens: false,
            next: Next::default(),
        };
        (listing, request)
    }

    /// Reads the response to a request.
    pub(super) fn advance(&mut self, request: &Request, response: &Response) -> Step {
        if self.next.is_guess && response.status() == StatusCode::NO_CONTENT {
            return Step::End(self.end(response));
        }
        let page = Page::read(self.rule, response);
        if self.next.is_probe {
            if let Some(step) = self.probe(&page, request, response) {
                return step;
            }
        }
        if let Some(end) = self.end_if_repeated(&page, response) {
            return Step::End(end);
        }
        let repeated_items = match self.repeated_items(&page, response) {
            Ok(count) => count,
            Err(error) => return Step::End(Err(error)),
        };
        self.extent.add(self.rule, &page, request);
        self.empty_pages = if page.len() == 0 { self.empty_pages + 1 } else { 0 };
        let next = self.next(&page, request, response).and_then(|next| self.limited(next, response));
        self.previous = page.content;
        Step::Page { repeated_items, next }
    }

    /// Returns the error with which the listing ends if the request for a page fails, or `None` if the page before it
    /// was the last.
    pub(super) fn end_after(&self, error: Error) -> Option<Error> {
        let status = error.status().filter(|_| error.kind() == ErrorKind::Status);
        let is_wrong_guess = self.next.is_guess && status.is_some_and(|status| BEHIND_LAST.contains(&status));
        let is_missing = self.next.is_counted && status == Some(StatusCode::NOT_FOUND);
        if !is_wrong_guess && !is_missing {
            return Some(error);
        }
        match self.missing_items() {
            Some(summary) => Some(new_error::refused_page(&error, summary)),
            None => Some(error).filter(|_| !is_wrong_guess),
        }
    }

    /// Returns the step after page 1 if page 1 is not the second page, and sets the number of the first page.
    fn probe(&mut self, page: &Page, request: &Request, response: &Response) -> Option<Step> {
        let is_equal = page.content.has_same_items(&self.previous);
        // Two pages without items can be different pages.
        let is_known = page.len() > 0 || !is_equal;
        self.first = Some(u64::from(is_equal)).filter(|_| is_known);
        let unknown = |response: &Response| {
            let summary =
                "the first page and page 1 have some items in common, so the second page is unknown";
            Step::End(Err(new_error::pages(response.clone(), summary.to_owned())))
        };
        if is_equal && is_known && can_be_equal_by_chance(&page.content) {
            return Some(unknown(response));
        }
        if is_equal && is_known {
            self.extent.add_total(page);
            return Some(Step::FirstPageAgain(self.next(page, request, response)));
        }
        // If items were added, the last ones of the first page can be at the start of the second page. No others are on
        // both pages.
        let moved = page.content.overlap(&self.previous);
        let moved = if self.has_grown(page, moved) == Some(false) { 0 } else { moved };
        (page.content.shared(&self.previous) > moved).then(|| unknown(response))
    }

    /// Returns the end of the listing if a page has the content of an earlier page.
    fn end_if_repeated(&mut self, page: &Page, response: &Response) -> Option<Result<(), Error>> {
        if page.len() == 0 {
            return None;
        }
        let content = &page.content;
        let is_counted = self.next.is_counted;
        let is_previous = content.has_same_items(&self.previous);
        let is_known = self.contents.is_repeat(content.hash());
        let is_equal =
            self.whole_contents.is_repeat(content.whole_hash()) || content.is_equal(&self.previous);
        if !is_known && !is_previous && !is_equal {
            return None;
        }
        if !is_equal && is_counted && self.next.is_guess {
            return Some(Err(new_error::pages(response.clone(), CHANGED_ITEMS.to_owned())));
        }
        if !is_equal && !is_counted {
            self.changed_pages += 1;
            return (self.changed_pages == MAX_CHANGED_PAGES).then(|| {
                let summary = format!(
                    "{MAX_CHANGED_PAGES} pages have the same ids as earlier pages and other values, so the server may repeat a page"
                );
                Err(new_error::pages(response.clone(), summary))
            });
        }
        let is_one_value = content.len() == 1 && !content.have_ids() && !is_counted;
        if is_one_value || !content.is_distinct() {
            // The pages can be equal by chance.
            self.similar_pages += 1;
            if self.similar_pages < MAX_SIMILAR_PAGES {
                return None;
            }
        } else if is_previous && is_counted {
            // A server that ignores the parameter returns the only page again. Others return the last page again.
            let end = self.end(response);
            if self.next.is_guess || end.is_err() {
                return Some(end);
            }
        }
        let summary = "the page has the same items as an earlier page";
        Some(Err(new_error::pages(response.clone(), summary.to_owned())))
    }

    /// Returns the number of items at the start of a page that were on the previous page, because items were added
    /// before them in the meantime.
    ///
    /// # Errors
    ///
    /// Returns an error if the items can be the same ones, with a property that has changed, or other items with their
    /// ids.
    fn repeated_items(&self, page: &Page, response: &Response) -> Result<usize, Error> {
        if !self.next.is_counted {
            return Ok(0);
        }
        // Different items can be equal, unless they have ids.
        let has_ids = page.content.have_ids();
        let overlap = page.content.overlap(&self.previous);
        match self.has_grown(page, overlap) {
            Some(true) => Ok(overlap),
            None if has_ids && overlap > page.content.whole_overlap(&self.previous) => {
                Err(new_error::pages(response.clone(), CHANGED_ITEMS.to_owned()))
            }
            None if has_ids => Ok(overlap),
            None | Some(false) => Ok(0),
        }
    }

    /// Returns true if the total has grown by this number of items or more since the page before, and `None` if the
    /// server does not state it.
    fn has_grown(&self, page: &Page, items: usize) -> Option<bool> {
        let (before, now) = self.extent.total().zip(page.total)?;
        Some(now.checked_sub(before).is_some_and(|added| added >= items as u64))
    }

    /// Returns the request for the next page, or an error after too many pages without items.
    fn limited(&self, next: Option<Request>, response: &Response) -> Result<Option<Request>, Error> {
        if next.is_some() && self.rule.items.is_some() && self.empty_pages == MAX_EMPTY_PAGES {
            let summary = format!("{MAX_EMPTY_PAGES} pages in a row have no items");
            return Err(new_error::pages(response.clone(), summary));
        }
        Ok(next)
    }

    /// Returns the request for the next page, or `None` if the page is the last.
    fn next(
        &mut self,
        page: &Page,
        request: &Request,
        response: &Response,
    ) -> Result<Option<Request>, Error> {
        self.next = Next::default();
        if page.has_more == Some(false) {
            return self.end(response).map(|()| None);
        }
        let mut is_token = false;
        let (next, selected) = if let Some(referred) = NextPage::referred(self.rule, response)? {
            is_token = matches!(referred, NextPage::Param(..));
            self.has_tokens = true;
            if page.has_more.is_none() && self.is_exhausted(page, &referred) {
                return self.end(response).map(|()| None);
            }
            referred.request(request, response)?
        } else if let Some((request, counted)) = self.count(page, request) {
            counted.request(&request, response)?
        } else {
            self.end(response)?;
            let summary = "the response says that there are more pages, but has no page token or link";
            return match page.has_more {
                Some(true) => Err(new_error::pages(response.clone(), summary.to_owned())),
                _ => Ok(None),
            };
        };
        // A cursor on the server has the same token for all pages, so their contents are compared.
        let is_same_token = is_token && self.selected.as_ref() == Some(&selected);
        self.pages_of_one_token = if is_same_token { self.pages_of_one_token + 1 } else { 0 };
        let is_known = is_token && self.cursor_pages.is_repeat(page.content.whole_hash());
        let is_repeat = match is_same_token && self.rule.items.is_some() {
            true => is_known || self.pages_of_one_token == MAX_PAGES_OF_ONE_TOKEN,
            false => self.visited.is_repeat(hash(&selected)),
        };
        if is_repeat {
            let summary = "the next page has already been requested";
            return Err(new_error::pages(response.clone(), summary.to_owned()));
        }
        self.selected = Some(selected);
        Ok(Some(next))
    }

    /// Returns true if a page without items has the page token with which it was requested: a cursor at its end.
    fn is_exhausted(&self, page: &Page, referred: &NextPage) -> bool {
        let is_same = match referred {
            NextPage::Param(_, token) => self.selected.as_deref() == Some(token.text()),
            NextPage::Link(_) => false,
        };
        is_same && self.rule.items.is_some() && page.len() == 0
    }

    /// Returns the next page by its offset or number, and the request to change, or `None` if the page is the last.
    fn count(&mut self, page: &Page, request: &Request) -> Option<(Request, NextPage)> {
        let (unit, param) = self.rule.count.filter(|_| !self.has_tokens)?;
        let value = param.read(request);
        let is_default = value.is_absent();
        if is_default && matches!(unit, PageUnit::Pages(_)) {
            self.first = self.first.or(page.number.filter(|number| *number <= 1));
        }
        let current = match unit {
            _ if !is_default => Some(value.number()?),
            PageUnit::Items => Some(0),
            PageUnit::Pages(_) => self.first,
        };
        // Page 1 is the second page, or the first one again. Beginning with page 2 could miss a page.
        let next = current.map_or(1, |current| unit.after(current, page.len()));
        // A total that is already exceeded is wrong, or the total of something else.
        let is_below = |reached: u64, total: u64| (reached <= total).then_some(reached < total);
        let total = self.extent.position().zip(self.extent.total());
        let by_total = total.and_then(|(position, total)| is_below(position, total));
        let total_pages = page.total_pages.filter(|_| matches!(unit, PageUnit::Pages(_)));
        let by_pages = match (total_pages, self.first) {
            (Some(pages), _) if current.is_none() => is_below(1, pages),
            (Some(pages), Some(first)) => is_below(next, first.saturating_add(pages)),
            (Some(pages), None) => (next < pages).then_some(true),
            (None, _) => None,
        };
        // Without the number of the first page, the number of pages can be the number of the last.
        let may_be_last = current.is_some() && self.first.is_none() && total_pages == Some(next);
        // A request with a page token ignores the offset.
        let token_param = self.rule.token.and_then(|(_, param)| param);
        let token_param = token_param.filter(|param| param.read(request) != PageValue::Missing);
        if token_param.is_some() && by_total != Some(true) {
            return None;
        }
        let is_empty = page.len() == 0;
        let is_announced =
            page.has_more == Some(true) || by_pages == Some(true) || (by_total == Some(true) && !is_empty);
        let is_last = by_total.is_some()
            || (!may_be_last && (is_empty || self.extent.is_short() || by_pages.is_some()));
        if !is_announced && is_last {
            return None;
        }
        self.next = Next { is_counted: true, is_guess: !is_announced, is_probe: current.is_none() };
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
        self.extent.missing_items(self.rule.count.is_some() && !self.has_tokens)
    }
}

/// Returns true if different pages can have the same items.
fn can_be_equal_by_chance(content: &PageContent) -> bool {
    !content.is_distinct() || (content.len() == 1 && !content.have_ids())
}
