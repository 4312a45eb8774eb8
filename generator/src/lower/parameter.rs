//! Parameters of operations.

use openapiv3::{ParameterSchemaOrContent, PathItem, PathStyle, QueryStyle};

use super::Lower;
use super::boilerplate::without_boilerplate;
use super::deprecation::advice;
use super::media_type;
use super::schema::Site;
use crate::diagnostics::{Code, Pointer};
use crate::ir::{Docs, Location, Parameter, Shape, Style, StyleKind, Type};
use crate::rules::connection_header::is_connection_header;

impl<'a> Lower<'a, '_> {
    /// Lowers the parameters of an operation and its path. The operation overrides parameters of the path
    /// with the same name and location.
    ///
    /// Path parameters come first, in the order of the path.
    pub(super) fn lower_parameters(
        &mut self,
        path: &str,
        item: &'a PathItem,
        operation: &'a openapiv3::Operation,
        item_at: &Pointer,
        at: &Pointer,
        site: &dyn Fn(&str) -> Site,
    ) -> Vec<Parameter> {
        let declared = self.document.parameters(path, (item, item_at), (operation, at));
        let mut parameters: Vec<Parameter> = declared
            .into_iter()
            .filter_map(|(parameter, at)| self.lower_parameter(parameter, &at, site))
            .collect();
        parameters.sort_by_key(|parameter| match parameter.location {
            Location::Path => path.find(&format!("{{{}}}", parameter.name)).unwrap_or(path.len()),
            Location::Query | Location::Header | Location::Cookie => path.len() + 1,
        });
        parameters
    }

    fn lower_parameter(
        &mut self,
        parameter: &'a openapiv3::Parameter,
        at: &Pointer,
        site: &dyn Fn(&str) -> Site,
    ) -> Option<Parameter> {
        let location = match parameter {
            openapiv3::Parameter::Path { .. } => Location::Path,
            openapiv3::Parameter::Query { .. } => Location::Query,
            openapiv3::Parameter::Header { .. } => Location::Header,
            openapiv3::Parameter::Cookie { .. } => Location::Cookie,
        };
        let data = parameter.parameter_data_ref();
        // The client sets these headers itself (OpenAPI 3.0.3, section 4.7.12.1).
        let is_reserved = ["accept", "authorization", "content-type"].contains(&&*data.name.to_lowercase());
        if location == Location::Header && is_reserved {
            return None;
        }
        if location == Location::Header && is_connection_header(&data.name) {
            self.diagnostics.report(
                Code::ConnectionHeader,
                at,
                format!("header `{}` is set by the HTTP client, so the parameter is left out", data.name),
                "remove the parameter",
            );
            return None;
        }
        let (text, deprecated) =
            (self.text_of(data.description.as_ref(), &data.format), data.deprecated.unwrap_or_default());
        let text = without_boilerplate(text, &data.name);
        let advice = deprecated.then(|| advice(&data.extensions, text.as_deref())).flatten();
        let (ty, is_json) = self.lower_format(&data.format, at, site(&data.name));
        let required = data.required || location == Location::Path;
        // An optional parameter is left out instead of being null.
        let ty = if required { ty } else { ty.without_null() };
        let style = if is_json { Style::of(StyleKind::Json) } else { style(parameter) };
        Some(Parameter {
            name: data.name.clone(),
            location,
            style: self.notable(style, location, &ty),
            ty,
            required,
            docs: Docs {
                text,
                deprecated,
                advice,
                constraints: match &data.format {
                    ParameterSchemaOrContent::Schema(schema) => self.constraints_of(schema),
                    ParameterSchemaOrContent::Content(_) => Vec::new(),
                },
                example: example(data),
                pointer: at.clone(),
            },
        })
    }

    /// Returns the description of a parameter or a header, or else of its schema.
    pub(super) fn text_of(
        &self,
        description: Option<&String>,
        format: &ParameterSchemaOrContent,
    ) -> Option<String> {
        let of_schema = match format {
            ParameterSchemaOrContent::Schema(schema) => {
                schema.as_item().and_then(|schema| schema.schema_data.description.as_ref())
            }
            ParameterSchemaOrContent::Content(_) => None,
        };
        let text = description.or(of_schema)?;
        Some(text.trim().to_owned()).filter(|text| !text.is_empty())
    }

    /// Lowers a parameter or a header. Returns its type, and true if it is encoded as JSON.
    pub(super) fn lower_format(
        &mut self,
        format: &'a ParameterSchemaOrContent,
        at: &Pointer,
        site: Site,
    ) -> (Type, bool) {
        match format {
            // Text cannot express null: the caller leaves the value out.
            ParameterSchemaOrContent::Schema(schema) => {
                (self.lower_schema_or_reference(schema, &at.child("schema"), site).ty, false)
            }
            ParameterSchemaOrContent::Content(content) => match content.first() {
                Some((name, content)) if media_type::is_json(name) => {
                    (self.lower_media_type(content, &at.child("content").child(name), site), true)
                }
                _ => (Type::String, false),
            },
        }
    }

    /// Returns a style, unless it has the same effect as the default of its location.
    pub(super) fn notable(&self, style: Style, location: Location, ty: &Type) -> Option<Style> {
        let usual = match location {
            Location::Path | Location::Header => Style::of(StyleKind::Simple),
            Location::Query | Location::Cookie => Style { explode: true, ..Style::of(StyleKind::Form) },
        };
        let is_prefixed = matches!(style.kind, StyleKind::Label | StyleKind::Matrix | StyleKind::Json);
        if self.is_scalar(ty) && !is_prefixed {
            let of_scalar = Style { allow_reserved: style.allow_reserved, ..usual };
            return (of_scalar != usual).then_some(of_scalar);
        }
        (style != usual).then_some(style)
    }

    /// Returns true if values of a type are encoded alike in every style.
    pub(super) fn is_scalar(&self, ty: &Type) -> bool {
        match ty {
            Type::Named(id) => matches!(self.api.type_def(*id).shape, Shape::Enum(_)),
            Type::List(_)
            | Type::Tuple(_)
            | Type::Map(_)
            | Type::Object
            | Type::Json
            | Type::Any
            | Type::Nullable(_) => false,
            _ => true,
        }
    }
}

impl Style {
    /// Returns a style with all settings off.
    pub(super) fn of(kind: StyleKind) -> Self {
        Self { kind, explode: false, allow_reserved: false, allow_empty: false }
    }
}

/// Returns the style of a parameter. `explode` defaults to true for `form` only (OpenAPI 3.0.3, section
/// 4.7.12.2).
fn style(parameter: &openapiv3::Parameter) -> Style {
    let explode = parameter.parameter_data_ref().explode;
    match parameter {
        openapiv3::Parameter::Path { style, .. } => {
            let kind = match style {
                PathStyle::Simple => StyleKind::Simple,
                PathStyle::Label => StyleKind::Label,
                PathStyle::Matrix => StyleKind::Matrix,
            };
            Style { explode: explode.unwrap_or(false), ..Style::of(kind) }
        }
        openapiv3::Parameter::Header { .. } => {
            Style { explode: explode.unwrap_or(false), ..Style::of(StyleKind::Simple) }
        }
        openapiv3::Parameter::Cookie { .. } => query_style(&QueryStyle::Form, explode),
        openapiv3::Parameter::Query { style, allow_reserved, allow_empty_value, .. } => Style {
            allow_reserved: *allow_reserved,
            allow_empty: allow_empty_value.unwrap_or(false),
            ..query_style(style, explode)
        },
    }
}

pub(super) fn query_style(style: &QueryStyle, explode: Option<bool>) -> Style {
    let form = Style { explode: explode.unwrap_or(true), ..Style::of(StyleKind::Form) };
    match style {
        QueryStyle::Form => form,
        QueryStyle::DeepObject => Style::of(StyleKind::DeepObject),
        // Exploded items need no delimiter.
        _ if explode == Some(true) => form,
        QueryStyle::SpaceDelimited => Style::of(StyleKind::SpaceDelimited),
        QueryStyle::PipeDelimited => Style::of(StyleKind::PipeDelimited),
    }
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
