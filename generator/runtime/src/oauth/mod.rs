//! OAuth 2 grants, which request tokens from a server.
//!
//! - `client_credentials`: the client acts for itself (RFC 6749, section 4.4).
//! - `refresh_token`: the client acts for a user (RFC 6749, section 6).
//! - `token_exchange`: the client exchanges a token of another issuer (RFC 8693).
//! - `authenticator`: authentication of the client, with a secret or a signed assertion (RFC 7523).
//! - `endpoint`: the token endpoint. `token_client`: the requests that all grants send to it.
//!
//! The first three implement [`Grant`](super::Grant), so their tokens are cached and fetched once for all
//! calls that wait. A generated crate contains the grants for which its document has a flow.
//!
//! This room may import `api`, `auth`, `client`, `codec`, `error` and `net`.

#[cfg(all(feature = "private-key-jwt", not(target_os = "unknown")))]
mod assertion;
mod authenticator;
#[cfg(feature = "oauth-clients")]
mod client_credentials;
mod endpoint;
#[cfg(all(feature = "private-key-jwt", not(target_os = "unknown")))]
mod key;
#[cfg(feature = "oauth-users")]
mod refresh_token;
mod token_client;
#[cfg(feature = "oauth-clients")]
mod token_exchange;

#[cfg(feature = "oauth-clients")]
pub use client_credentials::ClientCredentials;
pub use endpoint::TokenError;
#[cfg(all(feature = "private-key-jwt", not(target_os = "unknown")))]
pub use key::{KeyError, PrivateKey};
#[cfg(feature = "oauth-users")]
pub use refresh_token::RefreshToken;
#[cfg(feature = "oauth-clients")]
pub use token_exchange::TokenExchange;
