//! The names of resources, operations and their parameters.

use super::ident::{Case, Ident, to_case};
use super::scope::Scope;
use super::types::DEVICES;
use crate::ir::{Api, BodyKind, Location, Multipart, Operation, OperationId, Part, Setter, Success};

/// The names of a resource.
#[derive(Debug)]
pub(crate) struct ResourceNames {
    /// The method of the client that leads to it, and the module that it stands in.
    pub(crate) module: Ident,
    /// The type that holds its operations.
    pub(crate) ident: Ident,
    /// The Cargo feature that it is compiled with, in kebab-case.
    pub(crate) feature: String,
}

/// The names of an operation.
#[derive(Debug)]
pub(crate) struct OperationNames {
    /// The method of its resource.
    pub(crate) method: Ident,
    /// The type of its request.
    pub(crate) request: Ident,
    /// Its parameters, in their order: arguments of the method, or methods of the request.
    pub(crate) parameters: Vec<Ident>,
    /// Its body, as an argument.
    pub(crate) body: Ident,
    /// The media type of its body, as an argument.
    pub(crate) media_type: Ident,
    /// The forms that its body may have, in their order: methods of the resource if the body is required, the first of
    /// which is `method`; else methods of the request.
    pub(crate) contents: Vec<ContentNames>,
    /// Its answer, if that is a type of its own.
    pub(crate) answer: Option<AnswerNames>,
    /// The methods of the request that ask for other answers.
    pub(crate) others: Vec<Ident>,
    /// The headers of its answer, if the document describes any.
    pub(crate) headers: Option<HeadersNames>,
}

/// The names of the headers of an answer.
#[derive(Debug)]
pub(crate) struct HeadersNames {
    /// The type that holds them.
    pub(crate) ident: Ident,
    /// Its fields: a header each, in their order.
    pub(crate) fields: Vec<Ident>,
}

/// The names of a form that a body may have.
#[derive(Debug)]
pub(crate) struct ContentNames {
    /// The method that takes it.
    pub(crate) method: Ident,
    /// The type that holds its parts, if it has parts.
    pub(crate) form: Option<FormNames>,
}

/// The names of a body of several parts.
#[derive(Debug)]
pub(crate) struct FormNames {
    /// Its type.
    pub(crate) ident: Ident,
    /// Its parts: arguments of `new`, or methods.
    pub(crate) parts: Vec<Ident>,
    /// The headers of each part: arguments beside it, or methods.
    pub(crate) headers: Vec<Vec<Ident>>,
    /// Where it is one of several forms: their variants and their own names.
    pub(crate) variants: Vec<(Ident, FormNames)>,
}

/// The names of an answer that depends on the status.
#[derive(Debug)]
pub(crate) struct AnswerNames {
    /// Its type.
    pub(crate) ident: Ident,
    /// A variant for each status.
    pub(crate) variants: Vec<Ident>,
}

/// What the client has of its own beside its resources.
const CLIENT: [&str; 7] = ["builder", "clone", "from_env", "mod", "new", "request", "resources"];

/// The Cargo features that a crate has, or may come to have, beside its resources; in snake_case, as scopes are.
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

/// What the files of resources refer to beside the types of the document: no resource and no request may hide it.
const IN_RESOURCES: [&str; 21] = [
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
    "Method",
    "None",
    "Ok",
    "Operation",
    "Option",
    "Request",
    "Result",
    "Self",
    "Some",
    "String",
    "Vec",
];

/// What a resource has of its own beside its operations.
const RESOURCE: [&str; 3] = ["new", "client", "clone"];

/// What a request has of its own beside its parameters.
const REQUEST: [&str; 4] = ["clone", "into_future", "send", "request"];

/// What a request has of its own where its answer comes in pages.
const PAGED: [&str; 2] = ["items", "pages"];

/// What every request has by the traits of the runtime: a setter of that name would hide it.
const TRAITS: [&str; 8] = [
    "request_mut",
    "wait",
    "with_attempt_timeout",
    "with_header",
    "with_query",
    "with_response",
    "with_retry",
    "with_timeout",
];

/// What a body of several parts has of its own.
const FORM: [&str; 5] = ["clone", "form", "from", "into", "new"];

/// What the builder of a client has of its own beside the variables of the server.
const BUILDER: [&str; 31] = [
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
    "nearby",
    "new",
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
    let mut modules = Scope::reserving(Case::Snake, "resource", &[&CLIENT[..], &DEVICES].concat());
    let mut idents = Scope::reserving(Case::Camel, "Resource", &IN_RESOURCES);
    let mut features = Scope::reserving(Case::Snake, "resource", &FEATURES);
    let mut names: Vec<Option<OperationNames>> = api.operations.iter().map(|_| None).collect();
    let mut resources = Vec::with_capacity(api.resources.len());
    for (id, resource) in api.resources() {
        let module = modules.allocate(&resource.name);
        let ident = idents.allocate(&resource.name);
        let operations: Vec<(OperationId, &Operation)> = api.operations_of(id).collect();
        for (id, operation) in name_operations(&operations, ident.as_str()) {
            names[id.index()] = Some(operation);
        }
        let feature = features.allocate_or(module.as_str(), &[&format!("{} resource", module.as_str())]);
        // The underscores around a keyword and before a digit are Rust's business.
        let feature = feature.as_str().trim_matches('_').replace('_', "-");
        resources.push(ResourceNames { module, ident, feature });
    }
    (resources, names.into_iter().flatten().collect())
}

fn name_operations(
    operations: &[(OperationId, &Operation)],
    resource: &str,
) -> Vec<(OperationId, OperationNames)> {
    let mut methods = Scope::reserving(Case::Snake, "call", &RESOURCE);
    let reserved = IN_RESOURCES.iter().copied().chain([resource]).collect::<Vec<_>>();
    let mut requests = Scope::reserving(Case::Camel, "Call", &reserved);
    let mut named: Vec<(OperationId, OperationNames)> = operations
        .iter()
        .map(|(id, operation)| {
            // What tells two apart that want one name: the id, then the path.
            let last = operation.id.rsplit('.').next().unwrap_or_default();
            let by_path = format!("{} {}", operation.method, operation.path);
            let method = methods.allocate_or(&operation.name, &[last, &by_path]);
            let request = requests.allocate_or(method.as_str(), &[&format!("{} request", method.as_str())]);
            (*id, name_members(operation, method, request))
        })
        .collect();
    // Whatever else an operation needs comes after the operations themselves, and takes no name from them.
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
        if let Some(answer) = &mut names.answer {
            answer.ident = requests.allocate(&of_request("answer"));
        }
        if let Some(headers) = &mut names.headers {
            headers.ident = requests.allocate(&of_request("headers"));
        }
    }
    named
}

/// The names within an operation. Those beside it are still to come; until then they are its own.
fn name_members(operation: &Operation, method: Ident, request: Ident) -> OperationNames {
    let paged: &[&str] = if operation.pages.is_some() { &PAGED } else { &[] };
    let own = [&REQUEST, paged].concat();
    let mut scope = Scope::reserving(Case::Snake, "value", &own);
    let parameters = operation
        .parameters
        .iter()
        .map(|parameter| {
            let place = match parameter.location {
                Location::Path => "path",
                Location::Query => "query",
                Location::Header => "header",
                Location::Cookie => "cookie",
            };
            let placed = format!("{} {place}", parameter.name);
            // Only what is optional is a method, and only a method hides one.
            if !parameter.required && is_method_of_requests(&parameter.name, &own, operation) {
                scope.allocate_or(&format!("set {}", parameter.name), &[&placed])
            } else {
                scope.allocate_or(&parameter.name, &[&placed])
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
    let others = operation.other_answers.iter().map(|other| scope.allocate(&format!("as {}", other.name)));
    let others = others.collect();
    let answer = match &operation.success {
        Success::ByStatus(answers) => {
            let mut variants = Scope::reserving(Case::Camel, "Status", &["Unknown"]);
            let variants = answers.iter().map(|answer| variants.allocate(&reason(&answer.status))).collect();
            Some(AnswerNames { ident: request.clone(), variants })
        }
        _ => None,
    };
    let headers = name_headers(operation, &request);
    OperationNames { method, request, parameters, body, media_type, contents, answer, others, headers }
}

/// Whether a request has a method that is called like a parameter.
fn is_method_of_requests(parameter: &str, own: &[&str], operation: &Operation) -> bool {
    let name = to_case(parameter, Case::Snake);
    let takes_body = operation.body.as_ref().is_some_and(|body| !body.required);
    own.iter().chain(&TRAITS).any(|method| *method == name) || (takes_body && name == "body")
}

fn name_headers(operation: &Operation, request: &Ident) -> Option<HeadersNames> {
    let mut scope = Scope::new(Case::Snake, "header");
    let fields: Vec<Ident> = operation.headers.iter().map(|header| scope.allocate(&header.name)).collect();
    (!fields.is_empty()).then(|| HeadersNames { ident: request.clone(), fields })
}

fn name_form(kind: &BodyKind, request: &Ident) -> Option<FormNames> {
    match kind {
        BodyKind::Multipart(Multipart::Parts(parts)) => Some(name_parts(parts, request)),
        BodyKind::Multipart(Multipart::OneOf(forms)) => {
            let mut scope = Scope::new(Case::Camel, "Form");
            let variants =
                forms.iter().map(|form| (scope.allocate(&form.name), name_parts(&form.parts, request)));
            Some(FormNames { variants: variants.collect(), ..name_parts(&[], request) })
        }
        _ => None,
    }
}

fn name_parts(parts: &[Part], request: &Ident) -> FormNames {
    let mut scope = Scope::reserving(Case::Snake, "part", &FORM);
    let idents = parts.iter().map(|part| scope.allocate(&part.name)).collect();
    // They come after the parts, and take no name from them.
    let mut header = |part: &str, name: &str| scope.allocate(&format!("{part} {name}"));
    let headers =
        parts.iter().map(|part| part.headers.iter().map(|it| header(&part.name, &it.name)).collect());
    let headers = headers.collect();
    FormNames { ident: request.clone(), parts: idents, headers, variants: Vec::new() }
}

/// What a status is called (RFC 9110, section 15).
fn reason(status: &str) -> String {
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

/// The methods of the builder: for the variables of the server, and for the security schemes that are not alone of
/// their kind.
pub(super) fn setters(api: &Api) -> (Vec<Ident>, Vec<Option<Ident>>) {
    let mut scope = Scope::reserving(Case::Snake, "variable", &BUILDER);
    let variables = api.server.iter().flat_map(|server| &server.variables);
    let variables = variables.map(|variable| scope.allocate(&variable.name)).collect();
    let schemes = api.security.schemes.iter().map(|scheme| match scheme.setter {
        Setter::OfScheme => Some(scope.allocate_or(&scheme.name, &[&format!("{} credentials", scheme.name)])),
        Setter::Common | Setter::OfKind => None,
    });
    let schemes = schemes.collect();
    (variables, schemes)
}
