//! The description of a document's operations that the mock server needs. Generated code contains it as constants.

use std::marker::PhantomData;

use serde::{Deserialize, Deserializer};

use super::super::api::operation::Operation;
#[cfg(feature = "pages")]
use super::super::pages::Pagination;
use super::super::wire::{self, Codec};

/// The operations of a resource.
#[derive(Debug)]
pub struct Resource {
    /// The operations.
    pub endpoints: &'static [Endpoint],
    /// The response bodies, as a JSON object: operation id to media type to body. Bytes are a string, and the items
    /// of a stream are an array.
    pub responses: &'static str,
}

/// The description of an operation.
#[derive(Debug)]
pub struct Endpoint {
    pub(super) operation: Operation,
    /// The relative URL of the operation's own server.
    pub(super) server: Option<&'static str>,
    /// The required parameters, apart from those in the path.
    pub(super) parameters: &'static [Parameter],
    pub(super) is_body_required: bool,
    /// The request bodies that the operation accepts; empty if it has no request body.
    pub(super) accepted_bodies: &'static [AcceptedBody],
    /// The success status.
    pub(super) status: u16,
    /// The bodies of a success response. The first one is the default.
    pub(super) contents: &'static [Content],
    /// The JSON bodies of all documented responses, by status.
    pub(super) documented: &'static [DocumentedResponse],
    #[cfg(feature = "pages")]
    pub(super) pagination: Option<Pagination>,
}

impl Endpoint {
    /// Describes an operation that requires nothing but its path, and responds with 200 and no body.
    pub const fn new(operation: Operation) -> Self {
        Self {
            operation,
            server: None,
            parameters: &[],
            is_body_required: false,
            accepted_bodies: &[],
            status: 200,
            contents: &[],
            documented: &[],
            #[cfg(feature = "pages")]
            pagination: None,
        }
    }

    /// Sets the server of the operation, whose URL is relative to the server of the API.
    #[must_use]
    pub const fn on_server(mut self, url: &'static str) -> Self {
        self.server = Some(url);
        self
    }

    /// Adds required parameters.
    #[must_use]
    pub const fn requires(mut self, parameters: &'static [Parameter]) -> Self {
        self.parameters = parameters;
        self
    }

    /// Adds an optional request body.
    #[must_use]
    pub const fn accepts_body(mut self, accepted_bodies: &'static [AcceptedBody]) -> Self {
        self.accepted_bodies = accepted_bodies;
        self
    }

    /// Adds a required request body.
    #[must_use]
    pub const fn requires_body(mut self, accepted_bodies: &'static [AcceptedBody]) -> Self {
        self.is_body_required = true;
        self.accepted_bodies = accepted_bodies;
        self
    }

    /// Sets the status and the bodies of a success response.
    #[must_use]
    pub const fn responds_with(mut self, status: u16, contents: &'static [Content]) -> Self {
        self.status = status;
        self.contents = contents;
        self
    }

    /// Adds the JSON bodies of responses, by status.
    #[must_use]
    pub const fn documents(mut self, documented: &'static [DocumentedResponse]) -> Self {
        self.documented = documented;
        self
    }

    /// Checks the JSON body of a response with this status. Any body is valid for a status without a documented schema.
    pub(super) fn check_response(&self, status: u16, json: &[u8]) -> Result<(), wire::DecodeError> {
        self.documented(status).map_or(Ok(()), |documented| (documented.decodes)(json))
    }

    /// Sets the pagination rule.
    #[cfg(feature = "pages")]
    #[must_use]
    pub const fn paginated(mut self, rule: Pagination) -> Self {
        self.pagination = Some(rule);
        self
    }

    /// Returns the documented response for a status.
    ///
    /// Looks for the status code, then for its class (`4XX`), then, for errors, for `default`.
    fn documented(&self, status: u16) -> Option<&'static DocumentedResponse> {
        let (code, class) = (status.to_string(), format!("{}XX", status / 100));
        let is_error = status >= 400;
        let all =
            || self.documented.iter().flat_map(|it| it.statuses.iter().map(move |status| (*status, it)));
        let find = |wanted: &str| all().find(|(status, _)| status.eq_ignore_ascii_case(wanted));
        let found = find(&code).or_else(|| find(&class)).or_else(|| find("default").filter(|_| is_error));
        found.map(|(_, documented)| documented)
    }
}

/// The JSON body of the responses with some statuses.
#[derive(Debug)]
pub struct DocumentedResponse {
    /// The statuses, as in the document: `404`, `4XX` or `default`.
    pub statuses: &'static [&'static str],
    /// Checks a JSON body: [`decodes_response`] or [`accepts_anything`].
    pub decodes: fn(&[u8]) -> Result<(), wire::DecodeError>,
}

/// A required parameter, by its name on the wire.
#[derive(Clone, Copy, Debug)]
pub enum Parameter {
    /// A query parameter.
    Query(&'static str),
    /// A query parameter with the style `deepObject`: an object sent as one parameter per property, `name[property]`.
    DeepObject(&'static str),
    /// The whole query.
    QueryString(&'static str),
    /// A header.
    Header(&'static str),
    /// A cookie.
    Cookie(&'static str),
}

/// A request body that an operation accepts.
#[derive(Debug)]
pub struct AcceptedBody {
    /// The media type, or a media range such as `image/*`.
    pub media_type: &'static str,
    /// The check for the content.
    pub schema: BodySchema,
}

/// The check for the content of a request body.
#[derive(Debug)]
pub enum BodySchema {
    /// Accepts any bytes.
    Anything,
    /// Accepts JSON that this function decodes: see [`decodes_request`].
    Json(fn(&[u8]) -> Result<(), wire::DecodeError>),
    /// Accepts a URL-encoded form that has these required fields.
    Fields(&'static [&'static str]),
    /// Accepts a multipart body whose parts match these.
    #[cfg(feature = "multipart")]
    Parts(&'static [Part]),
}

/// The description of a part of a multipart body.
#[cfg(feature = "multipart")]
#[derive(Debug)]
pub struct Part {
    pub(super) name: &'static str,
    pub(super) is_required: bool,
    pub(super) media_types: &'static [&'static str],
    pub(super) headers: &'static [&'static str],
}

#[cfg(feature = "multipart")]
impl Part {
    /// Describes a required part.
    pub const fn required(name: &'static str) -> Self {
        Self { name, is_required: true, media_types: &[], headers: &[] }
    }

    /// Describes an optional part.
    pub const fn optional(name: &'static str) -> Self {
        Self { is_required: false, ..Self::required(name) }
    }

    /// Sets the accepted media types, which can be media ranges.
    #[must_use]
    pub const fn media_types(mut self, media_types: &'static [&'static str]) -> Self {
        self.media_types = media_types;
        self
    }

    /// Adds required headers.
    #[must_use]
    pub const fn requires(mut self, headers: &'static [&'static str]) -> Self {
        self.headers = headers;
        self
    }
}

/// Checks that JSON is a valid `T` of a response with the codec `C`. A value that the document does not list, such as an
/// unknown value of an enum, is not.
///
/// # Errors
///
/// If the JSON is not valid, with the path of the problem.
pub fn decodes_response<T, C: Codec<T>>(json: &[u8]) -> Result<(), wire::DecodeError> {
    wire::strictly(|| wire::from_slice::<Through<T, C>>(json)).map(drop)
}

/// Checks that JSON is a valid `T` of a request with the codec `C`, as [`decodes_response`] does.
///
/// # Errors
///
/// If the JSON is not valid, with the path of the problem.
pub fn decodes_request<T, C: Codec<T>>(json: &[u8]) -> Result<(), wire::DecodeError> {
    wire::strictly(|| wire::request_from_slice::<Through<T, C>>(json)).map(drop)
}

/// Accepts any body. Has the signature of [`decodes_response`].
///
/// # Errors
///
/// Never.
pub fn accepts_anything(_: &[u8]) -> Result<(), wire::DecodeError> {
    Ok(())
}

/// A value of `T` that is decoded with the codec `C` and dropped.
struct Through<T, C>(PhantomData<(T, C)>);

impl<'de, T, C: Codec<T>> Deserialize<'de> for Through<T, C> {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        C::decode(input).map(|_| Self(PhantomData))
    }
}

/// A body of a success response.
#[derive(Clone, Copy, Debug)]
pub enum Content {
    /// JSON with this media type.
    Json(&'static str),
    /// Server-sent events whose data is JSON.
    Events(&'static str),
    /// Server-sent events whose data is text.
    TextEvents(&'static str),
    /// JSON Lines.
    Lines(&'static str),
    /// Text, or bytes.
    Text(&'static str),
}

impl Content {
    /// Returns the media type.
    pub(super) fn media_type(self) -> &'static str {
        match self {
            Self::Json(media_type)
            | Self::Events(media_type)
            | Self::TextEvents(media_type)
            | Self::Lines(media_type)
            | Self::Text(media_type) => media_type,
        }
    }
}
