//! What comes back: one type for all successes, or one for each status; and the documented errors.

use openapiv3::{MediaType, ReferenceOr, Response, Responses, StatusCode};
use serde_json::Value;

use super::Lower;
use super::headers::Gathered;
use super::media_type::{self, Family};
use super::schema::Site;
use crate::diagnostics::{Code, Pointer};
use crate::ir::{
    Content, ErrorAnswer, OtherAnswer, Reply, ReplyBody, ResponseHeader, StatusAnswer, Success, Type,
};

/// What comes back from an operation.
pub(super) struct Answers {
    pub(super) success: Success,
    /// The media types to ask for; none where that is plain JSON.
    pub(super) accept: Option<String>,
    pub(super) others: Vec<OtherAnswer>,
    pub(super) errors: Vec<ErrorAnswer>,
    pub(super) headers: Vec<ResponseHeader>,
    pub(super) reply: Reply,
    /// Whether a redirect is all that a success can be.
    pub(super) is_redirect: bool,
}

/// The successes of an operation while they are gathered.
#[derive(Default)]
struct Successes<'a> {
    answers: Vec<StatusAnswer>,
    accept: Vec<String>,
    others: Vec<OtherAnswer>,
    headers: Gathered<'a>,
    /// The first success that has a body, or else the first.
    reply: Option<Reply>,
    /// The types of the schemas met so far, so that what is written twice is one type.
    typed: Vec<(&'a MediaType, Type)>,
}

impl<'a> Lower<'a, '_> {
    pub(super) fn lower_answers(
        &mut self,
        responses: &'a Responses,
        at: &Pointer,
        method: &str,
        site: &dyn Fn(&str) -> Site,
    ) -> Answers {
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
        // The answer to HEAD has a body's headers, and no body.
        if method == "head" {
            return Answers {
                success: Success::Empty,
                accept: None,
                others: Vec::new(),
                errors,
                headers,
                reply: Reply { bodies: Vec::new(), ..gathered.reply.unwrap_or_default() },
                is_redirect,
            };
        }
        let Successes { answers, accept, others, reply, .. } = gathered;
        let reply = reply.unwrap_or_default();
        let accept = accept.join(", ");
        let accept = Some(accept).filter(|accept| !accept.is_empty() && accept != "application/json");
        Answers { success: success(answers), accept, others, errors, headers, reply, is_redirect }
    }

    fn report_upgrade(&mut self, responses: &Responses, at: &Pointer) {
        let upgrade = StatusCode::Code(101);
        if responses.responses.contains_key(&upgrade) && !responses.responses.keys().any(is_success) {
            self.diagnostics.report(
                Code::UnsupportedUpgrade,
                &at.child(upgrade.to_string()),
                "The connection is to become one of another protocol, which this client does not speak.",
                "Leave the operation out, by `exclude` under [operations] in codegen.toml.",
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
            let asked = media_type::essence(name);
            bodies.push(ReplyBody {
                media_type: spoken(&asked, &content).to_owned(),
                content: content.clone(),
                example: self.example_of(media_type, &at),
            });
            if usual.as_ref().is_none_or(|usual| *usual == content) {
                usual = Some(content);
                if !gathered.accept.contains(&asked) {
                    gathered.accept.push(asked);
                }
            } else if gathered.others.iter().all(|other| other.media_type != asked) {
                gathered.others.push(OtherAnswer {
                    name: media_type::name(name),
                    media_type: asked,
                    content,
                });
            }
        }
        if gathered.reply.as_ref().is_none_or(|reply| reply.bodies.is_empty() && !bodies.is_empty()) {
            gathered.reply = Some(Reply { status: code(&status), bodies });
        }
        let description = response.description.trim().to_owned();
        gathered.answers.push(StatusAnswer { status, description, content: usual });
    }

    /// The first example that stands beside a schema.
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

    /// An answer that goes on and on. A schema of such a body is that of its items, or of a list of them.
    fn lower_stream(&mut self, content: &'a MediaType, at: &Pointer, site: Site, family: Family) -> Content {
        let ty = match content.schema {
            Some(_) => self.lower_media_type(content, at, site),
            None => Type::Json,
        };
        // A stream is always there, though it may end at once.
        let item = match ty.without_null() {
            Type::List(item) => item.without_null(),
            ty => ty,
        };
        match (family, item) {
            // The text of a whole body says nothing about its items.
            (Family::Events, Type::String) => Content::Events(None),
            (Family::Events, Type::Json) if content.schema.is_none() => Content::Events(None),
            (Family::Events, item @ (Type::Named(_) | Type::Object | Type::Any | Type::Json)) => {
                Content::Events(Some(item))
            }
            (_, item @ (Type::Named(_) | Type::Object | Type::Any | Type::Json)) => Content::Lines(item),
            (Family::Events, _) => Content::Events(Some(self.untyped(at, "it is no object, in a stream"))),
            _ => Content::Lines(self.untyped(at, "it is no object, in a stream")),
        }
    }

    fn lower_error(
        &mut self,
        status: String,
        response: &'a ReferenceOr<Response>,
        at: &Pointer,
        site: &dyn Fn(&str) -> Site,
    ) -> ErrorAnswer {
        let is_shared = matches!(response, ReferenceOr::Reference { .. });
        let Some((response, at)) = self.document.response(response, at) else {
            return ErrorAnswer { status, description: String::new(), ty: None };
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
        ErrorAnswer { status, description: response.description.trim().to_owned(), ty }
    }

    fn lower_error_body(&mut self, response: &'a Response, at: &Pointer, site: Site) -> Option<Type> {
        let mut content = response.content.iter();
        let json = content.find(|(name, _)| matches!(media_type::family(name), Family::Json | Family::Any));
        let (name, content) = json?;
        let at = at.child("content").child(name);
        let is_opaque = self.is_opaque(content, &at, media_type::family(name));
        // An error that is null says nothing; its body is there as it came.
        (!is_opaque).then(|| self.lower_media_type(content, &at, site).without_null())
    }
}

fn is_success(status: &StatusCode) -> bool {
    matches!(status, StatusCode::Code(200..=299) | StatusCode::Range(2))
}

/// Whether a status sends the client to another place: 304 says that it has everything already.
fn is_redirect_elsewhere(status: &StatusCode) -> bool {
    matches!(status, StatusCode::Code(300..=303 | 305..=399) | StatusCode::Range(3))
}

/// A status that stands for a key of responses.
fn code(status: &str) -> u16 {
    match status {
        "3XX" => 302,
        other => other.parse().unwrap_or(200),
    }
}

/// A media type that a server can say, where the document may have a range.
fn spoken<'m>(media_type: &'m str, content: &Content) -> &'m str {
    match content {
        _ if !media_type::is_range(media_type) => media_type,
        Content::Json(_) => "application/json",
        Content::Events(_) => "text/event-stream",
        Content::Lines(_) => "application/x-ndjson",
        Content::Text | Content::TextOrJson => "text/plain",
        Content::Bytes => "application/octet-stream",
    }
}

/// The simplest that covers every success of an operation.
fn success(answers: Vec<StatusAnswer>) -> Success {
    let mut contents: Vec<&Content> = Vec::new();
    for content in answers.iter().filter_map(|answer| answer.content.as_ref()) {
        if !contents.contains(&content) {
            contents.push(content);
        }
    }
    let may_be_empty = answers.iter().any(|answer| answer.content.is_none());
    match contents.as_slice() {
        [] => Success::Empty,
        // Null and nothing say the same.
        [Content::Json(ty)] if may_be_empty => Success::Optional(ty.clone().without_null()),
        // A text or a file may have no bytes.
        [only] => Success::Always((*only).clone()),
        _ => Success::ByStatus(answers.into_iter().map(StatusAnswer::whole).collect()),
    }
}

impl StatusAnswer {
    /// Whether a body is read item by item has to be known before its status is.
    fn whole(mut self) -> Self {
        if matches!(self.content, Some(Content::Events(_) | Content::Lines(_))) {
            self.content = Some(Content::Bytes);
        }
        self
    }
}
