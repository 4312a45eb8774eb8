//! Multipart bodies: a type for each, with required parts as arguments of `new` and optional parts as setters.

use proc_macro2::TokenStream;
use quote::quote;

use super::argument::{self, Argument};
use super::context::{ARGUMENTS, Context};
use super::doc::Doc;
use super::{docs, parameter};
use crate::ir::{MultipartForm, Parameter, Part, PartKind};
use crate::naming::{FormNames, Ident};

/// A part, with its names.
#[derive(Clone, Copy)]
struct NamedPart<'a> {
    part: &'a Part,
    ident: &'a Ident,
    headers: &'a [Ident],
}

/// Renders the type of a multipart body.
pub(super) fn tokens(context: &Context<'_>, parts: &[Part], names: &FormNames, owner: &str) -> TokenStream {
    let ident = &names.ident;
    let named = parts.iter().zip(&names.parts).zip(&names.headers);
    let parts: Vec<NamedPart<'_>> =
        named.map(|((part, ident), headers)| NamedPart { part, ident, headers }).collect();
    let required = || parts.iter().filter(|it| it.part.required);
    let arguments: Vec<TokenStream> = required().flat_map(|it| it.arguments(context)).collect();
    let allow_arguments = (arguments.len() > ARGUMENTS)
        .then(|| quote!(#[allow(clippy::too_many_arguments, reason = "the body requires them all")]));
    let steps = required().map(|it| it.steps(context));
    let doc = format!(" Multipart body of {owner}.");
    let texts = required().flat_map(|it| it.texts(it.part.docs.text.as_deref()));
    let new = match arguments.is_empty() {
        true => "Creates a body without parts.",
        false => "Creates a body with the required parts.",
    };
    let new = Doc::text(new).then(texts);
    let setters = parts.iter().map(|it| it.setters(context));
    let default = required().next().is_none().then(|| {
        quote! {
            impl ::std::default::Default for #ident {
                fn default() -> Self {
                    Self::new()
                }
            }
        }
    });
    quote! {
        #[doc = #doc]
        #[derive(Clone, Debug)]
        pub struct #ident {
            form: runtime::Multipart,
        }

        impl #ident {
            #new
            #allow_arguments
            pub fn new(#(#arguments),*) -> Self {
                Self { form: runtime::Multipart::new() #(#steps)* }
            }

            #(#setters)*
        }

        #default

        impl From<#ident> for runtime::Multipart {
            fn from(body: #ident) -> Self {
                body.form
            }
        }
    }
}

/// Renders the type of a multipart body with several alternatives, and the type of each alternative.
pub(super) fn one_of(
    context: &Context<'_>,
    forms: &[MultipartForm],
    names: &FormNames,
    owner: &str,
) -> TokenStream {
    let ident = &names.ident;
    let variants = names.variants.iter().map(|(variant, names)| (variant, &names.ident));
    let variants: Vec<(&Ident, &Ident)> = variants.collect();
    let (each, held): (Vec<&Ident>, Vec<&Ident>) = variants.iter().copied().unzip();
    let docs = forms.iter().map(|form| Doc::of(&form.docs));
    let doc = format!(" Multipart body of {owner}: one of several alternatives.");
    let types = forms.iter().zip(&names.variants).map(|(form, (_, names))| {
        let owner = format!("{owner}: an alternative of [`{}`]", ident.as_str());
        tokens(context, &form.parts, names, &owner)
    });
    quote! {
        #[doc = #doc]
        #[derive(Clone, Debug)]
        pub enum #ident {
            #(#docs #each(#held),)*
        }

        #(impl From<#held> for #ident {
            fn from(form: #held) -> Self {
                Self::#each(form)
            }
        })*

        impl From<#ident> for runtime::Multipart {
            fn from(body: #ident) -> Self {
                match body {
                    #(#ident::#each(form) => form.form,)*
                }
            }
        }

        #(#types)*
    }
}

impl<'a> NamedPart<'a> {
    fn headers(self) -> impl Iterator<Item = (&'a Parameter, &'a Ident)> {
        self.part.headers.iter().zip(self.headers)
    }

    /// The required headers of the part.
    fn required_headers(self) -> impl Iterator<Item = (&'a Parameter, &'a Ident)> {
        self.headers().filter(|(header, _)| header.required)
    }

    /// Renders the arguments for the part and its required headers.
    fn arguments(&self, context: &Context<'_>) -> Vec<TokenStream> {
        let (ident, (argument, _)) = (self.ident, part(context, self.part, self.ident));
        let headers = self.required_headers().map(|(header, ident)| {
            let (argument, _) = self::header(context, self.part, header, ident);
            quote!(#ident: #argument)
        });
        [quote!(#ident: #argument)].into_iter().chain(headers).collect()
    }

    /// Renders the method calls that add these arguments to a form.
    fn steps(&self, context: &Context<'_>) -> TokenStream {
        let (_, part) = part(context, self.part, self.ident);
        let headers = self.required_headers().map(|(it, ident)| header(context, self.part, it, ident).1);
        quote!(#part #(#headers)*)
    }

    /// The documentation of the arguments: a line for the part and for each of its required headers.
    fn texts(self, of_part: Option<&str>) -> Vec<String> {
        let part = of_part.map(|text| (self.ident, text));
        let headers =
            self.required_headers().filter_map(|(it, ident)| Some((ident, it.docs.text.as_deref()?)));
        let line = |(ident, text): (&Ident, &str)| format!("- `{}`: {}", ident.as_str(), docs::summary(text));
        part.into_iter().chain(headers).map(line).collect()
    }

    /// Renders the setter of the part, if it is optional, and of each of its optional headers.
    fn setters(&self, context: &Context<'_>) -> TokenStream {
        let part = (!self.part.required).then(|| {
            let doc = Doc::of(&self.part.docs).or(&format!("Adds the part {}.", docs::code(&self.part.name)));
            setter(&doc.then(self.texts(None)), self.ident, &self.arguments(context), &self.steps(context))
        });
        let headers = self.headers().filter(|(header, _)| !header.required).map(|(header, ident)| {
            let (name, of) = (docs::code(&header.name), docs::code(&self.part.name));
            let doc = Doc::of(&header.docs).or(&format!("Adds the header {name} to the part {of}."));
            let (argument, step) = self::header(context, self.part, header, ident);
            setter(&doc, ident, &[quote!(#ident: #argument)], &step)
        });
        quote!(#part #(#headers)*)
    }
}

fn setter(doc: &Doc, ident: &Ident, arguments: &[TokenStream], steps: &TokenStream) -> TokenStream {
    quote! {
        #doc
        #[must_use]
        pub fn #ident(mut self, #(#arguments),*) -> Self {
            self.form = self.form #steps;
            self
        }
    }
}

/// Renders the type of the argument for a part, and the method call that adds the part to a form.
fn part(context: &Context<'_>, part: &Part, ident: &Ident) -> (TokenStream, TokenStream) {
    let name = &part.name;
    match &part.kind {
        PartKind::Text { ty, media_type } => {
            let Argument { ty, value } = argument::of_parameter(context, ty, ident);
            let step = match media_type {
                Some(media_type) => quote!(.text_as(#name, #media_type, #value)),
                None => quote!(.text(#name, #value)),
            };
            (ty, step)
        }
        PartKind::Json { ty, media_type } => {
            let Argument { ty, value } = argument::of_parameter(context, ty, ident);
            let step = match media_type {
                Some(media_type) => quote!(.json_as(#name, #media_type, #value)),
                None => quote!(.json(#name, #value)),
            };
            (ty, step)
        }
        PartKind::Styled { ty, style } => {
            let Argument { ty, value } = argument::of_parameter(context, ty, ident);
            let style = parameter::style(*style);
            (ty, quote!(.styled(#name, #style, #value)))
        }
        PartKind::TextOrFile => {
            (quote!(impl Into<runtime::TextOrFile>), quote!(.text_or_file(#name, #ident)))
        }
        PartKind::File { several, media_type } => {
            let media_type = media_type.as_deref().unwrap_or("application/octet-stream");
            match several {
                true => (
                    quote!(impl IntoIterator<Item = impl Into<runtime::File>>),
                    quote!(.files(#name, #media_type, #ident)),
                ),
                false => (quote!(impl Into<runtime::File>), quote!(.file_as(#name, #media_type, #ident))),
            }
        }
    }
}

/// Renders the type of the argument for a header of a part, and the method call that adds it to a form.
fn header(
    context: &Context<'_>,
    part: &Part,
    header: &Parameter,
    ident: &Ident,
) -> (TokenStream, TokenStream) {
    let (part, name) = (&part.name, &header.name);
    let Argument { ty, value } = argument::of_parameter(context, &header.ty, ident);
    let style = header.style.map_or_else(|| quote!(runtime::Style::SIMPLE), parameter::style);
    (ty, quote!(.part_header(#part, #name, #style, #value)))
}
