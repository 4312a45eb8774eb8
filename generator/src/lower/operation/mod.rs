//! Operations: path, parameters, body, responses and pagination.
//!
//! Each file calls downwards only: an operation lowers its parameters, body and responses, these lower their media
//! types, and media types lower their schemas.

mod body;
mod content;
mod encoding;
mod error_response;
mod format;
mod function;
mod given_names;
mod headers;
mod media_type;
mod multipart;
mod object_constraints;
mod pages;
mod parameter;
mod path;
mod payloads;
mod resource;
mod response;
mod selection;
mod style;
mod success;
mod text_form;
mod value_constraints;

use self::function::Functions;
use self::given_names::{Called, GivenNames};
use self::pages::Paginated;
use self::payloads::Payloads;
use self::resource::Resources;
use self::response::{LoweredResponses, SharedResponses};
use self::selection::Selection;
use self::value_constraints::WrittenOperation;
use crate::classify::advice;
use crate::classify::same_words;
use crate::diagnostics::{Code, Pointer};
use crate::document::{Method, PathItem};
use crate::ir::{self, Api, Docs, Operation, OperationConstraints, OperationId, Reply, Resource, Server};
use crate::lower::context::Lower;
use crate::lower::schema::Site;
use crate::lower::security::Requirements;
use crate::lower::server::ServerOfApi;
use crate::lower::stale::{self, StaleEntry};
use crate::lower::text;

/// The operations that codegen.toml selects, in document order, and their resources.
pub(super) struct Operations<'a> {
    pub(super) operations: Vec<Operation>,
    pub(super) resources: Vec<Resource>,
    /// The names that codegen.toml gives to them.
    pub(super) given_names: ir::GivenNames,
    /// The replies of the mock server, for each operation.
    pub(super) replies: Vec<Reply>,
    /// The constraints on the values of each operation.
    pub(super) constraints: Vec<OperationConstraints>,
    /// The ids of all operations of the document, selected or not.
    pub(super) ids: Vec<String>,
    /// The selected operations as the document has them.
    paginated: Vec<Paginated<'a>>,
}

/// The state of lowering operations.
struct Lowering<'a, 's> {
    requirements: &'s Requirements<'a>,
    server: ServerOfApi<'s>,
    resources: Resources<'a>,
    functions: Functions,
    shared: SharedResponses,
    payloads: Payloads,
    given_names: GivenNames<'a>,
}

/// An operation as the document has it.
struct Written<'a, 'p> {
    path: &'a str,
    item: &'a PathItem,
    item_at: &'p Pointer,
    method: &'a Method,
    operation: &'a openapiv3::Operation,
    id: String,
    /// Position in the model.
    position: OperationId,
}

/// Lowers the operations that codegen.toml selects and, without a selection, the payloads of webhooks.
pub(super) fn lower_operations<'a>(
    lower: &mut Lower<'a, '_>,
    requirements: &Requirements<'a>,
    server: Option<&Server>,
) -> Operations<'a> {
    let (document, config) = (lower.document, lower.config);
    let openapi = document.openapi();
    let mut lowering = Lowering {
        requirements,
        server: ServerOfApi::new(server),
        resources: Resources::new(&config.names, &openapi.tags),
        functions: Functions::of(document),
        shared: SharedResponses::default(),
        payloads: Payloads::default(),
        given_names: GivenNames::new(&config.names),
    };
    let mut selection = Selection::new(config);
    let mut operations = Vec::new();
    let mut replies = Vec::new();
    let mut constraints = Vec::new();
    let mut paginated = Vec::new();
    let mut ids = Vec::new();
    let paths = Pointer::root().child("paths");
    for (path, item) in document.paths() {
        let Some((item, item_at)) = document.path_item(item, &paths.child(path)) else { continue };
        for (method, operation) in item.iter() {
            let id = operation.operation_id.clone().unwrap_or_else(|| format!("{} {path}", method.key()));
            ids.push(id.clone());
            let called = Called { method: method.name(), path, operation };
            let is_repeatable = selection.is_repeatable(method.name(), path, operation);
            if selection.selects(method.name(), path, operation) {
                let position = OperationId::new(operations.len());
                let written = Written { path, item, item_at: &item_at, method, operation, id, position };
                lowering.given_names.name_method(&called, Some(position), lower.diagnostics);
                let (lowered, reply) = lowering.lower(lower, written, is_repeatable);
                let parameters = &lowered.parameters;
                lowering.given_names.name_parameters(&called, position, parameters, lower.diagnostics);
                let at = method.location(&item_at);
                let parameters = document.parameters(path, (item, &item_at), (operation, &at));
                let written = WrittenOperation { operation, at: at.clone(), parameters };
                constraints.push(value_constraints::of_operation(lower, &lowered, &reply, &written));
                operations.push(lowered);
                replies.push(reply);
                paginated.push(Paginated { method: method.name(), path, operation, at });
            } else {
                lowering.given_names.name_method(&called, None, lower.diagnostics);
                lowering.given_names.skip_parameters(&called);
            }
        }
    }
    if !config.operations.is_selection() {
        lowering.payloads.lower_webhooks(lower, &mut lowering.shared);
    }
    report_stale(lower, selection.stale(), &ids);
    lowering.given_names.report_stale(&ids, lower.diagnostics);
    let (resources, mut given_names) = lowering.resources.finish();
    given_names.methods = lowering.given_names.methods;
    given_names.parameters = lowering.given_names.parameters;
    Operations { operations, resources, given_names, replies, constraints, ids, paginated }
}

/// Sets the pagination of all operations. The types of the API are complete.
pub(super) fn paginate(
    lower: &mut Lower<'_, '_>,
    api: &Api,
    Operations { mut operations, ids, paginated, .. }: Operations<'_>,
) -> (Vec<Operation>, Vec<String>) {
    let mut settings = pages::Settings::new(lower.config);
    pages::assign(lower, api, &mut settings, &mut operations, &paginated);
    report_stale(lower, settings.stale(), &ids);
    (operations, ids)
}

impl<'a> Lowering<'a, '_> {
    fn lower(
        &mut self,
        lower: &mut Lower<'a, '_>,
        written: Written<'a, '_>,
        is_repeatable: bool,
    ) -> (Operation, Reply) {
        let Written { path, item, item_at, method, operation, id, position } = written;
        let given = self.given_names.methods.get(&position);
        let at = method.location(item_at);
        report_tunnel(lower, method, &at);
        self.requirements.report_unsupported(operation, &at, lower.diagnostics);
        let function = self.functions.name_of(&id, &method.key(), path).map(str::to_owned);
        let (resource, name) = self.resources.resource_and_name(
            operation,
            &method.key(),
            path,
            function.as_deref(),
            lower.diagnostics,
        );
        let site = |place: &str| Site::of_operation(id.as_str(), place);
        let parameters = parameter::lower_parameters(lower, path, (item, item_at), (operation, &at), &site);
        let body = operation
            .request_body
            .as_ref()
            .and_then(|body| body::lower_body(lower, body, &at.child("requestBody"), &site));
        let responses = &operation.responses;
        let responses_at = at.child("responses");
        let LoweredResponses { success, accept, others, documented, errors, headers, reply, is_redirect } =
            response::lower_responses(
                lower,
                responses,
                &responses_at,
                method.name(),
                &site,
                &mut self.shared,
            );
        self.payloads.lower_callbacks(lower, &id, &at, &mut self.shared);
        let lowered = Operation {
            resource,
            summary: summary(operation, given.map_or(name.as_str(), |given| &given.name)),
            docs: docs(operation, at),
            name,
            method: method.name().to_owned(),
            path: path::template(path),
            server: self.server.other(item, operation),
            security: self.requirements.of(operation),
            scopes: self.requirements.scopes_of(operation),
            parameters,
            body,
            success,
            headers,
            is_redirect,
            pages: None,
            accept,
            other_responses: others,
            documented_responses: documented,
            errors,
            is_repeatable,
            function,
            id,
        };
        (lowered, reply)
    }
}

/// Returns the summary. One that only repeats the operation's name, or the beginning of the description, is dropped if there
/// is a description.
fn summary(operation: &openapiv3::Operation, name: &str) -> Option<String> {
    let description = text::trimmed(operation.description.as_ref());
    text::trimmed(operation.summary.as_ref()).filter(|summary| match &description {
        Some(description) => !same_words(summary, name) && !text::begins_with(description, summary),
        None => true,
    })
}

fn docs(operation: &openapiv3::Operation, at: Pointer) -> Docs {
    let description = text::trimmed(operation.description.as_ref());
    let advice =
        operation.deprecated.then(|| advice(&operation.extensions, description.as_deref())).flatten();
    Docs { text: description, deprecated: operation.deprecated, advice, pointer: at, ..Docs::default() }
}

/// Reports the method `CONNECT`, which makes the connection a tunnel.
fn report_tunnel(lower: &mut Lower<'_, '_>, method: &Method, at: &Pointer) {
    if method.name() == "CONNECT" {
        lower.diagnostics.report(
            Code::UnsupportedUpgrade,
            at,
            "`CONNECT` opens a tunnel, so every call fails",
            "connect with another client",
        );
    }
}

/// Reports the entries of `[operations]` and `[pagination]` that match no operation.
fn report_stale(lower: &mut Lower<'_, '_>, stale: Vec<StaleEntry>, ids: &[String]) {
    let paths = lower.document.paths();
    let items = paths.values().filter_map(openapiv3::ReferenceOr::as_item);
    let tags = items.flat_map(|item| item.iter()).flat_map(|(_, operation)| &operation.tags);
    let candidates: Vec<&str> = ids.iter().chain(tags).chain(paths.keys()).map(String::as_str).collect();
    let help = "remove the entry, or use an operation id, a tag or a path pattern of the document";
    stale::report(Code::StaleSelection, stale, &candidates, help, lower.diagnostics);
}
