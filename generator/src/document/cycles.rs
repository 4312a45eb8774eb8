//! References that say nothing because they lead back to themselves.
//!
//! A schema may well contain itself. But what is nothing but a reference to itself, or all of itself, or one of itself
//! and others, has no meaning, and following it has no end. Imports `diagnostics` and `reference`.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde_json::Value;

use super::grammar::Kind;
use super::reference::Reference;
use crate::diagnostics::{Code, Diagnostics, Pointer};

/// Reports every circle among the places that references name, once.
pub(super) fn check(
    document: &Value,
    named: &BTreeMap<Pointer, BTreeSet<Kind>>,
    diagnostics: &mut Diagnostics,
) {
    let mut marks: HashMap<Pointer, Mark> = HashMap::new();
    for (start, kinds) in named {
        let is_schema = kinds.contains(&Kind::Schema);
        if marks.contains_key(start) {
            continue;
        }
        marks.insert(start.clone(), Mark::OnTheWay);
        // The way from `start`, by hand: a chain of references may be longer than the stack is deep.
        let mut way = vec![Stop::new(document, start, is_schema)];
        while let Some(stop) = way.last_mut() {
            let Some(edge) = stop.edges.pop() else {
                marks.insert(stop.place.clone(), Mark::Done);
                way.pop();
                continue;
            };
            match marks.get(&edge.to) {
                Some(Mark::Done) => {}
                Some(Mark::OnTheWay) => {
                    let circle = way.iter().map(|stop| &stop.place).skip_while(|place| **place != edge.to);
                    report(circle, &edge, diagnostics);
                }
                None => {
                    marks.insert(edge.to.clone(), Mark::OnTheWay);
                    way.push(Stop::new(document, &edge.to, is_schema));
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
    fn new(document: &Value, place: &Pointer, is_schema: bool) -> Self {
        let mut edges = Vec::new();
        if let Some(value) = document.pointer(place.as_str()) {
            collect(value, place, is_schema, &mut edges);
        }
        // Taken from the end.
        edges.reverse();
        Self { place: place.clone(), edges }
    }
}

fn collect(value: &Value, place: &Pointer, is_schema: bool, edges: &mut Vec<Edge>) {
    if let Some(Reference::Here(to)) = value.get("$ref").and_then(Value::as_str).map(Reference::parse) {
        edges.push(Edge { at: place.child("$ref"), to });
    }
    if !is_schema {
        return;
    }
    for keyword in ["allOf", "oneOf", "anyOf"] {
        let Some(Value::Array(parts)) = value.get(keyword) else { continue };
        let list = place.child(keyword);
        for (index, part) in parts.iter().enumerate() {
            collect(part, &list.index(index), is_schema, edges);
        }
    }
}

fn report<'a>(circle: impl Iterator<Item = &'a Pointer>, edge: &Edge, diagnostics: &mut Diagnostics) {
    let others: Vec<String> = circle.skip(1).map(|place| format!("`#{place}`")).collect();
    let to = &edge.to;
    let message = match others.len() {
        0 => format!("`#{to}` is defined by itself"),
        1..=4 => format!("`#{to}` is defined by itself, by way of {}", others.join(", ")),
        more => format!("`#{to}` is defined by itself, by way of {more} others"),
    };
    diagnostics.report(
        Code::CircularReference,
        &edge.at,
        message,
        "say what it is; a schema that contains itself does so in a property or a list",
    );
}
