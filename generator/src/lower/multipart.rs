//! Bodies of several parts: what each part holds, and what `encoding` says of it.
//!
//! What a part is comes from its schema, unless `encoding` says otherwise: a media type, or a style as for a parameter,
//! in which case the media type counts for nothing (OpenAPI 3.1, section 4.8.15).

use indexmap::IndexMap;
use openapiv3::{Encoding, MediaType, ReferenceOr, Schema};

use super::Lower;
use super::body::is_binary;
use super::encoding;
use super::keywords::Keywords;
use super::media_type::{self, Family};
use super::schema::Site;
use crate::diagnostics::{Code, Pointer};
use crate::ir::{Docs, Multipart, Part, PartKind, Type};

/// The parts of a `multipart/form-data` body as the document describes them.
#[derive(Default)]
struct Properties<'a> {
    schemas: IndexMap<&'a str, (&'a ReferenceOr<Box<Schema>>, Pointer)>,
    required: Vec<&'a str>,
}

impl<'a> Lower<'a, '_> {
    pub(super) fn lower_multipart(
        &mut self,
        content: &'a MediaType,
        at: &Pointer,
        site: &dyn Fn(&str) -> Site,
        place: &str,
    ) -> Multipart {
        let Some(schema) = &content.schema else { return Multipart::Of(Type::Object) };
        let schema_at = at.child("schema");
        let properties = match self.document.schema(schema, &schema_at) {
            Some((schema, at)) => self.plain_properties(schema, &at),
            None => None,
        };
        let Some(Properties { schemas, required }) = properties else {
            self.report_encodings(content, at, "the parts are for the caller to add");
            return Multipart::Of(self.lower_schema_or_reference(schema, &schema_at, site(place)).ty);
        };
        self.report_strangers(content, at, |name| schemas.contains_key(name));
        let parts = schemas.into_iter().map(|(name, (schema, schema_at))| {
            let site = |inner: &str| site(format!("{place} {name} {inner}").trim_end());
            let encoding = content.encoding.get(name);
            let encoding_at = at.child("encoding").child(name);
            Part {
                name: name.to_owned(),
                docs: self.docs_of_part(schema, &schema_at),
                required: required.contains(&name),
                kind: self.lower_part(schema, &schema_at, site(""), encoding, &encoding_at),
                headers: encoding
                    .map(|encoding| self.lower_part_headers(encoding, &encoding_at, &site))
                    .unwrap_or_default(),
            }
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

    /// What a part holds.
    fn lower_part(
        &mut self,
        schema: &'a ReferenceOr<Box<Schema>>,
        at: &Pointer,
        site: Site,
        encoding: Option<&Encoding>,
        encoding_at: &Pointer,
    ) -> PartKind {
        // OpenAPI 3.0.3, section 4.7.15.1: several media types may be listed, and then the caller chooses.
        let listed = encoding.and_then(|encoding| encoding.content_type.as_deref());
        if let Some(several) = self.file(schema, at, listed) {
            let one = listed.filter(|it| !media_type::is_range(it) && !it.contains(','));
            return PartKind::File { several, media_type: one.map(str::to_owned) };
        }
        if let Some(style) = encoding.and_then(encoding::style) {
            let ty = self.lower_boxed(schema, at, site).ty;
            return match self.is_scalar(&ty) {
                // It has one spelling in every style.
                true => PartKind::Text { ty, media_type: None },
                false => PartKind::Styled { ty, style },
            };
        }
        let media_type = listed.and_then(media_type::of_text);
        match media_type.map(|media_type| (media_type, media_type::family(media_type))) {
            Some((media_type, Family::Json)) => {
                let ty = self.lower_boxed(schema, at, site).ty;
                PartKind::Json { ty, media_type: unless(media_type, "application/json") }
            }
            Some((media_type, family)) if self.has_members(schema, at) => {
                self.report_opaque_part(media_type, &encoding_at.child("contentType"));
                match family {
                    Family::Text | Family::Markup => {
                        PartKind::Text { ty: Type::String, media_type: Some(media_type.to_owned()) }
                    }
                    _ => PartKind::File { several: false, media_type: Some(media_type.to_owned()) },
                }
            }
            // What is no scalar becomes JSON on the way, item by item.
            other => {
                let ty = self.lower_boxed(schema, at, site).ty;
                PartKind::Text { ty, media_type: other.and_then(|(it, _)| unless(it, "text/plain")) }
            }
        }
    }

    fn docs_of_part(&self, schema: &'a ReferenceOr<Box<Schema>>, at: &Pointer) -> Docs {
        match schema {
            ReferenceOr::Item(schema) => {
                let docs = self.docs(&Keywords::of(schema), at);
                // Limits of a part are not what its documentation is about: most parts are files.
                Docs { expectations: Vec::new(), ..docs }
            }
            ReferenceOr::Reference { .. } => Docs { pointer: at.clone(), ..Docs::default() },
        }
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

    /// Whether a schema is no scalar and no list of scalars, and so needs an encoder.
    fn has_members(&self, schema: &'a ReferenceOr<Box<Schema>>, at: &Pointer) -> bool {
        let Some((schema, at)) = self.document.boxed_schema(schema, at) else { return false };
        let parts = self.parts(schema, &at);
        let items = parts.iter().find_map(|part| part.keywords.items);
        let is_object =
            parts.iter().any(|part| part.keywords.is_object() || !part.keywords.alternatives().is_empty());
        is_object || items.is_some_and(|items| self.has_members(items, &at.child("items")))
    }

    fn report_opaque_part(&mut self, media_type: &str, at: &Pointer) {
        self.diagnostics.report(
            Code::UnsupportedBody,
            at,
            format!(
                "The caller encodes the part: there are no types for {}.",
                media_type::essence(media_type)
            ),
            "Nothing is lost on the wire; to get a type, let the part be `application/json`.",
        );
    }
}

/// A media type, unless it is what is sent anyhow.
fn unless(media_type: &str, usual: &str) -> Option<String> {
    (media_type != usual).then(|| media_type.to_owned())
}
