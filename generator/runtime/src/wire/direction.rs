//! The direction of a value. Read-only properties are not required in requests, and write-only properties are
//! not required in responses (OpenAPI 3.0.3, section 4.7.24.2), but one type can have both.
//!
//! serde's traits cannot pass the direction, so it is in a thread-local. By default a value belongs to a
//! response.

use std::cell::Cell;

thread_local! {
    static IS_REQUEST: Cell<bool> = const { Cell::new(false) };
}

/// While this exists, values that are encoded or decoded on this thread belong to a request.
pub(super) struct InRequest {
    outer: bool,
}

impl InRequest {
    pub(super) fn begin() -> Self {
        Self { outer: IS_REQUEST.replace(true) }
    }
}

impl Drop for InRequest {
    fn drop(&mut self) {
        IS_REQUEST.set(self.outer);
    }
}

/// Returns true if the current value belongs to a request.
pub(super) fn is_request() -> bool {
    IS_REQUEST.get()
}
