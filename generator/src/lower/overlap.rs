//! A member that several parts of an `allOf` describe: it is what the last of them says, and what the others add to it.
//!
//! Mostly one of them says all that the others do, only more exactly, and then the member is that one: a reference keeps
//! the type that it names. Of what else they say, objects that are written where the member is have the members of all,
//! lists hold and enums list what all of them say, and otherwise the last overrides the others.

use std::collections::BTreeSet;

use openapiv3::{AdditionalProperties, ReferenceOr, Schema};
use serde_json::Value;

use super::Lower;
use super::compose::{Part, agree};
use super::fields::{Description, Property, PropertySchema};
use super::keywords::Keywords;
use super::schema::{Lowered, Site};
use super::union::is_null_or_never;
use crate::diagnostics::{Code, Pointer};
use crate::document::tuple_places;
use crate::ir::{Docs, Type};

/// How deep members of such members may be described by several schemas again: references may go in circles here.
const DEPTH: usize = 16;

/// A member that no description says all of, within another one or on its own.
pub(super) struct Overlap {
    /// The schemas that all of the descriptions are made of.
    of: BTreeSet<Pointer>,
    /// Where the last description stands.
    at: Pointer,
    /// What it came to; none while it is being lowered.
    ty: Option<Type>,
}

/// What a description says, and what it is made of.
struct Said<'p, 'a> {
    description: &'p Description<'a>,
    /// Whether it is a reference and words.
    is_reference: bool,
    parts: Vec<Part<'a>>,
}

impl<'a> Lower<'a, '_> {
    /// The type of a member that is described more than once.
    pub(super) fn lower_overlap(&mut self, property: &Property<'a>, site: Site) -> Lowered {
        let telling = self.telling(property);
        let last = telling.last().map_or(&property.last, |it| it.description);
        // Null is for the last to allow or not that says anything; but what says less takes nothing away.
        let says = property.descriptions().rev().find_map(|it| self.description_is_nullable(it));
        let nullable = says == Some(true) || self.description_is_nullable(last) == Some(true);
        let ty = if self.are_one(&telling) {
            self.lower_together(&telling, property, site)
        } else {
            self.lower_description(last, site).ty
        };
        Lowered { ty, nullable }
    }

    /// What is said of a member, in document order, without what says no more than another description: of two that say
    /// the same, the reference remains, or else the later one.
    fn telling<'p>(&self, property: &'p Property<'a>) -> Vec<Said<'p, 'a>> {
        let mut telling: Vec<Said<'p, 'a>> = Vec::new();
        for it in property.descriptions().map(|it| self.said(it)) {
            let is_known = telling.iter().any(|known| {
                let is_named = known.is_reference && !it.is_reference;
                self.covers(&known.parts, &it.parts) && (is_named || !self.covers(&it.parts, &known.parts))
            });
            if !is_known {
                telling.retain(|known| !self.covers(&it.parts, &known.parts));
                telling.push(it);
            }
        }
        telling
    }

    fn said<'p>(&self, description: &'p Description<'a>) -> Said<'p, 'a> {
        let parts = match self.schema_of(description) {
            Some((schema, at)) => self.parts(schema, &at),
            None => Vec::new(),
        };
        let parts = parts.into_iter().flat_map(|part| match self.only_alternative(&part) {
            Some((schema, at)) => self.parts(schema, &at),
            None => vec![part],
        });
        let parts: Vec<Part<'a>> = parts.filter(|part| !part.keywords.says_nothing()).collect();
        Said { description, is_reference: self.is_reference(description, &parts), parts }
    }

    /// Whether a description, of which there are these parts, is a reference and words.
    fn is_reference(&self, Description { schema, at }: &Description<'a>, parts: &[Part<'a>]) -> bool {
        let PropertySchema::Item(schema) = schema else {
            return matches!(schema, PropertySchema::Reference(_));
        };
        let keywords = Keywords::of(schema);
        match self.wrapped(&keywords, at) {
            Some((only, _)) => only.as_item().is_none(),
            None => {
                let is_elsewhere = |part: &Part<'a>| part.at != *at && !part.at.is_inside(at);
                !keywords.alternatives().is_empty() && parts.iter().all(is_elsewhere)
            }
        }
    }

    /// The alternative that a union of one is, beside null.
    fn only_alternative(&self, union: &Part<'a>) -> Option<(&'a Schema, Pointer)> {
        let keywords = &union.keywords;
        if keywords.is_object() || keywords.is_scalar() || keywords.data.discriminator.is_some() {
            return None;
        }
        let (alternatives, place) = keywords.placed_alternatives(&union.at);
        let schemas = alternatives.iter().enumerate();
        let mut schemas = schemas
            .filter_map(|(index, it)| self.document.schema(it, &place.index(index)))
            .filter(|(schema, _)| !is_null_or_never(schema));
        schemas.next().filter(|_| schemas.next().is_none())
    }

    /// Whether descriptions come to one type that none of them is alone. What a reference names is never put together with
    /// something else, unless the last description adds to it where it stands.
    fn are_one(&mut self, telling: &[Said<'_, 'a>]) -> bool {
        let [_, .., last] = telling else { return false };
        let all = || telling.iter().flat_map(|it| &it.parts);
        let (unions, rest): (Vec<_>, Vec<_>) = all().partition(|it| !it.keywords.alternatives().is_empty());
        let are_objects = rest.iter().all(|part| !part.keywords.is_scalar());
        let are_scalars = rest.iter().all(|part| part.keywords.is_scalar()) && agree(rest.iter().copied());
        if unions.is_empty() && !are_objects && !are_scalars {
            self.diagnostics.report(
                Code::UnsupportedKeyword,
                &last.description.at,
                "Another part of `allOf` says that this is of another type, and no value is of both: the last decides.",
                "Let all parts name the same type, or leave it to one of them.",
            );
            return false;
        }
        let is_written_out = |said: &Said<'_, 'a>| {
            let is_inline =
                |part: &Part<'a>| part.keywords.alternatives().iter().all(|it| it.as_item().is_some());
            !said.is_reference && said.parts.iter().all(is_inline)
        };
        let lists_values = last.parts.iter().any(|part| !part.keywords.values.is_empty());
        !last.is_reference
            && match unions.is_empty() {
                true => true,
                false if are_objects => {
                    telling.iter().all(is_written_out) && unions.into_iter().all(|it| self.is_of_objects(it))
                }
                false => are_scalars && lists_values,
            }
    }

    /// What a member is that no description says all of. References may lead back here, and to the same on many ways.
    fn lower_together(&mut self, said: &[Said<'_, 'a>], property: &Property<'a>, site: Site) -> Type {
        let at = &property.last.at;
        let of: BTreeSet<Pointer> = said.iter().flat_map(|it| &it.parts).map(|it| it.at.clone()).collect();
        if let Some(known) = self.overlaps.iter().find(|known| known.of == of) {
            let named = || self.open.get(&known.at).map(|id| Type::Named(*id));
            let ty = known.ty.clone().or_else(named);
            return ty.unwrap_or_else(|| self.untyped(at, "it holds itself and nothing else"));
        }
        let Some(keywords) = self.keywords_for_docs(property).filter(|_| self.depth_of_overlaps() < DEPTH)
        else {
            return self
                .untyped(at, "it is described by several schemas in each of the objects that it is in");
        };
        let index = self.overlaps.len();
        self.overlaps.push(Overlap { of, at: at.clone(), ty: None });
        let parts = distinct(said);
        let ty = match self.lower_maps(&parts, &site) {
            Some(map) => map,
            None => self.apart(at, |it| it.lower_combined(&keywords, parts, at, site)),
        };
        self.overlaps[index].ty = Some(ty.clone());
        if index == 0 {
            self.overlaps.clear();
        }
        ty
    }

    fn depth_of_overlaps(&self) -> usize {
        self.overlaps.iter().filter(|it| it.ty.is_none()).count()
    }

    /// The last description that says something in words, or else the last.
    fn keywords_for_docs(&self, property: &Property<'a>) -> Option<Keywords<'a>> {
        let schemas = property.descriptions().filter_map(|it| self.schema_of(it));
        let all: Vec<Keywords<'a>> = schemas.map(|(schema, _)| Keywords::of(schema)).collect();
        let in_words = all.iter().rev().find(|keywords| keywords.data.description.is_some());
        in_words.or(all.last()).cloned()
    }

    /// Whether a schema that is made of `whole` says all that one made of `parts` says.
    fn covers(&self, whole: &[Part<'a>], parts: &[Part<'a>]) -> bool {
        parts.iter().all(|part| whole.iter().any(|own| own.at == part.at) || self.says(whole, part))
    }

    /// Whether a schema that is made of `whole` says all that a part says.
    fn says(&self, whole: &[Part<'a>], part: &Part<'a>) -> bool {
        let said = &part.keywords;
        let any = |is: &dyn Fn(&Keywords<'a>) -> bool| whole.iter().any(|own| is(&own.keywords));
        let has_type = match said.ty {
            None => true,
            Some("object") => whole.iter().any(|own| self.is_object_or_several(own)),
            Some("number") => any(&|own| matches!(own.ty, Some("number" | "integer"))),
            ty => any(&|own| own.ty == ty),
        };
        let lists = |values: &[Value]| values.iter().all(|value| said.values.contains(value));
        let has_values = said.values.is_empty() || any(&|own| !own.values.is_empty() && lists(&own.values));
        let has_format =
            said.format.is_none() || any(&|own| own.format == said.format || !own.values.is_empty());
        let is_required = |name: &String| any(&|own| own.required.contains(name));
        let has_additional = match said.additional {
            Some(AdditionalProperties::Schema(_)) => any(&|own| own.additional == said.additional),
            Some(AdditionalProperties::Any(_)) | None => true,
        };
        said.alternatives().is_empty()
            && has_type
            && has_values
            && has_format
            && has_additional
            && said.required.iter().all(is_required)
            && said.properties.iter().all(|(name, schema)| {
                let own = whole.iter().filter_map(|own| Some((own, own.keywords.properties.get(name)?)));
                let own = own.map(|(own, schema)| Description::of_member(own, name, schema));
                self.is_within(own.collect(), &Description::of_member(part, name, schema))
            })
            && said.items.is_none_or(|items| {
                let own = whole.iter().filter_map(Description::of_items);
                let description =
                    Description { schema: PropertySchema::of(items), at: part.at.child("items") };
                self.is_within(own.collect(), &description)
            })
    }

    fn is_object_or_several(&self, part: &Part<'a>) -> bool {
        let is_union = !part.keywords.alternatives().is_empty();
        part.keywords.is_object() || (is_union && self.is_of_objects(part))
    }

    /// Whether descriptions together say all that another says. What a reference leads to is compared by where it stands, and
    /// not again by what is in it: references may go in circles.
    fn is_within(&self, whole: Vec<Description<'a>>, other: &Description<'a>) -> bool {
        if whole.iter().any(|own| own.schema == other.schema) {
            return true;
        }
        let own: Vec<Part<'a>> = whole.iter().flat_map(|it| self.said(it).parts).collect();
        let parts = self.said(other).parts;
        let is_plain = |part: &Part<'a>| part.keywords.is_scalar() && part.keywords.items.is_none();
        let is_known = |part: &Part<'a>| own.iter().any(|own| own.at == part.at);
        let is_here = |part: &Part<'a>| part.at == other.at || part.at.is_inside(&other.at);
        !whole.is_empty()
            && parts.iter().all(|part| is_here(part) || is_plain(part) || is_known(part))
            && self.covers(&own, &parts)
    }

    /// What the document says of a member in words: first a comment on what others describe, then the last description that
    /// says more than others do, and what these leave open, the last of the others.
    pub(super) fn docs_of_member(&self, property: &Property<'a>) -> Docs {
        if property.also.is_empty() {
            return self.docs_of_description(&property.last);
        }
        let all: Vec<&Description<'a>> = property.descriptions().collect();
        let telling = self.telling(property);
        let is_telling =
            |it: &&Description<'a>| telling.last().is_some_and(|last| std::ptr::eq(last.description, *it));
        let position = all.iter().position(is_telling);
        let mut order: Vec<usize> = (0..all.len()).rev().collect();
        order.sort_by_key(|index| {
            let is_comment =
                position.is_some_and(|whole| *index > whole) && self.said(all[*index]).parts.is_empty();
            (!is_comment, Some(*index) != position)
        });
        let docs = order.into_iter().map(|index| self.docs_of_description(all[index]));
        docs.reduce(with_earlier).unwrap_or_default()
    }

    /// Maps of which each part says something of what they hold.
    fn lower_maps(&mut self, parts: &[Part<'a>], site: &Site) -> Option<Type> {
        let is_map = |part: &Part<'a>| {
            let it = &part.keywords;
            it.properties.is_empty()
                && it.required.is_empty()
                && it.alternatives().is_empty()
                && !it.is_scalar()
        };
        let values = parts.iter().filter_map(|part| Property::of_additional(&part.keywords, &part.at));
        let value = values.reduce(Property::with).filter(|_| parts.iter().all(is_map))?;
        let lowered = self.lower_described(&value, site.value());
        Some(match self.element(lowered) {
            Type::Json => Type::Object,
            ty => Type::Map(Box::new(ty)),
        })
    }

    /// Lists of which each part says something of what they hold.
    pub(super) fn lower_lists(&mut self, parts: &[Part<'a>], site: &Site) -> Option<Type> {
        let lists: Vec<&Part<'a>> = parts.iter().filter(|part| part.keywords.items.is_some()).collect();
        let is_tuple = |part: &&Part<'a>| part.keywords.items.is_some_and(|it| tuple_places(it).is_some());
        if lists.len() < 2 || lists.iter().any(is_tuple) {
            return None;
        }
        let elements = lists.into_iter().filter_map(Description::of_items).map(Property::from);
        let element = elements.reduce(Property::with)?;
        let lowered = self.lower_described(&element, site.element());
        Some(Type::List(Box::new(self.element(lowered))))
    }
}

/// The parts of all descriptions, what several inherit once.
fn distinct<'a>(said: &[Said<'_, 'a>]) -> Vec<Part<'a>> {
    let mut parts: Vec<Part<'a>> = Vec::new();
    for it in said {
        let known = parts.len();
        for part in &it.parts {
            if !parts[..known].iter().any(|other| other.at == part.at) {
                parts.push(part.clone());
            }
        }
    }
    parts
}

/// Words, and what others add to them.
fn with_earlier(mut docs: Docs, earlier: Docs) -> Docs {
    docs.text = docs.text.or(earlier.text);
    docs.deprecated |= earlier.deprecated;
    docs.advice = docs.advice.or(earlier.advice);
    docs.example = docs.example.or(earlier.example);
    for expectation in earlier.expectations {
        let kind = std::mem::discriminant(&expectation);
        if !docs.expectations.iter().any(|known| std::mem::discriminant(known) == kind) {
            docs.expectations.push(expectation);
        }
    }
    docs
}

impl<'a> Description<'a> {
    fn of_member(part: &Part<'a>, name: &str, schema: &'a ReferenceOr<Box<Schema>>) -> Self {
        let at = part.at.child("properties").child(name);
        Self { schema: PropertySchema::of(schema), at }
    }

    fn of_items(part: &Part<'a>) -> Option<Self> {
        let schema = PropertySchema::of(part.keywords.items?);
        Some(Self { schema, at: part.at.child("items") })
    }
}
