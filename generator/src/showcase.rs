//! Selects the operations and the union that the README and the programs in `examples/` show.
//!
//! Imports `ir`.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet, VecDeque};

use crate::ir::{Api, Content, Operation, OperationId, ResourceId, Success, Type, TypeId};

/// An operation and its id.
pub(crate) type Selected<'a> = (OperationId, &'a Operation);

/// Names of path segments and resources that are about the service itself rather than about its data, without
/// punctuation.
const SERVICE_WORDS: &[&str] = &[
    "admin",
    "auth",
    "authentication",
    "authorization",
    "config",
    "health",
    "healthcheck",
    "healthz",
    "heartbeat",
    "hello",
    "info",
    "livez",
    "login",
    "logout",
    "metadata",
    "metrics",
    "oauth",
    "oauth2",
    "openapi",
    "openapijson",
    "ping",
    "preflightchecks",
    "ready",
    "readyz",
    "schema",
    "status",
    "system",
    "telemetry",
    "token",
    "tokens",
    "version",
    "versions",
    "wellknown",
];

/// Counts of operations, which tell how central an operation is.
pub(crate) struct Centrality<'a> {
    /// For each path without its trailing slash, the operations with this path or a path below it.
    by_path: HashMap<&'a str, usize>,
    by_resource: HashMap<ResourceId, usize>,
}

impl<'a> Centrality<'a> {
    pub(crate) fn of(api: &'a Api) -> Self {
        let mut counts = Self { by_path: HashMap::new(), by_resource: HashMap::new() };
        for (_, operation) in api.operations() {
            let path = trimmed(operation);
            let parents = path.match_indices('/').map(|(end, _)| &path[..end]);
            for prefix in parents.chain([path]) {
                *counts.by_path.entry(prefix).or_default() += 1;
            }
            *counts.by_resource.entry(operation.resource).or_default() += 1;
        }
        counts
    }

    /// Returns the number of operations whose path is the path of this one or continues it.
    pub(crate) fn at_or_below(&self, operation: &Operation) -> usize {
        self.by_path.get(trimmed(operation)).copied().unwrap_or_default()
    }

    /// Returns true if the operation is the only one of its resource, and no other has its path or a path below it.
    fn is_isolated(&self, operation: &Operation) -> bool {
        self.at_or_below(operation) == 1 && self.by_resource.get(&operation.resource) == Some(&1)
    }
}

fn trimmed(operation: &Operation) -> &str {
    operation.path.trim_end_matches('/')
}

/// Selects the operation of the first call, which a newcomer to the API would make.
///
/// Each criterion only decides between operations that are equal by those before it:
///
/// 1. The operation is not deprecated.
/// 2. It is a `GET` whose response is JSON, and it needs no request body.
/// 3. It is about the data of the API, not about the service: its path is not `/`, and neither a segment of its path nor
///    its resource is one of [`SERVICE_WORDS`].
/// 4. It is not isolated: its resource has other operations, or other operations have paths below its own.
/// 5. It has few required parameters, and they are strings.
/// 6. Many operations have its path or a path below it. `GET /apps` is central to an API with
///    `/apps/{app_id}/users/{user_id}`.
/// 7. It is paginated.
/// 8. It has many optional parameters.
/// 9. It comes first in the document.
pub(crate) fn first_call(api: &Api) -> Option<Selected<'_>> {
    let central = Centrality::of(api);
    api.operations().min_by_key(|(_, operation)| {
        let required = || operation.parameters.iter().filter(|parameter| parameter.required);
        let others = required().filter(|parameter| parameter.ty != Type::String).count();
        (
            operation.docs.deprecated,
            operation.method != "GET",
            !matches!(operation.success, Success::Always(Content::Json(_))),
            requires_body(operation),
            is_about_service(api, operation),
            central.is_isolated(operation),
            (required().count(), others),
            Reverse(central.at_or_below(operation)),
            !is_paginated(operation),
            Reverse(operation.parameters.len()),
        )
    })
}

/// Selects a paginated operation whose items are known: the first call if it is one, or else the one with the fewest
/// required parameters.
pub(crate) fn paginated(api: &Api) -> Option<Selected<'_>> {
    let paginated = api.operations().filter(|(_, operation)| is_paginated(operation));
    fewest_requirements(api, paginated)
}

/// Selects an operation whose response is a stream of server-sent events or JSON Lines.
pub(crate) fn stream(api: &Api) -> Option<Selected<'_>> {
    let is_stream = |operation: &Operation| {
        matches!(operation.success, Success::Always(Content::Events(_) | Content::Lines(_)))
    };
    fewest_requirements(api, api.operations().filter(|(_, operation)| is_stream(operation)))
}

/// Selects an operation whose response is a file.
pub(crate) fn download(api: &Api) -> Option<Selected<'_>> {
    let is_download = |operation: &Operation| operation.success == Success::Always(Content::Bytes);
    fewest_requirements(api, api.operations().filter(|(_, operation)| is_download(operation)))
}

/// Selects an operation with described response headers. Its body is received as a whole, not as a stream.
pub(crate) fn with_headers(api: &Api) -> Option<Selected<'_>> {
    let is_whole = |operation: &Operation| {
        !matches!(operation.success, Success::Always(Content::Bytes | Content::Events(_) | Content::Lines(_)))
    };
    let described = api.operations().filter(|(_, operation)| !operation.headers.is_empty());
    fewest_requirements(api, described.filter(|(_, operation)| is_whole(operation)))
}

/// Selects the union nearest to the response of the first call, or else the union that most types refer to. Unions with at
/// least two variants of named types come first.
pub(crate) fn union(api: &Api) -> Option<TypeId> {
    let variants = |id: &TypeId| {
        let shape = &api.type_def(*id).shape;
        shape.variants().filter(|variant| !variant.docs.deprecated).map(|variant| &variant.ty)
    };
    nearest_union(api, |id| variants(id).filter(|ty| matches!(ty, Type::Named(_))).count() > 1)
        .or_else(|| nearest_union(api, |id| variants(id).next().is_some()))
}

fn nearest_union(api: &Api, is_union: impl Fn(&TypeId) -> bool) -> Option<TypeId> {
    let response =
        first_call(api).and_then(|(_, operation)| operation.response_types().find_map(Type::named));
    let mut queue = VecDeque::from_iter(response);
    let mut seen: HashSet<TypeId> = queue.iter().copied().collect();
    while let Some(id) = queue.pop_front() {
        if is_union(&id) {
            return Some(id);
        }
        let next = api.type_def(id).shape.references();
        queue.extend(next.into_iter().filter(|id| seen.insert(*id)));
    }
    let mut references: HashMap<TypeId, usize> = HashMap::new();
    for id in api.types().flat_map(|(_, def)| def.shape.references()) {
        *references.entry(id).or_default() += 1;
    }
    let unions = api.types_by_origin().into_iter().map(|(id, _)| id).filter(&is_union);
    unions.min_by_key(|id| Reverse(references.get(id).copied().unwrap_or_default()))
}

/// Selects the first call if it is among the candidates, or else the operation with the fewest requirements.
fn fewest_requirements<'a>(
    api: &'a Api,
    candidates: impl Iterator<Item = Selected<'a>>,
) -> Option<Selected<'a>> {
    let first = first_call(api).map(|(id, _)| id);
    let central = Centrality::of(api);
    candidates.min_by_key(|(id, operation)| {
        let required = operation.parameters.iter().filter(|parameter| parameter.required).count();
        let is_first = first == Some(*id);
        (
            !is_first,
            operation.docs.deprecated,
            operation.method != "GET",
            requires_body(operation),
            required,
            Reverse(central.at_or_below(operation)),
        )
    })
}

/// Returns true if the operation is about the service itself, such as a health check.
pub(crate) fn is_about_service(api: &Api, operation: &Operation) -> bool {
    let is_service_word = |text: &str| {
        let word: String = text.chars().filter(char::is_ascii_alphanumeric).collect();
        SERVICE_WORDS.contains(&word.to_ascii_lowercase().as_str())
    };
    let resource = &api.resources[operation.resource.index()].name;
    let mut segments = operation.path.split('/').filter(|segment| !segment.is_empty()).peekable();
    segments.peek().is_none() || segments.any(is_service_word) || is_service_word(resource)
}

/// Returns true if the operation is paginated and its items are known.
pub(crate) fn is_paginated(operation: &Operation) -> bool {
    operation.pages.as_ref().is_some_and(|pages| pages.items.is_some())
}

fn requires_body(operation: &Operation) -> bool {
    operation.body.as_ref().is_some_and(|body| body.required)
}

#[cfg(test)]
mod tests {
    use super::first_call;
    use crate::ir::{Api, Content, Location, Operation, Parameter, Resource, ResourceId, Success, Type};

    /// Checks which of these operations, each `METHOD PATH`, is the first call. Parameters of a path are required.
    #[track_caller]
    fn check(operations: &[&str], expected: &str) {
        let resource = Resource { name: "pets".to_owned(), description: None };
        let mut api = Api { resources: vec![resource], ..Api::default() };
        api.operations.extend(operations.iter().map(|operation| {
            let (method, path) = operation.split_once(' ').expect("method and path");
            self::operation(if method == "GET" { "GET" } else { "POST" }, path)
        }));
        let (_, selected) = first_call(&api).expect("an operation is selected");
        assert_eq!(format!("{} {}", selected.method, selected.path), expected);
    }

    fn operation(method: &'static str, path: &str) -> Operation {
        let parameters = path.split('/').filter(|segment| segment.starts_with('{')).map(|name| Parameter {
            name: name.to_owned(),
            location: Location::Path,
            ty: Type::String,
            style: None,
            required: true,
            docs: Default::default(),
        });
        Operation {
            id: format!("{method} {path}"),
            resource: ResourceId::new(0),
            name: path.to_owned(),
            summary: None,
            docs: Default::default(),
            method,
            path: path.to_owned(),
            server: None,
            security: None,
            scopes: Vec::new(),
            parameters: parameters.collect(),
            body: None,
            success: Success::Always(Content::Json(Type::String)),
            headers: Vec::new(),
            pages: None,
            is_redirect: false,
            accept: None,
            other_responses: Vec::new(),
            errors: Vec::new(),
            error_table: None,
            mock_response: Default::default(),
            is_repeatable: false,
        }
    }

    #[test]
    fn reads_rather_than_writes() {
        check(&["POST /pets", "GET /pets/{id}"], "GET /pets/{id}");
    }

    #[test]
    fn needs_no_parameters_if_possible() {
        check(&["GET /pets/{id}", "GET /pets/{id}/toys", "GET /pets"], "GET /pets");
    }

    #[test]
    fn avoids_operations_about_the_service() {
        check(&["GET /health", "GET /", "GET /pets/{id}"], "GET /pets/{id}");
        check(&["GET /auth/identity", "GET /v1/openapi.json", "GET /pets/{id}"], "GET /pets/{id}");
        check(&["GET /health"], "GET /health");
    }

    #[test]
    fn prefers_central_paths() {
        let operations =
            ["GET /colors", "GET /pets/", "GET /pets/{id}", "POST /pets/{id}/toys", "GET /petshops"];
        check(&operations, "GET /pets/");
    }
}
