//! Chooses the values that examples pass for parameters and required bodies.

use std::sync::Arc;

use super::value::Value;
use crate::analyze::arguments::{ArgumentKind, argument_kind};
use crate::ir::{Api, Body, BodyKind, Constraint, Docs, Multipart, OperationId, Part, PartKind, Shape, Type};

/// The longest example of the document that is used as an argument, in bytes.
const TEXT_LENGTH: usize = 40;

/// Returns an argument for a parameter of this type.
pub(super) fn argument(api: &Api, ty: &Type, docs: &Docs, name: &str) -> Value {
    let reference = |value| Value::Reference(Arc::new(value));
    match (argument_kind(api, ty), ty) {
        (ArgumentKind::Text, _) => Value::Text(text(docs, name).to_owned()),
        (ArgumentKind::Texts, _) => reference(Value::Slice(Arc::new(Value::Text(name.to_owned())))),
        (ArgumentKind::Slice, Type::List(inner)) => {
            reference(Value::Slice(Arc::new(value(api, inner, name))))
        }
        (ArgumentKind::Reference | ArgumentKind::Slice, _) => reference(value(api, ty, name)),
        (ArgumentKind::Value, _) => value(api, ty, name),
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
pub(super) fn body(api: &Api, id: OperationId, body: &Body) -> Vec<Value> {
    let Some(content) = body.contents.first() else { return Vec::new() };
    let text = |text: &str| Value::Text(text.to_owned());
    vec![match &content.kind {
        BodyKind::Json(Type::Nullable(inner)) if !inner.has_codec() => Value::None,
        BodyKind::Json(ty) | BodyKind::Form { ty, .. } => Value::Reference(Arc::new(match ty {
            // An item would have to be invented.
            Type::List(_) => Value::List(Vec::new()),
            ty => value(api, ty, "text"),
        })),
        BodyKind::Text | BodyKind::Bytes => {
            let media_type = content.media_type.is_none().then(|| text("application/octet-stream"));
            return media_type.into_iter().chain([text("...")]).collect();
        }
        BodyKind::Multipart(Multipart::AnyParts(_)) => Value::Multipart,
        BodyKind::Multipart(Multipart::Parts(parts)) => form(api, id, parts, false),
        BodyKind::Multipart(Multipart::Alternatives(forms)) => match forms.first() {
            Some(first) => form(api, id, &first.parts, true),
            None => return Vec::new(),
        },
    }]
}

/// Returns a multipart form with only its required parts.
fn form(api: &Api, operation: OperationId, parts: &[Part], is_alternative: bool) -> Value {
    let required = parts.iter().filter(|part| part.required);
    let arguments = required.flat_map(|part| {
        let headers = part.headers.iter().filter(|header| header.required);
        let headers = headers.map(|header| argument(api, &header.ty, &header.docs, &header.name));
        [part_value(api, part)].into_iter().chain(headers)
    });
    Value::Form { operation, is_alternative, arguments: arguments.map(Arc::new).collect() }
}

/// Returns an argument for a part of a multipart form.
fn part_value(api: &Api, part: &Part) -> Value {
    match &part.kind {
        PartKind::Text { ty, .. } | PartKind::Json { ty, .. } | PartKind::Styled { ty, .. } => {
            argument(api, ty, &part.docs, &part.name)
        }
        PartKind::File { several: true, .. } => Value::List(Vec::new()),
        PartKind::TextOrFile | PartKind::File { several: false, .. } => Value::Text("...".to_owned()),
    }
}
