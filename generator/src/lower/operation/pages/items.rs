//! The items of a page: the only list in a response, or the main one of several.

use super::signature::{Signature, field, fields, normalized, struct_of};
use crate::ir::{FieldRef, PageItems, Type};

/// Names of lists that are the main content of a response.
const ITEMS: [&str; 14] = [
    "list",
    "items",
    "data",
    "results",
    "entries",
    "records",
    "values",
    "elements",
    "nodes",
    "objects",
    "rows",
    "hits",
    "content",
    "resources",
];

/// Names of secondary lists.
const SECONDARY: [&str; 9] =
    ["warnings", "errors", "order", "sort", "links", "expanded", "included", "facets", "notices"];

/// Names of objects that wrap the whole content of a response.
const ENVELOPES: [&str; 6] = ["data", "result", "results", "response", "payload", "meta"];

/// Returns the list of items in a response.
pub(super) fn find(signature: &Signature<'_>) -> Option<PageItems> {
    if let Type::List(ty) = signature.response {
        return Some(PageItems { fields: Vec::new(), ty: (**ty).clone() });
    }
    let response = struct_of(signature.api, signature.response)?;
    let outer = find_list(signature, signature.response);
    outer.map(|(field, ty)| PageItems { fields: vec![field], ty }).or_else(|| {
        let envelopes = fields(signature.api, response).into_iter();
        let mut envelopes = envelopes.filter(|(_, name, _)| ENVELOPES.contains(&normalized(name).as_str()));
        envelopes.find_map(|(at, _, inner)| {
            let (field, ty) = find_list(signature, inner)?;
            Some(PageItems { fields: vec![FieldRef { of: response, field: at }, field], ty })
        })
    })
}

/// Returns the list at a configured path.
pub(super) fn at(signature: &Signature<'_>, path: &str) -> Option<PageItems> {
    let mut ty = signature.response;
    let mut steps = Vec::new();
    for name in path.split('.') {
        let (property, found) = field(signature.api, ty, name)?;
        steps.push(property);
        ty = found;
    }
    let Type::List(ty) = ty else { return None };
    Some(PageItems { fields: steps, ty: (**ty).clone() })
}

/// Returns the list of items in an object: the only list, or a list with a common name, or a list that the
/// URL path names.
fn find_list(signature: &Signature<'_>, object: &Type) -> Option<(FieldRef, Type)> {
    let of = struct_of(signature.api, object)?;
    let lists: Vec<(FieldRef, String, &Type)> = fields(signature.api, of)
        .into_iter()
        .filter_map(|(field, name, ty)| match ty {
            Type::List(inner) => Some((FieldRef { of, field }, normalized(name), &**inner)),
            _ => None,
        })
        .filter(|(_, name, ty)| **ty != Type::Any && !SECONDARY.contains(&name.as_str()))
        .collect();
    let by_name = |wanted: &str| lists.iter().find(|(_, name, _)| name == wanted);
    let found = match lists.as_slice() {
        [only] => Some(only),
        _ => ITEMS.into_iter().find_map(by_name).or_else(|| {
            let mut segments = signature.operation.path.rsplit('/').filter(|segment| !segment.contains('{'));
            segments.find_map(|segment| by_name(&normalized(segment)))
        }),
    };
    found.map(|(property, _, ty)| (*property, (*ty).clone()))
}
