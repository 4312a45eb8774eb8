//! How programs that use the client are tested: against the server that comes with it.

use super::super::{Context, examples};
use super::{begun, crate_name};
use crate::ir::{Content, Operation, OperationId, Shape, Success, Type};

/// A test of the same call as elsewhere, if there is one to be shown.
pub(super) fn section(context: &Context<'_>, shown: Option<(OperationId, &Operation)>) -> Option<String> {
    let (id, operation) = shown?;
    let (name, begun) = (crate_name(context), begun(context, id, operation));
    let (resource, names) = (context.names.of_resource(operation.resource), context.names.of_operation(id));
    let (resource, method) = (resource.module.as_str(), names.method.as_str());
    let (import, answer) = match answer(context, operation) {
        Some(ident) => ("Mock", format!("answers(&types::{ident}::default())")),
        None => ("{Mock, Reply}", "replies(Reply::status(204))".to_owned()),
    };
    let types = match begun.contains("types::") || answer.contains("types::") {
        true => format!("    use {name}::types;\n"),
        false => String::new(),
    };
    let (package, runnable) = (&context.package.name, runnable(context));
    let bound = if operation.success == Success::Empty { "" } else { "let answer = " };
    let looked = if operation.success == Success::Empty { "" } else { "    println!(\"{answer:?}\");\n" };
    Some(format!(
        r#"## Testing what uses it

With the feature `mock` there is a server on loopback that answers every operation: with examples of the document, with
values made from its schemas, or with what a test sets, typed or raw. It keeps the requests that it got, hands out tokens,
and refuses what the document does not allow, with a body that says what is wrong and where. `answers_with(404, &body)`
answers with an error, whose body is held against the document as well.

```toml
[dev-dependencies]
{package} = {{ path = "vendor/{package}", features = ["mock"] }}
```

```rust,no_run
#[cfg(feature = "mock")]
async fn tested() -> Result<(), Box<dyn std::error::Error>> {{
    use {name}::mock::{import};
{types}
    let mock = Mock::start()?;
    mock.on().{resource}().{method}().{answer};

    let client = mock.client()?;
    {bound}client
{begun}        .await?;
{looked}
    assert_eq!(mock.rejected(), []);
    assert_eq!(mock.requests()[0].operation_id(), Some({id:?}));
    Ok(())
}}
```
{runnable}"#,
        id = operation.id,
    ))
}

/// What is said of the programs that come with the crate.
fn runnable(context: &Context<'_>) -> String {
    match examples::first(context) {
        Some(name) => format!(
            "\n`examples/` has programs that run against it: `cargo run --example {name} --features mock`.\n"
        ),
        None => String::new(),
    }
}

/// The type of an answer that has an empty value.
fn answer<'a>(context: &'a Context<'_>, operation: &Operation) -> Option<&'a str> {
    let Success::Always(Content::Json(Type::Named(id))) = operation.success else { return None };
    let is_struct = matches!(context.api.type_def(id).shape, Shape::Struct(_));
    is_struct.then(|| context.names.of_type(id).ident.as_str())
}
