//! Selects the values of a document, segment by segment, so that a query cannot take longer than the budget allows.
//!
//! A value that several paths of a query lead to is selected once. So the number of values never exceeds the size of
//! the document, as it can in `serde_json_path`.
//!
//! Imports `budget`, `query` and `step`.

use std::collections::BTreeMap;

use serde_json::Value;
use serde_json_path::PathElement;

use super::budget::{Budget, Exceeded, MAX_PATHS, extent_within, text_size};
use super::query::{Cost, Query, Segment};
use super::step::Step;

/// A step of a path, with the key in the document.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Element<'d> {
    Key(&'d str),
    Index(usize),
}

/// Values by their paths.
#[derive(Default)]
struct Selected<'d> {
    values: BTreeMap<Vec<Element<'d>>, &'d Value>,
    /// The length of all paths.
    length: usize,
}

/// Returns the paths of the values that a query selects, without repetition and in order.
pub(super) fn select(
    query: &Query,
    document: &Value,
    budget: &mut Budget,
) -> Result<Vec<Vec<Step>>, Exceeded> {
    let mut selected = Selected { values: BTreeMap::from([(Vec::new(), document)]), length: 0 };
    for segment in &query.segments {
        let mut next = Selected::default();
        let mut last: Option<&Vec<Element<'_>>> = None;
        for (path, value) in &selected.values {
            if !segment.descends {
                segment.apply(path, value, &mut next, budget)?;
            } else if !last.is_some_and(|outer| path.starts_with(outer)) {
                // A value in another one of the values is visited with the other one.
                segment.descend(&mut path.clone(), value, &mut next, budget)?;
                last = Some(path);
            }
        }
        selected = next;
    }
    let steps = |path: Vec<Element<'_>>| path.into_iter().map(Step::from).collect();
    Ok(selected.values.into_keys().map(steps).collect())
}

impl Segment {
    /// Selects children of a value.
    fn apply<'d>(
        &self,
        path: &[Element<'d>],
        value: &'d Value,
        selected: &mut Selected<'d>,
        budget: &mut Budget,
    ) -> Result<(), Exceeded> {
        budget.spend(self.cost.steps(value, budget.steps_left()))?;
        if !matches!(value, Value::Object(_) | Value::Array(_)) {
            return Ok(());
        }
        for found in self.query.query_located(value) {
            let inside = found.location().iter().map(Element::from);
            selected.insert(path.iter().copied().chain(inside).collect(), found.node(), budget)?;
        }
        Ok(())
    }

    /// Selects children of a value and of all values in it. The recursion is bounded by the depth of documents.
    fn descend<'d>(
        &self,
        path: &mut Vec<Element<'d>>,
        value: &'d Value,
        selected: &mut Selected<'d>,
        budget: &mut Budget,
    ) -> Result<(), Exceeded> {
        self.apply(path, value, selected, budget)?;
        let mut visit = |element, value| {
            path.push(element);
            let result = self.descend(path, value, selected, budget);
            path.pop();
            result
        };
        match value {
            Value::Object(properties) => {
                properties.iter().try_for_each(|(key, value)| visit(Element::Key(key), value))
            }
            Value::Array(elements) => {
                elements.iter().enumerate().try_for_each(|(index, value)| visit(Element::Index(index), value))
            }
            _ => Ok(()),
        }
    }
}

impl Cost {
    /// Returns the number of steps for a value, or more than the limit.
    fn steps(&self, value: &Value, limit: usize) -> usize {
        extent_within(value, self.levels, limit).1.saturating_mul(self.weight)
    }
}

impl<'d> Selected<'d> {
    fn insert(
        &mut self,
        path: Vec<Element<'d>>,
        value: &'d Value,
        budget: &mut Budget,
    ) -> Result<(), Exceeded> {
        let length = path.iter().map(Element::size).sum();
        budget.spend(length)?;
        self.length += length;
        if self.length > MAX_PATHS {
            return Err(Exceeded::Paths);
        }
        self.values.insert(path, value);
        Ok(())
    }
}

impl Element<'_> {
    fn size(&self) -> usize {
        match self {
            Self::Key(key) => 1 + text_size(key),
            Self::Index(_) => 1,
        }
    }
}

impl<'d> From<&PathElement<'d>> for Element<'d> {
    fn from(element: &PathElement<'d>) -> Self {
        match element {
            PathElement::Name(name) => Self::Key(name),
            PathElement::Index(index) => Self::Index(*index),
        }
    }
}

impl From<Element<'_>> for Step {
    fn from(element: Element<'_>) -> Self {
        match element {
            Element::Key(key) => Self::Key(key.to_owned()),
            Element::Index(index) => Self::Index(index),
        }
    }
}
