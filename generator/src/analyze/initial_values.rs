//! Determines the fields whose initial value is not the default of their type.

use std::collections::HashMap;

use crate::ir::{Api, DefaultValue, Field, FieldKind, Shape, Type, TypeId};

/// An initial value of a field.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum InitialValue {
    /// The default in the document.
    Documented(DefaultValue),
    /// The start of 1970, for a type without `Default`.
    Epoch(Type),
}

/// Returns the initial value of each field, for the structs that cannot derive `Default`. `None` stands for the default of
/// the type.
pub(super) fn initial_values(api: &Api) -> HashMap<TypeId, Vec<Option<InitialValue>>> {
    let structs = api.types().filter_map(|(id, def)| match &def.shape {
        Shape::Struct(it) => Some((id, it.fields.iter().map(|field| initial_value(api, field)).collect())),
        _ => None,
    });
    structs
        .filter(|(_, values): &(_, Vec<Option<InitialValue>>)| values.iter().any(Option::is_some))
        .collect()
}

fn initial_value(api: &Api, field: &Field) -> Option<InitialValue> {
    if let Some(value) = api.documented_default(field) {
        return Some(InitialValue::Documented(value));
    }
    match &field.kind {
        FieldKind::Required(ty) if api.formats.lacks_default(ty) => Some(InitialValue::Epoch(ty.clone())),
        _ => None,
    }
}
