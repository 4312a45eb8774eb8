//! Responses of the new server that an old client may not decode.
//!
//! A client decodes every successful status by the same type, unless the old document has several. Imports `ir`,
//! `diagnostics` and `rules`.

use std::collections::HashMap;

use super::comparison::{Comparison, Node, Pair};
use super::place::{Place, Subject, list};
use super::view::View;
use super::{WireChangeKind as Kind, WireDirection, WireSeverity as Severity};
use crate::ir::{Content, DocumentedResponse, Operation, Success, Type};
use crate::rules::media_type;

const RESPONSE: WireDirection = WireDirection::Response;

/// The nodes of an operation that responses belong to.
#[derive(Clone, Copy)]
pub(super) struct Nodes {
    pub(super) successes: Node,
    /// Error bodies and headers, which callers decode on demand.
    pub(super) extras: Node,
}

/// Compares the responses of an operation.
pub(super) fn compare<'a>(
    comparison: &mut Comparison<'a>,
    nodes: Nodes,
    old: &'a Operation,
    new: &'a Operation,
) {
    let mut responses = Responses { comparison, nodes, old, new };
    responses.statuses();
    responses.bodies();
    responses.media_types();
    responses.headers();
    responses.errors();
}

struct Responses<'c, 'a> {
    comparison: &'c mut Comparison<'a>,
    nodes: Nodes,
    old: &'a Operation,
    new: &'a Operation,
}

/// The body that an old client decodes.
enum Expected<'a> {
    Content(&'a Content),
    /// JSON, or nothing.
    Optional(&'a Type),
}

impl<'a> Responses<'_, 'a> {
    fn report(&mut self, kind: Kind, severity: Severity, place: &Place, message: String) {
        self.comparison.report((self.nodes.successes, RESPONSE), (kind, severity), place, message);
    }

    fn place(&self, new: &DocumentedResponse) -> Place {
        let old = self.old.documented_responses.iter().find(|old| old.status == new.status);
        let old =
            old.map_or_else(|| self.old.docs.pointer.child("responses"), |old| old.docs.pointer.clone());
        let name = "the response body".to_owned();
        Place { subject: Subject::Body, name, old, new: new.docs.pointer.clone() }
    }

    fn statuses(&mut self) {
        let (old, new) = (&self.old.documented_responses, &self.new.documented_responses);
        let missing = |of: &'a [DocumentedResponse], from: &'a [DocumentedResponse]| -> Vec<&'a str> {
            let statuses = of.iter().map(|response| response.status.as_str());
            statuses.filter(|status| !from.iter().any(|it| covers(&it.status, status))).collect()
        };
        let (removed, added) = (missing(old, new), missing(new, old));
        let is_by_status = matches!(self.old.success, Success::ByStatus(_));
        let place = Place {
            subject: Subject::Body,
            name: String::new(),
            old: self.old.docs.pointer.child("responses"),
            new: self.new.docs.pointer.child("responses"),
        };
        let added_words = list(added.iter().copied());
        if !removed.is_empty() {
            let severity = if is_by_status { Severity::Warning } else { Severity::Note };
            let removed = list(removed.iter().copied());
            let message = match added.is_empty() {
                true => format!("the successful status {removed} was removed"),
                false => format!("the successful status {removed} became {added_words}"),
            };
            self.report(Kind::ResponseSuccessStatusRemoved, severity, &place, message);
        } else if is_by_status && !added.is_empty() {
            let message = format!("the successful status {added_words} is unknown to old clients");
            self.report(Kind::ResponseSuccessStatusAdded, Severity::Note, &place, message);
        }
    }

    /// Returns what an old client decodes from a response with a status.
    fn expected(&self, status: &str) -> Option<Expected<'a>> {
        match &self.old.success {
            Success::Empty => None,
            Success::Always(content) => Some(Expected::Content(content)),
            Success::Optional(ty) => Some(Expected::Optional(ty)),
            Success::ByStatus(all) => {
                let exact = all.iter().find(|response| response.status == status);
                let found = exact.or_else(|| all.iter().find(|response| response.code().is_none()));
                found.and_then(|response| response.content.as_ref()).map(Expected::Content)
            }
        }
    }

    fn bodies(&mut self) {
        let accepted = self.old.accept.as_deref().unwrap_or("application/json");
        for response in &self.new.documented_responses {
            let Some(expected) = self.expected(&response.status) else { continue };
            let place = self.place(response);
            if response.contents.is_empty() {
                self.without_body(&expected, &response.status, &place);
                continue;
            }
            let mut usable =
                response.contents.iter().filter(|(name, _)| is_accepted(accepted, name)).peekable();
            if usable.peek().is_none() {
                let names = list(response.contents.iter().map(|(name, _)| name.as_str()));
                let message = format!("old clients accept `{accepted}`, but the response is {names}");
                self.report(Kind::ResponseMediaTypeRemoved, Severity::Error, &place, message);
                continue;
            }
            let usable: Vec<&'a Content> = usable
                .filter(|(name, _)| self.decodes(&expected, &response.status, name))
                .map(|(_, content)| content)
                .collect();
            for content in usable {
                match expected {
                    Expected::Content(expected) => self.content(expected, content, &place),
                    Expected::Optional(ty) => match content {
                        Content::Json(new) => self.visit(ty, new, &place),
                        _ => self.another_type(&place),
                    },
                }
            }
        }
    }

    /// Returns false if the old document has another type for the media type, which callers request explicitly.
    fn decodes(&self, expected: &Expected<'_>, status: &str, media_type: &str) -> bool {
        let is_same =
            |(known, _): &&(String, Content)| media_type::is(known, media_type::essence(media_type));
        let all = &self.old.documented_responses;
        let of_status = all.iter().filter(|response| response.status == status);
        let known: Vec<&Content> = of_status
            .chain(all)
            .flat_map(|response| response.contents.iter().filter(is_same))
            .map(|(_, content)| content)
            .collect();
        let is_expected = |content: &&Content| match (expected, content) {
            (Expected::Content(expected), content) => expected == content,
            (Expected::Optional(expected), Content::Json(ty)) => ty.clone().without_null() == **expected,
            (Expected::Optional(_), _) => false,
        };
        known.is_empty() || known.iter().any(is_expected)
    }

    /// Handles a response without a body.
    fn without_body(&mut self, expected: &Expected<'a>, status: &str, place: &Place) {
        let Expected::Content(Content::Json(ty)) = expected else { return };
        let has_no_content = matches!(status, "204" | "205");
        let takes_null =
            matches!(View::of(self.comparison.old, ty), View::Anything | View::Nullable(_) | View::Union(_));
        if !(has_no_content && takes_null) {
            let message = format!("the response {status} has no body, but old clients decode one");
            self.report(Kind::ResponseBodyRemoved, Severity::Error, place, message);
        }
    }

    fn content(&mut self, old: &'a Content, new: &'a Content, place: &Place) {
        match (old, new) {
            (Content::Bytes | Content::Text | Content::TextOrJson | Content::Events(None), _) => {}
            (Content::Json(old), Content::Json(new))
            | (Content::Lines(old), Content::Lines(new))
            | (Content::Events(Some(old)), Content::Events(Some(new))) => self.visit(old, new, place),
            _ => self.another_type(place),
        }
    }

    fn another_type(&mut self, place: &Place) {
        let message = "the response body has another type".to_owned();
        self.report(Kind::ResponseBodyTypeChanged, Severity::Error, place, message);
    }

    fn visit(&mut self, old: &'a Type, new: &'a Type, place: &Place) {
        self.comparison.visit(self.nodes.successes, Pair { old, new, direction: RESPONSE }, place.clone());
    }

    /// Compares the media types that callers choose.
    fn media_types(&mut self) {
        for other in &self.old.other_responses {
            let mut all = self.new.documented_responses.iter().flat_map(|response| {
                response.contents.iter().map(move |(name, content)| (response, name, content))
            });
            let found = all.find(|(_, name, _)| media_type::is(name, media_type::essence(&other.media_type)));
            match found {
                Some((response, _, content)) => {
                    let place = self.place(response);
                    self.content(&other.content, content, &place);
                }
                None if self.new.documented_responses.is_empty() => {}
                None => {
                    let place = Place {
                        subject: Subject::Body,
                        name: String::new(),
                        old: self.old.docs.pointer.child("responses"),
                        new: self.new.docs.pointer.child("responses"),
                    };
                    let message =
                        format!("the media type `{}` of the response was removed", other.media_type);
                    self.report(Kind::ResponseMediaTypeRemoved, Severity::Error, &place, message);
                }
            }
        }
    }

    fn headers(&mut self) {
        let new: HashMap<String, _> =
            self.new.headers.iter().map(|header| (header.name.to_ascii_lowercase(), header)).collect();
        for old in &self.old.headers {
            let name = format!("the response header `{}`", old.name);
            let place = |new| Place {
                subject: Subject::Header,
                name: name.clone(),
                old: old.docs.pointer.clone(),
                new,
            };
            match new.get(&old.name.to_ascii_lowercase()) {
                Some(new) => {
                    let pair = Pair { old: &old.ty, new: &new.ty, direction: RESPONSE };
                    self.comparison.visit(self.nodes.extras, pair, place(new.docs.pointer.clone()));
                }
                None => {
                    let message = format!("{name} was removed, so old clients see no value");
                    let place = place(self.new.docs.pointer.child("responses"));
                    self.report(Kind::OptionalResponseHeaderRemoved, Severity::Warning, &place, message);
                }
            }
        }
    }

    fn errors(&mut self) {
        for old in &self.old.errors {
            let new = self.new.errors.iter().find(|new| new.status == old.status);
            let Some((old_type, new_type)) = old.ty.as_ref().zip(new.and_then(|new| new.ty.as_ref())) else {
                continue;
            };
            let at = |operation: &Operation| operation.docs.pointer.child("responses").child(&old.status);
            let place = Place {
                subject: Subject::Body,
                name: format!("the body of the error {}", old.status),
                old: at(self.old),
                new: at(self.new),
            };
            let pair = Pair { old: old_type, new: new_type, direction: RESPONSE };
            self.comparison.visit(self.nodes.extras, pair, place);
        }
    }
}

/// Returns true if a status of a document, such as `2XX`, includes another one, or the other way around.
fn covers(one: &str, other: &str) -> bool {
    let class = |status: &str| status.get(..1).map(str::to_owned);
    let is_range = |status: &str| status.ends_with("XX");
    one == other
        || one == "default"
        || other == "default"
        || ((is_range(one) || is_range(other)) && class(one) == class(other))
}

/// Returns true if the header `accept` of an old client allows a media type.
fn is_accepted(accept: &str, name: &str) -> bool {
    let name = media_type::essence(name);
    accept.split(',').map(media_type::essence).any(|accepted| {
        let (one, other) = (accepted.split_once('/'), name.split_once('/'));
        let fits = |accepted: &str, name: &str| {
            accepted == "*" || name == "*" || accepted.eq_ignore_ascii_case(name)
        };
        match (one, other) {
            (Some((ty, subtype)), Some((name_ty, name_subtype))) => {
                fits(ty, name_ty) && fits(subtype, name_subtype)
            }
            _ => accepted.eq_ignore_ascii_case(name),
        }
    })
}
