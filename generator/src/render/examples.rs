//! `examples/`: small programs that run against the mock server, without credentials and network.
//!
//! They call the same operations as the README, each only if it requires nothing but strings in its path and a body that the
//! README can build. A program is only written if the document has what it shows.

use serde_json::json;

use super::readme::sending;
use super::readme::snippet::{self, Request};
use super::source_file::HEADER;
use super::{Context, features, variants};
use crate::file_tree::FileTree;
use crate::ir::{Content, Operation, OperationId, Shape, Success, Type, TypeId};
use crate::showcase::{self, Selected};

/// A program: its name and its code.
type Example = (&'static str, String);

/// Returns every program that the document has something to show for.
fn all(context: &Context<'_>) -> Vec<Example> {
    let suitable = |selected: Option<Selected<'_>>| {
        selected.filter(|(_, operation)| requires_strings_only(operation)).map(|(id, _)| id)
    };
    let call = suitable(showcase::first_call(context.api));
    let paginated = suitable(showcase::paginated(context.api));
    let stream = suitable(showcase::stream(context.api));
    let sending = sending::shown(context).filter(|shown| shown.operation.requires_only_string_path_params());
    let examples = [
        call.map(|id| ("first_call", first_call(context, id))),
        sending.map(|shown| ("sending", sending_a_body(context, &shown))),
        call.map(|id| ("errors", errors(context, id))),
        paginated.map(|id| ("pages", pages(context, id))),
        stream.map(|id| ("streams", streams(context, id))),
        showcase::union(context.api).and_then(|id| Some(("unions", unions(context, id)?))),
    ];
    examples.into_iter().flatten().collect()
}

/// Returns the name of the first program, if there is one.
pub(super) fn first(context: &Context<'_>) -> Option<&'static str> {
    all(context).first().map(|(name, _)| *name)
}

pub(super) fn render(context: &Context<'_>, tree: &mut FileTree) {
    for (name, text) in all(context) {
        tree.insert(format!("examples/{name}.rs"), format!("{HEADER}{text}"));
    }
}

/// Returns the tables of `Cargo.toml` for the programs.
pub(super) fn manifest(context: &Context<'_>) -> String {
    let mut required = features::all(context);
    required.extend(["mock", "reqwest"]);
    let tables = all(context)
        .into_iter()
        .map(|(name, _)| features::required("example", name, &format!("examples/{name}.rs"), &required));
    tables.collect()
}

fn requires_strings_only(operation: &Operation) -> bool {
    !operation.body.as_ref().is_some_and(|body| body.required) && operation.requires_only_string_path_params()
}

/// Returns the start of a program that calls the mock server: its documentation, its imports, and a client.
fn start(context: &Context<'_>, name: &str, doc: &str, imports: &str, setup: &str) -> String {
    let library = context.package.library_name();
    format!(
        r#"//! {doc}
//!
//! `cargo run --example {name} --features mock`

use std::error::Error;

use {library}::{imports};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {{
    let mock = MockServer::start()?;
{setup}    let client = mock.client()?;

"#
    )
}

fn first_call(context: &Context<'_>, id: OperationId) -> String {
    let operation = &context.api.operations[id.index()];
    let doc = "Calls an operation of the mock server, which responds with an example.\n//!\n\
               //! The README shows how to build a client for the API itself.";
    let start = start(context, "first_call", doc, "mock::MockServer", "");
    let (binding, print) = snippet::binding(&operation.success);
    let request = Request::new(context, id, operation).then(".await").statement(binding, "?;");
    format!("{start}{request}{print}    Ok(())\n}}\n")
}

fn sending_a_body(context: &Context<'_>, shown: &sending::Shown<'_>) -> String {
    let imports = format!("mock::MockServer;\nuse {}::types", context.package.library_name());
    let doc = "Sends a request body, and prints what the mock server received.";
    format!(
        r#"{}{}
    assert_eq!(mock.rejections(), []);
    for request in mock.requests() {{
        println!("{{}}", String::from_utf8_lossy(request.body()));
    }}
    Ok(())
}}
"#,
        start(context, "sending", doc, &imports, ""),
        shown.statements(context)
    )
}

fn errors(context: &Context<'_>, id: OperationId) -> String {
    let operation = &context.api.operations[id.index()];
    let mut imports = "mock::{MockResponse, MockServer}".to_owned();
    let (mut response, mut decoded) = ("MockResponse::status(404)".to_owned(), String::new());
    if let Some(ident) = error_body(context, operation) {
        imports.push_str(&format!(";\nuse {}::types", context.package.library_name()));
        response = format!("MockResponse::json(404, &types::{ident}::default())");
        decoded = format!(
            "            if let Some(Ok(body)) = error.decode::<types::{ident}>() {{\n                \
             println!(\"{{body:?}}\");\n            }}\n"
        );
    }
    let setup = snippet::mock_statement(context, id, operation, &format!("respond_with({response})"));
    let doc = "Handles an error that the mock server responds with.";
    let start = start(context, "errors", doc, &imports, &setup);
    let request = Request::new(context, id, operation).then(".await").statement("let result = ", ";");
    let success = match operation.success {
        Success::Empty => "Ok(()) => println!(\"done\")",
        _ => "Ok(response) => println!(\"{response:#?}\")",
    };
    format!(
        r#"{start}{request}
    match result {{
        {success},
        Err(error) if error.is_not_found() => {{
            // One line for a log: method, path, status, and the server's message.
            println!("{{error}}");
{decoded}        }}
        Err(error) => return Err(error.into()),
    }}
    Ok(())
}}
"#
    )
}

/// Returns the struct that the document describes for the body of a 404.
fn error_body<'a>(context: &'a Context<'_>, operation: &Operation) -> Option<&'a str> {
    let of_status = |status: &str| operation.errors.iter().find(|error| error.status == status);
    let error = of_status("404").or_else(|| of_status("4XX")).or_else(|| of_status("default"))?;
    let Some(Type::Named(id)) = error.ty else { return None };
    let is_struct = matches!(context.api.type_def(id).shape, Shape::Struct(_));
    is_struct.then(|| context.names.of_type(id).ident.as_str())
}

fn pages(context: &Context<'_>, id: OperationId) -> String {
    let operation = &context.api.operations[id.index()];
    let doc = "Prints the items of all pages. The next page is requested when it is needed.";
    let start = start(context, "pages", doc, "mock::MockServer", "");
    let request = Request::new(context, id, operation).then(".items()").statement("let mut items = ", ";");
    format!(
        r#"{start}{request}
    while let Some(item) = items.next().await {{
        println!("{{:?}}", item?);
    }}
    Ok(())
}}
"#
    )
}

fn streams(context: &Context<'_>, id: OperationId) -> String {
    let operation = &context.api.operations[id.index()];
    let (item, value) = match operation.success {
        Success::Always(Content::Events(_)) => ("event", "event?.data"),
        _ => ("line", "line?"),
    };
    let doc = "Prints what a stream delivers until the mock server closes it.";
    let start = start(context, "streams", doc, "mock::MockServer", "");
    let request = Request::new(context, id, operation).then(".await");
    let request = request.statement(&format!("let mut {item}s = "), "?;");
    format!(
        r#"{start}{request}
    while let Some({item}) = {item}s.next().await {{
        println!("{{:?}}", {value});
    }}
    Ok(())
}}
"#
    )
}

/// Matches a union whose value is an object of its own. The sample is its shortest value.
fn unions(context: &Context<'_>, id: TypeId) -> Option<String> {
    let shape = &context.api.type_def(id).shape;
    let variants = variants::of(context, id).into_iter();
    let mut variants = variants.filter(|it| !it.variant.docs.deprecated && it.constant().is_none());
    let (known, variant) = match shape {
        Shape::KeyedUnion(it) if !it.flattened => {
            let samples = variants.filter_map(|it| {
                let value = context.samples.sample(&it.variant.ty, &it.variant.docs.constraints)?;
                Some((json!({ (it.variant.key.as_str()): value }).to_string(), it.names.ident.as_str()))
            });
            samples.min_by_key(|(json, _)| json.len())?
        }
        Shape::Union(_) => {
            let value = context.samples.sample(&Type::Named(id), &[])?;
            (value.to_string(), variants.next()?.names.ident.as_str())
        }
        _ => return None,
    };
    let library = context.package.library_name();
    let ident = context.names.of_type(id).ident.as_str();
    let known = literal(&known);
    Some(format!(
        r##"//! Decodes a union, which is an enum, and matches its variants.
//!
//! `cargo run --example unions --features mock`

use std::error::Error;

use {library}::types::{ident};
use {library}::wire;

fn main() -> Result<(), Box<dyn Error>> {{
    let known = {known};
    let newer = r#"{{"addedLater":{{}}}}"#;
    for json in [known, newer] {{
        match wire::from_slice::<{ident}>(json.as_bytes())? {{
            {ident}::{variant}(value) => println!("{variant}: {{value:?}}"),
            // The value is preserved, and sent back unchanged.
            {ident}::Unknown(value) => println!("unknown: {{value:?}}"),
            other => println!("another variant: {{other:?}}"),
        }}
    }}
    Ok(())
}}
"##
    ))
}

/// Returns a text as a raw string literal if it only has visible ASCII characters.
fn literal(text: &str) -> String {
    let is_plain = text.bytes().all(|byte| matches!(byte, b' '..=b'~')) && !text.contains("\"#");
    if is_plain { format!("r#\"{text}\"#") } else { format!("{text:?}") }
}
