//! Tests of programs that use the client: the mock server, and a transport without a network.

use super::super::context::Context;
use super::super::examples;
use super::super::snippet::{self, Request};
use super::builder::builder_steps;
use super::markdown::paragraph;
use crate::analyze::structure;
use crate::ir::{Content, Success, Type};

/// The section, with the first call as the code under test.
pub(super) fn section(context: &Context<'_>) -> Option<String> {
    let id = context.showcase.first_call?;
    let operation = &context.api.operations[id.index()];
    let name = context.package().library_name();
    let (import, response) = match &operation.success {
        Success::Always(Content::Json(Type::Named(id))) if structure::has_valid_default(context.api, *id) => {
            ("MockServer", format!("respond(&{}::default())", snippet::named(context, *id)))
        }
        Success::Always(Content::Json(Type::List(_))) => ("MockServer", "respond(&Vec::new())".to_owned()),
        Success::Always(Content::Json(_)) => {
            ("{MockResponse, MockServer}", "respond_with(MockResponse::json(200, &true))".to_owned())
        }
        _ => ("{MockResponse, MockServer}", "respond_with(MockResponse::status(204))".to_owned()),
    };
    let setup = snippet::mock_statement(context, id, &response);
    let (start, print) = snippet::binding(&operation.success);
    let request = Request::new(context, id).then(".await").statement(start, "?;");
    let types = match request.contains("types::") || response.contains("types::") {
        true => format!("use {name}::types;\n"),
        false => String::new(),
    };
    let import = format!("use {name}::mock::{import};\n{types}");
    let method = context.names.of_operation(id).method.as_str();
    let others = paragraph(&format!(
        "`respond_with_status(404, &body)` sets an error response. Both methods panic if the document forbids the body, \
         such as a string that is too long; after `unchecked()` they accept any. `respond_with` sets any response without a check.{}",
        programs(context)
    ));
    let without_server = paragraph(
        "To test without a server or network, use `runtime::testing::TestTransport`, which returns prepared responses:",
    );
    let (package, steps) = (&context.package().name, builder_steps(context));
    Some(format!(
        r#"## Testing

The feature `mock` adds a mock server that listens on a local port and knows every operation. It
responds with the response that the test sets, or else with an example from the document or a value
generated from the schemas. It rejects requests that do not match the document; `mock.rejections()`
returns the reasons.

```toml
[dev-dependencies]
{package} = {{ path = "vendor/{package}", features = ["mock"] }}
```

```rust,no_run
{import}
#[tokio::test]
async fn {method}() -> Result<(), Box<dyn std::error::Error>> {{
    let mock = MockServer::start()?;
{setup}
    let client = mock.client()?;
{request}{print}
    assert_eq!(mock.rejections(), []);
    assert_eq!(mock.requests()[0].operation_id(), Some({id:?}));
    Ok(())
}}
```

{others}{without_server}```rust,no_run
use {name}::runtime::testing::{{MockResponse, TestTransport}};
use {name}::{{Client, Error}};

fn client_without_network() -> Result<(Client, TestTransport), Error> {{
    let transport = TestTransport::with_responses([MockResponse::status(503), MockResponse::json(200, &["a"])]);
    let client = Client::builder()
{steps}        .transport(transport.clone())
        .build()?;
    Ok((client, transport)) // `transport.requests()` returns the requests that were sent
}}
```
"#,
        id = operation.id,
    ))
}

/// A sentence about `examples/`, if the crate has any.
fn programs(context: &Context<'_>) -> String {
    match context.showcase.programs.first().map(examples::name) {
        Some(name) => format!(
            " The programs in `examples/` call the mock server: `cargo run --example {name} --features mock`."
        ),
        None => String::new(),
    }
}
