//! Deprecation notes: what to use instead, if the document says so.

use indexmap::IndexMap;
use serde_json::Value;

/// Extensions that contain a deprecation note.
const EXTENSIONS: [&str; 4] =
    ["x-deprecated-message", "x-deprecatedMessage", "x-deprecation-message", "x-deprecated-description"];

/// Returns the note for `#[deprecated]`: the text of an extension, or else the sentences of the description
/// that are about the deprecation.
pub(crate) fn advice(extensions: &IndexMap<String, Value>, description: Option<&str>) -> Option<String> {
    let note = EXTENSIONS.iter().find_map(|name| extensions.get(*name)?.as_str());
    let advice = match note.map(str::trim).filter(|text| !text.is_empty()) {
        Some(text) => words(text),
        None => {
            let text = words(description?);
            let sentences = text.split_inclusive(". ").map(str::trim);
            sentences.filter(|sentence| is_advice(sentence)).collect::<Vec<_>>().join(" ")
        }
    };
    Some(without_label(&advice).to_owned()).filter(|text| !text.is_empty())
}

/// Removes a leading `Deprecated:`, which the compiler prints itself.
fn without_label(advice: &str) -> &str {
    let labels = ["deprecated", "deprecation", "[deprecated]", "(deprecated)", "**deprecated**"];
    let behind = labels.iter().find_map(|label| {
        let (begin, behind) = advice.split_at_checked(label.len())?;
        begin.eq_ignore_ascii_case(label).then_some(behind)
    });
    // `Deprecated since 2.0` stays as it is.
    let behind = behind.filter(|behind| {
        behind.is_empty() || behind.starts_with(['.', ':', '!', ',', ';']) || behind.starts_with(" -")
    });
    behind.map_or(advice, |behind| {
        behind.trim_start_matches(|it: char| it.is_whitespace() || ".:!,;-*_".contains(it))
    })
}

fn is_advice(sentence: &str) -> bool {
    let lower = sentence.to_lowercase();
    lower.starts_with("use ") || lower.contains("deprecat") || lower.contains(" instead")
}

/// Joins a text to one line.
fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use indexmap::IndexMap;
    use serde_json::json;

    use super::advice;

    #[track_caller]
    fn check(extension: Option<&str>, description: &str, expected: Option<&str>) {
        let extensions = extension.map(|text| ("x-deprecated-message".to_owned(), json!(text)));
        let extensions: IndexMap<_, _> = extensions.into_iter().collect();
        assert_eq!(advice(&extensions, Some(description)).as_deref(), expected);
    }

    #[test]
    fn an_extension_takes_precedence_over_the_description() {
        check(Some("Use `size`."), "How long it is.", Some("Use `size`."));
        check(Some(" "), "How long it is.", None);
        check(None, "How long it is.", None);
        check(None, "How long it is. Deprecated:\nuse `size`. It is in metres.", Some("use `size`."));
        check(None, "Take `size` instead.", Some("Take `size` instead."));
    }
}
