// @generated from the OpenAPI document. Change the document, and generate again.

//! The constants of an API, which generated code passes to a [`ClientBuilder`]: its server, its [`operation`]s, its
//! security [`scheme`]s, and its [`oauth`] settings.
//!
//! This room imports no other.
//!
//! [`ClientBuilder`]: super::ClientBuilder

pub(super) mod oauth;
pub(super) mod operation;
pub(super) mod scheme;

use oauth::OAuth;
use scheme::{Requirement, SecurityScheme};

/// The constants of an API, as its document describes it.
///
/// ```
/// # use conductorone::runtime::Api;
/// static API: Api = Api { user_agent: "pets/1.0.0", server: Some("https://pets.example.com"), ..Api::EMPTY };
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Api {
    /// The default `user-agent` of requests: `name/version`.
    pub user_agent: &'static str,
    /// The URL of the server, with variables in braces: `https://{tenant}.example.com/v1`. `None` if the
    /// document has no absolute server URL; then [`ClientBuilder::base_url`](super::ClientBuilder::base_url)
    /// is required.
    pub server: Option<&'static str>,
    /// The variables of the server URL.
    pub variables: &'static [ServerVariable],
    /// The response header with the request ID of the server.
    pub request_id_header: Option<&'static str>,
    /// The security schemes of the document.
    pub schemes: &'static [SecurityScheme],
    /// The default security requirements of operations: any one of them is enough. If the slice is empty, no
    /// credentials are sent.
    pub security: &'static [Requirement],
    /// The OAuth 2 settings of the API. `None` if the document has none.
    pub oauth: Option<OAuth>,
}

impl Api {
    /// An API about which nothing is known. Its requests are sent with all credentials that apply to every
    /// operation.
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
    /// The name of the variable, as written between the braces in the URL.
    pub name: &'static str,
    /// The default value. `None` if there is none; then
    /// [`ClientBuilder::server_variable`](super::ClientBuilder::server_variable) is required.
    pub default: Option<&'static str>,
    /// The allowed values. If the slice is empty, any value is allowed that cannot change the rest of the
    /// URL.
    pub values: &'static [&'static str],
}
