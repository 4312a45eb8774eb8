//! Errors, then retries and timeouts, then requests that the document does not describe.

use super::super::context::Context;
use super::super::snippet::{self, Request};
use super::builder::builder_steps;
use super::markdown::paragraph;

/// The section about errors.
pub(super) fn section(context: &Context<'_>) -> String {
    let name = context.package().library_name();
    let types = context.showcase.error_types.iter().map(|id| context.names.of_type(*id).ident.as_str());
    let pattern = |ident: &str| format!("Some(Ok(ErrorBody::{ident}(body)))");
    let patterns: Vec<String> = types.map(pattern).collect();
    let decoded = match patterns.as_slice() {
        [] => String::new(),
        [only] => {
            format!("    if let {only} = error.decoded() {{\n        eprintln!(\"{{body:?}}\");\n    }}\n")
        }
        several => {
            let arm = |pattern: &String| format!("        {pattern} => eprintln!(\"{{body:?}}\"),\n");
            let arms: String = several.iter().map(arm).collect();
            format!("    match error.decoded() {{\n{arms}        _ => {{}}\n    }}\n")
        }
    };
    let of_others = match context.package().runtime {
        Some(_) => " or another client made the call",
        None => "",
    };
    let (import, explained) = match decoded.is_empty() {
        false => (
            "{Error, ErrorBody}",
            paragraph(&format!(
                "`decoded` decodes the body as the type that the document defines for the operation and the status, a \
                 variant of `ErrorBody`. It returns `None` if there is no such type{of_others}, and `Some(Err(..))` if the \
                 body does not match it. `decode` decodes the body as any type.",
            )),
        ),
        true => ("Error", String::new()),
    };
    let explained = if explained.is_empty() { explained } else { format!("\n{}\n", explained.trim_end()) };
    let request_id = if context.api.request_id_header.is_some() { ", request id" } else { "" };
    let text = paragraph(&format!(
        "All calls have the same error type, `Error`. It has a kind and methods for common cases, such as `is_not_found`. If \
         the server responded, it also has the status, headers and body. Its `Display` output is one line for a log: method, \
         path, status{request_id} and the server's message."
    ));
    format!(
        r#"## Errors

{text}```rust,no_run
use {name}::{import};

fn report(error: &Error) {{
    eprintln!("{{error}}");
    if error.is_rate_limited() {{
        eprintln!("retry after {{:?}}", error.retry_after());
    }}
{decoded}}}
```
{explained}"#
    )
}

/// The section about retries, timeouts and other settings, of the client and of one request.
pub(super) fn settings(context: &Context<'_>) -> String {
    let (name, steps) = (context.package().library_name(), builder_steps(context));
    let mut imports = vec!["Client", "Error", "RetryPolicy"];
    let mut of_request = String::new();
    let mut declared = snippet::import(context, &imports, "");
    if let Some(id) = context.showcase.whole_call {
        let request = Request::new(context, id)
            .then(".with_timeout(Duration::from_secs(5))")
            .then(".with_retry(RetryPolicy::none())")
            .then(".await");
        let (start, print) = snippet::binding(&context.api.operations[id.index()].success);
        let statement = request.statement(start, "?;");
        imports.insert(2, "RequestExt");
        declared = snippet::import(context, &imports, &statement);
        of_request = format!(
            "\nasync fn one_request(client: &Client) -> Result<(), Error> {{\n{statement}{print}    Ok(())\n}}\n"
        );
    }
    let declared_repeatable = match context.facts.has_repeatable() {
        true => "; the settings of the generator can declare other operations repeatable",
        false => "",
    };
    let attempts = paragraph(&format!(
        "By default, a call makes at most four attempts. Status 429 and failures to connect are retried for every method. Status 408, 500, \
         502, 503 and 504, timeouts and broken connections are retried only if the request is idempotent, that is, its \
         method is idempotent or it has the header `idempotency-key`{declared_repeatable}."
    ));
    let delays = paragraph(
        "The delay grows with each attempt, is randomized, and respects `Retry-After`. If `Retry-After` exceeds 30 seconds or \
         the time that is left for the call, the call fails at once. A retry budget, shared by all clones of a client, stops retries while too many \
         calls fail.",
    );
    let limits = paragraph(
        "By default, a call takes at most 60 seconds, including retries, and a response body that is larger than 64 MiB is an error. \
         Set the limits for all calls on the builder, and the timeouts and retries of one request with the methods of \
         `RequestExt`:",
    );
    let credentials = match context.api.security.schemes.is_empty() {
        true => "the credentials of the client",
        false => "the credentials that most operations require",
    };
    let others = paragraph(&format!(
        "`Client::request` sends a request that the document does not describe. The client adds {credentials}; limits \
         and errors are the same as for other calls. `default_header` on the builder adds a header to every request. A `runtime::Middleware` can inspect and \
         change each attempt; it does not see the credentials."
    ));
    format!(
        r#"## Retries and timeouts

{attempts}{delays}{limits}```rust,no_run
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

{others}```rust,no_run
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
