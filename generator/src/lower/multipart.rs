//! Bodies of several parts: what each part holds, and what `encoding` says of it.
//!
//! What a part is comes from its schema, unless `encoding` says otherwise: a media type, or a style as for a parameter,
//! in which case the media type counts for nothing (OpenAPI 3.1, section 4.8.15).

use std::collections::HashMap;

use indexmap::IndexMap;
use openapiv3::{Encoding, MediaType, ReferenceOr, Schema};

use super::Lower;
use super::body::is_binary;
use super::comments::beyond_name;
use super::compose::Part as Combined;
use super::encoding;
use super::keywords::Keywords;
use super::media_type::{self, Family};
use super::schema::Site;
use super::union::Choice;
use crate::diagnostics::{Code, Pointer};
use crate::ir::{Form, Multipart, Part, PartKind, Type};

/// The parts of a `multipart/form-data` body as the document describes them.
#[derive(Default)]
struct Properties<'a> {
    schemas: IndexMap<&'a str, (&'a ReferenceOr<Box<Schema>>, Pointer)>,
    required: Vec<&'a str>,
}

/// Where a body is described.
struct Place<'a, 'p> {
    content: &'a MediaType,
    at: &'p Pointer,
    site: &'p dyn Fn(&str) -> Site,
    /// What the types in it are called after.
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
        let Some(written) = &content.schema else { return Multipart::Of(Type::Object) };
        let schema_at = at.child("schema");
        let place = Place { content, at, site, name };
        let lowered = match self.document.schema(written, &schema_at) {
            Some((schema, at)) => self.lower_forms(self.parts(schema, &at), &place),
            None => None,
        };
        lowered.unwrap_or_else(|| {
            self.report_encodings(content, at, "the parts are for the caller to add");
            Multipart::Of(self.lower_schema_or_reference(written, &schema_at, site(name)).ty)
        })
    }

    /// The parts of an object; where there is a union among what it is made of, those of each alternative with the rest.
    fn lower_forms(&mut self, mut made_of: Vec<Combined<'a>>, place: &Place<'a, '_>) -> Option<Multipart> {
        let is_union = |part: &Combined<'a>| {
            !part.keywords.alternatives().is_empty() && !self.only_asks_for_members(part)
        };
        let Some(union) = made_of.iter().position(is_union) else {
            let properties = Properties::of(made_of.iter())?;
            self.report_strangers(place.content, place.at, |name| properties.schemas.contains_key(name));
            return Some(Multipart::Parts(self.lower_parts(properties, place, &mut HashMap::new())));
        };
        let union = made_of.remove(union);
        if made_of.iter().any(is_union) {
            return None;
        }
        let choices = self.choices_of(&union);
        let of_each = |choice: &Choice<'a>| {
            let has_union = choice.parts.iter().any(is_union);
            let own = union.without_alternatives();
            Properties::of(made_of.iter().chain([&own]).chain(&choice.parts)).filter(|_| !has_union)
        };
        let of_each: Vec<Properties<'a>> = choices.iter().map(of_each).collect::<Option<_>>()?;
        self.report_strangers(place.content, place.at, |name| {
            of_each.iter().any(|properties| properties.schemas.contains_key(name))
        });
        let looks = self.looks_of(union.keywords.data.discriminator.as_ref(), &made_of, &choices);
        let mut known = HashMap::new();
        // What stands beside the union is called after none of its alternatives.
        let own = union.without_alternatives();
        if let Some(shared) = Properties::of(made_of.iter().chain([&own])) {
            self.lower_parts(shared, place, &mut known);
        }
        let forms = choices.iter().zip(looks).zip(of_each).map(|((choice, looks), properties)| {
            let name = self.key_of_choice(choice, &looks, &choices).text;
            let of_form = format!("{} {name}", place.name);
            let parts = self.lower_parts(properties, &Place { name: &of_form, ..*place }, &mut known);
            Form { name, docs: self.docs_of_choice(choice), parts }
        });
        let mut forms: Vec<Form> = forms.collect();
        match forms.len() {
            0 => None,
            1 => forms.pop().map(|only| Multipart::Parts(only.parts)),
            _ => Some(Multipart::OneOf(forms)),
        }
    }

    /// The parts for some properties. What several forms share is lowered once.
    fn lower_parts(
        &mut self,
        Properties { schemas, required }: Properties<'a>,
        place: &Place<'a, '_>,
        known: &mut HashMap<Pointer, Part>,
    ) -> Vec<Part> {
        let mut parts = Vec::with_capacity(schemas.len());
        for (name, (schema, at)) in schemas {
            let required = required.contains(&name);
            let part = match known.get(&at) {
                Some(part) => Part { required, ..part.clone() },
                None => self.lower_part(name, (schema, &at), required, place),
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
        place: &Place<'a, '_>,
    ) -> Part {
        let site = |inner: &str| (place.site)(format!("{} {name} {inner}", place.name).trim_end());
        let encoding = place.content.encoding.get(name);
        let encoding_at = place.at.child("encoding").child(name);
        let kind = self.lower_part_kind(schema, at, site(""), encoding, &encoding_at);
        let headers = encoding.map(|encoding| self.lower_part_headers(encoding, &encoding_at, &site));
        let mut docs = match schema {
            ReferenceOr::Item(schema) => self.docs_of_property(schema, at),
            ReferenceOr::Reference { reference } => self.docs_behind(reference, at),
        };
        // What a schema says of text says nothing of a file.
        if matches!(kind, PartKind::File { .. }) {
            docs.expectations.clear();
        }
        docs.text = beyond_name(docs.text, name);
        let media_types = media_types(&kind, encoding);
        let name = name.to_owned();
        Part { name, docs, required, kind, media_types, headers: headers.unwrap_or_default() }
    }

    /// What a part holds.
    fn lower_part_kind(
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

impl<'a> Properties<'a> {
    /// The properties of an object that is made of these; none if there are no properties.
    fn of<'p>(made_of: impl Iterator<Item = &'p Combined<'a>>) -> Option<Self>
    where
        'a: 'p,
    {
        let mut properties = Self::default();
        for part in made_of {
            let at = part.at.child("properties");
            let own = part.keywords.properties.iter();
            properties.schemas.extend(own.map(|(name, schema)| (name.as_str(), (schema, at.child(name)))));
            properties.required.extend(part.keywords.required.iter().map(String::as_str));
        }
        Some(properties).filter(|properties| !properties.schemas.is_empty())
    }
}

/// The media types that `encoding` allows a part, if what the client makes of it is among them; a file is what its caller
/// says.
fn media_types(kind: &PartKind, encoding: Option<&Encoding>) -> Vec<String> {
    let listed = encoding.and_then(|encoding| encoding.content_type.as_deref()).unwrap_or_default();
    let listed: Vec<String> =
        listed.split(',').map(media_type::essence).filter(|it| !it.is_empty()).collect();
    let sent = match kind {
        PartKind::Text { media_type, .. } => media_type.as_deref().unwrap_or("text/plain"),
        PartKind::Json { media_type, .. } => media_type.as_deref().unwrap_or("application/json"),
        PartKind::File { .. } => return listed,
        // Its style counts (OpenAPI 3.1, section 4.8.15.1.1).
        PartKind::Styled { .. } => return Vec::new(),
    };
    let is_among = listed.contains(&media_type::essence(sent));
    if is_among { listed } else { Vec::new() }
}

/// A media type, unless it is what is sent anyhow.
fn unless(media_type: &str, usual: &str) -> Option<String> {
    (media_type != usual).then(|| media_type.to_owned())
}
