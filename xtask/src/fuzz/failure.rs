//! A failure of the generator, and the cause by which failures are counted.

use serde_json::{Value, json};

/// A failure of the generator for one document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Failure {
    /// The kind of failure, such as `panic`.
    pub(super) kind: String,
    /// One line without words of the document. Failures with the same cause are reported once.
    pub(super) cause: String,
    /// The whole message.
    pub(super) detail: String,
}

impl Failure {
    pub(super) fn new(kind: &str, cause: impl Into<String>, detail: impl Into<String>) -> Self {
        Self { kind: kind.to_owned(), cause: cause.into(), detail: detail.into() }
    }

    /// Reads the value that [`json`](Self::json) returns.
    pub(super) fn read(value: &Value) -> Option<Self> {
        let text = |key: &str| value.get(key).and_then(Value::as_str);
        Some(Self::new(text("kind")?, text("cause")?, text("detail")?))
    }

    pub(super) fn json(&self) -> Value {
        json!({ "kind": self.kind, "cause": self.cause, "detail": self.detail })
    }
}

/// The longest text that is part of a cause.
const LONGEST: usize = 100;

/// Words that stay readable in a cause, because they say what kind of line it is.
const KEYWORDS: &[&str] = &[
    "pub",
    "fn",
    "struct",
    "enum",
    "impl",
    "for",
    "mod",
    "use",
    "type",
    "const",
    "let",
    "match",
    "async",
    "crate",
    "self",
    "super",
    "as",
    "Option",
    "Vec",
    "Box",
    "expected",
    "is",
    "not",
    "written",
    "twice",
    "the",
    "a",
    "index",
    "out",
    "of",
    "bounds",
    "unwrap",
    "None",
    "generated",
    "code",
    "valid",
    "Rust",
    "features",
    "wire",
];

/// Sequences of words that count as one word.
const SEQUENCES: [(&str, &str); 9] = [
    ("__", "_"),
    ("  ", " "),
    ("_ _", "_"),
    ("_, _", "_"),
    ("_/_", "_"),
    ("_-_", "_"),
    ("_._", "_"),
    ("_::_", "_"),
    ("`_`, `_`", "`_`"),
];

/// Returns a line in which every word of the document is `_`.
pub(super) fn masked(text: &str) -> String {
    let line = text.lines().next().unwrap_or_default();
    let mut masked = String::new();
    let mut word = String::new();
    for character in line.chars().chain([' ']) {
        if character.is_alphanumeric() || character == '_' {
            word.push(character);
            continue;
        }
        if !word.is_empty() {
            masked.push_str(if KEYWORDS.contains(&word.as_str()) { &word } else { "_" });
            word.clear();
        }
        masked.push(character);
    }
    for (several, one) in SEQUENCES {
        while masked.contains(several) {
            masked = masked.replace(several, one);
        }
    }
    masked.trim().chars().take(LONGEST).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn causes_have_no_words_of_the_document() {
        assert_eq!(masked("    pub pet_name: Option<Pet2>,"), "pub _: Option<_>,");
        assert_eq!(masked("`src/types/pet.rs` is written twice\nmore"), "`_` is written twice");
    }
}
