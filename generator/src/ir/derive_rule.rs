//! Derives and attributes that codegen.toml adds to types.

/// An entry of codegen.toml.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct DeriveRule {
    /// Patterns of Rust names and of keys of component schemas.
    pub(crate) types: Vec<String>,
    /// Paths of derive macros, which codegen.toml has been checked for.
    pub(crate) derive: Vec<String>,
    /// Attributes without `#[` and `]`, which codegen.toml has been checked for.
    pub(crate) attributes: Vec<String>,
    /// True if types that cannot have a derive are left out.
    pub(crate) where_possible: bool,
}
