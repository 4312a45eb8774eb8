//! Required parts of a request whose absence the mock server can detect.

use crate::ir::{
    Access, Api, FieldKind, Location, Multipart, Parameter, Part, PartKind, Shape, Style, StyleKind, Type,
};

/// A required parameter whose absence is detectable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RequiredParameter<'a> {
    Query(&'a str),
    /// An object in the style `deepObject`: each property is a query parameter whose name starts with this one.
    DeepObjectQuery(&'a str),
    /// The whole query.
    QueryString(&'a str),
    Header(&'a str),
    Cookie(&'a str),
}

/// Checks of a part of a multipart body.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct PartCheck<'a> {
    pub(crate) name: &'a str,
    /// True if the part is required and its absence is detectable.
    pub(crate) required: bool,
    /// Allowed media types. Empty if any is allowed.
    pub(crate) media_types: Vec<&'a str>,
    /// Required headers.
    pub(crate) headers: Vec<&'a str>,
}

/// Returns the required parameters whose absence is detectable. Path parameters are not among them: a path
/// without one is a different path.
pub(crate) fn parameters<'a>(api: &Api, parameters: &'a [Parameter]) -> Vec<RequiredParameter<'a>> {
    let required = parameters.iter().filter(|it| it.required && !matches!(it.ty, Type::Nullable(_)));
    required.filter_map(|parameter| check_parameter(api, parameter)).collect()
}

fn check_parameter<'a>(api: &Api, parameter: &'a Parameter) -> Option<RequiredParameter<'a>> {
    let name = parameter.name.as_str();
    // The properties of an exploded object are separate parameters without the name of the object.
    let is_exploded = match parameter.style {
        None => matches!(parameter.location, Location::Query | Location::Cookie),
        Some(Style { kind: StyleKind::Form | StyleKind::Cookie, explode, .. }) => explode,
        Some(_) => false,
    };
    let is_detectable = !is_exploded || !may_be_object(api, &parameter.ty);
    let is_deep = parameter.style.is_some_and(|style| style.kind == StyleKind::DeepObject);
    match parameter.location {
        Location::Path => None,
        Location::Query if is_deep => Some(RequiredParameter::DeepObjectQuery(name)),
        Location::Query => is_detectable.then_some(RequiredParameter::Query(name)),
        // A form without properties is an empty query.
        Location::QueryString => {
            let is_form = parameter.style.is_some_and(|style| style.kind == StyleKind::Form);
            (!is_form).then_some(RequiredParameter::QueryString(name))
        }
        Location::Header => Some(RequiredParameter::Header(name)),
        Location::Cookie => is_detectable.then_some(RequiredParameter::Cookie(name)),
    }
}

fn may_be_object(api: &Api, ty: &Type) -> bool {
    match ty {
        Type::Named(id) => !matches!(api.type_def(*id).shape, Shape::Enum(_)),
        Type::Nullable(inner) => may_be_object(api, inner),
        Type::Map(_) | Type::Object | Type::Json | Type::Any => true,
        Type::Custom(custom) => !custom.is_scalar(),
        _ => false,
    }
}

/// Returns the required fields of a URL-encoded form whose absence is detectable. Lists are not among them,
/// because an empty one is not sent, nor are fields with a style, because exploded objects have no field of
/// that name.
pub(crate) fn fields<'a>(api: &'a Api, ty: &Type, styles: &[(String, Style)]) -> Vec<&'a str> {
    let Type::Named(id) = ty else { return Vec::new() };
    let Shape::Struct(it) = &api.type_def(*id).shape else { return Vec::new() };
    let is_detectable = |field: &&crate::ir::Field| {
        matches!(&field.kind, FieldKind::Required(ty) if !may_be_omitted(ty))
            && field.access != Access::ReadOnly
            && !styles.iter().any(|(name, _)| *name == field.name)
    };
    it.fields.iter().filter(is_detectable).map(|field| field.name.as_str()).collect()
}

/// Returns `true` if the type has a value for which nothing is sent.
fn may_be_omitted(ty: &Type) -> bool {
    match ty {
        Type::List(_) | Type::Nullable(_) => true,
        Type::Custom(custom) => !custom.is_scalar(),
        _ => false,
    }
}

/// Returns the checks of the parts of a multipart body. For a body with alternatives, returns what they have in
/// common.
pub(crate) fn parts(multipart: &Multipart) -> Vec<PartCheck<'_>> {
    let checks: Vec<PartCheck<'_>> = match multipart {
        Multipart::Parts(parts) => parts.iter().map(check_part).collect(),
        Multipart::Alternatives(forms) => {
            let mut forms = forms.iter().map(|form| form.parts.iter().map(check_part).collect());
            let first: Vec<PartCheck<'_>> = forms.next().unwrap_or_default();
            forms.fold(first, intersect)
        }
        Multipart::AnyParts(_) => Vec::new(),
    };
    let checks_anything =
        |it: &PartCheck<'_>| it.required || !it.media_types.is_empty() || !it.headers.is_empty();
    checks.into_iter().filter(checks_anything).collect()
}

fn check_part(part: &Part) -> PartCheck<'_> {
    // A value with a style may be sent as several parts with other names.
    let is_always_one_part = match &part.kind {
        PartKind::Text { ty, .. } => !may_be_omitted(ty),
        PartKind::Json { .. } | PartKind::TextOrFile => true,
        PartKind::Styled { .. } => false,
        PartKind::File { several, .. } => !several,
    };
    let headers = part.headers.iter().filter(|it| it.required && !may_be_omitted(&it.ty));
    PartCheck {
        name: &part.name,
        required: part.required && is_always_one_part,
        media_types: part.media_types.iter().map(String::as_str).collect(),
        headers: headers.map(|header| header.name.as_str()).collect(),
    }
}

/// Returns the checks that two forms have in common.
fn intersect<'a>(one: Vec<PartCheck<'a>>, other: Vec<PartCheck<'a>>) -> Vec<PartCheck<'a>> {
    let common = |checks: PartCheck<'a>| {
        let other_check = other.iter().find(|it| it.name == checks.name)?;
        let is_same = checks.media_types == other_check.media_types;
        let headers = checks.headers.into_iter().filter(|header| other_check.headers.contains(header));
        Some(PartCheck {
            name: checks.name,
            required: checks.required && other_check.required,
            headers: headers.collect(),
            media_types: if is_same { checks.media_types } else { Vec::new() },
        })
    };
    one.into_iter().filter_map(common).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ir::{Docs, MultipartForm};

    fn parameter(location: Location, ty: Type, style: Option<Style>) -> Parameter {
        let (field_styles, docs) = (Vec::new(), Docs::default());
        Parameter { name: "p".to_owned(), location, ty, style, field_styles, required: true, docs }
    }

    fn style(kind: StyleKind, explode: bool) -> Option<Style> {
        Some(Style { kind, explode, allow_reserved: false, allow_empty: false })
    }

    #[test]
    fn checks_parameters_whose_absence_is_detectable() {
        use Location::{Cookie, Header, Path, Query, QueryString};
        let nullable = Type::Nullable(Box::new(Type::String));
        for (location, ty, style, expected) in [
            (Query, Type::String, None, Some(RequiredParameter::Query("p"))),
            (Header, Type::Object, None, Some(RequiredParameter::Header("p"))),
            (Cookie, Type::String, None, Some(RequiredParameter::Cookie("p"))),
            (Path, Type::String, None, None),
            // Null is not sent.
            (Query, nullable, None, None),
            // Properties are separate parameters, unless they are joined or prefixed with the name.
            (Query, Type::Object, None, None),
            (Query, Type::Any, style(StyleKind::Form, true), None),
            (Query, Type::Object, style(StyleKind::Form, false), Some(RequiredParameter::Query("p"))),
            (
                Query,
                Type::Object,
                style(StyleKind::DeepObject, true),
                Some(RequiredParameter::DeepObjectQuery("p")),
            ),
            (Cookie, Type::Object, None, None),
            (Cookie, Type::Object, style(StyleKind::Cookie, true), None),
            (QueryString, Type::String, None, Some(RequiredParameter::QueryString("p"))),
            (
                QueryString,
                Type::Object,
                style(StyleKind::Json, false),
                Some(RequiredParameter::QueryString("p")),
            ),
            (QueryString, Type::Object, style(StyleKind::Form, false), None),
        ] {
            let all = [parameter(location, ty.clone(), style)];
            let found = parameters(&Api::default(), &all);
            assert_eq!(found, Vec::from_iter(expected), "{location:?} {ty:?} {style:?}");
        }
        let optional = Parameter { required: false, ..parameter(Query, Type::String, None) };
        assert_eq!(parameters(&Api::default(), &[optional]), []);
    }

    fn part(name: &str, kind: PartKind) -> Part {
        Part {
            name: name.to_owned(),
            docs: Docs::default(),
            required: true,
            kind,
            media_types: Vec::new(),
            headers: Vec::new(),
        }
    }

    fn text(ty: Type) -> PartKind {
        PartKind::Text { ty, media_type: None }
    }

    fn names_of_required<'a>(checks: &[PartCheck<'a>]) -> Vec<&'a str> {
        checks.iter().filter(|it| it.required).map(|it| it.name).collect()
    }

    #[test]
    fn checks_parts_that_are_always_sent() {
        let list = Type::List(Box::new(Type::String));
        let styled = PartKind::Styled { ty: Type::Object, style: style(StyleKind::Form, true).unwrap() };
        let form = Multipart::Parts(vec![
            part("text", text(Type::String)),
            part("texts", text(list)),
            part("file", PartKind::File { several: false, media_type: None }),
            part("files", PartKind::File { several: true, media_type: None }),
            part("styled", styled),
            Part { required: false, ..part("optional", text(Type::String)) },
        ]);
        assert_eq!(names_of_required(&parts(&form)), ["text", "file"]);
        assert_eq!(parts(&Multipart::AnyParts(Type::Object)), []);
    }

    #[test]
    fn alternatives_check_what_they_have_in_common() {
        let typed = |media_type: &str| Part {
            media_types: vec![media_type.to_owned()],
            headers: vec![parameter(Location::Header, Type::String, None)],
            ..part("typed", text(Type::String))
        };
        let form = |name: &str, parts| MultipartForm { name: name.to_owned(), docs: Docs::default(), parts };
        let kind = || part("kind", text(Type::String));
        let all = [
            form("a", vec![kind(), part("a", text(Type::String)), typed("text/csv")]),
            form("b", vec![kind(), part("b", text(Type::String)), typed("text/csv")]),
        ];
        let both = Multipart::Alternatives(all.to_vec());
        let checks = parts(&both);
        assert_eq!(names_of_required(&checks), ["kind", "typed"]);
        assert_eq!((&checks[1].media_types[..], &checks[1].headers[..]), (&["text/csv"][..], &["p"][..]));
        // If the media types differ, any is allowed.
        let differing = Multipart::Alternatives(vec![all[0].clone(), form("c", vec![typed("text/tsv")])]);
        assert_eq!(parts(&differing)[0].media_types, [""; 0]);
    }
}
