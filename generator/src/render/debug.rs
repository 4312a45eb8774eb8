//! `Debug` for structs with secret fields.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use crate::naming::Ident;

/// Renders `Debug` for a struct with these fields, each with `true` if it is secret. Returns `None` if no field is
/// secret, so that `Debug` is derived. `last` is one more field, such as `unknown_fields`.
pub(super) fn without_secrets<'a>(
    ident: &Ident,
    fields: impl Iterator<Item = (&'a Ident, bool)> + Clone,
    last: Option<&str>,
) -> Option<TokenStream> {
    if !fields.clone().any(|(_, is_secret)| is_secret) {
        return None;
    }
    let own = |name: &str, field: &dyn ToTokens| quote!(.field(#name, &self.#field));
    let shown = fields.map(|(field, is_secret)| match (is_secret, field.as_str()) {
        (true, name) => quote!(.field(#name, &format_args!("(not shown)"))),
        (false, name) => own(name, field),
    });
    let last = last.map(|name| own(name, &quote::format_ident!("{name}")));
    let name = ident.as_str();
    Some(quote! {
        #[doc = " Hides the values of secret fields."]
        impl std::fmt::Debug for #ident {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.debug_struct(#name) #(#shown)* #last .finish()
            }
        }
    })
}
