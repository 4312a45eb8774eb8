//! What came of the calls.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use serde_json::{Value, json};

/// How many calls of a kind are shown.
const SHOWN: usize = 20;

/// What came of every call.
#[derive(Debug, Default)]
pub(super) struct Outcomes {
    /// The operations that were called.
    operations: BTreeSet<String>,
    calls: usize,
    decoded: usize,
    /// Calls for which the server has no answer, because the document's schema is beyond it.
    unanswered: Vec<Failure>,
    /// Calls with an answer whose text the server invented where something else travels as text.
    invented: Vec<Failure>,
    /// What went wrong, by kind.
    failures: BTreeMap<Kind, Vec<Failure>>,
}

/// How a call went wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
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
            Self::NotCalled => "not called",
            Self::NotSent => "not sent",
            Self::Rejected => "rejected",
            Self::Refused => "refused",
            Self::NotDecoded => "not decoded",
        }
    }
}

/// A call that went wrong.
#[derive(Clone, Debug, PartialEq)]
struct Failure {
    /// `GET /pets (listPets)`
    operation: String,
    why: String,
}

impl Outcomes {
    /// Reads what the program said: a JSON object a line.
    pub(super) fn of(said: &str) -> Result<Self, String> {
        let mut outcomes = Self::default();
        for line in said.lines() {
            let call: Value = serde_json::from_str(line)
                .map_err(|error| format!("the program says what is no JSON: {error}: {line}"))?;
            outcomes.add(&call);
        }
        Ok(outcomes)
    }

    fn add(&mut self, call: &Value) {
        let text = |key: &str| call[key].as_str().unwrap_or_default();
        let operation = format!("{} {}", text("method"), text("path"));
        self.operations.insert(operation.clone());
        self.calls += 1;
        let kind = match text("outcome") {
            "decoded" => {
                self.decoded += 1;
                return;
            }
            "no arguments" => Kind::NotCalled,
            "not sent" => Kind::NotSent,
            "not decoded" => Kind::NotDecoded,
            _ if violations(call).is_some() => Kind::Rejected,
            _ => Kind::Refused,
        };
        let why = match kind {
            Kind::NotDecoded => format!("at {}: {}", text("at"), text("message")),
            _ => violations(call).unwrap_or_else(|| match call["body"]["detail"].as_str() {
                Some(detail) => format!("{}: {detail}", text("message")),
                None => text("message").to_owned(),
            }),
        };
        let media_type = text("mediaType");
        let with = if media_type.is_empty() { String::new() } else { format!(", {media_type}") };
        let failure = Failure { operation: format!("{operation} ({}{with})", text("id")), why };
        if kind == Kind::NotDecoded && is_invented(call) {
            self.invented.push(failure);
        } else if kind == Kind::Refused && is_unanswered(call) {
            self.unanswered.push(failure);
        } else {
            self.failures.entry(kind).or_default().push(failure);
        }
    }

    /// Whether every request was accepted and every answer decoded that the server did not make up.
    pub(super) fn is_well(&self) -> bool {
        self.calls > 0 && self.failures.is_empty()
    }

    pub(super) fn json(&self) -> Value {
        let list = |failures: &[Failure]| -> Value {
            failures.iter().map(|one| json!({ "operation": one.operation, "why": one.why })).collect()
        };
        let failures: BTreeMap<&str, Value> =
            self.failures.iter().map(|(kind, failures)| (kind.name(), list(failures))).collect();
        json!({
            "operations": self.operations.len(),
            "calls": self.calls,
            "decoded": self.decoded,
            "unanswered": list(&self.unanswered),
            "invented": list(&self.invented),
            "failures": failures,
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
        row("answers invented", self.invented.len());
        row("no answer", self.unanswered.len());
        for (kind, failures) in &self.failures {
            row(kind.name(), failures.len());
        }
        for (kind, failures) in &self.failures {
            let _ = writeln!(text, "\n{}:", kind.name());
            for (why, operations) in by_reason(failures) {
                let first = operations.first().copied().unwrap_or_default();
                let more = if operations.len() > 1 {
                    format!(" and {} more", operations.len() - 1)
                } else {
                    String::new()
                };
                let _ = writeln!(text, "  {first}{more}\n    {}", why.replace('\n', "\n    "));
            }
        }
        text
    }
}

/// The most frequent reasons, with the operations that each is about.
fn by_reason(failures: &[Failure]) -> Vec<(&str, Vec<&str>)> {
    let mut reasons: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for failure in failures {
        reasons.entry(&failure.why).or_default().push(&failure.operation);
    }
    let mut reasons: Vec<_> = reasons.into_iter().collect();
    reasons.sort_by_key(|(_, operations)| std::cmp::Reverse(operations.len()));
    reasons.truncate(SHOWN);
    reasons
}

/// What the document does not allow about a request, if that is what the server says.
fn violations(call: &Value) -> Option<String> {
    let body = &call["body"];
    let violations = body.get("validation")?.as_array()?;
    let lines: Vec<String> = violations
        .iter()
        .map(|violation| {
            let place: Vec<String> = violation["location"]
                .as_array()
                .into_iter()
                .flatten()
                .map(|step| step.as_str().map_or_else(|| step.to_string(), str::to_owned))
                .collect();
            format!("{}: {}", place.join("."), violation["message"].as_str().unwrap_or_default())
        })
        .collect();
    Some(lines.join("\n"))
}

/// Whether the server took the request, and cannot make an answer that the document allows.
fn is_unanswered(call: &Value) -> bool {
    call["body"]["type"].as_str().is_some_and(|ty| ty.ends_with("#SCHEMA_TOO_COMPLEX"))
}

/// Whether an answer does not decode because the server put some text where a number or a span of time travels as text.
fn is_invented(call: &Value) -> bool {
    let path = call["at"].as_str().unwrap_or_default();
    let is_text =
        at(&call["body"], path).and_then(Value::as_str).is_some_and(|text| text.parse::<f64>().is_err());
    let message = call["message"].as_str().unwrap_or_default();
    is_text && ["integer", "seconds", "duration", "number"].iter().any(|word| message.contains(word))
}

/// What stands at a path of JSON: `$.pets[0].name`.
fn at<'v>(value: &'v Value, path: &str) -> Option<&'v Value> {
    let mut value = value;
    let mut rest = path.strip_prefix('$')?;
    while !rest.is_empty() {
        if let Some(after) = rest.strip_prefix("[\"") {
            let (name, after) = after.split_once("\"]")?;
            (value, rest) = (value.get(name)?, after);
        } else if let Some(after) = rest.strip_prefix('[') {
            let (index, after) = after.split_once(']')?;
            (value, rest) = (value.get(index.parse::<usize>().ok()?)?, after);
        } else {
            let after = rest.strip_prefix('.')?;
            let end = after.find(['.', '[']).unwrap_or(after.len());
            (value, rest) = (value.get(&after[..end])?, &after[end..]);
        }
    }
    Some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A call with what came of it.
    fn call(outcome: Value) -> Value {
        let mut call = json!({ "id": "getPet", "method": "GET", "path": "/pet", "mediaType": "" });
        if let (Value::Object(call), Value::Object(outcome)) = (&mut call, outcome) {
            call.extend(outcome);
        }
        call
    }

    #[track_caller]
    fn check(outcome: Value, is_well: bool, expected: Value) {
        let outcomes = Outcomes::of(&call(outcome).to_string()).unwrap();
        assert_eq!(outcomes.is_well(), is_well);
        let json = outcomes.json();
        let counts = [
            json["decoded"].clone(),
            json["invented"].as_array().map(Vec::len).into(),
            json["unanswered"].as_array().map(Vec::len).into(),
            json["failures"].clone(),
        ];
        assert_eq!(Value::from(counts.to_vec()), expected);
    }

    #[test]
    fn calls_are_told_apart_by_what_came_of_them() {
        check(json!({ "outcome": "decoded" }), true, json!([1, 0, 0, {}]));
        let failure =
            |kind: &str, why: &str| json!({ (kind): [{ "operation": "GET /pet (getPet)", "why": why }] });
        check(
            json!({ "outcome": "no arguments", "message": "no value" }),
            false,
            json!([0, 0, 0, failure("not called", "no value")]),
        );
        check(
            json!({ "outcome": "refused", "status": 422, "body": { "validation": [
                { "location": ["query", "limit"], "message": "must be integer" },
            ] } }),
            false,
            json!([0, 0, 0, failure("rejected", "query.limit: must be integer")]),
        );
        check(
            json!({ "outcome": "refused", "message": "500", "body": { "detail": "no" } }),
            false,
            json!([0, 0, 0, failure("refused", "500: no")]),
        );
        check(
            json!({ "outcome": "refused", "body": { "type": "errors#SCHEMA_TOO_COMPLEX" } }),
            true,
            json!([0, 0, 1, {}]),
        );
    }

    #[test]
    fn text_that_the_server_invented_is_no_failure() {
        let wrong = |value: Value, message: &str| json!({ "outcome": "not decoded", "at": "$.a[0].b", "message": message, "body": { "a": [{ "b": value }] } });
        check(wrong(json!("string"), "expected an integer"), true, json!([0, 1, 0, {}]));
        for (value, message) in [
            (json!("7"), "expected an integer"),
            (json!(["string"]), "expected an integer"),
            (json!("string"), "expected a bool"),
        ] {
            let outcomes = Outcomes::of(&call(wrong(value, message)).to_string()).unwrap();
            assert!(!outcomes.is_well(), "{message}");
        }
    }

    #[test]
    fn nothing_called_is_not_well() {
        assert!(!Outcomes::of("").unwrap().is_well());
    }
}
