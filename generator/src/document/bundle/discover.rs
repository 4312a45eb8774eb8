//! Which references of a document lead out of the text that they stand in, and where to.
//!
//! The walk begins at the document and follows references through every file that they reach, each place once for each
//! kind of object that it is read as. Nothing is changed yet. Imports `diagnostics`, `grammar`, `place`, `reference`
//! and `suggest`.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use indexmap::IndexSet;
use serde_json::{Map, Value};

use super::super::grammar::{Kind, Shape, shape_at};
use super::super::place::Place;
use super::super::reference::Reference;
use super::super::suggest::closest;
use super::files::{Abroad, Files, explain};
use super::{DOCUMENT, Spot};
use crate::diagnostics::{Code, Diagnostics, Pointer, Sources};

type Object = Map<String, Value>;

/// How many references may stand on the way to a place.
const DETOURS: usize = 8;

/// What was found.
pub(super) struct Discovery<'s, 'd> {
    pub(super) files: Files<'s>,
    pub(super) diagnostics: &'d mut Diagnostics,
    /// The references that have to be written anew, by the object that holds the `$ref` or by their own place.
    pub(super) uses: BTreeMap<Spot, Use>,
    /// What references name in other files, in the order in which they were met.
    pub(super) targets: IndexSet<(Spot, Kind)>,
    /// The places to look at, each as what it is read as there.
    visits: IndexSet<(Spot, Shape)>,
    ends: HashMap<Spot, Spot>,
    inclusions: Inclusions,
}

/// One reference.
#[derive(Clone, Debug)]
pub(super) struct Use {
    pub(super) role: Role,
    /// Where it leads; none if it leads nowhere, which has been reported.
    pub(super) to: Option<Spot>,
}

/// What stands at the place of a reference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// An object of this kind may be a reference.
    Reference(Kind),
    /// OpenAPI allows no reference here: what it names takes its place.
    Inclusion,
    /// The text itself names a schema, as in a discriminator's mapping.
    Mapping,
}

/// References where OpenAPI allows none: how many, and where the first is.
#[derive(Default)]
struct Inclusions {
    count: usize,
    first: Pointer,
}

/// Why a reference leads nowhere.
enum Nowhere {
    Abroad(Abroad),
    Anchor,
    /// There is nothing at this place.
    Dangling(Spot),
}

impl<'s, 'd> Discovery<'s, 'd> {
    pub(super) fn new(document: Value, sources: &'s Sources<'s>, diagnostics: &'d mut Diagnostics) -> Self {
        Self {
            files: Files::new(document, sources),
            diagnostics,
            uses: BTreeMap::new(),
            targets: IndexSet::new(),
            visits: IndexSet::new(),
            ends: HashMap::new(),
            inclusions: Inclusions::default(),
        }
    }

    pub(super) fn run(&mut self) {
        let root = Spot { file: DOCUMENT, at: Pointer::root() };
        self.visits.insert((root, Shape::Object(Kind::Document)));
        let mut done = 0;
        while let Some((spot, shape)) = self.visits.get_index(done).cloned() {
            done += 1;
            let file = self.files.value(spot.file);
            let segments: Vec<String> = spot.at.segments().collect();
            if let Some(value) = file.pointer(spot.at.as_str()) {
                Place::root().descend(&segments, |at| self.walk(value, shape, at, spot.file));
            }
        }
        let Inclusions { count, first } = &self.inclusions;
        if *count > 0 {
            let others = if *count == 1 { String::new() } else { format!(", as it does {count} times") };
            self.diagnostics.report(
                Code::IncludedReference,
                first,
                format!(
                    "a reference stands where OpenAPI allows none{others}; what it names is read in its place"
                ),
                "if other tools reject the document, write it out here",
            );
        }
    }

    /// Whether there is nothing to bring into the document.
    pub(super) fn is_whole(&self) -> bool {
        self.uses.is_empty()
    }

    fn walk(&mut self, value: &Value, shape: Shape, at: &Place<'_>, file: usize) {
        let reference = value.get("$ref").and_then(Value::as_str);
        match (shape, value) {
            (Shape::OrReference(kind), Value::Object(members)) => {
                if let Some(text) = reference {
                    self.reference(text, kind, at, file);
                }
                self.members(members, kind, at, file);
            }
            (Shape::Object(kind), Value::Object(members)) => {
                if let Some(text) = reference {
                    self.inclusion(text, shape, at, file);
                }
                self.members(members, kind, at, file);
            }
            (Shape::Map(of), Value::Object(members)) => {
                let holds_objects = !matches!(of, Shape::Text | Shape::Anything);
                if let Some(text) = reference.filter(|_| holds_objects) {
                    self.inclusion(text, shape, at, file);
                }
                members.iter().for_each(|(key, member)| self.walk(member, *of, &at.key(key), file));
            }
            (Shape::Text, Value::Object(_)) => {
                if let Some(text) = reference {
                    self.inclusion(text, shape, at, file);
                }
            }
            (Shape::List(of), Value::Object(_)) => match reference.filter(|text| self.is_list(text, file)) {
                Some(text) => self.inclusion(text, shape, at, file),
                // It is going to be read as a list of one.
                None => self.walk(value, *of, at, file),
            },
            (Shape::List(of), Value::Array(elements)) => {
                let elements = elements.iter().enumerate();
                elements.for_each(|(index, element)| self.walk(element, *of, &at.index(index), file));
            }
            // The tuples of older schemas.
            (Shape::OrReference(Kind::Schema), Value::Array(elements)) => {
                let elements = elements.iter().enumerate();
                elements.for_each(|(index, element)| self.walk(element, shape, &at.index(index), file));
            }
            _ => {}
        }
    }

    fn members(&mut self, members: &Object, kind: Kind, at: &Place<'_>, file: usize) {
        if let (Kind::Discriminator, Some(Value::Object(mapping))) = (kind, members.get("mapping")) {
            let at = at.key("mapping");
            for (key, text) in mapping {
                if let Value::String(text) = text {
                    self.mapping(text, &at.key(key), file);
                }
            }
        }
        for (key, member) in members {
            if let Some(shape) = kind.shape_of(key) {
                self.walk(member, shape, &at.key(key), file);
            }
        }
    }

    /// A reference where an object of this kind may be one.
    fn reference(&mut self, text: &str, kind: Kind, at: &Place<'_>, file: usize) {
        if let (DOCUMENT, Reference::Here(target)) = (file, Reference::parse(text)) {
            let target = Spot { file, at: target };
            match self.through(target.clone(), &mut { DETOURS }) {
                Ok(to) if to != target => {}
                // It stays as it is, and is checked with all others.
                _ => return self.visit_outside(target, kind),
            }
        }
        let to = self.resolved(text, at, file).map(|to| self.end_of_aliases(to));
        if let Some(to) = to.clone() {
            self.name(to, kind);
        }
        self.uses.insert(Spot { file, at: at.pointer() }, Use { role: Role::Reference(kind), to });
    }

    /// A reference where OpenAPI allows none.
    fn inclusion(&mut self, text: &str, shape: Shape, at: &Place<'_>, file: usize) {
        let spot = Spot { file, at: at.pointer() };
        let to = self.resolved(text, at, file);
        if let Some(to) = to.clone() {
            if self.inclusions.count == 0 {
                self.inclusions.first = self.files.pointer(&spot).child("$ref");
            }
            self.inclusions.count += 1;
            self.visits.insert((to, shape));
        }
        self.uses.insert(spot, Use { role: Role::Inclusion, to });
    }

    /// A discriminator names schemas by their names or like references.
    fn mapping(&mut self, text: &str, at: &Place<'_>, file: usize) {
        let component = Pointer::root().child("components").child("schemas").child(text);
        let has_component = |file| self.files.value(file).pointer(component.as_str()).is_some();
        let is_path = text.contains(['#', '/']) || text.ends_with(".yaml") || text.ends_with(".json");
        let to = if has_component(file) {
            Some(Spot { file, at: component })
        } else if is_path && !(file == DOCUMENT && text.starts_with('#')) {
            self.resolve(text, file).ok().map(|to| self.end_of_aliases(to))
        } else {
            return;
        };
        if let Some(to) = to.clone() {
            self.name(to, Kind::Schema);
        }
        // What leads nowhere is reported with all other entries.
        let is_unchanged = file == DOCUMENT && to.as_ref().is_none_or(|to| to.file == DOCUMENT);
        if !is_unchanged {
            self.uses.insert(Spot { file, at: at.pointer() }, Use { role: Role::Mapping, to });
        }
    }

    fn name(&mut self, to: Spot, kind: Kind) {
        if to.file == DOCUMENT {
            self.visit_outside(to, kind);
        } else {
            self.visits.insert((to.clone(), Shape::OrReference(kind)));
            self.targets.insert((to, kind));
        }
    }

    /// What only references show to be a schema, or whatever they expect, has not been looked at.
    fn visit_outside(&mut self, spot: Spot, kind: Kind) {
        if shape_at(&spot.at).is_none() {
            self.visits.insert((spot, Shape::OrReference(kind)));
        }
    }

    fn is_list(&mut self, text: &str, file: usize) -> bool {
        let to = self.resolve(text, file).ok();
        to.is_some_and(|to| self.files.value(to.file).pointer(to.at.as_str()).is_some_and(Value::is_array))
    }

    /// Where a reference leads; if nowhere, that is reported.
    fn resolved(&mut self, text: &str, at: &Place<'_>, file: usize) -> Option<Spot> {
        match self.resolve(text, file) {
            Ok(to) => Some(to),
            Err(nowhere) => {
                let at = self.files.pointer(&Spot { file, at: at.key("$ref").pointer() });
                self.report(&nowhere, text, &at);
                None
            }
        }
    }

    fn resolve(&mut self, text: &str, from: usize) -> Result<Spot, Nowhere> {
        self.resolve_within(text, from, &mut { DETOURS })
    }

    fn resolve_within(&mut self, text: &str, from: usize, detours: &mut usize) -> Result<Spot, Nowhere> {
        let (address, fragment) = text.split_once('#').unwrap_or((text, ""));
        let spot = match self.files.find(address, from, self.diagnostics) {
            Ok(file) => Spot { file, at: Pointer::root() },
            Err(abroad) => self.by_id(address, from).ok_or(Nowhere::Abroad(abroad))?,
        };
        let at = match Reference::parse(&format!("#{fragment}")) {
            Reference::Here(inside) => spot.at.join(inside.as_str()),
            Reference::Anchor(name) => {
                self.files.anchors(spot.file).anchor(&name).cloned().ok_or(Nowhere::Anchor)?
            }
            Reference::Elsewhere => return Err(Nowhere::Anchor),
        };
        self.through(Spot { at, ..spot }, detours)
    }

    /// The place itself; or, where a reference stands on the way to it, the place behind that.
    fn through(&mut self, spot: Spot, detours: &mut usize) -> Result<Spot, Nowhere> {
        let file = self.files.value(spot.file);
        if file.pointer(spot.at.as_str()).is_some() {
            return Ok(spot);
        }
        let mut above = spot.at.as_str();
        while let Some((shorter, _)) = above.rsplit_once('/') {
            above = shorter;
            let Some(value) = file.pointer(above) else { continue };
            let Some(text) = alias(value).filter(|_| *detours > 0) else { break };
            // One budget for the whole way, so that references that lead to each other end.
            *detours -= 1;
            let Ok(behind) = self.resolve_within(text, spot.file, detours) else { break };
            let at = behind.at.join(&spot.at.as_str()[above.len()..]);
            return self.through(Spot { at, ..behind }, detours);
        }
        Err(Nowhere::Dangling(spot))
    }

    /// The schema that calls itself so, in the same text or in the document.
    fn by_id(&mut self, address: &str, from: usize) -> Option<Spot> {
        [from, DOCUMENT].into_iter().find_map(|file| {
            let at = self.files.anchors(file).id(address)?.clone();
            Some(Spot { file, at })
        })
    }

    /// What a chain of references in other files leads to in the end: an index of files, for instance.
    fn end_of_aliases(&mut self, start: Spot) -> Spot {
        let mut spot = start;
        let mut way = BTreeSet::new();
        while spot.file != DOCUMENT && !way.contains(&spot) {
            if let Some(end) = self.ends.get(&spot) {
                spot = end.clone();
                break;
            }
            let file = self.files.value(spot.file);
            let next = file.pointer(spot.at.as_str()).and_then(alias);
            let Some(Ok(next)) = next.map(|text| self.resolve(text, spot.file)) else { break };
            way.insert(std::mem::replace(&mut spot, next));
        }
        // A circle has no end, and is reported with all others.
        if !way.contains(&spot) {
            way.into_iter().for_each(|on_the_way| drop(self.ends.insert(on_the_way, spot.clone())));
        }
        spot
    }

    fn report(&mut self, nowhere: &Nowhere, text: &str, at: &Pointer) {
        let said = match nowhere {
            Nowhere::Abroad(abroad) => {
                let Some((code, message, remedy)) = explain(abroad, text) else { return };
                (code, message, self.component(text).unwrap_or(remedy))
            }
            Nowhere::Anchor => (
                Code::AnchorReference,
                format!("no schema has the anchor that `{text}` names"),
                "write the place instead: `#/components/schemas/...`".to_owned(),
            ),
            Nowhere::Dangling(spot) => {
                (Code::DanglingReference, format!("`{text}` leads nowhere"), self.suggestion(spot))
            }
        };
        let (code, message, remedy) = said;
        self.diagnostics.report(code, at, message, remedy);
    }

    /// The remedy for a reference that is only the name of a component.
    fn component(&self, text: &str) -> Option<String> {
        let document = self.files.value(DOCUMENT);
        let sections = document.get("components").and_then(Value::as_object)?;
        let (section, _) = sections.iter().find(|(_, section)| section.get(text).is_some())?;
        let place = Pointer::root().child("components").child(section).child(text);
        Some(format!("write `#{place}`"))
    }

    /// What may have been meant by a reference that leads nowhere.
    fn suggestion(&self, spot: &Spot) -> String {
        let (above, _) = spot.at.as_str().rsplit_once('/').unwrap_or_default();
        let name = spot.at.segments().last().unwrap_or_default();
        let file = self.files.value(spot.file);
        let members = file.pointer(above).and_then(Value::as_object);
        let meant = members.and_then(|members| closest(&name, members.keys().map(String::as_str)));
        match meant {
            Some(meant) => {
                let place = Pointer::parse(above).child(meant);
                format!(
                    "did you mean `{}`?",
                    self.files.pointer(&Spot { file: spot.file, at: place }).reference()
                )
            }
            None if self.files.value(DOCUMENT).pointer(spot.at.as_str()).is_some() => {
                let up = "../".repeat(self.files.path(spot.file).matches('/').count());
                format!("write `{up}{}#{}` for the document's", self.files.path(DOCUMENT), spot.at)
            }
            None => "add what it names, or refer to something that is there".to_owned(),
        }
    }
}

/// The reference that is all that a value consists of.
pub(super) fn alias(value: &Value) -> Option<&str> {
    let members = value.as_object().filter(|members| members.len() == 1)?;
    members.get("$ref").and_then(Value::as_str)
}
