//! The first call: a program that builds a client and calls one operation. Then the server that it calls.

use super::super::context::Context;
use super::super::docs;
use super::super::snippet::{self, Request};
use super::builder::builder_steps;
use super::credentials;
use super::markdown::{paragraph, table};
use crate::ir::OperationId;

/// The section with the program. Without operations, the program only builds a client.
pub(super) fn section(context: &Context<'_>) -> String {
    let first = context.showcase.first_call;
    let credentials = credentials::of_first_call(context);
    let variables: String = credentials.iter().map(|credential| credential.variables.as_str()).collect();
    let steps: String =
        credentials.iter().map(|credential| format!("        {}\n", credential.step)).collect();
    let name = if first.is_some() { "client" } else { "_client" };
    let steps = builder_steps(context) + &steps;
    let built = if steps.is_empty() { ".build()".to_owned() } else { format!("\n{steps}        .build()") };
    let client = format!("{variables}    let {name} = Client::builder(){built}?;\n");
    let call = first.map(|id| {
        let (start, print) = snippet::binding(&context.api.operations[id.index()].success);
        let request = Request::new(context, id).then(".await");
        format!("\n{}{print}", request.statement(start, "?;"))
    });
    let call = call.unwrap_or_default();
    let import = snippet::import(context, &["Client"], &call);
    let note = match &context.showcase.server.base_url {
        Some(_) => "The document has no absolute server URL, so `base_url` has to be set.\n\n",
        None => "",
    };
    format!(
        "## First call\n\n{note}```rust,no_run\n{import}\n#[tokio::main]\n\
         async fn main() -> Result<(), Box<dyn std::error::Error>> {{\n{client}{call}    Ok(())\n}}\n```\n{}",
        first.map(|first| after_call(context, first)).unwrap_or_default()
    )
}

/// Explains the call and its response.
fn after_call(context: &Context<'_>, id: OperationId) -> String {
    let mut text = "A request is sent when it is awaited. Build the client once and clone it where you need it: clones are cheap \
                    and share connections."
        .to_owned();
    match snippet::response_type(context, &context.api.operations[id.index()]) {
        Some(ty) if ty.starts_with("Vec") => text.push_str(&format!(" `response` is a `{ty}`.")),
        Some(ty) => text.push_str(&format!(" `response` is a `{ty}`, whose fields are public.")),
        None => {}
    }
    if context.showcase.paginated == Some(id) {
        text.push_str(
            " The response holds only the first page; to read all pages, see [Pagination](#pagination).",
        );
    }
    text.push_str(" `cargo doc --open` lists all operations.");
    format!("\n{}", paragraph(&text).trim_end()) + "\n"
}

/// The section about servers: which one is called, its variables, and the other servers of the document.
pub(super) fn servers(context: &Context<'_>) -> Option<String> {
    let url = context.api.server.as_ref().map(|server| server.url.as_str()).filter(|url| !url.is_empty())?;
    let mut text = "## Server\n\n".to_owned();
    match &context.showcase.server.base_url {
        Some(_) => text.push_str(&format!(
            "The document has the path of the API, {}, but not its host. Set `base_url` to the complete URL.\n",
            docs::code(url)
        )),
        None => text.push_str(&format!(
            "Requests are sent to {}. `base_url` on the builder sets another URL.\n",
            docs::code(url)
        )),
    }
    if let Some(variables) = variables(context) {
        text.push_str(&format!("\nThe builder has a method for each variable of the URL:\n\n{variables}"));
    }
    if !context.api.other_servers.is_empty() {
        let rows = context.api.other_servers.iter().map(|(url, description)| {
            [docs::code(url), description.as_deref().map(docs::summary).unwrap_or_default()]
        });
        let rows = table(["URL", "Description"], rows.collect());
        text.push_str(&format!(
            "\nThe document lists other servers. To use one, pass its URL to `base_url`:\n\n{rows}"
        ));
    }
    Some(text)
}

/// The variables of the server's URL as a table.
fn variables(context: &Context<'_>) -> Option<String> {
    let server = context.api.server.as_ref().filter(|server| !server.variables.is_empty())?;
    let rows = server.variables.iter().zip(context.names.server_variables()).map(|(variable, ident)| {
        let values: Vec<String> = variable.values.iter().map(|value| docs::code(value)).collect();
        let default = match variable.default.as_deref() {
            Some("") => "empty".to_owned(),
            Some(default) => docs::code(default),
            None => match context.api.security.oauth.as_ref().is_some_and(|oauth| oauth.host_in_client_id) {
                true => "none (must be set, except with `base_url` or an OAuth client id)".to_owned(),
                false => "none (must be set, except with `base_url`)".to_owned(),
            },
        };
        let values = if values.is_empty() { "any".to_owned() } else { values.join(", ") };
        [format!("`{}`", ident.as_str()), docs::code(&variable.name), default, values]
    });
    Some(table(["Method", "Variable", "Default", "Values"], rows.collect()))
}
