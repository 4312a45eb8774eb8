//! The response of an operation in words. Rustdoc shows the output of a request only among its trait implementations.

use super::{Context, docs, ty};
use crate::ir::{Content, Operation, StatusResponse, Success, Type};
use crate::naming::OperationNames;

/// Sentences about the output of a request, and about the methods of the type `request` with another output.
pub(super) fn line(
    context: &Context<'_>,
    operation: &Operation,
    names: &OperationNames,
    request: &str,
) -> String {
    let mut sentences = vec![match (&operation.success, &names.response) {
        _ if operation.is_redirect => {
            "The response is a redirect, which is not followed: its target is in the \
                                       header `location` of the response."
                .to_owned()
        }
        (Success::Empty, _) => "Returns nothing.".to_owned(),
        (Success::Always(Content::Bytes), _) => {
            "Returns a [`Download`](crate::runtime::Download), which reads the body as it arrives.".to_owned()
        }
        (Success::Always(content), _) => format!("Returns {}.", content_in_words(context, content)),
        (Success::Optional(ty), _) => {
            format!("Returns {}, or `None` if the response has no body.", type_in_words(context, ty))
        }
        (Success::ByStatus(responses), Some(names)) => {
            let responses = responses.iter().map(|response| status_in_words(context, response));
            let responses: Vec<String> = responses.collect();
            format!("Returns [`{}`]: {}.", names.ident.as_str(), responses.join("; "))
        }
        (Success::ByStatus(_), None) => "Returns a type for each status.".to_owned(),
    }];
    if let Some(pages) = &operation.pages {
        sentences.push(match &pages.items {
            Some(items) => format!(
                "This is one page: [`items`]({request}::items) yields the items of all pages, each {}, and \
                 [`pages`]({request}::pages) yields all pages.",
                type_in_words(context, &items.ty)
            ),
            None => format!("This is one page: [`pages`]({request}::pages) yields all pages."),
        });
    }
    for (other, ident) in operation.other_responses.iter().zip(&names.other_responses) {
        let (method, media_type) = (ident.as_str(), docs::code(&other.media_type));
        sentences.push(format!("[`{method}`]({request}::{method}) requests {media_type} instead."));
    }
    sentences.join(" ")
}

fn status_in_words(context: &Context<'_>, response: &StatusResponse) -> String {
    let content = response.content.as_ref();
    let content = content.map_or_else(|| "no body".to_owned(), |content| content_in_words(context, content));
    format!("`{}` with {content}", response.status)
}

/// The content of a body, as a noun phrase.
pub(super) fn content_in_words(context: &Context<'_>, content: &Content) -> String {
    match content {
        Content::Json(ty) => type_in_words(context, ty),
        Content::Text | Content::TextOrJson => "a string".to_owned(),
        Content::Bytes => "bytes".to_owned(),
        Content::Events(Some(ty)) => {
            format!("a stream of server-sent events, each with {}", type_in_words(context, ty))
        }
        Content::Events(None) => "a stream of server-sent events, each with a string".to_owned(),
        Content::Lines(ty) => format!("a stream of JSON values, each {}", type_in_words(context, ty)),
    }
}

/// A type as a noun phrase, with links to named types.
pub(super) fn type_in_words(context: &Context<'_>, ty: &Type) -> String {
    match ty {
        Type::Named(id) => {
            let ident = context.names.of_type(*id).ident.as_str();
            format!("[`{ident}`](crate::types::{ident})")
        }
        Type::List(inner) if **inner == Type::String => "a list of strings".to_owned(),
        Type::List(inner) => format!("a list of {}", type_in_words(context, inner)),
        Type::Map(inner) if **inner == Type::String => "a map of strings to strings".to_owned(),
        Type::Map(inner) => format!("a map of strings to {}", type_in_words(context, inner)),
        Type::Nullable(inner) => format!("{}, or `None` for null", type_in_words(context, inner)),
        Type::String => "a string".to_owned(),
        Type::Object => "a JSON object".to_owned(),
        Type::Json => "a JSON value".to_owned(),
        Type::Any => "a protobuf message of any type".to_owned(),
        ty => docs::code(&ty::qualified(context, ty).to_string().replace(' ', "")),
    }
}
