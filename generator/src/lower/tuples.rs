//! Tuples that cannot be tuples.

use std::collections::HashSet;

use super::Lower;
use crate::ir::{Api, Shape, Type, TypeId};

impl Lower<'_, '_> {
    /// A place of a tuple is held by value, and there is no room for a box: where it leads back to the type that holds the
    /// tuple, the tuple is a list of anything.
    pub(super) fn settle_tuples(&mut self) {
        let is_tuple = |ty: &Type| matches!(ty, Type::Tuple(_));
        let holds_tuple = |shape: &Shape| shape.held().iter().any(|ty| ty.any(&is_tuple));
        let holders = self.api.types().filter(|(_, def)| holds_tuple(&def.shape));
        let endless: Vec<TypeId> =
            holders.map(|(id, _)| id).filter(|id| reached(&self.api, *id).contains(id)).collect();
        for id in endless {
            let within = |ty: &Type| {
                is_tuple(ty)
                    && ty.all_named().iter().any(|to| *to == id || reached(&self.api, *to).contains(&id))
            };
            let mut shape = self.api.type_def(id).shape.clone();
            let mut changed = false;
            for ty in shape.held_mut() {
                changed |= widen(ty, &within);
            }
            if changed {
                let at = self.api.type_def(id).docs.pointer.clone();
                self.untyped(&at, "a tuple in it leads back to it");
                self.define(id, shape);
            }
        }
    }
}

/// Every type that a type leads to.
fn reached(api: &Api, from: TypeId) -> HashSet<TypeId> {
    let mut reached = HashSet::new();
    let mut open = api.type_def(from).shape.references();
    while let Some(id) = open.pop() {
        if reached.insert(id) {
            open.extend(api.type_def(id).shape.references());
        }
    }
    reached
}

/// Makes lists of the tuples that are like that.
fn widen(ty: &mut Type, within: &dyn Fn(&Type) -> bool) -> bool {
    if within(ty) {
        *ty = Type::List(Box::new(Type::Json));
        return true;
    }
    match ty {
        Type::List(inner) | Type::Map(inner) | Type::Nullable(inner) => widen(inner, within),
        Type::Tuple(places) => places.iter_mut().fold(false, |changed, place| widen(place, within) | changed),
        _ => false,
    }
}
