//! Discriminator bases: schemas with a discriminator that other schemas extend by `allOf`.
//!
//! A reference to such a base means one of its subschemas, so the base becomes a union of them.

use std::collections::HashSet;

use super::docs::docs;
use super::object::plan_objects;
use super::plan::{
    AlternativePlan, AlternativeValue, Child, ChildSchema, NameOrigin, Plan, UnionPlan, VariantName,
};
use super::schemas::Schemas;
use super::tags::{constants_of, mapped_values, short_name, tags};
use crate::diagnostics::Diagnostics;
use crate::document::SchemaId;
use crate::ir::{Constant, Criterion, Docs, MatchRule, Strategy};

/// Plans a discriminator base as a union of its subschemas. Returns `None` for other schemas.
pub(super) fn plan_discriminator_base<'a>(
    schemas: &Schemas<'a>,
    id: SchemaId,
    findings: &mut Diagnostics,
) -> Option<Plan<'a>> {
    let keywords = schemas.keywords(id);
    let at = schemas.at(id);
    let discriminator =
        keywords.data.discriminator.as_ref().filter(|_| keywords.alternatives().is_empty())?;
    let mut subschemas = subschemas_of(schemas, id);
    if subschemas.is_empty() {
        return None;
    }
    let property = &discriminator.property_name;
    let mapped = mapped_values(schemas, discriminator);
    // In the order of the mapping and then by name, so that the order of the components has no effect.
    let position = |id: &SchemaId| {
        let first = mapped.get(id).and_then(|values| values.first()).and_then(Constant::as_text);
        first.and_then(|value| discriminator.mapping.get_index_of(value)).unwrap_or(usize::MAX)
    };
    subschemas.sort_by_cached_key(|id| (position(id), schemas.at(*id).clone()));
    let listed = constants_of(schemas, schemas.parts(id)).shift_remove(property);
    let mut values: Vec<Constant> = mapped.get(&id).cloned().unwrap_or_default();
    let mut taken: HashSet<Constant> = HashSet::new();
    let mut alternatives = Vec::with_capacity(subschemas.len() + 1);
    // The name of the base is a value as well (OpenAPI 3.0.3, section 4.7.25), unless the document lists the values.
    let own = Constant::Text(short_name(at));
    let has_own = listed.is_none() && subschemas.iter().any(|subschema| !mapped.contains_key(subschema));
    for subschema in subschemas {
        let mut tags = {
            let constants = constants_of(schemas, schemas.parts(subschema));
            tags(schemas, discriminator, &mapped, subschema, &constants)
        };
        if Some(&tags) == listed.as_ref() {
            tags = vec![Constant::Text(short_name(schemas.at(subschema)))];
        }
        taken.extend(tags.iter().cloned());
        let name = match tags.as_slice() {
            [Constant::Text(text)] => VariantName::new(text.as_str(), NameOrigin::Value),
            _ => VariantName::new(short_name(schemas.at(subschema)), NameOrigin::Schema),
        };
        let at = schemas.at(subschema).clone();
        let schema = ChildSchema::Reference { to: subschema, at: at.clone() };
        alternatives.push(AlternativePlan {
            at: at.clone(),
            docs: Docs { pointer: at, ..Docs::default() },
            match_rules: vec![MatchRule::Tag { member: property.clone(), values: tags }],
            value: AlternativeValue::Schema {
                place: name.text.clone(),
                name,
                schema: Child { schema, nullable: schemas.allows_null(subschema) },
            },
        });
    }
    // Listed values without a subschema belong to the base itself.
    values.extend(listed.unwrap_or_default().into_iter().filter(|value| !taken.contains(value)));
    if values.is_empty() && has_own && !taken.contains(&own) {
        values.push(own);
    }
    if !values.is_empty() {
        let key = match values.as_slice() {
            [Constant::Text(text)] => text.clone(),
            _ => "base".to_owned(),
        };
        let plan = plan_objects(schemas, keywords, schemas.parts(id).iter(), at, findings);
        let schema = ChildSchema::Planned(plan.into(), at.clone());
        alternatives.push(AlternativePlan {
            at: at.clone(),
            docs: Docs { pointer: at.clone(), ..Docs::default() },
            match_rules: vec![MatchRule::Tag { member: property.clone(), values }],
            value: AlternativeValue::Schema {
                place: "base".to_owned(),
                name: VariantName::new(key, NameOrigin::Value),
                schema: Child { schema, nullable: false },
            },
        });
    }
    let docs = docs(schemas, keywords, at);
    Some(Plan::Union(Box::new(UnionPlan {
        docs,
        strategy: Strategy::Discriminator,
        criteria: vec![Criterion { property: property.clone(), is_by_type: false }],
        alternatives,
        ambiguous: Vec::new(),
    })))
}

/// Returns the component schemas that extend `base`, directly or through others.
fn subschemas_of(schemas: &Schemas<'_>, base: SchemaId) -> Vec<SchemaId> {
    let mut found = Vec::new();
    let mut seen = HashSet::from([base]);
    let mut waiting = vec![base];
    while let Some(next) = waiting.pop() {
        for subschema in schemas.direct_subschemas(next) {
            if seen.insert(*subschema) {
                found.push(*subschema);
                waiting.push(*subschema);
            }
        }
    }
    found
}
