//! Raises the version in codegen.toml, and describes the changes in the changelog.

use super::client_run::ClientRun;
use crate::cli::diff::bump::{self, Bump};
use crate::cli::diff::comparison::Comparison;
use crate::cli::diff::document::Document;
use crate::cli::failure::Failure;
use crate::diagnostics::Style;
use crate::disk::CHANGELOG;
use crate::{Config, Generated};

impl ClientRun<'_> {
    /// Raises the version as the changes require. Returns the new texts, the crate of the new version, and its changes.
    pub(super) fn bump(
        &self,
        (mut document, mut config): (Document, Config),
        mut generated: Generated,
        generate: &dyn Fn(&Document, &Config) -> Option<Generated>,
        style: Style,
    ) -> Result<(Bump, Generated, Comparison), Failure> {
        let paths = &self.paths;
        let old = bump::earlier(self.args.since.as_ref(), paths)?;
        let mut bump = Bump::default();
        let mut comparison = bump::since(&old, paths, &document, &generated, style)?;
        if !comparison.versions.is_enough() {
            bump.raise(paths, &mut document, &mut config, &comparison.versions)?;
            // A version with breaking changes gives up old names, so the crate and the changes are not the same.
            generated = generate(&document, &config).unwrap_or(generated);
            comparison = bump::since(&old, paths, &document, &generated, style)?;
        }
        let is_replaced = config.folder.kept_files().replaces(CHANGELOG);
        if let Some(changelog) = bump.describe(paths, &comparison)?.filter(|_| !is_replaced) {
            generated.files.insert(CHANGELOG, changelog);
        }
        Ok((bump, generated, comparison))
    }
}
