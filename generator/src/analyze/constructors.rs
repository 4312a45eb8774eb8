//! Determines which structs have a constructor, and its arguments.

use std::collections::{HashMap, HashSet};

use crate::ir::{Api, Shape, TypeId};

/// The largest number of arguments: the limit of clippy.
const ARGUMENTS: usize = 7;

/// Returns the fields that the constructor of a struct requires, by position. A struct has a constructor if requests
/// contain it, and if it has required fields, but not too many for a function.
pub(super) fn constructors(api: &Api, sent: &HashSet<TypeId>) -> HashMap<TypeId, Vec<usize>> {
    let structs = api.types().filter(|(id, _)| sent.contains(id)).filter_map(|(id, def)| {
        let Shape::Struct(it) = &def.shape else { return None };
        let required = |position: &usize| api.required_from_caller(&it.fields[*position]).is_some();
        Some((id, (0..it.fields.len()).filter(required).collect()))
    });
    structs.filter(|(_, required): &(_, Vec<usize>)| (1..=ARGUMENTS).contains(&required.len())).collect()
}
