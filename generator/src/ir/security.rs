//! Credentials: which there are, and who asks for them.

/// Which credentials an API takes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Security {
    /// The schemes, in document order.
    pub(crate) schemes: Vec<Scheme>,
    /// What an operation asks for that says nothing of its own: any one of these, or nothing where there are none.
    pub(crate) usual: Vec<Requirement>,
    /// How tokens are handed out, if that is known.
    pub(crate) oauth: Option<OAuth>,
    /// What a client may take from the environment.
    pub(crate) environment: Option<Environment>,
}

/// How tokens are handed out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct OAuth {
    /// Where clients that speak for themselves ask, if there is anything for them.
    pub(crate) clients: Option<TokenUrls>,
    /// Where clients that act for a user ask, by a refresh token, if there is anything for them.
    pub(crate) users: Option<TokenUrls>,
    /// Where these get their first token, by means that a client does not have itself.
    pub(crate) first_token_url: Option<String>,
    pub(crate) scopes: Vec<String>,
    pub(crate) authentication: ClientAuthentication,
    /// Whether an assertion is addressed to the host, rather than to the URL.
    pub(crate) is_for_host: bool,
    /// Whether the nonce of an assertion stands in its header, rather than among its claims.
    pub(crate) has_nonce_in_header: bool,
    /// What a secret begins with that is a key.
    pub(crate) key_prefix: Option<String>,
    /// Whether a client's id names the host of its server.
    pub(crate) host_in_client_id: bool,
    /// What kind of token is exchanged; a JSON web token when absent.
    pub(crate) subject_token_type: Option<String>,
}

/// Where tokens are asked for: each is a URL, or a path on the server of the API.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct TokenUrls {
    /// The one that is usually asked.
    pub(crate) usual: String,
    /// Schemes that have another one, each with that.
    pub(crate) others: Vec<(String, String)>,
}

/// How a client shows who it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum ClientAuthentication {
    #[default]
    Body,
    Basic,
    Assertion,
}

/// What a client may take from the environment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Environment {
    /// Groups of ways to set credentials: of each group the first way whose variables are there.
    pub(crate) credentials: Vec<Vec<Way>>,
    /// The variable that holds the URL of the API.
    pub(crate) base_url: Option<String>,
    /// The variables of the server's URL, each with the variable that holds it.
    pub(crate) server_variables: Vec<(String, String)>,
}

/// A way to set credentials.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Way {
    /// The variables that it takes.
    pub(crate) variables: Vec<String>,
    pub(crate) sets: Sets,
}

/// What credentials are made of variables, in their order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Sets {
    BearerToken,
    /// The id of a client, and a token that is exchanged.
    TokenExchange,
    /// The id of a client, and its secret.
    ClientCredentials,
    /// A user and a password, for the scheme of this name.
    Basic(String),
    /// A key, for the scheme of this name.
    Key(String),
}

/// A security scheme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Scheme {
    /// Its name among the components.
    pub(crate) name: String,
    /// How its credentials are sent.
    pub(crate) place: Place,
    /// What sets its credentials.
    pub(crate) setter: Setter,
    /// What the document says about it.
    pub(crate) description: Option<String>,
    /// The ways to get tokens for it, if it is one of OAuth 2.
    pub(crate) flows: Vec<Flow>,
}

/// A way to get a token of OAuth 2.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Flow {
    /// As the document calls it: `authorizationCode`.
    pub(crate) name: &'static str,
    /// Where a user says what they allow.
    pub(crate) authorization_url: Option<String>,
    /// What a token may be asked to be good for, and what that is.
    pub(crate) scopes: Vec<(String, String)>,
}

/// How credentials are sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// As a token, also one that OAuth 2 hands out.
    Bearer,
    /// As a user and a password.
    Basic,
    /// As a key in a header.
    Header(String),
    Query(String),
    Cookie(String),
}

/// What sets the credentials of a scheme.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Setter {
    /// What every client has for bearer tokens.
    Common,
    /// A method called after the kind of the credentials.
    OfKind,
    /// A method called after the scheme, of whose kind there are several.
    OfScheme,
}

/// Schemes that are asked for together, by their names. None of them: a request may come from anybody.
pub(crate) type Requirement = Vec<String>;

impl Security {
    /// Whether some scheme takes bearer tokens.
    pub(crate) fn takes_tokens(&self) -> bool {
        self.schemes.iter().any(|scheme| scheme.place == Place::Bearer)
    }
}

impl Place {
    /// Whether it is a key that is sent.
    pub(crate) fn is_key(&self) -> bool {
        matches!(self, Self::Header(_) | Self::Query(_) | Self::Cookie(_))
    }
}

impl OAuth {
    /// Where tokens come from unless more is said: from where clients that speak for themselves ask, or else from where
    /// users get their first.
    pub(crate) fn usual_url(&self) -> Option<&String> {
        let of_clients = self.clients.as_ref().map(|urls| &urls.usual);
        let of_users = self.users.as_ref().map(|urls| &urls.usual);
        of_clients.or(self.first_token_url.as_ref()).or(of_users)
    }

    /// Whether a grant for this scheme asks another URL than the usual one.
    pub(crate) fn other_url(&self, scheme: &str) -> Option<&str> {
        let all = self.clients.iter().chain(&self.users).flat_map(|urls| &urls.others);
        all.into_iter().find(|(other, _)| other == scheme).map(|(_, url)| url.as_str())
    }
}

impl TokenUrls {
    /// One URL for all.
    pub(crate) fn at(usual: String) -> Self {
        Self { usual, others: Vec::new() }
    }
}
