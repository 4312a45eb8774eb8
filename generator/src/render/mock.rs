//! Renders the mock server: a constant that describes each operation, and the methods that set responses.
//!
//! `src/mock` has a file for each resource, and a JSON file with the default responses of its operations. Both are only
//! compiled with the feature `mock`.

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use serde_json::{Map, Value};

use super::context::Context;
use super::imports::Imports;
use super::source_file::SourceFile;
use super::{credentials, features, forwards, mock_server, pages, replaced_resources, request, ty};
use crate::analyze::required_checks::{self, PartCheck, RequiredParameter};
use crate::file_tree::FileTree;
use crate::ir::{BodyContent, BodyKind, Content, Operation, OperationId, ResourceId, Success, Type};
use crate::naming::OperationItem;
use crate::rules::invisible::is_invisible;
use crate::rules::server_url::is_relative;
use crate::samples::{MockBody, MockReply};

/// Returns the source files of `src/mock/`.
pub(super) fn files<'a>(context: &Context<'a>) -> Vec<SourceFile<'a>> {
    let of_resource = |(id, _)| SourceFile {
        path: format!("src/mock/{}.rs", file_name(context, id)),
        tokens: Box::new(move |context: &Context<'_>| resource(context, id)),
    };
    let index = SourceFile { path: "src/mock/mod.rs".to_owned(), tokens: Box::new(index) };
    context.api.resources().map(of_resource).chain([index]).collect()
}

/// Renders the default responses: for each operation and media type, an example of the document or a value made from its
/// schemas.
pub(super) fn render_replies(context: &Context<'_>, tree: &mut FileTree) {
    for (id, _) in context.api.resources() {
        let operations = context.operations_of(id).map(|(id, it)| (it, &context.replies[id.index()]));
        let replies: Map<String, Value> = operations
            .filter(|(_, reply)| !reply.bodies.is_empty())
            .map(|(operation, reply)| (operation.id.clone(), bodies(reply)))
            .collect();
        let text = format!("{}\n", visible(&format!("{:#}", Value::Object(replies))));
        tree.insert(format!("src/mock/responses/{}.json", file_name(context, id)), text);
    }
}

/// Escapes the invisible characters of JSON. Beyond ASCII, only letters and digits are not escaped.
pub(super) fn visible(json: &str) -> String {
    let mut text = String::with_capacity(json.len());
    for character in json.chars() {
        let is_plain = matches!(character, ' '..='~' | '\n');
        if is_plain || (character.is_alphanumeric() && !is_invisible(character)) {
            text.push(character);
        } else {
            let units = character.encode_utf16(&mut [0; 2]).to_vec();
            text.extend(units.iter().map(|unit| format!("\\u{unit:04x}")));
        }
    }
    text
}

fn bodies(reply: &MockReply<'_>) -> Value {
    let bodies = reply.bodies.iter();
    Value::Object(bodies.filter_map(|body| Some((body.media_type.to_owned(), body.value.clone()?))).collect())
}

/// Returns the file name of a resource: the name of its module, which may be a raw identifier.
fn file_name<'a>(context: &'a Context<'_>, id: ResourceId) -> &'a str {
    context.names.of_resource(id).module.as_str()
}

fn index(context: &Context<'_>) -> TokenStream {
    let resources = context.names.resources_by_module();
    let modules = resources.iter().map(|id| {
        let (cfg, module) = (features::of_resource(context, *id), &context.names.of_resource(*id).module);
        let allowed = (module.as_str() == "mock")
            .then(|| quote!(#[allow(clippy::module_inception, reason = "a resource has this name")]));
        quote!(#cfg #allowed pub mod #module;)
    });
    let of_each = resources.iter().map(|id| {
        let (cfg, module) = (features::of_resource(context, *id), &context.names.of_resource(*id).module);
        quote!(#cfg &self::#module::RESOURCE)
    });
    let accessors = resources.iter().map(|id| {
        let (cfg, names) = (features::of_resource(context, *id), context.names.of_resource(*id));
        let (module, ident) = (&names.module, &names.ident);
        let doc = format!(" Returns the operations of [`{0}`](crate::resources::{0}).", ident.as_str());
        quote! {
            #[doc = #doc]
            #cfg
            pub fn #module(self) -> self::#module::#ident<'a> {
                self::#module::#ident { mock: self.mock }
            }
        }
    });
    let old_names = [forwards::of_mock(context), replaced_resources::of_mock(context)];
    let (old_modules, old_accessors): (Vec<TokenStream>, Vec<TokenStream>) = old_names.into_iter().unzip();
    let has_constraints = !context.constraints.is_empty();
    let constraints = has_constraints.then(|| {
        quote! {
            #[doc = " The constraints that the types do not express."]
            static CONSTRAINTS: crate::runtime::mock::Constraints =
                crate::runtime::mock::Constraints::new(include_str!("constraints.json"));
        }
    });
    let serve = match has_constraints {
        true => quote!(serve_checking(&crate::client::API, RESOURCES, &CONSTRAINTS)),
        false => quote!(serve(&crate::client::API, RESOURCES)),
    };
    let server = mock_server::of_operations(context, quote!(MockServer));
    let is_shared = context.package().runtime.is_some();
    let (serve, mock) = match is_shared {
        true => (quote!(#server::#serve.map(Self)), quote!(&self.0)),
        false => (quote!(Self::#serve), quote!(self)),
    };
    let own_server = (!is_shared).then(|| quote!(MockServer,));
    let (imports, wrapper) = is_shared.then(|| mock_server::wrapper(context)).unzip();
    let library = context.package().library_name();
    let example = [
        " ```".to_owned(),
        format!(" let mock = {library}::mock::MockServer::start()?;"),
        " let builder = mock.builder(); // builds a client that calls this server".to_owned(),
        " assert_eq!(mock.rejections(), []);".to_owned(),
        " # Ok::<(), std::io::Error>(())".to_owned(),
        " ```".to_owned(),
    ];
    quote! {
        //! A mock server for tests: see [`MockServer`]. Its default responses are in the folder `responses`.

        #imports

        #(#modules)*
        #(#old_modules)*

        pub use crate::runtime::mock::{Location, MockOperation, #own_server ReceivedRequest, Rejection};
        pub use crate::runtime::testing::MockResponse;

        #[doc = " The operations of every resource."]
        static RESOURCES: &[&crate::runtime::mock::Resource] = &[#(#of_each),*];

        #constraints

        #wrapper

        impl MockServer {
            #[doc = " Starts a mock server on a free port of the loopback interface, which responds to every operation."]
            #[doc = ""]
            #(#[doc = #example])*
            #[doc = ""]
            #[doc = " # Errors"]
            #[doc = ""]
            #[doc = " Returns an error if no port is free, or if the thread of the server cannot be started."]
            pub fn start() -> ::std::io::Result<Self> {
                #serve
            }

            #[doc = " Returns the operations, by resource and name as on a client, to set their responses."]
            pub fn on(&self) -> Operations<'_> {
                Operations { mock: #mock }
            }
        }

        #[doc = " The operations of the API, by resource and name as on a client."]
        #[derive(Clone, Copy, Debug)]
        pub struct Operations<'a> {
            #[allow(dead_code, reason = "an API without resources has no accessors")]
            mock: &'a #server,
        }

        impl<'a> Operations<'a> {
            #(#accessors)*

            #(#old_accessors)*
        }
    }
}

fn resource(context: &Context<'_>, id: ResourceId) -> TokenStream {
    let ident = &context.names.of_resource(id).ident;
    let answers = format!("responses/{}.json", file_name(context, id));
    let mut seen = Imports::default();
    let mut endpoints = Vec::new();
    let mut methods = Vec::new();
    let mut has_method_constants = false;
    for (id, operation) in context.operations_of(id) {
        has_method_constants |= request::has_method_constant(operation);
        endpoints.push(endpoint(context, id, operation, &mut seen));
        methods.push(method(context, id, operation, ident.as_str(), &mut seen));
    }
    // The server has one method for an operation, whatever the media type of its body.
    let old_methods = context.names.forwards().methods_of_operations_in(id);
    let old_methods = old_methods.filter(|forward| forward.item == OperationItem::Method { content: 0 });
    let old_methods = old_methods.map(|forward| {
        let kind = kind(context, &context.api.operation(forward.of).success, &mut seen);
        forwards::mock_method(context, forward, &kind)
    });
    let old_methods: Vec<TokenStream> = old_methods.collect();
    let doc = format!(
        " The operations of [`{0}`](crate::resources::{0}), whose responses can be set.",
        ident.as_str()
    );
    let code = quote! {
        #[doc = #doc]
        #[derive(Clone, Copy, Debug)]
        pub struct #ident<'a> {
            pub(super) mock: &'a mock::MockServer,
        }

        impl<'a> #ident<'a> {
            #(#methods)*
        }

        #(#old_methods)*

        #[doc = " The operations of the resource."]
        pub(super) static RESOURCE: mock::Resource = mock::Resource {
            endpoints: &[#(#endpoints),*],
            responses: include_str!(#answers),
        };
    };
    let wire = seen.wire.then(|| {
        quote!(
            use crate::runtime::wire;
        )
    });
    let types = (!seen.named.is_empty()).then(|| {
        quote!(
            use crate::types;
        )
    });
    let standard = seen.standard();
    // The pagination rules are written with this path.
    let is_paginated = context.operations_of(id).any(|(_, operation)| operation.pages.is_some());
    let runtime = is_paginated.then(|| quote!(self,));
    let method_type = has_method_constants.then(|| quote!(Method,));
    quote! {
        #standard
        use crate::runtime::{#runtime #method_type Operation, mock};
        #wire
        #types

        #code
    }
}

/// Renders the method that returns an operation.
fn method(
    context: &Context<'_>,
    id: OperationId,
    operation: &Operation,
    resource: &str,
    seen: &mut Imports,
) -> TokenStream {
    let method = &context.names.of_operation(id).method;
    let id = &operation.id;
    let kind = kind(context, &operation.success, seen);
    let doc = format!(" Returns the operation [`{0}`](crate::resources::{resource}::{0}).", method.as_str());
    quote! {
        #[doc = #doc]
        pub fn #method(self) -> mock::MockOperation<'a, mock::#kind> {
            self.mock.typed_operation(#id)
        }
    }
}

/// Returns the type for the response body of an operation.
fn kind(context: &Context<'_>, success: &Success, seen: &mut Imports) -> TokenStream {
    if let Success::Optional(ty)
    | Success::Always(Content::Json(ty) | Content::Events(Some(ty)) | Content::Lines(ty)) = success
    {
        seen.ty(ty);
        seen.wire |= ty.needs_decoder();
    }
    let typed = |ty: &Type| {
        let codec = ty::decoder(ty).map(|codec| quote!(, #codec));
        let ty = ty::qualified(context, ty);
        quote!(<#ty #codec>)
    };
    match success {
        Success::Empty => quote!(NoBody),
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

/// Renders the description of an operation.
fn endpoint(
    context: &Context<'_>,
    operation_id: OperationId,
    operation: &Operation,
    seen: &mut Imports,
) -> TokenStream {
    let reply = &context.replies[operation_id.index()];
    let declared = request::declaration(operation);
    let security = operation.security.as_deref().map(credentials::requirements);
    let security = security.map(|requirements| quote!(.secured_by(#requirements)));
    // A client with the base URL of the mock server ignores absolute servers.
    let server = operation.server.as_deref().filter(|url| is_relative(url));
    let server = server.map(|url| quote!(.on_server(#url)));
    let needed = required_checks::parameters(context.api, &operation.parameters).into_iter().map(parameter);
    let needed: Vec<TokenStream> = needed.collect();
    let needs = (!needed.is_empty()).then(|| quote!(.requires(&[#(#needed),*])));
    let requires_body = operation.body.as_ref().map(|body| {
        let forms: Vec<TokenStream> =
            body.contents.iter().map(|content| form(context, content, seen)).collect();
        let step = if body.required { quote!(requires_body) } else { quote!(accepts_body) };
        quote!(.#step(&[#(#forms),*]))
    });
    let status = Literal::u16_unsuffixed(reply.status);
    let contents = reply.bodies.iter().map(content);
    let documented = operation.responses_by_type().into_iter();
    let mut documented: Vec<TokenStream> =
        documented.map(|(statuses, ty)| self::documented(context, &statuses, ty, seen)).collect();
    if let Success::Always(Content::Json(ty)) | Success::Optional(ty) = &operation.success {
        let success = self::documented(context, &[&reply.status.to_string()], Some(ty), seen);
        documented.insert(0, success);
    }
    let documents = (!documented.is_empty()).then(|| quote!(.documents(&[#(#documented),*])));
    let paginated = operation.pages.as_ref().map(|rule| {
        let rule = pages::paging(context, rule);
        quote!(.paginated(runtime::#rule))
    });
    quote! {
        mock::Endpoint::new(#declared #security)
            #server
            #needs
            #requires_body
            .responds_with(#status, &[#(#contents),*])
            #documents
            #paginated
    }
}

fn parameter(needed: RequiredParameter<'_>) -> TokenStream {
    match needed {
        RequiredParameter::Query(name) => quote!(mock::Parameter::Query(#name)),
        RequiredParameter::DeepObjectQuery(name) => quote!(mock::Parameter::DeepObject(#name)),
        RequiredParameter::QueryString(name) => quote!(mock::Parameter::QueryString(#name)),
        RequiredParameter::Header(name) => quote!(mock::Parameter::Header(#name)),
        RequiredParameter::Cookie(name) => quote!(mock::Parameter::Cookie(#name)),
    }
}

/// Renders a request body that the operation accepts.
fn form(context: &Context<'_>, content: &BodyContent, seen: &mut Imports) -> TokenStream {
    let media_type = content.media_type.as_deref().unwrap_or("*/*");
    let schema = match &content.kind {
        BodyKind::Json(ty) => {
            let of = of_type(context, ty, seen);
            quote!(Json(mock::decodes_request::<#of>))
        }
        BodyKind::Form { ty, styles } => {
            let names = required_checks::fields(context.api, ty, styles);
            quote!(Fields(&[#(#names),*]))
        }
        BodyKind::Multipart(multipart) => {
            let parts = required_checks::parts(multipart);
            let parts = parts.iter().map(part);
            quote!(Parts(&[#(#parts),*]))
        }
        BodyKind::Text | BodyKind::Bytes => quote!(Anything),
    };
    quote!(mock::AcceptedBody { media_type: #media_type, schema: mock::BodySchema::#schema })
}

/// Renders the checks for a part of a multipart body.
fn part(asked: &PartCheck<'_>) -> TokenStream {
    let PartCheck { name, required, media_types, headers } = asked;
    let media_types = (!media_types.is_empty()).then(|| quote!(.media_types(&[#(#media_types),*])));
    let headers = (!headers.is_empty()).then(|| quote!(.requires(&[#(#headers),*])));
    let begun = if *required { quote!(required) } else { quote!(optional) };
    quote!(mock::Part::#begun(#name) #media_types #headers)
}

/// Renders a documented response and its statuses.
fn documented(
    context: &Context<'_>,
    statuses: &[&str],
    ty: Option<&Type>,
    seen: &mut Imports,
) -> TokenStream {
    let decodes = match ty {
        Some(ty) => {
            let of = of_type(context, ty, seen);
            quote!(mock::decodes_response::<#of>)
        }
        None => quote!(mock::accepts_anything),
    };
    quote!(mock::DocumentedResponse { statuses: &[#(#statuses),*], decodes: #decodes })
}

/// Returns a type and its codec, which check JSON.
fn of_type(context: &Context<'_>, ty: &Type, seen: &mut Imports) -> TokenStream {
    seen.ty(ty);
    seen.wire = true;
    let codec = ty::decoder(ty).unwrap_or_else(|| quote!(wire::Own));
    let ty = ty::qualified(context, ty);
    quote!(#ty, #codec)
}

/// Renders the media type of a response body.
fn content(body: &MockBody<'_>) -> TokenStream {
    let media_type = body.media_type;
    match body.content {
        Content::Json(_) => quote!(mock::Content::Json(#media_type)),
        Content::Events(Some(_)) => quote!(mock::Content::Events(#media_type)),
        Content::Events(None) => quote!(mock::Content::TextEvents(#media_type)),
        Content::Lines(_) => quote!(mock::Content::Lines(#media_type)),
        Content::Text | Content::TextOrJson | Content::Bytes => quote!(mock::Content::Text(#media_type)),
    }
}
