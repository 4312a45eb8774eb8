//! The servers of the API and of single operations.

use std::collections::HashSet;

use openapiv3::{OpenAPI, Operation};

use crate::config;
use crate::document::PathItem;
use crate::ir::{Server, ServerVariable};

/// Returns the default server: the first one of the document. Users set others by `base_url`.
pub(super) fn default_server(openapi: &OpenAPI, config: &config::Client) -> Option<Server> {
    let server = openapi.servers.first()?;
    let required: HashSet<&String> = config.required_server_variables.iter().collect();
    let variables = server.variables.iter().flatten();
    let variables = variables.map(|(name, variable)| ServerVariable {
        name: name.clone(),
        default: Some(variable.default.clone()).filter(|_| !required.contains(name)),
        values: variable.enumeration.clone(),
        description: variable.description.clone(),
    });
    let url = server.url.trim_end_matches('/').to_owned();
    Some(Server { url, variables: variables.collect() })
}

/// Returns the URLs and the descriptions of all other servers.
pub(super) fn other_servers(openapi: &OpenAPI) -> Vec<(String, Option<String>)> {
    let others = openapi.servers.iter().skip(1);
    others.map(|other| (other.url.clone(), other.description.clone())).collect()
}

/// The default server, as operations compare theirs with it.
pub(super) struct ServerOfApi<'a> {
    url: Option<&'a str>,
    variables: HashSet<&'a str>,
}

impl<'a> ServerOfApi<'a> {
    pub(super) fn new(server: Option<&'a Server>) -> Self {
        let variables = server.into_iter().flat_map(|server| &server.variables);
        Self {
            url: server.map(|server| server.url.as_str()),
            variables: variables.map(|variable| variable.name.as_str()).collect(),
        }
    }

    /// Returns the server of an operation or its path, if it differs from the server of the API.
    ///
    /// Variables that the API's server has as well are set by the client. Others have their default, as the builder
    /// has no setter for them. A relative URL is relative to the API's base URL, since the URL of the document is
    /// unknown.
    pub(super) fn other(&self, item: &PathItem, operation: &Operation) -> Option<String> {
        let server = operation.servers.first().or_else(|| item.servers.first())?;
        let mut url = server.url.clone();
        let is_of_api = |name: &str| self.variables.contains(name);
        for (name, variable) in server.variables.iter().flatten().filter(|(name, _)| !is_of_api(name)) {
            url = url.replace(&format!("{{{name}}}"), &variable.default);
        }
        let trimmed = url.trim_end_matches('/');
        let url = if trimmed.is_empty() { "/" } else { trimmed };
        (!self.url.is_some_and(|of_api| of_api == url || path_of(of_api) == url)).then(|| url.to_owned())
    }
}

/// Returns the path of an absolute URL, such as `/v1` of `https://api.example.com/v1`. Other URLs are returned as they
/// are.
fn path_of(url: &str) -> &str {
    let Some((_, rest)) = url.split_once("://") else { return url };
    rest.find('/').map_or("/", |path| &rest[path..])
}
