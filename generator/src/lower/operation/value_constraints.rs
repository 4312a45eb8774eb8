//! The constraints on the values of an operation: its parameters, bodies and responses.
//!
//! A value that can be written in several ways, such as an exploded list in the style `label`, has no constraints.

use openapiv3::{MediaType, Operation as Written, ParameterSchemaOrContent};

use super::media_type::{self, Family};
use super::object_constraints;
use super::text_form::{text_constraints, usual_style};
use crate::diagnostics::Pointer;
use crate::ir::{
    BodyConstraints, BodyContent, BodyKind, Location, Multipart, Operation, OperationConstraints, Parameter,
    PartKind, Reply, SchemaIndex, Style, StyleKind, TextConstraints,
};
use crate::lower::context::Lower;

/// An operation as the document has it.
pub(super) struct WrittenOperation<'a> {
    pub(super) operation: &'a Written,
    pub(super) at: Pointer,
    /// The parameters of the operation and its path, with their locations.
    pub(super) parameters: Vec<(&'a openapiv3::Parameter, Pointer)>,
}

/// Returns the constraints of an operation.
pub(super) fn of_operation<'a>(
    lower: &mut Lower<'a, '_>,
    operation: &Operation,
    reply: &Reply,
    written: &WrittenOperation<'a>,
) -> OperationConstraints {
    let mut constraints = OperationConstraints::default();
    for parameter in &operation.parameters {
        let location = parameter.location;
        if let Some(constrained) = object_constraints::of_parameter(lower, operation, parameter) {
            let (properties, object) = constrained;
            constraints.parameters.extend(properties.into_iter().map(|property| (location, property)));
            constraints.objects.extend(object);
        } else if let Some(schema_at) = schema_of_parameter(parameter, written) {
            let constrained = of_parameter(lower, operation, parameter, &schema_at);
            constraints.parameters.extend(constrained.map(|constrained| (location, constrained)));
        }
    }
    if let Some(body) = &operation.body {
        let at = body.docs.pointer.child("content");
        for content in &body.contents {
            let Some(media_type) = &content.media_type else { continue };
            // JSON in place of any media type.
            let written = [media_type.as_str(), "*/*", "application/*"].into_iter().map(|it| at.child(it));
            let mut written = written.filter(|at| lower.schemas.find(&at.child("schema")).is_some());
            let Some(at) = written.next() else { continue };
            let of_body = of_body(lower, content, &at);
            constraints.bodies.extend(of_body.map(|of_body| (media_type.clone(), of_body)));
        }
    }
    constraints.responses = of_responses(lower, reply, written.operation, &written.at);
    constraints
}

/// Returns the location of the schema of a parameter: of its JSON content, if it has any.
fn schema_of_parameter(parameter: &Parameter, written: &WrittenOperation<'_>) -> Option<Pointer> {
    let at = &parameter.docs.pointer;
    if parameter.style.is_none_or(|style| style.kind != StyleKind::Json) {
        return Some(at.child("schema"));
    }
    let (parameter, at) = written.parameters.iter().find(|(_, written_at)| written_at == at)?;
    match &parameter.parameter_data_ref().format {
        ParameterSchemaOrContent::Content(content) => {
            content.keys().next().map(|name| at.child("content").child(name).child("schema"))
        }
        ParameterSchemaOrContent::Schema(_) => None,
    }
}

fn of_parameter(
    lower: &mut Lower<'_, '_>,
    operation: &Operation,
    parameter: &Parameter,
    schema_at: &Pointer,
) -> Option<TextConstraints> {
    let usual = match parameter.location {
        Location::Query | Location::Cookie => Style { explode: true, ..Style::of(StyleKind::Form) },
        Location::Path | Location::Header => Style::of(StyleKind::Simple),
        // The whole query has no name.
        Location::QueryString => return None,
    };
    let style = parameter.style.unwrap_or(usual);
    let constraints = text_constraints(lower, &parameter.name, schema_at, style)?;
    let is_certain = match parameter.location {
        Location::Path if constraints.is_one_text() => has_own_segment(&operation.path, &parameter.name),
        // A delimiter is only certain in the text as it was sent.
        Location::Path => is_segment(&operation.path, &parameter.name),
        _ => true,
    };
    is_certain.then_some(constraints)
}

/// Returns true if a segment of a path has a parameter, and no other one.
fn has_own_segment(path: &str, name: &str) -> bool {
    let placeholder = format!("{{{name}}}");
    path.split('/').any(|segment| segment.contains(&placeholder) && segment.matches('{').count() == 1)
}

/// Returns true if a parameter is a whole segment of a path.
fn is_segment(path: &str, name: &str) -> bool {
    let placeholder = format!("{{{name}}}");
    path.split('/').any(|segment| segment == placeholder)
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
