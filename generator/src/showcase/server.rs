//! Chooses what the snippets set on the builder of a client: the server, and the credentials of the first call.

use crate::ir::{Api, BuilderMethod, OperationId};
use crate::naming::Names;

/// The settings of the server on the builder of a client.
#[derive(Debug, Default)]
pub(crate) struct ServerExample {
    /// The variables of the URL without a default, by position, each with a value.
    pub(crate) variables: Vec<(usize, String)>,
    /// A placeholder for the base URL, if the document has no absolute server URL.
    pub(crate) base_url: Option<String>,
}

impl ServerExample {
    pub(super) fn of(api: &Api, names: &Names) -> Self {
        let variables = api.server.iter().flat_map(|server| &server.variables).zip(names.server_variables());
        let required = variables.enumerate().filter(|(_, (variable, _))| variable.default.is_none());
        let variables = required.map(|(position, (variable, ident))| {
            let name = ident.as_str().trim_start_matches("r#").replace('_', "-");
            (position, variable.values.first().cloned().unwrap_or_else(|| format!("your-{name}")))
        });
        Self { variables: variables.collect(), base_url: base_url(api) }
    }
}

fn base_url(api: &Api) -> Option<String> {
    let url = api.server.as_ref().map_or("", |server| server.url.as_str());
    if url.contains("://") || url.starts_with('{') {
        return None;
    }
    let url = format!("https://api.example.com/{}", url.trim_start_matches('/'));
    Some(url.trim_end_matches('/').to_owned())
}

/// Returns the positions of the security schemes in the first requirement of an operation that is not empty. If several
/// schemes share a method of the builder, only the first scheme counts.
pub(super) fn credentials(api: &Api, operation: Option<OperationId>) -> Vec<usize> {
    let requirements = match operation {
        Some(id) => api.security.requirements_of(&api.operations[id.index()]),
        None => &api.security.default_requirements,
    };
    let Some(required) = requirements.iter().find(|schemes| !schemes.is_empty()) else { return Vec::new() };
    let schemes = &api.security.schemes;
    let mut positions: Vec<usize> =
        (0..schemes.len()).filter(|position| required.contains(&schemes[*position].name)).collect();
    positions.dedup_by_key(|position| match schemes[*position].builder_method {
        BuilderMethod::BearerToken => None,
        BuilderMethod::NamedAfterKind | BuilderMethod::NamedAfterScheme => Some(*position),
    });
    positions
}
