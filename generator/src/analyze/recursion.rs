//! Determines which fields and variants of recursive types are boxed.
//!
//! A variant whose type refers back to the union is boxed, even if a list or map is in between, because otherwise the
//! union would be as large as its largest variant. Structs that still contain themselves by value are boxed at the
//! fields that refer to the first type of the cycle.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use petgraph::algo::kosaraju_scc;
use petgraph::graphmap::DiGraphMap;

use super::dedup::Dedup;
use crate::ir::{Api, FieldKind, Shape, Type, TypeDef, TypeId};

/// Returns the boxed fields and variants, as type and position in it.
pub(super) fn boxed(api: &Api, dedup: &Dedup) -> HashSet<(TypeId, usize)> {
    let mut boxed = recursive_variants(api, dedup);
    let closing = closing_fields(api, dedup, &boxed);
    boxed.extend(closing);
    boxed
}

fn recursive_variants(api: &Api, dedup: &Dedup) -> HashSet<(TypeId, usize)> {
    let references = canonical_types(api, dedup).flat_map(|(id, def)| {
        let references = def.shape.references().into_iter();
        references.map(move |to| (id.index(), dedup.canonical_of(to).index()))
    });
    let cycles = Cycles::of(references);
    let mut boxed = HashSet::new();
    for (id, def) in canonical_types(api, dedup) {
        for (position, variant) in def.shape.variants().enumerate() {
            if let Type::Named(to) = variant.ty {
                if cycles.contain(id.index(), dedup.canonical_of(to).index()) {
                    boxed.insert((id, position));
                }
            }
        }
    }
    boxed
}

/// Returns the fields that refer to the first type of each cycle of types that contain each other by value.
fn closing_fields(api: &Api, dedup: &Dedup, boxed: &HashSet<(TypeId, usize)>) -> HashSet<(TypeId, usize)> {
    let mut ranks = vec![0; api.types.len()];
    for (rank, (id, _)) in api.types_by_origin().into_iter().enumerate() {
        ranks[id.index()] = rank;
    }
    let mut fields = Vec::new();
    let mut references = Vec::new();
    for (id, def) in canonical_types(api, dedup) {
        for (position, to) in by_value(&def.shape) {
            if !boxed.contains(&(id, position)) {
                fields.push((id, position));
                references.push((ranks[id.index()], ranks[dedup.canonical_of(to).index()]));
            }
        }
    }
    closing(&references).into_iter().map(|reference| fields[reference]).collect()
}

/// Returns the positions of the references that have to be removed so that no cycle is left. A reference is a pair of
/// ranks.
///
/// The references to the first node of a cycle are removed, which can leave smaller cycles of its other nodes, and so
/// on. In other words, a reference is removed if it is on a cycle without nodes before the node that it refers to.
fn closing(references: &[(usize, usize)]) -> Vec<usize> {
    let cycles = Cycles::of(references.iter().copied());
    let edges = references.iter().enumerate().map(|(reference, (from, to))| Edge {
        from: *from,
        to: *to,
        first: *from.min(to),
        reference,
    });
    let edges: Vec<Edge> = edges.filter(|edge| cycles.contain(edge.from, edge.to)).collect();
    let end = edges.iter().map(|edge| edge.first + 1).max().unwrap_or_default();
    let mut closing = Vec::new();
    close(0..end, edges, &mut |edge| {
        if references[edge.reference].1 == edge.first {
            closing.push(edge.reference);
        }
    });
    closing
}

/// A reference between nodes. A cycle that has been found is one node.
struct Edge {
    from: usize,
    to: usize,
    /// The smaller rank of the two nodes of the reference.
    first: usize,
    reference: usize,
}

/// Calls `found` for each edge that is on a cycle without nodes before its own first node.
///
/// Each edge is on a cycle of nodes from `ranks.start` on, but not on a cycle of nodes from `ranks.end` on. The range is
/// halved until only one rank is left, so the time is proportional to the number of edges and the logarithm of the
/// number of nodes.
fn close(ranks: Range<usize>, edges: Vec<Edge>, found: &mut impl FnMut(&Edge)) {
    if edges.is_empty() {
        return;
    }
    if ranks.len() == 1 {
        edges.iter().filter(|edge| edge.first == ranks.start).for_each(found);
        return;
    }
    let middle = ranks.start + ranks.len() / 2;
    let later = edges.iter().filter(|edge| edge.first >= middle);
    let cycles = Cycles::of(later.map(|edge| (edge.from, edge.to)));
    let (later, earlier): (Vec<Edge>, Vec<Edge>) =
        edges.into_iter().partition(|edge| edge.first >= middle && cycles.contain(edge.from, edge.to));
    close(middle..ranks.end, later, found);
    let merged = |edge: Edge| Edge { from: cycles.node(edge.from), to: cycles.node(edge.to), ..edge };
    close(ranks.start..middle, earlier.into_iter().map(merged).collect(), found);
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

/// The cycles of a graph.
struct Cycles {
    /// For each node in a cycle, one node that identifies the cycle.
    of: HashMap<usize, usize>,
}

impl Cycles {
    fn of(edges: impl Iterator<Item = (usize, usize)>) -> Self {
        let graph: DiGraphMap<usize, ()> = edges.collect();
        let mut of = HashMap::new();
        for members in kosaraju_scc(&graph) {
            let first = members[0];
            if members.len() > 1 || graph.contains_edge(first, first) {
                of.extend(members.into_iter().map(|member| (member, first)));
            }
        }
        Self { of }
    }

    /// Returns `true` if a cycle contains both nodes.
    fn contain(&self, one: usize, other: usize) -> bool {
        self.of.get(&one).is_some_and(|cycle| self.of.get(&other) == Some(cycle))
    }

    /// Returns the node that stands for the cycle of a node, or the node itself.
    fn node(&self, node: usize) -> usize {
        self.of.get(&node).copied().unwrap_or(node)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Removes the references to the first node of each cycle until no cycle is left.
    fn closing_step_by_step(references: &[(usize, usize)]) -> Vec<usize> {
        let mut closing = Vec::new();
        loop {
            let left = || references.iter().enumerate().filter(|(it, _)| !closing.contains(it));
            let cycles = Cycles::of(left().map(|(_, reference)| *reference));
            let is_first = |node: usize| !(0..node).any(|other| cycles.contain(other, node));
            let found = left().filter(|(_, (from, to))| cycles.contain(*from, *to) && is_first(*to));
            let found: Vec<usize> = found.map(|(it, _)| it).collect();
            if found.is_empty() {
                closing.sort_unstable();
                return closing;
            }
            closing.extend(found);
        }
    }

    #[track_caller]
    fn check(references: &[(usize, usize)], expected: &[usize]) {
        let mut found = closing(references);
        found.sort_unstable();
        assert_eq!(found, expected, "{references:?}");
        assert_eq!(found, closing_step_by_step(references), "{references:?}");
    }

    #[test]
    fn references_to_the_first_node_of_a_cycle_close_it() {
        check(&[], &[]);
        check(&[(0, 1), (1, 2)], &[]);
        check(&[(0, 0), (0, 0)], &[0, 1]);
        check(&[(0, 1), (1, 2), (2, 0)], &[2]);
        // Without the references to 0, the cycle of 1 and 2 is left.
        check(&[(0, 1), (1, 2), (2, 1), (2, 0)], &[2, 3]);
        check(&[(3, 2), (2, 3), (1, 0), (0, 1), (0, 3)], &[0, 2]);
    }

    #[test]
    fn random_cycles_are_closed_as_step_by_step() {
        let mut state = 1_u64;
        let mut random = |below: usize| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) as usize % below
        };
        for _ in 0..300 {
            let nodes = 1 + random(8);
            let references: Vec<_> = (0..random(20)).map(|_| (random(nodes), random(nodes))).collect();
            check(&references, &closing_step_by_step(&references));
        }
    }
}
