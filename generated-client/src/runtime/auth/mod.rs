// @generated from the OpenAPI document. Change the document, and generate again.

//! Credentials, which authenticate requests.
//!
//! - [`scheme`]: the security schemes and requirements of the document.
//! - [`oauth`]: the OAuth 2 settings of the API, for the module of the same name.
//! - [`builder`]: the credentials that the user sets.
//! - [`credentials`]: the selection of credentials for a request.
//! - [`token`], [`cache`], [`shared_future`]: tokens that expire, fetched once for all calls that wait.
//! - [`transient`]: transient failures to get credentials.
//! - [`authorize`]: user-defined credentials.
//! - [`secret`]: strings that are not shown.

mod authorize;
mod builder;
mod cache;
mod clock;
mod credentials;
mod oauth;
mod scheme;
mod secret;
mod shared_future;
mod token;
mod transient;

pub use authorize::Authorize;
pub(super) use builder::CredentialSettings;
pub use builder::{Credential, Grant, GrantContext};
pub use clock::Clock;
pub(super) use credentials::{Credentials, SentCredentials};
pub use oauth::{Audience, ClientAuthentication, Nonce, OAuth, TokenUrls};
pub use scheme::{Requirement, SchemeKind, SecurityScheme};
pub use secret::Secret;
pub use token::{Token, TokenProvider};
pub use transient::Transient;
