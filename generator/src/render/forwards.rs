//! Renders old names as deprecated items, which lead to the new ones.

use proc_macro2::TokenStream;
use quote::quote;

use super::context::{Context, allow_many};
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
    let forwards = &context.names.forwards().types;
    types.iter().filter_map(|id| forwards.get(id)).flatten()
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

/// Returns the old methods of the operations that a resource has now.
pub(super) fn of_operations_in<'a>(
    context: &Context<'a>,
    id: ResourceId,
) -> impl Iterator<Item = &'a MethodForward> {
    let api = context.api;
    context.names.forwards().methods.iter().filter(move |forward| api.operation(forward.of).resource == id)
}

/// Renders an old method, with the arguments of the new one. It is rendered in the file of the operation, which imports
/// what the arguments refer to.
pub(super) fn method(
    context: &Context<'_>,
    forward: &MethodForward,
    arguments: &[TokenStream],
) -> TokenStream {
    let operation = context.api.operation(forward.of);
    let names = context.names.of_operation(forward.of);
    let ident = &context.names.of_resource(operation.resource).ident;
    let (old, new, request) = (&forward.method, &names.method, &names.request);
    let path = format!("{}::{}", ident.as_str(), new.as_str());
    let (shown, link, receiver) = match operation.resource == forward.resource {
        true => (new.as_str(), format!("Self::{}", new.as_str()), quote!(self)),
        false => (path.as_str(), path.clone(), quote!(#ident { client: self.client.clone() })),
    };
    let attributes = attributes(&forward.since, shown, &link);
    // An argument is a name and a type.
    let values = arguments.iter().filter_map(|argument| argument.clone().into_iter().next());
    let allow = allow_many(arguments.len());
    quote! {
        #attributes
        #allow
        pub fn #old(&self, #(#arguments),*) -> #request {
            #receiver.#new(#(#values),*)
        }
    }
}

/// Renders an old method of another resource.
pub(super) fn in_other_resource(
    context: &Context<'_>,
    forward: &MethodForward,
    method: &TokenStream,
) -> TokenStream {
    let ident = &context.names.of_resource(forward.resource).ident;
    let cfg = features::of_resource(context, forward.resource);
    quote! {
        #cfg
        impl crate::resources::#ident {
            #method
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

/// Renders the old modules and accessors of the mock server.
pub(super) fn of_mock(context: &Context<'_>) -> (TokenStream, TokenStream) {
    let of_resource = |forward: &ResourceForward| {
        let names = context.names.of_resource(forward.of);
        let (new, ident) = (&names.module, &names.ident);
        let (old, old_ident) = (&forward.names.module, &forward.names.ident);
        let cfg = features::of_resource(context, forward.of);
        let of_module = attributes(&forward.since, new.as_str(), &format!("self::{}", new.as_str()));
        let of_accessor = attributes(&forward.since, new.as_str(), &format!("Self::{}", new.as_str()));
        let module = quote! {
            #of_module
            #cfg
            pub mod #old {
                pub use super::#new::#ident as #old_ident;
            }
        };
        let accessor = quote! {
            #of_accessor
            #cfg
            pub fn #old(self) -> self::#new::#ident<'a> {
                self.#new()
            }
        };
        (module, accessor)
    };
    context.names.forwards().resources.iter().map(of_resource).unzip()
}

/// Renders an old method of the mock server, in the file of the operation. `kind` is the type of the response.
pub(super) fn mock_method(context: &Context<'_>, forward: &MethodForward, kind: &TokenStream) -> TokenStream {
    let operation = context.api.operation(forward.of);
    let new = &context.names.of_operation(forward.of).method;
    let (of_old, of_new) =
        (context.names.of_resource(forward.resource), context.names.of_resource(operation.resource));
    let (module, ident, old, id) = (&of_old.module, &of_old.ident, &forward.method, &operation.id);
    let path = format!("{}::{}", of_new.ident.as_str(), new.as_str());
    let is_here = operation.resource == forward.resource;
    let (shown, link) = match is_here {
        true => (new.as_str(), format!("Self::{}", new.as_str())),
        false => (path.as_str(), path.clone()),
    };
    let attributes = attributes(&forward.since, shown, &link);
    let cfg = (!is_here).then(|| features::of_resource(context, forward.resource));
    let receiver = if is_here { quote!(#ident) } else { quote!(super::#module::#ident) };
    quote! {
        #cfg
        impl<'a> #receiver<'a> {
            #attributes
            pub fn #old(self) -> mock::MockOperation<'a, mock::#kind> {
                self.mock.typed_operation(#id)
            }
        }
    }
}
