//! Constraints on values beyond their types.

/// A constraint on a value, or its default. Numbers and values are in the notation of the document.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Constraint {
    /// `minimum` and `maximum`, at least one of them.
    Range { from: Option<RangeEnd>, to: Option<RangeEnd> },
    /// `multipleOf`.
    MultipleOf(String),
    /// `minLength` and `maxLength`, in characters.
    Length(CountRange),
    /// `pattern`, a regular expression.
    Pattern(String),
    /// A `format` that the Rust type does not enforce.
    Format(String),
    /// Bytes that the client encodes as base64 (RFC 4648, section 4).
    Base64,
    /// Bytes that the client encodes as base64url (RFC 4648, section 5).
    Base64Url,
    /// `minItems` and `maxItems`.
    Items(CountRange),
    /// `uniqueItems`.
    UniqueItems,
    /// `minProperties` and `maxProperties`.
    Properties(CountRange),
    /// Properties that `required` lists but `properties` does not define, so that they have no field.
    RequiredProperties(Vec<String>),
    /// Constraints on each item or property value.
    Each(Vec<Constraint>),
    /// `default`, as JSON.
    Default(String),
}

/// An end of a range.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct RangeEnd {
    pub(crate) number: String,
    /// True if the number itself is outside of the range.
    pub(crate) is_exclusive: bool,
}

/// A range of counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct CountRange {
    pub(crate) at_least: Option<usize>,
    pub(crate) at_most: Option<usize>,
}
