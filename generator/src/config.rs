//! `codegen.toml`: what the document cannot say.

use std::collections::BTreeMap;

use serde::Deserialize;

/// The settings of one generated crate.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Config {
    /// What the generated `Cargo.toml` says about the crate.
    pub package: Package,
    /// Whether the API speaks protobuf's JSON: null is absence, 64-bit integers are strings on the wire, durations
    /// are `"3600s"` ([ProtoJSON](https://protobuf.dev/programming-guides/json/)).
    pub protojson: bool,
    /// What the client needs to know about the server.
    pub client: Client,
    /// Names that need help.
    pub names: Names,
}

/// What the generated `Cargo.toml` says about the crate.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Package {
    /// The crate's name; from the document's title when absent.
    pub name: Option<String>,
    /// The crate's version; `0.1.0` when absent.
    pub version: Option<String>,
    /// One sentence about the crate.
    pub description: Option<String>,
    /// An SPDX expression.
    pub license: Option<String>,
    /// Where the source is kept.
    pub repository: Option<String>,
}

/// What the client needs to know about the server.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Client {
    /// The response header that names a request in the server's logs.
    pub request_id_header: Option<String>,
}

/// Names that need help: the document's name -> the Rust name.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Names {
    /// Component schemas, by their key: the Rust type.
    pub types: BTreeMap<String, String>,
    /// Resources, by the prefix of their operations' ids: the accessor of the client.
    pub resources: BTreeMap<String, String>,
    /// Operations, by their id: the method.
    pub operations: BTreeMap<String, String>,
    /// The union that a schema writes as `oneOf` beside its `properties`, by the schema's key: the field.
    pub unions: BTreeMap<String, String>,
}
