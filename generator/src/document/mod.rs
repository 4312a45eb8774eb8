//! Text -> one dialect -> `openapiv3::OpenAPI`, with references that resolve when asked.
//!
//! ```text
//! text        YAML or JSON -> an untyped value
//! version     it is OpenAPI 3.0 or 3.1
//! bundle      what it refers to in other files is among its components
//! conform     every value is what OpenAPI says, or has been repaired or left out
//! references  every `$ref` leads somewhere
//! paths       parameters, ids and paths agree with each other
//! dialect     3.1 and mixtures -> 3.0
//! reader      the value -> the types of `openapiv3`
//! resolve     what a `$ref` names
//! ```
//!
//! Whatever is wrong with a document is found here, all of it, and reported where its owner wrote it; lowering may
//! rely on what is loaded. Imports `diagnostics`.

mod bundle;
mod conform;
mod cycles;
mod dialect;
mod grammar;
mod moves;
mod paths;
mod place;
mod reader;
mod reference;
mod references;
mod resolve;
mod suggest;
mod text;
mod value;
mod version;

use std::collections::BTreeMap;

use indexmap::IndexMap;
use indexmap::map::Entry;
use openapiv3::{Header, OpenAPI, Operation, PathItem, ReferenceOr, Schema, SchemaKind};
use serde_json::{Map, Value};

pub(crate) use self::grammar::{Kind, Shape};
use self::moves::Moves;
use self::place::Place;
pub(crate) use self::reader::Callback;
use self::reader::{Callbacks, Reader};
use self::resolve::Elsewhere;
use crate::diagnostics::{Code, Diagnostics, Pointer, Sources};

/// A document that can be lowered.
#[derive(Debug)]
pub(crate) struct Document {
    openapi: OpenAPI,
    webhooks: IndexMap<String, ReferenceOr<PathItem>>,
    callbacks: BTreeMap<Pointer, Callbacks>,
    elsewhere: Elsewhere,
    /// What the dialect has moved within the document.
    moves: Moves,
    /// What has come from other files.
    brought: Moves,
}

impl Document {
    /// Reads a document; none when there is an error in it, and `diagnostics` says which.
    pub(crate) fn load(sources: &Sources<'_>, diagnostics: &mut Diagnostics) -> Option<Self> {
        let mut found = Diagnostics::new();
        let document = Self::bundled(sources, &mut found);
        let is_sound = !found.has_errors();
        diagnostics.extend(found);
        document.filter(|_| is_sound)
    }

    fn bundled(sources: &Sources<'_>, diagnostics: &mut Diagnostics) -> Option<Self> {
        let value = text::parse(sources.document.text, diagnostics)?;
        let members = version::identify(value, diagnostics)?;
        let (members, brought) = bundle::bundle(members, sources, diagnostics);
        let mut found = Diagnostics::new();
        let document = Self::read(members, &brought, &mut found);
        diagnostics.extend_at(found, |at| brought.written(at));
        Some(Self { brought, ..document? })
    }

    fn read(mut members: Map<String, Value>, brought: &Moves, diagnostics: &mut Diagnostics) -> Option<Self> {
        conform::conform(&mut members, diagnostics);
        let mut value = Value::Object(members);
        let references = references::check(&mut value, brought, diagnostics);
        if diagnostics.iter().any(|found| found.code == Code::CircularReference) {
            // From here on references are followed.
            return None;
        }
        paths::check(&mut value, brought, diagnostics);
        let moves = dialect::rewrite(&mut value, &references, diagnostics);

        let mut reader = Reader { diagnostics, callbacks: BTreeMap::new() };
        let mut elsewhere = Elsewhere::default();
        for (written, kinds) in &references.named {
            let at = moves.target(written.clone());
            kinds.iter().for_each(|kind| elsewhere.add(&value, *kind, &at, &mut reader));
        }
        let Value::Object(mut members) = value else { return None };
        let root = Place::root();
        let webhooks = reader.map(members.shift_remove("webhooks"), &root.key("webhooks"));
        let openapi = reader.document(members, &root)?;
        let callbacks = reader.callbacks;
        let mut document = Self { openapi, webhooks, callbacks, elsewhere, moves, brought: Moves::default() };
        document.add_slashes(diagnostics);
        Some(document)
    }

    /// A path begins with a slash.
    fn add_slashes(&mut self, diagnostics: &mut Diagnostics) {
        let paths = &mut self.openapi.paths.paths;
        if paths.keys().all(|path| path.starts_with('/')) {
            return;
        }
        let at = Pointer::root().child("paths");
        for (path, item) in std::mem::take(paths) {
            let slashed = if path.starts_with('/') { path.clone() } else { format!("/{path}") };
            if slashed != path {
                diagnostics.report(
                    Code::PathWithoutSlash,
                    &at.child(&path),
                    format!("the path `{path}` does not begin with a slash"),
                    format!("write `{slashed}`"),
                );
            }
            match paths.entry(slashed) {
                Entry::Vacant(entry) => {
                    if *entry.key() != path {
                        self.moves.moved_tree(at.child(entry.key()), at.child(&path));
                    }
                    entry.insert(item);
                }
                Entry::Occupied(mut entry) => {
                    let (slashed, at) = (at.child(entry.key()), at.child(&path));
                    for method in join(entry.get_mut(), item, &mut self.moves, (&slashed, &at)) {
                        diagnostics.report(
                            Code::PathWithoutSlash,
                            &at.child(method),
                            format!("`{method}` stands under a path that differs by its slash only, and is left out"),
                            "describe the operations of both under one path",
                        );
                    }
                }
            }
        }
    }

    /// The document in the shape of 3.0.
    pub(crate) fn openapi(&self) -> &OpenAPI {
        &self.openapi
    }

    /// The webhooks of a 3.1 document.
    pub(crate) fn webhooks(&self) -> &IndexMap<String, ReferenceOr<PathItem>> {
        &self.webhooks
    }

    /// The callbacks of the operation at `at`.
    pub(crate) fn callbacks(&self, at: &Pointer) -> impl Iterator<Item = (&String, &ReferenceOr<Callback>)> {
        self.callbacks.get(at).into_iter().flatten()
    }

    /// Where the owner wrote what now stands at `at`: the place that a diagnostic names.
    pub(crate) fn written(&self, at: &Pointer) -> Pointer {
        self.brought.written(&self.moves.written(at))
    }
}

/// Reads the YAML or JSON of a text, whatever it is about.
pub(crate) fn read(text: &str, diagnostics: &mut Diagnostics) -> Option<Value> {
    text::parse(text, diagnostics)
}

/// Whether a schema allows nothing but null.
pub(crate) fn is_only_null(schema: &Schema) -> bool {
    matches!(&schema.schema_kind, SchemaKind::Any(any) if any.enumeration == [Value::Null])
}

/// Whether a schema allows nothing at all: `false` in the document.
pub(crate) fn is_never(schema: &Schema) -> bool {
    let SchemaKind::Not { not } = &schema.schema_kind else { return false };
    matches!(&**not, ReferenceOr::Item(Schema { schema_kind: SchemaKind::Any(any), .. }) if *any == Default::default())
}

/// Whether the members of an object stand apart from one another in a header.
pub(crate) fn is_exploded(header: &Header) -> bool {
    header.extensions.get(reader::EXPLODE) == Some(&Value::Bool(true))
}

/// The places of a tuple, which stand as the alternatives of what a list holds.
pub(crate) fn tuple_places(items: &ReferenceOr<Box<Schema>>) -> Option<&[ReferenceOr<Schema>]> {
    let items = items.as_item().filter(|items| items.schema_data.extensions.contains_key(dialect::TUPLE))?;
    match &items.schema_kind {
        SchemaKind::OneOf { one_of } => Some(one_of),
        _ => None,
    }
}

/// Adds the operations of one path item to another that stands for the same path; gives the methods of those that find no
/// room there. What the other says of all of its own operations would be said of these as well, so that leaves no room.
fn join(
    into: &mut ReferenceOr<PathItem>,
    from: ReferenceOr<PathItem>,
    moves: &mut Moves,
    (at, written): (&Pointer, &Pointer),
) -> Vec<&'static str> {
    let says_nothing = |item: &PathItem| item.parameters.is_empty() && item.servers.is_empty();
    let Some(mut from) = from.into_item() else { return vec!["$ref"] };
    let into = match into {
        ReferenceOr::Item(into) if says_nothing(into) && says_nothing(&from) => into,
        _ => {
            let operations = methods(&mut from).into_iter().filter(|(_, operation)| operation.is_some());
            return operations.map(|(method, _)| method).collect();
        }
    };
    let mut left_out = Vec::new();
    for ((method, place), (_, operation)) in methods(into).into_iter().zip(methods(&mut from)) {
        let Some(operation) = operation.take() else { continue };
        if place.is_some() {
            left_out.push(method);
        } else {
            *place = Some(operation);
            moves.moved_tree(at.child(method), written.child(method));
        }
    }
    left_out
}

fn methods(item: &mut PathItem) -> [(&'static str, &mut Option<Operation>); 8] {
    [
        ("get", &mut item.get),
        ("put", &mut item.put),
        ("post", &mut item.post),
        ("delete", &mut item.delete),
        ("options", &mut item.options),
        ("head", &mut item.head),
        ("patch", &mut item.patch),
        ("trace", &mut item.trace),
    ]
}

#[cfg(test)]
mod tests;
