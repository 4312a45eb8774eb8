// @generated from the OpenAPI document: change that, and generate again.

//! Which way a value travels. What only the server sets is not asked of a request, and what only the client sends is not
//! asked of an answer (OpenAPI 3.0.3, section 4.7.24.2), though both may be members of one type.
//!
//! serde's traits do not say what a value is written for, hence the thread-local. A value is an answer, or is kept
//! somewhere as one, unless a request is known to be under way.

use std::cell::Cell;

thread_local! {
    static IS_REQUEST: Cell<bool> = const { Cell::new(false) };
}

/// What is written or read on this thread until this is dropped is part of a request.
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

/// Whether what is written or read is part of a request.
pub(super) fn is_request() -> bool {
    IS_REQUEST.get()
}
