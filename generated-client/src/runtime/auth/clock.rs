// @generated from the OpenAPI document: change that, and generate again.

//! What time it is.

use std::fmt;
use std::sync::Arc;
use std::time::SystemTime;

use super::super::time::now;

/// Tells the time by which tokens expire: the system's clock, unless the builder is given another one.
///
/// It is the time of day rather than one that only counts up: a machine that sleeps counts nothing, and its tokens
/// expire all the same.
#[derive(Clone)]
pub struct Clock(Arc<dyn Fn() -> SystemTime + Send + Sync>);

impl Clock {
    /// A clock that tells what `now` says.
    pub fn new(now: impl Fn() -> SystemTime + Send + Sync + 'static) -> Self {
        Self(Arc::new(now))
    }

    /// What it tells.
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
