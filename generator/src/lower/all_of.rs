//! `allOf`: a schema made of several parts.
//!
//! The parts are gathered first, through references and nested `allOf`. Their keywords then decide the type:
//! parts with annotations only are ignored, objects are merged into one struct, a union is distributed over
//! the other parts, and scalars have to agree.

use openapiv3::{ReferenceOr, Schema};
use serde_json::Value;

use super::Lower;
use super::fields::MergedObject;
use super::keywords::Keywords;
use super::schema::Site;
use super::union::{Choice, is_null_or_never};
use crate::diagnostics::{Code, Pointer};
use crate::ir::Type;

/// A part of a schema: an entry of its `allOf`, or the keywords beside `allOf`.
#[derive(Clone)]
pub(super) struct SchemaPart<'a> {
    pub(super) keywords: Keywords<'a>,
    pub(super) at: Pointer,
}

/// The maximum nesting depth of `allOf` that is followed.
const DEPTH: usize = 64;

impl<'a> Lower<'a, '_> {
    /// Returns the parts of a schema: the entries of `allOf` in document order, then its own keywords.
    pub(super) fn parts(&self, schema: &'a Schema, at: &Pointer) -> Vec<SchemaPart<'a>> {
        let mut parts = Vec::new();
        self.gather_parts(schema, at, &mut vec![at.clone()], &mut parts);
        parts
    }

    fn gather_parts(
        &self,
        schema: &'a Schema,
        at: &Pointer,
        ancestors: &mut Vec<Pointer>,
        parts: &mut Vec<SchemaPart<'a>>,
    ) {
        let mut keywords = Keywords::of(schema);
        if ancestors.len() < DEPTH {
            for (index, entry) in keywords.all_of.iter().enumerate() {
                let Some((part, part_at)) = self.document.schema(entry, &at.child("allOf").index(index))
                else {
                    continue;
                };
                // A schema that includes itself contributes nothing new.
                if !ancestors.contains(&part_at) {
                    ancestors.push(part_at.clone());
                    self.gather_parts(part, &part_at, ancestors, parts);
                    ancestors.pop();
                }
            }
        }
        // A schema that extends a union of which it is an alternative does not inherit the alternatives.
        let (alternatives, place) = keywords.alternatives_at(at);
        let refers_back = |(index, entry): (usize, &ReferenceOr<Schema>)| match entry {
            ReferenceOr::Reference { reference } => {
                self.document.target(reference).is_some_and(|target| ancestors.contains(&target))
            }
            ReferenceOr::Item(_) => ancestors.contains(&place.index(index)),
        };
        if ancestors.len() > 1 && alternatives.iter().enumerate().any(refers_back) {
            keywords.one_of = &[];
            keywords.any_of = &[];
        }
        let (first, second) = match keywords.split_unions() {
            Some((first, second)) => (first, Some(second)),
            None => (keywords, None),
        };
        parts.extend(
            [first].into_iter().chain(second).map(|keywords| SchemaPart { keywords, at: at.clone() }),
        );
    }

    /// Lowers a schema with `allOf`.
    pub(super) fn lower_all_of(&mut self, schema: &'a Schema, at: &Pointer, site: Site) -> Type {
        let keywords = Keywords::of(schema);
        let deciding_entry = self.deciding_entry(&keywords, at).filter(|(only, place)| {
            // A component that extends a discriminator base and adds nothing is a type of its own.
            !(matches!(site, Site::Component { .. }) && self.is_discriminator_base(only, place))
        });
        if let Some((only, place)) = deciding_entry {
            return self.lower_schema_or_reference(only, &place, site).ty;
        }
        let mut parts = self.parts(schema, at);
        parts.retain(|part| !part.keywords.has_only_annotations());
        self.lower_combined(&keywords, parts, at, site)
    }

    /// Lowers the combination of `parts`. The documentation comes from `keywords`.
    pub(super) fn lower_combined(
        &mut self,
        keywords: &Keywords<'a>,
        mut parts: Vec<SchemaPart<'a>>,
        at: &Pointer,
        site: Site,
    ) -> Type {
        let unions: Vec<usize> =
            (0..parts.len()).filter(|index| !parts[*index].keywords.alternatives().is_empty()).collect();
        let scalars: Vec<usize> = (0..parts.len())
            .filter(|index| !unions.contains(index) && parts[*index].keywords.is_scalar())
            .collect();
        match (unions.as_slice(), scalars.as_slice()) {
            // Annotations alone allow any value.
            _ if parts.is_empty() && keywords.ty.is_none() => Type::Json,
            ([], []) => self.lower_objects(keywords, &parts, at, site),
            ([], scalars) if scalars.len() == parts.len() => self.lower_scalars(&parts, at, site),
            (unions, scalars) if unions.len() + scalars.len() == parts.len() && !scalars.is_empty() => {
                self.lower_narrowed(&parts, (unions, scalars), at, site)
            }
            ([only], []) => {
                let union = parts.remove(*only);
                self.lower_distributed(keywords, parts, &union, at, site)
            }
            (_, []) => self.lower_unions(keywords, parts, at, site),
            _ => self.untyped(at, "the parts of `allOf` conflict"),
        }
    }

    /// Lowers an object with several unions.
    ///
    /// A union that is distinguished by the one property that is set becomes a field. Of the other unions,
    /// the first is distributed over the rest, and the properties of any further one become optional fields.
    pub(super) fn lower_unions(
        &mut self,
        keywords: &Keywords<'a>,
        mut parts: Vec<SchemaPart<'a>>,
        at: &Pointer,
        site: Site,
    ) -> Type {
        let is_distributed = |part: &SchemaPart<'a>| {
            !part.keywords.alternatives().is_empty()
                && self.group_by_key(part.keywords.one_of, &part.at.child("oneOf")).is_none()
                && !self.only_requires_properties(part)
        };
        match parts.iter().position(is_distributed) {
            Some(index) => {
                let union = parts.remove(index);
                self.lower_distributed(keywords, parts, &union, at, site)
            }
            None => self.lower_objects(keywords, &parts, at, site),
        }
    }

    /// Returns true if no alternative of a union is a scalar or a list.
    pub(super) fn is_of_objects(&self, union: &SchemaPart<'a>) -> bool {
        let (alternatives, place) = union.keywords.alternatives_at(&union.at);
        alternatives.iter().enumerate().all(|(index, alternative)| {
            let schema = self.document.schema(alternative, &place.index(index));
            schema.is_none_or(|(schema, at)| {
                !self.parts(schema, &at).iter().any(|part| part.keywords.is_scalar())
            })
        })
    }

    /// Returns true if the alternatives of a union only list required properties.
    pub(super) fn only_requires_properties(&self, union: &SchemaPart<'a>) -> bool {
        let (alternatives, place) = union.keywords.alternatives_at(&union.at);
        alternatives.iter().enumerate().all(|(index, alternative)| {
            let schema = self.document.schema(alternative, &place.index(index));
            schema.is_none_or(|(schema, at)| only_requires(&self.parts(schema, &at)))
        })
    }

    /// Returns true if a schema has a discriminator and no alternatives, so that other schemas may extend it.
    fn is_discriminator_base(&self, schema: &'a ReferenceOr<Schema>, at: &Pointer) -> bool {
        let schema = self.document.schema(schema, at);
        schema.is_some_and(|(schema, _)| {
            schema.schema_data.discriminator.is_some() && Keywords::of(schema).alternatives().is_empty()
        })
    }

    /// Returns the entry of `allOf` that decides the type alone, if everything beside it is annotations.
    pub(super) fn deciding_entry(
        &self,
        keywords: &Keywords<'a>,
        at: &Pointer,
    ) -> Option<(&'a ReferenceOr<Schema>, Pointer)> {
        if !keywords.is_bare() {
            return None;
        }
        let place = at.child("allOf");
        let mut informative = keywords.all_of.iter().enumerate().filter(|(index, entry)| {
            match self.document.schema(entry, &place.index(*index)) {
                Some((part, _)) => {
                    let part = Keywords::of(part);
                    !part.is_bare() || !part.all_of.is_empty() || part.ty.is_some()
                }
                None => true,
            }
        });
        let (index, only) = informative.next()?;
        let kind = match self.document.schema(only, &place.index(index)) {
            Some((schema, _)) => Keywords::of(schema).ty,
            None => None,
        };
        let agrees = |(_, other): (usize, &'a ReferenceOr<Schema>)| {
            let other = other.as_item().map(Keywords::of);
            other.is_some_and(|other| other.is_bare() && (other.ty.is_none() || other.ty == kind))
        };
        informative.all(agrees).then(|| (only, place.index(index)))
    }

    /// Lowers object parts to one struct with the properties of all of them.
    pub(super) fn lower_objects<'p>(
        &mut self,
        keywords: &Keywords<'a>,
        parts: impl IntoIterator<Item = &'p SchemaPart<'a>>,
        at: &Pointer,
        site: Site,
    ) -> Type
    where
        'a: 'p,
    {
        let mut object = MergedObject::default();
        for part in parts {
            object.add(&part.keywords, &part.at);
        }
        self.lower_merged_object(keywords, object, at, site)
    }

    /// Lowers scalars and lists. The most specific part decides, and the last of several; lists and enums are
    /// narrowed by all parts.
    fn lower_scalars(&mut self, parts: &[SchemaPart<'a>], at: &Pointer, site: Site) -> Type {
        if !types_agree(parts) {
            return self.untyped(at, "the parts of `allOf` conflict");
        }
        if let Some(list) = self.lower_lists(parts, &site) {
            return list;
        }
        let weight = |part: &&SchemaPart<'a>| {
            let it = &part.keywords;
            (!it.values.is_empty(), it.items.is_some(), it.format.is_some(), it.ty == Some("integer"))
        };
        match parts.iter().max_by_key(weight) {
            Some(part) if !part.keywords.values.is_empty() => self.lower_common_values(part, parts, site),
            Some(part) => self.lower_one_part(part, site),
            None => Type::Json,
        }
    }

    /// Lowers to an enum of the values that every part allows. If there are none, the last part decides.
    fn lower_common_values(&mut self, last: &SchemaPart<'a>, parts: &[SchemaPart<'a>], site: Site) -> Type {
        let enums: Vec<&Keywords<'a>> =
            parts.iter().map(|part| &part.keywords).filter(|it| !it.values.is_empty()).collect();
        let is_common = |value: &Value| enums.iter().all(|it| it.values.contains(value));
        if !last.keywords.values.iter().any(is_common) {
            self.diagnostics.report(
                Code::UnsupportedKeyword,
                &last.at.child("enum"),
                "no value is listed in every `enum` of the `allOf`, so the last one decides the type",
                "list the allowed values in each part",
            );
            return self.lower_one_part(last, site);
        }
        if let Some(ty) =
            self.keeping_open_type(&last.at, |it| it.lower_subset(last, &enums, is_common, &site))
        {
            return ty;
        }
        let mut any = last.clone();
        any.keywords.values.clear();
        self.lower_one_part(&any, site)
    }

    /// Lowers one part as if it were the whole schema.
    fn lower_one_part(&mut self, part: &SchemaPart<'a>, site: Site) -> Type {
        self.keeping_open_type(&part.at, |it| it.lower_keywords(&part.keywords, &part.at, site))
    }

    /// Runs `lower` and then restores the type that was being lowered at `at`, if any. Needed where a part of
    /// one type is a component with a type of its own.
    pub(super) fn keeping_open_type<T>(&mut self, at: &Pointer, lower: impl FnOnce(&mut Self) -> T) -> T {
        let open = self.open_types.get(at).copied();
        let lowered = lower(self);
        match open {
            Some(id) => self.open_types.insert(at.clone(), id),
            None => self.open_types.remove(at),
        };
        lowered
    }

    /// Lowers a union of scalars that other parts narrow, to some of its values or to some of its types.
    fn lower_narrowed(
        &mut self,
        parts: &[SchemaPart<'a>],
        (unions, scalars): (&[usize], &[usize]),
        at: &Pointer,
        site: Site,
    ) -> Type {
        let narrow = scalars.iter().map(|index| &parts[*index]).find(|part| !part.keywords.values.is_empty());
        if let Some(part) = narrow {
            let unions = unions.iter().flat_map(|index| parts[*index].keywords.alternatives());
            let described: Vec<Keywords<'a>> =
                unions.filter_map(|it| it.as_item()).map(Keywords::of).collect();
            let described: Vec<&Keywords<'a>> = described.iter().collect();
            let some =
                self.keeping_open_type(&part.at, |it| it.lower_subset(part, &described, |_| true, &site));
            if let Some(ty) = some {
                return ty;
            }
        }
        match unions {
            [only] if narrow.is_none() => {
                let types = scalars.iter().filter_map(|index| parts[*index].keywords.ty).collect();
                self.lower_alternatives_of(types, &parts[*only], at, site)
            }
            _ => self.untyped(at, "the parts of `allOf` conflict"),
        }
    }

    /// Lowers those alternatives of a union that have all of the given types.
    fn lower_alternatives_of(
        &mut self,
        types: Vec<&str>,
        union: &SchemaPart<'a>,
        at: &Pointer,
        site: Site,
    ) -> Type {
        let are_numbers =
            |one: &str, other: &str| [one, other].iter().all(|it| matches!(*it, "integer" | "number"));
        let fits = |part: &SchemaPart<'a>| {
            let own = part.keywords.ty.or(part.keywords.is_object().then_some("object"));
            own.is_none_or(|own| types.iter().all(|ty| own == *ty || are_numbers(own, ty)))
        };
        let mut choices = self.choices_of(union);
        choices.retain(|choice| {
            let schema = self.document.schema(choice.schema, &choice.at);
            schema.is_some_and(|(schema, _)| !is_null_or_never(schema))
        });
        let count = choices.len();
        choices.retain(|choice| choice.parts.iter().all(fits));
        match choices.as_slice() {
            [] => self.untyped(at, "the parts of `allOf` conflict"),
            [only] => self.lower_schema_or_reference(only.schema, &only.at, site).ty,
            _ if choices.len() == count => self.lower_one_part(union, site),
            _ => self.keeping_open_type(&union.at, |it| {
                it.lower_remaining(&union.keywords, choices, &union.at, site)
            }),
        }
    }

    /// Returns the alternatives of a union, all of which share the properties beside it.
    pub(super) fn choices_of(&self, union: &SchemaPart<'a>) -> Vec<Choice<'a>> {
        let (alternatives, place) = union.keywords.alternatives_at(&union.at);
        let choice = |(index, alternative): (usize, &'a ReferenceOr<Schema>)| {
            let at = place.index(index);
            let (schema, target) = self.document.schema(alternative, &at)?;
            Some(Choice { schema: alternative, at, parts: self.parts(schema, &target), shared: true })
        };
        alternatives.iter().enumerate().filter_map(choice).collect()
    }

    /// Lowers a union beside other properties: each alternative gets those properties as well.
    pub(super) fn lower_distributed(
        &mut self,
        keywords: &Keywords<'a>,
        shared: Vec<SchemaPart<'a>>,
        union: &SchemaPart<'a>,
        at: &Pointer,
        site: Site,
    ) -> Type {
        let choices = self.choices_of(union);
        // Alternatives that only list required properties have no type of their own.
        if choices.iter().all(|choice| only_requires(&choice.parts)) {
            let mut parts = shared;
            parts.push(union.without_alternatives());
            return self.lower_objects(keywords, &parts, at, site);
        }
        let mut own = shared;
        own.push(union.without_alternatives());
        own.retain(|part| !part.keywords.has_only_annotations());
        if choices.iter().any(|choice| choice.parts.iter().any(|part| part.keywords.is_scalar())) {
            return self.untyped(at, "properties stand beside alternatives that are not objects");
        }
        self.lower_choices(keywords, &own, choices, at, site)
    }
}

/// Returns true if a value can have the types of all parts.
pub(super) fn types_agree<'p, 'a: 'p>(parts: impl IntoIterator<Item = &'p SchemaPart<'a>>) -> bool {
    let types: Vec<&str> = parts.into_iter().filter_map(|part| part.keywords.ty).collect();
    let are = |names: &[&str]| types.iter().all(|ty| names.contains(ty));
    are(&["integer", "number"]) || types.first().is_none_or(|first| are(&[first]))
}

/// Returns true if these parts only list required properties.
fn only_requires(parts: &[SchemaPart<'_>]) -> bool {
    parts.iter().all(|part| part.keywords.properties.is_empty() && part.keywords.only_requires())
}

impl<'a> SchemaPart<'a> {
    /// Returns the part without its union.
    pub(super) fn without_alternatives(&self) -> Self {
        let mut keywords = self.keywords.clone();
        keywords.one_of = &[];
        keywords.any_of = &[];
        Self { keywords, at: self.at.clone() }
    }
}
