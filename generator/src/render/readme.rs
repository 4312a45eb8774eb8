//! `README.md`, which is also the documentation of the crate root, so that its snippets are compiled as doctests.
//!
//! Every line of a snippet is visible: rustdoc would hide lines that begin with `#`, but a reader of the file sees them.
//! No snippet has `#[cfg(feature = "..")]` either, as it would disable the code in the reader's package. So the test for the
//! mock server is a `#[tokio::test]`, which doctests do not compile, and the snippet with blocking calls is not a doctest.
//! The first snippet builds a client; the functions of later ones borrow it.

mod blocking;
mod credentials;
mod errors;
mod first_call;
mod headers;
mod messages;
mod pagination;
pub(super) mod sending;
pub(super) mod snippet;
mod streams;
mod testing;
mod unions;

use super::manifest::{self, RUST_VERSION};
use super::{Context, docs, features};
use crate::file_tree::FileTree;
use crate::showcase::{self, Selected};

/// The width of paragraphs.
const WIDTH: usize = 100;

/// The longest row of a table whose columns are aligned.
const TABLE_WIDTH: usize = 100;

pub(super) fn render(context: &Context<'_>, tree: &mut FileTree) {
    let first = showcase::first_call(context.api);
    let sections = [
        Some(introduction(context)),
        Some(installation(context)),
        Some(first_call::section(context, first)),
        first_call::servers(context),
        Some(credentials::section(context)),
        sending::section(context),
        unions::section(context),
        pagination::section(context),
        streams::section(context),
        streams::downloads(context),
        headers::section(context),
        messages::section(context),
        Some(errors::section(context)),
        Some(errors::settings(context, first)),
        testing::section(context, first),
        blocking::section(context, first),
        Some(features(context, first)),
        credentials::scopes(context),
        Some(webassembly(context)),
        context.package.license.map(license),
    ];
    let sections: Vec<String> = sections.into_iter().flatten().collect();
    tree.insert("README.md", sections.join("\n"));
}

fn introduction(context: &Context<'_>) -> String {
    let mut text =
        format!("# {}\n\n{}\n", context.package.name, docs::rustdoc(&context.package.description).join("\n"));
    let summary = context.api.description.as_deref().map(docs::summary).unwrap_or_default();
    if !summary.is_empty() {
        text.push_str(&format!("\n{summary}\n"));
    }
    let document = match docs::summary(&context.api.title) {
        title if title.is_empty() => "an OpenAPI document".to_owned(),
        title => format!("the OpenAPI document \"{title}\""),
    };
    let version = match docs::summary(&context.api.version) {
        version if version.is_empty() => String::new(),
        version => format!(", version {version}"),
    };
    text.push_str(&format!(
        "\n{}",
        paragraph(&format!(
            "Generated from {document}{version}. Do not edit the files in this folder. To change the client, edit the \
             OpenAPI document or `codegen.toml`, and run the generator again."
        ))
    ));
    text.truncate(text.trim_end().len() + 1);
    text
}

fn installation(context: &Context<'_>) -> String {
    let name = &context.package.name;
    format!(
        "## Installation\n\n\
         {}```toml\n[dependencies]\n{name} = {{ path = \"vendor/{name}\" }}\n{}\n```\n",
        paragraph(&format!(
            "Copy this folder to `vendor/{name}` in your repository, and add the crate to your package's `Cargo.toml`. \
             The crate requires Rust {RUST_VERSION} or newer."
        )),
        manifest::TOKIO
    )
}

fn features(context: &Context<'_>, first: Option<Selected<'_>>) -> String {
    let all = features::all(context);
    let mut rows = vec![
        [
            "`reqwest`",
            "on",
            "sends requests with [reqwest](https://docs.rs/reqwest) and rustls; async calls need a [tokio](https://docs.rs/tokio) runtime. Without it, set a `runtime::Transport` on the builder",
        ],
        ["`blocking`", "off", "blocking calls (`wait`) without an async runtime"],
        ["`mock`", "off", "a mock server for tests"],
        [
            "`tracing`",
            "off",
            "one span per call and one event per failed attempt, with OpenTelemetry names and without secrets, query strings or bodies",
        ],
    ];
    if context.api.security.oauth.is_some() {
        let default = if features::signs_by_default(context) { "on" } else { "off" };
        let effect = "lets OAuth 2 clients authenticate with a private key";
        rows.push(["`private-key-jwt`", default, effect]);
    }
    if all.contains(&features::ALL_RESOURCES) {
        rows.push(["`all-resources`", "on", "every resource of the API"]);
    }
    if all.contains(&features::OTHER_TYPES) {
        rows.push(["`other-types`", "on", "types that no operation uses, such as webhook payloads"]);
    }
    let rows = rows.into_iter().map(|row| row.map(str::to_owned)).collect();
    let mut text = format!("## Features\n\n{}", table(["Feature", "Default", "Effect"], rows));
    if let Some((_, operation)) = first {
        let names = context.names.of_resource(operation.resource);
        let (package, feature, accessor) = (&context.package.name, &names.feature, names.module.as_str());
        let signing = if features::signs_by_default(context) {
            format!("\"{}\", ", features::PRIVATE_KEY_JWT)
        } else {
            String::new()
        };
        text.push_str(&format!(
            "\n{}```toml\n[dependencies]\n{package} = {{ path = \"vendor/{package}\", default-features = false, features = [\"reqwest\", {signing}\"{feature}\"] }}\n```\n",
            paragraph(&format!(
                "Each resource has its own feature; `{feature}` enables `client.{accessor}()`. To compile only the resources that \
                 you use and their types, disable the default features and list the ones that you need:"
            ))
        ));
    }
    text
}

fn webassembly(context: &Context<'_>) -> String {
    let mut text = "## WebAssembly\n\n\
     On `wasm32-unknown-unknown`, the feature `reqwest` uses `fetch`, in a browser or in Node, and needs no\n\
     tokio runtime. Differences from other targets:\n\n\
     - In a browser, the server has to allow the origin of the page (CORS); otherwise the call fails, and the\n  \
       error does not say why.\n\
     - Browsers do not send a `cookie` header that the client sets.\n\
     - `fetch` does not reveal where a redirect leads, so a request with credentials or a body fails if the\n  \
       server redirects it.\n\
     - Proxies, root certificates, `blocking` and `mock` are not available.\n"
        .to_owned();
    if let Some(oauth) = &context.api.security.oauth {
        let other = match (features::signs_by_default(context), &oauth.client_urls) {
            (false, _) => "a client secret or a token",
            (true, Some(_)) => "`bearer_token`, `token_provider` or `token_exchange`",
            (true, None) => "`bearer_token` or `token_provider`",
        };
        text.push_str(&format!("- OAuth 2 clients cannot authenticate with a private key; use {other}.\n"));
    }
    text
}

fn license(license: &str) -> String {
    format!("## License\n\n{}\n", docs::summary(license))
}

/// Wraps a paragraph of Markdown, and ends it with an empty line. Code spans are not broken.
fn paragraph(text: &str) -> String {
    let mut units: Vec<String> = Vec::new();
    let mut in_code = false;
    for word in text.split_whitespace() {
        match units.last_mut().filter(|_| in_code) {
            Some(code) => code.extend([" ", word]),
            None => units.push(word.to_owned()),
        }
        in_code ^= word.matches('`').count() % 2 == 1;
    }
    let mut wrapped = String::new();
    let mut length = 0;
    for unit in units {
        let width = unit.chars().count();
        if length > 0 {
            let breaks = length + 1 + width > WIDTH;
            wrapped.push(if breaks { '\n' } else { ' ' });
            length = if breaks { 0 } else { length + 1 };
        }
        wrapped.push_str(&unit);
        length += width;
    }
    wrapped.push_str("\n\n");
    wrapped
}

/// Returns a table in Markdown. Its columns are aligned if the rows are short.
fn table<const N: usize>(header: [&str; N], rows: Vec<[String; N]>) -> String {
    let cell = |text: String| text.replace("\\|", "|").replace('|', "\\|");
    let mut rows: Vec<[String; N]> = rows.into_iter().map(|row| row.map(cell)).collect();
    rows.insert(0, header.map(str::to_owned));
    let length = |text: &String| text.chars().count();
    let widths: [usize; N] =
        std::array::from_fn(|column| rows.iter().map(|row| length(&row[column])).max().unwrap_or(0).max(3));
    let is_aligned = widths.iter().sum::<usize>() + 3 * N < TABLE_WIDTH;
    let widths = if is_aligned { widths } else { [0; N] };
    let rule: [String; N] = widths.map(|width| "-".repeat(width.max(3)));
    rows.insert(1, rule);
    let line = |row: &[String; N]| {
        let cells = row.iter().zip(widths).map(|(cell, width)| format!(" {cell:width$} |"));
        format!("|{}\n", cells.collect::<String>())
    };
    rows.iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::paragraph;
    use crate::{Config, Source, generate};

    #[track_caller]
    fn readme(rest: &str) -> String {
        let text = format!("openapi: 3.1.0\ninfo: {{ title: Pets, version: '1' }}\n{rest}");
        let outcome = generate(Source { name: "pets.yaml", text: &text }, &Config::default());
        let generated = outcome.generated.expect("the document is valid");
        generated.files.get("README.md").expect("the crate has a README").to_owned()
    }

    #[test]
    fn builds_a_client_if_the_document_has_no_operations() {
        let readme = readme("paths: {}\n");
        assert!(readme.contains("let _client = Client::builder()"), "{readme}");
        assert!(readme.contains("        .base_url(\"https://api.example.com\") // "), "{readme}");
        assert!(!readme.contains("let client"), "{readme}");
    }

    #[test]
    fn calls_the_simplest_operation() {
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
      parameters: [{ name: id, in: path, required: true, schema: { type: string }, example: rex }]
      responses: *json
",
        );
        let call = "    let response = client.pets().get_pet(\"rex\").await?;\n";
        assert!(readme.contains(call), "{readme}");
    }

    #[test]
    fn passes_required_arguments() {
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
        assert!(readme.contains("use pets::{Client, types};"), "{readme}");
        let call = ".put_pet(types::PutPetKind::Cat, 1, &[\"tags\"], &types::PutPetRequest::default())\n";
        assert!(readme.contains(call), "{readme}");
    }

    #[test]
    fn lists_all_servers() {
        let readme = readme(
            "
servers:
  - url: https://eu.example.com
  - { url: https://us.example.com, description: United States }
paths: {}
",
        );
        assert!(readme.contains("Requests are sent to `https://eu.example.com`."), "{readme}");
        assert!(readme.contains("| `https://us.example.com` | United States |\n"), "{readme}");
        assert!(!readme.contains("example.com\")"), "{readme}");
    }

    #[test]
    fn keeps_text_of_the_document_in_a_code_span() {
        let readme = readme(
            r#"
servers:
  - url: "https://{host}.test"
    variables: { host: { default: "a\"); panic!(\n```\n# \u202e|" } }
paths: {}
"#,
        );
        let row = r#"| `host` | `host`   | ````a"); panic!( ``` # \|```` | any    |"#;
        assert!(
            readme.lines().any(|line| line.starts_with("| `host`") && line.contains(&row[20..50])),
            "{readme}"
        );
    }

    #[test]
    fn paragraphs_are_wrapped_between_words_and_code_spans() {
        let word = "x".repeat(60);
        assert_eq!(paragraph(&format!("{word} {word}\n a")), format!("{word}\n{word} a\n\n"));
        assert_eq!(paragraph(&format!("{word} `{word} b` c")), format!("{word}\n`{word} b` c\n\n"));
    }
}
