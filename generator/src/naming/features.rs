//! The Cargo features of a crate, and a check of those that codegen.toml enables by default.

use std::collections::BTreeSet;

use super::Names;
use crate::diagnostics::{Code, Diagnostics, Pointer, closest};
use crate::ir::Api;

/// Returns the features that the crate has.
fn available<'n>(api: &Api, names: &'n Names, has_other_types: bool) -> BTreeSet<&'n str> {
    let resources = api.resources().map(|(id, _)| names.of_resource(id).feature.as_str());
    let mut features: BTreeSet<&str> = resources.collect();
    let optional = [
        ("all-resources", !features.is_empty()),
        ("other-types", has_other_types),
        ("private-key-jwt", api.security.oauth.is_some()),
    ];
    features.extend(["blocking", "mock", "reqwest", "tracing"]);
    features.extend(optional.into_iter().filter(|(_, is_there)| *is_there).map(|(feature, _)| feature));
    features
}

/// Reports features that `features.default` of codegen.toml lists and the crate does not have.
pub(crate) fn check_default(api: &Api, names: &Names, has_other_types: bool, diagnostics: &mut Diagnostics) {
    let Some(default) = &api.package.default_features else { return };
    let available = available(api, names, has_other_types);
    let unknown = default.iter().enumerate().filter(|(_, feature)| !available.contains(feature.as_str()));
    for (index, feature) in unknown {
        let remedy = match closest(feature, available.iter().copied()) {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => {
                format!("use features of the crate: `{}`", Vec::from_iter(available.clone()).join("`, `"))
            }
        };
        diagnostics.report(
            Code::StaleName,
            &Pointer::in_config(["features", "default", &index.to_string()]),
            format!("the crate has no feature `{feature}`"),
            remedy,
        );
    }
}
