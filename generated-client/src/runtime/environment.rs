// @generated from the OpenAPI document: change that, and generate again.

//! Clients from the environment: which variables are read is said by generated code.

use std::ffi::OsString;

use super::auth::Secret;
use super::client::ClientBuilder;
use super::error::Error;

/// The variables that a client may be built from.
#[derive(Clone, Copy, Debug)]
pub struct Environment {
    /// Ways to set credentials, in groups: of each group the first way counts whose variables are all there.
    pub credentials: &'static [&'static [Way]],
    /// The variable that holds the URL of the API.
    pub base_url: Option<&'static str>,
    /// The variables of the server's URL, each with the variable of the environment that holds it.
    pub server_variables: &'static [(&'static str, &'static str)],
}

/// A way to set credentials.
#[derive(Clone, Copy, Debug)]
pub struct Way {
    /// The variables that it takes.
    pub variables: &'static [&'static str],
    /// What it does with their values, which it is given in that order.
    pub set: fn(ClientBuilder, &[Secret]) -> ClientBuilder,
}

impl ClientBuilder {
    /// Sets what the environment says. A variable without a value counts as not there.
    ///
    /// `read` gives the value of a variable; a program asks [`std::env::var_os`], a test has values of its own.
    ///
    /// # Errors
    ///
    /// If there are variables for credentials, and none of their ways is complete, or a value is not Unicode:
    /// [`Error::is_configuration`]. The error names variables, and shows no value.
    pub fn environment(
        mut self,
        environment: &Environment,
        read: &dyn Fn(&str) -> Option<OsString>,
    ) -> Result<Self, Error> {
        let mut is_complete = environment.credentials.is_empty();
        for group in environment.credentials {
            for way in *group {
                let values =
                    way.variables.iter().map(|name| value(name, read)).collect::<Result<Vec<_>, _>>()?;
                if let Some(values) = values.into_iter().collect::<Option<Vec<Secret>>>() {
                    self = (way.set)(self, &values);
                    is_complete = true;
                    break;
                }
            }
        }
        if !is_complete {
            return Err(nothing(environment, read));
        }
        for (name, variable) in environment.server_variables {
            if let Some(value) = value(variable, read)? {
                self = self.server_variable(*name, value.expose());
            }
        }
        match environment.base_url.map(|name| value(name, read)).transpose()?.flatten() {
            Some(url) => Ok(self.base_url(url.expose())),
            None => Ok(self),
        }
    }
}

/// The value of a variable. None if it is not there, or has none.
fn value(name: &str, read: &dyn Fn(&str) -> Option<OsString>) -> Result<Option<Secret>, Error> {
    let value = read(name).filter(|value| !value.is_empty()).map(OsString::into_string).transpose();
    let value = value.map_err(|_| Error::configuration(format!("the variable `{name}` is not Unicode")))?;
    Ok(value.map(Secret::from))
}

/// What is missing for each of the ways.
fn nothing(environment: &Environment, read: &dyn Fn(&str) -> Option<OsString>) -> Error {
    let is_missing = |name: &&&str| read(name).is_none_or(|value| value.is_empty());
    let ways = environment.credentials.iter().copied().flatten().map(|way| {
        let missing = way.variables.iter().filter(is_missing).copied();
        missing.collect::<Vec<_>>().join(" and ")
    });
    let ways: Vec<String> = ways.collect();
    Error::configuration(format!("the environment has no credentials: set {}", ways.join(", or ")))
}
