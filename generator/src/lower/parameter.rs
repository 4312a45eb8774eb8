//! Parameters of operations.

use openapiv3::{ParameterData, ParameterSchemaOrContent, PathItem, QueryStyle};

use super::Lower;
use super::schema::Site;
use crate::diagnostics::{Code, Pointer};
use crate::ir::{Docs, Location, Parameter, Shape, Type};

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
            Location::Query | Location::Header => path.len() + 1,
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
            openapiv3::Parameter::Cookie { .. } => {
                self.diagnostics.report(
                    Code::UnsupportedParameter,
                    at,
                    "A parameter in a cookie cannot be set.",
                    "Offer the parameter in the query or a header.",
                );
                return None;
            }
        };
        let data = parameter.parameter_data_ref();
        // OpenAPI 3.0.3, section 4.7.12.1: the client itself decides these.
        let is_reserved = ["accept", "authorization", "content-type"].contains(&&*data.name.to_lowercase());
        if location == Location::Header && is_reserved {
            return None;
        }
        let ty = self.lower_parameter_type(data, location, at, site(&data.name));
        Some(Parameter {
            name: data.name.clone(),
            location,
            ty,
            separator: separator(parameter),
            required: data.required || location == Location::Path,
            docs: Docs {
                text: self.parameter_text(data),
                deprecated: data.deprecated.unwrap_or_default(),
                expectations: match &data.format {
                    ParameterSchemaOrContent::Schema(schema) => self.expectations_of(schema),
                    ParameterSchemaOrContent::Content(_) => Vec::new(),
                },
                pointer: at.clone(),
            },
        })
    }

    /// What the document says of a parameter, or else of its schema.
    fn parameter_text(&self, data: &ParameterData) -> Option<String> {
        let of_schema = match &data.format {
            ParameterSchemaOrContent::Schema(schema) => {
                schema.as_item().and_then(|schema| schema.schema_data.description.as_ref())
            }
            ParameterSchemaOrContent::Content(_) => None,
        };
        let text = data.description.as_ref().or(of_schema)?;
        Some(text.trim().to_owned()).filter(|text| !text.is_empty())
    }

    /// A type that can be written into a URL or a header: a scalar, or in the query a list of them.
    fn lower_parameter_type(
        &mut self,
        data: &'a ParameterData,
        location: Location,
        at: &Pointer,
        site: Site,
    ) -> Type {
        let ty = match &data.format {
            ParameterSchemaOrContent::Schema(schema) => {
                self.lower_schema_or_reference(schema, &at.child("schema"), site).ty
            }
            ParameterSchemaOrContent::Content(_) => Type::Json,
        };
        let fits = match &ty {
            Type::List(inner) => location == Location::Query && self.is_scalar(inner),
            ty => self.is_scalar(ty),
        };
        if fits {
            return ty;
        }
        self.diagnostics.report(
            Code::UnsupportedParameter,
            at,
            format!("The parameter `{}` is passed as text, because it is no scalar.", data.name),
            "Write its value as the server expects it.",
        );
        Type::String
    }

    fn is_scalar(&self, ty: &Type) -> bool {
        match ty {
            Type::Named(id) => matches!(self.api.type_def(*id).shape, Shape::Enum(_)),
            Type::String
            | Type::Bool
            | Type::Integer { .. }
            | Type::Float { .. }
            | Type::DateTime
            | Type::Timestamp
            | Type::Date
            | Type::Uuid => true,
            Type::Duration
            | Type::Bytes
            | Type::List(_)
            | Type::Map(_)
            | Type::Object
            | Type::Json
            | Type::Any
            | Type::Nullable(_) => false,
        }
    }
}

/// What stands between the items of a list in the query; none where each is a parameter of its own.
fn separator(parameter: &openapiv3::Parameter) -> Option<&'static str> {
    let openapiv3::Parameter::Query { parameter_data, style, .. } = parameter else { return None };
    // OpenAPI 3.0.3, section 4.7.12.2: `explode` is the default of `form` only.
    match (style, parameter_data.explode) {
        (QueryStyle::Form, None | Some(true)) | (_, Some(true)) => None,
        (QueryStyle::SpaceDelimited, _) => Some("%20"),
        (QueryStyle::PipeDelimited, _) => Some("|"),
        (QueryStyle::Form | QueryStyle::DeepObject, _) => Some(","),
    }
}
