//! The items of a file as plain data, before names are resolved.
//!
//! Texts of types contain paths as the file writes them, between the marks [`START`] and [`END`].

use super::item::{Callable, Field, Form};
use super::lifetimes::Names;

/// Starts a path that has to be resolved.
pub(super) const START: char = '\u{1}';

/// Ends a path that has to be resolved.
pub(super) const END: char = '\u{2}';

/// An item of a file.
#[derive(Clone, Debug)]
pub(super) struct RawItem {
    /// The name. Empty for impls and imports.
    pub(super) name: String,
    /// True if it is `pub`, without restriction.
    pub(super) is_public: bool,
    pub(super) attributes: Attributes,
    pub(super) kind: RawKind,
    /// Hash of the code that is not part of the API.
    pub(super) code: u64,
}

/// The attributes of an item.
#[derive(Clone, Debug, Default)]
pub(super) struct Attributes {
    /// Hash of the documentation.
    pub(super) docs: u64,
    pub(super) conditions: Vec<String>,
    pub(super) deprecated: Option<String>,
    pub(super) must_use: bool,
    pub(super) non_exhaustive: bool,
    /// True for `#[doc(hidden)]`.
    pub(super) is_hidden: bool,
    /// True for `#[macro_export]`.
    pub(super) is_exported: bool,
    /// Derived traits, as marked paths.
    pub(super) derives: Vec<String>,
}

/// A kind of item.
#[derive(Clone, Debug)]
pub(super) enum RawKind {
    /// A module. `None` if it is another file.
    Module(Option<Vec<RawItem>>),
    Imports(Vec<Import>),
    Struct {
        generics: String,
        is_constructible: bool,
        form: Form,
        fields: Vec<RawItem>,
    },
    Union {
        generics: String,
        fields: Vec<RawItem>,
    },
    /// A field or constant, with its type.
    Value(String),
    /// A static, with its type after `mut` if it has one.
    Static(String),
    Enum {
        generics: String,
        variants: Vec<RawItem>,
    },
    Variant {
        form: Form,
        fields: Vec<Field>,
    },
    Alias {
        generics: String,
        target: String,
    },
    Function(Callable),
    Trait {
        is_unsafe: bool,
        text: String,
        items: Vec<RawItem>,
    },
    /// A required or provided item of a trait.
    TraitItem {
        function: Option<Callable>,
        text: String,
        has_default: bool,
    },
    Macro {
        rules: String,
    },
    Impl(Box<RawImpl>),
}

/// An impl.
#[derive(Clone, Debug)]
pub(super) struct RawImpl {
    pub(super) generics: String,
    pub(super) where_clause: String,
    /// The marked type.
    pub(super) self_type: String,
    /// The path of the type, without arguments. Empty for other types.
    pub(super) self_path: String,
    /// The marked trait.
    pub(super) of: Option<String>,
    /// Associated types of a trait, `Output = u8`.
    pub(super) types: Vec<String>,
    /// Functions and constants of an inherent impl.
    pub(super) items: Vec<RawItem>,
    /// The lifetimes of the type of an inherent impl.
    pub(super) lifetimes: Names,
}

/// An imported name.
#[derive(Clone, Debug)]
pub(super) struct Import {
    pub(super) path: Vec<String>,
    /// True if the path starts with `::`.
    pub(super) is_external: bool,
    /// The name. `None` for all names of a module.
    pub(super) name: Option<String>,
}
