//! Merged properties: properties that several parts of an `allOf` describe. Each description is a contribution.
//!
//! Mostly one contribution covers all others. It then decides alone, and a reference keeps the type that it
//! names. Otherwise the contributions are merged: inline objects get the properties of all, lists and enums
//! are narrowed by all, and in any other case the last contribution overrides the others.

use std::collections::BTreeSet;

use openapiv3::{AdditionalProperties, ReferenceOr, Schema};
use serde_json::Value;

use super::Lower;
use super::all_of::{SchemaPart, types_agree};
use super::fields::{Contribution, Property, PropertySchema};
use super::keywords::Keywords;
use super::schema::{Lowered, Site};
use super::union::is_null_or_never;
use crate::diagnostics::{Code, Pointer};
use crate::document::tuple_elements;
use crate::ir::{Docs, Type};

/// The maximum nesting depth of merged properties. References can make them cyclic.
const DEPTH: usize = 16;

/// A merged property that is being lowered, or was lowered inside the current one.
pub(super) struct MergedProperty {
    /// The locations of all parts of its contributions.
    of: BTreeSet<Pointer>,
    /// The location of the last contribution.
    at: Pointer,
    /// The resulting type, or `None` while it is being lowered.
    ty: Option<Type>,
}

/// A contribution with the parts of its schema.
struct ResolvedContribution<'p, 'a> {
    contribution: &'p Contribution<'a>,
    /// True if it is a reference with annotations only.
    is_reference: bool,
    parts: Vec<SchemaPart<'a>>,
}

impl<'a> Lower<'a, '_> {
    /// Lowers a property with several contributions.
    pub(super) fn lower_merged_property(&mut self, property: &Property<'a>, site: Site) -> Lowered {
        let effective = self.effective(property);
        let last = effective.last().map_or(&property.last, |it| it.contribution);
        // The last contribution that has a type decides if null is allowed. The effective one may allow it as
        // well.
        let explicit = property.contributions().rev().find_map(|it| self.contribution_is_nullable(it));
        let nullable = explicit == Some(true) || self.contribution_is_nullable(last) == Some(true);
        let ty = if self.must_be_merged(&effective) {
            self.lower_merged_contributions(&effective, property, site)
        } else {
            self.lower_contribution(last, site).ty
        };
        Lowered { ty, nullable }
    }

    /// Returns the contributions in document order, without those that another one covers. Of two equivalent
    /// ones, the reference remains, or else the later one.
    fn effective<'p>(&self, property: &'p Property<'a>) -> Vec<ResolvedContribution<'p, 'a>> {
        let mut effective: Vec<ResolvedContribution<'p, 'a>> = Vec::new();
        for it in property.contributions().map(|it| self.resolve(it)) {
            let is_known = effective.iter().any(|known| {
                let is_named = known.is_reference && !it.is_reference;
                self.covers(&known.parts, &it.parts) && (is_named || !self.covers(&it.parts, &known.parts))
            });
            if !is_known {
                effective.retain(|known| !self.covers(&it.parts, &known.parts));
                effective.push(it);
            }
        }
        effective
    }

    fn resolve<'p>(&self, contribution: &'p Contribution<'a>) -> ResolvedContribution<'p, 'a> {
        let parts = match self.schema_of(contribution) {
            Some((schema, at)) => self.parts(schema, &at),
            None => Vec::new(),
        };
        let parts = parts.into_iter().flat_map(|part| match self.only_alternative(&part) {
            Some((schema, at)) => self.parts(schema, &at),
            None => vec![part],
        });
        let parts: Vec<SchemaPart<'a>> = parts.filter(|part| !part.keywords.has_only_annotations()).collect();
        ResolvedContribution { contribution, is_reference: self.is_reference(contribution, &parts), parts }
    }

    /// Returns true if a contribution with these parts is a reference with annotations only.
    fn is_reference(&self, Contribution { schema, at }: &Contribution<'a>, parts: &[SchemaPart<'a>]) -> bool {
        let PropertySchema::Item(schema) = schema else {
            return matches!(schema, PropertySchema::Reference(_));
        };
        let keywords = Keywords::of(schema);
        match self.deciding_entry(&keywords, at) {
            Some((only, _)) => only.as_item().is_none(),
            None => {
                let is_elsewhere = |part: &SchemaPart<'a>| part.at != *at && !part.at.is_inside(at);
                !keywords.alternatives().is_empty() && parts.iter().all(is_elsewhere)
            }
        }
    }

    /// Returns the only alternative of a union beside null.
    fn only_alternative(&self, union: &SchemaPart<'a>) -> Option<(&'a Schema, Pointer)> {
        let keywords = &union.keywords;
        if keywords.is_object() || keywords.is_scalar() || keywords.data.discriminator.is_some() {
            return None;
        }
        let (alternatives, place) = keywords.alternatives_at(&union.at);
        let schemas = alternatives.iter().enumerate();
        let mut schemas = schemas
            .filter_map(|(index, it)| self.document.schema(it, &place.index(index)))
            .filter(|(schema, _)| !is_null_or_never(schema));
        schemas.next().filter(|_| schemas.next().is_none())
    }

    /// Returns true if the type of the property is a combination of several contributions. A referenced type
    /// is only combined with others if the last contribution adds to it inline.
    fn must_be_merged(&mut self, effective: &[ResolvedContribution<'_, 'a>]) -> bool {
        let [_, .., last] = effective else { return false };
        let all = || effective.iter().flat_map(|it| &it.parts);
        let (unions, rest): (Vec<_>, Vec<_>) = all().partition(|it| !it.keywords.alternatives().is_empty());
        let are_objects = rest.iter().all(|part| !part.keywords.is_scalar());
        let are_scalars =
            rest.iter().all(|part| part.keywords.is_scalar()) && types_agree(rest.iter().copied());
        if unions.is_empty() && !are_objects && !are_scalars {
            self.diagnostics.report(
                Code::UnsupportedKeyword,
                &last.contribution.at,
                "the parts of `allOf` give this property different types, so the last one decides",
                "use the same type in all parts, or set it in one of them only",
            );
            return false;
        }
        let is_written_out = |contribution: &ResolvedContribution<'_, 'a>| {
            let is_inline =
                |part: &SchemaPart<'a>| part.keywords.alternatives().iter().all(|it| it.as_item().is_some());
            !contribution.is_reference && contribution.parts.iter().all(is_inline)
        };
        let lists_values = last.parts.iter().any(|part| !part.keywords.values.is_empty());
        !last.is_reference
            && match unions.is_empty() {
                true => true,
                false if are_objects => {
                    effective.iter().all(is_written_out)
                        && unions.into_iter().all(|it| self.is_of_objects(it))
                }
                false => are_scalars && lists_values,
            }
    }

    /// Lowers the combination of several contributions. It may refer back to itself, directly or through other
    /// merged properties.
    fn lower_merged_contributions(
        &mut self,
        contributions: &[ResolvedContribution<'_, 'a>],
        property: &Property<'a>,
        site: Site,
    ) -> Type {
        let at = &property.last.at;
        let of: BTreeSet<Pointer> =
            contributions.iter().flat_map(|it| &it.parts).map(|it| it.at.clone()).collect();
        if let Some(known) = self.merged_properties.iter().find(|known| known.of == of) {
            let named = || self.open_types.get(&known.at).map(|id| Type::Named(*id));
            let ty = known.ty.clone().or_else(named);
            return ty.unwrap_or_else(|| self.untyped(at, "the schema contains only itself"));
        }
        let Some(keywords) = self.keywords_for_docs(property).filter(|_| self.merge_depth() < DEPTH) else {
            return self.untyped(at, "its merged descriptions never end");
        };
        let index = self.merged_properties.len();
        self.merged_properties.push(MergedProperty { of, at: at.clone(), ty: None });
        let parts = distinct(contributions);
        let ty = match self.lower_maps(&parts, &site) {
            Some(map) => map,
            None => self.keeping_open_type(at, |it| it.lower_combined(&keywords, parts, at, site)),
        };
        self.merged_properties[index].ty = Some(ty.clone());
        if index == 0 {
            self.merged_properties.clear();
        }
        ty
    }

    fn merge_depth(&self) -> usize {
        self.merged_properties.iter().filter(|it| it.ty.is_none()).count()
    }

    /// Returns the keywords of the last description that has a `description` text, or else of the last one.
    fn keywords_for_docs(&self, property: &Property<'a>) -> Option<Keywords<'a>> {
        let schemas = property.contributions().filter_map(|it| self.schema_of(it));
        let all: Vec<Keywords<'a>> = schemas.map(|(schema, _)| Keywords::of(schema)).collect();
        let in_words = all.iter().rev().find(|keywords| keywords.data.description.is_some());
        in_words.or(all.last()).cloned()
    }

    /// Returns true if a schema with the parts `whole` covers a schema with the parts `parts`.
    fn covers(&self, whole: &[SchemaPart<'a>], parts: &[SchemaPart<'a>]) -> bool {
        parts.iter().all(|part| whole.iter().any(|own| own.at == part.at) || self.implies(whole, part))
    }

    /// Returns true if a schema with the parts `whole` covers a part: every keyword of the part is implied.
    fn implies(&self, whole: &[SchemaPart<'a>], part: &SchemaPart<'a>) -> bool {
        let keywords = &part.keywords;
        let any = |is: &dyn Fn(&Keywords<'a>) -> bool| whole.iter().any(|own| is(&own.keywords));
        let has_type = match keywords.ty {
            None => true,
            Some("object") => whole.iter().any(|own| self.is_object_or_several(own)),
            Some("number") => any(&|own| matches!(own.ty, Some("number" | "integer"))),
            ty => any(&|own| own.ty == ty),
        };
        let lists = |values: &[Value]| values.iter().all(|value| keywords.values.contains(value));
        let has_values =
            keywords.values.is_empty() || any(&|own| !own.values.is_empty() && lists(&own.values));
        let has_format =
            keywords.format.is_none() || any(&|own| own.format == keywords.format || !own.values.is_empty());
        let is_required = |name: &String| any(&|own| own.required.contains(name));
        let has_additional = match keywords.additional_properties {
            Some(AdditionalProperties::Schema(_)) => {
                any(&|own| own.additional_properties == keywords.additional_properties)
            }
            Some(AdditionalProperties::Any(_)) | None => true,
        };
        keywords.alternatives().is_empty()
            && has_type
            && has_values
            && has_format
            && has_additional
            && keywords.required.iter().all(is_required)
            && keywords.properties.iter().all(|(name, schema)| {
                let own = whole.iter().filter_map(|own| Some((own, own.keywords.properties.get(name)?)));
                let own = own.map(|(own, schema)| Contribution::of_property(own, name, schema));
                self.is_covered_by(own.collect(), &Contribution::of_property(part, name, schema))
            })
            && keywords.items.is_none_or(|items| {
                let own = whole.iter().filter_map(Contribution::of_items);
                let contribution =
                    Contribution { schema: PropertySchema::of(items), at: part.at.child("items") };
                self.is_covered_by(own.collect(), &contribution)
            })
    }

    fn is_object_or_several(&self, part: &SchemaPart<'a>) -> bool {
        let is_union = !part.keywords.alternatives().is_empty();
        part.keywords.is_object() || (is_union && self.is_of_objects(part))
    }

    /// Returns true if several contributions together cover another one. References are compared by their
    /// targets, not by content, since they may be cyclic.
    fn is_covered_by(&self, whole: Vec<Contribution<'a>>, other: &Contribution<'a>) -> bool {
        if whole.iter().any(|own| own.schema == other.schema) {
            return true;
        }
        let own: Vec<SchemaPart<'a>> = whole.iter().flat_map(|it| self.resolve(it).parts).collect();
        let parts = self.resolve(other).parts;
        let is_plain = |part: &SchemaPart<'a>| part.keywords.is_scalar() && part.keywords.items.is_none();
        let is_known = |part: &SchemaPart<'a>| own.iter().any(|own| own.at == part.at);
        let is_here = |part: &SchemaPart<'a>| part.at == other.at || part.at.is_inside(&other.at);
        !whole.is_empty()
            && parts.iter().all(|part| is_here(part) || is_plain(part) || is_known(part))
            && self.covers(&own, &parts)
    }

    /// Returns the documentation of a property: annotations that follow the effective contribution come first,
    /// then the effective contribution, then the earlier ones, from the last to the first. Each fills in only
    /// what the ones before it leave out.
    pub(super) fn merged_docs(&self, property: &Property<'a>) -> Docs {
        if property.also.is_empty() {
            return self.docs_of_contribution(&property.last);
        }
        let all: Vec<&Contribution<'a>> = property.contributions().collect();
        let effective = self.effective(property);
        let is_last_effective = |it: &&Contribution<'a>| {
            effective.last().is_some_and(|last| std::ptr::eq(last.contribution, *it))
        };
        let position = all.iter().position(is_last_effective);
        let mut order: Vec<usize> = (0..all.len()).rev().collect();
        order.sort_by_key(|index| {
            let is_annotation =
                position.is_some_and(|whole| *index > whole) && self.resolve(all[*index]).parts.is_empty();
            (!is_annotation, Some(*index) != position)
        });
        let docs = order.into_iter().map(|index| self.docs_of_contribution(all[index]));
        docs.reduce(with_fallback).unwrap_or_default()
    }

    /// Lowers several maps to one, with merged values.
    fn lower_maps(&mut self, parts: &[SchemaPart<'a>], site: &Site) -> Option<Type> {
        let is_map = |part: &SchemaPart<'a>| {
            let it = &part.keywords;
            it.properties.is_empty()
                && it.required.is_empty()
                && it.alternatives().is_empty()
                && !it.is_scalar()
        };
        let values = parts.iter().filter_map(|part| Property::of_additional(&part.keywords, &part.at));
        let value = values.reduce(Property::with).filter(|_| parts.iter().all(is_map))?;
        let lowered = self.lower_property_at(&value, site.value());
        Some(match self.element(lowered) {
            Type::Json => Type::Object,
            ty => Type::Map(Box::new(ty)),
        })
    }

    /// Lowers several lists to one, with merged items.
    pub(super) fn lower_lists(&mut self, parts: &[SchemaPart<'a>], site: &Site) -> Option<Type> {
        let lists: Vec<&SchemaPart<'a>> = parts.iter().filter(|part| part.keywords.items.is_some()).collect();
        let is_tuple =
            |part: &&SchemaPart<'a>| part.keywords.items.is_some_and(|it| tuple_elements(it).is_some());
        if lists.len() < 2 || lists.iter().any(is_tuple) {
            return None;
        }
        let elements = lists.into_iter().filter_map(Contribution::of_items).map(Property::from);
        let element = elements.reduce(Property::with)?;
        let lowered = self.lower_property_at(&element, site.element());
        Some(Type::List(Box::new(self.element(lowered))))
    }
}

/// Returns the parts of all contributions, without parts that an earlier contribution has as well.
fn distinct<'a>(contributions: &[ResolvedContribution<'_, 'a>]) -> Vec<SchemaPart<'a>> {
    let mut parts: Vec<SchemaPart<'a>> = Vec::new();
    for it in contributions {
        let known = parts.len();
        for part in &it.parts {
            if !parts[..known].iter().any(|other| other.at == part.at) {
                parts.push(part.clone());
            }
        }
    }
    parts
}

/// Fills in what `docs` leaves out from `earlier`.
fn with_fallback(mut docs: Docs, earlier: Docs) -> Docs {
    docs.text = docs.text.or(earlier.text);
    docs.deprecated |= earlier.deprecated;
    docs.advice = docs.advice.or(earlier.advice);
    docs.example = docs.example.or(earlier.example);
    for constraint in earlier.constraints {
        let kind = std::mem::discriminant(&constraint);
        if !docs.constraints.iter().any(|known| std::mem::discriminant(known) == kind) {
            docs.constraints.push(constraint);
        }
    }
    docs
}

impl<'a> Contribution<'a> {
    fn of_property(part: &SchemaPart<'a>, name: &str, schema: &'a ReferenceOr<Box<Schema>>) -> Self {
        let at = part.at.child("properties").child(name);
        Self { schema: PropertySchema::of(schema), at }
    }

    fn of_items(part: &SchemaPart<'a>) -> Option<Self> {
        let schema = PropertySchema::of(part.keywords.items?);
        Some(Self { schema, at: part.at.child("items") })
    }
}
