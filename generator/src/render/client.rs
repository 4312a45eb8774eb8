//! `src/client.rs`: the constants of the API, the resources of the client, and the settings of its builder.
//!
//! With a shared runtime, `Client` and `ClientBuilder` are types of the crate that wrap the types of the runtime.

use proc_macro2::TokenStream;
use quote::quote;

use super::context::Context;
use super::doc::Doc;
use super::runtime::methods;
use super::{credentials, docs, features, forwards, replaced_resources};
use crate::ir::ServerVariable;
use crate::naming::Ident;

pub(super) fn tokens(context: &Context<'_>) -> TokenStream {
    let constants = constants(context);
    let (imports, wrappers) = match &context.package().runtime {
        None => (
            quote!(
                use crate::runtime::{self, Client, ClientBuilder};
            ),
            TokenStream::new(),
        ),
        Some(_) => wrappers(context),
    };
    let accessors = context.names.resources_by_module().iter().map(|id| {
        let resource = &context.api.resources[id.index()];
        let names = context.names.of_resource(*id);
        let (module, ident) = (&names.module, &names.ident);
        let doc = resource.description.as_deref().map(Doc::text).unwrap_or_default();
        let doc = doc.or(&format!("Returns the operations of the resource `{}`.", resource.name));
        let cfg = features::of_resource(context, *id);
        quote! {
            #doc
            #cfg
            pub fn #module(&self) -> crate::resources::#ident {
                crate::resources::#ident { client: self.clone() }
            }
        }
    });
    let old_accessors = [forwards::accessors(context), replaced_resources::accessors(context)];
    let variables = variables(context);
    let credentials = credentials::setters(context);
    let environment = context.api.security.environment.as_ref();
    let from_env = environment.map(credentials::from_env);
    let environment = environment.map(credentials::environment);
    let client_from_env = from_env.as_ref().map(|it| &it.client);
    let from_env = from_env.as_ref().map(|it| &it.builder);
    let is_empty = variables.is_empty() && credentials.is_empty() && from_env.is_none();
    let setters = (!is_empty).then(|| {
        quote! {
            impl ClientBuilder {
                #from_env
                #variables
                #credentials
            }
        }
    });
    quote! {
        #imports

        #constants

        #environment

        #wrappers

        impl Client {
            #[doc = " Returns a builder for a client."]
            pub fn builder() -> ClientBuilder {
                ClientBuilder::new(&API)
            }

            #client_from_env

            #(#accessors)*

            #(#old_accessors)*
        }

        #setters
    }
}

/// Renders the imports, and the types that wrap the client and the builder of a shared runtime.
fn wrappers(context: &Context<'_>) -> (TokenStream, TokenStream) {
    let mut client = methods::wrapped(context, "Client");
    let builder = methods::wrapped(context, "ClientBuilder");
    client.imports.extend(&builder.imports);
    let attributes = quote! {
        #[doc = ""]
        #[doc = " Dereferences to a [`runtime::Client`], the type that all clients with this runtime have in common."]
        #[derive(Clone)]
    };
    let client_type = client.tokens("Client", &quote!(runtime::Client), &attributes);
    let builder_type = builder.tokens("ClientBuilder", &quote!(runtime::ClientBuilder), &TokenStream::new());
    let types = quote! {
        #client_type

        impl ::std::ops::Deref for Client {
            type Target = runtime::Client;

            fn deref(&self) -> &Self::Target {
                &self.0
            }
        }

        #builder_type
    };
    (client.imports.tokens(&quote!(self,)), types)
}

fn constants(context: &Context<'_>) -> TokenStream {
    let user_agent = format!("{}/{}", context.package().name, context.package().version);
    let option = |text: Option<&str>| match text {
        Some(text) => quote!(Some(#text)),
        None => quote!(None),
    };
    let server = context.api.server.as_ref();
    let url = option(server.map(|server| server.url.as_str()));
    let request_id_header = option(context.api.request_id_header.as_deref());
    let credentials = credentials::constants(&context.api.security);
    let variables = server.into_iter().flat_map(|server| &server.variables).map(|variable| {
        let ServerVariable { name, default, values, .. } = variable;
        let default = option(default.as_deref());
        quote!(runtime::ServerVariable { name: #name, default: #default, values: &[#(#values),*] })
    });
    quote! {
        #[doc = " The document's description of the API as a whole."]
        pub(crate) static API: runtime::Api = runtime::Api {
            user_agent: #user_agent,
            server: #url,
            variables: &[#(#variables),*],
            request_id_header: #request_id_header,
            #credentials
        };
    }
}

/// Renders a setter of the builder for each variable of the server's URL.
fn variables(context: &Context<'_>) -> TokenStream {
    let names_host = context.api.security.oauth.as_ref().is_some_and(|oauth| oauth.host_in_client_id);
    let variables = context.api.server.iter().flat_map(|server| &server.variables);
    let setters = variables.zip(context.names.server_variables()).map(
        |(variable, ident): (&ServerVariable, &Ident)| {
            let doc = variable.description.as_deref().map(Doc::text).unwrap_or_default();
            let doc =
                doc.or(&format!("Sets the variable {} of the server's URL.", docs::code(&variable.name)));
            let default = match &variable.default {
                Some(default) => format!("Default: {}.", docs::code(default)),
                None if names_host => "Required, unless the client id contains the host.".to_owned(),
                None => "Required.".to_owned(),
            };
            let doc = doc.then([default]);
            let name = &variable.name;
            quote! {
                #doc
                pub fn #ident(self, #ident: impl Into<String>) -> Self {
                    self.server_variable(#name, #ident)
                }
            }
        },
    );
    setters.collect()
}
