//! Limits the work of overlays, and the size of their results.
//!
//! A value counts as one, and each 64 bytes of its text or of its key count as one more.

use serde_json::Value;

/// The work that all overlays together may do: each value that a query examines counts.
pub(super) const MAX_STEPS: usize = 100_000_000;

/// The size of the values that all overlays together may add. Copies of copies grow exponentially.
pub(super) const MAX_ADDED: usize = 2_000_000;

/// The length of all paths that one query may select.
pub(super) const MAX_PATHS: usize = 4_000_000;

/// The number of bytes that count as one value.
const BYTES_OF_UNIT: usize = 64;

/// Steps and additions that overlays can still take.
pub(super) struct Budget {
    steps: usize,
    added: usize,
}

/// The limit that an action exceeds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Exceeded {
    Steps,
    Added,
    Paths,
}

impl Default for Budget {
    fn default() -> Self {
        Self { steps: MAX_STEPS, added: MAX_ADDED }
    }
}

impl Budget {
    /// Records steps, before they are made.
    pub(super) fn spend(&mut self, steps: usize) -> Result<(), Exceeded> {
        self.steps = self.steps.checked_sub(steps).ok_or(Exceeded::Steps)?;
        Ok(())
    }

    /// Records values, before they are added.
    pub(super) fn add(&mut self, size: usize) -> Result<(), Exceeded> {
        self.added = self.added.checked_sub(size).ok_or(Exceeded::Added)?;
        Ok(())
    }

    /// Returns the number of steps that are left.
    pub(super) fn steps_left(&self) -> usize {
        self.steps
    }
}

/// Returns the size of a text or of a key.
pub(super) fn text_size(text: &str) -> usize {
    text.len() / BYTES_OF_UNIT
}

/// Returns the nesting depth of a value, and the size of the values in it.
pub(super) fn extent(value: &Value) -> (usize, usize) {
    extent_within(value, usize::MAX, usize::MAX)
}

/// Returns the nesting depth of a value, and the size of the values in it, down to a level. A value that is larger than
/// `limit` is not counted to the end.
pub(super) fn extent_within(value: &Value, levels: usize, limit: usize) -> (usize, usize) {
    let (mut deepest, mut size) = (0, 0_usize);
    let mut pending = vec![(value, 0)];
    while let Some((value, depth)) = pending.pop() {
        deepest = deepest.max(depth);
        size += 1;
        if size > limit {
            break;
        }
        match value {
            Value::String(text) => size += text_size(text),
            Value::Object(properties) if depth < levels => {
                size += properties.keys().map(|key| text_size(key)).sum::<usize>();
                pending.extend(properties.values().map(|value| (value, depth + 1)));
            }
            Value::Array(elements) if depth < levels => {
                pending.extend(elements.iter().map(|value| (value, depth + 1)));
            }
            _ => {}
        }
    }
    (deepest, size)
}
