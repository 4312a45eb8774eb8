// @generated from the OpenAPI document. Change the document, and generate again.

//! The base URL of an API: parsing it, building it from the server URL of a document, and comparing origins.

use http::Uri;

use super::super::api::{Api, ServerVariable};
use super::super::net::origin::{Origin, is_host_byte};
use super::super::net::reference::{self, is_dot_segment};

/// The error if the document has no server URL to fall back to.
const NO_SERVER: &str = "the base URL is empty: the document has no absolute server URL, so call `base_url`";

/// The URL that the paths of operations are appended to. It has no trailing slash.
pub(in super::super) struct BaseUrl(String);

impl BaseUrl {
    /// Parses a URL. The error message does not show the URL, as it may contain a password.
    pub(in super::super) fn parse(text: &str) -> Result<Self, String> {
        if text.is_empty() {
            return Err("the base URL is empty".to_owned());
        }
        // Checked in the text, because the parser drops a fragment.
        if let Some(found) = text.chars().find(|c| matches!(c, '?' | '#' | '\\') || c.is_whitespace()) {
            return Err(format!("the base URL contains {found:?}"));
        }
        let uri = Uri::try_from(text).map_err(|error| format!("the base URL is not a valid URL: {error}"))?;
        let origin = Origin::of(&uri).map_err(|problem| format!("the base URL {problem}"))?;
        if uri.path().split('/').any(is_dot_segment) {
            return Err("the base URL contains a `.` or `..` segment".to_owned());
        }
        let path = uri.path().trim_end_matches('/');
        Ok(Self(format!("{origin}{path}")))
    }

    /// Builds the base URL from the server URL of the document and the values of its variables.
    pub(super) fn of_server(api: &Api, given: &[(String, String)]) -> Result<Self, String> {
        for (name, _) in given {
            if !api.variables.iter().any(|variable| variable.name == name) {
                return Err(format!("the server URL has no variable `{name}`"));
            }
        }
        let template = api.server.filter(|template| template.starts_with('{') || template.contains("://"));
        let template = template.ok_or(NO_SERVER)?;
        Self::parse(&expand_variables(template, api, given)?)
    }

    /// Builds the URL of the server of an operation. A relative URL is resolved against this one.
    pub(in super::super) fn of_operation(
        &self,
        template: &str,
        api: &Api,
        given: &[(String, String)],
    ) -> Result<Self, String> {
        let url = expand_variables(template, api, given)?;
        if url.contains("://") {
            return Self::parse(&url);
        }
        let base = Uri::try_from(self.as_str())
            .map_err(|error| format!("the base URL is not a valid URL: {error}"))?;
        let url = reference::resolve(&base, &url)
            .ok_or_else(|| format!("the server URL {url:?} is not a valid URL"))?;
        Self::parse(&url.to_string())
    }

    /// Returns the URL, without a trailing slash.
    pub(in super::super) fn as_str(&self) -> &str {
        &self.0
    }
}

/// Replaces the variables in a server URL by their values.
fn expand_variables(template: &str, api: &Api, given: &[(String, String)]) -> Result<String, String> {
    let mut url = String::new();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}').ok_or("the server URL has an unclosed `{`")?;
        let variable = api.variables.iter().find(|variable| variable.name == name);
        let variable =
            variable.ok_or_else(|| format!("the server URL uses the undeclared variable `{name}`"))?;
        let given = given.iter().rev().find(|(given, _)| given == name).map(|(_, value)| value.as_str());
        url.push_str(before);
        let value = value(variable, given, is_in_path(&url))?;
        url.push_str(value);
        rest = after;
    }
    url.push_str(rest);
    Ok(url)
}

/// Returns the value of a server variable. A value of the user must not change the rest of the URL, so it
/// cannot contain characters with a meaning in URLs. Values that the document lists can contain any.
fn value<'a>(variable: &'a ServerVariable, given: Option<&'a str>, in_path: bool) -> Result<&'a str, String> {
    let name = variable.name;
    let Some(value) = given else {
        return variable.default.ok_or_else(|| {
            format!("the server variable `{name}` is not set: call `server_variable(\"{name}\", ...)`")
        });
    };
    if variable.default == Some(value) || variable.values.contains(&value) {
        return Ok(value);
    }
    if !variable.values.is_empty() {
        return Err(format!("the server variable `{name}` must be one of {}", variable.values.join(", ")));
    }
    let fits = if in_path {
        value.bytes().all(|byte| is_host_byte(byte) || matches!(byte, b'/' | b'~'))
    } else {
        value.split('.').all(|label| !label.is_empty() && label.bytes().all(is_host_byte))
    };
    if fits && !value.is_empty() {
        Ok(value)
    } else {
        Err(format!("the server variable `{name}` cannot be {value:?}: it must be usable in a URL"))
    }
}

/// Returns true if a text appended to `url` belongs to its path, not to its scheme or authority.
fn is_in_path(url: &str) -> bool {
    url.split_once("://").is_some_and(|(_, rest)| rest.contains('/'))
}
