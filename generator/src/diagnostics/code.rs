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
    /// A reference that names nothing.
    DanglingReference,
    /// A schema that becomes free-form JSON.
    UntypedSchema,
    /// A parameter that the client cannot send as the document says.
    UnsupportedParameter,
    /// A body that the client cannot send or decode.
    UnsupportedBody,
    /// A security scheme that the client has no way to satisfy.
    UnsupportedSecurity,
    /// A value that an enum lists twice.
    DuplicateEnumValue,
    /// A oneof in prose that lists what is no property of its message.
    UnknownOneofMember,
    /// Two things of the document that want one name.
    NameCollision,
    /// An entry of codegen.toml that nothing in the document answers to.
    StaleName,
}

impl Code {
    /// How much the finding matters.
    pub fn severity(self) -> Severity {
        match self {
            Self::Syntax | Self::InvalidValue | Self::DanglingReference | Self::StaleName => Severity::Error,
            _ => Severity::Warning,
        }
    }
}
