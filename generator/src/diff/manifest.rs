//! The changes of `Cargo.toml`: features, `rust-version` and public dependencies.

use semver::{Op, VersionReq};

use super::apis::Apis;
use super::change::{Change, ChangeKind};
use crate::surface::{Item, ItemKind};

/// Returns the changes of an item of the manifest.
pub(super) fn changes(apis: &Apis<'_>, old: &Item, new: &Item) -> Vec<Change> {
    let change = |kind, message: String| apis.change(kind, Some(old), Some(new), message);
    match (&old.kind, &new.kind) {
        (ItemKind::CrateName(before), ItemKind::CrateName(after)) if before != after => {
            vec![change(ChangeKind::PackageRenamed, format!("is `{after}` instead of `{before}`"))]
        }
        (ItemKind::RustVersion(before), ItemKind::RustVersion(after))
            if numbers(before) != numbers(after) =>
        {
            let kind = match numbers(after) > numbers(before) {
                true => ChangeKind::RustVersionRaised,
                false => ChangeKind::RustVersionLowered,
            };
            vec![change(kind, format!("is {after} instead of {before}"))]
        }
        (ItemKind::Dependency(before), ItemKind::Dependency(after)) if before != after => {
            let kind = match are_compatible(before, after) {
                true => ChangeKind::DependencyUpdated,
                false => ChangeKind::DependencyIncompatible,
            };
            vec![change(kind, format!("is {after} instead of {before}"))]
        }
        (ItemKind::Feature(before), ItemKind::Feature(after)) => {
            let lost = before.iter().filter(|name| !after.contains(name));
            let lost = lost.filter(|name| is_feature(apis, name));
            let (narrowed, widened) = match old.path == "feature default" {
                true => (ChangeKind::DefaultFeatureRemoved, ChangeKind::FeatureWidened),
                false => (ChangeKind::FeatureNarrowed, ChangeKind::FeatureWidened),
            };
            let lost = lost.map(|name| change(narrowed, format!("no longer enables `{name}`")));
            let won = after.iter().filter(|name| !before.contains(name));
            let won = won.filter(|name| is_feature(apis, name));
            let won = won.map(|name| change(widened, format!("enables `{name}`")));
            lost.chain(won).collect()
        }
        _ => Vec::new(),
    }
}

/// Returns the change of an item of the manifest that is removed.
pub(super) fn removed(apis: &Apis<'_>, old: &Item) -> Option<Change> {
    let is_feature = match &old.kind {
        // Cargo adds an empty `default` if it is missing.
        ItemKind::Feature(enabled) => old.path != "feature default" || !enabled.is_empty(),
        _ => false,
    };
    is_feature.then(|| apis.change(ChangeKind::FeatureRemoved, Some(old), None, "is removed"))
}

/// Returns the change of an item of the manifest that is added.
pub(super) fn added(apis: &Apis<'_>, new: &Item) -> Option<Change> {
    match &new.kind {
        ItemKind::Feature(enabled) if new.path == "feature default" && enabled.is_empty() => None,
        ItemKind::Feature(_) => Some(apis.change(ChangeKind::FeatureAdded, None, Some(new), "is new")),
        ItemKind::RustVersion(version) => {
            let message = format!("is {version}, and was not set");
            Some(apis.change(ChangeKind::RustVersionRaised, None, Some(new), message))
        }
        _ => None,
    }
}

/// Returns true if a name is a feature of the crate in both APIs. The addition or removal of a feature is a change of its own.
fn is_feature(apis: &Apis<'_>, name: &str) -> bool {
    [&apis.old, &apis.new].iter().all(|index| index.has_feature(name))
}

/// Returns the numbers of a version of Rust.
fn numbers(version: &str) -> Vec<u64> {
    let mut numbers: Vec<u64> = version.split('.').map(|number| number.parse().unwrap_or_default()).collect();
    // `1.70` is the same as `1.70.0`.
    while numbers.last() == Some(&0) {
        numbers.pop();
    }
    numbers
}

/// Returns true if Cargo can choose the same version for both requirements.
fn are_compatible(old: &str, new: &str) -> bool {
    let range = |text: &str| {
        let requirement = VersionReq::parse(text).ok()?;
        match requirement.comparators.as_slice() {
            [one] if one.op == Op::Caret => Some(match (one.major, one.minor, one.patch) {
                (0, Some(0), patch) => (0, 0, patch.unwrap_or_default()),
                (0, minor, _) => (0, minor.unwrap_or_default(), 0),
                (major, ..) => (major, 0, 0),
            }),
            _ => None,
        }
    };
    range(old).is_some() && range(old) == range(new)
}

#[cfg(test)]
mod tests {
    use super::are_compatible;

    #[test]
    fn knows_compatible_requirements() {
        assert!(are_compatible("1.2", "1.4.5"));
        assert!(are_compatible("0.4.42", "0.4"));
        assert!(!are_compatible("0.4", "0.5"));
        assert!(!are_compatible("0.0.1", "0.0.2"));
        assert!(!are_compatible("1", "2"));
        assert!(!are_compatible("1", ">=1, <3"));
    }
}
