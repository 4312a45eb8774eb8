// @generated from the OpenAPI document. Change the document, and generate again.

//! [`ClientBuilder`], the settings of a client.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::header::{ACCEPT, USER_AGENT};
use http::{HeaderName, HeaderValue};

use super::super::api::Api;
use super::super::auth::{CredentialSettings, GrantContext};
use super::super::error::{Error, new_error};
#[cfg(feature = "reqwest")]
use super::super::net::default_transport::Settings;
use super::super::net::headers::Headers;
use super::super::net::middleware::Middleware;
use super::super::net::transport::Transport;
use super::base_url::BaseUrl;
use super::retry::{Budget, RetryPolicy};
use super::{Client, Shared};

/// The default timeout of a call.
const TIMEOUT: Duration = Duration::from_secs(60);

/// The default limit on the size of a response body, in bytes.
const RESPONSE_LIMIT: usize = 64 * 1024 * 1024;

/// Configures and builds a [`Client`].
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
    /// The default headers, or the first error in one of them.
    headers: Result<Headers, String>,
    /// The settings of the default transport, if one was changed.
    #[cfg(feature = "reqwest")]
    pub(super) reqwest: Option<Settings>,
    /// Creates the initial settings of the default transport.
    #[cfg(feature = "reqwest")]
    pub(super) default_settings: fn() -> Settings,
    pub(super) credentials: CredentialSettings,
    transport: Option<Arc<dyn Transport>>,
}

impl ClientBuilder {
    /// Creates a builder with the default settings.
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
            default_settings: Settings::default,
            credentials: CredentialSettings::default(),
            transport: None,
        }
    }

    /// Sets the base URL, such as `https://api.example.com/v1`, to which the paths of operations are
    /// appended.
    ///
    /// It replaces the server URL of the document and the server URLs of single operations. It is used as
    /// given: `http` is not upgraded to `https`.
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.base_url = Some(url.into());
        self
    }

    /// Sets the value of a variable in the server URL of the document.
    ///
    /// [`build`](Self::build) returns an error if the value could change the host of the URL.
    pub fn server_variable(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.server_variables.push((name.into(), value.into()));
        self
    }

    /// Sets the timeout of a call: one minute by default, unlimited if `None`.
    ///
    /// It covers the whole call until the last byte is received, with all attempts, the waits between them,
    /// and requests for tokens. A stream of events or JSON Lines must start within it, and can then last
    /// longer.
    pub fn timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
        self.timeout = timeout.into();
        self
    }

    /// Sets the timeout of a single attempt. By default only the timeout of the whole call applies.
    ///
    /// An attempt that takes longer is canceled, and retried if the [`RetryPolicy`] allows it. If the body is
    /// read in chunks, the timeout limits the time until the response starts and the time between two chunks.
    /// For a stream of events or JSON Lines, which can be silent for long, it only limits the time until the
    /// response starts.
    pub fn attempt_timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
        self.attempt_timeout = timeout.into();
        self
    }

    /// Sets how often calls are retried and how long they wait between attempts. See [`RetryPolicy`] for the
    /// default, and for the budget that limits retries while most of them fail.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = policy;
        self
    }

    /// Adds middleware, which runs for every attempt, after all middleware that was added before.
    pub fn middleware(mut self, middleware: impl Middleware) -> Self {
        self.middleware.push(Box::new(middleware));
        self
    }

    /// Sets the maximum size of a response body that is read into memory, in bytes: 64 MiB by default. A call
    /// whose response is larger fails with [`Error::is_response_limit`].
    pub fn response_limit(mut self, bytes: usize) -> Self {
        self.response_limit = bytes;
        self
    }

    /// Sets a header of every request. It replaces an earlier value of the same header. Parameters of an
    /// operation, settings of a single call, and credentials take precedence.
    ///
    /// `Debug` does not show the value. If the server repeats the value in an error message, the message is
    /// shown as received, unless the value is marked as [sensitive](HeaderValue::set_sensitive) or the header
    /// has a name like `x-api-key` or `x-session-token`.
    ///
    /// An invalid name or value is reported by [`build`](Self::build).
    pub fn default_header(mut self, name: &str, value: impl TryInto<HeaderValue>) -> Self {
        if let Ok(headers) = &mut self.headers {
            if let Err(problem) = headers.insert_custom(name, value.try_into().ok()) {
                self.headers = Err(problem);
            }
        }
        self
    }

    /// Sets the `user-agent` of requests, in place of the name and version of this crate.
    pub fn user_agent(mut self, user_agent: impl Into<String>) -> Self {
        self.user_agent = Some(user_agent.into());
        self
    }

    /// Sets the transport that sends the requests. It cannot be combined with settings of the default
    /// transport.
    pub fn transport(mut self, transport: impl Transport) -> Self {
        self.transport = Some(Arc::new(transport));
        self
    }

    /// Builds the client. Nothing is sent.
    ///
    /// # Errors
    ///
    /// Returns [`Error::is_configuration`] if a setting is not valid or a required one is missing.
    pub fn build(self) -> Result<Client, Error> {
        // The user's base URL takes precedence over the server of the credentials, and that over the
        // document.
        let credential_server =
            || self.credentials.server(self.api).filter(|_| self.server_variables.is_empty());
        let base_url = match self.base_url.clone().or_else(credential_server) {
            Some(url) => BaseUrl::parse(&url),
            None => BaseUrl::of_server(self.api, &self.server_variables),
        };
        let base_url = base_url.map_err(new_error::configuration)?;
        // A base URL of the user applies to all requests.
        let variables = if self.base_url.is_some() { None } else { Some(self.server_variables) };
        let user_agent = HeaderValue::try_from(self.user_agent.as_deref().unwrap_or(self.api.user_agent))
            .map_err(|_| new_error::configuration("the user agent is not a valid header value"))?;
        let mut headers = self.headers.map_err(new_error::configuration)?;
        headers.entry(USER_AGENT).or_insert_with(|| user_agent.clone());
        // The default for operations that do not set their own `accept`.
        headers.entry(ACCEPT).or_insert_with(|| HeaderValue::from_static("application/json"));
        let request_id_header = (self.api.request_id_header.map(HeaderName::try_from).transpose())
            .map_err(|_| new_error::configuration("the request ID header has an invalid name"))?;
        let is_observed = self.transport.is_some() || !self.middleware.is_empty();
        let transport = match self.transport {
            #[cfg(feature = "reqwest")]
            Some(_) if self.reqwest.is_some() => return Err(new_error::configuration(CONFLICTING_TRANSPORT)),
            Some(transport) => transport,
            #[cfg(feature = "reqwest")]
            None => Arc::new(
                self.reqwest
                    .unwrap_or_else(self.default_settings)
                    .transport()
                    .map_err(new_error::transport_setup)?,
            ),
            #[cfg(not(feature = "reqwest"))]
            None => return Err(new_error::configuration(NO_TRANSPORT)),
        };
        let context = GrantContext {
            api: self.api,
            token_url: None,
            base_url: base_url.as_str(),
            transport: &transport,
            user_agent: &user_agent,
            timeout: self.timeout,
            clock: &self.credentials.clock.clone(),
        };
        let credentials = self.credentials.resolve(&context).map_err(new_error::configuration)?;
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
            is_observed,
        };
        Ok(Client { shared: Arc::new(shared) })
    }
}

#[cfg(feature = "reqwest")]
const CONFLICTING_TRANSPORT: &str =
    "a custom transport has its own settings: set proxies, certificates and the connect timeout there";

#[cfg(not(feature = "reqwest"))]
const NO_TRANSPORT: &str = "no transport is set: call `transport`, or enable the feature `reqwest`";

/// Omits credentials, and URLs and headers, which can contain some.
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
