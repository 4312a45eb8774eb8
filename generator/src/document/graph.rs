//! The schemas of a document as a graph: an id for each schema, and references resolved to ids.
//!
//! It is an index over the types of `openapiv3`. Later stages compare ids, and follow no
//! references to schemas. Imports `diagnostics`, `reader` and `resolve`.

use std::borrow::Borrow;
use std::collections::HashMap;
use std::ops::Index;

use openapiv3::{
    AdditionalProperties, Header, MediaType, Parameter, ParameterSchemaOrContent, ReferenceOr, RequestBody,
    Response, Schema, SchemaKind, Type,
};

use super::Document;
use super::path_item::PathItem;
use super::reader::Callback;
use crate::diagnostics::Pointer;

/// Id of a schema in a [`SchemaGraph`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct SchemaId(u32);

impl SchemaId {
    /// Returns the index of the schema among all schemas of the document.
    pub(crate) fn index(self) -> usize {
        self.0 as usize
    }

    fn new(index: usize) -> Self {
        Self(u32::try_from(index).expect("a document has fewer than 4 billion schemas"))
    }
}

/// All schemas of a document.
#[derive(Debug, Default)]
pub(crate) struct SchemaGraph<'d> {
    nodes: Vec<SchemaNode<'d>>,
    ids: HashMap<Pointer, SchemaId>,
}

/// A schema, and the schemas that it consists of.
#[derive(Debug)]
pub(crate) struct SchemaNode<'d> {
    pub(crate) schema: &'d Schema,
    /// The location where the schema is written, in the dialect of 3.0.
    pub(crate) at: Pointer,
    /// The component schema that the schema is, or is part of.
    pub(crate) component: Option<SchemaId>,
    /// Entries of `allOf`, in the order of the document. The other lists are in the same order as well.
    pub(crate) all_of: Vec<Edge>,
    pub(crate) one_of: Vec<Edge>,
    pub(crate) any_of: Vec<Edge>,
    /// Values of `properties`.
    pub(crate) properties: Vec<Edge>,
    pub(crate) items: Option<Edge>,
    pub(crate) additional_properties: Option<Edge>,
}

/// A place where a schema is written inside another one: as it is, or as a reference.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Edge {
    /// The schema, or `None` if the reference has no target.
    pub(crate) to: Option<SchemaId>,
    pub(crate) is_reference: bool,
}

impl<'d> SchemaGraph<'d> {
    /// Collects all schemas of a document.
    pub(crate) fn new(document: &'d Document) -> Self {
        let mut builder = Builder::default();
        builder.add_document(document);
        builder.finish(document)
    }

    /// Iterates over all schemas.
    pub(crate) fn iter(&self) -> impl ExactSizeIterator<Item = (SchemaId, &SchemaNode<'d>)> {
        self.nodes.iter().enumerate().map(|(index, node)| (SchemaId::new(index), node))
    }

    /// Returns the schema that is written at a location. For a reference, this is the schema that it leads to.
    pub(crate) fn at(&self, at: &Pointer) -> Option<SchemaId> {
        self.ids.get(at).copied()
    }
}

impl<'d> Index<SchemaId> for SchemaGraph<'d> {
    type Output = SchemaNode<'d>;

    fn index(&self, id: SchemaId) -> &SchemaNode<'d> {
        &self.nodes[id.index()]
    }
}

/// Collects the schemas of a document. The lists of edges are filled before the references are resolved.
#[derive(Default)]
struct Builder<'d> {
    graph: SchemaGraph<'d>,
    /// The next schema whose children are to be added.
    next: usize,
    /// References, by the location where they are written.
    references: HashMap<Pointer, &'d str>,
    /// Edges that are references: the schema, the list, the index, and the reference.
    unresolved: Vec<(SchemaId, EdgeList, usize, &'d str)>,
}

#[derive(Clone, Copy)]
enum EdgeList {
    AllOf,
    OneOf,
    AnyOf,
    Properties,
    Items,
    AdditionalProperties,
}

impl<'d> Builder<'d> {
    fn add_document(&mut self, document: &'d Document) {
        let components = Pointer::root().child("components");
        if let Some(section) = &document.openapi.components {
            let place = |kind: &str, key: &str| components.child(kind).child(key);
            section.schemas.iter().for_each(|(key, it)| self.add(it, place("schemas", key)));
            let headers = section.headers.iter();
            headers.for_each(|(key, it)| self.add_header(it, &place("headers", key)));
            let parameters = section.parameters.iter();
            parameters.for_each(|(key, it)| self.add_parameter(it, &place("parameters", key)));
            let bodies = section.request_bodies.iter();
            bodies.for_each(|(key, it)| self.add_body(it, &place("requestBodies", key)));
            let responses = section.responses.iter();
            responses.for_each(|(key, it)| self.add_response(it, &place("responses", key)));
        }
        let paths = Pointer::root().child("paths");
        for (path, item) in &document.paths {
            self.add_path_item(item, &paths.child(path));
        }
        let webhooks = Pointer::root().child("webhooks");
        for (name, item) in &document.webhooks {
            self.add_path_item(item, &webhooks.child(name));
        }
        for (at, callbacks) in &document.callbacks {
            let place = at.child("callbacks");
            callbacks.iter().for_each(|(name, it)| self.add_callback(it, &place.child(name)));
        }
        let others = &document.other_targets;
        others.headers.iter().for_each(|(at, it)| self.add_header(it, at));
        others.parameters.iter().for_each(|(at, it)| self.add_parameter(it, at));
        others.request_bodies.iter().for_each(|(at, it)| self.add_body(it, at));
        others.responses.iter().for_each(|(at, it)| self.add_response(it, at));
        others.path_items.iter().for_each(|(at, it)| self.add_path_item(it, at));
        others.callbacks.iter().for_each(|(at, it)| self.add_callback(it, at));
        // Last: most of these schemas were added at the place where they are written.
        others.schemas.iter().for_each(|(at, it)| self.add(it, at.clone()));
    }

    fn add_callback(&mut self, callback: &'d ReferenceOr<Callback>, at: &Pointer) {
        let Some(callback) = callback.as_item() else { return };
        callback.items.iter().for_each(|(url, item)| self.add_path_item(item, &at.child(url)));
    }

    fn add_path_item(&mut self, item: &'d ReferenceOr<PathItem>, at: &Pointer) {
        let Some(item) = item.as_item() else { return };
        self.add_parameters(&item.parameters, at);
        for (method, operation) in item.iter() {
            let at = method.location(at);
            self.add_parameters(&operation.parameters, &at);
            if let Some(body) = &operation.request_body {
                self.add_body(body, &at.child("requestBody"));
            }
            let at = at.child("responses");
            for (status, response) in &operation.responses.responses {
                self.add_response(response, &at.child(status.to_string()));
            }
            if let Some(response) = &operation.responses.default {
                self.add_response(response, &at.child("default"));
            }
        }
    }

    fn add_parameters(&mut self, parameters: &'d [ReferenceOr<Parameter>], at: &Pointer) {
        let place = at.child("parameters");
        parameters.iter().enumerate().for_each(|(index, it)| self.add_parameter(it, &place.index(index)));
    }

    fn add_parameter(&mut self, parameter: &'d ReferenceOr<Parameter>, at: &Pointer) {
        let Some(parameter) = parameter.as_item() else { return };
        self.add_format(&parameter.parameter_data_ref().format, at);
    }

    fn add_header(&mut self, header: &'d ReferenceOr<Header>, at: &Pointer) {
        let Some(header) = header.as_item() else { return };
        self.add_format(&header.format, at);
    }

    fn add_format(&mut self, format: &'d ParameterSchemaOrContent, at: &Pointer) {
        match format {
            ParameterSchemaOrContent::Schema(schema) => self.add(schema, at.child("schema")),
            ParameterSchemaOrContent::Content(content) => self.add_content(content, at),
        }
    }

    fn add_body(&mut self, body: &'d ReferenceOr<RequestBody>, at: &Pointer) {
        let Some(body) = body.as_item() else { return };
        self.add_content(&body.content, at);
    }

    fn add_response(&mut self, response: &'d ReferenceOr<Response>, at: &Pointer) {
        let Some(response) = response.as_item() else { return };
        let headers = at.child("headers");
        response.headers.iter().for_each(|(name, it)| self.add_header(it, &headers.child(name)));
        self.add_content(&response.content, at);
    }

    fn add_content<'c>(
        &mut self,
        content: impl IntoIterator<Item = (&'c String, &'d MediaType)>,
        at: &Pointer,
    ) {
        let place = at.child("content");
        for (name, media_type) in content {
            let at = place.child(name);
            if let Some(schema) = &media_type.schema {
                self.add(schema, at.child("schema"));
            }
            for (name, encoding) in &media_type.encoding {
                let headers = at.child("encoding").child(name).child("headers");
                encoding.headers.iter().for_each(|(name, it)| self.add_header(it, &headers.child(name)));
            }
        }
    }

    /// Adds a schema with everything inside it, or records a reference.
    fn add(&mut self, schema: &'d ReferenceOr<Schema>, at: Pointer) {
        match schema {
            ReferenceOr::Item(schema) => {
                self.add_node(schema, at, None);
                // Children are appended, so that no depth of nesting needs the stack.
                while self.next < self.graph.nodes.len() {
                    self.next += 1;
                    self.add_children(SchemaId::new(self.next - 1));
                }
            }
            ReferenceOr::Reference { reference } => drop(self.references.insert(at, reference)),
        }
    }

    fn add_node(&mut self, schema: &'d Schema, at: Pointer, component: Option<SchemaId>) -> SchemaId {
        // The target of a reference is read a second time, apart from the place where it is written.
        if let Some(id) = self.graph.ids.get(&at) {
            return *id;
        }
        let id = SchemaId::new(self.graph.nodes.len());
        self.graph.ids.insert(at.clone(), id);
        let component = component.or_else(|| is_component(&at).then_some(id));
        self.graph.nodes.push(SchemaNode {
            schema,
            at,
            component,
            all_of: Vec::new(),
            one_of: Vec::new(),
            any_of: Vec::new(),
            properties: Vec::new(),
            items: None,
            additional_properties: None,
        });
        id
    }

    fn add_children(&mut self, id: SchemaId) {
        let schema = self.graph[id].schema;
        match &schema.schema_kind {
            SchemaKind::OneOf { one_of } => self.add_list(id, EdgeList::OneOf, one_of),
            SchemaKind::AnyOf { any_of } => self.add_list(id, EdgeList::AnyOf, any_of),
            SchemaKind::AllOf { all_of } => self.add_list(id, EdgeList::AllOf, all_of),
            SchemaKind::Not { .. } => {}
            SchemaKind::Type(Type::Array(it)) => {
                if let Some(items) = &it.items {
                    self.add_edge(id, EdgeList::Items, items, "items");
                }
            }
            SchemaKind::Type(Type::Object(it)) => {
                self.add_properties(id, &it.properties);
                self.add_additional(id, it.additional_properties.as_ref());
            }
            SchemaKind::Type(_) => {}
            SchemaKind::Any(any) => {
                self.add_list(id, EdgeList::OneOf, &any.one_of);
                self.add_list(id, EdgeList::AnyOf, &any.any_of);
                self.add_list(id, EdgeList::AllOf, &any.all_of);
                self.add_properties(id, &any.properties);
                self.add_additional(id, any.additional_properties.as_ref());
                if let Some(items) = &any.items {
                    self.add_edge(id, EdgeList::Items, items, "items");
                }
            }
        }
    }

    fn add_list(&mut self, id: SchemaId, list: EdgeList, entries: &'d [ReferenceOr<Schema>]) {
        let keyword = match list {
            EdgeList::AllOf => "allOf",
            EdgeList::OneOf => "oneOf",
            _ => "anyOf",
        };
        for (index, entry) in entries.iter().enumerate() {
            self.add_edge(id, list, entry, &format!("{keyword}/{index}"));
        }
    }

    fn add_properties(
        &mut self,
        id: SchemaId,
        properties: &'d indexmap::IndexMap<String, ReferenceOr<Box<Schema>>>,
    ) {
        for (name, schema) in properties {
            let place = Pointer::root().child("properties").child(name);
            let place = place.as_str().trim_start_matches('/');
            self.add_edge(id, EdgeList::Properties, schema, place);
        }
    }

    fn add_additional(&mut self, id: SchemaId, additional: Option<&'d AdditionalProperties>) {
        if let Some(AdditionalProperties::Schema(schema)) = additional {
            self.add_edge(id, EdgeList::AdditionalProperties, &**schema, "additionalProperties");
        }
    }

    /// Adds a child of a schema. `place` is the escaped path from the schema to the child.
    fn add_edge<T: Borrow<Schema>>(
        &mut self,
        id: SchemaId,
        list: EdgeList,
        child: &'d ReferenceOr<T>,
        place: &str,
    ) {
        let node = &self.graph[id];
        let (at, component) = (node.at.join(&format!("/{place}")), node.component);
        let edge = match child {
            ReferenceOr::Item(schema) => {
                Edge { to: Some(self.add_node(schema.borrow(), at, component)), is_reference: false }
            }
            ReferenceOr::Reference { reference } => {
                self.references.insert(at, reference);
                self.unresolved.push((id, list, self.graph.nodes[id.index()].count(list), reference));
                Edge { to: None, is_reference: true }
            }
        };
        let node = &mut self.graph.nodes[id.index()];
        match list {
            EdgeList::AllOf => node.all_of.push(edge),
            EdgeList::OneOf => node.one_of.push(edge),
            EdgeList::AnyOf => node.any_of.push(edge),
            EdgeList::Properties => node.properties.push(edge),
            EdgeList::Items => node.items = Some(edge),
            EdgeList::AdditionalProperties => node.additional_properties = Some(edge),
        }
    }

    /// Resolves all references.
    fn finish(mut self, document: &Document) -> SchemaGraph<'d> {
        let written: Vec<(Pointer, &str)> =
            self.references.iter().map(|(at, it)| (at.clone(), *it)).collect();
        for (at, reference) in written {
            if let Some(id) = self.resolve(document, reference) {
                self.graph.ids.insert(at, id);
            }
        }
        for (id, list, index, reference) in std::mem::take(&mut self.unresolved) {
            let to = self.resolve(document, reference);
            let node = &mut self.graph.nodes[id.index()];
            let edge = match list {
                EdgeList::AllOf => node.all_of.get_mut(index),
                EdgeList::OneOf => node.one_of.get_mut(index),
                EdgeList::AnyOf => node.any_of.get_mut(index),
                EdgeList::Properties => node.properties.get_mut(index),
                EdgeList::Items => node.items.as_mut(),
                EdgeList::AdditionalProperties => node.additional_properties.as_mut(),
            };
            if let Some(edge) = edge {
                edge.to = to;
            }
        }
        self.graph
    }

    /// Returns the schema at the end of a chain of references, and remembers it for every link of the chain.
    fn resolve(&mut self, document: &Document, reference: &str) -> Option<SchemaId> {
        let mut chain = Vec::new();
        let mut next = document.target(reference)?;
        // Loading has rejected cyclic references.
        let end = loop {
            if let Some(id) = self.graph.ids.get(&next) {
                break *id;
            }
            let reference = self.references.get(&next)?;
            let target = document.target(reference)?;
            chain.push(std::mem::replace(&mut next, target));
        };
        self.graph.ids.extend(chain.into_iter().map(|at| (at, end)));
        Some(end)
    }
}

impl SchemaNode<'_> {
    fn count(&self, list: EdgeList) -> usize {
        match list {
            EdgeList::AllOf => self.all_of.len(),
            EdgeList::OneOf => self.one_of.len(),
            EdgeList::AnyOf => self.any_of.len(),
            EdgeList::Properties => self.properties.len(),
            EdgeList::Items | EdgeList::AdditionalProperties => 0,
        }
    }
}

/// Returns true for the location of a component schema of the document.
fn is_component(at: &Pointer) -> bool {
    let key = at.as_str().strip_prefix("/components/schemas/");
    key.is_some_and(|key| !key.contains('/')) && at.file().is_none()
}
