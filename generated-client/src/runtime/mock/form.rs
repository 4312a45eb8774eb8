// @generated from the OpenAPI document. Change the document, and generate again.

//! Parses media types, queries, cookies, forms and multipart bodies of requests.

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

/// A part of a multipart body.
pub(super) struct Part<'b> {
    pub(super) name: String,
    pub(super) content: &'b [u8],
    head: String,
}

impl Part<'_> {
    /// Returns the value of a header.
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        let mut lines = self.head.lines().filter_map(|line| line.split_once(':'));
        lines.find(|(key, _)| key.trim().eq_ignore_ascii_case(name)).map(|(_, value)| value.trim())
    }
}

/// The end of the headers of a part.
const HEAD_END: &[u8] = b"\r\n\r\n";

/// Returns the parts of a multipart body ([RFC 7578]), or `None` if it is not valid multipart.
///
/// [RFC 7578]: https://www.rfc-editor.org/rfc/rfc7578
pub(super) fn parts<'b>(content_type: &str, body: &'b [u8]) -> Option<Vec<Part<'b>>> {
    let boundary = parameter(content_type, "boundary")?;
    let delimiter = format!("--{boundary}");
    let start = find(body, delimiter.as_bytes())? + delimiter.len();
    let mut rest = body.get(start..)?;
    let mut parts = Vec::new();
    while !rest.starts_with(b"--") {
        let end = find(rest, delimiter.as_bytes())?;
        let (part, after) = rest.split_at(end);
        let head_end = find(part, HEAD_END)?;
        let head = String::from_utf8_lossy(part.get(..head_end)?).into_owned();
        let content = part.get(head_end + HEAD_END.len()..)?;
        let content = content.strip_suffix(b"\r\n").unwrap_or(content);
        let mut part = Part { name: String::new(), content, head };
        part.name = parameter(part.header("content-disposition")?, "name")?;
        parts.push(part);
        rest = after.get(delimiter.len()..)?;
    }
    Some(parts)
}

/// Returns a parameter of a header, without quotes. Decodes the escapes that browsers use in the names of form fields.
fn parameter(header: &str, name: &str) -> Option<String> {
    let mut is_quoted = false;
    let mut parts = header.split(|c| {
        is_quoted ^= c == '"';
        c == ';' && !is_quoted
    });
    let value = parts.find_map(|part| {
        let (key, value) = part.trim().split_once('=')?;
        key.eq_ignore_ascii_case(name).then_some(value)
    })?;
    let value = value.trim().trim_matches('"');
    Some(value.replace("%22", "\"").replace("%0D", "\r").replace("%0A", "\n"))
}

fn find(bytes: &[u8], needle: &[u8]) -> Option<usize> {
    bytes.windows(needle.len()).position(|window| window == needle)
}

#[cfg(test)]
mod tests {
    use super::{parameter, parts};

    #[track_caller]
    fn check(header: &str, expected: Option<&str>) {
        assert_eq!(parameter(header, "name").as_deref(), expected, "{header}");
    }

    #[test]
    fn quoted_values_can_contain_semicolons() {
        check("form-data; name=pet", Some("pet"));
        check("form-data; Name=\"pet\"; filename=\"a\"", Some("pet"));
        check("form-data; name=\"a; b\"", Some("a; b"));
        check("form-data; filename=\"a; name=b\"; name=\"c%22; d\"", Some("c\"; d"));
        check("form-data; filename=\"name=b\"", None);
    }

    #[test]
    fn parts_have_the_name_of_their_content_disposition() {
        let body = "--x\r\ncontent-disposition: form-data; name=\"a; name=b\"\r\n\r\n1\r\n--x--\r\n";
        let found = parts("multipart/form-data; note=\"; boundary=y\"; boundary=x", body.as_bytes());
        let parts: Vec<_> = found.into_iter().flatten().map(|part| (part.name, part.content)).collect();
        assert_eq!(parts, [("a; name=b".to_owned(), &b"1"[..])]);
    }
}
