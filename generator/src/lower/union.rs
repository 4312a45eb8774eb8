//! Unions: `oneOf` and `anyOf` of anything, recognized by the value.
//!
//! Alternatives are distinguished by, in this order: the discriminator, a property with different values, the
//! JSON type, the required properties, a property with a different JSON type. If two alternatives remain
//! ambiguous, document order decides.

use std::collections::BTreeSet;

use openapiv3::{ReferenceOr, Schema};

use super::Lower;
use super::all_of::SchemaPart;
use super::keywords::Keywords;
use super::match_rules::{ambiguous_pair, constant_property, is_ambiguous, is_object};
use super::schema::Site;
use super::variant_names::NameOrigin;
use crate::diagnostics::{Code, Pointer};
use crate::document::{is_never, is_only_null};
use crate::ir::{Alternative, Docs, MatchRule, Shape, Strategy, Type, TypeId, Union, Variant};

/// An alternative of a union in the document.
pub(super) struct Choice<'a> {
    pub(super) schema: &'a ReferenceOr<Schema>,
    pub(super) at: Pointer,
    /// The parts of its schema.
    pub(super) parts: Vec<SchemaPart<'a>>,
    /// True if the alternative shares the properties beside the union.
    pub(super) shared: bool,
}

impl<'a> Lower<'a, '_> {
    /// Lowers a `oneOf` or `anyOf` without properties beside it.
    pub(super) fn lower_alternatives(&mut self, keywords: &Keywords<'a>, at: &Pointer, site: Site) -> Type {
        let (alternatives, place) = keywords.alternatives_at(at);
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

    /// Returns true if a union with one alternative is an extensible union: its alternative is an object with
    /// a discriminator or a constant property, so that others may follow.
    fn may_grow(&self, keywords: &Keywords<'a>, only: &Choice<'a>) -> bool {
        let (alternatives, _) = keywords.alternatives_at(&only.at);
        alternatives.len() == 1
            && !keywords.data.nullable
            && is_object(&only.parts)
            && (keywords.data.discriminator.is_some()
                || constant_property(&only.parts, &self.constants_of(&only.parts)).is_some())
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
            return self.define_keyed_union(id, &group, false);
        }
        self.lower_remaining(keywords, choices, at, site)
    }

    /// Lowers alternatives that are not constants.
    pub(super) fn lower_remaining(
        &mut self,
        keywords: &Keywords<'a>,
        choices: Vec<Choice<'a>>,
        at: &Pointer,
        site: Site,
    ) -> Type {
        if let Some(open) = open_enum(&choices) {
            return self.lower_schema_or_reference(choices[open].schema, &choices[open].at, site).ty;
        }
        if let Some(ty) = self.common_scalar(&choices) {
            return ty;
        }
        self.lower_choices(keywords, &[], choices, at, site)
    }

    /// Returns the Rust type that all scalars have in common, such as two formats of strings.
    fn common_scalar(&mut self, choices: &[Choice<'a>]) -> Option<Type> {
        let mut first = None;
        for choice in choices {
            let ty = self.plain_scalar(&choice.parts)?;
            if first.get_or_insert_with(|| ty.clone()) != &ty {
                return None;
            }
        }
        first
    }

    /// Returns the type of a scalar without listed values.
    fn plain_scalar(&mut self, parts: &[SchemaPart<'a>]) -> Option<Type> {
        let is_plain = |part: &SchemaPart<'a>| {
            part.keywords.values.is_empty()
                && part.keywords.items.is_none()
                && part.keywords.alternatives().is_empty()
        };
        let informative = parts.iter().filter(|part| part.keywords.ty.is_some());
        let part = informative.max_by_key(|part| part.keywords.format.is_some())?;
        match part.keywords.ty.filter(|_| parts.iter().all(is_plain)) {
            Some("string") => Some(self.lower_string(&part.keywords)),
            Some("integer") => Some(self.lower_integer(&part.keywords)),
            Some("number") => Some(self.lower_number(&part.keywords)),
            Some("boolean") => Some(Type::Bool),
            _ => None,
        }
    }

    /// Lowers a union with several alternatives and the properties beside it.
    pub(super) fn lower_choices(
        &mut self,
        keywords: &Keywords<'a>,
        shared: &[SchemaPart<'a>],
        choices: Vec<Choice<'a>>,
        at: &Pointer,
        site: Site,
    ) -> Type {
        let docs = self.docs(keywords, at);
        let id = self.reserve_at(&site, docs);
        let discriminator = keywords.data.discriminator.as_ref();
        let match_rules = self.match_rules_of(discriminator, shared, &choices);
        let mut alternatives = Vec::with_capacity(choices.len());
        for (choice, match_rules) in choices.iter().zip(match_rules) {
            if let Some(variant) = self.lower_constant(choice) {
                alternatives.push(Alternative { variant, is_named: false, match_rules, tag: None });
                continue;
            }
            let key = self.variant_name(choice, &match_rules, &choices);
            let ty = self.lower_choice(id, shared, choice, &key.text);
            let is_named = key.origin == NameOrigin::Schema;
            let key = key.refined_by_type(&ty);
            let variant = Variant { key, docs: self.docs_of_choice(choice), ty };
            alternatives.push(Alternative { variant, is_named, match_rules, tag: None });
        }
        let union = self.with_strategy(discriminator.is_some(), alternatives);
        let union = if union.strategy == Strategy::Trial { self.with_known_properties(union) } else { union };
        self.define(id, Shape::Union(union))
    }

    fn lower_choice(
        &mut self,
        id: TypeId,
        shared: &[SchemaPart<'a>],
        choice: &Choice<'a>,
        key: &str,
    ) -> Type {
        let site = Site::inside(id, key);
        let adds = shared.iter().any(|part| {
            let it = &part.keywords;
            !it.properties.is_empty() || !it.required.is_empty() || !it.alternatives().is_empty()
        });
        if !choice.shared || !adds {
            // A nullable alternative makes the whole union nullable: see `allows_null`.
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

    /// Returns a union with the strategy that distinguishes its alternatives.
    pub(super) fn with_strategy(
        &mut self,
        is_discriminated: bool,
        mut alternatives: Vec<Alternative>,
    ) -> Union {
        drop_duplicates(&mut alternatives);
        let ambiguous_pair = ambiguous_pair(&alternatives);
        if let Some((one, other)) = &ambiguous_pair {
            self.diagnostics.report(
                Code::AmbiguousUnion,
                &other.docs.pointer,
                format!(
                    "`{}` and `{}` cannot be distinguished, so the first one that decodes is used",
                    one.key, other.key
                ),
                "add a `discriminator`, or give each alternative a required property with its own constant",
            );
        }
        let match_rules = || alternatives.iter().flat_map(|alternative| &alternative.match_rules);
        let strategy = if ambiguous_pair.is_some() {
            Strategy::Trial
        } else if is_discriminated {
            Strategy::Discriminator
        } else if match_rules().any(|rule| matches!(rule, MatchRule::Tag { .. })) {
            Strategy::Constant
        } else if match_rules().any(|rule| matches!(rule, MatchRule::Property { .. })) {
            Strategy::Property
        } else if match_rules().filter(|rule| matches!(rule, MatchRule::Object { .. })).count() > 1 {
            Strategy::RequiredProperties
        } else {
            Strategy::JsonTypes
        };
        Union { alternatives, strategy }
    }

    /// Adds the known properties of object alternatives, for unions without a better distinction.
    fn with_known_properties(&self, mut union: Union) -> Union {
        for alternative in &mut union.alternatives {
            let Type::Named(id) = alternative.variant.ty else { continue };
            let Shape::Struct(it) = &self.api.type_def(id).shape else { continue };
            for rule in &mut alternative.match_rules {
                if let MatchRule::Object { known, .. } = rule {
                    *known = it.fields.iter().map(|field| field.name.clone()).collect();
                }
            }
        }
        union
    }
}

/// Returns true if a schema allows only null, or no value at all.
pub(super) fn is_null_or_never(schema: &Schema) -> bool {
    is_only_null(schema) || Keywords::of(schema).is_null_of_3_0() || is_never(schema)
}

/// Returns the last segment of a location. Component names lose their packages.
pub(super) fn short_name(target: &Pointer) -> String {
    let last = target.segments().last().unwrap_or_default();
    let name = last.rsplit('.').next().unwrap_or_default();
    if name.is_empty() { last } else { name.to_owned() }
}

/// Returns the index of the only string enum beside plain strings. Enums are open, so the enum covers them.
fn open_enum(choices: &[Choice<'_>]) -> Option<usize> {
    let is_text = |choice: &Choice<'_>| {
        let is_plain =
            |part: &SchemaPart<'_>| part.keywords.values.is_empty() && part.keywords.format.is_none();
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

/// Keeps the first of several alternatives with the same type and overlapping match rules.
fn drop_duplicates(alternatives: &mut Vec<Alternative>) {
    let mut kept: Vec<Alternative> = Vec::with_capacity(alternatives.len());
    for alternative in alternatives.drain(..) {
        let is_duplicate = kept
            .iter()
            .any(|other| other.variant.ty == alternative.variant.ty && is_ambiguous(other, &alternative));
        if !is_duplicate {
            kept.push(alternative);
        }
    }
    *alternatives = kept;
}
