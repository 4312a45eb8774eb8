//! Parameters of operations.

use openapiv3::{ParameterSchemaOrContent, PathItem, PathStyle, QueryStyle};

use super::Lower;
use super::comments::beyond_name;
use super::deprecation::advice;
use super::media_type;
use super::schema::Site;
use crate::diagnostics::{Code, Pointer};
use crate::ir::{Docs, Location, Parameter, Shape, Style, StyleKind, Type};

/// What frames a request or belongs to the connection ([RFC 9110](https://www.rfc-editor.org/rfc/rfc9110), sections 7.2,
/// 7.6.1 and 8.6; [RFC 9112](https://www.rfc-editor.org/rfc/rfc9112), section 6.1).
const OF_CONNECTION: [&str; 10] = [
    "connection",
    "content-length",
    "host",
    "keep-alive",
    "proxy-authorization",
    "proxy-connection",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
];

impl<'a> Lower<'a, '_> {
    /// The parameters of an operation: those of its path, unless it has one of the same name and place itself.
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
        // OpenAPI 3.0.3, section 4.7.12.1: the client itself decides these.
        let is_reserved = ["accept", "authorization", "content-type"].contains(&&*data.name.to_lowercase());
        if location == Location::Header && is_reserved {
            return None;
        }
        if location == Location::Header && OF_CONNECTION.contains(&&*data.name.to_lowercase()) {
            self.diagnostics.report(
                Code::ConnectionHeader,
                at,
                format!("The header `{}` is set by whoever sends the request.", data.name),
                "Remove the parameter. The client sends what is right.",
            );
            return None;
        }
        let (text, deprecated) =
            (self.text_of(data.description.as_ref(), &data.format), data.deprecated.unwrap_or_default());
        let text = beyond_name(text, &data.name);
        let advice = deprecated.then(|| advice(&data.extensions, text.as_deref())).flatten();
        let (ty, is_json) = self.lower_format(&data.format, at, site(&data.name));
        let required = data.required || location == Location::Path;
        // What is not required says null by its absence.
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
                expectations: match &data.format {
                    ParameterSchemaOrContent::Schema(schema) => self.expectations_of(schema),
                    ParameterSchemaOrContent::Content(_) => Vec::new(),
                },
                example: None,
                pointer: at.clone(),
            },
        })
    }

    /// What the document says of a parameter or a header, or else of its schema.
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

    /// The type of a parameter or a header, and whether it travels in JSON.
    pub(super) fn lower_format(
        &mut self,
        format: &'a ParameterSchemaOrContent,
        at: &Pointer,
        site: Site,
    ) -> (Type, bool) {
        match format {
            // In text there is no null: who would send it leaves the value out.
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

    /// A style, unless it is what a place does with such a value anyhow.
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

    /// Whether a value has one spelling in every style.
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
    /// A style without any of its settings.
    pub(super) fn of(kind: StyleKind) -> Self {
        Self { kind, explode: false, allow_reserved: false, allow_empty: false }
    }
}

/// How a parameter is spelled. OpenAPI 3.0.3, section 4.7.12.2: `explode` is the default of `form` only.
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
        // With every item apart there is nothing left to delimit.
        _ if explode == Some(true) => form,
        QueryStyle::SpaceDelimited => Style::of(StyleKind::SpaceDelimited),
        QueryStyle::PipeDelimited => Style::of(StyleKind::PipeDelimited),
    }
}

#[cfg(test)]
mod tests {
    use super::OF_CONNECTION;

    #[test]
    fn the_client_refuses_the_headers_that_are_no_parameters() {
        let runtime = include_str!("../../runtime/src/header.rs");
        let (_, list) = runtime.split_once("const OF_CONNECTION").expect("it has a list");
        let (_, list) = list.split_once("= [").expect("the list begins");
        let (list, _) = list.split_once(']').expect("the list ends");
        let refused: Vec<&str> = list.split('"').skip(1).step_by(2).collect();
        assert_eq!(refused, OF_CONNECTION);
    }
}
