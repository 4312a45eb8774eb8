//! String formats that are represented by types of other crates.

use super::Type;

/// The crates whose types represent the string formats of the document.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Formats {
    /// Crate for dates, times and durations. `None` if the document has none, or if they stay strings.
    pub(crate) time: Option<TimeLibrary>,
    /// True if UUIDs have the type of the crate `uuid`.
    pub(crate) uuids: bool,
}

/// A crate for dates, times and durations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TimeLibrary {
    Chrono,
    Jiff,
    Time,
}

impl Formats {
    /// Returns `true` if the Rust type of a type has no `Default`.
    pub(crate) fn lacks_default(&self, ty: &Type) -> bool {
        self.time == Some(TimeLibrary::Time) && matches!(ty, Type::DateTime | Type::Timestamp | Type::Date)
    }
}
