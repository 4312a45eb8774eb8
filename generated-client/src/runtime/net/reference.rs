// @generated from the OpenAPI document. Change the document, and generate again.

//! Resolution of relative URLs, as found in headers and bodies
//! ([RFC 3986](https://www.rfc-editor.org/rfc/rfc3986), section 5), and which parts of a URL are shown.

use http::Uri;

/// Resolves a reference, such as a `location` header, against the URL of the request (section 5.2). Returns `None`
/// if it is empty or not a valid URL.
pub(in super::super) fn resolve(base: &Uri, reference: &str) -> Option<Uri> {
    let is_not_empty = !reference.is_empty();
    let target = is_not_empty.then(|| Uri::try_from(resolve_text(&base.to_string(), reference)))?.ok()?;
    // Without a scheme, text was parsed as a host.
    target.scheme().is_some().then_some(target)
}

/// Formats a URL without the parts that can be secret: user, password and query.
pub(in super::super) fn displayable(target: &Uri) -> String {
    let scheme = target.scheme_str().unwrap_or_default();
    let host = target.host().unwrap_or_default();
    let port = target.port().map(|port| format!(":{port}")).unwrap_or_default();
    format!("{scheme}://{host}{port}{}", target.path())
}

/// Returns true for `.` and `..`, also percent-encoded: URL libraries remove such segments.
pub(in super::super) fn is_dot_segment(segment: &str) -> bool {
    let plain = segment.to_ascii_lowercase().replace("%2e", ".");
    plain == "." || plain == ".."
}

/// The components of a URL or a relative reference.
struct Reference<'a> {
    scheme: Option<&'a str>,
    authority: Option<&'a str>,
    path: &'a str,
    query: Option<&'a str>,
    fragment: Option<&'a str>,
}

/// Resolves a reference against an absolute base URL (section 5.2.2), without checking either.
fn resolve_text(base: &str, reference: &str) -> String {
    let base = Reference::of(base);
    let reference = Reference::of(reference);
    let from_base = |part: Option<_>| if reference.scheme.is_none() { part } else { None };
    let has_authority = reference.scheme.is_some() || reference.authority.is_some();
    let authority = reference.authority.or(from_base(base.authority));
    let (path, query) = if has_authority || reference.path.starts_with('/') {
        (without_dots(reference.path), reference.query)
    } else if reference.path.is_empty() {
        (base.path.to_owned(), reference.query.or(base.query))
    } else {
        (without_dots(&base.merged(reference.path)), reference.query)
    };
    let mut url = String::new();
    // Section 5.3.
    for (before, part, after) in [
        ("", reference.scheme.or(base.scheme), ":"),
        ("//", authority, ""),
        ("", Some(&*path), ""),
        ("?", query, ""),
        ("#", reference.fragment, ""),
    ] {
        if let Some(part) = part {
            url.extend([before, part, after]);
        }
    }
    url
}

impl<'a> Reference<'a> {
    /// Splits a reference into its components (appendix B). Every text has these components.
    fn of(text: &'a str) -> Self {
        let (text, fragment) = split(text, '#');
        let (text, query) = split(text, '?');
        let (scheme, text) = match text.split_once(':') {
            Some((scheme, rest)) if is_scheme(scheme) => (Some(scheme), rest),
            _ => (None, text),
        };
        let (authority, path) = match text.strip_prefix("//") {
            Some(text) => {
                let (authority, path) = text.split_at(text.find('/').unwrap_or(text.len()));
                (Some(authority), path)
            }
            None => (None, text),
        };
        Self { scheme, authority, path, query, fragment }
    }

    /// Merges a relative path with the base path (section 5.2.3).
    fn merged(&self, path: &str) -> String {
        match self.path.rfind('/') {
            Some(last) => format!("{}{path}", &self.path[..=last]),
            None if self.authority.is_some() => format!("/{path}"),
            None => path.to_owned(),
        }
    }
}

fn split(text: &str, at: char) -> (&str, Option<&str>) {
    text.split_once(at).map_or((text, None), |(before, after)| (before, Some(after)))
}

fn is_scheme(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.'))
}

/// Removes `.` and `..` segments from a path (section 5.2.4).
fn without_dots(path: &str) -> String {
    let (root, path) = match path.strip_prefix('/') {
        Some(rest) => ("/", rest),
        None => ("", path),
    };
    let mut kept: Vec<&str> = Vec::new();
    let mut segments = path.split('/').peekable();
    while let Some(segment) = segments.next() {
        let is_last = segments.peek().is_none();
        match segment {
            "." | ".." => {
                if segment == ".." {
                    kept.pop();
                }
                if is_last {
                    kept.push("");
                }
            }
            segment => kept.push(segment),
        }
    }
    format!("{root}{}", kept.join("/"))
}
