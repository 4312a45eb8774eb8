//! References that say nothing because they lead back to themselves.
//!
//! A schema may well contain itself. But what is nothing but a reference to itself, or all of itself, or one of itself
//! and others, says nothing by that, and following it has no end: of a schema it is left out, so that no later stage meets
//! such a circle. A schema that is all of another, which has it among its alternatives, is meant as inheritance: that is
//! understood, with a warning. Imports `diagnostics`, `grammar`,
//! `moves` and `reference`.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde_json::{Value, json};

use super::grammar::Kind;
use super::moves::Moves;
use super::reference::Reference;
use crate::diagnostics::{Code, Diagnostics, Pointer};

/// The places that references name, and what is expected there.
type Named = BTreeMap<Pointer, BTreeSet<Kind>>;

/// Reports every circle among the places that references name, once, and opens those of schemas.
pub(super) fn check(document: &mut Value, named: &Named, brought: &Moves, diagnostics: &mut Diagnostics) {
    let all = ["allOf", "oneOf", "anyOf"];
    if !has_circles(document, named, &all) {
        return;
    }
    // There are circles; are some of them made of one kind of link alone?
    let mut found = Diagnostics::new();
    let mut empty = Vec::new();
    for keywords in [&all[..1], &all[1..]] {
        search(document, named, keywords, |circle, edge| {
            let way = match circle {
                [_, others @ ..] if !others.is_empty() => {
                    format!(", by way of {}", listed(others, ", ", brought))
                }
                _ => String::new(),
            };
            let (code, end, remedy) = match edge.is_of_schema {
                true => (
                    Code::CircularSchema,
                    ", which says nothing and is left out",
                    "remove it, or say what it is",
                ),
                false => (Code::CircularReference, "", "say what it is"),
            };
            let whole = brought.written(&edge.to).reference();
            found.report(code, &edge.at, format!("`{whole}` is defined by itself{way}{end}"), remedy);
            empty.extend(edge.is_of_schema.then(|| edge.at.clone()));
        });
    }
    empty.iter().for_each(|at| leave_out(document, at));
    search(document, named, &all, |circle, edge| {
        if found.iter().any(|known| known.pointer == edge.at) {
            return;
        }
        found.report(
            Code::CircularInheritance,
            &edge.at,
            format!("{} are parts of each other", listed(circle, " and ", brought)),
            "move what the schemas have in common to a schema of its own",
        );
    });
    diagnostics.extend(found);
}

fn has_circles(document: &Value, named: &Named, keywords: &[&str]) -> bool {
    let mut found = false;
    search(document, named, keywords, |_, _| found = true);
    found
}

/// Leaves out what a schema says of itself by a reference at `at`: in `allOf` and alone that adds nothing, and as an
/// alternative it allows nothing that the others do not.
fn leave_out(document: &mut Value, at: &Pointer) {
    let segments: Vec<String> = at.segments().collect();
    let is_alternative =
        matches!(segments.as_slice(), [.., list, _, _] if list == "oneOf" || list == "anyOf");
    let schema = at.as_str().strip_suffix("/$ref").and_then(|schema| document.pointer_mut(schema));
    match schema {
        Some(schema) if is_alternative => *schema = json!({"not": {}}),
        Some(Value::Object(members)) => drop(members.shift_remove("$ref")),
        _ => {}
    }
}

/// Follows references, and those in the lists of `keywords`, and hands over every circle: its places, of which the
/// first is where the last edge leads.
fn search(document: &Value, named: &Named, keywords: &[&str], mut found: impl FnMut(&[&Pointer], &Edge)) {
    let mut marks: HashMap<Pointer, Mark> = HashMap::new();
    for (start, kinds) in named {
        if marks.contains_key(start) {
            continue;
        }
        let is_schema = kinds.contains(&Kind::Schema);
        let keywords = if is_schema { keywords } else { &[] };
        marks.insert(start.clone(), Mark::OnTheWay);
        // The way from `start`, by hand: a chain of references may be longer than the stack is deep.
        let mut way = vec![Stop::new(document, start, keywords, is_schema)];
        while let Some(stop) = way.last_mut() {
            let Some(edge) = stop.edges.pop() else {
                marks.insert(stop.place.clone(), Mark::Done);
                way.pop();
                continue;
            };
            match marks.get(&edge.to) {
                Some(Mark::Done) => {}
                Some(Mark::OnTheWay) => {
                    let places = way.iter().map(|stop| &stop.place);
                    found(&places.skip_while(|place| **place != edge.to).collect::<Vec<_>>(), &edge);
                }
                None => {
                    marks.insert(edge.to.clone(), Mark::OnTheWay);
                    way.push(Stop::new(document, &edge.to, keywords, is_schema));
                }
            }
        }
    }
}

#[derive(Clone, Copy)]
enum Mark {
    OnTheWay,
    Done,
}

/// A place on the way, and what is still to be followed from there.
struct Stop {
    place: Pointer,
    edges: Vec<Edge>,
}

/// A reference that stands for a whole, or a part, of what it stands in.
struct Edge {
    at: Pointer,
    to: Pointer,
    is_of_schema: bool,
}

impl Stop {
    fn new(document: &Value, place: &Pointer, keywords: &[&str], is_of_schema: bool) -> Self {
        let mut edges = Vec::new();
        if let Some(value) = document.pointer(place.as_str()) {
            collect(value, place, keywords, is_of_schema, &mut edges);
        }
        // Taken from the end.
        edges.reverse();
        Self { place: place.clone(), edges }
    }
}

fn collect(value: &Value, place: &Pointer, keywords: &[&str], is_of_schema: bool, edges: &mut Vec<Edge>) {
    if let Some(Reference::Here(to)) = value.get("$ref").and_then(Value::as_str).map(Reference::parse) {
        edges.push(Edge { at: place.child("$ref"), to, is_of_schema });
    }
    for keyword in keywords {
        let Some(Value::Array(parts)) = value.get(keyword) else { continue };
        let list = place.child(keyword);
        for (index, part) in parts.iter().enumerate() {
            collect(part, &list.index(index), keywords, is_of_schema, edges);
        }
    }
}

fn listed(places: &[&Pointer], separator: &str, brought: &Moves) -> String {
    let shown = |place: &&Pointer| format!("`{}`", brought.written(place).reference());
    match places.len() {
        0..=4 => places.iter().map(shown).collect::<Vec<_>>().join(separator),
        many => format!("{many} schemas"),
    }
}
