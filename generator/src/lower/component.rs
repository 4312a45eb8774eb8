//! Component schemas, each lowered once however often it is referred to.

use openapiv3::{AdditionalProperties, ReferenceOr, Schema};

use super::keywords::Keywords;
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
            Some(Component::UnderWay) => return self.lower_again(target),
            Some(Component::Again) => return Type::Json.into(),
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

    /// A component that refers to itself by way of a named type: a list of references, say, which has no name of its
    /// own. That named type is known by now, so the component can be put together a second time.
    fn lower_again(&mut self, target: &Pointer) -> Lowered {
        let Some(ReferenceOr::Item(schema)) = self.document.schema_at(target) else {
            return Type::Json.into();
        };
        if !is_of_references(schema) {
            return Type::Json.into();
        }
        self.components.insert(target.clone(), Component::Again);
        let lowered = self.lower_schema(schema, target, Site::Component { key: key_of(target) });
        self.components.insert(target.clone(), Component::UnderWay);
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

/// Whether a schema is a list of references or a map of them, which makes no type with a name.
fn is_of_references(schema: &Schema) -> bool {
    let keywords = Keywords::of(schema);
    let of_lists = keywords.items.is_some_and(|items| matches!(items, ReferenceOr::Reference { .. }));
    let of_maps = match keywords.additional {
        Some(AdditionalProperties::Schema(values)) => matches!(**values, ReferenceOr::Reference { .. }),
        _ => false,
    };
    (of_lists || of_maps)
        && keywords.properties.is_empty()
        && keywords.one_of.is_empty()
        && keywords.any_of.is_empty()
        && keywords.all_of.is_empty()
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
