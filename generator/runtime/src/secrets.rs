//! The secrets that a request carries: what a server repeats of them is not shown.

use std::borrow::Cow;
use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::HeaderValue;
use percent_encoding::percent_decode_str;

use super::header::Headers;

/// What is shorter than this is no secret that could be told from other text.
pub(super) const SHORTEST: usize = 6;

/// The secrets that a request carried.
#[derive(Clone, Default)]
pub(super) struct Secrets {
    /// Values of headers that are marked as sensitive, but for those that a server may speak of.
    headers: Vec<HeaderValue>,
    /// Pairs of the query that credentials have added.
    query: Vec<String>,
}

impl Secrets {
    /// Those of a request that had these headers, and `plain` as its query, before it got its credentials.
    pub(super) fn of<B>(request: &http::Request<B>, own: &Headers, plain: Option<&str>) -> Self {
        // One, most of the time.
        let mut headers = Vec::with_capacity(1);
        let secret = request
            .headers()
            .iter()
            .filter(|(name, value)| value.is_sensitive() && !own.may_be_spoken_of(name, value));
        headers.extend(secret.map(|(_, value)| value.clone()));
        if request.uri().query() == plain {
            return Self { headers, query: Vec::new() };
        }
        let known: Vec<&str> = plain.unwrap_or_default().split('&').collect();
        let pairs = request.uri().query().unwrap_or_default().split('&');
        Self { headers, query: pairs.filter(|pair| !known.contains(pair)).map(str::to_owned).collect() }
    }

    /// The text with every secret in it replaced.
    pub(super) fn hide<'a>(&self, text: &'a str) -> Cow<'a, str> {
        let mut hidden = Cow::Borrowed(text);
        for secret in self.spellings() {
            if secret.len() >= SHORTEST && hidden.contains(&secret) {
                hidden = Cow::Owned(hidden.replace(&secret, "(hidden)"));
            }
        }
        hidden
    }

    /// The secrets, in each form in which a server may repeat them; the longest first, as it may hold others.
    fn spellings(&self) -> Vec<String> {
        let mut all = Vec::new();
        for value in &self.headers {
            let text = String::from_utf8_lossy(value.as_bytes()).into_owned();
            // Without its scheme: `Bearer x`, `Basic eDp5`; and a cookie without its name: `session=x`.
            for part in without_scheme(&text).split([' ', ';', ',']) {
                all.push(part.to_owned());
                all.extend(part.split_once('=').map(|(_, value)| value.to_owned()));
                let plain = STANDARD.decode(part).ok().and_then(|bytes| String::from_utf8(bytes).ok());
                all.extend(plain.iter().filter_map(|pair| Some(pair.split_once(':')?.1.to_owned())));
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

/// What stands behind the scheme of credentials, if there is one (RFC 9110, section 11.4). The scheme says how they are
/// used, and is a word that servers have reason to say: `Bearer token expired`.
fn without_scheme(credentials: &str) -> &str {
    match credentials.split_once(' ') {
        Some((scheme, rest)) if scheme.bytes().all(|byte| byte.is_ascii_alphabetic() || byte == b'-') => rest,
        _ => credentials,
    }
}

/// Shows how many there are.
impl fmt::Debug for Secrets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Secrets({})", self.headers.len() + self.query.len())
    }
}
