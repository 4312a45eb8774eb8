//! Variants of unions, however they are told apart: what holds them, looks into them and makes them.

use proc_macro2::TokenStream;
use quote::quote;

use super::doc::Doc;
use super::{Context, docs, ty};
use crate::ir::{Constant, Shape, Type, TypeId, Variant};
use crate::naming::{Ident, VariantNames};

/// A variant with all that its spelling depends on.
pub(super) struct Rendered<'a> {
    pub(super) variant: &'a Variant,
    pub(super) names: &'a VariantNames,
    pub(super) boxed: bool,
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
    let converts = converts(context, variants.iter().map(|rendered| &rendered.variant.ty), named);
    let conversions = variants.iter().zip(converts).filter(|(_, converts)| *converts).map(|(rendered, _)| {
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
        quote! {
            impl From<#from> for #ident {
                fn from(value: #from) -> Self {
                    Self::#variant(#value)
                }
            }

            #text
        }
    });
    quote!(#(#conversions)*)
}

/// Whether a type is a union that some of what it holds can be turned into.
pub(super) fn is_made_of_others(context: &Context<'_>, id: TypeId) -> bool {
    let shape = &context.api.type_def(id).shape;
    let types = shape.variants().map(|variant| &variant.ty);
    converts(context, types, matches!(shape, Shape::OneOf(_))).contains(&true)
}

/// Of each of the types that variants hold, whether it can only be meant for its variant.
fn converts<'t>(context: &Context<'_>, types: impl Iterator<Item = &'t Type>, named: bool) -> Vec<bool> {
    let spelled = |ty: &'t Type| (ty, ty::rust(context, &context.facts.settled(ty)).to_string());
    let types: Vec<(&Type, String)> = types.map(spelled).collect();
    let is_only = |(ty, spelled): &(&Type, String)| {
        // Any JSON may be any of the variants.
        let is_any = matches!(ty, Type::Json | Type::Object | Type::Any | Type::Constant(_));
        let is_single = types.iter().filter(|(_, other)| other == spelled).count() == 1;
        is_single && !is_any && (!named || matches!(ty, Type::Named(_)))
    };
    types.iter().map(is_only).collect()
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
