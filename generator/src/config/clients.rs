//! A `codegen.toml` that lists several clients, and the paths that a `codegen.toml` of one client has.

use super::error::ConfigError;
use super::read::{self, Section};
use super::values;

/// The clients of a repository. Their file is a `codegen.toml` with `[[client]]` tables and no settings.
///
/// # Examples
///
/// ```
/// let text = "
/// [[client]]
/// document = 'pets/openapi.yaml'
/// out = 'crates/pets'
///
/// [[client]]
/// settings = 'toys/codegen.toml'
/// ";
/// let clients = openapi_crate::config::Clients::parse(text).expect("the file lists clients")?;
/// assert_eq!(clients.list[1].settings.as_deref(), Some("toys/codegen.toml"));
/// assert!(openapi_crate::config::Clients::parse("protojson = true").is_none());
/// # Ok::<(), openapi_crate::config::ConfigError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Clients {
    /// The clients, in the order of the file.
    pub list: Vec<ClientPaths>,
}

/// The paths of a client, relative to the folder of the file that has them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ClientPaths {
    /// The document. Default: `document` in the settings.
    pub document: Option<String>,
    /// The settings. Default: `codegen.toml` beside the document, if it exists.
    pub settings: Option<String>,
    /// The folder of the crate. Default: `out` in the settings.
    pub out: Option<String>,
}

impl Clients {
    /// Parses a file with `[[client]]` tables. Returns `None` for any other file, and for a file that is not valid TOML.
    ///
    /// # Errors
    ///
    /// Returns every problem of the file, in the order of their positions.
    pub fn parse(text: &str) -> Option<Result<Self, ConfigError>> {
        let lists_clients = |table: &toml::Table| table.get("client").is_some_and(toml::Value::is_array);
        text.parse::<toml::Table>().ok().filter(lists_clients)?;
        Some(read::document(text, |from| {
            from.text("required-version", values::required_version);
            Self { list: from.sections("client", ClientPaths::read) }
        }))
    }
}

impl ClientPaths {
    /// Returns the paths in a `codegen.toml` with the settings of one client.
    ///
    /// # Errors
    ///
    /// Returns the syntax errors of the file, and paths that are not valid. Other keys are not read.
    ///
    /// # Examples
    ///
    /// ```
    /// let paths = openapi_crate::config::ClientPaths::of_settings("document = 'openapi.yaml'\nout = '../crates/pets'")?;
    /// assert_eq!(paths.out.as_deref(), Some("../crates/pets"));
    /// # Ok::<(), openapi_crate::config::ConfigError>(())
    /// ```
    pub fn of_settings(text: &str) -> Result<Self, ConfigError> {
        read::some_keys(text, |from| Self {
            document: from.text("document", values::path),
            settings: None,
            out: from.text("out", values::path),
        })
    }

    fn read(from: &mut Section<'_>) -> Self {
        let paths = Self {
            document: from.text("document", values::path),
            settings: from.text("settings", values::path),
            out: from.text("out", values::path),
        };
        if paths.document.is_none() && paths.settings.is_none() {
            from.report_table("a client has no `document` and no `settings`", "add one of them");
        }
        paths
    }
}
