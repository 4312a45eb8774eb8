//! Renders the type `MockServer` of a client whose runtime is shared: it wraps the server of the runtime.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::context::Context;
use super::runtime::methods;

/// Returns the type of the server that the operations refer to: `own`, or the server of a shared runtime.
pub(super) fn of_operations(context: &Context<'_>, own: TokenStream) -> TokenStream {
    match context.package().runtime {
        Some(_) => quote!(crate::runtime::mock::MockServer),
        None => own,
    }
}

/// Renders the imports, and the type that wraps the mock server of a shared runtime.
pub(super) fn wrapper(context: &Context<'_>) -> (TokenStream, TokenStream) {
    let server = methods::wrapped(context, "MockServer");
    // A resource can be called `runtime`, so the module is not imported.
    let imports = server.imports.tokens(&TokenStream::new());
    let is_exported =
        |ident: &&Ident| ["MockOperation", "ReceivedRequest", "Rejection"].iter().any(|name| *ident == name);
    let of_mock = server.imports.of_mock.iter().filter(|ident| !is_exported(ident));
    let imports = quote! {
        use crate::client::{Client, ClientBuilder};
        #imports
        use crate::runtime::mock::{#(#of_mock),*};
    };
    let server = server.tokens("MockServer", &quote!(crate::runtime::mock::MockServer), &TokenStream::new());
    (imports, server)
}
