//! What came of the calls.
//!
//! Not all that goes wrong is the client's fault: a document may contradict itself, and the server may make up what the
//! document does not allow. Such calls are counted apart, each for a reason that the document shows or the server gives.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use codegen::Answers;
use serde_json::{Value, json};

/// How many reasons of a kind are shown.
const SHOWN: usize = 20;

/// What came of every call.
#[derive(Debug, Default)]
pub(super) struct Outcomes {
    /// The operations that were called.
    operations: BTreeSet<String>,
    calls: usize,
    decoded: usize,
    /// What has been left out of calls.
    omitted: Vec<Other>,
    /// What else came of calls, by kind.
    others: BTreeMap<Kind, Vec<Other>>,
}

/// What came of a call, other than an answer that was decoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    /// The server has no answer, because the document's schema is beyond it.
    NoAnswer,
    /// The answer does not decode, and is none that the document allows.
    NotAllowed,
    /// The document has errors for this operation and nothing else, and one of them came.
    ErrorsOnly,
    /// The request has been judged by another operation, whose path looks the same.
    LookAlike,
    /// The document allows no request: every value fits several alternatives of a `oneOf`, and one alone is to fit.
    NoRequest,
    /// There are no arguments to call it with.
    NotCalled,
    /// The client refused the request, or it did not get there.
    NotSent,
    /// The request is not what the document allows.
    Rejected,
    /// The server answered with an error of another kind.
    Refused,
    /// The answer does not decode.
    NotDecoded,
}

impl Kind {
    fn name(self) -> &'static str {
        match self {
            Self::NoAnswer => "beyond the server",
            Self::NotAllowed => "answer not allowed",
            Self::ErrorsOnly => "errors only",
            Self::LookAlike => "ambiguous path",
            Self::NoRequest => "no request allowed",
            Self::NotCalled => "not called",
            Self::NotSent => "not sent",
            Self::Rejected => "rejected",
            Self::Refused => "refused",
            Self::NotDecoded => "not decoded",
        }
    }

    /// Whether it is for the client to answer for.
    fn is_failure(self) -> bool {
        let is_excused = matches!(
            self,
            Self::NoAnswer | Self::NotAllowed | Self::ErrorsOnly | Self::LookAlike | Self::NoRequest
        );
        !is_excused
    }
}

/// A call that did not end in an answer that was decoded.
#[derive(Clone, Debug, PartialEq)]
struct Other {
    /// `GET /pets (listPets)`
    operation: String,
    why: String,
}

impl Outcomes {
    /// Reads what the program said: a JSON object a line.
    pub(super) fn of(said: &str, answers: &Answers) -> Result<Self, String> {
        let mut outcomes = Self::default();
        for line in said.lines() {
            let call: Value = serde_json::from_str(line)
                .map_err(|error| format!("the program says what is no JSON: {error}: {line}"))?;
            outcomes.add(&call, answers);
        }
        Ok(outcomes)
    }

    fn add(&mut self, call: &Value, answers: &Answers) {
        let text = |key: &str| call[key].as_str().unwrap_or_default();
        let operation = format!("{} {}", text("method"), text("path"));
        self.operations.insert(operation.clone());
        self.calls += 1;
        for name in texts(call, "omitted") {
            let why = format!("the document allows no value for `{name}`");
            self.omitted.push(Other { operation: operation.clone(), why });
        }
        let (kind, why) = match text("outcome") {
            "decoded" => {
                self.decoded += 1;
                return;
            }
            "no arguments" => (Kind::NotCalled, text("message").to_owned()),
            "not sent" => (Kind::NotSent, text("message").to_owned()),
            "not decoded" => not_decoded(call, answers),
            _ => refused(call, answers),
        };
        let media_type = text("mediaType");
        let with = if media_type.is_empty() { String::new() } else { format!(", {media_type}") };
        let other = Other { operation: format!("{operation} ({}{with})", text("id")), why };
        self.others.entry(kind).or_default().push(other);
    }

    /// Whether every request was accepted, and every answer decoded, as far as document and server allow.
    pub(super) fn is_well(&self) -> bool {
        self.calls > 0 && !self.others.keys().any(|kind| kind.is_failure())
    }

    pub(super) fn json(&self) -> Value {
        let list = |others: &[Other]| -> Value {
            others.iter().map(|one| json!({ "operation": one.operation, "why": one.why })).collect()
        };
        let those = |is_failure: bool| -> BTreeMap<&str, Value> {
            let kinds = self.others.iter().filter(|(kind, _)| kind.is_failure() == is_failure);
            kinds.map(|(kind, others)| (kind.name(), list(others))).collect()
        };
        json!({
            "operations": self.operations.len(),
            "calls": self.calls,
            "decoded": self.decoded,
            "leftOut": list(&self.omitted),
            "excused": those(false),
            "failures": those(true),
        })
    }

    pub(super) fn text(&self) -> String {
        let mut text = String::new();
        let mut row = |name: &str, count: usize| {
            let _ = writeln!(text, "{name:<24}{count:>6}");
        };
        row("operations", self.operations.len());
        row("calls", self.calls);
        row("answers decoded", self.decoded);
        for (kind, others) in &self.others {
            row(kind.name(), others.len());
        }
        for (kind, others) in &self.others {
            let whose = if kind.is_failure() { "" } else { " (no failure)" };
            list(&mut text, &format!("{}{whose}", kind.name()), others);
        }
        list(&mut text, "left out (no failure)", &self.omitted);
        text
    }
}

/// Appends a heading, and what is under it by reason.
fn list(text: &mut String, heading: &str, others: &[Other]) {
    if others.is_empty() {
        return;
    }
    let _ = writeln!(text, "\n{heading}:");
    for (why, operations) in by_reason(others) {
        let first = operations.first().copied().unwrap_or_default();
        let more = match operations.len() {
            0 | 1 => String::new(),
            several => format!(" and {} more", several - 1),
        };
        let _ = writeln!(text, "  {first}{more}\n    {}", why.replace('\n', "\n    "));
    }
}

/// Whose fault it is that an answer does not decode: the server's, where it says so itself or the document does.
fn not_decoded(call: &Value, answers: &Answers) -> (Kind, String) {
    let text = |key: &str| call[key].as_str().unwrap_or_default();
    let failure = format!("at {}: {}", text("at"), text("message"));
    let status = call["status"].as_u64().and_then(|status| u16::try_from(status).ok());
    let violation = violations(call, "response")
        .or_else(|| answers.violation(text("method"), text("path"), status?, &call["body"]));
    match violation {
        Some(violation) => (Kind::NotAllowed, format!("{failure}\nbut {violation}")),
        None => (Kind::NotDecoded, failure),
    }
}

/// What a refusal is about.
fn refused(call: &Value, answers: &Answers) -> (Kind, String) {
    let text = |key: &str| call[key].as_str().unwrap_or_default();
    let (method, path) = (text("method"), text("path"));
    if let Some(why) = violations(call, "request") {
        if let Some(unread) = unread(&why, &texts(call, "inText")) {
            let problem = "is JSON where there is text only, or beside the properties of a form, and the server does not read that";
            return (Kind::NoAnswer, format!("{why}\nbut {unread} {problem}"));
        }
        let ambiguous = texts(call, "ambiguous");
        if !ambiguous.is_empty() {
            let places = ambiguous.join(" and ");
            return (
                Kind::NoRequest,
                format!("{why}\nbut every value fits several alternatives of {places}"),
            );
        }
        let others = answers.look_alikes(method, path);
        if others.is_empty() || !is_about_another_path(&why, path) {
            return (Kind::Rejected, why);
        }
        return (Kind::LookAlike, format!("{why}\nbut this is a request for {} too", others.join(", ")));
    }
    let why = match call["body"]["detail"].as_str() {
        Some(detail) => format!("{}: {detail}", text("message")),
        None => text("message").to_owned(),
    };
    if is_beyond_server(call) {
        (Kind::NoAnswer, why)
    } else if answers.has_success(method, path) {
        (Kind::Refused, why)
    } else {
        (Kind::ErrorsOnly, why)
    }
}

/// The most frequent reasons, with the operations that each is about.
fn by_reason(others: &[Other]) -> Vec<(&str, Vec<&str>)> {
    let mut reasons: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for other in others {
        reasons.entry(&other.why).or_default().push(&other.operation);
    }
    let mut reasons: Vec<_> = reasons.into_iter().collect();
    reasons.sort_by_key(|(_, operations)| std::cmp::Reverse(operations.len()));
    reasons.truncate(SHOWN);
    reasons
}

/// What the server says that the document does not allow about the request, or the response: in the body of its own error,
/// or beside an answer of the document's.
fn violations(call: &Value, whose: &str) -> Option<String> {
    let of_request = call["body"].get("validation").filter(|_| whose == "request");
    let lists = [of_request.unwrap_or(&Value::Null), &call["violations"]];
    let lines: Vec<String> = (lists.into_iter().filter_map(Value::as_array).flatten())
        .filter_map(|violation| {
            let steps = violation["location"].as_array().into_iter().flatten();
            let steps = steps.map(|step| step.as_str().map_or_else(|| step.to_string(), str::to_owned));
            let mut place: Vec<String> = steps.collect();
            match place.first().map(String::as_str) {
                Some("request" | "response") if place[0] != whose => return None,
                Some("request" | "response") => drop(place.remove(0)),
                _ => {}
            }
            Some(format!("{}: {}", place.join("."), violation["message"].as_str().unwrap_or_default()))
        })
        .collect();
    if lines.is_empty() { None } else { Some(lines.join("\n")) }
}

/// The texts of a list that the program has said.
fn texts<'a>(call: &'a Value, key: &str) -> Vec<&'a str> {
    call[key].as_array().into_iter().flatten().filter_map(Value::as_str).collect()
}

/// What the server has taken for text or has not seen, of what travels as JSON or is no property: the first of these
/// places that complaints are about.
fn unread<'a>(complaints: &str, places: &[&'a str]) -> Option<&'a str> {
    let is_taken_for_text = |complaint: &str, place: &str| {
        let rest = complaint.strip_prefix(place).filter(|rest| rest.starts_with([':', '.']));
        rest.is_some_and(|rest| rest.contains("must be object") || rest.contains("must be array"))
    };
    let is_not_seen = |complaint: &str, place: &str| {
        let missing =
            complaint.strip_prefix("body: ").and_then(|rest| rest.split("required property '").nth(1));
        missing.and_then(|name| name.strip_suffix('\'')) == place.strip_prefix("body.")
    };
    let about = |place: &&&str| {
        complaints
            .lines()
            .any(|complaint| is_taken_for_text(complaint, place) || is_not_seen(complaint, place))
    };
    places.iter().find(about).copied()
}

/// Whether complaints about a request name parameters of its path that it has not: `path.name` for `/pets/{id}`.
fn is_about_another_path(complaints: &str, path: &str) -> bool {
    let path = path.to_lowercase();
    complaints.lines().all(|complaint| {
        let name = complaint.strip_prefix("path.").and_then(|rest| rest.split(':').next());
        name.is_some_and(|name| !path.contains(&format!("{{{}}}", name.to_lowercase())))
    })
}

/// Whether the server took the request, and cannot make an answer that the document allows.
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
          description: It is there.
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

    /// What comes of a call, and why.
    #[track_caller]
    fn check(path: &str, outcome: Value, kind: &str, why: &str) {
        let source = codegen::Source { name: "pets.yaml", text: DOCUMENT };
        let answers = Answers::of(source, &codegen::Config::default()).unwrap();
        let mut call = json!({ "id": "get", "method": "GET", "path": path, "mediaType": "" });
        if let (Value::Object(call), Value::Object(outcome)) = (&mut call, outcome) {
            call.extend(outcome);
        }
        let outcomes = Outcomes::of(&call.to_string(), &answers).unwrap();
        let all: Vec<_> = (outcomes.others.iter())
            .flat_map(|(kind, others)| others.iter().map(|other| (kind.name(), other.why.as_str())))
            .collect();
        assert_eq!(all, [(kind, why)]);
    }

    #[test]
    fn what_the_client_answers_for() {
        check("/pet", json!({ "outcome": "no arguments", "message": "no value" }), "not called", "no value");
        check("/pet", json!({ "outcome": "not sent", "message": "no value" }), "not sent", "no value");
        let violation = |place: Value| json!([{ "location": place, "message": "must be integer" }]);
        let body = json!({ "validation": violation(json!(["query", "limit"])) });
        let refused = json!({ "outcome": "refused", "status": 422, "body": body });
        check("/pet", refused, "rejected", "query.limit: must be integer");
        // An error of the document's, with what the server says beside it.
        let beside = violation(json!(["request", "query", "limit"]));
        let refused = json!({ "outcome": "refused", "status": 400, "body": {}, "violations": beside });
        check("/pet", refused, "rejected", "query.limit: must be integer");
        let refused = json!({ "outcome": "refused", "message": "500", "body": { "detail": "no" } });
        check("/pet", refused, "refused", "500: no");
        let answer = json!({ "outcome": "not decoded", "status": 200, "at": "$.age", "message": "no", "body": { "age": 1 } });
        check("/pet", answer, "not decoded", "at $.age: no");
    }

    #[test]
    fn what_it_does_not_answer_for() {
        let body = json!({ "type": "errors#SCHEMA_TOO_COMPLEX" });
        let refused = json!({ "outcome": "refused", "message": "500", "body": body });
        check("/pet", refused, "beyond the server", "500");
        check("/pets/{id}", json!({ "outcome": "refused", "message": "404" }), "errors only", "404");

        let mut answer = json!({ "outcome": "not decoded", "status": 200, "at": "$.age", "message": "no", "body": { "age": "x" } });
        check(
            "/pet",
            answer.clone(),
            "answer not allowed",
            "at $.age: no\nbut /age: \"x\" is not of type \"integer\"",
        );
        answer["body"] = json!({});
        answer["violations"] =
            json!([{ "location": ["response", "body", "age"], "message": "must be integer" }]);
        check("/pet", answer, "answer not allowed", "at $.age: no\nbut body.age: must be integer");
    }

    #[test]
    fn what_the_document_allows_no_value_for() {
        let body =
            json!({ "validation": [{ "location": ["body", "pet"], "message": "must match exactly one" }] });
        let refused = json!({ "outcome": "refused", "status": 422, "body": body, "ambiguous": ["/components/schemas/Pet"] });
        let why = "body.pet: must match exactly one\nbut every value fits several alternatives of /components/schemas/Pet";
        check("/pet", refused, "no request allowed", why);

        let source = codegen::Source { name: "pets.yaml", text: DOCUMENT };
        let answers = Answers::of(source, &codegen::Config::default()).unwrap();
        let call = json!({ "outcome": "decoded", "method": "GET", "path": "/pet", "omitted": ["since"] });
        let outcomes = Outcomes::of(&call.to_string(), &answers).unwrap();
        assert!(outcomes.is_well());
        assert!(
            outcomes.text().contains("GET /pet\n    the document allows no value for `since`"),
            "{}",
            outcomes.text()
        );
    }

    #[test]
    fn what_the_server_does_not_read() {
        let refused = |place: Value, message: &str| {
            let validation = json!([{ "location": place, "message": message }]);
            json!({ "outcome": "refused", "status": 422, "body": { "validation": validation },
                "inText": ["body.tags", "body.kind"] })
        };
        let problem = "is JSON where there is text only, or beside the properties of a form, and the server does not read that";
        let complaint = "Request body property tags must be array,null";
        let why = format!("body.tags: {complaint}\nbut body.tags {problem}");
        check("/pet", refused(json!(["body", "tags"]), complaint), "beyond the server", &why);
        let complaint = "Request body must have required property 'kind'";
        let why = format!("body: {complaint}\nbut body.kind {problem}");
        check("/pet", refused(json!(["body"]), complaint), "beyond the server", &why);
        // Of anything else that is wrong with them the server has seen what it is.
        check(
            "/pet",
            refused(json!(["body", "tags"]), "must be integer"),
            "rejected",
            "body.tags: must be integer",
        );
        let complaint = "Request body must have required property 'name'";
        check("/pet", refused(json!(["body"]), complaint), "rejected", &format!("body: {complaint}"));
    }

    #[test]
    fn a_protocol_that_begins_is_no_answer() {
        check("/feed", json!({ "outcome": "refused", "message": "406" }), "errors only", "406");
    }

    #[test]
    fn paths_that_look_the_same() {
        let refused = |name: &str| {
            let violation = json!([{ "location": ["path", name], "message": "must be integer" }]);
            json!({ "outcome": "refused", "status": 422, "body": { "validation": violation } })
        };
        let why = "path.id: must be integer\nbut this is a request for /pets/{id} too";
        check("/pets/{name}", refused("id"), "ambiguous path", why);
        check("/pets/{name}", refused("name"), "rejected", "path.name: must be integer");
        check("/pet", refused("id"), "rejected", "path.id: must be integer");
    }

    #[test]
    fn what_is_decoded_is_well_and_nothing_is_not() {
        let source = codegen::Source { name: "pets.yaml", text: DOCUMENT };
        let answers = Answers::of(source, &codegen::Config::default()).unwrap();
        let is_well = |said: &str| Outcomes::of(said, &answers).unwrap().is_well();
        assert!(is_well(r#"{"outcome":"decoded"}"#));
        assert!(!is_well("{\"outcome\":\"decoded\"}\n{\"outcome\":\"not sent\"}"));
        assert!(!is_well(""));
    }
}
