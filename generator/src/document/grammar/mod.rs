//! What may stand where in an OpenAPI document, as data.
//!
//! Every walk over the untyped document is driven by this one table: checking it, finding its schemas, finding its
//! references. It holds the members of 3.0 and 3.1 side by side, since documents mix them. Imports `diagnostics`.

mod table;

use self::Shape::{Anything, List, Map, Object, OrReference};
use crate::diagnostics::Pointer;

/// What a value must be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Shape {
    Text,
    Flag,
    Number,
    /// A whole number from 0 on.
    Count,
    /// The owner's data: never looked into.
    Anything,
    /// One type's name, or a list of them.
    TypeNames,
    /// A number in 3.1, a flag in 3.0.
    Exclusive,
    Object(Kind),
    /// The object, or a `$ref` to one.
    OrReference(Kind),
    List(&'static Shape),
    Map(&'static Shape),
}

/// The objects of OpenAPI.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Kind {
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

/// A member of an object.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Member {
    pub(crate) key: &'static str,
    pub(crate) shape: Shape,
    pub(crate) need: Need,
}

/// What becomes of an object that lacks a member.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Need {
    /// Nothing: the member is optional.
    Optional,
    /// OpenAPI asks for it, but an empty one serves as well.
    Formal,
    /// As `Formal` in 3.0; 3.1 does not ask for it.
    FormalIn30,
    /// The object means nothing without it.
    Required,
}

/// What a document may hold at `pointer`; none inside the owner's data and at members that OpenAPI does not know.
pub(crate) fn shape_at(pointer: &Pointer) -> Option<Shape> {
    shape_below(Object(Kind::Document), pointer)
}

/// What a value of this shape may hold at `pointer` from there.
pub(crate) fn shape_below(shape: Shape, pointer: &Pointer) -> Option<Shape> {
    pointer.segments().try_fold(shape, |shape, segment| match shape {
        Object(kind) | OrReference(kind) => kind.shape_of(&segment).filter(|shape| *shape != Anything),
        Map(inner) | List(inner) => Some(*inner),
        _ => None,
    })
}

impl Kind {
    /// The kind in a sentence.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Kind::Callback => "a callback",
            Kind::Components => "the components",
            Kind::Contact => "a contact",
            Kind::Discriminator => "a discriminator",
            Kind::Document => "the document",
            Kind::Encoding => "an encoding",
            Kind::Example => "an example",
            Kind::ExternalDocs => "a link to documentation",
            Kind::Header => "a header",
            Kind::Info => "the document's `info`",
            Kind::License => "a license",
            Kind::Link => "a link",
            Kind::MediaType => "a media type",
            Kind::OAuthFlow => "an OAuth flow",
            Kind::OAuthFlows => "the OAuth flows",
            Kind::Operation => "an operation",
            Kind::Parameter => "a parameter",
            Kind::PathItem => "a path item",
            Kind::Paths => "the paths",
            Kind::RequestBody => "a request body",
            Kind::Response => "a response",
            Kind::Responses => "the responses",
            Kind::Schema => "a schema",
            Kind::SecurityRequirement => "a security requirement",
            Kind::SecurityScheme => "a security scheme",
            Kind::Server => "a server",
            Kind::ServerVariable => "a server variable",
            Kind::Tag => "a tag",
        }
    }

    /// Whether the client would be another without the object, so that it cannot be left out when it is wrong.
    pub(crate) fn is_essential(self) -> bool {
        match self {
            Kind::Components
            | Kind::Document
            | Kind::MediaType
            | Kind::Operation
            | Kind::Parameter
            | Kind::PathItem
            | Kind::Paths
            | Kind::RequestBody
            | Kind::Response
            | Kind::Responses
            | Kind::Schema
            | Kind::SecurityRequirement
            | Kind::SecurityScheme => true,
            Kind::Callback
            | Kind::Contact
            | Kind::Discriminator
            | Kind::Encoding
            | Kind::Example
            | Kind::ExternalDocs
            | Kind::Header
            | Kind::Info
            | Kind::License
            | Kind::Link
            | Kind::OAuthFlow
            | Kind::OAuthFlows
            | Kind::Server
            | Kind::ServerVariable
            | Kind::Tag => false,
        }
    }

    /// The kinds that have a section of `components`, in its order.
    pub(crate) fn with_section() -> impl Iterator<Item = Kind> {
        table::COMPONENTS.iter().filter_map(|member| match member.shape {
            Map(OrReference(kind)) => Some(*kind),
            _ => None,
        })
    }

    /// The section of `components` that holds objects of this kind.
    pub(crate) fn section(self) -> Option<&'static str> {
        let holds = |member: &&Member| matches!(member.shape, Map(OrReference(kind)) if *kind == self);
        table::COMPONENTS.iter().find(holds).map(|member| member.key)
    }

    /// What the member `key` must be; none for a member that OpenAPI does not know.
    pub(crate) fn shape_of(self, key: &str) -> Option<Shape> {
        match self.members().iter().find(|member| member.key == key) {
            Some(member) => Some(member.shape),
            // A security scheme may have such a name.
            None if key.starts_with("x-") && self != Kind::SecurityRequirement => Some(Anything),
            None => self.others(),
        }
    }

    /// What every member that is not listed must be, in the objects that are maps.
    fn others(self) -> Option<Shape> {
        match self {
            Kind::Paths | Kind::Callback => Some(OrReference(Kind::PathItem)),
            Kind::Responses => Some(OrReference(Kind::Response)),
            Kind::SecurityRequirement => Some(List(&Shape::Text)),
            _ => None,
        }
    }

    /// The members that OpenAPI lists.
    pub(crate) fn members(self) -> &'static [Member] {
        match self {
            Kind::Callback | Kind::Paths | Kind::Responses | Kind::SecurityRequirement => &[],
            Kind::Components => table::COMPONENTS,
            Kind::Contact => table::CONTACT,
            Kind::Discriminator => table::DISCRIMINATOR,
            Kind::Document => table::DOCUMENT,
            Kind::Encoding => table::ENCODING,
            Kind::Example => table::EXAMPLE,
            Kind::ExternalDocs => table::EXTERNAL_DOCS,
            Kind::Header => table::HEADER,
            Kind::Info => table::INFO,
            Kind::License => table::LICENSE,
            Kind::Link => table::LINK,
            Kind::MediaType => table::MEDIA_TYPE,
            Kind::OAuthFlow => table::OAUTH_FLOW,
            Kind::OAuthFlows => table::OAUTH_FLOWS,
            Kind::Operation => table::OPERATION,
            Kind::Parameter => table::PARAMETER,
            Kind::PathItem => table::PATH_ITEM,
            Kind::RequestBody => table::REQUEST_BODY,
            Kind::Response => table::RESPONSE,
            Kind::Schema => table::SCHEMA,
            Kind::SecurityScheme => table::SECURITY_SCHEME,
            Kind::Server => table::SERVER,
            Kind::ServerVariable => table::SERVER_VARIABLE,
            Kind::Tag => table::TAG,
        }
    }
}
