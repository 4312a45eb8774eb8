//! Families: a schema with a discriminator that others inherit from.
//!
//! Wherever such a schema is referred to, one of its heirs is meant, so it becomes a union of them.

use indexmap::IndexMap;
use openapiv3::{ReferenceOr, Schema};

use super::Lower;
use super::keywords::Keywords;
use super::looks::mapped;
use super::schema::Site;
use super::union::key_of;
use crate::diagnostics::Pointer;
use crate::ir::{Alternative, Constant, Docs, Look, Shape, Type, Variant};

impl<'a> Lower<'a, '_> {
    /// A schema with a discriminator that others inherit from: wherever it is referred to, one of those is meant.
    pub(super) fn lower_family(&mut self, schema: &'a Schema, at: &Pointer, site: &Site) -> Option<Type> {
        let keywords = Keywords::of(schema);
        let discriminator = keywords.data.discriminator.as_ref()?;
        let children = self.children_of(at);
        let is_family = keywords.alternatives().is_empty() && matches!(site, Site::Component { .. });
        if children.is_empty() || !is_family {
            return None;
        }
        let docs = self.docs(&keywords, at);
        let id = self.reserve_at(site, docs);
        let listed = self.constants_of(&self.parts(schema, at)).shift_remove(&discriminator.property_name);
        let mut values: Vec<Constant> = mapped(self, discriminator, at);
        let mut others = listed.clone().unwrap_or_default();
        let mut alternatives = Vec::new();
        // By its name, it is a value as well (OpenAPI 3.0.3, section 4.7.25): unless the document says what each value is.
        let own = Constant::Text(key_of(at));
        let mut has_own =
            listed.is_none() && children.iter().any(|child| mapped(self, discriminator, child).is_empty());
        for child in &children {
            let Some(ReferenceOr::Item(schema)) = self.document.schema_at(child) else { continue };
            let parts = self.parts(schema, child);
            let mut tags = self.tags(discriminator, child, &parts);
            if Some(&tags) == listed.as_ref() {
                tags = vec![Constant::Text(key_of(child))];
            }
            others.retain(|value| !tags.contains(value));
            has_own &= !tags.contains(&own);
            let (key, is_named) = match tags.as_slice() {
                [Constant::Text(text)] => (text.clone(), false),
                _ => (key_of(child), true),
            };
            let ty = self.lower_target(child).ty;
            let looks = vec![Look::Tag { member: discriminator.property_name.clone(), values: tags }];
            let docs = Docs { pointer: child.clone(), ..Docs::default() };
            let variant = Variant { key, docs, ty };
            alternatives.push(Alternative { variant, is_named, looks, tag: None });
        }
        // What the schema lists and nobody else has, it is itself.
        values.extend(others);
        if values.is_empty() && has_own {
            values.push(own);
        }
        if !values.is_empty() {
            let site = Site::inside(id, "base");
            let parts = self.parts(schema, at);
            let ty = self.lower_objects(&keywords, &parts, at, site);
            let looks =
                vec![Look::Tag { member: discriminator.property_name.clone(), values: values.clone() }];
            let docs = Docs { pointer: at.clone(), ..Docs::default() };
            let key = match values.as_slice() {
                [Constant::Text(text)] => text.clone(),
                _ => "base".to_owned(),
            };
            let variant = Variant { key, docs, ty };
            alternatives.push(Alternative { variant, is_named: false, looks, tag: None });
        }
        let union = self.settled(true, alternatives, at);
        Some(self.define(id, Shape::Union(union)))
    }

    /// The component schemas that inherit from the one at `parent`, also by way of others that do.
    fn children_of(&mut self, parent: &Pointer) -> Vec<Pointer> {
        let heirs = match self.heirs.take() {
            Some(heirs) => heirs,
            None => self.find_heirs(),
        };
        let mut found = Vec::new();
        let mut waiting = vec![parent.clone()];
        while let Some(next) = waiting.pop() {
            for heir in heirs.get(&next).into_iter().flatten() {
                if heir != parent && !found.contains(heir) {
                    found.push(heir.clone());
                    waiting.push(heir.clone());
                }
            }
        }
        self.heirs = Some(heirs);
        found
    }

    fn find_heirs(&self) -> IndexMap<Pointer, Vec<Pointer>> {
        let mut heirs: IndexMap<Pointer, Vec<Pointer>> = IndexMap::new();
        let Some(components) = &self.document.openapi().components else { return heirs };
        let place = Pointer::root().child("components").child("schemas");
        for (key, schema) in &components.schemas {
            let ReferenceOr::Item(schema) = schema else { continue };
            for entry in Keywords::of(schema).all_of {
                let ReferenceOr::Reference { reference } = entry else { continue };
                if let Some(target) = self.document.target(reference) {
                    heirs.entry(target).or_default().push(place.child(key));
                }
            }
        }
        heirs
    }
}
