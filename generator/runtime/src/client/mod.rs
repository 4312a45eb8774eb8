//! The client and its builder: the settings that all calls share.
//!
//! Generated code in the same crate extends both types. [`Client`] gets `builder()` and a method for each
//! resource, and [`ClientBuilder`](builder::ClientBuilder) gets a setter for each server variable.
//!
//! - [`builder`], [`credentials`], `transport_settings`: the settings.
//! - [`environment`]: settings from environment variables.
//! - [`base_url`]: the URL that paths are appended to.
//! - [`retry`]: the retry policy and the retry budget.
//!
//! This room may import `api`, `auth`, `error` and `net`.

pub(super) mod base_url;
pub(super) mod builder;
mod credentials;
#[cfg(feature = "environment")]
pub(super) mod environment;
pub(super) mod retry;
#[cfg(all(feature = "reqwest", not(target_os = "unknown")))]
mod transport_settings;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::HeaderName;

use super::api::Api;
use super::auth::Credentials;
use super::net::headers::Headers;
use super::net::middleware::Middleware;
use super::net::transport::Transport;
use base_url::BaseUrl;
use retry::{Budget, RetryPolicy};

/// A client of the API.
///
/// A client keeps connections open between calls. Create one and reuse it: clones are cheap and share their
/// connections, credentials and retry budget.
#[derive(Clone)]
pub struct Client {
    pub(super) shared: Arc<Shared>,
}

/// The state that a client and its clones share.
pub(super) struct Shared {
    pub(super) base_url: BaseUrl,
    pub(super) api: &'static Api,
    /// The values of the server variables. `None` if the user has set the base URL, which then also replaces
    /// the absolute servers of single operations.
    pub(super) variables: Option<Vec<(String, String)>>,
    /// The headers of every request.
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
    /// True if a custom transport or middleware receives the requests, so that each gets an `Attempt`
    /// extension.
    pub(super) is_observed: bool,
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client").field("base_url", &self.shared.base_url.as_str()).finish_non_exhaustive()
    }
}
