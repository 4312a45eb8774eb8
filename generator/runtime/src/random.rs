//! Numbers that nobody can guess, without a dependency for them.

use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher, Hasher};

/// 64 random bits. The standard library seeds its hash maps from the operating system, so that their order cannot be
/// foreseen; what such a seed makes of nothing at all is as random.
pub(super) fn random() -> u64 {
    RandomState::new().build_hasher().finish()
}
