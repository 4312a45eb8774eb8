//! The closed list of kinds, each an entry of one table. The ids are those of oasdiff where the meaning is the same.
//!
//! Imports nothing.

use std::fmt;

/// Defines the enum and its table from entries of the form `Variant "id" "title"`.
macro_rules! kinds {
    ($($variant:ident $id:literal $title:literal)+) => {
        /// The kind of a difference on the wire.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum WireChangeKind {
            $(#[doc = concat!("`", $id, "`: ", $title, ".")] $variant,)+
        }

        impl WireChangeKind {
            /// All kinds, in the order in which they are documented.
            pub const ALL: &[Self] = &[$(Self::$variant,)+];

            /// Returns the id, such as `request-parameter-became-required`.
            pub fn id(self) -> &'static str {
                match self {
                    $(Self::$variant => $id,)+
                }
            }

            /// Returns a title: a clause in lower case without a full stop.
            pub fn title(self) -> &'static str {
                match self {
                    $(Self::$variant => $title,)+
                }
            }
        }
    };
}

kinds! {
    ApiRemovedWithoutDeprecation "api-removed-without-deprecation" "an operation was removed"
    ApiRemovedWithDeprecation "api-removed-with-deprecation" "an operation was removed that had been deprecated"
}

impl fmt::Display for WireChangeKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.id())
    }
}
