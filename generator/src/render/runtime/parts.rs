//! The optional parts of the runtime, each of which is a Cargo feature in the runtime's own package.

use std::collections::BTreeSet;

use crate::analyze::RuntimePart;

/// The parts and their features.
const PARTS: &[(RuntimePart, &str)] = &[
    (RuntimePart::Any, "any"),
    (RuntimePart::Chrono, "chrono"),
    (RuntimePart::Constraints, "constraints"),
    (RuntimePart::Downloads, "downloads"),
    (RuntimePart::Encodings, "encodings"),
    (RuntimePart::Environment, "environment"),
    (RuntimePart::IntegerEnums, "integer-enums"),
    (RuntimePart::Jiff, "jiff"),
    (RuntimePart::KeyedUnions, "keyed-unions"),
    (RuntimePart::Multipart, "multipart"),
    (RuntimePart::Nullable, "nullable"),
    (RuntimePart::OAuth, "oauth"),
    (RuntimePart::OAuthClients, "oauth-clients"),
    (RuntimePart::OAuthUsers, "oauth-users"),
    (RuntimePart::Pages, "pages"),
    (RuntimePart::Patterns, "patterns"),
    (RuntimePart::Streams, "streams"),
    (RuntimePart::TextEnums, "text-enums"),
    (RuntimePart::Time, "time"),
    (RuntimePart::Unions, "unions"),
    (RuntimePart::Uuid, "uuid"),
];

/// Returns the features of these parts.
pub(super) fn features(parts: &BTreeSet<RuntimePart>) -> BTreeSet<&'static str> {
    PARTS.iter().filter(|(part, _)| parts.contains(part)).map(|(_, feature)| *feature).collect()
}

/// Returns true if a part is enabled. Returns `None` if the feature is not a part: generated crates have it as well.
pub(super) fn is_enabled(feature: &str, enabled: &BTreeSet<&str>) -> Option<bool> {
    PARTS.iter().any(|(_, part)| *part == feature).then(|| enabled.contains(feature))
}

/// Returns all features.
#[cfg(test)]
pub(super) fn all() -> impl Iterator<Item = &'static str> {
    PARTS.iter().map(|(_, feature)| *feature)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    #[test]
    fn the_package_of_the_runtime_has_the_same_features() {
        let manifest = include_str!("../../../runtime/package/Cargo.toml");
        let manifest: toml::Table = manifest.parse().expect("valid TOML");
        let all = manifest["features"]["all-parts"].as_array().expect("an array");
        let all: BTreeSet<&str> = all.iter().filter_map(toml::Value::as_str).collect();
        assert_eq!(all, super::all().collect());
    }
}
