//! Responses: one type for all successes or one for each status, and the documented errors.

use openapiv3::{MediaType, ReferenceOr, Response, Responses, StatusCode};
use serde_json::Value;

use super::Lower;
use super::headers::Gathered;
use super::media_type::{self, Family};
use super::schema::Site;
use crate::diagnostics::{Code, Pointer};
use crate::ir::{
    Content, ErrorResponse, OtherResponse, Reply, ReplyBody, ResponseHeader, StatusResponse, Success, Type,
};

/// The responses of an operation.
pub(super) struct LoweredResponses {
    pub(super) success: Success,
    /// The value of the `Accept` header, or `None` for plain JSON.
    pub(super) accept: Option<String>,
    pub(super) others: Vec<OtherResponse>,
    pub(super) errors: Vec<ErrorResponse>,
    pub(super) headers: Vec<ResponseHeader>,
    pub(super) reply: Reply,
    /// True if redirects are the only successes.
    pub(super) is_redirect: bool,
}

/// The successful responses of an operation while they are gathered.
#[derive(Default)]
struct Successes<'a> {
    responses: Vec<StatusResponse>,
    accept: Vec<String>,
    others: Vec<OtherResponse>,
    headers: Gathered<'a>,
    /// The sample response for the mock server: the first success with a body, or else the first.
    reply: Option<Reply>,
    /// The types of the schemas lowered so far, so that equal schemas share one type.
    typed: Vec<(&'a MediaType, Type)>,
}

impl<'a> Lower<'a, '_> {
    pub(super) fn lower_responses(
        &mut self,
        responses: &'a Responses,
        at: &Pointer,
        method: &str,
        site: &dyn Fn(&str) -> Site,
    ) -> LoweredResponses {
        self.report_upgrade(responses, at);
        let is_redirect = !responses.responses.keys().any(is_success)
            && responses.responses.keys().any(is_redirect_elsewhere);
        let mut successes = Vec::new();
        let mut errors = Vec::new();
        for (status, response) in &responses.responses {
            let at = at.child(status.to_string());
            let list = match is_success(status) || (is_redirect && is_redirect_elsewhere(status)) {
                true => &mut successes,
                false => &mut errors,
            };
            list.push((status.to_string(), response, at));
        }
        if let Some(response) = &responses.default {
            let of_default = ("default".to_owned(), response, at.child("default"));
            if successes.is_empty() { &mut successes } else { &mut errors }.push(of_default);
        }
        let mut gathered = Successes::default();
        for (status, response, at) in successes {
            self.lower_success(status, response, &at, site, &mut gathered);
        }
        let errors =
            errors.into_iter().map(|(status, response, at)| self.lower_error(status, response, &at, site));
        let errors = errors.collect();
        let headers = std::mem::take(&mut gathered.headers).into_iter().map(|(_, header)| header).collect();
        // A response to HEAD has headers but no body.
        if method == "head" {
            return LoweredResponses {
                success: Success::Empty,
                accept: None,
                others: Vec::new(),
                errors,
                headers,
                reply: Reply { bodies: Vec::new(), ..gathered.reply.unwrap_or_default() },
                is_redirect,
            };
        }
        let Successes { responses, accept, others, reply, .. } = gathered;
        let reply = reply.unwrap_or_default();
        let accept = accept.join(", ");
        let accept = Some(accept).filter(|accept| !accept.is_empty() && accept != "application/json");
        LoweredResponses { success: success(responses), accept, others, errors, headers, reply, is_redirect }
    }

    fn report_upgrade(&mut self, responses: &Responses, at: &Pointer) {
        let upgrade = StatusCode::Code(101);
        if responses.responses.contains_key(&upgrade) && !responses.responses.keys().any(is_success) {
            self.diagnostics.report(
                Code::UnsupportedUpgrade,
                &at.child(upgrade.to_string()),
                "status 101 switches to another protocol, which the client does not support, so every call fails",
                "leave the operation out by `operations.exclude` in codegen.toml",
            );
        }
    }

    fn lower_success(
        &mut self,
        status: String,
        response: &'a ReferenceOr<Response>,
        at: &Pointer,
        site: &dyn Fn(&str) -> Site,
        gathered: &mut Successes<'a>,
    ) {
        let Some((response, at)) = self.document.response(response, at) else { return };
        self.lower_headers(&response.headers, &at, site, &mut gathered.headers);
        let content_at = at.child("content");
        let mut media_types: Vec<(&'a str, &'a MediaType)> =
            response.content.iter().map(|(name, content)| (name.as_str(), content)).collect();
        media_types.sort_by_key(|(name, _)| !media_type::is_json(name));
        let mut usual = None;
        let mut bodies = Vec::new();
        for (name, media_type) in media_types {
            let place = match gathered.typed.is_empty() {
                true => "response".to_owned(),
                false => format!("{status} response"),
            };
            let at = content_at.child(name);
            let content = self.lower_received(name, media_type, &at, site(&place), &mut gathered.typed);
            let requested = media_type::essence(name);
            bodies.push(ReplyBody {
                media_type: concrete_media_type(&requested, &content).to_owned(),
                content: content.clone(),
                example: self.example_of(media_type, &at),
            });
            if usual.as_ref().is_none_or(|usual| *usual == content) {
                usual = Some(content);
                if !gathered.accept.contains(&requested) {
                    gathered.accept.push(requested);
                }
            } else if gathered.others.iter().all(|other| other.media_type != requested) {
                gathered.others.push(OtherResponse {
                    name: media_type::name(name),
                    media_type: requested,
                    content,
                });
            }
        }
        if gathered.reply.as_ref().is_none_or(|reply| reply.bodies.is_empty() && !bodies.is_empty()) {
            gathered.reply = Some(Reply { status: sample_status(&status), bodies });
        }
        let description = response.description.trim().to_owned();
        gathered.responses.push(StatusResponse { status, description, content: usual });
    }

    /// Returns the first example of a media type.
    fn example_of(&self, content: &MediaType, at: &Pointer) -> Option<Value> {
        let several = content.examples.iter().filter_map(|(name, example)| {
            let at = at.child("examples").child(name);
            self.document.example(example, &at)?.0.value.clone()
        });
        content.example.iter().cloned().chain(several).next()
    }

    fn lower_received(
        &mut self,
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
            Family::Events | Family::Lines => self.lower_stream(content, at, site, family),
            _ if self.is_opaque(content, at, family) => Content::Bytes,
            Family::Markup => {
                self.report_markup(name, at, "received");
                Content::Text
            }
            Family::Json | Family::Any => {
                let known = typed.iter().find(|(known, _)| known.schema == content.schema);
                let ty = match known {
                    Some((_, ty)) => ty.clone(),
                    None => {
                        let ty = self.lower_media_type(content, at, site);
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
    fn lower_stream(&mut self, content: &'a MediaType, at: &Pointer, site: Site, family: Family) -> Content {
        let ty = match content.schema {
            Some(_) => self.lower_media_type(content, at, site),
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
            (Family::Events, item @ (Type::Named(_) | Type::Object | Type::Any | Type::Json)) => {
                Content::Events(Some(item))
            }
            (_, item @ (Type::Named(_) | Type::Object | Type::Any | Type::Json)) => Content::Lines(item),
            (Family::Events, _) => {
                Content::Events(Some(self.untyped(at, "the items of the stream are not objects")))
            }
            _ => Content::Lines(self.untyped(at, "the items of the stream are not objects")),
        }
    }

    fn lower_error(
        &mut self,
        status: String,
        response: &'a ReferenceOr<Response>,
        at: &Pointer,
        site: &dyn Fn(&str) -> Site,
    ) -> ErrorResponse {
        let is_shared = matches!(response, ReferenceOr::Reference { .. });
        let Some((response, at)) = self.document.response(response, at) else {
            return ErrorResponse { status, description: String::new(), ty: None };
        };
        let ty = match self.shared_errors.get(&at) {
            Some(ty) => ty.clone(),
            None if is_shared => {
                let operation = at.segments().last().unwrap_or_default();
                let site = Site::of_operation(operation, "body");
                let ty = self.lower_error_body(response, &at, site);
                self.shared_errors.insert(at, ty.clone());
                ty
            }
            None => self.lower_error_body(response, &at, site(&format!("error {status}"))),
        };
        ErrorResponse { status, description: response.description.trim().to_owned(), ty }
    }

    fn lower_error_body(&mut self, response: &'a Response, at: &Pointer, site: Site) -> Option<Type> {
        let mut content = response.content.iter();
        let json = content.find(|(name, _)| matches!(media_type::family(name), Family::Json | Family::Any));
        let (name, content) = json?;
        let at = at.child("content").child(name);
        let is_opaque = self.is_opaque(content, &at, media_type::family(name));
        // A null error carries no information. Its body is available as received.
        (!is_opaque).then(|| self.lower_media_type(content, &at, site).without_null())
    }
}

fn is_success(status: &StatusCode) -> bool {
    matches!(status, StatusCode::Code(200..=299) | StatusCode::Range(2))
}

/// Returns true for a redirect. 304 is not one: it means that the client has the content already.
fn is_redirect_elsewhere(status: &StatusCode) -> bool {
    matches!(status, StatusCode::Code(300..=303 | 305..=399) | StatusCode::Range(3))
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
fn success(responses: Vec<StatusResponse>) -> Success {
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

impl StatusResponse {
    /// Replaces a stream by bytes, since streaming has to be decided before the status is known.
    fn buffered(mut self) -> Self {
        if matches!(self.content, Some(Content::Events(_) | Content::Lines(_))) {
            self.content = Some(Content::Bytes);
        }
        self
    }
}
