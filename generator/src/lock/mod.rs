//! `codegen.lock`: the names that earlier runs gave to the items of a document.
//!
//! The next run uses the names in the lock again, so an addition to the document renames nothing. The name of a removed
//! item stays reserved until the next breaking version. Imports `hash`.

mod parse;
mod text;

use std::collections::{BTreeMap, HashMap};
use std::ops::RangeInclusive;

pub use parse::LockError;

use crate::hash::digest;

/// File name of the lock in the folder of a crate.
pub const FILE_NAME: &str = "codegen.lock";

/// The names of a crate, by the items of the document.
///
/// # Examples
///
/// ```
/// let lock = openapi_crate::Lock::parse("type acme.v1.Pet = Pet\n").expect("the text is a lock");
/// assert_eq!(lock.to_string().lines().last(), Some("type acme.v1.Pet = Pet"));
/// assert!(openapi_crate::Lock::parse("<<<<<<< ours").is_err());
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lock {
    pub(crate) provenance: Provenance,
    pub(crate) items: BTreeMap<Key, Item>,
    pub(crate) gone: BTreeMap<Key, Item>,
}

impl Lock {
    /// Returns the lock without the names of removed items. New items can then get these names.
    #[must_use]
    pub fn pruned(self) -> Self {
        Self { gone: BTreeMap::new(), ..self }
    }

    /// Returns the version of the generator that wrote the lock. `None` for an empty lock.
    pub fn generator(&self) -> Option<&str> {
        self.provenance.generator.as_deref()
    }

    /// Returns `true` if both locks were written for the same document and the same settings.
    pub fn has_same_sources(&self, other: &Self) -> bool {
        let sources = |lock: &Self| (lock.provenance.document.clone(), lock.provenance.settings.clone());
        sources(self) == sources(other)
    }
}

/// The inputs of the run that wrote a lock.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Provenance {
    /// Version of the generator.
    pub(crate) generator: Option<String>,
    /// Version of the crate.
    pub(crate) package: Option<String>,
    /// Digest of the document, and of the files that it refers to.
    pub(crate) document: Option<String>,
    /// Digest of the settings.
    pub(crate) settings: Option<String>,
}

impl Provenance {
    /// Describes a run of this generator, by the texts of the document, and the settings.
    pub(crate) fn of(texts: &[&str], settings: Option<&str>) -> Self {
        let digest_of = |texts: &[&str]| {
            // Version control can change the ends of lines.
            let lines = texts.iter().flat_map(|text| text.lines());
            digest(lines)
        };
        Self {
            generator: Some(env!("CARGO_PKG_VERSION").to_owned()),
            package: None,
            document: Some(digest_of(texts)),
            settings: settings.map(|text| digest_of(&[text])),
        }
    }

    /// Returns the entries of the table in `Cargo.toml` that says what wrote the crate.
    pub(crate) fn in_manifest(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let entries =
            [("version", &self.generator), ("document", &self.document), ("settings", &self.settings)];
        entries.into_iter().filter_map(|(key, value)| Some((key, value.as_deref()?)))
    }
}

/// Kind of a named item. The names of each kind follow the colon.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Kind {
    /// A component schema: its type.
    Type,
    /// An inline schema in a type: its type.
    NestedType,
    /// An inline schema in an operation: its type.
    OperationType,
    /// A property: its field and the methods that set it.
    Field,
    /// An alternative of a union, or a value of an enum: its variant and accessor.
    Variant,
    /// A resource: its module, its type and its feature.
    Resource,
    /// An operation: the module of its resource, its method and its request type.
    Operation,
    /// Another media type of a required body: the module of the resource, and the method.
    Method,
    /// A multipart body, or an alternative of one: the module of the resource, and the type.
    Form,
    /// A response that depends on the status: the module of the resource, and the enum.
    Response,
    /// The headers of a response: the module of the resource, and the struct.
    Headers,
    /// A parameter: its argument or method.
    Parameter,
    /// The request body: its argument or method.
    Body,
    /// Another media type of an optional body: its method.
    Content,
    /// Another media type of the response: its method.
    Accept,
    /// A status of a response that depends on it: its variant.
    Status,
    /// A header of a response: its field.
    Header,
    /// An alternative of a multipart body: its variant.
    FormVariant,
    /// A part of a multipart body: its argument or method.
    Part,
    /// A header of a part: its argument or method.
    PartHeader,
    /// A variable of the server URL: the method of the builder.
    ServerVariable,
    /// A security scheme: the method of the builder.
    SecurityScheme,
    /// A method of a paginated request that does not have its usual name: the name.
    PageMethod,
    /// A deprecated name of a type: the old and the new name.
    OldType,
    /// The deprecated names of a resource: its module, its type and its feature, and the new module.
    OldResource,
    /// The deprecated name of the feature of a resource: the old feature, and the module of the resource.
    OldFeature,
    /// The deprecated names of a resource whose operations are in other resources: its module, its type and its feature.
    ReplacedResource,
    /// A deprecated method of an operation: the module of the resource, and the method.
    OldMethod,
    /// A deprecated name of the request, a form, the response or the headers of an operation: the module of the resource,
    /// and the type.
    OldOperationType,
}

impl Kind {
    /// All kinds, each with its word in the file.
    const ALL: [(Self, &'static str); 29] = [
        (Self::Type, "type"),
        (Self::NestedType, "nested-type"),
        (Self::OperationType, "operation-type"),
        (Self::Field, "field"),
        (Self::Variant, "variant"),
        (Self::Resource, "resource"),
        (Self::Operation, "operation"),
        (Self::Method, "method"),
        (Self::Form, "form"),
        (Self::Response, "response"),
        (Self::Headers, "headers"),
        (Self::Parameter, "parameter"),
        (Self::Body, "body"),
        (Self::Content, "content"),
        (Self::Accept, "accept"),
        (Self::Status, "status"),
        (Self::Header, "header"),
        (Self::FormVariant, "form-variant"),
        (Self::Part, "part"),
        (Self::PartHeader, "part-header"),
        (Self::ServerVariable, "server-variable"),
        (Self::SecurityScheme, "security-scheme"),
        (Self::PageMethod, "page-method"),
        (Self::OldType, "old-type"),
        (Self::OldResource, "old-resource"),
        (Self::OldFeature, "old-feature"),
        (Self::ReplacedResource, "replaced-resource"),
        (Self::OldMethod, "old-method"),
        (Self::OldOperationType, "old-operation-type"),
    ];

    /// Returns `true` for a deprecated name.
    pub(crate) fn is_old_name(self) -> bool {
        matches!(
            self,
            Self::OldType
                | Self::OldResource
                | Self::OldFeature
                | Self::ReplacedResource
                | Self::OldMethod
                | Self::OldOperationType
        )
    }

    /// Returns how many names an item has.
    pub(super) fn counts(self) -> RangeInclusive<usize> {
        match self {
            Self::Field => 2..=3,
            Self::Variant
            | Self::Method
            | Self::Form
            | Self::Response
            | Self::Headers
            | Self::OldType
            | Self::OldFeature
            | Self::OldMethod
            | Self::OldOperationType => 2..=2,
            Self::Resource | Self::ReplacedResource | Self::Operation => 3..=3,
            Self::OldResource => 4..=4,
            _ => 1..=1,
        }
    }

    fn word(self) -> &'static str {
        Self::ALL.iter().find(|(kind, _)| *kind == self).map_or("", |(_, word)| word)
    }

    fn parse(word: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, known)| *known == word).map(|(kind, _)| *kind)
    }
}

/// Identity of an item in the document.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Key {
    pub(crate) kind: Kind,
    /// Names that identify the item: the key of a component, or the Rust name of a type and a property.
    pub(crate) path: Vec<String>,
    /// Position among the items with the same path, from 1.
    pub(crate) number: usize,
}

impl Key {
    /// Returns the key of the first item with a path.
    pub(crate) fn new<S: Into<String>>(kind: Kind, path: impl IntoIterator<Item = S>) -> Self {
        Self { kind, path: path.into_iter().map(Into::into).collect(), number: 1 }
    }
}

/// Counts the items with the same path.
#[derive(Debug, Default)]
pub(crate) struct Numbering(HashMap<Key, usize>);

impl Numbering {
    /// Returns the key of the next item with the path of a key.
    pub(crate) fn next(&mut self, key: Key) -> Key {
        let number = self.0.entry(key.clone()).or_default();
        *number += 1;
        Key { number: *number, ..key }
    }
}

/// Names of an item.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Item {
    /// Rust names, in the order that the kind defines.
    pub(crate) names: Vec<String>,
    /// Location of the schema, if it is not a component. It identifies a schema whose key changes.
    pub(crate) at: Option<String>,
    /// Method and path of an operation.
    pub(crate) call: Option<String>,
    /// Digest of the shape of a type, apart from its name.
    pub(crate) shape: Option<String>,
    /// For a removed item: the last version of the crate with it. For an old name: the first version with the new name.
    pub(crate) since: Option<String>,
}
