//! The package metadata of the crate: the settings of codegen.toml, or defaults from the `info` of the document.

use openapiv3::{Contact, OpenAPI};
use toml::Value;

use super::package_name::package_name;
use crate::config::{self, Config, Publish};
use crate::diagnostics::{Code, Diagnostics, Pointer};
use crate::document;
use crate::ir::{Package, SharedRuntime};

/// Returns the package metadata. `file` is the file name of the document.
pub(super) fn of(openapi: &OpenAPI, file: &str, config: &Config) -> Package {
    let settings = &config.package;
    let info = &openapi.info;
    let title = info.title.trim();
    let has_license = settings.license.is_some() || settings.license_file.is_some();
    let license_of_document = (!has_license).then(|| document::license_identifier(info)).flatten();
    Package {
        name: settings.name.clone().unwrap_or_else(|| package_name(openapi, file)),
        version: settings.version.clone().unwrap_or_else(|| "0.1.0".to_owned()),
        description: settings.description.clone().unwrap_or_else(|| description_of(title)),
        license: settings.license.clone().or_else(|| license_of_document.map(str::to_owned)),
        entries: entries(settings, openapi),
        metadata: settings.metadata.clone(),
        dependencies: config.dependencies.clone(),
        runtime: config
            .runtime
            .as_ref()
            .map(|it| SharedRuntime { path: it.path.clone(), name: it.name.clone() }),
        lints: config.lints.clone(),
        modules: config.folder.modules.clone(),
        default_features: config.features.default.clone(),
    }
}

/// Reports a runtime with the name of the client crate.
pub(super) fn check_runtime(package: &Package, diagnostics: &mut Diagnostics) {
    let Some(runtime) = &package.runtime else { return };
    if runtime.library_name() == package.library_name() {
        diagnostics.report(
            Code::TakenName,
            &Pointer::in_config(["runtime", "path"]),
            format!("the runtime and the client crate have the same name, `{}`", runtime.name),
            "set `runtime.name` or `package.name`",
        );
    }
}

/// Returns the entries of `[package]` that only cargo reads, in the order of cargo's reference.
fn entries(settings: &config::Package, openapi: &OpenAPI) -> Vec<(&'static str, Value)> {
    let contact = openapi.info.contact.as_ref();
    let homepage = settings.homepage.clone().or_else(|| homepage(openapi).map(str::to_owned));
    let authors = settings.authors.clone().unwrap_or_else(|| contact.and_then(author).into_iter().collect());
    let texts = |texts: &[String]| (!texts.is_empty()).then(|| Value::from(texts.to_vec()));
    let text = |text: &Option<String>| text.clone().map(Value::from);
    let publish = match &settings.publish {
        Publish::Anywhere => None,
        Publish::Nowhere => Some(Value::from(false)),
        Publish::Registries(registries) => Some(Value::from(registries.clone())),
    };
    let entries = [
        ("authors", texts(&authors)),
        ("documentation", text(&settings.documentation)),
        ("homepage", text(&homepage)),
        ("repository", text(&settings.repository)),
        ("license-file", text(&settings.license_file)),
        ("keywords", texts(&settings.keywords)),
        ("categories", texts(&settings.categories)),
        ("exclude", texts(&settings.exclude)),
        ("include", texts(&settings.include)),
        ("publish", publish),
    ];
    entries.into_iter().filter_map(|(key, value)| Some((key, value?))).collect()
}

/// Returns the first address of a web page about the API: of its documentation, or of its contact.
fn homepage(openapi: &OpenAPI) -> Option<&str> {
    let documentation = openapi.external_docs.as_ref().map(|docs| docs.url.as_str());
    let contact = openapi.info.contact.as_ref().and_then(|contact| contact.url.as_deref());
    let is_page = |url: &&str| {
        let host = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
        host.is_some_and(|host| host.starts_with(|c: char| c.is_ascii_alphanumeric()))
            && url.chars().all(|c| c.is_ascii_graphic())
    };
    documentation.into_iter().chain(contact).map(str::trim).find(is_page)
}

/// Returns a contact in cargo's form for an author: `Acme <api@acme.com>`.
fn author(contact: &Contact) -> Option<String> {
    let in_one_line = |text: &Option<String>| {
        let words: Vec<&str> = text.iter().flat_map(|text| text.split_whitespace()).collect();
        (!words.is_empty()).then(|| words.join(" "))
    };
    match (in_one_line(&contact.name), in_one_line(&contact.email)) {
        (Some(name), Some(email)) => Some(format!("{name} <{email}>")),
        (name, email) => name.or(email),
    }
}

/// Returns a description made of a title.
fn description_of(title: &str) -> String {
    if title.is_empty() {
        return "A Rust client for an HTTP API.".to_owned();
    }
    let is_called_api = title.split_whitespace().any(|word| word.eq_ignore_ascii_case("api"));
    let has_article = title.to_ascii_lowercase().starts_with("the ");
    let article = if is_called_api && !has_article { "the " } else { "" };
    format!("A Rust client for {article}{title}.")
}

#[cfg(test)]
mod tests {
    use openapiv3::{ExternalDocumentation, Info};

    use super::*;

    #[test]
    fn the_home_page_is_the_first_page_of_the_document() {
        for (documentation, contact, expected) in [
            (Some("https://acme.com/docs"), Some("https://acme.com"), Some("https://acme.com/docs")),
            (Some("/docs"), Some("http://acme.com "), Some("http://acme.com")),
            (None, Some("mailto:api@acme.com"), None),
            (Some("https://"), Some("javascript:alert(1)"), None),
            (Some("https://acme.com/a b"), Some("https://acme.com/\"\nname = 'x'"), None),
            (None, None, None),
        ] {
            let url = |url: &str| url.to_owned();
            let contact = Contact { url: contact.map(url), ..Contact::default() };
            let openapi = OpenAPI {
                info: Info { contact: Some(contact), ..Info::default() },
                external_docs: documentation
                    .map(|it| ExternalDocumentation { url: url(it), ..ExternalDocumentation::default() }),
                ..OpenAPI::default()
            };
            assert_eq!(homepage(&openapi), expected);
        }
    }
}
