//! What pages list: the one list of an answer, or the one among several that it is about.

use super::shape::{Shape, field, fields, plain, struct_of};
use crate::ir::{Items, Member, Type};

/// What lists are called that are what an answer is about.
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

/// Lists that say something about the others.
const ASIDE: [&str; 9] =
    ["warnings", "errors", "order", "sort", "links", "expanded", "included", "facets", "notices"];

/// Objects in which some answers put all that they hold.
const ENVELOPES: [&str; 6] = ["data", "result", "results", "response", "payload", "meta"];

/// The list of an answer.
pub(super) fn find(shape: &Shape<'_>) -> Option<Items> {
    if let Type::List(ty) = shape.answer {
        return Some(Items { fields: Vec::new(), ty: (**ty).clone() });
    }
    let answer = struct_of(shape.api, shape.answer)?;
    let outer = among(shape, shape.answer);
    outer.map(|(field, ty)| Items { fields: vec![field], ty }).or_else(|| {
        let envelopes = fields(shape.api, answer).into_iter();
        let mut envelopes = envelopes.filter(|(_, name, _)| ENVELOPES.contains(&plain(name).as_str()));
        envelopes.find_map(|(at, _, inner)| {
            let (field, ty) = among(shape, inner)?;
            Some(Items { fields: vec![Member { of: answer, field: at }, field], ty })
        })
    })
}

/// The list at a path that somebody wrote down.
pub(super) fn at(shape: &Shape<'_>, path: &str) -> Option<Items> {
    let mut ty = shape.answer;
    let mut members = Vec::new();
    for name in path.split('.') {
        let (member, found) = field(shape.api, ty, name)?;
        members.push(member);
        ty = found;
    }
    let Type::List(ty) = ty else { return None };
    Some(Items { fields: members, ty: (**ty).clone() })
}

/// The list among the members of an object: the only one, one with a usual name, or one that the path names.
fn among(shape: &Shape<'_>, object: &Type) -> Option<(Member, Type)> {
    let of = struct_of(shape.api, object)?;
    let lists: Vec<(Member, String, &Type)> = fields(shape.api, of)
        .into_iter()
        .filter_map(|(field, name, ty)| match ty {
            Type::List(inner) => Some((Member { of, field }, plain(name), &**inner)),
            _ => None,
        })
        .filter(|(_, name, ty)| **ty != Type::Any && !ASIDE.contains(&name.as_str()))
        .collect();
    let by_name = |wanted: &str| lists.iter().find(|(_, name, _)| name == wanted);
    let found = match lists.as_slice() {
        [only] => Some(only),
        _ => ITEMS.into_iter().find_map(by_name).or_else(|| {
            let mut segments = shape.operation.path.rsplit('/').filter(|segment| !segment.contains('{'));
            segments.find_map(|segment| by_name(&plain(segment)))
        }),
    };
    found.map(|(member, _, ty)| (*member, (*ty).clone()))
}
