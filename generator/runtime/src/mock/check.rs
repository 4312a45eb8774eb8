//! Whether the document allows a request.

use std::error::Error as _;

use http::header::{CONTENT_TYPE, COOKIE};
use http::{HeaderMap, StatusCode};

use super::super::api::Api;
use super::credentials;
use super::endpoint::{BodyForm, Endpoint, Holds, Parameter};
use super::form;
use super::rejection::Where;

/// What is wrong with a request.
#[derive(Debug)]
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
    let (needed, names) = match form.holds {
        Holds::Anything => return Ok(()),
        Holds::Json(decode) => {
            return decode(body).map_err(|error| {
                let problem = error.source().map_or_else(|| error.to_string(), ToString::to_string);
                Fault::bad(Where::Body(error.path().to_owned()), problem)
            });
        }
        Holds::Fields(needed) => {
            let text = std::str::from_utf8(body)
                .map_err(|_| Fault::bad(whole(), "it is no form: it is not UTF-8"))?;
            (needed, form::pairs(text).map(|(name, _)| name).collect())
        }
        Holds::Parts(needed) => {
            let parts = form::parts(content_type, body);
            (needed, parts.ok_or_else(|| Fault::bad(whole(), "it has no parts"))?)
        }
    };
    match needed.iter().find(|needed| !names.iter().any(|name: &String| name == *needed)) {
        Some(missing) => Err(Fault::bad(Where::Field((*missing).to_owned()), "it is required, and missing")),
        None => Ok(()),
    }
}
