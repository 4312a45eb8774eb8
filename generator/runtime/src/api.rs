//! What a document says about its API as a whole: the constants that generated code hands to a [`ClientBuilder`].
//!
//! [`ClientBuilder`]: super::ClientBuilder

use super::auth::{OAuth, Requirement, SecurityScheme};

/// The constants of an API.
///
/// ```
/// # use runtime::Api;
/// static API: Api = Api { user_agent: "pets/1.0.0", server: Some("https://pets.example.com"), ..Api::EMPTY };
/// ```
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
    /// The security schemes of the document.
    pub schemes: &'static [SecurityScheme],
    /// What an operation asks for that says nothing of its own: any one of these. None of them: no credentials are
    /// sent.
    pub security: &'static [Requirement],
    /// How it hands out tokens, if that is known.
    pub oauth: Option<OAuth>,
}

impl Api {
    /// An API that nothing is known about. What it asks for is nobody's guess: whatever credentials there are.
    pub const EMPTY: Self = Self {
        user_agent: "",
        server: None,
        variables: &[],
        request_id_header: None,
        schemes: &[],
        security: &[&[]],
        oauth: None,
    };
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
