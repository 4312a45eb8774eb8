// @generated from the OpenAPI document. Change the document, and generate again.

//! The current time. In WebAssembly, the standard library has no clock, so the clock of the host is used.

use std::time::SystemTime;

#[cfg(not(target_os = "unknown"))]
pub use std::time::Instant;
#[cfg(target_os = "unknown")]
pub use web_time::Instant;

/// Returns the current time.
#[cfg(not(target_os = "unknown"))]
pub(in super::super) fn now() -> SystemTime {
    SystemTime::now()
}

/// Returns the current time.
#[cfg(target_os = "unknown")]
pub(in super::super) fn now() -> SystemTime {
    let since = web_time::SystemTime::now().duration_since(web_time::UNIX_EPOCH);
    SystemTime::UNIX_EPOCH + since.unwrap_or_default()
}
