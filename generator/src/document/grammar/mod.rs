//! The grammar of OpenAPI documents, as data.
//!
//! All walks over the untyped document use this table: to check it, to find its schemas, and to find its
//! references. The table contains the fields of 3.0, 3.1 and 3.2, since documents mix them. Imports
//! `diagnostics`.

mod table;

use self::Shape::{Anything, List, Map, Object, OrReference};
use crate::diagnostics::Pointer;

/// Marks a schema some of whose keywords are lost, so that it allows more values than the author wrote.
pub(super) const READ_PARTLY: &str = "x-read-partly";

/// The expected form of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Shape {
    Text,
    Flag,
    Number,
    /// A non-negative integer.
    Count,
    /// Any value. It may be data of the user, so its content is not checked.
    Anything,
    /// The name of a type, or an array of names.
    TypeNames,
    /// A number in 3.1, a boolean in 3.0.
    Exclusive,
    Object(ObjectKind),
    /// An object or a `$ref` to one.
    OrReference(ObjectKind),
    List(&'static Shape),
    Map(&'static Shape),
}

/// The kinds of object in OpenAPI.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum ObjectKind {
    Callback,
    Components,
    Contact,
    Discriminator,
    Document,
    Encoding,
    Example,
    ExternalDocs,
    Header,
    Info,
    License,
    Link,
    MediaType,
    OAuthFlow,
    OAuthFlows,
    Operation,
    Parameter,
    PathItem,
    Paths,
    RequestBody,
    Response,
    Responses,
    Schema,
    SecurityRequirement,
    SecurityScheme,
    Server,
    ServerVariable,
    Tag,
}

/// The specification of a field of an object.
#[derive(Clone, Copy, Debug)]
pub(crate) struct FieldSpec {
    pub(crate) key: &'static str,
    pub(crate) shape: Shape,
    pub(crate) requirement: Requirement,
}

/// The consequence if an object lacks a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Requirement {
    /// None: the field is optional.
    Optional,
    /// OpenAPI requires the field, but an empty value can replace it.
    Formal,
    /// Like `Formal` in 3.0, and like `Optional` since 3.1.
    FormalIn30,
    /// Like `Formal` in 3.0 and 3.1, and like `Optional` since 3.2.
    FormalBefore32,
    /// The object has no meaning without the field.
    Required,
}

/// Returns the shape at a location of a document, or `None` inside [`Shape::Anything`] and unknown fields.
pub(crate) fn shape_at(pointer: &Pointer) -> Option<Shape> {
    shape_below(Object(ObjectKind::Document), pointer)
}

/// Returns the shape at `pointer` relative to a value of this shape.
pub(crate) fn shape_below(shape: Shape, pointer: &Pointer) -> Option<Shape> {
    pointer.segments().try_fold(shape, |shape, segment| match shape {
        Object(kind) | OrReference(kind) => kind.shape_of(&segment).filter(|shape| *shape != Anything),
        Map(inner) | List(inner) => Some(*inner),
        _ => None,
    })
}

impl ObjectKind {
    /// Returns the name of the kind with an article, for use in a message.
    pub(crate) fn name(self) -> &'static str {
        match self {
            ObjectKind::Callback => "a callback",
            ObjectKind::Components => "the components",
            ObjectKind::Contact => "a contact",
            ObjectKind::Discriminator => "a discriminator",
            ObjectKind::Document => "the document",
            ObjectKind::Encoding => "an encoding",
            ObjectKind::Example => "an example",
            ObjectKind::ExternalDocs => "an external documentation object",
            ObjectKind::Header => "a header",
            ObjectKind::Info => "the document's `info`",
            ObjectKind::License => "a license",
            ObjectKind::Link => "a link",
            ObjectKind::MediaType => "a media type",
            ObjectKind::OAuthFlow => "an OAuth flow",
            ObjectKind::OAuthFlows => "the OAuth flows",
            ObjectKind::Operation => "an operation",
            ObjectKind::Parameter => "a parameter",
            ObjectKind::PathItem => "a path item",
            ObjectKind::Paths => "the paths",
            ObjectKind::RequestBody => "a request body",
            ObjectKind::Response => "a response",
            ObjectKind::Responses => "the responses",
            ObjectKind::Schema => "a schema",
            ObjectKind::SecurityRequirement => "a security requirement",
            ObjectKind::SecurityScheme => "a security scheme",
            ObjectKind::Server => "a server",
            ObjectKind::ServerVariable => "a server variable",
            ObjectKind::Tag => "a tag",
        }
    }

    /// Returns the name of the kind for a message about one object, such as "this parameter".
    pub(crate) fn this(self) -> String {
        match self.name().split_once(' ') {
            Some(("a" | "an", noun)) => format!("this {noun}"),
            _ => self.name().to_owned(),
        }
    }

    /// Returns true if the object affects the generated client, so that it must not be removed if it is
    /// invalid.
    pub(crate) fn is_essential(self) -> bool {
        match self {
            ObjectKind::Components
            | ObjectKind::Document
            | ObjectKind::MediaType
            | ObjectKind::Operation
            | ObjectKind::Parameter
            | ObjectKind::PathItem
            | ObjectKind::Paths
            | ObjectKind::RequestBody
            | ObjectKind::Response
            | ObjectKind::Responses
            | ObjectKind::Schema
            | ObjectKind::SecurityRequirement
            | ObjectKind::SecurityScheme => true,
            ObjectKind::Callback
            | ObjectKind::Contact
            | ObjectKind::Discriminator
            | ObjectKind::Encoding
            | ObjectKind::Example
            | ObjectKind::ExternalDocs
            | ObjectKind::Header
            | ObjectKind::Info
            | ObjectKind::License
            | ObjectKind::Link
            | ObjectKind::OAuthFlow
            | ObjectKind::OAuthFlows
            | ObjectKind::Server
            | ObjectKind::ServerVariable
            | ObjectKind::Tag => false,
        }
    }

    /// Returns the kinds that have a section in `components`, in the order of the sections.
    pub(crate) fn with_section() -> impl Iterator<Item = ObjectKind> {
        table::COMPONENTS.iter().filter_map(|field| match field.shape {
            Map(OrReference(kind)) => Some(*kind),
            _ => None,
        })
    }

    /// Returns the section of `components` for objects of this kind.
    pub(crate) fn section(self) -> Option<&'static str> {
        let holds = |field: &&FieldSpec| matches!(field.shape, Map(OrReference(kind)) if *kind == self);
        table::COMPONENTS.iter().find(holds).map(|field| field.key)
    }

    /// Returns the shape of the field `key`, or `None` if OpenAPI does not define the field.
    pub(crate) fn shape_of(self, key: &str) -> Option<Shape> {
        match self.fields().iter().find(|field| field.key == key) {
            Some(field) => Some(field.shape),
            // In a security requirement, the key can be the name of a security scheme.
            None if key.starts_with("x-") && self != ObjectKind::SecurityRequirement => Some(Anything),
            None => self.shape_of_entries(),
        }
    }

    /// Returns the shape of the entries of an object that is a map.
    fn shape_of_entries(self) -> Option<Shape> {
        match self {
            ObjectKind::Paths | ObjectKind::Callback => Some(OrReference(ObjectKind::PathItem)),
            ObjectKind::Responses => Some(OrReference(ObjectKind::Response)),
            ObjectKind::SecurityRequirement => Some(List(&Shape::Text)),
            _ => None,
        }
    }

    /// Returns the fields that OpenAPI defines by name.
    pub(crate) fn fields(self) -> &'static [FieldSpec] {
        match self {
            ObjectKind::Callback
            | ObjectKind::Paths
            | ObjectKind::Responses
            | ObjectKind::SecurityRequirement => &[],
            ObjectKind::Components => table::COMPONENTS,
            ObjectKind::Contact => table::CONTACT,
            ObjectKind::Discriminator => table::DISCRIMINATOR,
            ObjectKind::Document => table::DOCUMENT,
            ObjectKind::Encoding => table::ENCODING,
            ObjectKind::Example => table::EXAMPLE,
            ObjectKind::ExternalDocs => table::EXTERNAL_DOCS,
            ObjectKind::Header => table::HEADER,
            ObjectKind::Info => table::INFO,
            ObjectKind::License => table::LICENSE,
            ObjectKind::Link => table::LINK,
            ObjectKind::MediaType => table::MEDIA_TYPE,
            ObjectKind::OAuthFlow => table::OAUTH_FLOW,
            ObjectKind::OAuthFlows => table::OAUTH_FLOWS,
            ObjectKind::Operation => table::OPERATION,
            ObjectKind::Parameter => table::PARAMETER,
            ObjectKind::PathItem => table::PATH_ITEM,
            ObjectKind::RequestBody => table::REQUEST_BODY,
            ObjectKind::Response => table::RESPONSE,
            ObjectKind::Schema => table::SCHEMA,
            ObjectKind::SecurityScheme => table::SECURITY_SCHEME,
            ObjectKind::Server => table::SERVER,
            ObjectKind::ServerVariable => table::SERVER_VARIABLE,
            ObjectKind::Tag => table::TAG,
        }
    }
}
