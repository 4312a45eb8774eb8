//! Operations: what is sent, what comes back.

use serde_json::Value;

use super::{Docs, Pages, Requirement, Type, TypeId};

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

/// Which of the document's tables of errors.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct ErrorTableId(usize);

impl ErrorTableId {
    /// The table at a position of `Api::error_tables`.
    pub(crate) fn new(index: usize) -> Self {
        Self(index)
    }

    /// The position in `Api::error_tables`.
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
    /// Where it is served, if that is not where the API is.
    pub(crate) server: Option<String>,
    /// Which credentials it asks for, if that is not what the API does.
    pub(crate) security: Option<Vec<Requirement>>,
    /// The scopes that its token needs: all of any one of these lists.
    pub(crate) scopes: Vec<Vec<String>>,
    /// The parameters, in document order; those of the path in the order of the path.
    pub(crate) parameters: Vec<Parameter>,
    /// What is sent.
    pub(crate) body: Option<Body>,
    /// What comes back when all is well.
    pub(crate) success: Success,
    /// The headers that it comes with, of one name one; they may always be missing.
    pub(crate) headers: Vec<ResponseHeader>,
    /// How that goes on in further pages.
    pub(crate) pages: Option<Pages>,
    /// Whether a redirect is what comes back when all is well.
    pub(crate) is_redirect: bool,
    /// The media types that the request asks for; none where that is plain JSON.
    pub(crate) accept: Option<String>,
    /// What may be asked for instead.
    pub(crate) other_answers: Vec<OtherAnswer>,
    /// What comes back when it is not, as far as the document says.
    pub(crate) errors: Vec<ErrorAnswer>,
    /// What tells the types of its errors apart, if they are several.
    pub(crate) error_table: Option<ErrorTableId>,
    /// What a server answers that knows nothing but the document.
    pub(crate) reply: Reply,
    /// Whether it may be sent twice without harm, although its method does not say so.
    pub(crate) is_repeatable: bool,
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
    /// How it is spelled; none where that is what its place does unless told otherwise.
    pub(crate) style: Option<Style>,
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
    Cookie,
}

/// How a value is spelled where there is only text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Style {
    pub(crate) kind: StyleKind,
    /// Whether the items of a list and the members of an object stand apart from one another.
    pub(crate) explode: bool,
    /// Whether reserved characters stay as they are.
    pub(crate) allow_reserved: bool,
    /// Whether an empty list is sent.
    pub(crate) allow_empty: bool,
}

/// OpenAPI's styles, and JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum StyleKind {
    Simple,
    Label,
    Matrix,
    Form,
    SpaceDelimited,
    PipeDelimited,
    DeepObject,
    Json,
}

/// What is sent.
#[derive(Clone, Debug)]
pub(crate) struct Body {
    /// The forms that it may have, the first of which is the usual one; never none.
    pub(crate) contents: Vec<BodyContent>,
    /// Whether the operation cannot do without it.
    pub(crate) required: bool,
    /// What the document says about it.
    pub(crate) docs: Docs,
}

/// A form that a body may have.
#[derive(Clone, Debug)]
pub(crate) struct BodyContent {
    /// What it would like to be called beside the others.
    pub(crate) name: String,
    /// Its media type; none where that is for the caller to say.
    pub(crate) media_type: Option<String>,
    pub(crate) kind: BodyKind,
}

/// What a body is made of.
#[derive(Clone, Debug)]
pub(crate) enum BodyKind {
    Json(Type),
    /// Fields in a URL's encoding.
    Form {
        ty: Type,
        /// The fields that are spelled in a way of their own.
        styles: Vec<(String, Style)>,
    },
    Multipart(Multipart),
    Text,
    Bytes,
}

/// A body of several parts.
#[derive(Clone, Debug)]
pub(crate) enum Multipart {
    /// Parts with names.
    Parts(Vec<Part>),
    /// The parts of one of several forms.
    OneOf(Vec<Form>),
    /// Whatever parts the caller adds; the document describes them by a type.
    Of(Type),
}

/// One of the forms that a body of several parts may have.
#[derive(Clone, Debug)]
pub(crate) struct Form {
    /// What it would like to be called.
    pub(crate) name: String,
    /// What the document says about it.
    pub(crate) docs: Docs,
    pub(crate) parts: Vec<Part>,
}

/// A part of a body.
#[derive(Clone, Debug)]
pub(crate) struct Part {
    /// Its name on the wire.
    pub(crate) name: String,
    /// What the document says about it.
    pub(crate) docs: Docs,
    /// Whether the body cannot do without it.
    pub(crate) required: bool,
    pub(crate) kind: PartKind,
    /// The media types that the document allows it, or ranges of them; any, where there are none.
    pub(crate) media_types: Vec<String>,
    /// The headers that it may have.
    pub(crate) headers: Vec<Parameter>,
}

/// What a part holds.
#[derive(Clone, Debug)]
pub(crate) enum PartKind {
    /// A scalar, or a list of scalars that are a part each.
    Text {
        ty: Type,
        /// What the text is, where that is not plain text.
        media_type: Option<String>,
    },
    Json {
        ty: Type,
        /// What the server calls it, where that is not `application/json`.
        media_type: Option<String>,
    },
    /// A list or an object, spelled like a parameter: of one part, or of several.
    Styled { ty: Type, style: Style },
    /// Text or a file: the document calls both of them a string.
    TextOrFile,
    File {
        /// Whether there may be several.
        several: bool,
        media_type: Option<String>,
    },
}

/// What comes back when all is well.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Success {
    /// Nothing.
    Empty,
    /// One thing, whatever the status.
    Always(Content),
    /// JSON, or nothing.
    Optional(Type),
    /// Something else for each status.
    ByStatus(Vec<StatusAnswer>),
}

/// What a body that is received holds.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Content {
    Json(Type),
    /// Server-sent events, each with text or with this in JSON.
    Events(Option<Type>),
    /// One JSON text after the other, each of this type.
    Lines(Type),
    Text,
    /// A text: in JSON if the answer says that it is, and else as it stands.
    TextOrJson,
    Bytes,
}

/// A success by its status.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct StatusAnswer {
    /// `200`, `2XX` or `default`.
    pub(crate) status: String,
    /// What the document says about it.
    pub(crate) description: String,
    /// Its body.
    pub(crate) content: Option<Content>,
}

/// A header that the document describes of an answer.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ResponseHeader {
    /// Its name, as the document spells it.
    pub(crate) name: String,
    /// What it holds: a scalar, an enum, or a list of these.
    pub(crate) ty: Type,
    /// What the document says about it.
    pub(crate) docs: Docs,
    /// Whether it is not for logs.
    pub(crate) secret: bool,
}

/// A body that is received if it is asked for.
#[derive(Clone, Debug)]
pub(crate) struct OtherAnswer {
    /// What it would like to be called.
    pub(crate) name: String,
    pub(crate) media_type: String,
    pub(crate) content: Content,
}

/// What a server answers that knows nothing but the document: one of the successes.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Reply {
    /// Its status.
    pub(crate) status: u16,
    /// The bodies that it may have, the usual one first; none where it has none.
    pub(crate) bodies: Vec<ReplyBody>,
}

/// A body of a [`Reply`].
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ReplyBody {
    /// Its media type, which is no range of them.
    pub(crate) media_type: String,
    pub(crate) content: Content,
    /// What the document gives as an example of it.
    pub(crate) example: Option<Value>,
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

/// Which type an error has by its status, for all operations whose errors are of these types.
#[derive(Clone, Debug)]
pub(crate) struct ErrorTable {
    /// The types, in the order of their ids.
    pub(crate) types: Vec<TypeId>,
    /// `404`, `4XX` or `default`, and the type: codes first, and the default last.
    pub(crate) rows: Vec<(String, TypeId)>,
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

impl Operation {
    /// Whether it cannot do without any parameters but texts in its path, so that a call needs nothing made up.
    pub(crate) fn requires_texts_in_path_only(&self) -> bool {
        let mut required = self.parameters.iter().filter(|parameter| parameter.required);
        required.all(|parameter| parameter.location == Location::Path && parameter.ty == Type::String)
    }

    /// The types that a request holds.
    pub(crate) fn sent(&self) -> impl Iterator<Item = &Type> {
        let parameters = self.parameters.iter().map(|parameter| &parameter.ty);
        let contents = self.body.iter().flat_map(|body| &body.contents);
        parameters.chain(contents.flat_map(|content| content.kind.types()))
    }

    /// The answers that the document tells apart by their status: the statuses that have the same type of JSON, if that is
    /// what they have, and that type. None where it says nothing of any of them.
    pub(crate) fn answers_by_status(&self) -> Vec<(Vec<&str>, Option<&Type>)> {
        let successes = match &self.success {
            Success::ByStatus(answers) => answers.as_slice(),
            _ => &[],
        };
        let successes = successes.iter().map(|answer| match &answer.content {
            Some(Content::Json(ty)) => (answer.status.as_str(), Some(ty)),
            _ => (answer.status.as_str(), None),
        });
        let errors = self.errors.iter().map(|error| (error.status.as_str(), error.ty.as_ref()));
        let mut by_type: Vec<(Vec<&str>, Option<&Type>)> = Vec::new();
        for (status, ty) in successes.chain(errors) {
            match by_type.iter_mut().find(|(_, known)| *known == ty) {
                Some((statuses, _)) => statuses.push(status),
                None => by_type.push((vec![status], ty)),
            }
        }
        if by_type.iter().any(|(_, ty)| ty.is_some()) { by_type } else { Vec::new() }
    }

    /// The types that an answer holds which is a success, those of its headers last.
    pub(crate) fn answered(&self) -> impl Iterator<Item = &Type> {
        let success: Vec<&Type> = match &self.success {
            Success::Empty => Vec::new(),
            Success::Always(content) => content.ty().into_iter().collect(),
            Success::Optional(ty) => vec![ty],
            Success::ByStatus(answers) => {
                answers.iter().filter_map(|answer| answer.content.as_ref()?.ty()).collect()
            }
        };
        let others = self.other_answers.iter().filter_map(|other| other.content.ty());
        success.into_iter().chain(others).chain(self.headers.iter().map(|header| &header.ty))
    }
}

impl ResponseHeader {
    /// Whether the document says the same of both, wherever it does.
    pub(crate) fn is_like(&self, other: &Self) -> bool {
        let docs = Docs { pointer: other.docs.pointer.clone(), ..self.docs.clone() };
        (&self.name, &self.ty, self.secret, &docs) == (&other.name, &other.ty, other.secret, &other.docs)
    }
}

impl Default for Reply {
    /// All is well, and nothing is to be said.
    fn default() -> Self {
        Self { status: 200, bodies: Vec::new() }
    }
}

impl BodyKind {
    /// The types that a body holds.
    pub(crate) fn types(&self) -> Vec<&Type> {
        match self {
            Self::Json(ty) | Self::Form { ty, .. } | Self::Multipart(Multipart::Of(ty)) => vec![ty],
            Self::Multipart(multipart) => multipart.parts().flat_map(Part::types).collect(),
            Self::Text | Self::Bytes => Vec::new(),
        }
    }
}

impl Multipart {
    /// The parts, of all forms that there are.
    pub(crate) fn parts(&self) -> impl Iterator<Item = &Part> {
        let (parts, forms) = match self {
            Self::Parts(parts) => (parts.as_slice(), [].as_slice()),
            Self::OneOf(forms) => ([].as_slice(), forms.as_slice()),
            Self::Of(_) => ([].as_slice(), [].as_slice()),
        };
        parts.iter().chain(forms.iter().flat_map(|form| &form.parts))
    }
}

impl Part {
    /// The type that the part holds, unless it is a file, and those of its headers.
    pub(crate) fn types(&self) -> impl Iterator<Item = &Type> {
        let own = match &self.kind {
            PartKind::Text { ty, .. } | PartKind::Json { ty, .. } | PartKind::Styled { ty, .. } => Some(ty),
            PartKind::TextOrFile | PartKind::File { .. } => None,
        };
        own.into_iter().chain(self.headers.iter().map(|header| &header.ty))
    }
}

impl Content {
    /// The type that JSON is decoded to.
    pub(crate) fn ty(&self) -> Option<&Type> {
        match self {
            Self::Json(ty) | Self::Lines(ty) | Self::Events(Some(ty)) => Some(ty),
            Self::Events(None) | Self::Text | Self::TextOrJson | Self::Bytes => None,
        }
    }
}
