//! Cargo features: one for each resource, which compiles its operations and the types that they lead to.
//!
//! What every resource needs has no condition: nobody would be without it. What no operation leads to, such as the
//! payloads of webhooks, has a feature of its own.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use super::Context;
use crate::ir::{ClientAuthentication, ResourceId, TypeId};

/// The feature that stands for those of all resources.
pub(super) const ALL_RESOURCES: &str = "all-resources";

/// The feature of the types that no operation leads to.
pub(super) const OTHER_TYPES: &str = "other-types";

/// The feature of the keys that clients sign with.
const PRIVATE_KEY_JWT: &str = "private-key-jwt";

/// The features that every crate has, whatever its document.
const OF_THE_RUNTIME: &str = r#"# The transport that a client uses unless it is given another one.
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
# A span for each call, and events for the attempts that it takes.
tracing = ["dep:tracing"]
# Calls for programs that are not `async`.
blocking = ["dep:tokio", "tokio/rt"]
# A server on loopback that answers every operation, for the tests of programs that use the client.
mock = ["dep:http-body", "dep:hyper", "dep:hyper-util", "dep:tokio", "tokio/net", "tokio/rt", "tokio/sync"]
"#;

/// The condition on which a resource is compiled.
pub(super) fn of_resource(context: &Context<'_>, id: ResourceId) -> TokenStream {
    let feature = &context.names.of_resource(id).feature;
    quote!(#[cfg(feature = #feature)])
}

/// The condition on which a type is compiled; none where it always is.
pub(super) fn of_type(context: &Context<'_>, id: TypeId) -> Option<TokenStream> {
    let users = context.facts.users(id);
    if users.resources.is_empty() {
        return Some(quote!(#[cfg(feature = #OTHER_TYPES)]));
    }
    condition(context, &users.resources, users.others.then_some(OTHER_TYPES))
}

/// The condition on which something is compiled that these resources need; none where all do.
pub(super) fn of_resources(context: &Context<'_>, users: &BTreeSet<ResourceId>) -> Option<TokenStream> {
    condition(context, users, None)
}

fn condition(
    context: &Context<'_>,
    resources: &BTreeSet<ResourceId>,
    another: Option<&str>,
) -> Option<TokenStream> {
    if resources.len() == context.api.resources.len() {
        return None;
    }
    let features = resources.iter().map(|id| context.names.of_resource(*id).feature.as_str()).chain(another);
    let features: BTreeSet<&str> = features.collect();
    let features: Vec<&str> = features.into_iter().collect();
    Some(match features.as_slice() {
        [only] => quote!(#[cfg(feature = #only)]),
        several => quote!(#[cfg(any(#(feature = #several),*))]),
    })
}

/// The features on which everything of the document is compiled.
pub(super) fn all(context: &Context<'_>) -> Vec<&'static str> {
    let resources = (!context.api.resources.is_empty()).then_some(ALL_RESOURCES);
    let others = context.api.types().any(|(id, _)| context.facts.users(id).others).then_some(OTHER_TYPES);
    resources.into_iter().chain(others).collect()
}

/// The table `[features]` of `Cargo.toml`.
pub(super) fn manifest(context: &Context<'_>) -> String {
    let all = all(context);
    let mut default = all.clone();
    default.push("reqwest");
    let oauth = context.api.security.oauth.as_ref();
    if oauth.is_some_and(|oauth| oauth.authentication == ClientAuthentication::Assertion) {
        default.push(PRIVATE_KEY_JWT);
    }
    let mut text = format!("\n[features]\ndefault = {}\n{OF_THE_RUNTIME}", list(&default));
    if oauth.is_some() {
        text.push_str("# OAuth 2 clients that show who they are by a key of theirs.\n");
        text.push_str(&format!("{PRIVATE_KEY_JWT} = [\"dep:ring\"]\n"));
    }
    if all.contains(&OTHER_TYPES) {
        text.push_str("# The types that no operation leads to, such as those of webhooks.\n");
        text.push_str(&format!("{OTHER_TYPES} = []\n"));
    }
    if all.contains(&ALL_RESOURCES) {
        let resources: BTreeSet<&str> =
            context.api.resources().map(|(id, _)| context.names.of_resource(id).feature.as_str()).collect();
        let resources: Vec<&str> = resources.into_iter().collect();
        text.push_str("# Every resource. With some alone, only the types that they lead to are compiled.\n");
        text.push_str(&format!("{ALL_RESOURCES} = {}\n", list(&resources)));
        resources.iter().for_each(|feature| text.push_str(&format!("{feature} = []\n")));
    }
    text
}

/// The table of a target of `Cargo.toml` that needs features.
pub(super) fn required(kind: &str, name: &str, path: &str, features: &[&str]) -> String {
    let features = list(features);
    format!("\n[[{kind}]]\nname = \"{name}\"\npath = \"{path}\"\nrequired-features = {features}\n")
}

/// A list of TOML, on one line if it fits and else with a line for each item.
fn list(items: &[&str]) -> String {
    let items: Vec<String> = items.iter().map(|item| toml::Value::from(*item).to_string()).collect();
    let line = items.join(", ");
    if line.len() <= 80 { format!("[{line}]") } else { format!("[\n    {},\n]", items.join(",\n    ")) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::naming::FEATURES;

    /// A resource that wants the name of another feature has to be called something else.
    #[test]
    fn names_of_features_are_reserved() {
        let table: toml::Table = OF_THE_RUNTIME.parse().expect("it is TOML");
        let own =
            table.keys().map(String::as_str).chain(["default", ALL_RESOURCES, OTHER_TYPES, PRIVATE_KEY_JWT]);
        for feature in own {
            assert!(FEATURES.contains(&feature.replace('-', "_").as_str()), "{feature}");
        }
    }
}
