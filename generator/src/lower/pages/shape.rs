//! What an operation answers and can be asked for, as far as that matters to its pages.

use crate::ir::{
    self, Api, Ask, BodyKind, Content, Expectation, Integer, Location, Member, Operation, Success, Type,
    TypeId,
};

/// Objects in which answers put what concerns the page rather than what is listed.
const CONTAINERS: [&str; 16] = [
    "pagination",
    "paging",
    "page",
    "pageinfo",
    "pagemetadata",
    "meta",
    "metadata",
    "responsemetadata",
    "links",
    "next",
    "nextpage",
    "cursor",
    "cursors",
    "data",
    "result",
    "response",
];

/// How deep these may stand in one another: `_links.next.href`.
const DEPTH: usize = 2;

/// What an operation answers and can be asked for.
pub(super) struct Shape<'a> {
    pub(super) api: &'a Api,
    pub(super) operation: &'a Operation,
    /// The answer.
    pub(super) answer: &'a Type,
    /// The members that can be about the page, those further out first.
    pub(super) members: Vec<Place<'a>>,
    pub(super) asks: Vec<Asked<'a>>,
}

/// A member of the answer.
pub(super) struct Place<'a> {
    /// Where it stands: wire names, from the outside in.
    pub(super) path: Vec<&'a str>,
    /// The last of them, as it is compared.
    pub(super) name: String,
    /// The object that it stands in, as it is compared; empty for the answer itself.
    pub(super) within: String,
    pub(super) kind: Kind,
}

/// A parameter of the query, or a member of the body.
pub(super) struct Asked<'a> {
    pub(super) ask: Ask,
    /// Its name, as it is compared.
    pub(super) name: String,
    pub(super) kind: Kind,
    /// What is expected of it.
    pub(super) expectations: &'a [Expectation],
}

/// What a value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    Integer,
    Truth,
    /// Something that may be a text or a number.
    Open,
    Other,
}

impl<'a> Shape<'a> {
    /// None where the answer is not one thing in JSON.
    pub(super) fn of(api: &'a Api, operation: &'a Operation) -> Option<Self> {
        let Success::Always(Content::Json(answer)) = &operation.success else { return None };
        let mut members = Vec::new();
        if let Some(id) = struct_of(api, answer) {
            gather(api, id, &[], &mut members);
        }
        // Those further out say more about the answer as a whole.
        members.sort_by_key(|member| member.path.len());
        let asks = match operation.method {
            "GET" | "POST" => asks(api, operation),
            _ => Vec::new(),
        };
        Some(Self { api, operation, answer, members, asks })
    }

    /// The member at a path that somebody wrote down; of a list it goes on in the items.
    pub(super) fn member(&self, path: &str) -> Option<Vec<String>> {
        let mut ty = self.answer;
        let mut names = Vec::new();
        for name in path.split('.') {
            let (_, found) = field(self.api, of_each(ty), name)?;
            ty = found;
            names.push(name.to_owned());
        }
        Some(names)
    }

    /// What is asked for by a name that somebody wrote down.
    pub(super) fn ask(&self, name: &str) -> Option<&Asked<'a>> {
        self.asks.iter().find(|asked| match &asked.ask {
            Ask::Query(known) | Ask::Body(known) => known == name,
        })
    }
}

/// What a list holds, or the type itself.
fn of_each(ty: &Type) -> &Type {
    match ty {
        Type::List(items) => items,
        ty => ty,
    }
}

/// A field of what a type is, and what it holds.
pub(super) fn field<'a>(api: &'a Api, ty: &Type, name: &str) -> Option<(Member, &'a Type)> {
    let of = struct_of(api, ty)?;
    let fields = fields(api, of);
    let (field, ty) = fields.into_iter().find(|(_, known, _)| *known == name).map(|(at, _, ty)| (at, ty))?;
    Some((Member { of, field }, ty))
}

/// The fields of a struct that hold one thing: their positions, their wire names and types.
pub(super) fn fields(api: &Api, id: TypeId) -> Vec<(usize, &str, &Type)> {
    let ir::Shape::Struct(it) = &api.type_def(id).shape else { return Vec::new() };
    let fields = it.fields.iter().enumerate();
    fields.filter_map(|(at, field)| Some((at, field.name.as_str(), field.kind.ty()?))).collect()
}

/// The struct that a type is.
pub(super) fn struct_of(api: &Api, ty: &Type) -> Option<TypeId> {
    match ty {
        Type::Named(id) if matches!(api.type_def(*id).shape, ir::Shape::Struct(_)) => Some(*id),
        Type::Nullable(inner) => struct_of(api, inner),
        _ => None,
    }
}

/// A name as it is compared: `next_page_token` and `nextPageToken` are the same.
pub(super) fn plain(name: &str) -> String {
    name.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect()
}

fn gather<'a>(api: &'a Api, id: TypeId, within: &[&'a str], members: &mut Vec<Place<'a>>) {
    for (_, name, ty) in fields(api, id) {
        let path = [within, &[name]].concat();
        let within_name = within.last().map(|name| plain(name)).unwrap_or_default();
        let name = plain(name);
        match struct_of(api, ty) {
            Some(inner) if within.len() < DEPTH && CONTAINERS.contains(&name.as_str()) => {
                gather(api, inner, &path, members);
            }
            _ => members.push(Place { kind: kind(api, ty), path, name, within: within_name }),
        }
    }
}

fn asks<'a>(api: &'a Api, operation: &'a Operation) -> Vec<Asked<'a>> {
    let parameters = operation.parameters.iter().filter(|parameter| parameter.location == Location::Query);
    let mut asks: Vec<Asked<'a>> = parameters
        .map(|parameter| Asked {
            ask: Ask::Query(parameter.name.clone()),
            name: plain(&parameter.name),
            kind: kind(api, &parameter.ty),
            expectations: &parameter.docs.expectations,
        })
        .collect();
    let contents = operation.body.iter().flat_map(|body| &body.contents);
    // The pages have the form of the body that is sent, so there has to be only one.
    let mut contents = contents.map(|content| &content.kind);
    if let (Some(BodyKind::Json(ty)), None) = (contents.next(), contents.next()) {
        if let Some(ir::Shape::Struct(it)) = struct_of(api, ty).map(|id| &api.type_def(id).shape) {
            asks.extend(it.fields.iter().filter_map(|field| {
                Some(Asked {
                    ask: Ask::Body(field.name.clone()),
                    name: plain(&field.name),
                    kind: kind(api, field.kind.ty()?),
                    expectations: &field.docs.expectations,
                })
            }));
        }
    }
    asks
}

/// What a value of a type is.
pub(super) fn kind(api: &Api, ty: &Type) -> Kind {
    match ty {
        Type::String | Type::Uuid | Type::DateTime | Type::Timestamp | Type::Bytes { .. } => Kind::Text,
        Type::Integer { width: Integer::I8 | Integer::U8, .. } => Kind::Other,
        Type::Integer { .. } | Type::Float { .. } => Kind::Integer,
        Type::Bool => Kind::Truth,
        Type::Json => Kind::Open,
        Type::Nullable(inner) => kind(api, inner),
        Type::Named(id) => match &api.type_def(*id).shape {
            ir::Shape::Union(_) => Kind::Open,
            _ => Kind::Other,
        },
        _ => Kind::Other,
    }
}
