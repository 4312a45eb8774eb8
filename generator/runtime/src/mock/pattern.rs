//! Patterns of strings. A crate only has the dependency `regex` if its document has patterns.

use std::collections::HashMap;
use std::sync::{LazyLock, Mutex, PoisonError};

use regex::{Regex, RegexBuilder};
use serde_json::Value;

/// The maximum size of a compiled pattern in bytes. A document can have patterns with many repetitions.
const MAX_SIZE: usize = 1 << 20;

/// The compiled patterns. Those that are too large are `None`.
static COMPILED: LazyLock<Mutex<HashMap<String, Option<Regex>>>> = LazyLock::new(Mutex::default);

/// Returns the problem of a text that the pattern of a schema does not match.
pub(super) fn violated(schema: &Value, text: &str) -> Option<String> {
    let written = schema["pattern"].as_str()?;
    (is_match(translated(schema, written), text) == Some(false))
        .then(|| format!("does not match `{written}` (`pattern`)"))
}

/// Returns true if the pattern of a schema, if it has one, is not too large.
pub(super) fn is_decided(schema: &Value, text: &str) -> bool {
    schema["pattern"].as_str().is_none_or(|written| is_match(translated(schema, written), text).is_some())
}

/// Returns the pattern in the syntax of `regex`.
fn translated<'a>(schema: &'a Value, written: &'a str) -> &'a str {
    schema["regex"].as_str().unwrap_or(written)
}

/// Returns true if a pattern matches anywhere in a text, or `None` if the pattern is too large.
fn is_match(pattern: &str, text: &str) -> Option<bool> {
    compiled(pattern).map(|regex| regex.is_match(text))
}

fn compiled(pattern: &str) -> Option<Regex> {
    let mut compiled = COMPILED.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = compiled.get(pattern) {
        return known.clone();
    }
    let regex = RegexBuilder::new(pattern).size_limit(MAX_SIZE).build().ok();
    compiled.insert(pattern.to_owned(), regex.clone());
    regex
}

#[cfg(test)]
mod tests {
    use super::is_match;

    #[test]
    fn patterns_match_anywhere_in_a_text() {
        assert_eq!(is_match("b+", "abbc"), Some(true));
        assert_eq!(is_match("^b+$", "abbc"), Some(false));
        // Twice, because the second match uses the compiled pattern.
        assert_eq!(is_match("^b+$", "abbc"), Some(false));
    }

    #[test]
    fn a_pattern_that_is_too_large_decides_nothing() {
        assert_eq!(is_match("^(a{1000}){1000}$", "b"), None);
        assert_eq!(is_match("(", "b"), None);
    }
}
