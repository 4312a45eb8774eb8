//! [`Blocking`], an iterator over the items of a stream.

use std::future::poll_fn;
use std::pin::Pin;

use futures_core::Stream;

use super::super::error::Error;
#[cfg(feature = "pages")]
use super::super::pages::{Items, Pages};
#[cfg(feature = "streams")]
use super::super::stream::{EventStream, JsonLines};
use super::run::run_to_completion;

/// A blocking iterator over the items of a stream.
///
/// On a thread that runs an asynchronous task of `tokio` it returns [one error](Error::is_blocking) and then
/// ends.
#[derive(Debug)]
#[must_use = "iterators are lazy and do nothing unless consumed"]
pub struct Blocking<S> {
    stream: S,
    is_refused: bool,
}

impl<S> Blocking<S> {
    fn new(stream: S) -> Self {
        Self { stream, is_refused: false }
    }

    /// Returns a reference to the underlying stream.
    pub fn get_ref(&self) -> &S {
        &self.stream
    }

    /// Returns the underlying stream, with all items that the iterator has not returned.
    pub fn into_inner(self) -> S {
        self.stream
    }
}

impl<T, S: Stream<Item = Result<T, Error>> + Unpin> Iterator for Blocking<S> {
    type Item = Result<T, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.is_refused {
            return None;
        }
        let stream = &mut self.stream;
        run_to_completion(poll_fn(|context| Pin::new(&mut *stream).poll_next(context))).unwrap_or_else(
            |refused| {
                self.is_refused = true;
                Some(Err(refused))
            },
        )
    }
}

#[cfg(feature = "pages")]
impl<T> Pages<T> {
    /// Returns a blocking iterator over the pages. It waits for each page.
    pub fn blocking(self) -> Blocking<Self> {
        Blocking::new(self)
    }
}

#[cfg(feature = "pages")]
impl<T> Items<T> {
    /// Returns a blocking iterator over the items. It waits for each page.
    ///
    /// ```
    /// # use runtime::{Error, Items};
    /// fn print(pets: Items<String>) -> Result<(), Error> {
    ///     for pet in pets.blocking() {
    ///         println!("{}", pet?);
    ///     }
    ///     Ok(())
    /// }
    /// ```
    pub fn blocking(self) -> Blocking<Self> {
        Blocking::new(self)
    }
}

#[cfg(feature = "streams")]
impl<T> EventStream<T> {
    /// Returns a blocking iterator over the events. It waits for each event.
    pub fn blocking(self) -> Blocking<Self> {
        Blocking::new(self)
    }
}

#[cfg(feature = "streams")]
impl<T> JsonLines<T> {
    /// Returns a blocking iterator over the values. It waits for each value.
    pub fn blocking(self) -> Blocking<Self> {
        Blocking::new(self)
    }
}
