//! `text/event-stream`: server-sent events.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use futures_core::Stream;
use http::HeaderMap;
use http::header::CONTENT_TYPE;
use serde::de::DeserializeOwned;

use super::super::download::Download;
use super::super::error::Error;
use super::super::request::Request;
use super::super::response::Response;
use super::super::transport::BoxFuture;
use super::super::wire::{self, DecodeError};
use super::event_parser::Parser;
use super::splitter::{Ends, Splitter};

/// A server-sent event.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Event<T = String> {
    /// What kind of event it is; `message` where the server does not say.
    pub event: String,
    /// The id that the server last gave to an event; empty if it has given none.
    pub id: String,
    /// What it says.
    pub data: T,
}

/// Events, as the server sends them
/// ([HTML Standard](https://html.spec.whatwg.org/multipage/server-sent-events.html), section 9.2).
///
/// It ends with the connection, and events in JSON end with one that says `[DONE]`. To go on behind the last event, send
/// the request again with the header `last-event-id`, after the time that [`retry`](Self::retry) says.
///
/// It has to begin within the client's timeout, and has no end but one that is set for the request: `with_timeout` for
/// all of it, `with_attempt_timeout` for how long nothing may come. An event may be as long as the client takes
/// responses.
///
/// ```
/// # use runtime::{Error, EventStream};
/// async fn print(mut events: EventStream) -> Result<(), Error> {
///     while let Some(event) = events.next().await {
///         println!("{}", event?.data);
///     }
///     Ok(())
/// }
/// ```
pub struct EventStream<T = String> {
    events: Events,
    decode: fn(String) -> Result<T, DecodeError>,
}

impl<T> EventStream<T> {
    /// The next event; none when the server has ended.
    ///
    /// Nothing is lost if the future is dropped. Behind an event that does not decode there may be others.
    ///
    /// # Errors
    ///
    /// If the data is not what the document says ([`Error::is_decode`]), if an event is longer than the client takes
    /// ([`Error::is_response_limit`]), or if the connection breaks.
    pub async fn next(&mut self) -> Option<Result<Event<T>, Error>> {
        poll_fn(|context| self.poll(context)).await
    }

    /// The headers of the answer.
    pub fn headers(&self) -> &HeaderMap {
        self.events.head.headers()
    }

    /// The answer without its body: what reads documented headers takes this.
    pub fn response(&self) -> &Response {
        &self.events.head
    }

    /// The id that the server last gave to an event that has come to its end; empty if it has given none. An event
    /// that it breaks off in does not count, so a request that goes on behind this id gets that event again.
    pub fn last_event_id(&self) -> &str {
        self.events.parser.last_event_id()
    }

    /// How long the server wants to be left alone before it is asked again, if it has said.
    pub fn retry(&self) -> Option<Duration> {
        self.events.parser.retry()
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Event<T>, Error>>> {
        let Some(event) = ready!(self.events.poll(context)) else { return Poll::Ready(None) };
        Poll::Ready(Some(event.and_then(|Event { event, id, data }| {
            // The text is kept for the error, as the body of an answer is.
            let text = data.clone();
            match (self.decode)(data) {
                Ok(data) => Ok(Event { event, id, data }),
                Err(error) => Err(self.events.undecodable(text, error)),
            }
        })))
    }

    async fn open(
        mut request: Request,
        decode: fn(String) -> Result<T, DecodeError>,
        end: Option<&'static str>,
    ) -> Result<Self, Error> {
        request.0.options.is_endless = true;
        Ok(Self { events: Events::of(request.download().await?, end)?, decode })
    }
}

impl EventStream {
    /// Sends a request for events whose data is text.
    pub fn text(request: Request) -> BoxFuture<'static, Result<Self, Error>> {
        Box::pin(Self::open(request, Ok, None))
    }
}

impl<T: DeserializeOwned + 'static> EventStream<T> {
    /// Sends a request for events whose data is JSON. One whose data is `[DONE]`, which is none, is the end.
    pub fn json(request: Request) -> BoxFuture<'static, Result<Self, Error>> {
        Box::pin(Self::open(request, |data| wire::from_slice(data.as_bytes()), Some(END)))
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
        f.debug_struct("EventStream").field("head", &self.events.head).finish_non_exhaustive()
    }
}

/// What many APIs end a stream of JSON with. It is no JSON, so no value is taken for it.
const END: &str = "[DONE]";

/// The events, whatever they hold.
struct Events {
    head: Response,
    lines: Splitter,
    parser: Parser,
    /// The data of an event that is the end.
    end: Option<&'static str>,
    limit: usize,
    /// How many events there have been.
    count: u64,
}

impl Events {
    /// A page of HTML or an object in JSON would be taken for events without data, and for nothing at all.
    fn of(download: Download, end: Option<&'static str>) -> Result<Self, Error> {
        let (head, body, limit) = download.into_parts();
        let kind = head.headers().get(CONTENT_TYPE).map(|kind| kind.to_str().unwrap_or("not text"));
        let essence = |kind: &str| kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        if let Some(kind) = kind.filter(|kind| essence(kind) != "text/event-stream") {
            let summary = format!("the body is {kind}, not text/event-stream");
            return Err(Error::no_stream(head, summary));
        }
        let lines = Splitter::new(body, limit);
        Ok(Self { head, lines, parser: Parser::default(), end, limit, count: 0 })
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Event<String>, Error>>> {
        loop {
            let line = match ready!(self.lines.poll(context, Ends::Lines)) {
                None => return Poll::Ready(None),
                Some(Err(error)) => return Poll::Ready(Some(Err(Error::no_body(self.head.clone(), error)))),
                Some(Ok(line)) => line,
            };
            if !line.is_whole {
                // What the server breaks off in is no event.
                return Poll::Ready(None);
            }
            if self.parser.len() + line.bytes.len() > self.limit {
                self.lines.end();
                return Poll::Ready(Some(Err(Error::long_item(self.head.clone(), self.count + 1))));
            }
            if let Some(event) = self.parser.line(&line.bytes) {
                if self.end == Some(event.data.trim()) {
                    self.lines.end();
                    return Poll::Ready(None);
                }
                self.count += 1;
                return Poll::Ready(Some(Ok(event)));
            }
        }
    }

    fn undecodable(&self, data: String, error: DecodeError) -> Error {
        Error::undecodable_item(self.head.clone().with_body(data.into()), self.count, error)
    }
}
