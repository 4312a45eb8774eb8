//! Determines which fields and variants of recursive types are boxed.
//!
//! A variant whose type refers back to the union is boxed, even if a list or map is in between, because otherwise the
//! union would be as large as its largest variant. Structs that still contain themselves by value are boxed at the
//! fields that refer to the first type of the cycle.

use std::collections::{HashMap, HashSet};

use petgraph::algo::kosaraju_scc;
use petgraph::graphmap::DiGraphMap;

use super::dedup::Dedup;
use crate::ir::{Api, FieldKind, Shape, Type, TypeDef, TypeId};

/// Returns the boxed fields and variants, as type and position in it.
pub(super) fn boxed(api: &Api, dedup: &Dedup) -> HashSet<(TypeId, usize)> {
    let mut boxed = recursive_variants(api, dedup);
    loop {
        let found = closing_fields(api, dedup, &boxed);
        if found.is_empty() {
            return boxed;
        }
        boxed.extend(found);
    }
}

fn recursive_variants(api: &Api, dedup: &Dedup) -> HashSet<(TypeId, usize)> {
    let mut graph = DiGraphMap::<usize, ()>::new();
    for (id, def) in canonical_types(api, dedup) {
        graph.add_node(id.index());
        for to in def.shape.references() {
            graph.add_edge(id.index(), dedup.canonical_of(to).index(), ());
        }
    }
    let cycle_of = cycles(&graph, api.types.len());
    let mut boxed = HashSet::new();
    for (id, def) in canonical_types(api, dedup) {
        for (position, variant) in def.shape.variants().enumerate() {
            if let Type::Named(to) = variant.ty {
                let cycle = cycle_of[id.index()];
                if cycle.is_some() && cycle == cycle_of[dedup.canonical_of(to).index()] {
                    boxed.insert((id, position));
                }
            }
        }
    }
    boxed
}

/// Returns the fields that refer to the first type of each cycle of types that contain each other by value.
fn closing_fields(api: &Api, dedup: &Dedup, boxed: &HashSet<(TypeId, usize)>) -> HashSet<(TypeId, usize)> {
    let by_value = |(id, def): (TypeId, &TypeDef)| {
        by_value(&def.shape).into_iter().map(move |(member, to)| (id, member, dedup.canonical_of(to)))
    };
    let edges: Vec<(TypeId, usize, TypeId)> = canonical_types(api, dedup)
        .flat_map(by_value)
        .filter(|(id, member, _)| !boxed.contains(&(*id, *member)))
        .collect();
    let mut graph = DiGraphMap::<usize, ()>::new();
    for (from, _, to) in &edges {
        graph.add_edge(from.index(), to.index(), ());
    }
    let cycle_of = cycles(&graph, api.types.len());
    let mut first_of: HashMap<usize, TypeId> = HashMap::new();
    for (id, _) in api.types_by_origin() {
        if let Some(cycle) = cycle_of[id.index()] {
            first_of.entry(cycle).or_insert(id);
        }
    }
    edges
        .into_iter()
        .filter(|(from, _, to)| {
            let Some(cycle) = cycle_of[to.index()] else { return false };
            cycle_of[from.index()] == Some(cycle) && first_of[&cycle] == *to
        })
        .map(|(from, member, _)| (from, member))
        .collect()
}

/// Returns the types that are not aliases.
fn canonical_types<'a>(api: &'a Api, dedup: &Dedup) -> impl Iterator<Item = (TypeId, &'a TypeDef)> {
    api.types().filter(|(id, _)| dedup.alias_of(*id).is_none())
}

/// Returns the fields or variants that contain a named type by value.
fn by_value(shape: &Shape) -> Vec<(usize, TypeId)> {
    let direct = |ty: &Type| match ty {
        Type::Named(id) => Some(*id),
        _ => None,
    };
    match shape {
        Shape::Struct(it) => {
            let named = |kind: &FieldKind| match kind {
                FieldKind::KeyedUnion(id) => Some(*id),
                kind => kind.ty().and_then(direct),
            };
            let fields = it.fields.iter().enumerate();
            fields.filter_map(|(position, field)| Some((position, named(&field.kind)?))).collect()
        }
        Shape::KeyedUnion(_) | Shape::Union(_) => {
            let variants = shape.variants().enumerate();
            variants.filter_map(|(position, variant)| Some((position, direct(&variant.ty)?))).collect()
        }
        Shape::Enum(_) => Vec::new(),
    }
}

/// Returns the cycle that each node is part of, if any.
fn cycles(graph: &DiGraphMap<usize, ()>, nodes: usize) -> Vec<Option<usize>> {
    let mut cycle_of = vec![None; nodes];
    for (cycle, members) in kosaraju_scc(graph).into_iter().enumerate() {
        let is_cycle = match members.as_slice() {
            [only] => graph.contains_edge(*only, *only),
            _ => true,
        };
        if is_cycle {
            for node in members {
                cycle_of[node] = Some(cycle);
            }
        }
    }
    cycle_of
}
