//! Pagination: the items of all pages, or page by page.

use super::super::context::Context;
use super::super::snippet::{self, Request};

/// The section, if the document has a paginated operation.
pub(super) fn section(context: &Context<'_>) -> Option<String> {
    let id = context.showcase.paginated?;
    let request = Request::new(context, id).then_items(context, id).statement("let mut items = ", ";");
    let import = snippet::import(context, &["Client", "Error"], &request);
    Some(format!(
        r#"## Pagination

Requests of paginated operations have two more methods: `items` iterates over the items of all pages,
`pages` over whole pages. The next page is requested only when it is needed.

```rust,no_run
{import}
async fn list(client: &Client) -> Result<(), Error> {{
{request}
    while let Some(item) = items.next().await {{
        println!("{{:?}}", item?);
    }}
    Ok(())
}}
```

Both return values also implement `futures_core::Stream`. If a listing is incomplete, its
last item is an error for which `Error::is_pages` is true: the pages have fewer items than the total that the
server states, the server repeats a page, or the next page is on another server.
"#
    ))
}
