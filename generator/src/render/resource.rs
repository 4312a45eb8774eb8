//! Resources: the operations of a group, and the requests that they begin.

use proc_macro2::TokenStream;
use quote::quote;

use super::doc::{self, Doc};
use super::source_file::SourceFile;
use super::types::Seen;
use super::{Context, docs, ty};
use crate::ir::{Location, Operation, OperationId, Parameter, ResourceId, Success};
use crate::naming::{Ident, OperationNames};

/// `src/resources/`.
pub(super) fn files<'a>(context: &Context<'a>) -> Vec<SourceFile<'a>> {
    let mut files: Vec<SourceFile<'a>> = context
        .api
        .resources()
        .map(|(id, _)| SourceFile {
            path: format!("src/resources/{}.rs", context.names.of_resource(id).module.as_str()),
            tokens: Box::new(move |context| file(context, id)),
        })
        .collect();
    files.push(SourceFile { path: "src/resources/mod.rs".to_owned(), tokens: Box::new(index) });
    files
}

fn index(context: &Context<'_>) -> TokenStream {
    let mut names: Vec<_> = context.api.resources().map(|(id, _)| context.names.of_resource(id)).collect();
    names.sort_by_key(|names| &names.module);
    let modules = names.iter().map(|names| {
        let module = &names.module;
        quote!(pub mod #module;)
    });
    let exports = names.iter().map(|names| {
        let (module, ident) = (&names.module, &names.ident);
        quote!(pub use self::#module::#ident;)
    });
    quote! {
        //! The operations, by resource: each module has the resource and the requests of its operations.

        #(#modules)*

        #(#exports)*
    }
}

fn file(context: &Context<'_>, id: ResourceId) -> TokenStream {
    let resource = &context.api.resources[id.index()];
    let ident = &context.names.of_resource(id).ident;
    let operations: Vec<Rendered<'_>> =
        context.api.operations_of(id).map(|(id, operation)| Rendered::new(context, id, operation)).collect();
    let doc = resource.description.as_deref().map(Doc::text).unwrap_or_default();
    let doc = doc.or(&format!("The operations of `{}`.", resource.name));
    let imports = imports(context, &operations);
    let methods = operations.iter().map(|operation| operation.method(context));
    let requests = operations.iter().map(|operation| operation.request(context, ident));
    quote! {
        #imports

        #doc
        #[derive(Clone, Debug)]
        pub struct #ident {
            client: Client,
        }

        impl #ident {
            pub(crate) fn new(client: &Client) -> Self {
                Self { client: client.clone() }
            }

            #(#methods)*
        }

        #(#requests)*
    }
}

fn imports(context: &Context<'_>, operations: &[Rendered<'_>]) -> TokenStream {
    let mut seen = Seen::default();
    let mut uses_wire = false;
    for rendered in operations {
        let operation = rendered.operation;
        let parameters = operation.parameters.iter().map(|parameter| &parameter.ty);
        let body = operation.body.iter().map(|body| &body.ty);
        let success = match &operation.success {
            Success::Json(ty) => Some(ty),
            Success::Empty => None,
        };
        for ty in parameters.chain(body).chain(success) {
            seen.ty(ty);
            uses_wire |= ty::qualified(context, ty).to_string().contains("wire");
        }
    }
    // By way of their module, as a request or the resource itself may be called like a type.
    let types = (!seen.named.is_empty()).then(|| {
        quote!(
            use crate::types;
        )
    });
    let wire = uses_wire.then(|| {
        quote!(
            use crate::runtime::wire;
        )
    });
    let standard = seen.standard();
    quote! {
        #standard
        use crate::runtime::{self, Client, Method, Operation, Request};
        #wire
        #types
    }
}

/// An operation with all that its spelling depends on.
struct Rendered<'a> {
    operation: &'a Operation,
    names: &'a OperationNames,
}

impl<'a> Rendered<'a> {
    fn new(context: &Context<'a>, id: OperationId, operation: &'a Operation) -> Self {
        Self { operation, names: context.names.of_operation(id) }
    }

    /// The parameters that are arguments of the method, or those that are methods of the request.
    fn parameters(&self, required: bool) -> impl Iterator<Item = (&Parameter, &Ident)> {
        let parameters = self.operation.parameters.iter().zip(&self.names.parameters);
        parameters.filter(move |(parameter, _)| parameter.required == required)
    }

    fn doc(&self) -> Doc {
        let summary = self.operation.summary.as_deref().map(Doc::text).unwrap_or_default();
        let description = Doc::of(&self.operation.docs);
        let errors = self
            .operation
            .errors
            .iter()
            .filter(|error| !error.description.is_empty())
            .map(|error| format!("- `{}`: {}", error.status, docs::summary(&error.description)));
        let errors: Vec<String> = errors.collect();
        let arguments = self.parameters(true).filter_map(|(parameter, ident)| {
            Some(format!("- `{}`: {}", ident.as_str(), doc::in_short(&parameter.docs)?))
        });
        let body = self.operation.body.as_ref().filter(|body| body.required).and_then(|body| {
            Some(format!("- `{}`: {}", self.names.body.as_str(), docs::summary(body.docs.text.as_deref()?)))
        });
        let arguments: Vec<String> = arguments.chain(body).collect();
        let heading = (!errors.is_empty()).then(|| ["# Errors".to_owned(), String::new()]);
        summary
            .followed_by(description)
            .then([docs::code(&format!("{} {}", self.operation.method, self.operation.path))])
            .then(arguments)
            .then(heading.into_iter().flatten().chain(errors))
    }

    fn method(&self, context: &Context<'_>) -> TokenStream {
        let (method, request) = (&self.names.method, &self.names.request);
        let (id, path) = (&self.operation.id, &self.operation.path);
        let http_method = quote::format_ident!("{}", self.operation.method);
        let mut arguments = Vec::new();
        let mut steps = Vec::new();
        for (parameter, ident) in self.parameters(true) {
            let ty = ty::argument(context, &parameter.ty);
            arguments.push(quote!(#ident: #ty));
            steps.push(step(parameter, ident));
        }
        if let Some(body) = self.operation.body.as_ref().filter(|body| body.required) {
            let (ident, ty) = (&self.names.body, ty::qualified(context, &body.ty));
            arguments.push(quote!(#ident: &#ty));
            steps.push(quote!(.json(#ident)));
        }
        let doc = self.doc();
        quote! {
            #doc
            pub fn #method(&self, #(#arguments),*) -> #request {
                static OPERATION: Operation =
                    Operation { id: #id, method: Method::#http_method, path: #path };
                #request { request: Request::new(&self.client, &OPERATION) #(#steps)* }
            }
        }
    }

    fn request(&self, context: &Context<'_>, resource: &Ident) -> TokenStream {
        let (method, request) = (&self.names.method, &self.names.request);
        let doc = format!(" The request of [`{0}::{1}`].", resource.as_str(), method.as_str());
        let mut setters: Vec<TokenStream> = self
            .parameters(false)
            .map(|(parameter, ident)| {
                let doc = Doc::of(&parameter.docs).or(&format!("Sets {}.", docs::code(&parameter.name)));
                let (ty, step) = (ty::argument(context, &parameter.ty), step(parameter, ident));
                quote! {
                    #doc
                    pub fn #ident(mut self, #ident: #ty) -> Self {
                        self.request = self.request #step;
                        self
                    }
                }
            })
            .collect();
        if let Some(body) = self.operation.body.as_ref().filter(|body| !body.required) {
            let (ident, ty) = (&self.names.body, ty::qualified(context, &body.ty));
            let doc = Doc::of(&body.docs).or("Sets the body.");
            setters.push(quote! {
                #doc
                pub fn #ident(mut self, #ident: &#ty) -> Self {
                    self.request = self.request.json(#ident);
                    self
                }
            });
        }
        let setters = (!setters.is_empty()).then(|| quote!(impl #request { #(#setters)* }));
        let answer = match &self.operation.success {
            Success::Json(ty) => {
                let ty = ty::qualified(context, ty);
                quote!(runtime::operation!(#request -> #ty);)
            }
            Success::Empty => quote!(runtime::operation!(#request);),
        };
        quote! {
            #[doc = #doc]
            #[derive(Clone, Debug)]
            #[must_use = "a request is sent when it is awaited"]
            pub struct #request {
                request: Request,
            }

            #setters

            #answer
        }
    }
}

/// The step that puts a parameter into a request.
fn step(parameter: &Parameter, ident: &Ident) -> TokenStream {
    let name = &parameter.name;
    match (parameter.location, parameter.separator) {
        (Location::Path, _) => quote!(.path(#name, &#ident)),
        (Location::Header, _) => quote!(.header(#name, &#ident)),
        (Location::Query, None) => quote!(.query(#name, &#ident)),
        (Location::Query, Some(separator)) => quote!(.query_joined(#name, #separator, &#ident)),
    }
}
