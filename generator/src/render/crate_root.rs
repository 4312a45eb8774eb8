//! `src/lib.rs`.

use proc_macro2::TokenStream;
use quote::quote;

use super::Context;

pub(super) fn tokens(_context: &Context<'_>) -> TokenStream {
    quote! {
        #![doc = include_str!("../README.md")]
        #![forbid(unsafe_code)]
        #![allow(deprecated, reason = "the crate itself handles what the document deprecates")]

        mod client;
        pub mod resources;
        pub mod runtime;
        pub mod types;

        pub use self::runtime::{Client, ClientBuilder, Error, ErrorKind, wire};
    }
}
