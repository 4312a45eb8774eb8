//! Errors, then retries and timeouts, then requests that the document does not describe.

use std::cmp::Reverse;

use super::super::Context;
use super::first_call::builder_steps;
use super::snippet::{self, Request};
use crate::ir::{Content, Success, Type};
use crate::showcase::Selected;

/// The section about errors.
pub(super) fn section(context: &Context<'_>) -> String {
    let name = context.package.library_name();
    let (import, decoded) = match (error_table(context), error_type(context)) {
        (Some(ident), _) => (
            "{Error, errors}",
            format!(
                "    if let Some(Ok(body)) = errors::{ident}::of(error) {{\n        // An enum: the type of the body depends on the status.\n        \
                 eprintln!(\"{{body:?}}\");\n    }}\n"
            ),
        ),
        (None, Some(ident)) => (
            "{Error, types}",
            format!(
                "    if let Some(Ok(body)) = error.decode::<types::{ident}>() {{\n        eprintln!(\"{{body:?}}\");\n    \
                 }}\n"
            ),
        ),
        (None, None) => ("Error", String::new()),
    };
    format!(
        r#"## Errors

Every call returns the same `Error`. It has a kind, methods such as `is_not_found` for common cases, and
the status, the headers and the body if the server responded. `Display` is one line for a log: method,
path, status, request id and the server's message.

```rust,no_run
use {name}::{import};

fn report(error: &Error) {{
    eprintln!("{{error}}");
    if error.is_rate_limited() {{
        eprintln!("retry after {{:?}}", error.retry_after());
    }}
{decoded}}}
```
"#
    )
}

/// The section about retries, timeouts and other settings, of the client and of one request.
pub(super) fn settings(context: &Context<'_>, first: Option<Selected<'_>>) -> String {
    let (name, steps) = (context.package.library_name(), builder_steps(context));
    let mut imports = vec!["Client", "Error", "RetryPolicy"];
    let mut of_request = String::new();
    let mut declared = snippet::import(context, &imports, "");
    if let Some((id, operation)) = first.filter(|(_, operation)| is_whole(&operation.success)) {
        let request = Request::new(context, id, operation)
            .then(".with_timeout(Duration::from_secs(5))")
            .then(".with_retry(RetryPolicy::none())")
            .then(".await");
        let (start, print) = snippet::binding(&operation.success);
        let statement = request.statement(start, "?;");
        imports.insert(2, "RequestExt");
        declared = snippet::import(context, &imports, &statement);
        of_request = format!(
            "\nasync fn one_request(client: &Client) -> Result<(), Error> {{\n{statement}{print}    Ok(())\n}}\n"
        );
    }
    format!(
        r#"## Retries and timeouts

Transient failures are retried, up to four attempts per call: status 429 always; 408, 500, 502, 503,
504, timeouts and broken connections if the request is safe to repeat. Delays are random, grow with each
attempt and respect `Retry-After`. A retry budget limits the load on a server that is down.

A call may take 60 seconds, including its retries, and a response body may have 64 MiB. The builder sets
the limits of the client, and `RequestExt` those of one request:

```rust,no_run
use std::time::Duration;

{declared}
fn client_with_limits() -> Result<Client, Error> {{
    Client::builder()
{steps}        .timeout(Duration::from_secs(120))
        .attempt_timeout(Duration::from_secs(10))
        .retry(RetryPolicy::default().with_max_attempts(6))
        .build()
}}
{of_request}```

## Other requests

`request` sends a request that the document does not describe, with the credentials, limits and errors of
the client. `default_header` on the builder adds a header to every request. A `runtime::Middleware` sees
and changes each attempt, without its credentials.

```rust,no_run
use {name}::runtime::Method;
use {name}::{{Client, Error, RequestExt}};

async fn undocumented(client: &Client) -> Result<(), Error> {{
    let response = client
        .request(Method::GET, "/regions/{{region}}/status")
        .path("region", &"eu/1")
        .with_query("verbose", &true)
        .with_header("x-trace", "6f1c2d9e")
        .await?;
    println!("{{}}", response.status());
    Ok(())
}}
```
"#
    )
}

/// Returns true if the response is received as a whole.
fn is_whole(success: &Success) -> bool {
    !matches!(success, Success::Always(Content::Bytes | Content::Events(_) | Content::Lines(_)))
}

/// Returns the enum that most operations with several error types use.
fn error_table<'a>(context: &'a Context<'_>) -> Option<&'a str> {
    let uses =
        |id| context.api.operations().filter(move |(_, operation)| operation.error_table == Some(id)).count();
    let most = context.api.error_tables().max_by_key(|(id, _)| (uses(*id), Reverse(*id)));
    most.map(|(id, _)| context.names.of_error_table(id).ident.as_str())
}

/// Returns the type of most documented errors.
fn error_type<'a>(context: &'a Context<'_>) -> Option<&'a str> {
    let mut counts: Vec<(usize, &str)> = Vec::new();
    let errors = context.api.operations().flat_map(|(_, operation)| &operation.errors);
    for id in errors.filter_map(|error| error.ty.as_ref().and_then(Type::named)) {
        let ident = context.names.of_type(id).ident.as_str();
        match counts.iter_mut().find(|(_, known)| *known == ident) {
            Some((count, _)) => *count += 1,
            None => counts.push((1, ident)),
        }
    }
    // The first type if several are used equally often.
    counts.into_iter().rev().max_by_key(|(count, _)| *count).map(|(_, ident)| ident)
}
