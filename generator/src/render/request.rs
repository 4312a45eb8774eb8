//! Operations: the methods that begin a request, and the request.

use proc_macro2::TokenStream;
use quote::quote;

use super::doc::{self, Doc};
use super::{
    ARGUMENTS, Context, answer, answered, content, credentials, docs, form, headers, pages, parameter,
};
use crate::ir::{
    Body, BodyContent, BodyKind, ErrorAnswer, Multipart, Operation, OperationId, Parameter, Success,
};
use crate::naming::{Ident, OperationNames};

/// An operation with all that its spelling depends on.
pub(super) struct Rendered<'a> {
    pub(super) operation: &'a Operation,
    id: OperationId,
    names: &'a OperationNames,
    /// The request as a `Call` of the runtime; none where it has methods of its own.
    call: Option<Call>,
}

/// A request that is a `Call` of the runtime.
struct Call {
    answer: answer::Whole,
    /// The type of the body that it may have.
    body: Option<TokenStream>,
}

impl<'a> Rendered<'a> {
    pub(super) fn new(context: &Context<'a>, id: OperationId, operation: &'a Operation) -> Self {
        let mut rendered = Self { operation, id, names: context.names.of_operation(id), call: None };
        rendered.call = rendered.call(context);
        rendered
    }

    /// The parameters that are arguments of the method, or those that are methods of the request.
    fn parameters(&self, required: bool) -> impl Iterator<Item = (&Parameter, &Ident)> {
        let parameters = self.operation.parameters.iter().zip(&self.names.parameters);
        parameters.filter(move |(parameter, _)| parameter.required == required)
    }

    /// The methods of the resource: one, or one for each form that a body may have which has to be there.
    pub(super) fn methods(&self, context: &Context<'_>) -> TokenStream {
        match self.operation.body.as_ref().filter(|body| body.required) {
            None => self.method(context, &self.names.method, None),
            Some(body) => {
                let contents = body.contents.iter().zip(&self.names.contents);
                let methods = contents.map(|(content, names)| {
                    let argument = content::argument(context, content, self.names);
                    let said = content::doc(context, body, content, names.form.as_ref(), &self.names.body);
                    self.method(context, &names.method, Some((body, content, argument, said)))
                });
                methods.collect()
            }
        }
    }

    fn method(
        &self,
        context: &Context<'_>,
        method: &Ident,
        body: Option<(&Body, &BodyContent, content::Argument, Option<String>)>,
    ) -> TokenStream {
        let Operation { id, path, .. } = self.operation;
        let request = &self.names.request;
        let http_method = quote::format_ident!("{}", self.operation.method);
        let mut arguments = Vec::new();
        let mut steps = Vec::new();
        for (parameter, ident) in self.parameters(true) {
            let ty = parameter::argument(context, &parameter.ty);
            arguments.push(quote!(#ident: #ty));
            steps.push(parameter::step(parameter, ident));
        }
        let mut said = None;
        let mut beside = None;
        if let Some((body, content, argument, text)) = body {
            said = text;
            beside = (body.contents.len() > 1).then(|| content.media_type.clone()).flatten();
            arguments.extend(argument.arguments);
            steps.push(argument.step);
        }
        let server = self.operation.server.as_ref().map(|url| quote!(.server(#url)));
        let security = self.operation.security.as_deref().map(credentials::requirements);
        let security = security.map(|requirements| quote!(.secured_by(#requirements)));
        let repeatable = self.operation.is_repeatable.then(|| quote!(.repeatable()));
        let redirecting = self.operation.is_redirect.then(|| quote!(.redirecting()));
        let accept = self.operation.accept.as_ref().map(|media_types| quote!(.accept(#media_types)));
        let doc = self.doc(context, said, beside);
        let begun = quote!(Request::new(&self.client, &OPERATION) #server #accept #(#steps)*);
        let begun = match &self.call {
            Some(call) => call.answer.call(request, &begun),
            None => quote!(#request { request: #begun }),
        };
        let many = (arguments.len() >= ARGUMENTS).then(
            || quote!(#[allow(clippy::too_many_arguments, reason = "the operation requires them all")]),
        );
        quote! {
            #doc
            #many
            pub fn #method(&self, #(#arguments),*) -> #request {
                static OPERATION: Operation =
                    Operation::new(#id, Method::#http_method, #path) #security #repeatable #redirecting;
                #begun
            }
        }
    }

    /// What is said about a method; with the media type of its body, where that tells it from another method.
    fn doc(&self, context: &Context<'_>, body: Option<String>, media_type: Option<String>) -> Doc {
        let summary = self.operation.summary.as_deref().map(Doc::text).unwrap_or_default();
        let description = Doc::of(&self.operation.docs);
        let errors: Vec<String> =
            self.operation.errors.iter().filter_map(|error| said_of(context, error)).collect();
        let arguments = self.parameters(true).filter_map(|(parameter, ident)| {
            Some(format!("- `{}`: {}", ident.as_str(), doc::in_short(&parameter.docs)?))
        });
        let arguments: Vec<String> = arguments.chain(body).collect();
        let told_apart = self.operation.error_table.map(|id| {
            let ident = context.names.of_error_table(id).ident.as_str();
            ["".to_owned(), format!("[`{ident}::of`](crate::errors::{ident}::of) tells these types apart.")]
        });
        let heading = (!errors.is_empty()).then(|| ["# Errors".to_owned(), String::new()]);
        let line = docs::code(&format!("{} {}", self.operation.method, self.operation.path));
        let line = match media_type {
            Some(media_type) => format!("{line}, with {}", docs::code(&media_type)),
            None => line,
        };
        let answer = match self.operation.is_redirect {
            true => "The answer is a redirect, which is not followed: where it leads is in the header `location` of the \
                     response."
                .to_owned(),
            false => answered::line(context, self.operation, self.names),
        };
        let headers = self.names.headers.as_ref().map(|names| {
            let ident = names.ident.as_str();
            format!("[`{ident}::of`] reads the headers of the answer.")
        });
        summary
            .followed_by(description)
            .then([line])
            .then(credentials::scopes(&self.operation.scopes))
            .then(arguments)
            .then([answer])
            .then(headers)
            .then(heading.into_iter().flatten().chain(errors).chain(told_apart.into_iter().flatten()))
    }

    /// The request, and the types that are its own.
    pub(super) fn request(&self, context: &Context<'_>, resource: &Ident) -> TokenStream {
        let owner = format!("[`{0}::{1}`]", resource.as_str(), self.names.method.as_str());
        let request = match &self.call {
            Some(call) => self.alias(call, &owner),
            None => self.structure(context, &owner),
        };
        let answer = match (&self.operation.success, &self.names.answer) {
            (Success::ByStatus(answers), Some(names)) => {
                Some(answer::by_status(context, answers, names, &owner))
            }
            _ => None,
        };
        let contents = self.operation.body.iter().flat_map(|body| &body.contents).zip(&self.names.contents);
        let forms = contents.filter_map(|(content, names)| match (&content.kind, &names.form) {
            (BodyKind::Multipart(Multipart::Parts(parts)), Some(names)) => {
                Some(form::tokens(context, parts, names, &owner))
            }
            (BodyKind::Multipart(Multipart::OneOf(forms)), Some(names)) => {
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

            #answer

            #headers

            #(#forms)*
        }
    }

    fn call(&self, context: &Context<'_>) -> Option<Call> {
        let it = self.operation;
        if self.parameters(false).next().is_some() || it.pages.is_some() || !it.other_answers.is_empty() {
            return None;
        }
        let body = match it.body.as_ref().filter(|body| !body.required) {
            None => None,
            Some(body) => match (body.contents.as_slice(), self.names.contents.as_slice()) {
                ([content], [names]) if names.method.as_str() == "body" => {
                    Some(content::as_of_call(context, content)?)
                }
                _ => return None,
            },
        };
        let answer = answer::Whole::of(context, &it.success, self.names)?;
        Some(Call { answer, body })
    }

    fn alias(&self, call: &Call, owner: &str) -> TokenStream {
        let request = &self.names.request;
        let body = self.operation.body.as_ref().filter(|_| call.body.is_some());
        let body = body.and_then(|body| Some(format!("Its body: {}", doc::in_short(&body.docs)?)));
        let doc = Doc::default().or(&format!("The request of {owner}.")).then(body);
        let ty = &call.answer.ty;
        let body = call.body.as_ref().map(|body| quote!(, #body));
        quote! {
            #doc
            pub type #request = runtime::Call<#ty #body>;
        }
    }

    fn structure(&self, context: &Context<'_>, owner: &str) -> TokenStream {
        let request = &self.names.request;
        let doc = format!(" The request of {owner}.");
        let methods: Vec<TokenStream> = self
            .parameter_setters(context)
            .chain(self.body_setters(context))
            .chain(self.others(context))
            .chain(pages::methods(context, self.operation))
            .collect();
        let methods = (!methods.is_empty()).then(|| quote!(impl #request { #(#methods)* }));
        let awaitable = answer::awaitable(context, &self.operation.success, self.names);
        quote! {
            #[doc = #doc]
            #[derive(Clone, Debug)]
            #[must_use = "a request is sent when it is awaited"]
            pub struct #request {
                request: Request,
            }

            #methods

            #awaitable
        }
    }

    fn parameter_setters(&self, context: &Context<'_>) -> impl Iterator<Item = TokenStream> {
        self.parameters(false).map(|(parameter, ident)| {
            let doc = Doc::of(&parameter.docs).or(&format!("Sets {}.", docs::code(&parameter.name)));
            let ty = parameter::argument(context, &parameter.ty);
            let step = parameter::step(parameter, ident);
            setter(&doc, ident, &[quote!(#ident: #ty)], &step)
        })
    }

    fn body_setters(&self, context: &Context<'_>) -> impl Iterator<Item = TokenStream> {
        let body = self.operation.body.iter().filter(|body| !body.required);
        let contents = body.flat_map(|body| body.contents.iter().map(move |content| (body, content)));
        contents.zip(&self.names.contents).map(|((body, content), names)| {
            let argument = content::argument(context, content, self.names);
            let doc = Doc::of(&body.docs).or("Sets the body.");
            let doc = doc.then(names.form.as_ref().map(content::form_or_parts));
            let media_type = content.media_type.as_ref().filter(|_| body.contents.len() > 1);
            let doc = doc.then(media_type.map(|media_type| format!("Sent as {}.", docs::code(media_type))));
            setter(&doc, &names.method, &argument.arguments, &argument.step)
        })
    }

    fn others(&self, context: &Context<'_>) -> impl Iterator<Item = TokenStream> {
        let others = self.operation.other_answers.iter().zip(&self.names.others);
        others.map(|(other, ident)| answer::other(context, &other.media_type, &other.content, ident))
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

/// What is said about an error, its type included.
fn said_of(context: &Context<'_>, error: &ErrorAnswer) -> Option<String> {
    let body = error.ty.as_ref().and_then(|ty| ty.named()).map(|id| {
        let ident = context.names.of_type(id).ident.as_str();
        format!("[`{ident}`](crate::types::{ident})")
    });
    let text = Some(docs::summary(&error.description)).filter(|text| !text.is_empty());
    let said = match (text, body) {
        (Some(text), Some(body)) => format!("{text} ({body})"),
        (Some(text), None) => text,
        (None, Some(body)) => body,
        (None, None) => return None,
    };
    Some(format!("- `{}`: {said}", error.status))
}
