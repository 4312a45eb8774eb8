//! Resolves references in a loaded document.
//!
//! Imports `diagnostics`, `grammar`, `paths`, `location`, `reader` and `reference`.

use std::collections::BTreeMap;

use indexmap::IndexMap;
use openapiv3::{
    Components, Example, Header, Operation, Parameter, ReferenceOr, RequestBody, Response, Schema,
    SecurityScheme,
};
use serde_json::Value;

use super::grammar::ObjectKind;
use super::location::Location;
use super::path_item::PathItem;
use super::paths::parse;
use super::reader::{Callback, Read, Reader};
use super::reference::Reference;
use super::{Document, is_query_string};
use crate::diagnostics::Pointer;

/// The targets of references that are not directly in a section of `components`, by location.
#[derive(Debug, Default)]
pub(super) struct OtherTargets {
    pub(super) schemas: BTreeMap<Pointer, ReferenceOr<Schema>>,
    pub(super) parameters: BTreeMap<Pointer, ReferenceOr<Parameter>>,
    pub(super) responses: BTreeMap<Pointer, ReferenceOr<Response>>,
    pub(super) request_bodies: BTreeMap<Pointer, ReferenceOr<RequestBody>>,
    pub(super) headers: BTreeMap<Pointer, ReferenceOr<Header>>,
    examples: BTreeMap<Pointer, ReferenceOr<Example>>,
    pub(super) path_items: BTreeMap<Pointer, ReferenceOr<PathItem>>,
    pub(super) callbacks: BTreeMap<Pointer, ReferenceOr<Callback>>,
    security_schemes: BTreeMap<Pointer, ReferenceOr<SecurityScheme>>,
}

impl OtherTargets {
    /// Reads the target at `at`, unless [`Document::at`] finds it in `components`.
    pub(super) fn add(&mut self, document: &Value, kind: ObjectKind, at: &Pointer, reader: &mut Reader<'_>) {
        let Some(value) = document.pointer(at.as_str()) else { return };
        match kind {
            ObjectKind::PathItem => self.read::<PathItem>(value, at, reader),
            ObjectKind::Callback => self.read::<Callback>(value, at, reader),
            _ if component_name(at, kind).is_some() => {}
            ObjectKind::Schema => self.read::<Schema>(value, at, reader),
            ObjectKind::Parameter => self.read::<Parameter>(value, at, reader),
            ObjectKind::Response => self.read::<Response>(value, at, reader),
            ObjectKind::RequestBody => self.read::<RequestBody>(value, at, reader),
            ObjectKind::Header => self.read::<Header>(value, at, reader),
            ObjectKind::Example => self.read::<Example>(value, at, reader),
            ObjectKind::SecurityScheme => self.read::<SecurityScheme>(value, at, reader),
            // No code is generated for links.
            _ => {}
        }
    }

    fn read<T: Component>(&mut self, value: &Value, at: &Pointer, reader: &mut Reader<'_>) {
        let segments: Vec<String> = at.segments().collect();
        let read =
            Location::root().descend(&segments, |location| reader.reference_or(value.clone(), location));
        if let Some(read) = read {
            T::other_targets_mut(self).insert(at.clone(), read);
        }
    }
}

/// A type that can be the target of a reference.
pub(super) trait Component: Read {
    fn section(components: &Components) -> Option<&IndexMap<String, ReferenceOr<Self>>>;
    fn other_targets(other_targets: &OtherTargets) -> &BTreeMap<Pointer, ReferenceOr<Self>>;
    fn other_targets_mut(other_targets: &mut OtherTargets) -> &mut BTreeMap<Pointer, ReferenceOr<Self>>;
    const KIND: ObjectKind;
}

macro_rules! component {
    ($type:ident, $field:ident, $section:expr) => {
        impl Component for $type {
            const KIND: ObjectKind = ObjectKind::$type;

            fn section(components: &Components) -> Option<&IndexMap<String, ReferenceOr<Self>>> {
                let section: fn(&Components) -> Option<&IndexMap<String, ReferenceOr<Self>>> = $section;
                section(components)
            }

            fn other_targets(other_targets: &OtherTargets) -> &BTreeMap<Pointer, ReferenceOr<Self>> {
                &other_targets.$field
            }

            fn other_targets_mut(
                other_targets: &mut OtherTargets,
            ) -> &mut BTreeMap<Pointer, ReferenceOr<Self>> {
                &mut other_targets.$field
            }
        }
    };
}

component!(Schema, schemas, |components| Some(&components.schemas));
component!(Parameter, parameters, |components| Some(&components.parameters));
component!(Response, responses, |components| Some(&components.responses));
component!(RequestBody, request_bodies, |components| Some(&components.request_bodies));
component!(Header, headers, |components| Some(&components.headers));
component!(Example, examples, |components| Some(&components.examples));
component!(SecurityScheme, security_schemes, |components| Some(&components.security_schemes));
component!(PathItem, path_items, |_| None);
component!(Callback, callbacks, |_| None);

impl Document {
    /// Returns the location of the target of a `$ref`, or `None` if the target is not in this document.
    ///
    /// References to the same target give the same pointer, even if they are escaped differently.
    pub(crate) fn target(&self, reference: &str) -> Option<Pointer> {
        match Reference::parse(reference) {
            Reference::Local(original) => Some(self.moves.target(original)),
            Reference::Anchor(_) | Reference::External => None,
        }
    }

    /// Returns the location of the schema in an entry of a discriminator's `mapping`: a component's name or a
    /// reference.
    pub(crate) fn mapping_target(&self, value: &str) -> Option<Pointer> {
        let named = Pointer::root().child("components").child("schemas").child(value);
        let named = self.schema_at(&named).map(|_| named);
        named.or_else(|| self.target(value).filter(|at| self.schema_at(at).is_some()))
    }

    /// Returns the location of the schema that a setting names: by key of the component, or by reference.
    pub(crate) fn schema_of_setting(&self, name: &str) -> Option<Pointer> {
        if name.starts_with('#') { self.target(name) } else { self.mapping_target(name) }
    }

    /// Returns the schema at `at`, if it is a component or the target of a reference.
    pub(crate) fn schema_at(&self, at: &Pointer) -> Option<&ReferenceOr<Schema>> {
        self.at(at)
    }

    /// Resolves `parameter`, whose location is `at`, and returns the parameter and its location.
    pub(crate) fn parameter<'a>(
        &'a self,
        parameter: &'a ReferenceOr<Parameter>,
        at: &Pointer,
    ) -> Option<(&'a Parameter, Pointer)> {
        self.follow(parameter, at)
    }

    /// Like [`Document::parameter`], for a response.
    pub(crate) fn response<'a>(
        &'a self,
        response: &'a ReferenceOr<Response>,
        at: &Pointer,
    ) -> Option<(&'a Response, Pointer)> {
        self.follow(response, at)
    }

    /// Like [`Document::parameter`], for a request body.
    pub(crate) fn request_body<'a>(
        &'a self,
        body: &'a ReferenceOr<RequestBody>,
        at: &Pointer,
    ) -> Option<(&'a RequestBody, Pointer)> {
        self.follow(body, at)
    }

    /// Like [`Document::parameter`], for a header.
    pub(crate) fn header<'a>(
        &'a self,
        header: &'a ReferenceOr<Header>,
        at: &Pointer,
    ) -> Option<(&'a Header, Pointer)> {
        self.follow(header, at)
    }

    /// Like [`Document::parameter`], for an example.
    pub(crate) fn example<'a>(
        &'a self,
        example: &'a ReferenceOr<Example>,
        at: &Pointer,
    ) -> Option<(&'a Example, Pointer)> {
        self.follow(example, at)
    }

    /// Like [`Document::parameter`], for a path item.
    pub(crate) fn path_item<'a>(
        &'a self,
        item: &'a ReferenceOr<PathItem>,
        at: &Pointer,
    ) -> Option<(&'a PathItem, Pointer)> {
        self.follow(item, at)
    }

    /// Like [`Document::parameter`], for a callback.
    pub(crate) fn callback<'a>(
        &'a self,
        callback: &'a ReferenceOr<Callback>,
        at: &Pointer,
    ) -> Option<(&'a Callback, Pointer)> {
        self.follow(callback, at)
    }

    /// Like [`Document::parameter`], for a security scheme.
    pub(crate) fn security_scheme<'a>(
        &'a self,
        scheme: &'a ReferenceOr<SecurityScheme>,
        at: &Pointer,
    ) -> Option<(&'a SecurityScheme, Pointer)> {
        self.follow(scheme, at)
    }

    /// Like [`Document::parameter`], for a schema.
    pub(crate) fn schema<'a>(
        &'a self,
        schema: &'a ReferenceOr<Schema>,
        at: &Pointer,
    ) -> Option<(&'a Schema, Pointer)> {
        self.follow(schema, at)
    }

    /// Like [`Document::schema`], for the schemas that `openapiv3` boxes.
    pub(crate) fn boxed_schema<'a>(
        &'a self,
        schema: &'a ReferenceOr<Box<Schema>>,
        at: &Pointer,
    ) -> Option<(&'a Schema, Pointer)> {
        match schema {
            ReferenceOr::Item(schema) => Some((&**schema, at.clone())),
            ReferenceOr::Reference { reference } => self.resolve_schema(reference),
        }
    }

    /// Resolves a reference to a schema, and returns the schema and its location.
    pub(crate) fn resolve_schema(&self, reference: &str) -> Option<(&Schema, Pointer)> {
        let target = self.target(reference)?;
        self.schema(self.schema_at(&target)?, &target)
    }

    /// Returns the parameters of an operation with their locations: first the path item's parameters, then the
    /// operation's own.
    ///
    /// A parameter of the operation replaces the parameter of the path item with the same name and location
    /// in the request. Path parameters that do not occur in the path are omitted.
    pub(crate) fn parameters<'a>(
        &'a self,
        path: &str,
        (item, at_item): (&'a PathItem, &Pointer),
        (operation, at_operation): (&'a Operation, &Pointer),
    ) -> Vec<(&'a Parameter, Pointer)> {
        let (_, variables) = parse(path).unwrap_or_default();
        let mut parameters = self.distinct(&item.parameters, &at_item.child("parameters"));
        for own in self.distinct(&operation.parameters, &at_operation.child("parameters")) {
            match parameters.iter_mut().find(|shared| is_same_parameter(shared.0, own.0)) {
                Some(shared) => *shared = own,
                None => parameters.push(own),
            }
        }
        parameters.retain(|(parameter, _)| match parameter {
            Parameter::Path { parameter_data, .. } => variables.contains(&parameter_data.name.as_str()),
            _ => true,
        });
        parameters
    }

    /// Resolves the parameters of one array. Of duplicates, only the first is returned.
    fn distinct<'a>(
        &'a self,
        parameters: &'a [ReferenceOr<Parameter>],
        at: &Pointer,
    ) -> Vec<(&'a Parameter, Pointer)> {
        let mut distinct: Vec<(&Parameter, Pointer)> = Vec::new();
        for (index, parameter) in parameters.iter().enumerate() {
            if let Some(found) = self.parameter(parameter, &at.index(index)) {
                if !distinct.iter().any(|other| is_same_parameter(other.0, found.0)) {
                    distinct.push(found);
                }
            }
        }
        distinct
    }

    fn follow<'a, T: Component>(
        &'a self,
        item: &'a ReferenceOr<T>,
        at: &Pointer,
    ) -> Option<(&'a T, Pointer)> {
        let (mut item, mut at) = (item, at.clone());
        // This terminates: a document with circular references is not loaded.
        loop {
            match item {
                ReferenceOr::Item(found) => return Some((found, at)),
                ReferenceOr::Reference { reference } => {
                    at = self.target(reference)?;
                    item = self.at(&at)?;
                }
            }
        }
    }

    fn at<T: Component>(&self, at: &Pointer) -> Option<&ReferenceOr<T>> {
        T::other_targets(&self.other_targets).get(at).or_else(|| {
            let name = component_name(at, T::KIND)?;
            T::section(self.openapi.components.as_ref()?)?.get(&name)
        })
    }
}

/// Returns true if two parameters have the same name and the same location in the request.
///
/// Header names are case-insensitive.
fn is_same_parameter(one: &Parameter, other: &Parameter) -> bool {
    let (name, other_name) = (&one.parameter_data_ref().name, &other.parameter_data_ref().name);
    std::mem::discriminant(one) == std::mem::discriminant(other)
        && is_query_string(one.parameter_data_ref()) == is_query_string(other.parameter_data_ref())
        && match one {
            Parameter::Header { .. } => name.to_lowercase() == other_name.to_lowercase(),
            _ => name == other_name,
        }
}

/// Returns the name of the component at `at`, or `None` if it is not a component of this kind.
fn component_name(at: &Pointer, kind: ObjectKind) -> Option<String> {
    let mut segments = at.segments();
    let is_section = segments.next()? == "components" && Some(segments.next()?.as_str()) == kind.section();
    let name = segments.next().filter(|_| is_section)?;
    segments.next().is_none().then_some(name)
}
