//! Chooses the operations that the README and `examples/` show, by rules that are stated at each of them.
//!
//! The last criterion is always the order of the document.

use std::cmp::Reverse;
use std::collections::HashMap;

use crate::ir::{Api, Content, Operation, OperationId, PageParam, ResourceId, Success, Type};

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

/// An operation and its id.
type Candidate<'a> = (OperationId, &'a Operation);

/// Compares the operations of a document.
pub(super) struct Ranking<'a> {
    pub(super) api: &'a Api,
    /// For each operation, the number of operations whose path is its path or continues it.
    at_or_below: Vec<usize>,
    by_resource: HashMap<ResourceId, usize>,
    first_call: Option<OperationId>,
}

impl<'a> Ranking<'a> {
    pub(super) fn of(api: &'a Api) -> Self {
        let mut by_resource = HashMap::new();
        for operation in &api.operations {
            *by_resource.entry(operation.resource).or_default() += 1;
        }
        let mut ranking = Self { api, at_or_below: at_or_below(api), by_resource, first_call: None };
        ranking.first_call = ranking.select_first_call();
        ranking
    }

    /// Returns the operation of the first call, which a newcomer to the API would make.
    pub(super) fn first_call(&self) -> Option<OperationId> {
        self.first_call
    }

    /// Selects the operation of the first call.
    ///
    /// Each criterion only decides between operations that are equal by those before it:
    ///
    /// 1. The operation is not deprecated.
    /// 2. It is a `GET` whose response is JSON, and it needs no request body.
    /// 3. It is about the data of the API, not about the service: its path is not `/`, and neither a segment of its
    ///    path nor its resource is one of [`SERVICE_WORDS`].
    /// 4. It is not isolated: its resource has other operations, or other operations have paths below its own.
    /// 5. It has few required parameters, and they are strings.
    /// 6. Many operations have its path or a path below it. `GET /apps` is central to an API with
    ///    `/apps/{app_id}/users/{user_id}`.
    /// 7. It is paginated.
    /// 8. It has many optional parameters.
    /// 9. It comes first in the document.
    fn select_first_call(&self) -> Option<OperationId> {
        let first = self.api.operations().min_by_key(|(id, operation)| {
            let others =
                operation.parameters.iter().filter(|it| it.required && it.ty != Type::String).count();
            (
                operation.docs.deprecated,
                operation.method != "GET",
                !matches!(operation.success, Success::Always(Content::Json(_))),
                requires_body(operation),
                self.is_about_service(operation),
                self.is_isolated(*id),
                (required_parameters(operation), others),
                Reverse(self.at_or_below(*id)),
                !is_paginated(operation),
                Reverse(operation.parameters.len()),
            )
        });
        first.map(|(id, _)| id)
    }

    /// Selects the first call if it is among the operations, or else the one with the fewest requirements.
    ///
    /// Each criterion only decides between operations that are equal by those before it: the operation is not
    /// deprecated; it starts at the first page, if it is paginated; it is a `GET`; it needs no request body; few parameters are required; many operations have its path
    /// or a path below it; it comes first in the document.
    pub(super) fn fewest_requirements(
        &self,
        is_candidate: impl Fn(&Operation) -> bool,
    ) -> Option<OperationId> {
        let candidates = self.api.operations().filter(|(_, operation)| is_candidate(operation));
        let selected = candidates.min_by_key(|&(id, operation): &Candidate<'_>| {
            (
                self.first_call != Some(id),
                operation.docs.deprecated,
                needs_page_token(operation),
                operation.method != "GET",
                requires_body(operation),
                required_parameters(operation),
                Reverse(self.at_or_below(id)),
            )
        });
        selected.map(|(id, _)| id)
    }

    /// Returns the number of operations whose path is the path of this one or continues it, which tells how central
    /// the operation is.
    pub(super) fn at_or_below(&self, id: OperationId) -> usize {
        self.at_or_below[id.index()]
    }

    /// Returns true if the operation is the only one of its resource, and no other has its path or a path below it.
    fn is_isolated(&self, id: OperationId) -> bool {
        let resource = self.api.operations[id.index()].resource;
        self.at_or_below(id) == 1 && self.by_resource.get(&resource) == Some(&1)
    }

    /// Returns true if the operation is about the service itself, such as a health check.
    pub(super) fn is_about_service(&self, operation: &Operation) -> bool {
        let is_service_word = |text: &str| {
            let word: String = text.chars().filter(char::is_ascii_alphanumeric).collect();
            SERVICE_WORDS.contains(&word.to_ascii_lowercase().as_str())
        };
        let resource = &self.api.resources[operation.resource.index()].name;
        let mut segments = operation.path.split('/').filter(|segment| !segment.is_empty()).peekable();
        segments.peek().is_none() || segments.any(is_service_word) || is_service_word(resource)
    }
}

/// Counts the operations at or below the path of each operation, in a tree of the segments of all paths.
fn at_or_below(api: &Api) -> Vec<usize> {
    let mut children: HashMap<(usize, &str), usize> = HashMap::new();
    let mut counts = vec![0];
    let nodes: Vec<usize> = (api.operations.iter())
        .map(|operation| {
            let segments = operation.path.trim_end_matches('/').split('/');
            segments.fold(0, |parent, segment| {
                let node = *children.entry((parent, segment)).or_insert(counts.len());
                if node == counts.len() {
                    counts.push(0);
                }
                counts[node] += 1;
                node
            })
        })
        .collect();
    nodes.into_iter().map(|node| counts[node]).collect()
}

/// Returns true if the operation is paginated and its items are known.
pub(super) fn is_paginated(operation: &Operation) -> bool {
    operation.pages.as_ref().is_some_and(|pages| pages.items.is_some())
}

/// Returns true if the operation is paginated and requires the token of a page, so that it cannot read the first page.
fn needs_page_token(operation: &Operation) -> bool {
    let token = operation.pages.as_ref().and_then(|pages| pages.token.as_ref());
    let Some((_, Some(PageParam::Query(name)))) = token else { return false };
    operation.parameters.iter().any(|it| it.required && it.name == *name)
}

/// Returns true if the response is a stream of server-sent events or JSON Lines.
pub(super) fn is_stream(operation: &Operation) -> bool {
    matches!(operation.success, Success::Always(Content::Events(_) | Content::Lines(_)))
}

/// Returns true if the response is a file.
pub(super) fn is_download(operation: &Operation) -> bool {
    operation.success == Success::Always(Content::Bytes)
}

/// Returns true if the response is JSON or has no body, for some statuses or all.
pub(super) fn is_json_or_empty(operation: &Operation) -> bool {
    !matches!(operation.success, Success::Always(Content::Text | Content::TextOrJson)) && is_whole(operation)
}

/// Returns true if the response is received as a whole, not as a stream.
pub(super) fn is_whole(operation: &Operation) -> bool {
    !is_stream(operation) && !is_download(operation)
}

pub(super) fn requires_body(operation: &Operation) -> bool {
    operation.body.as_ref().is_some_and(|body| body.required)
}

pub(super) fn required_parameters(operation: &Operation) -> usize {
    operation.parameters.iter().filter(|parameter| parameter.required).count()
}

#[cfg(test)]
mod tests {
    use super::Ranking;
    use crate::ir::{
        Api, Content, Location, Operation, OperationId, PageParam, Pagination, Parameter, Resource,
        ResourceId, Success, Type,
    };

    /// Checks which of these operations, each `METHOD PATH`, is the first call. Parameters of a path are required.
    #[track_caller]
    fn check(operations: &[&str], expected: &str) {
        let resource = Resource { name: "pets".to_owned(), description: None };
        let mut api = Api { resources: vec![resource], ..Api::default() };
        api.operations.extend(operations.iter().map(|operation| {
            let (method, path) = operation.split_once(' ').expect("method and path");
            self::operation(if method == "GET" { "GET" } else { "POST" }, path)
        }));
        let selected = Ranking::of(&api).first_call().expect("an operation is selected");
        let selected = &api.operations[selected.index()];
        assert_eq!(format!("{} {}", selected.method, selected.path), expected);
    }

    fn operation(method: &'static str, path: &str) -> Operation {
        let parameters = path.split('/').filter(|segment| segment.starts_with('{')).map(|name| Parameter {
            name: name.to_owned(),
            location: Location::Path,
            ty: Type::String,
            style: None,
            field_styles: Vec::new(),
            required: true,
            docs: Default::default(),
        });
        Operation {
            id: format!("{method} {path}"),
            resource: ResourceId::new(0),
            name: path.to_owned(),
            summary: None,
            docs: Default::default(),
            method: method.to_owned(),
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
            function: None,
            accept: None,
            other_responses: Vec::new(),
            documented_responses: Vec::new(),
            errors: Vec::new(),
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
    fn a_listing_starts_at_the_first_page() {
        let paginated = |path: &str| {
            let parameter = Some(PageParam::Query("{token}".to_owned()));
            let token = Some((vec!["next".to_owned()], parameter));
            Operation { pages: Some(Pagination { token, ..Pagination::default() }), ..operation("GET", path) }
        };
        let resource = Resource { name: "pets".to_owned(), description: None };
        let operations = vec![operation("GET", "/a"), paginated("/b/{token}"), paginated("/c/{id}/{other}")];
        let api = Api { resources: vec![resource], operations, ..Api::default() };
        let selected = Ranking::of(&api).fewest_requirements(|operation| operation.pages.is_some());
        assert_eq!(selected, Some(OperationId::new(2)));
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
