//! The text of a problem: which values a schema expects.

use serde_json::Value;

/// Describes the values that have the type of a schema and that its `enum` lists.
pub(super) fn expected(schema: &Value) -> String {
    /// The number of values that are shown.
    const SHOWN: usize = 10;
    let listed = |keyword: &str| schema[keyword].as_array().map_or(&[][..], Vec::as_slice);
    let words = |values: &[Value], separator: &str| {
        let words: Vec<String> = values
            .iter()
            .map(|value| value.as_str().map_or_else(|| value.to_string(), str::to_owned))
            .collect();
        words.join(separator)
    };
    match (listed("enum"), listed("type")) {
        ([], []) => "matches no alternative of the schema".to_owned(),
        ([], types) => format!("expected the type {} (`type`)", words(types, " or ")),
        (values, _) => {
            let shown = words(values.get(..SHOWN).unwrap_or(values), "`, `");
            let more = if values.len() > SHOWN { ", ..." } else { "" };
            format!("expected one of `{shown}`{more} (`enum`)")
        }
    }
}
