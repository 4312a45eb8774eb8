//! Variants of unions, however they are told apart: what holds them, looks into them and makes them.

use proc_macro2::TokenStream;
use quote::quote;

use super::doc::Doc;
use super::{Context, docs, ty};
use crate::ir::{Constant, Type, TypeId, Variant};
use crate::naming::{Ident, VariantNames};

/// A variant with all that its spelling depends on.
pub(super) struct Rendered<'a> {
    pub(super) variant: &'a Variant,
    pub(super) names: &'a VariantNames,
    boxed: bool,
}

/// The variants of a union.
pub(super) fn of<'a>(context: &Context<'a>, id: TypeId) -> Vec<Rendered<'a>> {
    let variants = context.api.type_def(id).shape.variants();
    let rendered = variants.zip(&context.names.of_type(id).variants).enumerate();
    rendered
        .map(|(position, (variant, names))| Rendered {
            variant,
            names,
            boxed: context.facts.is_boxed(id, position),
        })
        .collect()
}

/// `From` for each type that only one of the variants holds; if `named`, for named types only.
pub(super) fn conversions(
    context: &Context<'_>,
    ident: &Ident,
    variants: &[Rendered<'_>],
    named: bool,
) -> TokenStream {
    let settled = |it: &Rendered<'_>| ty::rust(context, &context.facts.settled(&it.variant.ty)).to_string();
    let spelled: Vec<String> = variants.iter().map(settled).collect();
    let conversions = variants.iter().enumerate().filter_map(|(index, rendered)| {
        let is_only = spelled.iter().filter(|other| **other == spelled[index]).count() == 1;
        let is_named = matches!(rendered.variant.ty, Type::Named(_));
        // Any JSON may be any of the variants.
        if !is_only
            || (named && !is_named)
            || matches!(rendered.variant.ty, Type::Json | Type::Object | Type::Any | Type::Constant(_))
        {
            return None;
        }
        let (from, variant) = (rendered.ty(context), &rendered.names.ident);
        let value = if rendered.boxed { quote!(Box::new(value)) } else { quote!(value) };
        let text = (rendered.variant.ty == Type::String).then(|| {
            quote! {
                impl From<&str> for #ident {
                    fn from(value: &str) -> Self {
                        Self::#variant(value.to_owned())
                    }
                }
            }
        });
        Some(quote! {
            impl From<#from> for #ident {
                fn from(value: #from) -> Self {
                    Self::#variant(#value)
                }
            }

            #text
        })
    });
    quote!(#(#conversions)*)
}

impl Rendered<'_> {
    pub(super) fn ty(&self, context: &Context<'_>) -> TokenStream {
        ty::rust(context, &self.variant.ty)
    }

    /// The value that the variant is, if it holds nothing.
    pub(super) fn constant(&self) -> Option<&Constant> {
        match &self.variant.ty {
            Type::Constant(constant) => Some(constant),
            _ => None,
        }
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

    /// The method that looks into the variant; none where there is nothing in it.
    pub(super) fn accessor(&self, context: &Context<'_>) -> Option<TokenStream> {
        if self.constant().is_some() {
            return None;
        }
        let (ident, accessor) = (&self.names.ident, &self.names.accessor);
        let doc = format!(" What [`{0}`](Self::{0}) holds, if it is that.", ident.as_str());
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

/// What a constant is on the wire, for the documentation.
pub(super) fn wire_value(constant: &Constant) -> String {
    match constant {
        Constant::Text(text) if text.is_empty() => "The empty text.".to_owned(),
        Constant::Text(text) => docs::code(text),
        Constant::Integer(number) => docs::code(&number.to_string()),
        Constant::Boolean(truth) => docs::code(&truth.to_string()),
    }
}
