//! Paths as they go into a URL.

use std::fmt::Write as _;

/// A path that begins with a slash, and whose text outside of braces may stand in a URL.
///
/// The parameters' names between the braces are left alone: they never reach the URL.
pub(super) fn template(path: &str) -> String {
    let mut template = String::with_capacity(path.len() + 1);
    if !path.starts_with('/') {
        template.push('/');
    }
    let mut rest = path;
    while let Some((text, behind)) = rest.split_once('{') {
        encode(text, &mut template);
        let (name, behind) = behind.split_once('}').unwrap_or((behind, ""));
        let _ = write!(template, "{{{name}}}");
        rest = behind;
    }
    encode(rest, &mut template);
    template
}

/// RFC 3986, section 3.3: what a path may hold stays, what it may not is percent-encoded.
fn encode(text: &str, template: &mut String) {
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                template.push(char::from(byte))
            }
            b'!' | b'$' | b'&' | b'\'' | b'(' | b')' | b'*' | b'+' | b',' | b';' | b'=' => {
                template.push(char::from(byte));
            }
            b'/' | b':' | b'@' | b'%' => template.push(char::from(byte)),
            _ => {
                let _ = write!(template, "%{byte:02X}");
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::template;

    #[track_caller]
    fn check(path: &str, expected: &str) {
        assert_eq!(template(path), expected);
    }

    #[test]
    fn what_a_url_allows_stays() {
        check("/pets/{pet id}/toys:export", "/pets/{pet id}/toys:export");
        check("/a%20b", "/a%20b");
    }

    #[test]
    fn what_it_does_not_is_encoded() {
        check("/a b/\u{e4}/#x", "/a%20b/%C3%A4/%23x");
        check("pets", "/pets");
        check("", "/");
    }
}
