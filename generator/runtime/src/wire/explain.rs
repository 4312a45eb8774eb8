//! Decode errors in plain words.
//!
//! serde's messages name Rust types and repeat values of any length: `invalid type: string "...", expected
//! u8`. Here they become `expected an integer between 0 and 255, got "..."`.

use std::borrow::Cow;

use serde_json::error::Category;

/// The maximum number of characters of a string that is shown.
const MAX_SHOWN: usize = 40;

/// The maximum number of characters of a path that are shown, so that there is room for the problem.
pub(super) const MAX_PATH: usize = 200;
/// The maximum number of characters of a problem that are shown.
pub(super) const MAX_PROBLEM: usize = 500;

/// Cuts a text after a number of characters.
pub(super) fn cut(text: &str, length: usize) -> Cow<'_, str> {
    match text.char_indices().nth(length) {
        Some((end, _)) => format!("{}...", &text[..end]).into(),
        None => text.into(),
    }
}

/// Says what is wrong with a value. If it may be a secret, its JSON type is shown in its place.
pub(super) fn explain(error: &serde_json::Error, is_secret: bool) -> String {
    let full = error.to_string();
    let (line, column) = (error.line(), error.column());
    let message = full.strip_suffix(&format!(" at line {line} column {column}")).unwrap_or(&full);
    match error.classify() {
        Category::Syntax => return format!("invalid JSON: {message} (line {line} column {column})"),
        Category::Eof => return format!("the JSON ends too early (line {line} column {column})"),
        Category::Data | Category::Io => {}
    }
    if let Some(name) = message.strip_prefix("missing field ") {
        return format!("required property {name} is missing");
    }
    let mismatch = ["invalid type: ", "invalid value: ", "invalid length "]
        .into_iter()
        .find_map(|prefix| message.strip_prefix(prefix))
        .and_then(|mismatch| mismatch.rsplit_once(", expected "));
    match mismatch {
        Some((found, expected)) => {
            let found = if is_secret { type_of(found).into() } else { shown(found) };
            format!("expected {}, got {found}", plain(expected))
        }
        None if is_secret => "the value is not valid".to_owned(),
        None => message.to_owned(),
    }
}

/// Names what was expected: serde names Rust types.
fn plain(expected: &str) -> Cow<'_, str> {
    let range = match expected {
        "i8" => (i64::from(i8::MIN), i64::from(i8::MAX)),
        "u8" => (0, i64::from(u8::MAX)),
        "i16" => (i64::from(i16::MIN), i64::from(i16::MAX)),
        "u16" => (0, i64::from(u16::MAX)),
        "i32" => (i64::from(i32::MIN), i64::from(i32::MAX)),
        "u32" => (0, i64::from(u32::MAX)),
        "i64" => return "a 64-bit integer".into(),
        "u64" => return "a non-negative 64-bit integer".into(),
        "i128" => return "a 128-bit integer".into(),
        "u128" => return "a non-negative 128-bit integer".into(),
        "f32" | "f64" => return "a number".into(),
        "a sequence" => return "an array".into(),
        "a map" => return "an object".into(),
        "unit" => return "null".into(),
        name if name.starts_with("struct ") => return "an object".into(),
        _ => return expected.into(),
    };
    format!("an integer between {} and {}", range.0, range.1).into()
}

/// Shows the value that was found.
fn shown(found: &str) -> Cow<'_, str> {
    if let Some(text) = found.strip_prefix("string ") {
        return shortened(text);
    }
    match found.split_once('`').and_then(|(_, value)| value.strip_suffix('`')) {
        Some(value) => value.into(),
        None => type_of(found).into(),
    }
}

/// Names the JSON type of the value that was found.
fn type_of(found: &str) -> &str {
    let kinds = [
        ("string ", "a string"),
        ("boolean ", "a boolean"),
        ("integer ", "an integer"),
        ("floating point ", "a number"),
        ("number", "a number"),
        ("unit value", "null"),
        ("Option value", "null"),
        ("sequence", "an array"),
        ("map", "an object"),
    ];
    let kind = kinds.into_iter().find(|(prefix, _)| found.starts_with(prefix));
    kind.map_or(found, |(_, name)| name)
}

/// Shortens a quoted string in which special characters are escaped, without cutting an escape sequence.
fn shortened(quoted: &str) -> Cow<'_, str> {
    let mut end = 1;
    for _ in 0..MAX_SHOWN {
        let rest = &quoted[end..];
        end += match rest.strip_prefix('\\') {
            Some(escape) if escape.starts_with('u') => rest.find('}').map_or(rest.len(), |end| end + 1),
            Some(_) => 2,
            None => rest.chars().next().map_or(0, char::len_utf8),
        };
        if end + 1 >= quoted.len() {
            return quoted.into();
        }
    }
    format!("{}...\"", &quoted[..end]).into()
}
