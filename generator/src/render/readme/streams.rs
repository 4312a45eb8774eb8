//! Streams and downloads: responses that are read while they arrive.

use super::super::context::Context;
use super::super::snippet::{self, Request};
use super::markdown::paragraph;
use crate::ir::{Content, Success};

/// The section about server-sent events and JSON Lines, if the document has them.
pub(super) fn section(context: &Context<'_>) -> Option<String> {
    let id = context.showcase.stream?;
    let method = context.names.of_operation(id).method.as_str();
    let (what, item, value, resume) = match context.api.operations[id.index()].success {
        Success::Always(Content::Events(_)) => (
            "server-sent events: a `runtime::EventStream`",
            "event",
            "event?.data",
            "\nThe stream ends when the server closes the connection. To resume it, wait as long as `retry` returns, and send\n\
             the request again with the value of `last_event_id` in the header `last-event-id`.\n",
        ),
        _ => ("JSON Lines: a `runtime::JsonLines`", "line", "line?", ""),
    };
    let request = Request::new(context, id).then(".await");
    let request = request.statement(&format!("let mut {item}s = "), "?;");
    let import = snippet::import(context, &["Client", "Error"], &request);
    Some(format!(
        r#"## Streams

Some operations respond with a stream. `{method}` returns {what}.

```rust,no_run
{import}
async fn listen(client: &Client) -> Result<(), Error> {{
{request}
    while let Some({item}) = {item}s.next().await {{
        println!("{{:?}}", {value});
    }}
    Ok(())
}}
```

The response has to start within the timeout of the client. After that, a stream has no time limit unless
its request sets one: `with_timeout` for the whole stream, `with_attempt_timeout` for the time without data.
{resume}"#
    ))
}

/// The section about binary responses, if the document has them.
pub(super) fn downloads(context: &Context<'_>) -> Option<String> {
    let id = context.showcase.download?;
    let method = context.names.of_operation(id).method.as_str();
    let request = Request::new(context, id).then(".await").statement("let mut download = ", "?;");
    let import = snippet::import(context, &["Client"], &request);
    let text = paragraph(&format!(
        "Operations with a binary response, such as `{method}`, return a `runtime::Download`. Read it in chunks with `next`, or \
         all at once with `bytes`."
    ));
    Some(format!(
        r#"## Downloads

{text}```rust,no_run
use std::io::Write;

{import}
async fn save(client: &Client, file: &mut impl Write) -> Result<(), Box<dyn std::error::Error>> {{
{request}
    while let Some(chunk) = download.next().await {{
        file.write_all(&chunk?)?;
    }}
    Ok(())
}}
```

The timeout of the call, 60 seconds by default, includes the whole body: for large files, set a longer
one with `with_timeout`. The limit on the size of a response body applies to `bytes`, but not to `next`.
"#
    ))
}
