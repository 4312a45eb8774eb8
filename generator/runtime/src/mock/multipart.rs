//! Parses multipart bodies of requests.

/// A part of a multipart body.
pub(super) struct Part<'b> {
    pub(super) name: String,
    #[allow(dead_code, reason = "only the constraints of a document are about contents")]
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
