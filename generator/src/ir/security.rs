//! Credentials: which there are, and who asks for them.

/// Which credentials an API takes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Security {
    /// The schemes, in document order.
    pub(crate) schemes: Vec<Scheme>,
    /// What an operation asks for that says nothing of its own: any one of these, or nothing where there are none.
    pub(crate) usual: Vec<Requirement>,
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
