//! The problems that an error response lists: which part of the request, and what is wrong with it.

use super::node::Node;

/// The number of problems that a message lists.
const MAX_PROBLEMS: usize = 8;
/// The number of characters of a problem in a message.
const MAX_LENGTH: usize = 300;

/// The properties with the text of a problem, best first.
const TEXTS: [&str; 10] = [
    "msg",
    "message",
    "detail",
    "error_description",
    "exception_message",
    "description",
    "reason",
    "title",
    "error",
    "code",
];

/// The properties with further problems.
const CONTAINERS: [&str; 6] = ["errors", "error", "detail", "details", "message", "validation_errors"];

/// The properties that say which part of the request has a problem, best first.
const LOCATIONS: [&str; 10] =
    ["loc", "source", "pointer", "field", "attr", "property", "propertyName", "parameter", "param", "path"];

/// The problems that were found so far.
pub(super) struct Problems<'a> {
    /// The text that is shown anyway.
    headline: Option<&'a str>,
    /// The location and the text of each problem.
    found: Vec<(String, &'a str)>,
    /// The number of further problems.
    left_out: usize,
}

impl<'a> Problems<'a> {
    /// Creates an empty list. A problem that only repeats the headline is not added.
    pub(super) fn except(headline: Option<&'a str>) -> Self {
        Self { headline, found: Vec::new(), left_out: 0 }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// Adds the problems in a value that describes a part of the request.
    pub(super) fn collect(&mut self, node: &'a Node, location: &str) {
        match node {
            Node::Text(text) => self.add(location, text),
            Node::List(items, left_out) => {
                items.iter().for_each(|item| self.collect(item, location));
                self.left_out += left_out;
            }
            Node::Object(properties) if is_field_map(node) => {
                properties.iter().for_each(|(name, value)| self.collect(value, &join(location, name)));
            }
            Node::Object(properties) => self.collect_object(node, properties, location),
            Node::Number(_) | Node::Other => {}
        }
    }

    fn collect_object(&mut self, node: &'a Node, properties: &'a [(String, Node)], location: &str) {
        let texts = TEXTS.iter().filter_map(|name| node.get(name)?.text());
        let text = texts.into_iter().find(|text| !text.trim().is_empty());
        let inner: Vec<&Node> = CONTAINERS.iter().filter_map(|name| node.get(name)).collect();
        let inner = inner.iter().filter(|node| matches!(node, Node::List(..) | Node::Object(_)));
        let location = join(location, &own_location(node, text.is_some()));
        let before = self.found.len();
        text.into_iter().for_each(|text| self.add(&location, text));
        inner.for_each(|inner| self.collect(inner, &location));
        if text.is_none() && self.found.len() == before {
            // Names of fields, each with a text.
            properties.iter().for_each(|(name, value)| self.collect(value, &join(&location, name)));
        }
    }

    fn add(&mut self, location: &str, text: &'a str) {
        let text = text.trim();
        let is_repeated = (location.is_empty() && self.headline == Some(text))
            || self.found.iter().any(|(known, of)| known == location && *of == text);
        if text.is_empty() || is_repeated {
            return;
        }
        if self.found.len() == MAX_PROBLEMS {
            self.left_out += 1;
        } else {
            self.found.push((location.to_owned(), text));
        }
    }

    /// Joins the problems, or returns `None` if there are none. Each is redacted before it is cut, because a part
    /// of a secret cannot be recognized.
    pub(super) fn join(self, redact: impl Fn(&str) -> String) -> Option<String> {
        let problem = |(location, text): &(String, &str)| {
            let text =
                if location.is_empty() { redact(text) } else { redact(&format!("{location}: {text}")) };
            match text.char_indices().nth(MAX_LENGTH) {
                Some((end, _)) => format!("{}...", &text[..end]),
                None => text,
            }
        };
        let problems: Vec<String> = self.found.iter().map(problem).collect();
        let more = if self.left_out > 0 { format!(" (and {} more)", self.left_out) } else { String::new() };
        (!problems.is_empty()).then(|| format!("{}{more}", problems.join("; ")))
    }
}

/// Returns true for an object of fields that has a list of problems for each.
fn is_field_map(node: &Node) -> bool {
    let properties = node.properties();
    !properties.is_empty() && properties.iter().all(|(_, value)| matches!(value, Node::List(..)))
}

/// Returns the part of the request that an object describes: `body.name`. Empty if the object does not say.
fn own_location(node: &Node, has_text: bool) -> String {
    let of_name = || node.get("name").filter(|_| has_text);
    let found = LOCATIONS.iter().find_map(|name| node.get(name)).or_else(of_name);
    found.map(location).unwrap_or_default()
}

fn location(node: &Node) -> String {
    match node {
        Node::Text(text) | Node::Number(text) => {
            match text.strip_prefix('#').unwrap_or(text).strip_prefix('/') {
                // A JSON pointer (RFC 6901).
                Some(pointer) => pointer.replace('/', ".").replace("~1", "/").replace("~0", "~"),
                None => text.clone(),
            }
        }
        Node::List(steps, _) => steps.iter().filter_map(Node::text).collect::<Vec<_>>().join("."),
        // The source of an error of JSON:API.
        Node::Object(_) => ["pointer", "parameter", "header"]
            .iter()
            .find_map(|name| node.get(name))
            .map(location)
            .unwrap_or_default(),
        Node::Other => String::new(),
    }
}

fn join(location: &str, inner: &str) -> String {
    match (location, inner) {
        ("", only) | (only, "") => only.to_owned(),
        _ => format!("{location}.{inner}"),
    }
}
