//! How to read the headers of an answer that the document describes.

use super::super::Context;
use super::{begun, crate_name};
use crate::ir::{Content, Success};

/// How to read headers, if the document describes any.
pub(super) fn section(context: &Context<'_>) -> Option<String> {
    let described = context.api.operations().filter(|(_, operation)| !operation.headers.is_empty());
    // What is read as it arrives has no value to wait for.
    let whole = described.filter(|(_, operation)| {
        !matches!(operation.success, Success::Always(Content::Bytes | Content::Events(_) | Content::Lines(_)))
    });
    let (id, operation) = whole.min_by_key(|(_, operation)| {
        let required = operation.parameters.iter().filter(|parameter| parameter.required).count();
        (operation.docs.deprecated, operation.method != "GET", required)
    })?;
    let names = context.names.of_operation(id);
    let (name, begun) = (crate_name(context), begun(context, id, operation));
    let types = if begun.contains("types::") { ", types" } else { "" };
    let (resource, headers) = (
        context.names.of_resource(operation.resource).module.as_str(),
        names.headers.as_ref()?.ident.as_str(),
    );
    let method = names.method.as_str();
    Some(format!(
        r#"## Headers of answers

Where the document describes headers of an answer, the operation has a type for them, named after it: `{method}` has
`{headers}`. `with_response` gives the response that they are read from, beside the answer itself.

```rust,no_run
use {name}::{{Client, Error, RequestExt{types}}};
use {name}::resources::{resource}::{headers};

async fn headers(client: &Client) -> Result<{headers}, Error> {{
    let (_, response) = client
{begun}        .with_response()
        .await?;
    {headers}::of(&response)
}}
```

What a server leaves out is `None`. Of any other header, `response.header("name")` reads a number, a text or a list.
"#
    ))
}
