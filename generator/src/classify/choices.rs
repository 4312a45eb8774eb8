//! The plan of a union whose alternatives are recognized by match rules.

use super::children::child_written;
use super::choice::Choice;
use super::docs::docs;
use super::enums::constant_variant;
use super::keywords::Keywords;
use super::match_rules::{AlternativeRules, MatchRules, match_rules_of};
use super::object::plan_objects;
use super::parts::SchemaPart;
use super::plan::{AlternativePlan, AlternativeValue, Child, ChildSchema, Plan, UnionPlan};
use super::schemas::Schemas;
use super::variant_names::variant_name;
use crate::diagnostics::{Diagnostics, Pointer};

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
    let MatchRules { alternatives: rules, ambiguous, strategy, criteria } =
        match_rules_of(schemas, discriminator, shared, choices);
    let alternatives = choices
        .iter()
        .zip(rules)
        .map(|(choice, rules)| plan_choice(schemas, shared, choice, rules, choices, findings));
    Plan::Union(Box::new(UnionPlan {
        alternatives: alternatives.collect(),
        ambiguous,
        docs: docs(schemas, keywords, at),
        strategy,
        criteria,
    }))
}

fn plan_choice<'a>(
    schemas: &Schemas<'a>,
    shared: &[SchemaPart<'a>],
    choice: &Choice<'a>,
    rules: AlternativeRules,
    choices: &[Choice<'a>],
    findings: &mut Diagnostics,
) -> AlternativePlan<'a> {
    let docs = choice.docs(schemas);
    let value = match constant_variant(choice.written.schema, || docs.clone()) {
        Some(variant) => AlternativeValue::Constant(Box::new(variant)),
        None => {
            let name = variant_name(schemas, choice, &rules, choices);
            let schema = plan_choice_schema(schemas, shared, choice, findings);
            AlternativeValue::Schema { place: name.text.clone(), name, schema }
        }
    };
    let at = schemas.at(choice.written.id).clone();
    AlternativePlan { at, docs, match_rules: rules.rules, value }
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
    let Some(own) = own else { return child_written(schemas, &choice.written) };
    let parts = shared.iter().chain(choice.parts.iter());
    let plan = plan_objects(schemas, &own.keywords, parts, &choice.written.at, findings);
    Child { schema: ChildSchema::Planned(plan.into(), choice.written.at.clone()), nullable: false }
}
