//! `[package]`, `[lints]` and `[features]`: the parts of the generated `Cargo.toml` that its owner decides.

use super::read::Section;
use super::values;

/// Metadata of the generated `Cargo.toml`. The keys are cargo's.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Package {
    /// Name of the crate. `package.name`. Default: derived from the title of the document, its file name or its server.
    pub name: Option<String>,
    /// Version of the crate, a semantic version. `package.version`. Default: `0.1.0`.
    pub version: Option<String>,
    /// Authors, such as `"Acme <api@acme.com>"`. `package.authors`. Default: the contact of the document.
    pub authors: Option<Vec<String>>,
    /// Description of the crate, one sentence. `package.description`. Default: derived from the title of the document.
    pub description: Option<String>,
    /// License of the crate, an [SPDX](https://spdx.org/licenses/) expression such as `"MIT OR Apache-2.0"`.
    /// `package.license`. Default: the license identifier of the document.
    pub license: Option<String>,
    /// File with the text of the license, relative to the crate. `package.license-file`. Default: none.
    pub license_file: Option<String>,
    /// URL of the source repository. `package.repository`. Default: none.
    pub repository: Option<String>,
    /// URL of the home page. `package.homepage`. Default: the external documentation or the contact of the document.
    pub homepage: Option<String>,
    /// URL of the documentation. `package.documentation`. Default: none, which means docs.rs for a published crate.
    pub documentation: Option<String>,
    /// Keywords for registries, at most five. `package.keywords`. Default: none.
    pub keywords: Vec<String>,
    /// Categories of registries, such as `"api-bindings"`, at most five. `package.categories`. Default: none.
    pub categories: Vec<String>,
    /// Patterns of files that a published package contains. `package.include`. Default: all files.
    pub include: Vec<String>,
    /// Patterns of files that a published package does not contain. `package.exclude`. Default: none.
    pub exclude: Vec<String>,
    /// Where the crate can be published. `package.publish`. Default: anywhere.
    pub publish: Publish,
    /// Settings of other tools, such as `[package.metadata.docs.rs]`. `[package.metadata]`. Default: none.
    pub metadata: toml::Table,
}

/// The registries to which a crate can be published.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Publish {
    /// `true`: any registry.
    #[default]
    Anywhere,
    /// `false`: none.
    Nowhere,
    /// Names of registries, such as `["acme"]`.
    Registries(Vec<String>),
}

/// Features of the generated crate.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Features {
    /// Features that are enabled by default, such as `["reqwest", "pets"]`. `features.default`. Default: `reqwest` and all
    /// types and resources.
    pub default: Option<Vec<String>>,
}

impl Package {
    pub(super) fn read(from: &mut Section<'_>) -> Self {
        Self {
            name: from.text("name", values::crate_name),
            version: from.text("version", values::version),
            authors: from.optional_texts("authors", values::any_text),
            description: from.text("description", values::any_text),
            license: from.text("license", values::license),
            license_file: from.text("license-file", values::relative_path),
            repository: from.text("repository", values::web_url),
            homepage: from.text("homepage", values::web_url),
            documentation: from.text("documentation", values::web_url),
            keywords: from.at_most(5, "keywords", values::keyword),
            categories: from.at_most(5, "categories", values::category),
            include: from.texts("include"),
            exclude: from.texts("exclude"),
            publish: Publish::read(from),
            metadata: from.any_table("metadata", &[values::METADATA]),
        }
    }
}

impl Publish {
    fn read(from: &mut Section<'_>) -> Self {
        match from.boolean_or_texts("publish") {
            None => Self::Anywhere,
            Some(Ok(true)) => Self::Anywhere,
            Some(Ok(false)) => Self::Nowhere,
            Some(Err(registries)) => Self::Registries(registries),
        }
    }
}

impl Features {
    pub(super) fn read(from: &mut Section<'_>) -> Self {
        Self { default: from.optional_texts("default", values::feature) }
    }
}
