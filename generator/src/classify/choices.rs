//! The alternatives of a union, and the plan of a union whose alternatives are recognized by match rules.

use openapiv3::{ReferenceOr, Schema};

use super::docs::docs;
use super::enums::constant_variant;
use super::keywords::Keywords;
use super::match_rules::match_rules_of;
use super::object::plan_objects;
use super::plan::{AlternativePlan, AlternativeValue, Child, ChildSchema, Plan, UnionPlan};
use super::schemas::{Alternative, Parts, SchemaPart, Schemas};
use super::variant_names::variant_name;
use crate::diagnostics::{Diagnostics, Pointer};
use crate::document::SchemaId;
use crate::ir::{Docs, MatchRule};

/// An alternative of a union in the document.
#[derive(Clone)]
pub(crate) struct Choice<'a> {
    pub(crate) schema: &'a ReferenceOr<Schema>,
    pub(crate) at: Pointer,
    pub(crate) id: SchemaId,
    /// The parts of its schema.
    pub(crate) parts: Parts<'a>,
    /// True if the alternative shares the properties beside the union.
    pub(crate) shared: bool,
}

impl<'a> Choice<'a> {
    pub(super) fn new(schemas: &Schemas<'a>, alternative: Alternative<'a>, shared: bool) -> Self {
        let Alternative { schema, at, id } = alternative;
        Self { schema, at, id, parts: schemas.parts(id).clone(), shared }
    }

    /// Returns the schema of the alternative.
    pub(super) fn child(&self, schemas: &Schemas<'a>) -> Child<'a> {
        let schema = match self.schema {
            ReferenceOr::Item(_) => ChildSchema::Inline(self.id),
            ReferenceOr::Reference { .. } => ChildSchema::Reference { to: self.id, at: self.at.clone() },
        };
        Child { schema, nullable: schemas.allows_null(self.id) }
    }

    /// Returns the schema that the alternative refers to.
    pub(crate) fn target(&self) -> Option<SchemaId> {
        matches!(self.schema, ReferenceOr::Reference { .. }).then_some(self.id)
    }

    /// Returns the documentation of the alternative.
    pub(crate) fn docs(&self, schemas: &Schemas<'a>) -> Docs {
        match self.schema {
            ReferenceOr::Item(schema) => docs(schemas, &Keywords::of(schema), &self.at),
            ReferenceOr::Reference { .. } => Docs { pointer: self.at.clone(), ..Docs::default() },
        }
    }
}

/// Returns the alternatives of a union, all of which share the properties beside it.
pub(crate) fn choices_of<'a>(schemas: &Schemas<'a>, union: &SchemaPart<'a>) -> Vec<Choice<'a>> {
    let alternatives = schemas.alternatives(union).into_iter();
    alternatives.map(|alternative| Choice::new(schemas, alternative, true)).collect()
}

/// Plans a union with several alternatives and the properties beside it.
pub(super) fn plan_choices<'a>(
    schemas: &Schemas<'a>,
    keywords: &Keywords<'a>,
    shared: &[SchemaPart<'a>],
    choices: &[Choice<'a>],
    at: &Pointer,
    findings: &mut Diagnostics,
) -> Plan<'a> {
    let discriminator = keywords.data.discriminator.as_ref();
    let match_rules = match_rules_of(schemas, discriminator, shared, choices);
    let alternatives = choices
        .iter()
        .zip(match_rules)
        .map(|(choice, match_rules)| plan_choice(schemas, shared, choice, match_rules, choices, findings));
    Plan::Union(Box::new(UnionPlan {
        alternatives: alternatives.collect(),
        docs: docs(schemas, keywords, at),
        is_discriminated: discriminator.is_some(),
    }))
}

fn plan_choice<'a>(
    schemas: &Schemas<'a>,
    shared: &[SchemaPart<'a>],
    choice: &Choice<'a>,
    match_rules: Vec<MatchRule>,
    choices: &[Choice<'a>],
    findings: &mut Diagnostics,
) -> AlternativePlan<'a> {
    let docs = choice.docs(schemas);
    let value = match constant_variant(choice, || docs.clone()) {
        Some(variant) => AlternativeValue::Constant(variant),
        None => {
            let name = variant_name(schemas, choice, &match_rules, choices);
            let schema = plan_choice_schema(schemas, shared, choice, findings);
            AlternativeValue::Schema { place: name.text.clone(), name, schema }
        }
    };
    AlternativePlan { docs, match_rules, value }
}

/// Plans the schema of an alternative: its own, or an object with the properties beside the union.
fn plan_choice_schema<'a>(
    schemas: &Schemas<'a>,
    shared: &[SchemaPart<'a>],
    choice: &Choice<'a>,
    findings: &mut Diagnostics,
) -> Child<'a> {
    let adds = shared.iter().any(|part| {
        let it = &part.keywords;
        !it.properties.is_empty() || !it.required.is_empty() || !it.alternatives().is_empty()
    });
    // A nullable alternative makes the whole union nullable: see `nullability`.
    let own = choice.parts.last().filter(|_| choice.shared && adds);
    let Some(own) = own else { return choice.child(schemas) };
    let parts = shared.iter().chain(choice.parts.iter());
    let plan = plan_objects(schemas, &own.keywords, parts, &choice.at, findings);
    Child { schema: ChildSchema::Planned(plan.into(), choice.at.clone()), nullable: false }
}
