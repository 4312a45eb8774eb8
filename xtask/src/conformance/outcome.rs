//! The results of the calls.
//!
//! The client does not cause all failures: a document can contradict itself, and the server can generate responses that
//! violate the document. Such calls are counted separately, each with a reason from the document or the server.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use openapi_crate::ResponseValidator;
use serde_json::{Value, json};

/// The maximum number of reasons that are shown for each kind of issue.
const MAX_REASONS: usize = 20;

/// The results of all calls.
#[derive(Debug, Default)]
pub(super) struct Outcomes {
    /// The operations that were called.
    operations: BTreeSet<String>,
    calls: usize,
    decoded: usize,
    /// The arguments that were omitted from calls.
    omitted: Vec<Issue>,
    /// The calls without a decoded response, by kind.
    issues: BTreeMap<IssueKind, Vec<Issue>>,
}

/// The kind of a call without a decoded response.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum IssueKind {
    /// The server does not support the document's schema, or a part of the request.
    BeyondServer,
    /// The response does not decode, but it violates the document.
    InvalidResponse,
    /// The document has only error responses for the operation, and the server sent one.
    ErrorsOnly,
    /// The server validated the request against another operation, whose path matches as well.
    AmbiguousPath,
    /// The document allows no request: every value matches several alternatives of a `oneOf`, but exactly one must
    /// match.
    NoValidRequest,
    /// No arguments could be generated for the call.
    NotCalled,
    /// The client rejected the request, or the connection failed.
    NotSent,
    /// The request violates the document.
    InvalidRequest,
    /// The server responded with another error.
    ErrorResponse,
    /// The response does not decode.
    NotDecoded,
}

impl IssueKind {
    fn name(self) -> &'static str {
        match self {
            Self::BeyondServer => "unsupported by server",
            Self::InvalidResponse => "invalid response",
            Self::ErrorsOnly => "only error responses",
            Self::AmbiguousPath => "ambiguous path",
            Self::NoValidRequest => "no valid request",
            Self::NotCalled => "not called",
            Self::NotSent => "not sent",
            Self::InvalidRequest => "invalid request",
            Self::ErrorResponse => "error response",
            Self::NotDecoded => "not decoded",
        }
    }

    /// Returns `true` if the client causes issues of this kind.
    fn is_failure(self) -> bool {
        let is_excused = matches!(
            self,
            Self::BeyondServer
                | Self::InvalidResponse
                | Self::ErrorsOnly
                | Self::AmbiguousPath
                | Self::NoValidRequest
        );
        !is_excused
    }
}

/// A call without a decoded response, or an omitted argument.
#[derive(Clone, Debug, PartialEq)]
struct Issue {
    /// `GET /pets (listPets)`
    operation: String,
    why: String,
}

impl Outcomes {
    /// Reads the output of the program: one JSON object per line.
    pub(super) fn of(output: &str, validator: &ResponseValidator) -> Result<Self, String> {
        let mut outcomes = Self::default();
        for line in output.lines() {
            let call: Value = serde_json::from_str(line)
                .map_err(|error| format!("the program printed invalid JSON: {error}: {line}"))?;
            outcomes.add(&call, validator);
        }
        Ok(outcomes)
    }

    fn add(&mut self, call: &Value, validator: &ResponseValidator) {
        let text = |key: &str| call[key].as_str().unwrap_or_default();
        let operation = format!("{} {}", text("method"), text("path"));
        self.operations.insert(operation.clone());
        self.calls += 1;
        for name in strings(call, "omitted") {
            let why = format!("the document allows no value for `{name}`");
            self.omitted.push(Issue { operation: operation.clone(), why });
        }
        let (kind, why) = match text("outcome") {
            "decoded" => {
                self.decoded += 1;
                return;
            }
            "no arguments" => (IssueKind::NotCalled, text("message").to_owned()),
            "not sent" => (IssueKind::NotSent, text("message").to_owned()),
            "not decoded" => classify_undecoded(call, validator),
            _ => classify_error_response(call, validator),
        };
        let media_type = text("mediaType");
        let media_type_suffix = if media_type.is_empty() { String::new() } else { format!(", {media_type}") };
        let issue = Issue { operation: format!("{operation} ({}{media_type_suffix})", text("id")), why };
        self.issues.entry(kind).or_default().push(issue);
    }

    /// Returns `true` if there were calls and the client caused no failure.
    pub(super) fn is_successful(&self) -> bool {
        self.calls > 0 && !self.issues.keys().any(|kind| kind.is_failure())
    }

    pub(super) fn json(&self) -> Value {
        let list = |issues: &[Issue]| -> Value {
            issues.iter().map(|issue| json!({ "operation": issue.operation, "why": issue.why })).collect()
        };
        let issues_where = |is_failure: bool| -> BTreeMap<&str, Value> {
            let kinds = self.issues.iter().filter(|(kind, _)| kind.is_failure() == is_failure);
            kinds.map(|(kind, issues)| (kind.name(), list(issues))).collect()
        };
        json!({
            "operations": self.operations.len(),
            "calls": self.calls,
            "decoded": self.decoded,
            "leftOut": list(&self.omitted),
            "excused": issues_where(false),
            "failures": issues_where(true),
        })
    }

    pub(super) fn text(&self) -> String {
        let mut text = String::new();
        let mut row = |name: &str, count: usize| {
            let _ = writeln!(text, "{name:<24}{count:>6}");
        };
        row("operations", self.operations.len());
        row("calls", self.calls);
        row("responses decoded", self.decoded);
        for (kind, issues) in &self.issues {
            row(kind.name(), issues.len());
        }
        for (kind, issues) in &self.issues {
            let suffix = if kind.is_failure() { "" } else { " (not a failure)" };
            list(&mut text, &format!("{}{suffix}", kind.name()), issues);
        }
        list(&mut text, "omitted arguments (not a failure)", &self.omitted);
        text
    }
}

/// Appends a heading and the issues, grouped by reason.
fn list(text: &mut String, heading: &str, issues: &[Issue]) {
    if issues.is_empty() {
        return;
    }
    let _ = writeln!(text, "\n{heading}:");
    for (why, operations) in by_reason(issues) {
        let first = operations.first().copied().unwrap_or_default();
        let more = match operations.len() {
            0 | 1 => String::new(),
            several => format!(" and {} more", several - 1),
        };
        let _ = writeln!(text, "  {first}{more}\n    {}", why.replace('\n', "\n    "));
    }
}

/// Classifies a response that does not decode. The server causes the failure if it reports a violation itself, or if
/// the response violates the document.
fn classify_undecoded(call: &Value, validator: &ResponseValidator) -> (IssueKind, String) {
    let text = |key: &str| call[key].as_str().unwrap_or_default();
    let failure = format!("at {}: {}", text("at"), text("message"));
    let status = call["status"].as_u64().and_then(|status| u16::try_from(status).ok());
    let violation = violations(call, "response")
        .or_else(|| validator.violation(text("method"), text("path"), status?, &call["body"]));
    match violation {
        Some(violation) => {
            (IssueKind::InvalidResponse, format!("{failure}\nbut the response is invalid: {violation}"))
        }
        None => (IssueKind::NotDecoded, failure),
    }
}

/// Classifies a response with an error status.
fn classify_error_response(call: &Value, validator: &ResponseValidator) -> (IssueKind, String) {
    let text = |key: &str| call[key].as_str().unwrap_or_default();
    let (method, path) = (text("method"), text("path"));
    if let Some(why) = violations(call, "request") {
        if let Some(location) = unread_location(&why, &strings(call, "inText")) {
            let problem = "is a nested value in a form or query, which the server does not read";
            return (IssueKind::BeyondServer, format!("{why}\nbut {location} {problem}"));
        }
        let ambiguous = strings(call, "ambiguous");
        if !ambiguous.is_empty() {
            let locations = ambiguous.join(" and ");
            return (
                IssueKind::NoValidRequest,
                format!("{why}\nbut every value matches several alternatives of {locations}"),
            );
        }
        let overlapping_paths = validator.overlapping_paths(method, path);
        if overlapping_paths.is_empty() || !is_about_another_path(&why, path) {
            return (IssueKind::InvalidRequest, why);
        }
        return (
            IssueKind::AmbiguousPath,
            format!("{why}\nbut the request also matches {}", overlapping_paths.join(", ")),
        );
    }
    let why = match call["body"]["detail"].as_str() {
        Some(detail) => format!("{}: {detail}", text("message")),
        None => text("message").to_owned(),
    };
    if is_beyond_server(call) {
        (IssueKind::BeyondServer, why)
    } else if validator.has_success_response(method, path) {
        (IssueKind::ErrorResponse, why)
    } else {
        (IssueKind::ErrorsOnly, why)
    }
}

/// Groups operations by reason, and returns the most frequent reasons first.
fn by_reason(issues: &[Issue]) -> Vec<(&str, Vec<&str>)> {
    let mut reasons: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for issue in issues {
        reasons.entry(&issue.why).or_default().push(&issue.operation);
    }
    let mut reasons: Vec<_> = reasons.into_iter().collect();
    reasons.sort_by_key(|(_, operations)| std::cmp::Reverse(operations.len()));
    reasons.truncate(MAX_REASONS);
    reasons
}

/// Returns the violations in the request or the response that the server reports: in the body of its own error, or
/// along with a response of the document. `message_kind` is `request` or `response`.
fn violations(call: &Value, message_kind: &str) -> Option<String> {
    let of_request = call["body"].get("validation").filter(|_| message_kind == "request");
    let lists = [of_request.unwrap_or(&Value::Null), &call["violations"]];
    let lines: Vec<String> = (lists.into_iter().filter_map(Value::as_array).flatten())
        .filter_map(|violation| {
            let segments = violation["location"].as_array().into_iter().flatten();
            let segments =
                segments.map(|segment| segment.as_str().map_or_else(|| segment.to_string(), str::to_owned));
            let mut location: Vec<String> = segments.collect();
            match location.first().map(String::as_str) {
                Some("request" | "response") if location[0] != message_kind => return None,
                Some("request" | "response") => drop(location.remove(0)),
                _ => {}
            }
            Some(format!("{}: {}", location.join("."), violation["message"].as_str().unwrap_or_default()))
        })
        .collect();
    if lines.is_empty() { None } else { Some(lines.join("\n")) }
}

/// Returns the strings of a list in the output of the program.
fn strings<'a>(call: &'a Value, key: &str) -> Vec<&'a str> {
    call[key].as_array().into_iter().flatten().filter_map(Value::as_str).collect()
}

/// Returns the first location with a nested value that the server misread: it read the value as text, or did not find
/// it.
fn unread_location<'a>(violations_text: &str, locations: &[&'a str]) -> Option<&'a str> {
    let is_read_as_text = |violation: &str, location: &str| {
        let rest = violation.strip_prefix(location).filter(|rest| rest.starts_with([':', '.']));
        rest.is_some_and(|rest| rest.contains("must be object") || rest.contains("must be array"))
    };
    let is_missing = |violation: &str, location: &str| {
        let missing =
            violation.strip_prefix("body: ").and_then(|rest| rest.split("required property '").nth(1));
        missing.and_then(|name| name.strip_suffix('\'')) == location.strip_prefix("body.")
    };
    let about = |location: &&&str| {
        violations_text
            .lines()
            .any(|violation| is_read_as_text(violation, location) || is_missing(violation, location))
    };
    locations.iter().find(about).copied()
}

/// Returns `true` if all violations are about path parameters that the path does not have, such as `path.name` for
/// `/pets/{id}`.
fn is_about_another_path(violations_text: &str, path: &str) -> bool {
    let path = path.to_lowercase();
    violations_text.lines().all(|violation| {
        let name = violation.strip_prefix("path.").and_then(|rest| rest.split(':').next());
        name.is_some_and(|name| !path.contains(&format!("{{{}}}", name.to_lowercase())))
    })
}

/// Returns `true` if the server accepted the request but cannot generate a valid response.
fn is_beyond_server(call: &Value) -> bool {
    let ty = call["body"]["type"].as_str().unwrap_or_default();
    ["#SCHEMA_TOO_COMPLEX", "#NO_COMPLEX_OBJECT_TEXT"].iter().any(|reason| ty.ends_with(reason))
}

#[cfg(test)]
mod tests {
    use super::*;

    const DOCUMENT: &str = r##"
openapi: 3.0.3
info: { title: Pets, version: '1' }
paths:
  /pet:
    get:
      responses:
        '200':
          description: A pet.
          content: { application/json: { schema: { $ref: '#/components/schemas/Pet' } } }
  /feed:
    get: { responses: { '101': { description: A socket. } } }
  /pets/{id}:
    get: { parameters: [{ $ref: '#/components/parameters/Id' }], responses: { '404': { description: None. } } }
  /pets/{name}:
    get: { parameters: [{ $ref: '#/components/parameters/Name' }], responses: { '204': { description: One. } } }
components:
  parameters:
    Id: { name: id, in: path, required: true, schema: { type: integer } }
    Name: { name: name, in: path, required: true, schema: { type: string } }
  schemas:
    Pet: { type: object, properties: { age: { type: integer } } }
"##;

    /// Checks the kind of a call and the reason.
    #[track_caller]
    fn check(path: &str, outcome: Value, kind: &str, why: &str) {
        let source = openapi_crate::Source { name: "pets.yaml", text: DOCUMENT };
        let validator = ResponseValidator::of(source, &openapi_crate::Config::default()).unwrap();
        let mut call = json!({ "id": "get", "method": "GET", "path": path, "mediaType": "" });
        if let (Value::Object(call), Value::Object(outcome)) = (&mut call, outcome) {
            call.extend(outcome);
        }
        let outcomes = Outcomes::of(&call.to_string(), &validator).unwrap();
        let all: Vec<_> = (outcomes.issues.iter())
            .flat_map(|(kind, issues)| issues.iter().map(|issue| (kind.name(), issue.why.as_str())))
            .collect();
        assert_eq!(all, [(kind, why)]);
    }

    #[test]
    fn client_failures_are_failures() {
        check("/pet", json!({ "outcome": "no arguments", "message": "no value" }), "not called", "no value");
        check("/pet", json!({ "outcome": "not sent", "message": "no value" }), "not sent", "no value");
        let violation = |location: Value| json!([{ "location": location, "message": "must be integer" }]);
        let body = json!({ "validation": violation(json!(["query", "limit"])) });
        let refused = json!({ "outcome": "refused", "status": 422, "body": body });
        check("/pet", refused, "invalid request", "query.limit: must be integer");
        // A documented error, with the violations that the server reports along with it.
        let beside = violation(json!(["request", "query", "limit"]));
        let refused = json!({ "outcome": "refused", "status": 400, "body": {}, "violations": beside });
        check("/pet", refused, "invalid request", "query.limit: must be integer");
        let refused = json!({ "outcome": "refused", "message": "500", "body": { "detail": "no" } });
        check("/pet", refused, "error response", "500: no");
        let answer = json!({ "outcome": "not decoded", "status": 200, "at": "$.age", "message": "no", "body": { "age": 1 } });
        check("/pet", answer, "not decoded", "at $.age: no");
    }

    #[test]
    fn server_failures_are_excused() {
        let body = json!({ "type": "errors#SCHEMA_TOO_COMPLEX" });
        let refused = json!({ "outcome": "refused", "message": "500", "body": body });
        check("/pet", refused, "unsupported by server", "500");
        check("/pets/{id}", json!({ "outcome": "refused", "message": "404" }), "only error responses", "404");

        let mut answer = json!({ "outcome": "not decoded", "status": 200, "at": "$.age", "message": "no", "body": { "age": "x" } });
        check(
            "/pet",
            answer.clone(),
            "invalid response",
            "at $.age: no\nbut the response is invalid: /age: \"x\" is not of type \"integer\"",
        );
        answer["body"] = json!({});
        answer["violations"] =
            json!([{ "location": ["response", "body", "age"], "message": "must be integer" }]);
        check(
            "/pet",
            answer,
            "invalid response",
            "at $.age: no\nbut the response is invalid: body.age: must be integer",
        );
    }

    #[test]
    fn requests_that_cannot_be_valid_are_excused() {
        let body =
            json!({ "validation": [{ "location": ["body", "pet"], "message": "must match exactly one" }] });
        let refused = json!({ "outcome": "refused", "status": 422, "body": body, "ambiguous": ["/components/schemas/Pet"] });
        let why = "body.pet: must match exactly one\nbut every value matches several alternatives of /components/schemas/Pet";
        check("/pet", refused, "no valid request", why);

        let source = openapi_crate::Source { name: "pets.yaml", text: DOCUMENT };
        let validator = ResponseValidator::of(source, &openapi_crate::Config::default()).unwrap();
        let call = json!({ "outcome": "decoded", "method": "GET", "path": "/pet", "omitted": ["since"] });
        let outcomes = Outcomes::of(&call.to_string(), &validator).unwrap();
        assert!(outcomes.is_successful());
        assert!(
            outcomes.text().contains("GET /pet\n    the document allows no value for `since`"),
            "{}",
            outcomes.text()
        );
    }

    #[test]
    fn values_that_the_server_misreads_are_excused() {
        let refused = |location: Value, message: &str| {
            let validation = json!([{ "location": location, "message": message }]);
            json!({ "outcome": "refused", "status": 422, "body": { "validation": validation },
                "inText": ["body.tags", "body.kind"] })
        };
        let problem = "is a nested value in a form or query, which the server does not read";
        let violation = "Request body property tags must be array,null";
        let why = format!("body.tags: {violation}\nbut body.tags {problem}");
        check("/pet", refused(json!(["body", "tags"]), violation), "unsupported by server", &why);
        let violation = "Request body must have required property 'kind'";
        let why = format!("body: {violation}\nbut body.kind {problem}");
        check("/pet", refused(json!(["body"]), violation), "unsupported by server", &why);
        // Any other violation shows that the server has read the value.
        check(
            "/pet",
            refused(json!(["body", "tags"]), "must be integer"),
            "invalid request",
            "body.tags: must be integer",
        );
        let violation = "Request body must have required property 'name'";
        check("/pet", refused(json!(["body"]), violation), "invalid request", &format!("body: {violation}"));
    }

    #[test]
    fn a_protocol_switch_is_not_a_success() {
        check("/feed", json!({ "outcome": "refused", "message": "406" }), "only error responses", "406");
    }

    #[test]
    fn ambiguous_paths_are_excused() {
        let refused = |name: &str| {
            let violation = json!([{ "location": ["path", name], "message": "must be integer" }]);
            json!({ "outcome": "refused", "status": 422, "body": { "validation": violation } })
        };
        let why = "path.id: must be integer\nbut the request also matches /pets/{id}";
        check("/pets/{name}", refused("id"), "ambiguous path", why);
        check("/pets/{name}", refused("name"), "invalid request", "path.name: must be integer");
        check("/pet", refused("id"), "invalid request", "path.id: must be integer");
    }

    #[test]
    fn succeeds_if_there_are_calls_and_no_failures() {
        let source = openapi_crate::Source { name: "pets.yaml", text: DOCUMENT };
        let validator = ResponseValidator::of(source, &openapi_crate::Config::default()).unwrap();
        let is_successful = |output: &str| Outcomes::of(output, &validator).unwrap().is_successful();
        assert!(is_successful(r#"{"outcome":"decoded"}"#));
        assert!(!is_successful("{\"outcome\":\"decoded\"}\n{\"outcome\":\"not sent\"}"));
        assert!(!is_successful(""));
    }
}
