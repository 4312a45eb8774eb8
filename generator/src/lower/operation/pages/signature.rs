//! The parts of an operation that matter for pagination.

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use super::fields::{ScalarKind, docs, field, fields, kind, struct_of};
use super::items::Lists;
use super::names::{CONTAINERS, may_describe_page, normalized};
use crate::ir::{
    Api, BodyKind, Constraint, Content, Docs, Location, Operation, PageItems, PageParam, Shape, Success,
    Type, TypeId,
};

/// The maximum nesting depth of [`CONTAINERS`]: `_links.next.href`.
const DEPTH: usize = 2;

/// Makes the signatures of operations. Types that many operations share are read once.
pub(super) struct Signatures<'a> {
    api: &'a Api,
    responses: HashMap<TypeId, Rc<Response<'a>>>,
    bodies: HashMap<TypeId, Rc<Inputs<'a>>>,
}

/// The inputs of an operation and the properties of its response.
pub(super) struct Signature<'a> {
    pub(super) api: &'a Api,
    pub(super) operation: &'a Operation,
    /// The response body.
    pub(super) response: &'a Type,
    /// The parts of the response, if it is an object.
    of_response: Option<Rc<Response<'a>>>,
    /// The query parameters.
    parameters: Inputs<'a>,
    /// The properties of the request body.
    body: Option<Rc<Inputs<'a>>>,
}

/// The parts of a response.
struct Response<'a> {
    properties: Vec<ResponseProperty<'a>>,
    lists: Option<Lists<'a>>,
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
    pub(super) docs: &'a Docs,
}

/// Inputs, and where to find them.
#[derive(Default)]
struct Inputs<'a> {
    inputs: Vec<RequestInput<'a>>,
    /// The first input that accepts tokens with each normalized name.
    by_name: HashMap<String, usize>,
}

/// A query parameter, or a property of the request body.
pub(super) struct RequestInput<'a> {
    pub(super) param: PageParam,
    pub(super) kind: ScalarKind,
    /// The description.
    pub(super) text: &'a str,
    /// The constraints on its values.
    pub(super) constraints: &'a [Constraint],
}

impl<'a> Signatures<'a> {
    pub(super) fn new(api: &'a Api) -> Self {
        Self { api, responses: HashMap::new(), bodies: HashMap::new() }
    }

    /// Returns the signature of an operation, or `None` if the response is not a single JSON type.
    pub(super) fn of<'o>(&mut self, operation: &'o Operation) -> Option<Signature<'o>>
    where
        'a: 'o,
    {
        let Success::Always(Content::Json(response)) = &operation.success else { return None };
        let api = self.api;
        let of_response = struct_of(api, response);
        let of_response =
            of_response.map(|id| self.responses.entry(id).or_insert_with(|| Response::of(api, id)));
        let of_response = of_response.cloned();
        let has_inputs = matches!(operation.method.as_str(), "GET" | "POST" | "QUERY");
        let parameters = if has_inputs { Inputs::of_parameters(api, operation) } else { Inputs::default() };
        let body = body_of(api, operation).filter(|_| has_inputs);
        let body = body.map(|id| self.bodies.entry(id).or_insert_with(|| Rc::new(Inputs::of_body(api, id))));
        let body = body.cloned();
        Some(Signature { api, operation, response, of_response, parameters, body })
    }
}

impl<'a> Signature<'a> {
    /// Iterates over the properties of the response that may describe the page, outer ones first.
    pub(super) fn properties(&self) -> impl Iterator<Item = &ResponseProperty<'a>> {
        self.of_response.iter().flat_map(|response| &response.properties)
    }

    /// Returns the list of items in the response.
    pub(super) fn items(&self) -> Option<PageItems> {
        if let Type::List(ty) = self.response {
            return Some(PageItems { fields: Vec::new(), ty: (**ty).clone() });
        }
        self.of_response.as_ref()?.lists.as_ref()?.find(&self.operation.path)
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

    /// Returns the first input that accepts tokens with a normalized name.
    pub(super) fn input(&self, name: &str) -> Option<&RequestInput<'a>> {
        self.parts().find_map(|inputs| inputs.by_name.get(name).map(|index| &inputs.inputs[*index]))
    }

    /// Returns the input with a configured name.
    pub(super) fn param(&self, name: &str) -> Option<&RequestInput<'a>> {
        self.parts().flat_map(|inputs| &inputs.inputs).find(|input| match &input.param {
            PageParam::Query(known) | PageParam::Body(known) => known == name,
        })
    }

    fn parts(&self) -> impl Iterator<Item = &Inputs<'a>> {
        [&self.parameters].into_iter().chain(self.body.as_deref())
    }
}

/// Returns the type of list items, or the type itself.
fn element_of(ty: &Type) -> &Type {
    match ty {
        Type::List(items) => items,
        ty => ty,
    }
}

impl<'a> Response<'a> {
    fn of(api: &'a Api, id: TypeId) -> Rc<Self> {
        let mut properties = Vec::new();
        gather(api, id, &[], &mut properties);
        // Outer properties describe the response as a whole.
        properties.sort_by_key(|property| property.path.len());
        Rc::new(Self { properties, lists: Lists::of(api, &Type::Named(id)) })
    }
}

fn gather<'a>(api: &'a Api, id: TypeId, within: &[&'a str], properties: &mut Vec<ResponseProperty<'a>>) {
    let within_name = within.last().map(|name| normalized(name)).unwrap_or_default();
    let mut entered = HashSet::new();
    for (at, name, ty) in fields(api, id) {
        let Some(docs) = docs(api, id, at) else { continue };
        let path = [within, &[name]].concat();
        let name = normalized(name);
        let inner =
            struct_of(api, ty).filter(|_| within.len() < DEPTH && CONTAINERS.contains(&name.as_str()));
        match inner {
            // Of containers with equal names, only the first counts, so a type has a bounded number of them.
            Some(inner) if entered.insert(name.clone()) => gather(api, inner, &path, properties),
            Some(_) => {}
            None if may_describe_page(&name, &within_name) => {
                let kind = kind(api, ty);
                properties.push(ResponseProperty { kind, path, name, within: within_name.clone(), docs });
            }
            None => {}
        }
    }
}

/// Returns the struct that an operation sends.
fn body_of(api: &Api, operation: &Operation) -> Option<TypeId> {
    let contents = operation.body.iter().flat_map(|body| &body.contents);
    // Further pages reuse the body that was sent, so it must have exactly one form.
    let mut contents = contents.map(|content| &content.kind);
    match (contents.next(), contents.next()) {
        (Some(BodyKind::Json(ty)), None) => struct_of(api, ty),
        _ => None,
    }
}

impl<'a> Inputs<'a> {
    /// Returns the query parameters of an operation.
    fn of_parameters(api: &Api, operation: &'a Operation) -> Self {
        let mut inputs = Self::default();
        for parameter in operation.parameters.iter().filter(|it| it.location == Location::Query) {
            let name = &parameter.name;
            inputs.add(name, PageParam::Query(name.clone()), kind(api, &parameter.ty), &parameter.docs);
        }
        inputs
    }

    /// Returns the properties of a request body.
    fn of_body(api: &'a Api, id: TypeId) -> Self {
        let mut inputs = Self::default();
        let Shape::Struct(it) = &api.type_def(id).shape else { return inputs };
        for field in &it.fields {
            if let Some(ty) = field.kind.ty() {
                let param = PageParam::Body(field.name.clone());
                inputs.add(&field.name, param, kind(api, ty), &field.docs);
            }
        }
        inputs
    }

    fn add(&mut self, name: &str, param: PageParam, kind: ScalarKind, docs: &'a Docs) {
        if kind.is_token() {
            self.by_name.entry(normalized(name)).or_insert(self.inputs.len());
        }
        let text = docs.text.as_deref().unwrap_or_default();
        self.inputs.push(RequestInput { param, kind, text, constraints: &docs.constraints });
    }
}
