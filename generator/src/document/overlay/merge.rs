//! Merges a value into another one, and records the origins of the new values.
//!
//! Imports `diagnostics`, `origin` and `step`.

use serde_json::Value;

use super::origin::{Origin, inserted};
use super::step::Step;
use crate::diagnostics::Pointer;

/// Values that cannot be merged.
pub(super) struct Mismatch {
    /// The kind of the value that would change.
    pub(super) target: &'static str,
    /// The steps from the target of the action to this value, the last one first.
    pub(super) steps: Vec<Step>,
    /// The kind of the value in the update.
    pub(super) update: &'static str,
    /// The location of the value in the update.
    pub(super) at: Pointer,
}

/// A part of a value that is merged into another one.
pub(super) struct Part<'m> {
    pub(super) value: &'m Value,
    /// The origin of the value, if it is a copy of another one.
    pub(super) source: Option<&'m Origin>,
    /// The location where the value is written.
    pub(super) at: Pointer,
}

impl<'m> Part<'m> {
    fn child(&self, step: &Step, value: &'m Value) -> Self {
        let source = self.source.and_then(|source| source.child(step));
        let at = source.and_then(Origin::own).unwrap_or_else(|| step.below(&self.at));
        Self { value, source, at }
    }
}

/// Merges a value into another one. `target_at` is the location where the target is written.
///
/// Null leaves an object or a list as it is, because `tags:` without a value is null in YAML.
pub(super) fn merge(
    target: &mut Value,
    update: &Part<'_>,
    origin: &mut Origin,
    target_at: &Pointer,
) -> Result<(), Mismatch> {
    match (target, update.value) {
        (Value::Object(properties), Value::Object(changes)) => {
            for (key, change) in changes {
                let step = Step::Key(key.clone());
                let change = update.child(&step, change);
                match properties.get_mut(key) {
                    Some(property) => {
                        let at = origin
                            .child(&step)
                            .and_then(Origin::own)
                            .unwrap_or_else(|| step.below(target_at));
                        let merged = merge(property, &change, origin.child_mut(&step), &at);
                        if let Err(mut mismatch) = merged {
                            mismatch.steps.push(step);
                            return Err(mismatch);
                        }
                    }
                    None => {
                        properties.insert(key.clone(), change.value.clone());
                        origin.child_mut(&step).replace(inserted(change.source, &change.at));
                    }
                }
            }
            Ok(())
        }
        (Value::Array(elements), Value::Array(added)) => {
            for (index, element) in added.iter().enumerate() {
                let element = update.child(&Step::Index(index), element);
                origin.child_mut(&Step::Index(elements.len())).replace(inserted(element.source, &element.at));
                elements.push(element.value.clone());
            }
            Ok(())
        }
        (Value::Object(_) | Value::Array(_), Value::Null) => Ok(()),
        (target, update_value) if is_primitive(target) && is_primitive(update_value) => {
            *target = update_value.clone();
            origin.replace(inserted(update.source, &update.at));
            Ok(())
        }
        (target, update_value) => Err(Mismatch {
            target: kind(target),
            steps: Vec::new(),
            update: kind(update_value),
            at: update.at.clone(),
        }),
    }
}

fn is_primitive(value: &Value) -> bool {
    !matches!(value, Value::Object(_) | Value::Array(_))
}

/// Returns the kind of a value, for use in a message.
pub(super) fn kind(value: &Value) -> &'static str {
    match value {
        Value::Object(_) => "an object",
        Value::Array(_) => "a list",
        _ => "a single value",
    }
}
