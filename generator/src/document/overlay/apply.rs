//! Runs the actions of overlays: selects values of the document, and changes them.
//!
//! Imports `diagnostics`, `moves`, `text`, `action`, `budget`, `merge`, `origin`, `query`, `select` and `step`.

use std::collections::BTreeMap;

use serde_json::Value;

use super::super::moves::Moves;
use super::super::text::MAX_DEPTH;
use super::action::{Action, Change};
use super::budget::{Budget, Exceeded, MAX_ADDED, MAX_PATHS, MAX_STEPS, extent};
use super::merge::{Mismatch, Part, kind, merge};
use super::origin::{Origin, inserted};
use super::query::Query;
use super::select::select;
use super::step::{Step, at_path, at_path_mut};
use crate::diagnostics::{Code, Diagnostics, Pointer};

/// A document to which actions are applied.
pub(super) struct Application {
    document: Value,
    origin: Origin,
    budget: Budget,
    /// True after an action exceeded the budget. The following actions are not applied.
    is_stopped: bool,
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

/// The reason why an action cannot be applied.
struct Failure {
    code: Code,
    at: Pointer,
    message: String,
    remedy: &'static str,
}

impl Application {
    pub(super) fn new(document: Value) -> Self {
        Self { document, origin: Origin::default(), budget: Budget::default(), is_stopped: false }
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
        if self.is_stopped {
            return;
        }
        if let Err(Failure { code, at, message, remedy }) = self.apply(action, in_overlay) {
            self.is_stopped = code == Code::TooLarge;
            diagnostics.report(code, &at, message, remedy);
        }
    }

    fn apply(&mut self, action: Action, in_overlay: &dyn Fn(&Pointer) -> Pointer) -> Result<(), Failure> {
        let Action { target, change, at } = action;
        let paths = self.select(&target, &at.child("target"))?;
        if paths.is_empty() {
            return Err(Failure {
                code: Code::UnmatchedOverlayAction,
                at: at.child("target"),
                message: format!("`{target}` selects nothing in the document"),
                remedy: "correct the query, or remove the action if the document no longer needs it",
            });
        }
        match change {
            Change::Remove => self.remove(paths, &at),
            Change::Update(value) => {
                let merged = Merged::new(value, None, in_overlay(&at.child("update")));
                self.merge_all(&paths, &merged, &at)
            }
            Change::Copy(source) => {
                let merged = self.copied(&source, &at.child("copy"))?;
                self.merge_all(&paths, &merged, &at)
            }
        }
    }

    fn select(&mut self, query: &Query, at: &Pointer) -> Result<Vec<Vec<Step>>, Failure> {
        select(query, &self.document, &mut self.budget).map_err(|limit| Failure::exceeded(limit, at))
    }

    fn copied(&mut self, source: &Query, at: &Pointer) -> Result<Merged, Failure> {
        let paths = self.select(source, at)?;
        let [path] = paths.as_slice() else {
            let message = format!("`{source}` selects {} values, expected one", paths.len());
            return Err(Failure::invalid(at.clone(), message, "write a query that selects one value"));
        };
        let value = at_path(&self.document, path).unwrap_or(&Value::Null);
        self.budget.spend(extent(value).1).map_err(|limit| Failure::exceeded(limit, at))?;
        let (origin, written) = self.origin.find(path);
        Ok(Merged::new(value.clone(), Some(origin.cloned().unwrap_or_default()), written))
    }

    fn merge_all(&mut self, paths: &[Vec<Step>], merged: &Merged, at: &Pointer) -> Result<(), Failure> {
        let depth = paths.iter().map(Vec::len).max().unwrap_or_default() + merged.depth;
        if depth > MAX_DEPTH {
            return Err(Failure {
                code: Code::TooDeep,
                at: at.clone(),
                message: format!("after the action, values are nested more than {MAX_DEPTH} levels deep"),
                remedy: "change fewer values, or add smaller ones",
            });
        }
        self.check_kinds(paths, &at.child("target"))?;
        let size = merged.size.saturating_mul(paths.len());
        self.budget.add(size).map_err(|limit| Failure::exceeded(limit, at))?;
        paths.iter().try_for_each(|path| self.merge_one(path, merged, at))
    }

    /// Checks that all selected values are of one kind.
    fn check_kinds(&self, paths: &[Vec<Step>], at: &Pointer) -> Result<(), Failure> {
        let mut kinds = paths.iter().filter_map(|path| at_path(&self.document, path)).map(kind);
        let Some(first) = kinds.next() else { return Ok(()) };
        match kinds.find(|kind| *kind != first) {
            Some(other) => Err(Failure::invalid(
                at.clone(),
                format!("the action selects {first} and {other}"),
                "write an action for each kind of value",
            )),
            None => Ok(()),
        }
    }

    fn merge_one(&mut self, path: &[Step], merged: &Merged, at: &Pointer) -> Result<(), Failure> {
        let (_, target_at) = self.origin.find(path);
        // An earlier change of the action may have replaced the value.
        let Some(target) = at_path_mut(&mut self.document, path) else { return Ok(()) };
        let origin = self.origin.at_path(path);
        let whole = Part { value: &merged.value, source: merged.source.as_ref(), at: merged.at.clone() };
        match (&mut *target, &merged.value) {
            (Value::Array(elements), added) if !added.is_array() => {
                let element = origin.child_mut(&Step::Index(elements.len()));
                element.replace(inserted(whole.source, &whole.at));
                elements.push(merged.value.clone());
                Ok(())
            }
            _ => merge(target, &whole, origin, &target_at)
                .map_err(|mismatch| Failure::mismatch(mismatch, path, merged, at)),
        }
    }

    /// Removes values. Objects and lists are changed as a whole, so that the other indexes of the action stay
    /// valid, and the time does not depend on the number of removed values.
    fn remove(&mut self, paths: Vec<Vec<Step>>, at: &Pointer) -> Result<(), Failure> {
        let mut removed: BTreeMap<Vec<Step>, Vec<Step>> = BTreeMap::new();
        for mut path in paths {
            match path.pop() {
                Some(last) => removed.entry(path).or_default().push(last),
                None => {
                    return Err(Failure::invalid(
                        at.child("target"),
                        "an action cannot remove the whole document".to_owned(),
                        "select the values that the document does not need",
                    ));
                }
            }
        }
        // Values inside of others come first.
        for (path, mut steps) in removed.into_iter().rev() {
            steps.sort();
            let (_, around_at) = self.origin.find(&path);
            let Some(around) = at_path_mut(&mut self.document, &path) else { continue };
            self.budget.spend(length(around)).map_err(|limit| Failure::exceeded(limit, at))?;
            remove_steps(around, &steps, self.origin.at_path(&path), &around_at);
        }
        Ok(())
    }
}

/// Removes properties of an object, or elements of a list. The steps are sorted.
fn remove_steps(around: &mut Value, steps: &[Step], origin: &mut Origin, around_at: &Pointer) {
    match around {
        Value::Object(properties) => {
            let keys =
                || steps.iter().filter_map(|step| if let Step::Key(key) = step { Some(key) } else { None });
            keys().for_each(|key| origin.remove_key(key));
            match steps {
                [Step::Key(key)] => drop(properties.shift_remove(key)),
                _ => {
                    let keys: Vec<&String> = keys().collect();
                    properties.retain(|key, _| keys.binary_search(&key).is_err());
                }
            }
        }
        Value::Array(elements) => {
            let is_kept = |index: usize| steps.binary_search(&Step::Index(index)).is_err();
            origin.retain(around_at, elements.len(), is_kept);
            let mut index = 0..;
            elements.retain(|_| index.next().is_none_or(is_kept));
        }
        _ => {}
    }
}

/// Returns the number of properties or elements.
fn length(value: &Value) -> usize {
    match value {
        Value::Object(properties) => properties.len(),
        Value::Array(elements) => elements.len(),
        _ => 0,
    }
}

impl Failure {
    fn invalid(at: Pointer, message: String, remedy: &'static str) -> Self {
        Self { code: Code::InvalidOverlay, at, message, remedy }
    }

    fn exceeded(limit: Exceeded, at: &Pointer) -> Self {
        let (message, remedy) = match limit {
            Exceeded::Steps => (
                format!("overlays examine more than {MAX_STEPS} values"),
                "write paths instead of `..` and of filters, or fewer actions",
            ),
            Exceeded::Added => (
                format!("overlays add more than {MAX_ADDED} values; 64 bytes of text count as one"),
                "change fewer values, or add smaller ones",
            ),
            Exceeded::Paths => (
                format!("the paths of the selected values have more than {MAX_PATHS} steps"),
                "select fewer values",
            ),
        };
        Self { code: Code::TooLarge, at: at.clone(), message, remedy }
    }

    fn mismatch(mismatch: Mismatch, path: &[Step], merged: &Merged, at: &Pointer) -> Self {
        let Mismatch { target, steps, update, at: written } = mismatch;
        let selected =
            path.iter().chain(steps.iter().rev()).fold(Pointer::root(), |at, step| step.below(&at));
        // A copied value is written elsewhere, and the action is at fault.
        let at = if merged.source.is_none() { written.in_file(None) } else { at.child("copy") };
        Self::invalid(
            at,
            format!("{update} cannot be merged into `#{selected}`, which is {target}"),
            "write a value of the same kind, or remove the old value in an action before",
        )
    }
}

impl Merged {
    fn new(value: Value, source: Option<Origin>, at: Pointer) -> Self {
        let (depth, size) = extent(&value);
        Self { value, source, at, depth, size }
    }
}
