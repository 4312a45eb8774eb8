//! Structs: the declaration, the constructor, the setters and the serde impls.

use proc_macro2::{Literal, TokenStream};
use quote::{ToTokens, quote};

use super::argument::{self, Argument};
use super::context::Context;
use super::doc::{self, Doc};
use super::remaining_properties::RemainingProperties;
use super::{debug, default, derives, docs, ty};
use crate::ir::{Access, Field, FieldKind, KeyedUnion, Shape, Struct, Type, TypeId};
use crate::naming::{FieldNames, Ident};

pub(super) fn tokens(context: &Context<'_>, id: TypeId, it: &Struct) -> TokenStream {
    let ident = &context.names.of_type(id).ident;
    let fields: Vec<StructField<'_>> = it
        .fields
        .iter()
        .zip(&context.names.of_type(id).fields)
        .enumerate()
        .map(|(position, (field, names))| StructField {
            kind: context.facts.field_kind(id, field),
            field,
            names,
            boxed: context.facts.is_boxed(id, position),
            sparse: context.facts.is_only_sent(id),
            direction: context.facts.direction(id, field),
        })
        .collect();
    let doc = Doc::of_type(context.api.type_def(id));
    let declarations = fields.iter().map(|field| field.declaration(context));
    let rest = RemainingProperties::of(context, it);
    let setters = setters(context, id, ident, &fields, &rest);
    let rest_declaration = rest.declaration();
    let codec = codec(context, id, &fields, &rest);
    let idents = fields.iter().map(|field| &field.names.ident);
    let default = context.facts.initial_values(id);
    let default = default.map(|values| {
        default::tokens(context, ident, idents.zip(values), it.additional_properties.is_some())
    });
    let last = if it.additional_properties.is_some() { "additional_properties" } else { "unknown_fields" };
    let shown = fields.iter().map(|field| (&field.names.ident, field.field.secret));
    let debug = debug::without_secrets(ident, shown, Some(last));
    let derived = [
        Some(quote!(Clone)),
        debug.is_none().then(|| quote!(Debug)),
        default.is_none().then(|| quote!(Default)),
        Some(quote!(PartialEq)),
    ];
    let derived = derived.iter().flatten();
    let derived = derives::attributes(context, id, &quote!(#(#derived),*));
    quote! {
        #doc
        #derived
        #[non_exhaustive]
        pub struct #ident {
            #(#declarations)*
            #rest_declaration
        }

        #debug

        #default

        #setters

        #codec
    }
}

/// Renders `new`, with the required fields as arguments, if the type has it.
fn constructor(context: &Context<'_>, id: TypeId, fields: &[StructField<'_>]) -> Option<TokenStream> {
    let positions = context.facts.constructor(id)?.iter();
    let required = positions.map(|position| &fields[*position]);
    let required: Vec<(&StructField<'_>, &Type)> =
        required.filter_map(|field| Some((field, field.field.kind.ty()?))).collect();
    let arguments = required.iter().map(|(field, ty)| {
        let ident = &field.names.ident;
        let Argument { ty, .. } = field.argument(context, ty, ident);
        quote!(#ident: #ty)
    });
    let values = required.iter().map(|(field, ty)| {
        let ident = &field.names.ident;
        let Argument { value, .. } = field.argument(context, ty, ident);
        if value.to_string() == ident.as_str() { quote!(#ident,) } else { quote!(#ident: #value,) }
    });
    Some(quote! {
        #[doc = " Creates a value from its required fields. All other fields have their defaults."]
        pub fn new(#(#arguments),*) -> Self {
            Self { #(#values)* ..Self::default() }
        }
    })
}

fn setters(
    context: &Context<'_>,
    id: TypeId,
    ident: &Ident,
    fields: &[StructField<'_>],
    rest: &RemainingProperties<'_>,
) -> TokenStream {
    let mut setters: Vec<TokenStream> = constructor(context, id, fields).into_iter().collect();
    setters.extend(
        fields
            .iter()
            .filter(|field| field.field.access != Access::ReadOnly)
            .map(|field| field.setters(context)),
    );
    setters.extend(rest.setter(context));
    if setters.is_empty() {
        return TokenStream::new();
    }
    quote! {
        impl #ident {
            #(#setters)*
        }
    }
}

fn codec(
    context: &Context<'_>,
    id: TypeId,
    fields: &[StructField<'_>],
    rest: &RemainingProperties<'_>,
) -> TokenStream {
    let (ident, name) = (&context.names.of_type(id).ident, ty::serde_name(context, id));
    let mut wire_names = Vec::new();
    let mut required = Vec::new();
    let mut reads = Vec::new();
    for field in fields {
        let first = wire_names.len();
        match field.union(context) {
            Some(union) => wire_names.extend(union.variants.iter().map(|variant| variant.key.as_str())),
            None => wire_names.push(field.field.name.as_str()),
        }
        if matches!(field.kind, FieldKind::Required(_) | FieldKind::Nullable(_)) {
            required.push((Literal::usize_unsuffixed(first), field.direction));
        }
        reads.push((first, wire_names.len() - 1, field.read(first)));
    }
    let names = quote!(&[#(#wire_names),*]);
    let without = |direction: Access| {
        let required = required.iter().filter(|(_, access)| *access != direction).map(|(first, _)| first);
        quote!(&[#(#required),*])
    };
    let (of_requests, of_answers) = (without(Access::ReadOnly), without(Access::WriteOnly));
    let deserialize = if required.is_empty() {
        quote!(wire::deserialize_struct(input, #name, #names))
    } else if required.iter().all(|(_, direction)| *direction == Access::Both) {
        quote!(wire::deserialize_struct_requiring(input, #name, #names, #of_answers))
    } else {
        quote!(wire::deserialize_struct_by_direction(input, #name, #names, #of_requests, #of_answers))
    };
    let read = read(&reads, &rest.read());
    let rest = rest.write();
    let writes = fields.iter().map(StructField::write);
    quote! {
        impl wire::Struct for #ident {
            #read
        }

        impl<'de> serde::Deserialize<'de> for #ident {
            fn deserialize<D: serde::Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
                #deserialize
            }
        }

        impl serde::Serialize for #ident {
            fn serialize<S: serde::Serializer>(&self, output: S) -> Result<S::Ok, S::Error> {
                let mut output = wire::Output::object(output)?;
                #(#writes)*
                #rest
                output.end()
            }
        }
    }
}

/// Renders the method that reads a property by its position among the wire names. Any later position is an unknown
/// property.
fn read(reads: &[(usize, usize, TokenStream)], rest: &TokenStream) -> TokenStream {
    let arms = reads.iter().map(|(first, last, read)| {
        let (from, to) = (Literal::usize_unsuffixed(*first), Literal::usize_unsuffixed(*last));
        if first == last { quote!(#from => #read) } else { quote!(#from..=#to => #read) }
    });
    let (field, body) = match reads {
        [] => (quote!(_), rest.clone()),
        _ => (quote!(field), quote!(match field { #(#arms,)* _ => #rest, })),
    };
    quote! {
        fn read<'de, D: wire::Deserializer<'de>>(
            &mut self,
            #field: usize,
            input: wire::Input<'de, D>,
        ) -> Result<(), D::Error> {
            #body
        }
    }
}

/// The documentation of a property whose value is always null.
const NULL_ONLY_DOC: &str = "True if the property is present. Its value is always `null`.";

/// A field, with everything that its code depends on.
struct StructField<'a> {
    field: &'a Field,
    /// The kind of the field, without a distinction that this crate does not need.
    kind: FieldKind,
    names: &'a FieldNames,
    boxed: bool,
    /// True if an empty value is not written.
    sparse: bool,
    /// The direction of the field, if its type is both sent and received.
    direction: Access,
}

impl StructField<'_> {
    fn union<'c>(&self, context: &Context<'c>) -> Option<&'c KeyedUnion> {
        match &self.kind {
            FieldKind::KeyedUnion(id) => match &context.api.type_def(*id).shape {
                Shape::KeyedUnion(union) => Some(union),
                _ => None,
            },
            _ => None,
        }
    }

    fn declaration(&self, context: &Context<'_>) -> TokenStream {
        let ident = &self.names.ident;
        let doc = Doc::of(&self.field.docs);
        let doc = match self.union(context) {
            Some(union) => doc.or(&property_names_doc(union)),
            None if self.kind == FieldKind::NullOnly => doc.then([NULL_ONLY_DOC.to_owned()]),
            None => doc,
        };
        let boxed = |ty: TokenStream| if self.boxed { quote!(Box<#ty>) } else { ty };
        let ty = match &self.kind {
            FieldKind::Required(ty) | FieldKind::ImplicitPresence { ty, .. } => boxed(ty::rust(context, ty)),
            FieldKind::Nullable(ty) | FieldKind::Optional(ty) => {
                let ty = boxed(ty::rust(context, ty));
                quote!(Option<#ty>)
            }
            FieldKind::OptionalNullable(ty) => {
                let ty = boxed(ty::rust(context, ty));
                quote!(wire::Nullable<#ty>)
            }
            FieldKind::NullOnly => quote!(bool),
            FieldKind::KeyedUnion(id) => {
                let ty = boxed(ty::rust(context, &Type::Named(*id)));
                quote!(Option<#ty>)
            }
        };
        quote! {
            #doc
            pub #ident: #ty,
        }
    }

    /// Renders the method that sets the field, and the method that sets it to null, if requests distinguish null from
    /// absence.
    fn setters(&self, context: &Context<'_>) -> TokenStream {
        let (ident, setter) = (&self.names.ident, &self.names.setter);
        let set = Argument { ty: quote!(bool), value: quote!(value) };
        let set = match &self.kind {
            FieldKind::NullOnly => set,
            FieldKind::KeyedUnion(id) => self.argument(context, &Type::Named(*id), &quote!(value)),
            kind => kind.ty().map_or(set, |ty| self.argument(context, ty, &quote!(value))),
        };
        let Argument { ty, value } = set;
        let value = match &self.kind {
            FieldKind::Required(_) | FieldKind::ImplicitPresence { .. } | FieldKind::NullOnly => value,
            FieldKind::Nullable(_) | FieldKind::Optional(_) | FieldKind::KeyedUnion(_) => {
                quote!(Some(#value))
            }
            FieldKind::OptionalNullable(_) => quote!(wire::Nullable::Value(#value)),
        };
        let doc = format!(" Sets [`{0}`](Self::{0}).", ident.as_str());
        let deprecated = doc::deprecation(&self.field.docs);
        let null = self.names.null_setter.as_ref();
        let null = null.filter(|_| matches!(self.kind, FieldKind::OptionalNullable(_))).map(|setter| {
            let doc = format!(" Sets [`{0}`](Self::{0}) to null.", ident.as_str());
            quote! {
                #[doc = #doc]
                #deprecated
                #[must_use]
                pub fn #setter(mut self) -> Self {
                    self.#ident = wire::Nullable::Null;
                    self
                }
            }
        });
        quote! {
            #[doc = #doc]
            #deprecated
            #[must_use]
            pub fn #setter(mut self, value: #ty) -> Self {
                self.#ident = #value;
                self
            }

            #null
        }
    }

    /// Returns the argument of a setter or constructor, whose value is the field.
    fn argument(&self, context: &Context<'_>, ty: &Type, given: &dyn ToTokens) -> Argument {
        let Argument { ty, value } = argument::of_field(context, ty, given);
        Argument { ty, value: if self.boxed { quote!(Box::new(#value)) } else { value } }
    }

    fn read(&self, first: usize) -> TokenStream {
        let ident = &self.names.ident;
        let by = |plain: TokenStream, coded: TokenStream, ty: &Type| match ty::decoder(ty) {
            None => quote!(input.#plain(&mut self.#ident)),
            Some(codec) => quote!(input.#coded::<#codec, _>(&mut self.#ident)),
        };
        match &self.kind {
            FieldKind::OptionalNullable(ty) => by(quote!(nullable), quote!(nullable_as), ty),
            // A server may send null for a write-only property.
            FieldKind::Required(ty) if self.direction == Access::WriteOnly => {
                by(quote!(plain), quote!(plain_as), ty)
            }
            FieldKind::Required(ty) => by(quote!(required), quote!(required_as), ty),
            FieldKind::ImplicitPresence { ty, .. } => by(quote!(plain), quote!(plain_as), ty),
            FieldKind::Nullable(ty) | FieldKind::Optional(ty) => {
                by(quote!(optional), quote!(optional_as), ty)
            }
            FieldKind::NullOnly => quote!(input.present(&mut self.#ident)),
            FieldKind::KeyedUnion(_) => {
                let first = Literal::usize_unsuffixed(first);
                let property = if first.to_string() == "0" { quote!(field) } else { quote!(field - #first) };
                quote!(input.keyed_union(&mut self.#ident, #property))
            }
        }
    }

    fn write(&self) -> TokenStream {
        let ident = &self.names.ident;
        let name = &self.field.name;
        let by = |plain: TokenStream, coded: TokenStream, ty: &Type| match ty::codec(ty) {
            None => quote!(output.#plain(#name, &self.#ident);),
            Some(codec) => quote!(output.#coded::<#codec, _>(#name, &self.#ident);),
        };
        let (put, put_as) = match self.direction {
            Access::ReadOnly => (quote!(put_read_only), quote!(put_read_only_as)),
            Access::WriteOnly => (quote!(put_write_only), quote!(put_write_only_as)),
            Access::Both => (quote!(put), quote!(put_as)),
        };
        match &self.kind {
            FieldKind::OptionalNullable(ty) => {
                by(quote!(put_unless_absent), quote!(put_unless_absent_as), ty)
            }
            FieldKind::Required(ty) => by(put, put_as, ty),
            FieldKind::Nullable(ty) if self.direction != Access::Both => match ty::codec(ty) {
                None => quote!(output.#put(#name, &self.#ident);),
                Some(codec) => quote!(output.#put_as::<wire::OrNull<#codec>, _>(#name, &self.#ident);),
            },
            FieldKind::Nullable(ty) => by(quote!(put_nullable), quote!(put_nullable_as), ty),
            FieldKind::ImplicitPresence { ty, required } => {
                if self.sparse && !required {
                    by(quote!(put_set), quote!(put_set_as), ty)
                } else {
                    by(quote!(put), quote!(put_as), ty)
                }
            }
            FieldKind::Optional(ty) => by(quote!(put_some), quote!(put_some_as), ty),
            FieldKind::NullOnly => quote!(output.put_present(#name, self.#ident);),
            FieldKind::KeyedUnion(_) => quote!(output.keyed_union(&self.#ident);),
        }
    }
}

/// The documentation of a field that is a union of properties of the struct.
fn property_names_doc(union: &KeyedUnion) -> String {
    let keys: Vec<String> = union.variants.iter().map(|variant| docs::code(&variant.key)).collect();
    match keys.as_slice() {
        [only] => format!("The property {only}, if set."),
        _ => format!("At most one of the properties {}.", docs::listed(&keys)),
    }
}
