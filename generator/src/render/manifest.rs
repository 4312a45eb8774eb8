//! Renders `Cargo.toml`, and the settings of other tools next to it.

use super::context::Context;
use super::{docs, examples, features, runtime};
use crate::file_tree::FileTree;
use crate::ir::{Package, SharedRuntime};
use crate::rules::invisible::is_layout;

/// The oldest Rust version that the generated crate supports.
pub(super) const RUST_VERSION: &str = "1.85";

/// Renders the manifest. The generated tests have to be in the tree already.
pub(super) fn render(context: &Context<'_>, tree: &mut FileTree) {
    let package = context.package();
    let mut text = String::from(
        "# @generated from the OpenAPI document. Change the document, and generate again.\n\n[package]\n",
    );
    let mut entry = |key: &str, value: &str| {
        text.push_str(&format!("{key} = {}\n", toml::Value::from(value)));
    };
    entry("name", &package.name);
    entry("version", &package.version);
    entry("edition", "2024");
    entry("rust-version", RUST_VERSION);
    entry("description", &docs::summary(&package.description));
    if let Some(license) = &package.license {
        entry("license", license);
    }
    entry("readme", "README.md");
    for (key, value) in &package.entries {
        text.push_str(&format!("{key} = {}\n", inline(value)));
    }
    text.push_str(&tables(&["package", "metadata"], &package.metadata));
    text.push_str(&tables(&["lints"], &package.lints));
    text.push_str(&features::manifest(context));
    text.push_str(&match &package.runtime {
        None => dependencies(context),
        Some(runtime) => dependencies_with_shared_runtime(context, runtime),
    });
    for name in ["round_trip", "unions"] {
        let path = format!("tests/{name}/main.rs");
        if tree.get(&path).is_some() {
            text.push_str(&features::required("test", name, &path, &features::all(context)));
        }
    }
    text.push_str(&format!("\n[dev-dependencies]\n{TOKIO}\n{}", examples::manifest(context)));
    tree.insert("Cargo.toml", text);
    render_settings_of_tools(tree);
}

/// Renders the settings of rustfmt and Git.
pub(super) fn render_settings_of_tools(tree: &mut FileTree) {
    tree.insert("rustfmt.toml", "# The generator lays out the code.\ndisable_all_formatting = true\n");
    tree.insert(".gitattributes", "* text=auto eol=lf linguist-generated=true\n");
}

/// Returns the dependencies of a crate with a runtime of its own.
fn dependencies(context: &Context<'_>) -> String {
    let package = context.package();
    let mut dependencies = added_dependencies(&package.dependencies);
    let own = DEPENDENCIES.lines().map(str::to_owned).chain(context.libraries().dependencies());
    dependencies.extend(own.filter(|line| !is_added(package, line)));
    dependencies.extend(context.receives_text().then(|| OF_TEXT.to_owned()));
    dependencies.sort();
    let mut with_a_system: Vec<&str> = WITH_A_SYSTEM.lines().collect();
    with_a_system.extend(context.api.security.oauth.iter().map(|_| OF_OAUTH));
    with_a_system.extend(context.checks_patterns().then_some(OF_PATTERNS));
    with_a_system.sort();
    format!(
        "\n[dependencies]\n{}\n\n[target.'cfg(not(target_os = \"unknown\"))'.dependencies]\n{}\n{IN_WEBASSEMBLY}",
        dependencies.join("\n"),
        with_a_system.join("\n")
    )
}

/// Returns the dependencies of a crate that uses a shared runtime: the runtime, and the crates that generated code names.
fn dependencies_with_shared_runtime(context: &Context<'_>, runtime: &SharedRuntime) -> String {
    let package = context.package();
    let mut dependencies = added_dependencies(&package.dependencies);
    let own = DEPENDENCIES.lines().filter(|line| line.starts_with("serde")).map(str::to_owned);
    let own = own.chain(context.libraries().dependencies());
    dependencies.extend(own.filter(|line| !is_added(package, line)));
    dependencies.sort();
    let (features, _) = runtime::shared_features(context);
    format!(
        "\n[dependencies]\n{}\n\n\
         # The shared runtime. One version of openapi-crate has to write it and all of its clients.\n\
         [dependencies.{}]\npath = {}\nversion = \"={}\"\ndefault-features = false\nfeatures = {}\n",
        dependencies.join("\n"),
        runtime.name,
        inline(&runtime.path.as_str().into()),
        env!("CARGO_PKG_VERSION"),
        features::list(&features),
    )
}

/// Returns true if the settings have an entry for the dependency in a line.
fn is_added(package: &Package, line: &str) -> bool {
    line.split_once(" = ").is_some_and(|(name, _)| package.dependencies.contains_key(name))
}

/// Returns the lines for the dependencies in codegen.toml. An entry that has only features adds them to a dependency of
/// the runtime.
fn added_dependencies(added: &toml::Table) -> Vec<String> {
    let own: toml::Table = DEPENDENCIES.parse().unwrap_or_default();
    let lines = added.iter().map(|(name, value)| {
        let mut merged = match own.get(name) {
            Some(toml::Value::Table(own)) => own.clone(),
            Some(version) => toml::Table::from_iter([("version".to_owned(), version.clone())]),
            None => return format!("{name} = {}", inline(value)),
        };
        let features = [merged.get("features"), value.get("features")];
        let features = features.into_iter().flatten().filter_map(toml::Value::as_array).flatten().cloned();
        merged.insert("features".to_owned(), features.collect::<Vec<_>>().into());
        format!("{name} = {}", inline(&merged.into()))
    });
    lines.collect()
}

/// Returns a value in TOML, in one line.
fn inline(value: &toml::Value) -> String {
    match value {
        toml::Value::Table(table) => {
            let entries = table.iter().map(|(key, value)| format!("{} = {}", toml_key(key), inline(value)));
            format!("{{ {} }}", entries.collect::<Vec<_>>().join(", "))
        }
        toml::Value::Array(values) if has_invisible(&value.to_string()) => {
            format!("[{}]", values.iter().map(inline).collect::<Vec<_>>().join(", "))
        }
        toml::Value::String(text) if has_invisible(text) => visible(text),
        value => value.to_string(),
    }
}

/// Returns true for a text with characters that hide or reorder other text.
fn has_invisible(text: &str) -> bool {
    text.chars().any(|character| is_layout(character) && !character.is_ascii())
}

/// Returns a string in TOML with escapes for control characters, and for those that hide or reorder other text.
fn visible(text: &str) -> String {
    let mut string = String::from("\"");
    for character in text.chars() {
        match character {
            '"' | '\\' => string.extend(['\\', character]),
            _ if is_layout(character) || character.is_control() => {
                string.push_str(&format!("\\U{:08X}", u32::from(character)));
            }
            _ => string.push(character),
        }
    }
    string + "\""
}

/// Returns a key in TOML.
fn toml_key(key: &str) -> String {
    let is_bare = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    match !key.is_empty() && key.bytes().all(is_bare) {
        true => key.to_owned(),
        false => inline(&toml::Value::from(key)),
    }
}

/// Returns a table with the tables in it, in TOML, after an empty line. An empty table has no text.
fn tables(path: &[&str], table: &toml::Table) -> String {
    if table.is_empty() {
        return String::new();
    }
    if has_invisible(&table.to_string()) {
        let lines = table.iter().map(|(key, value)| format!("{} = {}\n", toml_key(key), inline(value)));
        return format!("\n[{}]\n{}", path.join("."), lines.collect::<String>());
    }
    let nested = path.iter().rfold(table.clone(), |table, name| {
        toml::Table::from_iter([((*name).to_owned(), toml::Value::from(table))])
    });
    format!("\n{nested}")
}

/// The async runtime of the README's first call and of the programs in `examples/`.
pub(super) const TOKIO: &str = r#"tokio = { version = "1.48", features = ["macros", "rt-multi-thread"] }"#;

/// The dependency of the runtime for OAuth 2.
const OF_OAUTH: &str = r#"ring = { version = "0.17.14", optional = true }"#;

/// The dependency of the runtime for a mock server that checks patterns.
const OF_PATTERNS: &str = r#"regex = { version = "1.12", default-features = false, features = ["std", "unicode"], optional = true }"#;

/// The dependency of the runtime for text responses.
const OF_TEXT: &str =
    r#"encoding_rs = { version = "0.8.35", default-features = false, features = ["alloc"] }"#;

/// The dependencies of the runtime.
const DEPENDENCIES: &str = r#"base64 = "0.22"
bytes = "1.11"
futures-core = { version = "0.3.31", default-features = false }
http = "1.4"
httpdate = "1.0.3"
percent-encoding = "2.3"
serde = { version = "1.0.228", default-features = false, features = ["std"] }
serde_json = { version = "1.0.145", features = ["raw_value"] }
tracing = { version = "0.1.41", default-features = false, features = ["std"], optional = true }"#;

/// The dependencies of the runtime on targets with an operating system.
const WITH_A_SYSTEM: &str = r#"http-body = { version = "1.0", optional = true }
hyper = { version = "1.8", default-features = false, features = ["http1", "server"], optional = true }
hyper-util = { version = "0.1.19", default-features = false, features = ["tokio"], optional = true }
reqwest = { version = "0.13.4", default-features = false, features = ["rustls-no-provider"], optional = true }
rustls = { version = "0.23", default-features = false, features = ["ring", "std", "tls12"], optional = true }
tokio = { version = "1.48", default-features = false, features = ["rt", "time"], optional = true }"#;

/// The dependencies of the runtime on WebAssembly, where it calls JavaScript.
const IN_WEBASSEMBLY: &str = r#"
[target.'cfg(target_os = "unknown")'.dependencies]
futures-channel = { version = "0.3.31", default-features = false, features = ["std"], optional = true }
js-sys = "0.3.77"
wasm-bindgen = { version = "0.2.100", optional = true }
wasm-bindgen-futures = { version = "0.4.50", optional = true }
web-time = "1.1"

[target.'cfg(target_os = "unknown")'.dependencies.web-sys]
version = "0.3.77"
optional = true
features = [
    "AbortController",
    "AbortSignal",
    "Headers",
    "ReadableStream",
    "ReadableStreamDefaultReader",
    "RequestInit",
    "RequestRedirect",
    "Response",
]
"#;

#[cfg(test)]
mod tests {
    use crate::config::{self, DEPENDENCIES};

    #[test]
    fn no_crate_is_called_like_one_that_it_depends_on() {
        let tables = [
            super::DEPENDENCIES,
            super::WITH_A_SYSTEM,
            super::OF_OAUTH,
            super::OF_PATTERNS,
            super::OF_TEXT,
            super::IN_WEBASSEMBLY,
        ];
        let names = tables.into_iter().flat_map(str::lines).filter_map(|line| line.split_once(" = "));
        for (name, _) in names.filter(|(name, _)| {
            !name.starts_with('[') && !matches!(*name, "version" | "optional" | "features")
        }) {
            assert!(DEPENDENCIES.contains(&name.replace('_', "-").as_str()), "{name}");
            assert!(!config::is_crate_name(name), "{name}");
        }
    }
}
