// @generated from the OpenAPI document. Change the document, and generate again.

//! The reasons of network failures in plain words.
//!
//! Transports report a failure as a chain of causes. The kinds that a reader has to distinguish are
//! recognized here, in the causes of `reqwest` and of any other transport that is built on `std::io`.

use std::error::Error as StdError;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

use http::Uri;

type Cause = dyn StdError + 'static;

/// Returns the reason of a failure in plain words if it is of a known kind.
pub(in super::super) fn reason(error: &Cause) -> Option<String> {
    causes(error).find_map(known_reason)
}

/// Returns the message of the last cause of an error, which says most about the failure.
pub(in super::super) fn last_cause(error: &Cause) -> String {
    causes(error).last().map(|cause| without_credentials(&cause.to_string())).unwrap_or_default()
}

/// Returns the host that a request was sent to, and the address of the failed connection if it is known.
pub(in super::super) fn host(uri: &Uri, error: &Cause) -> String {
    let host = uri.host().unwrap_or_default();
    let Some(address) = address(error) else {
        return match uri.port_u16() {
            Some(port) if !is_dns(error) => format!("{host}:{port}"),
            _ => host.to_owned(),
        };
    };
    match host.trim_matches(['[', ']']).parse() == Ok::<IpAddr, _>(address.ip()) {
        true => address.to_string(),
        // The name, too: there may be a proxy in between.
        false => format!("{host}, {address}"),
    }
}

/// Returns true if the connection was closed before any part of the request was sent on it.
#[cfg(all(feature = "reqwest", not(target_os = "unknown")))]
pub(super) fn is_unsent(error: &Cause) -> bool {
    // The message of `hyper` for a request that it has not begun to write.
    causes(error).any(|cause| cause.to_string() == "operation was canceled")
}

/// Says that a timeout has elapsed.
pub(in super::super) fn timed_out(timeout: Option<Duration>) -> String {
    match timeout {
        Some(timeout) => format!("timed out after {} s", timeout.as_secs_f64()),
        None => "timed out".to_owned(),
    }
}

/// Removes URLs with a query or a user from a message: they may hold credentials.
pub(super) fn without_credentials(message: &str) -> String {
    let words = message.split_inclusive(char::is_whitespace).map(|word| match word.split_once("://") {
        Some((scheme, rest)) if rest.contains(['?', '@']) => {
            format!("{scheme}://...{}", if rest.ends_with(char::is_whitespace) { " " } else { "" })
        }
        _ => word.to_owned(),
    });
    words.collect()
}

/// Returns an error and its causes, from the outside in.
fn causes(error: &Cause) -> impl Iterator<Item = &Cause> {
    std::iter::successors(Some(error), |&error| {
        // `source` of an I/O error skips the error that it wraps.
        let wrapped = error.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
        wrapped.map(|wrapped| wrapped as &Cause).or_else(|| error.source())
    })
}

fn known_reason(cause: &Cause) -> Option<String> {
    #[cfg(all(feature = "reqwest", not(target_os = "unknown")))]
    if let Some(error) = cause.downcast_ref::<rustls::Error>() {
        return Some(format!("TLS failed: {}", tls_reason(error)));
    }
    let kind = cause.downcast_ref::<io::Error>().map(io::Error::kind);
    let reason = match kind {
        Some(io::ErrorKind::ConnectionRefused) => "connection refused",
        Some(io::ErrorKind::ConnectionReset) => "connection reset",
        Some(io::ErrorKind::ConnectionAborted) => "connection aborted",
        Some(io::ErrorKind::BrokenPipe | io::ErrorKind::UnexpectedEof) => "connection closed",
        Some(io::ErrorKind::HostUnreachable) => "host unreachable",
        Some(io::ErrorKind::NetworkUnreachable) => "network unreachable",
        Some(io::ErrorKind::TimedOut) => "connection timed out",
        // The types of these errors are private, so only their texts are left.
        _ => match cause.to_string().as_str() {
            DNS_ERROR => match cause.source() {
                Some(cause) if cause.to_string().contains("Temporary failure") => "host name lookup failed",
                _ => "host name not found",
            },
            "operation timed out" => "connection timed out",
            "connection closed before message completed" => {
                "connection closed before the response was complete"
            }
            text if text.starts_with("tunnel error: ") => return Some(format!("proxy {text}")),
            text if text.starts_with("invalid HTTP ") => "invalid HTTP response",
            _ => return None,
        },
    };
    Some(reason.to_owned())
}

/// The message of `hyper-util` if it cannot resolve a host name.
const DNS_ERROR: &str = "dns error";

fn is_dns(error: &Cause) -> bool {
    causes(error).any(|cause| cause.to_string() == DNS_ERROR)
}

/// Returns the address of a failed connection. `hyper-util` has it in `Debug` only.
fn address(error: &Cause) -> Option<SocketAddr> {
    causes(error).find_map(|cause| {
        let debug = format!("{cause:?}");
        debug.strip_prefix("ConnectError(\"tcp connect error\", ")?.split(',').next()?.parse().ok()
    })
}

#[cfg(all(feature = "reqwest", not(target_os = "unknown")))]
fn tls_reason(error: &rustls::Error) -> String {
    use rustls::CertificateError::{
        Expired, ExpiredContext, NotValidForName, NotValidForNameContext, UnknownIssuer,
    };

    let reason = match error {
        rustls::Error::InvalidCertificate(problem) => match problem {
            UnknownIssuer => "the certificate was issued by an unknown authority",
            Expired | ExpiredContext { .. } => "the certificate has expired",
            NotValidForName | NotValidForNameContext { .. } => "the certificate is not valid for this host",
            _ => return error.to_string(),
        },
        rustls::Error::InvalidMessage(rustls::InvalidMessage::InvalidContentType) => {
            "the server does not use TLS"
        }
        _ => return error.to_string(),
    };
    reason.to_owned()
}
