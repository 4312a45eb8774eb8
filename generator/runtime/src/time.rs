//! What time it is, also where there is no operating system to ask: in WebAssembly the standard library has no clock,
//! and its host has.

use std::time::SystemTime;

#[cfg(not(target_os = "unknown"))]
pub use std::time::Instant;
#[cfg(target_os = "unknown")]
pub use web_time::Instant;

/// The time of day.
#[cfg(not(target_os = "unknown"))]
pub(super) fn now() -> SystemTime {
    SystemTime::now()
}

/// The time of day.
#[cfg(target_os = "unknown")]
pub(super) fn now() -> SystemTime {
    let since = web_time::SystemTime::now().duration_since(web_time::UNIX_EPOCH);
    SystemTime::UNIX_EPOCH + since.unwrap_or_default()
}
