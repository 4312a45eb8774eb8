//! Component schemas. Each is lowered once, however many references it has.

use openapiv3::{AdditionalProperties, ReferenceOr, Schema};

use crate::classify::Keywords;
use super::schema::{Lowered, Site};
use super::{Component, Lower};
use crate::diagnostics::Pointer;
use crate::ir::{Role, Type, TypeId};

impl<'a> Lower<'a, '_> {
    /// Lowers every component schema, in document order.
    pub(super) fn lower_components(&mut self) {
        let Some(components) = &self.document.openapi().components else { return };
        for key in components.schemas.keys() {
            self.lower_target(&schemas().child(key));
        }
    }

    /// Lowers the schema that a reference points to: a component, or a schema elsewhere in the document.
    pub(super) fn lower_target(&mut self, target: &Pointer) -> Lowered {
        let target = &self.resolve_aliases(target);
        if let Some(lowered) = self.lower_inside(target) {
            return lowered;
        }
        if self.in_infinite_component && self.is_infinite(target) {
            return Type::Json.into();
        }
        match self.components.get(target) {
            Some(Component::Done(lowered)) => return lowered.clone(),
            Some(Component::InProgress) => return self.lower_reentered(target),
            Some(Component::Reentered) => return Type::Json.into(),
            None => {}
        }
        self.in_infinite_component = self.is_infinite(target);
        self.components.insert(target.clone(), Component::InProgress);
        let lowered = match self.document.schema_at(target) {
            None => Type::Json.into(),
            Some(ReferenceOr::Reference { reference }) => self.lower_reference(reference, target),
            Some(ReferenceOr::Item(schema)) => {
                let site = Site::Component { key: component_key(target) };
                self.lower_schema(schema, target, site)
            }
        };
        self.components.insert(target.clone(), Component::Done(lowered.clone()));
        self.in_infinite_component = false;
        lowered
    }

    /// Lowers a schema nested in a component. The component is lowered first, and its own type for the nested
    /// schema is returned. If the component is in progress and has not reached the schema, a property is
    /// lowered with the name that it will have there.
    fn lower_inside(&mut self, target: &Pointer) -> Option<Lowered> {
        let (component, path) = enclosing_component(target)?;
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
        let site = match path.as_slice() {
            [properties, name, items @ ..]
                if properties == "properties" && items.iter().all(|it| it == "items") =>
            {
                let role = if items.is_empty() { Role::Itself } else { Role::ListItem };
                Site::Inside { owner: *owner, place: name.clone(), role }
            }
            _ => return None,
        };
        let schema = self.document.schema_at(target)?.as_item()?;
        Some(self.lower_schema(schema, target, site))
    }

    /// Returns true if a component is a list or a map of itself and never reaches a named type. No Rust type
    /// can express that. The chain is cut at the component that is met first.
    fn is_infinite(&self, target: &Pointer) -> bool {
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

    /// Returns the only schema that a list, a map or a wrapper contains, and its location.
    fn only_element(&self, schema: &'a Schema, at: &Pointer) -> Option<(&'a Schema, Pointer)> {
        let keywords = Keywords::of(schema);
        if !keywords.properties.is_empty() || !keywords.values.is_empty() {
            return None;
        }
        let (alternatives, place) = keywords.alternatives_at(at);
        match (keywords.items, keywords.additional_properties, alternatives, keywords.all_of) {
            (Some(items), None, [], []) => self.document.boxed_schema(items, &at.child("items")),
            (None, Some(AdditionalProperties::Schema(values)), [], []) => {
                self.document.schema(values, &at.child("additionalProperties"))
            }
            (None, None, [only], []) => self.document.schema(only, &place.index(0)),
            (None, None, [], [only]) => self.document.schema(only, &at.child("allOf").index(0)),
            _ => None,
        }
    }

    /// Lowers a component a second time while it is in progress.
    ///
    /// Such a component has no named type, such as a list, and refers to itself through a named type. That
    /// named type is known by now.
    fn lower_reentered(&mut self, target: &Pointer) -> Lowered {
        let Some(ReferenceOr::Item(schema)) = self.document.schema_at(target) else {
            return Type::Json.into();
        };
        self.components.insert(target.clone(), Component::Reentered);
        let lowered = self.lower_schema(schema, target, Site::Component { key: component_key(target) });
        self.components.insert(target.clone(), Component::InProgress);
        lowered
    }

    /// Follows components that are plain references, and returns the last one.
    fn resolve_aliases(&self, target: &Pointer) -> Pointer {
        let mut end = target.clone();
        // Loading has rejected cyclic references.
        while let Some(ReferenceOr::Reference { reference }) = self.document.schema_at(&end) {
            match self.document.target(reference) {
                Some(next) => end = next,
                None => break,
            }
        }
        end
    }

    /// Makes the type of a component available to references while the component is being lowered.
    pub(super) fn publish_component(&mut self, key: &str, id: TypeId) {
        let target = schemas().child(key);
        if let Some(Component::InProgress) = self.components.get(&target) {
            let nullable = match self.document.schema_at(&target) {
                Some(ReferenceOr::Item(schema)) => self.allows_null(schema, &target),
                _ => false,
            };
            self.components.insert(target, Component::Done(Lowered { ty: Type::Named(id), nullable }));
        }
    }
}

/// Returns true if a location is inside a component schema of the main file.
pub(super) fn is_in_component(at: &Pointer) -> bool {
    at.as_str().starts_with("/components/schemas/") && at.file().is_none()
}

/// Returns the component that encloses a location, and the path from the component to the location.
fn enclosing_component(target: &Pointer) -> Option<(Pointer, Vec<String>)> {
    let place = schemas();
    let key = target.as_str().strip_prefix(place.as_str())?.strip_prefix('/')?.split('/').next()?;
    let component = place.join(&format!("/{key}"));
    let path = target.segments().skip(component.segments().count()).collect();
    target.is_inside(&component).then_some((component, path))
}

fn schemas() -> Pointer {
    Pointer::root().child("components").child("schemas")
}

/// Returns the key of a component or, for other locations, the last two segments.
fn component_key(target: &Pointer) -> String {
    let segments: Vec<String> = target.segments().collect();
    match segments.as_slice() {
        [components, schemas, key] if components == "components" && schemas == "schemas" => key.clone(),
        [.., parent, last] => format!("{parent} {last}"),
        _ => segments.join(" "),
    }
}
