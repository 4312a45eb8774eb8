//! Operations: what is sent, what comes back.

use super::{Docs, Type};

/// Which of the document's resources.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct ResourceId(usize);

impl ResourceId {
    /// The resource at a position of `Api::resources`.
    pub(crate) fn new(index: usize) -> Self {
        Self(index)
    }

    /// The position in `Api::resources`.
    pub(crate) fn index(self) -> usize {
        self.0
    }
}

/// Which of the document's operations.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct OperationId(usize);

impl OperationId {
    /// The operation at a position of `Api::operations`.
    pub(crate) fn new(index: usize) -> Self {
        Self(index)
    }

    /// The position in `Api::operations`.
    pub(crate) fn index(self) -> usize {
        self.0
    }
}

/// A group of operations.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Resource {
    /// What it would like to be called.
    pub(crate) name: String,
    /// What the document says about it.
    pub(crate) description: Option<String>,
}

/// One method of one path.
#[derive(Clone, Debug)]
pub(crate) struct Operation {
    /// The document's own id, or one made from method and path.
    pub(crate) id: String,
    /// The group it belongs to.
    pub(crate) resource: ResourceId,
    /// What it would like to be called within its group.
    pub(crate) name: String,
    /// The first line of its documentation.
    pub(crate) summary: Option<String>,
    /// What else the document says about it.
    pub(crate) docs: Docs,
    /// The method, in capitals.
    pub(crate) method: &'static str,
    /// The path, with `{name}` for each of its parameters.
    pub(crate) path: String,
    /// The parameters, in document order; those of the path in the order of the path.
    pub(crate) parameters: Vec<Parameter>,
    /// What is sent.
    pub(crate) body: Option<Body>,
    /// What comes back when all is well.
    pub(crate) success: Success,
    /// What comes back when it is not, as far as the document says.
    pub(crate) errors: Vec<ErrorAnswer>,
}

/// A parameter of an operation.
#[derive(Clone, Debug)]
pub(crate) struct Parameter {
    /// Its name on the wire.
    pub(crate) name: String,
    /// Where it travels.
    pub(crate) location: Location,
    /// What it holds.
    pub(crate) ty: Type,
    /// What stands between the items of a list; none where each item is a parameter of its own.
    pub(crate) separator: Option<&'static str>,
    /// Whether the operation cannot do without it.
    pub(crate) required: bool,
    /// What the document says about it.
    pub(crate) docs: Docs,
}

/// Where a parameter travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Location {
    Path,
    Query,
    Header,
}

/// A JSON body that is sent.
#[derive(Clone, Debug)]
pub(crate) struct Body {
    /// What it holds.
    pub(crate) ty: Type,
    /// Whether the operation cannot do without it.
    pub(crate) required: bool,
    /// What the document says about it.
    pub(crate) docs: Docs,
}

/// What comes back when all is well.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Success {
    /// A JSON body.
    Json(Type),
    /// Nothing.
    Empty,
}

/// A documented error.
#[derive(Clone, Debug)]
pub(crate) struct ErrorAnswer {
    /// `404`, `4XX` or `default`.
    pub(crate) status: String,
    /// What the document says about it.
    pub(crate) description: String,
    /// Its JSON body.
    pub(crate) ty: Option<Type>,
}

/// Where an API is served.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Server {
    /// A URL with `{name}` for each of its variables.
    pub(crate) url: String,
    /// The variables, in the order of the document.
    pub(crate) variables: Vec<ServerVariable>,
}

/// A variable of a server's URL.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ServerVariable {
    /// Its name between the braces.
    pub(crate) name: String,
    /// The value when none is given; none where the user has to give one.
    pub(crate) default: Option<String>,
    /// The values that it may have; any, where there are none.
    pub(crate) values: Vec<String>,
    /// What the document says about it.
    pub(crate) description: Option<String>,
}

/// Which credentials an API takes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Security {
    /// A bearer token, also one that OAuth 2 hands out.
    pub(crate) bearer: bool,
}
