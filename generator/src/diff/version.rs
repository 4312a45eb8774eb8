//! The version that changes require.

use semver::Version;

use super::change::Class;

/// Returns the version that a crate needs after changes whose most severe class is `class`, by Cargo's rules: before 1.0.0
/// a breaking change raises the minor version, and every other change the patch version. Before 0.1.0 every change counts
/// as breaking. Returns the current version if there are no changes. Pre-releases and build metadata are removed.
pub fn required_version(current: &Version, class: Option<Class>) -> Version {
    let Some(class) = class else { return current.clone() };
    let Version { major, minor, patch, .. } = *current;
    // A pre-release promises nothing, so its release can have any changes.
    if !current.pre.is_empty() {
        return Version::new(major, minor, patch);
    }
    match (major, minor, class) {
        (0, 0, _) => Version::new(0, 0, patch.saturating_add(1)),
        (0, _, Class::Breaking) => Version::new(0, minor.saturating_add(1), 0),
        (0, _, _) => Version::new(0, minor, patch.saturating_add(1)),
        (_, _, Class::Breaking) => Version::new(major.saturating_add(1), 0, 0),
        (_, _, Class::Addition) => Version::new(major, minor.saturating_add(1), 0),
        (_, _, Class::Fix | Class::Docs) => Version::new(major, minor, patch.saturating_add(1)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(current: &str, class: Option<Class>, expected: &str) {
        let current = Version::parse(current).expect("it is a version");
        assert_eq!(required_version(&current, class).to_string(), expected, "{current}, {class:?}");
    }

    #[test]
    fn follows_the_rules_of_cargo() {
        use Class::{Addition, Breaking, Docs, Fix};
        check("1.2.3", None, "1.2.3");
        check("1.2.3", Some(Docs), "1.2.4");
        check("1.2.3", Some(Fix), "1.2.4");
        check("1.2.3", Some(Addition), "1.3.0");
        check("1.2.3", Some(Breaking), "2.0.0");
        check("0.2.3", Some(Docs), "0.2.4");
        check("0.2.3", Some(Addition), "0.2.4");
        check("0.2.3", Some(Breaking), "0.3.0");
        check("0.0.3", Some(Docs), "0.0.4");
        check("0.0.3", Some(Breaking), "0.0.4");
        check("1.0.0-beta.1", Some(Breaking), "1.0.0");
        check("1.2.3+build", None, "1.2.3+build");
        check("1.2.3+build", Some(Fix), "1.2.4");
        check("18446744073709551615.0.0", Some(Breaking), "18446744073709551615.0.0");
    }
}
