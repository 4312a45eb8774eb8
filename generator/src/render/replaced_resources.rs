//! Renders the resources whose operations are in other resources. Such a resource keeps its type, and each old method
//! leads to the method of the new resource.

use proc_macro2::TokenStream;
use quote::quote;

use super::context::Context;
use super::{features, forwards, mock_server};
use crate::naming::{FormerResource, ReplacedResource};

/// Iterates over the replaced resources.
fn all<'a>(context: &Context<'a>) -> impl Iterator<Item = (FormerResource, &'a ReplacedResource)> {
    let replaced = context.names.forwards().replaced_resources().iter().enumerate();
    replaced.map(|(position, replaced)| (FormerResource::Replaced(position), replaced))
}

/// Returns the attributes of a replaced resource.
fn attributes(context: &Context<'_>, resource: FormerResource, replaced: &ReplacedResource) -> TokenStream {
    let into = replaced.into.iter().map(|id| context.names.of_resource(*id).module.as_str());
    let into: Vec<String> = into.map(|module| format!("`{module}`")).collect();
    let into = match into.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, others)) => format!("{} and {last}", others.join(", ")),
        None => String::new(),
    };
    let (doc, note) = (format!(" Replaced by {into}."), format!("replaced by {into}"));
    let (since, cfg) = (&replaced.since, features::of_former_resource(context, resource));
    quote! {
        #[doc = #doc]
        #[deprecated(since = #since, note = #note)]
        #cfg
    }
}

/// Renders the methods of the client that return replaced resources.
pub(super) fn accessors(context: &Context<'_>) -> TokenStream {
    let accessor = |(resource, replaced): (FormerResource, &ReplacedResource)| {
        let (module, ident) = (&replaced.names.module, &replaced.names.ident);
        let attributes = attributes(context, resource, replaced);
        quote! {
            #attributes
            pub fn #module(&self) -> crate::resources::#ident {
                crate::resources::#ident { client: self.clone() }
            }
        }
    };
    all(context).map(accessor).collect()
}

/// Renders the types and the modules of replaced resources.
pub(super) fn modules(context: &Context<'_>) -> TokenStream {
    let client = match context.package().runtime {
        Some(_) => quote!(crate::client::Client),
        None => quote!(crate::runtime::Client),
    };
    let module = |(resource, replaced): (FormerResource, &ReplacedResource)| {
        let (module, ident) = (&replaced.names.module, &replaced.names.ident);
        let attributes = attributes(context, resource, replaced);
        let types = forwards::types_in(context, resource);
        quote! {
            #attributes
            #[derive(Clone, Debug)]
            pub struct #ident {
                pub(crate) client: #client,
            }

            #attributes
            pub mod #module {
                pub use super::#ident;
                #types
            }
        }
    };
    all(context).map(module).collect()
}

/// Renders the modules and the accessors of replaced resources on the mock server.
pub(super) fn of_mock(context: &Context<'_>) -> (TokenStream, TokenStream) {
    let server = mock_server::of_operations(context, quote!(super::MockServer));
    let module_and_accessor = |(resource, replaced): (FormerResource, &ReplacedResource)| {
        let (module, ident) = (&replaced.names.module, &replaced.names.ident);
        let attributes = attributes(context, resource, replaced);
        let definition = quote! {
            #attributes
            pub mod #module {
                /// The operations of a replaced resource.
                #[derive(Clone, Copy, Debug)]
                pub struct #ident<'a> {
                    pub(super) mock: &'a #server,
                }
            }
        };
        let accessor = quote! {
            #attributes
            pub fn #module(self) -> self::#module::#ident<'a> {
                self::#module::#ident { mock: self.mock }
            }
        };
        (definition, accessor)
    };
    all(context).map(module_and_accessor).unzip()
}
