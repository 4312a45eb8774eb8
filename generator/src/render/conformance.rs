//! Renders a program that calls every operation once, with all its arguments.
//!
//! The arguments are JSON that is made from the types. The program decodes it into the types of the crate, which then encode
//! it in the request, so both directions are tested.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::parameter::{self, ArgumentKind};
use super::source_file::{self, HEADER};
use super::types::Imports;
use super::{Context, manifest, ty};
use crate::analyze::structure::{has_structure, structured_fields};
use crate::file_tree::FileTree;
use crate::ir::{
    BodyContent, BodyKind, Constraint, Location, Multipart, Operation, OperationId, Parameter, Part,
    PartKind, SchemeKind, Type,
};
use crate::naming::{ContentNames, FormNames};
use crate::samples::{CheckedSample, SchemaCheck};

/// The part of the program that does not depend on the document.
const MAIN: &str = include_str!("conformance/main.rs");

/// The folder of the client crate, next to the manifest of the program.
const CLIENT: &str = "client";

pub(super) fn render(context: &Context<'_>, schema_check: &SchemaCheck<'_>) -> FileTree {
    let mut tree = FileTree::new();
    tree.insert("Cargo.toml", manifest(context));
    tree.insert("src/main.rs", format!("{HEADER}{MAIN}"));
    tree.insert("src/calls.rs", source_file::text(calls(context, schema_check)));
    tree
}

fn manifest(context: &Context<'_>) -> String {
    let name = toml::Value::from(context.package.name.as_str());
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
bytes = "1.11"
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

fn calls(context: &Context<'_>, schema_check: &SchemaCheck<'_>) -> TokenStream {
    let mut seen = Imports::default();
    let mut functions = Vec::new();
    let mut rows = Vec::new();
    for (id, operation) in context.api.operations() {
        for form in forms(context, id, operation) {
            let function = format_ident!("call_{}", functions.len());
            let mut call = Call {
                context,
                schema_check,
                seen: &mut seen,
                bindings: Vec::new(),
                missing: None,
                omitted: Vec::new(),
                ambiguous: Vec::new(),
                in_text: Vec::new(),
            };
            let (row, tokens) = call.function(id, operation, form, &function);
            functions.push(tokens);
            rows.push(row);
        }
    }
    let types = (!seen.named.is_empty()).then(|| {
        quote!(
            use client::types;
        )
    });
    let standard = seen.standard();
    let libraries = context.libraries.crates();
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

/// Returns the contents of a request body, or a single `None` if there is no body.
fn forms<'a>(
    context: &Context<'a>,
    id: OperationId,
    operation: &'a Operation,
) -> Vec<Option<(&'a BodyContent, &'a ContentNames)>> {
    let names = &context.names.of_operation(id).contents;
    let contents = operation.body.iter().flat_map(|body| &body.contents);
    let forms: Vec<_> = contents.zip(names).map(Some).collect();
    if forms.is_empty() { vec![None] } else { forms }
}

struct Call<'c, 'a> {
    context: &'c Context<'a>,
    schema_check: &'c SchemaCheck<'c>,
    seen: &'c mut Imports,
    /// The statements that decode the arguments.
    bindings: Vec<TokenStream>,
    /// The reason why the call cannot be made.
    missing: Option<String>,
    /// Optional arguments that are left out, because no value is known to be valid.
    omitted: Vec<String>,
    /// Pointers of `oneOf` schemas for which every value matches several alternatives.
    ambiguous: Vec<String>,
    /// Structured values where the wire has only strings. They are sent as JSON, which not every server accepts.
    in_text: Vec<String>,
}

impl Call<'_, '_> {
    /// Renders the entry in the table of calls, and the function that makes the call.
    fn function(
        &mut self,
        id: OperationId,
        operation: &Operation,
        form: Option<(&BodyContent, &ContentNames)>,
        function: &proc_macro2::Ident,
    ) -> (TokenStream, TokenStream) {
        let names = self.context.names.of_operation(id);
        let resource = &self.context.names.of_resource(operation.resource).module;
        let is_required = operation.body.as_ref().is_some_and(|body| body.required);
        let mut arguments = Vec::new();
        let mut setters = Vec::new();
        for (parameter, ident) in operation.parameters.iter().zip(&names.parameters) {
            let argument = self.parameter(parameter);
            if parameter.location == Location::Query && has_structure(self.context.api, &parameter.ty, 1) {
                self.in_text.push(format!("query.{}", parameter.name.to_lowercase()));
            }
            match argument {
                Some(argument) if parameter.required => arguments.push(argument),
                Some(argument) => setters.push(quote!(.#ident(#argument))),
                None => self.missing(parameter.required, &parameter.name),
            }
        }
        let mut method = &names.method;
        if let Some((content, names)) = form {
            let body = self.body(resource, content, names);
            if is_required {
                method = &names.method;
                arguments.extend(body);
            } else {
                let method = &names.method;
                setters.push(quote!(.#method(#(#body),*)));
            }
        }
        let bindings = &self.bindings;
        let tokens = match &self.missing {
            None => quote! {
                fn #function(client: &Client) -> Started {
                    #(#bindings)*
                    start(client.#resource().#method(#(#arguments),*) #(#setters)*)
                }
            },
            Some(problem) => quote! {
                fn #function(_: &Client) -> Started {
                    Err(#problem.to_owned())
                }
            },
        };
        let media_type = form.and_then(|(content, _)| content.media_type.as_deref()).unwrap_or_default();
        let (name, http, path) = (&operation.id, operation.method, &operation.path);
        let (omitted, ambiguous, in_text) = (&self.omitted, &self.ambiguous, &self.in_text);
        let row = quote!(Call {
            id: #name,
            method: #http,
            path: #path,
            media_type: #media_type,
            omitted: &[#(#omitted),*],
            ambiguous: &[#(#ambiguous),*],
            in_text: &[#(#in_text),*],
            start: #function,
        });
        (row, tokens)
    }

    /// Records that no value is known to be valid. An optional argument is left out.
    fn missing(&mut self, required: bool, name: &str) {
        if required {
            self.missing = Some(format!("no value for `{name}` is known to be valid"));
        } else {
            self.omitted.push(name.to_owned());
        }
    }

    fn parameter(&mut self, parameter: &Parameter) -> Option<TokenStream> {
        self.argument(&parameter.ty, &parameter.docs.constraints)
    }

    /// Returns an argument, after adding a statement that decodes it.
    fn argument(&mut self, ty: &Type, constraints: &[Constraint]) -> Option<TokenStream> {
        let value = self.value(ty, constraints)?;
        Some(match parameter::argument_kind(self.context, ty) {
            ArgumentKind::Texts => {
                self.bindings
                    .push(quote!(let #value: Vec<&str> = #value.iter().map(String::as_str).collect();));
                quote!(&#value)
            }
            ArgumentKind::Text | ArgumentKind::Slice | ArgumentKind::Reference => quote!(&#value),
            ArgumentKind::Value => quote!(#value),
        })
    }

    /// Returns a variable, after adding a statement that decodes its value.
    fn value(&mut self, ty: &Type, constraints: &[Constraint]) -> Option<proc_macro2::Ident> {
        let CheckedSample { value, ambiguous } =
            self.context.samples.checked_sample(ty, constraints, self.schema_check);
        let json = value?.to_string();
        self.ambiguous.extend(ambiguous.iter().map(|at| at.as_str().to_owned()));
        let ident = format_ident!("value_{}", self.bindings.len());
        let codec = ty::codec(ty).unwrap_or_else(|| quote!(wire::Own));
        self.seen.ty(ty);
        let ty = ty::qualified(self.context, ty);
        self.bindings.push(quote!(let #ident = value::<#ty, #codec>(#json)?;));
        Some(ident)
    }

    /// Returns the arguments for a request body.
    fn body(
        &mut self,
        resource: &crate::naming::Ident,
        content: &BodyContent,
        names: &ContentNames,
    ) -> Vec<TokenStream> {
        // The caller names the media type if the document allows any.
        let media_type = content.media_type.is_none().then(|| quote!("application/octet-stream"));
        match &content.kind {
            BodyKind::Json(ty) | BodyKind::Form { ty, .. } => {
                if matches!(content.kind, BodyKind::Form { .. }) {
                    self.fields_in_text(ty);
                }
                let value = self.value(ty, &[]);
                if value.is_none() {
                    self.missing(true, "the body");
                }
                let as_taken = |value| match ty {
                    Type::Nullable(inner) if **inner == Type::String => quote!(#value.as_deref()),
                    Type::Nullable(_) if ty::codec(ty).is_none() => quote!(#value.as_ref()),
                    _ => quote!(&#value),
                };
                value.into_iter().map(as_taken).collect()
            }
            BodyKind::Multipart(Multipart::AnyParts(ty)) => {
                self.fields_in_text(ty);
                let value = self.value(ty, &[]);
                vec![value.map_or_else(
                    || quote!(runtime::Multipart::new()),
                    |value| quote!(runtime::Multipart::of(&#value)),
                )]
            }
            BodyKind::Multipart(Multipart::Parts(parts)) => {
                names.form.iter().map(|names| self.form(resource, parts, names)).collect()
            }
            BodyKind::Multipart(Multipart::Alternatives(forms)) => {
                let names = names.form.iter().flat_map(|names| &names.variants);
                let first = forms.iter().zip(names).next();
                let first = first.map(|(form, (_, names))| self.form(resource, &form.parts, names));
                first.into_iter().collect()
            }
            BodyKind::Text | BodyKind::Bytes => media_type.into_iter().chain([quote!("text")]).collect(),
        }
    }

    fn fields_in_text(&mut self, ty: &Type) {
        let names = structured_fields(self.context.api, ty);
        self.in_text.extend(names.into_iter().map(|name| format!("body.{name}")));
    }

    fn form(&mut self, resource: &crate::naming::Ident, parts: &[Part], names: &FormNames) -> TokenStream {
        let form = &names.ident;
        let mut arguments = Vec::new();
        let mut setters = Vec::new();
        for ((part, ident), of_part) in parts.iter().zip(&names.parts).zip(&names.headers) {
            if let PartKind::Text { ty, .. } | PartKind::Json { ty, .. } | PartKind::Styled { ty, .. } =
                &part.kind
            {
                if has_structure(self.context.api, ty, 0) {
                    self.in_text.push(format!("body.{}", part.name));
                }
            }
            let argument = match &part.kind {
                PartKind::Text { ty, .. } | PartKind::Json { ty, .. } | PartKind::Styled { ty, .. } => {
                    self.argument(ty, &part.docs.constraints)
                }
                PartKind::TextOrFile => Some(quote!("text")),
                PartKind::File { several, .. } => Some(file(part, *several)),
            };
            let needed = part.headers.iter().filter(|header| header.required);
            let needed: Option<Vec<TokenStream>> =
                needed.map(|header| self.argument(&header.ty, &header.docs.constraints)).collect();
            match argument.zip(needed) {
                Some((argument, headers)) if part.required => {
                    arguments.extend([argument].into_iter().chain(headers))
                }
                Some((argument, headers)) => setters.push(quote!(.#ident(#argument #(, #headers)*))),
                None => self.missing(part.required, &part.name),
            }
            for (header, ident) in part.headers.iter().zip(of_part).filter(|(header, _)| !header.required) {
                let argument = self.argument(&header.ty, &header.docs.constraints);
                setters.extend(argument.map(|argument| quote!(.#ident(#argument))));
            }
        }
        quote!(client::resources::#resource::#form::new(#(#arguments),*) #(#setters)*)
    }
}

/// Returns a file with a media type that the document allows.
fn file(part: &Part, several: bool) -> TokenStream {
    // Any type matches a range such as `image/*`.
    let media_type = part.media_types.first().map(|media_type| media_type.replace('*', "octet-stream"));
    let with = media_type.map(|media_type| quote!(.with_media_type(#media_type)));
    let file = quote!(runtime::File::new("text") #with);
    if several { quote!([#file]) } else { file }
}
