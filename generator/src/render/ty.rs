//! Rust types, and the codecs that serialize them.

use proc_macro2::TokenStream;
use quote::quote;

use super::context::Context;
use crate::ir::{CustomType, Integer, Type, TypeId, TypeName};

/// Renders a type within the module `types`.
pub(super) fn rust(context: &Context<'_>, ty: &Type) -> TokenStream {
    rust_type(context, ty, &TokenStream::new())
}

/// Renders a type outside of the module `types`.
pub(super) fn qualified(context: &Context<'_>, ty: &Type) -> TokenStream {
    rust_type(context, ty, &quote!(types::))
}

fn rust_type(context: &Context<'_>, ty: &Type, module: &TokenStream) -> TokenStream {
    match ty {
        Type::Named(id) => {
            let ident = &context.names.of_type(*id).ident;
            quote!(#module #ident)
        }
        Type::String => quote!(String),
        Type::Bool => quote!(bool),
        Type::Integer { width, .. } => match width {
            Integer::I8 => quote!(i8),
            Integer::I16 => quote!(i16),
            Integer::I32 => quote!(i32),
            Integer::I64 => quote!(i64),
            Integer::I128 => quote!(i128),
            Integer::U8 => quote!(u8),
            Integer::U16 => quote!(u16),
            Integer::U32 => quote!(u32),
            Integer::U64 => quote!(u64),
            Integer::U128 => quote!(u128),
        },
        Type::Float { .. } => quote!(f64),
        Type::DateTime | Type::Timestamp | Type::Date | Type::Duration | Type::Uuid => {
            context.libraries().rust_type(ty)
        }
        Type::Bytes { .. } => quote!(Bytes),
        Type::List(inner) => {
            let inner = rust_type(context, inner, module);
            quote!(Vec<#inner>)
        }
        Type::Tuple(elements) => {
            let elements = elements.iter().map(|element| rust_type(context, element, module));
            quote!((#(#elements,)*))
        }
        Type::Map(inner) => {
            let inner = rust_type(context, inner, module);
            quote!(BTreeMap<String, #inner>)
        }
        Type::Nullable(inner) => {
            let inner = rust_type(context, inner, module);
            quote!(Option<#inner>)
        }
        Type::Object => quote!(wire::Object),
        Type::Json => quote!(wire::Value),
        Type::Any => quote!(wire::Any),
        // A constant holds nothing. Its variant is a unit variant, so that this type is never used.
        Type::Constant(_) => quote!(()),
        Type::Custom(custom) => path_of(custom),
    }
}

/// Renders the path of a type of the user, which codegen.toml has been checked for.
pub(super) fn path_of(custom: &CustomType) -> TokenStream {
    custom.path.parse().unwrap_or_default()
}

/// True if the Rust type is `Copy`.
pub(super) fn is_copy(context: &Context<'_>, ty: &Type) -> bool {
    matches!(ty, Type::Bool | Type::Integer { .. } | Type::Float { .. }) || context.libraries().is_copy(ty)
}

/// Renders the codec that serializes a type; `None` if its own serde impl does.
pub(super) fn codec(ty: &Type) -> Option<TokenStream> {
    codec_of(ty, false)
}

/// Renders the codec that deserializes a type; `None` if its own serde impl does. Besides what [`codec`] does, it accepts
/// integers such as `1.0`, and limits the memory of values of any shape.
pub(super) fn decoder(ty: &Type) -> Option<TokenStream> {
    codec_of(ty, true)
}

fn codec_of(ty: &Type, is_decoder: bool) -> Option<TokenStream> {
    let codec = |inner: &Type| codec_of(inner, is_decoder);
    match ty {
        Type::Integer { quoted: false, .. } => is_decoder.then(|| quote!(wire::Whole)),
        Type::Json | Type::Object => is_decoder.then(|| quote!(wire::Json)),
        Type::Integer { quoted: true, .. } => Some(quote!(wire::Quoted)),
        Type::Float { lenient: true } => Some(quote!(wire::Float)),
        Type::DateTime | Type::Timestamp => Some(quote!(wire::Rfc3339)),
        Type::Date => Some(quote!(wire::FullDate)),
        Type::Duration => Some(quote!(wire::Seconds)),
        Type::Uuid => Some(quote!(wire::Hyphenated)),
        Type::Bytes { url: false } => Some(quote!(wire::Base64)),
        Type::Bytes { url: true } => Some(quote!(wire::Base64Url)),
        Type::List(inner) => Some(match codec(inner) {
            Some(inner) => quote!(wire::List<#inner>),
            None => quote!(wire::List),
        }),
        Type::Tuple(elements) => {
            let elements = elements.iter().map(|element| codec(element).unwrap_or_else(|| quote!(wire::Own)));
            Some(quote!((#(#elements,)*)))
        }
        Type::Map(inner) => Some(match codec(inner) {
            Some(inner) => quote!(wire::Map<#inner>),
            None => quote!(wire::Map),
        }),
        Type::Nullable(inner) => codec(inner).map(|inner| quote!(wire::OrNull<#inner>)),
        _ => None,
    }
}

/// The name of a type for serde: the full name of the protobuf message if it is one, or else the name of the type.
pub(super) fn serde_name<'a>(context: &Context<'a>, id: TypeId) -> &'a str {
    match &context.api.type_def(id).name {
        TypeName::Component { key, .. } if context.facts.is_message(id) => key,
        _ => context.names.of_type(id).ident.as_str(),
    }
}
