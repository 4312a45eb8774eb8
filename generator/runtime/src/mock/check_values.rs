//! Checks the values of requests against the constraints of the document.

use serde_json::Value;

use super::check::{self, Fault, Incoming, cookies};
use super::constraints::OperationConstraints;
use super::endpoint::{AcceptedBody, BodySchema, Endpoint};
use super::form;
use super::readings;
use super::rejection::Location;
use super::text_values::check_readings;
use super::violation::Violation;

/// Checks the values of a request that [`check`](check::check) accepts. Returns the first problem as an error.
pub(super) fn check(
    endpoint: &Endpoint,
    constraints: OperationConstraints<'_>,
    request: &Incoming<'_>,
) -> Result<(), Fault> {
    constraints.parameters().iter().try_for_each(|described| check_value(constraints, described, request))?;
    constraints.objects().iter().try_for_each(|described| check_names(described, request.query))?;
    if request.body.is_empty() {
        return Ok(());
    }
    let content_type = check::content_type(request.headers).unwrap_or("application/octet-stream");
    match check::accepted_body(endpoint, content_type) {
        Some(form) => check_body(form, constraints, request),
        None => Ok(()),
    }
}

fn check_body(
    form: &AcceptedBody,
    constraints: OperationConstraints<'_>,
    request: &Incoming<'_>,
) -> Result<(), Fault> {
    let body = request.body;
    let described = constraints.fields(form.media_type);
    match form.schema {
        BodySchema::Anything => Ok(()),
        BodySchema::Json(_) => {
            let found = constraints.check_request(form.media_type, body);
            found.map_err(|it| Fault::bad_request(Location::Body(it.path()), it.problem()))
        }
        BodySchema::Fields(_) => {
            let text = std::str::from_utf8(body).unwrap_or_default();
            described.iter().try_for_each(|described| {
                let values = |name: &str| readings::in_query(text, name, delimiter(described));
                check_field(constraints, described, values)
            })
        }
        #[cfg(feature = "multipart")]
        BodySchema::Parts(_) => {
            let parts = check::parts(request).unwrap_or_default();
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
