//! Selects the field that shows how null and absence are told apart.

use std::sync::Arc;

use super::arguments::{text, value};
use super::bodies::{Bodies, is_scalar};
use super::value::Value;
use crate::analyze::Facts;
use crate::ir::{Access, Api, BodyKind, Field, FieldKind, OperationId, Shape, Type, TypeId};

/// A field of a request body that distinguishes null from absence.
#[derive(Debug)]
pub(crate) struct NullableExample {
    /// The struct, as the document names it.
    pub(crate) ty: TypeId,
    /// A value of the struct with its required fields.
    pub(crate) body: Arc<Value>,
    /// The struct with the fields.
    pub(crate) of: TypeId,
    /// Position of the field.
    pub(crate) field: usize,
    /// The argument of its setter.
    pub(crate) value: Value,
}

/// Selects the first such field of a scalar type: in the body that is shown, or else in the body of the first operation
/// that has one.
pub(super) fn select(
    api: &Api,
    facts: &Facts,
    shown: Option<OperationId>,
    bodies: &mut Bodies<'_>,
) -> Option<NullableExample> {
    let shown = shown.map(|id| &api.operations[id.index()]);
    let operations = shown.into_iter().chain(&api.operations);
    let mut contents = operations.flat_map(|operation| &operation.body).flat_map(|body| &body.contents);
    contents.find_map(|content| match &content.kind {
        BodyKind::Json(Type::Named(id)) => example(api, facts, *id, bodies),
        _ => None,
    })
}

fn example(api: &Api, facts: &Facts, ty: TypeId, bodies: &mut Bodies<'_>) -> Option<NullableExample> {
    let of = facts.alias_of(ty).unwrap_or(ty);
    let Shape::Struct(it) = &api.type_def(of).shape else { return None };
    let mut values = it.fields.iter().enumerate();
    let (field, value) = values.find_map(|(field, it)| Some((field, settable(api, it)?)))?;
    Some(NullableExample { ty, body: bodies.required(ty)?.value, of, field, value })
}

/// Returns the argument of the setter of a field, if the field is suitable.
fn settable(api: &Api, field: &Field) -> Option<Value> {
    let FieldKind::OptionalNullable(ty) = &field.kind else { return None };
    let is_suitable = field.access != Access::ReadOnly && !field.docs.deprecated && !field.secret;
    match ty {
        Type::String if is_suitable => Some(Value::Text(text(&field.docs, &field.name).to_owned())),
        ty if is_suitable && is_scalar(api, ty) => Some(value(api, ty, &field.name)),
        _ => None,
    }
}
