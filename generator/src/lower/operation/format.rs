//! The format of a parameter or a header: a schema, or content with a media type.

use openapiv3::ParameterSchemaOrContent;

use super::{content, media_type};
use crate::diagnostics::Pointer;
use crate::ir::Type;
use crate::lower::context::Lower;
use crate::lower::schema::Site;
use crate::lower::text;

/// Returns the description of a parameter or a header, or else of its schema.
pub(super) fn text_of(description: Option<&String>, format: &ParameterSchemaOrContent) -> Option<String> {
    let of_schema = match format {
        ParameterSchemaOrContent::Schema(schema) => {
            schema.as_item().and_then(|schema| schema.schema_data.description.as_ref())
        }
        ParameterSchemaOrContent::Content(_) => None,
    };
    text::trimmed(description.or(of_schema))
}

/// Lowers a parameter or a header. Returns its type, and true if it is encoded as JSON.
pub(super) fn lower_format<'a>(
    lower: &mut Lower<'a, '_>,
    format: &'a ParameterSchemaOrContent,
    at: &Pointer,
    site: Site,
) -> (Type, bool) {
    match format {
        // Text cannot express null: the caller leaves the value out.
        ParameterSchemaOrContent::Schema(schema) => {
            (lower.lower_schema(schema, &at.child("schema"), site).ty, false)
        }
        ParameterSchemaOrContent::Content(content) => match content.first() {
            Some((name, content)) if media_type::is_json(name) => {
                (content::lower_media_type(lower, content, &at.child("content").child(name), site), true)
            }
            _ => (Type::String, false),
        },
    }
}
