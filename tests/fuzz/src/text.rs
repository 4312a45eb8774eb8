//! The text of a document, with numbers that a JSON value cannot hold.

use serde_json::Value;

/// Strings that become numbers in the text. They have more than 64 bits, or more digits than a double holds.
pub(crate) const WIDE_NUMBERS: &[&str] = &[
    "(18446744073709551616)",
    "(-9223372036854775809)",
    "(340282366920938463463374607431768211456)",
    "(1e400)",
    "(0.1000000000000000055511151231257827)",
];

/// Returns the document as indented JSON.
pub fn json(document: &Value) -> String {
    with_wide_numbers(format!("{document:#}\n"))
}

/// Replaces the strings for wide numbers by these numbers, in JSON or YAML.
pub fn with_wide_numbers(mut text: String) -> String {
    if !text.contains('(') {
        return text;
    }
    for written in WIDE_NUMBERS {
        if text.contains(written) {
            let number = written.trim_matches(['(', ')']);
            text = text.replace(&format!("\"{written}\""), number).replace(written, number);
        }
    }
    text
}
