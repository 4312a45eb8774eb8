//! The security schemes of a document: constants of generated code.

/// A security scheme of the document.
#[derive(Clone, Copy, Debug)]
pub struct SecurityScheme {
    /// The name of the scheme in the document.
    pub name: &'static str,
    /// The way in which its credentials are sent.
    pub kind: SchemeKind,
}

/// The way in which the credentials of a security scheme are sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SchemeKind {
    /// `authorization: Bearer <token>` ([RFC 6750](https://www.rfc-editor.org/rfc/rfc6750), section 2.1),
    /// also for OAuth 2 and OpenID Connect.
    Bearer,
    /// `authorization: Basic <user:password>`, in base64
    /// ([RFC 7617](https://www.rfc-editor.org/rfc/rfc7617)).
    Basic,
    /// An API key in the header with this name.
    Header(&'static str),
    /// An API key in the query parameter with this name.
    Query(&'static str),
    /// An API key in the cookie with this name.
    Cookie(&'static str),
}

/// The names of security schemes that are required together. If the slice is empty, no credentials are
/// required.
pub type Requirement = &'static [&'static str];

impl SchemeKind {
    /// Returns true if the credentials of both schemes would be sent in the same header, query parameter or
    /// cookie.
    pub(in super::super) fn conflicts_with(self, other: Self) -> bool {
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
