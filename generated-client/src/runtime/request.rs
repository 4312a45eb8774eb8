// @generated from the OpenAPI document: change that, and generate again.

//! A request while it is put together: its parameters, encoded where they go, and its body.
//!
//! Nothing here can fail in the caller's face. What cannot be sent is remembered, and is the error of the call when
//! the request is sent, so that a chain of setters needs no `?` in its middle.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::header::{ACCEPT, CONTENT_TYPE, COOKIE};
use http::{HeaderName, HeaderValue, Method, Uri};
use serde::Serialize;

use super::base_url::is_dots;
use super::body::Body;
use super::client::Client;
use super::download::Download;
use super::error::Error;
use super::exchange::exchange;
use super::header::{Headers, is_called_secret};
use super::multipart::Multipart;
use super::operation::{Operation, OperationRef};
use super::parameter::{Node, Parameter};
use super::payload::Payload;
use super::response::Response;
use super::retry::RetryPolicy;
use super::style::{self, Style};
use super::transport::BoxFuture;
use super::wire;

/// A request while it is put together.
#[derive(Clone)]
pub struct Request(pub(super) Box<Parts>);

/// In a box, as each setter takes the request and hands it on.
#[derive(Clone)]
pub(super) struct Parts {
    pub(super) client: Client,
    pub(super) operation: OperationRef,
    /// Those of the client, as long as it has none of its own.
    pub(super) headers: Arc<Headers>,
    pub(super) body: Payload,
    pub(super) options: Options,
    /// The server of the operation, where it is not that of the API.
    server: Option<&'static str>,
    /// Where the request goes, whatever its path and query: to a link of an answer.
    target: Option<Uri>,
    /// The path, in which parameters are replaced as they come.
    path: String,
    /// Parameters by name, each encoded: `page_size=10`.
    query: Vec<(Cow<'static, str>, String)>,
    /// Likewise, in cookies.
    cookies: Vec<(Cow<'static, str>, String)>,
    /// The first thing that went wrong.
    problem: Option<Error>,
}

/// What a call does otherwise than its client.
#[derive(Clone, Debug, Default)]
pub(super) struct Options {
    pub(super) timeout: Option<Option<Duration>>,
    pub(super) attempt_timeout: Option<Option<Duration>>,
    pub(super) retry: Option<RetryPolicy>,
    /// Whether the answer goes on and on, at times without anything.
    pub(super) is_endless: bool,
}

impl Request {
    /// A request for an operation.
    pub fn new(client: &Client, operation: &'static Operation) -> Self {
        Self::begin(client, OperationRef::Known(operation))
    }

    /// A request of the caller's own, to any path.
    pub(super) fn of_caller(client: &Client, method: Method, path: String) -> Self {
        let problem = problem_of_path(&path);
        // One that is not sent is still shown, on one line.
        let path = if problem.is_some() { path.escape_debug().to_string() } else { path };
        let request = Self::begin(client, OperationRef::Own(Arc::new(Operation::of_caller(method, path))));
        match problem {
            Some(problem) => request.refuse(format_args!("the path {problem}")),
            None => request,
        }
    }

    fn begin(client: &Client, operation: OperationRef) -> Self {
        Self(Box::new(Parts {
            client: client.clone(),
            path: path_of(&operation),
            operation,
            headers: client.shared.headers.clone(),
            body: Payload::default(),
            options: Options::default(),
            server: None,
            target: None,
            query: Vec::new(),
            cookies: Vec::new(),
            problem: None,
        }))
    }

    /// Sends the request to this server, unless the client was built for another one than the document names. Variables
    /// of the API's server may stand in braces, and a URL that is relative is so to that server's.
    pub fn server(mut self, url: &'static str) -> Self {
        self.0.server = Some(url);
        self
    }

    /// Sends the request to where an answer leads, which is for the caller to judge.
    pub(super) fn to(mut self, target: Uri) -> Self {
        self.0.target = Some(target);
        self
    }

    /// The value that a parameter of the query has, encoded, if it is set and one pair.
    pub(super) fn query_of(&self, name: &str) -> Option<&str> {
        let (_, pair) = self.0.query.iter().find(|(set, _)| *set == name)?;
        pair.split_once('=').map(|(_, value)| value)
    }

    /// Sets which media types the answer may have.
    pub fn accept(mut self, media_types: &'static str) -> Self {
        self.headers_mut().insert(ACCEPT, HeaderValue::from_static(media_types));
        self
    }

    /// Sets a parameter of the path, in the simple style.
    pub fn path(self, name: &'static str, value: &dyn Parameter) -> Self {
        self.path_as(name, Style::SIMPLE, value)
    }

    /// Sets a parameter of the path.
    ///
    /// A value that is empty or made of one or two dots would make this another request than it says, so it is refused
    /// when the request is sent.
    pub fn path_as(mut self, name: &'static str, style: Style, value: &dyn Parameter) -> Self {
        let value = match Node::of(value) {
            Ok(value) => value,
            Err(problem) => {
                return self.refuse(format_args!("the path parameter `{name}` has no text: {problem}"));
            }
        };
        let text = style::in_path(name, style, &value).unwrap_or_default();
        if text.is_empty() {
            return self.refuse(format_args!("the path parameter `{name}` is empty"));
        }
        if text == "." || text == ".." {
            return self.refuse(format_args!("the path parameter `{name}` is `{text}`"));
        }
        if !fill(&mut self.0.path, name, &text) {
            return self.refuse(format_args!("the path has no parameter `{name}`"));
        }
        self
    }

    /// Sets a parameter of the query, in the form style: a list becomes one pair an item, an empty list none.
    pub fn query(self, name: &'static str, value: &dyn Parameter) -> Self {
        self.query_as(name, Style::FORM.exploded(), value)
    }

    /// Sets a parameter of the query.
    pub fn query_as(mut self, name: &'static str, style: Style, value: &dyn Parameter) -> Self {
        match Node::of(value) {
            Ok(value) => {
                replace(&mut self.0.query, name.into(), style::pairs(name, style, &value).join("&"));
                self
            }
            Err(problem) => self.refuse(format_args!("the query parameter `{name}` has no text: {problem}")),
        }
    }

    /// Sets a header, in the simple style.
    pub fn header(self, name: &'static str, value: &dyn Parameter) -> Self {
        self.header_as(name, Style::SIMPLE, value)
    }

    /// Sets a header.
    ///
    /// A value with a line break or another control character is refused when the request is sent.
    pub fn header_as(mut self, name: &'static str, style: Style, value: &dyn Parameter) -> Self {
        let text = match Node::of(value) {
            Ok(value) => style::in_header(style, &value).unwrap_or_default(),
            Err(problem) => {
                return self.refuse(format_args!("the header parameter `{name}` has no text: {problem}"));
            }
        };
        match (HeaderName::try_from(name), HeaderValue::try_from(text)) {
            (Ok(name), Ok(mut value)) => {
                value.set_sensitive(is_called_secret(&name));
                self.headers_mut().insert(name, value);
                self
            }
            _ => self
                .refuse(format_args!("the header parameter `{name}` holds a character that headers cannot")),
        }
    }

    /// Sets a cookie, in the form style.
    pub fn cookie(self, name: &'static str, value: &dyn Parameter) -> Self {
        self.cookie_as(name, Style::FORM.exploded(), value)
    }

    /// Sets a cookie. What is several pairs in a query is several cookies here.
    pub fn cookie_as(mut self, name: &'static str, style: Style, value: &dyn Parameter) -> Self {
        match Node::of(value) {
            Ok(value) => {
                replace(&mut self.0.cookies, name.into(), style::pairs(name, style, &value).join("; "))
            }
            Err(problem) => return self.refuse(format_args!("the cookie `{name}` has no text: {problem}")),
        }
        let cookies: Vec<&str> = self.0.cookies.iter().map(|(_, pairs)| pairs.as_str()).collect();
        match HeaderValue::try_from(cookies.join("; ")) {
            Ok(mut value) if !value.is_empty() => {
                value.set_sensitive(true);
                self.headers_mut().insert(COOKIE, value);
            }
            _ => drop(self.headers_mut().remove(COOKIE)),
        }
        self
    }

    /// Sets the body, in JSON.
    pub fn json<T: Serialize + ?Sized>(self, value: &T) -> Self {
        self.json_as("application/json", value)
    }

    /// Sets the body, in a media type that is made of JSON.
    pub fn json_as<T: Serialize + ?Sized>(self, media_type: &'static str, value: &T) -> Self {
        self.encoded(media_type, wire::request_to_vec(value))
    }

    /// Sets the body, as a form: `name=Rex&kind=dog`. A member that is not named in `styles` is spelled as it is in a
    /// query, and in JSON if it is an object.
    pub fn form(self, value: &dyn Parameter, styles: &'static [(&'static str, Style)]) -> Self {
        match Node::of(value).map(|value| style::form(&value, styles)) {
            Ok(Some(pairs)) => self.bytes("application/x-www-form-urlencoded", pairs.join("&")),
            Ok(None) => self.refuse(format_args!("the body is no object, so it has no fields for a form")),
            Err(problem) => self.refuse(format_args!("the body cannot be encoded: {problem}")),
        }
    }

    /// Sets the body, part by part.
    pub fn multipart(mut self, form: impl Into<Multipart>) -> Self {
        match form.into().encode() {
            Ok((content_type, payload)) => {
                self.headers_mut().insert(CONTENT_TYPE, content_type);
                self.0.body = payload;
                self
            }
            Err(problem) => self.refuse(format_args!("the body cannot be encoded: {problem}")),
        }
    }

    /// Sets the body, as it is: text, bytes in memory, or a [`Body`] that is read while it is sent.
    pub fn bytes(mut self, media_type: &str, body: impl Into<Body>) -> Self {
        match HeaderValue::try_from(media_type) {
            Ok(media_type) => {
                self.headers_mut().insert(CONTENT_TYPE, media_type);
                self.0.body = Payload::from(body.into());
                self
            }
            Err(_) => self.refuse(format_args!("{media_type:?} is no media type")),
        }
    }

    /// Sends the request. The answer is complete, and its status is a success.
    pub fn send(self) -> BoxFuture<'static, Result<Response, Error>> {
        Box::pin(exchange(self))
    }

    /// Sends the request. The body of the answer is read as it arrives.
    pub fn download(self) -> BoxFuture<'static, Result<Download, Error>> {
        Box::pin(Download::open(self))
    }

    /// Sets a header of the caller's; none as its value is one that headers cannot have.
    pub(super) fn set_header(&mut self, name: &str, value: Option<HeaderValue>) {
        if let Err(problem) = self.headers_mut().add_of_user(name, value) {
            self.note(format_args!("{problem}"));
        }
    }

    /// Sets a parameter of the query that the document may not know.
    pub(super) fn set_query(&mut self, name: &str, value: &dyn Parameter) {
        match Node::of(value) {
            Ok(value) => {
                let pairs = style::pairs(name, Style::FORM.exploded(), &value).join("&");
                replace(&mut self.0.query, name.to_owned().into(), pairs);
            }
            Err(problem) => {
                self.note(format_args!("the query parameter `{name}` has no text: {problem}"));
            }
        }
    }

    fn headers_mut(&mut self) -> &mut Headers {
        Arc::make_mut(&mut self.0.headers)
    }

    fn encoded(mut self, media_type: &'static str, json: Result<Vec<u8>, wire::EncodeError>) -> Self {
        match json {
            Ok(json) => {
                self.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(media_type));
                self.0.body = Payload::from(Body::from(json));
                self
            }
            Err(error) => {
                self.0.problem.get_or_insert(Error::encode(self.0.operation.clone(), error));
                self
            }
        }
    }

    fn refuse(mut self, message: fmt::Arguments<'_>) -> Self {
        self.note(message);
        self
    }

    fn note(&mut self, message: fmt::Arguments<'_>) {
        let problem = self.0.problem(message);
        self.0.problem.get_or_insert(problem);
    }
}

/// What it comes to when it is sent.
impl Parts {
    /// Whether it may be sent twice without harm.
    pub(super) fn is_repeatable(&self) -> bool {
        // The header is a convention of many servers, and on its way to be a standard: the second request with a key is
        // answered as the first was.
        self.operation.is_repeatable() || self.headers.contains_key("idempotency-key")
    }

    /// Where the request goes.
    pub(super) fn uri(&self) -> Result<Uri, Error> {
        if let Some(problem) = &self.problem {
            return Err(problem.clone());
        }
        if let Some(target) = &self.target {
            return Ok(target.clone());
        }
        if let Some((_, rest)) = self.path.split_once('{') {
            let name = rest.split('}').next().unwrap_or(rest);
            return Err(self.problem(format_args!("the path parameter `{name}` is not set")));
        }
        let shared = &*self.client.shared;
        let server = match (self.server, &shared.variables) {
            (Some(server), Some(variables)) => {
                let server = shared.base_url.of_operation(server, shared.api, variables);
                Some(server.map_err(|problem| self.problem(format_args!("{problem}")))?)
            }
            _ => None,
        };
        let base = server.as_ref().unwrap_or(&shared.base_url).as_str();
        let query: usize = self.query.iter().map(|(_, pairs)| 1 + pairs.len()).sum();
        let mut uri = String::with_capacity(base.len() + self.path.len() + query);
        uri.push_str(base);
        uri.push_str(&self.path);
        for (_, pairs) in &self.query {
            uri.push(if uri.contains('?') { '&' } else { '?' });
            uri.push_str(pairs);
        }
        Uri::try_from(uri).map_err(|error| self.problem(format_args!("{error}")))
    }

    fn problem(&self, message: fmt::Arguments<'_>) -> Error {
        Error::invalid_request(self.operation.clone(), message.to_string())
    }
}

/// The path of an operation, with room for what goes into it.
fn path_of(operation: &Operation) -> String {
    let path = operation.path();
    let mut filled = String::with_capacity(path.len() + 64);
    filled.push_str(path);
    filled
}

/// Puts a parameter into a path, wherever it stands there, and says whether it does. Encoded text holds no braces, so
/// whatever has braces yet is a parameter that is not set yet.
fn fill(path: &mut String, name: &str, text: &str) -> bool {
    let find = |path: &str, from: usize, brace: u8| {
        path.as_bytes()[from..].iter().position(|byte| *byte == brace).map(|found| from + found)
    };
    let mut is_there = false;
    let mut from = 0;
    while let Some(open) = find(path, from, b'{') {
        let Some(close) = find(path, open, b'}') else { break };
        if path[open + 1..close] == *name {
            path.replace_range(open..=close, text);
            is_there = true;
            from = open + text.len();
        } else {
            from = open + 1;
        }
    }
    is_there
}

/// Shows neither the body nor the values of headers and the query, where keys travel.
impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Request")
            .field("operation", &*self.0.operation)
            .field("path", &self.0.path)
            .field("query", &self.0.query.iter().map(|(name, _)| name).collect::<Vec<_>>())
            .field("headers", &self.0.headers.keys().collect::<Vec<_>>())
            .field("body", &self.0.body)
            .field("problem", &self.0.problem)
            .finish_non_exhaustive()
    }
}

impl IntoFuture for Request {
    type Output = Result<Response, Error>;
    type IntoFuture = BoxFuture<'static, Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        self.send()
    }
}

/// What keeps a caller's text from being a path that is sent as it is written: the end of a sentence.
fn problem_of_path(path: &str) -> Option<String> {
    if !path.starts_with('/') {
        return Some("does not start with a slash".to_owned());
    }
    // What is in braces is a name, and never sent.
    let mut is_name = false;
    for c in path.chars() {
        match c {
            '{' => is_name = true,
            '}' => is_name = false,
            _ if is_name || c.is_ascii_alphanumeric() || "/-._~!$&'()*+,;=:@%".contains(c) => {}
            _ => return Some(format!("has a {c:?}, which has to be percent-encoded")),
        }
    }
    path.split('/').any(is_dots).then(|| "has a segment of dots".to_owned())
}

/// Replaces what is set for a parameter: the last setter counts.
fn replace(all: &mut Vec<(Cow<'static, str>, String)>, name: Cow<'static, str>, pairs: String) {
    all.retain(|(set, _)| *set != name);
    if !pairs.is_empty() {
        all.push((name, pairs));
    }
}
