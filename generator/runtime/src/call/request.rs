//! Requests while they are built: encoded parameters and a body.
//!
//! Setters do not return errors, so that they can be chained without `?`. The first problem is stored, and
//! the call returns it as an error when the request is sent.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::header::{ACCEPT, CONTENT_TYPE, COOKIE};
use http::{HeaderName, HeaderValue, Method, Uri};
use serde::Serialize;

use super::super::api::operation::{Operation, OperationRef};
use super::super::client::Client;
use super::super::client::retry::RetryPolicy;
use super::super::codec::parameter::{Node, Parameter};
use super::super::codec::style::{self, Style};
use super::super::error::{Error, new_error};
use super::super::net::body::Body;
use super::super::net::headers::Headers;
use super::super::net::payload::Payload;
use super::super::net::reference::is_dot_segment;
use super::super::rules::secret_name::is_secret_name;
use super::super::rules::server_url::is_relative;
use super::super::wire;

/// A request to an operation, or to any path with [`Client::request`].
///
/// Nothing is sent until the request is awaited. A value that cannot be sent is reported at that time, as
/// [`Error::is_invalid_request`].
#[derive(Clone)]
pub struct Request(pub(in super::super) Box<Parts>);

/// Boxed, since every setter moves the request.
#[derive(Clone)]
pub(in super::super) struct Parts {
    pub(in super::super) client: Client,
    pub(in super::super) operation: OperationRef,
    /// Shared with the client until the request sets a header of its own.
    pub(in super::super) headers: Arc<Headers>,
    pub(in super::super) body: Payload,
    pub(in super::super) options: Options,
    /// The server of the operation, if it is not the server of the API.
    server: Option<&'static str>,
    /// The whole URL, in place of the path and the query. Set for a link in a response.
    target: Option<Uri>,
    /// The path. A parameter replaces its braces when it is set.
    path: String,
    /// Query parameters by name, each encoded: `page_size=10`.
    query: Vec<(Cow<'static, str>, String)>,
    /// Cookies by name, each encoded.
    cookies: Vec<(Cow<'static, str>, String)>,
    /// The first problem.
    problem: Option<Error>,
}

/// Settings that override the client's.
#[derive(Clone, Debug, Default)]
pub(in super::super) struct Options {
    pub(in super::super) timeout: Option<Option<Duration>>,
    pub(in super::super) attempt_timeout: Option<Option<Duration>>,
    pub(in super::super) retry: Option<RetryPolicy>,
    /// True if the response is a stream, which can be silent for long.
    pub(in super::super) is_open_ended: bool,
}

/// All other methods are generated, and generated methods never use these names.
impl Client {
    /// Creates a request to any path, for operations that the document does not describe or describes
    /// incorrectly.
    ///
    /// The request uses the credentials, timeouts, limits and retries of the client. A path parameter is
    /// written in braces; its value is percent-encoded when it is set.
    ///
    /// ```
    /// # use runtime::{Client, Error, Method};
    /// async fn mood(client: &Client) -> Result<String, Error> {
    ///     let request = client.request(Method::GET, "/pets/{pet}/mood").path("pet", &"rex");
    ///     request.query("at", &"noon").await?.json()
    /// }
    /// ```
    pub fn request(&self, method: Method, path: impl Into<String>) -> Request {
        Request::custom(self, method, path.into())
    }
}

impl Request {
    /// Creates a request to an operation of the document.
    pub fn new(client: &Client, operation: &'static Operation) -> Self {
        Self::begin(client, OperationRef::Documented(operation))
    }

    /// Creates a request to any path.
    pub(in super::super) fn custom(client: &Client, method: Method, path: String) -> Self {
        let problem = path_problem(&path);
        // The path is shown in errors even if it is not sent, so it must fit on one line.
        let path = if problem.is_some() { path.escape_debug().to_string() } else { path };
        let request = Self::begin(client, OperationRef::Custom(Arc::new(Operation::custom(method, path))));
        match problem {
            Some(problem) => request.reject(format_args!("the path {problem}")),
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

    /// Sends the request to this server.
    ///
    /// The URL can contain variables of the API's server in braces. A relative URL is resolved against the base URL
    /// of the client. An absolute URL has no effect if the user has set the base URL.
    pub fn server(mut self, url: &'static str) -> Self {
        self.0.server = Some(url);
        self
    }

    /// Sends the request to this URL, such as a link in a response. The caller must have checked that it is
    /// safe.
    #[cfg(feature = "pages")]
    pub(in super::super) fn to(mut self, target: Uri) -> Self {
        self.0.target = Some(target);
        self
    }

    /// Returns the encoded value of a query parameter, if it is set and consists of one pair.
    #[cfg(feature = "pages")]
    pub(in super::super) fn query_value(&self, name: &str) -> Option<&str> {
        let (_, pair) = self.0.query.iter().find(|(set, _)| *set == name)?;
        pair.split_once('=').map(|(_, value)| value)
    }

    /// Returns true if a query parameter with another name is set.
    #[cfg(feature = "pages")]
    pub(in super::super) fn has_query_except(&self, name: &str) -> bool {
        self.0.query.iter().any(|(set, _)| *set != name)
    }

    /// Removes a query parameter.
    #[cfg(feature = "pages")]
    pub(in super::super) fn without_query(mut self, name: &'static str) -> Self {
        replace(&mut self.0.query, name.into(), String::new());
        self
    }

    /// Sets the `accept` header.
    pub fn accept(mut self, media_types: &'static str) -> Self {
        match static_value(media_types) {
            Some(media_types) => {
                self.headers_mut().insert(ACCEPT, media_types);
                self
            }
            None => self.reject(format_args!("{media_types:?} is not a valid media type")),
        }
    }

    /// Sets a path parameter, in the style `simple`.
    pub fn path(self, name: &'static str, value: &dyn Parameter) -> Self {
        self.path_as(name, Style::SIMPLE, value)
    }

    /// Sets a path parameter.
    ///
    /// An empty value, `.` or `..` would change the path. It is reported as an error when the request is
    /// sent.
    pub fn path_as(mut self, name: &'static str, style: Style, value: &dyn Parameter) -> Self {
        let value = match Node::of(value) {
            Ok(value) => value,
            Err(problem) => {
                return self.reject(format_args!("cannot encode path parameter `{name}`: {problem}"));
            }
        };
        let text = style::in_path(name, style, &value).unwrap_or_default();
        if text.is_empty() {
            return self.reject(format_args!("the path parameter `{name}` is empty"));
        }
        if text == "." || text == ".." {
            return self.reject(format_args!("the path parameter `{name}` is `{text}`"));
        }
        if !fill_path_parameter(&mut self.0.path, name, &text) {
            return self.reject(format_args!("the path has no parameter `{name}`"));
        }
        self
    }

    /// Sets a query parameter, in the style `form`. A list becomes one pair per item, and an empty list is
    /// omitted.
    pub fn query(self, name: &'static str, value: &dyn Parameter) -> Self {
        self.query_as(name, Style::FORM.exploded(), value)
    }

    /// Sets a query parameter.
    pub fn query_as(mut self, name: &'static str, style: Style, value: &dyn Parameter) -> Self {
        match Node::of(value) {
            Ok(value) => {
                replace(&mut self.0.query, name.into(), style::pairs(name, style, &value).join("&"));
                self
            }
            Err(problem) => self.reject(format_args!("cannot encode query parameter `{name}`: {problem}")),
        }
    }

    /// Sets the whole query: text, or any value as JSON with [`Style::JSON`].
    pub fn query_string(mut self, style: Style, value: &dyn Parameter) -> Self {
        match Node::of(value) {
            Ok(value) => {
                replace(&mut self.0.query, "".into(), style::query_string(style, &value));
                self
            }
            Err(problem) => self.reject(format_args!("cannot encode the query string: {problem}")),
        }
    }

    /// Sets the whole query to a form, such as `name=Rex&kind=dog`. `styles` lists the styles of properties, as for
    /// [`form`](Self::form).
    pub fn query_form(mut self, value: &dyn Parameter, styles: &'static [(&'static str, Style)]) -> Self {
        match Node::of(value).map(|value| style::query_form(&value, styles)) {
            Ok(Some(query)) => {
                replace(&mut self.0.query, "".into(), query);
                self
            }
            Ok(None) => self.reject(format_args!("only an object can be sent as a form in the query")),
            Err(problem) => self.reject(format_args!("cannot encode the query string: {problem}")),
        }
    }

    /// Sets a header parameter, in the style `simple`.
    pub fn header(self, name: &'static str, value: &dyn Parameter) -> Self {
        self.header_as(name, Style::SIMPLE, value)
    }

    /// Sets a header parameter.
    ///
    /// A value with a line break or another control character is reported as an error when the request is
    /// sent.
    pub fn header_as(mut self, name: &'static str, style: Style, value: &dyn Parameter) -> Self {
        let text = match Node::of(value) {
            Ok(value) => style::in_header(style, &value).unwrap_or_default(),
            Err(problem) => {
                return self.reject(format_args!("cannot encode header parameter `{name}`: {problem}"));
            }
        };
        match (HeaderName::try_from(name), HeaderValue::try_from(text)) {
            (Ok(name), Ok(mut value)) => {
                value.set_sensitive(is_secret_name(name.as_str()));
                self.headers_mut().insert(name, value);
                self
            }
            _ => self
                .reject(format_args!("header parameter `{name}` contains a character that is not allowed")),
        }
    }

    /// Sets a cookie, in the style `form`.
    pub fn cookie(self, name: &'static str, value: &dyn Parameter) -> Self {
        self.cookie_as(name, Style::FORM.exploded(), value)
    }

    /// Sets a cookie. A value that would be several pairs in a query becomes several cookies.
    ///
    /// In the style `cookie`, a value with a character that a cookie cannot have, such as `;`, is reported as an error
    /// when the request is sent.
    pub fn cookie_as(mut self, name: &'static str, style: Style, value: &dyn Parameter) -> Self {
        match Node::of(value) {
            Ok(value) => {
                let pairs = style::pairs(name, style, &value);
                if !pairs.iter().all(|pair| style::is_cookie_pair(pair)) {
                    return self.reject(format_args!(
                        "cookie `{name}` contains a character that is not allowed; percent-encode it"
                    ));
                }
                replace(&mut self.0.cookies, name.into(), pairs.join("; "));
            }
            Err(problem) => return self.reject(format_args!("cannot encode cookie `{name}`: {problem}")),
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

    /// Sets a JSON body.
    pub fn json<T: Serialize + ?Sized>(self, value: &T) -> Self {
        self.json_as("application/json", value)
    }

    /// Sets a JSON body with another media type that is based on JSON.
    pub fn json_as<T: Serialize + ?Sized>(self, media_type: &'static str, value: &T) -> Self {
        self.encoded_json(media_type, wire::request_to_vec(value))
    }

    /// Sets a form body, such as `name=Rex&kind=dog`.
    ///
    /// `styles` lists the styles of properties. A property without a style is encoded as in a query, or as
    /// JSON if it is an object.
    pub fn form(self, value: &dyn Parameter, styles: &'static [(&'static str, Style)]) -> Self {
        match Node::of(value).map(|value| style::form(&value, styles)) {
            Ok(Some(pairs)) => self.bytes("application/x-www-form-urlencoded", pairs.join("&")),
            Ok(None) => self.reject(format_args!("only an object can be sent as a form")),
            Err(problem) => self.reject(format_args!("the body cannot be encoded: {problem}")),
        }
    }

    /// Sets a body as it is: text, bytes in memory, or a [`Body`] that is read while it is sent.
    pub fn bytes(mut self, media_type: &str, body: impl Into<Body>) -> Self {
        match HeaderValue::try_from(media_type) {
            Ok(media_type) => {
                self.headers_mut().insert(CONTENT_TYPE, media_type);
                self.0.body = Payload::from(body.into());
                self
            }
            Err(_) => self.reject(format_args!("{media_type:?} is not a valid media type")),
        }
    }

    /// Sets a header of the caller. `None` if the value is not a valid header value.
    pub(super) fn set_header(&mut self, name: &str, value: Option<HeaderValue>) {
        if let Err(problem) = self.headers_mut().insert_custom(name, value) {
            self.record_problem(format_args!("{problem}"));
        }
    }

    /// Sets a query parameter that the document need not describe.
    pub(in super::super) fn set_query(&mut self, name: &str, value: &dyn Parameter) {
        match Node::of(value) {
            Ok(value) => {
                let pairs = style::pairs(name, Style::FORM.exploded(), &value).join("&");
                replace(&mut self.0.query, name.to_owned().into(), pairs);
            }
            Err(problem) => {
                self.record_problem(format_args!("the query parameter `{name}` has no text: {problem}"));
            }
        }
    }

    pub(super) fn headers_mut(&mut self) -> &mut Headers {
        Arc::make_mut(&mut self.0.headers)
    }

    fn encoded_json(mut self, media_type: &'static str, json: Result<Vec<u8>, wire::EncodeError>) -> Self {
        let Some(content_type) = static_value(media_type) else {
            return self.reject(format_args!("{media_type:?} is not a valid media type"));
        };
        match json {
            Ok(json) => {
                self.headers_mut().insert(CONTENT_TYPE, content_type);
                self.0.body = Payload::from(Body::from(json));
                self
            }
            Err(error) => {
                self.0.problem.get_or_insert(new_error::encode(self.0.operation.clone(), error));
                self
            }
        }
    }

    pub(super) fn reject(mut self, message: fmt::Arguments<'_>) -> Self {
        self.record_problem(message);
        self
    }

    fn record_problem(&mut self, message: fmt::Arguments<'_>) {
        let problem = self.0.problem(message);
        self.0.problem.get_or_insert(problem);
    }
}

/// Used when the request is sent.
impl Parts {
    /// Returns true if repeating the request does no harm.
    pub(in super::super) fn is_repeatable(&self) -> bool {
        // Servers that support this header respond to a second request with the same key as they did to the
        // first.
        self.operation.is_repeatable() || self.headers.contains_key("idempotency-key")
    }

    /// Returns the URL of the request, or the first problem.
    pub(in super::super) fn uri(&self) -> Result<Uri, Error> {
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
        // A base URL of the user replaces all servers of the document that are elsewhere.
        let server = self.server.filter(|server| shared.variables.is_some() || is_relative(server));
        let server = server.map(|server| {
            let variables = shared.variables.as_deref().unwrap_or_default();
            shared.base_url.of_operation(server, shared.api, variables)
        });
        let server = server.transpose().map_err(|problem| self.problem(format_args!("{problem}")))?;
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
        new_error::invalid_request(self.operation.clone(), message.to_string())
    }
}

/// Returns a header value without copying it.
fn static_value(text: &'static str) -> Option<HeaderValue> {
    HeaderValue::from_maybe_shared(Bytes::from_static(text.as_bytes())).ok()
}

/// Copies the path of an operation, with room for the values of its parameters.
fn path_of(operation: &Operation) -> String {
    let path = operation.path();
    let mut filled = String::with_capacity(path.len() + 64);
    filled.push_str(path);
    filled
}

/// Replaces all occurrences of a parameter in a path. Returns true if there is one. Encoded values contain no
/// braces, so braces in the result are parameters that are not set.
fn fill_path_parameter(path: &mut String, name: &str, text: &str) -> bool {
    let mut is_found = false;
    let mut from = 0;
    while let Some(brace) = path.as_bytes()[from..].iter().position(|byte| *byte == b'{') {
        let open = from + brace;
        match path[open + 1..].strip_prefix(name) {
            Some(rest) if rest.starts_with('}') => {
                path.replace_range(open..open + name.len() + 2, text);
                is_found = true;
                from = open + text.len();
            }
            _ => from = open + 1,
        }
    }
    is_found
}

/// Omits the body and the values of headers and of the query, which can be secret.
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

/// Checks a path of the caller. Returns a message fragment if it cannot be sent as it is.
fn path_problem(path: &str) -> Option<String> {
    if !path.starts_with('/') {
        return Some("does not start with a slash".to_owned());
    }
    // Names of parameters in braces are not sent.
    let mut is_name = false;
    for c in path.chars() {
        match c {
            '{' => is_name = true,
            '}' => is_name = false,
            _ if is_name || c.is_ascii_alphanumeric() || "/-._~!$&'()*+,;=:@%".contains(c) => {}
            _ => return Some(format!("contains {c:?}, which must be percent-encoded")),
        }
    }
    path.split('/').any(is_dot_segment).then(|| "contains the segment `.` or `..`".to_owned())
}

/// Replaces the earlier value of a parameter.
fn replace(all: &mut Vec<(Cow<'static, str>, String)>, name: Cow<'static, str>, pairs: String) {
    all.retain(|(set, _)| *set != name);
    if !pairs.is_empty() {
        all.push((name, pairs));
    }
}
