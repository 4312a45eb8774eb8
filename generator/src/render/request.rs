//! Operations: the methods of resources, and the types of the requests that they build.

use proc_macro2::TokenStream;
use quote::quote;

use super::context::{Context, allow_many};
use super::doc::{self, Doc};
use super::imports::Imports;
use super::operation_docs::{self, BodyArgument, OperationDocs};
use super::{
    argument, content, credentials, docs, errors, form, headers, pages, parameter, response, response_docs,
    ty,
};
use crate::analyze::requests::{self, CallBody};
use crate::ir::{BodyKind, Multipart, Operation, OperationId, Parameter, Success, Type};
use crate::naming::{Ident, OperationNames};

/// An operation, with everything that its code depends on.
pub(super) struct RenderedOperation<'a> {
    pub(super) operation: &'a Operation,
    id: OperationId,
    names: &'a OperationNames,
    /// The request as a `runtime::Call`; `None` if the request has methods of its own.
    call: Option<Call>,
}

/// The methods that have a constant in `http::Method`. (`QUERY` has one only in its newest versions.)
const METHODS: [&str; 8] = ["GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE"];

/// Returns true if the method of an operation has a constant in `http::Method`.
pub(super) fn has_method_constant(operation: &Operation) -> bool {
    METHODS.contains(&operation.method.as_str())
}

/// Renders the constants of an operation: its id, method and path.
pub(super) fn declaration(operation: &Operation) -> TokenStream {
    let Operation { id, method, path, .. } = operation;
    if has_method_constant(operation) {
        let method = quote::format_ident!("{method}");
        quote!(Operation::new(#id, Method::#method, #path))
    } else {
        quote!(Operation::with_method(#id, #method, #path))
    }
}

/// A request without methods of its own, so that its type is an alias of `runtime::Call`.
struct Call {
    response: response::BufferedResponse,
    /// The type of the optional body.
    body: Option<TokenStream>,
}

impl<'a> RenderedOperation<'a> {
    pub(super) fn new(context: &Context<'a>, id: OperationId, operation: &'a Operation) -> Self {
        let mut rendered = Self { operation, id, names: context.names.of_operation(id), call: None };
        rendered.call = rendered.call(context);
        rendered
    }

    /// The required parameters, which are arguments of the method, or the optional ones, which are setters of the
    /// request.
    fn parameters(&self, required: bool) -> impl Iterator<Item = (&Parameter, &Ident)> {
        let parameters = self.operation.parameters.iter().zip(&self.names.parameters);
        parameters.filter(move |(parameter, _)| parameter.required == required)
    }

    /// The methods of the resource: one for each content of a required body, or else a single one.
    pub(super) fn methods(&self, context: &Context<'_>) -> TokenStream {
        match self.operation.body.as_ref().filter(|body| body.required) {
            None => self.method(context, &self.names.method, None),
            Some(body) => {
                let contents = body.contents.iter().zip(&self.names.contents);
                let methods = contents.map(|(content, names)| {
                    self.method(context, &names.method, Some(BodyArgument { body, content, names }))
                });
                methods.collect()
            }
        }
    }

    pub(super) fn id(&self) -> OperationId {
        self.id
    }

    /// Adds what the arguments refer to.
    pub(super) fn import_arguments(&self, context: &Context<'_>, seen: &mut Imports) {
        for parameter in &self.operation.parameters {
            argument::import_parameter(context, &parameter.ty, seen);
        }
        for content in self.operation.body.iter().flat_map(|body| &body.contents) {
            content::import(context, &content.kind, seen);
        }
    }

    /// The arguments of the method for a media type of the body, each with its type.
    pub(super) fn arguments(&self, context: &Context<'_>, content: usize) -> Vec<TokenStream> {
        let required = self.parameters(true);
        let mut arguments: Vec<TokenStream> = required
            .map(|(parameter, ident)| {
                let (ty, _) = parameter::step(context, parameter, ident);
                quote!(#ident: #ty)
            })
            .collect();
        let body = self.operation.body.as_ref().filter(|body| body.required);
        if let Some(content) = body.and_then(|body| body.contents.get(content)) {
            arguments.extend(content::argument(context, content, self.names).arguments);
        }
        arguments
    }

    fn method(&self, context: &Context<'_>, method: &Ident, body: Option<BodyArgument<'_>>) -> TokenStream {
        let request = &self.names.request;
        let declared = declaration(self.operation);
        let mut arguments = Vec::new();
        let mut steps = Vec::new();
        for (parameter, ident) in self.parameters(true) {
            let (ty, step) = parameter::step(context, parameter, ident);
            arguments.push(quote!(#ident: #ty));
            steps.push(step);
        }
        if let Some(body) = body {
            let argument = content::argument(context, body.content, self.names);
            arguments.extend(argument.arguments);
            steps.push(argument.step);
        }
        let server = self.operation.server.as_ref().map(|url| quote!(.server(#url)));
        let security = self.operation.security.as_deref().map(credentials::requirements);
        let security = security.map(|requirements| quote!(.secured_by(#requirements)));
        let repeatable = self.operation.is_repeatable.then(|| quote!(.repeatable()));
        let redirecting = self.operation.is_redirect.then(|| quote!(.redirecting()));
        let errors = errors::of_operation(context, self.operation);
        let accept = self.operation.accept.as_ref().map(|media_types| quote!(.accept(#media_types)));
        let doc = self.docs(context).of_method(method, body);
        let built = quote!(Request::new(&self.client, &OPERATION) #server #accept #(#steps)*);
        let built = match &self.call {
            Some(call) => call.response.call(request, &built),
            None => quote!(#request { request: #built }),
        };
        let allow = allow_many(arguments.len());
        quote! {
            #doc
            #allow
            pub fn #method(&self, #(#arguments),*) -> #request {
                static OPERATION: Operation = #declared #security #repeatable #redirecting #errors;
                #built
            }
        }
    }

    fn docs<'d>(&self, context: &'d Context<'_>) -> OperationDocs<'d>
    where
        'a: 'd,
    {
        OperationDocs { context, id: self.id, operation: self.operation, names: self.names }
    }

    /// The type of the request, and the types that only this operation has: of its response, headers and forms.
    pub(super) fn request(&self, context: &Context<'_>, resource: &Ident) -> TokenStream {
        let owner = format!("[`{0}::{1}`]", resource.as_str(), self.names.method.as_str());
        let request = match &self.call {
            Some(call) => self.alias(context, call, &owner),
            None => self.structure(context, &owner),
        };
        let response = match (&self.operation.success, &self.names.response) {
            (Success::ByStatus(responses), Some(names)) => {
                Some(response::by_status(context, responses, names, &owner))
            }
            _ => None,
        };
        let contents = self.operation.body.iter().flat_map(|body| &body.contents).zip(&self.names.contents);
        let forms = contents.filter_map(|(content, names)| match (&content.kind, &names.form) {
            (BodyKind::Multipart(Multipart::Parts(parts)), Some(names)) => {
                Some(form::tokens(context, parts, names, &owner))
            }
            (BodyKind::Multipart(Multipart::Alternatives(forms)), Some(names)) => {
                Some(form::one_of(context, forms, names, &owner))
            }
            _ => None,
        });
        let headers = self
            .names
            .headers
            .as_ref()
            .map(|names| headers::tokens(context, self.id, &self.operation.headers, names, &owner));
        quote! {
            #request

            #response

            #headers

            #(#forms)*
        }
    }

    fn call(&self, context: &Context<'_>) -> Option<Call> {
        let body = match requests::call_body(context.facts, self.operation)? {
            CallBody::None => None,
            // `runtime::Call` has a method of that name only.
            CallBody::Json(_) if self.names.contents.first()?.method.as_str() != "body" => return None,
            CallBody::Json(Type::String) => Some(quote!(str)),
            CallBody::Json(Type::List(item)) => {
                let item = ty::qualified(context, item);
                Some(quote!([#item]))
            }
            CallBody::Json(ty) => Some(ty::qualified(context, ty)),
        };
        let response = response::BufferedResponse::of(context, &self.operation.success, self.names)?;
        Some(Call { response, body })
    }

    fn alias(&self, context: &Context<'_>, call: &Call, owner: &str) -> TokenStream {
        let request = &self.names.request;
        let body = self.operation.body.as_ref().filter(|_| call.body.is_some());
        let body = body.map(|body| {
            let ty = match requests::call_body(context.facts, self.operation) {
                Some(CallBody::Json(ty)) => {
                    format!(": {}", response_docs::type_in_words(context, self.names, ty))
                }
                _ => String::new(),
            };
            let sets_body =
                format!("[`body`](runtime::Call::body) sets the request body, which is optional{ty}.");
            match doc::in_short(&body.docs) {
                Some(text) => vec![sets_body, String::new(), format!("Request body: {text}")],
                None => vec![sets_body],
            }
        });
        let doc = self.docs(context).of_request(owner).then(body.into_iter().flatten());
        let ty = &call.response.ty;
        let body = call.body.as_ref().map(|body| quote!(, #body));
        quote! {
            #doc
            pub type #request = runtime::Call<#ty #body>;
        }
    }

    fn structure(&self, context: &Context<'_>, owner: &str) -> TokenStream {
        let request = &self.names.request;
        let doc = self.docs(context).of_request(owner);
        let methods: Vec<TokenStream> = self
            .parameter_setters(context)
            .chain(self.body_setters(context))
            .chain(self.others(context))
            .chain(pages::methods(context, self.operation, self.names))
            .collect();
        let methods = (!methods.is_empty()).then(|| quote!(impl #request { #(#methods)* }));
        let awaitable = response::awaitable(context, &self.operation.success, self.names);
        quote! {
            #doc
            #[derive(Clone, Debug)]
            #[must_use = "a request does nothing until it is awaited"]
            pub struct #request {
                request: Request,
            }

            #methods

            #awaitable
        }
    }

    fn parameter_setters(&self, context: &Context<'_>) -> impl Iterator<Item = TokenStream> {
        self.parameters(false).map(|(parameter, ident)| {
            let doc = Doc::of(&parameter.docs).or(&operation_docs::sets(parameter));
            let (ty, step) = parameter::step(context, parameter, ident);
            setter(&doc, ident, &[quote!(#ident: #ty)], &step)
        })
    }

    fn body_setters(&self, context: &Context<'_>) -> impl Iterator<Item = TokenStream> {
        let body = self.operation.body.iter().filter(|body| !body.required);
        let contents = body.flat_map(|body| body.contents.iter().map(move |content| (body, content)));
        contents.zip(&self.names.contents).map(|((body, content), names)| {
            let argument = content::argument(context, content, self.names);
            let doc = Doc::of(&body.docs).or("Sets the request body.");
            let doc = doc.then(operation_docs::multipart_hint(context, content, names));
            let media_type = content.media_type.as_ref().filter(|_| body.contents.len() > 1);
            let doc = doc.then(media_type.map(|media_type| format!("Sent as {}.", docs::code(media_type))));
            setter(&doc, &names.method, &argument.arguments, &argument.step)
        })
    }

    fn others(&self, context: &Context<'_>) -> impl Iterator<Item = TokenStream> {
        let others = self.operation.other_responses.iter().zip(&self.names.other_responses);
        others.map(|(other, ident)| {
            response::other(context, &other.media_type, &other.content, ident, self.names)
        })
    }
}

fn setter(doc: &Doc, method: &Ident, arguments: &[TokenStream], step: &TokenStream) -> TokenStream {
    quote! {
        #doc
        pub fn #method(mut self, #(#arguments),*) -> Self {
            self.request = self.request #step;
            self
        }
    }
}
