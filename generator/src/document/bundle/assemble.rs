//! Adds the targets of references to other files to the components of the document, and rewrites the
//! references.
//!
//! Imports `diagnostics`, `grammar`, `moves`, `text` and, of `bundle`, `discover` and `names`.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::ops::Bound;

use serde_json::{Map, Value, json};

use super::super::grammar::{ObjectKind, Shape, shape_below};
use super::super::moves::Moves;
use super::super::text::MAX_DEPTH;
use super::discover::{Discovery, Rewrite, Role, alias};
use super::names::names;
use super::{DOCUMENT, FilePointer};
use crate::diagnostics::{Code, Pointer};

type Object = Map<String, Value>;

/// A document that is being assembled.
pub(super) struct Assembly<'s, 'd> {
    discovery: Discovery<'s, 'd>,
    /// The targets of references in other files, with the kinds of object that the references expect.
    targets: BTreeMap<FilePointer, Vec<ObjectKind>>,
    moves: Moves,
    /// The locations of the targets in the assembled document.
    destinations: HashMap<(FilePointer, ObjectKind), Pointer>,
    /// The references to rewrite once all destinations are known.
    links: Vec<Link>,
    /// The number of values that have replaced a reference.
    included: usize,
    /// The locations whose copies are in progress, from the document to the current one.
    in_progress: Vec<FilePointer>,
}

/// A reference in the assembled document.
struct Link {
    /// The location of the string.
    at: Pointer,
    /// The file that contains the reference.
    file: usize,
    kind: ObjectKind,
    to: Option<FilePointer>,
}

impl<'s, 'd> Assembly<'s, 'd> {
    pub(super) fn of(discovery: Discovery<'s, 'd>) -> Self {
        let mut targets: BTreeMap<FilePointer, Vec<ObjectKind>> = BTreeMap::new();
        for (file_pointer, kind) in discovery.targets.iter().cloned() {
            targets.entry(file_pointer).or_default().push(kind);
        }
        let (moves, destinations) = (Moves::default(), HashMap::new());
        Self {
            discovery,
            targets,
            moves,
            destinations,
            links: Vec::new(),
            included: 0,
            in_progress: Vec::new(),
        }
    }

    pub(super) fn run(mut self) -> (Object, Moves) {
        let root = FilePointer { file: DOCUMENT, at: Pointer::root() };
        let mut document = self.copy(&root, &Pointer::root(), None);
        self.claim_components(&mut document);
        self.add_imported_components(&mut document);
        self.write_links(&mut document);
        let fields = match document {
            Value::Object(fields) => fields,
            _ => Object::new(),
        };
        (fields, self.moves)
    }

    /// Copies the value at `file_pointer` to the location `at` of the document.
    ///
    /// If the copy is a component of the kind `component`, values inside it that are imported as components
    /// of their own are replaced by references.
    fn copy(&mut self, file_pointer: &FilePointer, at: &Pointer, component: Option<ObjectKind>) -> Value {
        let file = self.discovery.files.value(file_pointer.file);
        let mut value = file.pointer(file_pointer.at.as_str()).cloned().unwrap_or_default();
        if file_pointer.file != DOCUMENT || file_pointer.at != *at {
            self.moves.moved_tree(at.clone(), self.discovery.files.pointer(file_pointer));
        }
        self.in_progress.push(file_pointer.clone());
        let parts = component
            .map(|kind| self.replace_nested_components(&mut value, file_pointer, at, kind))
            .unwrap_or_default();
        for (inner, rewrite) in self.rewrites_in(file_pointer) {
            let rest = &inner.at.as_str()[file_pointer.at.as_str().len()..];
            if is_in_any(rest, &parts) {
                continue;
            }
            let location = at.join(rest);
            let (at, kind) = match rewrite.role {
                Role::Reference(kind) => (location.child("$ref"), kind),
                Role::Mapping => (location, ObjectKind::Schema),
                Role::Inclusion => {
                    if let Some(node) = value.pointer_mut(rest) {
                        self.include(node, &inner, &location, rewrite.to);
                    }
                    continue;
                }
            };
            // A location can be a target of two kinds; this copy is of the kind `component`.
            let kind = component.filter(|_| rest.is_empty()).unwrap_or(kind);
            self.links.push(Link { at, file: file_pointer.file, kind, to: rewrite.to });
        }
        self.in_progress.pop();
        value
    }

    fn rewrites_in(&self, FilePointer { file, at }: &FilePointer) -> Vec<(FilePointer, Rewrite)> {
        let below = at.join("/");
        let start = Bound::Included(FilePointer { file: *file, at: below.clone() });
        let itself = self.discovery.rewrites.get_key_value(&FilePointer { file: *file, at: at.clone() });
        let inside =
            self.discovery.rewrites.range((start, Bound::Unbounded)).take_while(|(file_pointer, _)| {
                file_pointer.file == *file && file_pointer.at.as_str().starts_with(below.as_str())
            });
        itself
            .into_iter()
            .chain(inside)
            .map(|(file_pointer, rewrite)| (file_pointer.clone(), rewrite.clone()))
            .collect()
    }

    /// Replaces the values inside a component that are components of their own by references. Returns their
    /// locations.
    fn replace_nested_components(
        &mut self,
        value: &mut Value,
        file_pointer: &FilePointer,
        at: &Pointer,
        kind: ObjectKind,
    ) -> HashSet<String> {
        let mut parts = HashSet::new();
        let below = file_pointer.at.join("/");
        let start = FilePointer { file: file_pointer.file, at: below.clone() };
        let inside = |(other, _): &(&FilePointer, &Vec<ObjectKind>)| {
            other.file == file_pointer.file && other.at.as_str().starts_with(below.as_str())
        };
        for (target, kinds) in self.targets.range(start..).take_while(inside) {
            let rest = &target.at.as_str()[file_pointer.at.as_str().len()..];
            let shape = shape_below(Shape::OrReference(kind), &Pointer::parse(rest));
            let kind = kinds.iter().find(|kind| shape == Some(Shape::OrReference(**kind)));
            let kind = kind.filter(|_| !is_in_any(rest, &parts));
            if let (Some(kind), Some(part)) = (kind, value.pointer_mut(rest)) {
                *part = json!({"$ref": ""});
                parts.insert(rest.to_owned());
                let at = at.join(rest).child("$ref");
                self.links.push(Link { at, file: file_pointer.file, kind: *kind, to: Some(target.clone()) });
            }
        }
        parts
    }

    /// Replaces a reference by its target. Fields beside the reference override fields of the target.
    fn include(
        &mut self,
        node: &mut Value,
        original: &FilePointer,
        location: &Pointer,
        to: Option<FilePointer>,
    ) {
        let Some(to) = to else {
            // The unresolved reference has been reported; `null` is not reported again.
            *node = Value::Null;
            return;
        };
        // A circular reference stays, and `conform` reports it as misplaced.
        if self.in_progress.contains(&to) || !self.may_include(&to, original, location) {
            return;
        }
        let own = match node.take() {
            Value::Object(own) => own,
            _ => Object::new(),
        };
        *node = self.copy(&to, location, None);
        if let Value::Object(fields) = node {
            for (key, field) in own.into_iter().filter(|(key, _)| key != "$ref") {
                let original = FilePointer { file: original.file, at: original.at.child(&key) };
                self.moves.moved_tree(location.child(&key), self.discovery.files.pointer(&original));
                fields.insert(key, field);
            }
        }
    }

    /// Returns true if the target is small and flat enough to replace the reference. Otherwise, reports an
    /// error.
    fn may_include(&mut self, to: &FilePointer, original: &FilePointer, location: &Pointer) -> bool {
        let file = self.discovery.files.value(to.file);
        let Some(value) = file.pointer(to.at.as_str()) else { return false };
        let (count, depth) = size_and_depth(value);
        self.included = self.included.saturating_add(count);
        let (code, message) = if location.segments().count() + depth > MAX_DEPTH {
            (Code::TooDeep, "the target of this reference is nested too deeply to be inserted here")
        } else if self.included > self.discovery.files.length() + 100_000 {
            (Code::TooLarge, "the inserted targets of references are far larger than the document")
        } else {
            return true;
        };
        let at = self.discovery.files.pointer(original).child("$ref");
        self.discovery.diagnostics.report(code, &at, message, "refer to a component instead");
        false
    }

    /// Makes existing components of the document the destinations of targets.
    ///
    /// A component that is only a reference to a file is replaced by the target, and so keeps its name. A
    /// component that was copied from a file along with its section is the destination of its own location.
    fn claim_components(&mut self, document: &mut Value) {
        let links: HashMap<&Pointer, &Link> = self.links.iter().map(|link| (&link.at, link)).collect();
        let mut settled: Vec<(FilePointer, ObjectKind, Pointer, bool)> = Vec::new();
        let at_components = Pointer::root().child("components");
        for kind in ObjectKind::with_section() {
            let Some(section) = kind.section() else { continue };
            let at_section = at_components.child(section);
            let components = document.pointer(at_section.as_str()).and_then(Value::as_object);
            for (key, component) in components.into_iter().flatten() {
                let location = at_section.child(key);
                let link = links.get(&location.child("$ref")).filter(|_| alias(component).is_some());
                let to = match link {
                    Some(link) => link.to.clone().filter(|to| to.file != DOCUMENT),
                    None => self.discovery.files.file_pointer(&self.moves.original(&location)),
                };
                if let Some(to) = to {
                    settled.push((to, kind, location, link.is_some()));
                }
            }
        }
        let mut replaced = HashSet::new();
        for (to, kind, location, is_alias) in settled {
            let target = (to, kind);
            if !self.discovery.targets.contains(&target) || self.destinations.contains_key(&target) {
                continue;
            }
            if is_alias {
                replaced.insert(location.child("$ref"));
            }
            self.destinations.insert(target, location);
        }
        self.links.retain(|link| !replaced.contains(&link.at));
        let destinations: BTreeSet<_> =
            self.destinations.iter().map(|(target, location)| (location.clone(), target.clone())).collect();
        for (location, (file_pointer, kind)) in destinations {
            if replaced.contains(&location.child("$ref")) {
                let value = self.copy(&file_pointer, &location, Some(kind));
                document.pointer_mut(location.as_str()).map(|node| *node = value).unwrap_or_default();
            }
        }
    }

    /// Adds a component for each remaining target in another file.
    fn add_imported_components(&mut self, document: &mut Value) {
        for kind in ObjectKind::with_section() {
            let Some(section) = kind.section() else { continue };
            let is_missing = |target: &&(FilePointer, ObjectKind)| {
                target.1 == kind && !self.destinations.contains_key(*target)
            };
            let targets: Vec<(FilePointer, ObjectKind)> =
                self.discovery.targets.iter().filter(is_missing).cloned().collect();
            if targets.is_empty() {
                continue;
            }
            let Some(components) = field(document, "components") else { return };
            let Some(Value::Object(components)) = field(components, section) else { continue };
            let files = &self.discovery.files;
            let locations: Vec<(&str, &Pointer)> = targets
                .iter()
                .map(|(file_pointer, _)| (files.path(file_pointer.file), &file_pointer.at))
                .collect();
            let names = names(&locations, components.keys().map(String::as_str));
            let at_section = Pointer::root().child("components").child(section);
            for (target, name) in targets.into_iter().zip(names) {
                let location = at_section.child(&name);
                components.insert(name, self.copy(&target.0, &location, Some(kind)));
                self.destinations.insert(target, location);
            }
        }
    }

    /// Rewrites the references to the destinations of their targets.
    fn write_links(&mut self, document: &mut Value) {
        for Link { at, file, kind, to } in std::mem::take(&mut self.links) {
            let Some(Value::String(text)) = document.pointer_mut(at.as_str()) else { continue };
            match to {
                Some(to) if to.file == DOCUMENT => *text = reference(&to.at),
                Some(to) => {
                    if let Some(destination) = self.destinations.get(&(to, kind)) {
                        *text = reference(destination);
                    }
                }
                // The unresolved reference has been reported. Without the path it would refer to the
                // document.
                None if file != DOCUMENT && text.starts_with('#') => {
                    *text = format!("{}{text}", self.discovery.files.path(file));
                }
                None => {}
            }
        }
    }
}

/// Returns the field of an object, and adds it if necessary. Returns `None` for any other value.
fn field<'v>(value: &'v mut Value, key: &str) -> Option<&'v mut Value> {
    let fields = value.as_object_mut()?;
    let field = fields.entry(key).or_insert(Value::Null);
    if field.is_null() {
        *field = Value::Object(Object::new());
    }
    Some(field)
}

/// Returns the reference to a location of the document.
fn reference(at: &Pointer) -> String {
    format!("#{}", at.as_str().replace('%', "%25"))
}

/// Returns true if a location is one of `parts`, or inside one of them.
fn is_in_any(mut location: &str, parts: &HashSet<String>) -> bool {
    loop {
        if parts.contains(location) {
            return true;
        }
        match location.rsplit_once('/') {
            Some((above, _)) => location = above,
            None => return false,
        }
    }
}

/// Returns the number of values in a value, and their nesting depth.
fn size_and_depth(value: &Value) -> (usize, usize) {
    let inside: Vec<(usize, usize)> = match value {
        Value::Object(fields) => fields.values().map(size_and_depth).collect(),
        Value::Array(elements) => elements.iter().map(size_and_depth).collect(),
        _ => Vec::new(),
    };
    let count: usize = inside.iter().map(|(count, _)| count).sum();
    let depth = inside.iter().map(|(_, depth)| depth).max().copied().unwrap_or_default();
    (count + 1, depth + 1)
}
