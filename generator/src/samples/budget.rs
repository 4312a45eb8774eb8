//! Bounds the size of a sample and the work to make it, so that a small document does not become a large crate.
//!
//! Imports nothing.

use serde_json::Value;

/// The maximum size of a sample in bytes, as JSON without spaces.
pub(super) const MAX_SIZE: usize = 50_000;

/// The maximum nesting of the lists and objects of a sample. Many parsers of JSON have a limit of about 128.
pub(super) const MAX_NESTING: usize = 100;

/// The remaining size and work for one sample.
#[derive(Debug)]
pub(super) struct Budget {
    size: usize,
    /// The steps that are left. Values that are discarded count too.
    work: usize,
    is_exhausted: bool,
}

impl Budget {
    pub(super) fn new(work: usize) -> Self {
        Self { size: MAX_SIZE, work, is_exhausted: false }
    }

    /// Reserves space for a part of the sample. Returns `None` if there is not enough.
    pub(super) fn spend(&mut self, bytes: usize) -> Option<()> {
        self.work(bytes)?;
        let left = self.size.checked_sub(bytes);
        self.is_exhausted = left.is_none();
        self.size = left?;
        Some(())
    }

    /// Counts steps that do not add to the sample. Returns `None` if there have been too many.
    pub(super) fn work(&mut self, steps: usize) -> Option<()> {
        let left = self.work.checked_sub(steps).filter(|_| !self.is_exhausted);
        self.is_exhausted = left.is_none();
        self.work = left?;
        Some(())
    }

    /// Returns the space that is left. After a value is discarded, [`restore`](Self::restore) takes it.
    pub(super) fn left(&self) -> usize {
        self.size
    }

    /// Frees the space of a value that is discarded.
    pub(super) fn restore(&mut self, left: usize) {
        self.size = left;
    }

    /// True if there was not enough space for some part.
    pub(super) fn is_exhausted(&self) -> bool {
        self.is_exhausted
    }
}

/// Returns the size of a value in bytes, as JSON without spaces and escapes. Returns `None` if it exceeds `limit`.
pub(super) fn size(value: &Value, limit: usize) -> Option<usize> {
    let mut size = 0;
    let mut pending = vec![value];
    while let Some(value) = pending.pop() {
        size += 1 + match value {
            Value::Null | Value::Bool(_) | Value::Number(_) => 4,
            Value::String(text) => text.len() + 2,
            Value::Array(items) => {
                pending.extend(items);
                1
            }
            Value::Object(properties) => {
                pending.extend(properties.values());
                properties.keys().map(|name| name.len() + 3).sum::<usize>() + 1
            }
        };
        if size > limit {
            return None;
        }
    }
    Some(size)
}
