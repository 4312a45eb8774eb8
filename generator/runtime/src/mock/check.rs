//! Whether the document allows a request.

use std::error::Error as _;

use http::header::{CONTENT_TYPE, COOKIE};
use http::{HeaderMap, StatusCode};

use super::super::api::Api;
use super::super::wire;
use super::credentials;
use super::endpoint::{BodyForm, Endpoint, Holds, Parameter, Part};
use super::form;
use super::rejection::Where;

/// What is wrong with a request.
#[derive(Clone, Debug)]
pub(super) struct Fault {
    pub(super) status: StatusCode,
    pub(super) place: Where,
    pub(super) problem: String,
}

impl Fault {
    pub(super) fn new(status: StatusCode, place: Where, problem: impl Into<String>) -> Self {
        Self { status, place, problem: problem.into() }
    }

    fn bad(place: Where, problem: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, place, problem)
    }
}

/// Holds a request against its operation; the first thing that is wrong is an error.
pub(super) fn check(
    api: &Api,
    endpoint: &Endpoint,
    query: &str,
    headers: &HeaderMap,
    body: &[u8],
) -> Result<(), Fault> {
    let asked = endpoint.operation.security.unwrap_or(api.security);
    if let Some(missing) = credentials::missing(api, asked, headers, query) {
        let problem = format!("the operation asks for {missing}");
        return Err(Fault::new(StatusCode::UNAUTHORIZED, Where::Credentials, problem));
    }
    endpoint.parameters.iter().try_for_each(|parameter| of_parameter(*parameter, query, headers))?;
    of_body(endpoint, headers, body)
}

fn of_parameter(parameter: Parameter, query: &str, headers: &HeaderMap) -> Result<(), Fault> {
    let is_there = match parameter {
        Parameter::Query(name) => form::pairs(query).any(|(of, _)| of == name),
        Parameter::Members(name) => form::pairs(query).any(|(of, _)| {
            of.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with('['))
        }),
        Parameter::Header(name) => headers.contains_key(name),
        Parameter::Cookie(name) => {
            let cookies = headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
            cookies.flat_map(form::cookies).any(|of| of == name)
        }
    };
    let place = match parameter {
        Parameter::Query(name) | Parameter::Members(name) => Where::Query(name.to_owned()),
        Parameter::Header(name) => Where::Header(name.to_owned()),
        Parameter::Cookie(name) => Where::Cookie(name.to_owned()),
    };
    if is_there { Ok(()) } else { Err(Fault::bad(place, "it is required, and missing")) }
}

fn of_body(endpoint: &Endpoint, headers: &HeaderMap, body: &[u8]) -> Result<(), Fault> {
    let said = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
    if body.is_empty() && (said.is_none() || !endpoint.needs_body) {
        return match endpoint.needs_body {
            true => Err(Fault::bad(whole(), "it is required, and missing")),
            false => Ok(()),
        };
    }
    if endpoint.forms.is_empty() {
        return Err(Fault::bad(whole(), "the operation takes none"));
    }
    let said = said.unwrap_or("application/octet-stream");
    let Some(form) = endpoint.forms.iter().find(|form| form::is_within(said, form.media_type)) else {
        let taken: Vec<&str> = endpoint.forms.iter().map(|form| form.media_type).collect();
        let problem = format!("the operation takes {}", taken.join(", "));
        let place = Where::Header(CONTENT_TYPE.as_str().to_owned());
        return Err(Fault::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, place, problem));
    };
    of_form(form, said, body)
}

/// The body as a whole.
fn whole() -> Where {
    Where::Body("$".to_owned())
}

fn of_form(form: &BodyForm, content_type: &str, body: &[u8]) -> Result<(), Fault> {
    match form.holds {
        Holds::Anything => Ok(()),
        Holds::Json(decode) => decode(body).map_err(|error| {
            let problem = in_short(&error);
            Fault::bad(Where::Body(error.path().to_owned()), problem)
        }),
        Holds::Fields(needed) => {
            let text = std::str::from_utf8(body)
                .map_err(|_| Fault::bad(whole(), "it is no form: it is not UTF-8"))?;
            let names: Vec<String> = form::pairs(text).map(|(name, _)| name).collect();
            needed.iter().try_for_each(|needed| is_there(needed, names.iter().any(|name| name == needed)))
        }
        Holds::Parts(known) => {
            let parts = form::parts(content_type, body);
            let parts = parts.ok_or_else(|| Fault::bad(whole(), "it has no parts"))?;
            known.iter().try_for_each(|known| of_part(known, &parts))
        }
    }
}

fn is_there(name: &str, is_there: bool) -> Result<(), Fault> {
    let missing = || Fault::bad(Where::Field(name.to_owned()), "it is required, and missing");
    is_there.then_some(()).ok_or_else(missing)
}

/// Holds the parts of a name against what is known of it.
fn of_part(known: &Part, parts: &[form::Part]) -> Result<(), Fault> {
    let own = || parts.iter().filter(|part| part.name == known.name);
    is_there(known.name, !known.is_needed || own().next().is_some())?;
    let bad = |problem: String| Err(Fault::bad(Where::Field(known.name.to_owned()), problem));
    for part in own() {
        // RFC 7578, section 4.4.
        let said = part.header(CONTENT_TYPE.as_str()).unwrap_or("text/plain");
        let is_taken = known.media_types.iter().any(|range| form::is_within(said, range));
        if !known.media_types.is_empty() && !is_taken {
            return bad(format!("it is {}, and not {said}", known.media_types.join(" or ")));
        }
        if let Some(missing) = known.headers.iter().find(|name| part.header(name).is_none()) {
            return bad(format!("its header {missing:?} is required, and missing"));
        }
    }
    Ok(())
}

/// Whether an answer that a test sets is one that the document has; of a status that it says nothing about, any is.
pub(super) fn check_answer(endpoint: &Endpoint, status: u16, json: &[u8]) -> Result<(), Fault> {
    let Some((status, documented)) = endpoint.documented(status) else { return Ok(()) };
    (documented.decodes)(json).map_err(|error| {
        let problem = format!("the document has another one for {status}: {}", in_short(&error));
        let place = Where::Answer(error.path().to_owned());
        Fault::new(StatusCode::INTERNAL_SERVER_ERROR, place, problem)
    })
}

/// What is wrong with a value; where it is, is said beside it.
fn in_short(error: &wire::DecodeError) -> String {
    error.source().map_or_else(|| error.to_string(), ToString::to_string)
}
