// @generated from the OpenAPI document. Change the document, and generate again.

//! The secrets of a request, which must not be shown when a server repeats them.

use std::borrow::Cow;
use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::HeaderValue;
use percent_encoding::percent_decode_str;

use super::headers::Headers;

/// The minimum length of a secret in bytes. Shorter text would be redacted where it only coincides.
pub(in super::super) const MIN_SECRET_LENGTH: usize = 6;

/// The secrets that a request carried.
#[derive(Clone, Default)]
pub(in super::super) struct Secrets {
    /// The values of sensitive headers, except those that may be shown.
    headers: Vec<HeaderValue>,
    /// The query parameters that were added as credentials.
    query: Vec<String>,
}

impl Secrets {
    /// Collects the secrets of a request. `query_before_credentials` is its query before credentials were
    /// added.
    pub(in super::super) fn of<B>(
        request: &http::Request<B>,
        own: &Headers,
        query_before_credentials: Option<&str>,
    ) -> Self {
        // Most requests have one.
        let mut headers = Vec::with_capacity(1);
        let secret = request
            .headers()
            .iter()
            .filter(|(name, value)| value.is_sensitive() && !own.is_quotable(name, value));
        headers.extend(secret.map(|(_, value)| value.clone()));
        if request.uri().query() == query_before_credentials {
            return Self { headers, query: Vec::new() };
        }
        let known: Vec<&str> = query_before_credentials.unwrap_or_default().split('&').collect();
        let pairs = request.uri().query().unwrap_or_default().split('&');
        Self { headers, query: pairs.filter(|pair| !known.contains(pair)).map(str::to_owned).collect() }
    }

    /// Replaces every secret in the text.
    pub(in super::super) fn redact<'a>(&self, text: &'a str) -> Cow<'a, str> {
        let mut redacted = Cow::Borrowed(text);
        for secret in self.encodings() {
            if secret.len() >= MIN_SECRET_LENGTH && redacted.contains(&secret) {
                redacted = Cow::Owned(redacted.replace(&secret, "(hidden)"));
            }
        }
        redacted
    }

    /// Returns each secret in all encodings in which a server can repeat it, the longest first, as it can
    /// contain others.
    fn encodings(&self) -> Vec<String> {
        let mut all = Vec::new();
        for value in &self.headers {
            let text = String::from_utf8_lossy(value.as_bytes()).into_owned();
            // Without the scheme (`Bearer x`, `Basic eDp5`), and without the name of a cookie (`session=x`).
            for part in without_scheme(&text).split([' ', ';', ',']) {
                all.push(part.to_owned());
                all.extend(part.split_once('=').map(|(_, value)| value.to_owned()));
                let query_before_credentials =
                    STANDARD.decode(part).ok().and_then(|bytes| String::from_utf8(bytes).ok());
                all.extend(
                    query_before_credentials
                        .iter()
                        .filter_map(|pair| Some(pair.split_once(':')?.1.to_owned())),
                );
            }
            all.push(text);
        }
        for pair in &self.query {
            let value = pair.split_once('=').map_or(pair.as_str(), |(_, value)| value);
            all.push(percent_decode_str(value).decode_utf8_lossy().into_owned());
            all.push(value.to_owned());
        }
        all.sort_by_key(|secret| std::cmp::Reverse(secret.len()));
        all
    }
}

/// Removes the authentication scheme, if there is one (RFC 9110, section 11.4). The scheme is not secret, and
/// servers mention it: `Bearer token expired`.
fn without_scheme(credentials: &str) -> &str {
    match credentials.split_once(' ') {
        Some((scheme, rest)) if scheme.bytes().all(|byte| byte.is_ascii_alphabetic() || byte == b'-') => rest,
        _ => credentials,
    }
}

/// Shows the number of secrets only.
impl fmt::Debug for Secrets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Secrets({})", self.headers.len() + self.query.len())
    }
}
