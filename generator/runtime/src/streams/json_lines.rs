//! `application/x-ndjson`, `application/jsonl`, `application/json-seq`: JSON texts in a row.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_core::Stream;
use http::HeaderMap;
use serde::de::DeserializeOwned;

use super::super::error::Error;
use super::super::request::Request;
use super::super::response::Response;
use super::super::transport::BoxFuture;
use super::super::wire::{self, DecodeError};
use super::splitter::{Ends, Splitter};

/// What begins a text of `application/json-seq` ([RFC 7464](https://www.rfc-editor.org/rfc/rfc7464), section 2.2).
const RECORD_SEPARATOR: u8 = 0x1e;

/// JSON texts in a row, as the server sends them: one a line, or each behind a record separator
/// ([RFC 7464](https://www.rfc-editor.org/rfc/rfc7464)).
///
/// They have to begin within the client's timeout, and have no end but one that is set for the request: `with_timeout`
/// for all of them, `with_attempt_timeout` for how long nothing may come. A text may be as long as the client takes
/// responses.
///
/// ```
/// # use runtime::{Error, JsonLines};
/// async fn print(mut pets: JsonLines<String>) -> Result<(), Error> {
///     while let Some(pet) = pets.next().await {
///         println!("{}", pet?);
///     }
///     Ok(())
/// }
/// ```
pub struct JsonLines<T> {
    texts: Texts,
    decode: fn(&[u8]) -> Result<T, DecodeError>,
}

impl<T> JsonLines<T> {
    /// The next value; none when the server has ended.
    ///
    /// Nothing is lost if the future is dropped. Behind a text that does not decode there may be others.
    ///
    /// # Errors
    ///
    /// If the text is not what the document says ([`Error::is_decode`]), if it is longer than the client takes
    /// ([`Error::is_response_limit`]), or if the connection breaks.
    pub async fn next(&mut self) -> Option<Result<T, Error>> {
        poll_fn(|context| self.poll(context)).await
    }

    /// The headers of the answer.
    pub fn headers(&self) -> &HeaderMap {
        self.texts.head.headers()
    }

    /// The answer without its body: what reads documented headers takes this.
    pub fn response(&self) -> &Response {
        &self.texts.head
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<T, Error>>> {
        let Some(text) = ready!(self.texts.poll(context)) else { return Poll::Ready(None) };
        Poll::Ready(Some(text.and_then(|text| {
            (self.decode)(&text).map_err(|error| {
                Error::undecodable_item(self.texts.head.clone().with_body(text), self.texts.count, error)
            })
        })))
    }
}

impl<T: DeserializeOwned + 'static> JsonLines<T> {
    /// Sends a request for JSON texts in a row.
    pub fn json(mut request: Request) -> BoxFuture<'static, Result<Self, Error>> {
        request.0.options.is_endless = true;
        Box::pin(async move {
            let (head, body, limit) = request.download().await?.into_parts();
            let texts = Texts { head, pieces: Splitter::new(body, limit), ends: None, count: 0 };
            Ok(Self { texts, decode: wire::from_slice })
        })
    }
}

impl<T> Stream for JsonLines<T> {
    type Item = Result<T, Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll(context)
    }
}

impl<T> fmt::Debug for JsonLines<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("JsonLines").field("head", &self.texts.head).finish_non_exhaustive()
    }
}

/// The texts, whatever they hold.
struct Texts {
    head: Response,
    pieces: Splitter,
    /// What ends them, once one has begun.
    ends: Option<Ends>,
    /// How many texts there have been.
    count: u64,
}

impl Texts {
    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Bytes, Error>>> {
        loop {
            let ends = match self.ends {
                Some(ends) => ends,
                None => {
                    // Where each says where it begins, texts may have line breaks.
                    let first = ready!(self.pieces.poll_first(context));
                    let end = if first == Some(RECORD_SEPARATOR) { RECORD_SEPARATOR } else { b'\n' };
                    *self.ends.insert(Ends::With(end))
                }
            };
            let piece = match ready!(self.pieces.poll(context, ends)) {
                None => return Poll::Ready(None),
                Some(Err(error)) => return Poll::Ready(Some(Err(Error::no_body(self.head.clone(), error)))),
                Some(Ok(piece)) => piece,
            };
            let text = piece.bytes;
            // White space keeps connections open.
            if !text.iter().all(u8::is_ascii_whitespace) {
                self.count += 1;
                return Poll::Ready(Some(Ok(text)));
            }
        }
    }
}
