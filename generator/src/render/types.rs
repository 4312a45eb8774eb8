//! The types of a document: a file for each component and what is inline in it.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::TokenStream;
use quote::quote;

use super::doc::Doc;
use super::source_file::SourceFile;
use super::{Context, enums, features, one_of, structs, union};
use crate::ir::{FieldKind, Shape, Type, TypeId, TypeName};
use crate::naming::Ident;

/// `src/types/`.
pub(super) fn files<'a>(context: &Context<'a>) -> Vec<SourceFile<'a>> {
    let mut modules: BTreeMap<&Ident, Vec<TypeId>> = BTreeMap::new();
    for (id, _) in context.api.types() {
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
    // Tokens do not cross threads, their text does.
    let index = index.to_string();
    files.push(SourceFile {
        path: "src/types/mod.rs".to_owned(),
        tokens: Box::new(move |_| index.parse().unwrap_or_else(|error| panic!("{error}"))),
    });
    files
}

fn index(context: &Context<'_>, modules: &BTreeMap<&Ident, Vec<TypeId>>) -> TokenStream {
    // The types of a file are compiled together.
    let cfg = |types: &[TypeId]| types.first().and_then(|id| features::of_type(context, *id));
    let declarations = modules.iter().map(|(module, types)| {
        let cfg = cfg(types);
        quote!(#cfg mod #module;)
    });
    let mut always = Vec::new();
    let mut conditional: BTreeMap<String, (TokenStream, Vec<TokenStream>)> = BTreeMap::new();
    for (module, types) in modules {
        let idents: BTreeSet<&Ident> = types.iter().map(|id| &context.names.of_type(*id).ident).collect();
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
        //! What the operations send and receive.

        #(#declarations)*

        #(pub use self::#always;)*

        #(#conditional)*
    }
}

fn file(context: &Context<'_>, types: &[TypeId]) -> TokenStream {
    let imports = imports(context, types);
    let items =
        types.iter().map(|id| match (context.facts.other_name_of(*id), &context.api.type_def(*id).shape) {
            (Some(of), _) => alias(context, *id, of),
            (None, Shape::Struct(it)) => structs::tokens(context, *id, it),
            (None, Shape::OneOf(it)) => one_of::tokens(context, *id, it),
            (None, Shape::Union(it)) => union::tokens(context, *id, it),
            (None, Shape::Enum(it)) => enums::tokens(context, *id, it),
        });
    quote! {
        #imports
        #(#items)*
    }
}

/// Another name of a type.
fn alias(context: &Context<'_>, id: TypeId, of: TypeId) -> TokenStream {
    let (ident, of) = (&context.names.of_type(id).ident, &context.names.of_type(of).ident);
    let doc = Doc::of(&context.api.type_def(id).docs).or(&format!("The same as [`{}`].", of.as_str()));
    quote! {
        #doc
        pub type #ident = #of;
    }
}

/// The name that a type tells serde: that of its messages, where it has such, and otherwise its own.
pub(super) fn serde_name<'a>(context: &Context<'a>, id: TypeId) -> &'a str {
    match &context.api.type_def(id).name {
        TypeName::Component { key, .. } if context.facts.is_message(id) => key,
        _ => context.names.of_type(id).ident.as_str(),
    }
}

/// What the types of a file refer to.
fn imports(context: &Context<'_>, types: &[TypeId]) -> TokenStream {
    let mut seen = Seen::default();
    for id in types {
        if let Some(of) = context.facts.other_name_of(*id) {
            seen.named.insert(of);
            continue;
        }
        match &context.api.type_def(*id).shape {
            Shape::Struct(it) => {
                for field in &it.fields {
                    match &field.kind {
                        FieldKind::OneOf(id) => seen.named.extend([*id]),
                        kind => kind.ty().into_iter().for_each(|ty| seen.ty(ty)),
                    }
                }
                if let Some(ty) = &it.additional {
                    seen.map = true;
                    seen.ty(ty);
                }
            }
            shape => shape.variants().for_each(|variant| seen.ty(&variant.ty)),
        }
    }
    let others: BTreeSet<&Ident> = (seen.named.iter())
        .filter(|id| !types.contains(id))
        .map(|id| &context.names.of_type(*id).ident)
        .collect();
    let standard = seen.standard();
    let wire = types.iter().any(|id| context.facts.other_name_of(*id).is_none()).then(|| {
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

/// What fields and parameters refer to.
#[derive(Default)]
pub(super) struct Seen {
    pub(super) named: BTreeSet<TypeId>,
    map: bool,
    bytes: bool,
}

impl Seen {
    pub(super) fn ty(&mut self, ty: &Type) {
        match ty {
            Type::Named(id) => {
                self.named.insert(*id);
            }
            Type::List(inner) | Type::Nullable(inner) => self.ty(inner),
            Type::Map(inner) => {
                self.map = true;
                self.ty(inner);
            }
            Type::Tuple(places) => places.iter().for_each(|place| self.ty(place)),
            Type::Bytes { .. } => self.bytes = true,
            _ => {}
        }
    }

    /// The imports of what is no type of the document.
    pub(super) fn standard(&self) -> TokenStream {
        let map = self.map.then(|| {
            quote!(
                use std::collections::BTreeMap;
            )
        });
        let bytes = self.bytes.then(|| {
            quote!(
                use bytes::Bytes;
            )
        });
        quote!(#map #bytes)
    }
}
