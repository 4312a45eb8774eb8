// @generated from the OpenAPI document: change that, and generate again.

//! Numbers that nobody can guess, without a dependency for them.

/// 64 random bits. The standard library seeds its hash maps from the operating system, so that their order cannot be
/// foreseen; what such a seed makes of nothing at all is as random.
#[cfg(not(target_os = "unknown"))]
pub(super) fn random() -> u64 {
    use std::collections::hash_map::RandomState;
    use std::hash::{BuildHasher, Hasher};

    RandomState::new().build_hasher().finish()
}

/// 64 bits, as random as the host of WebAssembly makes them: enough for waits, and for boundaries that no body has.
#[cfg(target_os = "unknown")]
pub(super) fn random() -> u64 {
    let half = || (js_sys::Math::random() * f64::from(u32::MAX)) as u64;
    half() << 32 | half()
}
