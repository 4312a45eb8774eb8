//! Types whose JSON or text differs from what serde makes of their Rust type. Such a type needs a codec.

use super::Type;

impl Type {
    /// Returns `true` if a codec can serialize the type. The codecs of lists and maps only accept null for an empty
    /// value, unless their items need a codec.
    pub(crate) fn has_codec(&self) -> bool {
        match self {
            Self::Integer { quoted, .. } => *quoted,
            Self::Float { lenient } => *lenient,
            Self::Nullable(inner) => inner.has_codec(),
            Self::DateTime
            | Self::Timestamp
            | Self::Date
            | Self::Uuid
            | Self::Duration
            | Self::Bytes { .. }
            | Self::List(_)
            | Self::Tuple(_)
            | Self::Map(_) => true,
            Self::Named(_)
            | Self::String
            | Self::Bool
            | Self::Object
            | Self::Json
            | Self::Any
            | Self::Custom(_)
            | Self::Constant(_) => false,
        }
    }

    /// Returns `true` if decoding JSON of the type needs a codec: to accept integers such as `1.0`, for the path of an
    /// error in a list, or to limit the memory of a value of any shape.
    pub(crate) fn needs_decoder(&self) -> bool {
        match self {
            Self::Integer { .. } | Self::Json | Self::Object => true,
            Self::Nullable(inner) => inner.needs_decoder(),
            other => other.has_codec(),
        }
    }

    /// Returns `true` if JSON of the type needs a codec.
    pub(crate) fn needs_codec(&self) -> bool {
        match self {
            Self::List(inner) | Self::Map(inner) => inner.needs_codec(),
            other => other.has_codec(),
        }
    }

    /// Returns `true` if text of the type, as in a query, needs a codec.
    pub(crate) fn needs_codec_in_text(&self) -> bool {
        match self {
            Self::List(inner) | Self::Map(inner) => inner.needs_codec_in_text(),
            // A number has no quotes in text, even if it has them in JSON.
            Self::Integer { .. } => false,
            other => other.has_codec(),
        }
    }
}
