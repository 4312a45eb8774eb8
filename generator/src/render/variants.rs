//! Variants of both kinds of unions: declarations, accessors and conversions.

use proc_macro2::TokenStream;
use quote::quote;

use super::context::Context;
use super::doc::Doc;
use super::{docs, ty};
use crate::ir::{Constant, Type, TypeId, Variant};
use crate::naming::VariantNames;

/// A variant, with everything that its code depends on.
pub(super) struct RenderedVariant<'a> {
    pub(super) variant: &'a Variant,
    pub(super) names: &'a VariantNames,
    pub(super) boxed: bool,
    /// True if the union has a `From` impl for the type of the variant.
    convertible: bool,
}

/// The variants of a union.
pub(super) fn of<'a>(context: &Context<'a>, id: TypeId) -> Vec<RenderedVariant<'a>> {
    let variants = context.api.type_def(id).shape.variants();
    let rendered = variants.zip(&context.names.of_type(id).variants).enumerate();
    rendered
        .map(|(position, (variant, names))| RenderedVariant {
            variant,
            names,
            boxed: context.facts.is_boxed(id, position),
            convertible: context.facts.is_convertible(id, position),
        })
        .collect()
}

/// Renders `From` for the types of variants, and for a reference if methods accept anything that converts.
pub(super) fn conversions(
    context: &Context<'_>,
    id: TypeId,
    variants: &[RenderedVariant<'_>],
) -> TokenStream {
    let ident = &context.names.of_type(id).ident;
    let conversions = variants.iter().filter(|rendered| rendered.convertible).map(|rendered| {
        let (from, variant) = (rendered.ty(context), &rendered.names.ident);
        let value = if rendered.boxed { quote!(Box::new(value)) } else { quote!(value) };
        // Literals are borrowed strings and arrays.
        let literal = match &rendered.variant.ty {
            Type::String => Some(quote! {
                impl From<&str> for #ident {
                    fn from(value: &str) -> Self {
                        Self::#variant(value.to_owned())
                    }
                }
            }),
            Type::List(item) if **item == Type::String => Some(quote! {
                impl<const N: usize> From<[&str; N]> for #ident {
                    fn from(value: [&str; N]) -> Self {
                        Self::#variant(wire::list_of_text(value))
                    }
                }
            }),
            Type::List(item) => {
                let item = ty::rust(context, item);
                Some(quote! {
                    impl<const N: usize> From<[#item; N]> for #ident {
                        fn from(value: [#item; N]) -> Self {
                            Self::#variant(value.into())
                        }
                    }
                })
            }
            _ => None,
        };
        quote! {
            impl From<#from> for #ident {
                fn from(value: #from) -> Self {
                    Self::#variant(#value)
                }
            }

            #literal
        }
    });
    let by_reference = context.facts.is_sent(id) && variants.iter().any(|rendered| rendered.convertible);
    let by_reference = by_reference.then(|| {
        quote! {
            impl From<&Self> for #ident {
                fn from(value: &Self) -> Self {
                    value.clone()
                }
            }
        }
    });
    quote!(#(#conversions)* #by_reference)
}

impl RenderedVariant<'_> {
    pub(super) fn ty(&self, context: &Context<'_>) -> TokenStream {
        ty::rust(context, &self.variant.ty)
    }

    /// The value that the variant stands for, if it holds none.
    pub(super) fn constant(&self) -> Option<&Constant> {
        self.variant.constant()
    }

    pub(super) fn declaration(&self, context: &Context<'_>) -> TokenStream {
        let ident = &self.names.ident;
        let doc = Doc::of(&self.variant.docs);
        if let Some(constant) = self.constant() {
            let doc = doc.then([wire_value(constant)]);
            return quote!(#doc #ident,);
        }
        let ty = self.ty(context);
        let ty = if self.boxed { quote!(Box<#ty>) } else { ty };
        quote! {
            #doc
            #ident(#ty),
        }
    }

    /// Renders the accessor of the variant, unless it holds nothing.
    pub(super) fn accessor(&self, context: &Context<'_>) -> Option<TokenStream> {
        if self.constant().is_some() {
            return None;
        }
        let (ident, accessor) = (&self.names.ident, &self.names.accessor);
        let doc = format!(" Returns the [`{0}`](Self::{0}) value, if this is one.", ident.as_str());
        let ty = match &self.variant.ty {
            Type::String => quote!(str),
            Type::List(inner) => {
                let inner = ty::rust(context, inner);
                quote!([#inner])
            }
            _ => self.ty(context),
        };
        let (ty, value) = match ty::is_copy(context, &self.variant.ty) {
            true => (ty, quote!(*value)),
            false => (quote!(&#ty), quote!(value)),
        };
        Some(quote! {
            #[doc = #doc]
            pub fn #accessor(&self) -> Option<#ty> {
                match self {
                    Self::#ident(value) => Some(#value),
                    _ => None,
                }
            }
        })
    }
}

/// A constant as it is sent, for the documentation.
pub(super) fn wire_value(constant: &Constant) -> String {
    match constant {
        Constant::Text(text) if text.is_empty() => "The empty string.".to_owned(),
        Constant::Text(text) => docs::code(text),
        Constant::Integer(number) => docs::code(&number.to_string()),
        Constant::Boolean(truth) => docs::code(&truth.to_string()),
    }
}
