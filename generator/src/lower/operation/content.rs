//! The content of bodies, parameters and headers: a media type with its schema.

use openapiv3::MediaType;

use super::media_type::{self, Family};
use crate::classify::Keywords;
use crate::diagnostics::{Code, Diagnostics, Pointer};
use crate::document::Document;
use crate::ir::Type;
use crate::lower::context::Lower;
use crate::lower::schema::Site;

/// Returns the type of a JSON body, which may be nullable.
pub(super) fn lower_media_type<'a>(
    lower: &mut Lower<'a, '_>,
    content: &'a MediaType,
    at: &Pointer,
    site: Site,
) -> Type {
    match &content.schema {
        Some(schema) => {
            let lowered = lower.lower_schema(schema, &at.child("schema"), site);
            lower.types.element(lowered)
        }
        None => Type::Json,
    }
}

/// Returns true if the schema says that the body is binary, or if neither schema nor media type says
/// anything.
pub(super) fn is_opaque(document: &Document, content: &MediaType, at: &Pointer, family: Family) -> bool {
    let Some(schema) = &content.schema else { return family == Family::Any };
    let Some((schema, _)) = document.schema(schema, &at.child("schema")) else { return false };
    let keywords = Keywords::of(schema);
    is_binary(&keywords) || (family == Family::Any && keywords.is_anything())
}

/// Returns true for a string of bytes.
pub(super) fn is_binary(keywords: &Keywords<'_>) -> bool {
    keywords.ty == Some("string") && keywords.format.as_deref() == Some("binary")
}

/// Reports a body in XML or YAML, which have no types here, and which is not offered as JSON as well.
pub(super) fn report_markup(name: &str, at: &Pointer, verb: &str, diagnostics: &mut Diagnostics) {
    diagnostics.report(
        Code::UnsupportedBody,
        at,
        format!("`{}` has no Rust types, so the body is {verb} as text", media_type::essence(name)),
        "offer the body as `application/json` as well",
    );
}
