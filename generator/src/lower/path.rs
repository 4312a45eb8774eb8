//! Paths as they go into a URL.

use std::fmt::Write as _;

/// A path that begins with a slash, and whose text outside of braces may stand in a URL.
///
/// The parameters' names between the braces are left alone: they never reach the URL. Nor does a fragment, by which a
/// document may tell two operations of one path apart. What follows a question mark is a query.
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

/// RFC 3986, sections 3.3 and 3.4: what a path and a query may hold stays, what they may not is percent-encoded.
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
    fn what_a_url_allows_stays() {
        check("/pets/{pet id}/toys:export", "/pets/{pet id}/toys:export");
        check("/a%20b", "/a%20b");
    }

    #[test]
    fn what_it_does_not_is_encoded() {
        check("/a b/\u{e4}/^x", "/a%20b/%C3%A4/%5Ex");
        check("pets", "/pets");
        check("", "/");
    }

    #[test]
    fn a_fragment_is_not_sent_and_a_query_is() {
        check("/token#refresh", "/token");
        check("/pets/{id}#a/{b}", "/pets/{id}");
        check("/pets/?kind=dog&x={x}?", "/pets/?kind=dog&x={x}%3F");
    }
}
