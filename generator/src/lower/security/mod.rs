//! Security: the schemes of the document, the requirements of operations, and the credentials that clients read.

mod environment;
mod oauth;
mod requirements;
mod schemes;

use crate::config::Config;
use crate::document::Document;
use crate::ir::Security;
pub(super) use environment::unusable_entries;
pub(super) use requirements::Requirements;
pub(super) use schemes::Unsupported;

/// Lowers the security schemes, and applies the credentials settings of codegen.toml. Returns the unsupported schemes
/// apart from the others.
pub(super) fn lower(document: &Document, config: &Config) -> (Security, Unsupported) {
    let mut endpoints = oauth::Endpoints::new(&config.client.oauth);
    let (schemes, unsupported) = schemes::lower(document, &mut endpoints);
    let mut security = Security { schemes, oauth: endpoints.finish(), ..Security::default() };
    security.environment = environment::environment(&config.client.env, &security);
    (security, unsupported)
}
