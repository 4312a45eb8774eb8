//! `utoipa::ToSchema` for types: the schema of the JSON that a type writes, for the OpenAPI document of a server.
//!
//! The macro of `utoipa` reads the attributes of serde's macros, which the types do not have. So the impl is rendered. It
//! compiles with the versions 5 and 6.

use proc_macro2::TokenStream;
use quote::{ToTokens, format_ident, quote};

use super::context::Context;
use super::json_schema::enum_value;
use super::ty;
use super::written_schema::WrittenSchema;
use crate::derives::SchemaTrait;
use crate::ir::{Constant, EnumKind, Type, TypeId};

/// Renders the impls, if codegen.toml asks for them.
pub(super) fn tokens(context: &Context<'_>, id: TypeId) -> Option<TokenStream> {
    // An alias has the impls of its type.
    context.derives.added(id).filter(|added| added.schemas.contains(&SchemaTrait::Utoipa))?;
    let ident = &context.names.of_type(id).ident;
    let name = ident.as_str();
    let written = WrittenSchema::of(context, id, SchemaTrait::Utoipa);
    let body = spelled(context, &written);
    let mut held: Vec<&Type> = Vec::new();
    for ty in written.types() {
        if !held.contains(&ty) {
            held.push(ty);
        }
    }
    let held: Vec<TokenStream> = held.into_iter().map(|ty| ty::rust(context, ty)).collect();
    // Types can contain one another, so each is added once.
    let add = held.iter().map(|ty| {
        quote! {
            let name = <#ty as utoipa::ToSchema>::name();
            if schemas.iter().all(|(known, _)| *known != name) {
                schemas.push((name.into_owned(), <#ty as utoipa::PartialSchema>::schema()));
                <#ty as utoipa::ToSchema>::schemas(schemas);
            }
        }
    });
    let schemas = (!held.is_empty()).then(|| {
        quote! {
            fn schemas(
                schemas: &mut Vec<(String, utoipa::openapi::RefOr<utoipa::openapi::schema::Schema>)>,
            ) {
                #(#add)*
            }
        }
    });
    Some(quote! {
        impl utoipa::PartialSchema for #ident {
            fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
                use utoipa::openapi::schema;

                #body.into()
            }
        }

        impl utoipa::ToSchema for #ident {
            fn name() -> std::borrow::Cow<'static, str> {
                #name.into()
            }

            #schemas
        }
    })
}

/// Renders an expression whose value becomes a schema with `into`.
fn spelled(context: &Context<'_>, schema: &WrittenSchema<'_>) -> TokenStream {
    let of = |ty: TokenStream| quote!(schema::ObjectBuilder::new().schema_type(#ty));
    let ty = |name: &str| {
        let variant = format_ident!("{}{}", name[..1].to_uppercase(), &name[1..]);
        quote!(schema::Type::#variant)
    };
    let any = || of(quote!(schema::SchemaType::AnyValue));
    let allowing =
        |builder: TokenStream, values: &[TokenStream]| quote!(#builder.enum_values(Some([#(#values),*])));
    let constant = |name: &str, value: &dyn ToTokens| allowing(of(ty(name)), &[value.to_token_stream()]);
    let list = |items: TokenStream| quote!(schema::ArrayBuilder::new().items(#items));
    match schema {
        WrittenSchema::Any => any(),
        WrittenSchema::Scalar(name) => of(ty(name)),
        WrittenSchema::Format(name) => {
            let string = of(ty("string"));
            quote!(#string.format(Some(schema::SchemaFormat::Custom(#name.to_owned()))))
        }
        WrittenSchema::NumberOrString => {
            let (number, string) = (ty("number"), ty("string"));
            of(quote!(schema::SchemaType::from_iter([#number, #string])))
        }
        WrittenSchema::Constant(Constant::Text(text)) => constant("string", text),
        WrittenSchema::Constant(Constant::Integer(number)) => constant("integer", number),
        WrittenSchema::Constant(Constant::Boolean(truth)) => constant("boolean", truth),
        WrittenSchema::Enum { kind, values } => {
            let name = if *kind == EnumKind::Text { "string" } else { "integer" };
            let values = values.as_ref().map(|it| it.iter().map(|wire| enum_value(*kind, wire)).collect());
            let values: Option<Vec<TokenStream>> = values;
            values.map_or_else(|| of(ty(name)), |values| allowing(of(ty(name)), &values))
        }
        WrittenSchema::Of(named) => {
            let named = ty::rust(context, named);
            quote!(schema::Ref::from_schema_name(<#named as utoipa::ToSchema>::name()))
        }
        WrittenSchema::List(inner) => list(spelled(context, inner)),
        // `prefixItems` of utoipa cannot refer to other schemas.
        WrittenSchema::Tuple(places) => list(any_of(context, places)),
        WrittenSchema::Map(inner) => additional(context, &of(ty("object")), inner),
        WrittenSchema::Object { properties, required, additional: rest } => {
            let properties = properties.iter().map(|(name, schema)| {
                let schema = spelled(context, schema);
                quote!(.property(#name, #schema))
            });
            let object = of(ty("object"));
            let object = quote!(#object #(#properties)* #(.required(#required))*);
            rest.as_deref().map_or_else(|| object.clone(), |rest| additional(context, &object, rest))
        }
        WrittenSchema::AnyOf(alternatives) => any_of(context, alternatives),
    }
}

fn any_of(context: &Context<'_>, alternatives: &[WrittenSchema<'_>]) -> TokenStream {
    let alternatives = alternatives.iter().map(|schema| spelled(context, schema));
    quote!(schema::AnyOfBuilder::new() #(.item(#alternatives))*)
}

/// Adds the schema of the properties that have no schema of their own.
fn additional(context: &Context<'_>, object: &TokenStream, schema: &WrittenSchema<'_>) -> TokenStream {
    let schema = spelled(context, schema);
    quote! {
        #object.additional_properties(Some(
            utoipa::openapi::RefOr::<schema::Schema>::from(#schema)
        ))
    }
}
