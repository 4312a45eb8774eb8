//! `schemars::JsonSchema` for types: the schema of the JSON that a type writes.
//!
//! The macro of `schemars` reads the attributes of serde's macros, which the types do not have. So the impl is rendered.

use proc_macro2::{Literal, TokenStream};
use quote::{ToTokens, quote};

use super::context::Context;
use super::ty;
use crate::ir::{Access, Constant, Enum, EnumKind, FieldKind, Shape, Struct, Type, TypeId};

/// Renders the impl, if codegen.toml asks for it.
pub(super) fn tokens(context: &Context<'_>, id: TypeId) -> Option<TokenStream> {
    // An alias has the impl of its type.
    context.derives.added(id).filter(|added| added.has_json_schema)?;
    let def = context.api.type_def(id);
    let ident = &context.names.of_type(id).ident;
    let name = ident.as_str();
    let body = match &def.shape {
        Shape::Struct(it) => of_struct(context, id, it),
        Shape::Enum(it) => of_enum(it),
        shape @ Shape::KeyedUnion(_) => {
            let properties = shape.variants().map(|it| (it.key.as_str(), of_type(context, &it.ty)));
            object(&properties.collect::<Vec<_>>(), &[], None)
        }
        shape @ Shape::Union(_) => {
            let alternatives = shape.variants().map(|it| of_type(context, &it.ty));
            map(&[("anyOf", quote!(serde_json::Value::from_iter([#(#alternatives),*])))])
        }
    };
    let is_held = |ty: &&Type| ty.all_named().iter().any(|id| has_schema(context, *id));
    let unions = match &def.shape {
        Shape::Struct(it) => it.fields.iter().filter_map(|field| context.union_of(field)).collect(),
        _ => Vec::new(),
    };
    let held =
        def.shape.value_types().into_iter().chain(unions.iter().flat_map(|it| &it.variants).map(|it| &it.ty));
    let generator = if held.into_iter().any(|ty| is_held(&ty)) { quote!(generator) } else { quote!(_) };
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

fn has_schema(context: &Context<'_>, id: TypeId) -> bool {
    let canonical = context.facts.alias_of(id).unwrap_or(id);
    context.derives.added(canonical).is_some_and(|added| added.has_json_schema)
}

fn of_struct(context: &Context<'_>, id: TypeId, it: &Struct) -> TokenStream {
    let mut properties = Vec::new();
    let mut required = Vec::new();
    for field in &it.fields {
        if let Some(union) = context.union_of(field) {
            properties.extend(union.variants.iter().map(|it| (it.key.as_str(), of_type(context, &it.ty))));
            continue;
        }
        let kind = context.facts.field_kind(id, field);
        let is_always_written = matches!(kind, FieldKind::Required(_) | FieldKind::Nullable(_));
        if is_always_written && context.facts.direction(id, field) == Access::Both {
            required.push(field.name.as_str());
        }
        let schema = match &kind {
            FieldKind::Nullable(ty) | FieldKind::OptionalNullable(ty) => or_null(&of_type(context, ty)),
            kind => kind.ty().map_or_else(|| scalar("null"), |ty| of_type(context, ty)),
        };
        properties.push((field.name.as_str(), schema));
    }
    let additional = it.additional_properties.as_ref().map(|ty| of_type(context, ty));
    object(&properties, &required, additional)
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

fn of_enum(it: &Enum) -> TokenStream {
    let name = if it.kind == EnumKind::Text { "string" } else { "integer" };
    let ty = ("type", quote!(#name.into()));
    let values = it.values.iter().map(|value| match it.kind {
        EnumKind::Text => value.wire.to_token_stream(),
        EnumKind::Integer => value
            .wire
            .parse()
            .map_or_else(|_| quote!(0_i64), |number| Literal::i64_suffixed(number).to_token_stream()),
    });
    match it.is_open {
        true => map(&[ty]),
        false => map(&[ty, ("enum", quote!(serde_json::Value::from_iter([#(#values),*])))]),
    }
}

/// Renders an object of JSON.
fn map(entries: &[(&str, TokenStream)]) -> TokenStream {
    let entries = entries.iter().map(|(name, value)| quote!((#name.to_owned(), #value)));
    quote!(serde_json::Map::from_iter([#(#entries),*]))
}

/// Renders the schema of a scalar.
fn scalar(name: &str) -> TokenStream {
    quote!(serde_json::Value::from_iter([("type", #name)]))
}

fn or_null(schema: &TokenStream) -> TokenStream {
    let null = scalar("null");
    quote!(serde_json::Value::from_iter([("anyOf", serde_json::Value::from_iter([#schema, #null]))]))
}

/// Renders the schema of a type, as a JSON value.
fn of_type(context: &Context<'_>, ty: &Type) -> TokenStream {
    let format = |name: &str| quote!(serde_json::Value::from_iter([("type", "string"), ("format", #name)]));
    let constant = |value: &dyn ToTokens| quote!(serde_json::Value::from_iter([("const", #value)]));
    let of_several = |name: &str, keyword: &str, schema: &TokenStream| quote!(serde_json::Value::from_iter([("type", serde_json::Value::from(#name)), (#keyword, #schema)]));
    match ty {
        Type::Named(id) if has_schema(context, *id) => {
            let ty = ty::rust(context, ty);
            quote!(generator.subschema_for::<#ty>().to_value())
        }
        // Nothing is known of other types.
        Type::Named(_) | Type::Custom(_) | Type::Json => quote!(serde_json::Value::Bool(true)),
        Type::String | Type::Duration | Type::Bytes { .. } | Type::Integer { quoted: true, .. } => {
            scalar("string")
        }
        Type::Bool => scalar("boolean"),
        Type::Integer { quoted: false, .. } => scalar("integer"),
        Type::Float { lenient: false } => scalar("number"),
        Type::Float { lenient: true } => {
            quote!(serde_json::Value::from_iter([(
                "type",
                serde_json::Value::from_iter(["number", "string"])
            )]))
        }
        Type::DateTime | Type::Timestamp => format("date-time"),
        Type::Date => format("date"),
        Type::Uuid => format("uuid"),
        Type::List(inner) => of_several("array", "items", &of_type(context, inner)),
        Type::Tuple(places) => {
            let places = places.iter().map(|place| of_type(context, place));
            of_several("array", "prefixItems", &quote!(serde_json::Value::from_iter([#(#places),*])))
        }
        Type::Map(inner) => of_several("object", "additionalProperties", &of_type(context, inner)),
        Type::Object | Type::Any => scalar("object"),
        Type::Nullable(inner) => or_null(&of_type(context, inner)),
        Type::Constant(Constant::Text(text)) => constant(text),
        Type::Constant(Constant::Integer(number)) => constant(number),
        Type::Constant(Constant::Boolean(truth)) => constant(truth),
    }
}
