//! Nullability.
//!
//! It is computed from the document and not from the lowered types: a recursive schema has to know it before its
//! type is complete. Otherwise the types would depend on the order in which schemas are reached.

use super::keywords::Keywords;
use super::scalar::is_message_as_text;
use crate::config::Config;
use crate::document::{Edge, SchemaGraph, SchemaId, is_only_null};

/// Returns, for each schema, true if it allows null.
///
/// The result is the least fixed point: a schema that refers to itself does not allow null for that reason alone.
pub(super) fn of_all(graph: &SchemaGraph<'_>, keywords: &[Keywords<'_>], config: &Config) -> Vec<bool> {
    let mut users: Vec<Vec<SchemaId>> = vec![Vec::new(); graph.iter().len()];
    for (id, node) in graph.iter() {
        for used in node.one_of.iter().chain(&node.any_of).chain(&node.all_of).filter_map(|edge| edge.to) {
            users[used.index()].push(id);
        }
    }
    let mut nullable = vec![false; graph.iter().len()];
    let mut waiting: Vec<SchemaId> = graph.iter().map(|(id, _)| id).collect();
    while let Some(id) = waiting.pop() {
        if !nullable[id.index()] && is_nullable(graph, keywords, id, config, &nullable) {
            nullable[id.index()] = true;
            waiting.extend(users[id.index()].iter().filter(|user| !nullable[user.index()]));
        }
    }
    nullable
}

fn is_nullable(
    graph: &SchemaGraph<'_>,
    all: &[Keywords<'_>],
    id: SchemaId,
    config: &Config,
    nullable: &[bool],
) -> bool {
    let node = &graph[id];
    let keywords = &all[id.index()];
    if keywords.data.nullable || is_message_as_text(keywords, config) {
        return true;
    }
    let alternatives = if node.one_of.is_empty() { &node.any_of } else { &node.one_of };
    if alternatives.is_empty() && node.all_of.is_empty() {
        return is_only_null(node.schema);
    }
    // An entry that only has annotations says nothing about null.
    let entry = |edge: &Edge| {
        let id = edge.to?;
        let allowed = nullable[id.index()];
        (allowed || !all[id.index()].is_annotation()).then_some(allowed)
    };
    let is_allowed_by_union =
        alternatives.is_empty() || alternatives.iter().any(|edge| entry(edge) == Some(true));
    if node.all_of.is_empty() {
        return is_allowed_by_union;
    }
    let mut parts = node.all_of.iter().filter_map(entry).peekable();
    // The keywords beside `allOf` count as a part as well: a type excludes null.
    is_allowed_by_union && parts.peek().is_some() && parts.all(|allowed| allowed) && keywords.is_bare()
}
