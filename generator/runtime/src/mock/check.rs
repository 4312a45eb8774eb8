//! Checks requests against the document.

use http::header::{CONTENT_TYPE, COOKIE};
use http::{HeaderMap, StatusCode};
use serde_json::Value;

use super::super::api::Api;
use super::super::wire;
use super::constraints::OperationConstraints;
use super::credentials;
use super::endpoint::{AcceptedBody, BodySchema, Endpoint, Parameter, Part};
use super::form;
use super::readings;
use super::rejection::Location;
use super::route::Route;
use super::text_values::check_readings;
use super::violation::Violation;

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

    fn bad_request(location: Location, problem: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, location, problem)
    }
}

/// A request for an operation.
pub(super) struct Incoming<'a> {
    pub(super) route: &'a Route,
    pub(super) path: &'a str,
    /// The decoded path parameters.
    pub(super) path_parameters: &'a [(String, String)],
    pub(super) query: &'a str,
    pub(super) headers: &'a HeaderMap,
    pub(super) body: &'a [u8],
}

/// Checks a request against its operation. Returns the first problem as an error.
pub(super) fn check(
    api: &Api,
    endpoint: &Endpoint,
    constraints: OperationConstraints<'_>,
    request: &Incoming<'_>,
) -> Result<(), Fault> {
    let Incoming { query, headers, .. } = *request;
    let requirements = endpoint.operation.security.unwrap_or(api.security);
    if let Some(missing) = credentials::missing(api, requirements, headers, query) {
        let problem = format!("the operation requires {missing}");
        return Err(Fault::new(StatusCode::UNAUTHORIZED, Location::Credentials, problem));
    }
    endpoint.parameters.iter().try_for_each(|parameter| check_parameter(*parameter, query, headers))?;
    constraints.parameters().iter().try_for_each(|described| check_value(constraints, described, request))?;
    constraints.objects().iter().try_for_each(|described| check_names(described, query))?;
    check_body(endpoint, constraints, request)
}

/// Checks the value of a parameter against its schema.
fn check_value(
    constraints: OperationConstraints<'_>,
    described: &Value,
    request: &Incoming<'_>,
) -> Result<(), Fault> {
    let name = described["name"].as_str().unwrap_or_default();
    let (prefix, delimiter) = (described["prefix"].as_str(), delimiter(described));
    let (readings, location): (_, fn(String) -> Location) = match described["in"].as_str() {
        Some("path") if prefix.is_none() && delimiter.is_none() => {
            let named = request.path_parameters.iter().filter(|(key, _)| key == name);
            (vec![named.map(|(_, value)| value.clone()).collect()], Location::PathParameter)
        }
        Some("path") => {
            let segment = request.route.segment_of(name, request.path);
            let read = |segment| readings::in_path(segment, name, prefix, delimiter);
            (segment.map(read).unwrap_or_default(), Location::PathParameter)
        }
        Some("header") => {
            let values = request.headers.get_all(name).iter().filter_map(|value| value.to_str().ok());
            (readings::in_header(&values.collect::<Vec<_>>(), delimiter), Location::Header)
        }
        Some("cookie") => {
            let named = cookies(request.headers).filter(|(key, _)| *key == name);
            let values: Vec<&str> = named.map(|(_, value)| value).collect();
            (readings::in_cookies(&values, delimiter, described["form"] == "list"), Location::Cookie)
        }
        _ => (readings::in_query(request.query, name, delimiter), Location::Query),
    };
    let found = check_readings(constraints, described, &readings);
    found.map_err(|violation| Fault::bad_request(location(name.to_owned()), problem_of(&violation)))
}

/// Checks the names of the properties of an object, each of which is a query parameter.
fn check_names(described: &Value, query: &str) -> Result<(), Fault> {
    let name = described["name"].as_str().unwrap_or_default();
    let list = |keyword: &str| described[keyword].as_array().map_or(&[][..], Vec::as_slice);
    let is_deep = described["deep"] == true;
    let property_of = |key: String| match is_deep {
        true => {
            let inside = key.strip_prefix(name)?.strip_prefix('[')?;
            inside.split_once(']').map(|(property, _)| property.to_owned())
        }
        false => list("properties").iter().any(|it| *it == key).then_some(key),
    };
    let sent: Vec<String> = form::pairs(query).filter_map(|(key, _)| property_of(key)).collect();
    let bad_request = |property: &str, problem: &str| {
        let name = if is_deep { format!("{name}[{property}]") } else { property.to_owned() };
        Err(Fault::bad_request(Location::Query(name), problem))
    };
    let is_listed = |property: &&String| list("properties").iter().any(|it| it == *property);
    if let Some(other) = sent.iter().find(|it| described["closed"] == true && !is_listed(it)) {
        return bad_request(other, "the document has no such property (`additionalProperties`)");
    }
    let mut required = list("required").iter().filter_map(Value::as_str);
    let is_sent = !sent.is_empty() || described["always"] == true;
    match required.find(|required| is_sent && !sent.iter().any(|it| it == required)) {
        Some(missing) => bad_request(missing, "required, but missing"),
        None => Ok(()),
    }
}

/// Returns the names and values of the cookies, as received.
fn cookies(headers: &HeaderMap) -> impl Iterator<Item = (&str, &str)> {
    let lines = headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
    lines.flat_map(form::cookies)
}

/// Returns the delimiter of the items of a list.
fn delimiter(described: &Value) -> Option<char> {
    described["delimiter"].as_str().and_then(|delimiter| delimiter.chars().next())
}

/// Returns the problem, and the path unless it is the whole value.
fn problem_of(violation: &Violation) -> String {
    match violation.path() {
        path if path == "$" => violation.problem().to_owned(),
        path => format!("{path}: {}", violation.problem()),
    }
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

fn check_body(
    endpoint: &Endpoint,
    constraints: OperationConstraints<'_>,
    request: &Incoming<'_>,
) -> Result<(), Fault> {
    let Incoming { headers, body, .. } = *request;
    let content_type = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
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
    let is_accepted = |body: &AcceptedBody| form::is_in_range(content_type, body.media_type);
    let found = form::best_match(endpoint.accepted_bodies, content_type, is_accepted, |body| body.media_type);
    let Some(form) = found else {
        let accepted: Vec<&str> = endpoint.accepted_bodies.iter().map(|form| form.media_type).collect();
        let problem = format!("the operation accepts {}", accepted.join(", "));
        let location = Location::Header(CONTENT_TYPE.as_str().to_owned());
        return Err(Fault::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, location, problem));
    };
    check_schema(form, constraints, content_type, body)
}

/// The location of the whole body.
fn body_root() -> Location {
    Location::Body("$".to_owned())
}

fn check_schema(
    form: &AcceptedBody,
    constraints: OperationConstraints<'_>,
    content_type: &str,
    body: &[u8],
) -> Result<(), Fault> {
    let described = constraints.fields(form.media_type);
    match form.schema {
        BodySchema::Anything => Ok(()),
        BodySchema::Json(decode) => {
            decode(body).map_err(|error| {
                let problem = cause(&error);
                Fault::bad_request(Location::Body(error.path().to_owned()), problem)
            })?;
            let found = constraints.check_request(form.media_type, body);
            found.map_err(|it| Fault::bad_request(Location::Body(it.path()), it.problem()))
        }
        BodySchema::Fields(required) => {
            let text = std::str::from_utf8(body)
                .map_err(|_| Fault::bad_request(body_root(), "not a valid form: the body is not UTF-8"))?;
            let names: Vec<String> = form::pairs(text).map(|(name, _)| name).collect();
            required.iter().try_for_each(|required| {
                require_field(required, names.iter().any(|name| name == required))
            })?;
            described.iter().try_for_each(|described| {
                let values = |name: &str| readings::in_query(text, name, delimiter(described));
                check_field(constraints, described, values)
            })
        }
        BodySchema::Parts(expected) => {
            let parts = form::parts(content_type, body);
            let parts = parts.ok_or_else(|| Fault::bad_request(body_root(), "not a valid multipart body"))?;
            expected.iter().try_for_each(|expected| check_part(expected, &parts))?;
            described.iter().try_for_each(|described| {
                let values = |name: &str| {
                    let named = parts.iter().filter(|part| part.name == name);
                    let texts = named.filter_map(|part| std::str::from_utf8(part.content).ok());
                    vec![texts.map(str::to_owned).collect()]
                };
                check_field(constraints, described, values)
            })
        }
    }
}

/// Checks the values of a field or part against its schema.
fn check_field(
    constraints: OperationConstraints<'_>,
    described: &Value,
    values: impl FnOnce(&str) -> Vec<readings::Reading>,
) -> Result<(), Fault> {
    let name = described["name"].as_str().unwrap_or_default();
    let found = check_readings(constraints, described, &values(name));
    found.map_err(|violation| Fault::bad_request(Location::Field(name.to_owned()), problem_of(&violation)))
}

fn require_field(name: &str, is_present: bool) -> Result<(), Fault> {
    let missing = || Fault::bad_request(Location::Field(name.to_owned()), "required, but missing");
    is_present.then_some(()).ok_or_else(missing)
}

/// Checks all parts with the name of an expected part.
fn check_part(expected: &Part, parts: &[form::Part<'_>]) -> Result<(), Fault> {
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
