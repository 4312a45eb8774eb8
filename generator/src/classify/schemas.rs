//! The schemas of a document, with the facts that need their parts followed: the parts of `allOf`, nullability, and
//! the schemas that extend another one.
//!
//! Each fact is computed once for every schema, from the inside out, so that no question about a schema follows
//! references again.

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use openapiv3::{ReferenceOr, Schema};

use super::custom_types::{CustomTypes, PropertyPlaces};
use super::keywords::Keywords;
use super::nullability;
use super::parts::{self, Parts, SchemaPart};
use crate::config::Config;
use crate::diagnostics::Pointer;
use crate::document::{Document, Edge, SchemaGraph, SchemaId, tuple_elements};
use crate::ir::{CustomType, MatchRule};

/// All schemas of a document, with the facts about them.
#[derive(Debug)]
pub(crate) struct Schemas<'a> {
    pub(crate) document: &'a Document,
    pub(crate) config: &'a Config,
    graph: SchemaGraph<'a>,
    keywords: Vec<Keywords<'a>>,
    parts: Vec<Parts<'a>>,
    /// For each schema, true if it allows null.
    nullable: Vec<bool>,
    /// For each schema, the component schemas that extend it directly, by `allOf`.
    subschemas: Vec<Vec<SchemaId>>,
    /// The match rules of inner schemas by depth, computed on demand.
    inner_rules: RefCell<HashMap<(SchemaId, usize), InnerRules>>,
    custom_types: CustomTypes,
}

/// The match rules of a schema inside another one.
pub(super) type InnerRules = Rc<[MatchRule]>;

/// A schema where it is written: inside another schema or in an operation.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Entry {
    pub(crate) id: SchemaId,
    /// True if a reference is written there.
    pub(crate) is_reference: bool,
}

impl<'a> Schemas<'a> {
    /// Reads all schemas of a document.
    pub(crate) fn new(document: &'a Document, config: &'a Config) -> Self {
        let graph = SchemaGraph::new(document);
        let keywords: Vec<Keywords<'a>> = graph.iter().map(|(_, node)| Keywords::of(node.schema)).collect();
        let unions = parts::unions_of_alternatives(&graph);
        let parts = parts::of_all(&graph, &keywords, &unions);
        let nullable = nullability::of_all(&graph, &keywords, config);
        let subschemas = parts::subschemas(&graph);
        let custom_types = CustomTypes::new(document, &graph, (&keywords, &parts), &config.types);
        let inner_rules = RefCell::default();
        Self { document, config, graph, keywords, parts, nullable, subschemas, inner_rules, custom_types }
    }

    /// Returns the schema that is written at a location. For a reference, this is the schema that it leads to.
    pub(crate) fn find(&self, at: &Pointer) -> Option<SchemaId> {
        self.graph.at(at)
    }

    /// Returns the schema that a reference leads to.
    pub(crate) fn resolve(&self, reference: &str) -> Option<SchemaId> {
        self.graph.at(&self.document.target(reference)?)
    }

    pub(crate) fn schema(&self, id: SchemaId) -> &'a Schema {
        self.graph[id].schema
    }

    /// Returns the keywords of a schema, without the keywords of its parts.
    pub(crate) fn keywords(&self, id: SchemaId) -> &Keywords<'a> {
        &self.keywords[id.index()]
    }

    /// Returns the location where a schema is written.
    pub(crate) fn at(&self, id: SchemaId) -> &Pointer {
        &self.graph[id].at
    }

    /// Returns the component schema that a schema is, or is part of.
    pub(crate) fn component(&self, id: SchemaId) -> Option<SchemaId> {
        self.graph[id].component
    }

    /// Returns the type that codegen.toml gives to a schema.
    pub(super) fn custom_type(&self, id: SchemaId) -> Option<&CustomType> {
        self.custom_types.of_schema(id)
    }

    /// Returns the type that codegen.toml gives to the property at a location.
    pub(crate) fn custom_type_of_property(&self, at: &Pointer) -> Option<&CustomType> {
        self.custom_types.of_property(at)
    }

    /// Returns the locations of a property of a schema.
    pub(crate) fn places_of_property(&self, id: SchemaId, name: &str) -> PropertyPlaces {
        PropertyPlaces::of(self.parts(id), self.at(id), name)
    }

    /// Returns the formats of the document, if codegen.toml gives some format a type.
    pub(crate) fn formats(&self) -> &HashSet<String> {
        self.custom_types.formats()
    }

    pub(crate) fn parts(&self, id: SchemaId) -> &Parts<'a> {
        &self.parts[id.index()]
    }

    /// Returns the parts of the schema that is written at a location.
    pub(crate) fn parts_at(&self, at: &Pointer) -> Parts<'a> {
        self.find(at).map(|id| self.parts(id).clone()).unwrap_or_default()
    }

    /// Returns true if a schema allows null.
    pub(crate) fn allows_null(&self, id: SchemaId) -> bool {
        self.nullable[id.index()]
    }

    /// Returns the component schemas that extend a schema directly.
    pub(crate) fn direct_subschemas(&self, id: SchemaId) -> &[SchemaId] {
        &self.subschemas[id.index()]
    }

    /// Returns the match rules of a schema at a depth, if they are known.
    pub(super) fn known_rules(&self, id: SchemaId, depth: usize) -> Option<InnerRules> {
        self.inner_rules.borrow().get(&(id, depth)).cloned()
    }

    /// Remembers the match rules of a schema at a depth.
    pub(super) fn remember_rules(&self, id: SchemaId, depth: usize, rules: &InnerRules) {
        self.inner_rules.borrow_mut().insert((id, depth), rules.clone());
    }

    /// Iterates over the entries of `allOf`. A reference without a target is `None`.
    pub(crate) fn all_of(&self, id: SchemaId) -> impl Iterator<Item = Option<Entry>> + '_ {
        self.graph[id].all_of.iter().copied().map(entry)
    }

    /// Returns the alternatives of a union, without references that have no target.
    pub(crate) fn alternatives(&self, union: &SchemaPart<'a>) -> Vec<WrittenSchema<'a>> {
        let (written, place) = union.keywords.alternatives_at(&union.at);
        let alternatives = entries(self.alternative_edges(union)).filter_map(|(index, entry)| {
            Some(WrittenSchema { schema: written.get(index)?, at: place.index(index), id: entry.id })
        });
        alternatives.collect()
    }

    /// Iterates over the schemas of the alternatives of a union, in document order.
    pub(crate) fn alternative_ids(&self, union: &SchemaPart<'a>) -> impl Iterator<Item = SchemaId> + '_ {
        self.alternative_edges(union).iter().filter_map(|edge| edge.to)
    }

    /// Returns the alternatives of `oneOf` and of `anyOf`, unless a reference among them has no target.
    pub(crate) fn unions(&self, id: SchemaId) -> Vec<Vec<SchemaId>> {
        let node = &self.graph[id];
        let written = [&node.one_of, &node.any_of].into_iter().filter(|edges| !edges.is_empty());
        written.filter_map(|edges| edges.iter().map(|edge| edge.to).collect()).collect()
    }

    /// Returns the edges of the union of a part, which may lack the union of its schema.
    fn alternative_edges(&self, union: &SchemaPart<'a>) -> &[Edge] {
        let node = &self.graph[union.id];
        match (union.keywords.one_of, union.keywords.any_of) {
            ([], []) => &[],
            ([], _) => &node.any_of,
            _ => &node.one_of,
        }
    }

    /// Iterates over the properties that a schema lists itself, with what is written there.
    pub(crate) fn properties(
        &self,
        id: SchemaId,
    ) -> impl Iterator<Item = (&'a str, Option<Entry>)> + use<'_, 'a> {
        let names = self.keywords(id).properties.keys().map(String::as_str);
        names.zip(self.graph[id].properties.iter().copied().map(entry))
    }

    /// Returns the property that a schema lists itself.
    pub(crate) fn property(&self, id: SchemaId, name: &str) -> Option<Entry> {
        let index = self.keywords(id).properties.get_index_of(name)?;
        self.graph[id].properties.get(index).copied().and_then(entry)
    }

    /// Returns the schema of list items.
    pub(crate) fn items(&self, id: SchemaId) -> Option<Entry> {
        self.graph[id].items.filter(|_| self.keywords(id).items.is_some()).and_then(entry)
    }

    /// Returns the schemas of the positions of a tuple, or `None` for other schemas.
    pub(crate) fn places(&self, id: SchemaId) -> Option<Vec<WrittenSchema<'a>>> {
        let written = tuple_elements(self.keywords(id).items?)?;
        let items = self.items(id)?.id;
        let at = self.at(items).child("oneOf");
        let places = entries(&self.graph[items].one_of).filter_map(|(index, entry)| {
            Some(WrittenSchema { schema: written.get(index)?, at: at.index(index), id: entry.id })
        });
        Some(places.collect())
    }

    /// Returns the schema of `additionalProperties`.
    pub(crate) fn additional_properties(&self, id: SchemaId) -> Option<Entry> {
        let edge = self.graph[id].additional_properties;
        edge.filter(|_| self.keywords(id).additional_properties.is_some()).and_then(entry)
    }
}

/// An alternative of a union or a position of a tuple, as it is written.
#[derive(Clone, Debug)]
pub(crate) struct WrittenSchema<'a> {
    pub(crate) schema: &'a ReferenceOr<Schema>,
    /// The location where the schema or the reference is written.
    pub(crate) at: Pointer,
    /// The schema, or the target of the reference.
    pub(crate) id: SchemaId,
}

fn entry(edge: Edge) -> Option<Entry> {
    edge.to.map(|id| Entry { id, is_reference: edge.is_reference })
}

/// Returns the edges that lead to a schema, with their positions.
fn entries(edges: &[Edge]) -> impl Iterator<Item = (usize, Entry)> + '_ {
    edges.iter().enumerate().filter_map(|(index, edge)| Some((index, entry(*edge)?)))
}
