// @generated from the OpenAPI document. Change the document, and generate again.

//! Paginated operations: [`Pages`] is a stream of pages, [`Items`] a stream of the items on all pages.
//!
//! The [`Pagination`] rule of an operation is data. The code that sends requests and finds the next page is not
//! generic, so only the decoding of pages is compiled for each operation.
//!
//! This room may import `call`, `error`, `net` and `wire`.

mod content;
mod extent;
mod link;
mod listing;
pub(super) mod lookup;
mod next_page;
mod page;
mod page_param;
pub(super) mod pagination;
mod visited;

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::vec;

use futures_core::Stream;

use super::call::request::Request;
use super::error::{Error, new_error};
use super::net::response::Response;
use super::net::transport::BoxFuture;
use listing::{Listing, MAX_EMPTY_PAGES, Step};
pub use page_param::PageParam;
pub use pagination::Pagination;

/// A stream of the pages of a paginated operation. Each page is the decoded response body.
///
/// Each page is requested only when it is polled; no page is requested in advance. The number of pages is not limited,
/// and previous pages are not kept in memory.
///
/// Each request has its own timeout and retries. An error ends the stream.
///
/// The last page is the one without a token or a link to the next, or the one with which the total is reached. If the
/// server states neither, the next page is requested as a guess, unless the page has fewer items than a full page before
/// it. The stream ends if this page is empty, if it is equal to the page before, or if its status is 204, 400, 404, 410,
/// 416 or 422. A server that refuses large offsets in this way ends the stream early, unless it states a total.
///
/// The stream ends with an error ([`Error::is_pages`]) in these cases:
///
/// - The pages have fewer items than the total that the server states, or 1000 pages in a row have no items.
/// - The server says that there are more pages, but refuses the next one, or has no page token or link to it.
/// - The `Link` header is not valid, or the next page is on another server.
/// - A page token or a link repeats. All pages can have one page token if they have different items, up to 100,000 pages.
/// - A page repeats: it has the items of an earlier page. Fewer than 1000 such pages are accepted if items on one page are
///   equal, or if page tokens announce pages of one item without an id.
/// - Page tokens announce three pages that have the ids of earlier pages and other values. The first two are returned.
///   Ids are the properties `id`, `_id`, `uuid`, `guid` and `gid`.
/// - A page begins with ids of the page before it and other values, if offsets or page numbers select it and there is no
///   total: these can be the same items or others.
/// - It is unknown which page is the second one, because the first page and page 1 have some items in common.
///
/// ```
/// # use conductorone::runtime::{Error, Pages};
/// async fn print(mut pages: Pages<Vec<String>>) -> Result<(), Error> {
///     while let Some(page) = pages.next().await {
///         println!("{} pets", page?.len());
///     }
///     Ok(())
/// }
/// ```
#[must_use = "no page is requested until `next` is awaited"]
pub struct Pages<T> {
    raw: RawPages,
    decode: fn(Response) -> Result<T, Error>,
}

impl<T> Pages<T> {
    /// Returns the pages that start with the response to this request.
    pub fn new(
        request: Request,
        pagination: &'static Pagination,
        decode: fn(Response) -> Result<T, Error>,
    ) -> Self {
        Self { raw: RawPages::new(request, pagination), decode }
    }

    /// Returns the items of all pages, one at a time. `list` returns the items of a page.
    pub fn items<I: 'static>(self, list: fn(T) -> Vec<I>) -> Items<I>
    where
        T: 'static,
    {
        let decode = self.decode;
        Items {
            items: Vec::new().into_iter(),
            empty_pages: 0,
            raw: self.raw,
            decode: Box::new(move |response| decode(response).map(list)),
        }
    }

    /// Requests the next page. Returns `None` after the last page.
    ///
    /// This method is cancel safe: if the future is dropped, no page is lost.
    ///
    /// # Errors
    ///
    /// Returns the errors of a single call, and [`Error::is_pages`] in the cases that [`Pages`] lists.
    pub async fn next(&mut self) -> Option<Result<T, Error>> {
        poll_fn(|context| self.poll(context)).await
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<T, Error>>> {
        self.raw.poll_decoded(context, |page| (self.decode)(page.response))
    }
}

impl<T> Stream for Pages<T> {
    type Item = Result<T, Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll(context)
    }
}

impl<T> fmt::Debug for Pages<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages").finish_non_exhaustive()
    }
}

/// A stream of the items on all pages of a paginated operation.
///
/// The next page is requested after all items of the current page have been returned. If items are added while pages are
/// counted, the next page can start with items of the current page. These are skipped if the total has grown by their
/// number, or if there is no total and they are equal and have ids. Pages without items are skipped. See [`Pages`] for
/// requests and errors.
///
/// ```
/// # use conductorone::runtime::{Error, Items};
/// async fn print(mut pets: Items<String>) -> Result<(), Error> {
///     while let Some(pet) = pets.next().await {
///         println!("{}", pet?);
///     }
///     Ok(())
/// }
/// ```
#[must_use = "no page is requested until `next` is awaited"]
pub struct Items<T> {
    items: vec::IntoIter<T>,
    /// The number of consecutive pages without items.
    empty_pages: usize,
    raw: RawPages,
    decode: Decode<T>,
}

/// Decodes the items of a page.
type Decode<T> = Box<dyn Fn(Response) -> Result<Vec<T>, Error> + Send + Sync>;

impl<T> Items<T> {
    /// Returns the next item, and requests the next page if necessary. Returns `None` after the last item of the last
    /// page.
    ///
    /// This method is cancel safe: if the future is dropped, no item is lost.
    ///
    /// # Errors
    ///
    /// Returns the errors of [`Pages::next`].
    pub async fn next(&mut self) -> Option<Result<T, Error>> {
        poll_fn(|context| self.poll(context)).await
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<T, Error>>> {
        loop {
            if let Some(item) = self.items.next() {
                return Poll::Ready(Some(Ok(item)));
            }
            let is_at_limit = self.empty_pages + 1 == MAX_EMPTY_PAGES;
            let decode = |page: RawPage| {
                // If this page has no items either, the error contains its response.
                let response = is_at_limit.then(|| page.response.clone());
                let mut items = (self.decode)(page.response)?;
                drop(items.drain(..page.repeated_items.min(items.len())));
                match response.filter(|_| items.is_empty()) {
                    None => Ok(items),
                    Some(response) => {
                        let summary = format!("{MAX_EMPTY_PAGES} pages in a row have no items");
                        Err(new_error::pages(response, summary))
                    }
                }
            };
            match ready!(self.raw.poll_decoded(context, decode)) {
                Some(Ok(items)) => {
                    self.empty_pages = if items.is_empty() { self.empty_pages + 1 } else { 0 };
                    self.items = items.into_iter();
                }
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
    }
}

/// Items are never pinned.
impl<T> Unpin for Items<T> {}

impl<T> Stream for Items<T> {
    type Item = Result<T, Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll(context)
    }
}

impl<T> fmt::Debug for Items<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Items").field("buffered", &self.items.len()).finish_non_exhaustive()
    }
}

/// The responses of a paginated operation, before they are decoded.
struct RawPages {
    listing: Listing,
    state: State,
}

/// A response, and the number of items at its start that the previous page had as well.
struct RawPage {
    response: Response,
    repeated_items: usize,
}

enum State {
    /// The next request has not been sent.
    Ready(Box<Request>),
    /// The request has been sent.
    Sent(Box<Request>, BoxFuture<'static, Result<Response, Error>>),
    /// The last page was returned, but the listing is not complete, or the request for the next page is not possible.
    Failed(Error),
    Done,
}

impl State {
    /// Returns the state after a page.
    fn after(next: Result<Option<Request>, Error>) -> Self {
        match next {
            Ok(Some(next)) => Self::Ready(Box::new(next)),
            Ok(None) => Self::Done,
            Err(error) => Self::Failed(error),
        }
    }
}

impl RawPages {
    fn new(request: Request, pagination: &'static Pagination) -> Self {
        let (listing, request) = Listing::begin(pagination, request);
        Self { listing, state: State::Ready(Box::new(request)) }
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<RawPage, Error>>> {
        loop {
            if let State::Ready(request) = &self.state {
                let request = request.clone();
                let response = request.as_ref().clone().send();
                self.state = State::Sent(request, response);
            }
            let response = match &mut self.state {
                State::Sent(_, response) => ready!(response.as_mut().poll(context)),
                State::Ready(_) | State::Failed(_) | State::Done => {
                    return Poll::Ready(match std::mem::replace(&mut self.state, State::Done) {
                        State::Failed(error) => Some(Err(error)),
                        _ => None,
                    });
                }
            };
            let State::Sent(request, _) = std::mem::replace(&mut self.state, State::Done) else {
                return Poll::Ready(None);
            };
            let response = match response {
                Ok(response) => response,
                Err(error) => return Poll::Ready(self.listing.end_after(error).map(Err)),
            };
            match self.listing.advance(&request, &response) {
                Step::Page { repeated_items, next } => {
                    self.state = State::after(next);
                    return Poll::Ready(Some(Ok(RawPage { response, repeated_items })));
                }
                Step::FirstPageAgain(next) => self.state = State::after(next),
                Step::End(end) => return Poll::Ready(end.err().map(Err)),
            }
        }
    }

    /// Returns the next page, decoded. A response that does not decode is the last.
    fn poll_decoded<T>(
        &mut self,
        context: &mut Context<'_>,
        decode: impl Fn(RawPage) -> Result<T, Error>,
    ) -> Poll<Option<Result<T, Error>>> {
        let next = match ready!(self.poll(context)) {
            Some(Ok(page)) => Some(decode(page).inspect_err(|_| self.state = State::Done)),
            Some(Err(error)) => Some(Err(error)),
            None => None,
        };
        Poll::Ready(next)
    }
}
