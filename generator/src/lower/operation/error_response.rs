//! Error responses, and the types of their bodies.

use std::collections::HashMap;

use openapiv3::{ReferenceOr, Response};

use super::content::{is_opaque, lower_media_type};
use super::media_type::{self, Family};
use crate::diagnostics::Pointer;
use crate::ir::{ErrorResponse, Type};
use crate::lower::context::Lower;
use crate::lower::schema::Site;

/// The body types of error responses in components that were lowered so far.
pub(super) type SharedErrors = HashMap<Pointer, Option<Type>>;

/// Lowers an error response.
pub(super) fn lower_error<'a>(
    lower: &mut Lower<'a, '_>,
    (status, response, at): (String, &'a ReferenceOr<Response>, &Pointer),
    site: &dyn Fn(&str) -> Site,
    shared: &mut SharedErrors,
) -> ErrorResponse {
    let is_shared = matches!(response, ReferenceOr::Reference { .. });
    let Some((response, at)) = lower.document.response(response, at) else {
        return ErrorResponse { status, description: String::new(), ty: None };
    };
    let ty = match shared.get(&at) {
        Some(ty) => ty.clone(),
        None if is_shared => {
            let operation = at.segments().last().unwrap_or_default();
            let site = Site::of_operation(operation, "body");
            let ty = lower_error_body(lower, response, &at, site);
            shared.insert(at, ty.clone());
            ty
        }
        None => lower_error_body(lower, response, &at, site(&format!("error {status}"))),
    };
    ErrorResponse { status, description: response.description.trim().to_owned(), ty }
}

fn lower_error_body<'a>(
    lower: &mut Lower<'a, '_>,
    response: &'a Response,
    at: &Pointer,
    site: Site,
) -> Option<Type> {
    let mut content = response.content.iter();
    let json = content.find(|(name, _)| matches!(media_type::family(name), Family::Json | Family::Any));
    let (name, content) = json?;
    let at = at.child("content").child(name);
    let is_opaque = is_opaque(lower.document, content, &at, media_type::family(name));
    // A null error carries no information. Its body is available as received.
    (!is_opaque).then(|| lower_media_type(lower, content, &at, site).without_null())
}
