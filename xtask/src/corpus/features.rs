//! Whether a crate compiles with any of its features alone: each is there for somebody who leaves out the others.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use super::cargo::Crate;

/// How many resources are tried alone: they are alike, and there may be hundreds.
const RESOURCES: usize = 3;

/// The feature that stands for all resources, as a crate calls it.
const ALL_RESOURCES: &str = "all-resources";

/// Checks a crate with each of some sets of features: how many these are, or what is wrong with the first that does not
/// compile without a warning.
pub(super) fn sweep(judged: &Crate<'_>, progress: &mut dyn FnMut(&str)) -> Result<u64, String> {
    let sets = sets(&declared(judged.folder)?);
    for set in &sets {
        progress(&format!("[{}]", set.join(" ")));
        judged.with_features(set)?;
    }
    Ok(sets.len() as u64)
}

/// The features of a crate, each with those that it turns on.
fn declared(folder: &Path) -> Result<BTreeMap<String, Vec<String>>, String> {
    let path = folder.join("Cargo.toml");
    let text = fs::read_to_string(&path).map_err(|error| format!("`{}`: {error}", path.display()))?;
    let manifest: toml::Table =
        text.parse().map_err(|error| format!("`{}` is no manifest: {error}", path.display()))?;
    let features = manifest.get("features").and_then(toml::Value::as_table).into_iter().flatten();
    let texts = |value: &toml::Value| {
        let items = value.as_array().into_iter().flatten();
        items.filter_map(|item| item.as_str().map(str::to_owned)).collect()
    };
    Ok(features.map(|(name, value)| (name.clone(), texts(value))).collect())
}

/// None; each feature of the client itself; some resources, with and without the server for tests; and all.
fn sets(features: &BTreeMap<String, Vec<String>>) -> Vec<Vec<String>> {
    let resources = features.get(ALL_RESOURCES).map(Vec::as_slice).unwrap_or_default();
    let own = features.keys().filter(|name| *name != "default" && !resources.contains(name));
    let step = resources.len().div_ceil(RESOURCES).max(1);
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
    fn each_feature_stands_alone_and_some_resources() {
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
        let sets: Vec<String> = sets(&features.collect()).iter().map(|set| set.join(" ")).collect();
        assert_eq!(
            sets,
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
