//! Names of resources, operations and their parameters.

use std::collections::HashMap;

use super::ident::{Case, Ident, letter_first, to_case};
use super::ledger::{Ledger, ScopeId};
use super::scope::Scope;
use super::type_keys::{TypeKeys, call_of};
use super::types::WINDOWS_DEVICES;
use crate::ir::{
    Api, BodyKind, BuilderMethod, Location, Multipart, Operation, OperationId, Parameter, Part, ResourceId,
    SchemeKind, Success,
};
use crate::lock::{Item, Key, Kind};

/// Names of a resource.
#[derive(Debug)]
pub(crate) struct ResourceNames {
    /// The accessor of the client, and the module.
    pub(crate) module: Ident,
    /// The type that has its operations as methods.
    pub(crate) ident: Ident,
    /// The Cargo feature that enables it, in kebab-case.
    pub(crate) feature: String,
}

impl ResourceNames {
    /// Returns names of the lock. `None` if they are not valid any more.
    pub(super) fn parse(module: &str, ident: &str, feature: &str) -> Option<Self> {
        let (module, ident) = (Ident::parse(module)?, Ident::parse(ident)?);
        Some(Self { module, ident, feature: feature.to_owned() })
    }
}

/// Returns the feature that an identifier stands for.
///
/// Identifiers have underscores after a keyword and before a digit. Features do not need them.
fn feature_of(ident: &Ident) -> String {
    ident.as_str().trim_matches('_').replace('_', "-")
}

/// Names of an operation.
#[derive(Debug)]
pub(crate) struct OperationNames {
    /// The method of the resource.
    pub(crate) method: Ident,
    /// The request type.
    pub(crate) request: Ident,
    /// The parameters, in document order: arguments of the method, or methods of the request.
    pub(crate) parameters: Vec<Ident>,
    /// The argument for the body.
    pub(crate) body: Ident,
    /// The argument for the media type of the body.
    pub(crate) media_type: Ident,
    /// The media types of the body, in document order. If the body is required, each is a method of the resource, and
    /// the first is `method`. Otherwise each is a method of the request.
    pub(crate) contents: Vec<ContentNames>,
    /// The response enum, if the response depends on the status.
    pub(crate) response: Option<ResponseNames>,
    /// The methods of the request that request other media types.
    pub(crate) other_responses: Vec<Ident>,
    /// The type of the response headers, if the document describes any.
    pub(crate) headers: Option<HeadersNames>,
}

impl OperationNames {
    pub(super) fn are_ascii(&self) -> bool {
        let headers = self.headers.iter().flat_map(|headers| &headers.fields);
        let forms = self.contents.iter().filter_map(|content| content.form.as_ref());
        let parts = forms.flat_map(FormNames::idents);
        let names = [&self.method, &self.request].into_iter().chain(&self.parameters).chain(headers);
        names.chain(parts).all(Ident::is_ascii)
    }
}

/// Names of the response headers.
#[derive(Debug)]
pub(crate) struct HeadersNames {
    /// The struct of the headers.
    pub(crate) ident: Ident,
    /// The fields, one for each header, in document order.
    pub(crate) fields: Vec<Ident>,
}

/// Names of a media type of a request body.
#[derive(Debug)]
pub(crate) struct ContentNames {
    /// The method that accepts the body.
    pub(crate) method: Ident,
    /// The type of the multipart form, if it is one.
    pub(crate) form: Option<FormNames>,
}

/// Names of a multipart form.
#[derive(Debug)]
pub(crate) struct FormNames {
    /// The type.
    pub(crate) ident: Ident,
    /// The parts: arguments of `new`, or methods.
    pub(crate) parts: Vec<Ident>,
    /// The headers of each part: arguments beside the part, or methods.
    pub(crate) headers: Vec<Vec<Ident>>,
    /// For a form with alternatives: the variants, each with its own names.
    pub(crate) variants: Vec<(Ident, FormNames)>,
}

impl FormNames {
    /// Iterates over the names of all parts and their headers. Variants of a form have no variants of their own.
    fn idents(&self) -> impl Iterator<Item = &Ident> {
        let variants =
            self.variants.iter().flat_map(|(ident, form)| [ident].into_iter().chain(form.of_parts()));
        self.of_parts().chain(variants)
    }

    fn of_parts(&self) -> impl Iterator<Item = &Ident> {
        self.parts.iter().chain(self.headers.iter().flatten())
    }
}

/// Names of a response that depends on the status.
#[derive(Debug)]
pub(crate) struct ResponseNames {
    /// The enum.
    pub(crate) ident: Ident,
    /// The variants, one for each status.
    pub(crate) variants: Vec<Ident>,
}

/// Methods and modules of every client. No resource can have these names.
const CLIENT_METHODS: [&str; 7] = ["builder", "clone", "from_env", "mod", "new", "request", "resources"];

/// Cargo features that a crate has or may get in the future, apart from the features of resources. They are in
/// snake_case, like the other names in the scope.
pub(crate) const FEATURES: [&str; 17] = [
    "all_resources",
    "blocking",
    "brotli",
    "default",
    "full",
    "gzip",
    "mock",
    "other_types",
    "private_key_jwt",
    "reqwest",
    "rustls",
    "serde",
    "stream",
    "test",
    "tokio",
    "tracing",
    "wasm",
];

/// Names that the files of resources use. No resource and no request type can have these names.
const RESOURCE_IMPORTS: [&str; 24] = [
    "AsRef",
    "BTreeMap",
    "Box",
    "Bytes",
    "Client",
    "ClientBuilder",
    "Clone",
    "Debug",
    "Err",
    "From",
    "Into",
    "IntoIterator",
    "Method",
    "None",
    "Ok",
    "Operation",
    "Option",
    "Request",
    "Result",
    "Self",
    "Sized",
    "Some",
    "String",
    "Vec",
];

/// Methods of every resource.
const RESOURCE_METHODS: [&str; 3] = ["new", "client", "clone"];

/// Methods of every request.
const REQUEST_METHODS: [&str; 4] = ["clone", "into_future", "send", "request"];

/// Methods of requests of paginated operations.
const PAGINATED_METHODS: [&str; 2] = ["items", "pages"];

/// Methods that traits of the runtime add to every request. A method with the same name would hide them.
const REQUEST_EXT_METHODS: [&str; 8] = [
    "request_mut",
    "wait",
    "with_attempt_timeout",
    "with_header",
    "with_query",
    "with_response",
    "with_retry",
    "with_timeout",
];

/// Methods of every multipart form.
const FORM_METHODS: [&str; 5] = ["clone", "form", "from", "into", "new"];

/// Methods of every client builder.
const BUILDER_METHODS: [&str; 31] = [
    "api_key",
    "attempt_timeout",
    "base_url",
    "basic_auth",
    "bearer",
    "bearer_token",
    "build",
    "client_credentials",
    "clock",
    "clone",
    "connect_timeout",
    "credential",
    "credentials",
    "default_header",
    "environment",
    "from_env",
    "grant",
    "middleware",
    "new",
    "on_loopback",
    "proxy",
    "response_limit",
    "retry",
    "root_certificate",
    "server_variable",
    "settings",
    "timeout",
    "token_exchange",
    "token_provider",
    "transport",
    "user_agent",
];

/// Builder methods that are named after the kind of credential, if only one scheme needs it.
const METHODS_OF_KINDS: [&str; 2] = ["api_key", "basic_auth"];

pub(super) fn allocate<'l>(
    api: &Api,
    keys: &TypeKeys<'l>,
    renamed: &HashMap<ResourceId, (&Key, &Item)>,
    ledger: &mut Ledger<'l>,
) -> (Vec<ResourceNames>, Vec<OperationNames>) {
    let modules =
        Scope::reserving(Case::Module, "resource", &[&CLIENT_METHODS[..], &WINDOWS_DEVICES].concat());
    let mut modules = ledger.open(&ScopeId::ResourceModules, modules);
    let idents = Scope::reserving(Case::Camel, "Resource", &RESOURCE_IMPORTS);
    let mut idents = ledger.open(&ScopeId::ResourceTypes, idents);
    let features = Scope::reserving(Case::Module, "resource", &FEATURES);
    let mut features = ledger.open(&ScopeId::Features, features);
    let mut names: Vec<Option<OperationNames>> = api.operations.iter().map(|_| None).collect();
    let mut resources = Vec::with_capacity(api.resources.len());
    let by_resource = api.operations_by_resource();
    for ((resource_id, resource), operations) in api.resources().zip(by_resource) {
        let name = letter_first("resource", resource.name.clone());
        let mut key = ledger.key(Kind::Resource, &[&resource.name], None);
        if renamed.contains_key(&resource_id) {
            // It can be called by its old name again.
            let old = Key::new(Kind::OldResource, [to_case(&name, Case::Module)]);
            key.before = if ledger.item(&old).is_some() { old } else { key.before };
        }
        let module = modules.allocate_for(key.slot(0), &name, &[]);
        let ident = idents.allocate_for(key.slot(1), &name, &[]);
        let other = format!("{} resource", module.as_str());
        let feature = features.allocate_for(key.slot(2), module.as_str(), &[&other]);
        let recorded = [module.as_str(), ident.as_str(), &feature_of(&feature)].map(str::to_owned).to_vec();
        if let Some((before, _)) = renamed.get(&resource_id) {
            key.before = (*before).clone();
        }
        ledger.record(key, Item { names: recorded, ..Item::default() });
        let operations: Vec<(OperationId, &Operation)> =
            operations.into_iter().map(|id| (id, api.operation(id))).collect();
        let before = renamed.get(&resource_id).and_then(|(_, item)| item.names.first());
        let before = before.map_or(module.as_str(), String::as_str);
        let mut naming = ResourceNaming::new(before, (&module, &ident), keys, ledger);
        for (id, operation) in naming.name_operations(&operations) {
            names[id.index()] = Some(operation);
        }
        let feature = feature_of(&feature);
        resources.push(ResourceNames { module, ident, feature });
    }
    (resources, names.into_iter().flatten().collect())
}

/// Names the operations of a resource.
struct ResourceNaming<'a, 'l> {
    module: &'a Ident,
    /// The module in the last run.
    before: &'a str,
    methods: Scope,
    requests: Scope,
    keys: &'a TypeKeys<'l>,
    ledger: &'a mut Ledger<'l>,
}

impl<'a, 'l> ResourceNaming<'a, 'l> {
    fn new(
        before: &'a str,
        (module, ident): (&'a Ident, &Ident),
        keys: &'a TypeKeys<'l>,
        ledger: &'a mut Ledger<'l>,
    ) -> Self {
        let of_module = before.to_owned();
        let methods = Scope::reserving(Case::Snake, "call", &RESOURCE_METHODS);
        let methods = ledger.open(&ScopeId::Methods(of_module.clone()), methods);
        let reserved = RESOURCE_IMPORTS.iter().copied().chain([ident.as_str()]).collect::<Vec<_>>();
        let requests = Scope::reserving(Case::Camel, "Call", &reserved);
        let requests = ledger.open(&ScopeId::Requests(of_module), requests);
        Self { module, before, methods, requests, keys, ledger }
    }

    fn name_operations(
        &mut self,
        operations: &[(OperationId, &Operation)],
    ) -> Vec<(OperationId, OperationNames)> {
        let named = operations.iter().map(|(id, operation)| (*id, self.name_operation(operation)));
        let mut named: Vec<(OperationId, OperationNames)> = named.collect();
        // Names of bodies, forms and headers come last, so that the operations keep their names.
        for ((_, operation), (_, names)) in operations.iter().zip(&mut named) {
            self.name_beside_request(operation, names);
        }
        named
    }

    /// Names an operation, and everything in it. Types beside the request get their names later.
    fn name_operation(&mut self, operation: &Operation) -> OperationNames {
        // If the name is taken, try the operation id, then method and path.
        let last = operation.id.rsplit('.').next().unwrap_or_default();
        let call = call_of(&operation.method, &operation.path);
        let before = self.keys.operation_before(&operation.id);
        let key =
            self.ledger.key(Kind::Operation, &[&operation.id], before.as_ref().map(std::slice::from_ref));
        // An operation with another id gets a new name, and the old one leads to it. In another resource, the name is
        // another one as well. Both can be called by an old name again.
        let known = self.ledger.item(&key.before).and_then(|item| item.names.first());
        let is_renamed = before.is_some() || known.is_some_and(|known| *known != self.before);
        let old = is_renamed.then(|| {
            let method = to_case(&operation.name, Case::Snake);
            let id = before.unwrap_or(&operation.id);
            Key::new(Kind::OldMethod, [self.module.as_str(), &method, id])
        });
        let slot = |position: usize| match &old {
            Some(old) => Some((old, position)),
            None => key.slot(position),
        };
        let method = match operation.is_name_set {
            true => self.methods.allocate_pinned(slot(1), &operation.name),
            false => self.methods.allocate_for(slot(1), &operation.name, &[last, &call]),
        };
        let other = format!("{} request", method.as_str());
        // The request is named like the method, so a method with another name has another request.
        let known = self.ledger.item(old.as_ref().unwrap_or(&key.before));
        let is_kept = known.is_some_and(|item| item.names.get(1).is_some_and(|it| it == method.as_str()));
        let request = self.requests.allocate_for(slot(2).filter(|_| is_kept), method.as_str(), &[&other]);
        let names = [self.module, &method, &request].map(|ident| ident.as_str().to_owned()).to_vec();
        self.ledger.record(key, Item { names, call: Some(call), ..Item::default() });
        let mut naming = OperationNaming {
            operation,
            before: self.keys.operation_before(&operation.id).unwrap_or(&operation.id),
            ledger: self.ledger,
        };
        naming.names(method, request)
    }

    /// Names the methods and types of an operation beside its method and its request.
    fn name_beside_request(&mut self, operation: &Operation, names: &mut OperationNames) {
        let Self { module, methods, requests, keys, ledger, .. } = self;
        let before = keys.operation_before(&operation.id).unwrap_or(&operation.id);
        let id = operation.id.as_str();
        let request = names.request.as_str().to_owned();
        let contents = operation.body.iter().flat_map(|body| &body.contents).map(|it| it.name.as_str());
        let contents: Vec<&str> = contents.collect();
        let mut beside = |kind: Kind, path: &[&str], scope: &mut Scope, wanted: &str| {
            let (path, before) = ([&[id][..], path].concat(), [&[before][..], path].concat());
            let key = ledger.key(kind, &path, Some(&before));
            let ident = scope.allocate_for(key.slot(1), wanted, &[]);
            ledger.record_names(key, &[module, &ident]);
            ident
        };
        if operation.body.as_ref().is_some_and(|body| body.required) {
            for (content, names_of) in contents.iter().zip(&mut names.contents).skip(1) {
                let wanted = format!("{} {content}", names.method.as_str());
                names_of.method = beside(Kind::Method, &[content], methods, &wanted);
            }
        }
        for (content, names_of) in contents.iter().zip(&mut names.contents) {
            let Some(form) = &mut names_of.form else { continue };
            form.ident = beside(Kind::Form, &[content], requests, &format!("{request} form"));
            for (variant, form) in &mut form.variants {
                let wanted = format!("{request} {} form", variant.as_str());
                form.ident = beside(Kind::Form, &[content, variant.as_str()], requests, &wanted);
            }
        }
        if let Some(response) = &mut names.response {
            response.ident = beside(Kind::Response, &[], requests, &format!("{request} answer"));
        }
        if let Some(headers) = &mut names.headers {
            headers.ident = beside(Kind::Headers, &[], requests, &format!("{request} headers"));
        }
    }
}

/// Names everything in an operation.
struct OperationNaming<'a, 'l> {
    operation: &'a Operation,
    /// The id that the operation had in the last run.
    before: &'a str,
    ledger: &'a mut Ledger<'l>,
}

impl OperationNaming<'_, '_> {
    /// Types beside the request temporarily have the name of the request; the caller replaces it.
    fn names(&mut self, method: Ident, request: Ident) -> OperationNames {
        let operation = self.operation;
        let paged: &[&str] = if operation.pages.is_some() { &PAGINATED_METHODS } else { &[] };
        let own = [&REQUEST_METHODS, paged].concat();
        let scope = Scope::reserving(Case::Snake, "value", &own);
        let mut scope = self.ledger.open(&ScopeId::Request(self.before.to_owned()), scope);
        let parameters = self.parameters(&own, &mut scope);
        let body = match operation.body {
            Some(_) => self.allocate(Kind::Body, &[], &mut scope, "body", &["request body"]),
            None => scope.allocate_or("body", &["request body"]),
        };
        let media_type = scope.allocate_or("media type", &["body media type"]);
        let contents =
            operation.body.iter().flat_map(|body| body.contents.iter().enumerate().map(move |it| (body, it)));
        let contents = contents.map(|(of, (position, content))| {
            let method = match (of.required, position) {
                (true, _) => method.clone(),
                (false, 0) => body.clone(),
                (false, _) => {
                    let other = format!("{} body", content.name);
                    self.allocate(Kind::Content, &[&content.name], &mut scope, &content.name, &[&other])
                }
            };
            ContentNames { method, form: self.form(&content.name, &content.kind, &request) }
        });
        let contents = contents.collect();
        let other_responses = operation.other_responses.iter().map(|other| {
            self.allocate(Kind::Accept, &[&other.name], &mut scope, &format!("as {}", other.name), &[])
        });
        let other_responses = other_responses.collect();
        let response = self.response(&request);
        let headers = self.headers(&request);
        OperationNames {
            method,
            request,
            parameters,
            body,
            media_type,
            contents,
            response,
            other_responses,
            headers,
        }
    }

    /// Allocates the name of an item of the operation.
    fn allocate(
        &mut self,
        kind: Kind,
        path: &[&str],
        scope: &mut Scope,
        wanted: &str,
        others: &[&str],
    ) -> Ident {
        let now = [&[self.operation.id.as_str()][..], path].concat();
        let before = [&[self.before][..], path].concat();
        let key = self.ledger.key(kind, &now, Some(&before));
        let ident = scope.allocate_for(key.slot(0), wanted, others);
        self.ledger.record_names(key, &[&ident]);
        ident
    }

    fn parameters(&mut self, own: &[&str], scope: &mut Scope) -> Vec<Ident> {
        let operation = self.operation;
        let name = |parameter: &Parameter| {
            let place = match parameter.location {
                Location::Path => "path",
                Location::Query => "query",
                Location::QueryString => "query string",
                Location::Header => "header",
                Location::Cookie => "cookie",
            };
            let with_location = format!("{} {place}", parameter.name);
            // Only an optional parameter becomes a method, which could hide another one.
            let wanted = match !parameter.required && is_request_method(&parameter.name, own, operation) {
                true => format!("set {}", parameter.name),
                false => parameter.name.clone(),
            };
            let path = [place, parameter.name.as_str()];
            self.allocate(Kind::Parameter, &path, scope, &wanted, &[&with_location])
        };
        operation.parameters.iter().map(name).collect()
    }

    fn response(&mut self, request: &Ident) -> Option<ResponseNames> {
        let Success::ByStatus(responses) = &self.operation.success else { return None };
        let variants = Scope::reserving(Case::Camel, "Status", &["Unknown"]);
        let mut variants = self.ledger.open(&ScopeId::Statuses(self.before.to_owned()), variants);
        let names = responses.iter().map(|response| {
            let wanted = reason_phrase(&response.status);
            self.allocate(Kind::Status, &[&response.status], &mut variants, &wanted, &[])
        });
        let variants = names.collect();
        Some(ResponseNames { ident: request.clone(), variants })
    }

    fn headers(&mut self, request: &Ident) -> Option<HeadersNames> {
        let scope = Scope::new(Case::Snake, "header");
        let mut scope = self.ledger.open(&ScopeId::Headers(self.before.to_owned()), scope);
        let names = self.operation.headers.iter();
        let names = names.map(|it| self.allocate(Kind::Header, &[&it.name], &mut scope, &it.name, &[]));
        let fields: Vec<Ident> = names.collect();
        (!fields.is_empty()).then(|| HeadersNames { ident: request.clone(), fields })
    }

    fn form(&mut self, content: &str, kind: &BodyKind, request: &Ident) -> Option<FormNames> {
        match kind {
            BodyKind::Multipart(Multipart::Parts(parts)) => Some(self.parts(&[content], parts, request)),
            BodyKind::Multipart(Multipart::Alternatives(forms)) => {
                let scope = Scope::new(Case::Camel, "Form");
                let of = ScopeId::FormVariants([self.before, content].map(str::to_owned).to_vec());
                let mut scope = self.ledger.open(&of, scope);
                let variants = forms.iter().map(|form| {
                    let path = [content, form.name.as_str()];
                    let ident = self.allocate(Kind::FormVariant, &path, &mut scope, &form.name, &[]);
                    (ident, self.parts(&path, &form.parts, request))
                });
                let variants = variants.collect();
                Some(FormNames { ident: request.clone(), parts: Vec::new(), headers: Vec::new(), variants })
            }
            _ => None,
        }
    }

    /// Names the parts of a form, whose path is the media type and the name of the alternative.
    fn parts(&mut self, form: &[&str], parts: &[Part], request: &Ident) -> FormNames {
        let scope = Scope::reserving(Case::Snake, "part", &FORM_METHODS);
        let of = [self.before].iter().chain(form).map(|it| (*it).to_owned()).collect();
        let mut scope = self.ledger.open(&ScopeId::Parts(of), scope);
        let path = |names: &[&str]| [form, names].concat().into_iter().map(str::to_owned).collect::<Vec<_>>();
        let mut allocate = |kind: Kind, names: &[&str], wanted: &str| {
            let path = path(names);
            let path: Vec<&str> = path.iter().map(String::as_str).collect();
            self.allocate(kind, &path, &mut scope, wanted, &[])
        };
        let idents = parts.iter().map(|part| allocate(Kind::Part, &[&part.name], &part.name)).collect();
        // Headers come after the parts, so that parts keep their names.
        let mut header = |part: &Part, name: &str| {
            allocate(Kind::PartHeader, &[&part.name, name], &format!("{} {name}", part.name))
        };
        let headers = parts.iter().map(|part| part.headers.iter().map(|it| header(part, &it.name)).collect());
        let headers = headers.collect();
        FormNames { ident: request.clone(), parts: idents, headers, variants: Vec::new() }
    }
}

/// Returns `true` if requests have a method with the name of a parameter.
fn is_request_method(parameter: &str, own: &[&str], operation: &Operation) -> bool {
    let name = to_case(parameter, Case::Snake);
    let has_body_method = operation.body.as_ref().is_some_and(|body| !body.required);
    own.iter().chain(&REQUEST_EXT_METHODS).any(|method| *method == name)
        || (has_body_method && name == "body")
}

/// Returns the reason phrase of a status (RFC 9110, section 15).
fn reason_phrase(status: &str) -> String {
    match status {
        "200" => "ok".to_owned(),
        "201" => "created".to_owned(),
        "202" => "accepted".to_owned(),
        "203" => "non authoritative".to_owned(),
        "204" => "no content".to_owned(),
        "205" => "reset content".to_owned(),
        "206" => "partial content".to_owned(),
        "207" => "multi status".to_owned(),
        "208" => "already reported".to_owned(),
        "226" => "im used".to_owned(),
        "2XX" => "success".to_owned(),
        other => format!("status {other}"),
    }
}

/// Allocates methods of the client builder: for the server variables, and for the security schemes.
pub(super) fn builder_methods(api: &Api, ledger: &mut Ledger<'_>) -> (Vec<Ident>, Vec<Ident>) {
    // A scheme keeps the name of its kind when another scheme of this kind is added.
    let is_known = |method: &&str| {
        let mut known = ledger.items(Kind::SecurityScheme).flat_map(|(_, item)| &item.names);
        known.any(|name| name == method)
    };
    let of_kinds: Vec<&str> = METHODS_OF_KINDS.into_iter().filter(is_known).collect();
    let reserved = BUILDER_METHODS.iter().copied().filter(|method| !of_kinds.contains(method));
    let scope = Scope::reserving(Case::Snake, "variable", &reserved.collect::<Vec<_>>());
    let mut scope = ledger.open(&ScopeId::Builder, scope);
    METHODS_OF_KINDS.into_iter().for_each(|method| scope.reserve(method));
    let variables = api.server.iter().flat_map(|server| &server.variables);
    let variables = variables.map(|variable| {
        let key = ledger.key(Kind::ServerVariable, &[&variable.name], None);
        let ident = scope.allocate_for(key.slot(0), &variable.name, &[]);
        ledger.record_names(key, &[&ident]);
        ident
    });
    let variables = variables.collect();
    let schemes = api.security.schemes.iter().map(|scheme| {
        let key = ledger.key(Kind::SecurityScheme, &[&scheme.name], None);
        let method_of_kind = match scheme.kind {
            SchemeKind::Bearer => "bearer_token",
            SchemeKind::Basic => "basic_auth",
            SchemeKind::Header(_) | SchemeKind::Query(_) | SchemeKind::Cookie(_) => "api_key",
        };
        let ident = match scheme.builder_method {
            BuilderMethod::NamedAfterScheme => {
                let other = format!("{} credentials", scheme.name);
                scope.allocate_for(key.slot(0), &scheme.name, &[&other])
            }
            BuilderMethod::BearerToken => Ident::new(method_of_kind.to_owned()),
            BuilderMethod::NamedAfterKind => {
                let remembered = key.slot(0).and_then(|slot| scope.remembered(slot)).cloned();
                remembered.unwrap_or_else(|| Ident::new(method_of_kind.to_owned()))
            }
        };
        ledger.record_names(key, &[&ident]);
        ident
    });
    let schemes = schemes.collect();
    (variables, schemes)
}
