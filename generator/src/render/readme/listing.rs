//! How to read a listing.

use super::super::Context;
use super::{begun, crate_name};

/// How to read a listing, if there is one.
pub(super) fn section(context: &Context<'_>) -> Option<String> {
    let listings = context
        .api
        .operations()
        .filter(|(_, operation)| operation.pages.as_ref().is_some_and(|pages| pages.items.is_some()));
    let (id, operation) = listings.min_by_key(|(_, operation)| {
        let required = operation.parameters.iter().filter(|parameter| parameter.required).count();
        (operation.docs.deprecated, operation.method != "GET", required)
    })?;
    let (name, begun) = (crate_name(context), begun(context, id, operation));
    let types = if begun.contains("types::") { ", types" } else { "" };
    Some(format!(
        r#"## Listings

Where an answer comes in pages, `items` gives what all of them list, and `pages` each page as a whole. The next page is
asked for when it is needed, so a listing may be left at any point.

```rust,no_run
use {name}::{{Client, Error{types}}};

async fn all(client: &Client) -> Result<(), Error> {{
    let mut items = client
{begun}        .items();

    while let Some(item) = items.next().await {{
        println!("{{:?}}", item?);
    }}
    Ok(())
}}
```

Both are `Stream`s of the crate `futures-core` as well. A server that repeats itself, or leads to another server, ends
them with an error.
"#
    ))
}
