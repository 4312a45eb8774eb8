//! `encoding`: settings for single fields of a form and single parts of a multipart body. Settings without
//! effect are reported.

use std::collections::HashSet;

use openapiv3::{AdditionalProperties, Encoding, Header, MediaType};

use super::format::{lower_format, text_of};
use super::media_type;
use super::style::{notable, query_style};
use crate::classify::SchemaPart;
use crate::diagnostics::{Code, Diagnostics, Pointer};
use crate::document::is_exploded;
use crate::ir::{Docs, Location, Parameter, Style, StyleKind};
use crate::lower::context::Lower;
use crate::lower::header_name::is_header_name;
use crate::lower::schema::Site;

/// Headers that every part has anyway: its name, and the media type from `contentType` (OpenAPI 3.1, section
/// 4.8.15).
const IMPLIED_HEADERS: [&str; 2] = ["content-disposition", "content-type"];

/// Returns the style of a field or a part, if the document sets one.
///
/// OpenAPI 3.0 defines this for forms only. For parts, the meaning of OpenAPI 3.1 applies.
pub(super) fn style(encoding: &Encoding) -> Option<Style> {
    let style = query_style(encoding.style.as_ref()?, Some(encoding.explode));
    Some(Style { allow_reserved: encoding.allow_reserved, ..style })
}

/// Returns the fields of a form that have a style of their own.
pub(super) fn styles_of_fields<'a>(
    lower: &mut Lower<'a, '_>,
    content: &'a MediaType,
    at: &Pointer,
) -> Vec<(String, Style)> {
    if let Some(fields) = fields_of_form(lower, at) {
        report_unknown_encodings(lower.diagnostics, content, at, |name| fields.contains(name));
    }
    let mut styles = Vec::new();
    for (name, encoding) in &content.encoding {
        let at = at.child("encoding").child(name);
        if !encoding.headers.is_empty() {
            report_encoding(lower.diagnostics, &at.child("headers"), "form fields have no headers");
        }
        let is_json = encoding.content_type.as_deref().is_some_and(media_type::is_json);
        let json = is_json.then(|| Style::of(StyleKind::Json));
        styles.extend(style(encoding).or(json).map(|style| (name.clone(), style)));
    }
    styles
}

/// Returns the fields that a form may have, or `None` if it accepts any.
fn fields_of_form<'a>(lower: &Lower<'a, '_>, at: &Pointer) -> Option<HashSet<&'a str>> {
    let parts = lower.schemas.parts_at(&at.child("schema"));
    let is_open = |part: &SchemaPart<'a>| {
        let more = part
            .keywords
            .additional_properties
            .filter(|more| !matches!(more, AdditionalProperties::Any(false)));
        more.is_some() || !part.keywords.alternatives().is_empty()
    };
    let names = parts.iter().flat_map(|part| part.keywords.properties.keys()).map(String::as_str);
    Some(names.collect()).filter(|names: &HashSet<&str>| !names.is_empty() && !parts.iter().any(is_open))
}

/// Lowers the headers of a part.
pub(super) fn lower_part_headers<'a>(
    lower: &mut Lower<'a, '_>,
    encoding: &'a Encoding,
    at: &Pointer,
    site: &dyn Fn(&str) -> Site,
) -> Vec<Parameter> {
    let mut headers = Vec::new();
    for (name, header) in &encoding.headers {
        let written = at.child("headers").child(name);
        if IMPLIED_HEADERS.contains(&&*name.to_ascii_lowercase()) {
            continue;
        }
        if !is_header_name(name) {
            report_encoding(lower.diagnostics, &written, "the header name is not valid");
        } else if let Some((header, at)) = lower.document.header(header, &written) {
            headers.push(lower_part_header(lower, name, header, &at, site(&format!("{name} header"))));
        }
    }
    headers
}

fn lower_part_header<'a>(
    lower: &mut Lower<'a, '_>,
    name: &str,
    header: &'a Header,
    at: &Pointer,
    site: Site,
) -> Parameter {
    let (ty, is_json) = lower_format(lower, &header.format, at, site);
    let kind = if is_json { StyleKind::Json } else { StyleKind::Simple };
    let style = Style { explode: is_exploded(header), ..Style::of(kind) };
    Parameter {
        name: name.to_owned(),
        location: Location::Header,
        style: notable(&lower.types, style, Location::Header, &ty),
        field_styles: Vec::new(),
        ty,
        required: header.required,
        docs: Docs {
            text: text_of(header.description.as_ref(), &header.format),
            deprecated: header.deprecated.unwrap_or_default(),
            pointer: at.clone(),
            ..Docs::default()
        },
    }
}

/// Reports every `encoding` of a body as ignored.
pub(super) fn report_encodings(
    diagnostics: &mut Diagnostics,
    content: &MediaType,
    at: &Pointer,
    because: &str,
) {
    for name in content.encoding.keys() {
        report_encoding(diagnostics, &at.child("encoding").child(name), because);
    }
}

/// Reports each `encoding` whose name is not a property of the body.
pub(super) fn report_unknown_encodings(
    diagnostics: &mut Diagnostics,
    content: &MediaType,
    at: &Pointer,
    is_known: impl Fn(&str) -> bool,
) {
    for name in content.encoding.keys().filter(|name| !is_known(name)) {
        report_encoding(
            diagnostics,
            &at.child("encoding").child(name),
            "the body has no property with this name",
        );
    }
}

fn report_encoding(diagnostics: &mut Diagnostics, at: &Pointer, because: &str) {
    diagnostics.report(
        Code::IgnoredEncoding,
        at,
        format!("`encoding` has no effect: {because}"),
        "remove it, or move it to a property of a `multipart/form-data` body",
    );
}
