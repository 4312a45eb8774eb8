//! `README.md`, which is also the documentation of the crate root, so that its snippets are compiled as doctests.
//!
//! Every line of a snippet is visible: rustdoc would hide lines that begin with `#`, but a reader of the file sees them.
//! No snippet has `#[cfg(feature = "..")]` either, as it would disable the code in the reader's package. So the test for the
//! mock server is a `#[tokio::test]`, which doctests do not compile, and the snippet with blocking calls is not a doctest.
//! The first snippet builds a client; the functions of later ones borrow it.

mod blocking;
mod builder;
mod credentials;
mod errors;
mod first_call;
mod headers;
mod markdown;
mod messages;
mod nullable;
mod pagination;
mod sending;
mod streams;
mod testing;
mod unions;

use self::markdown::{paragraph, table};
use super::context::Context;
use super::manifest::{self, RUST_VERSION};
use super::{docs, features};
use crate::file_tree::FileTree;
use crate::ir::OAuth;

pub(super) fn render(context: &Context<'_>, tree: &mut FileTree) {
    let sections = [
        Some(introduction(context)),
        Some(installation(context)),
        Some(first_call::section(context)),
        first_call::servers(context),
        Some(credentials::section(context)),
        sending::section(context),
        nullable::section(context),
        unions::section(context),
        pagination::section(context),
        streams::section(context),
        streams::downloads(context),
        headers::section(context),
        messages::section(context),
        Some(errors::section(context)),
        Some(errors::settings(context)),
        testing::section(context),
        blocking::section(context),
        Some(features(context)),
        credentials::scopes_section(context),
        Some(webassembly(context)),
        context.package().license.as_deref().map(license),
    ];
    let sections: Vec<String> = sections.into_iter().flatten().collect();
    tree.insert("README.md", sections.join("\n"));
}

fn introduction(context: &Context<'_>) -> String {
    let mut text = format!(
        "# {}\n\n{}\n",
        context.package().name,
        docs::rustdoc(&context.package().description).join("\n")
    );
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
    let name = &context.package().name;
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

fn features(context: &Context<'_>) -> String {
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
    if let Some(oauth) = &context.api.security.oauth {
        let default = if oauth.signs_by_default() { "on" } else { "off" };
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
    if let Some(first) = context.showcase.first_call {
        let names = context.names.of_resource(context.api.operations[first.index()].resource);
        let (package, feature, accessor) = (&context.package().name, &names.feature, names.module.as_str());
        let signs = context.api.security.oauth.as_ref().is_some_and(OAuth::signs_by_default);
        let signing = if signs { format!("\"{}\", ", features::PRIVATE_KEY_JWT) } else { String::new() };
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
        let other = match (oauth.signs_by_default(), &oauth.client_urls) {
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

#[cfg(test)]
mod tests {
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
        let call = ".put_pet(types::PutPetKind::Cat, 1, [\"tags\"], &types::PutPetRequest::default())\n";
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
}
