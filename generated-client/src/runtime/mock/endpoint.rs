// @generated from the OpenAPI document: change that, and generate again.

//! What a document says of its operations, as far as a server has to know it: constants of generated code.

use std::marker::PhantomData;

use serde::{Deserialize, Deserializer};

use super::super::operation::Operation;
use super::super::wire::{self, Codec};

/// The operations of a resource.
#[derive(Debug)]
pub struct Resource {
    /// What is known of each of them.
    pub endpoints: &'static [Endpoint],
    /// What they answer, in JSON: for each operation, by its id, the body of each of its media types. Bytes are a
    /// text, and what goes on and on is a list.
    pub answers: &'static str,
}

/// What a server knows of an operation.
#[derive(Debug)]
pub struct Endpoint {
    /// Its constants.
    pub(super) operation: Operation,
    /// What a request needs beyond its path.
    pub(super) parameters: &'static [Parameter],
    /// Whether a request needs a body, and the forms that it may have; none of them where there is no body.
    pub(super) needs_body: bool,
    pub(super) forms: &'static [BodyForm],
    /// The status of the usual success, and what bodies it may have, the usual one first.
    pub(super) status: u16,
    pub(super) contents: &'static [Content],
    /// What the document says of bodies by their status, beside that.
    pub(super) documented: &'static [Documented],
}

impl Endpoint {
    /// An operation that needs nothing but its path, and answers nothing, with 200.
    pub const fn new(operation: Operation) -> Self {
        Self {
            operation,
            parameters: &[],
            needs_body: false,
            forms: &[],
            status: 200,
            contents: &[],
            documented: &[],
        }
    }

    /// The same, which needs these parameters too.
    #[must_use]
    pub const fn needs(mut self, parameters: &'static [Parameter]) -> Self {
        self.parameters = parameters;
        self
    }

    /// The same, which may have a body in one of these forms.
    #[must_use]
    pub const fn may_take(mut self, forms: &'static [BodyForm]) -> Self {
        self.forms = forms;
        self
    }

    /// The same, which needs a body in one of these forms.
    #[must_use]
    pub const fn takes(mut self, forms: &'static [BodyForm]) -> Self {
        self.needs_body = true;
        self.forms = forms;
        self
    }

    /// The same, which answers with this status, and a body in one of these media types.
    #[must_use]
    pub const fn answers(mut self, status: u16, contents: &'static [Content]) -> Self {
        self.status = status;
        self.contents = contents;
        self
    }

    /// The same, whose answers of these statuses have these bodies.
    #[must_use]
    pub const fn documents(mut self, documented: &'static [Documented]) -> Self {
        self.documented = documented;
        self
    }

    /// What the document says of the bodies of a status: by its code, its class, or as an error like any other.
    ///
    /// With how the document writes the status.
    pub(super) fn documented(&self, status: u16) -> Option<(&'static str, &'static Documented)> {
        let (code, class) = (status.to_string(), format!("{}XX", status / 100));
        let is_error = status >= 400;
        let all =
            || self.documented.iter().flat_map(|it| it.statuses.iter().map(move |status| (*status, it)));
        let find = |wanted: &str| all().find(|(status, _)| status.eq_ignore_ascii_case(wanted));
        find(&code).or_else(|| find(&class)).or_else(|| find("default").filter(|_| is_error))
    }
}

/// The JSON body that answers of some statuses have.
#[derive(Debug)]
pub struct Documented {
    /// `404`, `4XX` or `default`, each of the statuses that have it.
    pub statuses: &'static [&'static str],
    /// Whether JSON is one: see [`answers`].
    pub decodes: fn(&[u8]) -> Result<(), wire::DecodeError>,
}

/// A parameter that a request needs, by its name on the wire.
#[derive(Clone, Copy, Debug)]
pub enum Parameter {
    /// One of the query.
    Query(&'static str),
    /// An object in the query whose members have names of their own, after this one: `name[member]`.
    Members(&'static str),
    /// A header.
    Header(&'static str),
    /// A cookie.
    Cookie(&'static str),
}

/// A form that a body may have.
#[derive(Debug)]
pub struct BodyForm {
    /// Its media type, or a range of them: `image/*`.
    pub media_type: &'static str,
    /// What it has to hold.
    pub holds: Holds,
}

/// What a body has to hold.
#[derive(Debug)]
pub enum Holds {
    /// Anything.
    Anything,
    /// JSON that this function takes: see [`decodes`].
    Json(fn(&[u8]) -> Result<(), wire::DecodeError>),
    /// Fields in a URL's encoding, these among them.
    Fields(&'static [&'static str]),
    /// Parts, of some of which something is known.
    Parts(&'static [Part]),
}

/// What is known of a part of a body.
#[derive(Debug)]
pub struct Part {
    pub(super) name: &'static str,
    pub(super) is_needed: bool,
    pub(super) media_types: &'static [&'static str],
    pub(super) headers: &'static [&'static str],
}

impl Part {
    /// A part that a body has to have, by its name.
    pub const fn needed(name: &'static str) -> Self {
        Self { name, is_needed: true, media_types: &[], headers: &[] }
    }

    /// A part that a body may have.
    pub const fn optional(name: &'static str) -> Self {
        Self { is_needed: false, ..Self::needed(name) }
    }

    /// The same, which is of one of these media types, or within one of these ranges of them.
    #[must_use]
    pub const fn of(mut self, media_types: &'static [&'static str]) -> Self {
        self.media_types = media_types;
        self
    }

    /// The same, which has to have these headers.
    #[must_use]
    pub const fn needs(mut self, headers: &'static [&'static str]) -> Self {
        self.headers = headers;
        self
    }
}

/// Says whether JSON is a value of `T` that an answer may have, as it travels by way of `C`.
///
/// # Errors
///
/// If it is none: what is wrong with it, and where.
pub fn answers<T, C: Codec<T>>(json: &[u8]) -> Result<(), wire::DecodeError> {
    wire::from_slice::<Through<T, C>>(json).map(drop)
}

/// Says whether JSON is a value of `T` that a request may have, as it travels by way of `C`.
///
/// # Errors
///
/// If it is none: what is wrong with it, and where.
pub fn decodes<T, C: Codec<T>>(json: &[u8]) -> Result<(), wire::DecodeError> {
    wire::request_from_slice::<Through<T, C>>(json).map(drop)
}

/// Says that anything will do.
///
/// # Errors
///
/// Never: the signature is that of [`answers`].
pub fn anything(_: &[u8]) -> Result<(), wire::DecodeError> {
    Ok(())
}

/// A value that travels by way of a codec.
struct Through<T, C>(PhantomData<(T, C)>);

impl<'de, T, C: Codec<T>> Deserialize<'de> for Through<T, C> {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        C::decode(input).map(|_| Self(PhantomData))
    }
}

/// A body that a success may have.
#[derive(Clone, Copy, Debug)]
pub enum Content {
    /// JSON, as this media type.
    Json(&'static str),
    /// Server-sent events with JSON, a list of which is known.
    Events(&'static str),
    /// Server-sent events with text.
    TextEvents(&'static str),
    /// JSON texts, one a line.
    Lines(&'static str),
    /// Text, or bytes.
    Text(&'static str),
}

impl Content {
    /// Its media type.
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
