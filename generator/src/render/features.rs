//! Renders the Cargo features: one for each resource, which enables its operations and the types that they reach.
//!
//! Types that every resource reaches are always compiled. Types that no operation reaches, such as the payloads of webhooks,
//! have a feature of their own.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::TokenStream;
use quote::quote;

use super::context::Context;
use super::runtime;
use crate::analyze::Availability;
use crate::ir::{OAuth, ResourceId};
use crate::naming::FormerResource;

/// The feature that enables every resource.
pub(super) const ALL_RESOURCES: &str = "all-resources";

/// The feature of the types that no operation reaches.
pub(super) const OTHER_TYPES: &str = "other-types";

/// The feature of the mock server.
const MOCK: &str = "mock";

/// The feature for OAuth 2 clients that authenticate with a private key.
pub(super) const PRIVATE_KEY_JWT: &str = "private-key-jwt";

/// The comment on this feature.
const ABOUT_PRIVATE_KEY_JWT: &str = "# OAuth 2 clients that authenticate with a private key.\n";

/// The features that every crate has.
const OF_THE_RUNTIME: &str = r#"# The default transport of a client.
reqwest = [
    "dep:futures-channel",
    "dep:http-body",
    "dep:reqwest",
    "dep:rustls",
    "dep:tokio",
    "dep:wasm-bindgen",
    "dep:wasm-bindgen-futures",
    "dep:web-sys",
]
# A span for each call, and an event for each failed attempt.
tracing = ["dep:tracing"]
# Blocking calls, without an async runtime.
blocking = ["dep:tokio", "tokio/rt"]
# A mock server that responds to every operation, for tests of programs that use the client.
"#;

/// The dependencies of the mock server.
const OF_THE_MOCK_SERVER: [&str; 7] =
    ["dep:http-body", "dep:hyper", "dep:hyper-util", "dep:tokio", "tokio/net", "tokio/rt", "tokio/sync"];

/// Returns the condition under which a resource is compiled.
pub(super) fn of_resource(context: &Context<'_>, id: ResourceId) -> TokenStream {
    let feature = &context.names.of_resource(id).feature;
    quote!(#[cfg(feature = #feature)])
}

/// Returns the condition under which the old names in a resource are compiled.
pub(super) fn of_former_resource(context: &Context<'_>, resource: FormerResource) -> TokenStream {
    match resource {
        FormerResource::Present(id) => of_resource(context, id),
        FormerResource::Replaced(position) => {
            let into = &context.names.forwards().replaced_resources()[position].into;
            any(into.iter().map(|id| context.names.of_resource(*id).feature.as_str()))
        }
    }
}

/// Returns the condition under which an item is compiled, or `None` if it always is.
pub(super) fn condition(context: &Context<'_>, availability: &Availability) -> Option<TokenStream> {
    let Availability::Features { resources, other_types } = availability else { return None };
    let resources = resources.iter().map(|id| context.names.of_resource(*id).feature.as_str());
    Some(any(resources.chain(other_types.then_some(OTHER_TYPES))))
}

/// Returns the condition that at least one feature is enabled.
fn any<'f>(features: impl Iterator<Item = &'f str>) -> TokenStream {
    let features: BTreeSet<&str> = features.collect();
    let features: Vec<&str> = features.into_iter().collect();
    match features.as_slice() {
        [only] => quote!(#[cfg(feature = #only)]),
        several => quote!(#[cfg(any(#(feature = #several),*))]),
    }
}

/// Returns the features that enable everything in the document.
pub(super) fn all(context: &Context<'_>) -> Vec<&'static str> {
    let resources = (!context.api.resources.is_empty()).then_some(ALL_RESOURCES);
    let others = context.facts.has_other_types().then_some(OTHER_TYPES);
    resources.into_iter().chain(others).collect()
}

/// Returns the features that are enabled by default.
pub(super) fn default<'a>(context: &Context<'a>) -> Vec<&'a str> {
    if let Some(default) = &context.package().default_features {
        return default.iter().map(String::as_str).collect();
    }
    let signs = context.api.security.oauth.as_ref().is_some_and(OAuth::signs_by_default);
    all(context).into_iter().chain(["reqwest"]).chain(signs.then_some(PRIVATE_KEY_JWT)).collect()
}

/// Returns the table `[features]` of `Cargo.toml`.
pub(super) fn manifest(context: &Context<'_>) -> String {
    let all = all(context);
    let default = default(context);
    let mut text = format!("\n[features]\ndefault = {}\n", list(&default));
    text.push_str(&match &context.package().runtime {
        None => of_own_runtime(context),
        Some(runtime) => of_shared_runtime(context, &runtime.name),
    });
    if all.contains(&OTHER_TYPES) {
        text.push_str("# The types that no operation reaches, such as the payloads of webhooks.\n");
        text.push_str(&format!("{OTHER_TYPES} = []\n"));
    }
    if all.contains(&ALL_RESOURCES) {
        let resources: BTreeSet<&str> =
            context.api.resources().map(|(id, _)| context.names.of_resource(id).feature.as_str()).collect();
        text.push_str(
            "# Every resource. If only some are enabled, only the types that they reach are compiled.\n",
        );
        let forwards = of_old_names(context);
        let all: BTreeSet<&str> = resources.iter().chain(forwards.keys()).copied().collect();
        text.push_str(&format!("{ALL_RESOURCES} = {}\n", list(&all)));
        let enabled = |feature: &str| list(forwards.get(feature).into_iter().flatten());
        resources.iter().for_each(|feature| text.push_str(&format!("{feature} = {}\n", enabled(feature))));
        for (old, new) in forwards.iter().filter(|(old, _)| !resources.contains(*old)) {
            text.push_str(&format!("# Renamed.\n{old} = {}\n", list(new)));
        }
    }
    text
}

/// Renders the features of a runtime in the crate.
fn of_own_runtime(context: &Context<'_>) -> String {
    let mut of_the_mock_server = OF_THE_MOCK_SERVER.to_vec();
    of_the_mock_server.extend(context.checks_patterns().then_some("dep:regex"));
    of_the_mock_server.sort_unstable();
    let mut text = format!("{OF_THE_RUNTIME}{MOCK} = {}\n", list(&of_the_mock_server));
    if context.api.security.oauth.is_some() {
        text.push_str(&format!("{ABOUT_PRIVATE_KEY_JWT}{PRIVATE_KEY_JWT} = [\"dep:ring\"]\n"));
    }
    text
}

/// Renders the features of a shared runtime, which the features of the same names enable.
fn of_shared_runtime(context: &Context<'_>, runtime: &str) -> String {
    let (_, of_mock) = runtime::shared_features(context);
    let enabling = |feature: &str, parts: &BTreeSet<&str>| {
        let enabled = [feature].into_iter().chain(parts.iter().copied());
        let enabled: Vec<String> = enabled.map(|feature| format!("{runtime}/{feature}")).collect();
        format!("{feature} = {}\n", list(&enabled.iter().map(String::as_str).collect::<Vec<_>>()))
    };
    let mut text = String::new();
    for line in OF_THE_RUNTIME.lines() {
        if line.starts_with('#') {
            text.push_str(&format!("{line}\n"));
        } else if let Some((feature, _)) = line.split_once(" = ") {
            text.push_str(&enabling(feature, &BTreeSet::new()));
        }
    }
    text.push_str(&enabling(MOCK, &of_mock));
    if context.api.security.oauth.is_some() {
        text.push_str(ABOUT_PRIVATE_KEY_JWT);
        text.push_str(&enabling(PRIVATE_KEY_JWT, &BTreeSet::new()));
    }
    text
}

/// Returns the features of resources that have old names, each with the features that it enables.
fn of_old_names<'a>(context: &Context<'a>) -> BTreeMap<&'a str, BTreeSet<&'a str>> {
    let forwards = context.names.forwards();
    let feature = |id: ResourceId| context.names.of_resource(id).feature.as_str();
    let mut features: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for replaced in forwards.replaced_resources() {
        features
            .entry(&replaced.names.feature)
            .or_default()
            .extend(replaced.into.iter().map(|id| feature(*id)));
    }
    let of_former = |resource| context.names.of_former_resource(resource).feature.as_str();
    let renamed = forwards.resources().iter().map(|it| (it.names.feature.as_str(), of_former(it.of)));
    let features_only = forwards.features().iter().map(|it| (it.feature.as_str(), feature(it.of)));
    let of_operation = |id| feature(context.api.operation(id).resource);
    let moved = forwards.operation_items().iter().map(|it| (of_former(it.resource), of_operation(it.of)));
    for (old, new) in renamed.chain(features_only).chain(moved).filter(|(old, new)| old != new) {
        features.entry(old).or_default().insert(new);
    }
    features
}

/// Returns the table of a target in `Cargo.toml` that requires features.
pub(super) fn required(kind: &str, name: &str, path: &str, features: &[&str]) -> String {
    let features = list(features);
    format!("\n[[{kind}]]\nname = \"{name}\"\npath = \"{path}\"\nrequired-features = {features}\n")
}

/// Returns a TOML array, on one line if it fits, or else with one line per item.
pub(super) fn list<'i>(items: impl IntoIterator<Item = &'i &'i str>) -> String {
    let items: Vec<String> = items.into_iter().map(|item| toml::Value::from(*item).to_string()).collect();
    let line = items.join(", ");
    if line.len() <= 80 { format!("[{line}]") } else { format!("[\n    {},\n]", items.join(",\n    ")) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::naming::FEATURES;

    /// A resource cannot take the name of another feature.
    #[test]
    fn names_of_features_are_reserved() {
        let table: toml::Table = OF_THE_RUNTIME.parse().expect("valid TOML");
        let own = table.keys().map(String::as_str).chain([
            "default",
            ALL_RESOURCES,
            MOCK,
            OTHER_TYPES,
            PRIVATE_KEY_JWT,
        ]);
        for feature in own {
            assert!(FEATURES.contains(&feature.replace('-', "_").as_str()), "{feature}");
        }
    }
}
