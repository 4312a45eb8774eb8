//! Calls without async.

use super::super::Context;
use super::snippet::{self, Request};
use crate::ir::Success;
use crate::showcase::Selected;

/// The section, with the first call.
pub(super) fn section(context: &Context<'_>, first: Option<Selected<'_>>) -> Option<String> {
    let (id, operation) = first?;
    let name = context.package.library_name();
    let request = Request::new(context, id, operation).then(".wait()");
    let import = if request.statement("", "").contains("types::") { "{Wait, types}" } else { "Wait" };
    let call = match operation.success {
        Success::Empty => request.statement("", ""),
        Success::Always(_) | Success::Optional(_) | Success::ByStatus(_) => {
            let (start, print) = snippet::binding(&operation.success);
            format!("{}{print}    Ok(())\n", request.statement(start, "?;"))
        }
    };
    Some(format!(
        r#"## Blocking calls

With the feature `blocking`, `wait` sends a request and blocks the thread until the response has arrived.
`blocking` turns pages, items and streams into iterators; `reader` turns a download into a `std::io::Read`.

```rust,no_run
#[cfg(feature = "blocking")]
fn call(client: &{name}::Client) -> Result<(), {name}::Error> {{
    use {name}::{import};

{call}}}
```

No async runtime is needed: a background thread drives the connections. In an async task, which must not
block, `wait` returns an error.
"#
    ))
}
