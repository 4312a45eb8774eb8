//! What of a request shows that it is missing: a server that knows the document can ask for that, and for nothing else.

use crate::ir::{
    Access, Api, FieldKind, Location, Multipart, Parameter, Part, PartKind, Shape, Style, StyleKind, Type,
};

/// A parameter that a request cannot do without, and that is seen to be missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Needed<'a> {
    Query(&'a str),
    /// An object in the query whose members have names of their own, after this one.
    Members(&'a str),
    Header(&'a str),
    Cookie(&'a str),
}

/// What is known of a part of a body.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Asked<'a> {
    pub(crate) name: &'a str,
    /// Whether the body cannot do without it, and is seen to.
    pub(crate) needed: bool,
    /// The media types that it may have; any, where there are none.
    pub(crate) media_types: Vec<&'a str>,
    /// The headers that it cannot do without.
    pub(crate) headers: Vec<&'a str>,
}

/// The parameters whose absence shows. A path without one of its parameters is another path.
pub(crate) fn parameters<'a>(api: &Api, parameters: &'a [Parameter]) -> Vec<Needed<'a>> {
    let needed = parameters.iter().filter(|it| it.required && !matches!(it.ty, Type::Nullable(_)));
    needed.filter_map(|parameter| of_parameter(api, parameter)).collect()
}

fn of_parameter<'a>(api: &Api, parameter: &'a Parameter) -> Option<Needed<'a>> {
    let name = parameter.name.as_str();
    // The members of an object stand for themselves, and nobody can tell whose they are.
    let is_apart = match parameter.style {
        None => matches!(parameter.location, Location::Query | Location::Cookie),
        Some(Style { kind: StyleKind::Form, explode, .. }) => explode,
        Some(_) => false,
    };
    let shows = !is_apart || !may_be_object(api, &parameter.ty);
    let is_deep = parameter.style.is_some_and(|style| style.kind == StyleKind::DeepObject);
    match parameter.location {
        Location::Path => None,
        Location::Query if is_deep => Some(Needed::Members(name)),
        Location::Query => shows.then_some(Needed::Query(name)),
        Location::Header => Some(Needed::Header(name)),
        Location::Cookie => shows.then_some(Needed::Cookie(name)),
    }
}

fn may_be_object(api: &Api, ty: &Type) -> bool {
    match ty {
        Type::Named(id) => !matches!(api.type_def(*id).shape, Shape::Enum(_)),
        Type::Nullable(inner) => may_be_object(api, inner),
        Type::Map(_) | Type::Object | Type::Json | Type::Any => true,
        _ => false,
    }
}

/// The fields of a form whose absence shows: an empty list is not sent, and in some styles members stand for themselves.
pub(crate) fn fields<'a>(api: &'a Api, ty: &Type, styles: &[(String, Style)]) -> Vec<&'a str> {
    let Type::Named(id) = ty else { return Vec::new() };
    let Shape::Struct(it) = &api.type_def(*id).shape else { return Vec::new() };
    let shows = |field: &&crate::ir::Field| {
        matches!(&field.kind, FieldKind::Required(ty) if !may_be_none(ty))
            && field.access != Access::ReadOnly
            && !styles.iter().any(|(name, _)| *name == field.name)
    };
    it.fields.iter().filter(shows).map(|field| field.name.as_str()).collect()
}

/// Whether nothing is sent for some value of a type.
fn may_be_none(ty: &Type) -> bool {
    matches!(ty, Type::List(_) | Type::Nullable(_))
}

/// The parts of which anything is known; of several forms, what holds in each.
pub(crate) fn parts(multipart: &Multipart) -> Vec<Asked<'_>> {
    let asked: Vec<Asked<'_>> = match multipart {
        Multipart::Parts(parts) => parts.iter().map(of_part).collect(),
        Multipart::OneOf(forms) => {
            let mut forms = forms.iter().map(|form| form.parts.iter().map(of_part).collect());
            let first: Vec<Asked<'_>> = forms.next().unwrap_or_default();
            forms.fold(first, in_both)
        }
        Multipart::Of(_) => Vec::new(),
    };
    let says_something = |it: &Asked<'_>| it.needed || !it.media_types.is_empty() || !it.headers.is_empty();
    asked.into_iter().filter(says_something).collect()
}

fn of_part(part: &Part) -> Asked<'_> {
    // In some styles members stand for themselves, and there is no part of the name.
    let is_one = match &part.kind {
        PartKind::Text { ty, .. } => !may_be_none(ty),
        PartKind::Json { .. } | PartKind::TextOrFile => true,
        PartKind::Styled { .. } => false,
        PartKind::File { several, .. } => !several,
    };
    let headers = part.headers.iter().filter(|it| it.required && !may_be_none(&it.ty));
    Asked {
        name: &part.name,
        needed: part.required && is_one,
        media_types: part.media_types.iter().map(String::as_str).collect(),
        headers: headers.map(|header| header.name.as_str()).collect(),
    }
}

/// What two forms have in common.
fn in_both<'a>(one: Vec<Asked<'a>>, other: Vec<Asked<'a>>) -> Vec<Asked<'a>> {
    let joint = |asked: Asked<'a>| {
        let of_other = other.iter().find(|it| it.name == asked.name)?;
        let is_same = asked.media_types == of_other.media_types;
        let headers = asked.headers.into_iter().filter(|header| of_other.headers.contains(header));
        Some(Asked {
            name: asked.name,
            needed: asked.needed && of_other.needed,
            headers: headers.collect(),
            media_types: if is_same { asked.media_types } else { Vec::new() },
        })
    };
    one.into_iter().filter_map(joint).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ir::{Docs, Form};

    fn parameter(location: Location, ty: Type, style: Option<Style>) -> Parameter {
        Parameter { name: "p".to_owned(), location, ty, style, required: true, docs: Docs::default() }
    }

    fn style(kind: StyleKind, explode: bool) -> Option<Style> {
        Some(Style { kind, explode, allow_reserved: false, allow_empty: false })
    }

    #[test]
    fn a_parameter_shows_its_absence_unless_nothing_bears_its_name() {
        use Location::{Cookie, Header, Path, Query};
        let nullable = Type::Nullable(Box::new(Type::String));
        for (location, ty, style, expected) in [
            (Query, Type::String, None, Some(Needed::Query("p"))),
            (Header, Type::Object, None, Some(Needed::Header("p"))),
            (Cookie, Type::String, None, Some(Needed::Cookie("p"))),
            (Path, Type::String, None, None),
            // It may be sent as nothing.
            (Query, nullable, None, None),
            // Its members stand for themselves, unless they are joined or bear its name.
            (Query, Type::Object, None, None),
            (Query, Type::Any, style(StyleKind::Form, true), None),
            (Query, Type::Object, style(StyleKind::Form, false), Some(Needed::Query("p"))),
            (Query, Type::Object, style(StyleKind::DeepObject, true), Some(Needed::Members("p"))),
            (Cookie, Type::Object, None, None),
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

    fn names_of<'a>(asked: &[Asked<'a>]) -> Vec<&'a str> {
        asked.iter().filter(|it| it.needed).map(|it| it.name).collect()
    }

    #[test]
    fn a_part_shows_its_absence_if_it_is_always_one() {
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
        assert_eq!(names_of(&parts(&form)), ["text", "file"]);
        assert_eq!(parts(&Multipart::Of(Type::Object)), []);
    }

    #[test]
    fn of_several_forms_counts_what_they_have_in_common() {
        let typed = |media_type: &str| Part {
            media_types: vec![media_type.to_owned()],
            headers: vec![parameter(Location::Header, Type::String, None)],
            ..part("typed", text(Type::String))
        };
        let form = |name: &str, parts| Form { name: name.to_owned(), docs: Docs::default(), parts };
        let kind = || part("kind", text(Type::String));
        let all = [
            form("a", vec![kind(), part("a", text(Type::String)), typed("text/csv")]),
            form("b", vec![kind(), part("b", text(Type::String)), typed("text/csv")]),
        ];
        let both = Multipart::OneOf(all.to_vec());
        let asked = parts(&both);
        assert_eq!(names_of(&asked), ["kind", "typed"]);
        assert_eq!((&asked[1].media_types[..], &asked[1].headers[..]), (&["text/csv"][..], &["p"][..]));
        // Where they differ, either will do.
        let differing = Multipart::OneOf(vec![all[0].clone(), form("c", vec![typed("text/tsv")])]);
        assert_eq!(parts(&differing)[0].media_types, [""; 0]);
    }
}
