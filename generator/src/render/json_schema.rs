//! `schemars::JsonSchema` for types: the schema of the JSON that a type writes.
//!
//! The macro of `schemars` reads the attributes of serde's macros, which the types do not have. So the impl is rendered.

use proc_macro2::{Literal, TokenStream};
use quote::{ToTokens, quote};

use super::context::Context;
use super::ty;
use super::written_schema::WrittenSchema;
use crate::derives::SchemaTrait;
use crate::ir::{Constant, EnumKind, TypeId};

/// Renders the impl, if codegen.toml asks for it.
pub(super) fn tokens(context: &Context<'_>, id: TypeId) -> Option<TokenStream> {
    // An alias has the impl of its type.
    context.derives.added(id).filter(|added| added.schemas.contains(&SchemaTrait::Schemars))?;
    let ident = &context.names.of_type(id).ident;
    let name = ident.as_str();
    let schema = WrittenSchema::of(context, id, SchemaTrait::Schemars);
    let body = entries(context, &schema);
    let generator = if schema.types().is_empty() { quote!(_) } else { quote!(generator) };
    Some(quote! {
        impl schemars::JsonSchema for #ident {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                #name.into()
            }

            fn json_schema(#generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
                #body.into()
            }
        }
    })
}

/// Renders the schema of a type as an object of JSON.
fn entries(context: &Context<'_>, schema: &WrittenSchema<'_>) -> TokenStream {
    match schema {
        WrittenSchema::Object { properties, required, additional } => {
            let properties = properties.iter().map(|(name, schema)| (*name, value(context, schema)));
            let additional = additional.as_deref().map(|schema| value(context, schema));
            object(&properties.collect::<Vec<_>>(), required, additional)
        }
        WrittenSchema::Enum { kind, values } => of_enum(*kind, values.as_deref()),
        WrittenSchema::AnyOf(alternatives) => {
            let alternatives = alternatives.iter().map(|schema| value(context, schema));
            map(&[("anyOf", quote!(serde_json::Value::from_iter([#(#alternatives),*])))])
        }
        // The other schemas are in the schema of a type.
        other => value(context, other),
    }
}

/// Renders the schema of an object.
fn object(
    properties: &[(&str, TokenStream)],
    required: &[&str],
    additional: Option<TokenStream>,
) -> TokenStream {
    let mut keywords = vec![("type", quote!("object".into()))];
    if !properties.is_empty() {
        let properties = map(properties);
        keywords.push(("properties", quote!(serde_json::Value::Object(#properties))));
    }
    if !required.is_empty() {
        keywords.push(("required", quote!(serde_json::Value::from_iter([#(#required),*]))));
    }
    keywords.extend(additional.map(|schema| ("additionalProperties", schema)));
    map(&keywords)
}

fn of_enum(kind: EnumKind, values: Option<&[&str]>) -> TokenStream {
    let name = if kind == EnumKind::Text { "string" } else { "integer" };
    let ty = ("type", quote!(#name.into()));
    let Some(values) = values else { return map(&[ty]) };
    let values = values.iter().map(|value| enum_value(kind, value));
    map(&[ty, ("enum", quote!(serde_json::Value::from_iter([#(#values),*])))])
}

/// Renders a value of an enum.
pub(super) fn enum_value(kind: EnumKind, wire: &str) -> TokenStream {
    match kind {
        EnumKind::Text => wire.to_token_stream(),
        EnumKind::Integer => wire
            .parse()
            .map_or_else(|_| quote!(0_i64), |number| Literal::i64_suffixed(number).to_token_stream()),
    }
}

/// Renders an object of JSON.
fn map(entries: &[(&str, TokenStream)]) -> TokenStream {
    let entries = entries.iter().map(|(name, value)| quote!((#name.to_owned(), #value)));
    quote!(serde_json::Map::from_iter([#(#entries),*]))
}

/// Renders a schema in the schema of a type, as a JSON value.
fn value(context: &Context<'_>, schema: &WrittenSchema<'_>) -> TokenStream {
    let constant = |value: &dyn ToTokens| quote!(serde_json::Value::from_iter([("const", #value)]));
    let of_several = |name: &str, keyword: &str, schema: &TokenStream| quote!(serde_json::Value::from_iter([("type", serde_json::Value::from(#name)), (#keyword, #schema)]));
    match schema {
        WrittenSchema::Of(ty) => {
            let ty = ty::rust(context, ty);
            quote!(generator.subschema_for::<#ty>().to_value())
        }
        WrittenSchema::Any => quote!(serde_json::Value::Bool(true)),
        WrittenSchema::Scalar(name) => quote!(serde_json::Value::from_iter([("type", #name)])),
        WrittenSchema::Format(name) => {
            quote!(serde_json::Value::from_iter([("type", "string"), ("format", #name)]))
        }
        WrittenSchema::NumberOrString => {
            quote!(serde_json::Value::from_iter([(
                "type",
                serde_json::Value::from_iter(["number", "string"])
            )]))
        }
        WrittenSchema::List(inner) => of_several("array", "items", &value(context, inner)),
        WrittenSchema::Tuple(places) => {
            let places = places.iter().map(|place| value(context, place));
            of_several("array", "prefixItems", &quote!(serde_json::Value::from_iter([#(#places),*])))
        }
        WrittenSchema::Map(inner) => of_several("object", "additionalProperties", &value(context, inner)),
        WrittenSchema::AnyOf(alternatives) => {
            let alternatives = alternatives.iter().map(|schema| value(context, schema));
            let any_of = quote!(serde_json::Value::from_iter([#(#alternatives),*]));
            quote!(serde_json::Value::from_iter([("anyOf", #any_of)]))
        }
        WrittenSchema::Constant(Constant::Text(text)) => constant(text),
        WrittenSchema::Constant(Constant::Integer(number)) => constant(number),
        WrittenSchema::Constant(Constant::Boolean(truth)) => constant(truth),
        // A property or an element names the type of an object or an enum.
        WrittenSchema::Object { .. } | WrittenSchema::Enum { .. } => {
            let entries = entries(context, schema);
            quote!(serde_json::Value::Object(#entries))
        }
    }
}
