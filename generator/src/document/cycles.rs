//! Finds values that are defined by themselves.
//!
//! A schema may refer to itself in a property or in `items`. A schema that refers to itself by `$ref`,
//! `allOf`, `oneOf` or `anyOf` is different: the reference adds no information, and following it does not
//! terminate. For schemas, such a reference is removed, so that no later stage sees the cycle. For other
//! values it is an error.
//!
//! A cycle that mixes `allOf` with `oneOf` or `anyOf` is inheritance: `Cat` is all of `Pet`, and `Pet` is one
//! of `Cat` and `Dog`. It stays, with a warning. Imports `diagnostics`, `grammar`, `moves` and `reference`.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use serde_json::{Value, json};

use super::grammar::ObjectKind;
use super::moves::Moves;
use super::reference::Reference;
use crate::diagnostics::{Code, Diagnostics, Pointer};

/// The targets of references, each with the kinds of object that the references expect there.
type ReferenceTargets = BTreeMap<Pointer, BTreeSet<ObjectKind>>;

/// Reports every cycle among the targets of references once, and breaks the cycles of schemas.
pub(super) fn check(
    document: &mut Value,
    targets: &ReferenceTargets,
    imported: &Moves,
    diagnostics: &mut Diagnostics,
) {
    let all = ["allOf", "oneOf", "anyOf"];
    if !has_cycles(document, targets, &all) {
        return;
    }
    // Cycles of `allOf` alone, or of `oneOf` and `anyOf` alone, are not inheritance.
    let mut found = Diagnostics::new();
    let mut redundant = Vec::new();
    for keywords in [&all[..1], &all[1..]] {
        search(document, targets, keywords, |cycle, edge| {
            let (code, consequence, remedy) = match edge.is_of_schema {
                true => (
                    Code::CircularSchema,
                    ", so the reference is ignored",
                    "remove the reference, or replace it by the intended schema",
                ),
                false => (Code::CircularReference, "", "replace the reference by a definition"),
            };
            found.report(code, &edge.at, format!("{}{consequence}", describe(cycle, edge, imported)), remedy);
            redundant.extend(edge.is_of_schema.then(|| edge.at.clone()));
        });
    }
    redundant.iter().for_each(|at| remove_reference(document, at));
    let known: HashSet<Pointer> = found.iter().map(|found| found.pointer.clone()).collect();
    search(document, targets, &all, |cycle, edge| {
        if known.contains(&edge.at) {
            return;
        }
        found.report(
            Code::CircularInheritance,
            &edge.at,
            format!("{}, which is read as inheritance of properties", describe(cycle, edge, imported)),
            "move the shared properties to a schema of their own",
        );
    });
    diagnostics.extend(found);
}

fn has_cycles(document: &Value, targets: &ReferenceTargets, keywords: &[&str]) -> bool {
    let mut found = false;
    search(document, targets, keywords, |_, _| found = true);
    found
}

/// Removes the reference at `at`, by which a schema includes itself.
///
/// This does not change the values that the schema allows: an alternative is replaced by a schema that no
/// value matches, and any other reference by a schema that every value matches.
fn remove_reference(document: &mut Value, at: &Pointer) {
    let segments: Vec<String> = at.segments().collect();
    let is_alternative =
        matches!(segments.as_slice(), [.., list, _, _] if list == "oneOf" || list == "anyOf");
    let schema = at.as_str().strip_suffix("/$ref").and_then(|schema| document.pointer_mut(schema));
    match schema {
        Some(schema) if is_alternative => *schema = json!({"not": {}}),
        Some(Value::Object(fields)) => drop(fields.shift_remove("$ref")),
        _ => {}
    }
}

/// Follows `$ref`, and the references in the lists of `keywords`, and calls `found` for every cycle.
///
/// `found` gets the locations of the cycle, and the edge from the last of them back to the first.
fn search(
    document: &Value,
    targets: &ReferenceTargets,
    keywords: &[&str],
    mut found: impl FnMut(&[Visit], &Edge),
) {
    let mut marks: HashMap<Pointer, Mark> = HashMap::new();
    for (start, kinds) in targets {
        if marks.contains_key(start) {
            continue;
        }
        let is_schema = kinds.contains(&ObjectKind::Schema);
        let keywords = if is_schema { keywords } else { &[] };
        marks.insert(start.clone(), Mark::InProgress(0));
        // An explicit stack: a long chain of references would overflow the call stack.
        let mut path = vec![Visit::new(document, start, keywords, is_schema)];
        while let Some(visit) = path.last_mut() {
            let Some(edge) = visit.edges.pop() else {
                marks.insert(visit.location.clone(), Mark::Done);
                path.pop();
                continue;
            };
            match marks.get(&edge.to) {
                Some(Mark::Done) => {}
                Some(Mark::InProgress(first)) => found(&path[*first..], &edge),
                None => {
                    marks.insert(edge.to.clone(), Mark::InProgress(path.len()));
                    path.push(Visit::new(document, &edge.to, keywords, is_schema));
                }
            }
        }
    }
}

#[derive(Clone, Copy)]
enum Mark {
    /// On the current path, at this position.
    InProgress(usize),
    Done,
}

/// A location on the current path, and the edges that have not been followed from there.
struct Visit {
    location: Pointer,
    edges: Vec<Edge>,
}

/// A reference by which one value includes another.
struct Edge {
    /// The location of the `$ref`.
    at: Pointer,
    to: Pointer,
    is_of_schema: bool,
}

impl Visit {
    fn new(document: &Value, location: &Pointer, keywords: &[&str], is_of_schema: bool) -> Self {
        let mut edges = Vec::new();
        if let Some(value) = document.pointer(location.as_str()) {
            collect(value, location, keywords, is_of_schema, &mut edges);
        }
        // `search` pops edges from the end.
        edges.reverse();
        Self { location: location.clone(), edges }
    }
}

fn collect(value: &Value, location: &Pointer, keywords: &[&str], is_of_schema: bool, edges: &mut Vec<Edge>) {
    if let Some(Reference::Local(to)) = value.get("$ref").and_then(Value::as_str).map(Reference::parse) {
        edges.push(Edge { at: location.child("$ref"), to, is_of_schema });
    }
    for keyword in keywords {
        let Some(Value::Array(parts)) = value.get(keyword) else { continue };
        let list = location.child(keyword);
        for (index, part) in parts.iter().enumerate() {
            collect(part, &list.index(index), keywords, is_of_schema, edges);
        }
    }
}

/// Describes a cycle and, if it is short, the locations on it.
fn describe(cycle: &[Visit], edge: &Edge, imported: &Moves) -> String {
    let name = |location: &Pointer| format!("`{}`", display_name(&imported.original(location)));
    let verb = if edge.is_of_schema { "includes" } else { "refers to" };
    let whole = name(&edge.to);
    match cycle.len() {
        0 | 1 => {
            let inside = edge.at.as_str().strip_prefix(edge.to.as_str()).unwrap_or_default();
            match inside.split('/').nth(1) {
                Some(keyword) if keyword != "$ref" => format!("{whole} includes itself through `{keyword}`"),
                _ => format!("{whole} refers to itself"),
            }
        }
        2..=4 => {
            let names: Vec<String> = cycle.iter().map(|visit| name(&visit.location)).collect();
            format!("{whole} {verb} itself ({} -> {whole})", names.join(" -> "))
        }
        many => format!("{whole} {verb} itself through {} other values", many - 1),
    }
}

/// Returns the name of a component of the document, or the reference to any other location.
fn display_name(original: &Pointer) -> String {
    let mut segments = original.segments();
    let is_component =
        original.file().is_none() && segments.next().is_some_and(|first| first == "components");
    match (is_component, segments.nth(1), segments.next()) {
        (true, Some(name), None) => name,
        _ => original.reference(),
    }
}
