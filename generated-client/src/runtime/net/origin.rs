// @generated from the OpenAPI document. Change the document, and generate again.

//! The origin of a URL: its scheme, host and port ([RFC 6454](https://www.rfc-editor.org/rfc/rfc6454), section 4).

use std::fmt;

use http::Uri;

/// The origin of a URL. Credentials are only sent to their own origin.
#[derive(Debug, PartialEq, Eq)]
pub(in super::super) struct Origin {
    scheme: Scheme,
    host: String,
    port: u16,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Scheme {
    Http,
    Https,
}

impl Origin {
    /// Returns the origin of a URL. The error message continues a sentence that starts with "the URL".
    pub(in super::super) fn of(uri: &Uri) -> Result<Self, String> {
        let scheme = match uri.scheme_str() {
            Some("http") => Scheme::Http,
            Some("https") => Scheme::Https,
            _ => return Err("does not start with http:// or https://".to_owned()),
        };
        let authority = uri.authority().ok_or("has no host")?;
        if authority.as_str().contains('@') {
            return Err("contains a user name or a password".to_owned());
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

fn is_host(host: &str) -> bool {
    match host.strip_prefix('[').and_then(|host| host.strip_suffix(']')) {
        Some(address) => address.parse::<std::net::Ipv6Addr>().is_ok(),
        None => host.split('.').all(|label| !label.is_empty() && label.bytes().all(is_host_byte)),
    }
}

/// Returns true for a character that the name of a host can contain.
pub(in super::super) fn is_host_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.')
}
