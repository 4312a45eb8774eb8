//! `[types]`: which types stand for formats of text.

use super::read::Section;

/// Which types stand for formats of text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Types {
    /// The library of dates and times; chrono when absent. `types.time`.
    pub time: TimeLibrary,
    /// What holds a UUID; the crate uuid when absent. `types.uuid`.
    pub uuid: UuidLibrary,
}

/// The library of dates and times.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TimeLibrary {
    /// `"chrono"`: `chrono::DateTime<chrono::FixedOffset>`, `chrono::NaiveDate`.
    #[default]
    Chrono,
    /// `"jiff"`: `jiff::Zoned`, `jiff::civil::Date`. The last hours of the year 9999 are beyond it.
    Jiff,
    /// `"time"`: `time::OffsetDateTime`, `time::Date`.
    Time,
    /// `"string"`: text as it is on the wire, for servers that do not keep to the formats.
    String,
}

/// What holds a UUID.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum UuidLibrary {
    /// `"uuid"`: `uuid::Uuid`.
    #[default]
    Uuid,
    /// `"string"`: text as it is on the wire.
    String,
}

impl Types {
    pub(super) fn read(from: &mut Section<'_>) -> Self {
        let times = &[
            ("chrono", TimeLibrary::Chrono),
            ("jiff", TimeLibrary::Jiff),
            ("time", TimeLibrary::Time),
            ("string", TimeLibrary::String),
        ];
        let uuids = &[("uuid", UuidLibrary::Uuid), ("string", UuidLibrary::String)];
        Self {
            time: from.one_of("time", times).unwrap_or_default(),
            uuid: from.one_of("uuid", uuids).unwrap_or_default(),
        }
    }
}
