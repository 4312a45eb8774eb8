// @generated from the OpenAPI document. Change the document, and generate again.

//! Streams of server-sent events (`text/event-stream`).

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use futures_core::Stream;
use http::HeaderMap;
use http::header::CONTENT_TYPE;
use serde::de::DeserializeOwned;

use super::super::call::download::Download;
use super::super::call::request::Request;
use super::super::error::{Error, new_error};
use super::super::net::response::Response;
use super::super::net::transport::BoxFuture;
use super::super::rules::media_type;
use super::super::wire::{self, DecodeError};
use super::event::Event;
use super::event_parser::Parser;
use super::splitter::{Delimiter, Splitter};

/// A stream of server-sent events
/// ([HTML Standard](https://html.spec.whatwg.org/multipage/server-sent-events.html), section 9.2).
///
/// The stream ends when the server closes the connection. A stream of JSON also ends at an event whose data is
/// `[DONE]`. To resume it, wait for [`retry`](Self::retry) and send the request again with
/// [`last_event_id`](Self::last_event_id) in the header `last-event-id`.
///
/// The response must start within the client's timeout. After that, the stream has no timeout unless the request
/// sets one: `with_timeout` limits the whole stream, and `with_attempt_timeout` the time between two chunks of
/// data. The client's limit for response bodies applies to each event.
///
/// ```
/// # use conductorone::runtime::{Error, EventStream};
/// async fn print(mut events: EventStream) -> Result<(), Error> {
///     while let Some(event) = events.next().await {
///         println!("{}", event?.data);
///     }
///     Ok(())
/// }
/// ```
pub struct EventStream<T = String> {
    raw: RawEvents,
    decode: fn(String) -> Result<T, DecodeError>,
}

impl<T> EventStream<T> {
    /// Returns the next event, or `None` at the end of the stream.
    ///
    /// This method is cancel safe: if the future is dropped, no event is lost. The stream continues after an event that
    /// does not decode.
    ///
    /// # Errors
    ///
    /// If the data does not decode ([`Error::is_decode`]), if the event is longer than the client's limit for response
    /// bodies ([`Error::is_response_limit`]), or if the connection fails.
    pub async fn next(&mut self) -> Option<Result<Event<T>, Error>> {
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

    /// Returns the last id of a complete event, or an empty string if no event had an id.
    ///
    /// If the connection fails in the middle of an event, the id of that event does not count, so the server sends the
    /// event again when the stream is resumed with this id.
    pub fn last_event_id(&self) -> &str {
        self.raw.parser.last_event_id()
    }

    /// Returns how long to wait before the stream is resumed, if the server has specified it.
    pub fn retry(&self) -> Option<Duration> {
        self.raw.parser.retry()
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Event<T>, Error>>> {
        let Some(event) = ready!(self.raw.poll(context)) else { return Poll::Ready(None) };
        Poll::Ready(Some(event.and_then(|Event { event, id, data }| {
            // If the data does not decode, the error contains its text.
            let text = data.clone();
            match (self.decode)(data) {
                Ok(data) => Ok(Event { event, id, data }),
                Err(error) => Err(self.raw.undecodable(text, error)),
            }
        })))
    }

    async fn open(
        mut request: Request,
        decode: fn(String) -> Result<T, DecodeError>,
        end: Option<&'static str>,
    ) -> Result<Self, Error> {
        request.0.options.is_open_ended = true;
        Ok(Self { raw: RawEvents::of(request.download().await?, end)?, decode })
    }
}

impl EventStream {
    /// Sends a request whose response is a stream of events with text as data.
    pub fn text(request: Request) -> BoxFuture<'static, Result<Self, Error>> {
        Box::pin(Self::open(request, Ok, None))
    }
}

impl<T: DeserializeOwned + 'static> EventStream<T> {
    /// Sends a request whose response is a stream of events with JSON as data. An event with the data `[DONE]` ends the
    /// stream.
    pub fn json(request: Request) -> BoxFuture<'static, Result<Self, Error>> {
        Box::pin(Self::open(request, |data| wire::from_slice(data.as_bytes()), Some(DONE)))
    }
}

impl<T> Stream for EventStream<T> {
    type Item = Result<Event<T>, Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll(context)
    }
}

impl<T> fmt::Debug for EventStream<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EventStream").field("head", &self.raw.head).finish_non_exhaustive()
    }
}

/// The data of the event with which many APIs end a stream of JSON. It is not valid JSON, so it cannot be a value.
const DONE: &str = "[DONE]";

/// The events of the stream, before their data is decoded.
struct RawEvents {
    head: Response,
    splitter: Splitter,
    parser: Parser,
    /// The data of the event that ends the stream.
    end: Option<&'static str>,
    /// The maximum length of an event in bytes.
    limit: usize,
    /// The number of events so far.
    count: u64,
}

impl RawEvents {
    /// Returns an error if the response has another media type. HTML or JSON would parse as a stream without any
    /// events.
    fn of(download: Download, end: Option<&'static str>) -> Result<Self, Error> {
        let (head, body, limit) = download.into_parts();
        let kind = head.headers().get(CONTENT_TYPE).map(|kind| kind.to_str().unwrap_or("not text"));
        if let Some(kind) = kind.filter(|kind| !media_type::is(kind, "text/event-stream")) {
            let summary = format!("the body is {kind}, not text/event-stream");
            return Err(new_error::not_a_stream(head, summary));
        }
        let splitter = Splitter::new(body, limit);
        Ok(Self { head, splitter, parser: Parser::default(), end, limit, count: 0 })
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Event<String>, Error>>> {
        loop {
            let line = match ready!(self.splitter.poll(context, Delimiter::LineBreak)) {
                None => return Poll::Ready(None),
                Some(Err(error)) => {
                    return Poll::Ready(Some(Err(new_error::incomplete_body(self.head.clone(), error))));
                }
                Some(Ok(line)) => line,
            };
            if !line.is_complete {
                // An event is incomplete without the empty line at its end.
                return Poll::Ready(None);
            }
            if self.parser.len() + line.bytes.len() > self.limit {
                self.splitter.close();
                return Poll::Ready(Some(Err(new_error::item_too_long(self.head.clone(), self.count + 1))));
            }
            if let Some(event) = self.parser.line(&line.bytes) {
                if self.end == Some(event.data.trim()) {
                    self.splitter.close();
                    return Poll::Ready(None);
                }
                self.count += 1;
                return Poll::Ready(Some(Ok(event)));
            }
        }
    }

    fn undecodable(&self, data: String, error: DecodeError) -> Error {
        new_error::undecodable_item(self.head.clone().with_body(data.into()), self.count, error)
    }
}
