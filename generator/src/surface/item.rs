//! An item of a public API.

use std::fmt;

/// A public item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// The shortest path that users write, without the name of the crate: `types::Pet::name`, `Client`. Items of the manifest
    /// have the paths `feature NAME`, `dependency NAME`, `crate name` and
    /// `rust-version`.
    pub path: String,
    /// The kind of the item, with the parts of its signature.
    pub kind: ItemKind,
    /// The half of the crate that defines the item.
    pub origin: Origin,
    /// The conditions of `cfg` under which the item exists, sorted: `feature = "tasks"`.
    pub conditions: Vec<String>,
    /// The note of `#[deprecated]`, which can be empty. `None` if the item is not deprecated.
    pub deprecated: Option<String>,
    /// True if `#[must_use]` warns about unused values.
    pub must_use: bool,
    /// True if `#[non_exhaustive]` lets fields or variants be added.
    pub non_exhaustive: bool,
    /// Hash of the documentation.
    pub docs: u64,
    /// Hash of the code that is not part of the API, such as the body of a function.
    pub code: u64,
}

/// The half of a generated crate that defines an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Origin {
    /// Generated from the document.
    Document,
    /// The runtime, with the parts that the document needs.
    Runtime,
}

/// A kind of item, with the parts of its signature. Types are normalized: paths are the shortest public ones, lifetimes that
/// the compiler chooses are left out, and the others are named by their order.
///
/// Declarations in `extern` blocks are not read, because no generator has written any: generated crates have no unsafe code.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ItemKind {
    /// The name of the crate in Rust code.
    CrateName(String),
    /// `rust-version` of the manifest.
    RustVersion(String),
    /// A Cargo feature and what it enables, sorted.
    Feature(Vec<String>),
    /// A dependency whose items are public, with its version requirement.
    Dependency(String),
    /// A module.
    Module,
    /// Another path of an item, with the path of the item.
    Reexport(String),
    /// A struct. `constructible` is true if all of its fields are public.
    Struct {
        /// Generic parameters with their bounds.
        generics: String,
        /// True if users can write all fields in a literal.
        constructible: bool,
        /// The form of the fields.
        form: Form,
    },
    /// A union, with its generic parameters.
    Union(String),
    /// A public field, with its type.
    Field(String),
    /// An enum, with its generic parameters.
    Enum(String),
    /// A variant.
    Variant {
        /// The form of the fields.
        form: Form,
        /// The fields.
        fields: Vec<Field>,
    },
    /// A type alias, with its generic parameters and its target.
    Alias {
        /// Generic parameters.
        generics: String,
        /// The type that the alias names.
        target: String,
    },
    /// A function, method or constructor.
    Function(Callable),
    /// A trait.
    Trait {
        /// True if implementations need `unsafe`.
        is_unsafe: bool,
        /// Generic parameters and supertraits.
        text: String,
    },
    /// A function, type or constant of a trait.
    TraitItem {
        /// The signature. `None` for a type or constant.
        function: Option<Callable>,
        /// The declaration.
        text: String,
        /// True if implementations need not define it.
        has_default: bool,
    },
    /// An impl of a trait for the type of the path.
    Impl {
        /// The trait: `Clone`, `From<types::Pet>`.
        of: String,
        /// The type that implements the trait: the type of the path, or a type that contains it, such as `&types::Pet`.
        self_type: String,
        /// The text from `impl` to the associated types.
        text: String,
        /// The associated types: `Output = types::Pet`.
        types: Vec<String>,
    },
    /// A constant, with its type.
    Const(String),
    /// A static, with its type after `mut` if it has one.
    Static(String),
    /// A macro, with its rules.
    Macro(String),
}

/// The form in which fields are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Form {
    /// No fields: `A`.
    Unit,
    /// Fields with numbers: `A(u8)`.
    Tuple,
    /// Fields with names: `A { b: u8 }`.
    Braces,
}

/// A field of a variant.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Field {
    /// The name. `None` for a field of a tuple.
    pub name: Option<String>,
    /// The type.
    pub ty: String,
}

/// The signature of a function or method.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Callable {
    /// Words before `fn`: `const`, `async`, `unsafe`.
    pub modifiers: String,
    /// The type that has the method, with its generic arguments, if it has some.
    pub owner: Option<String>,
    /// Generic parameters of the impl and the function, with their bounds.
    pub generics: String,
    /// `self`, `&self` or `&mut self`. `None` for a function.
    pub receiver: Option<String>,
    /// The arguments after `self`.
    pub arguments: Vec<Argument>,
    /// The type of the returned value: `()` if there is none.
    pub output: String,
}

/// An argument of a function.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Argument {
    /// The name, which is not part of the API.
    pub name: String,
    /// The type.
    pub ty: String,
}

impl Item {
    /// Returns the declaration in one line, without attributes. Arguments have no names if `with_names` is false, because
    /// names are not part of the API.
    pub fn declaration(&self, with_names: bool) -> String {
        let path = &self.path;
        match &self.kind {
            ItemKind::CrateName(name) => format!("name = \"{name}\""),
            ItemKind::RustVersion(version) => format!("rust-version = \"{version}\""),
            ItemKind::Feature(enabled) => format!("{path} = {enabled:?}"),
            ItemKind::Dependency(version) => format!("{path} = \"{version}\""),
            ItemKind::Module => format!("pub mod {path}"),
            ItemKind::Reexport(target) if target == path => format!("pub use {path}"),
            ItemKind::Reexport(target) => format!("pub use {target} as {path}"),
            ItemKind::Struct { generics, .. } => format!("pub struct {path}{generics}"),
            ItemKind::Union(generics) => format!("pub union {path}{generics}"),
            ItemKind::Field(ty) => format!("pub {path}: {ty}"),
            ItemKind::Enum(generics) => format!("pub enum {path}{generics}"),
            ItemKind::Variant { form, fields } => format!("pub {path}{}", payload(*form, fields)),
            ItemKind::Alias { generics, target } => format!("pub type {path}{generics} = {target}"),
            ItemKind::Function(callable) => callable.declaration(path, with_names),
            ItemKind::Trait { is_unsafe, text } => {
                format!("pub {}trait {path}{text}", if *is_unsafe { "unsafe " } else { "" })
            }
            ItemKind::TraitItem { function: Some(callable), .. } => callable.declaration(path, with_names),
            ItemKind::TraitItem { text, .. } => match text.split_once(':') {
                Some((keyword, rest)) => format!("pub {keyword} {path}:{rest}"),
                None => format!("pub {text} {path}"),
            },
            ItemKind::Impl { text, types, .. } if types.is_empty() => text.clone(),
            ItemKind::Impl { text, types, .. } => format!("{text} {{ {} }}", types.join(", ")),
            ItemKind::Const(ty) => format!("pub const {path}: {ty}"),
            ItemKind::Static(ty) => match ty.strip_prefix("mut ") {
                Some(ty) => format!("pub static mut {path}: {ty}"),
                None => format!("pub static {path}: {ty}"),
            },
            ItemKind::Macro(rules) => format!("macro {path}! {rules}"),
        }
    }

    /// Returns the same item with other paths, in its own path and in its types.
    pub(super) fn map_paths(&self, map: &dyn Fn(&str) -> Option<String>) -> Self {
        let kind = self.kind.map_texts(&|text| map_paths(text, map));
        Self { path: map_paths(&self.path, map), kind, ..self.clone() }
    }

    /// Returns the last segment of the path.
    pub fn name(&self) -> &str {
        self.path.rsplit("::").next().unwrap_or_default()
    }

    /// Returns the path of the item that has this item as a member. Empty for items of the root.
    pub fn owner(&self) -> &str {
        self.path.rsplit_once("::").map_or("", |(owner, _)| owner)
    }
}

impl Callable {
    fn map_texts(&self, map: &dyn Fn(&str) -> String) -> Self {
        let arguments = self.arguments.iter().map(|it| Argument { name: it.name.clone(), ty: map(&it.ty) });
        Self {
            modifiers: self.modifiers.clone(),
            owner: self.owner.as_deref().map(map),
            generics: map(&self.generics),
            receiver: self.receiver.as_deref().map(map),
            arguments: arguments.collect(),
            output: map(&self.output),
        }
    }

    fn declaration(&self, path: &str, with_names: bool) -> String {
        let arguments = self.arguments.iter().map(|argument| match with_names {
            true => format!("{}: {}", argument.name, argument.ty),
            false => argument.ty.clone(),
        });
        let arguments: Vec<String> = self.receiver.iter().cloned().chain(arguments).collect();
        let path = match (&self.owner, path.rsplit_once("::")) {
            (Some(owner), Some((_, name))) => format!("{owner}::{name}"),
            _ => path.to_owned(),
        };
        let output = if self.output == "()" { String::new() } else { format!(" -> {}", self.output) };
        format!("pub {}fn {path}{}({}){output}", self.modifiers, self.generics, arguments.join(", "))
    }
}

impl ItemKind {
    /// Returns the same kind with other texts of types.
    fn map_texts(&self, map: &dyn Fn(&str) -> String) -> Self {
        match self {
            Self::CrateName(_)
            | Self::RustVersion(_)
            | Self::Feature(_)
            | Self::Dependency(_)
            | Self::Module
            | Self::Macro(_) => self.clone(),
            Self::Reexport(target) => Self::Reexport(map(target)),
            Self::Struct { generics, constructible, form } => {
                Self::Struct { generics: map(generics), constructible: *constructible, form: *form }
            }
            Self::Union(generics) => Self::Union(map(generics)),
            Self::Field(ty) => Self::Field(map(ty)),
            Self::Enum(generics) => Self::Enum(map(generics)),
            Self::Variant { form, fields } => Self::Variant {
                form: *form,
                fields: fields
                    .iter()
                    .map(|field| Field { name: field.name.clone(), ty: map(&field.ty) })
                    .collect(),
            },
            Self::Alias { generics, target } => Self::Alias { generics: map(generics), target: map(target) },
            Self::Function(callable) => Self::Function(callable.map_texts(map)),
            Self::Trait { is_unsafe, text } => Self::Trait { is_unsafe: *is_unsafe, text: map(text) },
            Self::TraitItem { function, text, has_default } => Self::TraitItem {
                function: function.as_ref().map(|callable| callable.map_texts(map)),
                text: map(text),
                has_default: *has_default,
            },
            Self::Impl { of, self_type, text, types } => Self::Impl {
                of: map(of),
                self_type: map(self_type),
                text: map(text),
                types: types.iter().map(|ty| map(ty)).collect(),
            },
            Self::Const(ty) => Self::Const(map(ty)),
            Self::Static(ty) => Self::Static(map(ty)),
        }
    }
}

/// Replaces the paths in a text. `map` returns the replacement of a path, or `None` if it stays.
pub(crate) fn map_paths(text: &str, map: &dyn Fn(&str) -> Option<String>) -> String {
    let mut mapped = String::with_capacity(text.len());
    for (before, path) in words(text) {
        mapped.push_str(before);
        mapped.push_str(&map(path).unwrap_or_else(|| path.to_owned()));
    }
    mapped
}

/// Returns the paths and names in a text, each after the text before it. The last one is empty.
pub(crate) fn words(text: &str) -> impl Iterator<Item = (&str, &str)> {
    let is_word = |character: char| character.is_alphanumeric() || matches!(character, '_' | ':');
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let text = rest?;
        let mut start = 0;
        while let Some(found) = text[start..].find(is_word) {
            start += found;
            let end = text[start..].find(|it| !is_word(it)).map_or(text.len(), |length| start + length);
            // A lifetime is not a path, and the colon of `T: Bound` is not part of it.
            let path = text[start..end].trim_end_matches(':');
            if !path.is_empty() && !text[..start].ends_with('\'') {
                rest = Some(&text[start + path.len()..]);
                return Some((&text[..start], path));
            }
            start = end;
        }
        rest = None;
        Some((text, ""))
    })
}

/// Returns the fields of a variant as code.
fn payload(form: Form, fields: &[Field]) -> String {
    let spelled: Vec<String> = fields
        .iter()
        .map(|field| match &field.name {
            Some(name) => format!("{name}: {}", field.ty),
            None => field.ty.clone(),
        })
        .collect();
    match form {
        Form::Unit => String::new(),
        Form::Braces => format!(" {{ {} }}", spelled.join(", ")),
        Form::Tuple => format!("({})", spelled.join(", ")),
    }
}

impl fmt::Display for Item {
    /// Writes the declaration in one line, after its attributes.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let attributes = [
            (self.deprecated.is_some(), "#[deprecated] "),
            (self.must_use, "#[must_use] "),
            (self.non_exhaustive, "#[non_exhaustive] "),
        ];
        attributes.iter().filter(|(is_there, _)| *is_there).try_for_each(|(_, text)| f.write_str(text))?;
        f.write_str(&self.declaration(true))
    }
}
