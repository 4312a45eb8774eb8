//! The versions of a comparison, and the version that its changes require.

use crate::diff::{Class, Version, required_version};

use crate::cli::failure::Failure;

/// The version of a crate before and after, and the version that the changes require.
pub(crate) struct Versions {
    /// The version of the old crate.
    pub(crate) old: Version,
    /// The version of the new crate.
    pub(crate) new: Version,
    /// The lowest version that the new crate can have.
    pub(crate) required: Version,
}

impl Versions {
    /// Parses the versions of the manifests.
    ///
    /// # Errors
    ///
    /// Returns an error for a version that Cargo does not accept, either.
    pub(super) fn of(old: &str, new: &str) -> Result<Self, Failure> {
        let (old, new) = (parse(old)?, parse(new)?);
        Ok(Self { required: old.clone(), old, new })
    }

    /// Requires the version for the most severe class of the changes. `None` if there are no changes.
    pub(super) fn require(&mut self, class: Option<Class>) {
        self.required = required_version(&self.old, class);
    }

    /// Returns true if the new version is high enough. A pre-release of the required version is.
    pub(crate) fn is_enough(&self) -> bool {
        let core = |version: &Version| (version.major, version.minor, version.patch);
        self.required == self.old || (core(&self.new) >= core(&self.required) && self.new > self.old)
    }
}

/// Parses a version. Cargo uses 0.0.0 if a manifest has none.
fn parse(text: &str) -> Result<Version, Failure> {
    if text.is_empty() {
        return Ok(Version::new(0, 0, 0));
    }
    Version::parse(text)
        .map_err(|error| Failure::wrong_use(format!("`{text}` is not a valid version of a crate: {error}")))
}
