//! Assertions: signed tokens that authenticate a client (RFC 7523).

use std::fmt::Write as _;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use ring::rand::{SecureRandom, SystemRandom};
use serde_json::{Value, json};

use super::super::api::oauth::{Audience, Nonce};
use super::super::auth::{Clock, GrantContext, Secret};
use super::super::net::transport_error::BoxError;
use super::endpoint::Endpoint;
use super::key::PrivateKey;

/// The time for which an assertion is valid before and after it is created, to allow for clocks that differ.
const LIFETIME: Duration = Duration::from_secs(120);

/// Creates the assertions of a client.
pub(super) struct Assertion {
    key: PrivateKey,
    clock: Clock,
    nonce: Nonce,
    /// The host in the client ID, if there is one.
    audience: Option<String>,
    is_for_host: bool,
}

impl Assertion {
    pub(super) fn new(key: PrivateKey, client_id: &str, context: &GrantContext<'_>) -> Self {
        let oauth = context.api.oauth;
        let named = oauth.and_then(|oauth| oauth.host_of(client_id));
        Self {
            key,
            clock: context.clock.clone(),
            nonce: oauth.map_or(Nonce::Claim, |oauth| oauth.nonce),
            audience: named.map(|host| without_port(host).to_owned()),
            is_for_host: oauth.is_some_and(|oauth| oauth.audience == Audience::Host),
        }
    }

    /// Signs an assertion for one request (RFC 7519, section 7.1).
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

/// Returns the seconds since 1970, or 0 for an earlier time.
fn seconds(time: Option<SystemTime>) -> u64 {
    time.and_then(|time| time.duration_since(UNIX_EPOCH).ok()).map_or(0, |since| since.as_secs())
}

/// Returns 128 random bits in hexadecimal.
fn nonce() -> Result<String, BoxError> {
    let mut bytes = [0; 16];
    SystemRandom::new().fill(&mut bytes).map_err(|_| "the random number generator of the system failed")?;
    let mut text = String::with_capacity(2 * bytes.len());
    for byte in bytes {
        write!(text, "{byte:02x}")?;
    }
    Ok(text)
}

/// Removes the port of a host: `[::1]:80` becomes `[::1]`.
fn without_port(host: &str) -> &str {
    match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    }
}
