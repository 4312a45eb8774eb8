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

use super::super::auth::{Secret, Surroundings, Token};
use super::super::base_url::Origin;
use super::super::body::{Body, CollectError};
use super::super::error::line::Line;
use super::super::style::percent_encode;
use super::super::time::Instant;
use super::super::transport::{BoxError, Deadline, Transport, TransportError};

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
    /// Parameters that the user has added, and scopes.
    pub(super) parameters: Vec<(String, String)>,
    transport: Arc<dyn Transport>,
    user_agent: HeaderValue,
    timeout: Duration,
}

/// What the user says about a request for tokens, apart from who they are.
#[derive(Clone, Debug, Default)]
pub(super) struct Wishes {
    pub(super) token_url: Option<String>,
    pub(super) scopes: Option<Vec<String>>,
    pub(super) parameters: Vec<(String, String)>,
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
        let scope = (!scopes.is_empty()).then(|| ("scope".to_owned(), scopes));
        Ok(Self {
            url: resolve(token_url, around.base_url)?,
            client_id: client_id.to_owned(),
            parameters: scope.into_iter().chain(wishes.parameters.iter().cloned()).collect(),
            transport: around.transport.clone(),
            user_agent: around.user_agent.clone(),
            timeout: around.timeout.map_or(TIMEOUT, |timeout| timeout.min(TIMEOUT)),
        })
    }

    /// Asks for a token.
    pub(super) async fn ask(&self, form: Form) -> Result<Issued, BoxError> {
        self.answer(&form).await.map_err(|problem| TokenError::new(self, &form, problem).into())
    }

    async fn answer(&self, form: &Form) -> Result<Issued, Problem> {
        let request = self.request(form);
        let (head, body) = self.transport.send(request).await.map_err(Problem::from)?.into_parts();
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
        let own = form.pairs.iter().chain(&self.parameters);
        let client_id = form.basic.is_none().then_some(("client_id", self.client_id.as_str()));
        let pairs = own.map(|(name, value)| (name.as_str(), value.as_str())).chain(client_id);
        let pairs: Vec<String> = pairs
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
        if let Some(at) = Instant::now().checked_add(self.timeout) {
            request.extensions_mut().insert(Deadline(at));
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
    Transport { summary: String, source: BoxError },
    Redirect(StatusCode),
    TooLong(StatusCode),
    NotJson(StatusCode, String),
    Type(String),
    Refused { status: StatusCode, code: Option<String>, description: Option<String> },
}

impl From<TransportError> for Problem {
    fn from(error: TransportError) -> Self {
        Self::Transport { summary: error.to_string(), source: error.source }
    }
}

impl TokenError {
    fn new(endpoint: &Endpoint, form: &Form, mut problem: Problem) -> Self {
        if let Problem::Refused { code, description, .. } = &mut problem {
            // A server may repeat what it was sent.
            for text in code.iter_mut().chain(description) {
                for secret in form.secrets.iter().filter(|secret| !secret.expose().is_empty()) {
                    *text = text.replace(secret.expose(), "[secret]");
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
            Problem::Transport { .. } | Problem::Type(_) => None,
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
            Problem::Transport { summary, .. } => f.write_str(summary),
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
            Problem::Transport { source, .. } => Some(&**source),
            _ => None,
        }
    }
}
