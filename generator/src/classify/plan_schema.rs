//! The plan of a schema, by its keywords.

use super::all_of;
use super::children::{child_of, child_written};
use super::discriminator_base::plan_discriminator_base;
use super::enums::plan_enum;
use super::object::plan_object;
use super::parts::SchemaPart;
use super::plan::Plan;
use super::property::Contribution;
use super::scalar::scalar;
use super::schemas::Schemas;
use super::union::plan_union;
use crate::diagnostics::Diagnostics;
use crate::document::SchemaId;
use crate::ir::Type;

/// Returns what a schema is.
///
/// `is_component` is true for the target of a reference and for the items or values in it, which are types of their
/// own even without properties.
pub(crate) fn plan_schema<'a>(
    schemas: &Schemas<'a>,
    id: SchemaId,
    is_component: bool,
    findings: &mut Diagnostics,
) -> Plan<'a> {
    if let Some(ty) = schemas.custom_type(id) {
        return Plan::Scalar(Type::Custom(ty.clone()));
    }
    if is_component {
        if let Some(plan) = plan_discriminator_base(schemas, id, findings) {
            return plan;
        }
    }
    let keywords = schemas.keywords(id);
    if keywords.all_of.is_empty() {
        let part = SchemaPart { id, keywords: keywords.clone(), at: schemas.at(id).clone() };
        return plan_part(schemas, &part, is_component, findings);
    }
    all_of::plan_all_of(schemas, id, is_component, findings)
}

/// Returns what a part of a schema is by itself.
pub(crate) fn plan_part<'a>(
    schemas: &Schemas<'a>,
    part: &SchemaPart<'a>,
    is_component: bool,
    findings: &mut Diagnostics,
) -> Plan<'a> {
    let keywords = &part.keywords;
    if let Some(plan) = plan_enum(schemas, keywords, &part.at, findings) {
        return plan;
    }
    if !keywords.alternatives().is_empty() {
        return plan_union(schemas, part, is_component, findings);
    }
    if keywords.is_object() {
        return plan_object(schemas, part, is_component, findings);
    }
    if let Some(scalar) = scalar(keywords, schemas.config) {
        return Plan::Scalar(scalar);
    }
    if keywords.ty == Some("array") || keywords.items.is_some() {
        return plan_array(schemas, part);
    }
    Plan::Anything
}

fn plan_array<'a>(schemas: &Schemas<'a>, part: &SchemaPart<'a>) -> Plan<'a> {
    let places = schemas.places(part.id);
    match places.filter(|_| part.keywords.items.is_some()) {
        Some(places) => Plan::Tuple(places.iter().map(|place| child_written(schemas, place)).collect()),
        None => Plan::List(Contribution::of_items(schemas, part).map(|items| child_of(schemas, &items))),
    }
}
