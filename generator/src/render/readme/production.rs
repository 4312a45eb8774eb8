//! What a program in production needs to know: errors, limits, retries, and tests without a network.

use std::cmp::Reverse;

use super::super::Context;
use super::crate_name;
use crate::ir::Type;

pub(super) fn section(context: &Context<'_>) -> String {
    let name = crate_name(context);
    let (import, decoded) = match (error_table(context), error_type(context)) {
        (Some(ident), _) => (
            "{Error, errors}",
            format!(
                "    if let Some(Ok(body)) = errors::{ident}::of(error) {{\n        // One of several types, by the status.\n        \
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
        r#"## Errors, limits and retries

```rust,no_run
use {name}::{import};

fn report(error: &Error) {{
    // One line for a log: the method, the path, the status, the id of the request, what the server says.
    eprintln!("{{error}}");
    if error.is_rate_limited() {{
        eprintln!("the server asks for {{:?}}", error.retry_after());
    }}
{decoded}}}
```

A call that fails in passing is tried again: after 429 always, after 5xx and broken connections where repeating does no
harm. Waits are random, grow, and respect `Retry-After`; a budget keeps an outage from being multiplied. A call may take
a minute in all, and an answer may have 64 MiB. The builder has settings for all of that, and so has each request:

```rust,no_run
use std::time::Duration;

use {name}::runtime::Method;
use {name}::{{Client, Error, RequestExt, RetryPolicy}};

fn settings() -> Result<Client, Error> {{
    Client::builder()
        .base_url("https://api.example.com")
        .retry(RetryPolicy::default().with_max_attempts(6))
        .attempt_timeout(Duration::from_secs(10))
        .default_header("x-team", "billing")
        .build()
}}

/// A request that the document does not know has the same credentials, limits and errors.
async fn undocumented(client: &Client) -> Result<(), Error> {{
    let response = client
        .request(Method::GET, "/regions/{{region}}/status")
        .path("region", &"eu/1")
        .with_query("verbose", &true)
        .with_header("x-trace", "6f1c2d9e")
        .with_timeout(Duration::from_secs(5))
        .with_retry(RetryPolicy::none())
        .await?;
    println!("{{}}", response.status());
    Ok(())
}}
```

`runtime::Middleware` sees and changes each attempt, without credentials. In tests, `runtime::testing` stands for the
network:

```rust,no_run
use {name}::runtime::testing::{{Reply, TestTransport}};
use {name}::{{Client, Error}};

fn without_a_network() -> Result<(Client, TestTransport), Error> {{
    let transport = TestTransport::replying([Reply::status(503), Reply::json(200, &["a"])]);
    let client = Client::builder().base_url("https://api.example.com").transport(transport.clone()).build()?;
    Ok((client, transport)) // `transport.requests()` are those that were sent
}}
```
"#
    )
}

/// What tells errors apart for most of the operations that have several types for them.
fn error_table<'a>(context: &'a Context<'_>) -> Option<&'a str> {
    let users =
        |id| context.api.operations().filter(move |(_, operation)| operation.error_table == Some(id)).count();
    let most = context.api.error_tables().max_by_key(|(id, _)| (users(*id), Reverse(*id)));
    most.map(|(id, _)| context.names.of_error_table(id).ident.as_str())
}

/// The type that the document has for most of its errors.
fn error_type<'a>(context: &'a Context<'_>) -> Option<&'a str> {
    let mut counted: Vec<(usize, &str)> = Vec::new();
    let errors = context.api.operations().flat_map(|(_, operation)| &operation.errors);
    for id in errors.filter_map(|error| error.ty.as_ref().and_then(Type::named)) {
        let ident = context.names.of_type(id).ident.as_str();
        match counted.iter_mut().find(|(_, known)| *known == ident) {
            Some((count, _)) => *count += 1,
            None => counted.push((1, ident)),
        }
    }
    // The first of those that are met most often.
    counted.into_iter().rev().max_by_key(|(count, _)| *count).map(|(_, ident)| ident)
}
