//! Clients from environment variables. Generated code defines which variables are read.

use std::ffi::OsString;

use super::super::auth::Secret;
use super::super::error::{Error, new_error};
use super::builder::ClientBuilder;

/// The environment variables from which a client can be configured.
#[derive(Clone, Copy, Debug)]
pub struct Environment {
    /// Credentials, in groups of alternatives. The first alternative of a group whose variables are all set
    /// is used.
    pub credentials: &'static [&'static [EnvCredential]],
    /// The variable with the base URL of the API.
    pub base_url: Option<&'static str>,
    /// Pairs of a variable of the server URL and the environment variable with its value.
    pub server_variables: &'static [(&'static str, &'static str)],
}

/// Credentials that are read from environment variables.
#[derive(Clone, Copy, Debug)]
pub struct EnvCredential {
    /// The names of the variables, all of which are required.
    pub variables: &'static [&'static str],
    /// Sets the credentials. The values are in the order of `variables`.
    pub set: fn(ClientBuilder, &[Secret]) -> ClientBuilder,
}

impl ClientBuilder {
    /// Applies the settings found in environment variables. An empty variable counts as not set.
    ///
    /// `read` returns the value of a variable. Programs pass [`std::env::var_os`]; tests can pass values of
    /// their own.
    ///
    /// # Errors
    ///
    /// Returns [`Error::is_configuration`] if no alternative for the credentials is complete, or if a value
    /// is not valid Unicode. The message contains the names of variables and no values.
    pub fn environment(
        mut self,
        environment: &Environment,
        read: &dyn Fn(&str) -> Option<OsString>,
    ) -> Result<Self, Error> {
        let mut is_complete = environment.credentials.is_empty();
        for group in environment.credentials {
            for credential in *group {
                let values = credential
                    .variables
                    .iter()
                    .map(|name| value(name, read))
                    .collect::<Result<Vec<_>, _>>()?;
                if let Some(values) = values.into_iter().collect::<Option<Vec<Secret>>>() {
                    self = (credential.set)(self, &values);
                    is_complete = true;
                    break;
                }
            }
        }
        if !is_complete {
            return Err(missing_credentials(environment, read));
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

/// Returns the value of a variable, or `None` if it is not set or empty.
fn value(name: &str, read: &dyn Fn(&str) -> Option<OsString>) -> Result<Option<Secret>, Error> {
    let value = read(name).filter(|value| !value.is_empty()).map(OsString::into_string).transpose();
    let value = value.map_err(|_| new_error::configuration(format!("`{name}` is not valid Unicode")))?;
    Ok(value.map(Secret::from))
}

/// Creates the error that lists the missing variables of all alternatives.
fn missing_credentials(environment: &Environment, read: &dyn Fn(&str) -> Option<OsString>) -> Error {
    let is_missing = |name: &&&str| read(name).is_none_or(|value| value.is_empty());
    let alternatives = environment.credentials.iter().copied().flatten().map(|credential| {
        let missing = credential.variables.iter().filter(is_missing).copied();
        missing.collect::<Vec<_>>().join(" and ")
    });
    let alternatives: Vec<String> = alternatives.collect();
    new_error::configuration(format!("no credentials in the environment: set {}", alternatives.join(", or ")))
}
