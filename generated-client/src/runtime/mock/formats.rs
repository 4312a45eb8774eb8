// @generated from the OpenAPI document. Change the document, and generate again.

//! The formats of strings that no type of the crate checks.
//!
//! A format is a hint, which documents use loosely. So only what the format certainly excludes is refused, and an empty
//! string, which often means no value, is accepted.

use std::net::Ipv6Addr;

/// The maximum length of a name in the domain name system and of its labels ([RFC 1035], section 2.3.4).
///
/// [RFC 1035]: https://www.rfc-editor.org/rfc/rfc1035
const MAX_NAME: usize = 253;
const MAX_LABEL: usize = 63;

/// Returns true if a text certainly does not have a format.
pub(super) fn is_violated(format: &str, text: &str) -> bool {
    let has_format: fn(&str) -> bool = match format {
        "email" | "idn-email" => is_email,
        "hostname" => is_hostname,
        "ipv4" => is_ipv4,
        "ipv6" => is_ipv6,
        "uri" => is_uri,
        _ => return false,
    };
    !text.is_empty() && !has_format(text)
}

/// Text on both sides of an at sign. A quoted local part can contain any character.
fn is_email(text: &str) -> bool {
    text.rsplit_once('@').is_some_and(|(local, domain)| !local.is_empty() && !domain.is_empty())
}

/// Labels that are not too long. Wildcards, underscores and other letters than ASCII are in use.
fn is_hostname(text: &str) -> bool {
    let name = text.strip_suffix('.').unwrap_or(text);
    let is_label = |label: &str| (1..=MAX_LABEL).contains(&label.chars().count());
    let is_excluded = |c: char| c.is_whitespace() || matches!(c, '/' | ':' | '@');
    name.chars().count() <= MAX_NAME && !name.contains(is_excluded) && name.split('.').all(is_label)
}

/// Four numbers, which can have leading zeros (RFC 2673, section 3.2).
fn is_ipv4(text: &str) -> bool {
    let is_byte = |part: &str| {
        part.len() <= 3 && part.bytes().all(|byte| byte.is_ascii_digit()) && part.parse::<u8>().is_ok()
    };
    text.split('.').count() == 4 && text.split('.').all(is_byte)
}

/// An address with or without a zone.
fn is_ipv6(text: &str) -> bool {
    text.split('%').next().is_some_and(|address| address.parse::<Ipv6Addr>().is_ok())
}

/// A scheme, a colon and no white space (RFC 3986, section 3).
fn is_uri(text: &str) -> bool {
    let is_scheme = |scheme: &str| {
        scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
    };
    text.split_once(':').is_some_and(|(scheme, _)| is_scheme(scheme)) && !text.contains(char::is_whitespace)
}

#[cfg(test)]
mod tests {
    use super::is_violated;

    #[track_caller]
    fn check(format: &str, valid: &[&str], invalid: &[&str]) {
        for (texts, expected) in [(valid, false), (invalid, true)] {
            texts
                .iter()
                .for_each(|text| assert_eq!(is_violated(format, text), expected, "{format} {text:?}"));
        }
    }

    #[test]
    fn only_certain_violations_are_found() {
        check("email", &["a@b", "\"a b@c\"@d", "ä@ö.example", ""], &["a", "@b", "a@"]);
        check(
            "hostname",
            &["localhost", "a.example.", "*.example.com", "a_b", "192.0.2.1", "xn--4ca"],
            &["a b", "http://a", "a:80", "a..b", "."],
        );
        check("hostname", &[&"a".repeat(63)], &[&"a".repeat(64), &"a.".repeat(128)]);
        check(
            "ipv4",
            &["192.0.2.1", "010.000.0.255"],
            &["192.0.2", "256.0.0.1", "1.2.3.4/8", "0001.2.3.4", "a", "1.2.3.+4"],
        );
        check(
            "ipv6",
            &["::1", "2001:db8::1", "::ffff:192.0.2.1", "fe80::1%eth0"],
            &["::1/64", "1.2.3.4", ":"],
        );
        check(
            "uri",
            &["https://a.example/ü?x=[1]", "urn:a", "mailto:a@b"],
            &["a.example/x", "/x", "1:a", "a: b"],
        );
        check("date", &["yesterday"], &[]);
    }
}
