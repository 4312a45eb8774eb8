//! `examples/`: small programs that run against the mock server, without credentials and network.
//!
//! They call the same operations as the README.

use super::context::Context;
use super::snippet::{self, Request};
use super::source_file::HEADER;
use super::{features, sending};
use crate::file_tree::FileTree;
use crate::ir::{Content, OperationId, Success, TypeId};
use crate::showcase::{BodyExample, Program, ProgramKind};

/// The attribute of a program that uses deprecated items.
const ALLOW_DEPRECATED: &str =
    "#![allow(deprecated, reason = \"the document marks everything that this shows as deprecated\")]";

/// Returns the name of a program.
pub(super) fn name(program: &Program) -> &'static str {
    match program.kind {
        ProgramKind::FirstCall(_) => "first_call",
        ProgramKind::Sending => "sending",
        ProgramKind::Errors { .. } => "errors",
        ProgramKind::Pages(_) => "pages",
        ProgramKind::Streams(_) => "streams",
        ProgramKind::Unions { .. } => "unions",
    }
}

pub(super) fn render(context: &Context<'_>, tree: &mut FileTree) {
    for program in &context.showcase.programs {
        tree.insert(format!("examples/{}.rs", name(program)), format!("{HEADER}{}", text(context, program)));
    }
}

fn text(context: &Context<'_>, program: &Program) -> String {
    let text = text_of(context, program);
    // Inner attributes come before the imports, after the documentation.
    match text.split_once("\n\nuse ") {
        Some((docs, rest)) if program.uses_deprecated => {
            format!("{docs}\n\n{ALLOW_DEPRECATED}\n\nuse {rest}")
        }
        _ => text,
    }
}

fn text_of(context: &Context<'_>, program: &Program) -> String {
    match &program.kind {
        ProgramKind::FirstCall(id) => first_call(context, *id),
        ProgramKind::Sending => {
            context.showcase.body.as_ref().map(|shown| sending_a_body(context, shown)).unwrap_or_default()
        }
        ProgramKind::Errors { operation, not_found } => errors(context, *operation, *not_found),
        ProgramKind::Pages(id) => pages(context, *id),
        ProgramKind::Streams(id) => streams(context, *id),
        ProgramKind::Unions { ty, variant, json } => unions(context, *ty, *variant, json),
    }
}

/// Returns the tables of `Cargo.toml` for the programs.
pub(super) fn manifest(context: &Context<'_>) -> String {
    let mut required = features::all(context);
    required.extend(["mock", "reqwest"]);
    let table = |name: &str| features::required("example", name, &format!("examples/{name}.rs"), &required);
    context.showcase.programs.iter().map(|program| table(name(program))).collect()
}

/// Returns the start of a program that calls the mock server: its documentation, its imports, and a client.
fn start(context: &Context<'_>, name: &str, doc: &str, imports: &str, setup: &str) -> String {
    let library = context.package().library_name();
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
    let request = Request::new(context, id).then(".await").statement(binding, "?;");
    format!("{start}{request}{print}    Ok(())\n}}\n")
}

fn sending_a_body(context: &Context<'_>, shown: &BodyExample) -> String {
    let imports = format!("mock::MockServer;\nuse {}::types", context.package().library_name());
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
        sending::statements(context, shown)
    )
}

fn errors(context: &Context<'_>, id: OperationId, not_found: Option<TypeId>) -> String {
    let operation = &context.api.operations[id.index()];
    let mut imports = "mock::{MockResponse, MockServer}".to_owned();
    let (mut response, mut decoded) = ("MockResponse::status(404)".to_owned(), String::new());
    if let Some(ty) = not_found {
        let ident = context.names.of_type(ty).ident.as_str();
        let variant = super::errors::variant(context, ty).as_str();
        imports.push_str(&format!(";\nuse {}::{{ErrorBody, types}}", context.package().library_name()));
        response = format!("MockResponse::json(404, &types::{ident}::default())");
        decoded = format!(
            "            if let Some(Ok(ErrorBody::{variant}(body))) = error.decoded() {{\n                \
             println!(\"{{body:?}}\");\n            }}\n"
        );
    }
    let setup = snippet::mock_statement(context, id, &format!("respond_with({response})"));
    let doc = "Handles an error that the mock server responds with.";
    let start = start(context, "errors", doc, &imports, &setup);
    let request = Request::new(context, id).then(".await").statement("let result = ", ";");
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

fn pages(context: &Context<'_>, id: OperationId) -> String {
    let doc = "Prints the items of all pages. The next page is requested when it is needed.";
    let start = start(context, "pages", doc, "mock::MockServer", "");
    let request = Request::new(context, id).then_items(context, id).statement("let mut items = ", ";");
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
    let request = Request::new(context, id).then(".await");
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

/// Decodes a union, and matches one of its variants.
fn unions(context: &Context<'_>, id: TypeId, variant: usize, json: &str) -> String {
    let variant = context.names.of_type(id).variants[variant].ident.as_str();
    let library = context.package().library_name();
    let ident = context.names.of_type(id).ident.as_str();
    let known = literal(json);
    format!(
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
    )
}

/// Returns a text as a raw string literal if it only has visible ASCII characters.
fn literal(text: &str) -> String {
    let is_plain = text.bytes().all(|byte| matches!(byte, b' '..=b'~')) && !text.contains("\"#");
    if is_plain { format!("r#\"{text}\"#") } else { format!("{text:?}") }
}
