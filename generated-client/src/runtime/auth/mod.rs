// @generated from the OpenAPI document: change that, and generate again.

//! Credentials: what makes a request that of somebody.
//!
//! - [`scheme`]: what the document says: which schemes there are, and which of them an operation asks for;
//! - [`oauth`]: how tokens are handed out, for the module of that name that asks for them;
//! - [`builder`]: what the user says: tokens, passwords, keys, where tokens come from;
//! - [`credentials`]: what comes of both, and the choice for a request;
//! - [`token`], [`cache`], [`flight`]: tokens that expire, fetched once for all who wait;
//! - [`transient`]: failures after which there may be credentials in a moment;
//! - [`authorize`]: credentials that are none of this;
//! - [`secret`]: text that is not shown.

mod authorize;
mod builder;
mod cache;
mod clock;
mod credentials;
mod flight;
mod oauth;
mod scheme;
mod secret;
mod token;
mod transient;

pub use authorize::Authorize;
pub(super) use builder::Given;
pub use builder::{Credential, Grant, Surroundings};
pub use clock::Clock;
pub(super) use credentials::{Credentials, Presented};
pub use oauth::{Audience, ClientAuthentication, Nonce, OAuth, TokenUrls};
pub use scheme::{Place, Requirement, SecurityScheme};
pub use secret::Secret;
pub use token::{Token, TokenProvider};
pub use transient::Transient;
