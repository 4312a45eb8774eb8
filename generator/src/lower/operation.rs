//! Operations: path, parameters, body, answers.

use openapiv3::PathItem;

use super::Lower;
use super::answer::Answers;
use super::comments::are_alike;
use super::deprecation::advice;
use super::path::template;
use super::schema::Site;
use super::selection::Selection;
use crate::diagnostics::{Code, Pointer};
use crate::ir::{Docs, Operation, ResourceId, Server};

impl<'a> Lower<'a, '_> {
    /// Every operation that codegen.toml selects, in document order.
    pub(super) fn lower_operations(&mut self) {
        let mut selection = Selection::new(self.config);
        let paths = Pointer::root().child("paths");
        for (path, item) in &self.document.openapi().paths.paths {
            let Some((item, at)) = self.document.path_item(item, &paths.child(path)) else { continue };
            for (method, operation) in item.iter() {
                self.met.push(id_of(method, path, operation));
                let is_repeatable = selection.repeats(method, path, operation);
                if selection.takes(method, path, operation) {
                    self.lower_operation(path, item, method, operation, &at, is_repeatable);
                    self.lower_callbacks(method, path, operation, &at.child(method));
                }
            }
        }
        let stale = selection.stale().into_iter().chain(self.page_settings.stale());
        for entry in stale.collect::<Vec<_>>() {
            self.diagnostics.report(
                Code::StaleSelection,
                &Pointer::root(),
                format!("codegen.toml selects operations that the document does not have: {entry}."),
                "Remove the entry, or write an operation's id, a tag, or a path as the document has it.",
            );
        }
    }

    /// What the server of the API sends to others is no operation of the client, but has types all the same.
    pub(super) fn lower_webhooks(&mut self) {
        let at = Pointer::root().child("webhooks");
        for (name, item) in self.document.webhooks() {
            if let Some((item, at)) = self.document.path_item(item, &at.child(name)) {
                self.lower_payloads(&name_of_payloads(&at).unwrap_or_else(|| name.clone()), item, &at);
            }
        }
    }

    fn lower_callbacks(
        &mut self,
        method: &str,
        path: &str,
        operation: &'a openapiv3::Operation,
        at: &Pointer,
    ) {
        let id = id_of(method, path, operation);
        for (name, callback) in self.document.callbacks(at) {
            let Some((callback, at)) = self.document.callback(callback, &at.child("callbacks").child(name))
            else {
                continue;
            };
            for (url, item) in &callback.items {
                let Some((item, at)) = self.document.path_item(item, &at.child(url)) else { continue };
                self.lower_payloads(
                    &name_of_payloads(&at).unwrap_or_else(|| format!("{id} {name}")),
                    item,
                    &at,
                );
            }
        }
    }

    /// What is shared by references is lowered once.
    fn lower_payloads(&mut self, name: &str, item: &'a PathItem, at: &Pointer) {
        if !self.payloads.insert(at.clone()) {
            return;
        }
        for (method, operation) in item.iter() {
            let at = at.child(method);
            let id = operation.operation_id.as_deref().unwrap_or(name);
            let site = |place: &str| Site::of_operation(id, place);
            if let Some(body) = &operation.request_body {
                self.lower_body(body, &at.child("requestBody"), &site);
            }
            self.lower_answers(&operation.responses, &at.child("responses"), method, &site);
        }
    }

    fn lower_operation(
        &mut self,
        path: &str,
        item: &'a PathItem,
        method: &str,
        operation: &'a openapiv3::Operation,
        item_at: &Pointer,
        is_repeatable: bool,
    ) {
        let at = item_at.child(method);
        let id = id_of(method, path, operation);
        let (resource, name) = self.place_of(operation, method, path);
        let site = |place: &str| Site::of_operation(id.as_str(), place);
        let parameters = self.lower_parameters(path, item, operation, item_at, &at, &site);
        let body = operation
            .request_body
            .as_ref()
            .and_then(|body| self.lower_body(body, &at.child("requestBody"), &site));
        let answers = self.lower_answers(&operation.responses, &at.child("responses"), method, &site);
        let Answers { success, accept, others, errors, headers, reply, is_redirect } = answers;
        let description = text(operation.description.as_ref());
        // Where something else is said, the name of the operation need not be said twice.
        let summary = text(operation.summary.as_ref());
        let summary = summary.filter(|summary| description.is_none() || !are_alike(summary, &name));
        let advice =
            operation.deprecated.then(|| advice(&operation.extensions, description.as_deref())).flatten();
        let mut lowered = Operation {
            resource: ResourceId::new(resource),
            name,
            summary,
            docs: Docs {
                text: description,
                deprecated: operation.deprecated,
                advice,
                pointer: at.clone(),
                ..Docs::default()
            },
            method: method_name(method),
            path: template(path),
            server: self.server_of(item, operation),
            security: self.security_of(operation),
            scopes: self.scopes_of(operation),
            parameters,
            body,
            success,
            headers,
            is_redirect,
            pages: None,
            accept,
            other_answers: others,
            errors,
            error_table: None,
            reply,
            is_repeatable,
            id,
        };
        lowered.pages = self.lower_pages(path, method, operation, &lowered, &at);
        self.api.operations.push(lowered);
    }

    /// The server of an operation, if it has one of its own: its own, or its path's. Variables that the API's server has
    /// too are the client's; others are what the document says, as the builder has no setter for them. One that is
    /// relative is relative to where the API is, as nobody knows where the document is.
    fn server_of(&self, item: &PathItem, operation: &openapiv3::Operation) -> Option<String> {
        let server = operation.servers.first().or_else(|| item.servers.first())?;
        let of_api = self.api.server.as_ref();
        let is_of_api = |name: &str| {
            of_api.is_some_and(|server| server.variables.iter().any(|variable| variable.name == name))
        };
        let mut url = server.url.clone();
        for (name, variable) in server.variables.iter().flatten().filter(|(name, _)| !is_of_api(name)) {
            url = url.replace(&format!("{{{name}}}"), &variable.default);
        }
        let trimmed = url.trim_end_matches('/');
        let url = if trimmed.is_empty() { "/" } else { trimmed };
        let is_it = |server: &Server| server.url == url || path_of(&server.url) == url;
        (!of_api.is_some_and(is_it)).then(|| url.to_owned())
    }
}

/// The path of an absolute URL, such as `/v1` of `https://api.example.com/v1`; of any other, the URL.
fn path_of(url: &str) -> &str {
    let Some((_, rest)) = url.split_once("://") else { return url };
    rest.find('/').map_or("/", |path| &rest[path..])
}

pub(super) fn text(text: Option<&String>) -> Option<String> {
    text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())
}

/// The document's own id of an operation, or one made from its method and path.
fn id_of(method: &str, path: &str, operation: &openapiv3::Operation) -> String {
    operation.operation_id.clone().unwrap_or_else(|| format!("{method} {path}"))
}

/// What the payloads of a component are called: like the component, whoever refers to it first.
fn name_of_payloads(at: &Pointer) -> Option<String> {
    let mut segments = at.segments();
    (segments.next()? == "components").then(|| segments.nth(1)).flatten()
}

fn method_name(method: &str) -> &'static str {
    match method {
        "get" => "GET",
        "put" => "PUT",
        "post" => "POST",
        "delete" => "DELETE",
        "options" => "OPTIONS",
        "head" => "HEAD",
        "patch" => "PATCH",
        "trace" => "TRACE",
        other => unreachable!("a path item has no method `{other}`"),
    }
}
