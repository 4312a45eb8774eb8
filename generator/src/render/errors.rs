//! `src/errors.rs`: enums for the error bodies of operations that document several types, by status.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::context::Context;
use super::source_file::SourceFile;
use super::{docs, features};
use crate::ir::{ErrorTable, ErrorTableId, TypeId};
use crate::naming::{ErrorTableNames, Ident};

/// Returns the file, if an operation documents several types of errors.
pub(super) fn file<'a>(context: &Context<'_>) -> Option<SourceFile<'a>> {
    let has_any = !context.api.error_tables.is_empty();
    has_any.then(|| SourceFile { path: "src/errors.rs".to_owned(), tokens: Box::new(tokens) })
}

fn tokens(context: &Context<'_>) -> TokenStream {
    let tables = context.api.error_tables().map(|(id, table)| tokens_of(context, id, table));
    quote! {
        //! Error bodies of operations that document several types for them.
        //!
        //! Each enum decodes the body of an [`Error`] as the type that the document has for its status. Where an
        //! operation documents one type, use [`Error::decode`].

        #![allow(unused_imports, reason = "the features decide which imports are used")]

        use crate::runtime::{Error, ErrorKind, wire::DecodeError};
        use crate::types;

        #(#tables)*
    }
}

fn tokens_of(context: &Context<'_>, id: ErrorTableId, table: &ErrorTable) -> TokenStream {
    let ErrorTableNames { ident, variants } = context.names.of_error_table(id);
    let named: Vec<(TypeId, &Ident)> = table.types.iter().copied().zip(variants).collect();
    let cfg = features::condition(context, context.facts.availability_of_errors(id));
    let declared = named.iter().map(|(id, variant)| {
        let statuses = table.rows.iter().filter(|(_, of)| of == id);
        let statuses: Vec<String> = statuses.map(|(status, _)| docs::code(status)).collect();
        let doc = format!(" {}", statuses.join(", "));
        let ty = &context.names.of_type(*id).ident;
        quote!(#[doc = #doc] #variant(types::#ty),)
    });
    let arms = arms(table, &named);
    quote! {
        #[doc = " The body of an error response: one of several types, by status."]
        #cfg
        #[derive(Clone, Debug)]
        #[non_exhaustive]
        pub enum #ident {
            #(#declared)*
        }

        #cfg
        impl #ident {
            #[doc = " Decodes the body of an error as the type that the document has for its status."]
            #[doc = ""]
            #[doc = " Returns `None` if the error is not a response, or has a status without a documented type."]
            #[doc = ""]
            #[doc = " # Errors"]
            #[doc = ""]
            #[doc = " Returns an error if the body does not decode as that type."]
            pub fn of(error: &Error) -> Option<Result<Self, DecodeError>> {
                let status = error.status().filter(|_| error.kind() == ErrorKind::Status)?;
                match status.as_u16() {
                    #(#arms)*
                }
            }
        }
    }
}

/// The arms of the match on the status: one for all codes of a type, then ranges, then the default.
fn arms(table: &ErrorTable, named: &[(TypeId, &Ident)]) -> Vec<TokenStream> {
    let decoded = |variant: &Ident| quote!(error.decode().map(|body| body.map(Self::#variant)));
    let mut arms = Vec::new();
    for (id, variant) in named {
        let codes = table.rows.iter().filter(|(_, of)| of == id);
        let codes: Vec<Literal> =
            codes.filter_map(|(status, _)| status.parse().ok()).map(Literal::u16_unsuffixed).collect();
        if !codes.is_empty() {
            let decoded = decoded(variant);
            arms.push(quote!(#(#codes)|* => #decoded,));
        }
    }
    let mut rest = quote!(None);
    for (status, id) in &table.rows {
        let Some((_, variant)) = named.iter().find(|(of, _)| of == id) else { continue };
        let decoded = decoded(variant);
        match status.strip_suffix("XX").map(str::parse::<u16>) {
            Some(Ok(hundreds)) => {
                let [first, last] = [hundreds * 100, hundreds * 100 + 99].map(Literal::u16_unsuffixed);
                arms.push(quote!(#first..=#last => #decoded,));
            }
            _ if status == "default" => rest = decoded,
            _ => {}
        }
    }
    arms.push(quote!(_ => #rest,));
    arms
}
