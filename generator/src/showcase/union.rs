//! Chooses the union that the README and `examples/` show.

use std::cmp::Reverse;
use std::collections::VecDeque;

use crate::ir::{Api, OperationId, Type, TypeId};

/// Selects the union nearest to the response of the first call, or else the union that most types refer to. Unions with at
/// least two variants of named types come first. Of several, the first by the order of the properties on the way is
/// selected, or else by the origin of the types, so that the order of the components has no effect.
pub(super) fn select(api: &Api, first_call: Option<OperationId>) -> Option<TypeId> {
    let variants = |id: TypeId| {
        let shape = &api.type_def(id).shape;
        shape.variants().filter(|variant| !variant.docs.deprecated).map(|variant| &variant.ty)
    };
    let response =
        first_call.and_then(|id| api.operations[id.index()].response_types().find_map(Type::named));
    let references: Vec<Vec<TypeId>> = api.types().map(|(_, def)| def.shape.references()).collect();
    let select = |is_union: &dyn Fn(TypeId) -> bool| {
        let near = response.and_then(|response| nearest(&references, response, is_union));
        near.or_else(|| most_used(api, &references, is_union))
    };
    select(&|id| variants(id).filter(|ty| matches!(ty, Type::Named(_))).count() > 1)
        .or_else(|| select(&|id| variants(id).next().is_some()))
}

/// Returns the union that is reached from a type by the fewest references. Of several, the first in document order.
fn nearest(references: &[Vec<TypeId>], from: TypeId, is_union: &dyn Fn(TypeId) -> bool) -> Option<TypeId> {
    let distances = distances(references, is_union);
    let mut at = from;
    let mut distance = distances[at.index()]?;
    while distance > 0 {
        distance -= 1;
        at = *references[at.index()].iter().find(|next| distances[next.index()] == Some(distance))?;
    }
    Some(at)
}

/// Returns the number of references from each type to the nearest union, from the unions up. `None` for types that reach
/// no union.
fn distances(references: &[Vec<TypeId>], is_union: &dyn Fn(TypeId) -> bool) -> Vec<Option<usize>> {
    let types = || (0..references.len()).map(TypeId::new);
    let mut referrers: Vec<Vec<TypeId>> = vec![Vec::new(); references.len()];
    for id in types() {
        for to in &references[id.index()] {
            referrers[to.index()].push(id);
        }
    }
    let mut distances: Vec<Option<usize>> = types().map(|id| is_union(id).then_some(0)).collect();
    let mut pending: VecDeque<TypeId> = types().filter(|id| distances[id.index()].is_some()).collect();
    while let Some(id) = pending.pop_front() {
        let next = distances[id.index()].map(|distance| distance + 1);
        for from in &referrers[id.index()] {
            if distances[from.index()].is_none() {
                distances[from.index()] = next;
                pending.push_back(*from);
            }
        }
    }
    distances
}

/// Returns the union that most types refer to. Of several, the first by origin.
fn most_used(api: &Api, references: &[Vec<TypeId>], is_union: &dyn Fn(TypeId) -> bool) -> Option<TypeId> {
    let mut uses = vec![0_usize; references.len()];
    for id in references.iter().flatten() {
        uses[id.index()] += 1;
    }
    let unions = api.types_by_origin().into_iter().map(|(id, _)| id).filter(|id| is_union(*id));
    unions.min_by_key(|id| Reverse(uses[id.index()]))
}
