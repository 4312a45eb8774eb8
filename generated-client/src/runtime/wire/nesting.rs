// @generated from the OpenAPI document. Change the document, and generate again.

//! A limit for objects and unions inside one another.
//!
//! A decoder of serde_json limits the nesting, but a union is decoded from its own text, by a decoder of its own. So
//! the objects and the unions that are being decoded are counted, too.

use std::cell::Cell;
use std::thread::LocalKey;

use serde::de;

use super::decode_budget;

/// The limit of serde_json.
const MAX_LEVELS: u32 = 128;

thread_local! {
    /// The number of objects that are being decoded.
    static OBJECTS: Cell<u32> = const { Cell::new(0) };
}

/// A value that contains other values.
#[derive(Clone, Copy)]
pub(super) enum Container {
    Object,
}

impl Container {
    #[inline]
    fn levels(self) -> &'static LocalKey<Cell<u32>> {
        match self {
            Self::Object => &OBJECTS,
        }
    }
}

/// While this exists, a container is being decoded on this thread.
pub(super) struct Level(Container);

impl Level {
    /// Starts to decode a container.
    ///
    /// # Errors
    ///
    /// Returns an error if there are too many containers around it.
    #[inline]
    pub(super) fn enter<E: de::Error>(container: Container) -> Result<Self, E> {
        let levels = container.levels().get();
        if levels == MAX_LEVELS {
            return Err(too_deep());
        }
        container.levels().set(levels + 1);
        Ok(Self(container))
    }
}

impl Drop for Level {
    #[inline]
    fn drop(&mut self) {
        let levels = self.0.levels();
        levels.set(levels.get() - 1);
    }
}

/// Makes the body an error.
#[cold]
fn too_deep<E: de::Error>() -> E {
    decode_budget::exceed();
    E::custom(format_args!("objects or unions are nested more than {MAX_LEVELS} levels deep"))
}
