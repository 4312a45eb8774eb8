//! Request bodies: one variant for each media type that the document offers.

use openapiv3::{AdditionalProperties, MediaType, ReferenceOr, RequestBody, Schema};

use super::media_type::{self, Family};
use super::schema::Site;
use super::{Lower, operation::text};
use crate::classify::Keywords;
use crate::diagnostics::{Code, Pointer};
use crate::ir::{Body, BodyContent, BodyKind, Docs, Type};

impl<'a> Lower<'a, '_> {
    pub(super) fn lower_body(
        &mut self,
        body: &'a ReferenceOr<RequestBody>,
        at: &Pointer,
        site: &dyn Fn(&str) -> Site,
    ) -> Option<Body> {
        let (body, at) = self.document.request_body(body, at)?;
        let content_at = at.child("content");
        let mut media_types: Vec<(&'a str, &'a MediaType)> =
            body.content.iter().map(|(name, content)| (name.as_str(), content)).collect();
        // Callers mostly send JSON, and plain JSON rather than a patch. Other media types keep the document's
        // order.
        media_types.sort_by_key(|(name, _)| (!media_type::is_plain_json(name), !media_type::is_json(name)));
        let mut contents: Vec<BodyContent> = Vec::new();
        let mut typed: Vec<(&MediaType, Type)> = Vec::new();
        for (name, media_type) in media_types {
            let place = match contents.is_empty() {
                true => "request".to_owned(),
                false => format!("{} request", media_type::name(name)),
            };
            let known = typed.iter().find(|(known, _)| known.schema == media_type.schema);
            let known = known.map(|(_, ty)| ty.clone());
            let content = self.lower_content(name, media_type, &content_at.child(name), site, &place, known);
            if let BodyKind::Json(ty) | BodyKind::Form { ty, .. } = &content.kind {
                typed.push((media_type, ty.clone()));
            }
            add_content(&mut contents, content);
        }
        let is_always_empty = |name: &String, content: &MediaType| {
            content
                .schema
                .as_ref()
                .is_some_and(|schema| self.is_always_empty(schema, &content_at.child(name)))
        };
        if !body.required && body.content.iter().all(|(name, content)| is_always_empty(name, content)) {
            return None;
        }
        let docs = Docs { text: text(body.description.as_ref()), pointer: at, ..Docs::default() };
        Some(Body { contents, required: body.required, docs })
    }

    fn lower_content(
        &mut self,
        name: &str,
        content: &'a MediaType,
        at: &Pointer,
        site: &dyn Fn(&str) -> Site,
        place: &str,
        known: Option<Type>,
    ) -> BodyContent {
        let family = media_type::family(name);
        if !matches!(family, Family::Multipart | Family::Form) {
            self.report_encodings(content, at, "the media type has no parts and no fields");
        }
        let kind = match family {
            Family::Multipart => BodyKind::Multipart(self.lower_multipart(content, at, site, place)),
            Family::Text | Family::Bytes | Family::Events | Family::Lines => text_or_bytes(family),
            _ if family != Family::Form && self.is_opaque(content, at, family) => BodyKind::Bytes,
            Family::Markup => {
                self.report_markup(name, at, "sent");
                BodyKind::Text
            }
            _ => match known.unwrap_or_else(|| self.lower_media_type(content, at, site(place))) {
                // Forms cannot encode null.
                ty if family == Family::Form => match ty.without_null() {
                    // The caller has encoded the form.
                    Type::String => BodyKind::Text,
                    ty => BodyKind::Form { ty, styles: self.styles_of_fields(content, at) },
                },
                // `*/*` accepts plain text, so a string needs no JSON quotes.
                Type::String if media_type::is_anything(name) => BodyKind::Text,
                ty => BodyKind::Json(ty),
            },
        };
        let media_type = match (&kind, family) {
            (BodyKind::Json(_), Family::Any) => Some("application/json".to_owned()),
            (BodyKind::Text, Family::Any) => Some("text/plain".to_owned()),
            _ if media_type::is_range(name) => None,
            _ => Some(name.to_owned()),
        };
        BodyContent { name: media_type::name(name), media_type, kind }
    }

    /// Returns true if the only body that the document allows is an empty object. Protobuf messages are
    /// closed, although an object schema without `additionalProperties` is open in JSON Schema.
    fn is_always_empty(&self, schema: &'a ReferenceOr<Schema>, at: &Pointer) -> bool {
        let is_message = self.config.protojson && matches!(schema, ReferenceOr::Reference { .. });
        let Some((schema, _)) = self.document.schema(schema, &at.child("schema")) else { return false };
        let keywords = Keywords::of(schema);
        let is_closed = match keywords.additional_properties {
            Some(AdditionalProperties::Any(is_open)) => !is_open,
            Some(AdditionalProperties::Schema(_)) => false,
            None => is_message,
        };
        let is_plain = keywords.alternatives().is_empty() && keywords.all_of.is_empty();
        keywords.ty == Some("object") && keywords.properties.is_empty() && is_plain && is_closed
    }

    /// Returns true if the schema says that the body is binary, or if neither schema nor media type says
    /// anything.
    pub(super) fn is_opaque(&self, content: &MediaType, at: &Pointer, family: Family) -> bool {
        let Some(schema) = &content.schema else { return family == Family::Any };
        let Some((schema, _)) = self.document.schema(schema, &at.child("schema")) else { return false };
        let keywords = Keywords::of(schema);
        is_binary(&keywords) || (family == Family::Any && keywords.is_anything())
    }

    /// Reports a body in XML or YAML, which have no types here.
    pub(super) fn report_markup(&mut self, name: &str, at: &Pointer, verb: &str) {
        self.diagnostics.report(
            Code::UnsupportedBody,
            at,
            format!("`{}` has no Rust types, so the body is {verb} as text", media_type::essence(name)),
            "offer the body as `application/json` as well",
        );
    }

    /// Returns the type of a JSON body, which may be nullable.
    pub(super) fn lower_media_type(&mut self, content: &'a MediaType, at: &Pointer, site: Site) -> Type {
        match &content.schema {
            Some(schema) => {
                let lowered = self.lower_schema_or_reference(schema, &at.child("schema"), site);
                self.element(lowered)
            }
            None => Type::Json,
        }
    }
}

/// Adds a variant of the body, unless it cannot be distinguished from a known one.
fn add_content(contents: &mut Vec<BodyContent>, content: BodyContent) {
    let media_type = content.media_type.as_deref();
    // Another name for plain JSON adds nothing; a JSON patch with the same schema does.
    let adds_nothing = media_type.is_none_or(|it| media_type::is_plain_json(it) || media_type::is_range(it));
    let same = contents.iter_mut().find(|known| match (&known.kind, &content.kind) {
        (BodyKind::Json(ty_of_known), BodyKind::Json(ty)) => {
            ty_of_known == ty && (adds_nothing || known.media_type.as_deref() == media_type)
        }
        (BodyKind::Bytes, BodyKind::Bytes) => true,
        _ => false,
    });
    match same {
        // The caller names the media type of the bytes.
        Some(known) if matches!(known.kind, BodyKind::Bytes) => known.media_type = None,
        Some(_) => {}
        None => contents.push(content),
    }
}

fn text_or_bytes(family: Family) -> BodyKind {
    if family == Family::Text { BodyKind::Text } else { BodyKind::Bytes }
}

pub(super) fn is_binary(keywords: &Keywords<'_>) -> bool {
    keywords.ty == Some("string") && keywords.format.as_deref() == Some("binary")
}
