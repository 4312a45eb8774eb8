//! Compiles a crate with different sets of its features, because users disable the features that they do not need.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use super::cargo::Crate;

/// The maximum number of resources that are compiled alone. There can be hundreds, and they are similar.
const MAX_SINGLE_RESOURCES: usize = 3;

/// The feature that enables all resources.
const ALL_RESOURCES: &str = "all-resources";

/// Compiles a crate with several sets of features. Returns the number of sets, or the problem of the first set that
/// does not compile without warnings.
pub(super) fn check_feature_sets(
    generated_crate: &Crate<'_>,
    progress: &mut dyn FnMut(&str),
) -> Result<u64, String> {
    let feature_sets = feature_sets(&declared_features(generated_crate.folder)?);
    for set in &feature_sets {
        progress(&format!("[{}]", set.join(" ")));
        generated_crate.with_features(set)?;
    }
    Ok(feature_sets.len() as u64)
}

/// Returns the features of a crate, each with the features that it enables.
fn declared_features(folder: &Path) -> Result<BTreeMap<String, Vec<String>>, String> {
    let path = folder.join("Cargo.toml");
    let text = fs::read_to_string(&path).map_err(|error| format!("`{}`: {error}", path.display()))?;
    let manifest: toml::Table =
        text.parse().map_err(|error| format!("`{}` is not a valid manifest: {error}", path.display()))?;
    let features = manifest.get("features").and_then(toml::Value::as_table).into_iter().flatten();
    let texts = |value: &toml::Value| {
        let items = value.as_array().into_iter().flatten();
        items.filter_map(|item| item.as_str().map(str::to_owned)).collect()
    };
    Ok(features.map(|(name, value)| (name.clone(), texts(value))).collect())
}

/// Returns the sets to compile: no features; each feature that is not a resource; some resources, alone and with
/// `blocking` or `mock`; and all features.
fn feature_sets(features: &BTreeMap<String, Vec<String>>) -> Vec<Vec<String>> {
    let resources = features.get(ALL_RESOURCES).map(Vec::as_slice).unwrap_or_default();
    let own = features.keys().filter(|name| *name != "default" && !resources.contains(name));
    let step = resources.len().div_ceil(MAX_SINGLE_RESOURCES).max(1);
    let alone = resources.iter().step_by(step).flat_map(|resource| {
        let with =
            |other: &str| features.contains_key(other).then(|| vec![resource.clone(), other.to_owned()]);
        [Some(vec![resource.clone()]), with("blocking"), with("mock")].into_iter().flatten()
    });
    let all = features.keys().filter(|name| *name != "default").cloned().collect();
    let own = own.map(|name| vec![name.clone()]);
    std::iter::once(Vec::new()).chain(own).chain(alone).chain([all]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn selects_each_feature_and_some_resources() {
        let features = [
            ("default", vec!["all-resources", "reqwest"]),
            ("all-resources", vec!["a", "b", "c", "d"]),
            ("a", vec![]),
            ("b", vec![]),
            ("c", vec![]),
            ("d", vec![]),
            ("mock", vec!["dep:hyper"]),
            ("reqwest", vec!["dep:reqwest"]),
        ];
        let features = features
            .into_iter()
            .map(|(name, on)| (name.to_owned(), on.into_iter().map(str::to_owned).collect()));
        let feature_sets: Vec<String> =
            feature_sets(&features.collect()).iter().map(|set| set.join(" ")).collect();
        assert_eq!(
            feature_sets,
            [
                "",
                "all-resources",
                "mock",
                "reqwest",
                "a",
                "a mock",
                "c",
                "c mock",
                "a all-resources b c d mock reqwest"
            ]
        );
    }
}
