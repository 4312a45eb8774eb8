// @generated from the OpenAPI document. Change the document, and generate again.

//! Random numbers, without a dependency.

/// Returns 64 random bits. The standard library seeds its hash maps with random keys from the operating
/// system, and the hash of an empty input under such a key is random too.
#[cfg(not(target_os = "unknown"))]
pub(in super::super) fn random() -> u64 {
    use std::collections::hash_map::RandomState;
    use std::hash::{BuildHasher, Hasher};

    RandomState::new().build_hasher().finish()
}

/// Returns 64 random bits. The WebAssembly host does not guarantee that they are unpredictable, which is
/// sufficient for backoff and for multipart boundaries.
#[cfg(target_os = "unknown")]
pub(in super::super) fn random() -> u64 {
    let half = || (js_sys::Math::random() * f64::from(u32::MAX)) as u64;
    half() << 32 | half()
}
