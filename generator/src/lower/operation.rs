//! Operations: path, parameters, body and responses.

use openapiv3::PathItem;

use super::Lower;
use super::boilerplate::same_words;
use super::deprecation::advice;
use super::path::template;
use super::response::LoweredResponses;
use super::schema::Site;
use super::selection::Selection;
use crate::diagnostics::{Code, Pointer};
use crate::ir::{Docs, Operation, ResourceId, Server};

impl<'a> Lower<'a, '_> {
    /// Lowers every operation that codegen.toml selects, in document order.
    pub(super) fn lower_operations(&mut self) {
        let mut selection = Selection::new(self.config);
        let paths = Pointer::root().child("paths");
        for (path, item) in &self.document.openapi().paths.paths {
            let Some((item, at)) = self.document.path_item(item, &paths.child(path)) else { continue };
            for (method, operation) in item.iter() {
                self.operation_ids.push(id_of(method, path, operation));
                let is_repeatable = selection.is_repeatable(method, path, operation);
                if selection.selects(method, path, operation) {
                    self.lower_operation(path, item, method, operation, &at, is_repeatable);
                    self.lower_callbacks(method, path, operation, &at.child(method));
                }
            }
        }
        let stale = [selection.stale(), self.pagination_settings.stale()].concat();
        let paths = &self.document.openapi().paths.paths;
        let tags = paths.values().filter_map(openapiv3::ReferenceOr::as_item).flat_map(|item| {
            item.iter().flat_map(|(_, operation)| operation.tags.iter().map(String::as_str))
        });
        let ids = self.operation_ids.clone();
        let candidates: Vec<&str> =
            ids.iter().map(String::as_str).chain(tags).chain(paths.keys().map(String::as_str)).collect();
        let help = "remove the entry, or use an operation id, a tag or a path pattern of the document";
        self.report_stale(Code::StaleSelection, stale, &candidates, help);
    }

    /// Lowers the payloads of webhooks. They become types, but the client has no operations for them.
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

    /// Lowers the bodies and responses of a webhook or callback. Shared path items are lowered once.
    fn lower_payloads(&mut self, name: &str, item: &'a PathItem, at: &Pointer) {
        if !self.seen_payloads.insert(at.clone()) {
            return;
        }
        for (method, operation) in item.iter() {
            let at = at.child(method);
            let id = operation.operation_id.as_deref().unwrap_or(name);
            let site = |place: &str| Site::of_operation(id, place);
            if let Some(body) = &operation.request_body {
                self.lower_body(body, &at.child("requestBody"), &site);
            }
            self.lower_responses(&operation.responses, &at.child("responses"), method, &site);
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
        let (resource, name) = self.resource_and_name(operation, method, path);
        let site = |place: &str| Site::of_operation(id.as_str(), place);
        let parameters = self.lower_parameters(path, item, operation, item_at, &at, &site);
        let body = operation
            .request_body
            .as_ref()
            .and_then(|body| self.lower_body(body, &at.child("requestBody"), &site));
        let answers = self.lower_responses(&operation.responses, &at.child("responses"), method, &site);
        let LoweredResponses { success, accept, others, errors, headers, reply, is_redirect } = answers;
        let description = text(operation.description.as_ref());
        // A summary that only repeats the operation's name is dropped if there is a description.
        let summary = text(operation.summary.as_ref());
        let summary = summary.filter(|summary| description.is_none() || !same_words(summary, &name));
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
            other_responses: others,
            errors,
            error_table: None,
            is_repeatable,
            id,
        };
        lowered.pages = self.lower_pages(path, method, operation, &lowered, &at);
        self.api.operations.push(lowered);
        self.replies.push(reply);
    }

    /// Returns the server of an operation or its path, if it differs from the server of the API.
    ///
    /// Variables that the API's server has as well are set by the client. Others have their default, as the
    /// builder has no setter for them. A relative URL is relative to the API's base URL, since the URL of the
    /// document is unknown.
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
        let is_server_of_api = |server: &Server| server.url == url || path_of(&server.url) == url;
        (!of_api.is_some_and(is_server_of_api)).then(|| url.to_owned())
    }
}

/// Returns the path of an absolute URL, such as `/v1` of `https://api.example.com/v1`. Other URLs are
/// returned as they are.
fn path_of(url: &str) -> &str {
    let Some((_, rest)) = url.split_once("://") else { return url };
    rest.find('/').map_or("/", |path| &rest[path..])
}

pub(super) fn text(text: Option<&String>) -> Option<String> {
    text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())
}

/// Returns the `operationId`, or else an id made of method and path.
fn id_of(method: &str, path: &str, operation: &openapiv3::Operation) -> String {
    operation.operation_id.clone().unwrap_or_else(|| format!("{method} {path}"))
}

/// Returns the name of the payloads of a component, which does not depend on who refers to it.
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
