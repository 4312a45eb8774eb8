// @generated from the OpenAPI document. Change the document, and generate again.

//! A limit for objects and unions inside one another.
//!
//! A decoder of serde_json limits the nesting, but a union is decoded from its own text, by a decoder of its own. So
//! the objects and the unions that are being decoded are counted, too.

use std::cell::Cell;

use serde::de;

use super::decode_budget;

/// The limit of serde_json.
const MAX_LEVELS: u32 = 128;

thread_local! {
    /// The number of objects and of unions that are being decoded.
    static LEVELS: Cell<[u32; 2]> = const { Cell::new([0, 0]) };
}

/// A value that contains other values.
#[derive(Clone, Copy)]
pub(super) enum Container {
    Object,
    Union,
}

/// While this exists, a container is being decoded on this thread.
pub(super) struct Level(Container);

impl Level {
    /// Starts to decode a container.
    ///
    /// # Errors
    ///
    /// Returns an error if there are too many containers around it.
    pub(super) fn enter<E: de::Error>(container: Container) -> Result<Self, E> {
        let mut levels = LEVELS.get();
        let level = &mut levels[container as usize];
        *level += 1;
        if *level > MAX_LEVELS {
            decode_budget::exceed();
            return Err(E::custom(format_args!(
                "objects or unions are nested more than {MAX_LEVELS} levels deep"
            )));
        }
        LEVELS.set(levels);
        Ok(Self(container))
    }
}

impl Drop for Level {
    fn drop(&mut self) {
        let mut levels = LEVELS.get();
        levels[self.0 as usize] -= 1;
        LEVELS.set(levels);
    }
}
