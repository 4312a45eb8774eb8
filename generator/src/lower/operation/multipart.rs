//! Multipart bodies: the parts and their `encoding`.
//!
//! The schema of a part decides how it is sent, unless `encoding` sets a media type or a style. With a style,
//! the media type is ignored (OpenAPI 3.1, section 4.8.15).

use std::collections::{HashMap, HashSet};

use indexmap::IndexMap;
use openapiv3::{Encoding, MediaType, ReferenceOr, Schema};

use super::content::is_binary;
use super::encoding;
use super::media_type::{self, Family};
use super::style::is_scalar;
use crate::classify;
use crate::classify::Choice;
use crate::classify::Keywords;
use crate::classify::SchemaPart;
use crate::classify::without_boilerplate;
use crate::diagnostics::{Code, Diagnostics, Pointer};
use crate::ir::{Multipart, MultipartForm, Part, PartKind, Type};
use crate::lower::context::Lower;
use crate::lower::schema::Site;

/// The properties of a `multipart/form-data` body.
#[derive(Default)]
struct FormProperties<'a> {
    schemas: IndexMap<&'a str, (&'a ReferenceOr<Box<Schema>>, Pointer)>,
    required: HashSet<&'a str>,
}

/// The description of a body and its location.
struct BodySite<'a, 'p> {
    content: &'a MediaType,
    at: &'p Pointer,
    site: &'p dyn Fn(&str) -> Site,
    /// The name prefix of the types in it.
    name: &'p str,
}

pub(super) fn lower_multipart<'a>(
    lower: &mut Lower<'a, '_>,
    content: &'a MediaType,
    at: &Pointer,
    site: &dyn Fn(&str) -> Site,
    name: &str,
) -> Multipart {
    let Some(written) = &content.schema else { return Multipart::AnyParts(Type::Object) };
    let schema_at = at.child("schema");
    let body_site = BodySite { content, at, site, name };
    let lowered = match lower.document.schema(written, &schema_at) {
        Some((_, at)) => {
            let schema_parts = lower.schemas.parts_at(&at);
            lower_forms(lower, schema_parts.to_vec(), &body_site)
        }
        None => None,
    };
    lowered.unwrap_or_else(|| {
        encoding::report_encodings(lower.diagnostics, content, at, "the caller adds the parts");
        Multipart::AnyParts(lower.lower_schema(written, &schema_at, site(name)).ty)
    })
}

/// Lowers the parts of an object. With a union among the schema parts, each alternative becomes a form
/// with its own and the shared parts.
fn lower_forms<'a>(
    lower: &mut Lower<'a, '_>,
    mut schema_parts: Vec<SchemaPart<'a>>,
    body_site: &BodySite<'a, '_>,
) -> Option<Multipart> {
    let is_union = |part: &SchemaPart<'a>| {
        !part.keywords.alternatives().is_empty() && !classify::only_requires_properties(lower.schemas, part)
    };
    let Some(union) = schema_parts.iter().position(is_union) else {
        let properties = FormProperties::of(schema_parts.iter())?;
        encoding::report_unknown_encodings(lower.diagnostics, body_site.content, body_site.at, |name| {
            properties.schemas.contains_key(name)
        });
        return Some(Multipart::Parts(lower_parts(lower, properties, body_site, &mut HashMap::new())));
    };
    let union = schema_parts.remove(union);
    if schema_parts.iter().any(is_union) {
        return None;
    }
    let choices = classify::choices_of(lower.schemas, &union);
    let properties_of = |choice: &Choice<'a>| {
        let has_union = choice.parts.iter().any(is_union);
        let own = union.without_alternatives();
        FormProperties::of(schema_parts.iter().chain([&own]).chain(choice.parts.iter()))
            .filter(|_| !has_union)
    };
    let properties_of: Vec<FormProperties<'a>> = choices.iter().map(properties_of).collect::<Option<_>>()?;
    let known: HashSet<&str> =
        properties_of.iter().flat_map(|properties| properties.schemas.keys().copied()).collect();
    encoding::report_unknown_encodings(lower.diagnostics, body_site.content, body_site.at, |name| {
        known.contains(name)
    });
    let match_rules = classify::match_rules_of(
        lower.schemas,
        union.keywords.data.discriminator.as_ref(),
        &schema_parts,
        &choices,
    );
    let mut known = HashMap::new();
    // Shared parts are lowered first, so that their types are not named after an alternative.
    let own = union.without_alternatives();
    if let Some(shared) = FormProperties::of(schema_parts.iter().chain([&own])) {
        lower_parts(lower, shared, body_site, &mut known);
    }
    let forms = choices.iter().zip(match_rules.alternatives).zip(properties_of).map(
        |((choice, rules), properties)| {
            let name = classify::variant_name(lower.schemas, choice, &rules, &choices).text;
            let of_form = format!("{} {name}", body_site.name);
            let parts =
                lower_parts(lower, properties, &BodySite { name: &of_form, ..*body_site }, &mut known);
            MultipartForm { name, docs: choice.docs(lower.schemas), parts }
        },
    );
    let mut forms: Vec<MultipartForm> = forms.collect();
    match forms.len() {
        0 => None,
        1 => forms.pop().map(|only| Multipart::Parts(only.parts)),
        _ => Some(Multipart::Alternatives(forms)),
    }
}

/// Lowers properties to parts. Parts that several forms share are lowered once.
fn lower_parts<'a>(
    lower: &mut Lower<'a, '_>,
    FormProperties { schemas, required }: FormProperties<'a>,
    body_site: &BodySite<'a, '_>,
    known: &mut HashMap<Pointer, Part>,
) -> Vec<Part> {
    let mut parts = Vec::with_capacity(schemas.len());
    for (name, (schema, at)) in schemas {
        let required = required.contains(name);
        let part = match known.get(&at) {
            Some(part) => Part { required, ..part.clone() },
            None => lower_part(lower, name, (schema, &at), required, body_site),
        };
        known.insert(at, part.clone());
        parts.push(part);
    }
    parts
}

fn lower_part<'a>(
    lower: &mut Lower<'a, '_>,
    name: &str,
    (schema, at): (&'a ReferenceOr<Box<Schema>>, &Pointer),
    required: bool,
    body_site: &BodySite<'a, '_>,
) -> Part {
    let site = |inner: &str| (body_site.site)(format!("{} {name} {inner}", body_site.name).trim_end());
    let encoding = body_site.content.encoding.get(name);
    let encoding_at = body_site.at.child("encoding").child(name);
    let kind = lower_part_kind(lower, schema, at, site(""), encoding, &encoding_at);
    let headers = encoding.map(|encoding| encoding::lower_part_headers(lower, encoding, &encoding_at, &site));
    let mut docs = match schema {
        ReferenceOr::Item(schema) => classify::docs_of_property(lower.schemas, schema, at),
        ReferenceOr::Reference { reference } => {
            classify::docs_of_reference(lower.schemas, lower.schemas.resolve(reference), at)
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
fn lower_part_kind<'a>(
    lower: &mut Lower<'a, '_>,
    schema: &'a ReferenceOr<Box<Schema>>,
    at: &Pointer,
    site: Site,
    encoding: Option<&Encoding>,
    encoding_at: &Pointer,
) -> PartKind {
    // `contentType` may list several media types, and the caller chooses (OpenAPI 3.0.3, section
    // 4.7.15.1).
    let listed = encoding.and_then(|encoding| encoding.content_type.as_deref());
    let of_schema = content_media_type(lower, schema, at).filter(|_| listed.is_none());
    let listed = listed.or(of_schema);
    if let Some(several) = file_kind(lower, schema, at, listed) {
        let one = listed.filter(|it| !media_type::is_range(it) && !it.contains(','));
        return PartKind::File { several, media_type: one.map(str::to_owned) };
    }
    if let Some(style) = encoding.and_then(encoding::style) {
        let ty = lower.lower_schema(schema, at, site).ty;
        return match is_scalar(&lower.types, &ty) {
            // A scalar is the same in every style.
            true => PartKind::Text { ty, media_type: None },
            false => PartKind::Styled { ty, style },
        };
    }
    if let Some(media_type) = of_schema {
        // The string is the content, even if it is JSON.
        let ty = lower.lower_schema(schema, at, site).ty;
        return PartKind::Text { ty, media_type: unless_default(media_type, "text/plain") };
    }
    if encoding.is_none() && may_be_file(lower, schema, at) {
        return PartKind::TextOrFile;
    }
    let media_type = listed.and_then(media_type::of_text);
    match media_type.map(|media_type| (media_type, media_type::family(media_type))) {
        Some((media_type, Family::Json)) => {
            let ty = lower.lower_schema(schema, at, site).ty;
            PartKind::Json { ty, media_type: unless_default(media_type, "application/json") }
        }
        Some((media_type, family)) if needs_encoder(lower, at) => {
            report_opaque_part(lower.diagnostics, media_type, &encoding_at.child("contentType"));
            match family {
                Family::Text | Family::Markup => {
                    PartKind::Text { ty: Type::String, media_type: Some(media_type.to_owned()) }
                }
                _ => PartKind::File { several: false, media_type: Some(media_type.to_owned()) },
            }
        }
        // Values other than scalars are sent as JSON, item by item.
        other => {
            let ty = lower.lower_schema(schema, at, site).ty;
            PartKind::Text { ty, media_type: other.and_then(|(it, _)| unless_default(it, "text/plain")) }
        }
    }
}

/// Returns the `contentMediaType` of a string, or of the strings in a list.
fn content_media_type<'a>(
    lower: &Lower<'a, '_>,
    schema: &'a ReferenceOr<Box<Schema>>,
    at: &Pointer,
) -> Option<&'a str> {
    let of_string = |schema: &'a Schema| {
        let media_type = schema.schema_data.extensions.get("x-content-media-type")?.as_str()?;
        (Keywords::of(schema).ty == Some("string")).then_some(media_type)
    };
    let (schema, _) = lower.document.boxed_schema(schema, at)?;
    let items = || lower.document.boxed_schema(Keywords::of(schema).items?, &at.child("items"));
    of_string(schema).or_else(|| of_string(items()?.0))
}

/// Returns `Some` if a part is a file: true if it accepts several files.
fn file_kind<'a>(
    lower: &Lower<'a, '_>,
    schema: &'a ReferenceOr<Box<Schema>>,
    at: &Pointer,
    media_type: Option<&str>,
) -> Option<bool> {
    let (schema, _) = lower.document.boxed_schema(schema, at)?;
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
    let (items, _) = lower.document.boxed_schema(keywords.items?, &at.child("items"))?;
    is_file(&Keywords::of(items)).then_some(true)
}

/// Returns true if a part may be a file although its schema is a string without constraints. OpenAPI 2
/// had a type for files, and some documents lost it when they were converted.
fn may_be_file<'a>(lower: &Lower<'a, '_>, schema: &'a ReferenceOr<Box<Schema>>, at: &Pointer) -> bool {
    let Some((schema, _)) = lower.document.boxed_schema(schema, at) else { return false };
    let keywords = Keywords::of(schema);
    let is_string = keywords.ty == Some("string") && keywords.values.is_empty();
    is_string && keywords.format.is_none() && classify::constraints(lower.schemas, &keywords).is_empty()
}

/// Returns true if the schema at `at` is neither a scalar nor a list of scalars, so that the part needs an encoder.
fn needs_encoder(lower: &Lower<'_, '_>, at: &Pointer) -> bool {
    let is_object =
        |part: &SchemaPart<'_>| part.keywords.is_object() || !part.keywords.alternatives().is_empty();
    let mut seen = HashSet::new();
    let mut next = lower.schemas.find(at);
    // A list of itself has no scalar inside.
    while let Some(id) = next.filter(|id| seen.insert(*id)) {
        let parts = lower.schemas.parts(id);
        if parts.iter().any(is_object) {
            return true;
        }
        next = parts.iter().find_map(|part| lower.schemas.items(part.id)).map(|items| items.id);
    }
    next.is_some()
}

fn report_opaque_part(diagnostics: &mut Diagnostics, media_type: &str, at: &Pointer) {
    diagnostics.report(
        Code::UnsupportedBody,
        at,
        format!("`{}` has no Rust types, so the caller encodes the part", media_type::essence(media_type)),
        "use `application/json` for the part",
    );
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
