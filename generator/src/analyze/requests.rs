//! Determines which requests have no methods of their own, so that their type is an alias of `runtime::Call`.

use super::Facts;
use super::arguments::{ArgumentKind, ItemKind, body_argument};
use crate::ir::{BodyKind, Content, Operation, Success, Type};

/// The optional body of a request without methods of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CallBody<'a> {
    /// The operation has no optional body.
    None,
    /// JSON, set by the method of `runtime::Call`.
    Json(&'a Type),
}

/// Returns the optional body of a request without methods of its own. Returns `None` for other requests.
pub(crate) fn call_body<'a>(facts: &Facts, operation: &'a Operation) -> Option<CallBody<'a>> {
    let has_setters = operation.parameters.iter().any(|parameter| !parameter.required);
    let is_read_as_it_arrives =
        matches!(operation.success, Success::Always(Content::Bytes | Content::Events(_) | Content::Lines(_)));
    if has_setters
        || operation.pages.is_some()
        || !operation.other_responses.is_empty()
        || is_read_as_it_arrives
    {
        return None;
    }
    let Some(body) = operation.body.as_ref().filter(|body| !body.required) else {
        return Some(CallBody::None);
    };
    let [content] = body.contents.as_slice() else { return None };
    match (&content.kind, content.media_type.as_deref()) {
        // A nullable body is an `Option` of a reference.
        (BodyKind::Json(Type::Nullable(_)), _) => None,
        (BodyKind::Json(ty), None | Some("application/json")) if !ty.needs_codec() => {
            let is_reference = match body_argument(facts, ty) {
                ArgumentKind::Text | ArgumentKind::Reference | ArgumentKind::Slice(ItemKind::Plain) => true,
                // The method is generic.
                _ => false,
            };
            is_reference.then_some(CallBody::Json(ty))
        }
        _ => None,
    }
}
