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
}

impl Code {
    /// How much the finding matters.
    pub fn severity(self) -> Severity {
        match self {
            Self::Syntax => Severity::Error,
        }
    }
}
