//! Calls without async.

use super::super::context::Context;
use super::super::snippet::{self, Request};
use super::markdown::paragraph;
use crate::ir::Success;

/// The section, with the first call.
pub(super) fn section(context: &Context<'_>) -> Option<String> {
    let id = context.showcase.first_call?;
    let success = &context.api.operations[id.index()].success;
    let request = Request::new(context, id).then(".wait()");
    let import = snippet::import(context, &["Client", "Error", "Wait"], &request.statement("", ""));
    let call = match success {
        Success::Empty => request.statement("", ""),
        Success::Always(_) | Success::Optional(_) | Success::ByStatus(_) => {
            let (start, print) = snippet::binding(success);
            format!("{}{print}    Ok(())\n", request.statement(start, "?;"))
        }
    };
    let text = paragraph(&format!(
        "With the feature `blocking`, `wait` sends a request and blocks the thread until the response has arrived. {}",
        others(context)
    ));
    let package = &context.package().name;
    Some(format!(
        r#"## Blocking calls

{text}```toml
[dependencies]
{package} = {{ path = "vendor/{package}", features = ["blocking"] }}
```

```rust,no_run
{import}
fn call(client: &Client) -> Result<(), Error> {{
{call}}}
```

No async runtime is needed: a background thread drives the connections. In an async task, which must not
block, `wait` returns an error.
"#
    ))
}

/// Describes the blocking forms of pages, streams and downloads, as far as the API has them.
fn others(context: &Context<'_>) -> String {
    let iterators = match (context.showcase.paginated, context.showcase.stream) {
        (Some(_), Some(_)) => Some("The method `blocking` turns `items`, `pages` and streams into iterators"),
        (Some(_), None) => Some("The method `blocking` turns `items` and `pages` into iterators"),
        (None, Some(_)) => Some("The method `blocking` turns streams into iterators"),
        (None, None) => None,
    };
    let reader = context.showcase.download.map(|_| "`reader` turns a download into a `std::io::Read`");
    let sentences: Vec<String> = iterators.into_iter().chain(reader).map(|it| format!("{it}.")).collect();
    sentences.join(" ")
}
