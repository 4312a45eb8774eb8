//! The content of unions that are recognized by match rules.

use super::site::Site;
use super::types::Types;
use super::unnamed::type_of;
use crate::classify::{
    AlternativePlan, AlternativeValue, MixedPlan, MixedValues, NameOrigin, UnionPlan, ambiguous_pair,
    is_ambiguous,
};
use crate::diagnostics::Code;
use crate::ir::{Alternative, Docs, MatchRule, Shape, Strategy, Type, TypeId, Union, ValueKind, Variant};

/// Defines a union.
pub(super) fn define_union<'a>(types: &mut Types<'a>, id: TypeId, plan: &UnionPlan<'a>) {
    let alternatives = plan.alternatives.iter().map(|alternative| define_alternative(types, id, alternative));
    let alternatives = alternatives.collect();
    let union = with_strategy(types, plan.is_discriminated, alternatives);
    types.define(id, Shape::Union(union));
}

fn define_alternative<'a>(types: &mut Types<'a>, id: TypeId, plan: &AlternativePlan<'a>) -> Alternative {
    let match_rules = plan.match_rules.clone();
    match &plan.value {
        AlternativeValue::Constant(variant) => {
            Alternative { variant: variant.clone(), is_named: false, match_rules, tag: None }
        }
        AlternativeValue::Schema { name, place, schema } => {
            let ty = type_of(types, schema, Site::inside(id, place.as_str())).ty;
            let is_named = name.origin == NameOrigin::Schema;
            let key = name.clone().refined_by_type(&ty);
            let variant = Variant { key, docs: plan.docs.clone(), ty };
            Alternative { variant, is_named, match_rules, tag: None }
        }
    }
}

/// Defines a union of listed values of several types.
pub(super) fn define_mixed(types: &mut Types<'_>, id: TypeId, plan: &MixedPlan) {
    let mut alternatives = Vec::new();
    for alternative in &plan.alternatives {
        let (variant, rule) = match &alternative.values {
            MixedValues::Constant(constant, variant) => {
                (variant.clone(), MatchRule::Constants(vec![constant.clone()]))
            }
            MixedValues::Enum(it) => {
                let part = types.add(it.docs.clone(), &Site::inside(id, alternative.key), None);
                types.define(part, Shape::Enum(it.values.clone()));
                let key = alternative.key.to_owned();
                let variant = Variant { key, docs: Docs::default(), ty: Type::Named(part) };
                (variant, MatchRule::ValueKind(alternative.kind))
            }
        };
        alternatives.push(Alternative { variant, is_named: false, match_rules: vec![rule], tag: None });
    }
    if plan.has_booleans {
        let variant = Variant { key: "bool".to_owned(), docs: Docs::default(), ty: Type::Bool };
        let match_rules = vec![MatchRule::ValueKind(ValueKind::Boolean)];
        alternatives.push(Alternative { variant, is_named: false, match_rules, tag: None });
    }
    types.define(id, Shape::Union(Union { alternatives, strategy: Strategy::JsonTypes }));
}

/// Returns a union with the strategy that distinguishes its alternatives.
fn with_strategy(types: &mut Types<'_>, is_discriminated: bool, mut alternatives: Vec<Alternative>) -> Union {
    drop_duplicates(&mut alternatives);
    let ambiguous_pair = ambiguous_pair(&alternatives);
    if let Some((one, other)) = &ambiguous_pair {
        types.findings.report(
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
