//! Successful responses: their bodies, headers and examples.

use indexmap::IndexSet;
use openapiv3::{MediaType, ReferenceOr, Response};
use serde_json::Value;

use super::content::{is_opaque, lower_media_type, report_markup};
use super::headers::{Gathered, SharedHeaders, lower_headers};
use super::media_type::{self, Family};
use crate::diagnostics::{Code, Diagnostics, Pointer};
use crate::document::Document;
use crate::ir::{
    Content, Docs, DocumentedResponse, OtherResponse, Reply, ReplyBody, StatusResponse, Success, Type,
};
use crate::lower::context::Lower;
use crate::lower::schema::Site;

/// The successful responses of an operation while they are gathered.
#[derive(Default)]
pub(super) struct Successes<'a> {
    pub(super) responses: Vec<StatusResponse>,
    pub(super) accept: IndexSet<String>,
    pub(super) others: Vec<OtherResponse>,
    pub(super) documented: Vec<DocumentedResponse>,
    pub(super) headers: Gathered<'a>,
    /// The sample response for the mock server: the first success with a body, or else the first.
    pub(super) reply: Option<Reply>,
    /// The types of the schemas lowered so far, so that equal schemas share one type.
    typed: Vec<(&'a MediaType, Type)>,
}

/// Adds a successful response to `gathered`.
pub(super) fn lower_success<'a>(
    lower: &mut Lower<'a, '_>,
    (status, response, at): (String, &'a ReferenceOr<Response>, &Pointer),
    site: &dyn Fn(&str) -> Site,
    shared: &mut SharedHeaders,
    gathered: &mut Successes<'a>,
) {
    let Some((response, at)) = lower.document.response(response, at) else { return };
    lower_headers(lower, &response.headers, &at, site, shared, &mut gathered.headers);
    let content_at = at.child("content");
    let mut media_types: Vec<(&'a str, &'a MediaType)> =
        response.content.iter().map(|(name, content)| (name.as_str(), content)).collect();
    if WITHOUT_CONTENT.contains(&status.as_str()) && !media_types.is_empty() {
        report_content(&status, &content_at, lower.diagnostics);
        media_types.clear();
    }
    media_types.sort_by_key(|(name, _)| !media_type::is_json(name));
    let names: Vec<&str> = media_types.iter().map(|(name, _)| *name).collect();
    let has_json = media_types.iter().any(|(name, _)| media_type::is_json(name));
    let mut usual = None;
    let mut accepted: Vec<&str> = Vec::new();
    let mut bodies = Vec::new();
    let mut contents = Vec::new();
    for (name, media_type) in media_types {
        let place = match gathered.typed.is_empty() {
            true => "response".to_owned(),
            false => format!("{status} response"),
        };
        let at = content_at.child(name);
        let content = lower_received(lower, name, media_type, &at, site(&place), &mut gathered.typed);
        contents.push((name.to_owned(), content.clone()));
        let is_markup = media_type::family(name) == Family::Markup && content == Content::Text;
        if is_markup && !has_json {
            report_markup(name, &at, "received", lower.diagnostics);
        }
        let requested = media_type::requested(name);
        bodies.push(ReplyBody {
            media_type: concrete_media_type(&requested, &content).to_owned(),
            content: content.clone(),
            example: example_of(lower.document, media_type, &at),
        });
        let is_variant = accepted.iter().any(|known| media_type::differ_by_parameters(known, name));
        if usual.as_ref().is_none_or(|usual| *usual == content && !is_variant) {
            usual = Some(content);
            accepted.push(name);
            gathered.accept.insert(requested);
        } else if gathered.others.iter().all(|other| other.media_type != requested) {
            gathered.others.push(OtherResponse {
                name: media_type::name_among(name, names.iter().copied()),
                media_type: requested,
                content,
            });
        }
    }
    if gathered.reply.as_ref().is_none_or(|reply| reply.bodies.is_empty() && !bodies.is_empty()) {
        gathered.reply = Some(Reply { status: sample_status(&status), bodies });
    }
    let description = response.description.trim().to_owned();
    let docs = Docs { pointer: at, ..Docs::default() };
    gathered.documented.push(DocumentedResponse { status: status.clone(), contents, docs });
    gathered.responses.push(StatusResponse { status, description, content: usual });
}

/// The statuses of responses without content, whatever the document says (RFC 9110, sections 15.3.5 and 15.3.6).
const WITHOUT_CONTENT: [&str; 2] = ["204", "205"];

fn report_content(status: &str, at: &Pointer, diagnostics: &mut Diagnostics) {
    diagnostics.report(
        Code::ContentWithoutBody,
        at,
        format!("a response with status {status} has no body, so its `content` is ignored"),
        "remove `content`, or describe the response for another status, such as 200",
    );
}

/// Adds the response without content that a range such as `2XX` includes, unless the document has it.
fn add_no_content(responses: &mut Vec<StatusResponse>) {
    let has_code = |code: &str| responses.iter().any(|response| response.status == code);
    let is_open = |response: &StatusResponse| {
        response.status == "2XX" && matches!(response.content, Some(Content::Json(_)))
    };
    if responses.iter().any(is_open) && !WITHOUT_CONTENT.into_iter().any(has_code) {
        let description = "A response without content.".to_owned();
        responses.push(StatusResponse { status: "204".to_owned(), description, content: None });
    }
}

/// Returns the first example of a media type.
fn example_of(document: &Document, content: &MediaType, at: &Pointer) -> Option<Value> {
    let several = content.examples.iter().filter_map(|(name, example)| {
        let at = at.child("examples").child(name);
        document.example(example, &at)?.0.value.clone()
    });
    content.example.iter().cloned().chain(several).next()
}

fn lower_received<'a>(
    lower: &mut Lower<'a, '_>,
    name: &str,
    content: &'a MediaType,
    at: &Pointer,
    site: Site,
    typed: &mut Vec<(&'a MediaType, Type)>,
) -> Content {
    let family = media_type::family(name);
    match family {
        Family::Text | Family::Form => Content::Text,
        Family::Bytes | Family::Multipart => Content::Bytes,
        Family::Events | Family::Lines => lower_stream(lower, content, at, site, family),
        _ if is_opaque(lower.document, content, at, family) => Content::Bytes,
        Family::Markup => Content::Text,
        Family::Json | Family::Any => {
            let known = typed.iter().find(|(known, _)| known.schema == content.schema);
            let ty = match known {
                Some((_, ty)) => ty.clone(),
                None => {
                    let ty = lower_media_type(lower, content, at, site);
                    typed.push((content, ty.clone()));
                    ty
                }
            };
            match ty {
                Type::String if media_type::is_anything(name) => Content::TextOrJson,
                ty => Content::Json(ty),
            }
        }
    }
}

/// Lowers a streamed response. The schema describes an item, or a list of items.
fn lower_stream<'a>(
    lower: &mut Lower<'a, '_>,
    content: &'a MediaType,
    at: &Pointer,
    site: Site,
    family: Family,
) -> Content {
    let ty = match content.schema {
        Some(_) => lower_media_type(lower, content, at, site),
        None => Type::Json,
    };
    // A stream is never null, although it may be empty.
    let item = match ty.without_null() {
        Type::List(item) => item.without_null(),
        ty => ty,
    };
    match (family, item) {
        // `type: string` describes the whole body, not its events.
        (Family::Events, Type::String) => Content::Events(None),
        (Family::Events, Type::Json) if content.schema.is_none() => Content::Events(None),
        (
            Family::Events,
            item @ (Type::Named(_) | Type::Object | Type::Any | Type::Json | Type::Custom(_)),
        ) => Content::Events(Some(item)),
        (_, item @ (Type::Named(_) | Type::Object | Type::Any | Type::Json | Type::Custom(_))) => {
            Content::Lines(item)
        }
        (Family::Events, _) => {
            Content::Events(Some(lower.types.untyped(at, "the items of the stream are not objects")))
        }
        _ => Content::Lines(lower.types.untyped(at, "the items of the stream are not objects")),
    }
}

/// Returns a concrete status for a key of `responses`.
fn sample_status(status: &str) -> u16 {
    match status {
        "3XX" => 302,
        other => other.parse().unwrap_or(200),
    }
}

/// Returns a media type that a server can send. The document may have a range.
fn concrete_media_type<'m>(media_type: &'m str, content: &Content) -> &'m str {
    match content {
        _ if !media_type::is_range(media_type) => media_type,
        Content::Json(_) => "application/json",
        Content::Events(_) => "text/event-stream",
        Content::Lines(_) => "application/x-ndjson",
        Content::Text | Content::TextOrJson => "text/plain",
        Content::Bytes => "application/octet-stream",
    }
}

/// Returns the simplest type that covers every success of an operation.
pub(super) fn simplest(mut responses: Vec<StatusResponse>) -> Success {
    add_no_content(&mut responses);
    let mut contents: Vec<&Content> = Vec::new();
    for content in responses.iter().filter_map(|answer| answer.content.as_ref()) {
        if !contents.contains(&content) {
            contents.push(content);
        }
    }
    let may_be_empty = responses.iter().any(|answer| answer.content.is_none());
    match contents.as_slice() {
        [] => Success::Empty,
        // Null and an empty body mean the same.
        [Content::Json(ty)] if may_be_empty => Success::Optional(ty.clone().without_null()),
        // Text and bytes may be empty.
        [only] => Success::Always((*only).clone()),
        _ => Success::ByStatus(responses.into_iter().map(StatusResponse::buffered).collect()),
    }
}

impl DocumentedResponse {
    /// Returns the response to `HEAD`.
    pub(super) fn without_body(self) -> Self {
        Self { contents: Vec::new(), ..self }
    }
}

impl StatusResponse {
    /// Replaces a stream by bytes, since streaming has to be decided before the status is known.
    fn buffered(mut self) -> Self {
        if matches!(self.content, Some(Content::Events(_) | Content::Lines(_))) {
            self.content = Some(Content::Bytes);
        }
        self
    }
}
