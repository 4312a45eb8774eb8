//! `src/resources/`: a file for each resource, with the methods and request types of its operations.

use std::collections::HashMap;

use proc_macro2::TokenStream;
use quote::quote;

use super::context::Context;
use super::doc::Doc;
use super::imports::Imports;
use super::request::RenderedOperation;
use super::source_file::SourceFile;
use super::{features, forwards, replaced_resources, request};
use crate::ir::{OperationId, ResourceId, Type};
use crate::naming::{FormerResource, OperationForward, OperationItem};

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
    let resources = context.names.resources_by_module();
    let modules = resources.iter().map(|id| {
        let (cfg, module) = (features::of_resource(context, *id), &context.names.of_resource(*id).module);
        quote!(#cfg pub mod #module;)
    });
    let exports = resources.iter().map(|id| {
        let (cfg, names) = (features::of_resource(context, *id), context.names.of_resource(*id));
        let (module, ident) = (&names.module, &names.ident);
        quote!(#cfg pub use self::#module::#ident;)
    });
    let old_modules = [forwards::modules(context), replaced_resources::modules(context)];
    quote! {
        //! Operations, grouped by resource.
        //!
        //! Each module has a resource and the request types of its operations.

        #(#modules)*

        #(#exports)*

        #(#old_modules)*
    }
}

fn file(context: &Context<'_>, id: ResourceId) -> TokenStream {
    let resource = &context.api.resources[id.index()];
    let ident = &context.names.of_resource(id).ident;
    let operations = context.operations_of(id);
    let operations: Vec<RenderedOperation<'_>> =
        operations.map(|(id, operation)| RenderedOperation::new(context, id, operation)).collect();
    let accessor = context.names.of_resource(id).module.as_str();
    let accessor = format!("[`Client::{accessor}`](Client::{accessor})");
    let description = resource.description.as_deref().filter(|text| !text.trim().is_empty());
    let doc = match description {
        Some(text) => Doc::text(text).then([format!("Returned by {accessor}.")]),
        None => Doc::default()
            .or(&format!("Operations of the resource `{}`, returned by {accessor}.", resource.name)),
    };
    let imports = imports(context, &operations);
    let methods = operations.iter().map(|operation| operation.methods(context));
    let requests = operations.iter().map(|operation| operation.request(context, ident));
    let by_id: HashMap<OperationId, &RenderedOperation<'_>> =
        operations.iter().map(|operation| (operation.id(), operation)).collect();
    let of_operation = |forward: &OperationForward| {
        let (operation, OperationItem::Method { content }) = (by_id.get(&forward.of)?, forward.item) else {
            return None;
        };
        forwards::method(context, forward, &operation.arguments(context, content))
    };
    let here = FormerResource::Present(id);
    let forwards = context.names.forwards();
    let (here, moved): (Vec<&OperationForward>, Vec<&OperationForward>) =
        forwards.methods_of_operations_in(id).partition(|forward| forward.resource == here);
    let old_methods = here.into_iter().filter_map(of_operation);
    let moved_methods = moved
        .into_iter()
        .filter_map(|forward| Some(forwards::in_other_resource(context, forward, &of_operation(forward)?)));
    let old_types = forwards::types_in(context, FormerResource::Present(id));
    quote! {
        #imports

        #doc
        #[derive(Clone, Debug)]
        pub struct #ident {
            pub(crate) client: Client,
        }

        impl #ident {
            #(#methods)*

            #(#old_methods)*
        }

        #(#moved_methods)*

        #(#requests)*

        #old_types
    }
}

fn imports(context: &Context<'_>, operations: &[RenderedOperation<'_>]) -> TokenStream {
    let mut seen = Imports::default();
    for rendered in operations {
        let operation = rendered.operation;
        rendered.import_arguments(context, &mut seen);
        operation.response_types().for_each(|ty| seen.ty(ty));
        seen.wire |= operation.response_body_types().any(Type::needs_decoder);
        seen.wire |= operation.headers.iter().any(|header| header.ty.needs_codec_in_text());
        if let Some(items) = operation.pages.as_ref().and_then(|pages| pages.items.as_ref()) {
            seen.ty(&items.ty);
        }
    }
    // The module and not the types, as a request or the resource itself may have the name of a type.
    let types = (!seen.named.is_empty()).then(|| {
        quote!(
            use crate::types;
        )
    });
    let wire = seen.wire.then(|| {
        quote!(
            use crate::runtime::wire;
        )
    });
    let standard = seen.standard();
    let method =
        operations.iter().any(|it| request::has_method_constant(it.operation)).then(|| quote!(Method,));
    let (client, client_of_runtime) = match context.package().runtime {
        Some(_) => (
            Some(quote!(
                use crate::client::Client;
            )),
            None,
        ),
        None => (None, Some(quote!(Client,))),
    };
    quote! {
        #standard
        #client
        use crate::runtime::{self, #client_of_runtime #method Operation, Request};
        #wire
        #types
    }
}
