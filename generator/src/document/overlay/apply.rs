//! Runs the actions of overlays: selects values of the document, and changes them.
//!
//! Imports `diagnostics`, `moves`, `text`, `action` and `origin`.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use serde_json_path::{JsonPath, PathElement};

use super::super::moves::Moves;
use super::super::text::MAX_DEPTH;
use super::action::{Action, Change};
use super::origin::{Origin, inserted};
use crate::diagnostics::{Code, Diagnostics, Pointer};

/// The maximum number of values that all overlays together may add. Copies of copies grow exponentially.
const MAX_VALUES: usize = 2_000_000;

/// A step of a path in the document.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Step {
    Key(String),
    Index(usize),
}

impl Step {
    /// Returns the location of the value to which the step leads, from the location of the value around it.
    pub(super) fn below(&self, at: &Pointer) -> Pointer {
        match self {
            Self::Key(key) => at.child(key),
            Self::Index(index) => at.index(*index),
        }
    }

    fn of(element: &PathElement<'_>) -> Self {
        match element {
            PathElement::Name(name) => Self::Key((*name).to_owned()),
            PathElement::Index(index) => Self::Index(*index),
        }
    }
}

/// A document to which actions are applied.
pub(super) struct Application {
    document: Value,
    origin: Origin,
    /// The number of values that can still be added.
    values_left: usize,
}

/// A value that is merged into others.
struct Merged {
    value: Value,
    /// The origin of the value, if it is a copy of another one.
    source: Option<Origin>,
    /// The location where the value is written.
    at: Pointer,
    depth: usize,
    size: usize,
}

/// Values that cannot be merged: the kinds of both, and the location of the second.
struct Mismatch {
    target: &'static str,
    update: &'static str,
    at: Pointer,
}

impl Application {
    pub(super) fn new(document: Value) -> Self {
        Self { document, origin: Origin::default(), values_left: MAX_VALUES }
    }

    /// Returns the changed document, and the origins of its values.
    pub(super) fn finish(self) -> (Value, Moves) {
        (self.document, self.origin.into_moves())
    }

    /// Applies an action. `in_overlay` returns the pointer to a location in the overlay. Findings have locations in the
    /// overlay.
    pub(super) fn run(
        &mut self,
        action: Action,
        in_overlay: &dyn Fn(&Pointer) -> Pointer,
        diagnostics: &mut Diagnostics,
    ) {
        let Action { target, change, at } = action;
        let paths = select(&target, &self.document);
        if paths.is_empty() {
            diagnostics.report(
                Code::UnmatchedOverlayAction,
                &at.child("target"),
                format!("`{target}` selects nothing in the document"),
                "correct the query, or remove the action if the document no longer needs it",
            );
            return;
        }
        let merged = match change {
            Change::Remove => return self.remove(paths, &at, diagnostics),
            Change::Update(value) => Merged::new(value, None, in_overlay(&at.child("update"))),
            Change::Copy(source) => match self.copied(&source) {
                Ok(merged) => merged,
                Err(count) => {
                    diagnostics.report(
                        Code::InvalidOverlay,
                        &at.child("copy"),
                        format!("`{source}` selects {count} values, expected one"),
                        "write a query that selects one value",
                    );
                    return;
                }
            },
        };
        self.merge_all(&paths, &merged, &at, diagnostics);
    }

    fn copied(&self, source: &JsonPath) -> Result<Merged, usize> {
        match select(source, &self.document).as_slice() {
            [path] => {
                let value = at_path(&self.document, path).cloned().unwrap_or_default();
                let (origin, at) = self.origin.find(path);
                Ok(Merged::new(value, Some(origin.cloned().unwrap_or_default()), at))
            }
            paths => Err(paths.len()),
        }
    }

    fn merge_all(
        &mut self,
        paths: &[Vec<Step>],
        merged: &Merged,
        at: &Pointer,
        diagnostics: &mut Diagnostics,
    ) {
        let size = merged.size.saturating_mul(paths.len());
        let depth = paths.iter().map(Vec::len).max().unwrap_or_default() + merged.depth;
        if size > self.values_left || depth > MAX_DEPTH {
            let (code, message) = match depth > MAX_DEPTH {
                true => (
                    Code::TooDeep,
                    format!("after the action, values are nested more than {MAX_DEPTH} levels deep"),
                ),
                false => (Code::TooLarge, format!("overlays add more than {MAX_VALUES} values")),
            };
            diagnostics.report(code, at, message, "change fewer values, or add smaller ones");
            return;
        }
        let mut kinds = paths.iter().filter_map(|path| at_path(&self.document, path)).map(kind);
        if let Some(first) = kinds.next()
            && let Some(other) = kinds.find(|kind| *kind != first)
        {
            diagnostics.report(
                Code::InvalidOverlay,
                &at.child("target"),
                format!("the action selects {first} and {other}"),
                "write an action for each kind of value",
            );
            return;
        }
        self.values_left -= size;
        for path in paths {
            let (_, target_at) = self.origin.find(path);
            let Some(target) = at_path_mut(&mut self.document, path) else { continue };
            let origin = self.origin.at_path(path);
            let whole = Part { value: &merged.value, source: merged.source.as_ref(), at: merged.at.clone() };
            let result = match (&mut *target, &merged.value) {
                (Value::Array(_), Value::Array(_)) => merge(target, &whole, origin, &target_at),
                (Value::Array(elements), _) => {
                    let element = origin.child_mut(&Step::Index(elements.len()));
                    element.replace(inserted(whole.source, &whole.at));
                    elements.push(merged.value.clone());
                    Ok(())
                }
                _ => merge(target, &whole, origin, &target_at),
            };
            if let Err(Mismatch { target, update, at: written }) = result {
                let selected = path.iter().fold(Pointer::root(), |at, step| step.below(&at));
                // A copied value is written elsewhere, and the action is at fault.
                let at = if merged.source.is_none() { written.in_file(None) } else { at.child("copy") };
                diagnostics.report(
                    Code::InvalidOverlay,
                    &at,
                    format!("{update} cannot be merged into {target} of `#{selected}`"),
                    "write a value of the same kind, or remove the old value in an action before",
                );
                return;
            }
        }
    }

    /// Removes values. Lists are changed as a whole, so that the other indexes of the action stay valid.
    fn remove(&mut self, paths: Vec<Vec<Step>>, at: &Pointer, diagnostics: &mut Diagnostics) {
        let mut removed: BTreeMap<Vec<Step>, Vec<Step>> = BTreeMap::new();
        for mut path in paths {
            match path.pop() {
                Some(last) => removed.entry(path).or_default().push(last),
                None => {
                    let remedy = "select the values that the document does not need";
                    diagnostics.report(
                        Code::InvalidOverlay,
                        &at.child("target"),
                        "an action cannot remove the whole document",
                        remedy,
                    );
                    return;
                }
            }
        }
        // Values inside of others come first.
        for (path, mut steps) in removed.into_iter().rev() {
            steps.sort();
            let (_, around_at) = self.origin.find(&path);
            let origin = self.origin.at_path(&path);
            match at_path_mut(&mut self.document, &path) {
                Some(Value::Object(properties)) => {
                    for step in steps {
                        if let Step::Key(key) = step {
                            properties.shift_remove(&key);
                            origin.remove_key(&key);
                        }
                    }
                }
                Some(Value::Array(elements)) => {
                    let is_kept = |index: usize| steps.binary_search(&Step::Index(index)).is_err();
                    origin.retain(&around_at, elements.len(), is_kept);
                    let mut index = 0..;
                    elements.retain(|_| index.next().is_none_or(is_kept));
                }
                _ => {}
            }
        }
    }
}

impl Merged {
    fn new(value: Value, source: Option<Origin>, at: Pointer) -> Self {
        let (depth, size) = extent(&value);
        Self { value, source, at, depth, size }
    }
}

/// A part of a value that is merged into another one.
struct Part<'m> {
    value: &'m Value,
    source: Option<&'m Origin>,
    at: Pointer,
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
fn merge(
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
                        merge(property, &change, origin.child_mut(&step), &at)?;
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
        (target, update_value) => {
            Err(Mismatch { target: kind(target), update: kind(update_value), at: update.at.clone() })
        }
    }
}

fn is_primitive(value: &Value) -> bool {
    !matches!(value, Value::Object(_) | Value::Array(_))
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Object(_) => "an object",
        Value::Array(_) => "a list",
        _ => "a single value",
    }
}

/// Returns the paths of the values that a query selects, without repetition.
fn select(query: &JsonPath, document: &Value) -> Vec<Vec<Step>> {
    let selected = query.query_located(document);
    let paths: BTreeSet<Vec<Step>> =
        selected.locations().map(|path| path.iter().map(Step::of).collect()).collect();
    paths.into_iter().collect()
}

fn at_path<'d>(document: &'d Value, path: &[Step]) -> Option<&'d Value> {
    path.iter().try_fold(document, |value, step| match step {
        Step::Key(key) => value.get(key),
        Step::Index(index) => value.get(index),
    })
}

fn at_path_mut<'d>(document: &'d mut Value, path: &[Step]) -> Option<&'d mut Value> {
    path.iter().try_fold(document, |value, step| match step {
        Step::Key(key) => value.get_mut(key),
        Step::Index(index) => value.get_mut(index),
    })
}

/// Returns the nesting depth of a value, and the number of values in it.
fn extent(value: &Value) -> (usize, usize) {
    let mut extent = (0, 0);
    let mut pending = vec![(value, 0)];
    while let Some((value, depth)) = pending.pop() {
        extent = (extent.0.max(depth), extent.1 + 1);
        match value {
            Value::Object(properties) => pending.extend(properties.values().map(|value| (value, depth + 1))),
            Value::Array(elements) => pending.extend(elements.iter().map(|value| (value, depth + 1))),
            _ => {}
        }
    }
    extent
}
