//! Finds the references to other files and other references to rewrite, and resolves their targets.
//!
//! The walk begins at the document and follows references through all files. It visits each location once per
//! kind of object. It does not change any value. Imports `diagnostics`, `grammar`, `location` and
//! `reference`.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use indexmap::IndexSet;
use serde_json::{Map, Value};

use super::super::grammar::{ObjectKind, Shape, shape_at};
use super::super::location::Location;
use super::super::reference::Reference;
use super::super::version;
use super::anchors::Named;
use super::files::{FileError, Files, describe};
use super::{DOCUMENT, FilePointer};
use crate::diagnostics::{Code, Diagnostics, Pointer, Sources, Suggestions};

type Object = Map<String, Value>;

/// The maximum number of aliases to follow while resolving one reference.
const MAX_ALIASES: usize = 8;

/// The references to rewrite, and their targets.
pub(super) struct Discovery<'s, 'd> {
    /// The minor version that the document declares. Since 3.2, a media type can be a reference.
    minor: u32,
    pub(super) files: Files<'s>,
    pub(super) diagnostics: &'d mut Diagnostics,
    /// The references to rewrite, by the location of the object with the `$ref` or, for mapping entries, of
    /// the string.
    pub(super) rewrites: BTreeMap<FilePointer, Rewrite>,
    /// The targets in other files, in order of discovery.
    pub(super) targets: IndexSet<(FilePointer, ObjectKind)>,
    /// The locations to visit, each with the shape that it is read as.
    visits: IndexSet<(FilePointer, Shape)>,
    /// The ends of the alias chains that have been followed.
    alias_targets: HashMap<FilePointer, FilePointer>,
    inclusions: Inclusions,
    suggestions: Suggestions,
}

/// A reference to rewrite.
#[derive(Clone, Debug)]
pub(super) struct Rewrite {
    pub(super) role: Role,
    /// The target, or `None` if there is none, which has been reported.
    pub(super) to: Option<FilePointer>,
}

/// The role of a reference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// A `$ref` in place of an object of this kind, which OpenAPI allows.
    Reference(ObjectKind),
    /// A `$ref` where OpenAPI does not allow one. It is replaced by its target.
    Inclusion,
    /// An entry of a discriminator's `mapping`, whose string refers to a schema.
    Mapping,
}

/// The number of references where OpenAPI does not allow one, and the location of the first.
#[derive(Default)]
struct Inclusions {
    count: usize,
    first: Pointer,
}

/// The reason why a reference cannot be resolved.
enum Unresolved {
    FileError(FileError),
    /// No schema has the anchor.
    Anchor,
    /// The file has no value at this location.
    Dangling(FilePointer),
}

impl<'s, 'd> Discovery<'s, 'd> {
    pub(super) fn new(document: Value, sources: &'s Sources<'s>, diagnostics: &'d mut Diagnostics) -> Self {
        let minor = document.as_object().map(version::minor).unwrap_or_default();
        Self {
            minor,
            files: Files::new(document, sources),
            diagnostics,
            rewrites: BTreeMap::new(),
            targets: IndexSet::new(),
            visits: IndexSet::new(),
            alias_targets: HashMap::new(),
            inclusions: Inclusions::default(),
            suggestions: Suggestions::default(),
        }
    }

    pub(super) fn run(&mut self) {
        let root = FilePointer { file: DOCUMENT, at: Pointer::root() };
        self.visits.insert((root, Shape::Object(ObjectKind::Document)));
        let mut done = 0;
        while let Some((file_pointer, shape)) = self.visits.get_index(done).cloned() {
            done += 1;
            let file = self.files.value(file_pointer.file);
            let segments: Vec<String> = file_pointer.at.segments().collect();
            if let Some(value) = file.pointer(file_pointer.at.as_str()) {
                Location::root().descend(&segments, |at| self.walk(value, shape, at, file_pointer.file));
            }
        }
        let Inclusions { count, first } = &self.inclusions;
        if *count > 0 {
            let times = if *count == 1 { String::new() } else { format!(" ({count} times in the document)") };
            self.diagnostics.report(
                Code::MisplacedReference,
                first,
                format!("a reference is not allowed here, so its target is read in its place{times}"),
                "replace the reference by its target if other tools reject the document",
            );
        }
    }

    /// Returns true if no reference has to be rewritten.
    pub(super) fn is_self_contained(&self) -> bool {
        self.rewrites.is_empty()
    }

    fn walk(&mut self, value: &Value, shape: Shape, at: &Location<'_>, file: usize) {
        let reference = value.get("$ref").and_then(Value::as_str);
        match (shape, value) {
            (Shape::OrReference(kind), Value::Object(fields)) => {
                if let Some(text) = reference {
                    self.reference(text, kind, at, file);
                }
                self.fields(fields, kind, at, file);
            }
            (Shape::Object(kind), Value::Object(fields)) => {
                if let Some(text) = reference {
                    self.inclusion(text, shape, at, file);
                }
                self.fields(fields, kind, at, file);
            }
            (Shape::Map(of), Value::Object(fields)) => {
                let holds_objects = !matches!(of, Shape::Text | Shape::Anything);
                if let Some(text) = reference.filter(|_| holds_objects) {
                    self.inclusion(text, shape, at, file);
                }
                fields.iter().for_each(|(key, field)| self.walk(field, *of, &at.key(key), file));
            }
            (Shape::Text, Value::Object(_)) => {
                if let Some(text) = reference {
                    self.inclusion(text, shape, at, file);
                }
            }
            (Shape::List(of), Value::Object(_)) => match reference.filter(|text| self.is_list(text, file)) {
                Some(text) => self.inclusion(text, shape, at, file),
                // `conform` makes it an array of one element.
                None => self.walk(value, *of, at, file),
            },
            (Shape::List(of), Value::Array(elements)) => {
                let elements = elements.iter().enumerate();
                elements.for_each(|(index, element)| self.walk(element, *of, &at.index(index), file));
            }
            // `items` of older schemas can be an array of schemas, which is a tuple.
            (Shape::OrReference(ObjectKind::Schema), Value::Array(elements)) => {
                let elements = elements.iter().enumerate();
                elements.for_each(|(index, element)| self.walk(element, shape, &at.index(index), file));
            }
            _ => {}
        }
    }

    fn fields(&mut self, fields: &Object, kind: ObjectKind, at: &Location<'_>, file: usize) {
        if let (ObjectKind::Discriminator, Some(Value::Object(mapping))) = (kind, fields.get("mapping")) {
            let at = at.key("mapping");
            for (key, text) in mapping {
                if let Value::String(text) = text {
                    self.mapping(text, &at.key(key), file);
                }
            }
        }
        for (key, field) in fields {
            if let Some(shape) = kind.shape_of(key) {
                self.walk(field, shape, &at.key(key), file);
            }
        }
    }

    /// Resolves a reference in place of an object of this kind.
    fn reference(&mut self, text: &str, kind: ObjectKind, at: &Location<'_>, file: usize) {
        if let (DOCUMENT, Reference::Local(target)) = (file, Reference::parse(text)) {
            let target = FilePointer { file, at: target };
            match self.follow_aliases(target.clone(), &mut { MAX_ALIASES }) {
                Ok(to) if to != target => {}
                // `references` checks the reference, which need not be rewritten.
                _ => return self.visit_outside(target, kind),
            }
        }
        let to = self.resolved(text, at, file).map(|to| self.resolve_aliases(to));
        if let Some(to) = to.clone() {
            self.add_target(to, kind);
        }
        self.rewrites
            .insert(FilePointer { file, at: at.pointer() }, Rewrite { role: Role::Reference(kind), to });
    }

    /// Resolves a reference where OpenAPI does not allow one.
    fn inclusion(&mut self, text: &str, shape: Shape, at: &Location<'_>, file: usize) {
        let file_pointer = FilePointer { file, at: at.pointer() };
        let to = self.resolved(text, at, file);
        let is_allowed = shape == Shape::Object(ObjectKind::MediaType) && self.minor > 1;
        if let Some(to) = to.clone() {
            if !is_allowed {
                if self.inclusions.count == 0 {
                    self.inclusions.first = self.files.pointer(&file_pointer).child("$ref");
                }
                self.inclusions.count += 1;
            }
            self.visits.insert((to, shape));
        }
        self.rewrites.insert(file_pointer, Rewrite { role: Role::Inclusion, to });
    }

    /// Resolves an entry of a discriminator's `mapping`: the name of a component schema, or a reference.
    fn mapping(&mut self, text: &str, at: &Location<'_>, file: usize) {
        let component = Pointer::root().child("components").child("schemas").child(text);
        let has_component = |file| self.files.value(file).pointer(component.as_str()).is_some();
        let is_path = text.contains(['#', '/']) || text.ends_with(".yaml") || text.ends_with(".json");
        let to = if has_component(file) {
            Some(FilePointer { file, at: component })
        } else if is_path && !(file == DOCUMENT && text.starts_with('#')) {
            self.resolve(text, file).ok().map(|to| self.resolve_aliases(to))
        } else {
            return;
        };
        if let Some(to) = to.clone() {
            self.add_target(to, ObjectKind::Schema);
        }
        // An unresolved entry is not reported here: `references` reports it.
        let is_unchanged = file == DOCUMENT && to.as_ref().is_none_or(|to| to.file == DOCUMENT);
        if !is_unchanged {
            self.rewrites.insert(FilePointer { file, at: at.pointer() }, Rewrite { role: Role::Mapping, to });
        }
    }

    fn add_target(&mut self, to: FilePointer, kind: ObjectKind) {
        if to.file == DOCUMENT {
            self.visit_outside(to, kind);
        } else {
            self.visits.insert((to.clone(), Shape::OrReference(kind)));
            self.targets.insert((to, kind));
        }
    }

    /// Visits a target of the document where the grammar expects no object, so that the walk has not visited
    /// it.
    fn visit_outside(&mut self, file_pointer: FilePointer, kind: ObjectKind) {
        if shape_at(&file_pointer.at).is_none() {
            self.visits.insert((file_pointer, Shape::OrReference(kind)));
        }
    }

    fn is_list(&mut self, text: &str, file: usize) -> bool {
        let to = self.resolve(text, file).ok();
        to.is_some_and(|to| self.files.value(to.file).pointer(to.at.as_str()).is_some_and(Value::is_array))
    }

    /// Resolves a reference, or reports why it cannot be resolved.
    fn resolved(&mut self, text: &str, at: &Location<'_>, file: usize) -> Option<FilePointer> {
        match self.resolve(text, file) {
            Ok(to) => Some(to),
            Err(unresolved) => {
                let at = self.files.pointer(&FilePointer { file, at: at.key("$ref").pointer() });
                self.report(&unresolved, text, &at);
                None
            }
        }
    }

    fn resolve(&mut self, text: &str, from: usize) -> Result<FilePointer, Unresolved> {
        self.resolve_within(text, from, &mut { MAX_ALIASES })
    }

    fn resolve_within(
        &mut self,
        text: &str,
        from: usize,
        aliases_left: &mut usize,
    ) -> Result<FilePointer, Unresolved> {
        let (address, fragment) = text.split_once('#').unwrap_or((text, ""));
        let file_pointer = match self.files.find(address, from, self.diagnostics) {
            Ok(file) => FilePointer { file, at: Pointer::root() },
            Err(file_error) => self.by_id(address, from).ok_or(Unresolved::FileError(file_error))?,
        };
        let at = match Reference::parse(&format!("#{fragment}")) {
            Reference::Local(inside) => file_pointer.at.join(inside.as_str()),
            Reference::Anchor(name) => {
                let anchors = self.files.anchors(file_pointer.file);
                let named = anchors.anchor(&name).ok_or(Unresolved::Anchor)?;
                self.report_ambiguity(named, &format!("#{name}"), file_pointer.file);
                named.first.clone()
            }
            Reference::External => return Err(Unresolved::Anchor),
        };
        self.follow_aliases(FilePointer { at, ..file_pointer }, aliases_left)
    }

    /// Returns the location itself if it exists. Otherwise, follows the alias nearest above it.
    fn follow_aliases(
        &mut self,
        file_pointer: FilePointer,
        aliases_left: &mut usize,
    ) -> Result<FilePointer, Unresolved> {
        let file = self.files.value(file_pointer.file);
        if file.pointer(file_pointer.at.as_str()).is_some() {
            return Ok(file_pointer);
        }
        let mut above = file_pointer.at.as_str();
        while let Some((shorter, _)) = above.rsplit_once('/') {
            above = shorter;
            let Some(value) = file.pointer(above) else { continue };
            let Some(text) = alias(value).filter(|_| *aliases_left > 0) else { break };
            // All steps share this limit, so that circular aliases end.
            *aliases_left -= 1;
            let Ok(resolved_target) = self.resolve_within(text, file_pointer.file, aliases_left) else {
                break;
            };
            let at = resolved_target.at.join(&file_pointer.at.as_str()[above.len()..]);
            return self.follow_aliases(FilePointer { at, ..resolved_target }, aliases_left);
        }
        Err(Unresolved::Dangling(file_pointer))
    }

    /// Returns the schema with this `$id` in the same file or in the document.
    fn by_id(&mut self, address: &str, from: usize) -> Option<FilePointer> {
        [from, DOCUMENT].into_iter().find_map(|file| {
            let anchors = self.files.anchors(file);
            let named = anchors.id(address)?;
            self.report_ambiguity(named, address, file);
            Some(FilePointer { file, at: named.first.clone() })
        })
    }

    /// Reports that two schemas have the name in a reference.
    fn report_ambiguity(&mut self, named: &Named, reference: &str, file: usize) {
        let Some((other, keyword)) = &named.other else { return };
        let first = self.files.pointer(&FilePointer { file, at: named.first.clone() }).reference();
        let at = self.files.pointer(&FilePointer { file, at: other.child(keyword) });
        self.diagnostics.report(
            Code::DuplicateAnchor,
            &at,
            format!("`{reference}` names another schema as well, and references lead to `{first}`"),
            format!("give each schema its own `{keyword}`"),
        );
    }

    /// Follows a chain of aliases in other files, such as an index file that only refers to further files.
    fn resolve_aliases(&mut self, start: FilePointer) -> FilePointer {
        let mut file_pointer = start;
        let mut way = BTreeSet::new();
        while file_pointer.file != DOCUMENT && !way.contains(&file_pointer) {
            if let Some(end) = self.alias_targets.get(&file_pointer) {
                file_pointer = end.clone();
                break;
            }
            let file = self.files.value(file_pointer.file);
            let next = file.pointer(file_pointer.at.as_str()).and_then(alias);
            let Some(Ok(next)) = next.map(|text| self.resolve(text, file_pointer.file)) else { break };
            way.insert(std::mem::replace(&mut file_pointer, next));
        }
        // A cycle has no end. `cycles` reports it.
        if !way.contains(&file_pointer) {
            way.into_iter()
                .for_each(|on_the_way| drop(self.alias_targets.insert(on_the_way, file_pointer.clone())));
        }
        file_pointer
    }

    fn report(&mut self, unresolved: &Unresolved, text: &str, at: &Pointer) {
        let (code, message, remedy) = match unresolved {
            Unresolved::FileError(file_error) => {
                let Some((code, message, remedy)) = describe(file_error, text) else { return };
                (code, message, self.component(text).unwrap_or(remedy))
            }
            Unresolved::Anchor => (
                Code::AnchorReference,
                format!("`{text}` names an anchor that no schema has"),
                "use a JSON pointer, such as `#/components/schemas/Pet`".to_owned(),
            ),
            Unresolved::Dangling(file_pointer) => {
                (Code::DanglingReference, format!("`{text}` does not exist"), self.suggestion(file_pointer))
            }
        };
        self.diagnostics.report(code, at, message, remedy);
    }

    /// Returns the help for a reference that is only the name of a component.
    fn component(&self, text: &str) -> Option<String> {
        let document = self.files.value(DOCUMENT);
        let sections = document.get("components").and_then(Value::as_object)?;
        let (section, _) = sections.iter().find(|(_, section)| section.get(text).is_some())?;
        let location = Pointer::root().child("components").child(section).child(text);
        Some(format!("write `#{location}`"))
    }

    /// Returns the help for a dangling reference.
    fn suggestion(&mut self, file_pointer: &FilePointer) -> String {
        let (above, _) = file_pointer.at.as_str().rsplit_once('/').unwrap_or_default();
        let name = file_pointer.at.segments().last().unwrap_or_default();
        let file = self.files.value(file_pointer.file);
        let fields = file.pointer(above).and_then(Value::as_object);
        let suggestions = &mut self.suggestions;
        let meant = fields.and_then(|fields| suggestions.closest(&name, fields.keys().map(String::as_str)));
        match meant {
            Some(meant) => {
                let location = Pointer::parse(above).child(meant);
                format!(
                    "write `{}`",
                    self.files.pointer(&FilePointer { file: file_pointer.file, at: location }).reference()
                )
            }
            None if self.files.value(DOCUMENT).pointer(file_pointer.at.as_str()).is_some() => {
                let up = "../".repeat(self.files.path(file_pointer.file).matches('/').count());
                format!(
                    "write `{up}{}#{}` to refer to the document",
                    self.files.path(DOCUMENT),
                    file_pointer.at
                )
            }
            None => "add the target, or correct the reference".to_owned(),
        }
    }
}

/// Returns the reference of an alias: an object with `$ref` and no other field.
pub(super) fn alias(value: &Value) -> Option<&str> {
    let fields = value.as_object().filter(|fields| fields.len() == 1)?;
    fields.get("$ref").and_then(Value::as_str)
}
