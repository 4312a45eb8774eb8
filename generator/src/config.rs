//! `codegen.toml`: what the document cannot say.
//!
//! The file stands beside the document, every key of it is optional, and without it the defaults hold. A key that does
//! not exist is an error and not ignored: a misspelt setting that changes nothing is found much later.
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
//! Imports nothing of this crate.

mod credentials;
mod error;
mod read;
mod types;
mod values;

use std::collections::BTreeMap;

pub use credentials::{Audience, ClientAuthentication, Env, Nonce, OAuth};
pub use error::{ConfigError, Problem};
use read::Section;
pub use types::{TimeLibrary, Types, UuidLibrary};
#[cfg(test)]
pub(crate) use values::DEPENDENCIES;

/// Whether cargo and registries take a name for a package, and programs can `use` its library.
pub(crate) fn is_crate_name(name: &str) -> bool {
    values::crate_name(name).is_ok()
}

/// The settings of one generated crate.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Config {
    /// What the generated `Cargo.toml` says about the crate: `[package]`.
    pub package: Package,
    /// Whether the API speaks protobuf's JSON: null is absence, 64-bit integers are strings on the wire, durations
    /// are `"3600s"` ([ProtoJSON](https://protobuf.dev/programming-guides/json/)). `protojson`, false when absent.
    pub protojson: bool,
    /// Whether the crate gets a test that decodes the document's examples and encodes them again. `round-trip`, false
    /// when absent.
    pub round_trip: bool,
    /// What the client needs to know about the server: `[client]`.
    pub client: Client,
    /// Which types stand for formats of text: `[types]`.
    pub types: Types,
    /// Which operations the crate has: `[operations]`.
    pub operations: Operations,
    /// How listings go on, where that cannot be told from the document: `[pages]`.
    pub pages: Pages,
    /// Which members may be missing although the document requires them: `[soften]`.
    pub soften: Soften,
    /// Names that need help: `[names]`.
    pub names: Names,
}

/// What the generated `Cargo.toml` says about the crate.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Package {
    /// The crate's name; from the document's title when absent. `package.name`, as cargo takes it.
    pub name: Option<String>,
    /// The crate's version; `0.1.0` when absent. `package.version`, three numbers as cargo takes them.
    pub version: Option<String>,
    /// One sentence about the crate. `package.description`.
    pub description: Option<String>,
    /// An SPDX expression. `package.license`, for example `"MIT OR Apache-2.0"`.
    pub license: Option<String>,
    /// Where the source is kept. `package.repository`, a URL.
    pub repository: Option<String>,
}

/// What the client needs to know about the server.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Client {
    /// The response header that names a request in the server's logs. `client.request-id-header`, for example
    /// `"x-request-id"`.
    pub request_id_header: Option<String>,
    /// Variables of the server's URL that the user of the crate has to set, because the document's default is a
    /// placeholder: a client that was built without them would send its credentials to somebody else.
    /// `client.required-variables`, for example `["tenant"]`.
    pub required_variables: Vec<String>,
    /// How the server hands out tokens: `[client.oauth]`.
    pub oauth: OAuth,
    /// What `Client::from_env` reads: `[client.env]`.
    pub env: Env,
}

/// Which operations the crate has, and what is special about some. Where `include` or `exclude` has an entry, the crate
/// has only the types that its operations refer to.
///
/// An entry is an operation's id, a tag, or a path in which `*` stands for anything but a slash and `**` for anything,
/// with or without a method before it: `"listPets"`, `"pets"`, `"/pets/**"`, `"GET /pets/*"`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Operations {
    /// What the crate has; every operation when absent. `operations.include`.
    pub include: Vec<String>,
    /// What it does not have, whatever is included. `operations.exclude`.
    pub exclude: Vec<String>,
    /// What may be sent twice without harm although its method does not say so, and is therefore tried again after a
    /// failure that passes. `operations.retry`.
    pub retry: Vec<String>,
}

/// How listings go on in further pages, where that cannot be told from the document, or is told wrongly.
///
/// Operations are named as in [`Operations`]: `"listPets"`, `"GET /pets/*"`. Members are wire names, with dots between
/// one object and the next: `"meta.next_cursor"`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Pages {
    /// Operations that are no listings, or go on in no way that is known here. `pages.exclude`.
    pub exclude: Vec<String>,
    /// Operations whose header `Link` leads to the next page. `pages.link`.
    pub link: Vec<String>,
    /// By operation: the parameter of the query or the member of the body that asks for a page, and the member of the
    /// answer that it is asked for with. `[pages.token]`, such as `"listPets" = "cursor = meta.next_cursor"`.
    pub token: BTreeMap<String, String>,
    /// By operation: what says how many items to leave out. `[pages.offset]`, such as `"listPets" = "skip"`.
    pub offset: BTreeMap<String, String>,
    /// By operation: what says the number of a page, from 1. `[pages.page]`, such as `"listPets" = "page"`.
    pub page: BTreeMap<String, String>,
    /// By operation: the member that is the list. `[pages.items]`, such as `"listPets" = "result.pets"`.
    pub items: BTreeMap<String, String>,
}

/// Members that may be missing, or null, although the document requires them: a server does not always do what its
/// document says. Their fields are as those of members that are not required.
///
/// Schemas are named by their key among the components, or by a reference where they are none: `"Pet"`,
/// `"#/paths/~1pets/get/responses/200/content/application~1json/schema"`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Soften {
    /// Every member of every schema. `soften.everything`, false when absent.
    pub everything: bool,
    /// Schemas of which every member may be missing. `soften.types`.
    pub types: Vec<String>,
    /// Single members, by their schema. `[soften.fields]`, such as `"Pet" = ["name"]`.
    pub fields: BTreeMap<String, Vec<String>>,
}

/// Names that need help: the document's name -> the Rust name.
///
/// The document's names go into quotes where they have dots: `"c1.api.v1.Owner" = "Owner"`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Names {
    /// Component schemas, by their key: the Rust type. `[names.types]`, in UpperCamelCase and each used once.
    pub types: BTreeMap<String, String>,
    /// Resources, by the prefix of their operations' ids: the accessor of the client. `[names.resources]`, in
    /// snake_case.
    pub resources: BTreeMap<String, String>,
    /// Operations, by their id: the method. `[names.operations]`, in snake_case.
    pub operations: BTreeMap<String, String>,
    /// The union that a schema writes as `oneOf` beside its `properties`, by the schema's key: the field.
    /// `[names.unions]`, in snake_case.
    pub unions: BTreeMap<String, String>,
}

impl Config {
    /// Reads `codegen.toml`.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with the file, by position: unknown keys, values of the wrong type, values that
    /// nothing could be generated from. Where the text is no TOML, that alone.
    pub fn parse(text: &str) -> Result<Self, ConfigError> {
        read::document(text, Self::read)
    }

    /// Every key that the file may have, dotted and in the order of the fields: `package.name`, `names.types`, ...
    pub fn keys() -> Vec<String> {
        read::keys(Self::read)
    }

    fn read(from: &mut Section<'_>) -> Self {
        Self {
            package: from.section("package", Package::read),
            protojson: from.flag("protojson"),
            round_trip: from.flag("round-trip"),
            client: from.section("client", Client::read),
            types: from.section("types", Types::read),
            operations: from.section("operations", Operations::read),
            pages: from.section("pages", Pages::read),
            soften: from.section("soften", Soften::read),
            names: from.section("names", Names::read),
        }
    }
}

impl Package {
    fn read(from: &mut Section<'_>) -> Self {
        Self {
            name: from.text("name", values::crate_name),
            version: from.text("version", values::version),
            description: from.text("description", values::anything),
            license: from.text("license", values::anything),
            repository: from.text("repository", values::anything),
        }
    }
}

impl Client {
    fn read(from: &mut Section<'_>) -> Self {
        Self {
            request_id_header: from.text("request-id-header", values::header_name),
            required_variables: from.texts("required-variables"),
            oauth: from.section("oauth", OAuth::read),
            env: from.section("env", Env::read),
        }
    }
}

impl Operations {
    /// Whether some operations of the document may be left out.
    pub fn is_selection(&self) -> bool {
        !(self.include.is_empty() && self.exclude.is_empty())
    }

    fn read(from: &mut Section<'_>) -> Self {
        Self { include: from.texts("include"), exclude: from.texts("exclude"), retry: from.texts("retry") }
    }
}

impl Pages {
    fn read(from: &mut Section<'_>) -> Self {
        Self {
            exclude: from.texts("exclude"),
            link: from.texts("link"),
            token: from.names("token", values::token_rule),
            offset: from.names("offset", values::anything),
            page: from.names("page", values::anything),
            items: from.names("items", values::anything),
        }
    }
}

impl Soften {
    fn read(from: &mut Section<'_>) -> Self {
        Self { everything: from.flag("everything"), types: from.texts("types"), fields: from.lists("fields") }
    }
}

impl Names {
    fn read(from: &mut Section<'_>) -> Self {
        Self {
            types: from.unique_names("types", values::type_name),
            resources: from.names("resources", values::snake_case),
            operations: from.names("operations", values::snake_case),
            unions: from.names("unions", values::snake_case),
        }
    }
}

#[cfg(test)]
mod tests;
