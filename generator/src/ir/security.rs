//! Security schemes and requirements.

use super::Operation;

/// Security of an API.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Security {
    /// Security schemes, in document order.
    pub(crate) schemes: Vec<Scheme>,
    /// Requirements of operations without `security`: an operation requires one of them. Empty if none is required.
    pub(crate) default_requirements: Vec<Requirement>,
    /// OAuth 2 settings, if token endpoints are known.
    pub(crate) oauth: Option<OAuth>,
    /// Environment variables that clients can read.
    pub(crate) environment: Option<Environment>,
}

/// OAuth 2 settings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct OAuth {
    /// Token endpoints for the client credentials grant.
    pub(crate) client_urls: Option<TokenUrls>,
    /// Token endpoints that accept refresh tokens.
    pub(crate) refresh_urls: Option<TokenUrls>,
    /// Token endpoint of the flows that issue refresh tokens. Clients cannot run these flows themselves.
    pub(crate) initial_token_url: Option<String>,
    /// Default scopes.
    pub(crate) scopes: Vec<String>,
    /// Authentication of clients at the token endpoint.
    pub(crate) authentication: ClientAuthentication,
    /// True if the audience of an assertion is the host instead of the URL of the token endpoint.
    pub(crate) audience_is_host: bool,
    /// True if the nonce of an assertion is in its header instead of its claims.
    pub(crate) nonce_in_header: bool,
    /// Prefix of client secrets that hold a signing key.
    pub(crate) key_prefix: Option<String>,
    /// True if client ids contain the host of the server.
    pub(crate) host_in_client_id: bool,
    /// Type of the token that is exchanged. Default: a JSON web token.
    pub(crate) subject_token_type: Option<String>,
}

/// Token endpoints: URLs, or paths on the server of the API.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct TokenUrls {
    /// Endpoint of all schemes that are not in `others`.
    pub(crate) default_url: String,
    /// Schemes with a different endpoint.
    pub(crate) others: Vec<(String, String)>,
}

/// Authentication of a client at the token endpoint.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum ClientAuthentication {
    #[default]
    Body,
    Basic,
    Assertion,
}

/// Environment variables that clients can read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Environment {
    /// Groups of alternative credentials. The client uses the first complete alternative of each group.
    pub(crate) credentials: Vec<Vec<EnvCredential>>,
    /// Variable that holds the base URL.
    pub(crate) base_url: Option<String>,
    /// Server variables, each with the environment variable that holds it.
    pub(crate) server_variables: Vec<(String, String)>,
}

/// A credential from the environment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct EnvCredential {
    /// Required environment variables.
    pub(crate) variables: Vec<String>,
    pub(crate) kind: CredentialKind,
}

/// Kind of credential, with its variables in this order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum CredentialKind {
    BearerToken,
    /// Client id and subject token.
    TokenExchange,
    /// Client id and client secret.
    ClientCredentials,
    /// User name and password, for the scheme with this name.
    Basic(String),
    /// API key, for the scheme with this name.
    Key(String),
}

/// A security scheme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Scheme {
    /// Name in the components.
    pub(crate) name: String,
    /// Location and format of the credential.
    pub(crate) kind: SchemeKind,
    /// Builder method that sets the credential.
    pub(crate) builder_method: BuilderMethod,
    /// Description in the document.
    pub(crate) description: Option<String>,
    /// OAuth 2 flows.
    pub(crate) flows: Vec<Flow>,
}

/// An OAuth 2 flow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Flow {
    /// Name in the document, such as `authorizationCode`.
    pub(crate) name: &'static str,
    /// `authorizationUrl`.
    pub(crate) authorization_url: Option<String>,
    /// Scopes with their descriptions.
    pub(crate) scopes: Vec<(String, String)>,
}

/// Location and format of the credential of a scheme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum SchemeKind {
    /// As a bearer token, which includes OAuth 2 access tokens.
    Bearer,
    /// As user name and password.
    Basic,
    /// As an API key in a header.
    Header(String),
    Query(String),
    Cookie(String),
}

/// Builder method that sets the credential of a scheme.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum BuilderMethod {
    /// The method `bearer_token` of every client.
    BearerToken,
    /// A method named after the kind of credential.
    NamedAfterKind,
    /// A method named after the scheme, because several schemes have the same kind of credential.
    NamedAfterScheme,
}

/// Names of schemes that are required together. Empty if anonymous requests are allowed.
pub(crate) type Requirement = Vec<String>;

impl Security {
    /// Returns the security requirements of an operation: its own, or the defaults of the API.
    pub(crate) fn requirements_of<'a>(&'a self, operation: &'a Operation) -> &'a [Requirement] {
        operation.security.as_ref().unwrap_or(&self.default_requirements)
    }

    /// Returns `true` if a scheme accepts bearer tokens.
    pub(crate) fn accepts_bearer_tokens(&self) -> bool {
        self.schemes.iter().any(|scheme| scheme.kind == SchemeKind::Bearer)
    }

    /// Returns the names of the schemes with an API key.
    pub(crate) fn key_schemes(&self) -> impl Iterator<Item = &str> {
        self.schemes.iter().filter(|scheme| scheme.kind.is_api_key()).map(|scheme| scheme.name.as_str())
    }
}

impl Environment {
    /// Returns the environment variables for the credentials of a scheme.
    pub(crate) fn variables_of(&self, scheme: &Scheme) -> Option<&[String]> {
        let mut alternatives = self.credentials.iter().flatten();
        let found = alternatives.find(|alternative| match &alternative.kind {
            CredentialKind::BearerToken => scheme.kind == SchemeKind::Bearer,
            CredentialKind::Basic(name) | CredentialKind::Key(name) => *name == scheme.name,
            CredentialKind::TokenExchange | CredentialKind::ClientCredentials => false,
        });
        found.map(|alternative| alternative.variables.as_slice())
    }
}

impl SchemeKind {
    /// Returns `true` if the credential is an API key.
    pub(crate) fn is_api_key(&self) -> bool {
        matches!(self, Self::Header(_) | Self::Query(_) | Self::Cookie(_))
    }
}

impl OAuth {
    /// Returns `true` if clients usually authenticate with a private key.
    pub(crate) fn signs_by_default(&self) -> bool {
        self.authentication == ClientAuthentication::Assertion
    }

    /// Returns the default token endpoint: for the client credentials grant, otherwise for the flows that issue
    /// refresh tokens, otherwise for refresh tokens.
    pub(crate) fn default_token_url(&self) -> Option<&String> {
        let of_clients = self.client_urls.as_ref().map(|urls| &urls.default_url);
        let of_users = self.refresh_urls.as_ref().map(|urls| &urls.default_url);
        of_clients.or(self.initial_token_url.as_ref()).or(of_users)
    }

    /// Returns the token endpoint of a scheme if it differs from the default.
    pub(crate) fn token_url_of(&self, scheme: &str) -> Option<&str> {
        let all = self.client_urls.iter().chain(&self.refresh_urls).flat_map(|urls| &urls.others);
        all.into_iter().find(|(other, _)| other == scheme).map(|(_, url)| url.as_str())
    }
}

impl TokenUrls {
    /// Creates token endpoints with the same URL for all schemes.
    pub(crate) fn single(default_url: String) -> Self {
        Self { default_url, others: Vec::new() }
    }
}
