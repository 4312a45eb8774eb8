//! `src/errors.rs`: the enum of error bodies, and the method that decodes them by operation and status.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use super::context::Context;
use super::source_file::SourceFile;
use super::{docs, features};
use crate::ir::{Operation, TypeId};
use crate::naming::Ident;

/// Returns the file, if the document has a type for an error.
pub(super) fn file<'a>(context: &Context<'_>) -> Option<SourceFile<'a>> {
    let has_any = !context.facts.error_types().is_empty();
    has_any.then(|| SourceFile { path: "src/errors.rs".to_owned(), tokens: Box::new(tokens) })
}

/// Returns the call that tells an operation the types of its errors, or `None` if it has none.
pub(super) fn of_operation(context: &Context<'_>, operation: &Operation) -> Option<TokenStream> {
    let name = |id| variant(context, id).as_str();
    let rows: Vec<(&str, &str)> =
        operation.typed_errors().into_iter().map(|(status, ty)| (status, ty.map_or("", name))).collect();
    let needed = rows.iter().filter(|(status, name)| type_of_wider(&rows, status) != Some(*name));
    let needed: Vec<TokenStream> = needed.map(|(status, name)| quote!((#status, #name))).collect();
    (!needed.is_empty()).then(|| quote!(.failing_with(&[#(#needed),*])))
}

/// Returns the type of the range that a status is in, or else the default.
fn type_of_wider<'a>(rows: &[(&'a str, &'a str)], status: &str) -> Option<&'a str> {
    let range = format!("{}XX", status.get(..1)?);
    let is_wider = |wider: &str| wider != status && (wider == range || wider == "default");
    let mut wider: Vec<&(&str, &str)> = rows.iter().filter(|(of, _)| is_wider(of)).collect();
    wider.sort_by_key(|(of, _)| *of == "default");
    wider.first().map(|(_, name)| *name)
}

/// Returns the variant for a type, which is named after the type that it may be an alias of.
pub(super) fn variant<'a>(context: &Context<'a>, id: TypeId) -> &'a Ident {
    &context.names.of_type(context.facts.alias_of(id).unwrap_or(id)).ident
}

fn tokens(context: &Context<'_>) -> TokenStream {
    let types = context.facts.error_types().iter();
    let mut variants: Vec<(&Ident, TypeId, &BTreeSet<String>)> =
        types.map(|(id, statuses)| (&context.names.of_type(*id).ident, *id, statuses)).collect();
    variants.sort_by_key(|(ident, ..)| *ident);
    let cfg = |id: TypeId| features::condition(context, context.facts.availability(id));
    let declared = variants.iter().map(|(ident, id, statuses)| {
        let (cfg, doc) = (cfg(*id), documented_for(statuses));
        quote!(#[doc = #doc] #cfg #ident(types::#ident),)
    });
    let arms = variants.iter().map(|(ident, id, _)| {
        let (cfg, name) = (cfg(*id), ident.as_str());
        quote!(#cfg #name => self.decode().map(|body| body.map(ErrorBody::#ident)),)
    });
    let example = example(context, variants.first().map(|(ident, ..)| ident.as_str()).unwrap_or_default());
    quote! {
        //! The bodies of error responses.

        #![allow(unused_imports, reason = "the features decide which types are compiled")]

        use crate::runtime::{Error, wire::DecodeError};
        use crate::types;

        #[doc = " The body of an error response: a variant for each type that the document has for one."]
        #[doc = ""]
        #[doc = " [`Error::decoded`] returns it. The documentation of an operation lists the variants for its statuses."]
        #[derive(Clone, Debug)]
        #[non_exhaustive]
        pub enum ErrorBody {
            #(#declared)*
        }

        #[doc = " Bodies with a type of the document."]
        impl Error {
            #[doc = " Decodes the response body as the type that the document has for the operation and the status."]
            #[doc = ""]
            #[doc = " Returns `None` if there is no such type, or no response."]
            #[doc = ""]
            #[doc = " # Errors"]
            #[doc = ""]
            #[doc = " Returns an error if the body does not match the type."]
            #[doc = ""]
            #(#[doc = #example])*
            pub fn decoded(&self) -> Option<Result<ErrorBody, DecodeError>> {
                match self.documented_type()? {
                    #(#arms)*
                    _ => None,
                }
            }
        }
    }
}

/// Says which statuses have a type.
fn documented_for(statuses: &BTreeSet<String>) -> String {
    let exact = statuses.iter().filter(|status| *status != "default").map(|status| docs::code(status));
    let default = statuses.contains("default").then(|| "any other status".to_owned());
    let all: Vec<String> = exact.chain(default).collect();
    match all.as_slice() {
        [rest @ .., last] if !rest.is_empty() => format!(" The body for {} and {last}.", rest.join(", ")),
        all => format!(" The body for {}.", all.concat()),
    }
}

/// Returns the lines of a doctest that matches a variant.
fn example(context: &Context<'_>, variant: &str) -> Vec<String> {
    let name = context.package().library_name();
    let text = format!(
        "```
use {name}::{{Error, ErrorBody}};

fn report(error: &Error) {{
    match error.decoded() {{
        Some(Ok(ErrorBody::{variant}(body))) => eprintln!(\"{{body:?}}\"),
        _ => eprintln!(\"{{error}}\"),
    }}
}}
```"
    );
    text.lines().map(|line| if line.is_empty() { String::new() } else { format!(" {line}") }).collect()
}
