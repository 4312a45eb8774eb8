//! `src/errors.rs`: the enum of error bodies, and the method that decodes them by operation and status.

use std::borrow::Cow;
use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use super::context::Context;
use super::source_file::SourceFile;
use super::{docs, features};
use crate::analyze;
use crate::ir::{Operation, TypeId};
use crate::naming::Ident;

/// Returns the file, if the document has a type for an error.
pub(super) fn file<'a>(context: &Context<'_>) -> Option<SourceFile<'a>> {
    let has_any = !context.facts.error_types().is_empty();
    has_any.then(|| SourceFile { path: "src/errors.rs".to_owned(), tokens: Box::new(tokens) })
}

/// Renders the call that sets the types of the errors of an operation, or `None` if it has none.
pub(super) fn of_operation(context: &Context<'_>, operation: &Operation) -> Option<TokenStream> {
    let rows = analyze::errors::rows(context.facts, operation).into_iter().map(|(status, id)| {
        let name = id.map(|id| type_name(context, variant(context, id))).unwrap_or_default();
        quote!((#status, #name))
    });
    let rows: Vec<TokenStream> = rows.collect();
    (!rows.is_empty()).then(|| quote!(.failing_with(&[#(#rows),*])))
}

/// Returns the variant for a type, which is named after the type that it may be an alias of.
pub(super) fn variant<'a>(context: &Context<'a>, id: TypeId) -> &'a Ident {
    &context.names.of_type(context.facts.alias_of(id).unwrap_or(id)).ident
}

/// Returns the name of a type at runtime. The errors of all clients with the same runtime have the same type, so their names
/// begin with the crate.
fn type_name<'a>(context: &Context<'a>, ident: &'a Ident) -> Cow<'a, str> {
    match context.package().runtime {
        Some(_) => format!("{}::{}", context.package().library_name(), ident.as_str()).into(),
        None => ident.as_str().into(),
    }
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
    let is_shared = context.package().runtime.is_some();
    let error = if is_shared { quote!(error) } else { quote!(self) };
    let arms = variants.iter().map(|(ident, id, _)| {
        let (cfg, name) = (cfg(*id), type_name(context, ident));
        quote!(#cfg #name => #error.decode().map(|body| body.map(ErrorBody::#ident)),)
    });
    let example = example(context, variants.first().map(|(ident, ..)| ident.as_str()).unwrap_or_default());
    let example = quote!(#(#[doc = #example])*);
    let returned = match is_shared {
        true => {
            " [`Error::decoded`] returns this enum for errors of this client, if its result is matched with a variant. The documentation of an operation lists the variants for its statuses."
        }
        false => {
            " [`Error::decoded`] returns this enum. The documentation of an operation lists the variants for its statuses."
        }
    };
    let body_trait = is_shared.then(|| quote!(DocumentedBody,));
    let (of_enum, decode) = match is_shared {
        true => (Some(quote!(#[doc = ""] #example)), decode_for_shared(&quote!(#(#arms)*))),
        false => (None, decode_for_own(&example, &quote!(#(#arms)*))),
    };
    quote! {
        //! The bodies of error responses.

        #![allow(unused_imports, reason = "the features decide which types are compiled")]

        use crate::runtime::{#body_trait Error, wire::DecodeError};
        use crate::types;

        #[doc = " The body of an error response. It has a variant for each type that the document defines for errors."]
        #[doc = ""]
        #[doc = #returned]
        #of_enum
        #[derive(Clone, Debug)]
        #[non_exhaustive]
        pub enum ErrorBody {
            #(#declared)*
        }

        #decode
    }
}

/// Renders the method of the error.
fn decode_for_own(example: &TokenStream, arms: &TokenStream) -> TokenStream {
    quote! {
        impl Error {
            #[doc = " Decodes the response body as the type that the document defines for the operation and the status."]
            #[doc = ""]
            #[doc = " Returns `None` if there is no such type, or no response."]
            #[doc = ""]
            #[doc = " # Errors"]
            #[doc = ""]
            #[doc = " Returns an error if the body does not match the type."]
            #[doc = ""]
            #example
            pub fn decoded(&self) -> Option<Result<ErrorBody, DecodeError>> {
                match self.documented_type()? {
                    #arms
                    _ => None,
                }
            }
        }
    }
}

/// Renders the impl that `Error::decoded` of a shared runtime calls.
fn decode_for_shared(arms: &TokenStream) -> TokenStream {
    quote! {
        impl DocumentedBody for ErrorBody {
            #[allow(unused_variables, reason = "the features decide which types are compiled")]
            fn decode(type_name: &str, error: &Error) -> Option<Result<Self, DecodeError>> {
                match type_name {
                    #arms
                    _ => None,
                }
            }
        }
    }
}

/// Returns the documentation of a variant, which lists its statuses.
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
