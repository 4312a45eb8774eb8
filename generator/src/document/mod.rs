//! Turns the text of a document into `openapiv3::OpenAPI` in the dialect of 3.0, and resolves references.
//!
//! The stages, in the order in which they run:
//!
//! ```text
//! text        parses YAML or JSON into an untyped value
//! version     checks that the value is an OpenAPI 3.0, 3.1 or 3.2 document
//! wrong_kind  reads references to a schema where an object with a schema is expected
//! bundle      imports the targets of references to other files into `components`
//! templates   copies the schemas that `$dynamicRef` specializes
//! conform     checks every value against the grammar; repairs or removes invalid values
//! references  checks that every `$ref` has a target of the right kind
//! paths       checks that paths, parameters and operation ids are consistent
//! text_examples  reads examples that are JSON written as text
//! streams     replaces `itemSchema` by a `schema` that is an array of the items
//! dialect     rewrites 3.1, and mixtures of versions, to 3.0
//! reader      converts the value to the types of `openapiv3`
//! resolve     looks up the target of a `$ref` when `lower` needs it
//! ```
//!
//! All faults of the document itself are reported here, each at the location where its author wrote it, so
//! `lower` can rely on a loaded document. Imports `diagnostics`.

mod bundle;
mod conform;
mod cycles;
mod dialect;
mod grammar;
mod graph;
mod location;
mod moves;
mod other_formats;
mod overlay;
mod path_item;
mod paths;
mod reader;
mod reference;
mod references;
mod resolve;
mod streams;
mod templates;
mod text;
mod text_examples;
mod value;
mod version;
mod walk;
mod wrong_kind;

use std::collections::BTreeMap;

use indexmap::IndexMap;
use indexmap::map::Entry;
use openapiv3::{Header, Info, OpenAPI, ParameterData, ReferenceOr, Schema, SchemaKind, SecurityScheme};
use serde_json::{Map, Value, json};

pub(crate) use self::grammar::{ObjectKind, Shape};
pub(crate) use self::graph::{Edge, SchemaGraph, SchemaId};
use self::location::Location;
use self::moves::Moves;
pub(crate) use self::path_item::{Method, PathItem};
pub(crate) use self::reader::Callback;
use self::reader::{Callbacks, Reader};
use self::references::References;
use self::resolve::OtherTargets;
use crate::diagnostics::{Code, Diagnostics, Pointer, Sources};

/// A document that can be lowered.
#[derive(Debug)]
pub(crate) struct Document {
    /// The document without its paths.
    openapi: OpenAPI,
    paths: IndexMap<String, ReferenceOr<PathItem>>,
    webhooks: IndexMap<String, ReferenceOr<PathItem>>,
    callbacks: BTreeMap<Pointer, Callbacks>,
    other_targets: OtherTargets,
    /// Paths to which a slash was added.
    slashed: Moves,
    /// Responses whose status range is written in capitals now.
    statuses: Moves,
    /// Values that the dialect moved within the document.
    moves: Moves,
    /// Schemas of the items of streams.
    streamed: Moves,
    /// Values that the repair of the document moved.
    conformed: Moves,
    /// Values imported from other files.
    imported: Moves,
    /// The values of overlays.
    overlaid: Moves,
    /// The name of the file with the document.
    file_name: String,
}

impl Document {
    /// Reads a document, or returns `None` and adds at least one error to `diagnostics`.
    ///
    /// `overlays` are paths of overlays in the folder of the document, which change it before it is read.
    pub(crate) fn load(
        sources: &Sources<'_>,
        overlays: &[String],
        diagnostics: &mut Diagnostics,
    ) -> Option<Self> {
        let mut found = Diagnostics::new();
        let document = Self::load_overlaid(sources, overlays, &mut found);
        let is_sound = !found.has_errors();
        diagnostics.extend(found);
        document.filter(|_| is_sound)
    }

    fn load_overlaid(
        sources: &Sources<'_>,
        overlays: &[String],
        diagnostics: &mut Diagnostics,
    ) -> Option<Self> {
        let value = text::parse(sources.document.text, diagnostics)?;
        let (value, overlaid) = overlay::apply(value, overlays, sources, diagnostics);
        let mut found = Diagnostics::new();
        let document = Self::load_bundled(value, sources, &mut found);
        diagnostics.extend_at(found, |at| overlaid.original(at));
        Some(Self { overlaid, file_name: sources.file_name().to_owned(), ..document? })
    }

    fn load_bundled(value: Value, sources: &Sources<'_>, diagnostics: &mut Diagnostics) -> Option<Self> {
        let mut fields = version::identify(value, diagnostics)?;
        wrong_kind::rewrite(&mut fields, diagnostics);
        let (mut fields, mut imported) = bundle::bundle(fields, sources, diagnostics);
        templates::bind(&mut fields, &mut imported);
        let mut found = Diagnostics::new();
        let document = Self::read(fields, &imported, &mut found);
        diagnostics.extend_at(found, |at| imported.original(at));
        Some(Self { imported, ..document? })
    }

    fn read(mut fields: Map<String, Value>, imported: &Moves, diagnostics: &mut Diagnostics) -> Option<Self> {
        let conformed = conform::conform(&mut fields, diagnostics);
        let mut found = Diagnostics::new();
        let document = Self::read_conformed(fields, imported, &mut found);
        diagnostics.extend_at(found, |at| conformed.original(at));
        Some(Self { conformed, ..document? })
    }

    fn read_conformed(
        fields: Map<String, Value>,
        imported: &Moves,
        diagnostics: &mut Diagnostics,
    ) -> Option<Self> {
        let mut value = Value::Object(fields);
        let references = references::check(&mut value, imported, diagnostics);
        if diagnostics.iter().any(|found| found.code == Code::CircularReference) {
            // The following stages follow references and would not terminate.
            return None;
        }
        paths::check(&mut value, imported, diagnostics);
        text_examples::rewrite(&mut value, &references);
        let streamed = streams::rewrite(&mut value, &references, diagnostics);
        let mut found = Diagnostics::new();
        let document = Self::read_rewritten(value, &references, &mut found);
        diagnostics.extend_at(found, |at| streamed.original(at));
        Some(Self { streamed, ..document? })
    }

    fn read_rewritten(
        mut value: Value,
        references: &References,
        diagnostics: &mut Diagnostics,
    ) -> Option<Self> {
        let moves = dialect::rewrite(&mut value, references, diagnostics);
        let mut reader = Reader { diagnostics, callbacks: BTreeMap::new(), statuses: Moves::default() };
        let mut other_targets = OtherTargets::default();
        for (original, kinds) in &references.targets {
            let at = moves.target(original.clone());
            kinds.iter().for_each(|kind| other_targets.add(&value, *kind, &at, &mut reader));
        }
        let Value::Object(mut fields) = value else { return None };
        let root = Location::root();
        let webhooks = reader.map(fields.shift_remove("webhooks"), &root.key("webhooks"));
        let (openapi, paths) = reader.document(fields, &root)?;
        let Reader { callbacks, statuses, .. } = reader;
        let mut document = Self {
            openapi,
            paths,
            webhooks,
            callbacks,
            other_targets,
            slashed: Moves::default(),
            statuses,
            moves,
            streamed: Moves::default(),
            conformed: Moves::default(),
            imported: Moves::default(),
            overlaid: Moves::default(),
            file_name: String::new(),
        };
        document.add_slashes(diagnostics);
        Some(document)
    }

    /// Adds the leading slash to paths that lack it, and merges paths that then are equal.
    fn add_slashes(&mut self, diagnostics: &mut Diagnostics) {
        let paths = &mut self.paths;
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
                    format!("the path `{path}` does not begin with `/`, so `{slashed}` is used"),
                    format!("write `{slashed}`"),
                );
            }
            match paths.entry(slashed) {
                Entry::Vacant(entry) => {
                    if *entry.key() != path {
                        let (slashed, written) = (at.child(entry.key()), at.child(&path));
                        move_callbacks(&mut self.callbacks, &written, &slashed);
                        self.slashed.moved_tree(slashed, written);
                    }
                    entry.insert(item);
                }
                Entry::Occupied(mut entry) => {
                    let (slashed, at) = (at.child(entry.key()), at.child(&path));
                    let rejected =
                        merge_path_items(entry.get_mut(), item, &mut self.slashed, (&slashed, &at));
                    for rejected in rejected {
                        let method = rejected.segments().last().unwrap_or_default();
                        self.callbacks.retain(|at, _| *at != rejected && !at.is_inside(&rejected));
                        diagnostics.report(
                            Code::PathWithoutSlash,
                            &rejected,
                            format!(
                                "`{method}` conflicts with a path that differs only in the leading `/`, so it is ignored"
                            ),
                            "describe the operations of both paths under one path",
                        );
                    }
                    move_callbacks(&mut self.callbacks, &at, &slashed);
                }
            }
        }
    }

    /// Returns the name of the file with the document.
    pub(crate) fn file_name(&self) -> &str {
        &self.file_name
    }

    /// Returns the document without its paths, in the dialect of 3.0.
    pub(crate) fn openapi(&self) -> &OpenAPI {
        &self.openapi
    }

    /// Returns the paths.
    pub(crate) fn paths(&self) -> &IndexMap<String, ReferenceOr<PathItem>> {
        &self.paths
    }

    /// Returns the document as JSON.
    pub(crate) fn to_value(&self) -> Value {
        // A document that was deserialized can be serialized, so the default is never used.
        let mut value = serde_json::to_value(&self.openapi).unwrap_or_default();
        if let Value::Object(fields) = &mut value {
            let items = self.paths.iter().map(|(path, item)| {
                let item = match item {
                    ReferenceOr::Item(item) => item.to_value(),
                    ReferenceOr::Reference { reference } => json!({ "$ref": reference }),
                };
                (path.clone(), item)
            });
            fields.insert("paths".to_owned(), Value::Object(items.collect()));
        }
        value
    }

    /// Returns the webhooks of a 3.1 document.
    pub(crate) fn webhooks(&self) -> &IndexMap<String, ReferenceOr<PathItem>> {
        &self.webhooks
    }

    /// Returns the callbacks of the operation at `at`.
    pub(crate) fn callbacks(&self, at: &Pointer) -> impl Iterator<Item = (&String, &ReferenceOr<Callback>)> {
        self.callbacks.get(at).into_iter().flatten()
    }

    /// Returns the location where the author wrote the value that is now at `at`. Diagnostics use this
    /// location.
    pub(crate) fn original(&self, at: &Pointer) -> Pointer {
        // The last change comes first.
        let layers = [
            &self.slashed,
            &self.statuses,
            &self.moves,
            &self.streamed,
            &self.conformed,
            &self.imported,
            &self.overlaid,
        ];
        layers.into_iter().fold(at.clone(), |at, moves| moves.original(&at))
    }

    /// Returns the locations in overlays that change values of the document, by the original locations of these values.
    pub(crate) fn corrections(&self) -> BTreeMap<Pointer, Pointer> {
        overlay::corrections(&self.overlaid)
    }
}

/// Parses YAML or JSON without checking that it is an OpenAPI document.
pub(crate) fn read(text: &str, diagnostics: &mut Diagnostics) -> Option<Value> {
    text::parse(text, diagnostics)
}

/// Returns true if a schema allows only null.
pub(crate) fn is_only_null(schema: &Schema) -> bool {
    matches!(&schema.schema_kind, SchemaKind::Any(any) if any.enumeration == [Value::Null])
}

/// Returns true if a schema allows no value. The document writes it as `false`.
pub(crate) fn is_never(schema: &Schema) -> bool {
    let SchemaKind::Not { not } = &schema.schema_kind else { return false };
    matches!(&**not, ReferenceOr::Item(Schema { schema_kind: SchemaKind::Any(any), .. }) if *any == Default::default())
}

/// Returns the SPDX expression of the API's license, if it is valid.
pub(crate) fn license_identifier(info: &Info) -> Option<&str> {
    let identifier = info.license.as_ref()?.extensions.get(reader::LICENSE_IDENTIFIER)?.as_str()?;
    spdx::Expression::parse(identifier).is_ok().then_some(identifier)
}

/// Returns true if a header has `explode: true`: it writes an object as `key=value` pairs.
pub(crate) fn is_exploded(header: &Header) -> bool {
    header.extensions.get(reader::EXPLODE) == Some(&Value::Bool(true))
}

/// Returns true if a query parameter is the whole query string.
pub(crate) fn is_query_string(parameter: &ParameterData) -> bool {
    parameter.extensions.contains_key(reader::QUERY_STRING)
}

/// Returns true if a path parameter or a cookie has `allowReserved`.
pub(crate) fn allows_reserved(parameter: &ParameterData) -> bool {
    parameter.extensions.get(reader::ALLOW_RESERVED) == Some(&Value::Bool(true))
}

/// Returns true if a cookie has the style `cookie`: its value is not percent-encoded.
pub(crate) fn has_cookie_style(parameter: &ParameterData) -> bool {
    parameter.extensions.contains_key(reader::COOKIE_STYLE)
}

/// Returns the type of a security scheme that OpenAPI does not have, or that has no credentials in a request.
pub(crate) fn other_scheme_type(scheme: &SecurityScheme) -> Option<&str> {
    let SecurityScheme::HTTP { extensions, .. } = scheme else { return None };
    extensions.get(reader::OTHER_SCHEME)?.as_str()
}

/// Returns the element schemas of a tuple, which `dialect` writes as a marked `oneOf` in `items`.
pub(crate) fn tuple_elements(items: &ReferenceOr<Box<Schema>>) -> Option<&[ReferenceOr<Schema>]> {
    let items = items.as_item().filter(|items| items.schema_data.extensions.contains_key(dialect::TUPLE))?;
    match &items.schema_kind {
        SchemaKind::OneOf { one_of } => Some(one_of),
        _ => None,
    }
}

/// Returns true if a schema had keywords without an equivalent in the dialect of 3.0, so that it allows more values here.
pub(crate) fn is_read_partly(schema: &Schema) -> bool {
    let extensions = &schema.schema_data.extensions;
    [grammar::READ_PARTLY, dialect::DEPENDENT_REQUIRED, "x-prefix-items"]
        .iter()
        .any(|mark| extensions.contains_key(*mark))
}

/// Iterates over `dependentRequired` of a schema: a property, and the properties that are required beside it.
pub(crate) fn dependent_required(schema: &Schema) -> impl Iterator<Item = (&str, Vec<&str>)> {
    let listed = schema.schema_data.extensions.get(dialect::DEPENDENT_REQUIRED).and_then(Value::as_object);
    listed.into_iter().flatten().filter_map(|(name, required)| {
        Some((name.as_str(), required.as_array()?.iter().filter_map(Value::as_str).collect()))
    })
}

/// Moves the callbacks of the operations of a path to another path.
fn move_callbacks(callbacks: &mut BTreeMap<Pointer, Callbacks>, from: &Pointer, to: &Pointer) {
    let inside = callbacks.range(from.child("")..).map(|(at, _)| at.clone());
    let inside: Vec<Pointer> = inside.take_while(|at| at.is_inside(from)).collect();
    for at in inside {
        if let Some(moved) = callbacks.remove(&at) {
            callbacks.insert(to.join(&at.as_str()[from.as_str().len()..]), moved);
        }
    }
}

/// Adds the operations of one path item to another for the same path, and returns the keys of the methods that
/// cannot be added.
///
/// A method is not added if the other path item has an operation for it. No method is added if one of the two
/// has `parameters` or `servers`, since these would then apply to the operations of both.
fn merge_path_items(
    into: &mut ReferenceOr<PathItem>,
    from: ReferenceOr<PathItem>,
    moves: &mut Moves,
    (at, original): (&Pointer, &Pointer),
) -> Vec<Pointer> {
    let has_only_operations = |item: &PathItem| item.parameters.is_empty() && item.servers.is_empty();
    let Some(from) = from.into_item() else { return vec![original.child("$ref")] };
    let into = match into {
        ReferenceOr::Item(into) if has_only_operations(into) && has_only_operations(&from) => into,
        _ => return from.iter().map(|(method, _)| method.location(original)).collect(),
    };
    let mut rejected = Vec::new();
    for (method, operation) in from.operations {
        if into.operations.iter().any(|(known, _)| *known == method) {
            rejected.push(method.location(original));
        } else {
            moves.moved_tree(method.location(at), method.location(original));
            into.operations.push((method, operation));
        }
    }
    into.operations.sort_by_key(|(method, _)| method.position());
    rejected
}

#[cfg(test)]
mod tests;
