//! Classifies the schemas of a document: decides the kind of every schema, and how to distinguish the alternatives of a
//! union.
//!
//! Classification is pure. It makes no named types, and a plan never depends on the plan of another schema: the facts
//! that need references followed are computed once for all schemas (see `schemas`). Imports `document`, `ir`,
//! `diagnostics` and `config`.

mod all_of;
mod boilerplate;
mod children;
mod choice;
mod choices;
mod custom_types;
mod deprecation;
mod discriminator_base;
mod distribute;
mod docs;
mod enums;
mod keyed_union;
mod keywords;
mod limits;
mod match_rules;
mod merged_object;
mod merged_property;
mod nullability;
mod object;
mod part_kinds;
mod parts;
mod plan;
mod plan_schema;
mod property;
mod protobuf_oneof;
mod scalar;
mod schemas;
mod secrecy;
mod separate;
mod signature;
mod split;
mod tags;
#[cfg(test)]
mod tests;
mod union;
mod unproven_pairs;
mod value_rules;
mod variant_names;

pub(crate) use all_of::plan_merged;
pub(crate) use boilerplate::{same_words, without_boilerplate};
pub(crate) use choice::{Choice, choices_of};
pub(crate) use deprecation::advice;
pub(crate) use docs::{constraints, constraints_of, docs_of_property, docs_of_reference};
pub(crate) use keywords::Keywords;
pub(crate) use match_rules::match_rules_of;
pub(crate) use part_kinds::{is_any_text, is_null_or_never, only_requires_properties};
pub(crate) use parts::SchemaPart;
pub(crate) use plan::{
    AlternativePlan, AlternativeValue, Child, ChildSchema, FieldPlan, KeyedUnionPlan, MixedPlan, MixedValues,
    NameOrigin, Plan, PropertyPlan, StructPlan, UnionPlan,
};
pub(crate) use plan_schema::{plan_part, plan_schema};
pub(crate) use property::Property;
pub(crate) use schemas::Schemas;
pub(crate) use secrecy::is_marked_secret;
pub(crate) use tags::discriminator_names;
pub(crate) use variant_names::variant_name;
