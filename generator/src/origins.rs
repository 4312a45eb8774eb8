//! The origins of public items: the location in the document that each of them is generated from.
//!
//! Keys are the paths of `surface`, such as `types::Pet::name`. An argument has the path of its method and its name, such as
//! `resources::Pets::get::id`. Imports `ir`, `naming` and `diagnostics`.

use std::collections::BTreeMap;

use crate::diagnostics::Pointer;
use crate::ir::{Api, BodyKind, Multipart, Operation, OperationId, Part, Shape, Success, TypeDef, TypeId};
use crate::naming::{FormNames, Ident, Names, OperationNames, ResourceNames};

/// Returns the locations of the public items that come from the document.
pub(crate) fn of(api: &Api, names: &Names) -> BTreeMap<String, Pointer> {
    let mut origins = Origins::default();
    for (id, def) in api.types() {
        origins.ty(names, id, def);
    }
    for (id, operation) in api.operations() {
        origins.operation(names, id, operation);
    }
    origins.old_names(api, names);
    origins.0
}

#[derive(Default)]
struct Origins(BTreeMap<String, Pointer>);

impl Origins {
    /// Adds a location. The first one of a path counts.
    fn add(&mut self, path: String, at: &Pointer) {
        self.0.entry(path).or_insert_with(|| at.clone());
    }

    /// Adds the locations of the items that old names lead to.
    fn old_names(&mut self, api: &Api, names: &Names) {
        let forwards = names.forwards();
        for (id, def) in api.types() {
            let idents = forwards.of_type(id).iter().map(|forward| forward.ident.as_str());
            idents.for_each(|ident| self.add(format!("types::{ident}"), &def.docs.pointer));
        }
        for forward in forwards.operation_items() {
            let resource = names.of_former_resource(forward.resource);
            let owner = if forward.item.is_method() { &resource.ident } else { &resource.module };
            let path = format!("resources::{}::{}", owner.as_str(), forward.ident.as_str());
            self.add(path, &api.operation(forward.of).docs.pointer);
        }
    }

    fn ty(&mut self, names: &Names, id: TypeId, def: &TypeDef) {
        let names = names.of_type(id);
        let path = format!("types::{}", names.ident.as_str());
        self.add(path.clone(), &def.docs.pointer);
        if let Shape::Struct(it) = &def.shape {
            for (field, names) in it.fields.iter().zip(&names.fields) {
                let setters = [&names.ident, &names.setter].into_iter().chain(&names.null_setter);
                setters.for_each(|ident| self.add(member(&path, ident), &field.docs.pointer));
            }
        }
        for (variant, names) in def.shape.variants().zip(&names.variants) {
            self.add(member(&path, &names.ident), &variant.docs.pointer);
            self.add(member(&path, &names.accessor), &variant.docs.pointer);
        }
        // The values of an enum have no location of their own.
        if let Shape::Enum(_) = &def.shape {
            names.variants.iter().for_each(|names| self.add(member(&path, &names.ident), &def.docs.pointer));
        }
    }

    fn operation(&mut self, names: &Names, id: OperationId, operation: &Operation) {
        let at = &operation.docs.pointer;
        let (resource, names) = (names.of_resource(operation.resource), names.of_operation(id));
        let ResourceNames { module, ident, feature } = resource;
        let (module, ident) = (module.as_str(), ident.as_str());
        // A resource has no location, so its first operation stands for it.
        for path in [
            format!("resources::{ident}"),
            format!("resources::{module}"),
            format!("Client::{module}"),
            format!("mock::{module}::{ident}"),
            format!("mock::Operations::{module}"),
            format!("feature {feature}"),
        ] {
            self.add(path, at);
        }
        let owner = format!("resources::{ident}");
        let request = format!("resources::{module}::{}", names.request.as_str());
        self.add(request.clone(), at);
        self.add(format!("mock::{module}::{ident}::{}", names.method.as_str()), at);
        let is_body_required = operation.body.as_ref().is_some_and(|body| body.required);
        let contents = names.contents.iter().map(|content| &content.method).filter(|_| is_body_required);
        let methods: Vec<&Ident> = [&names.method].into_iter().chain(contents).collect();
        methods.iter().for_each(|method| self.add(member(&owner, method), at));
        for (parameter, ident) in operation.parameters.iter().zip(&names.parameters) {
            let at = &parameter.docs.pointer;
            match parameter.required {
                true => {
                    methods.iter().for_each(|method| self.add(member(&member(&owner, method), ident), at))
                }
                false => self.add(member(&request, ident), at),
            }
        }
        self.body(operation, names, (&owner, &request, module), is_body_required);
        self.response(operation, names, module);
    }

    fn body(
        &mut self,
        operation: &Operation,
        names: &OperationNames,
        paths: (&str, &str, &str),
        is_required: bool,
    ) {
        let (owner, request, module) = paths;
        let Some(body) = &operation.body else { return };
        for (content, names_of_content) in body.contents.iter().zip(&names.contents) {
            let method = &names_of_content.method;
            match is_required {
                true => self.add(member(&member(owner, method), &names.body), &body.docs.pointer),
                false => self.add(member(request, method), &body.docs.pointer),
            }
            let Some(form) = &names_of_content.form else { continue };
            let path = format!("resources::{module}::{}", form.ident.as_str());
            self.add(path.clone(), &body.docs.pointer);
            match &content.kind {
                BodyKind::Multipart(Multipart::Parts(parts)) => self.parts(&path, parts, form),
                BodyKind::Multipart(Multipart::Alternatives(forms)) => {
                    for (alternative, (variant, names)) in forms.iter().zip(&form.variants) {
                        self.add(member(&path, variant), &alternative.docs.pointer);
                        self.parts(&member(&path, variant), &alternative.parts, names);
                    }
                }
                _ => {}
            }
        }
    }

    fn parts(&mut self, path: &str, parts: &[Part], names: &FormNames) {
        for ((part, ident), headers) in parts.iter().zip(&names.parts).zip(&names.headers) {
            self.add(member(path, ident), &part.docs.pointer);
            for (header, ident) in part.headers.iter().zip(headers) {
                self.add(member(path, ident), &header.docs.pointer);
            }
        }
    }

    fn response(&mut self, operation: &Operation, names: &OperationNames, module: &str) {
        let responses = operation.docs.pointer.child("responses");
        if let (Success::ByStatus(all), Some(names)) = (&operation.success, &names.response) {
            let path = format!("resources::{module}::{}", names.ident.as_str());
            self.add(path.clone(), &responses);
            for (response, variant) in all.iter().zip(&names.variants) {
                self.add(member(&path, variant), &responses.child(&response.status));
            }
        }
        if let Some(names) = &names.headers {
            let path = format!("resources::{module}::{}", names.ident.as_str());
            self.add(path.clone(), &responses);
            for (header, field) in operation.headers.iter().zip(&names.fields) {
                self.add(member(&path, field), &header.docs.pointer);
            }
        }
    }
}

fn member(path: &str, ident: &Ident) -> String {
    format!("{path}::{}", ident.as_str())
}
