//! Request bodies: one variant for each media type that the document offers.

use openapiv3::{AdditionalProperties, MediaType, ReferenceOr, RequestBody, Schema};

use super::content::{is_opaque, lower_media_type, report_markup};
use super::media_type::{self, Family};
use super::{encoding, multipart};
use crate::classify::{self, Keywords};
use crate::diagnostics::Pointer;
use crate::ir::{Body, BodyContent, BodyKind, Docs, Type};
use crate::lower::context::Lower;
use crate::lower::schema::Site;
use crate::lower::text;

/// Lowers a request body, or returns `None` if it is always empty.
pub(super) fn lower_body<'a>(
    lower: &mut Lower<'a, '_>,
    body: &'a ReferenceOr<RequestBody>,
    at: &Pointer,
    site: &dyn Fn(&str) -> Site,
) -> Option<Body> {
    let (body, at) = lower.document.request_body(body, at)?;
    let content_at = at.child("content");
    let mut media_types: Vec<(&'a str, &'a MediaType)> =
        body.content.iter().map(|(name, content)| (name.as_str(), content)).collect();
    // Callers mostly send JSON, and plain JSON rather than a patch. Other media types keep the document's
    // order.
    media_types.sort_by_key(|(name, _)| (!media_type::is_plain_json(name), !media_type::is_json(name)));
    let names: Vec<&str> = media_types.iter().map(|(name, _)| *name).collect();
    let has_json = media_types.iter().any(|(name, _)| media_type::is_json(name));
    let mut contents: Vec<BodyContent> = Vec::new();
    let mut typed: Vec<(&MediaType, Type)> = Vec::new();
    for (name, media_type) in media_types {
        let place = match contents.is_empty() {
            true => "request".to_owned(),
            false => format!("{} request", media_type::name_among(name, names.iter().copied())),
        };
        let known = typed.iter().find(|(known, _)| known.schema == media_type.schema);
        let known = known.map(|(_, ty)| ty.clone());
        let at = content_at.child(name);
        let mut content = lower_content(lower, name, media_type, &at, site, &place, known);
        content.name = media_type::name_among(name, names.iter().copied());
        let is_markup = media_type::family(name) == Family::Markup && matches!(content.kind, BodyKind::Text);
        if is_markup && !has_json {
            report_markup(name, &at, "sent", lower.diagnostics);
        }
        if let BodyKind::Json(ty) | BodyKind::Form { ty, .. } = &content.kind {
            typed.push((media_type, ty.clone()));
        }
        add_content(&mut contents, content);
    }
    let is_always_empty = |name: &String, content: &MediaType| {
        content.schema.as_ref().is_some_and(|schema| is_always_empty(lower, schema, &content_at.child(name)))
    };
    if body.content.is_empty() {
        // The document allows a body and does not describe it.
        contents.push(BodyContent {
            name: "bytes".to_owned(),
            media_type: None,
            kind: BodyKind::Bytes,
            constraints: Vec::new(),
        });
    } else if !body.required && body.content.iter().all(|(name, content)| is_always_empty(name, content)) {
        return None;
    }
    let docs = Docs { text: text::trimmed(body.description.as_ref()), pointer: at, ..Docs::default() };
    Some(Body { contents, required: body.required, docs })
}

fn lower_content<'a>(
    lower: &mut Lower<'a, '_>,
    name: &str,
    content: &'a MediaType,
    at: &Pointer,
    site: &dyn Fn(&str) -> Site,
    place: &str,
    known: Option<Type>,
) -> BodyContent {
    let family = media_type::family(name);
    if !matches!(family, Family::Multipart | Family::Form) {
        encoding::report_encodings(
            lower.diagnostics,
            content,
            at,
            "the media type has no parts and no fields",
        );
    }
    let kind = match family {
        Family::Multipart => BodyKind::Multipart(multipart::lower_multipart(lower, content, at, site, place)),
        Family::Text | Family::Bytes | Family::Events | Family::Lines => text_or_bytes(family),
        _ if family != Family::Form && is_opaque(lower.document, content, at, family) => BodyKind::Bytes,
        Family::Markup => BodyKind::Text,
        _ => match known.unwrap_or_else(|| lower_media_type(lower, content, at, site(place))) {
            // Forms cannot encode null.
            ty if family == Family::Form => match ty.without_null() {
                // The caller has encoded the form.
                Type::String => BodyKind::Text,
                ty => BodyKind::Form { ty, styles: encoding::styles_of_fields(lower, content, at) },
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
    let constraints = content.schema.as_ref().map(|schema| classify::constraints_of(lower.schemas, schema));
    BodyContent {
        name: media_type::name(name),
        media_type,
        kind,
        constraints: constraints.unwrap_or_default(),
    }
}

/// Returns true if the only body that the document allows is an empty object. Protobuf messages are
/// closed, although an object schema without `additionalProperties` is open in JSON Schema.
fn is_always_empty<'a>(lower: &Lower<'a, '_>, schema: &'a ReferenceOr<Schema>, at: &Pointer) -> bool {
    let is_message = lower.config.protojson && matches!(schema, ReferenceOr::Reference { .. });
    let Some((schema, _)) = lower.document.schema(schema, &at.child("schema")) else { return false };
    let keywords = Keywords::of(schema);
    let is_closed = match keywords.additional_properties {
        Some(AdditionalProperties::Any(is_open)) => !is_open,
        Some(AdditionalProperties::Schema(_)) => false,
        None => is_message,
    };
    let is_plain = keywords.alternatives().is_empty() && keywords.all_of.is_empty();
    keywords.ty == Some("object") && keywords.properties.is_empty() && is_plain && is_closed
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
