//! Renders `src/lib.rs`.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::context::Context;
use super::custom_types;

pub(super) fn tokens(context: &Context<'_>) -> TokenStream {
    let libraries = context.libraries().crates();
    // The snippets of the README are doctests. They call operations, and use the mock server and blocking calls, so
    // they only compile with these features.
    let (readme, doctests) = match context.api.resources.is_empty() {
        true => (quote!(#![doc = include_str!("../README.md")]), None),
        false => (
            quote!(#![cfg_attr(not(doctest), doc = include_str!("../README.md"))]),
            Some(quote! {
                #[cfg(all(doctest, feature = "all-resources", feature = "blocking", feature = "mock"))]
                #[doc = include_str!("../README.md")]
                struct ReadmeDoctests;
            }),
        ),
    };
    let has_errors = !context.facts.error_types().is_empty();
    let errors = has_errors.then(|| {
        quote!(
            mod errors;
        )
    });
    let error_body = has_errors.then(|| {
        quote!(
            pub use self::errors::ErrorBody;
        )
    });
    let scripts = (!context.names.are_ascii()).then(|| {
        quote! {
            #![allow(confusable_idents, reason = "names are those of the document")]
            #![allow(mixed_script_confusables, reason = "names are those of the document")]
            #![allow(uncommon_codepoints, reason = "names are those of the document")]
        }
    });
    let (own_runtime, own_client, shared_runtime) = match &context.package().runtime {
        None => (
            Some(quote!(
                pub mod runtime;
            )),
            Some(quote!(Client, ClientBuilder,)),
            None,
        ),
        Some(runtime) => {
            let library = format_ident!("{}", runtime.library_name());
            let renamed = (library != "runtime").then(|| quote!(as runtime));
            let shared = quote! {
                pub use ::#library #renamed;
                pub use self::client::{Client, ClientBuilder};
            };
            (None, None, Some(shared))
        }
    };
    let custom_types = custom_types::assertions(context);
    let modules = context.package().modules.iter().map(|name| format_ident!("{name}"));
    quote! {
        #readme
        #![forbid(unsafe_code)]
        #![allow(deprecated, reason = "the crate itself uses deprecated items")]
        #![allow(clippy::large_enum_variant, reason = "only recursive variants are boxed")]
        #![allow(clippy::type_complexity, reason = "types nest as in the document")]
        #scripts

        mod client;
        #errors
        #[cfg(all(feature = "mock", not(target_os = "unknown")))]
        pub mod mock;
        pub mod resources;
        #own_runtime
        pub mod types;
        #(pub mod #modules;)*

        #(pub use #libraries;)*

        #shared_runtime
        #error_body
        #[cfg(all(feature = "blocking", not(target_os = "unknown")))]
        pub use self::runtime::Wait;
        pub use self::runtime::{#own_client Error, ErrorKind, RequestExt, RetryPolicy, wire};

        #doctests

        #custom_types
    }
}
