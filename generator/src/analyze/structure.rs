//! Answers questions about the structure of values.
//!
//! Structured values in places that only hold text, such as query parameters, are sent as JSON, which not every server
//! accepts there.

use std::collections::HashSet;

use crate::ir::{
    Api, BodyContent, BodyKind, Constraint, Field, FieldKind, Location, Multipart, Operation, Part, PartKind,
    Shape, Type, TypeId,
};

/// Returns true for a struct whose default value the document allows. Enums and unions in required fields can have an
/// unknown value by default.
pub(crate) fn has_valid_default(api: &Api, id: TypeId) -> bool {
    let is_plain = |field: &Field| !matches!(field.kind, FieldKind::Required(Type::Named(_)));
    matches!(&api.type_def(id).shape, Shape::Struct(it) if it.fields.iter().all(is_plain))
}

/// Returns the structured values of a request in places that only hold text: query parameters and properties or parts of
/// forms, each with its place.
pub(crate) fn values_in_text(api: &Api, operation: &Operation, content: Option<&BodyContent>) -> Vec<String> {
    let parameters = operation
        .parameters
        .iter()
        .filter(|parameter| parameter.location == Location::Query && has_structure(api, &parameter.ty, 1));
    let mut values: Vec<String> =
        parameters.map(|parameter| format!("query.{}", parameter.name.to_lowercase())).collect();
    let names = match content.map(|content| &content.kind) {
        Some(BodyKind::Form { ty, .. } | BodyKind::Multipart(Multipart::AnyParts(ty))) => {
            structured_fields(api, ty)
        }
        Some(BodyKind::Multipart(Multipart::Parts(parts))) => structured_parts(api, parts),
        Some(BodyKind::Multipart(Multipart::Alternatives(forms))) => {
            forms.first().map(|form| structured_parts(api, &form.parts)).unwrap_or_default()
        }
        Some(BodyKind::Json(_) | BodyKind::Text | BodyKind::Bytes) | None => Vec::new(),
    };
    values.extend(names.into_iter().map(|name| format!("body.{name}")));
    values
}

/// Returns the parts of a form that are sent as JSON.
fn structured_parts<'a>(api: &Api, parts: &'a [Part]) -> Vec<&'a str> {
    let is_structured = |part: &&Part| match &part.kind {
        PartKind::Text { ty, .. } | PartKind::Json { ty, .. } | PartKind::Styled { ty, .. } => {
            has_structure(api, ty, 0)
        }
        PartKind::TextOrFile | PartKind::File { .. } => false,
    };
    parts.iter().filter(is_structured).map(|part| part.name.as_str()).collect()
}

/// Returns `true` if values of a type are neither scalars nor lists of scalars. `depth` is the number of levels
/// of objects that have a style of their own.
fn has_structure(api: &Api, ty: &Type, depth: usize) -> bool {
    let mut pending = vec![(ty, depth)];
    // A type can contain itself.
    let mut seen = HashSet::new();
    while let Some((ty, depth)) = pending.pop() {
        match ty {
            Type::Nullable(inner) => pending.push((inner, depth)),
            Type::List(inner) => pending.push((inner, 0)),
            Type::Map(_) if depth == 0 => return true,
            Type::Map(inner) => pending.push((inner, depth - 1)),
            Type::Named(id) if seen.insert((*id, depth)) => match &api.type_def(*id).shape {
                Shape::Enum(_) => {}
                Shape::Struct(_) if depth == 0 => return true,
                Shape::Struct(it) => {
                    let types = it.fields.iter().filter_map(|field| field.kind.ty());
                    pending.extend(types.map(|ty| (ty, depth - 1)));
                }
                shape @ Shape::Union(_) => {
                    pending.extend(shape.variants().map(|variant| (&variant.ty, depth)));
                }
                Shape::KeyedUnion(_) => return true,
            },
            Type::Object | Type::Any | Type::Tuple(_) => return true,
            Type::Custom(custom) if !custom.is_scalar() => return true,
            _ => {}
        }
    }
    false
}

/// Returns the properties of a form that are sent as JSON, and those that `required` lists but `properties` does not
/// define, which servers may not look for.
fn structured_fields<'a>(api: &'a Api, ty: &Type) -> Vec<&'a str> {
    let mut names = Vec::new();
    let mut pending: Vec<TypeId> = direct(ty).into_iter().collect();
    let mut seen = HashSet::new();
    while let Some(id) = pending.pop() {
        if !seen.insert(id) {
            continue;
        }
        let def = api.type_def(id);
        match &def.shape {
            Shape::Struct(it) => {
                let structured =
                    it.fields.iter().filter(|it| it.kind.ty().is_some_and(|ty| has_structure(api, ty, 0)));
                names.extend(structured.map(|field| field.name.as_str()));
            }
            shape @ Shape::Union(_) => {
                let alternatives: Vec<TypeId> = shape.variants().filter_map(|it| direct(&it.ty)).collect();
                pending.extend(alternatives.into_iter().rev());
                continue;
            }
            Shape::KeyedUnion(_) | Shape::Enum(_) => {}
        }
        for constraint in &def.docs.constraints {
            if let Constraint::RequiredProperties(others) = constraint {
                names.extend(others.iter().map(String::as_str));
            }
        }
    }
    names
}

/// Returns the named type that a type is.
fn direct(ty: &Type) -> Option<TypeId> {
    match ty {
        Type::Named(id) => Some(*id),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distinguishes_scalars_from_structured_values() {
        let list = |inner: Type| Type::List(Box::new(inner));
        let map = |inner: Type| Type::Map(Box::new(inner));
        for (ty, depth, expected) in [
            (Type::String, 0, false),
            (Type::Nullable(Box::new(Type::Object)), 0, true),
            (list(Type::String), 0, false),
            (list(list(Type::String)), 0, false),
            (list(map(Type::String)), 1, true),
            // A map is an object with one level.
            (map(Type::String), 0, true),
            (map(Type::String), 1, false),
            (map(map(Type::String)), 1, true),
            (Type::Tuple(vec![Type::String]), 1, true),
            (Type::Any, 1, true),
        ] {
            assert_eq!(has_structure(&Api::default(), &ty, depth), expected, "{ty:?} at {depth}");
        }
    }
}
