//! Which types hold themselves, and where a box breaks the circle.
//!
//! A variant of a union that leads back to the union is boxed, through containers as well: a policy that holds steps
//! which hold policies would otherwise be as large as its largest step. What is left are structs that hold themselves
//! by value, and those are boxed where the circle closes: at the fields that lead to the first of its types.

use std::collections::{HashMap, HashSet};

use petgraph::algo::kosaraju_scc;
use petgraph::graphmap::DiGraphMap;

use super::same::Same;
use crate::ir::{Api, FieldKind, Shape, Type, TypeDef, TypeId};

/// The fields and variants that are boxed, by their type and their position in it.
pub(super) fn boxed(api: &Api, same: &Same) -> HashSet<(TypeId, usize)> {
    let mut boxed = recursive_variants(api, same);
    loop {
        let found = closing_fields(api, same, &boxed);
        if found.is_empty() {
            return boxed;
        }
        boxed.extend(found);
    }
}

fn recursive_variants(api: &Api, same: &Same) -> HashSet<(TypeId, usize)> {
    let mut graph = DiGraphMap::<usize, ()>::new();
    for (id, def) in firsts(api, same) {
        graph.add_node(id.index());
        for to in def.shape.references() {
            graph.add_edge(id.index(), same.first(to).index(), ());
        }
    }
    let circle_of = circles(&graph, api.types.len());
    let mut boxed = HashSet::new();
    for (id, def) in firsts(api, same) {
        for (position, variant) in def.shape.variants().enumerate() {
            if let Type::Named(to) = variant.ty {
                let circle = circle_of[id.index()];
                if circle.is_some() && circle == circle_of[same.first(to).index()] {
                    boxed.insert((id, position));
                }
            }
        }
    }
    boxed
}

/// The edges that lead to the first type of each circle of types that hold each other by value.
fn closing_fields(api: &Api, same: &Same, boxed: &HashSet<(TypeId, usize)>) -> HashSet<(TypeId, usize)> {
    let by_value = |(id, def): (TypeId, &TypeDef)| {
        by_value(&def.shape).into_iter().map(move |(member, to)| (id, member, same.first(to)))
    };
    let edges: Vec<(TypeId, usize, TypeId)> = firsts(api, same)
        .flat_map(by_value)
        .filter(|(id, member, _)| !boxed.contains(&(*id, *member)))
        .collect();
    let mut graph = DiGraphMap::<usize, ()>::new();
    for (from, _, to) in &edges {
        graph.add_edge(from.index(), to.index(), ());
    }
    let circle_of = circles(&graph, api.types.len());
    let mut first_of: HashMap<usize, TypeId> = HashMap::new();
    for (id, _) in api.types_by_origin() {
        if let Some(circle) = circle_of[id.index()] {
            first_of.entry(circle).or_insert(id);
        }
    }
    edges
        .into_iter()
        .filter(|(from, _, to)| {
            let Some(circle) = circle_of[to.index()] else { return false };
            circle_of[from.index()] == Some(circle) && first_of[&circle] == *to
        })
        .map(|(from, member, _)| (from, member))
        .collect()
}

/// The types that are not only another name of one.
fn firsts<'a>(api: &'a Api, same: &Same) -> impl Iterator<Item = (TypeId, &'a TypeDef)> {
    api.types().filter(|(id, _)| same.other(*id).is_none())
}

/// The members that hold a named type by value.
fn by_value(shape: &Shape) -> Vec<(usize, TypeId)> {
    let direct = |ty: &Type| match ty {
        Type::Named(id) => Some(*id),
        _ => None,
    };
    match shape {
        Shape::Struct(it) => {
            let named = |kind: &FieldKind| match kind {
                FieldKind::OneOf(id) => Some(*id),
                kind => kind.ty().and_then(direct),
            };
            let fields = it.fields.iter().enumerate();
            fields.filter_map(|(position, field)| Some((position, named(&field.kind)?))).collect()
        }
        Shape::OneOf(_) | Shape::Union(_) => {
            let variants = shape.variants().enumerate();
            variants.filter_map(|(position, variant)| Some((position, direct(&variant.ty)?))).collect()
        }
        Shape::Enum(_) => Vec::new(),
    }
}

/// For each node the circle that it is part of, if it is part of one.
fn circles(graph: &DiGraphMap<usize, ()>, nodes: usize) -> Vec<Option<usize>> {
    let mut circle_of = vec![None; nodes];
    for (circle, members) in kosaraju_scc(graph).into_iter().enumerate() {
        let is_circle = match members.as_slice() {
            [only] => graph.contains_edge(*only, *only),
            _ => true,
        };
        if is_circle {
            for node in members {
                circle_of[node] = Some(circle);
            }
        }
    }
    circle_of
}
