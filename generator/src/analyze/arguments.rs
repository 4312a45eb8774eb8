//! Determines how methods accept values, for their declarations and their calls.

use super::Facts;
use crate::ir::{Api, Shape, Type};

/// The way in which a method accepts a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ArgumentKind {
    /// By value.
    Value,
    /// By reference.
    Reference,
    /// As `&str`.
    Text,
    /// As anything that converts into the type.
    Into,
    /// As an iterator of the items of a list.
    Items(ItemKind),
    /// As an iterator of the keys and values of a map or object.
    Entries(ItemKind),
    /// As a slice.
    Slice(ItemKind),
    /// As a reference to anything that can be encoded.
    Serialize,
}

/// The way in which a method accepts an item of a list or a value of a map.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ItemKind {
    /// By value or by reference.
    Plain,
    /// By value, so that `[one.into(), other.into()]` is a list of a union.
    Owned,
    /// As any kind of string.
    Text,
    /// As anything that converts into the type.
    Into,
}

/// Returns the way in which the setter or the constructor of a struct accepts a value of a type.
pub(crate) fn field_argument(facts: &Facts, ty: &Type) -> ArgumentKind {
    match ty {
        Type::String => ArgumentKind::Text,
        Type::List(inner) => ArgumentKind::Items(item_kind(facts, inner)),
        Type::Map(inner) => ArgumentKind::Entries(item_kind(facts, inner)),
        Type::Object => ArgumentKind::Entries(ItemKind::Into),
        ty if converts(facts, ty) => ArgumentKind::Into,
        _ => ArgumentKind::Value,
    }
}

/// Returns the way in which a method accepts a parameter or a part of a form: like a field, but a struct by reference.
pub(crate) fn parameter_argument(api: &Api, facts: &Facts, ty: &Type) -> ArgumentKind {
    match field_argument(facts, ty) {
        ArgumentKind::Value if is_large(api, ty) => ArgumentKind::Reference,
        kind => kind,
    }
}

/// Returns the way in which a method accepts a JSON body: like a field, but by reference, so that the caller keeps it.
pub(crate) fn body_argument(facts: &Facts, ty: &Type) -> ArgumentKind {
    match ty {
        Type::String => ArgumentKind::Text,
        Type::List(inner) if **inner == Type::String => ArgumentKind::Slice(ItemKind::Text),
        Type::List(_) => ArgumentKind::Slice(ItemKind::Plain),
        Type::Json => ArgumentKind::Serialize,
        Type::Named(_) if converts(facts, ty) => ArgumentKind::Into,
        _ => ArgumentKind::Reference,
    }
}

fn item_kind(facts: &Facts, ty: &Type) -> ItemKind {
    match ty {
        Type::String => ItemKind::Text,
        Type::Bytes { .. } | Type::Json => ItemKind::Into,
        Type::Named(id) if facts.has_conversions(*id) => ItemKind::Owned,
        _ => ItemKind::Plain,
    }
}

/// Returns true if other types convert into the type.
fn converts(facts: &Facts, ty: &Type) -> bool {
    match ty {
        Type::Bytes { .. } | Type::Json => true,
        Type::Named(id) => facts.has_conversions(*id),
        _ => false,
    }
}

fn is_large(api: &Api, ty: &Type) -> bool {
    match ty {
        Type::Named(id) => !matches!(api.type_def(*id).shape, Shape::Enum(_)),
        Type::Any | Type::Custom(_) => true,
        _ => false,
    }
}
