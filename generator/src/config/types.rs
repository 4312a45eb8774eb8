//! `[types]`: Rust types of formats, schemas and properties.

use std::collections::BTreeMap;

use super::read::Section;
use super::rust_type::RustType;

/// Rust types of formats, schemas and properties.
///
/// A type of yours is a path, such as `"crate::ext::Money"`, or a table with its path:
/// `{ type = "url::Url", default = false }`. It begins with `crate::`, `std::`, `core::`, `alloc::` or a crate in
/// `[dependencies]`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Types {
    /// Library for `date-time` and `date`. `types.time`. Default: `chrono`.
    pub time: TimeLibrary,
    /// Type for `uuid`. `types.uuid`. Default: `uuid`.
    pub uuid: UuidLibrary,
    /// Types of strings, integers and numbers, by `format`. `[types.formats]`, for example
    /// `decimal = "rust_decimal::Decimal"`.
    pub formats: BTreeMap<String, CustomType>,
    /// Types of schemas, by key of the component schema or by reference. The crate has no other type for them.
    /// `[types.schemas]`, for example `"Money" = "crate::ext::Money"`.
    pub schemas: BTreeMap<String, CustomType>,
    /// Types of properties, by schema. `[types.properties]`, for example
    /// `"Pet" = { tags = "std::collections::BTreeMap<String, String>" }`.
    pub properties: BTreeMap<String, BTreeMap<String, CustomType>>,
}

/// A Rust type that the user provides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CustomType {
    /// The type.
    pub rust: RustType,
    /// True if the type implements `Default`. Default: true.
    pub has_default: bool,
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
            formats: from.custom_types("formats"),
            schemas: from.custom_types("schemas"),
            properties: from.custom_types_of_properties("properties"),
        }
    }
}
