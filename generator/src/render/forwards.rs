//! Renders old names as deprecated items, which lead to the new ones.

use proc_macro2::TokenStream;
use quote::quote;

use super::context::{Context, allow_many};
use super::features;
use crate::ir::TypeId;
use crate::naming::{FormerResource, Ident, OperationForward, ResourceForward, ResourceNames, TypeForward};

/// The attributes of an old name.
fn attributes(since: &str, new: &str, link: &str) -> TokenStream {
    let doc = format!(" Renamed to [`{new}`]({link}).");
    let note = format!("renamed to `{new}`");
    quote! {
        #[doc = #doc]
        #[deprecated(since = #since, note = #note)]
    }
}

/// Returns the old names of the types in a file.
fn of_types<'a>(context: &Context<'a>, types: &[TypeId]) -> impl Iterator<Item = &'a TypeForward> {
    let forwards = context.names.forwards();
    types.iter().flat_map(|id| forwards.of_type(*id))
}

/// Returns the identifiers of the old names in a file of types.
pub(super) fn idents<'a>(context: &Context<'a>, types: &[TypeId]) -> impl Iterator<Item = &'a Ident> {
    of_types(context, types).map(|forward| &forward.ident)
}

/// Renders the aliases for the old names of the types in a file.
pub(super) fn aliases(context: &Context<'_>, types: &[TypeId]) -> TokenStream {
    let alias = |forward: &TypeForward| {
        let (old, new) = (&forward.ident, &context.names.of_type(forward.of).ident);
        let attributes = attributes(&forward.since, new.as_str(), new.as_str());
        quote! {
            #attributes
            pub type #old = #new;
        }
    };
    of_types(context, types).map(alias).collect()
}

/// The old and the new names of a resource.
struct OldResource<'a> {
    old: &'a ResourceNames,
    new: &'a ResourceNames,
    cfg: TokenStream,
    of_accessor: TokenStream,
    of_module: TokenStream,
    of_type: TokenStream,
}

fn of_resource<'a>(context: &Context<'a>, forward: &'a ResourceForward) -> OldResource<'a> {
    let new = context.names.of_former_resource(forward.of);
    let (module, ident) = (new.module.as_str(), new.ident.as_str());
    OldResource {
        old: &forward.names,
        new,
        cfg: features::of_former_resource(context, forward.of),
        of_accessor: attributes(&forward.since, module, &format!("Self::{module}")),
        of_module: attributes(&forward.since, module, &format!("self::{module}")),
        of_type: attributes(&forward.since, ident, ident),
    }
}

/// Renders the methods of the client that return resources by their old names.
pub(super) fn accessors(context: &Context<'_>) -> TokenStream {
    let accessor = |forward: &ResourceForward| {
        let OldResource { old, new, cfg, of_accessor, .. } = of_resource(context, forward);
        let (old, new, ident) = (&old.module, &new.module, &new.ident);
        quote! {
            #of_accessor
            #cfg
            pub fn #old(&self) -> crate::resources::#ident {
                self.#new()
            }
        }
    };
    context.names.forwards().resources().iter().map(accessor).collect()
}

/// Renders the old modules and types of resources.
pub(super) fn modules(context: &Context<'_>) -> TokenStream {
    let module = |forward: &ResourceForward| {
        let OldResource { old, new, cfg, of_module, of_type, .. } = of_resource(context, forward);
        let (new, ident) = (&new.module, &new.ident);
        let (old, old_ident) = (&old.module, &old.ident);
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
    context.names.forwards().resources().iter().map(module).collect()
}

/// Renders the old modules and accessors of the mock server.
pub(super) fn of_mock(context: &Context<'_>) -> (TokenStream, TokenStream) {
    let module_and_accessor = |forward: &ResourceForward| {
        let OldResource { old, new, cfg, of_accessor, of_module, .. } = of_resource(context, forward);
        let (new, ident) = (&new.module, &new.ident);
        let (old, old_ident) = (&old.module, &old.ident);
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
    context.names.forwards().resources().iter().map(module_and_accessor).unzip()
}

/// Returns `true` if the operation of an old name is still in the same resource.
fn is_here(context: &Context<'_>, forward: &OperationForward) -> bool {
    FormerResource::Present(context.api.operation(forward.of).resource) == forward.resource
}

/// Returns the names of the resource that has the operation of an old name now.
fn new_resource<'a>(context: &Context<'a>, forward: &OperationForward) -> &'a ResourceNames {
    context.names.of_resource(context.api.operation(forward.of).resource)
}

/// Returns the attributes of an old method.
fn of_method(context: &Context<'_>, forward: &OperationForward, new: &Ident) -> TokenStream {
    let new = new.as_str();
    if is_here(context, forward) {
        return attributes(&forward.since, new, &format!("Self::{new}"));
    }
    let path = format!("{}::{new}", new_resource(context, forward).ident.as_str());
    attributes(&forward.since, &path, &path)
}

/// Renders an old method, with the arguments of the new one. It is rendered in the file of the operation, which imports
/// what the arguments refer to.
pub(super) fn method(
    context: &Context<'_>,
    forward: &OperationForward,
    arguments: &[TokenStream],
) -> Option<TokenStream> {
    let names = context.names.of_operation(forward.of);
    let (old, new, request) = (&forward.ident, forward.item.ident(names)?, &names.request);
    let receiver = match is_here(context, forward) {
        true => quote!(self),
        false => {
            let ident = &new_resource(context, forward).ident;
            quote!(#ident { client: self.client.clone() })
        }
    };
    let attributes = of_method(context, forward, new);
    // An argument is a name and a type.
    let values = arguments.iter().filter_map(|argument| argument.clone().into_iter().next());
    let allow = allow_many(arguments.len());
    Some(quote! {
        #attributes
        #allow
        pub fn #old(&self, #(#arguments),*) -> #request {
            #receiver.#new(#(#values),*)
        }
    })
}

/// Renders an old method of another resource.
pub(super) fn in_other_resource(
    context: &Context<'_>,
    forward: &OperationForward,
    method: &TokenStream,
) -> TokenStream {
    let ident = &context.names.of_former_resource(forward.resource).ident;
    let conditions = of_impl(context, forward);
    quote! {
        #conditions
        impl crate::resources::#ident {
            #method
        }
    }
}

/// Returns the attributes of the `impl` block for an old method of another resource.
fn of_impl(context: &Context<'_>, forward: &OperationForward) -> TokenStream {
    match forward.resource {
        FormerResource::Present(id) => features::of_resource(context, id),
        // The old resource exists wherever this file is compiled.
        FormerResource::Replaced(_) => {
            quote!(#[allow(deprecated, reason = "the old resource is deprecated as a whole")])
        }
    }
}

/// Renders the aliases for the old names of types in the module of a resource.
pub(super) fn types_in(context: &Context<'_>, resource: FormerResource) -> TokenStream {
    let forwards = context.names.forwards().types_in(resource);
    forwards.filter_map(|forward| of_type(context, forward)).collect()
}

fn of_type(context: &Context<'_>, forward: &OperationForward) -> Option<TokenStream> {
    let old = &forward.ident;
    let new = forward.item.ident(context.names.of_operation(forward.of))?;
    let (path, link) = match is_here(context, forward) {
        true => (quote!(#new), new.as_str().to_owned()),
        false => {
            let module = &new_resource(context, forward).module;
            let link = format!("crate::resources::{}::{}", module.as_str(), new.as_str());
            (quote!(crate::resources::#module::#new), link)
        }
    };
    let attributes = attributes(&forward.since, new.as_str(), &link);
    let cfg = match forward.resource {
        // The feature of the old resource enables the new one.
        FormerResource::Present(_) => None,
        FormerResource::Replaced(_) => {
            Some(features::of_resource(context, context.api.operation(forward.of).resource))
        }
    };
    Some(quote! {
        #attributes
        #cfg
        pub type #old = #path;
    })
}

/// Renders an old method of the mock server, in the file of the operation. `kind` is the type of the response.
pub(super) fn mock_method(
    context: &Context<'_>,
    forward: &OperationForward,
    kind: &TokenStream,
) -> TokenStream {
    let names = context.names.of_former_resource(forward.resource);
    let (module, ident, old) = (&names.module, &names.ident, &forward.ident);
    let id = &context.api.operation(forward.of).id;
    let attributes = of_method(context, forward, &context.names.of_operation(forward.of).method);
    let (conditions, receiver) = match is_here(context, forward) {
        true => (None, quote!(#ident)),
        false => (Some(of_impl(context, forward)), quote!(super::#module::#ident)),
    };
    quote! {
        #conditions
        impl<'a> #receiver<'a> {
            #attributes
            pub fn #old(self) -> mock::MockOperation<'a, mock::#kind> {
                self.mock.typed_operation(#id)
            }
        }
    }
}
