//! The text of values: how the values of a schema are written in parameters and fields.

use crate::classify::SchemaPart;
use crate::diagnostics::Pointer;
use crate::document::SchemaId;
use crate::ir::{Style, StyleKind, TextConstraints, TextForm, TextPrefix};
use crate::lower::context::Lower;

impl TextConstraints {
    /// Returns true if a value is the whole text of a parameter.
    pub(super) fn is_one_text(&self) -> bool {
        self.prefix.is_none() && matches!(self.form, TextForm::Value | TextForm::Json)
    }
}

/// Returns the style of a field or part without a style of its own: an object is JSON.
pub(super) fn usual_style(lower: &Lower<'_, '_>, at: &Pointer) -> Style {
    let parts = lower.schemas.parts_at(at);
    let is_object = parts.iter().any(|part| part.keywords.is_object());
    match is_object && !parts.iter().any(|part| part.keywords.is_scalar()) {
        true => Style::of(StyleKind::Json),
        false => Style { explode: true, ..Style::of(StyleKind::Form) },
    }
}

/// Returns the constraints of the schema at a location, whose values have this style.
pub(super) fn text_constraints(
    lower: &mut Lower<'_, '_>,
    name: &str,
    at: &Pointer,
    style: Style,
) -> Option<TextConstraints> {
    let id = lower.schemas.find(at)?;
    let form = match style {
        Style { kind: StyleKind::Json, .. } => TextForm::Json,
        style => text_form(lower, id, style)?,
    };
    let prefix = match style.kind {
        StyleKind::Label => Some(TextPrefix::Label),
        StyleKind::Matrix => Some(TextPrefix::Matrix),
        _ => None,
    };
    let (name, schema, allows_null) =
        (name.to_owned(), lower.constrained.index(id), lower.schemas.allows_null(id));
    Some(TextConstraints { name, schema, form, allows_null, prefix })
}

/// Returns how values of a schema are written, or `None` if they may be objects or have several forms.
fn text_form(lower: &Lower<'_, '_>, id: SchemaId, style: Style) -> Option<TextForm> {
    // Delimiters and plus signs in values look like those between values.
    if style.allow_reserved {
        return None;
    }
    let parts = lower.schemas.parts(id);
    let is_list = |part: &SchemaPart<'_>| part.keywords.items.is_some() || part.keywords.ty == Some("array");
    if parts.iter().any(is_list) {
        // The items of a list that is composed of parts are not found in one place.
        let is_plain = lower.schemas.items(id).is_some_and(|items| is_scalar(lower, items.id));
        return match (style.kind, style.explode) {
            _ if !is_plain => None,
            (StyleKind::Form | StyleKind::Cookie | StyleKind::Matrix, true) => Some(TextForm::Repeated),
            (StyleKind::Form | StyleKind::Cookie | StyleKind::Matrix, false) => {
                Some(TextForm::Delimited(','))
            }
            // Exploded items in the style `label` can contain the period that separates them.
            (StyleKind::Label, false) | (StyleKind::Simple, _) => Some(TextForm::Delimited(',')),
            (StyleKind::PipeDelimited, false) => Some(TextForm::Delimited('|')),
            (StyleKind::SpaceDelimited, false) => Some(TextForm::Delimited(' ')),
            _ => None,
        };
    }
    let is_joined =
        matches!(style.kind, StyleKind::PipeDelimited | StyleKind::SpaceDelimited | StyleKind::DeepObject);
    (!is_joined && is_scalar(lower, id)).then_some(TextForm::Value)
}

/// Returns true if all values of a schema are strings, numbers or booleans.
pub(super) fn is_scalar(lower: &Lower<'_, '_>, id: SchemaId) -> bool {
    let is_plain = |part: &SchemaPart<'_>| {
        part.keywords.is_scalar() && part.keywords.items.is_none() && part.keywords.ty != Some("array")
    };
    let is_scalar = |parts: &[SchemaPart<'_>]| {
        parts.iter().any(is_plain) && parts.iter().all(|part| is_plain(part) || part.keywords.is_annotation())
    };
    let parts = lower.schemas.parts(id);
    match &parts[..] {
        [union] if !union.keywords.alternatives().is_empty() => {
            lower.schemas.alternative_ids(union).all(|id| is_scalar(lower.schemas.parts(id)))
        }
        parts => is_scalar(parts),
    }
}
