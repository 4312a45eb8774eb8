//! Makes types from the plans of schemas.
//!
//! Imports `classify`, `document`, `ir`, `diagnostics` and `config`.

mod site;
mod structs;
mod target;
mod types;
mod unions;
mod unnamed;

pub(super) use self::site::Site;
pub(super) use self::types::{Lowered, Types};

use self::structs::{define_keyed_union, define_struct};
use self::unions::{define_mixed, define_union};
use self::unnamed::{type_of, type_of_target};
use super::required_overrides::RequiredOverrides;
use crate::classify::{Child, Plan};
use crate::document::SchemaId;

/// Returns the type of a schema at a site. It and all types that it refers to are complete.
pub(super) fn lower<'a>(
    types: &mut Types<'a>,
    overrides: &mut RequiredOverrides,
    schema: &Child<'a>,
    site: Site,
) -> Lowered {
    let lowered = type_of(types, schema, site);
    complete(types, overrides);
    lowered
}

/// Makes the types of component schemas and of everything in them.
pub(super) fn lower_components(
    types: &mut Types<'_>,
    overrides: &mut RequiredOverrides,
    components: impl IntoIterator<Item = SchemaId>,
) {
    for component in components {
        type_of_target(types, component);
    }
    complete(types, overrides);
}

/// Gives content to all types that were made so far, and to those that they refer to.
fn complete<'a>(types: &mut Types<'a>, overrides: &mut RequiredOverrides) {
    loop {
        if let Some(content) = types.next_content() {
            match &*content.plan {
                Plan::Struct(plan) => define_struct(types, overrides, content.id, plan),
                Plan::KeyedUnion(plan) => define_keyed_union(types, content.id, plan, false),
                Plan::Union(plan) => define_union(types, content.id, plan),
                Plan::Mixed(plan) => define_mixed(types, content.id, plan),
                _ => {}
            }
        } else if let Some(component) = types.next_wanted() {
            type_of_target(types, component);
        } else if !types.settle_copies() && !types.settle_nameless() {
            break;
        }
    }
    types.copy_content();
}

#[cfg(test)]
mod tests;
