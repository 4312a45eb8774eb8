//! How a program calls that is not `async`.

use super::super::Context;
use super::{begun, crate_name};
use crate::ir::{Operation, OperationId, Success};

/// The same call as elsewhere, if there is one to be shown.
pub(super) fn section(context: &Context<'_>, shown: Option<(OperationId, &Operation)>) -> Option<String> {
    let (id, operation) = shown?;
    let (name, begun) = (crate_name(context), begun(context, id, operation));
    let import = if begun.contains("types::") { "{Wait, types}" } else { "Wait" };
    let waits = match operation.success {
        Success::Empty => format!("    client\n{begun}        .wait()\n"),
        Success::Always(_) | Success::Optional(_) | Success::ByStatus(_) => format!(
            "    let answer = client\n{begun}        .wait()?;\n    println!(\"{{answer:?}}\");\n    Ok(())\n"
        ),
    };
    Some(format!(
        r#"## Without async

With the feature `blocking`, every request has `wait`, which sends it and gives its answer once it is there. Listings and
streams have `blocking`, which makes ordinary iterators of them, and downloads have `reader`.

```rust,no_run
#[cfg(feature = "blocking")]
fn call(client: &{name}::Client) -> Result<(), {name}::Error> {{
    use {name}::{import};

{waits}}}
```

It needs no runtime: a thread in the background keeps the connections. Within an asynchronous task of tokio, which must not
wait, `wait` is an error.
"#
    ))
}
