//! What is known of an API's OAuth 2: constants of generated code.

/// How an API hands out tokens.
#[derive(Clone, Copy, Debug)]
pub struct OAuth {
    /// Where tokens are asked for (RFC 6749, section 3.2).
    pub token: TokenUrls,
    /// Where they are asked for by a refresh token (likewise, section 6).
    pub refresh: TokenUrls,
    /// The scopes that are asked for unless the builder says otherwise. None: what the server thinks fit.
    pub scopes: &'static [&'static str],
    /// How a client shows who it is, unless the builder says otherwise.
    pub authentication: ClientAuthentication,
    /// Who an assertion is addressed to.
    pub audience: Audience,
    /// Where an assertion says what makes it the only one of its kind.
    pub nonce: Nonce,
    /// What a client's secret begins with that is a key to sign assertions with: the rest is a JWK (RFC 7517), in
    /// base64url.
    pub key_prefix: Option<&'static str>,
    /// Whether a client's id names the host of its server: `anything@host:port/anything`.
    pub host_in_client_id: bool,
    /// What kind of token is exchanged ([RFC 8693](https://www.rfc-editor.org/rfc/rfc8693), section 3).
    pub subject_token_type: &'static str,
}

/// Where tokens are asked for. A URL without a host is meant on the server of the API.
#[derive(Clone, Copy, Debug)]
pub struct TokenUrls {
    /// The URL that is usually asked.
    pub usual: &'static str,
    /// Security schemes that have another one: the name of the scheme, and its URL.
    pub others: &'static [(&'static str, &'static str)],
}

/// How a client shows to the server that hands out tokens who it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ClientAuthentication {
    /// By its secret, in the body of the request ([RFC 6749](https://www.rfc-editor.org/rfc/rfc6749), section 2.3.1).
    Body,
    /// By its secret, as the password of basic authentication (likewise).
    Basic,
    /// By an assertion that it signs ([RFC 7523](https://www.rfc-editor.org/rfc/rfc7523), section 2.2), which takes the
    /// feature `private-key-jwt`.
    Assertion,
}

/// Who an assertion is addressed to: its claim `aud`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Audience {
    /// The URL that is asked for tokens.
    TokenUrl,
    /// The host that the client's id names, or else that of the URL; without its port.
    Host,
}

/// Where an assertion says what makes it the only one of its kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Nonce {
    /// In the claim `jti` ([RFC 7519](https://www.rfc-editor.org/rfc/rfc7519), section 4.1.7).
    Claim,
    /// In the member `nonce` of its header.
    Header,
}

impl OAuth {
    /// Tokens of the common kind, from this URL.
    pub const fn at(token_url: &'static str) -> Self {
        Self {
            token: TokenUrls::at(token_url),
            refresh: TokenUrls::at(token_url),
            scopes: &[],
            authentication: ClientAuthentication::Body,
            audience: Audience::TokenUrl,
            nonce: Nonce::Claim,
            key_prefix: None,
            host_in_client_id: false,
            subject_token_type: "urn:ietf:params:oauth:token-type:jwt",
        }
    }

    /// The URL of the server that a client's id names.
    pub fn server_of(self, client_id: &str) -> Option<String> {
        self.host_of(client_id).map(|host| format!("https://{host}"))
    }

    /// The host that a client's id names, with its port.
    pub fn host_of(self, client_id: &str) -> Option<&str> {
        let (_, rest) = client_id.split_once('@').filter(|_| self.host_in_client_id)?;
        let host = rest.split('/').next().unwrap_or_default();
        (!host.is_empty()).then_some(host)
    }
}

impl TokenUrls {
    /// One URL for all.
    pub const fn at(usual: &'static str) -> Self {
        Self { usual, others: &[] }
    }

    /// The URL of a security scheme that does not have the usual one.
    pub(super) fn other(self, scheme: &str) -> Option<&'static str> {
        self.others.iter().find(|(name, _)| *name == scheme).map(|(_, url)| *url)
    }

    /// All of them, the usual one first.
    #[cfg(feature = "mock")]
    pub(in super::super) fn all(self) -> impl Iterator<Item = &'static str> {
        std::iter::once(self.usual).chain(self.others.iter().map(|(_, url)| *url))
    }
}
