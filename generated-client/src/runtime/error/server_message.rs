// @generated from the OpenAPI document. Change the document, and generate again.

//! The code and the message in the body of an error response.
//!
//! They are found by the names that most APIs use, independently of the document.

use serde::de::DeserializeOwned;
use serde_json::value::RawValue;

use super::super::net::secrets::Secrets;
use super::super::wire::{from_slice, parts, without_byte_order_mark};
use super::node::Node;
use super::problems::Problems;

/// The properties with the headline of an error, best first.
const HEADLINES: [&str; 11] = [
    "message",
    "error",
    "error_description",
    "detail",
    "exception_message",
    "error_message",
    "errorMessage",
    "title",
    "msg",
    "reason",
    "description",
];

/// The properties with further problems if they are lists or objects.
const CONTAINERS: [&str; 12] = [
    "detail",
    "errors",
    "error",
    "message",
    "msg",
    "exception_message",
    "exception_detail",
    "error_description",
    "validation_errors",
    "non_field_errors",
    "invalid_params",
    "invalid-params",
];

/// The properties that most APIs have in the body of an error.
#[derive(Clone, Debug, Default)]
pub(super) struct ServerMessage {
    pub(super) code: Option<String>,
    pub(super) message: Option<String>,
}

impl ServerMessage {
    /// Reads a body and hides secrets. The result is empty if the body is not JSON.
    pub(super) fn read(body: &[u8], secrets: &Secrets) -> Self {
        let body = Node::read(body, is_essential);
        let redact = |text: &str| secrets.redact(text).into_owned();
        Self { code: code(&body).map(redact), message: message(&body, redact) }
    }
}

/// Returns true for the properties that can hold the code or a part of the message.
fn is_essential(name: &str) -> bool {
    HEADLINES.iter().chain(&CONTAINERS).chain(&["code"]).any(|known| known.eq_ignore_ascii_case(name))
}

/// Returns the error code for programs.
fn code(body: &Node) -> Option<&str> {
    let error = body.get("error");
    // The code of OAuth 2 is a text (RFC 6749, section 5.2).
    let of_error = || error?.get("code").or(error)?.text();
    body.get("code").and_then(Node::text).or_else(of_error)
}

/// Returns the headline, followed by the problems that the server lists.
fn message(body: &Node, redact: impl Fn(&str) -> String) -> Option<String> {
    let headline = headline(body);
    let mut problems = Problems::except(headline);
    match body {
        Node::Object(_) => CONTAINERS.iter().filter_map(|name| body.get(name)).for_each(|node| {
            if matches!(node, Node::List(..) | Node::Object(_)) {
                problems.collect(node, "");
            }
        }),
        other => problems.collect(other, ""),
    }
    // Some frameworks respond with nothing but an object of fields, each with a list of messages.
    let has_only_messages = || body.properties().iter().all(|(_, messages)| is_list_of_texts(messages));
    if headline.is_none() && problems.is_empty() && has_only_messages() {
        problems.collect(body, "");
    }
    let problems = problems.join(&redact);
    match (headline.map(redact), problems) {
        (Some(headline), Some(problems)) => {
            Some(format!("{}: {problems}", headline.trim_end_matches(['.', ':', ' '])))
        }
        (headline, problems) => headline.or(problems),
    }
}

fn is_list_of_texts(node: &Node) -> bool {
    let Node::List(items, _) = node else { return false };
    !items.is_empty() && items.iter().all(|item| matches!(item, Node::Text(_)))
}

/// Returns the text that says what failed as a whole.
fn headline(body: &Node) -> Option<&str> {
    let of = |name: &&str| match (*name, body.get(name)?) {
        // A text is only a code, and used if nothing else describes the error.
        ("error", error) => error.get("message").or_else(|| error.get("detail"))?.text(),
        (_, node) => node.text(),
    };
    let texts = HEADLINES.iter().filter_map(of).map(str::trim);
    let found = texts.into_iter().find(|text| !text.is_empty());
    found.or_else(|| body.get("error")?.text().filter(|text| !text.is_empty()))
}

/// Decodes the error details in a body, if they match `T`.
pub(super) fn details<T: DeserializeOwned>(body: &[u8]) -> Option<T> {
    let body: &RawValue = serde_json::from_slice(without_byte_order_mark(body)).ok()?;
    let at = |path: &[&str]| {
        let found = path.iter().try_fold(body.get(), |json, name| parts::property(json, name))?;
        from_slice(found.as_bytes()).ok()
    };
    at(&["details"]).or_else(|| at(&["error", "details"])).or_else(|| at(&["errors"]))
}
