//! Following references through a document that has been read.
//!
//! Imports `diagnostics`, `grammar`, `paths`, `place`, `reader` and `reference`.

use std::collections::BTreeMap;

use indexmap::IndexMap;
use openapiv3::{
    Components, Example, Header, Operation, Parameter, PathItem, ReferenceOr, RequestBody, Response, Schema,
    SecurityScheme,
};
use serde_json::Value;

use super::Document;
use super::grammar::Kind;
use super::paths::parse;
use super::place::Place;
use super::reader::{Callback, Read, Reader};
use super::reference::Reference;
use crate::diagnostics::Pointer;

/// What references name outside the sections of `components`, by its place.
#[derive(Debug, Default)]
pub(super) struct Elsewhere {
    schemas: BTreeMap<Pointer, ReferenceOr<Schema>>,
    parameters: BTreeMap<Pointer, ReferenceOr<Parameter>>,
    responses: BTreeMap<Pointer, ReferenceOr<Response>>,
    request_bodies: BTreeMap<Pointer, ReferenceOr<RequestBody>>,
    headers: BTreeMap<Pointer, ReferenceOr<Header>>,
    examples: BTreeMap<Pointer, ReferenceOr<Example>>,
    path_items: BTreeMap<Pointer, ReferenceOr<PathItem>>,
    callbacks: BTreeMap<Pointer, ReferenceOr<Callback>>,
    security_schemes: BTreeMap<Pointer, ReferenceOr<SecurityScheme>>,
}

impl Elsewhere {
    /// Reads what stands at `at`, unless [`Document::at`] finds it without.
    pub(super) fn add(&mut self, document: &Value, kind: Kind, at: &Pointer, reader: &mut Reader<'_>) {
        let Some(value) = document.pointer(at.as_str()) else { return };
        match kind {
            Kind::PathItem => self.read::<PathItem>(value, at, reader),
            Kind::Callback => self.read::<Callback>(value, at, reader),
            _ if component_name(at, kind).is_some() => {}
            Kind::Schema => self.read::<Schema>(value, at, reader),
            Kind::Parameter => self.read::<Parameter>(value, at, reader),
            Kind::Response => self.read::<Response>(value, at, reader),
            Kind::RequestBody => self.read::<RequestBody>(value, at, reader),
            Kind::Header => self.read::<Header>(value, at, reader),
            Kind::Example => self.read::<Example>(value, at, reader),
            Kind::SecurityScheme => self.read::<SecurityScheme>(value, at, reader),
            // Links make no code.
            _ => {}
        }
    }

    fn read<T: Component>(&mut self, value: &Value, at: &Pointer, reader: &mut Reader<'_>) {
        let segments: Vec<String> = at.segments().collect();
        let read = Place::root().descend(&segments, |place| reader.either(value.clone(), place));
        if let Some(read) = read {
            T::elsewhere_mut(self).insert(at.clone(), read);
        }
    }
}

/// A kind of object that a reference may name.
pub(super) trait Component: Read {
    fn section(components: &Components) -> Option<&IndexMap<String, ReferenceOr<Self>>>;
    fn elsewhere(elsewhere: &Elsewhere) -> &BTreeMap<Pointer, ReferenceOr<Self>>;
    fn elsewhere_mut(elsewhere: &mut Elsewhere) -> &mut BTreeMap<Pointer, ReferenceOr<Self>>;
    const KIND: Kind;
}

macro_rules! component {
    ($type:ident, $field:ident, $section:expr) => {
        impl Component for $type {
            const KIND: Kind = Kind::$type;

            fn section(components: &Components) -> Option<&IndexMap<String, ReferenceOr<Self>>> {
                let section: fn(&Components) -> Option<&IndexMap<String, ReferenceOr<Self>>> = $section;
                section(components)
            }

            fn elsewhere(elsewhere: &Elsewhere) -> &BTreeMap<Pointer, ReferenceOr<Self>> {
                &elsewhere.$field
            }

            fn elsewhere_mut(elsewhere: &mut Elsewhere) -> &mut BTreeMap<Pointer, ReferenceOr<Self>> {
                &mut elsewhere.$field
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
    /// The place that a `$ref` names; none when it is not in this document.
    ///
    /// One place has one pointer, however the reference escapes it.
    pub(crate) fn target(&self, reference: &str) -> Option<Pointer> {
        match Reference::parse(reference) {
            Reference::Here(written) => Some(self.moves.target(written)),
            Reference::Anchor(_) | Reference::Elsewhere => None,
        }
    }

    /// The schema that a discriminator's mapping names, by its name under `components` or like a reference.
    pub(crate) fn mapping_target(&self, value: &str) -> Option<Pointer> {
        let named = Pointer::root().child("components").child("schemas").child(value);
        let named = self.schema_at(&named).map(|_| named);
        named.or_else(|| self.target(value).filter(|at| self.schema_at(at).is_some()))
    }

    /// The schema at `at`, when it is a component or a reference names it.
    pub(crate) fn schema_at(&self, at: &Pointer) -> Option<&ReferenceOr<Schema>> {
        self.at(at)
    }

    /// The parameter that `parameter`, which stands at `at`, is or refers to, and where that one stands.
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

    /// Like [`Document::parameter`], for a schema; what is no reference comes back as it is.
    pub(crate) fn schema<'a>(
        &'a self,
        schema: &'a ReferenceOr<Schema>,
        at: &Pointer,
    ) -> Option<(&'a Schema, Pointer)> {
        self.follow(schema, at)
    }

    /// Like [`Document::schema`], for the places where `openapiv3` boxes.
    pub(crate) fn boxed_schema<'a>(
        &'a self,
        schema: &'a ReferenceOr<Box<Schema>>,
        at: &Pointer,
    ) -> Option<(&'a Schema, Pointer)> {
        match schema {
            ReferenceOr::Item(schema) => Some((&**schema, at.clone())),
            ReferenceOr::Reference { reference } => self.referred(reference),
        }
    }

    /// The schema that a reference leads to in the end, and where it stands.
    pub(crate) fn referred(&self, reference: &str) -> Option<(&Schema, Pointer)> {
        let target = self.target(reference)?;
        self.schema(self.schema_at(&target)?, &target)
    }

    /// The parameters of an operation, and where they stand: its path's, then its own, which take the place of the
    /// path's of the same name. Those that are declared for the path but do not occur in it are left out.
    pub(crate) fn parameters<'a>(
        &'a self,
        path: &str,
        (item, at_item): (&'a PathItem, &Pointer),
        (operation, at_operation): (&'a Operation, &Pointer),
    ) -> Vec<(&'a Parameter, Pointer)> {
        let (_, variables) = parse(path).unwrap_or_default();
        let mut parameters = self.distinct(&item.parameters, &at_item.child("parameters"));
        for own in self.distinct(&operation.parameters, &at_operation.child("parameters")) {
            match parameters.iter_mut().find(|shared| is_same(shared.0, own.0)) {
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

    /// The parameters of one list; of two that are the same, the first.
    fn distinct<'a>(
        &'a self,
        parameters: &'a [ReferenceOr<Parameter>],
        at: &Pointer,
    ) -> Vec<(&'a Parameter, Pointer)> {
        let mut distinct: Vec<(&Parameter, Pointer)> = Vec::new();
        for (index, parameter) in parameters.iter().enumerate() {
            if let Some(found) = self.parameter(parameter, &at.index(index)) {
                if !distinct.iter().any(|other| is_same(other.0, found.0)) {
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
        // A document whose references go in a circle is not loaded.
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
        T::elsewhere(&self.elsewhere).get(at).or_else(|| {
            let name = component_name(at, T::KIND)?;
            T::section(self.openapi.components.as_ref()?)?.get(&name)
        })
    }
}

/// Whether two parameters are sent in the same place under the same name; the names of headers know no case.
fn is_same(one: &Parameter, other: &Parameter) -> bool {
    let (name, other_name) = (&one.parameter_data_ref().name, &other.parameter_data_ref().name);
    std::mem::discriminant(one) == std::mem::discriminant(other)
        && match one {
            Parameter::Header { .. } => name.to_lowercase() == other_name.to_lowercase(),
            _ => name == other_name,
        }
}

/// The name of the component of this kind that stands at `at`.
fn component_name(at: &Pointer, kind: Kind) -> Option<String> {
    let mut segments = at.segments();
    let is_section = segments.next()? == "components" && Some(segments.next()?.as_str()) == kind.section();
    let name = segments.next().filter(|_| is_section)?;
    segments.next().is_none().then_some(name)
}
