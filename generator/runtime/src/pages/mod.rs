//! Answers that come in pages, one request each: [`Pages`] gives the pages, [`Items`] what is listed in them.
//!
//! How a page leads to the next is an operation's [`Paging`], which is data. What sends requests and looks for the
//! next one is not generic, so that of an operation only the decoding of its pages is compiled.

mod ask;
mod link;
mod look;
mod paging;
mod trail;

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::vec;

use futures_core::Stream;

use super::error::Error;
use super::request::Request;
use super::response::Response;
use super::transport::BoxFuture;
pub use ask::Ask;
pub use paging::Paging;
use trail::Trail;

/// The pages of an answer, each as the operation answers it, whatever it lists.
///
/// A page is asked for when the one before it has been taken: nothing is sent ahead, and dropping this ends the
/// listing. There is no limit to the number of pages but the caller's patience; no page is kept.
///
/// Each request has the timeout and the retries of a call of its own. An error ends the listing.
///
/// ```
/// # use runtime::{Error, Pages};
/// async fn print(mut pages: Pages<Vec<String>>) -> Result<(), Error> {
///     while let Some(page) = pages.next().await {
///         println!("{} pets", page?.len());
///     }
///     Ok(())
/// }
/// ```
#[must_use = "a page is asked for when it is awaited"]
pub struct Pages<T> {
    chain: Chain,
    decode: fn(Response) -> Result<T, Error>,
}

impl<T> Pages<T> {
    /// The pages that begin with the answer to a request.
    pub fn new(request: Request, paging: &'static Paging, decode: fn(Response) -> Result<T, Error>) -> Self {
        Self { chain: Chain::new(request, paging), decode }
    }

    /// What `list` finds in each page, one by one.
    pub fn items<I: 'static>(self, list: fn(T) -> Vec<I>) -> Items<I>
    where
        T: 'static,
    {
        let decode = self.decode;
        Items {
            items: Vec::new().into_iter(),
            empty: 0,
            chain: self.chain,
            decode: Box::new(move |response| decode(response).map(list)),
        }
    }

    /// The next page; none behind the last.
    ///
    /// Nothing is lost if the future is dropped.
    ///
    /// # Errors
    ///
    /// Those of a call; [`Error::is_pages`] if the server leads in circles, or to another server.
    pub async fn next(&mut self) -> Option<Result<T, Error>> {
        poll_fn(|context| self.poll(context)).await
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<T, Error>>> {
        self.chain.poll_decoded(context, self.decode)
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

/// What the pages of an answer list, one by one.
///
/// The next page is asked for when the items of the last one have been taken. Pages without items are passed over, unless
/// a thousand of them follow one another: that is an error ([`Error::is_pages`]), as a server may invent pages for ever.
/// See [`Pages`] for the rest.
///
/// ```
/// # use runtime::{Error, Items};
/// async fn print(mut pets: Items<String>) -> Result<(), Error> {
///     while let Some(pet) = pets.next().await {
///         println!("{}", pet?);
///     }
///     Ok(())
/// }
/// ```
#[must_use = "items are asked for when they are awaited"]
pub struct Items<T> {
    items: vec::IntoIter<T>,
    /// How many pages there have been since the last item.
    empty: usize,
    chain: Chain,
    decode: Decode<T>,
}

/// How many pages in a row may have no items. A server that filters what it has may need some.
const EMPTY_PAGES: usize = 1000;

/// What decodes the items of a page.
type Decode<T> = Box<dyn Fn(Response) -> Result<Vec<T>, Error> + Send + Sync>;

impl<T> Items<T> {
    /// The next item; none behind the last one of the last page.
    ///
    /// Nothing is lost if the future is dropped.
    ///
    /// # Errors
    ///
    /// Those of [`Pages::next`]; [`Error::is_pages`] also if page after page has no items.
    pub async fn next(&mut self) -> Option<Result<T, Error>> {
        poll_fn(|context| self.poll(context)).await
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<T, Error>>> {
        loop {
            if let Some(item) = self.items.next() {
                return Poll::Ready(Some(Ok(item)));
            }
            let is_enough = self.empty + 1 == EMPTY_PAGES;
            let decode = |response: Response| {
                // For the error, if it has no items either.
                let page = is_enough.then(|| response.clone());
                let items = (self.decode)(response)?;
                match page.filter(|_| items.is_empty()) {
                    None => Ok(items),
                    Some(page) => {
                        Err(Error::pages(page, format!("{EMPTY_PAGES} pages in a row have no items")))
                    }
                }
            };
            match ready!(self.chain.poll_decoded(context, decode)) {
                Some(Ok(items)) => {
                    self.empty = if items.is_empty() { self.empty + 1 } else { 0 };
                    self.items = items.into_iter();
                }
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
    }
}

/// No item is ever pinned.
impl<T> Unpin for Items<T> {}

impl<T> Stream for Items<T> {
    type Item = Result<T, Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll(context)
    }
}

impl<T> fmt::Debug for Items<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Items").field("at_hand", &self.items.len()).finish_non_exhaustive()
    }
}

/// The responses, whatever they hold.
struct Chain {
    paging: &'static Paging,
    trail: Trail,
    state: State,
}

enum State {
    /// To be sent when it is asked for.
    Ready(Box<Request>),
    Sent(Box<Request>, BoxFuture<'static, Result<Response, Error>>),
    /// The page before this was the last that could be had.
    Broken(Error),
    Done,
}

impl Chain {
    fn new(request: Request, paging: &'static Paging) -> Self {
        Self { paging, trail: Trail::default(), state: State::Ready(Box::new(request)) }
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Response, Error>>> {
        if let State::Ready(request) = &self.state {
            let request = request.clone();
            let response = request.as_ref().clone().send();
            self.state = State::Sent(request, response);
        }
        let response = match &mut self.state {
            State::Sent(_, response) => ready!(response.as_mut().poll(context)),
            State::Ready(_) | State::Broken(_) | State::Done => {
                return Poll::Ready(match std::mem::replace(&mut self.state, State::Done) {
                    State::Broken(error) => Some(Err(error)),
                    _ => None,
                });
            }
        };
        if let (State::Sent(request, _), Ok(response)) =
            (std::mem::replace(&mut self.state, State::Done), &response)
        {
            self.state = match self.paging.next(&request, response, &mut self.trail) {
                Ok(Some(next)) => State::Ready(Box::new(next)),
                Ok(None) => State::Done,
                Err(error) => State::Broken(error),
            };
        }
        Poll::Ready(Some(response))
    }

    /// The next response, decoded; one that cannot be is the last.
    fn poll_decoded<T>(
        &mut self,
        context: &mut Context<'_>,
        decode: impl Fn(Response) -> Result<T, Error>,
    ) -> Poll<Option<Result<T, Error>>> {
        let next = match ready!(self.poll(context)) {
            Some(Ok(response)) => Some(decode(response).inspect_err(|_| self.state = State::Done)),
            Some(Err(error)) => Some(Err(error)),
            None => None,
        };
        Poll::Ready(next)
    }
}
