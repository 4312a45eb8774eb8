//! Renders a program that calls every operation once, with all its arguments.
//!
//! The arguments are JSON, made by `samples`. The program decodes it into the types of the crate, which then encode
//! it in the request, so both directions are tested.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use serde_json::Value;

use super::context::Context;
use super::imports::Imports;
use super::source_file::{self, HEADER};
use super::{manifest, ty};
use crate::analyze::arguments::{ArgumentKind, parameter_argument};
use crate::analyze::structure::values_in_text;
use crate::file_tree::FileTree;
use crate::ir::{BodyContent, BodyKind, Multipart, Operation, Part, PartKind, SchemeKind, Type};
use crate::naming::{ContentNames, FormNames, Ident};
use crate::samples::{PartValue, SampleBody, SampleCall, SamplePart};

/// The part of the program that does not depend on the document.
const MAIN: &str = include_str!("conformance/main.rs");

/// The folder of the client crate, next to the manifest of the program.
const CLIENT: &str = "client";

pub(super) fn render(context: &Context<'_>, calls: &[SampleCall]) -> FileTree {
    let mut tree = FileTree::new();
    tree.insert("Cargo.toml", manifest(context));
    tree.insert("src/main.rs", format!("{HEADER}{MAIN}"));
    tree.insert("src/calls.rs", source_file::text(self::calls(context, calls)));
    tree
}

fn manifest(context: &Context<'_>) -> String {
    let name = toml::Value::from(context.package().name.as_str());
    format!(
        r#"# @generated: calls every operation of the client beside it.

[package]
name = "conformance"
version = "0.0.0"
edition = "2024"
rust-version = "{}"
publish = false

[features]
# Calls the mock server of the client.
mock = ["client/mock"]

[dependencies]
client = {{ package = {name}, path = "{CLIENT}" }}
http = "1.4"
serde = {{ version = "1.0", default-features = false }}
serde_json = "1.0"
tokio = {{ version = "1.48", features = ["rt"] }}

[workspace]
"#,
        manifest::RUST_VERSION
    )
}

fn calls(context: &Context<'_>, samples: &[SampleCall]) -> TokenStream {
    let mut seen = Imports::default();
    let mut functions = Vec::new();
    let mut rows = Vec::new();
    for (position, sample) in samples.iter().enumerate() {
        let function = format_ident!("call_{position}");
        let operation = &context.api.operations[sample.operation.index()];
        let contents = operation.body.iter().flat_map(|body| &body.contents);
        let names = context.names.of_operation(sample.operation);
        let content = sample.content.and_then(|position| contents.zip(&names.contents).nth(position));
        let mut call = Call { context, sample, operation, content, seen: &mut seen, bindings: Vec::new() };
        functions.push(call.function(&function));
        rows.push(call.row(&function));
    }
    let types = (!seen.named.is_empty()).then(|| {
        quote!(
            use client::types;
        )
    });
    let standard = seen.standard_of(&quote!(client));
    let libraries = context.libraries().crates();
    let credentials = context.api.security.schemes.iter().map(|scheme| {
        let credential = match scheme.kind {
            SchemeKind::Bearer => quote!(bearer_token("token")),
            SchemeKind::Basic => quote!(basic("user", "password")),
            SchemeKind::Header(_) | SchemeKind::Query(_) | SchemeKind::Cookie(_) => quote!(key("key")),
        };
        let name = &scheme.name;
        quote!(.credential(#name, runtime::Credential::#credential))
    });
    quote! {
        //! The calls: one for each operation and each media type of its body.
        #standard
        #types
        use client::runtime;
        #(use client::#libraries;)*
        use client::{Client, ClientBuilder, wire};

        use crate::{Call, Started, start, value};

        /// Sets credentials for every security scheme.
        pub fn credentials(builder: ClientBuilder) -> ClientBuilder {
            builder #(#credentials)*
        }

        /// Every call, in document order.
        pub const CALLS: &[Call] = &[#(#rows),*];

        #(#functions)*
    }
}

/// A call, and the statements of its function.
struct Call<'c, 'a> {
    context: &'c Context<'a>,
    sample: &'c SampleCall,
    operation: &'c Operation,
    content: Option<(&'c BodyContent, &'c ContentNames)>,
    seen: &'c mut Imports,
    /// The statements that decode the arguments.
    bindings: Vec<TokenStream>,
}

impl Call<'_, '_> {
    /// Renders the entry in the table of calls.
    fn row(&self, function: &proc_macro2::Ident) -> TokenStream {
        let content = self.content.map(|(content, _)| content);
        let media_type = content.and_then(|content| content.media_type.as_deref()).unwrap_or_default();
        let Operation { id, method, path, .. } = self.operation;
        let SampleCall { omitted, ambiguous, .. } = self.sample;
        let in_text = values_in_text(self.context.api, self.operation, content);
        quote!(Call {
            id: #id,
            method: #method,
            path: #path,
            media_type: #media_type,
            omitted: &[#(#omitted),*],
            ambiguous: &[#(#ambiguous),*],
            in_text: &[#(#in_text),*],
            start: #function,
        })
    }

    /// Renders the function that makes the call.
    fn function(&mut self, function: &proc_macro2::Ident) -> TokenStream {
        if let Some(problem) = &self.sample.problem {
            return quote! {
                fn #function(_: &Client) -> Started {
                    Err(#problem.to_owned())
                }
            };
        }
        let names = self.context.names.of_operation(self.sample.operation);
        let resource = &self.context.names.of_resource(self.operation.resource).module;
        let is_required = self.operation.body.as_ref().is_some_and(|body| body.required);
        let mut arguments = Vec::new();
        let mut setters = Vec::new();
        let parameters = self.operation.parameters.iter().zip(&names.parameters);
        for ((parameter, ident), value) in parameters.zip(&self.sample.parameters) {
            let Some(argument) = self.argument(&parameter.ty, value.as_ref()) else { continue };
            match parameter.required {
                true => arguments.push(argument),
                false => setters.push(quote!(.#ident(#argument))),
            }
        }
        let mut method = &names.method;
        if let Some((content, names)) = self.content {
            let body = self.body(resource, content, names);
            match is_required {
                true => {
                    method = &names.method;
                    arguments.extend(body);
                }
                false => {
                    let method = &names.method;
                    setters.push(quote!(.#method(#(#body),*)));
                }
            }
        }
        let bindings = &self.bindings;
        quote! {
            fn #function(client: &Client) -> Started {
                #(#bindings)*
                start(client.#resource().#method(#(#arguments),*) #(#setters)*)
            }
        }
    }

    /// Returns an argument, after adding a statement that decodes it.
    fn argument(&mut self, ty: &Type, value: Option<&Value>) -> Option<TokenStream> {
        let value = self.value(ty, value)?;
        Some(match parameter_argument(self.context.api, self.context.facts, ty) {
            ArgumentKind::Text | ArgumentKind::Reference => quote!(&#value),
            _ => quote!(#value),
        })
    }

    /// Returns a variable, after adding a statement that decodes its value.
    fn value(&mut self, ty: &Type, value: Option<&Value>) -> Option<proc_macro2::Ident> {
        let json = value?.to_string();
        let ident = format_ident!("value_{}", self.bindings.len());
        let codec = ty::codec(ty).unwrap_or_else(|| quote!(wire::Own));
        self.seen.ty(ty);
        let ty = ty::qualified(self.context, ty);
        self.bindings.push(quote!(let #ident = value::<#ty, #codec>(#json)?;));
        Some(ident)
    }

    /// Returns the arguments for a request body.
    fn body(&mut self, resource: &Ident, content: &BodyContent, names: &ContentNames) -> Vec<TokenStream> {
        match (&content.kind, &self.sample.body) {
            (BodyKind::Json(ty) | BodyKind::Form { ty, .. }, SampleBody::Value(value)) => {
                let as_taken = |value| match ty {
                    Type::Nullable(inner) => match **inner {
                        Type::String | Type::List(_) => quote!(#value.as_deref()),
                        _ if ty.needs_codec() => quote!(#value),
                        _ => quote!(#value.as_ref()),
                    },
                    _ => quote!(&#value),
                };
                self.value(ty, value.as_ref()).into_iter().map(as_taken).collect()
            }
            (BodyKind::Multipart(Multipart::AnyParts(ty)), SampleBody::Value(value)) => {
                vec![self.value(ty, value.as_ref()).map_or_else(
                    || quote!(runtime::Multipart::new()),
                    |value| quote!(runtime::Multipart::of(&#value)),
                )]
            }
            (BodyKind::Multipart(Multipart::Parts(parts)), SampleBody::Parts(samples)) => {
                names.form.iter().map(|names| self.form(resource, parts, samples, names)).collect()
            }
            (BodyKind::Multipart(Multipart::Alternatives(forms)), SampleBody::Parts(samples)) => {
                let names = names.form.iter().flat_map(|names| &names.variants);
                let first = forms.iter().zip(names).next();
                let first = first.map(|(form, (_, names))| self.form(resource, &form.parts, samples, names));
                first.into_iter().collect()
            }
            _ => {
                // The caller names the media type if the document allows any.
                let media_type = content.media_type.is_none().then(|| quote!("application/octet-stream"));
                media_type.into_iter().chain([quote!("text")]).collect()
            }
        }
    }

    fn form(
        &mut self,
        resource: &Ident,
        parts: &[Part],
        samples: &[SamplePart],
        names: &FormNames,
    ) -> TokenStream {
        let form = &names.ident;
        let mut arguments = Vec::new();
        let mut setters = Vec::new();
        let idents = names.parts.iter().zip(&names.headers);
        for ((part, sample), (ident, header_idents)) in parts.iter().zip(samples).zip(idents) {
            let headers = || part.headers.iter().zip(&sample.headers).zip(header_idents);
            if sample.can_be_sent(part) {
                let value = self.part_value(part, sample);
                let required = headers().filter(|((header, _), _)| header.required);
                let headers = required.filter_map(|((it, value), _)| self.argument(&it.ty, value.as_ref()));
                let headers: Vec<TokenStream> = headers.collect();
                match part.required {
                    true => arguments.extend(value.into_iter().chain(headers)),
                    false => setters.push(quote!(.#ident(#value #(, #headers)*))),
                }
            }
            for ((header, value), ident) in headers().filter(|((header, _), _)| !header.required) {
                let argument = self.argument(&header.ty, value.as_ref());
                setters.extend(argument.map(|argument| quote!(.#ident(#argument))));
            }
        }
        quote!(client::resources::#resource::#form::new(#(#arguments),*) #(#setters)*)
    }

    fn part_value(&mut self, part: &Part, sample: &SamplePart) -> Option<TokenStream> {
        match (&part.kind, &sample.value) {
            (
                PartKind::Text { ty, .. } | PartKind::Json { ty, .. } | PartKind::Styled { ty, .. },
                PartValue::Value(value),
            ) => self.argument(ty, value.as_ref()),
            (PartKind::File { several, .. }, _) => {
                let with = sample.media_type.as_ref().map(|it| quote!(.with_media_type(#it)));
                let file = quote!(runtime::File::new("text") #with);
                Some(if *several { quote!([#file]) } else { file })
            }
            _ => Some(quote!("text")),
        }
    }
}
