//! `[types]`: Rust types of string formats.

use super::read::Section;

/// Rust types of string formats.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Types {
    /// Library for `date-time` and `date`. `types.time`. Default: `chrono`.
    pub time: TimeLibrary,
    /// Type for `uuid`. `types.uuid`. Default: `uuid`.
    pub uuid: UuidLibrary,
}

/// Library for dates and times.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TimeLibrary {
    /// `"chrono"`: `chrono::DateTime<chrono::FixedOffset>`, `chrono::NaiveDate`.
    #[default]
    Chrono,
    /// `"jiff"`: `jiff::Zoned`, `jiff::civil::Date`. Cannot represent the last hours of the year 9999.
    Jiff,
    /// `"time"`: `time::OffsetDateTime`, `time::Date`.
    Time,
    /// `"string"`: `String`, for servers that do not follow the formats.
    String,
}

/// Type for UUIDs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum UuidLibrary {
    /// `"uuid"`: `uuid::Uuid`.
    #[default]
    Uuid,
    /// `"string"`: `String`.
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
