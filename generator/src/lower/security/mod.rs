//! Security: the schemes of the document, the requirements of operations, and the credentials that clients read.

mod environment;
mod oauth;
mod requirements;
mod schemes;

use crate::config::Config;
use crate::diagnostics::Diagnostics;
use crate::document::Document;
use crate::ir::Security;
pub(super) use environment::unusable_entries;
pub(super) use requirements::Requirements;

/// Lowers the security schemes, and applies the credentials settings of codegen.toml.
pub(super) fn lower(document: &Document, config: &Config, diagnostics: &mut Diagnostics) -> Security {
    let mut endpoints = oauth::Endpoints::new(&config.client.oauth);
    let schemes = schemes::lower(document, &mut endpoints, diagnostics);
    let mut security = Security { schemes, oauth: endpoints.finish(), ..Security::default() };
    security.environment = environment::environment(&config.client.env, &security);
    security
}
