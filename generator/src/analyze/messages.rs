//! Which types can be messages beside the name of their type.

use std::collections::HashSet;

use crate::ir::{Api, Shape, Type, TypeId, TypeName};

/// The types that such a message is known as by their key; none, in a document that has no such messages.
///
/// Only a key with a package is the name of a message. What is no object is none.
pub(super) fn messages(api: &Api) -> HashSet<TypeId> {
    if !api.types.iter().any(|def| def.shape.held().iter().any(|ty| ty.any(&is_any))) {
        return HashSet::new();
    }
    let is_message = |shape: &Shape| matches!(shape, Shape::Struct(_) | Shape::OneOf(_));
    let types = api.types().filter(|(_, def)| match &def.name {
        TypeName::Component { key, .. } => key.contains('.') && is_message(&def.shape),
        TypeName::Inline { .. } | TypeName::OfOperation { .. } => false,
    });
    types.map(|(id, _)| id).collect()
}

fn is_any(ty: &Type) -> bool {
    matches!(ty, Type::Any)
}
