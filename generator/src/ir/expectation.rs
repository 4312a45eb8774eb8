//! What a server expects of a value beyond its type.

/// What a server expects of a value, or assumes in its absence. Numbers and values are as they are written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Expectation {
    /// A number in a range that has one end or two.
    Range { from: Option<End>, to: Option<End> },
    /// A multiple of a number.
    MultipleOf(String),
    /// A text of so many characters.
    Characters(Count),
    /// A text that a regular expression matches.
    Pattern(String),
    /// A format that the type does not stand for.
    Format(String),
    /// Bytes that travel as base64 (RFC 4648, section 4), which the client sees to.
    Base64,
    /// Bytes that travel as the base64 of URLs (RFC 4648, section 5), which the client sees to as well.
    Base64Url,
    /// So many items.
    Items(Count),
    /// No item twice.
    Distinct,
    /// So many members.
    Members(Count),
    /// Members of which the document says nothing else, so that no field is theirs.
    Present(Vec<String>),
    /// All this of each item or member.
    Each(Vec<Expectation>),
    /// What the server assumes where there is nothing, as JSON.
    Default(String),
}

/// The end of a range.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct End {
    pub(crate) number: String,
    /// Whether the number itself is outside.
    pub(crate) is_exclusive: bool,
}

/// How many there may be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Count {
    pub(crate) at_least: Option<usize>,
    pub(crate) at_most: Option<usize>,
}
