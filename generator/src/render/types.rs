//! `src/types/`: a file for each component schema, with the inline schemas that it contains.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use proc_macro2::TokenStream;
use quote::quote;

use super::context::Context;
use super::doc::Doc;
use super::imports::Imports;
use super::source_file::SourceFile;
use super::{enums, features, forwards, json_schema, keyed_union, openapi_schema, structs, union};
use crate::ir::{FieldKind, Shape, TypeId};
use crate::naming::Ident;

/// `src/types/`.
pub(super) fn files<'a>(context: &Context<'a>) -> Vec<SourceFile<'a>> {
    let mut modules: BTreeMap<&Ident, Vec<TypeId>> = BTreeMap::new();
    for id in context.api.types_in_reading_order() {
        modules.entry(&context.names.of_type(id).module).or_default().push(id);
    }
    let index = index(context, &modules);
    let mut files: Vec<SourceFile<'a>> = modules
        .into_iter()
        .map(|(module, types)| SourceFile {
            path: format!("src/types/{}.rs", module.as_str()),
            tokens: Box::new(move |context| file(context, &types)),
        })
        .collect();
    // A `TokenStream` is not `Send`, but its text is.
    let index = index.to_string();
    files.push(SourceFile {
        path: "src/types/mod.rs".to_owned(),
        tokens: Box::new(move |_| index.parse().unwrap_or_else(|error| panic!("{error}"))),
    });
    files
}

fn index(context: &Context<'_>, modules: &BTreeMap<&Ident, Vec<TypeId>>) -> TokenStream {
    // All types of a file have the same features.
    let cfg = |types: &[TypeId]| {
        types.first().and_then(|id| features::condition(context, context.facts.availability(*id)))
    };
    let declarations = modules.iter().map(|(module, types)| {
        let cfg = cfg(types);
        quote!(#cfg mod #module;)
    });
    let mut always = Vec::new();
    let mut conditional: BTreeMap<String, (TokenStream, Vec<TokenStream>)> = BTreeMap::new();
    for (module, types) in modules {
        let idents = types.iter().map(|id| &context.names.of_type(*id).ident);
        let idents: BTreeSet<&Ident> = idents.chain(forwards::idents(context, types)).collect();
        let path = quote!(#module::{#(#idents),*});
        match cfg(types) {
            None => always.push(path),
            Some(cfg) => {
                conditional.entry(cfg.to_string()).or_insert_with(|| (cfg, Vec::new())).1.push(path);
            }
        }
    }
    let conditional = conditional.values().map(|(cfg, paths)| quote!(#cfg pub use self::{#(#paths),*};));
    quote! {
        //! Types that the operations send and receive.

        #(#declarations)*

        #(pub use self::#always;)*

        #(#conditional)*
    }
}

fn file(context: &Context<'_>, types: &[TypeId]) -> TokenStream {
    let imports = imports(context, types);
    let items =
        types.iter().map(|id| match (context.facts.alias_of(*id), &context.api.type_def(*id).shape) {
            (Some(of), _) => alias(context, *id, of),
            (None, Shape::Struct(it)) => structs::tokens(context, *id, it),
            (None, Shape::KeyedUnion(it)) => keyed_union::tokens(context, *id, it),
            (None, Shape::Union(it)) => union::tokens(context, *id, it),
            (None, Shape::Enum(it)) => enums::tokens(context, *id, it),
        });
    let old_names = forwards::aliases(context, types);
    let schemas = types.iter().filter_map(|id| json_schema::tokens(context, *id));
    let openapi_schemas = types.iter().filter_map(|id| openapi_schema::tokens(context, *id));
    quote! {
        #imports
        #(#items)*
        #(#schemas)*
        #(#openapi_schemas)*
        #old_names
    }
}

/// Renders an alias of a type.
fn alias(context: &Context<'_>, id: TypeId, of: TypeId) -> TokenStream {
    let (ident, of) = (&context.names.of_type(id).ident, &context.names.of_type(of).ident);
    let doc = Doc::of_type(context.api.type_def(id)).or(&format!("Alias of [`{}`].", of.as_str()));
    quote! {
        #doc
        pub type #ident = #of;
    }
}

/// Renders the imports of a file of types.
fn imports(context: &Context<'_>, types: &[TypeId]) -> TokenStream {
    let mut seen = Imports::default();
    let own: HashSet<TypeId> = types.iter().copied().collect();
    for id in types {
        if let Some(of) = context.facts.alias_of(*id) {
            seen.named.insert(of);
            continue;
        }
        match &context.api.type_def(*id).shape {
            Shape::Struct(it) => {
                for field in &it.fields {
                    match &field.kind {
                        FieldKind::KeyedUnion(id) => seen.named.extend([*id]),
                        kind => kind.ty().into_iter().for_each(|ty| seen.ty(ty)),
                    }
                }
                if let Some(ty) = &it.additional_properties {
                    seen.map_of(ty);
                }
            }
            shape => shape.variants().for_each(|variant| seen.ty(&variant.ty)),
        }
    }
    let others: BTreeSet<&Ident> = (seen.named.iter())
        .filter(|id| !own.contains(id))
        .map(|id| &context.names.of_type(*id).ident)
        .collect();
    let standard = seen.standard();
    let wire = types.iter().any(|id| context.facts.alias_of(*id).is_none()).then(|| {
        quote!(
            use crate::runtime::wire;
        )
    });
    let others = (!others.is_empty()).then(|| quote!(use super::{#(#others),*};));
    quote! {
        #standard
        #others
        #wire
    }
}
