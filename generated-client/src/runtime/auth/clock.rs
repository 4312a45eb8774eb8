// @generated from the OpenAPI document. Change the document, and generate again.

//! The clock for the expiry of tokens.

use std::fmt;
use std::sync::Arc;
use std::time::SystemTime;

use super::super::net::time::now;

/// A clock that determines when tokens expire. The default is the system clock.
///
/// It returns the time of day. A monotonic clock can stop while the machine sleeps, but tokens still expire.
#[derive(Clone)]
pub struct Clock(Arc<dyn Fn() -> SystemTime + Send + Sync>);

impl Clock {
    /// Creates a clock from a function that returns the current time.
    pub fn new(now: impl Fn() -> SystemTime + Send + Sync + 'static) -> Self {
        Self(Arc::new(now))
    }

    /// Returns the current time.
    pub fn now(&self) -> SystemTime {
        (self.0)()
    }
}

impl Default for Clock {
    fn default() -> Self {
        Self::new(now)
    }
}

impl fmt::Debug for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Clock").finish_non_exhaustive()
    }
}
