//! What a request comes to once it is awaited, in words: rustdoc shows the type of a future only to who looks for it.

use super::{Context, docs, ty};
use crate::ir::{Content, Operation, StatusAnswer, Success, Type};
use crate::naming::OperationNames;

/// The line of an operation's documentation.
pub(super) fn line(context: &Context<'_>, operation: &Operation, names: &OperationNames) -> String {
    let answer = match (&operation.success, &names.answer) {
        (Success::Empty, _) => "nothing".to_owned(),
        (Success::Always(Content::Bytes), _) => "bytes, which can be read as they arrive".to_owned(),
        (Success::Always(content), _) => of_content(context, content),
        (Success::Optional(ty), _) => format!("{}, or with nothing", in_words(context, ty)),
        (Success::ByStatus(answers), Some(names)) => {
            let answers = answers.iter().map(|answer| of_status(context, answer));
            let answers: Vec<String> = answers.collect();
            format!("[`{}`] by status: {}", names.ident.as_str(), answers.join("; "))
        }
        (Success::ByStatus(_), None) => "something else for each status".to_owned(),
    };
    match operation.pages.as_ref().and_then(|pages| pages.items.as_ref()) {
        Some(items) => {
            format!(
                "Answers with {answer}, in pages: `items` gives every item, {}.",
                in_words(context, &items.ty)
            )
        }
        None => format!("Answers with {answer}."),
    }
}

fn of_status(context: &Context<'_>, answer: &StatusAnswer) -> String {
    let content = answer.content.as_ref();
    let content = content.map_or_else(|| "nothing".to_owned(), |content| of_content(context, content));
    format!("`{}`, {content}", answer.status)
}

fn of_content(context: &Context<'_>, content: &Content) -> String {
    match content {
        Content::Json(ty) => in_words(context, ty),
        Content::Text | Content::TextOrJson => "text".to_owned(),
        Content::Bytes => "bytes".to_owned(),
        Content::Events(Some(ty)) => format!("a stream of events, each with {}", in_words(context, ty)),
        Content::Events(None) => "a stream of events, each with text".to_owned(),
        Content::Lines(ty) => format!("a stream, each item {}", in_words(context, ty)),
    }
}

/// A type, with a link to it if it has a name.
fn in_words(context: &Context<'_>, ty: &Type) -> String {
    match ty {
        Type::Named(id) => {
            let ident = context.names.of_type(*id).ident.as_str();
            format!("[`{ident}`](crate::types::{ident})")
        }
        Type::List(inner) if **inner == Type::String => "a list of texts".to_owned(),
        Type::List(inner) => format!("a list of {}", in_words(context, inner)),
        Type::Map(inner) => format!("a map to {}", in_words(context, inner)),
        Type::Nullable(inner) => format!("{} or `None`", in_words(context, inner)),
        Type::String => "text".to_owned(),
        Type::Object => "a JSON object of any members".to_owned(),
        Type::Json => "any JSON".to_owned(),
        Type::Any => "a message of any type".to_owned(),
        ty => docs::code(&ty::qualified(context, ty).to_string().replace(' ', "")),
    }
}
