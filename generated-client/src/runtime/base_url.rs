// @generated from the OpenAPI document: change that, and generate again.

//! The URL that every path of an API is appended to: read, put together from a template, and compared.

use std::fmt;

use http::Uri;

use super::api::{Api, ServerVariable};
use super::redirect;

/// The URL that every path is appended to. It has no slash at its end.
pub(super) struct BaseUrl(String);

/// Where a URL leads: what must not change while credentials are at stake.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Origin {
    scheme: Scheme,
    host: String,
    port: u16,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Scheme {
    Http,
    Https,
}

impl BaseUrl {
    /// Reads a URL. The error is a sentence about what is wrong, and does not show the URL: it may hold a password.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        // Asked of the text, as the parser drops a fragment in silence.
        if let Some(found) = text.chars().find(|c| matches!(c, '?' | '#' | '\\') || c.is_whitespace()) {
            return Err(format!("the base URL has a {found:?}"));
        }
        let uri = Uri::try_from(text).map_err(|error| format!("the base URL is no URL: {error}"))?;
        let origin = Origin::of(&uri).map_err(|problem| format!("the base URL {problem}"))?;
        if uri.path().split('/').any(is_dots) {
            return Err("the base URL has a segment of dots".to_owned());
        }
        let path = uri.path().trim_end_matches('/');
        Ok(Self(format!("{origin}{path}")))
    }

    /// Puts the URL of an API's server together.
    pub(super) fn of_server(api: &Api, given: &[(String, String)]) -> Result<Self, String> {
        for (name, _) in given {
            if !api.variables.iter().any(|variable| variable.name == name) {
                return Err(format!("the server's URL has no variable `{name}`"));
            }
        }
        let template = api.server.ok_or("the API names no server: set the base URL")?;
        Self::parse(&filled(template, api, given)?)
    }

    /// Reads the URL of an operation's server, with the variables of the API's: one that is relative is so to this.
    pub(super) fn of_operation(
        &self,
        template: &str,
        api: &Api,
        given: &[(String, String)],
    ) -> Result<Self, String> {
        let url = filled(template, api, given)?;
        if url.contains("://") {
            return Self::parse(&url);
        }
        let base =
            Uri::try_from(self.as_str()).map_err(|error| format!("the base URL is no URL: {error}"))?;
        let url = redirect::resolve(&base, &url).ok_or_else(|| format!("the server {url:?} is no URL"))?;
        Self::parse(&url.to_string())
    }

    /// The URL, without a slash at its end.
    pub(super) fn as_str(&self) -> &str {
        &self.0
    }
}

/// A server's URL, with its variables in their places.
fn filled(template: &str, api: &Api, given: &[(String, String)]) -> Result<String, String> {
    let mut url = String::new();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}').ok_or("the server's URL has a brace too many")?;
        let variable = api.variables.iter().find(|variable| variable.name == name);
        let variable = variable.ok_or_else(|| format!("the server variable `{name}` is not declared"))?;
        let given = given.iter().rev().find(|(given, _)| given == name).map(|(_, value)| value.as_str());
        url.push_str(before);
        let value = value(variable, given, is_in_path(&url))?;
        url.push_str(value);
        rest = after;
    }
    url.push_str(rest);
    Ok(url)
}

impl Origin {
    /// Where a URL leads. The error goes on from "the URL".
    pub(super) fn of(uri: &Uri) -> Result<Self, String> {
        let scheme = match uri.scheme_str() {
            Some("http") => Scheme::Http,
            Some("https") => Scheme::Https,
            _ => return Err("starts with neither http:// nor https://".to_owned()),
        };
        let authority = uri.authority().ok_or("has no host")?;
        if authority.as_str().contains('@') {
            return Err("holds a user name or a password".to_owned());
        }
        let host = authority.host().to_ascii_lowercase();
        if !is_host(&host) {
            return Err("has no valid host".to_owned());
        }
        let port = match authority.as_str()[host.len()..].strip_prefix(':') {
            Some(port) => port.parse().map_err(|_| "has no valid port".to_owned())?,
            None => scheme.default_port(),
        };
        Ok(Self { scheme, host, port })
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let scheme = match self.scheme {
            Scheme::Http => "http",
            Scheme::Https => "https",
        };
        write!(f, "{scheme}://{}", self.host)?;
        if self.port != self.scheme.default_port() {
            write!(f, ":{}", self.port)?;
        }
        Ok(())
    }
}

impl Scheme {
    fn default_port(self) -> u16 {
        match self {
            Self::Http => 80,
            Self::Https => 443,
        }
    }
}

/// What a variable stands for. A value of the user's must not reach beyond its place, so it has no character that
/// means something in a URL; what the document lists is as good as the URL that the document wrote itself.
fn value<'a>(variable: &'a ServerVariable, given: Option<&'a str>, in_path: bool) -> Result<&'a str, String> {
    let name = variable.name;
    let Some(value) = given else {
        return variable.default.ok_or_else(|| format!("the server variable `{name}` is not set"));
    };
    if variable.default == Some(value) || variable.values.contains(&value) {
        return Ok(value);
    }
    if !variable.values.is_empty() {
        return Err(format!("the server variable `{name}` is none of {}", variable.values.join(", ")));
    }
    let fits = if in_path {
        value.bytes().all(|byte| is_plain(byte) || matches!(byte, b'/' | b'~'))
    } else {
        value.split('.').all(|label| !label.is_empty() && label.bytes().all(is_plain))
    };
    if fits && !value.is_empty() {
        Ok(value)
    } else {
        Err(format!("the server variable `{name}` cannot be {value:?}: it is to be part of a URL"))
    }
}

/// Whether what follows `url` is part of its path, rather than of its scheme or authority.
fn is_in_path(url: &str) -> bool {
    url.split_once("://").is_some_and(|(_, rest)| rest.contains('/'))
}

fn is_host(host: &str) -> bool {
    match host.strip_prefix('[').and_then(|host| host.strip_suffix(']')) {
        Some(address) => address.parse::<std::net::Ipv6Addr>().is_ok(),
        None => host.split('.').all(|label| !label.is_empty() && label.bytes().all(is_plain)),
    }
}

fn is_plain(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.')
}

/// Whether a URL library resolves this segment away.
pub(super) fn is_dots(segment: &str) -> bool {
    let plain = segment.to_ascii_lowercase().replace("%2e", ".");
    plain == "." || plain == ".."
}
