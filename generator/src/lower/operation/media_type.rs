//! Media types: which bodies are JSON, text, a form or bytes.

use crate::rules::media_type as rules;

/// The format of a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Family {
    Json,
    Form,
    Multipart,
    Text,
    /// XML or YAML, which have no types here.
    Markup,
    /// Any format: `*/*`.
    Any,
    /// Server-sent events.
    Events,
    /// JSON Lines: a stream of JSON values.
    Lines,
    Bytes,
}

/// Subtypes of JSON Lines.
const LINES: [&str; 10] = [
    "json-lines",
    "json-seq",
    "jsonl",
    "jsonlines",
    "ndjson",
    "stream+json",
    "x-json-stream",
    "x-jsonl",
    "x-jsonlines",
    "x-ndjson",
];

/// Returns the format of bodies with this media type.
pub(super) fn family(media_type: &str) -> Family {
    let essence = essence(media_type);
    let subtype = essence.rsplit('/').next().unwrap_or_default();
    match essence.as_str() {
        "application/x-www-form-urlencoded" => Family::Form,
        "multipart/form-data" | "multipart/mixed" | "multipart/related" => Family::Multipart,
        "*/*" | "application/*" => Family::Any,
        "text/event-stream" => Family::Events,
        _ if LINES.contains(&subtype) || subtype.ends_with("+json-seq") => Family::Lines,
        _ if rules::is_json(&essence) => Family::Json,
        _ if ["xml", "yaml", "x-yaml"].contains(&subtype) => Family::Markup,
        _ if subtype.ends_with("+xml") || subtype.ends_with("+yaml") => Family::Markup,
        _ if essence.starts_with("text/") || subtype == "javascript" => Family::Text,
        _ => Family::Bytes,
    }
}

/// Returns true if bodies with this media type are JSON.
pub(super) fn is_json(media_type: &str) -> bool {
    family(media_type) == Family::Json
}

/// Returns true for plain JSON, but not for media types such as `application/problem+json`.
pub(super) fn is_plain_json(media_type: &str) -> bool {
    rules::is(media_type, "application/json") || rules::is(media_type, "text/json")
}

/// Returns true for `*/*`, which does not even say if the body is text.
pub(super) fn is_anything(media_type: &str) -> bool {
    essence(media_type) == "*/*"
}

/// Returns true for a range such as `image/*`.
pub(super) fn is_range(media_type: &str) -> bool {
    media_type.contains('*')
}

/// Returns the media type for a part that the client encodes: the first JSON type of the list, or else the
/// first type that is not a range.
pub(super) fn of_text(listed: &str) -> Option<&str> {
    let mut single = listed.split(',').map(str::trim).filter(|it| !is_range(it) && !it.is_empty());
    single.clone().find(|it| is_json(it)).or_else(|| single.next())
}

/// Returns a name for a body with this media type: `csv`, `vnd acme patch`.
pub(super) fn name(media_type: &str) -> String {
    let essence = essence(media_type);
    let subtype = essence.rsplit('/').next().unwrap_or_default();
    match family(media_type) {
        Family::Form => "form".to_owned(),
        Family::Multipart if subtype == "form-data" => "multipart".to_owned(),
        Family::Any => "bytes".to_owned(),
        _ if matches!(subtype, "plain" | "*") => essence.split('/').next().unwrap_or_default().to_owned(),
        Family::Bytes if subtype == "octet-stream" => "bytes".to_owned(),
        _ => subtype.strip_suffix("+json").unwrap_or(subtype).replace(['.', '-', '+'], " "),
    }
}

/// Returns a name for one of several media types: [`name`], with its parameters if another one of them has the same type
/// and other parameters.
pub(super) fn name_among<'m>(media_type: &str, all: impl IntoIterator<Item = &'m str>) -> String {
    let name = name(media_type);
    match all.into_iter().any(|other| differ_by_parameters(media_type, other)) {
        true => parameters(media_type).iter().fold(name, |name, parameter| format!("{name} {parameter}")),
        false => name,
    }
}

/// Returns true for two media types that differ by nothing but parameters, such as versions of a JSON format.
pub(super) fn differ_by_parameters(one: &str, other: &str) -> bool {
    essence(one) == essence(other) && parameters(one) != parameters(other)
}

/// Returns the parameters of a media type as words: `version 2`. The charset does not distinguish formats.
fn parameters(media_type: &str) -> Vec<String> {
    let parameters = media_type.split(';').skip(1).map(|parameter| parameter.trim().to_ascii_lowercase());
    let parameters = parameters.filter(|parameter| !parameter.is_empty() && !is_charset(parameter));
    let words = |parameter: String| {
        let words: String = parameter.chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
        // `v=2` is `v2`.
        words.strip_prefix("v ").map_or_else(|| words.clone(), |version| format!("v{version}"))
    };
    parameters.map(words).collect()
}

fn is_charset(parameter: &str) -> bool {
    parameter.split('=').next().is_some_and(|name| name.trim().eq_ignore_ascii_case("charset"))
}

/// Returns a media type as the header `accept` has it: in lower case, with the parameters of the document. JSON has no
/// charset (RFC 8259, section 11).
pub(super) fn requested(media_type: &str) -> String {
    let is_json = is_json(media_type);
    let parameters = media_type.split(';').skip(1);
    let is_useless = |parameter: &str| parameter.trim().is_empty() || (is_json && is_charset(parameter));
    let parameters = parameters.filter(|parameter| !is_useless(parameter) && is_printable(parameter));
    parameters
        .fold(essence(media_type), |requested, parameter| format!("{requested};{}", parameter.trim_end()))
}

/// Returns true if a header can contain the text.
fn is_printable(text: &str) -> bool {
    text.bytes().all(|byte| matches!(byte, b' '..=b'~'))
}

/// Returns a media type in lower case, without parameters.
pub(super) fn essence(media_type: &str) -> String {
    rules::essence(media_type).to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(media_type: &str, expected: Family, expected_name: &str) {
        assert_eq!(
            (family(media_type), name(media_type).as_str()),
            (expected, expected_name),
            "{media_type}"
        );
    }

    #[test]
    fn media_types_are_recognized() {
        check("application/json", Family::Json, "json");
        check("Application/JSON; charset=utf-8", Family::Json, "json");
        check("application/vnd.acme.pet-v2+json", Family::Json, "vnd acme pet v2");
        check("application/x-www-form-urlencoded", Family::Form, "form");
        check("multipart/form-data", Family::Multipart, "multipart");
        check("multipart/related; type=a", Family::Multipart, "related");
        check("text/plain", Family::Text, "text");
        check("text/csv", Family::Text, "csv");
        check("text/event-stream", Family::Events, "event stream");
        check("application/x-ndjson", Family::Lines, "x ndjson");
        check("application/jsonl; charset=utf-8", Family::Lines, "jsonl");
        check("application/geo+json-seq", Family::Lines, "geo json seq");
        check("application/stream+json", Family::Lines, "stream");
        check("application/xml", Family::Markup, "xml");
        check("image/svg+xml", Family::Markup, "svg xml");
        check("application/pdf", Family::Bytes, "pdf");
        check("application/octet-stream", Family::Bytes, "bytes");
        check("image/*", Family::Bytes, "image");
        check("*/*", Family::Any, "bytes");
        check("nonsense", Family::Bytes, "nonsense");
    }

    #[track_caller]
    fn check_parameters(media_type: &str, other: &str, expected_name: &str, expected_request: &str) {
        let (name, requested) = (name_among(media_type, [media_type, other]), requested(media_type));
        assert_eq!((name.as_str(), requested.as_str()), (expected_name, expected_request), "{media_type}");
    }

    #[test]
    fn parameters_distinguish_formats() {
        let json = "application/json";
        check_parameters("application/json;v=1", json, "json v1", "application/json;v=1");
        check_parameters("application/json;v=1", "text/csv", "json", "application/json;v=1");
        check_parameters("Application/JSON; charset=utf-8", json, "json", json);
        check_parameters("text/csv; charset=utf-8", "text/csv;header=no", "csv", "text/csv; charset=utf-8");
        check_parameters("text/csv;header=\"no\"", "text/csv", "csv header  no ", "text/csv;header=\"no\"");
        check_parameters("application/json;v=\u{e9}", json, "json v\u{e9}", json);
    }
}
