//! The OAuth 2 settings of an API: constants of generated code.

/// The OAuth 2 settings of an API.
#[derive(Clone, Copy, Debug)]
pub struct OAuth {
    /// The token endpoints (RFC 6749, section 3.2).
    pub token: TokenUrls,
    /// The endpoints for refresh tokens (RFC 6749, section 6).
    pub refresh: TokenUrls,
    /// The default scopes to request. If the slice is empty, the server chooses.
    pub scopes: &'static [&'static str],
    /// The default way in which a client authenticates to the token endpoint.
    pub authentication: ClientAuthentication,
    /// The audience of an assertion.
    pub audience: Audience,
    /// The location of the unique value in an assertion.
    pub nonce: Nonce,
    /// The prefix of a client secret that is a signing key. The rest of such a secret is a JWK (RFC 7517) in
    /// base64url.
    pub key_prefix: Option<&'static str>,
    /// True if the client ID contains the host of the server: `anything@host:port/anything`.
    pub host_in_client_id: bool,
    /// The default type of a token to exchange ([RFC 8693](https://www.rfc-editor.org/rfc/rfc8693), section
    /// 3).
    pub subject_token_type: &'static str,
}

/// The URLs of token endpoints. A URL without a host is relative to the server of the API.
#[derive(Clone, Copy, Debug)]
pub struct TokenUrls {
    /// The URL for all schemes that are not in `others`.
    pub default_url: &'static str,
    /// Pairs of the name of a security scheme and its URL.
    pub others: &'static [(&'static str, &'static str)],
}

/// A way to authenticate a client to the token endpoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ClientAuthentication {
    /// With its secret in the request body ([RFC 6749](https://www.rfc-editor.org/rfc/rfc6749), section
    /// 2.3.1).
    Body,
    /// With its secret as the password of basic authentication
    /// ([RFC 6749](https://www.rfc-editor.org/rfc/rfc6749), section 2.3.1).
    Basic,
    /// With a signed assertion ([RFC 7523](https://www.rfc-editor.org/rfc/rfc7523), section 2.2). Requires
    /// the feature `private-key-jwt`.
    Assertion,
}

/// The audience of an assertion, which is its claim `aud`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Audience {
    /// The URL of the token endpoint.
    TokenUrl,
    /// The host in the client ID, or else the host of the token endpoint, without the port.
    Host,
}

/// The location of the value that makes an assertion unique.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Nonce {
    /// The claim `jti` ([RFC 7519](https://www.rfc-editor.org/rfc/rfc7519), section 4.1.7).
    Claim,
    /// The property `nonce` of the header.
    Header,
}

impl OAuth {
    /// Creates the settings of a standard token endpoint.
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

    /// Returns the URL of the server that the client ID contains, if
    /// [`host_in_client_id`](Self::host_in_client_id) is true.
    pub fn server_of(self, client_id: &str) -> Option<String> {
        self.host_of(client_id).map(|host| format!("https://{host}"))
    }

    /// Returns the host and port that the client ID contains, if
    /// [`host_in_client_id`](Self::host_in_client_id) is true.
    pub fn host_of(self, client_id: &str) -> Option<&str> {
        let (_, rest) = client_id.split_once('@').filter(|_| self.host_in_client_id)?;
        let host = rest.split('/').next().unwrap_or_default();
        (!host.is_empty()).then_some(host)
    }
}

impl TokenUrls {
    /// Uses one URL for all schemes.
    pub const fn at(default_url: &'static str) -> Self {
        Self { default_url, others: &[] }
    }

    /// Returns the URL of a security scheme if it differs from the default.
    pub(in super::super) fn other(self, scheme: &str) -> Option<&'static str> {
        self.others.iter().find(|(name, _)| *name == scheme).map(|(_, url)| *url)
    }

    /// Returns all URLs, starting with the default.
    #[cfg(feature = "mock")]
    pub(in super::super) fn all(self) -> impl Iterator<Item = &'static str> {
        std::iter::once(self.default_url).chain(self.others.iter().map(|(_, url)| *url))
    }
}
