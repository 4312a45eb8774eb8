// @generated from the OpenAPI document: change that, and generate again.

//! OAuth 2: tokens that a server hands out to a client.
//!
//! - `client_credentials`: for a client that speaks for itself (RFC 6749, section 4.4);
//! - `refresh_token`: for a user who has let the client act for them (likewise, section 6);
//! - `token_exchange`: for a token that somebody else has issued (RFC 8693);
//! - `proof`: how a client shows who it is: by a secret, or by an assertion that it signs (RFC 7523);
//! - `endpoint`: the one request that all of them send.
//!
//! Each of the first is a [`Grant`](super::Grant), so that tokens are kept, and fetched once for all who wait. A crate
//! has those that its document has a flow for.

#[cfg(all(feature = "private-key-jwt", not(target_os = "unknown")))]
mod assertion;
mod client_credentials;
mod endpoint;
#[cfg(all(feature = "private-key-jwt", not(target_os = "unknown")))]
mod key;
mod proof;
mod token_exchange;

pub use client_credentials::ClientCredentials;
pub use endpoint::TokenError;
#[cfg(all(feature = "private-key-jwt", not(target_os = "unknown")))]
pub use key::{KeyError, PrivateKey};
pub use token_exchange::TokenExchange;
