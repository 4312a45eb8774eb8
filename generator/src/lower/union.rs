//! Unions told apart by looking at the value: `oneOf` and `anyOf` of anything.
//!
//! The order of proof is: the discriminator, a member that has other values in each alternative, the types of JSON, the
//! members that each requires, a member that is of another kind in each. Where that leaves two that look alike, document order decides.

use std::collections::BTreeSet;

use openapiv3::{ReferenceOr, Schema};

use super::Lower;
use super::choice_keys::Origin;
use super::compose::Part;
use super::keywords::Keywords;
use super::looks::{doubt, is_alike, is_object, own_tag};
use super::schema::Site;
use crate::diagnostics::{Code, Pointer};
use crate::document::{is_never, is_only_null};
use crate::ir::{Alternative, Docs, Look, Shape, Strategy, Type, TypeId, Union, Variant};

/// An alternative as it is written.
pub(super) struct Choice<'a> {
    pub(super) schema: &'a ReferenceOr<Schema>,
    pub(super) at: Pointer,
    /// What it is made of.
    pub(super) parts: Vec<Part<'a>>,
    /// Whether what stands beside the union belongs to it as well.
    pub(super) shared: bool,
}

impl<'a> Lower<'a, '_> {
    /// A union that stands alone: `oneOf` or `anyOf` without members beside it.
    pub(super) fn lower_alternatives(&mut self, keywords: &Keywords<'a>, at: &Pointer, site: Site) -> Type {
        let (alternatives, place) = keywords.placed_alternatives(at);
        let mut seen = BTreeSet::new();
        let mut choices: Vec<Choice<'a>> = Vec::with_capacity(alternatives.len());
        for (index, alternative) in alternatives.iter().enumerate() {
            let at = place.index(index);
            let Some((schema, target)) = self.document.schema(alternative, &at) else { continue };
            if !is_null_or_never(schema) && seen.insert(target.clone()) {
                choices.push(Choice {
                    schema: alternative,
                    at,
                    parts: self.parts(schema, &target),
                    shared: false,
                });
            }
        }
        match choices.as_slice() {
            [] => Type::Json,
            [only] if self.may_grow(keywords, only) => self.lower_choices(keywords, &[], choices, at, site),
            [only] => self.lower_schema_or_reference(only.schema, &only.at, site).ty,
            _ => self.lower_several(keywords, alternatives, choices, at, &place, site),
        }
    }

    /// Whether the one alternative of a union is an object that says which one it is: then others are to be expected, and
    /// a union of one is a union. Where null is the other alternative, or nothing tells, it is that alternative.
    fn may_grow(&self, keywords: &Keywords<'a>, only: &Choice<'a>) -> bool {
        let (alternatives, _) = keywords.placed_alternatives(&only.at);
        alternatives.len() == 1
            && !keywords.data.nullable
            && is_object(&only.parts)
            && (keywords.data.discriminator.is_some()
                || own_tag(&only.parts, &self.constants_of(&only.parts)).is_some())
    }

    fn lower_several(
        &mut self,
        keywords: &Keywords<'a>,
        alternatives: &'a [ReferenceOr<Schema>],
        choices: Vec<Choice<'a>>,
        at: &Pointer,
        place: &Pointer,
        site: Site,
    ) -> Type {
        if let Some(ty) = self.lower_constants(alternatives, keywords, place, at, &site) {
            return ty;
        }
        if let Some(group) = self.group_by_key(alternatives, place) {
            let docs = self.docs(keywords, at);
            let id = self.reserve_at(&site, docs);
            return self.define_one_of(id, &group, false);
        }
        self.lower_left(keywords, choices, at, site)
    }

    /// Alternatives of a union that are no list of values.
    pub(super) fn lower_left(
        &mut self,
        keywords: &Keywords<'a>,
        choices: Vec<Choice<'a>>,
        at: &Pointer,
        site: Site,
    ) -> Type {
        if let Some(open) = open_enum(&choices) {
            return self.lower_schema_or_reference(choices[open].schema, &choices[open].at, site).ty;
        }
        if let Some(ty) = self.one_scalar(&choices) {
            return ty;
        }
        self.lower_choices(keywords, &[], choices, at, site)
    }

    /// Scalars that are one type in Rust: two kinds of text, say.
    fn one_scalar(&mut self, choices: &[Choice<'a>]) -> Option<Type> {
        let mut first = None;
        for choice in choices {
            let ty = self.plain_scalar(&choice.parts)?;
            if first.get_or_insert_with(|| ty.clone()) != &ty {
                return None;
            }
        }
        first
    }

    /// The type of a scalar without listed values.
    fn plain_scalar(&mut self, parts: &[Part<'a>]) -> Option<Type> {
        let is_plain = |part: &Part<'a>| {
            part.keywords.values.is_empty()
                && part.keywords.items.is_none()
                && part.keywords.alternatives().is_empty()
        };
        let saying = parts.iter().filter(|part| part.keywords.ty.is_some());
        let part = saying.max_by_key(|part| part.keywords.format.is_some())?;
        match part.keywords.ty.filter(|_| parts.iter().all(is_plain)) {
            Some("string") => Some(self.lower_string(&part.keywords)),
            Some("integer") => Some(self.lower_integer(&part.keywords)),
            Some("number") => Some(self.lower_number(&part.keywords)),
            Some("boolean") => Some(Type::Bool),
            _ => None,
        }
    }

    /// A union of several alternatives, with what stands beside it.
    pub(super) fn lower_choices(
        &mut self,
        keywords: &Keywords<'a>,
        shared: &[Part<'a>],
        choices: Vec<Choice<'a>>,
        at: &Pointer,
        site: Site,
    ) -> Type {
        let docs = self.docs(keywords, at);
        let id = self.reserve_at(&site, docs);
        let discriminator = keywords.data.discriminator.as_ref();
        let looks = self.looks_of(discriminator, shared, &choices);
        let mut alternatives = Vec::with_capacity(choices.len());
        for (choice, looks) in choices.iter().zip(looks) {
            if let Some(variant) = self.lower_constant(choice) {
                alternatives.push(Alternative { variant, is_named: false, looks, tag: None });
                continue;
            }
            let key = self.key_of_choice(choice, &looks, &choices);
            let ty = self.lower_choice(id, shared, choice, &key.text);
            let is_named = key.origin == Origin::Schema;
            let key = key.of_type(&ty);
            let variant = Variant { key, docs: self.docs_of_choice(choice), ty };
            alternatives.push(Alternative { variant, is_named, looks, tag: None });
        }
        let union = self.settled(discriminator.is_some(), alternatives, at);
        let union = if union.strategy == Strategy::Trial { self.with_known_members(union) } else { union };
        self.define(id, Shape::Union(union))
    }

    fn lower_choice(&mut self, id: TypeId, shared: &[Part<'a>], choice: &Choice<'a>, key: &str) -> Type {
        let site = Site::inside(id, key);
        let adds = shared.iter().any(|part| {
            let it = &part.keywords;
            !it.properties.is_empty() || !it.required.is_empty() || !it.alternatives().is_empty()
        });
        if !choice.shared || !adds {
            // An alternative that may be null lets the whole union be null: `allows_null` has found that.
            return self.lower_schema_or_reference(choice.schema, &choice.at, site).ty;
        }
        let Some(own) = choice.parts.last() else { return Type::Json };
        let parts = shared.iter().chain(&choice.parts);
        self.lower_objects(&own.keywords, parts, &choice.at, site)
    }

    pub(super) fn docs_of_choice(&self, choice: &Choice<'a>) -> Docs {
        match choice.schema {
            ReferenceOr::Item(schema) => self.docs(&Keywords::of(schema), &choice.at),
            ReferenceOr::Reference { .. } => Docs { pointer: choice.at.clone(), ..Docs::default() },
        }
    }

    pub(super) fn target_of(&self, choice: &Choice<'a>) -> Option<Pointer> {
        match choice.schema {
            ReferenceOr::Reference { reference } => self.document.target(reference),
            ReferenceOr::Item(_) => None,
        }
    }

    /// Says by what the alternatives are told apart.
    pub(super) fn settled(
        &mut self,
        is_discriminated: bool,
        mut alternatives: Vec<Alternative>,
        at: &Pointer,
    ) -> Union {
        drop_twins(&mut alternatives);
        let doubt = doubt(&alternatives);
        if let Some((one, other)) = &doubt {
            self.diagnostics.report(
                Code::AmbiguousUnion,
                at,
                format!("A value may be `{one}` and `{other}` alike: it is decoded as the first that it fits, of objects as the \
                     one that knows most of its members."),
                "Add a `discriminator`, or a member that each alternative requires and that has a value of its own in \
                 each.",
            );
        }
        let looks = || alternatives.iter().flat_map(|alternative| &alternative.looks);
        let strategy = if doubt.is_some() {
            Strategy::Trial
        } else if is_discriminated {
            Strategy::Discriminator
        } else if looks().any(|look| matches!(look, Look::Tag { .. })) {
            Strategy::Constant
        } else if looks().any(|look| matches!(look, Look::Member { .. })) {
            Strategy::Member
        } else if looks().filter(|look| matches!(look, Look::Object { .. })).count() > 1 {
            Strategy::Keys
        } else {
            Strategy::Kinds
        };
        Union { alternatives, strategy }
    }

    /// What the types of the alternatives know, where there is nothing better to tell them apart by.
    fn with_known_members(&self, mut union: Union) -> Union {
        for alternative in &mut union.alternatives {
            let Type::Named(id) = alternative.variant.ty else { continue };
            let Shape::Struct(it) = &self.api.type_def(id).shape else { continue };
            for look in &mut alternative.looks {
                if let Look::Object { known, .. } = look {
                    *known = it.fields.iter().map(|field| field.name.clone()).collect();
                }
            }
        }
        union
    }
}

/// Whether a schema allows no value but null.
pub(super) fn is_null_or_never(schema: &Schema) -> bool {
    is_only_null(schema) || Keywords::of(schema).is_null_of_3_0() || is_never(schema)
}

/// The last segment of a place, without the packages that a component's name may have.
pub(super) fn key_of(target: &Pointer) -> String {
    let last = target.segments().last().unwrap_or_default();
    let name = last.rsplit('.').next().unwrap_or_default();
    if name.is_empty() { last } else { name.to_owned() }
}

/// Text beside one enum of strings is that enum, which is open anyway.
fn open_enum(choices: &[Choice<'_>]) -> Option<usize> {
    let is_text = |choice: &Choice<'_>| {
        let is_plain = |part: &Part<'_>| part.keywords.values.is_empty() && part.keywords.format.is_none();
        choice.parts.iter().all(|part| part.keywords.ty == Some("string") && is_plain(part))
    };
    let is_enum = |choice: &Choice<'_>| {
        let values = choice.parts.iter().flat_map(|part| &part.keywords.values);
        values.clone().next().is_some() && values.clone().all(serde_json::Value::is_string)
    };
    let mut enums = (0..choices.len()).filter(|index| is_enum(&choices[*index]));
    let only = enums.next().filter(|_| enums.next().is_none())?;
    let others = choices.iter().enumerate().filter(|(index, _)| *index != only);
    others.clone().next()?;
    others.clone().all(|(_, choice)| is_text(choice)).then_some(only)
}

/// Of alternatives that look alike and are one type the first is enough.
fn drop_twins(alternatives: &mut Vec<Alternative>) {
    let mut kept: Vec<Alternative> = Vec::with_capacity(alternatives.len());
    for alternative in alternatives.drain(..) {
        let is_twin = kept
            .iter()
            .any(|other| other.variant.ty == alternative.variant.ty && is_alike(other, &alternative));
        if !is_twin {
            kept.push(alternative);
        }
    }
    *alternatives = kept;
}
