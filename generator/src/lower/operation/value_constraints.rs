//! The constraints on the values of an operation: its parameters, bodies and responses.
//!
//! A value that can be written in several ways, such as a list in a header, has no constraints.

use openapiv3::{MediaType, Operation as Written};

use super::media_type::{self, Family};
use crate::classify::SchemaPart;
use crate::diagnostics::Pointer;
use crate::document::SchemaId;
use crate::ir::{
    BodyConstraints, BodyContent, BodyKind, Location, Multipart, Operation, OperationConstraints, Parameter,
    PartKind, Reply, SchemaIndex, Style, StyleKind, TextConstraints, TextForm,
};
use crate::lower::context::Lower;

/// Returns the constraints of an operation that is written at `at`.
pub(super) fn of_operation<'a>(
    lower: &mut Lower<'a, '_>,
    operation: &Operation,
    reply: &Reply,
    written: &'a Written,
    at: &Pointer,
) -> OperationConstraints {
    let parameters = operation.parameters.iter();
    // Where several parameters share a segment of the path, their values are not certain.
    let is_certain =
        |it: &&Parameter| it.location != Location::Path || has_own_segment(&operation.path, &it.name);
    let parameters = parameters.filter(is_certain);
    let parameters = parameters.filter_map(|it| Some((it.location, of_parameter(lower, it)?))).collect();
    let mut bodies = Vec::new();
    if let Some(body) = &operation.body {
        let at = body.docs.pointer.child("content");
        for content in &body.contents {
            let Some(media_type) = &content.media_type else { continue };
            // JSON in place of any media type.
            let written = [media_type.as_str(), "*/*", "application/*"].into_iter().map(|it| at.child(it));
            let mut written = written.filter(|at| lower.schemas.find(&at.child("schema")).is_some());
            let Some(at) = written.next() else { continue };
            let of_body = of_body(lower, content, &at);
            bodies.extend(of_body.map(|of_body| (media_type.clone(), of_body)));
        }
    }
    OperationConstraints { parameters, bodies, responses: of_responses(lower, reply, written, at) }
}

/// Returns true if no other parameter is in the same segment of a path.
fn has_own_segment(path: &str, parameter: &str) -> bool {
    let placeholder = format!("{{{parameter}}}");
    path.split('/').any(|segment| segment.contains(&placeholder) && segment.matches('{').count() == 1)
}

fn of_parameter(lower: &mut Lower<'_, '_>, parameter: &Parameter) -> Option<TextConstraints> {
    let at = &parameter.docs.pointer;
    let is_form = match parameter.location {
        Location::Query => true,
        Location::Path | Location::Header => false,
        // A client can write a cookie in several ways, and the whole query has no name.
        Location::Cookie | Location::QueryString => return None,
    };
    let usual = if is_form { StyleKind::Form } else { StyleKind::Simple };
    let style = parameter.style.unwrap_or(Style { explode: is_form, ..Style::of(usual) });
    if style.kind == StyleKind::Json {
        return None;
    }
    text_constraints(lower, &parameter.name, &at.child("schema"), style)
}

fn of_body(lower: &mut Lower<'_, '_>, content: &BodyContent, at: &Pointer) -> Option<BodyConstraints> {
    let schema_at = at.child("schema");
    let fields: Vec<TextConstraints> = match &content.kind {
        BodyKind::Json(_) => return Some(BodyConstraints::Json(index_at(lower, &schema_at)?)),
        BodyKind::Form { styles, .. } => {
            let parts = lower.schemas.parts_at(&schema_at);
            let properties = parts.iter().flat_map(|part| {
                let at = part.at.child("properties");
                part.keywords.properties.keys().map(move |name| (name, at.child(name)))
            });
            let fields = properties.filter_map(|(name, at)| {
                let listed = styles.iter().find(|(it, _)| it == name).map(|(_, style)| *style);
                let style = listed.unwrap_or_else(|| usual_style(lower, &at));
                text_constraints(lower, name, &at, style)
            });
            fields.collect()
        }
        BodyKind::Multipart(Multipart::Parts(parts)) => {
            let fields = parts.iter().filter_map(|part| {
                let at = &part.docs.pointer;
                let style = match part.kind {
                    PartKind::Text { .. } => usual_style(lower, at),
                    PartKind::Json { .. } => Style::of(StyleKind::Json),
                    PartKind::Styled { .. } | PartKind::TextOrFile | PartKind::File { .. } => return None,
                };
                text_constraints(lower, &part.name, at, style)
            });
            fields.collect()
        }
        BodyKind::Multipart(_) | BodyKind::Text | BodyKind::Bytes => return None,
    };
    Some(BodyConstraints::Fields(fields))
}

/// Returns the style of a field or part without a style of its own: an object is JSON.
fn usual_style(lower: &Lower<'_, '_>, at: &Pointer) -> Style {
    let parts = lower.schemas.parts_at(at);
    let is_object = parts.iter().any(|part| part.keywords.is_object());
    match is_object && !parts.iter().any(|part| part.keywords.is_scalar()) {
        true => Style::of(StyleKind::Json),
        false => Style { explode: true, ..Style::of(StyleKind::Form) },
    }
}

/// Returns the constraints of the schema at a location, whose values have this style.
fn text_constraints(
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
    Some(TextConstraints { name: name.to_owned(), schema: lower.constrained.index(id), form })
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
            (StyleKind::Form, true) => Some(TextForm::Repeated),
            (StyleKind::Form, false) => Some(TextForm::Delimited(',')),
            (StyleKind::PipeDelimited, false) => Some(TextForm::Delimited('|')),
            (StyleKind::SpaceDelimited, false) => Some(TextForm::Delimited(' ')),
            _ => None,
        };
    }
    let is_text = matches!(style.kind, StyleKind::Form | StyleKind::Simple);
    (is_text && is_scalar(lower, id)).then_some(TextForm::Value)
}

/// Returns true if all values of a schema are strings, numbers or booleans.
fn is_scalar(lower: &Lower<'_, '_>, id: SchemaId) -> bool {
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

/// Returns the schemas of JSON responses, or of the items of streams, by status.
fn of_responses<'a>(
    lower: &mut Lower<'a, '_>,
    reply: &Reply,
    written: &'a Written,
    at: &Pointer,
) -> Vec<(String, Option<SchemaIndex>)> {
    let at = at.child("responses");
    let responses = &written.responses;
    let listed = responses.responses.iter().map(|(status, response)| (status.to_string(), response));
    let mut all = Vec::new();
    for (status, response) in listed.chain(responses.default.iter().map(|it| ("default".to_owned(), it))) {
        let Some((response, at)) = lower.document.response(response, &at.child(&status)) else { continue };
        let at = at.child("content");
        // As in `success`: JSON, if there is any.
        let mut contents: Vec<(&String, &MediaType)> = response.content.iter().collect();
        contents.sort_by_key(|(name, _)| !media_type::is_json(name));
        let mut contents = contents.into_iter();
        let schema = contents.find_map(|(name, content)| of_content(lower, name, content, &at.child(name)));
        all.push((status, schema));
    }
    // The mock server responds with a status for a range or the default.
    let success = reply.status.to_string();
    let class = format!("{}XX", reply.status / 100);
    let has_success = all.iter().any(|(status, _)| *status == success || *status == class);
    if let Some((_, schema)) = all.iter().find(|(status, _)| status == "default").filter(|_| !has_success) {
        all.push((success, *schema));
    }
    all
}

fn of_content(
    lower: &mut Lower<'_, '_>,
    name: &str,
    content: &MediaType,
    at: &Pointer,
) -> Option<SchemaIndex> {
    let family = media_type::family(name);
    if !matches!(family, Family::Json | Family::Any | Family::Events | Family::Lines)
        || content.schema.is_none()
    {
        return None;
    }
    let id = lower.schemas.find(&at.child("schema"))?;
    let is_stream = matches!(family, Family::Events | Family::Lines);
    let items = lower.schemas.items(id).filter(|_| is_stream);
    Some(lower.constrained.index(items.map_or(id, |items| items.id)))
}

fn index_at(lower: &mut Lower<'_, '_>, at: &Pointer) -> Option<SchemaIndex> {
    let id = lower.schemas.find(at)?;
    Some(lower.constrained.index(id))
}
