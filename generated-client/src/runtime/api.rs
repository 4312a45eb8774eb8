// @generated from the OpenAPI document: change that, and generate again.

//! What a document says about its API as a whole: the constants that generated code hands to a [`ClientBuilder`].
//!
//! [`ClientBuilder`]: super::ClientBuilder

/// The constants of an API.
#[derive(Clone, Copy, Debug)]
pub struct Api {
    /// What requests say in `user-agent` unless the builder says otherwise: `name/version`.
    pub user_agent: &'static str,
    /// The URL of the server, its variables in braces: `https://{tenant}.example.com/v1`. None where the document
    /// names no absolute URL: then the builder has to.
    pub server: Option<&'static str>,
    /// The variables of that URL.
    pub variables: &'static [ServerVariable],
    /// The response header that carries the id under which the server knows a request.
    pub request_id_header: Option<&'static str>,
}

/// A variable in the URL of a server.
#[derive(Clone, Copy, Debug)]
pub struct ServerVariable {
    /// Its name, as it stands between braces in the URL.
    pub name: &'static str,
    /// What it is unless the builder says otherwise. None where there is no sensible guess: then the builder has to.
    pub default: Option<&'static str>,
    /// What it may be. Empty where anything goes that keeps to its place in the URL.
    pub values: &'static [&'static str],
}
