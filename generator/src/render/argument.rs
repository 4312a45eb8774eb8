//! The types of arguments, and the expressions that convert them to the types of fields, parameters and bodies.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use super::context::Context;
use super::imports::Imports;
use super::ty;
use crate::analyze::arguments::{ArgumentKind, ItemKind, body_argument, field_argument, parameter_argument};
use crate::ir::Type;

/// An argument of a method.
pub(super) struct Argument {
    /// The type of the argument.
    pub(super) ty: TokenStream,
    /// The expression that converts the argument.
    pub(super) value: TokenStream,
}

/// Renders an argument of a setter or constructor, whose value is the field. Types are within the module `types`.
pub(super) fn of_field(context: &Context<'_>, ty: &Type, given: &dyn ToTokens) -> Argument {
    let kind = field_argument(context.facts, ty);
    let value = match (kind, ty) {
        (ArgumentKind::Text, _) => quote!(#given.to_owned()),
        (ArgumentKind::Into, _) => quote!(#given.into()),
        (ArgumentKind::Items(item), _) => {
            let list = list(item);
            quote!(wire::#list(#given))
        }
        (ArgumentKind::Entries(item), Type::Map(_)) => {
            let map = map(item);
            quote!(wire::#map(#given))
        }
        (ArgumentKind::Entries(_), _) => quote!(wire::object(#given)),
        _ => given.to_token_stream(),
    };
    Argument { ty: argument_type(kind, ty, &|ty| ty::rust(context, ty)), value }
}

/// Renders an argument for a parameter or a part of a form, whose value is a reference to what is encoded.
pub(super) fn of_parameter(context: &Context<'_>, ty: &Type, given: &dyn ToTokens) -> Argument {
    let kind = parameter_argument(context.api, context.facts, ty);
    let rust = |ty: &Type| ty::qualified(context, ty);
    let value = match (kind, ty) {
        (ArgumentKind::Into, _) => {
            let ty = rust(ty);
            quote!(&Into::<#ty>::into(#given))
        }
        (ArgumentKind::Items(ItemKind::Text), _) => quote!(&wire::list_of_text(#given)),
        (ArgumentKind::Items(item), Type::List(inner)) => {
            let (list, inner) = (list(item), rust(inner));
            quote!(&wire::#list::<#inner>(#given))
        }
        (ArgumentKind::Entries(ItemKind::Text), Type::Map(_)) => quote!(&wire::map_of_text(#given)),
        (ArgumentKind::Entries(item), Type::Map(inner)) => {
            let (map, inner) = (map(item), rust(inner));
            quote!(&wire::#map::<#inner>(#given))
        }
        (ArgumentKind::Entries(_), _) => quote!(&wire::object(#given)),
        _ => quote!(&#given),
    };
    let value = match ty::codec(ty).filter(|_| ty.needs_codec_in_text()) {
        Some(codec) => quote!(&runtime::WithCodec::<#codec, _>::new(#value)),
        None => value,
    };
    Argument { ty: argument_type(kind, ty, &rust), value }
}

/// Adds what an argument for a parameter refers to.
pub(super) fn import_parameter(context: &Context<'_>, ty: &Type, seen: &mut Imports) {
    let kind = parameter_argument(context.api, context.facts, ty);
    match (kind, ty) {
        (ArgumentKind::Items(_), Type::List(inner)) | (ArgumentKind::Entries(_), Type::Map(inner)) => {
            seen.ty(inner);
        }
        _ => seen.ty(ty),
    }
    let is_collected = matches!(kind, ArgumentKind::Items(_) | ArgumentKind::Entries(_));
    seen.wire |= is_collected || ty.needs_codec_in_text();
}

/// Renders an argument for a JSON body, whose value is a reference to what is encoded.
pub(super) fn of_body(context: &Context<'_>, ty: &Type, given: &dyn ToTokens) -> Argument {
    if let Type::Nullable(inner) = ty {
        return of_nullable_body(context, ty, inner, given);
    }
    let kind = body_argument(context.facts, ty);
    let rust = |ty: &Type| ty::qualified(context, ty);
    let value = match kind {
        ArgumentKind::Slice(ItemKind::Text) => quote!(&wire::list_of_text(#given)),
        // The codec of a list encodes a vector.
        ArgumentKind::Slice(_) if ty.needs_codec() => encoded(ty, &quote!(&#given.to_vec())),
        ArgumentKind::Into => {
            let ty = rust(ty);
            quote!(&Into::<#ty>::into(#given))
        }
        _ => encoded(ty, &given.to_token_stream()),
    };
    Argument { ty: argument_type(kind, ty, &rust), value }
}

/// Renders an argument for a JSON body that can be null: an `Option` of a reference, or of a small value.
fn of_nullable_body(context: &Context<'_>, ty: &Type, inner: &Type, given: &dyn ToTokens) -> Argument {
    let argument = match inner {
        Type::String => quote!(&str),
        Type::List(item) => {
            let item = ty::qualified(context, item);
            quote!(&[#item])
        }
        _ => {
            let inner = ty::qualified(context, inner);
            if ty.needs_codec() { inner } else { quote!(&#inner) }
        }
    };
    let value = match (inner, inner.needs_codec()) {
        (Type::List(_), true) => encoded(ty, &quote!(&#given.map(<[_]>::to_vec))),
        (_, true) => encoded(ty, &quote!(&#given)),
        (_, false) => quote!(&#given),
    };
    Argument { ty: quote!(Option<#argument>), value }
}

/// Returns the value that is encoded for a reference to a value of a type.
pub(super) fn encoded(ty: &Type, reference: &TokenStream) -> TokenStream {
    match ty::codec(ty).filter(|_| ty.needs_codec()) {
        Some(codec) => quote!(&runtime::WithCodec::<#codec, _>::new(#reference)),
        None => reference.clone(),
    }
}

/// Adds what an argument for a JSON body refers to.
pub(super) fn import_body(context: &Context<'_>, ty: &Type, seen: &mut Imports) {
    let kind = body_argument(context.facts, ty);
    match (kind, ty) {
        (ArgumentKind::Serialize, _) => {}
        _ => seen.ty(ty),
    }
    seen.wire |= ty.needs_codec() || kind == ArgumentKind::Slice(ItemKind::Text);
}

fn argument_type(kind: ArgumentKind, ty: &Type, rust: &dyn Fn(&Type) -> TokenStream) -> TokenStream {
    let json = || quote!(impl Into<wire::Value>);
    match (kind, ty) {
        (ArgumentKind::Text, _) => quote!(&str),
        (ArgumentKind::Into, _) => {
            let ty = rust(ty);
            quote!(impl Into<#ty>)
        }
        (ArgumentKind::Items(item), Type::List(inner)) => {
            let item = item_type(item, &rust(inner));
            quote!(impl IntoIterator<Item = #item>)
        }
        (ArgumentKind::Entries(item), ty) => {
            let value = match ty {
                Type::Map(inner) => item_type(item, &rust(inner)),
                _ => json(),
            };
            quote!(impl IntoIterator<Item = (impl AsRef<str>, #value)>)
        }
        (ArgumentKind::Slice(ItemKind::Text), _) => quote!(&[impl AsRef<str>]),
        (ArgumentKind::Slice(_), Type::List(inner)) => {
            let inner = rust(inner);
            quote!(&[#inner])
        }
        (ArgumentKind::Serialize, _) => quote!(&(impl serde::Serialize + ?Sized)),
        (ArgumentKind::Reference, ty) => {
            let ty = rust(ty);
            quote!(&#ty)
        }
        (_, ty) => rust(ty),
    }
}

fn item_type(kind: ItemKind, ty: &TokenStream) -> TokenStream {
    match kind {
        ItemKind::Text => quote!(impl AsRef<str>),
        ItemKind::Into => quote!(impl Into<#ty>),
        ItemKind::Plain => quote!(impl wire::IntoItem<#ty>),
        ItemKind::Owned => ty.clone(),
    }
}

/// Returns the function of `wire` that collects a list.
fn list(item: ItemKind) -> TokenStream {
    match item {
        ItemKind::Text => quote!(list_of_text),
        ItemKind::Into => quote!(list_from),
        ItemKind::Plain | ItemKind::Owned => quote!(list),
    }
}

/// Returns the function of `wire` that collects a map.
fn map(item: ItemKind) -> TokenStream {
    match item {
        ItemKind::Text => quote!(map_of_text),
        ItemKind::Into => quote!(map_from),
        ItemKind::Plain | ItemKind::Owned => quote!(map),
    }
}
