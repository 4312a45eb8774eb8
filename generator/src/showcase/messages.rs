//! Finds a response with a list of values of protobuf's `Any`, and types that the list can hold.

use std::cmp::Reverse;
use std::collections::HashMap;

use crate::analyze::Facts;
use crate::ir::{Api, FieldKind, Shape, Type, TypeId};
use crate::naming::Names;

/// The variant that the macro `known_messages!` adds.
const UNKNOWN: &str = "Unknown";

/// The largest number of types that the example lists.
const MESSAGES: usize = 2;

/// A list of values of protobuf's `Any`, and types that it can hold.
#[derive(Debug)]
pub(crate) struct AnyExample {
    pub(crate) response: TypeId,
    /// Position of the list in the response.
    pub(crate) field: usize,
    /// One or two types.
    pub(crate) messages: Vec<TypeId>,
}

/// Selects the first type with a list of `Any`, in the order of origins, and the types that most responses have as a
/// field.
pub(super) fn select(api: &Api, facts: &Facts, names: &Names) -> Option<AnyExample> {
    let types = api.types_by_origin();
    let (response, field) = types.iter().find_map(|(id, def)| Some((*id, list_of_any(&def.shape)?)))?;
    let is_suitable = |id: &TypeId| {
        *id != response && facts.is_message(*id) && names.of_type(*id).ident.as_str() != UNKNOWN
    };
    let uses = uses_in_responses(api);
    let mut messages: Vec<TypeId> = types.iter().map(|(id, _)| *id).filter(is_suitable).collect();
    messages.sort_by_key(|id| Reverse(uses.get(id).copied().unwrap_or_default()));
    messages.truncate(MESSAGES);
    (!messages.is_empty()).then_some(AnyExample { response, field, messages })
}

/// Returns the position of the first field that is a list of `Any`.
fn list_of_any(shape: &Shape) -> Option<usize> {
    let Shape::Struct(it) = shape else { return None };
    it.fields.iter().position(|field| match &field.kind {
        FieldKind::Required(Type::List(inner))
        | FieldKind::ImplicitPresence { ty: Type::List(inner), .. } => **inner == Type::Any,
        _ => false,
    })
}

/// Counts the responses whose type has a field of each type. Objects with a high count are central to the API.
fn uses_in_responses(api: &Api) -> HashMap<TypeId, usize> {
    let responses =
        api.operations.iter().flat_map(|operation| operation.response_types().find_map(Type::named));
    let mut responses_of: HashMap<TypeId, usize> = HashMap::new();
    for id in responses {
        *responses_of.entry(id).or_default() += 1;
    }
    let mut uses = HashMap::new();
    for (response, count) in responses_of {
        for id in api.type_def(response).shape.references() {
            *uses.entry(id).or_default() += count;
        }
    }
    uses
}
