//! Spells the crate.

#[cfg_attr(not(test), expect(dead_code, reason = "nothing is rendered yet"))]
pub(crate) mod docs;
