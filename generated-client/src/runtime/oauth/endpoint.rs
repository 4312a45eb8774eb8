// @generated from the OpenAPI document: change that, and generate again.

//! The request for a token, and its answer (RFC 6749, sections 4.4.2, 5.1, 5.2 and 6).

use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, USER_AGENT};
use http::{HeaderValue, Method, StatusCode, Uri};
use serde_json::{Map, Value};

use super::super::auth::{Secret, Surroundings, Token, Transient};
use super::super::base_url::Origin;
use super::super::body::{Body, CollectError};
use super::super::error::line::Line;
use super::super::retry;
use super::super::secrets;
use super::super::style::percent_encode;
use super::super::time::Instant;
use super::super::transport::{BoxError, Transport, TransportError};

/// How long it may take to get a token, if that is not longer than a call may.
const TIMEOUT: Duration = Duration::from_secs(30);

/// How long the answer may be: tokens are short.
const LIMIT: usize = 1024 * 1024;

/// How long a token is believed to last of which the server does not say.
const LIFETIME: Duration = Duration::from_secs(5 * 60);

/// What is asked for tokens, and what every request to it has in common.
pub(super) struct Endpoint {
    pub(super) url: Uri,
    pub(super) client_id: String,
    scope: Option<String>,
    /// Parameters that the user has added.
    parameters: Vec<(String, Secret)>,
    transport: Arc<dyn Transport>,
    user_agent: HeaderValue,
    timeout: Duration,
}

/// What the user says about a request for tokens, apart from who they are.
#[derive(Clone, Default)]
pub(super) struct Wishes {
    pub(super) token_url: Option<String>,
    pub(super) scopes: Option<Vec<String>>,
    pub(super) parameters: Vec<(String, Secret)>,
}

impl Wishes {
    pub(super) fn say(&mut self, name: String, value: String) {
        self.parameters.push((name, value.into()));
    }
}

/// Shows of parameters their names only: servers take secrets in some that nobody else has heard of.
impl fmt::Debug for Wishes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Wishes")
            .field("token_url", &self.token_url)
            .field("scopes", &self.scopes)
            .field("parameters", &self.parameters.iter().map(|(name, _)| name).collect::<Vec<_>>())
            .finish()
    }
}

/// What a request says.
#[derive(Default)]
pub(super) struct Form {
    pairs: Vec<(String, String)>,
    /// The texts that no error may repeat.
    secrets: Vec<Secret>,
    basic: Option<Secret>,
}

/// What a server hands out.
pub(super) struct Issued {
    pub(super) token: Token,
    /// By which to ask the next time, if it says so.
    #[allow(dead_code, reason = "a document may have no flow with refresh tokens")]
    pub(super) refresh_token: Option<Secret>,
}

impl Form {
    pub(super) fn of_grant(grant: &str) -> Self {
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
    pub(super) fn new(client_id: &str, wishes: &Wishes, around: &Surroundings<'_>) -> Result<Self, String> {
        let oauth = around.api.oauth;
        let token_url = wishes.token_url.as_deref().or(around.token_url);
        let token_url = token_url.ok_or("nothing says where to ask for tokens: set the token URL")?;
        if client_id.is_empty() {
            return Err("the client id is empty".to_owned());
        }
        let scopes = match &wishes.scopes {
            Some(scopes) => scopes.join(" "),
            None => oauth.map(|oauth| oauth.scopes.join(" ")).unwrap_or_default(),
        };
        Ok(Self {
            url: resolve(token_url, around.base_url)?,
            client_id: client_id.to_owned(),
            scope: Some(scopes).filter(|scopes| !scopes.is_empty()),
            parameters: wishes.parameters.clone(),
            transport: around.transport.clone(),
            user_agent: around.user_agent.clone(),
            timeout: around.timeout.map_or(TIMEOUT, |timeout| timeout.min(TIMEOUT)),
        })
    }

    /// Asks for a token. The error is a [`Transient`] one where whoever asks again may be told otherwise.
    pub(super) async fn ask(&self, form: Form) -> Result<Issued, BoxError> {
        let mut retry_after = None;
        let problem = match self.answer(&form, &mut retry_after).await {
            Ok(issued) => return Ok(issued),
            Err(problem) => problem,
        };
        let error = TokenError::new(self, &form, problem);
        match error.may_pass() {
            true => Err(Transient::new(error).with_retry_after(retry_after).into()),
            false => Err(error.into()),
        }
    }

    async fn answer(&self, form: &Form, retry_after: &mut Option<Duration>) -> Result<Issued, Problem> {
        let deadline = Instant::now().checked_add(self.timeout);
        let response = self.transport.send(self.request(form), deadline).await;
        let (head, body) = response.map_err(Problem::from)?.into_parts();
        *retry_after = retry::retry_after(&head.headers);
        if head.status.is_redirection() {
            return Err(Problem::Redirect(head.status));
        }
        let body = match body.collect(LIMIT).await {
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
                Some(kind) if !kind.eq_ignore_ascii_case("bearer") => Err(Problem::Type(kind.to_owned())),
                _ => Ok(Issued {
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
            // Base64 is made of characters that headers have.
            if let Ok(mut value) = HeaderValue::try_from(format!("Basic {}", BASE64_STANDARD.encode(pair))) {
                value.set_sensitive(true);
                headers.insert(AUTHORIZATION, value);
            }
        }
        request
    }
}

/// Where tokens are asked for; a path is meant on the server of the API.
fn resolve(token_url: &str, base_url: &str) -> Result<Uri, String> {
    let base: Uri = base_url.parse().map_err(|_| "the base URL is no URL".to_owned())?;
    let url = match token_url.starts_with('/') && !token_url.starts_with("//") {
        true => format!("{}{token_url}", Origin::of(&base)?),
        false => token_url.to_owned(),
    };
    let uri = Uri::try_from(&url).map_err(|error| format!("the token URL is no URL: {error}"))?;
    Origin::of(&uri).map_err(|problem| format!("the token URL {problem}"))?;
    Ok(uri)
}

/// How long a token lasts: in seconds, and of many servers in text.
fn lifetime(seconds: Option<&Value>) -> Duration {
    let seconds = match seconds {
        Some(Value::Number(number)) => number.as_f64(),
        Some(Value::String(text)) => text.trim().parse().ok(),
        _ => None,
    };
    seconds.and_then(|seconds| Duration::try_from_secs_f64(seconds).ok()).unwrap_or(LIFETIME)
}

/// Why there is no token. It says which host was asked and what it answered, and no secret.
#[derive(Debug)]
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
    Type(String),
    Refused { status: StatusCode, code: Option<String>, description: Option<String> },
}

impl From<TransportError> for Problem {
    fn from(error: TransportError) -> Self {
        Self::Transport(error)
    }
}

impl TokenError {
    fn new(endpoint: &Endpoint, form: &Form, mut problem: Problem) -> Self {
        if let Problem::Refused { code, description, .. } = &mut problem {
            // A server may repeat what it was sent.
            for text in code.iter_mut().chain(description) {
                let added = endpoint.parameters.iter().map(|(_, value)| value.expose());
                let added = added.filter(|value| value.len() >= secrets::SHORTEST);
                let own = form.secrets.iter().map(Secret::expose).filter(|secret| !secret.is_empty());
                for secret in own.chain(added) {
                    *text = text.replace(secret, "[secret]");
                }
            }
        }
        let host = endpoint.url.authority().map(ToString::to_string).unwrap_or_default();
        Self { host, problem }
    }

    /// The status of the answer, if there was one.
    pub fn status(&self) -> Option<StatusCode> {
        match &self.problem {
            Problem::Redirect(status) | Problem::TooLong(status) | Problem::NotJson(status, _) => {
                Some(*status)
            }
            Problem::Refused { status, .. } => Some(*status),
            Problem::Transport(_) | Problem::Type(_) => None,
        }
    }

    /// Whether there may be a token in a moment.
    fn may_pass(&self) -> bool {
        match &self.problem {
            Problem::Transport(error) => error.may_pass(),
            _ => self.status().is_some_and(|status| retry::is_passing(status.as_u16())),
        }
    }

    /// What is wrong, in a word of the protocol: `invalid_client` (RFC 6749, section 5.2).
    pub fn code(&self) -> Option<&str> {
        match &self.problem {
            Problem::Refused { code, .. } => code.as_deref(),
            _ => None,
        }
    }
}

/// `auth.example.com gives no token: 401 Unauthorized: invalid_client: there is no such client`
impl fmt::Display for TokenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} gives no token: ", self.host)?;
        match &self.problem {
            Problem::Transport(error) => error.fmt(f),
            Problem::Redirect(status) => write!(f, "{status}, a redirect, which is not followed"),
            Problem::TooLong(status) => write!(f, "{status} with more than {LIMIT} bytes"),
            Problem::NotJson(status, kind) => write!(f, "{status} with {}, not JSON", Line(kind)),
            Problem::Type(kind) => write!(f, "one of type `{}`, which cannot be sent", Line(kind)),
            Problem::Refused { status, code, description } => {
                write!(f, "{status}")?;
                for text in [code, description].into_iter().flatten() {
                    write!(f, ": {}", Line(text))?;
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
