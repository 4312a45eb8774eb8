// @generated from the OpenAPI document: change that, and generate again.

//! What is read of a request beside its body's JSON: media types, queries, forms and parts.

use percent_encoding::percent_decode_str;

/// Whether a media type is one, or lies within a range of them. What is said behind a semicolon does not count.
pub(super) fn is_within(media_type: &str, range: &str) -> bool {
    let (one, range) = (essence(media_type), essence(range));
    match range.strip_suffix("/*") {
        Some("*") => true,
        Some(family) => one.split_once('/').is_some_and(|(of, _)| of.eq_ignore_ascii_case(family)),
        None => one.eq_ignore_ascii_case(range),
    }
}

fn essence(media_type: &str) -> &str {
    media_type.split(';').next().unwrap_or_default().trim()
}

/// The pairs of a query, decoded.
pub(super) fn pairs(query: &str) -> impl Iterator<Item = (String, String)> {
    query.split('&').filter(|pair| !pair.is_empty()).map(|pair| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        (decoded(name), decoded(value))
    })
}

/// A name or a value of a query, in which a plus is a space.
fn decoded(text: &str) -> String {
    percent_decode_str(&text.replace('+', " ")).decode_utf8_lossy().into_owned()
}

/// The names of the cookies in a header.
pub(super) fn cookies(header: &str) -> impl Iterator<Item = &str> {
    header.split(';').map(|pair| pair.split_once('=').map_or(pair, |(name, _)| name).trim())
}

/// A part of a body, without what it holds.
pub(super) struct Part {
    pub(super) name: String,
    head: String,
}

impl Part {
    /// The value of a header.
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        let mut lines = self.head.lines().filter_map(|line| line.split_once(':'));
        lines.find(|(of, _)| of.trim().eq_ignore_ascii_case(name)).map(|(_, value)| value.trim())
    }
}

/// The parts of a body (RFC 7578). None if it is none of the content type that its header says.
pub(super) fn parts(content_type: &str, body: &[u8]) -> Option<Vec<Part>> {
    let boundary = parameter(content_type, "boundary")?;
    let delimiter = format!("--{boundary}");
    let mut rest = body;
    let mut parts = Vec::new();
    loop {
        let start = find(rest, delimiter.as_bytes())? + delimiter.len();
        rest = rest.get(start..)?;
        if rest.starts_with(b"--") {
            return Some(parts);
        }
        let head = rest.get(..find(rest, b"\r\n\r\n")?)?;
        let mut part = Part { name: String::new(), head: String::from_utf8_lossy(head).into_owned() };
        part.name = parameter(part.header("content-disposition")?, "name")?;
        parts.push(part);
    }
}

/// A parameter of a header, without its quotes; names in forms are escaped as browsers do it.
fn parameter(header: &str, name: &str) -> Option<String> {
    let mut is_quoted = false;
    let mut parts = header.split(|c| {
        is_quoted ^= c == '"';
        c == ';' && !is_quoted
    });
    let value = parts.find_map(|part| {
        let (of, value) = part.trim().split_once('=')?;
        of.eq_ignore_ascii_case(name).then_some(value)
    })?;
    let value = value.trim().trim_matches('"');
    Some(value.replace("%22", "\"").replace("%0D", "\r").replace("%0A", "\n"))
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).position(|window| window == wanted)
}

#[cfg(test)]
mod tests {
    use super::{parameter, parts};

    #[track_caller]
    fn check(header: &str, expected: Option<&str>) {
        assert_eq!(parameter(header, "name").as_deref(), expected, "{header}");
    }

    #[test]
    fn what_stands_in_quotes_is_one_value() {
        check("form-data; name=pet", Some("pet"));
        check("form-data; Name=\"pet\"; filename=\"a\"", Some("pet"));
        check("form-data; name=\"a; b\"", Some("a; b"));
        check("form-data; filename=\"a; name=b\"; name=\"c%22; d\"", Some("c\"; d"));
        check("form-data; filename=\"name=b\"", None);
    }

    #[test]
    fn parts_are_known_by_their_names() {
        let body = "--x\r\ncontent-disposition: form-data; name=\"a; name=b\"\r\n\r\n1\r\n--x--\r\n";
        let names = parts("multipart/form-data; note=\"; boundary=y\"; boundary=x", body.as_bytes());
        let names: Vec<_> = names.into_iter().flatten().map(|part| part.name).collect();
        assert_eq!(names, ["a; name=b"]);
    }
}
