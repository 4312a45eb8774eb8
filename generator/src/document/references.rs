//! Checks that every `$ref` of a document has a target, and that the target is the expected kind of object.
//!
//! Imports `diagnostics`, `conform`, `cycles`, `grammar`, `location`, `moves`, `reference`, `version` and `walk`.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use indexmap::IndexSet;
use serde_json::Value;

use super::conform::conform_at;
use super::cycles;
use super::grammar::{ObjectKind, READ_PARTLY, Shape, shape_at};
use super::location::Location;
use super::moves::Moves;
use super::reference::Reference;
use super::version;
use super::walk::{Visit, each_inside};
use crate::diagnostics::{Code, Diagnostics, Pointer, Suggestions};

/// The targets of the references of a document, at their original locations.
#[derive(Debug, Default)]
pub(super) struct References {
    /// The targets, with the kinds of object that the references expect.
    pub(super) targets: BTreeMap<Pointer, BTreeSet<ObjectKind>>,
    /// The targets where the grammar expects no object, such as inside an `x-` extension, or an object of a
    /// similar kind.
    pub(super) outside: IndexSet<(Pointer, ObjectKind)>,
    /// Schemas with a dangling reference, and the location of the intended schema if it is certain.
    dangling: Vec<(Pointer, Option<Pointer>)>,
    suggestions: Suggestions,
}

impl References {
    fn add_target(&mut self, location: Pointer, kind: ObjectKind) {
        self.targets.entry(location).or_default().insert(kind);
    }

    /// Visits the document, and the targets of references outside of the places that OpenAPI has for them.
    pub(super) fn each_root<'v>(&self, document: &'v Value, visit: &mut Visit<'_, 'v>) {
        visit(document, Shape::Object(ObjectKind::Document), &Location::root());
        for (pointer, kind) in self.outside.iter().filter(|(pointer, _)| shape_at(pointer).is_none()) {
            let segments: Vec<String> = pointer.segments().collect();
            if let Some(value) = document.pointer(pointer.as_str()) {
                Location::root().descend(&segments, |at| visit(value, Shape::OrReference(*kind), at));
            }
        }
    }

    fn add_outside_target(&mut self, location: &Pointer, kind: ObjectKind) {
        self.outside.insert((location.clone(), kind));
    }

    /// Replaces each dangling reference of a schema by the intended one. If that is unknown, removes the
    /// reference.
    fn repair(&mut self, document: &mut Value) {
        for (schema, intended) in self.dangling.drain(..) {
            let schema = document.pointer_mut(schema.as_str()).and_then(Value::as_object_mut);
            match (schema, intended) {
                (Some(schema), Some(intended)) => {
                    schema.insert("$ref".to_owned(), format!("#{intended}").into())
                }
                (Some(schema), None) => {
                    schema.shift_remove("$ref");
                    schema.insert(READ_PARTLY.to_owned(), Value::Bool(true))
                }
                (None, _) => None,
            };
        }
    }
}

/// Finds and checks the references of a document, including the values that were imported from other files.
pub(super) fn check(document: &mut Value, imported: &Moves, diagnostics: &mut Diagnostics) -> References {
    let minor = document.as_object().map(version::minor).unwrap_or_default();
    let mut references = References::default();
    let mut scan = Scan::new(document, imported, &mut references, diagnostics);
    scan.walk(document, Shape::Object(ObjectKind::Document), &Location::root());
    references.repair(document);

    // Only references show what kind of object an outside target is, so it has not been checked yet. It can
    // refer to further outside targets.
    let mut done = 0;
    let mut discarded = Diagnostics::new();
    while let Some((pointer, kind)) = references.outside.get_index(done).cloned() {
        done += 1;
        let segments: Vec<String> = pointer.segments().collect();
        Location::root().descend(&segments, |at| {
            if let Some(value) = document.pointer_mut(pointer.as_str()) {
                // An object of a similar kind has been checked as its own kind, and reported.
                let is_similar = shape_at(&pointer).is_some();
                conform_at(
                    value,
                    kind,
                    at,
                    minor.max(1),
                    if is_similar { &mut discarded } else { diagnostics },
                );
            }
            let mut scan = Scan::new(document, imported, &mut references, diagnostics);
            if let Some(value) = document.pointer(pointer.as_str()) {
                scan.walk(value, Shape::OrReference(kind), at);
            }
            references.repair(document);
        });
    }
    cycles::check(document, &references.targets, imported, diagnostics);
    references
}

struct Scan<'a> {
    document: &'a Value,
    imported: &'a Moves,
    references: &'a mut References,
    diagnostics: &'a mut Diagnostics,
    /// References that are known to be valid.
    valid: HashSet<(&'a str, ObjectKind)>,
}

impl<'a> Scan<'a> {
    fn new(
        document: &'a Value,
        imported: &'a Moves,
        references: &'a mut References,
        diagnostics: &'a mut Diagnostics,
    ) -> Self {
        Self { document, imported, references, diagnostics, valid: HashSet::new() }
    }

    fn walk(&mut self, value: &'a Value, shape: Shape, at: &Location<'_>) {
        if let (Shape::Object(kind) | Shape::OrReference(kind), Value::Object(fields)) = (shape, value) {
            if let (Shape::OrReference(_), Some(Value::String(reference))) = (shape, fields.get("$ref")) {
                self.reference(reference, kind, &at.key("$ref"));
            }
            if let (ObjectKind::Discriminator, Some(Value::Object(mapping))) = (kind, fields.get("mapping")) {
                let at = at.key("mapping");
                for (key, target) in mapping {
                    self.mapping(target.as_str().unwrap_or_default(), &at.key(key));
                }
            }
            if kind == ObjectKind::SecurityRequirement {
                fields.keys().for_each(|name| self.security(name, &at.key(name)));
            }
        }
        each_inside(value, shape, at, &mut |value, shape, at| self.walk(value, shape, at));
    }

    fn reference(&mut self, text: &'a str, kind: ObjectKind, at: &Location<'_>) {
        if self.valid.contains(&(text, kind)) {
            return;
        }
        match Reference::parse(text) {
            Reference::Local(target) => match self.target(&target, kind) {
                Target::Valid => {
                    self.valid.insert((text, kind));
                    self.references.add_target(target, kind);
                }
                // The target was imported and then removed because it is invalid, which has been reported.
                Target::Missing if self.imported.original(&target).file().is_some() => {}
                Target::Missing if kind == ObjectKind::Schema => {
                    self.dangling(&format!("`{text}` does not exist"), &target, at);
                }
                Target::Missing => {
                    let remedy = self.suggestion(&target, kind);
                    self.report(Code::DanglingReference, at, format!("`{text}` does not exist"), remedy);
                }
                Target::Similar(what) => {
                    let message = format!("`{text}` is {what}, so it is read as {}", kind.name());
                    let remedy = format!("refer to {}", kind.name());
                    self.report(Code::ReinterpretedReference, at, message, remedy);
                    self.references.add_outside_target(&target, kind);
                    self.references.add_target(target, kind);
                }
                Target::Other(what) if kind == ObjectKind::Schema => {
                    self.dangling(&format!("`{text}` is {what}, not a schema"), &target, at);
                }
                Target::Other(what) => {
                    let message = format!("`{text}` is {what}, not {}", kind.name());
                    self.report(Code::MismatchedReference, at, message, format!("refer to {}", kind.name()));
                }
            },
            // `bundle` replaced these references or reported them as unresolved.
            Reference::Anchor(_) | Reference::External => {}
        }
    }

    /// Reports a reference to something other than a schema, and keeps it for [`References::repair`].
    fn dangling(&mut self, fault: &str, target: &Pointer, at: &Location<'_>) {
        let here = at.pointer();
        let schema = here.as_str().strip_suffix("/$ref").map(Pointer::parse);
        // A reference of the schema to itself would be circular.
        let intended = self.intended(target, &here).filter(|intended| Some(intended) != schema.as_ref());
        let untyped = "the schema becomes `serde_json::Value`";
        let (consequence, remedy) = match &intended {
            Some(intended) => (format!("`#{intended}` is used"), format!("write `#{intended}`")),
            None if self.document.pointer(target.as_str()).is_some() => {
                (untyped.to_owned(), "refer to a schema".to_owned())
            }
            None => (untyped.to_owned(), self.suggestion(target, ObjectKind::Schema)),
        };
        self.report(Code::DanglingSchema, at, format!("{fault}, so {consequence}"), remedy);
        if let Some(intended) = &intended {
            self.references.add_target(intended.clone(), ObjectKind::Schema);
        }
        self.references.dangling.extend(schema.map(|schema| (schema, intended)));
    }

    /// Returns the schema that an invalid reference certainly refers to, if there is one:
    ///
    /// - If the target is a response, a parameter or the like: the schema of its JSON content, or its own
    ///   `schema`.
    /// - If the reference is inside a schema with definitions of its own: the location relative to that
    ///   schema.
    /// - If the target is a definition: the component of the same name.
    fn intended(&mut self, target: &Pointer, here: &Pointer) -> Option<Pointer> {
        if let Some(found) = self.document.pointer(target.as_str()) {
            let contents = found.get("content").and_then(Value::as_object);
            let media_type = contents.into_iter().flat_map(|it| it.keys()).find(|name| name.contains("json"));
            let within = match media_type {
                Some(media_type) => target.child("content").child(media_type).child("schema"),
                None => target.child("schema"),
            };
            return matches!(self.target(&within, ObjectKind::Schema), Target::Valid).then_some(within);
        }
        let mut above = here.as_str();
        while let Some((shorter, _)) = above.rsplit_once('/') {
            above = shorter;
            let intended = Pointer::parse(&format!("{above}{target}"));
            if let Target::Valid = self.target(&intended, ObjectKind::Schema) {
                return Some(intended);
            }
        }
        let is_definition =
            ["/definitions/", "/$defs/"].iter().any(|section| target.as_str().starts_with(section));
        let name = target.segments().last().filter(|_| is_definition)?;
        self.component(ObjectKind::Schema, &name)
    }

    /// Checks an entry of a discriminator's `mapping`: the name of a component schema, or a reference.
    fn mapping(&mut self, text: &'a str, at: &Location<'_>) {
        if self.component(ObjectKind::Schema, text).is_some() {
            return;
        }
        if let Reference::Local(target) = Reference::parse(text) {
            if let Target::Valid = self.target(&target, ObjectKind::Schema) {
                self.references.add_target(target, ObjectKind::Schema);
                return;
            }
        }
        let name = text.rsplit('/').next().unwrap_or_default();
        let remedy = match section(ObjectKind::Schema).and_then(|schemas| self.similar_key(&schemas, name)) {
            Some(intended) => format!("write `#{intended}`"),
            None => "map the value to an existing schema, or remove the entry".to_owned(),
        };
        let message = format!("the schema `{text}` does not exist, so the entry is ignored");
        self.report(Code::DanglingMapping, at, message, remedy);
    }

    /// Checks that the security scheme of a security requirement exists.
    fn security(&mut self, name: &'a str, at: &Location<'_>) {
        if self.component(ObjectKind::SecurityScheme, name).is_none() {
            let remedy = match section(ObjectKind::SecurityScheme)
                .and_then(|schemes| self.similar_key(&schemes, name))
            {
                Some(intended) => format!("write `{}`", intended.segments().last().unwrap_or_default()),
                None => "declare it under `components.securitySchemes`".to_owned(),
            };
            self.report(
                Code::UndeclaredSecurity,
                at,
                format!("the security scheme `{name}` is not declared, so no credential is sent for it"),
                remedy,
            );
        }
    }

    fn target(&mut self, target: &Pointer, kind: ObjectKind) -> Target {
        let Some(value) = self.document.pointer(target.as_str()) else { return Target::Missing };
        match shape_at(target) {
            Some(Shape::Object(found) | Shape::OrReference(found)) if found == kind => Target::Valid,
            Some(Shape::OrReference(found)) if is_similar(found, kind) => Target::Similar(found.name()),
            Some(Shape::Object(found) | Shape::OrReference(found)) => Target::Other(found.name()),
            Some(Shape::Map(_)) => Target::Other("a map"),
            Some(Shape::List(_)) => Target::Other("an array"),
            _ if value.is_object() || (kind == ObjectKind::Schema && value.is_boolean()) => {
                self.references.add_outside_target(target, kind);
                Target::Valid
            }
            _ => Target::Other("a plain value"),
        }
    }

    /// Returns the help for a dangling reference.
    fn suggestion(&mut self, target: &Pointer, kind: ObjectKind) -> String {
        let name = target.segments().last().unwrap_or_default();
        let beside = target.as_str().rsplit_once('/').map(|(above, _)| Pointer::parse(above));
        let intended = self
            .component(kind, &name)
            .or_else(|| self.similar_key(&section(kind)?, &name))
            .or_else(|| self.similar_key(&beside?, &name));
        match intended {
            Some(intended) => format!("write `#{intended}`"),
            None => "add the target, or correct the reference".to_owned(),
        }
    }

    /// Returns the location of the key in the object at `above` that is most similar to `name`.
    fn similar_key(&mut self, above: &Pointer, name: &str) -> Option<Pointer> {
        let fields = self.document.pointer(above.as_str())?.as_object()?;
        let intended = self.references.suggestions.closest(name, fields.keys().map(String::as_str));
        intended.map(|intended| above.child(intended))
    }

    /// Returns the location of the component of this kind and name, if it exists.
    fn component(&self, kind: ObjectKind, name: &str) -> Option<Pointer> {
        let location = section(kind)?.child(name);
        self.document.pointer(location.as_str()).map(|_| location)
    }

    fn report(&mut self, code: Code, at: &Location<'_>, message: String, remedy: impl Into<String>) {
        self.diagnostics.report(code, &at.pointer(), message, remedy);
    }
}

/// Returns the location of the section of `components` for a kind of object.
fn section(kind: ObjectKind) -> Option<Pointer> {
    Some(Pointer::root().child("components").child(kind.section()?))
}

/// Returns true if an object of one kind can be read as an object of the other.
fn is_similar(found: ObjectKind, expected: ObjectKind) -> bool {
    matches!(
        (found, expected),
        (ObjectKind::RequestBody, ObjectKind::Response)
            | (ObjectKind::Response, ObjectKind::RequestBody)
            | (ObjectKind::Parameter, ObjectKind::Header)
    )
}

/// The target of a reference, compared with the expected kind of object.
enum Target {
    Valid,
    /// Another kind of object that can be read as the expected one. Holds its name.
    Similar(&'static str),
    Missing,
    /// Anything else. Holds its name.
    Other(&'static str),
}
