//! The parts of every schema: `allOf`, followed through references and nested `allOf`.

use std::collections::HashSet;
use std::rc::Rc;

use petgraph::graphmap::DiGraphMap;

use super::keywords::Keywords;
use crate::diagnostics::Pointer;
use crate::document::{SchemaGraph, SchemaId};

/// A part of a schema: an entry of its `allOf`, or the keywords beside `allOf`.
#[derive(Clone, Debug)]
pub(crate) struct SchemaPart<'a> {
    pub(crate) id: SchemaId,
    pub(crate) keywords: Keywords<'a>,
    pub(crate) at: Pointer,
}

/// The parts of a schema: the entries of `allOf` in document order, then its own keywords.
pub(crate) type Parts<'a> = Rc<[SchemaPart<'a>]>;

/// Returns the parts of each schema. A part that is reached in several ways counts once.
pub(super) fn of_all<'a>(
    graph: &SchemaGraph<'a>,
    keywords: &[Keywords<'a>],
    unions: &[Vec<SchemaId>],
) -> Vec<Parts<'a>> {
    let mut parts: Vec<Option<Parts<'a>>> = vec![None; graph.iter().len()];
    for id in inside_out(graph) {
        let own = own_parts(graph, keywords, id);
        let mut all: Vec<SchemaPart<'a>> = Vec::new();
        let mut seen = HashSet::new();
        for included in graph[id].all_of.iter().filter_map(|edge| edge.to) {
            // Loading has removed the entries by which a schema includes itself.
            let Some(inner) = &parts[included.index()] else { continue };
            for part in inner.iter().filter(|part| !part.keywords.has_only_annotations()) {
                // A schema with `oneOf` and `anyOf` has two parts.
                let is_any_of = !part.keywords.any_of.is_empty();
                if seen.insert((part.id, is_any_of)) {
                    all.push(without_inherited_union(part, id, unions));
                }
            }
        }
        all.extend(own);
        parts[id.index()] = Some(all.into());
    }
    parts.into_iter().map(Option::unwrap_or_default).collect()
}

/// Returns all schemas, each after the schemas that it includes by `allOf`.
fn inside_out(graph: &SchemaGraph<'_>) -> Vec<SchemaId> {
    let mut includes: DiGraphMap<SchemaId, ()> = DiGraphMap::new();
    let mut order = Vec::with_capacity(graph.iter().len());
    for (id, node) in graph.iter() {
        if node.all_of.is_empty() {
            order.push(id);
        }
        for included in node.all_of.iter().filter_map(|edge| edge.to) {
            includes.add_edge(id, included, ());
        }
    }
    // Unlike `tarjan_scc`, this function does not recurse.
    for mut connected in petgraph::algo::kosaraju_scc(&includes) {
        // Through a union with null, schemas can include one another. Sorting them makes the result independent of the
        // order of the components.
        connected.sort_unstable_by(|one, other| graph[*one].at.cmp(&graph[*other].at));
        order.extend(connected.into_iter().filter(|id| !graph[*id].all_of.is_empty()));
    }
    order
}

/// Returns the keywords beside `allOf`: one part, or two if there are two unions.
fn own_parts<'a>(
    graph: &SchemaGraph<'a>,
    keywords: &[Keywords<'a>],
    id: SchemaId,
) -> impl Iterator<Item = SchemaPart<'a>> + use<'a> {
    let keywords = &keywords[id.index()];
    let (first, second) = match keywords.split_unions() {
        Some((first, second)) => (first, Some(second)),
        None => (keywords.clone(), None),
    };
    let at = graph[id].at.clone();
    [first].into_iter().chain(second).map(move |keywords| SchemaPart { id, keywords, at: at.clone() })
}

/// Removes the union of a part if the schema that includes the part is one of its alternatives: a schema that extends
/// a union of which it is an alternative does not inherit the alternatives.
fn without_inherited_union<'a>(
    part: &SchemaPart<'a>,
    id: SchemaId,
    unions: &[Vec<SchemaId>],
) -> SchemaPart<'a> {
    if !part.keywords.alternatives().is_empty() && unions[id.index()].contains(&part.id) {
        return part.without_alternatives();
    }
    part.clone()
}

/// Returns, for each schema, the unions that list it as an alternative.
pub(super) fn unions_of_alternatives(graph: &SchemaGraph<'_>) -> Vec<Vec<SchemaId>> {
    let mut unions = vec![Vec::new(); graph.iter().len()];
    for (id, node) in graph.iter() {
        for alternative in node.one_of.iter().chain(&node.any_of).filter_map(|edge| edge.to) {
            unions[alternative.index()].push(id);
        }
    }
    unions
}

/// Returns, for each schema, the component schemas that extend it directly.
pub(super) fn subschemas(graph: &SchemaGraph<'_>) -> Vec<Vec<SchemaId>> {
    let mut subschemas = vec![Vec::new(); graph.iter().len()];
    for (id, node) in graph.iter().filter(|(id, node)| node.component == Some(*id)) {
        for edge in node.all_of.iter().filter(|edge| edge.is_reference) {
            if let Some(base) = edge.to {
                subschemas[base.index()].push(id);
            }
        }
    }
    subschemas
}

impl SchemaPart<'_> {
    /// Returns the part without its union.
    pub(crate) fn without_alternatives(&self) -> Self {
        let mut keywords = self.keywords.clone();
        keywords.one_of = &[];
        keywords.any_of = &[];
        Self { id: self.id, keywords, at: self.at.clone() }
    }
}
