//! Objects: a struct, its setters, and how its fields are read and written.

use proc_macro2::{Literal, TokenStream};
use quote::{ToTokens, quote};

use super::doc::{self, Doc};
use super::{ARGUMENTS, Context, debug, default, docs, ty, types, variants};
use crate::ir::{Access, Field, FieldKind, OneOf, Shape, Struct, Type, TypeId};
use crate::naming::{FieldNames, Ident};

pub(super) fn tokens(context: &Context<'_>, id: TypeId, it: &Struct) -> TokenStream {
    let ident = &context.names.of_type(id).ident;
    let fields: Vec<Rendered<'_>> = it
        .fields
        .iter()
        .zip(&context.names.of_type(id).fields)
        .enumerate()
        .map(|(position, (field, names))| Rendered {
            kind: match &field.kind {
                // Who only receives has no use for the difference between null and nothing.
                FieldKind::Maybe(ty) if !context.facts.is_sent(id) => FieldKind::Optional(ty.clone()),
                kind => kind.clone(),
            },
            field,
            names,
            boxed: context.facts.is_boxed(id, position),
            sparse: context.facts.is_only_sent(id),
            one_way: context.facts.one_way(id, field),
        })
        .collect();
    let doc = Doc::of(&context.api.type_def(id).docs);
    let declarations = fields.iter().map(|field| field.declaration(context));
    let rest = Rest::of(context, it);
    let setters = setters(context, id, ident, &fields, &rest);
    let rest_declaration = rest.declaration(context);
    let codec = codec(context, id, &fields, &rest);
    let initial = fields.iter().map(|field| default::Field {
        ident: &field.names.ident,
        kind: &field.kind,
        initial: context.api.documented_default(field.field),
    });
    let default = default::tokens(context, ident, &initial.collect::<Vec<_>>(), it.additional.is_some());
    let last = if it.additional.is_some() { "additional_properties" } else { "unknown_fields" };
    let shown = fields.iter().map(|field| (&field.names.ident, field.field.secret));
    let debug = debug::hiding(ident, shown, Some(last));
    let derived = [
        Some(quote!(Clone)),
        debug.is_none().then(|| quote!(Debug)),
        default.is_none().then(|| quote!(Default)),
        Some(quote!(PartialEq)),
    ];
    let derived = derived.iter().flatten();
    quote! {
        #doc
        #[derive(#(#derived),*)]
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

/// `new`, which takes what a request cannot do without; none where there is nothing like that, or too much.
fn constructor(context: &Context<'_>, id: TypeId, fields: &[Rendered<'_>]) -> Option<TokenStream> {
    if !context.facts.is_sent(id) {
        return None;
    }
    let required: Vec<(&Rendered<'_>, &Type)> =
        fields.iter().filter_map(|field| Some((field, context.api.asked_of_caller(field.field)?))).collect();
    if required.is_empty() || required.len() > ARGUMENTS {
        return None;
    }
    let arguments = required.iter().map(|(field, ty)| {
        let ident = &field.names.ident;
        let (argument, _) = field.value(context, ty, ident);
        quote!(#ident: #argument)
    });
    let values = required.iter().map(|(field, ty)| {
        let ident = &field.names.ident;
        let (_, value) = field.value(context, ty, ident);
        if value.to_string() == ident.as_str() { quote!(#ident,) } else { quote!(#ident: #value,) }
    });
    Some(quote! {
        #[doc = " A value with all that is required."]
        pub fn new(#(#arguments),*) -> Self {
            Self { #(#values)* ..Self::default() }
        }
    })
}

fn setters(
    context: &Context<'_>,
    id: TypeId,
    ident: &Ident,
    fields: &[Rendered<'_>],
    rest: &Rest<'_>,
) -> TokenStream {
    let mut setters: Vec<TokenStream> = constructor(context, id, fields).into_iter().collect();
    setters.extend(
        fields
            .iter()
            .filter(|field| field.field.access != Access::ReadOnly)
            .map(|field| field.setter(context)),
    );
    setters.extend(rest.setter());
    if setters.is_empty() {
        return TokenStream::new();
    }
    quote! {
        impl #ident {
            #(#setters)*
        }
    }
}

fn codec(context: &Context<'_>, id: TypeId, fields: &[Rendered<'_>], rest: &Rest<'_>) -> TokenStream {
    let (ident, name) = (&context.names.of_type(id).ident, types::serde_name(context, id));
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
            required.push((Literal::usize_unsuffixed(first), field.one_way));
        }
        reads.push((first, wire_names.len() - 1, field.read(first)));
    }
    let names = quote!(&[#(#wire_names),*]);
    let without = |one_way: Access| {
        let required = required.iter().filter(|(_, access)| *access != one_way).map(|(first, _)| first);
        quote!(&[#(#required),*])
    };
    let (of_requests, of_answers) = (without(Access::ReadOnly), without(Access::WriteOnly));
    let deserialize = if required.is_empty() {
        quote!(wire::deserialize_struct(input, #name, #names))
    } else if required.iter().all(|(_, one_way)| *one_way == Access::Both) {
        quote!(wire::deserialize_struct_requiring(input, #name, #names, #of_answers))
    } else {
        quote!(wire::deserialize_struct_by_direction(input, #name, #names, #of_requests, #of_answers))
    };
    let read = read(&reads, &rest.read());
    let rest = rest.write();
    let writes = fields.iter().map(Rendered::write);
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

/// The method that reads a field by its position among the wire names; what is behind them is kept.
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

/// What is said of a member whose value is null.
const PRESENCE: &str = "Whether the member is there: its value is always null.";

/// A field with all that its spelling depends on.
struct Rendered<'a> {
    field: &'a Field,
    /// How the field is held, as far as this crate makes a difference.
    kind: FieldKind,
    names: &'a FieldNames,
    boxed: bool,
    /// Whether what is empty need not be written.
    sparse: bool,
    /// Which way the field travels, where its type travels both ways.
    one_way: Access,
}

impl Rendered<'_> {
    fn union<'c>(&self, context: &Context<'c>) -> Option<&'c OneOf> {
        match &self.kind {
            FieldKind::OneOf(id) => match &context.api.type_def(*id).shape {
                Shape::OneOf(union) => Some(union),
                _ => None,
            },
            _ => None,
        }
    }

    fn declaration(&self, context: &Context<'_>) -> TokenStream {
        let ident = &self.names.ident;
        let doc = Doc::of(&self.field.docs);
        let doc = match self.union(context) {
            Some(union) => doc.or(&at_most_one_of(union)),
            None if self.kind == FieldKind::Presence => doc.then([PRESENCE.to_owned()]),
            None => doc,
        };
        let boxed = |ty: TokenStream| if self.boxed { quote!(Box<#ty>) } else { ty };
        let ty = match &self.kind {
            FieldKind::Required(ty) | FieldKind::Plain { ty, .. } => boxed(ty::rust(context, ty)),
            FieldKind::Nullable(ty) | FieldKind::Optional(ty) => {
                let ty = boxed(ty::rust(context, ty));
                quote!(Option<#ty>)
            }
            FieldKind::Maybe(ty) => {
                let ty = boxed(ty::rust(context, ty));
                quote!(Option<Option<#ty>>)
            }
            FieldKind::Presence => quote!(bool),
            FieldKind::OneOf(id) => {
                let ty = boxed(ty::rust(context, &Type::Named(*id)));
                quote!(Option<#ty>)
            }
        };
        quote! {
            #doc
            pub #ident: #ty,
        }
    }

    fn setter(&self, context: &Context<'_>) -> TokenStream {
        let (ident, setter) = (&self.names.ident, &self.names.setter);
        let null = if matches!(self.kind, FieldKind::Maybe(_)) { "; `None` is null on the wire" } else { "" };
        let doc = format!(" Sets [`{0}`](Self::{0}){null}.", ident.as_str());
        let given = quote!(value);
        let lifetime = matches!(self.kind, FieldKind::Maybe(Type::String)).then(|| quote!(<'v>));
        let (argument, value) = match &self.kind {
            FieldKind::Required(ty) | FieldKind::Plain { ty, .. } => self.value(context, ty, &given),
            FieldKind::Nullable(ty) | FieldKind::Optional(ty) => {
                let (argument, value) = self.value(context, ty, &given);
                (argument, quote!(Some(#value)))
            }
            FieldKind::Maybe(Type::String) => {
                (quote!(impl Into<Option<&'v str>>), quote!(Some(value.into().map(str::to_owned))))
            }
            FieldKind::Maybe(ty) => {
                let ty = ty::rust(context, ty);
                let boxed = self.boxed.then(|| quote!(.map(Box::new)));
                (quote!(impl Into<Option<#ty>>), quote!(Some(value.into() #boxed)))
            }
            FieldKind::Presence => (quote!(bool), quote!(value)),
            FieldKind::OneOf(id) => {
                let (argument, value) = self.value(context, &Type::Named(*id), &given);
                (argument, quote!(Some(#value)))
            }
        };
        let deprecated = doc::deprecation(&self.field.docs);
        quote! {
            #[doc = #doc]
            #deprecated
            #[must_use]
            pub fn #setter #lifetime(mut self, value: #argument) -> Self {
                self.#ident = #value;
                self
            }
        }
    }

    /// What a setter takes, and how that becomes a value of the type.
    fn value(&self, context: &Context<'_>, ty: &Type, value: &impl ToTokens) -> (TokenStream, TokenStream) {
        match ty {
            // Not `impl Into<String>`: thousands of generic methods are a tenth of what a large crate costs to check.
            Type::String => (quote!(&str), quote!(#value.to_owned())),
            Type::Bytes { .. } => (quote!(impl Into<Bytes>), quote!(#value.into())),
            Type::List(inner) if **inner == Type::String => (
                quote!(impl IntoIterator<Item = impl Into<String>>),
                quote!(#value.into_iter().map(Into::into).collect()),
            ),
            Type::Named(id) if variants::is_made_of_others(context, *id) => {
                let ty = ty::rust(context, ty);
                let value = quote!(#value.into());
                (quote!(impl Into<#ty>), if self.boxed { quote!(Box::new(#value)) } else { value })
            }
            _ => {
                let ty = ty::rust(context, ty);
                (ty, if self.boxed { quote!(Box::new(#value)) } else { quote!(#value) })
            }
        }
    }

    fn read(&self, first: usize) -> TokenStream {
        let ident = &self.names.ident;
        let by = |plain: TokenStream, coded: TokenStream, ty: &Type| match ty::codec(ty) {
            None => quote!(input.#plain(&mut self.#ident)),
            Some(codec) => quote!(input.#coded::<#codec, _>(&mut self.#ident)),
        };
        match &self.kind {
            FieldKind::Maybe(ty) => by(quote!(maybe), quote!(maybe_as), ty),
            // A server may say by null that it does not tell.
            FieldKind::Required(ty) if self.one_way == Access::WriteOnly => {
                by(quote!(plain), quote!(plain_as), ty)
            }
            FieldKind::Required(ty) => by(quote!(required), quote!(required_as), ty),
            FieldKind::Plain { ty, .. } => by(quote!(plain), quote!(plain_as), ty),
            FieldKind::Nullable(ty) | FieldKind::Optional(ty) => {
                by(quote!(optional), quote!(optional_as), ty)
            }
            FieldKind::Presence => quote!(input.present(&mut self.#ident)),
            FieldKind::OneOf(_) => {
                let first = Literal::usize_unsuffixed(first);
                let member = if first.to_string() == "0" { quote!(field) } else { quote!(field - #first) };
                quote!(input.one_of(&mut self.#ident, #member))
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
        let (put, put_as) = match self.one_way {
            Access::ReadOnly => (quote!(put_read_only), quote!(put_read_only_as)),
            Access::WriteOnly => (quote!(put_write_only), quote!(put_write_only_as)),
            Access::Both => (quote!(put), quote!(put_as)),
        };
        match &self.kind {
            FieldKind::Maybe(ty) => match ty::codec(ty) {
                None => quote!(output.put_some(#name, &self.#ident);),
                Some(codec) => quote!(output.put_some_as::<wire::Nullable<#codec>, _>(#name, &self.#ident);),
            },
            FieldKind::Required(ty) => by(put, put_as, ty),
            FieldKind::Nullable(ty) if self.one_way != Access::Both => match ty::codec(ty) {
                None => quote!(output.#put(#name, &self.#ident);),
                Some(codec) => quote!(output.#put_as::<wire::Nullable<#codec>, _>(#name, &self.#ident);),
            },
            FieldKind::Nullable(ty) => by(quote!(put_nullable), quote!(put_nullable_as), ty),
            FieldKind::Plain { ty, required } => {
                if self.sparse && !required {
                    by(quote!(put_set), quote!(put_set_as), ty)
                } else {
                    by(quote!(put), quote!(put_as), ty)
                }
            }
            FieldKind::Optional(ty) => by(quote!(put_some), quote!(put_some_as), ty),
            FieldKind::Presence => quote!(output.put_present(#name, self.#ident);),
            FieldKind::OneOf(_) => quote!(output.one_of(&self.#ident);),
        }
    }
}

/// What a struct keeps beside its fields.
struct Rest<'a>(Option<&'a Type>, Option<TokenStream>);

impl<'a> Rest<'a> {
    fn of(context: &Context<'_>, it: &'a Struct) -> Self {
        let ty = it.additional.as_ref();
        Self(ty, ty.map(|ty| ty::rust(context, ty)))
    }

    fn declaration(&self, _: &Context<'_>) -> TokenStream {
        match &self.1 {
            Some(ty) => quote! {
                #[doc = " The members beside these."]
                pub additional_properties: BTreeMap<String, #ty>,
            },
            None => quote! {
                #[doc = " Members that this crate does not know, as they were received."]
                pub unknown_fields: wire::UnknownFields,
            },
        }
    }

    fn setter(&self) -> Option<TokenStream> {
        let ty = self.1.as_ref()?;
        Some(quote! {
            #[doc = " Sets [`additional_properties`](Self::additional_properties)."]
            #[must_use]
            pub fn with_additional_properties(mut self, value: BTreeMap<String, #ty>) -> Self {
                self.additional_properties = value;
                self
            }
        })
    }

    fn read(&self) -> TokenStream {
        match self.0.map(ty::codec) {
            None => quote!(input.unknown(&mut self.unknown_fields)),
            Some(None) => quote!(input.additional(&mut self.additional_properties)),
            Some(Some(codec)) => quote!(input.additional_as::<#codec, _>(&mut self.additional_properties)),
        }
    }

    fn write(&self) -> TokenStream {
        match self.0.map(ty::codec) {
            None => quote!(output.unknown::<Self>(&self.unknown_fields);),
            Some(None) => quote!(output.additional::<Self, _>(&self.additional_properties);),
            Some(Some(codec)) => {
                quote!(output.additional_as::<Self, #codec, _>(&self.additional_properties);)
            }
        }
    }
}

/// Which members a union is told apart by.
fn at_most_one_of(union: &OneOf) -> String {
    let keys: Vec<String> = union.variants.iter().map(|variant| docs::code(&variant.key)).collect();
    match keys.as_slice() {
        [only] => format!("The member {only}, or none."),
        _ => format!("At most one of the members {}.", keys.join(", ")),
    }
}
