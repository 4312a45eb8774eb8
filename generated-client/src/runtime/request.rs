// @generated from the OpenAPI document: change that, and generate again.

//! A request while it is put together: its parameters, encoded where they go, and its body.
//!
//! Nothing here can fail in the caller's face. What cannot be sent is remembered, and is the error of the call when
//! the request is sent, so that a chain of setters needs no `?` in its middle.

use std::fmt;

use bytes::Bytes;
use http::header::{ACCEPT, CONTENT_TYPE, USER_AGENT};
use http::{HeaderMap, HeaderName, HeaderValue, Uri};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;

use super::client::Client;
use super::error::Error;
use super::exchange::exchange;
use super::operation::Operation;
use super::parameter::Parameter;
use super::response::Response;
use super::transport::BoxFuture;
use super::wire;

/// What is percent-encoded in a value: all but the unreserved characters of RFC 3986.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// A request while it is put together.
#[derive(Clone)]
pub struct Request {
    pub(super) client: Client,
    pub(super) operation: &'static Operation,
    pub(super) headers: HeaderMap,
    pub(super) body: Bytes,
    /// The path, in which parameters are replaced as they come.
    path: String,
    /// Parameters by name, each encoded: `page_size=10`.
    query: Vec<(&'static str, String)>,
    /// The first thing that went wrong.
    problem: Option<Error>,
}

impl Request {
    /// A request for an operation.
    pub fn new(client: &Client, operation: &'static Operation) -> Self {
        let mut headers = HeaderMap::with_capacity(4);
        headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
        headers.insert(USER_AGENT, client.shared.user_agent.clone());
        Self {
            client: client.clone(),
            operation,
            headers,
            body: Bytes::new(),
            path: operation.path.to_owned(),
            query: Vec::new(),
            problem: None,
        }
    }

    /// Sets a parameter of the path. A list is joined by commas.
    ///
    /// A value that is empty or made of one or two dots would make this another request than it says, so it is refused
    /// when the request is sent.
    pub fn path(mut self, name: &'static str, value: &dyn Parameter) -> Self {
        let text = join(value, ",", percent_encode).unwrap_or_default();
        if text.is_empty() {
            return self.refuse(format_args!("the path parameter `{name}` is empty"));
        }
        if text == "." || text == ".." {
            return self.refuse(format_args!("the path parameter `{name}` is `{text}`"));
        }
        // Encoded text holds no braces, so whatever has braces yet is a parameter that is not set yet.
        let slot = format!("{{{name}}}");
        if !self.path.contains(&slot) {
            return self.refuse(format_args!("the path has no parameter `{name}`"));
        }
        self.path = self.path.replace(&slot, &text);
        self
    }

    /// Sets a parameter of the query. A list becomes one pair an item, an empty list none.
    pub fn query(self, name: &'static str, value: &dyn Parameter) -> Self {
        let mut pairs = String::new();
        value.texts(&mut |text| {
            if !pairs.is_empty() {
                pairs.push('&');
            }
            percent_encode(&mut pairs, name);
            pairs.push('=');
            percent_encode(&mut pairs, text);
        });
        self.set_query(name, pairs)
    }

    /// Sets a parameter of the query that is one pair also if it is a list: its items are joined by `separator`, which
    /// goes into the URL as it is.
    pub fn query_joined(self, name: &'static str, separator: &'static str, value: &dyn Parameter) -> Self {
        let mut pair = String::new();
        if let Some(text) = join(value, separator, percent_encode) {
            percent_encode(&mut pair, name);
            pair.push('=');
            pair.push_str(&text);
        }
        self.set_query(name, pair)
    }

    /// Sets a header. A list is joined by commas.
    ///
    /// A value with a line break or another control character is refused when the request is sent.
    pub fn header(mut self, name: &'static str, value: &dyn Parameter) -> Self {
        let text = join(value, ",", String::push_str).unwrap_or_default();
        match (HeaderName::try_from(name), HeaderValue::try_from(text)) {
            (Ok(name), Ok(value)) => {
                self.headers.insert(name, value);
                self
            }
            _ => self
                .refuse(format_args!("the header parameter `{name}` holds a character that headers cannot")),
        }
    }

    /// Sets the body, in JSON.
    pub fn json<T: Serialize + ?Sized>(self, value: &T) -> Self {
        self.encoded(wire::to_vec(value))
    }

    /// Sends the request. The answer is complete, and its status is a success.
    pub fn send(self) -> BoxFuture<'static, Result<Response, Error>> {
        Box::pin(exchange(self))
    }

    /// Where the request goes.
    pub(super) fn uri(&self) -> Result<Uri, Error> {
        if let Some(problem) = &self.problem {
            return Err(problem.clone());
        }
        if let Some((_, rest)) = self.path.split_once('{') {
            let name = rest.split('}').next().unwrap_or(rest);
            return Err(self.problem(format_args!("the path parameter `{name}` is not set")));
        }
        let mut uri = String::from(self.client.shared.base_url.as_str());
        uri.push_str(&self.path);
        for (index, (_, pairs)) in self.query.iter().enumerate() {
            uri.push(if index == 0 { '?' } else { '&' });
            uri.push_str(pairs);
        }
        Uri::try_from(uri).map_err(|error| self.problem(format_args!("{error}")))
    }

    /// Replaces what is set for a parameter of the query: the last setter counts.
    fn set_query(mut self, name: &'static str, pairs: String) -> Self {
        self.query.retain(|(set, _)| *set != name);
        if !pairs.is_empty() {
            self.query.push((name, pairs));
        }
        self
    }

    fn encoded(mut self, json: Result<Vec<u8>, wire::EncodeError>) -> Self {
        match json {
            Ok(json) => {
                self.headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
                self.body = json.into();
                self
            }
            Err(error) => {
                self.problem.get_or_insert(Error::encode(self.operation, error));
                self
            }
        }
    }

    fn refuse(mut self, message: fmt::Arguments<'_>) -> Self {
        let problem = self.problem(message);
        self.problem.get_or_insert(problem);
        self
    }

    fn problem(&self, message: fmt::Arguments<'_>) -> Error {
        Error::invalid_request(self.operation, message.to_string())
    }
}

/// Shows neither the body nor the values of headers and the query, where keys travel.
impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Request")
            .field("operation", &self.operation)
            .field("path", &self.path)
            .field("query", &self.query.iter().map(|(name, _)| name).collect::<Vec<_>>())
            .field("headers", &self.headers.keys().collect::<Vec<_>>())
            .field("body", &format_args!("{} bytes", self.body.len()))
            .field("problem", &self.problem)
            .finish_non_exhaustive()
    }
}

/// The texts of a value, joined by a separator. None if there are none.
fn join(value: &dyn Parameter, separator: &str, push: fn(&mut String, &str)) -> Option<String> {
    let mut joined = None;
    value.texts(&mut |text| {
        match &mut joined {
            None => joined = Some(String::new()),
            Some(joined) => joined.push_str(separator),
        }
        push(joined.get_or_insert_default(), text);
    });
    joined
}

fn percent_encode(to: &mut String, text: &str) {
    to.extend(utf8_percent_encode(text, ENCODED));
}
