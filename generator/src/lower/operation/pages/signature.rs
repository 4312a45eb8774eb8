//! The parts of an operation that matter for pagination.

use crate::ir::{
    self, Api, BodyKind, Constraint, Content, FieldRef, Integer, Location, Operation, PageParam, Success,
    Type, TypeId,
};

/// Names of objects that describe the page rather than the items.
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

/// The maximum nesting depth of [`CONTAINERS`]: `_links.next.href`.
const DEPTH: usize = 2;

/// The inputs of an operation and the properties of its response.
pub(super) struct Signature<'a> {
    pub(super) api: &'a Api,
    pub(super) operation: &'a Operation,
    /// The response body.
    pub(super) response: &'a Type,
    /// The properties of the response that may describe the page, outer ones first.
    pub(super) properties: Vec<ResponseProperty<'a>>,
    pub(super) inputs: Vec<RequestInput<'a>>,
}

/// A property of the response.
pub(super) struct ResponseProperty<'a> {
    /// The path from the outside in: wire names.
    pub(super) path: Vec<&'a str>,
    /// The normalized last name of the path.
    pub(super) name: String,
    /// The normalized name of the enclosing object, or empty at the top level.
    pub(super) within: String,
    pub(super) kind: ScalarKind,
}

/// A query parameter, or a property of the request body.
pub(super) struct RequestInput<'a> {
    pub(super) param: PageParam,
    /// The normalized name.
    pub(super) name: String,
    pub(super) kind: ScalarKind,
    /// The constraints on its values.
    pub(super) constraints: &'a [Constraint],
}

/// The kind of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ScalarKind {
    Text,
    Integer,
    Boolean,
    /// A value that may be a string or a number.
    Open,
    Other,
}

impl<'a> Signature<'a> {
    /// Returns the signature, or `None` if the response is not a single JSON type.
    pub(super) fn of(api: &'a Api, operation: &'a Operation) -> Option<Self> {
        let Success::Always(Content::Json(response)) = &operation.success else { return None };
        let mut properties = Vec::new();
        if let Some(id) = struct_of(api, response) {
            gather(api, id, &[], &mut properties);
        }
        // Outer properties describe the response as a whole.
        properties.sort_by_key(|property| property.path.len());
        let inputs = match operation.method {
            "GET" | "POST" => inputs(api, operation),
            _ => Vec::new(),
        };
        Some(Self { api, operation, response, properties, inputs })
    }

    /// Returns the property at a configured path. Lists are entered through their items.
    pub(super) fn property(&self, path: &str) -> Option<Vec<String>> {
        let mut ty = self.response;
        let mut names = Vec::new();
        for name in path.split('.') {
            let (_, found) = field(self.api, element_of(ty), name)?;
            ty = found;
            names.push(name.to_owned());
        }
        Some(names)
    }

    /// Returns the input with a configured name.
    pub(super) fn param(&self, name: &str) -> Option<&RequestInput<'a>> {
        self.inputs.iter().find(|input| match &input.param {
            PageParam::Query(known) | PageParam::Body(known) => known == name,
        })
    }
}

/// Returns the type of list items, or the type itself.
fn element_of(ty: &Type) -> &Type {
    match ty {
        Type::List(items) => items,
        ty => ty,
    }
}

/// Returns a field of a struct type by name, and its type.
pub(super) fn field<'a>(api: &'a Api, ty: &Type, name: &str) -> Option<(FieldRef, &'a Type)> {
    let of = struct_of(api, ty)?;
    let fields = fields(api, of);
    let (field, ty) = fields.into_iter().find(|(_, known, _)| *known == name).map(|(at, _, ty)| (at, ty))?;
    Some((FieldRef { of, field }, ty))
}

/// Returns the fields of a struct that have a single type: positions, wire names and types.
pub(super) fn fields(api: &Api, id: TypeId) -> Vec<(usize, &str, &Type)> {
    let ir::Shape::Struct(it) = &api.type_def(id).shape else { return Vec::new() };
    let fields = it.fields.iter().enumerate();
    fields.filter_map(|(at, field)| Some((at, field.name.as_str(), field.kind.ty()?))).collect()
}

/// Returns the struct that a type refers to.
pub(super) fn struct_of(api: &Api, ty: &Type) -> Option<TypeId> {
    match ty {
        Type::Named(id) if matches!(api.type_def(*id).shape, ir::Shape::Struct(_)) => Some(*id),
        Type::Nullable(inner) => struct_of(api, inner),
        _ => None,
    }
}

/// Normalizes a name for comparison: `next_page_token` and `nextPageToken` are equal.
pub(super) fn normalized(name: &str) -> String {
    name.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect()
}

fn gather<'a>(api: &'a Api, id: TypeId, within: &[&'a str], properties: &mut Vec<ResponseProperty<'a>>) {
    for (_, name, ty) in fields(api, id) {
        let path = [within, &[name]].concat();
        let within_name = within.last().map(|name| normalized(name)).unwrap_or_default();
        let name = normalized(name);
        match struct_of(api, ty) {
            Some(inner) if within.len() < DEPTH && CONTAINERS.contains(&name.as_str()) => {
                gather(api, inner, &path, properties);
            }
            _ => properties.push(ResponseProperty { kind: kind(api, ty), path, name, within: within_name }),
        }
    }
}

fn inputs<'a>(api: &'a Api, operation: &'a Operation) -> Vec<RequestInput<'a>> {
    let parameters = operation.parameters.iter().filter(|parameter| parameter.location == Location::Query);
    let mut inputs: Vec<RequestInput<'a>> = parameters
        .map(|parameter| RequestInput {
            param: PageParam::Query(parameter.name.clone()),
            name: normalized(&parameter.name),
            kind: kind(api, &parameter.ty),
            constraints: &parameter.docs.constraints,
        })
        .collect();
    let contents = operation.body.iter().flat_map(|body| &body.contents);
    // Further pages reuse the body that was sent, so it must have exactly one form.
    let mut contents = contents.map(|content| &content.kind);
    if let (Some(BodyKind::Json(ty)), None) = (contents.next(), contents.next()) {
        if let Some(ir::Shape::Struct(it)) = struct_of(api, ty).map(|id| &api.type_def(id).shape) {
            inputs.extend(it.fields.iter().filter_map(|field| {
                Some(RequestInput {
                    param: PageParam::Body(field.name.clone()),
                    name: normalized(&field.name),
                    kind: kind(api, field.kind.ty()?),
                    constraints: &field.docs.constraints,
                })
            }));
        }
    }
    inputs
}

/// Returns the kind of values of a type.
pub(super) fn kind(api: &Api, ty: &Type) -> ScalarKind {
    match ty {
        Type::String | Type::Uuid | Type::DateTime | Type::Timestamp | Type::Bytes { .. } => ScalarKind::Text,
        Type::Integer { width: Integer::I8 | Integer::U8, .. } => ScalarKind::Other,
        Type::Integer { .. } | Type::Float { .. } => ScalarKind::Integer,
        Type::Bool => ScalarKind::Boolean,
        Type::Json => ScalarKind::Open,
        Type::Nullable(inner) => kind(api, inner),
        Type::Named(id) => match &api.type_def(*id).shape {
            ir::Shape::Union(_) => ScalarKind::Open,
            _ => ScalarKind::Other,
        },
        _ => ScalarKind::Other,
    }
}
