//! The token endpoint: requests and responses (RFC 6749, sections 4.4.2, 5.1, 5.2 and 6).

use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, USER_AGENT};
use http::{HeaderValue, Method, StatusCode, Uri};
use serde_json::{Map, Value};

use super::super::auth::{GrantContext, Secret, Token, Transient};
use super::super::codec::style::percent_encode;
use super::super::error::limited::Limited;
use super::super::error::sanitize::Sanitized;
use super::super::net::body::{Body, CollectError};
use super::super::net::origin::Origin;
use super::super::net::time::Instant;
use super::super::net::transport::Transport;
use super::super::net::transport_error::{BoxError, TransportError};
use super::super::net::{retry_hint, secrets};

/// The maximum timeout of a token request. The timeout of a call applies if it is shorter.
const TIMEOUT: Duration = Duration::from_secs(30);

/// The maximum size of a response, in bytes.
const RESPONSE_LIMIT: usize = 1024 * 1024;

/// The lifetime of a token if the response does not contain one.
const DEFAULT_LIFETIME: Duration = Duration::from_secs(5 * 60);

/// A token endpoint, with the settings that all requests to it share.
pub(super) struct Endpoint {
    pub(super) url: Uri,
    pub(super) client_id: String,
    scope: Option<String>,
    /// Additional parameters of the user.
    parameters: Vec<(String, Secret)>,
    transport: Arc<dyn Transport>,
    user_agent: HeaderValue,
    timeout: Duration,
}

/// The settings of the user for token requests, apart from the credentials.
#[derive(Clone, Default)]
pub(super) struct TokenOptions {
    pub(super) token_url: Option<String>,
    pub(super) scopes: Option<Vec<String>>,
    pub(super) parameters: Vec<(String, Secret)>,
}

impl TokenOptions {
    pub(super) fn add_parameter(&mut self, name: String, value: String) {
        self.parameters.push((name, value.into()));
    }
}

/// Shows the names of parameters only, as a value can be secret.
impl fmt::Debug for TokenOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TokenOptions")
            .field("token_url", &self.token_url)
            .field("scopes", &self.scopes)
            .field("parameters", &self.parameters.iter().map(|(name, _)| name).collect::<Vec<_>>())
            .finish()
    }
}

/// The form of a token request.
#[derive(Default)]
pub(super) struct Form {
    pairs: Vec<(String, String)>,
    /// Values that errors must not show.
    secrets: Vec<Secret>,
    basic: Option<Secret>,
}

/// A successful token response.
pub(super) struct TokenResponse {
    pub(super) token: Token,
    /// The refresh token for the next request, if the server issued one.
    #[allow(dead_code, reason = "a document may have no flow with refresh tokens")]
    pub(super) refresh_token: Option<Secret>,
}

impl Form {
    pub(super) fn for_grant(grant: &str) -> Self {
        Self::default().with("grant_type", grant)
    }

    pub(super) fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.pairs.push((name.to_owned(), value.into()));
        self
    }

    pub(super) fn with_secret(mut self, name: &str, value: &Secret) -> Self {
        self.secrets.push(value.clone());
        self.with(name, value.expose())
    }

    /// Sends a secret as the password of basic authentication.
    pub(super) fn with_password(mut self, secret: &Secret) -> Self {
        self.secrets.push(secret.clone());
        self.basic = Some(secret.clone());
        self
    }
}

impl Endpoint {
    pub(super) fn new(
        client_id: &str,
        options: &TokenOptions,
        context: &GrantContext<'_>,
    ) -> Result<Self, String> {
        let oauth = context.api.oauth;
        let token_url = options.token_url.as_deref().or(context.token_url);
        let token_url = token_url.ok_or("the document has no token URL: set it with `with_token_url`")?;
        if client_id.is_empty() {
            return Err("the client ID is empty".to_owned());
        }
        let scopes = match &options.scopes {
            Some(scopes) => scopes.join(" "),
            None => oauth.map(|oauth| oauth.scopes.join(" ")).unwrap_or_default(),
        };
        Ok(Self {
            url: resolve(token_url, context.base_url)?,
            client_id: client_id.to_owned(),
            scope: Some(scopes).filter(|scopes| !scopes.is_empty()),
            parameters: options.parameters.clone(),
            transport: context.transport.clone(),
            user_agent: context.user_agent.clone(),
            timeout: context.timeout.map_or(TIMEOUT, |timeout| timeout.min(TIMEOUT)),
        })
    }

    /// Requests a token. The error is a [`Transient`] if a retry can succeed.
    pub(super) async fn request_token(&self, form: Form) -> Result<TokenResponse, BoxError> {
        let mut retry_after = None;
        let problem = match self.answer(&form, &mut retry_after).await {
            Ok(issued) => return Ok(issued),
            Err(problem) => problem,
        };
        let error = TokenError::new(self, &form, problem);
        match error.is_transient() {
            true => Err(Transient::new(error).with_retry_after(retry_after).into()),
            false => Err(error.into()),
        }
    }

    async fn answer(
        &self,
        form: &Form,
        retry_after: &mut Option<Duration>,
    ) -> Result<TokenResponse, Problem> {
        let deadline = Instant::now().checked_add(self.timeout);
        let response = self.transport.send(self.request(form), deadline).await;
        let (head, body) = response.map_err(Problem::from)?.into_parts();
        *retry_after = retry_hint::retry_after(&head.headers);
        if head.status.is_redirection() {
            return Err(Problem::Redirect(head.status));
        }
        let body = match body.collect(RESPONSE_LIMIT).await {
            Ok(body) => body,
            Err(CollectError::TooLong) => return Err(Problem::TooLong(head.status)),
            Err(CollectError::Transport(error)) => return Err(error.into()),
        };
        let members: Option<Map<String, Value>> = serde_json::from_slice(&body).ok();
        let Some(members) = members else {
            let kind = head.headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
            return Err(Problem::NotJson(head.status, kind.unwrap_or("no content type").to_owned()));
        };
        let text = |name: &str| members.get(name).and_then(Value::as_str).filter(|text| !text.is_empty());
        match text("access_token") {
            Some(token) if head.status.is_success() => match text("token_type") {
                Some(kind) if !kind.eq_ignore_ascii_case("bearer") => Err(Problem::Type),
                _ => Ok(TokenResponse {
                    token: Token::new(token).expires_in(lifetime(members.get("expires_in"))),
                    refresh_token: text("refresh_token").map(Secret::from),
                }),
            },
            _ => Err(Problem::Refused {
                status: head.status,
                code: text("error").map(str::to_owned),
                description: text("error_description").map(str::to_owned),
            }),
        }
    }

    fn request(&self, form: &Form) -> http::Request<Body> {
        let own = form.pairs.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        let scope = self.scope.as_deref().map(|scope| ("scope", scope));
        let added = self.parameters.iter().map(|(name, value)| (name.as_str(), value.expose()));
        let client_id = form.basic.is_none().then_some(("client_id", self.client_id.as_str()));
        let pairs: Vec<String> = (own.chain(scope).chain(added).chain(client_id))
            .map(|(name, value)| format!("{}={}", percent_encode(name), percent_encode(value)))
            .collect();
        let mut request = http::Request::new(Body::from(pairs.join("&")));
        *request.method_mut() = Method::POST;
        *request.uri_mut() = self.url.clone();
        let headers = request.headers_mut();
        headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/x-www-form-urlencoded"));
        headers.insert(USER_AGENT, self.user_agent.clone());
        if let Some(secret) = &form.basic {
            let pair = format!("{}:{}", percent_encode(&self.client_id), percent_encode(secret.expose()));
            // Base64 is valid in a header.
            if let Ok(mut value) = HeaderValue::try_from(format!("Basic {}", BASE64_STANDARD.encode(pair))) {
                value.set_sensitive(true);
                headers.insert(AUTHORIZATION, value);
            }
        }
        request
    }
}

/// Resolves a token URL. A path is relative to the server of the API.
fn resolve(token_url: &str, base_url: &str) -> Result<Uri, String> {
    let base: Uri = base_url.parse().map_err(|_| "the base URL is not a valid URL".to_owned())?;
    let url = match token_url.starts_with('/') && !token_url.starts_with("//") {
        true => format!("{}{token_url}", Origin::of(&base)?),
        false => token_url.to_owned(),
    };
    let uri = Uri::try_from(&url).map_err(|error| format!("the token URL is not a valid URL: {error}"))?;
    Origin::of(&uri).map_err(|problem| format!("the token URL {problem}"))?;
    Ok(uri)
}

/// Decodes the lifetime of a token in seconds, which many servers send as a string.
fn lifetime(seconds: Option<&Value>) -> Duration {
    let seconds = match seconds {
        Some(Value::Number(number)) => number.as_f64(),
        Some(Value::String(text)) => text.trim().parse().ok(),
        _ => None,
    };
    seconds.and_then(|seconds| Duration::try_from_secs_f64(seconds).ok()).unwrap_or(DEFAULT_LIFETIME)
}

/// The error of a token request. `Display` shows the host of the token endpoint and its response, without
/// secrets.
pub struct TokenError {
    host: String,
    problem: Problem,
}

#[derive(Debug)]
enum Problem {
    Transport(TransportError),
    Redirect(StatusCode),
    TooLong(StatusCode),
    NotJson(StatusCode, String),
    /// The token type is not `Bearer`. Its name is not kept: a server can put anything there.
    Type,
    Refused {
        status: StatusCode,
        code: Option<String>,
        description: Option<String>,
    },
}

impl From<TransportError> for Problem {
    fn from(error: TransportError) -> Self {
        Self::Transport(error)
    }
}

impl TokenError {
    fn new(endpoint: &Endpoint, form: &Form, mut problem: Problem) -> Self {
        if let Problem::Refused { code, description, .. } = &mut problem {
            // The response can repeat secrets of the request.
            for text in code.iter_mut().chain(description) {
                let added = endpoint.parameters.iter().map(|(_, value)| value.expose());
                let added = added.filter(|value| value.len() >= secrets::MIN_SECRET_LENGTH);
                let own = form.secrets.iter().map(Secret::expose).filter(|secret| !secret.is_empty());
                for secret in own.chain(added) {
                    *text = text.replace(secret, "[secret]");
                }
            }
        }
        let host = endpoint.url.authority().map(ToString::to_string).unwrap_or_default();
        Self { host, problem }
    }

    /// Returns the status of the response, if there was one.
    pub fn status(&self) -> Option<StatusCode> {
        match &self.problem {
            Problem::Redirect(status) | Problem::TooLong(status) | Problem::NotJson(status, _) => {
                Some(*status)
            }
            Problem::Refused { status, .. } => Some(*status),
            Problem::Transport(_) | Problem::Type => None,
        }
    }

    /// Returns true if a retry can succeed.
    fn is_transient(&self) -> bool {
        match &self.problem {
            Problem::Transport(error) => error.is_transient(),
            _ => self.status().is_some_and(|status| retry_hint::is_transient_status(status.as_u16())),
        }
    }

    /// Returns the OAuth 2 error code, such as `invalid_client` (RFC 6749, section 5.2).
    pub fn code(&self) -> Option<&str> {
        match &self.problem {
            Problem::Refused { code, .. } => code.as_deref(),
            _ => None,
        }
    }
}

/// Cuts long texts of the response.
impl fmt::Debug for TokenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let problem = Limited(&self.problem, 1_000);
        f.debug_struct("TokenError").field("host", &self.host).field("problem", &problem).finish()
    }
}

/// Formats the error as `token request to auth.example.com failed: 401 Unauthorized: invalid_client: unknown
/// client`.
impl fmt::Display for TokenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "token request to {} failed: ", self.host)?;
        match &self.problem {
            Problem::Transport(error) => error.fmt(f),
            Problem::Redirect(status) => write!(f, "{status} is a redirect, which is not followed"),
            Problem::TooLong(status) => write!(f, "{status} with a body of more than {RESPONSE_LIMIT} bytes"),
            Problem::NotJson(status, kind) => write!(f, "{status} with {} instead of JSON", Sanitized(kind)),
            Problem::Type => f.write_str("the token type is not `Bearer`"),
            Problem::Refused { status, code, description } => {
                write!(f, "{status}")?;
                for text in [code, description].into_iter().flatten() {
                    write!(f, ": {}", Sanitized(text))?;
                }
                Ok(())
            }
        }
    }
}

impl StdError for TokenError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match &self.problem {
            Problem::Transport(error) => error.source(),
            _ => None,
        }
    }
}
