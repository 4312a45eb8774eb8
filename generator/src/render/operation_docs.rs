//! The documentation of an operation: of the method that builds its request, and of the type of the request.
//!
//! The method has everything about the operation, as it is the first thing that a user finds: what it does, what it
//! sends and returns, the parameters that are set on the request, the errors, and an example. The example is a doctest
//! that is compiled but not run. Edition 2024 compiles all doctests of a crate as one program, so that those of 638
//! operations take some 15 seconds on two cores.

use super::doc::{self, Doc};
use super::{Context, credentials, docs, readme, response_docs};
use crate::ir::{
    Body, BodyContent, BodyKind, Content, Docs, ErrorResponse, Location, Multipart, Operation, OperationId,
    Success,
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
        let request = self.names.request.as_str();
        // Another method for the same operation differs in its body only.
        let example = if *method == self.names.method { self.example() } else { Vec::new() };
        summary
            .followed_by(description)
            .then([request_line])
            .then([response_docs::line(self.context, self.operation, self.names, request)])
            .then(headers)
            .then(credentials::line(&self.context.api.security, self.operation))
            .then(section("Parameters", self.parameters(body)))
            .then(section("Errors", self.errors()))
            .then(section("Example", example))
    }

    /// The documentation of the type of the request, which the method `owner` builds.
    pub(super) fn of_request(self, owner: &str) -> Doc {
        let response = response_docs::line(self.context, self.operation, self.names, "Self");
        Doc::default()
            .or(&format!("Request for {owner} ({}).", self.request_line()))
            .then([format!("The request is sent when it is awaited. {response}")])
    }

    fn request_line(self) -> String {
        docs::code(&format!("{} {}", self.operation.method, self.operation.path))
    }

    /// An item for each parameter and for the body: first the arguments of the method, then the setters.
    fn parameters(self, body: Option<BodyArgument<'_>>) -> Vec<String> {
        let request = self.names.request.as_str();
        let parameters = || self.operation.parameters.iter().zip(&self.names.parameters);
        let arguments = parameters().filter(|(parameter, _)| parameter.required).map(|(parameter, ident)| {
            let kind = format!("{}, required", location(parameter.location));
            item(&format!("`{}`", ident.as_str()), &kind, &parameter.docs, None)
        });
        let setters = parameters().filter(|(parameter, _)| !parameter.required).map(|(parameter, ident)| {
            let kind = format!("{}, optional", location(parameter.location));
            item(&link(ident, request), &kind, &parameter.docs, None)
        });
        let media_type = body.filter(|it| it.content.media_type.is_none()).map(|_| {
            format!("- `{}` (required): The media type of the body.", self.names.media_type.as_str())
        });
        let argument = body.map(|it| {
            let name = format!("`{}`", self.names.body.as_str());
            self.body(&name, "required", it)
        });
        let bodies = self.operation.body.iter().filter(|body| !body.required).flat_map(|body| {
            body.contents.iter().zip(&self.names.contents).map(move |(content, names)| {
                let name = link(&names.method, request);
                self.body(&name, "optional", BodyArgument { body, content, names })
            })
        });
        arguments.chain(media_type).chain(argument).chain(bodies).chain(setters).collect()
    }

    fn body(self, name: &str, presence: &str, it: BodyArgument<'_>) -> String {
        let sent_as = match (&it.content.kind, &it.content.media_type) {
            (_, Some(media_type)) if it.body.contents.len() > 1 => format!(" as {}", docs::code(media_type)),
            (BodyKind::Form { .. }, _) => " as a URL-encoded form".to_owned(),
            _ => String::new(),
        };
        let kind = format!("{}{sent_as}, {presence}", self.body_type(it.content, it.names));
        item(name, &kind, &it.body.docs, multipart_hint(self.context, it.content, it.names))
    }

    fn body_type(self, content: &BodyContent, names: &ContentNames) -> String {
        match &content.kind {
            BodyKind::Json(ty) | BodyKind::Form { ty, .. } => response_docs::type_in_words(self.context, ty),
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
        let mut lines: Vec<String> =
            self.operation.errors.iter().map(|error| error_item(self.context, error)).collect();
        let decoder = match self.operation.error_table {
            Some(id) => {
                let ident = self.context.names.of_error_table(id).ident.as_str();
                Some(format!(
                    "[`{ident}::of`](crate::errors::{ident}::of) decodes the body of the response as the type for \
                     its status."
                ))
            }
            None => self.operation.errors.iter().any(|error| error.ty.is_some()).then(|| {
                "[`Error::decode`](crate::Error::decode) decodes the body of the response.".to_owned()
            }),
        };
        if let Some(decoder) = decoder {
            lines.extend([String::new(), decoder]);
        }
        lines
    }

    /// A doctest that calls the operation.
    fn example(self) -> Vec<String> {
        let lines_of_call = readme::snippet::Request::new(self.context, self.id, self.operation).lines();
        let name = self.context.package.library_name();
        let types = if lines_of_call.contains("types::") { ", types" } else { "" };
        let items = self.operation.pages.as_ref().map(|pages| pages.items.is_some());
        let (binding, end, using): (&str, &str, &[&str]) = match (items, &self.operation.success) {
            (Some(true), _) => (
                "let mut items = ",
                ".items();",
                &["while let Some(item) = items.next().await {", "    println!(\"{:?}\", item?);", "}"],
            ),
            (Some(false), _) => (
                "let mut pages = ",
                ".pages();",
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
        lines.extend(call(binding, &lines_of_call, end));
        lines.extend(using.iter().map(|&line| line.to_owned()));
        lines.extend(["# Ok(())".to_owned(), "# }".to_owned(), "```".to_owned()]);
        lines
    }
}

/// A section with a heading; nothing if it is empty.
fn section(heading: &str, lines: Vec<String>) -> Vec<String> {
    match lines.is_empty() {
        true => lines,
        false => [format!("# {heading}"), String::new()].into_iter().chain(lines).collect(),
    }
}

/// An item of the list of parameters. `hint` is a sentence of ours, after those of the document.
fn item(name: &str, kind: &str, docs: &Docs, hint: Option<String>) -> String {
    let deprecated = if docs.deprecated { ", deprecated" } else { "" };
    let text: Vec<String> = doc::in_short(docs).into_iter().chain(hint).collect();
    let colon = if text.is_empty() { "" } else { ": " };
    format!("- {name} ({kind}{deprecated}){colon}{}", text.join(" "))
}

/// How to make a body of several parts, for the item of the body.
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
            Some("Accepts a [`Multipart`](crate::runtime::Multipart) with the same parts, too.".to_owned())
        }
        _ => None,
    }
}

fn link(method: &Ident, request: &str) -> String {
    format!("[`{0}`]({request}::{0})", method.as_str())
}

fn location(location: Location) -> &'static str {
    match location {
        Location::Path => "path",
        Location::Query => "query",
        Location::Header => "header",
        Location::Cookie => "cookie",
    }
}

/// An item for an error: its status, its meaning and its type.
fn error_item(context: &Context<'_>, error: &ErrorResponse) -> String {
    let status = match error.status.as_str() {
        "default" => "any other status".to_owned(),
        status => docs::code(status),
    };
    let body = error.ty.as_ref().and_then(|ty| ty.named()).map(|id| {
        let ident = context.names.of_type(id).ident.as_str();
        format!("[`{ident}`](crate::types::{ident})")
    });
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
