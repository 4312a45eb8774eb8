//! References that say nothing because they lead back to themselves.
//!
//! A schema may well contain itself. But what is nothing but a reference to itself, or all of itself, or one of itself
//! and others, has no meaning, and following it has no end. A schema that is all of another, which has it among its
//! alternatives, is meant as inheritance: that is understood, with a warning. Imports `diagnostics`, `grammar`,
//! `moves` and `reference`.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde_json::Value;

use super::grammar::Kind;
use super::moves::Moves;
use super::reference::Reference;
use crate::diagnostics::{Code, Diagnostics, Pointer};

/// The places that references name, and what is expected there.
type Named = BTreeMap<Pointer, BTreeSet<Kind>>;

/// Reports every circle among the places that references name, once.
pub(super) fn check(document: &Value, named: &Named, brought: &Moves, diagnostics: &mut Diagnostics) {
    let listed = |places: &[&Pointer], separator| listed(places, separator, brought);
    let mut inheritance = Diagnostics::new();
    search(document, named, &["allOf", "oneOf", "anyOf"], |circle, edge| {
        inheritance.report(
            Code::CircularInheritance,
            &edge.at,
            format!("{} are parts of each other", listed(circle, " and ")),
            "move what the schemas have in common to a schema of its own",
        );
    });
    if inheritance.is_empty() {
        return;
    }
    // There are circles; are some of them made of one kind of link alone?
    let mut nonsense = Diagnostics::new();
    for keywords in [&["allOf"][..], &["oneOf", "anyOf"]] {
        search(document, named, keywords, |circle, edge| {
            let way = match circle {
                [_, others @ ..] if !others.is_empty() => format!(", by way of {}", listed(others, ", ")),
                _ => String::new(),
            };
            nonsense.report(
                Code::CircularReference,
                &edge.at,
                format!("`{}` is defined by itself{way}", brought.written(&edge.to).reference()),
                "say what it is; a schema that contains itself does so in a property or a list",
            );
        });
    }
    diagnostics.extend(if nonsense.is_empty() { inheritance } else { nonsense });
}

/// Follows references, and those in the lists of `keywords`, and hands over every circle: its places, of which the
/// first is where the last edge leads.
fn search(document: &Value, named: &Named, keywords: &[&str], mut found: impl FnMut(&[&Pointer], &Edge)) {
    let mut marks: HashMap<Pointer, Mark> = HashMap::new();
    for (start, kinds) in named {
        if marks.contains_key(start) {
            continue;
        }
        let keywords = if kinds.contains(&Kind::Schema) { keywords } else { &[] };
        marks.insert(start.clone(), Mark::OnTheWay);
        // The way from `start`, by hand: a chain of references may be longer than the stack is deep.
        let mut way = vec![Stop::new(document, start, keywords)];
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
                    way.push(Stop::new(document, &edge.to, keywords));
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
}

impl Stop {
    fn new(document: &Value, place: &Pointer, keywords: &[&str]) -> Self {
        let mut edges = Vec::new();
        if let Some(value) = document.pointer(place.as_str()) {
            collect(value, place, keywords, &mut edges);
        }
        // Taken from the end.
        edges.reverse();
        Self { place: place.clone(), edges }
    }
}

fn collect(value: &Value, place: &Pointer, keywords: &[&str], edges: &mut Vec<Edge>) {
    if let Some(Reference::Here(to)) = value.get("$ref").and_then(Value::as_str).map(Reference::parse) {
        edges.push(Edge { at: place.child("$ref"), to });
    }
    for keyword in keywords {
        let Some(Value::Array(parts)) = value.get(keyword) else { continue };
        let list = place.child(keyword);
        for (index, part) in parts.iter().enumerate() {
            collect(part, &list.index(index), keywords, edges);
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
