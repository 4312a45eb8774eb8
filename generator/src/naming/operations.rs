//! Names of resources, operations and their parameters.

use super::ident::{Case, Ident, letter_first, to_case};
use super::scope::Scope;
use super::types::WINDOWS_DEVICES;
use crate::ir::{Api, BodyKind, BuilderMethod, Location, Multipart, Operation, OperationId, Part, Success};

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

pub(super) fn allocate(api: &Api) -> (Vec<ResourceNames>, Vec<OperationNames>) {
    let mut modules =
        Scope::reserving(Case::Module, "resource", &[&CLIENT_METHODS[..], &WINDOWS_DEVICES].concat());
    let mut idents = Scope::reserving(Case::Camel, "Resource", &RESOURCE_IMPORTS);
    let mut features = Scope::reserving(Case::Module, "resource", &FEATURES);
    let mut names: Vec<Option<OperationNames>> = api.operations.iter().map(|_| None).collect();
    let mut resources = Vec::with_capacity(api.resources.len());
    let by_resource = api.operations_by_resource();
    for (resource, operations) in api.resources.iter().zip(by_resource) {
        let name = letter_first("resource", resource.name.clone());
        let (module, ident) = (modules.allocate(&name), idents.allocate(&name));
        let operations: Vec<(OperationId, &Operation)> =
            operations.into_iter().map(|id| (id, api.operation(id))).collect();
        for (id, operation) in name_operations(&operations, ident.as_str()) {
            names[id.index()] = Some(operation);
        }
        let feature = features.allocate_or(module.as_str(), &[&format!("{} resource", module.as_str())]);
        // Identifiers have underscores after a keyword and before a digit. Features do not need them.
        let feature = feature.as_str().trim_matches('_').replace('_', "-");
        resources.push(ResourceNames { module, ident, feature });
    }
    (resources, names.into_iter().flatten().collect())
}

fn name_operations(
    operations: &[(OperationId, &Operation)],
    resource: &str,
) -> Vec<(OperationId, OperationNames)> {
    let mut methods = Scope::reserving(Case::Snake, "call", &RESOURCE_METHODS);
    let reserved = RESOURCE_IMPORTS.iter().copied().chain([resource]).collect::<Vec<_>>();
    let mut requests = Scope::reserving(Case::Camel, "Call", &reserved);
    let mut named: Vec<(OperationId, OperationNames)> = operations
        .iter()
        .map(|(id, operation)| {
            // If the name is taken, try the operation id, then method and path.
            let last = operation.id.rsplit('.').next().unwrap_or_default();
            let by_path = format!("{} {}", operation.method, operation.path);
            let method = methods.allocate_or(&operation.name, &[last, &by_path]);
            let request = requests.allocate_or(method.as_str(), &[&format!("{} request", method.as_str())]);
            (*id, name_operation(operation, method, request))
        })
        .collect();
    // Names of bodies, forms and headers come last, so that the operations keep their names.
    for ((_, operation), (_, names)) in operations.iter().zip(&mut named) {
        let of_request = |what: &str| format!("{} {what}", names.request.as_str());
        if let Some(body) = operation.body.as_ref().filter(|body| body.required) {
            for (content, names_of) in body.contents.iter().zip(&mut names.contents).skip(1) {
                names_of.method = methods.allocate(&format!("{} {}", names.method.as_str(), content.name));
            }
        }
        for form in names.contents.iter_mut().filter_map(|content| content.form.as_mut()) {
            form.ident = requests.allocate(&of_request("form"));
            for (variant, form) in &mut form.variants {
                form.ident = requests.allocate(&of_request(&format!("{} form", variant.as_str())));
            }
        }
        if let Some(response) = &mut names.response {
            response.ident = requests.allocate(&of_request("answer"));
        }
        if let Some(headers) = &mut names.headers {
            headers.ident = requests.allocate(&of_request("headers"));
        }
    }
    named
}

/// Allocates the names within an operation. Types beside the request temporarily have the name of the request; the
/// caller replaces it.
fn name_operation(operation: &Operation, method: Ident, request: Ident) -> OperationNames {
    let paged: &[&str] = if operation.pages.is_some() { &PAGINATED_METHODS } else { &[] };
    let own = [&REQUEST_METHODS, paged].concat();
    let mut scope = Scope::reserving(Case::Snake, "value", &own);
    let parameters = operation
        .parameters
        .iter()
        .map(|parameter| {
            let place = match parameter.location {
                Location::Path => "path",
                Location::Query => "query",
                Location::QueryString => "query string",
                Location::Header => "header",
                Location::Cookie => "cookie",
            };
            let with_location = format!("{} {place}", parameter.name);
            // Only an optional parameter becomes a method, which could hide another one.
            if !parameter.required && is_request_method(&parameter.name, &own, operation) {
                scope.allocate_or(&format!("set {}", parameter.name), &[&with_location])
            } else {
                scope.allocate_or(&parameter.name, &[&with_location])
            }
        })
        .collect();
    let body = scope.allocate_or("body", &["request body"]);
    let media_type = scope.allocate_or("media type", &["body media type"]);
    let contents =
        operation.body.iter().flat_map(|body| body.contents.iter().enumerate().map(move |it| (body, it)));
    let contents = contents
        .map(|(of, (position, content))| {
            let method = match (of.required, position) {
                (true, _) => method.clone(),
                (false, 0) => body.clone(),
                (false, _) => scope.allocate_or(&content.name, &[&format!("{} body", content.name)]),
            };
            ContentNames { method, form: name_form(&content.kind, &request) }
        })
        .collect();
    let other_responses =
        operation.other_responses.iter().map(|other| scope.allocate(&format!("as {}", other.name)));
    let other_responses = other_responses.collect();
    let response = match &operation.success {
        Success::ByStatus(responses) => {
            let mut variants = Scope::reserving(Case::Camel, "Status", &["Unknown"]);
            let variants = responses
                .iter()
                .map(|response| variants.allocate(&reason_phrase(&response.status)))
                .collect();
            Some(ResponseNames { ident: request.clone(), variants })
        }
        _ => None,
    };
    let headers = name_headers(operation, &request);
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

/// Returns `true` if requests have a method with the name of a parameter.
fn is_request_method(parameter: &str, own: &[&str], operation: &Operation) -> bool {
    let name = to_case(parameter, Case::Snake);
    let has_body_method = operation.body.as_ref().is_some_and(|body| !body.required);
    own.iter().chain(&REQUEST_EXT_METHODS).any(|method| *method == name)
        || (has_body_method && name == "body")
}

fn name_headers(operation: &Operation, request: &Ident) -> Option<HeadersNames> {
    let mut scope = Scope::new(Case::Snake, "header");
    let fields: Vec<Ident> = operation.headers.iter().map(|header| scope.allocate(&header.name)).collect();
    (!fields.is_empty()).then(|| HeadersNames { ident: request.clone(), fields })
}

fn name_form(kind: &BodyKind, request: &Ident) -> Option<FormNames> {
    match kind {
        BodyKind::Multipart(Multipart::Parts(parts)) => Some(name_parts(parts, request)),
        BodyKind::Multipart(Multipart::Alternatives(forms)) => {
            let mut scope = Scope::new(Case::Camel, "Form");
            let variants =
                forms.iter().map(|form| (scope.allocate(&form.name), name_parts(&form.parts, request)));
            Some(FormNames { variants: variants.collect(), ..name_parts(&[], request) })
        }
        _ => None,
    }
}

fn name_parts(parts: &[Part], request: &Ident) -> FormNames {
    let mut scope = Scope::reserving(Case::Snake, "part", &FORM_METHODS);
    let idents = parts.iter().map(|part| scope.allocate(&part.name)).collect();
    // Headers come after the parts, so that parts keep their names.
    let mut header = |part: &str, name: &str| scope.allocate(&format!("{part} {name}"));
    let headers =
        parts.iter().map(|part| part.headers.iter().map(|it| header(&part.name, &it.name)).collect());
    let headers = headers.collect();
    FormNames { ident: request.clone(), parts: idents, headers, variants: Vec::new() }
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

/// Allocates methods of the client builder: for the server variables, and for the security schemes whose kind of
/// credential several schemes have.
pub(super) fn builder_methods(api: &Api) -> (Vec<Ident>, Vec<Option<Ident>>) {
    let mut scope = Scope::reserving(Case::Snake, "variable", &BUILDER_METHODS);
    let variables = api.server.iter().flat_map(|server| &server.variables);
    let variables = variables.map(|variable| scope.allocate(&variable.name)).collect();
    let schemes = api.security.schemes.iter().map(|scheme| match scheme.builder_method {
        BuilderMethod::NamedAfterScheme => {
            Some(scope.allocate_or(&scheme.name, &[&format!("{} credentials", scheme.name)]))
        }
        BuilderMethod::BearerToken | BuilderMethod::NamedAfterKind => None,
    });
    let schemes = schemes.collect();
    (variables, schemes)
}
