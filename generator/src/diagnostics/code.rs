//! The closed list of findings.

/// How much a finding matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Nothing is generated.
    Error,
    /// The crate is generated; something in it is wider than the document, or the document contradicts itself.
    Warning,
}

/// What kind of finding a diagnostic is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Code {
    /// The text is neither YAML nor JSON.
    Syntax,
    /// A value that OpenAPI does not allow at its place.
    InvalidValue,
    /// Keywords of 3.0 in a document that says 3.1, or the reverse.
    MixedVersions,
    /// A keyword of a schema that has no counterpart in the client.
    UnsupportedKeyword,
}

impl Code {
    /// How much the finding matters.
    pub fn severity(self) -> Severity {
        match self {
            Self::Syntax | Self::InvalidValue => Severity::Error,
            Self::MixedVersions | Self::UnsupportedKeyword => Severity::Warning,
        }
    }
}
