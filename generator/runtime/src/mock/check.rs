//! Checks requests against the document.

use http::header::{CONTENT_TYPE, COOKIE};
use http::{HeaderMap, StatusCode};

use super::super::api::Api;
use super::super::wire;
use super::credentials;
#[cfg(feature = "multipart")]
use super::endpoint::Part;
use super::endpoint::{AcceptedBody, BodySchema, Endpoint, Parameter};
use super::form;
#[cfg(feature = "multipart")]
use super::multipart;
use super::rejection::Location;
#[cfg(feature = "constraints")]
use super::route::Route;

/// A problem with a request, and the status to respond with.
#[derive(Clone, Debug)]
pub(super) struct Fault {
    pub(super) status: StatusCode,
    pub(super) location: Location,
    pub(super) problem: String,
}

impl Fault {
    pub(super) fn new(status: StatusCode, location: Location, problem: impl Into<String>) -> Self {
        Self { status, location, problem: problem.into() }
    }

    pub(super) fn bad_request(location: Location, problem: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, location, problem)
    }
}

/// A request for an operation.
pub(super) struct Incoming<'a> {
    #[cfg(feature = "constraints")]
    pub(super) route: &'a Route,
    #[cfg(feature = "constraints")]
    pub(super) path: &'a str,
    /// The decoded path parameters.
    #[cfg(feature = "constraints")]
    pub(super) path_parameters: &'a [(String, String)],
    pub(super) query: &'a str,
    pub(super) headers: &'a HeaderMap,
    pub(super) body: &'a [u8],
}

/// Checks a request against its operation. Returns the first problem as an error.
pub(super) fn check(api: &Api, endpoint: &Endpoint, request: &Incoming<'_>) -> Result<(), Fault> {
    let Incoming { query, headers, .. } = *request;
    let requirements = endpoint.operation.security.unwrap_or(api.security);
    if let Some(missing) = credentials::missing(api, requirements, headers, query) {
        let problem = format!("the operation requires {missing}");
        return Err(Fault::new(StatusCode::UNAUTHORIZED, Location::Credentials, problem));
    }
    endpoint.parameters.iter().try_for_each(|parameter| check_parameter(*parameter, query, headers))?;
    check_body(endpoint, request)
}

/// Returns the names and values of the cookies, as received.
pub(super) fn cookies(headers: &HeaderMap) -> impl Iterator<Item = (&str, &str)> {
    let lines = headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
    lines.flat_map(form::cookies)
}

fn check_parameter(parameter: Parameter, query: &str, headers: &HeaderMap) -> Result<(), Fault> {
    let is_present = match parameter {
        Parameter::Query(name) => form::pairs(query).any(|(key, _)| key == name),
        Parameter::DeepObject(name) => form::pairs(query).any(|(key, _)| {
            key.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with('['))
        }),
        Parameter::QueryString(_) => !query.is_empty(),
        Parameter::Header(name) => headers.contains_key(name),
        Parameter::Cookie(name) => cookies(headers).any(|(key, _)| key == name),
    };
    let location = match parameter {
        Parameter::Query(name) | Parameter::DeepObject(name) | Parameter::QueryString(name) => {
            Location::Query(name.to_owned())
        }
        Parameter::Header(name) => Location::Header(name.to_owned()),
        Parameter::Cookie(name) => Location::Cookie(name.to_owned()),
    };
    if is_present { Ok(()) } else { Err(Fault::bad_request(location, "required, but missing")) }
}

fn check_body(endpoint: &Endpoint, request: &Incoming<'_>) -> Result<(), Fault> {
    let Incoming { headers, body, .. } = *request;
    let content_type = content_type(headers);
    if body.is_empty() && (content_type.is_none() || !endpoint.is_body_required) {
        return match endpoint.is_body_required {
            true => Err(Fault::bad_request(body_root(), "required, but missing")),
            false => Ok(()),
        };
    }
    if endpoint.accepted_bodies.is_empty() {
        return Err(Fault::bad_request(body_root(), "the operation accepts no request body"));
    }
    let content_type = content_type.unwrap_or("application/octet-stream");
    let Some(form) = accepted_body(endpoint, content_type) else {
        let accepted: Vec<&str> = endpoint.accepted_bodies.iter().map(|form| form.media_type).collect();
        let problem = format!("the operation accepts {}", accepted.join(", "));
        let location = Location::Header(CONTENT_TYPE.as_str().to_owned());
        return Err(Fault::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, location, problem));
    };
    check_schema(form, request)
}

/// Returns the media type of the body of a request.
pub(super) fn content_type(headers: &HeaderMap) -> Option<&str> {
    headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok())
}

/// Returns the description of a request body with a media type, if the operation accepts it.
pub(super) fn accepted_body(endpoint: &Endpoint, content_type: &str) -> Option<&'static AcceptedBody> {
    let is_accepted = |body: &AcceptedBody| form::is_in_range(content_type, body.media_type);
    form::best_match(endpoint.accepted_bodies, content_type, is_accepted, |body| body.media_type)
}

/// The location of the whole body.
fn body_root() -> Location {
    Location::Body("$".to_owned())
}

fn check_schema(form: &AcceptedBody, request: &Incoming<'_>) -> Result<(), Fault> {
    let body = request.body;
    match form.schema {
        BodySchema::Anything => Ok(()),
        BodySchema::Json(decode) => decode(body).map_err(|error| {
            let problem = cause(&error);
            Fault::bad_request(Location::Body(error.path().to_owned()), problem)
        }),
        BodySchema::Fields(required) => {
            let text = std::str::from_utf8(body)
                .map_err(|_| Fault::bad_request(body_root(), "not a valid form: the body is not UTF-8"))?;
            let names: Vec<String> = form::pairs(text).map(|(name, _)| name).collect();
            required
                .iter()
                .try_for_each(|required| require_field(required, names.iter().any(|name| name == required)))
        }
        #[cfg(feature = "multipart")]
        BodySchema::Parts(expected) => {
            let parts = parts(request);
            let parts = parts.ok_or_else(|| Fault::bad_request(body_root(), "not a valid multipart body"))?;
            expected.iter().try_for_each(|expected| check_part(expected, &parts))
        }
    }
}

fn require_field(name: &str, is_present: bool) -> Result<(), Fault> {
    let missing = || Fault::bad_request(Location::Field(name.to_owned()), "required, but missing");
    is_present.then_some(()).ok_or_else(missing)
}

/// Returns the parts of a multipart body, or `None` if it is not valid.
#[cfg(feature = "multipart")]
pub(super) fn parts<'a>(request: &Incoming<'a>) -> Option<Vec<multipart::Part<'a>>> {
    multipart::parts(content_type(request.headers)?, request.body)
}

/// Checks all parts with the name of an expected part.
#[cfg(feature = "multipart")]
fn check_part(expected: &Part, parts: &[multipart::Part<'_>]) -> Result<(), Fault> {
    let named = || parts.iter().filter(|part| part.name == expected.name);
    require_field(expected.name, !expected.is_required || named().next().is_some())?;
    let bad_request =
        |problem: String| Err(Fault::bad_request(Location::Field(expected.name.to_owned()), problem));
    for part in named() {
        // A part without a content type is plain text (RFC 7578, section 4.4).
        let content_type = part.header(CONTENT_TYPE.as_str()).unwrap_or("text/plain");
        let is_accepted = expected.media_types.iter().any(|range| form::is_in_range(content_type, range));
        if !expected.media_types.is_empty() && !is_accepted {
            return bad_request(format!(
                "expected {}, got {content_type}",
                expected.media_types.join(" or ")
            ));
        }
        if let Some(missing) = expected.headers.iter().find(|name| part.header(name).is_none()) {
            return bad_request(format!("the header {missing:?} of the part is required, but missing"));
        }
    }
    Ok(())
}

/// Returns the message of a decode error without its path.
fn cause(error: &wire::DecodeError) -> String {
    let message = error.to_string();
    message.strip_prefix(&format!("{}: ", error.path())).unwrap_or(&message).to_owned()
}
