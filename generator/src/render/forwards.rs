//! Renders old names as deprecated items, which lead to the new ones.

use proc_macro2::TokenStream;
use quote::quote;

use super::context::Context;
use super::features;
use crate::ir::{ResourceId, TypeId};
use crate::naming::{Ident, MethodForward, ResourceForward, TypeForward};

/// The attributes of an old name.
pub(super) fn attributes(since: &str, new: &str, link: &str) -> TokenStream {
    let doc = format!(" Renamed to [`{new}`]({link}).");
    let note = format!("renamed to `{new}`");
    quote! {
        #[doc = #doc]
        #[deprecated(since = #since, note = #note)]
    }
}

/// Returns the old names of the types in a file.
pub(super) fn of_types<'a>(context: &Context<'a>, types: &[TypeId]) -> impl Iterator<Item = &'a TypeForward> {
    context.names.forwards().types.iter().filter(|forward| types.contains(&forward.of))
}

/// Renders the alias for the old name of a type.
pub(super) fn alias(context: &Context<'_>, forward: &TypeForward) -> TokenStream {
    let (old, new) = (&forward.ident, &context.names.of_type(forward.of).ident);
    let attributes = attributes(&forward.since, new.as_str(), new.as_str());
    quote! {
        #attributes
        pub type #old = #new;
    }
}

/// Renders the methods of the client that return resources by their old names.
pub(super) fn accessors(context: &Context<'_>) -> TokenStream {
    let accessor = |forward: &ResourceForward| {
        let names = context.names.of_resource(forward.of);
        let (old, new, ident) = (&forward.names.module, &names.module, &names.ident);
        let attributes = attributes(&forward.since, new.as_str(), &format!("Self::{}", new.as_str()));
        let cfg = features::of_resource(context, forward.of);
        quote! {
            #attributes
            #cfg
            pub fn #old(&self) -> crate::resources::#ident {
                self.#new()
            }
        }
    };
    context.names.forwards().resources.iter().map(accessor).collect()
}

/// Renders the old modules and types of resources.
pub(super) fn modules(context: &Context<'_>) -> TokenStream {
    let module = |forward: &ResourceForward| {
        let names = context.names.of_resource(forward.of);
        let (new, ident) = (&names.module, &names.ident);
        let (old, old_ident) = (&forward.names.module, &forward.names.ident);
        let cfg = features::of_resource(context, forward.of);
        let of_module = attributes(&forward.since, new.as_str(), &format!("self::{}", new.as_str()));
        let of_type = attributes(&forward.since, ident.as_str(), ident.as_str());
        let alias = (old_ident != ident).then(|| {
            quote! {
                #of_type
                #cfg
                pub type #old_ident = #ident;
            }
        });
        let in_module = (old_ident != ident).then(|| quote!(pub use super::#old_ident;));
        quote! {
            #of_module
            #cfg
            pub mod #old {
                pub use super::#new::*;
                #in_module
            }
            #alias
        }
    };
    context.names.forwards().resources.iter().map(module).collect()
}

/// Returns the old methods of a resource.
pub(super) fn of_resource<'a>(
    context: &Context<'a>,
    id: ResourceId,
) -> impl Iterator<Item = &'a MethodForward> {
    context.names.forwards().methods.iter().filter(move |forward| forward.resource == id)
}

/// Renders an old method, with the arguments of the new one.
pub(super) fn method(
    context: &Context<'_>,
    forward: &MethodForward,
    arguments: &[TokenStream],
) -> TokenStream {
    let operation = context.api.operation(forward.of);
    let (names, of_resource) =
        (context.names.of_operation(forward.of), context.names.of_resource(operation.resource));
    let (module, ident) = (&of_resource.module, &of_resource.ident);
    let (old, new, request) = (&forward.method, &names.method, &names.request);
    let is_here = operation.resource == forward.resource;
    let (new_path, link, receiver, returned) = match is_here {
        true => (new.as_str().to_owned(), format!("Self::{}", new.as_str()), quote!(self), quote!(#request)),
        false => (
            format!("{}::{}", ident.as_str(), new.as_str()),
            format!("crate::resources::{}::{}", ident.as_str(), new.as_str()),
            quote!(crate::resources::#ident { client: self.client.clone() }),
            quote!(crate::resources::#module::#request),
        ),
    };
    let attributes = attributes(&forward.since, &new_path, &link);
    // An argument is a name and a type.
    let values = arguments.iter().filter_map(|argument| argument.clone().into_iter().next());
    let allow = super::context::allow_many(arguments.len());
    quote! {
        #attributes
        #allow
        pub fn #old(&self, #(#arguments),*) -> #returned {
            #receiver.#new(#(#values),*)
        }
    }
}

/// Renders the alias for the old name of a request.
pub(super) fn request(context: &Context<'_>, forward: &MethodForward) -> Option<TokenStream> {
    let old = forward.request.as_ref()?;
    let resource = context.api.operation(forward.of).resource;
    let (module, new) =
        (&context.names.of_resource(resource).module, &context.names.of_operation(forward.of).request);
    let (path, link) = match resource == forward.resource {
        true => (quote!(#new), new.as_str().to_owned()),
        false => {
            let link = format!("crate::resources::{}::{}", module.as_str(), new.as_str());
            (quote!(crate::resources::#module::#new), link)
        }
    };
    let attributes = attributes(&forward.since, new.as_str(), &link);
    Some(quote! {
        #attributes
        pub type #old = #path;
    })
}

/// Returns the identifiers of the old names in a file of types.
pub(super) fn idents<'a>(context: &Context<'a>, types: &[TypeId]) -> impl Iterator<Item = &'a Ident> {
    of_types(context, types).map(|forward| &forward.ident)
}
