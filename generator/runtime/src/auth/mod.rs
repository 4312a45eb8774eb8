//! Credentials, which authenticate requests.
//!
//! - [`credential`]: the credentials that the user sets.
//! - [`credentials`]: the selection of credentials for a request, with [`header_value`].
//! - [`token`], [`cache`], [`shared_future`]: tokens that expire, fetched once for all calls that wait.
//! - [`transient`]: transient failures to get credentials.
//! - [`authorize`]: user-defined credentials.
//! - [`secret`]: strings that are not shown.
//!
//! This room may import `api`, `codec` and `net`.

mod authorize;
mod cache;
mod clock;
mod credential;
mod credentials;
mod header_value;
mod secret;
mod shared_future;
mod token;
mod transient;

pub use authorize::Authorize;
pub use clock::Clock;
pub(super) use credential::CredentialSettings;
pub use credential::{Credential, Grant, GrantContext};
pub(super) use credentials::{Credentials, SentCredentials};
pub use secret::Secret;
pub use token::{Token, TokenProvider};
pub use transient::Transient;
