//! Path templates.

use std::fmt::Write as _;

/// Returns a path template that starts with a slash and is percent-encoded outside of braces.
///
/// Parameter names in braces stay as they are, since they never reach the URL. A fragment is dropped:
/// documents use it to write several operations with the same path. A question mark starts a query.
pub(super) fn template(path: &str) -> String {
    let mut template = String::with_capacity(path.len() + 1);
    if !path.starts_with('/') {
        template.push('/');
    }
    let mut rest = path;
    let mut in_query = false;
    while let Some((text, behind)) = rest.split_once('{') {
        if let Some((text, _)) = text.split_once('#') {
            encode(text, &mut in_query, &mut template);
            return template;
        }
        encode(text, &mut in_query, &mut template);
        let (name, behind) = behind.split_once('}').unwrap_or((behind, ""));
        let _ = write!(template, "{{{name}}}");
        rest = behind;
    }
    encode(rest.split('#').next().unwrap_or_default(), &mut in_query, &mut template);
    template
}

/// Percent-encodes the characters that a path or a query does not allow (RFC 3986, sections 3.3 and 3.4).
fn encode(text: &str, in_query: &mut bool, template: &mut String) {
    for byte in text.bytes() {
        match byte {
            b'?' if !std::mem::replace(in_query, true) => template.push('?'),
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
    fn valid_characters_are_kept() {
        check("/pets/{pet id}/toys:export", "/pets/{pet id}/toys:export");
        check("/a%20b", "/a%20b");
    }

    #[test]
    fn other_characters_are_percent_encoded() {
        check("/a b/\u{e4}/^x", "/a%20b/%C3%A4/%5Ex");
        check("pets", "/pets");
        check("", "/");
    }

    #[test]
    fn a_fragment_is_dropped_and_a_query_is_kept() {
        check("/token#refresh", "/token");
        check("/pets/{id}#a/{b}", "/pets/{id}");
        check("/pets/?kind=dog&x={x}?", "/pets/?kind=dog&x={x}%3F");
    }
}
