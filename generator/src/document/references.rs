//! Every `$ref` of a document, checked before anything is read: it leads somewhere, and to what is expected there.
//!
//! Imports `diagnostics`, `conform`, `cycles`, `grammar`, `moves`, `place`, `reference` and `suggest`.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use serde_json::Value;

use super::conform::conform_at;
use super::cycles;
use super::grammar::{Kind, Shape, shape_at};
use super::moves::Moves;
use super::place::Place;
use super::reference::Reference;
use super::suggest::closest;
use crate::diagnostics::{Code, Diagnostics, Pointer};

/// How often something similar is looked for; a document with more dangling references is missing something as a whole.
const SEARCHES: usize = 50;

/// What the references of a document name, as its owner wrote it.
#[derive(Debug, Default)]
pub(super) struct References {
    /// The places, and what is expected there.
    pub(super) named: BTreeMap<Pointer, BTreeSet<Kind>>,
    /// Those where the grammar expects nothing, inside an `x-` member for instance, or something that is similar.
    pub(super) outside: Vec<(Pointer, Kind)>,
    /// Schemas whose reference leads nowhere, with the place that is meant, if that is certain.
    astray: Vec<(Pointer, Option<Pointer>)>,
}

impl References {
    fn name(&mut self, place: Pointer, kind: Kind) {
        self.named.entry(place).or_default().insert(kind);
    }

    fn name_outside(&mut self, place: &Pointer, kind: Kind) {
        if !self.outside.iter().any(|(other, of)| other == place && *of == kind) {
            self.outside.push((place.clone(), kind));
        }
    }

    /// Schemas that refer to nothing are read as what they certainly mean, or else as any value.
    fn mend(&mut self, document: &mut Value) {
        for (schema, meant) in self.astray.drain(..) {
            let schema = document.pointer_mut(schema.as_str()).and_then(Value::as_object_mut);
            match (schema, meant) {
                (Some(schema), Some(meant)) => schema.insert("$ref".to_owned(), format!("#{meant}").into()),
                (Some(schema), None) => schema.shift_remove("$ref"),
                (None, _) => None,
            };
        }
    }
}

/// Finds and checks the references of a document, parts of which may have been brought from other files.
pub(super) fn check(document: &mut Value, brought: &Moves, diagnostics: &mut Diagnostics) -> References {
    let mut references = References::default();
    let mut scan = Scan::new(document, brought, &mut references, diagnostics);
    scan.walk(document, Shape::Object(Kind::Document), &Place::root());
    references.mend(document);

    // What references alone show to be a schema, or whatever they expect, is checked like the rest, and may refer to
    // more of the same.
    let mut done = 0;
    let mut unheard = Diagnostics::new();
    while let Some((pointer, kind)) = references.outside.get(done).cloned() {
        done += 1;
        let segments: Vec<String> = pointer.segments().collect();
        Place::root().descend(&segments, |at| {
            if let Some(value) = document.pointer_mut(pointer.as_str()) {
                // What is similar has been checked as what it is, and this has been reported already.
                let is_similar = shape_at(&pointer).is_some();
                conform_at(value, kind, at, if is_similar { &mut unheard } else { diagnostics });
            }
            let mut scan = Scan::new(document, brought, &mut references, diagnostics);
            if let Some(value) = document.pointer(pointer.as_str()) {
                scan.walk(value, Shape::OrReference(kind), at);
            }
            references.mend(document);
        });
    }
    cycles::check(document, &references.named, brought, diagnostics);
    references
}

struct Scan<'a> {
    document: &'a Value,
    brought: &'a Moves,
    references: &'a mut References,
    diagnostics: &'a mut Diagnostics,
    /// References that have been found good.
    good: HashSet<(&'a str, Kind)>,
    /// How often something similar has been looked for.
    searches: usize,
}

impl<'a> Scan<'a> {
    fn new(
        document: &'a Value,
        brought: &'a Moves,
        references: &'a mut References,
        diagnostics: &'a mut Diagnostics,
    ) -> Self {
        Self { document, brought, references, diagnostics, good: HashSet::new(), searches: 0 }
    }

    fn walk(&mut self, value: &'a Value, shape: Shape, at: &Place<'_>) {
        match (shape, value) {
            (Shape::Object(kind) | Shape::OrReference(kind), Value::Object(members)) => {
                if let (Shape::OrReference(_), Some(Value::String(reference))) = (shape, members.get("$ref"))
                {
                    self.reference(reference, kind, &at.key("$ref"));
                }
                if let (Kind::Discriminator, Some(Value::Object(mapping))) = (kind, members.get("mapping")) {
                    let at = at.key("mapping");
                    for (key, target) in mapping {
                        self.mapping(target.as_str().unwrap_or_default(), &at.key(key));
                    }
                }
                if kind == Kind::SecurityRequirement {
                    members.keys().for_each(|name| self.security(name, &at.key(name)));
                }
                for (key, member) in members {
                    if let Some(shape) = kind.shape_of(key) {
                        self.walk(member, shape, &at.key(key));
                    }
                }
            }
            (Shape::Map(shape), Value::Object(members)) => {
                members.iter().for_each(|(key, member)| self.walk(member, *shape, &at.key(key)));
            }
            (Shape::List(shape), Value::Array(elements)) => {
                let elements = elements.iter().enumerate();
                elements.for_each(|(index, element)| self.walk(element, *shape, &at.index(index)));
            }
            _ => {}
        }
    }

    fn reference(&mut self, text: &'a str, kind: Kind, at: &Place<'_>) {
        if self.good.contains(&(text, kind)) {
            return;
        }
        match Reference::parse(text) {
            Reference::Here(target) => match self.target(&target, kind) {
                Target::Good => {
                    self.good.insert((text, kind));
                    self.references.name(target, kind);
                }
                // It was there when the files were put together; why it has been left out since, is reported.
                Target::Missing if self.brought.written(&target).file().is_some() => {}
                Target::Missing if kind == Kind::Schema => {
                    self.astray(&format!("`{text}` leads nowhere"), &target, at);
                }
                Target::Missing => {
                    let remedy = self.suggestion(&target, kind);
                    self.report(Code::DanglingReference, at, format!("`{text}` leads nowhere"), remedy);
                }
                Target::Similar(what) => {
                    let message = format!("`{text}` leads to {what}, and is read as {}", kind.name());
                    let remedy = format!("refer to {}", kind.name());
                    self.report(Code::ReinterpretedReference, at, message, remedy);
                    self.references.name_outside(&target, kind);
                    self.references.name(target, kind);
                }
                Target::Other(what) if kind == Kind::Schema => {
                    let said = format!("`{text}` leads to {what}, where a schema should be");
                    self.astray(&said, &target, at);
                }
                Target::Other(what) => {
                    let message = format!("`{text}` leads to {what}, where {} should be", kind.name());
                    self.report(Code::MisplacedReference, at, message, format!("refer to {}", kind.name()));
                }
            },
            // Whatever leads out of the document, or is no place, led nowhere when the files were put together.
            Reference::Anchor(_) | Reference::Elsewhere => {}
        }
    }

    /// A schema that refers to no schema can be read all the same: nothing but its type depends on it.
    fn astray(&mut self, said: &str, target: &Pointer, at: &Place<'_>) {
        let here = at.pointer();
        let schema = here.as_str().strip_suffix("/$ref").map(Pointer::parse);
        // A schema that is nothing but itself says nothing.
        let meant = self.meant(target, &here).filter(|meant| Some(meant) != schema.as_ref());
        let (read_as, remedy) = match &meant {
            Some(meant) => (format!("`#{meant}`"), format!("write `#{meant}`")),
            None if self.document.pointer(target.as_str()).is_some() => {
                ("any value".to_owned(), "refer to a schema".to_owned())
            }
            None => ("any value".to_owned(), self.suggestion(target, Kind::Schema)),
        };
        self.report(Code::DanglingSchema, at, format!("{said}, and is read as {read_as}"), remedy);
        if let Some(meant) = &meant {
            self.references.name(meant.clone(), Kind::Schema);
        }
        self.references.astray.extend(schema.map(|schema| (schema, meant)));
    }

    /// The schema that a reference to none can only mean: that of the JSON at its target; or, in a schema that was
    /// copied from elsewhere, what stands at this place of a schema around it, which brought its own definitions, or
    /// else the component of the same name.
    fn meant(&mut self, target: &Pointer, here: &Pointer) -> Option<Pointer> {
        if let Some(found) = self.document.pointer(target.as_str()) {
            let contents = found.get("content").and_then(Value::as_object);
            let media_type = contents.into_iter().flat_map(|it| it.keys()).find(|name| name.contains("json"));
            let within = match media_type {
                Some(media_type) => target.child("content").child(media_type).child("schema"),
                None => target.child("schema"),
            };
            return matches!(self.target(&within, Kind::Schema), Target::Good).then_some(within);
        }
        let mut above = here.as_str();
        while let Some((shorter, _)) = above.rsplit_once('/') {
            above = shorter;
            let meant = Pointer::parse(&format!("{above}{target}"));
            if let Target::Good = self.target(&meant, Kind::Schema) {
                return Some(meant);
            }
        }
        let is_definition =
            ["/definitions/", "/$defs/"].iter().any(|section| target.as_str().starts_with(section));
        let name = target.segments().last().filter(|_| is_definition)?;
        self.component(Kind::Schema, &name)
    }

    /// A discriminator names schemas by their names or like references.
    fn mapping(&mut self, text: &'a str, at: &Place<'_>) {
        if self.component(Kind::Schema, text).is_some() {
            return;
        }
        if let Reference::Here(target) = Reference::parse(text) {
            if let Target::Good = self.target(&target, Kind::Schema) {
                self.references.name(target, Kind::Schema);
                return;
            }
        }
        let name = text.rsplit('/').next().unwrap_or_default();
        let remedy = match section(Kind::Schema).and_then(|schemas| self.similar(&schemas, name)) {
            Some(meant) => format!("did you mean `#{meant}`?"),
            None => "name a schema of the document, or remove the entry".to_owned(),
        };
        self.report(Code::DanglingMapping, at, format!("there is no schema `{text}`"), remedy);
    }

    /// A security requirement names security schemes.
    fn security(&mut self, name: &'a str, at: &Place<'_>) {
        if self.component(Kind::SecurityScheme, name).is_none() {
            let remedy = match section(Kind::SecurityScheme).and_then(|schemes| self.similar(&schemes, name))
            {
                Some(meant) => format!("did you mean `{}`?", meant.segments().last().unwrap_or_default()),
                None => "describe it under `components.securitySchemes`".to_owned(),
            };
            self.report(
                Code::UndeclaredSecurity,
                at,
                format!("there is no security scheme `{name}`"),
                remedy,
            );
        }
    }

    fn target(&mut self, target: &Pointer, kind: Kind) -> Target {
        let Some(value) = self.document.pointer(target.as_str()) else { return Target::Missing };
        match shape_at(target) {
            Some(Shape::Object(found) | Shape::OrReference(found)) if found == kind => Target::Good,
            Some(Shape::OrReference(found)) if is_similar(found, kind) => Target::Similar(found.name()),
            Some(Shape::Object(found) | Shape::OrReference(found)) => Target::Other(found.name()),
            Some(Shape::Map(_)) => Target::Other("a collection"),
            Some(Shape::List(_)) => Target::Other("a list"),
            _ if value.is_object() || (kind == Kind::Schema && value.is_boolean()) => {
                self.references.name_outside(target, kind);
                Target::Good
            }
            _ => Target::Other("a plain value"),
        }
    }

    /// What may have been meant by a reference that leads nowhere.
    fn suggestion(&mut self, target: &Pointer, kind: Kind) -> String {
        let name = target.segments().last().unwrap_or_default();
        let beside = target.as_str().rsplit_once('/').map(|(above, _)| Pointer::parse(above));
        let meant = self
            .component(kind, &name)
            .or_else(|| self.similar(&section(kind)?, &name))
            .or_else(|| self.similar(&beside?, &name));
        match meant {
            Some(meant) => format!("did you mean `#{meant}`?"),
            None => "add what it names, or refer to something that is there".to_owned(),
        }
    }

    /// The member of the object at `above` that `name` may be a slip of.
    fn similar(&mut self, above: &Pointer, name: &str) -> Option<Pointer> {
        self.searches += 1;
        let members =
            self.document.pointer(above.as_str())?.as_object().filter(|_| self.searches <= SEARCHES)?;
        closest(name, members.keys().map(String::as_str)).map(|meant| above.child(meant))
    }

    /// The place of the component of this kind and name, if there is one.
    fn component(&self, kind: Kind, name: &str) -> Option<Pointer> {
        let place = section(kind)?.child(name);
        self.document.pointer(place.as_str()).map(|_| place)
    }

    fn report(&mut self, code: Code, at: &Place<'_>, message: String, remedy: impl Into<String>) {
        self.diagnostics.report(code, &at.pointer(), message, remedy);
    }
}

/// Where the components of a kind stand.
fn section(kind: Kind) -> Option<Pointer> {
    Some(Pointer::root().child("components").child(kind.section()?))
}

/// Whether an object of one kind can be read as one of the other.
fn is_similar(found: Kind, expected: Kind) -> bool {
    matches!(
        (found, expected),
        (Kind::RequestBody, Kind::Response)
            | (Kind::Response, Kind::RequestBody)
            | (Kind::Parameter, Kind::Header)
    )
}

/// What a reference leads to.
enum Target {
    Good,
    /// Another kind of object, which can be read as what is expected.
    Similar(&'static str),
    Missing,
    Other(&'static str),
}
