//! The method calls that set the server on the builder of a client.

use super::super::context::Context;

/// The method calls of a builder that set the server, each on a line: required variables, and the base URL if the
/// document has none.
pub(super) fn builder_steps(context: &Context<'_>) -> String {
    let server = &context.showcase.server;
    let idents = context.names.server_variables();
    let variables = server.variables.iter();
    let variables =
        variables.map(|(position, value)| format!("        .{}({value:?})\n", idents[*position].as_str()));
    let url = server.base_url.iter();
    let url = url.map(|url| format!("        .base_url({url:?}) // the URL of your server\n"));
    variables.chain(url).collect()
}
