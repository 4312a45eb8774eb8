// @generated from the OpenAPI document. Change the document, and generate again.

//! Streams of JSON values: JSON Lines (`application/jsonl`, `application/x-ndjson`) and JSON text sequences
//! (`application/json-seq`).

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_core::Stream;
use http::HeaderMap;
use serde::de::DeserializeOwned;

use super::super::call::request::Request;
use super::super::error::{Error, new_error};
use super::super::net::response::Response;
use super::super::net::transport::BoxFuture;
use super::super::wire::{self, DecodeError};
use super::splitter::{Delimiter, Splitter};

/// The byte before each text of `application/json-seq` ([RFC 7464](https://www.rfc-editor.org/rfc/rfc7464), section
/// 2.2).
const RECORD_SEPARATOR: u8 = 0x1e;

/// A stream of JSON values, decoded as they arrive.
///
/// Accepts JSON Lines, with one value in each line, and JSON text sequences, with a record separator before each value
/// ([RFC 7464](https://www.rfc-editor.org/rfc/rfc7464)).
///
/// The response must start within the client's timeout. After that, the stream has no timeout unless the request
/// sets one: `with_timeout` limits the whole stream, and `with_attempt_timeout` the time between two chunks of
/// data. The client's limit for response bodies applies to each value.
///
/// ```
/// # use conductorone::runtime::{Error, JsonLines};
/// async fn print(mut pets: JsonLines<String>) -> Result<(), Error> {
///     while let Some(pet) = pets.next().await {
///         println!("{}", pet?);
///     }
///     Ok(())
/// }
/// ```
pub struct JsonLines<T> {
    raw: RawValues,
    decode: fn(&[u8]) -> Result<T, DecodeError>,
}

impl<T> JsonLines<T> {
    /// Returns the next value, or `None` at the end of the stream.
    ///
    /// This method is cancel safe: if the future is dropped, no value is lost. The stream continues after a value that
    /// does not decode.
    ///
    /// # Errors
    ///
    /// If the value does not decode ([`Error::is_decode`]), if it is longer than the client's limit for response bodies
    /// ([`Error::is_response_limit`]), or if the connection fails.
    pub async fn next(&mut self) -> Option<Result<T, Error>> {
        poll_fn(|context| self.poll(context)).await
    }

    /// Returns the headers of the response.
    pub fn headers(&self) -> &HeaderMap {
        self.raw.head.headers()
    }

    /// Returns the response without its body. The generated functions that decode response headers accept it.
    pub fn response(&self) -> &Response {
        &self.raw.head
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<T, Error>>> {
        let Some(text) = ready!(self.raw.poll(context)) else { return Poll::Ready(None) };
        Poll::Ready(Some(text.and_then(|text| {
            (self.decode)(&text).map_err(|error| {
                new_error::undecodable_item(self.raw.head.clone().with_body(text), self.raw.count, error)
            })
        })))
    }
}

impl<T: DeserializeOwned + 'static> JsonLines<T> {
    /// Sends a request whose response is a stream of JSON values.
    pub fn json(mut request: Request) -> BoxFuture<'static, Result<Self, Error>> {
        request.0.options.is_open_ended = true;
        Box::pin(async move {
            let (head, body, limit) = request.download().await?.into_parts();
            let raw = RawValues { head, splitter: Splitter::new(body, limit), delimiter: None, count: 0 };
            Ok(Self { raw, decode: wire::from_slice })
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
        f.debug_struct("JsonLines").field("head", &self.raw.head).finish_non_exhaustive()
    }
}

/// The JSON texts of the stream, before they are decoded.
struct RawValues {
    head: Response,
    splitter: Splitter,
    /// The delimiter, which is `None` until the first byte has arrived.
    delimiter: Option<Delimiter>,
    /// The number of texts so far.
    count: u64,
}

impl RawValues {
    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Bytes, Error>>> {
        loop {
            let delimiter = match self.delimiter {
                Some(delimiter) => delimiter,
                None => {
                    // A text after a record separator can contain line breaks.
                    let first = ready!(self.splitter.poll_first(context));
                    let end = if first == Some(RECORD_SEPARATOR) { RECORD_SEPARATOR } else { b'\n' };
                    *self.delimiter.insert(Delimiter::Byte(end))
                }
            };
            let piece = match ready!(self.splitter.poll(context, delimiter)) {
                None => return Poll::Ready(None),
                Some(Err(error)) => {
                    return Poll::Ready(Some(Err(new_error::incomplete_body(self.head.clone(), error))));
                }
                Some(Ok(piece)) => piece,
            };
            let text = piece.bytes;
            // Servers send white space to keep the connection open.
            if !text.iter().all(u8::is_ascii_whitespace) {
                self.count += 1;
                return Poll::Ready(Some(Ok(text)));
            }
        }
    }
}
