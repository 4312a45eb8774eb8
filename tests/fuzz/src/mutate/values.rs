//! Mutations that replace a value by a new one, and new values for the other mutations.

use serde_json::{Value, json};

use super::Target;
use crate::Random;
use crate::text::WIDE_NUMBERS;
use crate::words;

/// Replaces a scalar.
pub(super) fn replace_scalar(target: &mut Target<'_>) {
    // Most values are scalars.
    for _ in 0..8 {
        let Some(number) = target.pick(|_| true) else { return };
        let new = scalar(target.random);
        match target.node_mut(number) {
            Some(Value::Array(_) | Value::Object(_)) | None => {}
            Some(node) => {
                *node = new;
                return;
            }
        }
    }
}

/// Replaces any value by data.
pub(super) fn replace_any(target: &mut Target<'_>) {
    let Some(number) = target.pick(|_| true) else { return };
    let new = data(target.random);
    if let Some(node) = target.node_mut(number) {
        *node = new;
    }
}

/// Returns a value for a field such as `default`, `const` or `example`.
pub(super) fn data(random: &mut Random) -> Value {
    match random.below(8) {
        0 => Value::Array((0..random.below(3)).map(|_| scalar(random)).collect()),
        1 => json!({ name(random): scalar(random) }),
        2 => json!({}),
        _ => scalar(random),
    }
}

pub(super) fn scalar(random: &mut Random) -> Value {
    match random.below(8) {
        0 => Value::Null,
        1 => random.one_in(2).into(),
        2 | 3 => number(random),
        4 | 5 => random.word(words::TEXTS).into(),
        _ => name(random).into(),
    }
}

pub(super) fn number(random: &mut Random) -> Value {
    let count = WIDE_NUMBERS.len();
    match random.below(16) {
        0 => u64::MAX.into(),
        1 => i64::MIN.into(),
        2 => i64::MAX.into(),
        3 => (1_u64 << random.below(64)).into(),
        4 => f64::MAX.into(),
        5 => f64::MIN_POSITIVE.into(),
        6 => json!(-0.0),
        7 => json!(1.0),
        8 => json!(0.1),
        9 => (-1).into(),
        at @ 10..=12 => WIDE_NUMBERS[at % count].into(),
        _ => random.below(4).into(),
    }
}

pub(super) fn name(random: &mut Random) -> String {
    match random.below(12) {
        0 => format!("{}{}", random.word(words::NAMES), random.word(words::NAMES)),
        1 => format!("{}_{}", random.word(words::NAMES), random.below(3)),
        2 => format!("{}.{}", random.word(words::NAMES), random.word(words::NAMES)),
        _ => random.word(words::NAMES).to_owned(),
    }
}
