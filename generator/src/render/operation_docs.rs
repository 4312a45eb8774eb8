//! The documentation of an operation: of the method that builds its request, and of the type of the request.
//!
//! The method has everything about the operation, as it is the first thing that a user finds: what it does, what it
//! sends and returns, the parameters that are set on the request, the errors, and an example. The example is a doctest
//! that is compiled but not run. Edition 2024 compiles all doctests of a crate as one program, so that those of 638
//! operations take some 15 seconds on two cores.

use std::collections::BTreeSet;

use super::constraints::capitalized;
use super::context::Context;
use super::doc::{self, Doc};
use super::layout::laid_out;
use super::response_docs::Place;
use super::snippet::Request;
use super::{credentials, docs, errors, response_docs, snippet};
use crate::ir::{
    Body, BodyContent, BodyKind, Content, Docs, ErrorResponse, Location, Multipart, Operation, OperationId,
    Parameter, Success,
};
use crate::naming::{ContentNames, Ident, OperationNames};

/// The longest call that an example has on one line.
const LINE_WIDTH: usize = 90;

/// An operation, with everything that its documentation depends on.
#[derive(Clone, Copy)]
pub(super) struct OperationDocs<'a> {
    pub(super) context: &'a Context<'a>,
    pub(super) id: OperationId,
    pub(super) operation: &'a Operation,
    pub(super) names: &'a OperationNames,
}

/// The request body that a method of a resource accepts.
#[derive(Clone, Copy)]
pub(super) struct BodyArgument<'a> {
    pub(super) body: &'a Body,
    pub(super) content: &'a BodyContent,
    pub(super) names: &'a ContentNames,
}

impl OperationDocs<'_> {
    /// The documentation of a method that builds the request.
    pub(super) fn of_method(self, method: &Ident, body: Option<BodyArgument<'_>>) -> Doc {
        let summary = self.operation.summary.as_deref().map(Doc::text).unwrap_or_default();
        let description = Doc::of(&self.operation.docs);
        let media_type =
            body.filter(|it| it.body.contents.len() > 1).and_then(|it| it.content.media_type.as_ref());
        let request_line = match media_type {
            Some(media_type) => {
                let header = docs::code(&format!("content-type: {media_type}"));
                format!("{} with {header}", self.request_line())
            }
            None => self.request_line(),
        };
        let headers = self.names.headers.as_ref().map(|names| {
            let ident = names.ident.as_str();
            format!("[`{ident}::of`] decodes the response headers.")
        });
        // Another method for the same operation differs in its body only.
        let example = if *method == self.names.method { self.example() } else { Vec::new() };
        summary
            .followed_by(description)
            .then([request_line])
            .then([response_docs::line(self.context, self.operation, self.names, Place::Method)])
            .then(headers)
            .then(credentials::line(self.context, self.operation))
            .then(section("Parameters", self.parameters(body)))
            .then(section("Errors", self.errors()))
            .then(section("Example", example))
    }

    /// The documentation of the type of the request, which the method `owner` builds.
    pub(super) fn of_request(self, owner: &str) -> Doc {
        let response = response_docs::line(self.context, self.operation, self.names, Place::Request);
        Doc::default()
            .or(&format!("The request that {owner} creates ({}).", self.request_line()))
            .then([response])
    }

    fn request_line(self) -> String {
        docs::code(&format!("{} {}", self.operation.method, self.operation.path))
    }

    /// A list of the arguments of the method, and a list of the optional parameters and bodies. The optional ones are
    /// methods of the request.
    fn parameters(self, body: Option<BodyArgument<'_>>) -> Vec<String> {
        let request = self.names.request.as_str();
        let parameters = || self.operation.parameters.iter().zip(&self.names.parameters);
        let arguments = parameters().filter(|(parameter, _)| parameter.required).map(|(parameter, ident)| {
            let kind = format!("{}, required", parameter.location.in_words());
            item(&format!("`{}`", ident.as_str()), &kind, &parameter.docs, None, None)
        });
        let setters = parameters().filter(|(parameter, _)| !parameter.required).map(|(parameter, ident)| {
            item(&link(ident, request), parameter.location.in_words(), &parameter.docs, None, None)
        });
        let media_type = body.filter(|it| it.content.media_type.is_none()).map(|_| {
            let name = self.names.media_type.as_str();
            format!("- `{name}` (header `content-type`, required): The media type of the request body.")
        });
        let argument = body.map(|it| {
            let name = format!("`{}`", self.names.body.as_str());
            self.body(&name, ", required", it)
        });
        let bodies = self.operation.body.iter().filter(|body| !body.required).flat_map(|body| {
            body.contents.iter().zip(&self.names.contents).map(move |(content, names)| {
                let name = link(&names.method, request);
                self.body(&name, "", BodyArgument { body, content, names })
            })
        });
        let mut lines: Vec<String> = arguments.chain(media_type).chain(argument).collect();
        let optional: Vec<String> = bodies.chain(setters).collect();
        if !optional.is_empty() {
            let separator = (!lines.is_empty()).then(String::new);
            lines.extend(separator);
            lines.extend([
                "Optional parameters, which you set on the returned request:".to_owned(),
                String::new(),
            ]);
            lines.extend(optional);
        }
        lines
    }

    /// `presence` ends the kind of the item. A list of optional parameters need not repeat that they are optional.
    fn body(self, name: &str, presence: &str, it: BodyArgument<'_>) -> String {
        let sent_as = match (&it.content.kind, &it.content.media_type) {
            (_, Some(media_type)) if it.body.contents.len() > 1 => format!(" as {}", docs::code(media_type)),
            (BodyKind::Form { .. }, _) => " as a URL-encoded form".to_owned(),
            _ => String::new(),
        };
        let kind = format!("request body{sent_as}{presence}");
        let ty = self.body_type(it.content, it.names);
        item(name, &kind, &it.body.docs, Some(ty), multipart_hint(self.context, it.content, it.names))
    }

    fn body_type(self, content: &BodyContent, names: &ContentNames) -> String {
        match &content.kind {
            BodyKind::Json(ty) | BodyKind::Form { ty, .. } => {
                response_docs::type_in_words(self.context, self.names, ty)
            }
            BodyKind::Multipart(_) => match &names.form {
                Some(form) => format!("[`{}`]", form.ident.as_str()),
                None => "[`Multipart`](crate::runtime::Multipart)".to_owned(),
            },
            BodyKind::Text => "text".to_owned(),
            BodyKind::Bytes => "bytes".to_owned(),
        }
    }

    /// An item for each documented error, and how to decode them.
    fn errors(self) -> Vec<String> {
        let errors = &self.operation.errors;
        if errors.is_empty() {
            return Vec::new();
        }
        let has_types = !self.operation.typed_errors().is_empty();
        let introduction = match has_types {
            true => "The API documents these error statuses, with the type of the response body:",
            false => "The API documents these error statuses:",
        };
        let mut lines = vec![introduction.to_owned(), String::new()];
        lines.extend(errors.iter().map(|error| error_item(self.context, self.names, error)));
        let decoder = if has_types {
            Some(self.decoded())
        } else {
            errors.iter().any(|error| error.ty.is_some()).then(|| {
                "To decode the response body, call [`Error::decode`](crate::Error::decode). ".to_owned()
            })
        };
        let others = "For other failures, such as a lost connection, see [`Error`](crate::Error).";
        lines.extend([String::new(), format!("{}{others}", decoder.unwrap_or_default())]);
        lines
    }

    /// A sentence about the method that decodes the bodies of errors, with the variants that it returns.
    fn decoded(self) -> String {
        let errors = self.operation.typed_errors();
        let types: BTreeSet<&Ident> =
            errors.iter().filter_map(|(_, id)| Some(errors::variant(self.context, (*id)?))).collect();
        let link = |ident: &&Ident| {
            let name = ident.as_str();
            format!("[`ErrorBody::{name}`](crate::ErrorBody::{name})")
        };
        let variants = match types.iter().map(link).collect::<Vec<_>>().as_slice() {
            [only] => only.clone(),
            [one, other] => format!("{one} or {other}, by status"),
            _ => "a variant of [`ErrorBody`](crate::ErrorBody), by status".to_owned(),
        };
        format!("[`Error::decoded`](crate::Error::decoded) returns the response body as {variants}. ")
    }

    /// A doctest that calls the operation.
    fn example(self) -> Vec<String> {
        let body = self.example_body();
        let lines_of_call = match &body {
            Some(_) => Request::with_body(self.context, self.id).lines(),
            None => Request::new(self.context, self.id).lines(),
        };
        let name = self.context.package().library_name();
        let types = if body.is_some() || lines_of_call.contains("types::") { ", types" } else { "" };
        let pages = self.operation.pages.as_ref().zip(self.names.pages.as_ref());
        let stream = pages.map(|(pages, names)| match pages.items {
            Some(_) => (true, format!(".{}();", names.items.as_str())),
            None => (false, format!(".{}();", names.pages.as_str())),
        });
        let (binding, end, using): (&str, &str, &[&str]) = match (&stream, &self.operation.success) {
            (Some((true, end)), _) => (
                "let mut items = ",
                end.as_str(),
                &["while let Some(item) = items.next().await {", "    println!(\"{:?}\", item?);", "}"],
            ),
            (Some((false, end)), _) => (
                "let mut pages = ",
                end.as_str(),
                &["while let Some(page) = pages.next().await {", "    println!(\"{:?}\", page?);", "}"],
            ),
            (None, Success::Always(Content::Events(_) | Content::Lines(_))) => (
                "let mut stream = ",
                ".await?;",
                &["while let Some(item) = stream.next().await {", "    println!(\"{:?}\", item?);", "}"],
            ),
            (None, Success::Always(Content::Bytes)) => {
                ("let download = ", ".await?;", &["let bytes = download.bytes().await?;"])
            }
            (None, Success::Empty) => ("", ".await?;", &[]),
            (None, _) => ("let response = ", ".await?;", &["println!(\"{response:?}\");"]),
        };
        let mut lines = vec![
            "```no_run".to_owned(),
            format!("# use {name}::{{Client, Error{types}}};"),
            "# async fn example(client: &Client) -> Result<(), Error> {".to_owned(),
        ];
        lines.extend(body.into_iter().flatten());
        lines.extend(call(binding, &lines_of_call, end));
        lines.extend(using.iter().map(|&line| line.to_owned()));
        lines.extend(["# Ok(())".to_owned(), "# }".to_owned(), "```".to_owned()]);
        lines
    }

    /// The statement that builds the request body of the example, if it can be shown.
    fn example_body(self) -> Option<Vec<String>> {
        let body = self.context.showcase.call(self.id).built_body.as_ref()?;
        let statement = laid_out(&format!("let body = {};", snippet::code(self.context, body)));
        Some(statement.lines().map(|line| line.strip_prefix("    ").unwrap_or(line).to_owned()).collect())
    }
}

/// A section with a heading; nothing if it is empty.
fn section(heading: &str, lines: Vec<String>) -> Vec<String> {
    match lines.is_empty() {
        true => lines,
        false => [format!("# {heading}"), String::new()].into_iter().chain(lines).collect(),
    }
}

/// An item of the list of parameters. `ty` is the type of a body. `hint` is a sentence after the description.
fn item(name: &str, kind: &str, docs: &Docs, ty: Option<String>, hint: Option<String>) -> String {
    let deprecated = if docs.deprecated { ", deprecated" } else { "" };
    let ty = ty.map(|ty| format!("{}.", capitalized(&ty)));
    let text: Vec<String> = ty.into_iter().chain(doc::in_short(docs)).chain(hint).collect();
    let colon = if text.is_empty() { "" } else { ": " };
    format!("- {name} ({kind}{deprecated}){colon}{}", text.join(" "))
}

/// The documentation of a setter whose parameter has no description.
pub(super) fn sets(parameter: &Parameter) -> String {
    let name = docs::code(&parameter.name);
    match parameter.location {
        Location::Path => format!("Sets the path parameter {name}."),
        Location::Query => format!("Sets the query parameter {name}."),
        Location::QueryString => format!("Sets the query string, {name}."),
        Location::Header => format!("Sets the header {name}."),
        Location::Cookie => format!("Sets the cookie {name}."),
    }
}

/// A sentence about building a multipart body, for the item of the body.
pub(super) fn multipart_hint(
    context: &Context<'_>,
    content: &BodyContent,
    names: &ContentNames,
) -> Option<String> {
    match (&content.kind, &names.form) {
        (BodyKind::Multipart(Multipart::AnyParts(ty)), _) => ty.named().map(|id| {
            let ident = context.names.of_type(id).ident.as_str();
            format!(
                "[`Multipart::of`](crate::runtime::Multipart::of) makes one from a \
                 [`{ident}`](crate::types::{ident})."
            )
        }),
        (BodyKind::Multipart(_), Some(_)) => {
            Some("Also accepts a [`Multipart`](crate::runtime::Multipart) with the same parts.".to_owned())
        }
        _ => None,
    }
}

fn link(method: &Ident, request: &str) -> String {
    format!("[`{0}`]({request}::{0})", method.as_str())
}

/// An item for an error: its status, its meaning and its type.
fn error_item(context: &Context<'_>, names: &OperationNames, error: &ErrorResponse) -> String {
    let status = match error.status.as_str() {
        "default" => "any other status".to_owned(),
        status => docs::code(status),
    };
    let body = error.ty.as_ref().and_then(|ty| ty.named());
    let body = body.map(|id| response_docs::type_link(context, names, id));
    let description = docs::summary(&error.description);
    let meaning = if description.is_empty() { meaning(&error.status) } else { description.as_str() };
    match (meaning, body) {
        ("", Some(body)) => format!("- {status}: {body}"),
        ("", None) => format!("- {status}"),
        (meaning, Some(body)) => format!("- {status}: {} ({body})", meaning.trim_end_matches('.')),
        (meaning, None) => format!("- {status}: {meaning}"),
    }
}

/// The meaning of a status (RFC 9110, section 15) that the document does not describe.
fn meaning(status: &str) -> &'static str {
    match status {
        "400" => "the request is invalid",
        "401" => "credentials are missing or invalid",
        "403" => "the credentials do not permit the request",
        "404" => "not found",
        "409" => "conflicts with the current state",
        "412" => "a precondition failed",
        "413" => "the request body is too large",
        "422" => "the request body is invalid",
        "429" => "too many requests",
        "500" => "the server failed",
        "503" => "the server is unavailable",
        _ => "",
    }
}

/// A call that binds its result: on one line if that is short enough.
fn call(binding: &str, lines_of_call: &str, end: &str) -> Vec<String> {
    let lines: Vec<&str> =
        lines_of_call.lines().map(|line| line.strip_prefix("    ").unwrap_or(line)).collect();
    let joined: String = lines.iter().map(|line| line.trim_start()).collect();
    let line = format!("{binding}client{joined}{end}");
    if lines.len() == 2 && line.len() <= LINE_WIDTH {
        return vec![line];
    }
    let first = format!("{binding}client");
    let last = format!("    {end}");
    [first.as_str()].into_iter().chain(lines).chain([last.as_str()]).map(str::to_owned).collect()
}
