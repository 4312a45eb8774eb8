//! Parameters of operations.

use std::collections::HashMap;

use openapiv3::{ParameterData, ParameterSchemaOrContent, ReferenceOr};

use super::content::lower_media_type;
use super::encoding::styles_of_fields;
use super::format::{lower_format, text_of};
use super::media_type::{self, Family};
use super::style::{notable, style_of_parameter};
use crate::classify;
use crate::classify::advice;
use crate::classify::without_boilerplate;
use crate::diagnostics::{Code, Pointer};
use crate::document::{PathItem, is_query_string};
use crate::ir::{Docs, Location, Parameter, Style, StyleKind, Type};
use crate::lower::context::Lower;
use crate::lower::schema::Site;
use crate::rules::connection_header::is_connection_header;

/// Lowers the parameters of an operation and its path. The operation overrides parameters of the path
/// with the same name and location.
///
/// Path parameters come first, in the order of the path.
pub(super) fn lower_parameters<'a>(
    lower: &mut Lower<'a, '_>,
    path: &str,
    item: (&'a PathItem, &Pointer),
    operation: (&'a openapiv3::Operation, &Pointer),
    site: &dyn Fn(&str) -> Site,
) -> Vec<Parameter> {
    let declared = lower.document.parameters(path, item, operation);
    let mut parameters: Vec<Parameter> = declared
        .into_iter()
        .filter_map(|(parameter, at)| lower_parameter(lower, parameter, &at, site))
        .collect();
    let positions = positions(path);
    parameters.sort_by_key(|parameter| match parameter.location {
        Location::Path => positions.get(parameter.name.as_str()).copied().unwrap_or(path.len()),
        Location::Query | Location::QueryString | Location::Header | Location::Cookie => path.len() + 1,
    });
    parameters
}

fn lower_parameter<'a>(
    lower: &mut Lower<'a, '_>,
    parameter: &'a openapiv3::Parameter,
    at: &Pointer,
    site: &dyn Fn(&str) -> Site,
) -> Option<Parameter> {
    let data = parameter.parameter_data_ref();
    let location = match parameter {
        openapiv3::Parameter::Query { .. } if is_query_string(data) => Location::QueryString,
        openapiv3::Parameter::Query { .. } => Location::Query,
        openapiv3::Parameter::Path { .. } => Location::Path,
        openapiv3::Parameter::Header { .. } => Location::Header,
        openapiv3::Parameter::Cookie { .. } => Location::Cookie,
    };
    // The client sets these headers itself (OpenAPI 3.0.3, section 4.7.12.1).
    let is_reserved = ["accept", "authorization", "content-type"].contains(&&*data.name.to_lowercase());
    if location == Location::Header && is_reserved {
        return None;
    }
    if location == Location::Header && is_connection_header(&data.name) {
        lower.diagnostics.report(
            Code::ConnectionHeader,
            at,
            format!("header `{}` is set by the HTTP client, so the parameter is left out", data.name),
            "remove the parameter",
        );
        return None;
    }
    let (text, deprecated) =
        (text_of(data.description.as_ref(), &data.format), data.deprecated.unwrap_or_default());
    let text = without_boilerplate(text, &data.name);
    let advice = deprecated.then(|| advice(&data.extensions, text.as_deref())).flatten();
    let required = data.required || location == Location::Path;
    // An optional parameter is left out instead of being null.
    let of_parameter = |ty: Type| if required { ty } else { ty.without_null() };
    let (ty, style, field_styles) = if location == Location::QueryString {
        let (ty, style, field_styles) = lower_query_string(lower, data, at, site(&data.name));
        (of_parameter(ty), style, field_styles)
    } else {
        let (ty, is_json) = match location {
            Location::Path if is_text(lower, data, at) => (Type::String, false),
            _ => lower_format(lower, &data.format, at, site(&data.name)),
        };
        let ty = of_parameter(ty);
        let style = if is_json { Style::of(StyleKind::Json) } else { style_of_parameter(parameter) };
        let style = notable(&lower.types, style, location, &ty);
        (ty, style, Vec::new())
    };
    let target = match &data.format {
        ParameterSchemaOrContent::Schema(ReferenceOr::Reference { reference }) => {
            lower.schemas.resolve(reference).map(|id| lower.schemas.at(id).clone())
        }
        _ => None,
    };
    Some(Parameter {
        name: data.name.clone(),
        location,
        ty,
        style,
        field_styles,
        required,
        docs: Docs {
            text,
            deprecated,
            advice,
            constraints: match &data.format {
                ParameterSchemaOrContent::Schema(schema) => classify::constraints_of(lower.schemas, schema),
                ParameterSchemaOrContent::Content(_) => Vec::new(),
            },
            example: example(data),
            pointer: at.clone(),
            target,
        },
    })
}

/// Returns true if a parameter is text, and the schema gives it no type that says more.
fn is_text(lower: &Lower<'_, '_>, data: &openapiv3::ParameterData, at: &Pointer) -> bool {
    let schema = match &data.format {
        ParameterSchemaOrContent::Schema(_) => lower.schemas.find(&at.child("schema")),
        ParameterSchemaOrContent::Content(_) => None,
    };
    schema.is_some_and(|schema| classify::is_any_text(lower.schemas, schema))
}

/// Lowers a query string: a form, JSON, or text of any other media type. Returns its type, its style, and the styles of
/// the properties of a form.
fn lower_query_string<'a>(
    lower: &mut Lower<'a, '_>,
    data: &'a ParameterData,
    at: &Pointer,
    site: Site,
) -> (Type, Option<Style>, Vec<(String, Style)>) {
    let content = match &data.format {
        ParameterSchemaOrContent::Content(content) => content.first(),
        ParameterSchemaOrContent::Schema(_) => None,
    };
    let Some((name, content)) = content else { return (Type::String, None, Vec::new()) };
    let at = at.child("content").child(name);
    match media_type::family(name) {
        Family::Json => {
            let ty = lower_media_type(lower, content, &at, site);
            (ty, Some(Style::of(StyleKind::Json)), Vec::new())
        }
        Family::Form => {
            let ty = lower_media_type(lower, content, &at, site).without_null();
            let styles = styles_of_fields(lower, content, &at);
            (ty, Some(Style::of(StyleKind::Form)), styles)
        }
        _ => (Type::String, None, Vec::new()),
    }
}

/// Returns the position in a path at which each of its parameters first occurs.
fn positions(path: &str) -> HashMap<&str, usize> {
    let mut positions = HashMap::new();
    let mut rest = path;
    while let Some((name, behind)) = rest.split_once('{').and_then(|(_, rest)| rest.split_once('}')) {
        let braces = path.len() - behind.len() - name.len() - 2;
        positions.entry(name).or_insert(braces);
        rest = behind;
    }
    positions
}

/// Returns the example of a parameter or of its inline schema.
fn example(data: &openapiv3::ParameterData) -> Option<serde_json::Value> {
    let of_schema = || match &data.format {
        ParameterSchemaOrContent::Schema(openapiv3::ReferenceOr::Item(schema)) => {
            schema.schema_data.example.clone()
        }
        _ => None,
    };
    data.example.clone().or_else(of_schema)
}
