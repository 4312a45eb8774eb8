//! `examples/`: small programs that run against the server for tests, so that they need no credentials and no network.
//!
//! Which operation they call: those of the README, and for pages the first listing, each only if it needs nothing but
//! texts in its path, and a body that the README makes; any other would have to be made up. What the document has no use
//! for has no example.

use serde_json::json;

use super::source_file::HEADER;
use super::{Context, features, readme};
use crate::file_tree::FileTree;
use crate::ir::{Operation, OperationId, Shape, Success, Type, TypeId};
use crate::samples::sample;

/// What the examples need beside the crate itself.
const DEPENDENCIES: &str = r#"tokio = { version = "1.48", features = ["macros", "rt"] }"#;

/// An example: its name, and its text.
type Example = (&'static str, String);

/// Every example that the document has a use for.
fn all(context: &Context<'_>) -> Vec<Example> {
    let call = readme::operation(context).filter(|(_, operation)| needs_texts_only(operation));
    let listing = context.api.operations().find(|(_, operation)| is_listing(operation));
    let sending =
        readme::sending::shown(context).filter(|shown| shown.operation.requires_texts_in_path_only());
    let union = readme::union(context, call);
    let examples = [
        call.map(|(id, operation)| ("first_call", first_call(context, id, operation))),
        sending.map(|shown| ("sending", sending_something(context, &shown))),
        call.map(|(id, operation)| ("errors", errors(context, id, operation))),
        listing.map(|(id, operation)| ("pages", pages(context, id, operation))),
        union.and_then(|id| Some(("unions", unions(context, id)?))),
    ];
    examples.into_iter().flatten().collect()
}

/// The name of the first example, if there is one.
pub(super) fn first(context: &Context<'_>) -> Option<&'static str> {
    all(context).first().map(|(name, _)| *name)
}

pub(super) fn render(context: &Context<'_>, tree: &mut FileTree) {
    for (name, text) in all(context) {
        tree.insert(format!("examples/{name}.rs"), format!("{HEADER}{text}"));
    }
}

/// Their tables of `Cargo.toml`.
pub(super) fn manifest(context: &Context<'_>) -> String {
    let mut required = features::all(context);
    required.extend(["mock", "reqwest"]);
    let tables = all(context)
        .into_iter()
        .map(|(name, _)| features::required("example", name, &format!("examples/{name}.rs"), &required));
    let tables: String = tables.collect();
    if tables.is_empty() { tables } else { format!("\n[dev-dependencies]\n{DEPENDENCIES}\n{tables}") }
}

fn needs_texts_only(operation: &Operation) -> bool {
    !operation.body.as_ref().is_some_and(|body| body.required) && operation.requires_texts_in_path_only()
}

fn is_listing(operation: &Operation) -> bool {
    let has_items = operation.pages.as_ref().is_some_and(|pages| pages.items.is_some());
    has_items && !operation.docs.deprecated && needs_texts_only(operation)
}

/// How one that calls the server begins: what it is about, what it imports, and a client.
fn begin(context: &Context<'_>, name: &str, said: &str, imports: &str, set: &str) -> String {
    let library = context.package.library_name();
    format!(
        r#"//! {said}
//!
//! `cargo run --example {name} --features mock`

use std::error::Error;

use {library}::{imports};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {{
    let mock = Mock::start()?;
{set}    let client = mock.client()?;

"#
    )
}

fn first_call(context: &Context<'_>, id: OperationId, operation: &Operation) -> String {
    let said = "Calls an operation, of a server on loopback that answers with what the document gives.\n//!\n\
                //! For the API itself, a client is built from credentials: see the README.";
    let begin = begin(context, "first_call", said, "mock::Mock", "");
    let begun = readme::begun(context, id, operation);
    let (bound, shown) = match operation.success {
        Success::Empty => ("", "println!(\"done\")"),
        _ => ("let answer = ", "println!(\"{answer:?}\")"),
    };
    format!("{begin}    {bound}client\n{begun}        .await?;\n\n    {shown};\n    Ok(())\n}}\n")
}

fn sending_something(context: &Context<'_>, shown: &readme::sending::Shown<'_>) -> String {
    let imports = format!("mock::Mock;\nuse {}::types", context.package.library_name());
    let begin = begin(context, "sending", "Sends a body, and sees what the server got.", &imports, "");
    format!(
        r#"{begin}{}
    assert_eq!(mock.rejected(), []);
    for request in mock.requests() {{
        println!("{{}}", String::from_utf8_lossy(request.body()));
    }}
    Ok(())
}}
"#,
        shown.statements(context)
    )
}

fn errors(context: &Context<'_>, id: OperationId, operation: &Operation) -> String {
    let names = context.names.of_operation(id);
    let resource = context.names.of_resource(operation.resource).module.as_str();
    let mut imports = "mock::{Mock, Reply}".to_owned();
    let (mut reply, mut decoded) = ("Reply::status(404)".to_owned(), String::new());
    if let Some(ident) = error_body(context, operation) {
        imports.push_str(&format!(";\nuse {}::types", context.package.library_name()));
        reply = format!("Reply::json(404, &types::{ident}::default())");
        decoded = format!(
            "            if let Some(Ok(body)) = error.decode::<types::{ident}>() {{\n                \
             println!(\"{{body:?}}\");\n            }}\n"
        );
    }
    let set = format!("    mock.on().{resource}().{}().replies({reply});\n", names.method.as_str());
    let begin = begin(
        context,
        "errors",
        "Looks at an error, which the server is told to answer with.",
        &imports,
        &set,
    );
    let begun = readme::begun(context, id, operation);
    let done = match operation.success {
        Success::Empty => "Ok(()) => println!(\"done\")",
        _ => "Ok(answer) => println!(\"{answer:?}\")",
    };
    format!(
        r#"{begin}    let answer = client
{begun}        .await;

    match answer {{
        {done},
        Err(error) if error.is_not_found() => {{
            // One line for a log: the method, the path, the status, what the server says.
            println!("{{error}}");
{decoded}        }}
        Err(error) => return Err(error.into()),
    }}
    Ok(())
}}
"#
    )
}

/// The type of the body of an error that says that something is not there.
fn error_body<'a>(context: &'a Context<'_>, operation: &Operation) -> Option<&'a str> {
    let of_status = |status: &str| operation.errors.iter().find(|error| error.status == status);
    let error = of_status("404").or_else(|| of_status("4XX")).or_else(|| of_status("default"))?;
    let Some(Type::Named(id)) = error.ty else { return None };
    let is_struct = matches!(context.api.type_def(id).shape, Shape::Struct(_));
    is_struct.then(|| context.names.of_type(id).ident.as_str())
}

fn pages(context: &Context<'_>, id: OperationId, operation: &Operation) -> String {
    let said = "Goes through a listing, the next page of which is asked for when it is needed.";
    let begin = begin(context, "pages", said, "mock::Mock", "");
    let begun = readme::begun(context, id, operation);
    format!(
        r#"{begin}    let mut items = client
{begun}        .items();

    while let Some(item) = items.next().await {{
        println!("{{:?}}", item?);
    }}
    Ok(())
}}
"#
    )
}

/// A union whose members stand in an object of their own.
fn unions(context: &Context<'_>, id: TypeId) -> Option<String> {
    let Shape::OneOf(it) = &context.api.type_def(id).shape else { return None };
    let variants = it.variants.iter().zip(&context.names.of_type(id).variants);
    let sampled = variants.filter(|(variant, _)| !it.flattened && !variant.docs.deprecated).filter_map(
        |(variant, names)| {
            let value = sample(context.api, &variant.ty, &variant.docs.expectations)?;
            Some((json!({ (variant.key.as_str()): value }).to_string(), names))
        },
    );
    // The one that takes the least room.
    let (known, variant) = sampled.min_by_key(|(json, _)| json.len())?;
    let (library, variant) = (context.package.library_name(), variant.ident.as_str());
    let ident = context.names.of_type(id).ident.as_str();
    let known = literal(&known);
    Some(format!(
        r##"//! Matches a union: what the document describes as one of several things is an enum.
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
            {ident}::{variant}(it) => println!("{{it:?}}"),
            // Nothing of it is lost: it is sent back as it came.
            {ident}::Unknown(object) => println!("newer than this client: {{object:?}}"),
            other => println!("something else: {{other:?}}"),
        }}
    }}
    Ok(())
}}
"##
    ))
}

/// A text as a literal that shows it as it is, if that is possible.
fn literal(text: &str) -> String {
    let is_plain = text.bytes().all(|byte| matches!(byte, b' '..=b'~')) && !text.contains("\"#");
    if is_plain { format!("r#\"{text}\"#") } else { format!("{text:?}") }
}
