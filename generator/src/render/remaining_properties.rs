//! The properties of a struct without a field: typed `additional_properties`, or `unknown_fields`.

use proc_macro2::TokenStream;
use quote::quote;

use super::argument::{self, Argument};
use super::context::Context;
use super::ty;
use crate::ir::{Struct, Type};

/// The properties without a field: typed `additional_properties`, or `unknown_fields`.
pub(super) struct RemainingProperties<'a>(Option<&'a Type>, Option<TokenStream>);

impl<'a> RemainingProperties<'a> {
    pub(super) fn of(context: &Context<'_>, it: &'a Struct) -> Self {
        let ty = it.additional_properties.as_ref();
        Self(ty, ty.map(|ty| ty::rust(context, ty)))
    }

    pub(super) fn declaration(&self) -> TokenStream {
        match &self.1 {
            Some(ty) => quote! {
                #[doc = " Properties without a field of their own."]
                pub additional_properties: BTreeMap<String, #ty>,
            },
            None => quote! {
                #[doc = " Unknown properties, preserved as received."]
                pub unknown_fields: wire::UnknownFields,
            },
        }
    }

    pub(super) fn setter(&self, context: &Context<'_>) -> Option<TokenStream> {
        let map = Type::Map(Box::new(self.0?.clone()));
        let Argument { ty, value } = argument::of_field(context, &map, &quote!(value));
        Some(quote! {
            #[doc = " Sets [`additional_properties`](Self::additional_properties)."]
            #[must_use]
            pub fn with_additional_properties(mut self, value: #ty) -> Self {
                self.additional_properties = #value;
                self
            }
        })
    }

    pub(super) fn read(&self) -> TokenStream {
        match self.0.map(ty::decoder) {
            None => quote!(input.unknown(&mut self.unknown_fields)),
            Some(None) => quote!(input.additional(&mut self.additional_properties)),
            Some(Some(codec)) => quote!(input.additional_as::<#codec, _>(&mut self.additional_properties)),
        }
    }

    pub(super) fn write(&self) -> TokenStream {
        match self.0.map(ty::codec) {
            None => quote!(output.unknown::<Self>(&self.unknown_fields);),
            Some(None) => quote!(output.additional::<Self, _>(&self.additional_properties);),
            Some(Some(codec)) => {
                quote!(output.additional_as::<Self, #codec, _>(&self.additional_properties);)
            }
        }
    }
}
