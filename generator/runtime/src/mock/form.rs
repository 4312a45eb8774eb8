//! Parses media types, queries, cookies and forms of requests.

use percent_encoding::percent_decode_str;

use super::super::rules::media_type::essence;

/// Returns true if a media type is in a media range such as `image/*`. Ignores parameters.
pub(super) fn is_in_range(media_type: &str, range: &str) -> bool {
    let (media_type, range) = (essence(media_type), essence(range));
    match range.strip_suffix("/*") {
        Some("*") => true,
        Some(kind) => media_type.split_once('/').is_some_and(|(key, _)| key.eq_ignore_ascii_case(kind)),
        None => media_type.eq_ignore_ascii_case(range),
    }
}

/// Returns the candidate whose media type matches, with equal parameters if there is one: a document can distinguish
/// versions by them.
pub(super) fn best_match<'c, C>(
    candidates: &'c [C],
    media_type: &str,
    matches: impl Fn(&C) -> bool,
    media_type_of: impl Fn(&C) -> &str,
) -> Option<&'c C> {
    let wanted = parameters(media_type);
    let mut matching = candidates.iter().filter(|candidate| matches(candidate));
    let exact = matching.clone().find(|candidate| parameters(media_type_of(candidate)) == wanted);
    exact.or_else(|| matching.next())
}

/// Returns the parameters of a media type that belong to the format.
fn parameters(media_type: &str) -> Vec<String> {
    let parameters = media_type.split(';').skip(1);
    let plain = parameters.map(|it| it.replace([' ', '\t', '"'], "").to_ascii_lowercase());
    let is_of_format = |it: &String| {
        let name = it.split('=').next().unwrap_or_default();
        !["", "boundary", "charset", "q", "type"].contains(&name)
    };
    plain.filter(is_of_format).collect()
}

/// Returns the decoded names and values of a query or a URL-encoded form.
pub(super) fn pairs(query: &str) -> impl Iterator<Item = (String, String)> {
    query.split('&').filter(|pair| !pair.is_empty()).map(|pair| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        (decoded(name), decoded(value))
    })
}

/// Decodes a name or value of a query, in which a plus sign is a space.
pub(super) fn decoded(text: &str) -> String {
    percent_decode_str(&text.replace('+', " ")).decode_utf8_lossy().into_owned()
}

/// Returns the names and values of the cookies in a `Cookie` header, as received.
pub(super) fn cookies(header: &str) -> impl Iterator<Item = (&str, &str)> {
    header.split(';').map(|pair| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        (name.trim(), value.trim())
    })
}
