//! The style of findings: like rustc's, in lower case and without a full stop.

/// Returns the faults in the style of a message or a help text; none for an empty help text.
///
/// A text is one clause: it starts with a lower-case letter, or with a name in backticks or of a format, and ends
/// without a full stop.
pub fn style_faults(text: &str) -> Vec<String> {
    /// Names that are written in upper case everywhere.
    const NAMES: [&str; 9] = ["HTTP", "JSON", "OAuth", "OpenAPI", "Rust", "Swagger", "URL", "UTF-8", "YAML"];

    let mut faults = Vec::new();
    let starts_with_capital = text.starts_with(char::is_uppercase);
    if starts_with_capital && !NAMES.iter().any(|name| text.starts_with(name)) {
        faults.push(format!("starts with a capital letter: {text}"));
    }
    if text.ends_with(['.', '!', ':', ';', ',']) {
        faults.push(format!("ends with a punctuation mark: {text}"));
    }
    if text.contains('\n') {
        faults.push(format!("has several lines: {text}"));
    }
    faults
}
