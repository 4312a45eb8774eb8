//! Every `$ref` of a document, before anything is read.
//!
//! Imports `diagnostics`, `grammar`, `place` and `reference`.

use std::collections::{BTreeMap, HashSet};

use serde_json::Value;

use super::grammar::{Kind, Shape};
use super::place::Place;
use super::reference::Reference;
use crate::diagnostics::Pointer;

/// The places that references name, as their owner wrote them, and what is expected there.
#[derive(Debug, Default)]
pub(super) struct References {
    named: BTreeMap<Pointer, Kind>,
}

impl References {
    pub(super) fn iter(&self) -> impl Iterator<Item = (&Pointer, Kind)> {
        self.named.iter().map(|(pointer, kind)| (pointer, *kind))
    }

    pub(super) fn targets(&self) -> HashSet<Pointer> {
        self.named.keys().cloned().collect()
    }
}

/// Finds the references.
pub(super) fn scan(document: &Value) -> References {
    let mut references = References::default();
    walk(document, Shape::Object(Kind::Document), &Place::root(), &mut references);
    references
}

fn walk(value: &Value, shape: Shape, at: &Place<'_>, references: &mut References) {
    match (shape, value) {
        (Shape::Object(kind) | Shape::OrReference(kind), Value::Object(members)) => {
            if let (Shape::OrReference(_), Some(Value::String(reference))) = (shape, members.get("$ref")) {
                if let Reference::Here(target) = Reference::parse(reference) {
                    references.named.insert(target, kind);
                }
            }
            for (key, member) in members {
                if let Some(shape) = kind.shape_of(key) {
                    walk(member, shape, &at.key(key), references);
                }
            }
        }
        (Shape::Map(shape), Value::Object(members)) => {
            members.iter().for_each(|(key, member)| walk(member, *shape, &at.key(key), references));
        }
        (Shape::List(shape), Value::Array(elements)) => {
            let elements = elements.iter().enumerate();
            elements.for_each(|(index, element)| walk(element, *shape, &at.index(index), references));
        }
        _ => {}
    }
}
