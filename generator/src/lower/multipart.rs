//! Multipart bodies: the parts and their `encoding`.
//!
//! The schema of a part decides how it is sent, unless `encoding` sets a media type or a style. With a style,
//! the media type is ignored (OpenAPI 3.1, section 4.8.15).

use std::collections::HashMap;

use indexmap::IndexMap;
use openapiv3::{Encoding, MediaType, ReferenceOr, Schema};

use super::Lower;
use super::body::is_binary;
use super::encoding;
use super::media_type::{self, Family};
use super::schema::Site;
use crate::classify::Choice;
use crate::classify::Keywords;
use crate::classify::without_boilerplate;
use crate::classify::{
    SchemaPart, choices_of, constraints, docs_of_property, docs_of_reference, match_rules_of,
    only_requires_properties, variant_name,
};
use crate::diagnostics::{Code, Pointer};
use crate::ir::{Multipart, MultipartForm, Part, PartKind, Type};

/// The properties of a `multipart/form-data` body.
#[derive(Default)]
struct FormProperties<'a> {
    schemas: IndexMap<&'a str, (&'a ReferenceOr<Box<Schema>>, Pointer)>,
    required: Vec<&'a str>,
}

/// The description of a body and its location.
struct BodySite<'a, 'p> {
    content: &'a MediaType,
    at: &'p Pointer,
    site: &'p dyn Fn(&str) -> Site,
    /// The name prefix of the types in it.
    name: &'p str,
}

impl<'a> Lower<'a, '_> {
    pub(super) fn lower_multipart(
        &mut self,
        content: &'a MediaType,
        at: &Pointer,
        site: &dyn Fn(&str) -> Site,
        name: &str,
    ) -> Multipart {
        let Some(written) = &content.schema else { return Multipart::AnyParts(Type::Object) };
        let schema_at = at.child("schema");
        let body_site = BodySite { content, at, site, name };
        let lowered = match self.document.schema(written, &schema_at) {
            Some((schema, at)) => self.lower_forms(self.parts(schema, &at).to_vec(), &body_site),
            None => None,
        };
        lowered.unwrap_or_else(|| {
            self.report_encodings(content, at, "the caller adds the parts");
            Multipart::AnyParts(self.lower_schema_or_reference(written, &schema_at, site(name)).ty)
        })
    }

    /// Lowers the parts of an object. With a union among the schema parts, each alternative becomes a form
    /// with its own and the shared parts.
    fn lower_forms(
        &mut self,
        mut schema_parts: Vec<SchemaPart<'a>>,
        body_site: &BodySite<'a, '_>,
    ) -> Option<Multipart> {
        let is_union = |part: &SchemaPart<'a>| {
            !part.keywords.alternatives().is_empty() && !only_requires_properties(self.schemas, part)
        };
        let Some(union) = schema_parts.iter().position(is_union) else {
            let properties = FormProperties::of(schema_parts.iter())?;
            self.report_unknown_encodings(body_site.content, body_site.at, |name| {
                properties.schemas.contains_key(name)
            });
            return Some(Multipart::Parts(self.lower_parts(properties, body_site, &mut HashMap::new())));
        };
        let union = schema_parts.remove(union);
        if schema_parts.iter().any(is_union) {
            return None;
        }
        let choices = choices_of(self.schemas, &union);
        let properties_of = |choice: &Choice<'a>| {
            let has_union = choice.parts.iter().any(is_union);
            let own = union.without_alternatives();
            FormProperties::of(schema_parts.iter().chain([&own]).chain(choice.parts.iter()))
                .filter(|_| !has_union)
        };
        let properties_of: Vec<FormProperties<'a>> =
            choices.iter().map(properties_of).collect::<Option<_>>()?;
        self.report_unknown_encodings(body_site.content, body_site.at, |name| {
            properties_of.iter().any(|properties| properties.schemas.contains_key(name))
        });
        let match_rules =
            match_rules_of(self.schemas, union.keywords.data.discriminator.as_ref(), &schema_parts, &choices);
        let mut known = HashMap::new();
        // Shared parts are lowered first, so that their types are not named after an alternative.
        let own = union.without_alternatives();
        if let Some(shared) = FormProperties::of(schema_parts.iter().chain([&own])) {
            self.lower_parts(shared, body_site, &mut known);
        }
        let forms =
            choices.iter().zip(match_rules).zip(properties_of).map(|((choice, match_rules), properties)| {
                let name = variant_name(self.schemas, choice, &match_rules, &choices).text;
                let of_form = format!("{} {name}", body_site.name);
                let parts =
                    self.lower_parts(properties, &BodySite { name: &of_form, ..*body_site }, &mut known);
                MultipartForm { name, docs: choice.docs(self.schemas), parts }
            });
        let mut forms: Vec<MultipartForm> = forms.collect();
        match forms.len() {
            0 => None,
            1 => forms.pop().map(|only| Multipart::Parts(only.parts)),
            _ => Some(Multipart::Alternatives(forms)),
        }
    }

    /// Lowers properties to parts. Parts that several forms share are lowered once.
    fn lower_parts(
        &mut self,
        FormProperties { schemas, required }: FormProperties<'a>,
        body_site: &BodySite<'a, '_>,
        known: &mut HashMap<Pointer, Part>,
    ) -> Vec<Part> {
        let mut parts = Vec::with_capacity(schemas.len());
        for (name, (schema, at)) in schemas {
            let required = required.contains(&name);
            let part = match known.get(&at) {
                Some(part) => Part { required, ..part.clone() },
                None => self.lower_part(name, (schema, &at), required, body_site),
            };
            known.insert(at, part.clone());
            parts.push(part);
        }
        parts
    }

    fn lower_part(
        &mut self,
        name: &str,
        (schema, at): (&'a ReferenceOr<Box<Schema>>, &Pointer),
        required: bool,
        body_site: &BodySite<'a, '_>,
    ) -> Part {
        let site = |inner: &str| (body_site.site)(format!("{} {name} {inner}", body_site.name).trim_end());
        let encoding = body_site.content.encoding.get(name);
        let encoding_at = body_site.at.child("encoding").child(name);
        let kind = self.lower_part_kind(schema, at, site(""), encoding, &encoding_at);
        let headers = encoding.map(|encoding| self.lower_part_headers(encoding, &encoding_at, &site));
        let mut docs = match schema {
            ReferenceOr::Item(schema) => docs_of_property(self.schemas, schema, at),
            ReferenceOr::Reference { reference } => {
                docs_of_reference(self.schemas, self.schemas.resolve(reference), at)
            }
        };
        // Constraints on strings do not apply to files.
        if matches!(kind, PartKind::File { .. }) {
            docs.constraints.clear();
        }
        docs.text = without_boilerplate(docs.text, name);
        let media_types = media_types(&kind, encoding);
        let name = name.to_owned();
        Part { name, docs, required, kind, media_types, headers: headers.unwrap_or_default() }
    }

    /// Returns the kind of a part.
    fn lower_part_kind(
        &mut self,
        schema: &'a ReferenceOr<Box<Schema>>,
        at: &Pointer,
        site: Site,
        encoding: Option<&Encoding>,
        encoding_at: &Pointer,
    ) -> PartKind {
        // `contentType` may list several media types, and the caller chooses (OpenAPI 3.0.3, section
        // 4.7.15.1).
        let listed = encoding.and_then(|encoding| encoding.content_type.as_deref());
        if let Some(several) = self.file_kind(schema, at, listed) {
            let one = listed.filter(|it| !media_type::is_range(it) && !it.contains(','));
            return PartKind::File { several, media_type: one.map(str::to_owned) };
        }
        if let Some(style) = encoding.and_then(encoding::style) {
            let ty = self.lower_boxed(schema, at, site).ty;
            return match self.is_scalar(&ty) {
                // A scalar is the same in every style.
                true => PartKind::Text { ty, media_type: None },
                false => PartKind::Styled { ty, style },
            };
        }
        if encoding.is_none() && self.may_be_file(schema, at) {
            return PartKind::TextOrFile;
        }
        let media_type = listed.and_then(media_type::of_text);
        match media_type.map(|media_type| (media_type, media_type::family(media_type))) {
            Some((media_type, Family::Json)) => {
                let ty = self.lower_boxed(schema, at, site).ty;
                PartKind::Json { ty, media_type: unless_default(media_type, "application/json") }
            }
            Some((media_type, family)) if self.needs_encoder(schema, at) => {
                self.report_opaque_part(media_type, &encoding_at.child("contentType"));
                match family {
                    Family::Text | Family::Markup => {
                        PartKind::Text { ty: Type::String, media_type: Some(media_type.to_owned()) }
                    }
                    _ => PartKind::File { several: false, media_type: Some(media_type.to_owned()) },
                }
            }
            // Values other than scalars are sent as JSON, item by item.
            other => {
                let ty = self.lower_boxed(schema, at, site).ty;
                PartKind::Text { ty, media_type: other.and_then(|(it, _)| unless_default(it, "text/plain")) }
            }
        }
    }

    /// Returns `Some` if a part is a file: true if it accepts several files.
    fn file_kind(
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

    /// Returns true if a part may be a file although its schema is a string without constraints. OpenAPI 2
    /// had a type for files, and some documents lost it when they were converted.
    fn may_be_file(&self, schema: &'a ReferenceOr<Box<Schema>>, at: &Pointer) -> bool {
        let Some((schema, _)) = self.document.boxed_schema(schema, at) else { return false };
        let keywords = Keywords::of(schema);
        let is_string = keywords.ty == Some("string") && keywords.values.is_empty();
        is_string && keywords.format.is_none() && constraints(self.schemas, &keywords).is_empty()
    }

    /// Returns true if a schema is neither a scalar nor a list of scalars, so that the part needs an encoder.
    fn needs_encoder(&self, schema: &'a ReferenceOr<Box<Schema>>, at: &Pointer) -> bool {
        let Some((schema, at)) = self.document.boxed_schema(schema, at) else { return false };
        let parts = self.parts(schema, &at);
        let items = parts.iter().find_map(|part| part.keywords.items);
        let is_object =
            parts.iter().any(|part| part.keywords.is_object() || !part.keywords.alternatives().is_empty());
        is_object || items.is_some_and(|items| self.needs_encoder(items, &at.child("items")))
    }

    fn report_opaque_part(&mut self, media_type: &str, at: &Pointer) {
        self.diagnostics.report(
            Code::UnsupportedBody,
            at,
            format!(
                "`{}` has no Rust types, so the caller encodes the part",
                media_type::essence(media_type)
            ),
            "use `application/json` for the part",
        );
    }
}

impl<'a> FormProperties<'a> {
    /// Returns the properties of an object with these parts, or `None` if it has none.
    fn of<'p>(schema_parts: impl Iterator<Item = &'p SchemaPart<'a>>) -> Option<Self>
    where
        'a: 'p,
    {
        let mut properties = Self::default();
        for part in schema_parts {
            let at = part.at.child("properties");
            let own = part.keywords.properties.iter();
            properties.schemas.extend(own.map(|(name, schema)| (name.as_str(), (schema, at.child(name)))));
            properties.required.extend(part.keywords.required.iter().map(String::as_str));
        }
        Some(properties).filter(|properties| !properties.schemas.is_empty())
    }
}

/// Returns the media types that `encoding` allows for a part, if they include what the client sends. For a
/// file, the caller chooses.
fn media_types(kind: &PartKind, encoding: Option<&Encoding>) -> Vec<String> {
    let listed = encoding.and_then(|encoding| encoding.content_type.as_deref()).unwrap_or_default();
    let listed: Vec<String> =
        listed.split(',').map(media_type::essence).filter(|it| !it.is_empty()).collect();
    let sent = match kind {
        PartKind::Text { media_type, .. } => media_type.as_deref().unwrap_or("text/plain"),
        PartKind::Json { media_type, .. } => media_type.as_deref().unwrap_or("application/json"),
        PartKind::TextOrFile | PartKind::File { .. } => return listed,
        // The style takes precedence (OpenAPI 3.1, section 4.8.15.1.1).
        PartKind::Styled { .. } => return Vec::new(),
    };
    let is_among = listed.contains(&media_type::essence(sent));
    if is_among { listed } else { Vec::new() }
}

/// Returns a media type, unless it is the default.
fn unless_default(media_type: &str, usual: &str) -> Option<String> {
    (media_type != usual).then(|| media_type.to_owned())
}
