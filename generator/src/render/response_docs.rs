//! The response of an operation in words. Rustdoc shows the output of a request only in its trait
//! implementations.

use super::context::Context;
use super::{docs, ty};
use crate::ir::{Content, Operation, StatusResponse, Success, Type, TypeId};
use crate::naming::OperationNames;

/// The type whose documentation describes the response.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// The method that builds the request.
    Method,
    /// The request itself.
    Request,
}

/// Sentences about what awaiting the request does, and about its methods with another output.
pub(super) fn line(
    context: &Context<'_>,
    operation: &Operation,
    names: &OperationNames,
    place: Place,
) -> String {
    let request = match place {
        Place::Method => names.request.as_str(),
        Place::Request => "Self",
    };
    let link = |method: &str| format!("[`{method}`]({request}::{method})");
    let mut sentences = Vec::new();
    let awaiting = match place {
        Place::Method => "Awaiting the request",
        Place::Request => {
            let reading = if operation.pages.is_some() { " or a page is read" } else { "" };
            sentences.push(format!("Nothing is sent until the request is awaited{reading}."));
            "Awaiting the request"
        }
    };
    sentences.push(output(context, operation, names, awaiting));
    if let (Some(pages), Some(methods)) = (&operation.pages, &names.pages) {
        let streams = match &pages.items {
            Some(items) => format!(
                "{} (a stream of items, each {}) or {} (a stream of pages)",
                link(methods.items.as_str()),
                type_in_words(context, names, &items.ty),
                link(methods.pages.as_str())
            ),
            None => format!("{} (a stream of pages)", link(methods.pages.as_str())),
        };
        sentences.push(format!("The response holds one page. To read every page, call {streams}."));
    }
    for (other, ident) in operation.other_responses.iter().zip(&names.other_responses) {
        let media_type = docs::code(&other.media_type);
        sentences.push(format!("To get {media_type} instead, call {}.", link(ident.as_str())));
    }
    sentences.join(" ")
}

/// A sentence about the output of the request, which begins with `awaiting`.
fn output(context: &Context<'_>, operation: &Operation, names: &OperationNames, awaiting: &str) -> String {
    if operation.is_redirect {
        return "The response is a redirect, which is not followed. To get its target, await \
                [`with_response`](crate::RequestExt::with_response) and read the response header `location`."
            .to_owned();
    }
    match (&operation.success, &names.response) {
        (Success::Empty, _) => format!("{awaiting} returns `()`: the response has no body."),
        (Success::Always(Content::Bytes), _) => format!(
            "{awaiting} returns a [`Download`](crate::runtime::Download), which reads the body as it arrives."
        ),
        (Success::Always(content), _) => {
            format!("{awaiting} returns {}.", content_in_words(context, names, content))
        }
        (Success::Optional(ty), _) => format!(
            "{awaiting} returns {}, or `None` if the response has no body.",
            type_in_words(context, names, ty)
        ),
        (Success::ByStatus(responses), Some(response)) => {
            let responses = responses.iter().map(|response| status_in_words(context, names, response));
            let responses: Vec<String> = responses.collect();
            format!("{awaiting} returns [`{}`]: {}.", response.ident.as_str(), responses.join("; "))
        }
        (Success::ByStatus(_), None) => format!("{awaiting} returns a type for each status."),
    }
}

fn status_in_words(context: &Context<'_>, names: &OperationNames, response: &StatusResponse) -> String {
    let content = match &response.content {
        Some(content) => content_in_words(context, names, content),
        None => "no body".to_owned(),
    };
    format!("`{}` with {content}", response.status)
}

/// A link to a named type from the documentation of an operation. The link shows the path of the type if the
/// request type of the operation has the same name.
pub(super) fn type_link(context: &Context<'_>, names: &OperationNames, id: TypeId) -> String {
    let ident = &context.names.of_type(id).ident;
    let name = ident.as_str();
    match *ident == names.request {
        true => format!("[`crate::types::{name}`]"),
        false => format!("[`{name}`](crate::types::{name})"),
    }
}

/// The content of a body, as a noun phrase.
pub(super) fn content_in_words(context: &Context<'_>, names: &OperationNames, content: &Content) -> String {
    match content {
        Content::Json(ty) => type_in_words(context, names, ty),
        Content::Text | Content::TextOrJson => "a string".to_owned(),
        Content::Bytes => "bytes".to_owned(),
        Content::Events(Some(ty)) => {
            format!("a stream of server-sent events, each with {}", type_in_words(context, names, ty))
        }
        Content::Events(None) => "a stream of server-sent events, each with a string".to_owned(),
        Content::Lines(ty) => format!("a stream of JSON values, each {}", type_in_words(context, names, ty)),
    }
}

/// A type as a noun phrase, with links to named types.
pub(super) fn type_in_words(context: &Context<'_>, names: &OperationNames, ty: &Type) -> String {
    match ty {
        Type::Named(id) => type_link(context, names, *id),
        Type::List(inner) => format!("a list of {}", plural_in_words(context, names, inner)),
        Type::Map(inner) => format!("a map of strings to {}", plural_in_words(context, names, inner)),
        Type::Nullable(inner) => format!("{}, or `None` for null", type_in_words(context, names, inner)),
        Type::String => "a string".to_owned(),
        Type::Object => "a JSON object".to_owned(),
        Type::Json => "a JSON value".to_owned(),
        Type::Any => "a protobuf message of any type".to_owned(),
        ty => docs::code(&ty::qualified(context, ty).to_string().replace(' ', "")),
    }
}

/// Several values of a type as a noun phrase, with links to named types.
fn plural_in_words(context: &Context<'_>, names: &OperationNames, ty: &Type) -> String {
    match ty {
        Type::List(inner) => format!("lists of {}", plural_in_words(context, names, inner)),
        Type::Map(inner) => format!("maps of strings to {}", plural_in_words(context, names, inner)),
        Type::Nullable(inner) => format!("optional {}", plural_in_words(context, names, inner)),
        Type::String => "strings".to_owned(),
        Type::Object => "JSON objects".to_owned(),
        Type::Json => "JSON values".to_owned(),
        Type::Any => "protobuf messages of any type".to_owned(),
        ty => type_in_words(context, names, ty),
    }
}
