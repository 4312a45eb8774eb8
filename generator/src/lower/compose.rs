//! `allOf`: a schema that is made of others.
//!
//! Its parts are gathered first, through references and through parts of parts. What they come to is decided by what
//! they say: parts that say nothing of the type are left out, objects are merged into one, a union among them is
//! distributed over the rest, and scalars have to agree.

use openapiv3::{ReferenceOr, Schema};
use serde_json::Value;

use super::Lower;
use super::fields::Members;
use super::keywords::Keywords;
use super::schema::Site;
use super::union::{Choice, is_null_or_never};
use crate::diagnostics::{Code, Pointer};
use crate::ir::Type;

/// One of the schemas that a schema is made of.
#[derive(Clone)]
pub(super) struct Part<'a> {
    pub(super) keywords: Keywords<'a>,
    pub(super) at: Pointer,
}

/// How deep parts of parts are followed.
const DEPTH: usize = 64;

impl<'a> Lower<'a, '_> {
    /// What a schema is made of: what it combines, in document order, then what it says itself.
    pub(super) fn parts(&self, schema: &'a Schema, at: &Pointer) -> Vec<Part<'a>> {
        let mut parts = Vec::new();
        self.gather_parts(schema, at, &mut vec![at.clone()], &mut parts);
        parts
    }

    fn gather_parts(
        &self,
        schema: &'a Schema,
        at: &Pointer,
        trail: &mut Vec<Pointer>,
        parts: &mut Vec<Part<'a>>,
    ) {
        let mut keywords = Keywords::of(schema);
        if trail.len() < DEPTH {
            for (index, entry) in keywords.all_of.iter().enumerate() {
                let Some((part, part_at)) = self.document.schema(entry, &at.child("allOf").index(index))
                else {
                    continue;
                };
                // A document may go in circles here; what is inherited from oneself is nothing new.
                if !trail.contains(&part_at) {
                    trail.push(part_at.clone());
                    self.gather_parts(part, &part_at, trail, parts);
                    trail.pop();
                }
            }
        }
        // Who inherits from a union that it is itself one alternative of does not inherit the alternatives.
        let (alternatives, place) = keywords.placed_alternatives(at);
        let leads_back = |(index, entry): (usize, &ReferenceOr<Schema>)| match entry {
            ReferenceOr::Reference { reference } => {
                self.document.target(reference).is_some_and(|target| trail.contains(&target))
            }
            ReferenceOr::Item(_) => trail.contains(&place.index(index)),
        };
        if trail.len() > 1 && alternatives.iter().enumerate().any(leads_back) {
            keywords.one_of = &[];
            keywords.any_of = &[];
        }
        let (first, second) = match keywords.without_second_union() {
            Some((first, second)) => (first, Some(second)),
            None => (keywords, None),
        };
        parts.extend([first].into_iter().chain(second).map(|keywords| Part { keywords, at: at.clone() }));
    }

    /// A schema with `allOf`.
    pub(super) fn lower_all_of(&mut self, schema: &'a Schema, at: &Pointer, site: Site) -> Type {
        let keywords = Keywords::of(schema);
        let wrapped = self.wrapped(&keywords, at).filter(|(only, place)| {
            // A component that inherits and adds nothing is an heir all the same.
            !(matches!(site, Site::Component { .. }) && self.heads_a_family(only, place))
        });
        if let Some((only, place)) = wrapped {
            return self.lower_schema_or_reference(only, &place, site).ty;
        }
        let mut parts = self.parts(schema, at);
        parts.retain(|part| !part.keywords.says_nothing());
        self.lower_combined(&keywords, parts, at, site)
    }

    /// What all of some parts say. What `keywords` say in words is said of the whole.
    pub(super) fn lower_combined(
        &mut self,
        keywords: &Keywords<'a>,
        mut parts: Vec<Part<'a>>,
        at: &Pointer,
        site: Site,
    ) -> Type {
        let unions: Vec<usize> =
            (0..parts.len()).filter(|index| !parts[*index].keywords.alternatives().is_empty()).collect();
        let scalars: Vec<usize> = (0..parts.len())
            .filter(|index| !unions.contains(index) && parts[*index].keywords.is_scalar())
            .collect();
        match (unions.as_slice(), scalars.as_slice()) {
            // Parts that only comment on nothing allow any value.
            _ if parts.is_empty() && keywords.ty.is_none() => Type::Json,
            ([], []) => self.lower_objects(keywords, &parts, at, site),
            ([], scalars) if scalars.len() == parts.len() => self.lower_agreed(&parts, at, site),
            (unions, scalars) if unions.len() + scalars.len() == parts.len() && !scalars.is_empty() => {
                self.lower_narrowed(&parts, (unions, scalars), at, site)
            }
            ([only], []) => {
                let union = parts.remove(*only);
                self.lower_distributed(keywords, parts, &union, at, site)
            }
            (_, []) => self.lower_unions(keywords, parts, at, site),
            _ => self.untyped(at, "the parts of `allOf` contradict one another"),
        }
    }

    /// Several unions in one object. Those told apart by the one member that is set are fields of it; of the others, the
    /// first is distributed over the rest, and the members of any more of them are fields that may be missing.
    pub(super) fn lower_unions(
        &mut self,
        keywords: &Keywords<'a>,
        mut parts: Vec<Part<'a>>,
        at: &Pointer,
        site: Site,
    ) -> Type {
        let is_distributed = |part: &Part<'a>| {
            !part.keywords.alternatives().is_empty()
                && self.group_by_key(part.keywords.one_of, &part.at.child("oneOf")).is_none()
                && !self.only_asks_for_members(part)
        };
        match parts.iter().position(is_distributed) {
            Some(index) => {
                let union = parts.remove(index);
                self.lower_distributed(keywords, parts, &union, at, site)
            }
            None => self.lower_objects(keywords, &parts, at, site),
        }
    }

    /// Whether no alternative of a union is a scalar or a list.
    pub(super) fn is_of_objects(&self, union: &Part<'a>) -> bool {
        let (alternatives, place) = union.keywords.placed_alternatives(&union.at);
        alternatives.iter().enumerate().all(|(index, alternative)| {
            let schema = self.document.schema(alternative, &place.index(index));
            schema.is_none_or(|(schema, at)| {
                !self.parts(schema, &at).iter().any(|part| part.keywords.is_scalar())
            })
        })
    }

    /// Whether the alternatives of a union only say which of the members must be there.
    pub(super) fn only_asks_for_members(&self, union: &Part<'a>) -> bool {
        let (alternatives, place) = union.keywords.placed_alternatives(&union.at);
        alternatives.iter().enumerate().all(|(index, alternative)| {
            let schema = self.document.schema(alternative, &place.index(index));
            schema.is_none_or(|(schema, at)| is_condition(&self.parts(schema, &at)))
        })
    }

    /// Whether others inherit from a schema by its discriminator.
    fn heads_a_family(&self, schema: &'a ReferenceOr<Schema>, at: &Pointer) -> bool {
        let schema = self.document.schema(schema, at);
        schema.is_some_and(|(schema, _)| {
            schema.schema_data.discriminator.is_some() && Keywords::of(schema).alternatives().is_empty()
        })
    }

    /// The one entry of `allOf` that decides the type, where everything else only comments on it.
    pub(super) fn wrapped(
        &self,
        keywords: &Keywords<'a>,
        at: &Pointer,
    ) -> Option<(&'a ReferenceOr<Schema>, Pointer)> {
        if !keywords.only_comments() {
            return None;
        }
        let place = at.child("allOf");
        let mut saying = keywords.all_of.iter().enumerate().filter(|(index, entry)| {
            match self.document.schema(entry, &place.index(*index)) {
                Some((part, _)) => {
                    let part = Keywords::of(part);
                    !part.only_comments() || !part.all_of.is_empty() || part.ty.is_some()
                }
                None => true,
            }
        });
        let (index, only) = saying.next()?;
        let kind = match self.document.schema(only, &place.index(index)) {
            Some((schema, _)) => Keywords::of(schema).ty,
            None => None,
        };
        let agrees = |(_, other): (usize, &'a ReferenceOr<Schema>)| {
            let other = other.as_item().map(Keywords::of);
            other.is_some_and(|other| other.only_comments() && (other.ty.is_none() || other.ty == kind))
        };
        saying.all(agrees).then(|| (only, place.index(index)))
    }

    /// The members of every part in one struct.
    pub(super) fn lower_objects<'p>(
        &mut self,
        keywords: &Keywords<'a>,
        parts: impl IntoIterator<Item = &'p Part<'a>>,
        at: &Pointer,
        site: Site,
    ) -> Type
    where
        'a: 'p,
    {
        let mut members = Members::default();
        for part in parts {
            members.add(&part.keywords, &part.at);
        }
        self.lower_merged(keywords, members, at, site)
    }

    /// Scalars and lists, of which the last that says most decides; lists hold, and enums have, what all of them say.
    fn lower_agreed(&mut self, parts: &[Part<'a>], at: &Pointer, site: Site) -> Type {
        if !agree(parts) {
            return self.untyped(at, "the parts of `allOf` contradict one another");
        }
        if let Some(list) = self.lower_lists(parts, &site) {
            return list;
        }
        let weight = |part: &&Part<'a>| {
            let it = &part.keywords;
            (!it.values.is_empty(), it.items.is_some(), it.format.is_some(), it.ty == Some("integer"))
        };
        match parts.iter().max_by_key(weight) {
            Some(part) if !part.keywords.values.is_empty() => self.lower_common_values(part, parts, site),
            Some(part) => self.lower_alone(part, site),
            None => Type::Json,
        }
    }

    /// An enum of the values that every part allows. Of parts that have none in common the last decides.
    fn lower_common_values(&mut self, last: &Part<'a>, parts: &[Part<'a>], site: Site) -> Type {
        let enums: Vec<&Keywords<'a>> =
            parts.iter().map(|part| &part.keywords).filter(|it| !it.values.is_empty()).collect();
        let is_common = |value: &Value| enums.iter().all(|it| it.values.contains(value));
        if !last.keywords.values.iter().any(is_common) {
            self.diagnostics.report(
                Code::UnsupportedKeyword,
                &last.at.child("enum"),
                "None of the values is listed by every part of `allOf`: the last part decides.",
                "List in each part the values that the whole may have.",
            );
            return self.lower_alone(last, site);
        }
        if let Some(ty) = self.apart(&last.at, |it| it.lower_some_of(last, &enums, is_common, &site)) {
            return ty;
        }
        let mut any = last.clone();
        any.keywords.values.clear();
        self.lower_alone(&any, site)
    }

    /// One part as if it stood alone.
    fn lower_alone(&mut self, part: &Part<'a>, site: Site) -> Type {
        self.apart(&part.at, |it| it.lower_keywords(&part.keywords, &part.at, site))
    }

    /// Lowers a part that stands at `at` for the type that it is part of. It may be a component, whose own type is another.
    pub(super) fn apart<T>(&mut self, at: &Pointer, lower: impl FnOnce(&mut Self) -> T) -> T {
        let open = self.open.get(at).copied();
        let lowered = lower(self);
        match open {
            Some(id) => self.open.insert(at.clone(), id),
            None => self.open.remove(at),
        };
        lowered
    }

    /// A union of scalars that other parts narrow: to some of its values, or to one of its types.
    fn lower_narrowed(
        &mut self,
        parts: &[Part<'a>],
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
            let some = self.apart(&part.at, |it| it.lower_some_of(part, &described, |_| true, &site));
            if let Some(ty) = some {
                return ty;
            }
        }
        match unions {
            [only] if narrow.is_none() => {
                let types = scalars.iter().filter_map(|index| parts[*index].keywords.ty).collect();
                self.lower_alternatives_of(types, &parts[*only], at, site)
            }
            _ => self.untyped(at, "the parts of `allOf` contradict one another"),
        }
    }

    /// Those alternatives of a union that are of all of some types.
    fn lower_alternatives_of(
        &mut self,
        types: Vec<&str>,
        union: &Part<'a>,
        at: &Pointer,
        site: Site,
    ) -> Type {
        let are_numbers =
            |one: &str, other: &str| [one, other].iter().all(|it| matches!(*it, "integer" | "number"));
        let fits = |part: &Part<'a>| {
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
            [] => self.untyped(at, "the parts of `allOf` contradict one another"),
            [only] => self.lower_schema_or_reference(only.schema, &only.at, site).ty,
            _ if choices.len() == count => self.lower_alone(union, site),
            _ => self.apart(&union.at, |it| it.lower_left(&union.keywords, choices, &union.at, site)),
        }
    }

    /// The alternatives of a union that has members beside it.
    pub(super) fn choices_of(&self, union: &Part<'a>) -> Vec<Choice<'a>> {
        let (alternatives, place) = union.keywords.placed_alternatives(&union.at);
        let choice = |(index, alternative): (usize, &'a ReferenceOr<Schema>)| {
            let at = place.index(index);
            let (schema, target) = self.document.schema(alternative, &at)?;
            Some(Choice { schema: alternative, at, parts: self.parts(schema, &target), shared: true })
        };
        alternatives.iter().enumerate().filter_map(choice).collect()
    }

    /// A union beside other members: each alternative has them as well.
    pub(super) fn lower_distributed(
        &mut self,
        keywords: &Keywords<'a>,
        shared: Vec<Part<'a>>,
        union: &Part<'a>,
        at: &Pointer,
        site: Site,
    ) -> Type {
        let choices = self.choices_of(union);
        // Alternatives that only say which of the members must be there have no type of their own.
        if choices.iter().all(|choice| is_condition(&choice.parts)) {
            let mut parts = shared;
            parts.push(union.without_alternatives());
            return self.lower_objects(keywords, &parts, at, site);
        }
        let mut own = shared;
        own.push(union.without_alternatives());
        own.retain(|part| !part.keywords.says_nothing());
        if choices.iter().any(|choice| choice.parts.iter().any(|part| part.keywords.is_scalar())) {
            return self.untyped(at, "members stand beside a union of something else than objects");
        }
        self.lower_choices(keywords, &own, choices, at, site)
    }
}

/// Whether values may be of the types of all parts.
pub(super) fn agree<'p, 'a: 'p>(parts: impl IntoIterator<Item = &'p Part<'a>>) -> bool {
    let types: Vec<&str> = parts.into_iter().filter_map(|part| part.keywords.ty).collect();
    let are = |names: &[&str]| types.iter().all(|ty| names.contains(ty));
    are(&["integer", "number"]) || types.first().is_none_or(|first| are(&[first]))
}

/// Whether a schema that is made of these only says which members must be there.
fn is_condition(parts: &[Part<'_>]) -> bool {
    parts.iter().all(|part| part.keywords.properties.is_empty() && part.keywords.is_condition())
}

impl<'a> Part<'a> {
    /// The part without its union.
    pub(super) fn without_alternatives(&self) -> Self {
        let mut keywords = self.keywords.clone();
        keywords.one_of = &[];
        keywords.any_of = &[];
        Self { keywords, at: self.at.clone() }
    }
}
