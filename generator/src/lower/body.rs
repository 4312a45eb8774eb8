//! What a request carries: one way to send it for each media type that the document offers.

use indexmap::IndexMap;
use openapiv3::{Encoding, MediaType, ReferenceOr, RequestBody, Schema};

use super::keywords::Keywords;
use super::media_type::{self, Family};
use super::parameter::style_of_field;
use super::schema::Site;
use super::{Lower, operation::text};
use crate::diagnostics::{Code, Pointer};
use crate::ir::{Body, BodyContent, BodyKind, Docs, Multipart, Part, PartKind, Type};

/// The parts of a `multipart/form-data` body as the document describes them.
#[derive(Default)]
struct Properties<'a> {
    schemas: IndexMap<&'a str, (&'a ReferenceOr<Box<Schema>>, Pointer)>,
    required: Vec<&'a str>,
}

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
        // What a caller has at hand is JSON; the rest keeps the document's order.
        media_types.sort_by_key(|(name, _)| !media_type::is_json(name));
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
            add(&mut contents, content);
        }
        if contents.is_empty() {
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
        let kind = match family {
            Family::Multipart => BodyKind::Multipart(self.lower_multipart(content, at, site, place)),
            Family::Text | Family::Bytes | Family::Events | Family::Lines => plain(family),
            _ if family != Family::Form && self.is_opaque(content, at, family) => BodyKind::Bytes,
            Family::Markup => {
                self.report_markup(name, at, "sent");
                BodyKind::Text
            }
            _ => match known.unwrap_or_else(|| self.lower_media_type(content, at, site(place))) {
                // Somebody else has encoded it.
                Type::String if family == Family::Form => BodyKind::Text,
                ty if family == Family::Form => BodyKind::Form { ty, styles: styles(&content.encoding) },
                ty => BodyKind::Json(ty),
            },
        };
        let media_type = match (&kind, family) {
            (BodyKind::Json(_), Family::Any) => Some("application/json".to_owned()),
            _ if media_type::is_range(name) => None,
            _ => Some(name.to_owned()),
        };
        BodyContent { name: media_type::name(name), media_type, kind }
    }

    /// Whether the schema of a body says that it is bytes, or says nothing where the media type does not either.
    pub(super) fn is_opaque(&self, content: &MediaType, at: &Pointer, family: Family) -> bool {
        let Some(schema) = &content.schema else { return family == Family::Any };
        let Some((schema, _)) = self.document.schema(schema, &at.child("schema")) else { return false };
        let keywords = Keywords::of(schema);
        is_binary(&keywords) || (family == Family::Any && keywords.is_anything())
    }

    /// XML and YAML have a structure that no type here describes.
    pub(super) fn report_markup(&mut self, name: &str, at: &Pointer, verb: &str) {
        self.diagnostics.report(
            Code::UnsupportedBody,
            at,
            format!("The body is {verb} as text: there are no types for {}.", media_type::essence(name)),
            "Nothing is lost on the wire; to get a type, offer the body as `application/json` as well.",
        );
    }

    fn lower_multipart(
        &mut self,
        content: &'a MediaType,
        at: &Pointer,
        site: &dyn Fn(&str) -> Site,
        place: &str,
    ) -> Multipart {
        let Some(schema) = &content.schema else { return Multipart::Of(Type::Object) };
        let at = at.child("schema");
        let properties = match self.document.schema(schema, &at) {
            Some((schema, at)) => self.plain_properties(schema, &at),
            None => None,
        };
        let Some(Properties { schemas, required }) = properties else {
            return Multipart::Of(self.lower_schema_or_reference(schema, &at, site(place)).ty);
        };
        let parts = schemas.into_iter().map(|(name, (schema, at))| {
            let site = site(&format!("{place} {name}"));
            let encoding = content.encoding.get(name);
            self.lower_part(name, schema, &at, site, encoding, required.contains(&name))
        });
        Multipart::Parts(parts.collect())
    }

    /// The properties of an object and of all that it combines; none if there are alternatives among that.
    fn plain_properties(&self, schema: &'a Schema, at: &Pointer) -> Option<Properties<'a>> {
        let mut properties = Properties::default();
        for part in self.parts(schema, at) {
            if !part.keywords.alternatives().is_empty() {
                return None;
            }
            let at = part.at.child("properties");
            let own = part.keywords.properties.iter();
            properties.schemas.extend(own.map(|(name, schema)| (name.as_str(), (schema, at.child(name)))));
            properties.required.extend(part.keywords.required.iter().map(String::as_str));
        }
        Some(properties).filter(|properties| !properties.schemas.is_empty())
    }

    fn lower_part(
        &mut self,
        name: &str,
        schema: &'a ReferenceOr<Box<Schema>>,
        at: &Pointer,
        site: Site,
        encoding: Option<&Encoding>,
        required: bool,
    ) -> Part {
        // OpenAPI 3.0.3, section 4.7.15.1: several media types may be listed, and then the caller chooses.
        let media_type = encoding.and_then(|encoding| encoding.content_type.as_deref());
        let several = self.file(schema, at, media_type);
        let kind = match several {
            Some(several) => {
                let one = media_type.filter(|it| !media_type::is_range(it) && !it.contains(','));
                PartKind::File { several, media_type: one.map(str::to_owned) }
            }
            None => {
                let ty = self.lower_boxed(schema, at, site).ty;
                match media_type {
                    Some(media_type) if media_type::is_json(media_type) => PartKind::Json(ty),
                    // What is no scalar becomes JSON on the way, item by item.
                    _ => PartKind::Text(ty),
                }
            }
        };
        let mut docs = match schema {
            ReferenceOr::Item(schema) => self.docs_of_property(schema, at),
            ReferenceOr::Reference { reference } => self.docs_behind(reference, at),
        };
        // What a schema says of text says nothing of a file.
        if matches!(kind, PartKind::File { .. }) {
            docs.expectations.clear();
        }
        Part { name: name.to_owned(), docs, required, kind }
    }

    /// Whether a part is a file, and then whether there may be several.
    fn file(
        &self,
        schema: &'a ReferenceOr<Box<Schema>>,
        at: &Pointer,
        media_type: Option<&str>,
    ) -> Option<bool> {
        let (schema, _) = self.document.boxed_schema(schema, at)?;
        let keywords = Keywords::of(schema);
        let says_bytes = media_type.is_some_and(|media_type| {
            let mut families = media_type.split(',').map(media_type::family);
            families.all(|family| matches!(family, Family::Bytes | Family::Any))
        });
        let is_file = |keywords: &Keywords<'_>| {
            let is_text =
                keywords.ty == Some("string") && keywords.format.is_none() && keywords.values.is_empty();
            is_binary(keywords)
                || (says_bytes && (is_text || keywords.is_anything()))
                || (media_type.is_none() && keywords.is_anything())
        };
        if is_file(&keywords) {
            return Some(false);
        }
        let (items, _) = self.document.boxed_schema(keywords.items?, &at.child("items"))?;
        is_file(&Keywords::of(items)).then_some(true)
    }

    pub(super) fn lower_media_type(&mut self, content: &'a MediaType, at: &Pointer, site: Site) -> Type {
        match &content.schema {
            Some(schema) => self.lower_schema_or_reference(schema, &at.child("schema"), site).ty,
            None => Type::Json,
        }
    }
}

/// Adds a form that a body may have, unless a caller could not tell it from one that is there.
fn add(contents: &mut Vec<BodyContent>, content: BodyContent) {
    let same = contents.iter_mut().find(|known| match (&known.kind, &content.kind) {
        (BodyKind::Json(known), BodyKind::Json(ty)) => known == ty,
        (BodyKind::Bytes, BodyKind::Bytes) => true,
        _ => false,
    });
    match same {
        // Bytes of any of these types: the caller says which.
        Some(known) if matches!(known.kind, BodyKind::Bytes) => known.media_type = None,
        Some(_) => {}
        None => contents.push(content),
    }
}

fn plain(family: Family) -> BodyKind {
    if family == Family::Text { BodyKind::Text } else { BodyKind::Bytes }
}

fn is_binary(keywords: &Keywords<'_>) -> bool {
    keywords.ty == Some("string") && keywords.format.as_deref() == Some("binary")
}

fn styles(encoding: &IndexMap<String, Encoding>) -> Vec<(String, crate::ir::Style)> {
    encoding.iter().filter_map(|(name, encoding)| Some((name.clone(), style_of_field(encoding)?))).collect()
}
