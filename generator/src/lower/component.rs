//! Component schemas, each lowered once however often it is referred to.

use openapiv3::{AdditionalProperties, ReferenceOr, Schema};

use super::keywords::Keywords;
use super::schema::{Lowered, Site};
use super::{Component, Lower};
use crate::diagnostics::Pointer;
use crate::ir::{Role, Type, TypeId};

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
        if let Some(lowered) = self.lower_inside(target) {
            return lowered;
        }
        if self.in_endless && self.is_endless(target) {
            return Type::Json.into();
        }
        match self.components.get(target) {
            Some(Component::Done(lowered)) => return lowered.clone(),
            Some(Component::UnderWay) => return self.lower_again(target),
            Some(Component::Again) => return Type::Json.into(),
            None => {}
        }
        self.in_endless = self.is_endless(target);
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
        self.in_endless = false;
        lowered
    }

    /// The schema at a place inside a component: what it is there, so the component comes first. Where that is under way and
    /// has not got so far, a property is lowered as it will be there.
    fn lower_inside(&mut self, target: &Pointer) -> Option<Lowered> {
        let (component, way) = component_around(target)?;
        if !self.components.contains_key(&component) {
            self.lower_target(&component);
        }
        if let Some(lowered) = self.inline.get(target) {
            return Some(lowered.clone());
        }
        let Some(Component::Done(Lowered { ty: Type::Named(owner), .. })) = self.components.get(&component)
        else {
            return None;
        };
        let site = match way.as_slice() {
            [properties, name, items @ ..]
                if properties == "properties" && items.iter().all(|it| it == "items") =>
            {
                let role = if items.is_empty() { Role::Itself } else { Role::Element };
                Site::Inside { owner: *owner, place: name.clone(), role }
            }
            _ => return None,
        };
        let schema = self.document.schema_at(target)?.as_item()?;
        Some(self.lower_schema(schema, target, site))
    }

    /// Whether a component is a list of lists, or the like, that never comes to anything with a name: no type is that.
    /// It ends at the next component of that kind, whichever is met first.
    fn is_endless(&self, target: &Pointer) -> bool {
        let mut seen = Vec::new();
        let mut next =
            self.document.schema_at(target).and_then(|schema| self.document.schema(schema, target));
        while let Some((schema, at)) = next {
            if seen.contains(&at) {
                return at == *target;
            }
            next = self.only_element(schema, &at);
            seen.push(at);
        }
        false
    }

    /// The one schema that a schema is a list or a map of, or stands for, and where it stands.
    fn only_element(&self, schema: &'a Schema, at: &Pointer) -> Option<(&'a Schema, Pointer)> {
        let keywords = Keywords::of(schema);
        if !keywords.properties.is_empty() || !keywords.values.is_empty() {
            return None;
        }
        let (alternatives, place) = keywords.placed_alternatives(at);
        match (keywords.items, keywords.additional, alternatives, keywords.all_of) {
            (Some(items), None, [], []) => self.document.boxed_schema(items, &at.child("items")),
            (None, Some(AdditionalProperties::Schema(values)), [], []) => {
                self.document.schema(values, &at.child("additionalProperties"))
            }
            (None, None, [only], []) => self.document.schema(only, &place.index(0)),
            (None, None, [], [only]) => self.document.schema(only, &at.child("allOf").index(0)),
            _ => None,
        }
    }

    /// A component without a type of its own, such as a list or a union of one, that refers to itself by way of a named
    /// type. That named type is known by now, so the component can be put together a second time.
    fn lower_again(&mut self, target: &Pointer) -> Lowered {
        let Some(ReferenceOr::Item(schema)) = self.document.schema_at(target) else {
            return Type::Json.into();
        };
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
            let nullable = match self.document.schema_at(&target) {
                Some(ReferenceOr::Item(schema)) => self.allows_null(schema, &target),
                _ => false,
            };
            self.components.insert(target, Component::Done(Lowered { ty: Type::Named(id), nullable }));
        }
    }
}

/// Whether a place is inside of a component.
pub(super) fn is_in_component(at: &Pointer) -> bool {
    at.as_str().starts_with("/components/schemas/") && at.file().is_none()
}

/// The component that a place is inside of, and the way from there to the place.
fn component_around(target: &Pointer) -> Option<(Pointer, Vec<String>)> {
    let place = schemas();
    let key = target.as_str().strip_prefix(place.as_str())?.strip_prefix('/')?.split('/').next()?;
    let component = place.join(&format!("/{key}"));
    let way = target.segments().skip(component.segments().count()).collect();
    target.is_inside(&component).then_some((component, way))
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
