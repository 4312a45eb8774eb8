//! Response headers. They are text on the wire, so only types with a single text form are supported.

use std::collections::HashMap;

use indexmap::IndexMap;
use indexmap::map::Entry;
use openapiv3::{Header, ParameterSchemaOrContent, ReferenceOr};

use super::format::text_of;
use super::media_type::{self, Family};
use crate::classify;
use crate::diagnostics::{Code, Diagnostics, Pointer};
use crate::ir::{Docs, ResponseHeader, Shape, Type};
use crate::lower::context::Lower;
use crate::lower::header_name::is_header_name;
use crate::lower::schema::{Site, Types};
use crate::rules::secret_name::is_secret_name;

/// The headers of all successful responses of an operation, by their names in lower case, with their first
/// description.
pub(super) type Gathered<'a> = IndexMap<String, (&'a Header, ResponseHeader)>;

/// The headers of components that were lowered so far.
pub(super) type SharedHeaders = HashMap<Pointer, ResponseHeader>;

/// Headers with an HTTP date such as `Sun, 06 Nov 1994 08:49:37 GMT` (RFC 9110, section 5.6.7), whatever the
/// document says.
const HTTP_DATES: [&str; 3] = ["date", "expires", "last-modified"];

/// Adds the headers of the response at `at`.
pub(super) fn lower_headers<'a>(
    lower: &mut Lower<'a, '_>,
    headers: &'a IndexMap<String, ReferenceOr<Header>>,
    at: &Pointer,
    site: &dyn Fn(&str) -> Site,
    shared: &mut SharedHeaders,
    gathered: &mut Gathered<'a>,
) {
    let at = at.child("headers");
    for (name, header) in headers {
        // `content` decides the media type (OpenAPI 3.0.3, section 4.7.17).
        if name.eq_ignore_ascii_case("content-type") {
            continue;
        }
        let written = at.child(name);
        let Some((header, at)) = lower.document.header(header, &written) else { continue };
        if !is_header_name(name) {
            report_header(
                lower.diagnostics,
                &written,
                "gets no accessor: its name is not a valid header name",
            );
            continue;
        }
        match gathered.entry(name.to_ascii_lowercase()) {
            Entry::Vacant(entry) => {
                entry.insert((header, lower_header(lower, name, header, &at, site, shared)));
            }
            Entry::Occupied(entry) if entry.get().0 == header => {}
            Entry::Occupied(mut entry) => {
                let other = lower_header(lower, name, header, &at, site, shared);
                let (_, known) = entry.get_mut();
                known.secret |= other.secret;
                if known.ty != other.ty {
                    known.ty = Type::String;
                    let because = "is read as text: another response gives it a different type";
                    report_header(lower.diagnostics, &written, because);
                }
            }
        }
    }
}

/// Lowers a header. The headers of components are cached.
fn lower_header<'a>(
    lower: &mut Lower<'a, '_>,
    name: &str,
    header: &'a Header,
    at: &Pointer,
    site: &dyn Fn(&str) -> Site,
    shared: &mut SharedHeaders,
) -> ResponseHeader {
    if let Some(known) = shared.get(at).filter(|known| known.name == name) {
        return known.clone();
    }
    let component = component_of(at);
    let site = match &component {
        Some(component) => Site::Component { key: format!("{component} header"), target: None },
        None => site(&format!("{name} header")),
    };
    let ty = lower_header_type(lower, name, header, at, site);
    let deprecated = header.deprecated.unwrap_or_default();
    let text = text_of(header.description.as_ref(), &header.format);
    let (constraints, is_password) = match &header.format {
        ParameterSchemaOrContent::Schema(schema) => {
            (classify::constraints_of(lower.schemas, schema), is_marked_secret(lower, at))
        }
        ParameterSchemaOrContent::Content(_) => (Vec::new(), false),
    };
    let lowered = ResponseHeader {
        name: name.to_owned(),
        ty,
        secret: is_password || is_secret_name(name),
        docs: Docs { text, deprecated, constraints, pointer: at.clone(), ..Docs::default() },
    };
    if component.is_some() {
        shared.insert(at.clone(), lowered.clone());
    }
    lowered
}

fn lower_header_type<'a>(
    lower: &mut Lower<'a, '_>,
    name: &str,
    header: &'a Header,
    at: &Pointer,
    site: Site,
) -> Type {
    let ty = match &header.format {
        // An absent header has no value, so null adds nothing.
        ParameterSchemaOrContent::Schema(schema) => lower.lower_schema(schema, &at.child("schema"), site).ty,
        ParameterSchemaOrContent::Content(content) => {
            let is_text = |name: &String| matches!(media_type::family(name), Family::Text | Family::Any);
            if !content.keys().all(is_text) {
                report_header(lower.diagnostics, at, "is read as text: `content` gives it a media type");
            }
            return Type::String;
        }
    };
    let ty = as_text(&lower.types, ty).and_then(|ty| {
        match HTTP_DATES.contains(&name.to_ascii_lowercase().as_str()) {
            true if ty != Type::String => Err("HTTP dates have a format of their own"),
            _ => Ok(ty),
        }
    });
    ty.unwrap_or_else(|because| {
        report_header(lower.diagnostics, at, &format!("is read as text: {because}"));
        Type::String
    })
}

/// Returns the type for a value in a header.
///
/// # Errors
///
/// Returns the reason if the type has no text form.
fn as_text(types: &Types<'_>, ty: Type) -> Result<Type, &'static str> {
    match ty {
        // Header values have no quotes around numbers.
        Type::Integer { width, .. } => Ok(Type::Integer { width, quoted: false }),
        Type::Float { .. } => Ok(Type::Float { lenient: false }),
        // A header value is text.
        Type::Json => Ok(Type::String),
        // An absent header has no value.
        Type::Nullable(inner) => as_text(types, *inner),
        Type::List(items) => match as_text(types, *items)? {
            Type::List(_) => Err("nested lists have no text form"),
            items => Ok(Type::List(Box::new(items))),
        },
        Type::Custom(custom) if !custom.is_scalar() => Err("a type of yours is not a scalar"),
        Type::Named(id) => match types.type_def(id).shape {
            Shape::Enum(_) => Ok(Type::Named(id)),
            Shape::Struct(_) => Err("objects have no single text form"),
            Shape::KeyedUnion(_) | Shape::Union(_) => Err("unions have no single text form"),
        },
        Type::Tuple(_) => Err("tuples have no single text form"),
        Type::Map(_) | Type::Object | Type::Any => Err("objects have no single text form"),
        scalar => Ok(scalar),
    }
}

fn report_header(diagnostics: &mut Diagnostics, at: &Pointer, what: &str) {
    diagnostics.report(
        Code::UnreadableHeader,
        at,
        format!("the header {what}"),
        "use a scalar or a list of scalars, the same in all responses",
    );
}

/// Returns a name for the component that a header belongs to.
fn component_of(at: &Pointer) -> Option<String> {
    let segments: Vec<String> = at.segments().collect();
    match segments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["components", "headers", name] => Some((*name).to_owned()),
        ["components", "responses", response, "headers", name] => Some(format!("{response} {name}")),
        _ => None,
    }
}

/// Returns true if the schema of the header at `at` says that its value is secret.
fn is_marked_secret(lower: &Lower<'_, '_>, at: &Pointer) -> bool {
    let id = lower.schemas.find(&at.child("schema"));
    id.is_some_and(|id| classify::is_marked_secret(lower.schemas, id))
}

#[cfg(test)]
mod tests {
    use crate::{Config, Source, generate};

    /// Checks whether `Debug` of the response's headers hides the value of a header.
    #[track_caller]
    fn check(name: &str, expected: bool) {
        let text = format!(
            "openapi: 3.0.3\n\
             info: {{ title: Pets, version: '1' }}\n\
             paths:\n  \
               /pets:\n    \
                 get:\n      \
                   responses:\n        \
                     '204':\n          \
                       description: done\n          \
                       headers: {{ {name}: {{ schema: {{ type: string }} }} }}\n"
        );
        let outcome = generate(Source { name: "pets.yaml", text: &text }, &Config::default());
        let files = outcome.generated.expect("the document is valid").files;
        let is_hidden = files.iter().any(|(_, text)| text.contains("&format_args!(\"(not shown)\")"));
        assert_eq!(is_hidden, expected, "{name}");
    }

    #[test]
    fn headers_with_secret_names_are_hidden() {
        check("x-hub-signature-256", true);
        check("X-Auth-Token", true);
        check("Set-Cookie", true);
        check("x-api-key", true);
        check("x-request-id", false);
        check("x-next-page-token", false);
        check("x-ratelimit-remaining-tokens", false);
    }
}
