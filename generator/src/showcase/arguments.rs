//! Chooses the values that examples pass for parameters and required bodies.

use std::sync::Arc;

use super::value::Value;
use crate::analyze::Facts;
use crate::analyze::arguments::{ArgumentKind, ItemKind, body_argument, parameter_argument};
use crate::ir::{Api, Body, BodyKind, Constraint, Docs, Multipart, OperationId, Part, PartKind, Shape, Type};

/// The longest example of the document that is used as an argument, in bytes.
const TEXT_LENGTH: usize = 40;

/// Returns an argument for a parameter of this type.
pub(super) fn argument(api: &Api, facts: &Facts, ty: &Type, docs: &Docs, name: &str) -> Value {
    match (parameter_argument(api, facts, ty), ty) {
        (ArgumentKind::Text, _) => Value::Text(text(docs, name).to_owned()),
        (ArgumentKind::Reference, _) => Value::Reference(Arc::new(value(api, ty, name))),
        (kind, _) => flexible(kind, ty, name, &|ty| value(api, ty, name)),
    }
}

/// Returns an argument that is converted to a value of a type. `owned` returns values of its parts.
pub(super) fn flexible(kind: ArgumentKind, ty: &Type, name: &str, owned: &dyn Fn(&Type) -> Value) -> Value {
    let item = |kind: ItemKind, ty: &Type| match (kind, ty) {
        (ItemKind::Text, _) | (ItemKind::Into, Type::Json | Type::Bytes { .. }) => {
            Value::Text(name.to_owned())
        }
        (_, ty) => owned(ty),
    };
    let entry = |value| Value::Slice(Arc::new(Value::Entry(Arc::new(value))));
    match (kind, ty) {
        (ArgumentKind::Into, Type::Json | Type::Bytes { .. }) => Value::Text(name.to_owned()),
        (ArgumentKind::Items(kind), Type::List(inner)) => Value::Slice(Arc::new(item(kind, inner))),
        (ArgumentKind::Entries(kind), Type::Map(inner)) => entry(item(kind, inner)),
        (ArgumentKind::Entries(_), _) => entry(Value::Text("value".to_owned())),
        (_, ty) => owned(ty),
    }
}

/// Returns the document's example if it is short and plain, or else a placeholder: an email address or the name.
pub(super) fn text<'a>(docs: &'a Docs, name: &'a str) -> &'a str {
    let is_plain = |text: &&str| {
        let is_allowed = |character: char| character.is_ascii_alphanumeric() || " -_.:/@".contains(character);
        !text.trim().is_empty() && text.len() <= TEXT_LENGTH && text.chars().all(is_allowed)
    };
    let example = docs.example.as_ref().and_then(|example| example.as_str());
    let is_email = docs.constraints.contains(&Constraint::Format("email".to_owned()));
    example.filter(is_plain).unwrap_or(if is_email { "user@example.com" } else { name })
}

/// Returns an owned value of a type.
pub(super) fn value(api: &Api, ty: &Type, name: &str) -> Value {
    match ty {
        Type::String => Value::String(name.to_owned()),
        Type::Nullable(inner) => Value::Some(Arc::new(value(api, inner, name))),
        Type::List(inner) => Value::List(vec![Arc::new(value(api, inner, name))]),
        Type::Tuple(items) => {
            Value::Tuple(items.iter().map(|item| Arc::new(value(api, item, name))).collect())
        }
        Type::Named(id) => match &api.type_def(*id).shape {
            Shape::Enum(it) if !it.values.is_empty() => Value::Enum(*id),
            _ => Value::Default(*id),
        },
        ty => Value::Placeholder(ty.clone()),
    }
}

/// Returns the arguments for a body with only its required parts, which are empty or placeholders.
pub(super) fn body(api: &Api, facts: &Facts, id: OperationId, body: &Body) -> Vec<Value> {
    let Some(content) = body.contents.first() else { return Vec::new() };
    let text = |text: &str| Value::Text(text.to_owned());
    let reference = |value| Value::Reference(Arc::new(value));
    vec![match &content.kind {
        BodyKind::Json(Type::Nullable(_)) => Value::None,
        BodyKind::Json(ty) => match body_argument(facts, ty) {
            ArgumentKind::Text | ArgumentKind::Serialize => text("text"),
            ArgumentKind::Slice(ItemKind::Text) => reference(Value::Slice(Arc::new(text("text")))),
            // An item would have to be invented.
            ArgumentKind::Slice(_) => reference(Value::EmptySlice),
            _ => reference(value(api, ty, "text")),
        },
        BodyKind::Form { ty, .. } => reference(value(api, ty, "text")),
        BodyKind::Text | BodyKind::Bytes => {
            let media_type = content.media_type.is_none().then(|| text("application/octet-stream"));
            return media_type.into_iter().chain([text("...")]).collect();
        }
        BodyKind::Multipart(Multipart::AnyParts(_)) => Value::Multipart,
        BodyKind::Multipart(Multipart::Parts(parts)) => form(api, facts, id, parts, false),
        BodyKind::Multipart(Multipart::Alternatives(forms)) => match forms.first() {
            Some(first) => form(api, facts, id, &first.parts, true),
            None => return Vec::new(),
        },
    }]
}

/// Returns a multipart form with only its required parts.
fn form(api: &Api, facts: &Facts, operation: OperationId, parts: &[Part], is_alternative: bool) -> Value {
    let required = parts.iter().filter(|part| part.required);
    let arguments = required.flat_map(|part| {
        let headers = part.headers.iter().filter(|header| header.required);
        let headers = headers.map(|header| argument(api, facts, &header.ty, &header.docs, &header.name));
        [part_value(api, facts, part)].into_iter().chain(headers)
    });
    Value::Form { operation, is_alternative, arguments: arguments.map(Arc::new).collect() }
}

/// Returns an argument for a part of a multipart form.
fn part_value(api: &Api, facts: &Facts, part: &Part) -> Value {
    match &part.kind {
        PartKind::Text { ty, .. } | PartKind::Json { ty, .. } | PartKind::Styled { ty, .. } => {
            argument(api, facts, ty, &part.docs, &part.name)
        }
        PartKind::File { several: true, .. } => Value::Slice(Arc::new(Value::Text("...".to_owned()))),
        PartKind::TextOrFile | PartKind::File { several: false, .. } => Value::Text("...".to_owned()),
    }
}
