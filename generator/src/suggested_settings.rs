//! The text of a first `codegen.toml` for a document: what the document suggests, with a comment for each part.
//!
//! Imports `ir` and `config`.

use std::collections::BTreeSet;

use heck::ToShoutySnakeCase as _;
use toml::Value;

use crate::config::ClientPaths;
use crate::ir::{Api, SchemeKind};

/// Returns the text of a `codegen.toml` for an API, with the paths of its document and of the folder of the crate.
pub(crate) fn text(api: &Api, paths: &ClientPaths) -> String {
    let mut text = Text(String::from("# Settings of the generated client. Every key is optional.\n"));
    text.entry("document", paths.document.as_deref());
    text.entry("out", paths.out.as_deref());

    let package = &api.package;
    text.section("package", "Metadata of the generated Cargo.toml.");
    text.entry("name", Some(&package.name));
    text.entry("version", Some(&package.version));
    text.entry("description", Some(&in_one_line(&package.description)));
    match &package.license {
        Some(license) => text.entry("license", Some(license)),
        None => text.line("# license = \"MIT OR Apache-2.0\""),
    }
    // Cargo warns about a package that has no URL.
    if !package.entries.iter().any(|(key, _)| ["homepage", "documentation", "repository"].contains(key)) {
        text.line("# repository = \"https://git.example.com/acme\"");
    }

    let mut variables = Variables::of(&package.name);
    let server = api.server.iter().flat_map(|server| &server.variables);
    let server: Vec<&str> = server.map(|variable| variable.name.as_str()).collect();
    text.section("client", "Facts about the server that the document does not state.");
    text.line(
        "# Response header that identifies a request in the logs of the server. Errors carry its value.",
    );
    text.line("# request-id-header = \"x-request-id\"");
    if !server.is_empty() {
        text.line(
            "# Variables of the server URL without a usable default. Users of the client have to set them.",
        );
        text.line(&format!("# required-server-variables = {}", Value::from(server.clone())));
    }

    text.section("client.env", "Environment variables that `Client::from_env` reads.");
    let kinds: Vec<&SchemeKind> = api.security.schemes.iter().map(|scheme| &scheme.kind).collect();
    let mut variable = |text: &mut Text, key: &str, name: &str| {
        let variable = variables.new_name(name);
        text.entry(key, Some(&variable));
    };
    if kinds.contains(&&SchemeKind::Bearer) {
        variable(&mut text, "bearer-token", "token");
    }
    if api.security.oauth.as_ref().is_some_and(|oauth| oauth.client_urls.is_some()) {
        variable(&mut text, "client-id", "client-id");
        variable(&mut text, "client-secret", "client-secret");
    }
    if kinds.contains(&&SchemeKind::Basic) {
        variable(&mut text, "username", "username");
        variable(&mut text, "password", "password");
    }
    variable(&mut text, "base-url", "url");
    let keys: Vec<&str> = api.security.key_schemes().collect();
    for (table, names) in [("api-keys", keys), ("server-variables", server)] {
        if !names.is_empty() {
            text.line(&format!("\n[client.env.{table}]"));
            names.into_iter().for_each(|name| variable(&mut text, name, name));
        }
    }
    text.0
}

/// A text in TOML.
struct Text(String);

impl Text {
    fn line(&mut self, line: &str) {
        self.0.push_str(line);
        self.0.push('\n');
    }

    fn section(&mut self, name: &str, comment: &str) {
        self.line(&format!("\n# {comment}\n[{name}]"));
    }

    /// Adds a string, if there is one.
    fn entry(&mut self, key: &str, value: Option<&str>) {
        if let Some(value) = value {
            let entry = toml::Table::from_iter([(key.to_owned(), Value::from(value))]);
            self.0.push_str(&entry.to_string());
        }
    }
}

/// The names of environment variables, without repetition.
struct Variables {
    prefix: String,
    taken: BTreeSet<String>,
}

impl Variables {
    /// Starts all names with the name of a crate.
    fn of(package: &str) -> Self {
        let name = package.strip_suffix("-client").unwrap_or(package);
        Self { prefix: name.to_shouty_snake_case(), taken: BTreeSet::new() }
    }

    fn new_name(&mut self, name: &str) -> String {
        let word = name.to_shouty_snake_case();
        let word: String = word.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
        let word = if word.is_empty() { "KEY" } else { word.as_str() };
        let base = match word.strip_prefix(&format!("{}_", self.prefix)) {
            Some(rest) => format!("{}_{rest}", self.prefix),
            None => format!("{}_{word}", self.prefix),
        };
        let numbered = (2..).map(|number| format!("{base}_{number}"));
        let name = std::iter::once(base.clone()).chain(numbered).find(|name| !self.taken.contains(name));
        let name = name.unwrap_or(base);
        self.taken.insert(name.clone());
        name
    }
}

fn in_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use crate::{Config, Source};

    /// The settings name the crate that is generated without them.
    #[test]
    fn the_name_is_the_one_of_the_crate() {
        for (file, title, expected) in [
            ("api/pets.yaml", "情報 API", "pets"),
            ("api/openapi.yaml", "Данные", "acme"),
            ("openapi.yaml", "Übersicht", "ubersicht"),
        ] {
            let text = format!(
                "{{openapi: 3.1.0, info: {{title: {title}, version: '1'}}, paths: {{}}, servers: [{{url: 'https://api.acme.com'}}]}}"
            );
            let source = Source { name: file, text: &text };
            let (name, settings) =
                crate::suggest_settings(source, None, &Default::default()).expect("it is valid");
            assert_eq!(name, expected, "{title}");
            assert!(settings.contains(&format!("\nname = \"{expected}\"\n")), "{settings}");
            let config = Config::parse(&settings).expect("the settings are valid");
            let generated = crate::generate(source, &config).generated.expect("it is valid");
            let manifest = generated.files.get("Cargo.toml").expect("a manifest");
            assert!(manifest.contains(&format!("name = \"{expected}\"\n")), "{manifest}");
        }
    }

    /// Cargo warns about a package without this metadata.
    #[test]
    fn missing_metadata_is_suggested() {
        let settings = |info: &str| {
            let text = format!("{{openapi: 3.1.0, info: {{title: Pets, version: '1'{info}}}, paths: {{}}}}");
            let source = Source { name: "openapi.yaml", text: &text };
            crate::suggest_settings(source, None, &Default::default()).expect("it is valid").1
        };
        let none = settings("");
        assert!(none.contains("\n# license = ") && none.contains("\n# repository = "), "{none}");
        let all = settings(", contact: {url: 'https://acme.com'}, license: {name: MIT, identifier: MIT}");
        assert!(!all.contains("# license") && !all.contains("# repository"), "{all}");
    }
}
