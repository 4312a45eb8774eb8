//! The server for tests: what it has to know of each operation, as constants, and the ways to set its answers.
//!
//! `src/mock` has a file for each resource, and beside it one with what its operations answer. All of it is compiled
//! with the feature `mock` only.

use proc_macro2::{Literal, TokenStream, TokenTree};
use quote::quote;
use serde_json::{Map, Value};

use super::source_file::SourceFile;
use super::types::Seen;
use super::{Context, credentials, docs, features, ty};
use crate::analyze::absence::{self, Asked, Needed};
use crate::file_tree::FileTree;
use crate::ir::{
    BodyContent, BodyKind, Content, Operation, OperationId, ReplyBody, ResourceId, Success, Type,
};
use crate::samples::answer;

/// `src/mock/`, but for what is answered.
pub(super) fn files<'a>(context: &Context<'a>) -> Vec<SourceFile<'a>> {
    let of_resource = |(id, _)| SourceFile {
        path: format!("src/mock/{}.rs", file_name(context, id)),
        tokens: Box::new(move |context: &Context<'_>| resource(context, id)),
    };
    let index = SourceFile { path: "src/mock/mod.rs".to_owned(), tokens: Box::new(index) };
    context.api.resources().map(of_resource).chain([index]).collect()
}

/// What is answered: an example of the document's, or a value made from its schemas, for each operation and each media
/// type.
pub(super) fn render_answers(context: &Context<'_>, tree: &mut FileTree) {
    for (id, _) in context.api.resources() {
        let operations = context.api.operations_of(id).map(|(_, operation)| operation);
        let answers: Map<String, Value> = operations
            .filter(|operation| !operation.reply.bodies.is_empty())
            .map(|operation| (operation.id.clone(), answers(context, operation)))
            .collect();
        let text = format!("{}\n", visible(&format!("{:#}", Value::Object(answers))));
        tree.insert(format!("src/mock/answers/{}.json", file_name(context, id)), text);
    }
}

/// The same JSON, in which a reader sees every character that is there: outside of ASCII, only letters and digits stay
/// as they are.
fn visible(json: &str) -> String {
    let mut text = String::with_capacity(json.len());
    for character in json.chars() {
        let is_plain = matches!(character, ' '..='~' | '\n');
        if is_plain || (character.is_alphanumeric() && !docs::is_invisible(character)) {
            text.push(character);
        } else {
            let units = character.encode_utf16(&mut [0; 2]).to_vec();
            text.extend(units.iter().map(|unit| format!("\\u{unit:04x}")));
        }
    }
    text
}

fn answers(context: &Context<'_>, operation: &Operation) -> Value {
    let bodies = operation.reply.bodies.iter();
    let answers =
        bodies.filter_map(|body| Some((body.media_type.clone(), answer(context.api, operation, body)?)));
    Value::Object(answers.collect())
}

/// What the file of a resource is called: its module, whose name may be a keyword in a raw form.
fn file_name<'a>(context: &'a Context<'_>, id: ResourceId) -> &'a str {
    context.names.of_resource(id).module.as_str()
}

fn index(context: &Context<'_>) -> TokenStream {
    let mut resources: Vec<ResourceId> = context.api.resources().map(|(id, _)| id).collect();
    resources.sort_by_key(|id| &context.names.of_resource(*id).module);
    let modules = resources.iter().map(|id| {
        let (cfg, module) = (features::of_resource(context, *id), &context.names.of_resource(*id).module);
        quote!(#cfg pub mod #module;)
    });
    let of_each = resources.iter().map(|id| {
        let (cfg, module) = (features::of_resource(context, *id), &context.names.of_resource(*id).module);
        quote!(#cfg &self::#module::RESOURCE)
    });
    let accessors = resources.iter().map(|id| {
        let (cfg, names) = (features::of_resource(context, *id), context.names.of_resource(*id));
        let (module, ident) = (&names.module, &names.ident);
        let doc = format!(" The operations of [`{0}`](crate::resources::{0}).", ident.as_str());
        quote! {
            #[doc = #doc]
            #cfg
            pub fn #module(self) -> self::#module::#ident<'a> {
                self::#module::#ident::new(self.mock)
            }
        }
    });
    let library = context.package.library_name();
    let example = [
        " ```".to_owned(),
        format!(" let mock = {library}::mock::Mock::start()?;"),
        " let builder = mock.builder(); // of a client that this server is the API of".to_owned(),
        " assert_eq!(mock.rejected(), []);".to_owned(),
        " # Ok::<(), std::io::Error>(())".to_owned(),
        " ```".to_owned(),
    ];
    quote! {
        //! A server for tests: see [`Mock`]. What it answers by itself stands in `answers`, beside this file.

        #(#modules)*

        pub use crate::runtime::mock::{Mock, On, Received, Rejection, Where};
        pub use crate::runtime::testing::Reply;

        #[doc = " What the server has to know."]
        static RESOURCES: &[&crate::runtime::mock::Resource] = &[#(#of_each),*];

        impl Mock {
            #[doc = " Starts a server on loopback that answers every operation of the API."]
            #[doc = ""]
            #(#[doc = #example])*
            #[doc = ""]
            #[doc = " # Errors"]
            #[doc = ""]
            #[doc = " If there is no free port on loopback, or no thread to be had."]
            pub fn start() -> ::std::io::Result<Self> {
                Self::serve(&crate::client::API, RESOURCES)
            }

            #[doc = " The operations, by resource and name as on a client, to set what they answer."]
            pub fn on(&self) -> Operations<'_> {
                Operations { mock: self }
            }
        }

        #[doc = " The operations, by resource and name as on a client, to set what they answer."]
        #[derive(Clone, Copy, Debug)]
        pub struct Operations<'a> {
            #[allow(dead_code, reason = "there may be no resource")]
            mock: &'a Mock,
        }

        impl<'a> Operations<'a> {
            #(#accessors)*
        }
    }
}

fn resource(context: &Context<'_>, id: ResourceId) -> TokenStream {
    let ident = &context.names.of_resource(id).ident;
    let answers = format!("answers/{}.json", file_name(context, id));
    let mut seen = Seen::default();
    let mut endpoints = Vec::new();
    let mut methods = Vec::new();
    for (id, operation) in context.api.operations_of(id) {
        endpoints.push(endpoint(context, operation, &mut seen));
        methods.push(method(context, id, operation, ident.as_str(), &mut seen));
    }
    let doc = format!(
        " The operations of [`{0}`](crate::resources::{0}), to set what they answer.",
        ident.as_str()
    );
    let code = quote! {
        #[doc = #doc]
        #[derive(Clone, Copy, Debug)]
        pub struct #ident<'a> {
            mock: &'a mock::Mock,
        }

        impl<'a> #ident<'a> {
            pub(super) fn new(mock: &'a mock::Mock) -> Self {
                Self { mock }
            }

            #(#methods)*
        }

        #[doc = " What the server has to know of the operations."]
        pub(super) static RESOURCE: mock::Resource = mock::Resource {
            endpoints: &[#(#endpoints),*],
            answers: include_str!(#answers),
        };
    };
    let import = |module: &str, import: TokenStream| mentions(&code, module).then_some(import);
    let wire = import(
        "wire",
        quote!(
            use crate::runtime::wire;
        ),
    );
    let types = import(
        "types",
        quote!(
            use crate::types;
        ),
    );
    let standard = seen.standard();
    quote! {
        #standard
        use crate::runtime::{Method, Operation, mock};
        #wire
        #types

        #code
    }
}

/// The method that leads to an operation.
fn method(
    context: &Context<'_>,
    id: OperationId,
    operation: &Operation,
    resource: &str,
    seen: &mut Seen,
) -> TokenStream {
    let method = &context.names.of_operation(id).method;
    let id = &operation.id;
    let kind = kind(context, &operation.success, seen);
    let doc = format!(" What [`{0}`](crate::resources::{resource}::{0}) is answered with.", method.as_str());
    quote! {
        #[doc = #doc]
        pub fn #method(self) -> mock::On<'a, mock::#kind> {
            self.mock.operation_of(#id)
        }
    }
}

/// What an operation answers, as a type.
fn kind(context: &Context<'_>, success: &Success, seen: &mut Seen) -> TokenStream {
    if let Success::Optional(ty)
    | Success::Always(Content::Json(ty) | Content::Events(Some(ty)) | Content::Lines(ty)) = success
    {
        seen.ty(ty);
    }
    let typed = |ty: &Type| {
        let codec = ty::codec(ty).filter(|_| ty::needs_codec(ty)).map(|codec| quote!(, #codec));
        let ty = ty::qualified(context, ty);
        quote!(<#ty #codec>)
    };
    match success {
        Success::Empty => quote!(Nothing),
        Success::Optional(ty) => {
            let ty = typed(ty);
            quote!(Optional #ty)
        }
        Success::ByStatus(_) => quote!(Raw),
        Success::Always(Content::Json(ty)) => {
            let ty = typed(ty);
            quote!(Json #ty)
        }
        Success::Always(Content::Events(Some(ty))) => {
            let ty = ty::qualified(context, ty);
            quote!(Events<#ty>)
        }
        Success::Always(Content::Lines(ty)) => {
            let ty = ty::qualified(context, ty);
            quote!(Lines<#ty>)
        }
        Success::Always(Content::Events(None)) => quote!(TextEvents),
        Success::Always(Content::Text | Content::TextOrJson) => quote!(Text),
        Success::Always(Content::Bytes) => quote!(Bytes),
    }
}

/// What the server has to know of an operation.
fn endpoint(context: &Context<'_>, operation: &Operation, seen: &mut Seen) -> TokenStream {
    let Operation { id, path, reply, .. } = operation;
    let http_method = quote::format_ident!("{}", operation.method);
    let security = operation.security.as_deref().map(credentials::requirements);
    let security = security.map(|requirements| quote!(.secured_by(#requirements)));
    let needed = absence::parameters(context.api, &operation.parameters).into_iter().map(parameter);
    let needed: Vec<TokenStream> = needed.collect();
    let needs = (!needed.is_empty()).then(|| quote!(.needs(&[#(#needed),*])));
    let takes = operation.body.as_ref().map(|body| {
        let forms: Vec<TokenStream> =
            body.contents.iter().map(|content| form(context, content, seen)).collect();
        let step = if body.required { quote!(takes) } else { quote!(may_take) };
        quote!(.#step(&[#(#forms),*]))
    });
    let status = Literal::u16_unsuffixed(reply.status);
    let contents = reply.bodies.iter().map(content);
    let documented = operation.answers_by_status().into_iter();
    let documented: Vec<TokenStream> =
        documented.map(|(statuses, ty)| self::documented(context, &statuses, ty, seen)).collect();
    let documents = (!documented.is_empty()).then(|| quote!(.documents(&[#(#documented),*])));
    quote! {
        mock::Endpoint::new(Operation::new(#id, Method::#http_method, #path) #security)
            #needs
            #takes
            .answers(#status, &[#(#contents),*])
            #documents
    }
}

fn parameter(needed: Needed<'_>) -> TokenStream {
    match needed {
        Needed::Query(name) => quote!(mock::Parameter::Query(#name)),
        Needed::Members(name) => quote!(mock::Parameter::Members(#name)),
        Needed::Header(name) => quote!(mock::Parameter::Header(#name)),
        Needed::Cookie(name) => quote!(mock::Parameter::Cookie(#name)),
    }
}

/// A form that a body may have.
fn form(context: &Context<'_>, content: &BodyContent, seen: &mut Seen) -> TokenStream {
    let media_type = content.media_type.as_deref().unwrap_or("*/*");
    let holds = match &content.kind {
        BodyKind::Json(ty) => {
            let of = of_type(context, ty, seen);
            quote!(Json(mock::decodes::<#of>))
        }
        BodyKind::Form { ty, styles } => {
            let names = absence::fields(context.api, ty, styles);
            quote!(Fields(&[#(#names),*]))
        }
        BodyKind::Multipart(multipart) => {
            let parts = absence::parts(multipart);
            let parts = parts.iter().map(part);
            quote!(Parts(&[#(#parts),*]))
        }
        BodyKind::Text | BodyKind::Bytes => quote!(Anything),
    };
    quote!(mock::BodyForm { media_type: #media_type, holds: mock::Holds::#holds })
}

/// What the server has to know of a part.
fn part(asked: &Asked<'_>) -> TokenStream {
    let Asked { name, needed, media_types, headers } = asked;
    let media_types = (!media_types.is_empty()).then(|| quote!(.of(&[#(#media_types),*])));
    let headers = (!headers.is_empty()).then(|| quote!(.needs(&[#(#headers),*])));
    let begun = if *needed { quote!(needed) } else { quote!(optional) };
    quote!(mock::Part::#begun(#name) #media_types #headers)
}

/// An answer that the document describes of some statuses.
fn documented(context: &Context<'_>, statuses: &[&str], ty: Option<&Type>, seen: &mut Seen) -> TokenStream {
    let decodes = match ty {
        Some(ty) => {
            let of = of_type(context, ty, seen);
            quote!(mock::answers::<#of>)
        }
        None => quote!(mock::anything),
    };
    quote!(mock::Documented { statuses: &[#(#statuses),*], decodes: #decodes })
}

/// A type and its codec, by which JSON is held against it.
fn of_type(context: &Context<'_>, ty: &Type, seen: &mut Seen) -> TokenStream {
    seen.ty(ty);
    let codec = ty::codec(ty).filter(|_| ty::needs_codec(ty)).unwrap_or_else(|| quote!(wire::Own));
    let ty = ty::qualified(context, ty);
    quote!(#ty, #codec)
}

/// A body of the answer.
fn content(body: &ReplyBody) -> TokenStream {
    let media_type = &body.media_type;
    match body.content {
        Content::Json(_) => quote!(mock::Content::Json(#media_type)),
        Content::Events(Some(_)) => quote!(mock::Content::Events(#media_type)),
        Content::Events(None) => quote!(mock::Content::TextEvents(#media_type)),
        Content::Lines(_) => quote!(mock::Content::Lines(#media_type)),
        Content::Text | Content::TextOrJson | Content::Bytes => quote!(mock::Content::Text(#media_type)),
    }
}

/// Whether code refers to a module by this name: with a colon behind it, which a method of that name has not.
fn mentions(code: &TokenStream, module: &str) -> bool {
    let mut tokens = code.clone().into_iter().peekable();
    while let Some(token) = tokens.next() {
        let is_found = match &token {
            TokenTree::Ident(ident) if ident == module => {
                matches!(tokens.peek(), Some(TokenTree::Punct(punct)) if punct.as_char() == ':')
            }
            TokenTree::Group(group) => mentions(&group.stream(), module),
            _ => false,
        };
        if is_found {
            return true;
        }
    }
    false
}
