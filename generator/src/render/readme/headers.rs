//! Response headers that the document describes.

use super::super::context::Context;
use super::super::snippet::{self, Request};
use super::markdown::paragraph;

/// The section, if the document describes response headers.
pub(super) fn section(context: &Context<'_>) -> Option<String> {
    let id = context.showcase.with_headers?;
    let operation = &context.api.operations[id.index()];
    let names = context.names.of_operation(id);
    let (name, method) = (context.package().library_name(), names.method.as_str());
    let resource = context.names.of_resource(operation.resource).module.as_str();
    let headers = names.headers.as_ref()?.ident.as_str();
    let request = Request::new(context, id).then(".with_response()").then(".await");
    let request = request.statement("let (_, response) = ", "?;");
    let text = paragraph(&format!(
        "An operation with documented response headers has a type for them, such as `{headers}` for `{method}`. \
         `with_response` returns the decoded body together with the response (status and headers)."
    ));
    let import = snippet::import(context, &["Client", "Error", "RequestExt"], &request);
    Some(format!(
        r#"## Response headers

{text}```rust,no_run
use {name}::resources::{resource}::{headers};
{import}
async fn headers(client: &Client) -> Result<{headers}, Error> {{
{request}    {headers}::of(&response)
}}
```

If the server did not send a header, its field is `None`. `response.header("name")` reads any other header.
"#
    ))
}
