//! `codegen.toml`: settings that the OpenAPI document cannot express.
//!
//! The file lies beside the document. Every key is optional. An unknown key is an error: a misspelled setting
//! that has no effect would go unnoticed.
//!
//! ```toml
//! protojson = true
//!
//! [package]
//! name = "conductorone"
//!
//! [names.types]
//! "c1.api.policy.v1.ProvisionPolicy" = "ProvisionPolicy"
//! ```
//!
//! Imports `diagnostics`.

mod allow;
mod clients;
mod credentials;
mod dependencies;
mod derive;
mod edit;
mod error;
mod folder;
mod lints;
mod names;
mod package;
mod read;
mod runtime;
mod rust_type;
mod template;
mod types;
mod values;

use std::collections::BTreeMap;

pub use allow::Allow;
pub use clients::{ClientPaths, Clients};
pub use credentials::{Audience, ClientAuthentication, Env, Nonce, OAuth};
pub use derive::Derive;
pub use error::{ConfigError, Problem};
pub use folder::{Folder, KeptFiles};
pub use names::{NamePatterns, Names};
pub use package::{Features, Package, Publish};
use read::Section;
pub use runtime::SharedRuntime;
pub use rust_type::RustType;
pub(crate) use template::{TemplatePart, parts as template_parts};
pub use types::{CustomType, TimeLibrary, Types, UuidLibrary};
#[cfg(test)]
pub(crate) use values::DEPENDENCIES;

/// Returns `true` if cargo and registries accept `name` as a package name and programs can `use` its library.
pub(crate) fn is_crate_name(name: &str) -> bool {
    values::crate_name(name).is_ok()
}

/// Settings of a generated crate.
///
/// # Examples
///
/// ```
/// let config = openapi_crate::Config::parse("package.name = 'acme-client'")?;
/// assert_eq!(config.package.name.as_deref(), Some("acme-client"));
/// # Ok::<(), openapi_crate::config::ConfigError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Config {
    /// Versions of the generator that can be used, such as `">=0.2, <0.4"`. Another version reports an error.
    /// `required-version`. Default: any.
    pub required_version: Option<String>,
    /// Path of the document, relative to the folder of the file. Only the command line reads it. `document`. Default: none.
    pub document: Option<String>,
    /// Path of the folder of the crate, relative to the folder of the file. Only the command line reads it. `out`. Default:
    /// none.
    pub out: Option<String>,
    /// Overlays that change the document before it is read, in this order. Each is a path in the folder of the document.
    /// `overlays`. Default: none.
    pub overlays: Vec<String>,
    /// Metadata of the generated `Cargo.toml`. `[package]`.
    pub package: Package,
    /// True if the API uses [ProtoJSON](https://protobuf.dev/programming-guides/json/), the JSON encoding of
    /// protobuf: null means absent, 64-bit integers are JSON strings, and durations look like `"3600s"`.
    /// `protojson`. Default: false.
    pub protojson: bool,
    /// Adds a test to the crate that decodes the examples of the document and encodes them again. `round-trip`.
    /// Default: false.
    pub round_trip: bool,
    /// Facts about the server that the client needs. `[client]`.
    pub client: Client,
    /// Rust types of formats, schemas and properties. `[types]`.
    pub types: Types,
    /// Crate of the runtime that several clients share, such as `{ path = "../runtime" }`. `[runtime]`. Default: none, so the
    /// crate has a runtime of its own.
    pub runtime: Option<SharedRuntime>,
    /// Crates that types and derives of yours are from, as in Cargo.toml. They become dependencies of the crate; paths of `path` are
    /// relative to the folder of the crate. `[dependencies]`. Default: none.
    pub dependencies: toml::Table,
    /// More derives and attributes of generated types. `[[derive]]`. Default: none.
    pub derive: Vec<Derive>,
    /// Selection of operations. `[operations]`.
    pub operations: Operations,
    /// Pagination that the document does not describe. `[pagination]`.
    pub pagination: Pagination,
    /// Properties that are optional although the document requires them. `[optional]`.
    pub optional: OptionalProperties,
    /// Rust names. `[names]`.
    pub names: Names,
    /// Features of the crate. `[features]`.
    pub features: Features,
    /// Files in the folder of the crate that people write. `[folder]`.
    pub folder: Folder,
    /// Lints of the crate, like cargo's `[lints]`: `workspace = true` uses the lints of the workspace. `[lints]`. Default:
    /// none.
    pub lints: toml::Table,
    /// Warnings that are accepted. `[allow]`, for example `"untyped-schema" = ["#/components/schemas/Pet"]`.
    pub allow: Allow,
}

/// Facts about the server that the client needs.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Client {
    /// Response header that identifies a request in the logs of the server, such as `"x-request-id"`. Errors
    /// carry its value. `client.request-id-header`. Default: none.
    pub request_id_header: Option<String>,
    /// Variables of the server URL whose default in the document is a placeholder. The user of the client has
    /// to set them; without that, the client would send credentials to a stranger's host.
    /// `client.required-server-variables`. Default: none.
    pub required_server_variables: Vec<String>,
    /// OAuth 2 settings. `[client.oauth]`.
    pub oauth: OAuth,
    /// Environment variables that `Client::from_env` reads. `[client.env]`.
    pub env: Env,
}

/// Selection of operations.
///
/// An entry is an operation id, a tag, or a path pattern with an optional method: `"listPets"`, `"pets"`,
/// `"/pets/**"`, `"GET /pets/*"`. In a pattern, `*` matches anything but a slash and `**` matches anything.
///
/// If `include` or `exclude` has an entry, the crate contains only the types that its operations refer to.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Operations {
    /// Operations to generate. `operations.include`. Default: all.
    pub include: Vec<String>,
    /// Operations to leave out, even if `include` lists them. `operations.exclude`. Default: none.
    pub exclude: Vec<String>,
    /// Operations that are safe to send twice although their method is not idempotent. The client retries them after
    /// transient failures. `operations.retry`. Default: none.
    pub retry: Vec<String>,
}

/// Pagination that the document does not describe, or that the generator infers wrongly.
///
/// A POST needs an entry, unless its path or id says that it searches, lists or queries: reading the next page repeats the
/// request.
///
/// Operations are selected as in [`Operations`]. Properties are wire names, joined by dots: `"meta.next_cursor"`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Pagination {
    /// Operations that are not paginated. `pagination.exclude`. Default: none.
    pub exclude: Vec<String>,
    /// Operations whose response header `Link` holds the URL of the next page. `pagination.link-header`.
    /// Default: none.
    pub link_header: Vec<String>,
    /// Operations whose responses have a total that is not the number of all items, such as an estimate. It does not
    /// end the listing, and the items are not compared with it. `pagination.ignore-total`. Default: none.
    pub ignore_total: Vec<String>,
    /// By operation: the query parameter or body property that accepts a page token, and the response property that
    /// holds the next one. `[pagination.token]`, for example `"listPets" = "cursor = meta.next_cursor"`.
    pub token: BTreeMap<String, String>,
    /// By operation: the parameter that holds the number of items to skip. `[pagination.offset]`, for example
    /// `"listPets" = "skip"`.
    pub offset: BTreeMap<String, String>,
    /// By operation: the parameter that holds the number of the page, counted from 1. `[pagination.page-number]`, for
    /// example `"listPets" = "page"`.
    pub page_number: BTreeMap<String, String>,
    /// By operation: the response property that holds the items of a page. `[pagination.items]`, for example
    /// `"listPets" = "result.pets"`.
    pub items: BTreeMap<String, String>,
}

/// Properties that may be absent or null although the document requires them, because the server omits them.
///
/// Their fields are generated like the fields of optional properties. A component schema is named by its key, such as
/// `"Pet"`, any other schema by a reference, such as
/// `"#/paths/~1pets/get/responses/200/content/application~1json/schema"`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OptionalProperties {
    /// Makes every property of every schema optional. `optional.all`. Default: false.
    pub all: bool,
    /// Schemas of which every property is optional. `optional.schemas`. Default: none.
    pub schemas: Vec<String>,
    /// Optional properties, by schema. `[optional.properties]`, for example `"Pet" = ["name"]`.
    pub properties: BTreeMap<String, Vec<String>>,
}

impl Config {
    /// Parses the text of a `codegen.toml`.
    ///
    /// # Errors
    ///
    /// Returns every problem of the file, in the order of their positions: unknown keys, values of the wrong
    /// type, and values that no crate can be generated from. If the text is not valid TOML, returns only the
    /// syntax errors.
    ///
    /// # Examples
    ///
    /// ```
    /// let error = openapi_crate::Config::parse("[package]\nnmae = 'acme'").unwrap_err();
    /// let text = "2:1: unknown key `package.nmae`; did you mean `package.name`?";
    /// assert_eq!(error.to_string(), text);
    /// ```
    pub fn parse(text: &str) -> Result<Self, ConfigError> {
        read::document(text, Self::read)
    }

    /// Returns every valid key of the file as a dotted path, such as `package.name` or `names.types`.
    pub fn keys() -> Vec<String> {
        read::keys(Self::read)
    }

    fn read(from: &mut Section<'_>) -> Self {
        let config = Self {
            required_version: from.text("required-version", values::required_version),
            document: from.text("document", values::path),
            out: from.text("out", values::path),
            overlays: from.optional_texts("overlays", values::overlay_path).unwrap_or_default(),
            package: from.section("package", Package::read),
            protojson: from.boolean("protojson"),
            round_trip: from.boolean("round-trip"),
            client: from.section("client", Client::read),
            types: from.section("types", Types::read),
            runtime: from.section("runtime", SharedRuntime::read),
            dependencies: from.any_table("dependencies", &[]),
            derive: from.sections("derive", Derive::read),
            operations: from.section("operations", Operations::read),
            pagination: from.section("pagination", Pagination::read),
            optional: from.section("optional", OptionalProperties::read),
            names: from.section("names", Names::read),
            features: from.section("features", Features::read),
            folder: from.section("folder", Folder::read),
            lints: lints::read(from),
            allow: Allow { places: from.lists_by("allow", allow::check_code) },
        };
        from.report_entries("dependencies", dependencies::check(&config.dependencies));
        from.report_entries("runtime", runtime::check(config.runtime.as_ref(), &config.dependencies));
        from.check_rust_paths(|path| {
            dependencies::check_path(path, &config.dependencies, &config.folder.modules)
        });
        config
    }
}

impl Client {
    fn read(from: &mut Section<'_>) -> Self {
        Self {
            request_id_header: from.text("request-id-header", values::header_name),
            required_server_variables: from.texts("required-server-variables"),
            oauth: from.section("oauth", OAuth::read),
            env: from.section("env", Env::read),
        }
    }
}

impl Operations {
    /// Returns `true` if `include` or `exclude` has an entry.
    pub fn is_selection(&self) -> bool {
        !(self.include.is_empty() && self.exclude.is_empty())
    }

    fn read(from: &mut Section<'_>) -> Self {
        Self { include: from.texts("include"), exclude: from.texts("exclude"), retry: from.texts("retry") }
    }
}

impl Pagination {
    fn read(from: &mut Section<'_>) -> Self {
        Self {
            exclude: from.texts("exclude"),
            link_header: from.texts("link-header"),
            ignore_total: from.texts("ignore-total"),
            token: from.names("token", values::token_rule),
            offset: from.names("offset", values::any_text),
            page_number: from.names("page-number", values::any_text),
            items: from.names("items", values::any_text),
        }
    }
}

impl OptionalProperties {
    fn read(from: &mut Section<'_>) -> Self {
        Self {
            all: from.boolean("all"),
            schemas: from.texts("schemas"),
            properties: from.lists("properties"),
        }
    }
}

/// Returns the settings that the output can depend on, without comments, in a fixed order.
pub(crate) fn settings_of_output(text: &str) -> String {
    // Version control can change the ends of lines in strings.
    match text.replace("\r\n", "\n").parse::<toml::Table>() {
        Ok(mut settings) => {
            for key in ["allow", "document", "out", "required-version"] {
                settings.remove(key);
            }
            settings.to_string() + &order_of_patterns(text)
        }
        Err(_) => text.to_owned(),
    }
}

/// Returns the patterns of names in their order, which a table does not keep.
fn order_of_patterns(text: &str) -> String {
    let patterns = Config::parse(text).map(|config| config.names.patterns).unwrap_or_default();
    patterns.methods.iter().chain(&patterns.types).map(|(pattern, _)| format!("{pattern}\n")).collect()
}

#[cfg(test)]
mod tests;
