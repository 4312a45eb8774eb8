//! Streams and downloads: responses that are read while they arrive.

use super::super::Context;
use super::snippet::{self, Request};
use crate::ir::{Content, Success};
use crate::showcase;

/// The section about server-sent events and JSON Lines, if the document has them.
pub(super) fn section(context: &Context<'_>) -> Option<String> {
    let (id, operation) = showcase::stream(context.api)?;
    let method = context.names.of_operation(id).method.as_str();
    let (what, item, value, resume) = match operation.success {
        Success::Always(Content::Events(_)) => (
            "server-sent events: a `runtime::EventStream`",
            "event",
            "event?.data",
            "\nThe stream ends when the server closes the connection. To resume, send the request again with the header\n\
             `last-event-id`: `last_event_id` returns its value, and `retry` the delay that the server asked for.\n",
        ),
        _ => ("JSON Lines: a `runtime::JsonLines`", "line", "line?", ""),
    };
    let request = Request::new(context, id, operation).then(".await");
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
    let (id, operation) = showcase::download(context.api)?;
    let method = context.names.of_operation(id).method.as_str();
    let request = Request::new(context, id, operation).then(".await").statement("let mut download = ", "?;");
    let import = snippet::import(context, &["Client"], &request);
    Some(format!(
        r#"## Downloads

A binary response, such as that of `{method}`, is a `runtime::Download`. Read it in chunks by `next`, or as
a whole by `bytes`.

```rust,no_run
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
"#
    ))
}
