//! The client: what is decided once for all calls.
//!
//! Generated code adds to both types here, as it is part of the same crate: `builder()` and an accessor for each
//! resource to [`Client`], a setter for each server variable to [`ClientBuilder`].

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::header::{ACCEPT, USER_AGENT};
use http::{HeaderName, HeaderValue, Method};

use super::api::Api;
use super::auth::{Credentials, Given, Surroundings};
use super::base_url::BaseUrl;
use super::error::Error;
use super::header::Headers;
use super::middleware::Middleware;
use super::request::Request;
use super::retry::{Budget, RetryPolicy};
use super::transport::Transport;
#[cfg(feature = "reqwest")]
use super::usual_transport::Settings;

/// How long a call may take, unless the builder says otherwise.
const TIMEOUT: Duration = Duration::from_secs(60);

/// How long a response may be, unless the builder says otherwise.
const RESPONSE_LIMIT: usize = 64 * 1024 * 1024;

/// A client of the API.
///
/// It keeps connections open between calls, so build one and share it: a clone is the same client.
#[derive(Clone)]
pub struct Client {
    pub(super) shared: Arc<Shared>,
}

/// What a client and its clones share.
pub(super) struct Shared {
    pub(super) base_url: BaseUrl,
    pub(super) api: &'static Api,
    /// What is set of the variables in the URLs of servers. None where the user has said where the API is served: then no
    /// operation has a server of its own.
    pub(super) variables: Option<Vec<(String, String)>>,
    /// What every request has.
    pub(super) headers: Arc<Headers>,
    pub(super) request_id_header: Option<HeaderName>,
    pub(super) timeout: Option<Duration>,
    pub(super) attempt_timeout: Option<Duration>,
    pub(super) retry: RetryPolicy,
    pub(super) budget: Budget,
    pub(super) response_limit: usize,
    pub(super) credentials: Credentials,
    pub(super) middleware: Vec<Box<dyn Middleware>>,
    pub(super) transport: Arc<dyn Transport>,
    /// Whether anybody but the usual transport sees requests, and may want to know what they are.
    pub(super) is_watched: bool,
}

/// Beside these there are no methods but those of generated code, which calls no resource by one of their names.
impl Client {
    /// Starts a request to a path that the document does not know, or that it describes wrongly. It has the same
    /// credentials, limits and errors as any other, and is tried again like any other.
    ///
    /// Parameters of the path go in braces, and their values are encoded as they are set.
    ///
    /// ```
    /// # use runtime::{Client, Error, Method};
    /// async fn mood(client: &Client) -> Result<String, Error> {
    ///     let request = client.request(Method::GET, "/pets/{pet}/mood").path("pet", &"rex");
    ///     request.query("at", &"noon").await?.json()
    /// }
    /// ```
    pub fn request(&self, method: Method, path: impl Into<String>) -> Request {
        Request::of_caller(self, method, path.into())
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client").field("base_url", &self.shared.base_url.as_str()).finish_non_exhaustive()
    }
}

/// Builds a [`Client`].
#[must_use = "a builder does nothing until `build` is called"]
pub struct ClientBuilder {
    api: &'static Api,
    base_url: Option<String>,
    server_variables: Vec<(String, String)>,
    user_agent: Option<String>,
    timeout: Option<Duration>,
    attempt_timeout: Option<Duration>,
    retry: RetryPolicy,
    response_limit: usize,
    middleware: Vec<Box<dyn Middleware>>,
    /// With the first thing that is wrong with one.
    headers: Result<Headers, String>,
    /// What is set of the usual transport.
    #[cfg(feature = "reqwest")]
    pub(super) reqwest: Option<Settings>,
    /// What it begins with.
    #[cfg(feature = "reqwest")]
    pub(super) usual: fn() -> Settings,
    pub(super) credentials: Given,
    transport: Option<Arc<dyn Transport>>,
}

impl ClientBuilder {
    /// Starts to build a client of an API.
    pub fn new(api: &'static Api) -> Self {
        Self {
            api,
            base_url: None,
            server_variables: Vec::new(),
            user_agent: None,
            timeout: Some(TIMEOUT),
            attempt_timeout: None,
            retry: RetryPolicy::default(),
            response_limit: RESPONSE_LIMIT,
            middleware: Vec::new(),
            headers: Ok(Headers::default()),
            #[cfg(feature = "reqwest")]
            reqwest: None,
            #[cfg(feature = "reqwest")]
            usual: Settings::default,
            credentials: Given::default(),
            transport: None,
        }
    }

    /// Sets the URL that the paths of the API are appended to, in place of the server that its document names:
    /// `https://api.example.com/v1`. It is used as given, `http` included.
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.base_url = Some(url.into());
        self
    }

    /// Sets a variable in the URL of the server that the document names.
    ///
    /// The value keeps to its place: one that could lead to another host is refused.
    pub fn server_variable(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.server_variables.push((name.into(), value.into()));
        self
    }

    /// Sets how long a call may take, from its first byte sent to the last one received, with all its attempts and the
    /// waits between them: a minute unless set, for ever if `None`. Credentials that have to be fetched first take part
    /// of it. A stream of events or of lines has to begin within it, and may then go on.
    pub fn timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
        self.timeout = timeout.into();
        self
    }

    /// Sets how long each attempt of a call may take: as long as the call unless set. One that takes longer is given
    /// up, and the call tried again, as the [`RetryPolicy`] says. Where a body is read piece by piece, this is how long
    /// its response may take to begin, and how long nothing of it may come; of a stream of events or of lines, which may
    /// have nothing to say for long, it is only the former.
    pub fn attempt_timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
        self.attempt_timeout = timeout.into();
        self
    }

    /// Sets how often a call is tried, and how long it waits in between.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = policy;
        self
    }

    /// Adds middleware, around each attempt of each call and behind what was added before.
    pub fn middleware(mut self, middleware: impl Middleware) -> Self {
        self.middleware.push(Box::new(middleware));
        self
    }

    /// Sets how many bytes the body of a response may have: 64 MiB unless set. More is an error, and is not read.
    pub fn response_limit(mut self, bytes: usize) -> Self {
        self.response_limit = bytes;
        self
    }

    /// Sends this header with every request, in place of any of that name that was set before. Parameters and settings of
    /// a single call, and credentials, come before it.
    ///
    /// The value is not shown by `Debug`. Where a server repeats it, so does the error, unless the value is marked as
    /// [sensitive](HeaderValue::set_sensitive) or the header is called like a secret: `x-api-key`, `x-session-token`.
    pub fn default_header(mut self, name: &str, value: impl TryInto<HeaderValue>) -> Self {
        if let Ok(headers) = &mut self.headers {
            if let Err(problem) = headers.add_of_user(name, value.try_into().ok()) {
                self.headers = Err(problem);
            }
        }
        self
    }

    /// Sets what requests say in `user-agent`.
    pub fn user_agent(mut self, user_agent: impl Into<String>) -> Self {
        self.user_agent = Some(user_agent.into());
        self
    }

    /// Sends requests through this transport.
    pub fn transport(mut self, transport: impl Transport) -> Self {
        self.transport = Some(Arc::new(transport));
        self
    }

    /// Builds the client. Nothing is sent.
    ///
    /// # Errors
    ///
    /// If a setting is not valid, or one is missing: [`Error::is_configuration`].
    pub fn build(self) -> Result<Client, Error> {
        // What the user says counts most, then what their credentials say, then the document.
        let named = || self.credentials.server(self.api).filter(|_| self.server_variables.is_empty());
        let base_url = match self.base_url.clone().or_else(named) {
            Some(url) => BaseUrl::parse(&url),
            None => BaseUrl::of_server(self.api, &self.server_variables),
        };
        let base_url = base_url.map_err(Error::configuration)?;
        // Where the user says where requests go, that is where all of them go.
        let variables = if self.base_url.is_some() { None } else { Some(self.server_variables) };
        let user_agent = HeaderValue::try_from(self.user_agent.as_deref().unwrap_or(self.api.user_agent))
            .map_err(|_| Error::configuration("the user agent holds a character that headers cannot"))?;
        let mut headers = self.headers.map_err(Error::configuration)?;
        headers.entry(USER_AGENT).or_insert_with(|| user_agent.clone());
        // Unless an operation accepts something else.
        headers.entry(ACCEPT).or_insert_with(|| HeaderValue::from_static("application/json"));
        let request_id_header = (self.api.request_id_header.map(HeaderName::try_from).transpose())
            .map_err(|_| Error::configuration("the header of the request id is none"))?;
        let is_watched = self.transport.is_some() || !self.middleware.is_empty();
        let transport = match self.transport {
            #[cfg(feature = "reqwest")]
            Some(_) if self.reqwest.is_some() => return Err(Error::configuration(OWN_TRANSPORT)),
            Some(transport) => transport,
            #[cfg(feature = "reqwest")]
            None => Arc::new(self.reqwest.unwrap_or_else(self.usual).transport()?),
            #[cfg(not(feature = "reqwest"))]
            None => return Err(Error::configuration(NO_TRANSPORT)),
        };
        let around = Surroundings {
            api: self.api,
            token_url: None,
            base_url: base_url.as_str(),
            transport: &transport,
            user_agent: &user_agent,
            timeout: self.timeout,
            clock: &self.credentials.clock.clone(),
        };
        let credentials = self.credentials.settle(&around).map_err(Error::configuration)?;
        let shared = Shared {
            base_url,
            api: self.api,
            variables,
            headers: Arc::new(headers),
            request_id_header,
            timeout: self.timeout,
            attempt_timeout: self.attempt_timeout,
            retry: self.retry,
            budget: Budget::full(),
            response_limit: self.response_limit,
            credentials,
            middleware: self.middleware,
            transport,
            is_watched,
        };
        Ok(Client { shared: Arc::new(shared) })
    }
}

#[cfg(feature = "reqwest")]
const OWN_TRANSPORT: &str =
    "the transport has settings of its own: set proxies, certificates and the time to connect there";

#[cfg(not(feature = "reqwest"))]
const NO_TRANSPORT: &str = "there is no transport: set one, or enable the feature `reqwest`";

/// Shows neither credentials nor a URL, which may have some in it.
impl fmt::Debug for ClientBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder")
            .field("server_variables", &self.server_variables)
            .field("user_agent", &self.user_agent)
            .field("timeout", &self.timeout)
            .field("attempt_timeout", &self.attempt_timeout)
            .field("retry", &self.retry)
            .field("response_limit", &self.response_limit)
            .finish_non_exhaustive()
    }
}
