//! Discriminator bases: schemas with a discriminator that other schemas extend by `allOf`.
//!
//! A reference to such a base means one of its subschemas, so the base becomes a union of them.

use indexmap::IndexMap;
use openapiv3::{ReferenceOr, Schema};

use super::Lower;
use super::keywords::Keywords;
use super::match_rules::mapped_values;
use super::schema::Site;
use super::union::short_name;
use crate::diagnostics::Pointer;
use crate::ir::{Alternative, Constant, Docs, MatchRule, Shape, Type, Variant};

impl<'a> Lower<'a, '_> {
    /// Lowers a discriminator base to a union of its subschemas. Returns `None` for other schemas.
    pub(super) fn lower_discriminator_base(
        &mut self,
        schema: &'a Schema,
        at: &Pointer,
        site: &Site,
    ) -> Option<Type> {
        let keywords = Keywords::of(schema);
        let discriminator = keywords.data.discriminator.as_ref()?;
        let subschemas = self.subschemas_of(at);
        let is_base = keywords.alternatives().is_empty() && matches!(site, Site::Component { .. });
        if subschemas.is_empty() || !is_base {
            return None;
        }
        let docs = self.docs(&keywords, at);
        let id = self.reserve_at(site, docs);
        let listed = self.constants_of(&self.parts(schema, at)).shift_remove(&discriminator.property_name);
        let mut values: Vec<Constant> = mapped_values(self, discriminator, at);
        let mut others = listed.clone().unwrap_or_default();
        let mut alternatives = Vec::new();
        // The name of the base is a value as well (OpenAPI 3.0.3, section 4.7.25), unless the document lists
        // the values.
        let own = Constant::Text(short_name(at));
        let mut has_own = listed.is_none()
            && subschemas.iter().any(|subschema| mapped_values(self, discriminator, subschema).is_empty());
        for subschema in &subschemas {
            let Some(ReferenceOr::Item(schema)) = self.document.schema_at(subschema) else { continue };
            let parts = self.parts(schema, subschema);
            let mut tags = self.tags(discriminator, subschema, &parts);
            if Some(&tags) == listed.as_ref() {
                tags = vec![Constant::Text(short_name(subschema))];
            }
            others.retain(|value| !tags.contains(value));
            has_own &= !tags.contains(&own);
            let (key, is_named) = match tags.as_slice() {
                [Constant::Text(text)] => (text.clone(), false),
                _ => (short_name(subschema), true),
            };
            let ty = self.lower_target(subschema).ty;
            let match_rules =
                vec![MatchRule::Tag { member: discriminator.property_name.clone(), values: tags }];
            let docs = Docs { pointer: subschema.clone(), ..Docs::default() };
            let variant = Variant { key, docs, ty };
            alternatives.push(Alternative { variant, is_named, match_rules, tag: None });
        }
        // Listed values without a subschema belong to the base itself.
        values.extend(others);
        if values.is_empty() && has_own {
            values.push(own);
        }
        if !values.is_empty() {
            let site = Site::inside(id, "base");
            let parts = self.parts(schema, at);
            let ty = self.lower_objects(&keywords, &parts, at, site);
            let match_rules =
                vec![MatchRule::Tag { member: discriminator.property_name.clone(), values: values.clone() }];
            let docs = Docs { pointer: at.clone(), ..Docs::default() };
            let key = match values.as_slice() {
                [Constant::Text(text)] => text.clone(),
                _ => "base".to_owned(),
            };
            let variant = Variant { key, docs, ty };
            alternatives.push(Alternative { variant, is_named: false, match_rules, tag: None });
        }
        let union = self.with_strategy(true, alternatives);
        Some(self.define(id, Shape::Union(union)))
    }

    /// Returns the component schemas that extend `parent`, directly or through others.
    fn subschemas_of(&mut self, parent: &Pointer) -> Vec<Pointer> {
        let subschemas = match self.subschemas.take() {
            Some(subschemas) => subschemas,
            None => self.find_subschemas(),
        };
        let mut found = Vec::new();
        let mut waiting = vec![parent.clone()];
        while let Some(next) = waiting.pop() {
            for subschema in subschemas.get(&next).into_iter().flatten() {
                if subschema != parent && !found.contains(subschema) {
                    found.push(subschema.clone());
                    waiting.push(subschema.clone());
                }
            }
        }
        self.subschemas = Some(subschemas);
        found
    }

    fn find_subschemas(&self) -> IndexMap<Pointer, Vec<Pointer>> {
        let mut subschemas: IndexMap<Pointer, Vec<Pointer>> = IndexMap::new();
        let Some(components) = &self.document.openapi().components else { return subschemas };
        let place = Pointer::root().child("components").child("schemas");
        for (key, schema) in &components.schemas {
            let ReferenceOr::Item(schema) = schema else { continue };
            for entry in Keywords::of(schema).all_of {
                let ReferenceOr::Reference { reference } = entry else { continue };
                if let Some(target) = self.document.target(reference) {
                    subschemas.entry(target).or_default().push(place.child(key));
                }
            }
        }
        subschemas
    }
}
