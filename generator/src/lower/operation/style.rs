//! Styles: how values of parameters and fields of forms are written as text.

use openapiv3::{PathStyle, QueryStyle};

use crate::document::{allows_reserved, has_cookie_style};
use crate::ir::{Location, Shape, Style, StyleKind, Type};
use crate::lower::schema::Types;

/// Returns a style, unless it has the same effect as the default of its location.
pub(super) fn notable(types: &Types<'_>, style: Style, location: Location, ty: &Type) -> Option<Style> {
    let usual = match location {
        Location::Path | Location::Header => Style::of(StyleKind::Simple),
        Location::Query | Location::QueryString | Location::Cookie => {
            Style { explode: true, ..Style::of(StyleKind::Form) }
        }
    };
    let is_prefixed =
        matches!(style.kind, StyleKind::Label | StyleKind::Matrix | StyleKind::Cookie | StyleKind::Json);
    if is_scalar(types, ty) && !is_prefixed {
        let of_scalar = Style { allow_reserved: style.allow_reserved, ..usual };
        return (of_scalar != usual).then_some(of_scalar);
    }
    (style != usual).then_some(style)
}

/// Returns true if values of a type are encoded alike in every style.
pub(super) fn is_scalar(types: &Types<'_>, ty: &Type) -> bool {
    match ty {
        Type::Custom(custom) => custom.is_scalar(),
        Type::Named(id) => matches!(types.type_def(*id).shape, Shape::Enum(_)),
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

impl Style {
    /// Returns a style with all settings off.
    pub(super) fn of(kind: StyleKind) -> Self {
        Self { kind, explode: false, allow_reserved: false, allow_empty: false }
    }
}

/// Returns the style of a parameter. `explode` defaults to true for `form` only (OpenAPI 3.0.3, section
/// 4.7.12.2).
pub(super) fn style_of_parameter(parameter: &openapiv3::Parameter) -> Style {
    let data = parameter.parameter_data_ref();
    let (explode, allow_reserved) = (data.explode, allows_reserved(data));
    match parameter {
        openapiv3::Parameter::Path { style, .. } => {
            let kind = match style {
                PathStyle::Simple => StyleKind::Simple,
                PathStyle::Label => StyleKind::Label,
                PathStyle::Matrix => StyleKind::Matrix,
            };
            Style { explode: explode.unwrap_or(false), allow_reserved, ..Style::of(kind) }
        }
        openapiv3::Parameter::Header { .. } => {
            Style { explode: explode.unwrap_or(false), ..Style::of(StyleKind::Simple) }
        }
        openapiv3::Parameter::Cookie { .. } if has_cookie_style(data) => {
            Style { explode: explode.unwrap_or(true), ..Style::of(StyleKind::Cookie) }
        }
        openapiv3::Parameter::Cookie { .. } => {
            Style { allow_reserved, ..query_style(&QueryStyle::Form, explode) }
        }
        openapiv3::Parameter::Query { style, allow_reserved, allow_empty_value, .. } => Style {
            allow_reserved: *allow_reserved,
            allow_empty: allow_empty_value.unwrap_or(false),
            ..query_style(style, explode)
        },
    }
}

/// Returns the style of a query parameter or a field of a form.
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
