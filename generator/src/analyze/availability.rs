//! Determines which Cargo features compile an item. Each resource has a feature, which enables the types that
//! its operations reach. Types that no operation reaches have a feature of their own.

use std::collections::BTreeSet;

use super::dependents::Dependents;
use crate::ir::{Api, ResourceId};

/// The features that compile an item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Availability {
    /// The item is compiled whatever the features.
    Always,
    /// Any of these features compiles the item.
    Features {
        resources: BTreeSet<ResourceId>,
        /// True if the feature of the types that no operation reaches compiles the item.
        other_types: bool,
    },
}

impl Availability {
    fn of(api: &Api, resources: &BTreeSet<ResourceId>, other_types: bool) -> Self {
        if !resources.is_empty() && resources.len() == api.resources.len() {
            return Self::Always;
        }
        Self::Features { resources: resources.clone(), other_types }
    }
}

/// Returns the features of each type.
pub(super) fn of_types(api: &Api, dependents: &[Dependents]) -> Vec<Availability> {
    let of_type =
        |it: &Dependents| Availability::of(api, &it.resources, it.unreachable || it.resources.is_empty());
    dependents.iter().map(of_type).collect()
}
