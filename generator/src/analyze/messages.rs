//! Finds the types that a `google.protobuf.Any` can hold.

use std::collections::HashSet;

use crate::ir::{Api, Shape, Type, TypeId, TypeName};

/// Returns the types that a `google.protobuf.Any` can hold. Empty if the document does not use it.
///
/// These are the objects whose component key has a package, because the key is the name of the protobuf message.
pub(super) fn messages(api: &Api) -> HashSet<TypeId> {
    if !api.types.iter().any(|def| def.shape.value_types().iter().any(|ty| ty.any(&is_any))) {
        return HashSet::new();
    }
    let is_message = |shape: &Shape| matches!(shape, Shape::Struct(_) | Shape::KeyedUnion(_));
    let types = api.types().filter(|(_, def)| match &def.name {
        TypeName::Component { key, .. } => key.contains('.') && is_message(&def.shape),
        TypeName::Inline { .. } | TypeName::InOperation { .. } => false,
    });
    types.map(|(id, _)| id).collect()
}

fn is_any(ty: &Type) -> bool {
    matches!(ty, Type::Any)
}
