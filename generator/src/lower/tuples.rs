//! Recursive tuples.

use std::collections::HashSet;

use super::Lower;
use crate::ir::{Api, Shape, Type, TypeId};

impl Lower<'_, '_> {
    /// Widens recursive tuples to lists of anything: the elements of a tuple are held by value, without a
    /// box.
    pub(super) fn widen_recursive_tuples(&mut self) {
        let is_tuple = |ty: &Type| matches!(ty, Type::Tuple(_));
        let holds_tuple = |shape: &Shape| shape.value_types().iter().any(|ty| ty.any(&is_tuple));
        let holders = self.api.types().filter(|(_, def)| holds_tuple(&def.shape));
        let recursive: Vec<TypeId> =
            holders.map(|(id, _)| id).filter(|id| reached(&self.api, *id).contains(id)).collect();
        for id in recursive {
            let is_recursive = |ty: &Type| {
                is_tuple(ty)
                    && ty.all_named().iter().any(|to| *to == id || reached(&self.api, *to).contains(&id))
            };
            let mut shape = self.api.type_def(id).shape.clone();
            let mut changed = false;
            for ty in shape.value_types_mut() {
                changed |= widen(ty, &is_recursive);
            }
            if changed {
                let at = self.api.type_def(id).docs.pointer.clone();
                self.types.untyped(&at, "a tuple in it contains it again");
                self.api.types[id.index()].shape = shape;
            }
        }
    }
}

/// Returns every type that a type refers to, directly or indirectly.
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

/// Replaces recursive tuples by lists. Returns true if there were any.
fn widen(ty: &mut Type, is_recursive: &dyn Fn(&Type) -> bool) -> bool {
    if is_recursive(ty) {
        *ty = Type::List(Box::new(Type::Json));
        return true;
    }
    match ty {
        Type::List(inner) | Type::Map(inner) | Type::Nullable(inner) => widen(inner, is_recursive),
        Type::Tuple(places) => {
            places.iter_mut().fold(false, |changed, place| widen(place, is_recursive) | changed)
        }
        _ => false,
    }
}
