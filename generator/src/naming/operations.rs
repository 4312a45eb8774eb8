//! The names of resources, operations and their parameters.

use super::ident::{Case, Ident};
use super::scope::Scope;
use crate::ir::{Api, Location, Operation, OperationId};

/// The names of a resource.
#[derive(Debug)]
pub(crate) struct ResourceNames {
    /// The method of the client that leads to it, and the module that it stands in.
    pub(crate) module: Ident,
    /// The type that holds its operations.
    pub(crate) ident: Ident,
}

/// The names of an operation.
#[derive(Debug)]
pub(crate) struct OperationNames {
    /// The method of its resource.
    pub(crate) method: Ident,
    /// The type of its request.
    pub(crate) request: Ident,
    /// Its parameters, in their order: arguments of the method, or methods of the request.
    pub(crate) parameters: Vec<Ident>,
    /// Its body, likewise.
    pub(crate) body: Ident,
}

/// What the client has of its own beside its resources.
const CLIENT: [&str; 7] = ["builder", "clone", "from_env", "mod", "new", "request", "resources"];

/// What the files of resources refer to beside the types of the document: no resource and no request may hide it.
const IN_RESOURCES: [&str; 21] = [
    "BTreeMap",
    "Box",
    "Bytes",
    "Client",
    "ClientBuilder",
    "Clone",
    "Debug",
    "Err",
    "From",
    "Into",
    "Method",
    "None",
    "Ok",
    "Operation",
    "Option",
    "Request",
    "Result",
    "Self",
    "Some",
    "String",
    "Vec",
];

/// What a resource has of its own beside its operations.
const RESOURCE: [&str; 3] = ["new", "client", "clone"];

/// What a request has of its own beside its parameters.
const REQUEST: [&str; 6] = ["clone", "into_future", "send", "request", "header", "timeout"];

/// What the builder of a client has of its own beside the variables of the server.
const BUILDER: [&str; 11] = [
    "base_url",
    "bearer_token",
    "build",
    "clone",
    "credentials",
    "new",
    "response_limit",
    "server_variable",
    "timeout",
    "transport",
    "user_agent",
];

pub(super) fn allocate(api: &Api) -> (Vec<ResourceNames>, Vec<OperationNames>) {
    let mut modules = Scope::reserving(Case::Snake, "resource", &CLIENT);
    let mut idents = Scope::reserving(Case::Camel, "Resource", &IN_RESOURCES);
    let mut names: Vec<Option<OperationNames>> = api.operations.iter().map(|_| None).collect();
    let mut resources = Vec::with_capacity(api.resources.len());
    for (id, resource) in api.resources() {
        let module = modules.allocate(&resource.name);
        let ident = idents.allocate(&resource.name);
        let operations: Vec<(OperationId, &Operation)> = api.operations_of(id).collect();
        for (id, operation) in name_operations(&operations, ident.as_str()) {
            names[id.index()] = Some(operation);
        }
        resources.push(ResourceNames { module, ident });
    }
    (resources, names.into_iter().flatten().collect())
}

fn name_operations(
    operations: &[(OperationId, &Operation)],
    resource: &str,
) -> Vec<(OperationId, OperationNames)> {
    let mut methods = Scope::reserving(Case::Snake, "call", &RESOURCE);
    let reserved = IN_RESOURCES.iter().copied().chain([resource]).collect::<Vec<_>>();
    let mut requests = Scope::reserving(Case::Camel, "Call", &reserved);
    operations
        .iter()
        .map(|(id, operation)| {
            // What tells two apart that want one name: the id, then the path.
            let last = operation.id.rsplit('.').next().unwrap_or_default();
            let by_path = format!("{} {}", operation.method, operation.path);
            let method = methods.allocate_or(&operation.name, &[last, &by_path]);
            let request = requests.allocate_or(method.as_str(), &[&format!("{} request", method.as_str())]);
            let (parameters, body) = name_parameters(operation);
            (*id, OperationNames { method, request, parameters, body })
        })
        .collect()
}

fn name_parameters(operation: &Operation) -> (Vec<Ident>, Ident) {
    let mut scope = Scope::reserving(Case::Snake, "value", &REQUEST);
    let parameters = operation
        .parameters
        .iter()
        .map(|parameter| {
            let place = match parameter.location {
                Location::Path => "path",
                Location::Query => "query",
                Location::Header => "header",
            };
            scope.allocate_or(&parameter.name, &[&format!("{} {place}", parameter.name)])
        })
        .collect();
    (parameters, scope.allocate_or("body", &["request body"]))
}

pub(super) fn server_variables(api: &Api) -> Vec<Ident> {
    let mut scope = Scope::reserving(Case::Snake, "variable", &BUILDER);
    let variables = api.server.iter().flat_map(|server| &server.variables);
    variables.map(|variable| scope.allocate(&variable.name)).collect()
}
