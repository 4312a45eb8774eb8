//! Component schemas, each lowered once however often it is referred to.

use openapiv3::ReferenceOr;

use super::schema::{Lowered, Site};
use super::{Component, Lower};
use crate::diagnostics::Pointer;
use crate::ir::{Type, TypeId};

impl<'a> Lower<'a, '_> {
    /// Every component schema, in document order.
    pub(super) fn lower_components(&mut self) {
        let Some(components) = &self.document.openapi().components else { return };
        for key in components.schemas.keys() {
            self.lower_target(&schemas().child(key));
        }
    }

    /// The schema at a place that references name: a component, or any other place of the document.
    pub(super) fn lower_target(&mut self, target: &Pointer) -> Lowered {
        let target = &self.end_of_aliases(target);
        match self.components.get(target) {
            Some(Component::Done(lowered)) => return lowered.clone(),
            // Only aliases of aliases come here; where they go round in a circle, the document was refused.
            Some(Component::UnderWay) => return Type::Json.into(),
            None => {}
        }
        self.components.insert(target.clone(), Component::UnderWay);
        let lowered = match self.document.schema_at(target) {
            None => Type::Json.into(),
            Some(ReferenceOr::Reference { reference }) => self.lower_reference(reference, target),
            Some(ReferenceOr::Item(schema)) => {
                let site = Site::Component { key: key_of(target) };
                self.lower_schema(schema, target, site)
            }
        };
        self.components.insert(target.clone(), Component::Done(lowered.clone()));
        lowered
    }

    /// Where a chain of components that only refer to one another ends.
    fn end_of_aliases(&self, target: &Pointer) -> Pointer {
        let mut end = target.clone();
        // A document whose references go in a circle has not been loaded.
        while let Some(ReferenceOr::Reference { reference }) = self.document.schema_at(&end) {
            match self.document.target(reference) {
                Some(next) => end = next,
                None => break,
            }
        }
        end
    }

    /// Lets the parts of a component refer to it while it is being lowered.
    pub(super) fn announce(&mut self, key: &str, id: TypeId) {
        let target = schemas().child(key);
        if let Some(Component::UnderWay) = self.components.get(&target) {
            self.components.insert(target, Component::Done(Type::Named(id).into()));
        }
    }
}

fn schemas() -> Pointer {
    Pointer::root().child("components").child("schemas")
}

/// The key of a component; for any other place, its last segments.
fn key_of(target: &Pointer) -> String {
    let segments: Vec<String> = target.segments().collect();
    match segments.as_slice() {
        [components, schemas, key] if components == "components" && schemas == "schemas" => key.clone(),
        [.., parent, last] => format!("{parent} {last}"),
        _ => segments.join(" "),
    }
}
