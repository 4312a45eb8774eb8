//! The known properties of alternatives that only trial tells apart: the alternative that knows the most properties of a
//! value is tried first.

use crate::ir::{Alternative, Api, MatchRule, Shape, Strategy, Struct, Type, TypeId};

/// Adds the properties of structs to the match rules of unions without a better distinction.
pub(super) fn add(api: &mut Api) {
    let is_trial = |shape: &Shape| matches!(shape, Shape::Union(it) if it.strategy == Strategy::Trial);
    let unions: Vec<TypeId> = api.types().filter(|(_, def)| is_trial(&def.shape)).map(|(id, _)| id).collect();
    for id in unions {
        let Shape::Union(union) = &api.type_def(id).shape else { continue };
        let known: Vec<Vec<String>> = union.alternatives.iter().map(|it| properties(api, it)).collect();
        let Shape::Union(union) = &mut api.types[id.index()].shape else { continue };
        for (alternative, properties) in union.alternatives.iter_mut().zip(known) {
            for rule in &mut alternative.match_rules {
                if let MatchRule::Object { known, .. } = rule {
                    known.clone_from(&properties);
                }
            }
        }
    }
}

/// Returns the properties of an alternative, if it is a struct.
fn properties(api: &Api, alternative: &Alternative) -> Vec<String> {
    let Type::Named(id) = alternative.variant.ty else { return Vec::new() };
    let Shape::Struct(Struct { fields, .. }) = &api.type_def(id).shape else { return Vec::new() };
    fields.iter().map(|field| field.name.clone()).collect()
}
