//! The document with what its references name in other files among its components.
//!
//! Imports `diagnostics`, `grammar`, `moves` and what was discovered.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::ops::Bound;

use serde_json::{Map, Value, json};

use super::super::grammar::{Kind, Shape, shape_below};
use super::super::moves::Moves;
use super::super::text::DEPTH;
use super::discover::{Discovery, Role, Use, alias};
use super::names::names;
use super::{DOCUMENT, Spot};
use crate::diagnostics::{Code, Pointer};

type Object = Map<String, Value>;

/// A document that is being put together.
pub(super) struct Assembly<'s, 'd> {
    found: Discovery<'s, 'd>,
    /// What references name in other files, by place.
    targets: BTreeMap<Spot, Vec<Kind>>,
    moves: Moves,
    /// Where what a reference names stands in the document.
    homes: HashMap<(Spot, Kind), Pointer>,
    /// The texts to write once every home is known.
    links: Vec<Link>,
    /// How many values stand in the place of a reference.
    included: usize,
    /// The texts on the way from the document to what is being included.
    way: Vec<Spot>,
}

/// The text of a reference in the document.
struct Link {
    at: Pointer,
    /// The file in which it was written.
    file: usize,
    kind: Kind,
    to: Option<Spot>,
}

impl<'s, 'd> Assembly<'s, 'd> {
    pub(super) fn of(found: Discovery<'s, 'd>) -> Self {
        let mut targets: BTreeMap<Spot, Vec<Kind>> = BTreeMap::new();
        for (spot, kind) in found.targets.iter().cloned() {
            targets.entry(spot).or_default().push(kind);
        }
        let (moves, homes) = (Moves::default(), HashMap::new());
        Self { found, targets, moves, homes, links: Vec::new(), included: 0, way: Vec::new() }
    }

    pub(super) fn run(mut self) -> (Object, Moves) {
        let root = Spot { file: DOCUMENT, at: Pointer::root() };
        let mut document = self.copy(&root, &Pointer::root(), None);
        self.settle(&mut document);
        self.add_others(&mut document);
        self.write_links(&mut document);
        let members = match document {
            Value::Object(members) => members,
            _ => Object::new(),
        };
        (members, self.moves)
    }

    /// A copy of what stands at `spot`, to stand at `at`; inner parts that are components themselves, which only a
    /// component of a kind has, become references.
    fn copy(&mut self, spot: &Spot, at: &Pointer, component: Option<Kind>) -> Value {
        let file = self.found.files.value(spot.file);
        let mut value = file.pointer(spot.at.as_str()).cloned().unwrap_or_default();
        if spot.file != DOCUMENT || spot.at != *at {
            self.moves.moved_tree(at.clone(), self.found.files.pointer(spot));
        }
        self.way.push(spot.clone());
        let parts = component.map(|kind| self.refer_to_parts(&mut value, spot, at, kind)).unwrap_or_default();
        for (inner, found) in self.uses_in(spot) {
            let rest = &inner.at.as_str()[spot.at.as_str().len()..];
            if parts.iter().any(|part| is_at_or_below(rest, part)) {
                continue;
            }
            let place = at.join(rest);
            let (at, kind) = match found.role {
                Role::Reference(kind) => (place.child("$ref"), kind),
                Role::Mapping => (place, Kind::Schema),
                Role::Inclusion => {
                    if let Some(node) = value.pointer_mut(rest) {
                        self.include(node, &inner, &place, found.to);
                    }
                    continue;
                }
            };
            // One place may be read as two kinds of object; this is the one that is asked for here.
            let kind = component.filter(|_| rest.is_empty()).unwrap_or(kind);
            self.links.push(Link { at, file: spot.file, kind, to: found.to });
        }
        self.way.pop();
        value
    }

    fn uses_in(&self, Spot { file, at }: &Spot) -> Vec<(Spot, Use)> {
        let below = at.join("/");
        let start = Bound::Included(Spot { file: *file, at: below.clone() });
        let itself = self.found.uses.get_key_value(&Spot { file: *file, at: at.clone() });
        let inside = self
            .found
            .uses
            .range((start, Bound::Unbounded))
            .take_while(|(spot, _)| spot.file == *file && spot.at.as_str().starts_with(below.as_str()));
        itself.into_iter().chain(inside).map(|(spot, found)| (spot.clone(), found.clone())).collect()
    }

    /// Puts references in the place of the inner parts that are components themselves; gives their places.
    fn refer_to_parts(&mut self, value: &mut Value, spot: &Spot, at: &Pointer, kind: Kind) -> Vec<String> {
        let mut parts: Vec<String> = Vec::new();
        let below = spot.at.join("/");
        let start = Spot { file: spot.file, at: below.clone() };
        let inside = |(other, _): &(&Spot, &Vec<Kind>)| {
            other.file == spot.file && other.at.as_str().starts_with(below.as_str())
        };
        for (target, kinds) in self.targets.range(start..).take_while(inside) {
            let rest = &target.at.as_str()[spot.at.as_str().len()..];
            let shape = shape_below(Shape::OrReference(kind), &Pointer::parse(rest));
            let kind = kinds.iter().find(|kind| shape == Some(Shape::OrReference(**kind)));
            let kind = kind.filter(|_| !parts.iter().any(|part| is_at_or_below(rest, part)));
            if let (Some(kind), Some(part)) = (kind, value.pointer_mut(rest)) {
                *part = json!({"$ref": ""});
                parts.push(rest.to_owned());
                let at = at.join(rest).child("$ref");
                self.links.push(Link { at, file: spot.file, kind: *kind, to: Some(target.clone()) });
            }
        }
        parts
    }

    /// Puts what a reference names in its place; members beside the reference take the place of those that it names.
    fn include(&mut self, node: &mut Value, written: &Spot, place: &Pointer, to: Option<Spot>) {
        let Some(to) = to else {
            // It has been reported, and nothing more is to be said about it.
            *node = Value::Null;
            return;
        };
        // A circle stays as it is, and is reported as a reference where none is allowed.
        if self.way.contains(&to) || !self.may_include(&to, written, place) {
            return;
        }
        let own = match node.take() {
            Value::Object(own) => own,
            _ => Object::new(),
        };
        *node = self.copy(&to, place, None);
        if let Value::Object(members) = node {
            for (key, member) in own.into_iter().filter(|(key, _)| key != "$ref") {
                let written = Spot { file: written.file, at: written.at.child(&key) };
                self.moves.moved_tree(place.child(&key), self.found.files.pointer(&written));
                members.insert(key, member);
            }
        }
    }

    /// Whether there is room for what a reference names in its place; if not, that is reported.
    fn may_include(&mut self, to: &Spot, written: &Spot, place: &Pointer) -> bool {
        let file = self.found.files.value(to.file);
        let Some(value) = file.pointer(to.at.as_str()) else { return false };
        let (count, depth) = extent(value);
        self.included = self.included.saturating_add(count);
        let (code, message) = if place.segments().count() + depth > DEPTH {
            (Code::TooDeep, "what this reference names is nested too deeply to stand here")
        } else if self.included > self.found.files.length() + 100_000 {
            (Code::TooLarge, "what references name in their places is far more than was written")
        } else {
            return true;
        };
        let at = self.found.files.pointer(written).child("$ref");
        self.found.diagnostics.report(code, &at, message, "refer to a component instead");
        false
    }

    /// Components of the document that are nothing but a reference to a file become what the file holds; what was
    /// brought in together with the components has its place already.
    fn settle(&mut self, document: &mut Value) {
        let links: HashMap<&Pointer, &Link> = self.links.iter().map(|link| (&link.at, link)).collect();
        let mut settled: Vec<(Spot, Kind, Pointer, bool)> = Vec::new();
        let at_components = Pointer::root().child("components");
        for kind in Kind::with_section() {
            let Some(section) = kind.section() else { continue };
            let at_section = at_components.child(section);
            let components = document.pointer(at_section.as_str()).and_then(Value::as_object);
            for (key, component) in components.into_iter().flatten() {
                let place = at_section.child(key);
                let link = links.get(&place.child("$ref")).filter(|_| alias(component).is_some());
                let to = match link {
                    Some(link) => link.to.clone().filter(|to| to.file != DOCUMENT),
                    None => self.found.files.spot(&self.moves.written(&place)),
                };
                if let Some(to) = to {
                    settled.push((to, kind, place, link.is_some()));
                }
            }
        }
        let mut replaced = HashSet::new();
        for (to, kind, place, is_alias) in settled {
            let target = (to, kind);
            if !self.found.targets.contains(&target) || self.homes.contains_key(&target) {
                continue;
            }
            if is_alias {
                replaced.insert(place.child("$ref"));
            }
            self.homes.insert(target, place);
        }
        self.links.retain(|link| !replaced.contains(&link.at));
        let homes: BTreeSet<_> =
            self.homes.iter().map(|(target, place)| (place.clone(), target.clone())).collect();
        for (place, (spot, kind)) in homes {
            if replaced.contains(&place.child("$ref")) {
                let value = self.copy(&spot, &place, Some(kind));
                document.pointer_mut(place.as_str()).map(|node| *node = value).unwrap_or_default();
            }
        }
    }

    /// Adds a component for whatever else references name in other files.
    fn add_others(&mut self, document: &mut Value) {
        for kind in Kind::with_section() {
            let Some(section) = kind.section() else { continue };
            let is_homeless = |target: &&(Spot, Kind)| target.1 == kind && !self.homes.contains_key(*target);
            let targets: Vec<(Spot, Kind)> = self.found.targets.iter().filter(is_homeless).cloned().collect();
            if targets.is_empty() {
                continue;
            }
            let Some(components) = member(document, "components") else { return };
            let Some(Value::Object(components)) = member(components, section) else { continue };
            let files = &self.found.files;
            let places: Vec<(&str, &Pointer)> =
                targets.iter().map(|(spot, _)| (files.path(spot.file), &spot.at)).collect();
            let names = names(&places, components.keys().map(String::as_str));
            let at_section = Pointer::root().child("components").child(section);
            for (target, name) in targets.into_iter().zip(names) {
                let place = at_section.child(&name);
                components.insert(name, self.copy(&target.0, &place, Some(kind)));
                self.homes.insert(target, place);
            }
        }
    }

    /// Writes the references anew.
    fn write_links(&mut self, document: &mut Value) {
        for Link { at, file, kind, to } in std::mem::take(&mut self.links) {
            let Some(Value::String(text)) = document.pointer_mut(at.as_str()) else { continue };
            match to {
                Some(to) if to.file == DOCUMENT => *text = reference(&to.at),
                Some(to) => {
                    if let Some(home) = self.homes.get(&(to, kind)) {
                        *text = reference(home);
                    }
                }
                // It has been reported; in the document it would lead elsewhere.
                None if file != DOCUMENT && text.starts_with('#') => {
                    *text = format!("{}{text}", self.found.files.path(file));
                }
                None => {}
            }
        }
    }
}

/// The member of an object, added if there is none; none if this is no object.
fn member<'v>(value: &'v mut Value, key: &str) -> Option<&'v mut Value> {
    let members = value.as_object_mut()?;
    let member = members.entry(key).or_insert(Value::Null);
    if member.is_null() {
        *member = Value::Object(Object::new());
    }
    Some(member)
}

/// A place of the document as a reference to it.
fn reference(at: &Pointer) -> String {
    format!("#{}", at.as_str().replace('%', "%25"))
}

fn is_at_or_below(pointer: &str, above: &str) -> bool {
    pointer.strip_prefix(above).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// How many values a value consists of, and how deep they are nested.
fn extent(value: &Value) -> (usize, usize) {
    let inside: Vec<(usize, usize)> = match value {
        Value::Object(members) => members.values().map(extent).collect(),
        Value::Array(elements) => elements.iter().map(extent).collect(),
        _ => Vec::new(),
    };
    let count: usize = inside.iter().map(|(count, _)| count).sum();
    let depth = inside.iter().map(|(_, depth)| depth).max().copied().unwrap_or_default();
    (count + 1, depth + 1)
}
