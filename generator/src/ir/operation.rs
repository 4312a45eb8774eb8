//! Operations: parameters, request bodies and responses.

use super::{Constraint, Docs, Pagination, Requirement, Type, TypeId};

/// Id of a resource.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct ResourceId(usize);

impl ResourceId {
    /// Creates the id of the resource at an index of `Api::resources`.
    pub(crate) fn new(index: usize) -> Self {
        Self(index)
    }

    /// Returns the index in `Api::resources`.
    pub(crate) fn index(self) -> usize {
        self.0
    }
}

/// Id of an operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct OperationId(usize);

impl OperationId {
    /// Creates the id of the operation at an index of `Api::operations`.
    pub(crate) fn new(index: usize) -> Self {
        Self(index)
    }

    /// Returns the index in `Api::operations`.
    pub(crate) fn index(self) -> usize {
        self.0
    }
}

/// A group of operations.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Resource {
    /// Preferred name.
    pub(crate) name: String,
    /// Description in the document.
    pub(crate) description: Option<String>,
}

/// An operation: a method of a path.
#[derive(Clone, Debug)]
pub(crate) struct Operation {
    /// `operationId`, or an id made from method and path.
    pub(crate) id: String,
    /// The name of the function in the server, where `id` is made of it and of path and method.
    pub(crate) function: Option<String>,
    /// Resource that it belongs to.
    pub(crate) resource: ResourceId,
    /// Preferred name within the resource, unless codegen.toml gives another one.
    pub(crate) name: String,
    /// `summary`.
    pub(crate) summary: Option<String>,
    pub(crate) docs: Docs,
    /// HTTP method, as a request has it.
    pub(crate) method: String,
    /// Path template, with `{name}` for each path parameter.
    pub(crate) path: String,
    /// Server URL, if it differs from the server of the API.
    pub(crate) server: Option<String>,
    /// Security requirements, if they differ from the defaults of the API.
    pub(crate) security: Option<Vec<Requirement>>,
    /// Required OAuth 2 scopes: all scopes of one of these lists.
    pub(crate) scopes: Vec<Vec<String>>,
    /// Parameters in document order, except that path parameters are in the order of the path.
    pub(crate) parameters: Vec<Parameter>,
    /// Request body.
    pub(crate) body: Option<Body>,
    /// Successful response.
    pub(crate) success: Success,
    /// Headers of the successful response, with unique names. All of them are optional.
    pub(crate) headers: Vec<ResponseHeader>,
    /// Pagination.
    pub(crate) pages: Option<Pagination>,
    /// True if the successful response is a redirect.
    pub(crate) is_redirect: bool,
    /// Value of the header `accept`. `None` for JSON.
    pub(crate) accept: Option<String>,
    /// Other media types of the successful response.
    pub(crate) other_responses: Vec<OtherResponse>,
    /// Successful responses with all of their media types, as the document lists them.
    pub(crate) documented_responses: Vec<DocumentedResponse>,
    /// Documented error responses.
    pub(crate) errors: Vec<ErrorResponse>,
    /// True if the operation is safe to send twice although its method is not idempotent.
    pub(crate) is_repeatable: bool,
}

/// A parameter of an operation.
#[derive(Clone, Debug)]
pub(crate) struct Parameter {
    /// Name on the wire.
    pub(crate) name: String,
    /// Location in the request.
    pub(crate) location: Location,
    /// Type of the value.
    pub(crate) ty: Type,
    /// Serialization style. `None` for the default of the location.
    pub(crate) style: Option<Style>,
    /// Properties of a query string that have a style of their own.
    pub(crate) field_styles: Vec<(String, Style)>,
    /// True if it is required.
    pub(crate) required: bool,
    pub(crate) docs: Docs,
}

/// Location of a parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Location {
    Path,
    Query,
    /// The whole query: a form, JSON, or text.
    QueryString,
    Header,
    Cookie,
}

impl Location {
    /// Returns the value of `in` in the document, such as `querystring`.
    pub(crate) fn keyword(self) -> &'static str {
        match self {
            Self::Path => "path",
            Self::Query => "query",
            Self::QueryString => "querystring",
            Self::Header => "header",
            Self::Cookie => "cookie",
        }
    }

    /// Returns the location in lower-case words, such as `query string`.
    pub(crate) fn in_words(self) -> &'static str {
        match self {
            Self::Path => "path",
            Self::Query => "query",
            Self::QueryString => "query string",
            Self::Header => "header",
            Self::Cookie => "cookie",
        }
    }
}

/// Serialization style of a value in a place that holds only text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Style {
    pub(crate) kind: StyleKind,
    /// True if the items of a list or the properties of an object are separate parameters.
    pub(crate) explode: bool,
    /// True if reserved characters are not percent-encoded.
    pub(crate) allow_reserved: bool,
    /// True if an empty list is sent.
    pub(crate) allow_empty: bool,
}

/// A style of OpenAPI, or JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum StyleKind {
    Simple,
    Label,
    Matrix,
    Form,
    SpaceDelimited,
    PipeDelimited,
    DeepObject,
    /// Like `Form`, without percent-encoding.
    Cookie,
    Json,
}

/// A request body.
#[derive(Clone, Debug)]
pub(crate) struct Body {
    /// Media types, the default first. Never empty.
    pub(crate) contents: Vec<BodyContent>,
    /// True if it is required.
    pub(crate) required: bool,
    pub(crate) docs: Docs,
}

/// A media type of a request body.
#[derive(Clone, Debug)]
pub(crate) struct BodyContent {
    /// Preferred name to distinguish it from the other media types.
    pub(crate) name: String,
    /// Media type. `None` if the caller sets it.
    pub(crate) media_type: Option<String>,
    pub(crate) kind: BodyKind,
    /// Constraints on the whole body, unless it has a named type.
    pub(crate) constraints: Vec<Constraint>,
}

/// Kind of a request body.
#[derive(Clone, Debug)]
pub(crate) enum BodyKind {
    Json(Type),
    /// A URL-encoded form.
    Form {
        ty: Type,
        /// Fields with a style of their own.
        styles: Vec<(String, Style)>,
    },
    Multipart(Multipart),
    Text,
    Bytes,
}

/// A multipart body.
#[derive(Clone, Debug)]
pub(crate) enum Multipart {
    /// Named parts.
    Parts(Vec<Part>),
    /// The parts of one of several alternatives.
    Alternatives(Vec<MultipartForm>),
    /// Any parts that the caller adds. The document describes them by a type.
    AnyParts(Type),
}

/// An alternative of a multipart body.
#[derive(Clone, Debug)]
pub(crate) struct MultipartForm {
    /// Preferred name.
    pub(crate) name: String,
    pub(crate) docs: Docs,
    pub(crate) parts: Vec<Part>,
}

/// A part of a multipart body.
#[derive(Clone, Debug)]
pub(crate) struct Part {
    /// Name on the wire.
    pub(crate) name: String,
    pub(crate) docs: Docs,
    /// True if it is required.
    pub(crate) required: bool,
    pub(crate) kind: PartKind,
    /// Allowed media types or ranges. Empty if any is allowed.
    pub(crate) media_types: Vec<String>,
    /// Headers of the part.
    pub(crate) headers: Vec<Parameter>,
}

/// Kind of a part.
#[derive(Clone, Debug)]
pub(crate) enum PartKind {
    /// A scalar, or a list of scalars with one part for each.
    Text {
        ty: Type,
        /// Media type, if it is not `text/plain`.
        media_type: Option<String>,
    },
    Json {
        ty: Type,
        /// Media type, if it is not `application/json`.
        media_type: Option<String>,
    },
    /// A list or object that is serialized like a parameter, as one or several parts.
    Styled { ty: Type, style: Style },
    /// Text or a file. The document describes both as a string.
    TextOrFile,
    File {
        /// True if several files are allowed.
        several: bool,
        media_type: Option<String>,
    },
}

/// Successful response of an operation.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Success {
    /// No body.
    Empty,
    /// The same content for every status.
    Always(Content),
    /// JSON, or no body.
    Optional(Type),
    /// Different content for each status.
    ByStatus(Vec<StatusResponse>),
}

/// Content of a response body.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Content {
    Json(Type),
    /// Server-sent events. The data is JSON of this type, or text.
    Events(Option<Type>),
    /// JSON Lines: each line has this type.
    Lines(Type),
    Text,
    /// Text: a JSON string if the response is JSON, otherwise plain text.
    TextOrJson,
    Bytes,
}

/// A successful response with its status.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct StatusResponse {
    /// `200`, `2XX` or `default`.
    pub(crate) status: String,
    /// Description in the document.
    pub(crate) description: String,
    /// Content of the body.
    pub(crate) content: Option<Content>,
}

impl StatusResponse {
    /// Returns the status codes of the response, or none if it is for a range. `all` are the responses of the operation.
    ///
    /// Without a response of its own, a reset (205) is like 204: neither has content, which a range would decode
    /// (RFC 9110, sections 15.3.5 and 15.3.6).
    pub(crate) fn codes(&self, all: &[Self]) -> Vec<u16> {
        let Some(code) = self.code() else { return Vec::new() };
        let has_range = all.iter().any(|response| response.code().is_none());
        let has_reset = all.iter().any(|response| response.code() == Some(205));
        let reset = (code == 204 && has_range && !has_reset).then_some(205);
        [code].into_iter().chain(reset).collect()
    }
}

/// A header of a response.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct ResponseHeader {
    /// Name, in the spelling of the document.
    pub(crate) name: String,
    /// Type of the value: a scalar, an enum, or a list of these.
    pub(crate) ty: Type,
    pub(crate) docs: Docs,
    /// True if its value must not be logged.
    pub(crate) secret: bool,
}

/// Another media type of the successful response, which the caller can request.
#[derive(Clone, Debug)]
pub(crate) struct OtherResponse {
    /// Preferred name.
    pub(crate) name: String,
    pub(crate) media_type: String,
    pub(crate) content: Content,
}

/// A successful response as the document lists it.
#[derive(Clone, Debug)]
pub(crate) struct DocumentedResponse {
    /// `200`, `2XX` or `default`.
    pub(crate) status: String,
    /// Media types, JSON first. Empty if the response has no body.
    pub(crate) contents: Vec<(String, Content)>,
    pub(crate) docs: Docs,
}

/// A documented error response.
#[derive(Clone, Debug)]
pub(crate) struct ErrorResponse {
    /// `404`, `4XX` or `default`.
    pub(crate) status: String,
    /// Description in the document.
    pub(crate) description: String,
    /// Type of its JSON body.
    pub(crate) ty: Option<Type>,
}

/// A server.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Server {
    /// URL template, with `{name}` for each variable.
    pub(crate) url: String,
    /// Variables, in document order.
    pub(crate) variables: Vec<ServerVariable>,
}

/// A variable of a server URL.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ServerVariable {
    /// Name.
    pub(crate) name: String,
    /// Default value. `None` if the user has to set the variable.
    pub(crate) default: Option<String>,
    /// Allowed values. Empty if any is allowed.
    pub(crate) values: Vec<String>,
    /// Description in the document.
    pub(crate) description: Option<String>,
}

impl Operation {
    /// Returns `true` if all required parameters are strings in the path, so that an example call needs no
    /// other values.
    pub(crate) fn requires_only_string_path_params(&self) -> bool {
        let mut required = self.parameters.iter().filter(|parameter| parameter.required);
        required.all(|parameter| parameter.location == Location::Path && parameter.ty == Type::String)
    }

    /// Returns the documentation of the operation and of everything in it.
    pub(super) fn docs_mut(&mut self) -> Vec<&mut Docs> {
        let mut all = vec![&mut self.docs];
        all.extend(self.parameters.iter_mut().map(|parameter| &mut parameter.docs));
        all.extend(self.headers.iter_mut().map(|header| &mut header.docs));
        all.extend(self.documented_responses.iter_mut().map(|response| &mut response.docs));
        if let Some(body) = &mut self.body {
            all.push(&mut body.docs);
            let multiparts = body.contents.iter_mut().filter_map(|content| match &mut content.kind {
                BodyKind::Multipart(multipart) => Some(multipart),
                _ => None,
            });
            all.extend(multiparts.flat_map(Multipart::docs_mut));
        }
        all
    }

    /// Returns the types of parameters and request body.
    pub(crate) fn request_types(&self) -> impl Iterator<Item = &Type> {
        let parameters = self.parameters.iter().map(|parameter| &parameter.ty);
        let contents = self.body.iter().flat_map(|body| &body.contents);
        parameters.chain(contents.flat_map(|content| content.kind.types()))
    }

    /// Groups the statuses of all responses by the type of their JSON body, which is `None` for other bodies.
    /// Returns an empty list if no response has a JSON body with a type.
    pub(crate) fn responses_by_type(&self) -> Vec<(Vec<&str>, Option<&Type>)> {
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

    /// Returns the types of error bodies by status: `404`, `4XX` or `default`. Returns an empty list if no error has a
    /// named type. A status with another body, or without one, is listed if a wider one would cover it otherwise.
    pub(crate) fn typed_errors(&self) -> Vec<(&str, Option<TypeId>)> {
        // A response to HEAD has no body.
        if self.method == "HEAD" {
            return Vec::new();
        }
        let named = |ty: &Type| match ty {
            Type::Named(id) => Some(*id),
            _ => None,
        };
        let all = self.errors.iter().map(|error| (error.status.as_str(), error.ty.as_ref().and_then(named)));
        let all: Vec<(&str, Option<TypeId>)> = all.collect();
        let is_typed = |wider: &str| all.iter().any(|(status, ty)| *status == wider && ty.is_some());
        let is_covered = |status: &str| {
            let range = status.get(..1).map(|hundreds| format!("{hundreds}XX")).unwrap_or_default();
            is_typed("default") || is_typed(&range)
        };
        all.iter().copied().filter(|(status, ty)| ty.is_some() || is_covered(status)).collect()
    }

    /// Returns the types of the successful response, followed by the types of its headers.
    pub(crate) fn response_types(&self) -> impl Iterator<Item = &Type> {
        self.response_body_types().chain(self.headers.iter().map(|header| &header.ty))
    }

    /// Returns the types of the bodies of the successful response.
    pub(crate) fn response_body_types(&self) -> impl Iterator<Item = &Type> {
        let optional = match &self.success {
            Success::Optional(ty) => Some(ty),
            _ => None,
        };
        optional.into_iter().chain(self.response_contents().filter_map(Content::ty))
    }

    /// Returns true if a successful response can be text.
    pub(crate) fn receives_text(&self) -> bool {
        self.response_contents().any(|content| matches!(content, Content::Text | Content::TextOrJson))
    }

    /// Returns the contents of the successful response, except optional JSON.
    fn response_contents(&self) -> impl Iterator<Item = &Content> {
        let (always, by_status) = match &self.success {
            Success::Empty | Success::Optional(_) => (None, [].as_slice()),
            Success::Always(content) => (Some(content), [].as_slice()),
            Success::ByStatus(responses) => (None, responses.as_slice()),
        };
        let by_status = by_status.iter().filter_map(|response| response.content.as_ref());
        let others = self.other_responses.iter().map(|other| &other.content);
        always.into_iter().chain(by_status).chain(others)
    }
}

impl StatusResponse {
    /// Returns the status code, or `None` for a range or the default.
    pub(crate) fn code(&self) -> Option<u16> {
        self.status.parse().ok()
    }
}

impl BodyKind {
    /// Returns the types in the body.
    pub(crate) fn types(&self) -> Vec<&Type> {
        match self {
            Self::Json(ty) | Self::Form { ty, .. } | Self::Multipart(Multipart::AnyParts(ty)) => vec![ty],
            Self::Multipart(multipart) => multipart.parts().flat_map(Part::types).collect(),
            Self::Text | Self::Bytes => Vec::new(),
        }
    }
}

impl Multipart {
    /// Iterates over the parts of all alternatives.
    pub(crate) fn parts(&self) -> impl Iterator<Item = &Part> {
        let (parts, forms) = match self {
            Self::Parts(parts) => (parts.as_slice(), [].as_slice()),
            Self::Alternatives(forms) => ([].as_slice(), forms.as_slice()),
            Self::AnyParts(_) => ([].as_slice(), [].as_slice()),
        };
        parts.iter().chain(forms.iter().flat_map(|form| &form.parts))
    }
}

impl Multipart {
    /// Returns the documentation of the forms and of their parts.
    fn docs_mut(&mut self) -> Vec<&mut Docs> {
        let (forms, parts): (&mut [MultipartForm], &mut [Part]) = match self {
            Self::Parts(parts) => (&mut [], parts),
            Self::Alternatives(forms) => (forms, &mut []),
            Self::AnyParts(_) => (&mut [], &mut []),
        };
        let mut all = Vec::new();
        for form in forms {
            all.push(&mut form.docs);
            all.extend(form.parts.iter_mut().flat_map(Part::docs_mut));
        }
        all.extend(parts.iter_mut().flat_map(Part::docs_mut));
        all
    }
}

impl Part {
    /// Returns the documentation of the part and of its headers.
    fn docs_mut(&mut self) -> impl Iterator<Item = &mut Docs> {
        std::iter::once(&mut self.docs).chain(self.headers.iter_mut().map(|header| &mut header.docs))
    }

    /// Returns the type of the part, unless it is a file, and the types of its headers.
    pub(crate) fn types(&self) -> impl Iterator<Item = &Type> {
        let own = match &self.kind {
            PartKind::Text { ty, .. } | PartKind::Json { ty, .. } | PartKind::Styled { ty, .. } => Some(ty),
            PartKind::TextOrFile | PartKind::File { .. } => None,
        };
        own.into_iter().chain(self.headers.iter().map(|header| &header.ty))
    }
}

impl Content {
    /// Returns the type that JSON is decoded into.
    pub(crate) fn ty(&self) -> Option<&Type> {
        match self {
            Self::Json(ty) | Self::Lines(ty) | Self::Events(Some(ty)) => Some(ty),
            Self::Events(None) | Self::Text | Self::TextOrJson | Self::Bytes => None,
        }
    }
}
