//! Types of other crates for string formats such as `date-time` and `uuid`, and the dependencies that they need.
//!
//! Paths begin with the name of the crate, so that no name of the document shadows the type.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use crate::ir::{Formats, TimeLibrary, Type};

/// The libraries for the formats of a document.
#[derive(Clone, Copy)]
pub(super) struct Libraries(pub(super) Formats);

/// A crate that the generated crate depends on.
struct Library {
    /// The name of the crate, and of its file in the runtime.
    name: &'static str,
    /// Its value in the dependencies of `Cargo.toml`.
    dependency: &'static str,
}

const CHRONO: Library = Library {
    name: "chrono",
    dependency: r#"{ version = "0.4.42", default-features = false, features = ["std"] }"#,
};
const JIFF: Library = Library {
    name: "jiff",
    dependency: r#"{ version = "0.2.43", default-features = false, features = ["std"] }"#,
};
const TIME: Library = Library {
    name: "time",
    dependency: r#"{ version = "0.3.45", default-features = false, features = ["std"] }"#,
};
const UUID: Library = Library {
    name: "uuid",
    dependency: r#"{ version = "1.26.1", default-features = false, features = ["std"] }"#,
};

impl Libraries {
    /// Returns the Rust type of a string format.
    pub(super) fn rust_type(&self, ty: &Type) -> TokenStream {
        match (ty, self.0.time) {
            (Type::Uuid, _) => quote!(uuid::Uuid),
            (Type::DateTime, Some(TimeLibrary::Chrono)) => quote!(chrono::DateTime<chrono::FixedOffset>),
            (Type::Timestamp, Some(TimeLibrary::Chrono)) => quote!(chrono::DateTime<chrono::Utc>),
            (Type::Date, Some(TimeLibrary::Chrono)) => quote!(chrono::NaiveDate),
            (Type::Duration, Some(TimeLibrary::Chrono)) => quote!(chrono::TimeDelta),
            (Type::DateTime, Some(TimeLibrary::Jiff)) => quote!(jiff::Zoned),
            (Type::Timestamp, Some(TimeLibrary::Jiff)) => quote!(jiff::Timestamp),
            (Type::Date, Some(TimeLibrary::Jiff)) => quote!(jiff::civil::Date),
            (Type::Duration, Some(TimeLibrary::Jiff)) => quote!(jiff::SignedDuration),
            (Type::DateTime | Type::Timestamp, Some(TimeLibrary::Time)) => quote!(time::OffsetDateTime),
            (Type::Date, Some(TimeLibrary::Time)) => quote!(time::Date),
            (Type::Duration, Some(TimeLibrary::Time)) => quote!(time::Duration),
            _ => quote!(String),
        }
    }

    /// Returns true if the Rust type of a string format is `Copy`.
    pub(super) fn is_copy(&self, ty: &Type) -> bool {
        match (ty, self.0.time) {
            (Type::Uuid, _) => true,
            (Type::DateTime, Some(TimeLibrary::Jiff)) | (_, None) => false,
            (ty, Some(_)) => matches!(ty, Type::DateTime | Type::Timestamp | Type::Date | Type::Duration),
        }
    }

    /// Returns the initial value of a field whose type has no `Default`: the start of 1970.
    pub(super) fn default_of(&self, ty: &Type) -> Option<TokenStream> {
        match (ty, self.0.time) {
            (Type::DateTime | Type::Timestamp, Some(TimeLibrary::Time)) => {
                Some(quote!(time::OffsetDateTime::UNIX_EPOCH))
            }
            (Type::Date, Some(TimeLibrary::Time)) => Some(quote!(time::OffsetDateTime::UNIX_EPOCH.date())),
            _ => None,
        }
    }

    /// Returns the crates, which the generated crate re-exports.
    pub(super) fn crates(&self) -> Vec<proc_macro2::Ident> {
        self.all().map(|library| format_ident!("{}", library.name)).collect()
    }

    /// Returns the lines for the dependencies of `Cargo.toml`.
    pub(super) fn dependencies(&self) -> Vec<String> {
        self.all().map(|library| format!("{} = {}", library.name, library.dependency)).collect()
    }

    fn all(&self) -> impl Iterator<Item = Library> {
        self.time().into_iter().chain(self.0.uuids.then_some(UUID))
    }

    fn time(&self) -> Option<Library> {
        self.0.time.map(|time| match time {
            TimeLibrary::Chrono => CHRONO,
            TimeLibrary::Jiff => JIFF,
            TimeLibrary::Time => TIME,
        })
    }
}
