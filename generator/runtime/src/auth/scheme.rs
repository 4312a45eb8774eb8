//! What a document says about credentials: constants of generated code.

/// A security scheme of the document.
#[derive(Clone, Copy, Debug)]
pub struct SecurityScheme {
    /// Its name among the document's components.
    pub name: &'static str,
    /// How its credentials are sent.
    pub place: Place,
}

/// How the credentials of a security scheme are sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// `authorization: Bearer <token>` ([RFC 6750](https://www.rfc-editor.org/rfc/rfc6750), section 2.1); also what
    /// OAuth 2 and OpenID Connect come to.
    Bearer,
    /// `authorization: Basic <user:password, in base64>` ([RFC 7617](https://www.rfc-editor.org/rfc/rfc7617)).
    Basic,
    /// A key in the header of this name.
    Header(&'static str),
    /// A key in the query, under this name.
    Query(&'static str),
    /// A key in the cookie of this name.
    Cookie(&'static str),
}

/// Schemes that are asked for together, by their names. None of them: a request may come from anybody.
pub type Requirement = &'static [&'static str];

impl Place {
    /// Whether what is sent for the one would take the place of what is sent for the other.
    pub(in super::super) fn is_also(self, other: Self) -> bool {
        match (self.header(), other.header()) {
            _ if self == other => true,
            (Some(one), Some(other)) => one.eq_ignore_ascii_case(other),
            _ => false,
        }
    }

    fn header(&self) -> Option<&str> {
        match self {
            Self::Bearer | Self::Basic => Some("authorization"),
            Self::Header(name) => Some(name),
            Self::Query(_) | Self::Cookie(_) => None,
        }
    }
}
