//! The fields of structs, and the kinds of their values.

use crate::ir::{Api, Docs, FieldRef, Integer, Shape, Type, TypeId};

/// The kind of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ScalarKind {
    Text,
    /// A date with a time.
    Time,
    Integer,
    Boolean,
    /// A value that may be a string or a number.
    Open,
    Other,
}

impl ScalarKind {
    /// Returns true if values of this kind can be page tokens.
    pub(super) fn is_token(self) -> bool {
        matches!(self, Self::Text | Self::Time | Self::Integer | Self::Open)
    }
}

/// Returns a field of a struct type by name, and its type.
pub(super) fn field<'a>(api: &'a Api, ty: &Type, name: &str) -> Option<(FieldRef, &'a Type)> {
    let of = struct_of(api, ty)?;
    let fields = fields(api, of);
    let (field, ty) = fields.into_iter().find(|(_, known, _)| *known == name).map(|(at, _, ty)| (at, ty))?;
    Some((FieldRef { of, field }, ty))
}

/// Returns the fields of a struct that have a single type: positions, wire names and types.
pub(super) fn fields(api: &Api, id: TypeId) -> Vec<(usize, &str, &Type)> {
    let Shape::Struct(it) = &api.type_def(id).shape else { return Vec::new() };
    let fields = it.fields.iter().enumerate();
    fields.filter_map(|(at, field)| Some((at, field.name.as_str(), field.kind.ty()?))).collect()
}

/// Returns the documentation of a field of a struct.
pub(super) fn docs(api: &Api, id: TypeId, field: usize) -> Option<&Docs> {
    let Shape::Struct(it) = &api.type_def(id).shape else { return None };
    it.fields.get(field).map(|field| &field.docs)
}

/// Returns the struct that a type refers to.
pub(super) fn struct_of(api: &Api, ty: &Type) -> Option<TypeId> {
    match ty {
        Type::Named(id) if matches!(api.type_def(*id).shape, Shape::Struct(_)) => Some(*id),
        Type::Nullable(inner) => struct_of(api, inner),
        _ => None,
    }
}

/// Returns the kind of values of a type.
pub(super) fn kind(api: &Api, ty: &Type) -> ScalarKind {
    match ty {
        Type::String | Type::Uuid | Type::Bytes { .. } => ScalarKind::Text,
        Type::DateTime | Type::Timestamp => ScalarKind::Time,
        Type::Integer { width: Integer::I8 | Integer::U8, .. } => ScalarKind::Other,
        Type::Integer { .. } | Type::Float { .. } => ScalarKind::Integer,
        Type::Bool => ScalarKind::Boolean,
        Type::Json => ScalarKind::Open,
        Type::Nullable(inner) => kind(api, inner),
        Type::Named(id) => match &api.type_def(*id).shape {
            Shape::Union(_) => ScalarKind::Open,
            _ => ScalarKind::Other,
        },
        _ => ScalarKind::Other,
    }
}
