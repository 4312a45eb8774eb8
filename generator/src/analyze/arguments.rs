//! Determines how methods accept values, for their declarations and their calls.

use crate::ir::{Api, Shape, Type};

/// The way in which a method accepts a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ArgumentKind {
    /// By value: scalars, and types with a codec.
    Value,
    /// By reference.
    Reference,
    /// As `&str`.
    Text,
    /// As `&[&str]`.
    Texts,
    /// As a slice.
    Slice,
}

/// Returns the way in which a method accepts a value of a type.
pub(crate) fn argument_kind(api: &Api, ty: &Type) -> ArgumentKind {
    match ty {
        _ if ty.needs_codec_in_text() => ArgumentKind::Value,
        Type::String => ArgumentKind::Text,
        Type::List(inner) if **inner == Type::String => ArgumentKind::Texts,
        Type::List(_) => ArgumentKind::Slice,
        Type::Named(id) if !matches!(api.type_def(*id).shape, Shape::Enum(_)) => ArgumentKind::Reference,
        Type::Map(_) | Type::Object | Type::Json | Type::Any => ArgumentKind::Reference,
        _ => ArgumentKind::Value,
    }
}
