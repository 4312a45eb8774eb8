//! Pagination: the items of all pages, or page by page.

use super::super::Context;
use super::snippet::{self, Request};
use crate::showcase;

/// The section, if the document has a paginated operation.
pub(super) fn section(context: &Context<'_>) -> Option<String> {
    let (id, operation) = showcase::paginated(context.api)?;
    let request = Request::new(context, id, operation).then(".items()").statement("let mut items = ", ";");
    let import = snippet::import(context, &["Client", "Error"], &request);
    Some(format!(
        r#"## Pagination

A request of a paginated operation has two more methods: `items` returns the items of all pages one by
one, `pages` returns whole pages. The next page is requested when it is needed, so you can stop anywhere.

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

Both are also a `futures_core::Stream`. If the server repeats a page, or the next page is on another
server, the last item is an error (`Error::is_pages`).
"#
    ))
}
