//! Parses the `Link` header ([RFC 8288](https://www.rfc-editor.org/rfc/rfc8288), section 3) to find the next page.

use http::HeaderMap;
use http::header::LINK;

/// Returns the target of the first link with the relation `next`, which can be a relative URL.
pub(super) fn next(headers: &HeaderMap) -> Option<&str> {
    headers.get_all(LINK).iter().filter_map(|value| value.to_str().ok()).find_map(next_of)
}

fn next_of(mut text: &str) -> Option<&str> {
    loop {
        let (_, rest) = text.split_once('<')?;
        let (target, rest) = rest.split_once('>')?;
        let end = outside_quotes(rest, ',').unwrap_or(rest.len());
        if is_next(&rest[..end]) {
            return Some(target);
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

    use super::next;

    #[track_caller]
    fn check(values: &[&'static str], expected: Option<&str>) {
        let mut headers = HeaderMap::new();
        for value in values {
            headers.append(LINK, HeaderValue::from_static(value));
        }
        assert_eq!(next(&headers), expected, "{values:?}");
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
        check(&["rel=next", "<", "</a; rel=next", "", ",,", ";;>"], None);
    }
}
