//! A change of a public API: its kind, its class, and what users have to do.

use std::fmt;

/// A change of an item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The rule that found the change.
    pub kind: ChangeKind,
    /// How the change affects users.
    pub class: Class,
    /// The resource, type or other item that groups the change: `resources::Pets`, `types::Pet`.
    pub group: String,
    /// The path of the changed item, in the old API if it is removed.
    pub path: String,
    /// The old declaration. `None` if the item is new.
    pub old: Option<String>,
    /// The new declaration. `None` if the item is removed.
    pub new: Option<String>,
    /// What users have to do, in one sentence.
    pub advice: Option<String>,
    /// An old call and the new call, if users have to change calls.
    pub calls: Option<(String, String)>,
}

/// The class of a change, by Cargo's rules for compatible versions. The most severe class comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// Programs that use the crate may no longer compile.
    Breaking,
    /// Programs compile, and can use something new.
    Addition,
    /// The API is the same, but the crate behaves differently.
    Fix,
    /// Only the documentation differs.
    Docs,
}

impl Class {
    /// Returns the name in lower case: `breaking`, `addition`, `fix`, `docs`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Breaking => "breaking",
            Self::Addition => "addition",
            Self::Fix => "fix",
            Self::Docs => "docs",
        }
    }
}

impl fmt::Display for Class {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Declares the kinds of changes with their ids.
macro_rules! kinds {
    ($($(#[$doc:meta])+ $kind:ident = $id:literal,)+) => {
        /// A kind of change. Each kind is a rule with an id.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum ChangeKind {
            $($(#[$doc])+ $kind,)+
        }

        impl ChangeKind {
            /// All kinds.
            pub const ALL: &'static [Self] = &[$(Self::$kind,)+];

            /// Returns the id in kebab-case: `field-removed`.
            pub fn id(self) -> &'static str {
                match self {
                    $(Self::$kind => $id,)+
                }
            }
        }
    };
}

kinds! {
    /// An item is removed.
    ItemRemoved = "item-removed",
    /// An item is added.
    ItemAdded = "item-added",
}
