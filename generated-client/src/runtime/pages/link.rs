// @generated from the OpenAPI document. Change the document, and generate again.

//! Parses the `Link` header ([RFC 8288](https://www.rfc-editor.org/rfc/rfc8288), section 3) to find the next page.

use http::HeaderMap;
use http::header::LINK;

/// A `Link` header is not valid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Unreadable;

/// Returns the target of the first link with the relation `next`, which can be a relative URL.
///
/// # Errors
///
/// Returns [`Unreadable`] if no `next` link is found and a header cannot be parsed.
pub(super) fn next(headers: &HeaderMap) -> Result<Option<&str>, Unreadable> {
    let mut found = Ok(None);
    for value in headers.get_all(LINK) {
        match std::str::from_utf8(value.as_bytes()).map_err(|_| Unreadable).and_then(next_of) {
            Ok(Some(target)) => return Ok(Some(target)),
            Ok(None) => {}
            Err(Unreadable) => found = Err(Unreadable),
        }
    }
    found
}

fn next_of(mut text: &str) -> Result<Option<&str>, Unreadable> {
    loop {
        // Elements of a list can be empty (RFC 9110, section 5.6.1).
        text = text.trim_start_matches([',', ' ', '\t']);
        if text.is_empty() {
            return Ok(None);
        }
        let (target, rest) =
            text.strip_prefix('<').and_then(|rest| rest.split_once('>')).ok_or(Unreadable)?;
        let end = outside_quotes(rest, ',').unwrap_or(rest.len());
        let parameters = rest[..end].trim();
        if !parameters.is_empty() && !parameters.starts_with(';') {
            return Err(Unreadable);
        }
        if is_next(parameters) {
            return Ok(Some(target));
        }
        text = &rest[end..];
    }
}

/// Returns true if the parameters of a link contain `rel=next`.
///
/// Only the first `rel` counts (section 3.3). Ignores links with an `anchor`, because their context is not the response
/// (section 3.2).
fn is_next(mut parameters: &str) -> bool {
    let mut relation = None;
    while let Some(start) = outside_quotes(parameters, ';') {
        parameters = &parameters[start + 1..];
        let end = outside_quotes(parameters, ';').unwrap_or(parameters.len());
        let (name, value) = parameters[..end].split_once('=').unwrap_or((&parameters[..end], ""));
        let value = value.trim().trim_matches('"');
        if name.trim().eq_ignore_ascii_case("anchor") {
            return false;
        }
        if name.trim().eq_ignore_ascii_case("rel") {
            relation.get_or_insert(value);
        }
    }
    relation.is_some_and(|all| all.split_ascii_whitespace().any(|one| one.eq_ignore_ascii_case("next")))
}

/// Returns the index of the first `wanted` character outside of quotes.
fn outside_quotes(text: &str, wanted: char) -> Option<usize> {
    let mut quoted = false;
    let mut escaped = false;
    for (at, c) in text.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            c if c == wanted && !quoted => return Some(at),
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use http::header::LINK;
    use http::{HeaderMap, HeaderValue};

    use super::{Unreadable, next};

    #[track_caller]
    fn check(values: &[&'static str], expected: Option<&str>) {
        let mut headers = HeaderMap::new();
        for value in values {
            headers.append(LINK, HeaderValue::from_static(value));
        }
        assert_eq!(next(&headers), Ok(expected), "{values:?}");
    }

    #[test]
    fn finds_the_link_to_the_next_page() {
        check(&["</pets?page=2>; rel=\"next\""], Some("/pets?page=2"));
        check(&["</a>;rel=prev, </b>;rel=next , </c>;rel=last"], Some("/b"));
        check(&["</a>; rel=prev", "</b>; rel=next"], Some("/b"));
        check(&["</a>; title=\"a, <b>; rel=next\"; rel=\"last NEXT\""], Some("/a"));
        check(&["</a,b;c>; REL=Next"], Some("/a,b;c"));
    }

    #[test]
    fn ignores_links_without_the_relation_next() {
        check(&[], None);
        check(&["</a>"], None);
        check(&["</a>; rel=prev; rel=next"], None);
        check(&["</a>; rel=next; anchor=\"/elsewhere\""], None);
        check(&["</a>; rel=nextish", "</a>; rev=next"], None);
        check(&["", ",,", "</a>, ,</b>; rel=prev,"], None);
    }

    #[test]
    fn a_header_that_is_not_valid_can_contain_the_link() {
        for value in
            ["rel=next", "<", "</a; rel=next", ";;>", "</a> rel=next", "/a; rel=next", "</b>; rel=prev, x"]
        {
            let mut headers = HeaderMap::from_iter([(LINK, HeaderValue::from_static(value))]);
            assert_eq!(next(&headers), Err(Unreadable), "{value}");
            headers.append(LINK, HeaderValue::from_static("</c>; rel=next"));
            assert_eq!(next(&headers), Ok(Some("/c")), "{value}");
        }
        let headers = HeaderMap::from_iter([(
            LINK,
            HeaderValue::from_bytes(b"</a>; rel=next; title=\"\xff\"").unwrap(),
        )]);
        assert_eq!(next(&headers), Err(Unreadable));
        let headers = HeaderMap::from_iter([(
            LINK,
            HeaderValue::from_bytes("</a>; title=\"ä\"; rel=next".as_bytes()).unwrap(),
        )]);
        assert_eq!(next(&headers), Ok(Some("/a")));
    }
}
