//! `README.md`, which is the documentation of the crate's root as well, so that its examples are compiled with it.
//!
//! Every line of an example is visible: what rustdoc would hide, a reader of the file would see.

mod blocking;
mod credentials;
mod headers;
mod listing;
mod messages;
mod production;
pub(super) mod sending;
mod testing;

use std::collections::{HashSet, VecDeque};

use super::manifest::RUST_VERSION;
use super::parameter::{self, Taken};
use super::{Context, docs, features, ty};
use crate::file_tree::FileTree;
use crate::ir::{
    Body, BodyKind, Content, Location, Multipart, Operation, OperationId, Part, PartKind, Shape, Success,
    Type, TypeId,
};
use crate::naming::FormNames;

/// How long a line of an example may become before its arguments get a line each.
const WIDTH: usize = 90;

pub(super) fn render(context: &Context<'_>, tree: &mut FileTree) {
    let shown = operation(context);
    let sections = [
        Some(introduction(context)),
        Some(vendoring(context)),
        Some(calling(context, shown)),
        sending::section(context),
        Some(credentials::section(context)),
        listing::section(context),
        headers::section(context),
        matching(context, shown),
        messages::section(context),
        Some(production::section(context)),
        testing::section(context, shown),
        blocking::section(context, shown),
        Some(features(context)),
        Some(webassembly(context)),
        context.package.license.map(licence),
    ];
    let sections: Vec<String> = sections.into_iter().flatten().collect();
    tree.insert("README.md", sections.join("\n"));
}

fn introduction(context: &Context<'_>) -> String {
    let name = &context.package.name;
    let mut text = format!("# {name}\n\n{}\n", docs::rustdoc(&context.package.description).join("\n"));
    let said = context.api.description.as_deref().map(docs::summary).unwrap_or_default();
    if !said.is_empty() {
        text.push_str(&format!("\n{said}\n"));
    }
    let document = match docs::summary(&context.api.title) {
        title if title.is_empty() => "its OpenAPI document".to_owned(),
        title => format!("the OpenAPI document of {title}"),
    };
    let version = match docs::summary(&context.api.version) {
        version if version.is_empty() => String::new(),
        version => format!(", version {version}"),
    };
    text.push_str(&format!(
        "\nThe crate is generated from {document}{version}. Do not edit it: change the document, or what configures\n\
         the generator, and generate again.\n"
    ));
    text
}

fn vendoring(context: &Context<'_>) -> String {
    let name = &context.package.name;
    format!(
        "## Adding it to a project\n\n\
         Copy this folder into your repository and depend on it by its path; it needs nothing around it.\n\n\
         ```toml\n[dependencies]\n{name} = {{ path = \"vendor/{name}\" }}\n```\n\n\
         It takes Rust {RUST_VERSION} or newer.\n"
    )
}

/// A client, and a call if there is anything to call.
fn calling(context: &Context<'_>, shown: Option<(OperationId, &Operation)>) -> String {
    let mut imports = vec!["Client", "Error"];
    let call = shown.map(|(id, operation)| call(context, id, operation)).unwrap_or_default();
    if call.contains("types::") {
        imports.push("types");
    }
    let (name, imports, connect) = (crate_name(context), imports.join(", "), connect(context));
    let awaited = if call.is_empty() { "" } else { "Requests are sent when they are awaited.\n\n" };
    let destination = destination(context);
    format!(
        "## Using it\n\n{destination}{awaited}```rust,no_run\nuse {name}::{{{imports}}};\n\n{connect}{call}```\n\n\
         An `Error` knows its kind, the status, the id of the request and the body as it was received.\n"
    )
}

/// Where requests go.
fn destination(context: &Context<'_>) -> String {
    let server = context.api.server.as_ref().map(|server| server.url.as_str());
    match server.filter(|url| url.contains("://")) {
        Some(url) => {
            format!("Requests go to {}, unless the builder is told another `base_url`.\n\n", docs::code(url))
        }
        None => String::new(),
    }
}

/// A function that builds a client.
fn connect(context: &Context<'_>) -> String {
    let mut steps = served_at(context);
    let parameters = match credentials::usual(context) {
        Some(usual) => {
            steps.push_str(&format!("        .{}\n", usual.step));
            usual.parameters
        }
        None => "",
    };
    format!(
        "fn connect({parameters}) -> Result<Client, Error> {{\n    Client::builder()\n{steps}        .build()\n}}\n"
    )
}

/// The steps of a builder that say where the API is.
fn served_at(context: &Context<'_>) -> String {
    let mut steps = String::new();
    let server = context.api.server.as_ref();
    for (variable, ident) in
        server.into_iter().flat_map(|server| &server.variables).zip(context.names.server_variables())
    {
        let default = variable.default.as_deref().filter(|default| !default.is_empty());
        let value = default.unwrap_or(ident.as_str());
        steps.push_str(&format!("        .{}({value:?})\n", ident.as_str()));
    }
    // Some documents say where on their own host the API is, and not which host that is.
    if !server.is_some_and(|server| server.url.contains("://") || server.url.starts_with('{')) {
        let path = server.map_or("", |server| server.url.as_str()).trim_start_matches('/');
        let url = format!("https://api.example.com/{path}");
        steps.push_str(&format!("        .base_url({:?})\n", url.trim_end_matches('/')));
    }
    steps
}

/// A function that calls an operation.
fn call(context: &Context<'_>, id: OperationId, operation: &Operation) -> String {
    let begun = begun(context, id, operation);
    let done = match operation.success {
        Success::Always(_) | Success::Optional(_) | Success::ByStatus(_) => {
            "Ok(answer) => println!(\"{answer:?}\")"
        }
        Success::Empty => "Ok(()) => println!(\"done\")",
    };
    format!(
        r#"
async fn example(client: &Client) -> Result<(), Error> {{
    let answer = client
{begun}        .await;

    match answer {{
        {done},
        Err(error) if error.is_not_found() => println!("there is no such thing"),
        Err(error) => return Err(error),
    }}
    Ok(())
}}
"#
    )
}

/// The lines that begin a request.
pub(super) fn begun(context: &Context<'_>, id: OperationId, operation: &Operation) -> String {
    let body = operation.body.as_ref().filter(|body| body.required).map(|body| sent(context, id, body));
    begun_with(context, id, operation, body)
}

/// The lines that begin a request with a body.
fn begun_with(context: &Context<'_>, id: OperationId, operation: &Operation, body: Option<String>) -> String {
    let names = context.names.of_operation(id);
    let resource = context.names.of_resource(operation.resource).module.as_str();
    let method = names.method.as_str();
    let parameters = operation.parameters.iter().zip(&names.parameters);
    let mut arguments: Vec<String> = parameters
        .filter(|(parameter, _)| parameter.required)
        .map(|(parameter, ident)| argument(context, &parameter.ty, ident.as_str()))
        .collect();
    arguments.extend(body);
    let mut list = arguments.join(", ");
    if method.len() + list.len() + "        .()".len() > WIDTH {
        let lines = arguments.iter().map(|argument| format!("            {argument},\n"));
        list = format!("\n{}        ", lines.collect::<String>());
    }
    format!("        .{resource}()\n        .{method}({list})\n")
}

/// Something that a parameter of this type takes.
fn argument(context: &Context<'_>, ty: &Type, name: &str) -> String {
    match (parameter::taken(context, ty), ty) {
        (Taken::Text, _) => format!("{name:?}"),
        (Taken::Texts, _) => format!("&[{name:?}]"),
        (Taken::Slice, Type::List(inner)) => format!("&[{}]", value(context, inner, name)),
        (Taken::Reference | Taken::Slice, _) => format!("&{}", value(context, ty, name)),
        (Taken::Value, _) => value(context, ty, name),
    }
}

/// A value of a type.
fn value(context: &Context<'_>, ty: &Type, name: &str) -> String {
    match ty {
        Type::String => format!("{name:?}.to_owned()"),
        Type::Bool => "true".to_owned(),
        Type::Integer { .. } => "1".to_owned(),
        Type::Float { .. } => "1.0".to_owned(),
        Type::List(inner) => format!("vec![{}]", value(context, inner, name)),
        Type::Tuple(places) => {
            let places: Vec<String> = places.iter().map(|place| value(context, place, name)).collect();
            format!("({},)", places.join(", "))
        }
        Type::Named(id) => {
            match (&context.api.type_def(*id).shape, context.names.of_type(*id).variants.first()) {
                (Shape::Enum(_), Some(first)) => format!("{}::{}", named(context, *id), first.ident.as_str()),
                _ => format!("{}::default()", named(context, *id)),
            }
        }
        // A library without empty values of its own is one of those that the crate gives on.
        ty => match context.libraries.default_of(ty) {
            Some(epoch) => format!("{}::{}", crate_name(context), epoch.to_string().replace(' ', "")),
            None => "Default::default()".to_owned(),
        },
    }
}

/// An empty body.
fn sent(context: &Context<'_>, id: OperationId, body: &Body) -> String {
    let Some(content) = body.contents.first() else { return String::new() };
    let of_any_type = if content.media_type.is_none() { "\"application/octet-stream\", " } else { "" };
    match &content.kind {
        BodyKind::Json(ty @ Type::Nullable(_)) if ty::codec(ty).is_none() => "None".to_owned(),
        BodyKind::Json(ty) | BodyKind::Form { ty, .. } => match ty {
            // In a list, one of them would have to be made up.
            Type::List(_) => "&Vec::new()".to_owned(),
            ty => format!("&{}", value(context, ty, "text")),
        },
        BodyKind::Text | BodyKind::Bytes => format!("{of_any_type}\"...\""),
        BodyKind::Multipart(Multipart::Of(_)) => {
            format!("{}::runtime::Multipart::new()", crate_name(context))
        }
        BodyKind::Multipart(Multipart::Parts(parts)) => {
            let names = context.names.of_operation(id).contents.first().and_then(|names| names.form.as_ref());
            names.map(|names| form(context, id, parts, names)).unwrap_or_default()
        }
        BodyKind::Multipart(Multipart::OneOf(forms)) => {
            let names = context.names.of_operation(id).contents.first().and_then(|names| names.form.as_ref());
            let variants = names.iter().flat_map(|names| &names.variants);
            let first = forms.iter().zip(variants).next();
            first.map(|(it, (_, names))| form(context, id, &it.parts, names)).unwrap_or_default()
        }
    }
}

/// A form with nothing but what it needs.
fn form(context: &Context<'_>, id: OperationId, parts: &[Part], names: &FormNames) -> String {
    let operation = &context.api.operations[id.index()];
    let resource = context.names.of_resource(operation.resource).module.as_str();
    let required = parts.iter().filter(|part| part.required);
    let arguments = required.flat_map(|part| {
        let headers = part.headers.iter().filter(|header| header.required);
        let headers = headers.map(|header| argument(context, &header.ty, &header.name));
        [part_of(context, part)].into_iter().chain(headers)
    });
    let (arguments, name) = (arguments.collect::<Vec<_>>().join(", "), crate_name(context));
    format!("{name}::resources::{resource}::{}::new({arguments})", names.ident.as_str())
}

/// Something that a part of a body takes.
fn part_of(context: &Context<'_>, part: &Part) -> String {
    match &part.kind {
        PartKind::Text { ty, .. } | PartKind::Json { ty, .. } | PartKind::Styled { ty, .. } => {
            argument(context, ty, &part.name)
        }
        PartKind::File { several: true, .. } => "Vec::new()".to_owned(),
        PartKind::TextOrFile | PartKind::File { several: false, .. } => "\"...\"".to_owned(),
    }
}

fn named(context: &Context<'_>, id: TypeId) -> String {
    format!("types::{}", context.names.of_type(id).ident.as_str())
}

/// The operation that makes the best example: the first that only reads, needs nothing but texts in its path, and has
/// an answer to look at; or the one that comes closest.
pub(super) fn operation<'a>(context: &Context<'a>) -> Option<(OperationId, &'a Operation)> {
    context.api.operations().min_by_key(|(_, operation)| {
        let needs_body = operation.body.as_ref().is_some_and(|body| body.required);
        let is_simple = !needs_body && operation.requires_texts_in_path_only();
        let has_path = operation.parameters.iter().any(|parameter| parameter.location == Location::Path);
        let answers = matches!(operation.success, Success::Always(Content::Json(_)));
        (operation.docs.deprecated, operation.method != "GET", !is_simple, !answers, !has_path)
    })
}

/// How to look into a union, if there is one.
fn matching(context: &Context<'_>, shown: Option<(OperationId, &Operation)>) -> Option<String> {
    let id = union(context, shown)?;
    let Shape::OneOf(it) = &context.api.type_def(id).shape else { return None };
    let names = context.names.of_type(id);
    let mut variants = it.variants.iter().zip(&names.variants);
    let (_, variant) = variants.find(|(variant, _)| !variant.docs.deprecated)?;
    let (name, ident, variant) = (crate_name(context), names.ident.as_str(), variant.ident.as_str());
    Some(format!(
        r#"## Unions

What the document describes as one of several things is an enum. `Unknown` keeps what this crate has no variant for, and
sends it back unchanged; the same goes for members of objects (`unknown_fields`) and for values of enums.

```rust,no_run
use {name}::types::{ident};

fn describe(value: &{ident}) -> String {{
    match value {{
        {ident}::{variant}(it) => format!("{{it:?}}"),
        {ident}::Unknown(object) => format!("newer than this client: {{object:?}}"),
        other => format!("something else: {{other:?}}"),
    }}
}}
```
"#
    ))
}

/// The union that is nearest to the answer of the operation, or else the first of the document.
pub(super) fn union(context: &Context<'_>, shown: Option<(OperationId, &Operation)>) -> Option<TypeId> {
    let is_union = |id: &TypeId| matches!(context.api.type_def(*id).shape, Shape::OneOf(_));
    let answer = shown.and_then(|(_, operation)| operation.answered().find_map(Type::named));
    let mut waiting = VecDeque::from_iter(answer);
    let mut seen: HashSet<TypeId> = waiting.iter().copied().collect();
    while let Some(id) = waiting.pop_front() {
        if is_union(&id) {
            return Some(id);
        }
        let next = context.api.type_def(id).shape.references();
        waiting.extend(next.into_iter().filter(|id| seen.insert(*id)));
    }
    context.api.types().map(|(id, _)| id).find(is_union)
}

fn features(context: &Context<'_>) -> String {
    let mut text = "## Features\n\n\
     - `reqwest`, on by default: requests travel by way of [reqwest](https://docs.rs/reqwest) with rustls, within a\n  \
     [tokio](https://docs.rs/tokio) runtime. Without it, give the builder a `runtime::Transport` of your own.\n"
        .to_owned();
    text.push_str("- `blocking`: calls for programs that are not `async`.\n");
    text.push_str(
        "- `tracing`: a span for each call and events for its attempts, by the names that OpenTelemetry has for HTTP\n  \
         clients, without secrets, queries and bodies.\n",
    );
    text.push_str(
        "- `mock`: a server on loopback that answers every operation, for the tests of programs that use the client.\n",
    );
    let all = features::all(context);
    if let Some((id, _)) = context.api.resources().next().filter(|_| all.contains(&features::ALL_RESOURCES)) {
        let names = context.names.of_resource(id);
        let (feature, accessor) = (&names.feature, names.module.as_str());
        text.push_str(&format!(
            "- `all-resources`, on by default: a feature for each resource, called like it: `{feature}` is\n  \
             `client.{accessor}()`. With some alone, only the types that they lead to are compiled:\n  \
             `default-features = false, features = [\"reqwest\", \"{feature}\"]`.\n"
        ));
    }
    if all.contains(&features::OTHER_TYPES) {
        text.push_str(
            "- `other-types`, on by default: the types that no operation leads to, such as those of webhooks.\n",
        );
    }
    text
}

fn webassembly(context: &Context<'_>) -> String {
    let mut text = "## WebAssembly\n\n\
     For `wasm32-unknown-unknown` the feature `reqwest` sends requests by the `fetch` of the browser, or of Node, whose\n\
     event loop takes the place of tokio's. A browser has its own rules there: it says nothing of a server that does not\n\
     answer to the page's origin, sends no `cookie` that is set here, and does not tell where redirects lead, so that one\n\
     of a request with credentials is an error. There are no proxies and no root certificates to set, and no `blocking`.\n"
        .to_owned();
    if context.api.security.oauth.is_some() {
        text.push_str(
            "Nor can keys sign there: a client's secret can be sent, or a token be got elsewhere.\n",
        );
    }
    text
}

fn licence(license: &str) -> String {
    format!("## Licence\n\n{}\n", docs::summary(license))
}

/// The crate, as code refers to it.
fn crate_name(context: &Context<'_>) -> String {
    context.package.library_name()
}

#[cfg(test)]
mod tests {
    use crate::{Config, Source, generate};

    #[track_caller]
    fn readme(rest: &str) -> String {
        let text = format!("openapi: 3.1.0\ninfo: {{ title: Pets, version: '1' }}\n{rest}");
        let outcome = generate(Source { name: "pets.yaml", text: &text }, &Config::default());
        let generated = outcome.generated.expect("there is nothing wrong with the document");
        generated.files.get("README.md").expect("every crate has one").to_owned()
    }

    #[test]
    fn a_document_without_operations_has_a_client_to_build() {
        let readme = readme("paths: {}\n");
        assert!(readme.contains("fn connect() -> Result<Client, Error> {"), "{readme}");
        assert!(readme.contains(".base_url("), "{readme}");
        assert!(!readme.contains("async fn example"), "{readme}");
    }

    #[test]
    fn the_simplest_look_up_is_shown() {
        let readme = readme(
            "
paths:
  /pets:
    post:
      operationId: createPet
      responses: { '204': { description: Done. } }
    get:
      operationId: listPets
      parameters: [{ name: limit, in: query, required: true, schema: { type: integer } }]
      responses: &json { '200': { description: Pets., content: { application/json: { schema: { type: string } } } } }
  /pets/{id}:
    get:
      operationId: getPet
      parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
      responses: *json
",
        );
        assert!(readme.contains("        .get_pet(\"id\")\n"), "{readme}");
    }

    #[test]
    fn what_an_operation_needs_is_there() {
        let readme = readme(
            "
paths:
  /pets/{kind}/{age}:
    put:
      operationId: putPet
      parameters:
        - { name: kind, in: path, required: true, schema: { type: string, enum: [cat, dog] } }
        - { name: age, in: path, required: true, schema: { type: integer } }
        - { name: tags, in: query, required: true, schema: { type: array, items: { type: string } } }
        - { name: dry, in: query, schema: { type: boolean } }
      requestBody:
        required: true
        content: { application/json: { schema: { type: object, properties: { name: { type: string } } } } }
      responses: { '204': { description: Done. } }
",
        );
        assert!(readme.contains("use pets::{Client, Error, types};"), "{readme}");
        let call = ".put_pet(types::PutPetKind::Cat, 1, &[\"tags\"], &types::PutPetRequest::default())\n";
        assert!(readme.contains(call), "{readme}");
        assert!(readme.contains("Ok(()) =>"), "{readme}");
    }

    #[test]
    fn text_of_the_document_stays_in_its_literal() {
        let readme = readme(
            r#"
servers:
  - url: "https://{host}.test"
    variables: { host: { default: "a\"); panic!(\n```\n# \u202e" } }
paths: {}
"#,
        );
        let setter = r#"        .host("a\"); panic!(\n```\n# \u{202e}")"#;
        assert!(readme.lines().any(|line| line == setter), "{readme}");
    }
}
