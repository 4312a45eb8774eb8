//! Types of the user: which of them need a default.

use std::collections::BTreeSet;

use crate::ir::{Api, CustomType, FieldKind, Shape, Type};

/// Returns the types of required fields, which have a value before the field is set.
pub(crate) fn types_with_default(api: &Api) -> BTreeSet<&CustomType> {
    let structs = api.types().filter_map(|(_, def)| match &def.shape {
        Shape::Struct(it) => Some(&it.fields),
        _ => None,
    });
    let mut found = BTreeSet::new();
    for field in structs.flatten() {
        let FieldKind::Required(ty) = &field.kind else { continue };
        let mut open = vec![ty];
        while let Some(ty) = open.pop() {
            match ty {
                Type::Tuple(places) => open.extend(places),
                Type::Custom(custom) => drop(found.insert(custom)),
                _ => {}
            }
        }
    }
    found
}
