// @generated from the OpenAPI document: change that, and generate again.

//! Assertions: tokens that a client signs to show who it is (RFC 7523).

use std::fmt::Write as _;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use ring::rand::{SecureRandom, SystemRandom};
use serde_json::{Value, json};

use super::super::auth::{Audience, Clock, Nonce, Secret, Surroundings};
use super::super::transport::BoxError;
use super::endpoint::Endpoint;
use super::key::PrivateKey;

/// How long an assertion holds, before and after it is made: clocks differ.
const LIFETIME: Duration = Duration::from_secs(120);

/// What assertions of a client are made of.
pub(super) struct Assertion {
    key: PrivateKey,
    clock: Clock,
    nonce: Nonce,
    /// None: the URL that is asked for tokens.
    audience: Option<String>,
    is_for_host: bool,
}

impl Assertion {
    pub(super) fn new(key: PrivateKey, client_id: &str, around: &Surroundings<'_>) -> Self {
        let oauth = around.api.oauth;
        let named = oauth.and_then(|oauth| oauth.host_of(client_id));
        Self {
            key,
            clock: around.clock.clone(),
            nonce: oauth.map_or(Nonce::Claim, |oauth| oauth.nonce),
            audience: named.map(|host| without_port(host).to_owned()),
            is_for_host: oauth.is_some_and(|oauth| oauth.audience == Audience::Host),
        }
    }

    /// An assertion for one request (RFC 7519, section 7.1).
    pub(super) fn sign(&self, endpoint: &Endpoint) -> Result<Secret, BoxError> {
        let nonce = nonce()?;
        let mut header = json!({"alg": self.key.algorithm(), "typ": "JWT"});
        if let Some(key_id) = self.key.key_id() {
            header["kid"] = Value::from(key_id);
        }
        let mut claims = self.claims(endpoint);
        match self.nonce {
            Nonce::Claim => claims["jti"] = Value::from(nonce),
            Nonce::Header => header["nonce"] = Value::from(nonce),
        }
        let encode = |value: &Value| BASE64_URL_SAFE_NO_PAD.encode(value.to_string());
        let signed = format!("{}.{}", encode(&header), encode(&claims));
        let signature = BASE64_URL_SAFE_NO_PAD.encode(self.key.sign(signed.as_bytes())?);
        Ok(Secret::from(format!("{signed}.{signature}")))
    }

    fn claims(&self, endpoint: &Endpoint) -> Value {
        let now = self.clock.now();
        let audience = match &self.audience {
            _ if !self.is_for_host => endpoint.url.to_string(),
            Some(host) => host.clone(),
            None => endpoint.url.host().unwrap_or_default().to_owned(),
        };
        json!({
            "iss": endpoint.client_id,
            "sub": endpoint.client_id,
            "aud": audience,
            "iat": seconds(Some(now)),
            "nbf": seconds(now.checked_sub(LIFETIME)),
            "exp": seconds(now.checked_add(LIFETIME)),
        })
    }
}

/// Seconds since 1970; none before that.
fn seconds(time: Option<SystemTime>) -> u64 {
    time.and_then(|time| time.duration_since(UNIX_EPOCH).ok()).map_or(0, |since| since.as_secs())
}

/// 32 hexadecimal digits that nobody can guess.
fn nonce() -> Result<String, BoxError> {
    let mut bytes = [0; 16];
    SystemRandom::new().fill(&mut bytes).map_err(|_| "the system has no random numbers")?;
    let mut text = String::with_capacity(2 * bytes.len());
    for byte in bytes {
        write!(text, "{byte:02x}")?;
    }
    Ok(text)
}

/// A host without its port: `[::1]:80` is `[::1]`.
fn without_port(host: &str) -> &str {
    match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    }
}
